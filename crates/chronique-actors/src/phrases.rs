//! Names and nouns of several tokens, matched over folded tokens.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use chronique_text::{WordHash, WordMap, fold_into};

/// A folded token that the lexicon knows; [`UNKNOWN`] for all others.
pub(crate) type Symbol = u32;

pub(crate) const UNKNOWN: Symbol = 0;

/// How a form must be written where it is matched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Spelling {
    /// Bit `i`: token `i` starts with a capital.
    capitals: u64,
    /// An acronym: its one token is in capitals throughout.
    acronym: bool,
    /// The letters of its one token that are not ASCII: *retraité* is not *retraite*.
    accents: Option<u8>,
}

impl Spelling {
    /// What the written form asks for: what it shows itself.
    pub(crate) fn of<'f>(tokens: impl Iterator<Item = &'f str>) -> Spelling {
        let mut spelling = Spelling { capitals: 0, acronym: false, accents: None };
        for (at, token) in tokens.enumerate() {
            let case = Case::of(token);
            if at < 64 && case != Case::Small {
                spelling.capitals |= 1 << at;
            }
            spelling.acronym = at == 0 && case == Case::Acronym;
            spelling.accents = (at == 0).then(|| accents(token));
        }
        spelling
    }

    /// Whether tokens are written as asked; accents may be missing from what starts with a capital.
    fn accepts(self, cases: &[Case], marks: &[u8]) -> bool {
        let small = cases.first() == Some(&Case::Small);
        if small && self.accents.is_some_and(|accents| marks.first() != Some(&accents)) {
            return false;
        }
        cases.iter().take(64).enumerate().all(|(at, &case)| {
            let capital = self.capitals >> at & 1 == 1;
            !capital || case == Case::Acronym || (case == Case::Capital && !self.acronym)
        })
    }
}

/// The number of characters of a token that are not ASCII, apostrophes and hyphens apart.
pub(crate) fn accents(token: &str) -> u8 {
    if token.is_ascii() {
        return 0;
    }
    // A letter with its accent is one character, or two where the text is decomposed.
    let accent =
        |char: char| (char.is_alphabetic() && !char.is_ascii()) || ('\u{300}'..'\u{370}').contains(&char);
    let marks = token.chars().filter(|&char| accent(char)).count();
    u8::try_from(marks).unwrap_or(u8::MAX)
}

/// The case of a token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    /// Starts with a small letter, or has none.
    Small,
    /// Starts with a capital.
    Capital,
    /// Two letters or more, all of them capitals.
    Acronym,
}

impl Case {
    pub(crate) fn of(token: &str) -> Case {
        if token.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
            return Case::Small;
        }
        let mut letters = token.chars().filter(|char| char.is_alphabetic());
        match letters.next() {
            Some(first) if first.is_uppercase() => {
                let mut rest = 0;
                let all = letters.inspect(|_| rest += 1).all(char::is_uppercase);
                let digits = token.bytes().any(|byte| byte.is_ascii_digit());
                if all && (rest > 0 || digits) { Case::Acronym } else { Case::Capital }
            }
            _ => Case::Small,
        }
    }
}

/// An entry as a form of it was matched.
#[derive(Clone, Copy, Debug)]
struct Form {
    entry: u32,
    spelling: Spelling,
    /// The list that it comes from: the later one wins.
    list: u16,
}

/// A set of forms.
#[derive(Clone, Default, Debug)]
pub(crate) struct Phrases {
    symbols: WordMap<Symbol>,
    edges: HashMap<(u32, Symbol), u32, BuildHasherDefault<WordHash>>,
    /// For each node, the forms that end there.
    ends: Vec<Vec<Form>>,
}

impl Phrases {
    /// Adds a form of an entry.
    pub(crate) fn insert<'f>(
        &mut self,
        tokens: impl Iterator<Item = &'f str> + Clone,
        entry: u32,
        list: u16,
    ) {
        let mut node = 0;
        let mut buffer = String::new();
        for token in tokens.clone() {
            let symbol = self.intern(token, &mut buffer);
            let next = u32::try_from(self.ends.len().max(1)).expect("a lexicon of less than 4 G nodes");
            node = *self.edges.entry((node, symbol)).or_insert(next);
            self.ends.resize_with(self.ends.len().max(node as usize + 1), Vec::new);
        }
        let forms = &mut self.ends[node as usize];
        let at = forms.iter().position(|form| form.list < list).unwrap_or(forms.len());
        forms.insert(at, Form { entry, spelling: Spelling::of(tokens), list });
    }

    fn intern(&mut self, token: &str, buffer: &mut String) -> Symbol {
        fold(token, buffer);
        if let Some(&symbol) = self.symbols.get(buffer.as_str()) {
            return symbol;
        }
        let symbol = u32::try_from(self.symbols.len() + 1).expect("a lexicon of less than 4 G words");
        self.symbols.insert(buffer.as_str().into(), symbol);
        symbol
    }

    /// Makes a single token known and returns its symbol.
    pub(crate) fn word(&mut self, token: &str) -> Symbol {
        self.intern(token, &mut String::new())
    }

    /// The symbol of a token.
    pub(crate) fn symbol(&self, token: &str, buffer: &mut String) -> Symbol {
        // Small ASCII letters, as in most words, are folded.
        let folded = if token.bytes().all(|byte| byte.is_ascii_lowercase()) {
            token
        } else {
            fold(token, buffer);
            buffer.as_str()
        };
        self.symbols.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// Whether these tokens are a form, whatever their case.
    pub(crate) fn contains<'f>(&self, mut tokens: impl Iterator<Item = &'f str>) -> bool {
        let mut buffer = String::new();
        let end = tokens
            .try_fold(0, |node, token| self.edges.get(&(node, self.symbol(token, &mut buffer))).copied());
        end.is_some_and(|node| self.ends.get(node as usize).is_some_and(|forms| !forms.is_empty()))
    }

    /// The entries of the longest form at the start of these tokens that `fits`, with its length.
    pub(crate) fn longest(
        &self,
        symbols: &[Symbol],
        cases: &[Case],
        marks: &[u8],
        mut fits: impl FnMut(u32, usize) -> bool,
    ) -> Option<(u32, usize)> {
        let mut best = None;
        let mut node = 0;
        for (at, &symbol) in symbols.iter().enumerate() {
            match self.edges.get(&(node, symbol)) {
                Some(&next) if symbol != UNKNOWN => node = next,
                _ => break,
            }
            let len = at + 1;
            let form = self.ends[node as usize]
                .iter()
                .find(|form| form.spelling.accepts(&cases[..len], &marks[..len]) && fits(form.entry, len));
            best = form.map(|form| (form.entry, len)).or(best);
        }
        best
    }
}

/// Folds a token into the buffer; the dots of `O.N.U.` go.
pub(crate) fn fold(token: &str, buffer: &mut String) {
    buffer.clear();
    fold_into(token, buffer);
    let mut dots = buffer.as_bytes().iter().skip(1).step_by(2);
    if buffer.len() >= 4 && buffer.is_ascii() && dots.all(|&byte| byte == b'.') {
        buffer.retain(|char| char != '.');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(phrases: &Phrases, tokens: &[&str]) -> Option<(u32, usize)> {
        let mut buffer = String::new();
        let symbols: Vec<_> = tokens.iter().map(|token| phrases.symbol(token, &mut buffer)).collect();
        let cases: Vec<_> = tokens.iter().map(|token| Case::of(token)).collect();
        let marks: Vec<_> = tokens.iter().map(|token| accents(token)).collect();
        phrases.longest(&symbols, &cases, &marks, |_, _| true)
    }

    #[test]
    fn the_longest_form_written_as_asked_wins() {
        let mut phrases = Phrases::default();
        let forms: [&[&str]; 5] =
            [&["armée"], &["armée", "de", "l'", "air"], &["UA"], &["La", "Réunion"], &["ONU"]];
        for (entry, form) in (0..).zip(forms) {
            phrases.insert(form.iter().copied(), entry, 0);
        }
        for (tokens, expected) in [
            (&["armée", "de", "terre"][..], Some((0, 1))),
            (&["Armée", "de", "l’", "air"], Some((1, 4))),
            (&["ARMÉE"], Some((0, 1))),
            (&["UA"], Some((2, 1))),
            (&["Ua"], None),
            (&["ua"], None),
            (&["La", "Réunion"], Some((3, 2))),
            (&["LA", "RÉUNION"], Some((3, 2))),
            (&["La", "réunion"], None),
            (&["O.N.U."], Some((4, 1))),
            (&["arme"], None),
            (&["armee"], None),
            (&["ARMEE"], Some((0, 1))),
            (&[], None),
        ] {
            assert_eq!(longest(&phrases, tokens), expected, "{tokens:?}");
        }
    }

    #[test]
    fn a_later_list_wins_and_within_a_list_the_first_row() {
        let mut phrases = Phrases::default();
        for (entry, list) in [(0, 0), (1, 0), (2, 1), (3, 1)] {
            phrases.insert(["Congo"].into_iter(), entry, list);
        }
        assert_eq!(longest(&phrases, &["Congo"]), Some((2, 1)));
    }

    #[test]
    fn case_of_tokens() {
        for (token, expected) in [
            ("ONU", Case::Acronym),
            ("M23", Case::Acronym),
            ("G5", Case::Acronym),
            ("Otan", Case::Capital),
            ("É", Case::Capital),
            ("l'", Case::Small),
            ("1er", Case::Small),
            ("«", Case::Small),
        ] {
            assert_eq!(Case::of(token), expected, "{token}");
        }
    }
}
