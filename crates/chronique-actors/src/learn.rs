//! Names that the text itself teaches: acronyms and last names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chronique_syntax::{Number, Upos, WordId};
use chronique_text::fold_into;
use chronique_tokens::{TokenId, TokenKind};

use crate::ActorClass;
use crate::lexicon::Kind;
use crate::matches::{Match, Matches, Named, Reading};
use crate::phrases::{Case, fold};

/// An organisation that no list has, and that the text gives an acronym.
#[derive(Clone, Debug)]
pub(crate) struct Learned {
    /// The tokens of the long form.
    pub(crate) long: Range<u32>,
    /// The row of the noun that it starts with.
    pub(crate) noun: Option<u32>,
}

impl Reading<'_> {
    /// Adds the acronyms that the text explains: *Front de libération du Sud (FLS)*.
    pub(crate) fn learn_acronyms(&self, found: &mut Matches) {
        let mut taught: HashMap<Box<str>, Named> = HashMap::new();
        let mut learned = Vec::new();
        let mut added = Vec::new();
        for sentence in self.tokens.sentences() {
            for at in sentence.tokens.clone().skip(2) {
                let Some(long) = self.explained(at, sentence.tokens.clone()) else { continue };
                let exact = found.at(long.start).filter(|known| known.tokens == long);
                let short = found.at(at).filter(|known| known.tokens.len() == 1 && self.names(known.named));
                let named = match exact.filter(|known| self.names(known.named)).or(short) {
                    Some(known) => known.named,
                    None => {
                        let noun = found.at(long.start).and_then(|known| known.named.row());
                        let number = u32::try_from(learned.len()).expect("fewer acronyms than tokens");
                        learned.push(Learned { long: long.clone(), noun });
                        Named::Learned(number)
                    }
                };
                if let Some(head) = self.syntax.top(self.words(long.clone())) {
                    added.push(Match { tokens: long, head, named });
                    taught.insert(self.folded(at).into(), named);
                }
            }
        }
        if taught.is_empty() {
            return;
        }
        let mut buffer = String::new();
        for at in (0..).take(self.tokens.len()) {
            let longer = found.at(at).is_some_and(|known| known.tokens.len() > 1);
            if self.cases[at as usize] != Case::Acronym || longer {
                continue;
            }
            fold(self.form(at), &mut buffer);
            let head = self.syntax.top(self.words(at..at + 1));
            if let (Some(&named), Some(head)) = (taught.get(buffer.as_str()), head) {
                added.push(Match { tokens: at..at + 1, head, named });
            }
        }
        found.learned = learned;
        found.replace(added);
    }

    /// Adds names beside an office: *le Premier ministre, Binali Yildirim, a…*, *Hu Xijin, directeur de…*.
    pub(crate) fn learn_apposed_names(&self, found: &mut Matches) {
        let mut added = Vec::new();
        for sentence in self.tokens.sentences() {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let end = self.capitals(at, sentence.tokens.end, found);
                if end - at >= 2 && self.beside_an_office(at..end, &sentence.tokens, found) {
                    let head = self.syntax.top(self.words(at..end));
                    added.extend(head.map(|head| Match { tokens: at..end, head, named: Named::Person }));
                }
                at = end.max(at + 1);
            }
        }
        found.replace(added);
    }

    /// The end of a run of proper nouns in capitals that is in no match; `at` itself if there is none.
    fn capitals(&self, at: u32, limit: u32, found: &Matches) -> u32 {
        (at..limit).find(|&token| !self.is_free_proper_noun(token, found)).unwrap_or(limit)
    }

    fn beside_an_office(&self, name: Range<u32>, sentence: &Range<u32>, found: &Matches) -> bool {
        /// An office with its complements is not longer.
        const REACH: u32 = 8;
        let comma = |token: u32| sentence.contains(&token) && self.form(token) == ",";
        let office = |token: u32| {
            found.at(token).is_some_and(|known| {
                let noun = known.named.row().map(|row| self.entry(row));
                let plural = self.syntax.word(known.head).morph.number() == Some(Number::Plur);
                noun.is_some_and(|noun| {
                    matches!(noun.kind, Kind::Noun(_)) && noun.class == ActorClass::Person
                }) && !plural
            })
        };
        if comma(name.end) && sentence.contains(&(name.end + 1)) && office(name.end + 1) {
            return true;
        }
        let Some(before) = name.start.checked_sub(1).filter(|&before| comma(before)) else { return false };
        let closed = comma(name.end);
        let reach = before.saturating_sub(REACH).max(sentence.start)..before;
        closed && reach.rev().take_while(|&token| !comma(token)).any(office)
    }

    /// Adds the last names that stand alone, or after a given name that no list has, of persons whose
    /// names the text gives.
    pub(crate) fn learn_last_names(&self, found: &mut Matches) {
        /// A person has no more given names.
        const GIVEN: u32 = 3;
        let persons = found.matches.iter().filter(|known| known.named == Named::Person);
        let last: HashSet<String> = persons.map(|known| self.folded(known.tokens.end - 1)).collect();
        if last.is_empty() {
            return;
        }
        let mut buffer = String::new();
        let mut added = Vec::new();
        for sentence in self.tokens.sentences() {
            for at in sentence.tokens.clone().filter(|&at| self.is_free_proper_noun(at, found)) {
                fold(self.form(at), &mut buffer);
                if !last.contains(buffer.as_str()) {
                    continue;
                }
                let first = at.saturating_sub(GIVEN).max(sentence.tokens.start);
                let given = (first..at).rev().take_while(|&token| self.is_free_proper_noun(token, found));
                let start = given.last().unwrap_or(at);
                let head = self.syntax.top(self.words(start..at + 1));
                added.extend(head.map(|head| Match { tokens: start..at + 1, head, named: Named::Person }));
            }
        }
        found.replace(added);
    }

    fn is_free_proper_noun(&self, token: u32, found: &Matches) -> bool {
        let mut words = self.words(token..token + 1).map(WordId);
        self.cases[token as usize] != Case::Small
            && self.tokens.token(TokenId(token)).kind == TokenKind::Word
            && words.all(|word| matches!(self.syntax.word(word).upos, Upos::Propn | Upos::X))
            && found.at(token).is_none()
    }

    /// Whether a match is the name of an organisation.
    fn names(&self, named: Named) -> bool {
        named.row().is_some_and(|row| self.entry(row).kind == Kind::Name)
    }

    pub(crate) fn folded(&self, token: u32) -> String {
        let mut buffer = String::new();
        fold(self.form(token), &mut buffer);
        buffer
    }

    /// The tokens that the acronym at `at`, alone in parentheses, stands for.
    fn explained(&self, at: u32, sentence: Range<u32>) -> Option<Range<u32>> {
        /// An acronym leaves out at most so many words for each of its letters.
        const WORDS_PER_LETTER: u32 = 3;
        let alone = self.cases[at as usize] == Case::Acronym
            && self.form(at - 1) == "("
            && at + 1 < sentence.end
            && matches!(self.form(at + 1), ")" | "," | ";");
        if !alone {
            return None;
        }
        let short = self.folded(at);
        let letters: Vec<char> = short.chars().filter(|char| char.is_alphabetic()).collect();
        if !(2..=9).contains(&letters.len()) {
            return None;
        }
        let end = at - 1;
        let reach = WORDS_PER_LETTER * u32::try_from(letters.len()).expect("at most nine");
        let first = end.saturating_sub(reach).max(sentence.start);
        (first..end).rev().map(|start| start..end).find(|long| {
            self.cases[long.start as usize] != Case::Small && self.spells(long.clone(), &letters)
        })
    }

    /// Whether the words' first letters give the acronym, each word of weight its own.
    fn spells(&self, long: Range<u32>, letters: &[char]) -> bool {
        let mut rest = letters.iter().copied().peekable();
        let mut buffer = String::new();
        let mut last_counts = false;
        for token in long {
            if self.tokens.token(TokenId(token)).kind != TokenKind::Word {
                return false;
            }
            buffer.clear();
            fold_into(self.form(token), &mut buffer);
            last_counts = false;
            for part in buffer.split('-') {
                let initial = part.chars().next();
                if initial.is_some() && initial == rest.peek().copied() {
                    rest.next();
                    last_counts = true;
                }
            }
        }
        rest.peek().is_none() && last_counts
    }
}
