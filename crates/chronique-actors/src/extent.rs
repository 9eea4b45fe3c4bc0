//! How far the phrase of an actor goes.

use std::ops::Range;

use chronique_syntax::{Deprel, Upos, WordId};

use crate::matches::Reading;

/// A phrase that goes on longer does not identify any more, it tells.
const LONGEST: u32 = 32;

impl Reading<'_> {
    /// The words of a phrase around the words that name its head: adjectives before and after, *de*
    /// and its complements, a name; no article, relative clause or apposition.
    pub(crate) fn extent(&self, head: WordId, core: Range<u32>) -> Range<u32> {
        let subtree = self.syntax.subtree(head);
        let mut start = core.start;
        while start > subtree.start && self.is_epithet(WordId(start - 1), head) {
            start -= 1;
        }
        let mut end = core.end;
        let limit = subtree.end.min(core.end.saturating_add(LONGEST));
        for at in core.end..limit {
            match self.continues(WordId(at), start..at) {
                Step::Ends => break,
                Step::Opens => {}
                Step::Closes => end = at + 1,
            }
        }
        start..end
    }

    fn is_epithet(&self, id: WordId, head: WordId) -> bool {
        let word = self.syntax.word(id);
        word.upos == Upos::Adj && word.deprel == Deprel::Amod && word.head == Some(head)
    }

    /// Whether a word goes on with the phrase of the words `inside`.
    fn continues(&self, id: WordId, inside: Range<u32>) -> Step {
        let word = self.syntax.word(id);
        let of_inside = word.head.is_some_and(|head| inside.contains(&head.0));
        match (word.upos, word.deprel.base()) {
            (Upos::Adj, Deprel::Amod) if of_inside => Step::Closes,
            (Upos::Adj, Deprel::Conj) if of_inside && self.is_adjective(word.head) => Step::Closes,
            (Upos::Propn, Deprel::Flat | Deprel::Appos | Deprel::Nmod | Deprel::Compound) if of_inside => {
                Step::Closes
            }
            (_, Deprel::Flat | Deprel::Fixed | Deprel::Compound) if of_inside => Step::Closes,
            (Upos::Noun | Upos::Propn | Upos::X | Upos::Num, Deprel::Nmod) if of_inside => Step::Closes,
            // "de la Défense": the article and the preposition wait for their noun.
            (Upos::Adp, Deprel::Case) if self.opens_complement(id) => Step::Opens,
            (Upos::Det | Upos::Num, Deprel::Det | Deprel::Nummod)
                if self.syntax.word(WordId(id.0 - 1)).upos == Upos::Adp
                    || self.syntax.word(WordId(id.0 - 1)).upos == Upos::Det =>
            {
                Step::Opens
            }
            // "de défense et de sécurité": a second complement, not a second actor.
            (Upos::Cconj, Deprel::Cc) if self.joins_complements(id, &inside) => Step::Opens,
            (Upos::Noun | Upos::Propn, Deprel::Conj)
                if of_inside
                    && word.head.is_some_and(|head| head.0 != inside.start)
                    && self.is_complement(word.head) =>
            {
                Step::Closes
            }
            _ => Step::Ends,
        }
    }

    fn is_adjective(&self, id: Option<WordId>) -> bool {
        id.is_some_and(|id| self.syntax.word(id).upos == Upos::Adj)
    }

    fn is_complement(&self, id: Option<WordId>) -> bool {
        id.is_some_and(|id| self.syntax.word(id).deprel == Deprel::Nmod)
    }

    /// *de* before a noun that depends on a noun.
    fn opens_complement(&self, id: WordId) -> bool {
        self.is_of(id)
            && self.syntax.head(id).is_some_and(|noun| {
                matches!(self.syntax.word(noun).deprel.base(), Deprel::Nmod | Deprel::Conj)
            })
    }

    fn joins_complements(&self, id: WordId, inside: &Range<u32>) -> bool {
        let Some(conjunct) = self.syntax.head(id) else { return false };
        let Some(first) = self.syntax.head(conjunct) else { return false };
        let word = self.syntax.word(conjunct);
        word.deprel == Deprel::Conj
            && inside.contains(&first.0)
            && (self.is_complement(Some(first)) || (word.upos == Upos::Adj && self.is_adjective(Some(first))))
    }

    /// Whether a word is the preposition *de*.
    pub(crate) fn is_of(&self, id: WordId) -> bool {
        self.syntax.word(id).upos == Upos::Adp
            && matches!(self.syntax.form(id, self.text), "de" | "d'" | "d’" | "De" | "du" | "des")
    }
}

enum Step {
    /// The phrase ended before.
    Ends,
    /// The phrase goes on if a noun closes what the word opens.
    Opens,
    /// The word belongs to the phrase.
    Closes,
}
