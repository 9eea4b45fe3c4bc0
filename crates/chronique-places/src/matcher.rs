//! Finds the names of a gazetteer in the tokens of a text: longest names first, from token starts to token ends.

use chronique_text::{Text, fold_into};
use chronique_tokens::{Token, TokenKind, Tokens};

use crate::builder::flag;
use crate::gazetteer::Gazetteer;
use crate::key;
use crate::place::{PlaceId, PlaceKind};
use crate::rules::{Rules, Word};

/// A name may have this many tokens.
const LONGEST: usize = 9;
/// Of the places of a name, this many are weighed; they come best name and most populous first.
const CANDIDATES: usize = 48;

/// The folded forms of the tokens of a text.
pub(crate) struct Folds<'a> {
    text: &'a str,
    rules: &'a Rules,
    /// The folded forms that differ from the text.
    folded: String,
    tokens: Vec<Fold>,
}

/// Where the folded form of a token is.
#[derive(Clone, Copy)]
struct Fold {
    start: u32,
    end: u32,
    /// It is the text's own: small ASCII letters, as most words are.
    plain: bool,
    /// A name may begin with the token.
    starts: bool,
}

impl<'a> Folds<'a> {
    pub(crate) fn new(text: &'a Text, tokens: &Tokens, rules: &'a Rules) -> Folds<'a> {
        let text = text.as_str();
        let mut folds =
            Folds { text, rules, folded: String::new(), tokens: Vec::with_capacity(tokens.len()) };
        for token in tokens.as_slice() {
            let form = &text[token.span.range()];
            let plain = form.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
            let (start, end) = if plain {
                (token.span.start(), token.span.end())
            } else {
                // NFKD makes at most 18 bytes of 3: a text of 4 GiB would not fit, and its names are not worth a panic.
                let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                let start = at(folds.folded.len());
                fold_into(form, &mut folds.folded);
                (start, at(folds.folded.len()))
            };
            let mut fold = Fold { start, end, plain, starts: false };
            fold.starts = token.kind == TokenKind::Word
                && (!plain && (case(form) != Case::Lower || has_inner_capital(form))
                    || rules.starts(folds.form(fold)));
            folds.tokens.push(fold);
        }
        folds
    }

    /// The lists that token `at` is in; none past the end.
    pub(crate) fn word(&self, at: usize) -> Word {
        self.rules.word(self.get(at))
    }

    /// The folded form of token `at`; empty past the end.
    pub(crate) fn get(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |&fold| self.form(fold))
    }

    fn form(&self, fold: Fold) -> &str {
        let source = if fold.plain { self.text } else { &self.folded };
        source.get(fold.start as usize..fold.end as usize).unwrap_or("")
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
    /// Needing no support, it names a division and no town.
    pub(crate) division: bool,
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

/// Room for one name, kept from name to name.
#[derive(Default)]
struct Scratch {
    words: String,
    /// For each layer, what the keys that end after each number of tokens stand for.
    ends: Vec<[u64; LONGEST]>,
}

pub(crate) struct Finder<'a> {
    pub(crate) gazetteer: &'a Gazetteer,
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a Tokens,
    pub(crate) folds: &'a Folds<'a>,
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
        let mut scratch = Scratch::default();
        for (sentence, range) in self.tokens.sentences().iter().map(|s| s.tokens.clone()).enumerate() {
            let (mut at, end) = (range.start as usize, range.end as usize);
            while at < end {
                if !self.folds.tokens[at].starts {
                    at += 1;
                    continue;
                }
                match self.name_at(at, range.start as usize..end, &mut scratch, &mut pool) {
                    Some((last, name, candidates)) => {
                        let found = &pool[candidates.clone()];
                        let is = |c: &Candidate, kind: PlaceKind| {
                            self.gazetteer.place(c.place).is_some_and(|place| place.kind() == kind)
                        };
                        let alone = |c: &Candidate| c.flags & (flag::WEAK | flag::CUE | flag::NOUN) == 0;
                        let country = found.iter().any(|c| is(c, PlaceKind::Country));
                        let strong = found.iter().any(alone);
                        let division = found.iter().any(|c| alone(c) && is(c, PlaceKind::Admin))
                            && !found.iter().any(|c| alone(c) && is(c, PlaceKind::City));
                        let this =
                            Match { first: at, last, sentence, name, candidates, strong, country, division };
                        matches.push(this);
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
        scratch: &mut Scratch,
        pool: &mut Vec<Candidate>,
    ) -> Option<(usize, u64, std::ops::Range<usize>)> {
        scratch.ends.clear();
        let mut longest = 0;
        for layer in &self.gazetteer.layers {
            let mut ends = [0u64; LONGEST];
            let mut walk = layer.image.root();
            for (length, ends) in ends.iter_mut().enumerate() {
                let token = at + length;
                if token >= sentence.end
                    || !matches!(self.token(token).kind, TokenKind::Word | TokenKind::Number)
                {
                    break;
                }
                let words = key::words(self.folds.get(token), &mut scratch.words);
                if words.is_empty() {
                    break;
                }
                let Some(next) = layer.image.walk(walk, length > 0, words) else { break };
                walk = next;
                if let Some(value) = layer.image.value(walk) {
                    // Value 0 is a key with no posting: none is made.
                    *ends = value;
                    longest = longest.max(length + 1);
                }
            }
            scratch.ends.push(ends);
        }
        let opens = at == sentence.start || self.token(at - 1).kind != TokenKind::Word;
        for length in (1..=longest).rev() {
            let from = pool.len();
            let mut name = None;
            for (number, (layer, ends)) in self.gazetteer.layers.iter().zip(&scratch.ends).enumerate() {
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
                    name.get_or_insert(value << 8 | number as u64);
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
