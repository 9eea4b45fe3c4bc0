//! Where the clause of a time expression points, by the tense of its verb.

use std::collections::HashMap;

use chronique_syntax::{Deprel, Mood, Syntax, Tense, Upos, VerbForm, WordId};
use chronique_times::Direction;
use chronique_tokens::TokenId;

/// The words that turn what hangs on them to the future: `aller` in *va se réunir mardi*.
const FUTURE_WORDS: &str = include_str!("../data/future.tsv");

/// How far up the tree the governing verb is looked for: keeps deep trees linear.
const CLIMB: usize = 12;

/// How a lemma turns its clause to the future.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Turn {
    /// Its infinitive lies ahead: *doit rencontrer*.
    Infinitive,
    /// Its participle does: *prévu mardi*, *est attendu lundi*.
    Participle,
}

/// The reading of tenses: a token of a time expression to the direction of its clause.
#[derive(Debug)]
pub(crate) struct Tenses {
    turns: HashMap<&'static str, Vec<Turn>>,
}

impl Tenses {
    pub(crate) fn french() -> Tenses {
        let mut turns: HashMap<_, Vec<Turn>> = HashMap::new();
        for row in FUTURE_WORDS.lines().filter(|row| !row.starts_with('#')) {
            let (lemma, turn) = row.split_once('\t').expect("two columns");
            turns.entry(lemma).or_default().push(match turn {
                "infinitive" => Turn::Infinitive,
                "participle" => Turn::Participle,
                other => panic!("{other}: infinitive or participle"),
            });
        }
        Tenses { turns }
    }

    /// Ahead for a future or what amounts to one, back for a past; `None` if the verb does not tell.
    pub(crate) fn direction(&self, syntax: &Syntax, token: TokenId) -> Option<Direction> {
        let word = syntax.words_of(token).next().map(WordId)?;
        let clause = std::iter::once(word).chain(syntax.ancestors(word)).take(CLIMB);
        let mut verbs = clause.filter_map(|id| Some((id, self.verb(syntax, id)?)));
        match verbs.next() {
            Some((verb, direction)) if verb <= word => direction,
            // No verb above, or one that follows: « l'attentat perpétré mardi soir, ils pourraient ».
            above => {
                let above = above.map(|(_, direction)| direction);
                self.verb_before(syntax, word).or(above).flatten()
            }
        }
    }

    /// Where the verb before a word points, if no mark stands between.
    fn verb_before(&self, syntax: &Syntax, word: WordId) -> Option<Option<Direction>> {
        let sentence = syntax.sentence_of(word);
        let before = (0..word.0).rev().take(CLIMB).map(WordId);
        let clause = before
            .take_while(|&id| syntax.sentence_of(id) == sentence && syntax.word(id).upos != Upos::Punct);
        let is_verb = |&id: &WordId| matches!(syntax.word(id).upos, Upos::Verb | Upos::Aux);
        clause.filter(is_verb).find_map(|id| self.verb(syntax, id))
    }

    /// Where a word points if it is the verb of a clause, if it tells; the outer `None` sends the
    /// reader further up.
    fn verb(&self, syntax: &Syntax, id: WordId) -> Option<Option<Direction>> {
        let word = syntax.word(id);
        let auxiliaries = || syntax.children(id).filter(|&child| is_auxiliary(syntax, child));
        if word.upos != Upos::Verb && word.upos != Upos::Aux {
            // The copula of a predicate: « sera à Bamako mardi ».
            return auxiliaries().next().map(|aux| finite(syntax, aux));
        }
        let first = auxiliaries().next();
        let infinitive = |id| syntax.word(id).morph.verb_form() == Some(VerbForm::Inf);
        if first.is_some_and(|aux| infinitive(aux) && syntax.lemma(aux) == "avoir") {
            // « accuse la police d'avoir abattu »
            return Some(Some(Direction::Past));
        }
        if infinitive(id) || first.is_some_and(infinitive) {
            let governor = syntax.head(id).filter(|&it| self.turns(syntax, it, Turn::Infinitive))?;
            return if self.turns_infinitive(syntax, governor) {
                Some(Some(Direction::Future))
            } else if syntax.word(governor).morph.tense() == Some(Tense::Imp) {
                // « devait se réunir mardi » may still lie ahead.
                Some(None)
            } else {
                None
            };
        }
        if word.morph.verb_form() != Some(VerbForm::Part) {
            return Some(finite(syntax, id));
        }
        let gone = first.is_some_and(|aux| !may_lie_ahead(syntax, aux));
        if self.turns(syntax, id, Turn::Participle) && !gone {
            return Some(Some(Direction::Future));
        }
        match first {
            // « sera reçu » lies ahead, « aurait tué » is hearsay of the past.
            Some(aux) if syntax.lemma(aux) == "être" => Some(finite(syntax, aux)),
            Some(_) => Some(Some(Direction::Past)),
            // « rendra hommage aux soldats tués mardi »
            None if word.deprel.base() == Deprel::Acl && word.morph.tense() == Some(Tense::Past) => {
                Some(Some(Direction::Past))
            }
            None => None,
        }
    }

    /// Whether a word that may turn its infinitive to the future does: *va se réunir*, *doit se
    /// réunir*; not *allait se réunir*, *a dû se réunir*.
    fn turns_infinitive(&self, syntax: &Syntax, governor: WordId) -> bool {
        let compound = syntax.children(governor).any(|child| is_auxiliary(syntax, child));
        !compound && may_lie_ahead(syntax, governor)
    }

    fn turns(&self, syntax: &Syntax, id: WordId, turn: Turn) -> bool {
        self.turns.get(syntax.lemma(id)).is_some_and(|turns| turns.contains(&turn))
    }
}

/// *se réunira*, *se réunirait*: ahead. The present says nothing.
fn finite(syntax: &Syntax, id: WordId) -> Option<Direction> {
    let morph = syntax.word(id).morph;
    match morph.tense() {
        _ if morph.mood() == Some(Mood::Cnd) => Some(Direction::Future),
        Some(Tense::Fut) => Some(Direction::Future),
        Some(Tense::Imp | Tense::Past) => Some(Direction::Past),
        Some(Tense::Pres) | None => None,
    }
}

fn may_lie_ahead(syntax: &Syntax, id: WordId) -> bool {
    !matches!(syntax.word(id).morph.tense(), Some(Tense::Imp | Tense::Past))
}

fn is_auxiliary(syntax: &Syntax, id: WordId) -> bool {
    matches!(syntax.word(id).deprel.base(), Deprel::Aux | Deprel::Cop)
}

#[cfg(all(test, feature = "embedded"))]
mod tests {
    use super::*;
    use crate::Pipeline;
    use chronique_text::Text;

    /// The direction of the word *mardi* in each sentence.
    #[test]
    fn the_verb_says_where_mardi_lies() {
        let (past, future) = (Some(Direction::Past), Some(Direction::Future));
        let table = [
            ("Le président a déclaré mardi que tout allait bien.", past),
            ("Le président recevra mardi le ministre.", future),
            ("Le ministre sera reçu mardi à Paris.", future),
            ("Le ministre a été reçu mardi à Paris.", past),
            ("Les deux hommes vont se rencontrer mardi.", future),
            ("Les deux hommes doivent se rencontrer mardi.", future),
            ("Le président devrait arriver mardi à Alger.", future),
            ("Des soldats auraient tué mardi trois civils.", past),
            ("Une réunion est prévue mardi à Genève.", future),
            ("Trois soldats tués mardi étaient maliens.", past),
            ("Le témoin accuserait la police d'avoir abattu mardi un adolescent.", past),
            ("Le ministre devait rencontrer mardi les syndicats.", None),
            ("Le pape sera à Bangui mardi.", future),
            ("Après l'attentat perpétré à Strasbourg mardi, ils décideront d'une trêve.", past),
            ("Le ministre sera à Paris mardi, selon l'Élysée.", future),
            ("L'armée bombarde la ville mardi.", None),
            ("Réunion mardi à Paris.", None),
        ];
        let (chronique, tenses) = (Pipeline::french(), Tenses::french());
        for (sentence, expected) in table {
            let text = Text::new(sentence).unwrap();
            let (tokens, syntax) = chronique.parse(&text, [text.span()]);
            let mardi = (0..).map(TokenId).find(|&id| tokens.form(id, &text) == "mardi").unwrap();
            assert_eq!(tenses.direction(&syntax, mardi), expected, "{sentence}");
        }
    }

    #[test]
    fn every_row_of_the_list_is_read_once() {
        let tenses = Tenses::french();
        let rows = FUTURE_WORDS.lines().filter(|row| !row.starts_with('#')).count();
        assert_eq!(tenses.turns.values().map(Vec::len).sum::<usize>(), rows);
    }
}
