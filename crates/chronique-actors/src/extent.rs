//! How far the phrase of an actor goes.

use std::ops::Range;

use chronique_syntax::{Deprel, Upos, WordId};

use crate::ActorClass;
use crate::lexicon::Kind;
use crate::matches::{Matches, Named, Reading};
use crate::phrases::Case;

/// A phrase that goes on longer does not identify any more, it tells.
const LONGEST: u32 = 32;

impl Reading<'_> {
    /// The words of a phrase around the words that name its head: adjectives after it, *de* and its
    /// complements, a name; for an office the adjectives before it (*ancien président*); no article,
    /// relative clause or apposition, and no name of a person.
    pub(crate) fn extent(&self, matches: &Matches, at: usize, class: ActorClass) -> Range<u32> {
        let head = matches.matches[at].head;
        let core = self.words(matches.matches[at].tokens.clone());
        let subtree = self.syntax.subtree(head);
        let mut start = core.start;
        while class == ActorClass::Person && start > subtree.start && self.is_epithet(WordId(start - 1), head)
        {
            start -= 1;
        }
        // A demonym right after is the phrase's own, whatever the tree makes of it.
        let mut qualified = self.is_adjacent_demonym(core.end, head, matches);
        let first = core.end + u32::from(qualified);
        let mut end = first;
        let limit = subtree.end.min(core.end.saturating_add(LONGEST));
        for at in first..limit {
            if matches.of(WordId(at)).is_some_and(|at| matches.matches[at].named == Named::Person) {
                break;
            }
            if matches.of(WordId(at)).is_some() && matches.of(WordId(at)) == matches.of(WordId(at - 1)) {
                end = if end == at { at + 1 } else { end };
                continue;
            }
            let word = self.syntax.word(WordId(at));
            // "forces maliennes de Kidal": after its adjective, a place or purpose no longer identifies.
            if qualified && word.upos == Upos::Adp && matches!(class, ActorClass::Armed | ActorClass::People)
            {
                break;
            }
            qualified |= word.upos == Upos::Adj && word.head == Some(head);
            match self.continues(WordId(at), start..at, head) {
                Step::Ends => break,
                Step::Opens => {}
                Step::Closes => end = at + 1,
            }
        }
        start..end
    }

    fn is_adjacent_demonym(&self, after: u32, head: WordId, matches: &Matches) -> bool {
        if !self.syntax.sentence(self.syntax.sentence_of(head)).contains(&after) {
            return false;
        }
        let Some(found) = matches.of(WordId(after)).map(|at| &matches.matches[at]) else { return false };
        let row = found.named.row().map(|row| self.entry(row));
        row.is_some_and(|row| matches!(row.kind, Kind::Demonym | Kind::People))
            && found.tokens.len() == 1
            && self.cases[found.tokens.start as usize] == Case::Small
            && self.syntax.word(WordId(after)).upos != Upos::Verb
    }

    fn is_epithet(&self, id: WordId, head: WordId) -> bool {
        let word = self.syntax.word(id);
        word.upos == Upos::Adj && word.deprel == Deprel::Amod && word.head == Some(head)
    }

    /// Whether a word goes on with the phrase of the words `inside`.
    fn continues(&self, id: WordId, inside: Range<u32>, head: WordId) -> Step {
        let word = self.syntax.word(id);
        let of_inside = word.head.is_some_and(|head| inside.contains(&head.0));
        match (word.upos, word.deprel.base()) {
            (Upos::Adj, Deprel::Amod) if of_inside => Step::Closes,
            (Upos::Adj, Deprel::Conj) if of_inside && self.is_adjective(word.head) => Step::Closes,
            (Upos::Propn, Deprel::Flat | Deprel::Appos | Deprel::Nmod | Deprel::Compound) if of_inside => {
                Step::Closes
            }
            (_, Deprel::Flat | Deprel::Fixed | Deprel::Compound) if of_inside => Step::Closes,
            (Upos::X, Deprel::Nmod) if of_inside => Step::Closes,
            (Upos::Noun | Upos::Num, Deprel::Nmod) if of_inside && self.preposition(id).is_some() => {
                Step::Closes
            }
            // "de la Défense": the article and the preposition wait for their noun.
            (Upos::Adp, Deprel::Case) if self.opens_complement(id) => Step::Opens,
            (Upos::Det | Upos::Num, Deprel::Det | Deprel::Nummod)
                if self.syntax.word(WordId(id.0 - 1)).upos == Upos::Adp
                    || self.syntax.word(WordId(id.0 - 1)).upos == Upos::Det =>
            {
                Step::Opens
            }
            // "de défense et de sécurité": a second complement, not a second actor.
            (Upos::Cconj, Deprel::Cc) if self.joins_complements(id, &inside, head) => Step::Opens,
            (Upos::Noun | Upos::Propn, Deprel::Conj)
                if of_inside
                    && word.head != Some(head)
                    && self.is_complement(word.head)
                    && self.preposition(id).is_some() =>
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

    /// *et* between two complements with *de*, or between two adjectives.
    fn joins_complements(&self, id: WordId, inside: &Range<u32>, head: WordId) -> bool {
        let Some(conjunct) = self.syntax.head(id) else { return false };
        let Some(first) = self.syntax.head(conjunct).filter(|first| inside.contains(&first.0)) else {
            return false;
        };
        let word = self.syntax.word(conjunct);
        let complements = first != head
            && self.is_complement(Some(first))
            && self.preposition(conjunct).is_some_and(|de| self.is_of(de));
        let adjectives = word.upos == Upos::Adj && conjunct.0 == id.0 + 1 && self.is_adjective(Some(first));
        word.deprel == Deprel::Conj && (complements || adjectives)
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
