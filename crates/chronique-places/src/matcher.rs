//! Finds the names of a gazetteer in the tokens of a text: longest names first, from token starts to token ends.

use chronique_text::{Text, fold_into};
use chronique_tokens::{Token, TokenKind, Tokens};
use fst::raw::{Fst, Node, Output};

use crate::builder::flag;
use crate::gazetteer::Gazetteer;
use crate::key;
use crate::place::{PlaceId, PlaceKind};
use crate::rules::{List, Rules, Word};

/// A name may have this many tokens.
const LONGEST: usize = 9;
/// Of the places of a name, this many are weighed; they come best name and most populous first.
const CANDIDATES: usize = 48;

/// The folded forms of the tokens of a text.
pub(crate) struct Folds {
    folded: String,
    ends: Vec<u32>,
    words: Vec<Word>,
}

impl Folds {
    pub(crate) fn new(text: &Text, tokens: &Tokens, rules: &Rules) -> Folds {
        let mut folds = Folds {
            folded: String::with_capacity(text.as_str().len()),
            ends: Vec::with_capacity(tokens.len()),
            words: Vec::with_capacity(tokens.len()),
        };
        for token in tokens.as_slice() {
            let start = folds.folded.len();
            fold_into(text.slice(token.span), &mut folds.folded);
            folds.words.push(rules.word(&folds.folded[start..]));
            // NFKD makes at most 18 bytes of 3: a text of 4 GiB would not fit, and its names are not worth a panic.
            folds.ends.push(u32::try_from(folds.folded.len()).unwrap_or(u32::MAX));
        }
        folds
    }

    /// The lists that token `at` is in; none past the end.
    pub(crate) fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// The folded form of token `at`; empty past the end.
    pub(crate) fn get(&self, at: usize) -> &str {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or(u32::MAX) };
        let end = self.ends.get(at).copied().unwrap_or(0);
        self.folded.get(start as usize..end as usize).unwrap_or("")
    }
}

/// A place that a name in the text may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) place: PlaceId,
    pub(crate) flags: u8,
}

/// A name found in the text.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// The number of its sentence.
    pub(crate) sentence: usize,
    /// Which name it is: equal names of a text share it.
    pub(crate) name: u64,
    /// Its candidates, in the pool.
    pub(crate) candidates: std::ops::Range<usize>,
    /// One of them bears it as a name that needs no support.
    pub(crate) strong: bool,
    /// One of them is a country.
    pub(crate) country: bool,
}

/// How the letters of a token are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Case {
    /// No letter begins it, or a small one.
    Lower,
    /// A capital and then some small letter, or a single capital.
    Capitalised,
    /// Capitals only, at least two.
    Upper,
}

pub(crate) fn case(form: &str) -> Case {
    if form.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return Case::Lower;
    }
    let mut letters = form.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut more = false;
            for letter in letters {
                if letter.is_lowercase() {
                    return Case::Capitalised;
                }
                more = true;
            }
            if more { Case::Upper } else { Case::Capitalised }
        }
        _ => Case::Lower,
    }
}

pub(crate) struct Finder<'a> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a Tokens,
    pub(crate) folds: &'a Folds,
}

impl<'a> Finder<'a> {
    pub(crate) fn form(&self, at: usize) -> &'a str {
        self.text.slice(self.token(at).span)
    }

    fn token(&self, at: usize) -> &'a Token {
        &self.tokens.as_slice()[at]
    }

    /// All names, left to right, without overlaps; and the pool of their candidates.
    pub(crate) fn matches(&self) -> (Vec<Match>, Vec<Candidate>) {
        let mut matches = Vec::new();
        let mut pool = Vec::new();
        let mut words = String::new();
        for (sentence, range) in self.tokens.sentences().iter().map(|s| s.tokens.clone()).enumerate() {
            let (mut at, end) = (range.start as usize, range.end as usize);
            while at < end {
                let starts = self.token(at).kind == TokenKind::Word
                    && (case(self.form(at)) != Case::Lower
                        || has_inner_capital(self.form(at))
                        || self.folds.word(at).is(List::Start));
                let found = if starts {
                    self.name_at(at, range.start as usize..end, &mut words, &mut pool)
                } else {
                    None
                };
                match found {
                    Some((last, name, candidates)) => {
                        let country = pool[candidates.clone()].iter().any(|c| {
                            self.gazetteer
                                .place(c.place)
                                .is_some_and(|place| place.kind() == PlaceKind::Country)
                        });
                        let strong = pool[candidates.clone()]
                            .iter()
                            .any(|c| c.flags & (flag::WEAK | flag::CUE | flag::NOUN) == 0);
                        matches.push(Match { first: at, last, sentence, name, candidates, strong, country });
                        at = last + 1;
                    }
                    None => at += 1,
                }
            }
        }
        (matches, pool)
    }

    /// The longest name that begins with token `at`.
    fn name_at(
        &self,
        at: usize,
        sentence: std::ops::Range<usize>,
        words: &mut String,
        pool: &mut Vec<Candidate>,
    ) -> Option<(usize, u64, std::ops::Range<usize>)> {
        let mut ends = [[0u64; LONGEST]; 4];
        let mut longest = 0;
        for (layer, ends) in self.gazetteer.layers.iter().take(4).zip(&mut ends) {
            let keys: &Fst<_> = layer.image.keys().as_fst();
            let mut walk = Walk { keys, node: keys.root(), value: Output::zero() };
            for (length, ends) in ends.iter_mut().enumerate() {
                let token = at + length;
                if token >= sentence.end
                    || !matches!(self.token(token).kind, TokenKind::Word | TokenKind::Number)
                {
                    break;
                }
                words.clear();
                key::push_words(self.folds.get(token), words);
                if words.starts_with("st")
                    && let Some(spelled) = key::abbreviated_saint(words, false)
                {
                    *words = spelled;
                }
                if words.is_empty() || !walk.feed(words, length > 0) {
                    break;
                }
                if let Some(value) = walk.end() {
                    // Value 0 is a key with no posting: none is made.
                    *ends = value;
                    longest = longest.max(length + 1);
                }
            }
        }
        let opens = at == sentence.start || self.token(at - 1).kind != TokenKind::Word;
        for length in (1..=longest).rev() {
            let from = pool.len();
            let mut name = None;
            for (number, (layer, ends)) in self.gazetteer.layers.iter().zip(&ends).enumerate() {
                let value = ends[length - 1];
                if value == 0 {
                    continue;
                }
                let kept =
                    layer.image.postings(value).filter(|&(_, flags)| self.agrees(at, length, flags, opens));
                let places =
                    kept.map(|(place, flags)| Candidate { place: PlaceId(layer.base + place), flags });
                pool.extend(places.take(CANDIDATES));
                if pool.len() > from {
                    name.get_or_insert(value << 2 | number as u64);
                }
            }
            if let Some(name) = name {
                return Some((at + length - 1, name, from..pool.len()));
            }
        }
        None
    }

    /// Whether the letters of the tokens are written as a name with these flags may be.
    fn agrees(&self, at: usize, length: usize, flags: u8, opens: bool) -> bool {
        let cases = (at..at + length).map(|token| case(self.form(token)));
        if flags & flag::CAPITALS != 0 {
            return cases.clone().all(|case| case != Case::Lower)
                && (at..at + length).all(|token| !self.form(token).chars().any(char::is_lowercase));
        }
        // An article that opens a sentence is rarely a part of a small town's name.
        if length > 1
            && flags & (flag::WEAK | flag::CUE) != 0
            && matches!(self.folds.get(at), "le" | "la" | "les" | "l'")
            && opens
        {
            return false;
        }
        if flags & flag::NO_ARTICLE != 0
            && (at == 0 || !matches!(self.folds.get(at - 1), "au" | "du" | "aux" | "des"))
        {
            return false;
        }
        if flags & flag::LOWER != 0 {
            return cases.clone().any(|case| case != Case::Lower) || length > 1;
        }
        cases.enumerate().all(|(nth, case)| {
            case != Case::Lower
                || (nth > 0 && nth + 1 < length && key::is_linking(self.folds.get(at + nth)))
                || (nth > 0 && self.token(at + nth).kind == TokenKind::Number)
                || has_inner_capital(self.form(at + nth))
        })
    }
}

/// Whether a capital follows a hyphen or an apostrophe: *al-Bab*.
fn has_inner_capital(form: &str) -> bool {
    form.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
        && form.contains(['-', '\'', '’'])
        && form.chars().any(char::is_uppercase)
}

struct Walk<'f, D> {
    keys: &'f Fst<D>,
    node: Node<'f>,
    value: Output,
}

impl<'f, D: AsRef<[u8]>> Walk<'f, D> {
    fn feed(&mut self, words: &str, after_space: bool) -> bool {
        (!after_space || self.step(b' ')) && words.bytes().all(|byte| self.step(byte))
    }

    fn step(&mut self, byte: u8) -> bool {
        let Some(input) = self.node.find_input(byte) else { return false };
        let transition = self.node.transition(input);
        self.value = self.value.cat(transition.out);
        self.node = self.keys.node(transition.addr);
        true
    }

    fn end(&self) -> Option<u64> {
        self.node.is_final().then(|| self.value.cat(self.node.final_output()).value())
    }
}
