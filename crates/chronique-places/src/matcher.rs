//! Finds the names of a gazetteer in the tokens of a text: longest names first, from token starts to token ends.

use std::cmp::Reverse;

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
            let range = token.span.range();
            let bytes = &text.as_bytes()[range.clone()];
            let class = class::of(bytes);
            let plain = class & (class::CAPITAL | class::WIDE) == 0;
            let is_word = token.kind == TokenKind::Word;
            let mut fold = Fold { start: token.span.start(), end: token.span.end(), plain, starts: false };
            if !plain {
                let form = &text[range];
                // NFKD makes at most 18 bytes of 3: a text of 4 GiB would not fit, and its names are not worth a panic.
                let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                fold.start = at(folds.folded.len());
                fold_into(form, &mut folds.folded);
                fold.end = at(folds.folded.len());
                fold.starts = is_word && is_written_as_name(form, class);
            }
            if is_word && !fold.starts && (!plain || rules.may_start(bytes)) {
                fold.starts = rules.starts(folds.form(fold));
            }
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

/// What the bytes of a form are, taken together.
mod class {
    pub(super) const CAPITAL: u8 = 1;
    pub(super) const WIDE: u8 = 2;
    /// A hyphen, an apostrophe, or a byte that a typographic apostrophe begins with.
    pub(super) const JOINER: u8 = 4;

    const CLASSES: [u8; 256] = {
        let mut classes = [0; 256];
        let mut byte = 0;
        while byte < 256 {
            classes[byte] = match byte as u8 {
                b'A'..=b'Z' => CAPITAL,
                b'-' | b'\'' => JOINER,
                // ’ is e2 80 99.
                0xE2 => WIDE | JOINER,
                0x80.. => WIDE,
                _ => 0,
            };
            byte += 1;
        }
        classes
    };

    pub(super) fn of(form: &[u8]) -> u8 {
        form.iter().fold(0, |class, &byte| class | CLASSES[usize::from(byte)])
    }
}

/// Whether a form with some capital or letter beyond ASCII is written as a name's first word is.
fn is_written_as_name(form: &str, class: u8) -> bool {
    match form.as_bytes() {
        [b'A'..=b'Z', ..] => true,
        [b'a'..=b'z', ..] => class & class::JOINER != 0 && has_inner_capital(form),
        _ => case(form) != Case::Lower || has_inner_capital(form),
    }
}

/// A place that a name in the text may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) place: PlaceId,
    pub(crate) flags: u8,
}

impl Candidate {
    /// Whether the place bears the name as one that needs no support.
    fn stands_alone(&self) -> bool {
        self.flags & (flag::WEAK | flag::CUE | flag::NOUN) == 0
    }
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
    /// The keys that a name may be: its tokens, the number of the layer, and what the key stands for.
    ends: Vec<(usize, usize, u64)>,
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
                        let strong = pool[candidates.clone()].iter().any(Candidate::stands_alone);
                        matches.push(Match { first: at, last, sentence, name, candidates, strong });
                        at = last + 1;
                    }
                    None => at += 1,
                }
            }
        }
        (matches, pool)
    }

    /// Whether one of the candidates is of this kind.
    pub(crate) fn is_any(&self, candidates: &[Candidate], kind: PlaceKind) -> bool {
        candidates.iter().any(|candidate| self.is(candidate, kind))
    }

    fn is(&self, candidate: &Candidate, kind: PlaceKind) -> bool {
        self.gazetteer.place(candidate.place).is_some_and(|place| place.kind() == kind)
    }

    /// Whether the name, needing no support, is a division's and no town's.
    pub(crate) fn is_division(&self, candidates: &[Candidate]) -> bool {
        let alone = |kind| candidates.iter().any(|c| c.stands_alone() && self.is(c, kind));
        alone(PlaceKind::Admin) && !alone(PlaceKind::City)
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
        for (number, layer) in self.gazetteer.layers.iter().enumerate() {
            let mut walk = None;
            for length in 1..=LONGEST {
                let token = at + length - 1;
                if token >= sentence.end
                    || !matches!(self.token(token).kind, TokenKind::Word | TokenKind::Number)
                {
                    break;
                }
                let words = key::words(self.folds.get(token), &mut scratch.words);
                if words.is_empty() {
                    break;
                }
                walk = match walk {
                    Some(at) => layer.image.walk(at, words),
                    None => layer.image.start(words),
                };
                let Some(end) = walk else { break };
                // Value 0 is a key with no posting: none is made.
                if let Some(value) = layer.image.value(end).filter(|&value| value != 0) {
                    scratch.ends.push((length, number, value));
                }
            }
        }
        if scratch.ends.is_empty() {
            return None;
        }
        scratch.ends.sort_unstable_by_key(|&(length, layer, _)| (Reverse(length), layer));
        let opens = at == sentence.start || self.token(at - 1).kind != TokenKind::Word;
        for ends in scratch.ends.chunk_by(|a, b| a.0 == b.0) {
            let length = ends[0].0;
            let from = pool.len();
            let mut name = None;
            let written = self.written(at, length, opens);
            for &(_, number, value) in ends {
                let layer = &self.gazetteer.layers[number];
                let kept = layer.image.postings(value).filter(|&(_, flags)| written.agrees(flags));
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

    /// How a name is written.
    fn written(&self, at: usize, length: usize, opens: bool) -> Written {
        let before = at.checked_sub(1).map_or("", |before| self.folds.get(before));
        let mut written = Written {
            long: length > 1,
            any_capital: false,
            all_capitals: true,
            proper: true,
            article: length > 1 && opens && matches!(self.folds.get(at), "le" | "la" | "les" | "l'"),
            contracted: matches!(before, "au" | "du" | "aux" | "des"),
        };
        for nth in 0..length {
            let form = self.form(at + nth);
            let case = case(form);
            written.any_capital |= case != Case::Lower;
            written.all_capitals &=
                case == Case::Upper || (case == Case::Capitalised && !form.chars().any(char::is_lowercase));
            written.proper &= case != Case::Lower
                || (nth > 0 && nth + 1 < length && key::is_linking(self.folds.get(at + nth)))
                || (nth > 0 && self.token(at + nth).kind == TokenKind::Number)
                || has_inner_capital(form);
        }
        written
    }
}

/// How the letters of a name are written in the text, and what stands before it.
struct Written {
    /// It has several tokens.
    long: bool,
    any_capital: bool,
    all_capitals: bool,
    /// A capital begins each token that may have one.
    proper: bool,
    /// It begins with an article that opens a sentence.
    article: bool,
    /// *au*, *du*… stands before.
    contracted: bool,
}

impl Written {
    /// Whether a name with these flags may be written so.
    fn agrees(&self, flags: u8) -> bool {
        if flags & flag::CAPITALS != 0 {
            return self.all_capitals;
        }
        // An article that opens a sentence is rarely a part of a small town's name.
        if self.article && flags & (flag::WEAK | flag::CUE) != 0 {
            return false;
        }
        if flags & flag::NO_ARTICLE != 0 && !self.contracted {
            return false;
        }
        if flags & flag::LOWER != 0 { self.any_capital || self.long } else { self.proper }
    }
}

/// Whether a capital follows a hyphen or an apostrophe: *al-Bab*.
fn has_inner_capital(form: &str) -> bool {
    let class = class::of(form.as_bytes());
    class & class::JOINER != 0
        && class & (class::CAPITAL | class::WIDE) != 0
        && form.contains(['-', '\'', '’'])
        && form.chars().any(char::is_uppercase)
}
