//! Finds the names of a gazetteer in the tokens of a text: longest names first, from token starts to token ends.

use std::cmp::Reverse;
use std::ops::Range;

use chronique_text::{Text, fold_char};
use chronique_tokens::{Token, TokenKind, Tokens};

use crate::builder::flag;
use crate::gazetteer::Gazetteer;
use crate::key;
use crate::openings::Opening;
use crate::place::{PlaceId, PlaceKind};
use crate::rules::{Rules, Word};

/// A name may have this many tokens.
const LONGEST: usize = 9;
/// Of the places of a name, this many are weighed; they come best name and most populous first.
const CANDIDATES: usize = 48;

/// The folded forms of the tokens of a text.
pub(crate) struct Folds<'a> {
    rules: &'a Rules,
    folded: String,
    /// Where the form of each token begins and ends.
    forms: Vec<(u32, u32)>,
}

impl<'a> Folds<'a> {
    pub(crate) fn new(text: &Text, tokens: &Tokens, rules: &'a Rules) -> Folds<'a> {
        let mut folding = Folding::new(text.as_str());
        let form = |token: &Token| (folding.until(token.span.start()), folding.until(token.span.end()));
        let forms = tokens.as_slice().iter().map(form).collect();
        Folds { rules, folded: folding.finish(), forms }
    }

    /// The lists that token `at` is in; none past the end.
    pub(crate) fn word(&self, at: usize) -> Word {
        self.rules.word(self.get(at))
    }

    /// The folded form of token `at`; empty past the end.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> &str {
        let form = |&(start, end): &(u32, u32)| self.folded.get(start as usize..end as usize);
        self.forms.get(at).and_then(form).unwrap_or("")
    }
}

/// A text on its way to its folded form, from one letter beyond ASCII to the next: what is between only becomes small.
struct Folding<'a> {
    source: &'a str,
    folded: String,
    /// So many bytes of the source are folded…
    done: usize,
    /// …the folded text is so much longer, by wrapping round…
    shift: u32,
    /// …and here is the next letter beyond ASCII, or the end.
    wide: usize,
}

impl<'a> Folding<'a> {
    fn new(source: &'a str) -> Folding<'a> {
        let folded = String::with_capacity(source.len());
        Folding { source, folded, done: 0, shift: 0, wide: next_wide(source.as_bytes(), 0) }
    }

    /// Where the folded form of the source up to `at` ends.
    #[inline]
    fn until(&mut self, at: u32) -> u32 {
        while self.wide < at as usize {
            self.fold_wide();
        }
        // NFKD makes at most 18 bytes of 3: past 4 GiB this is wrong, and names there are not worth a panic.
        at.wrapping_add(self.shift)
    }

    /// Folds up to and with the next letter beyond ASCII.
    fn fold_wide(&mut self) {
        self.folded.push_str(&self.source[self.done..self.wide]);
        self.done = self.wide;
        if let Some(letter) = self.source[self.wide..].chars().next() {
            fold_char(letter, &mut self.folded);
            self.done += letter.len_utf8();
        }
        self.shift = (self.folded.len() as u32).wrapping_sub(self.done as u32);
        self.wide = next_wide(self.source.as_bytes(), self.done);
    }

    fn finish(mut self) -> String {
        while self.wide < self.source.len() {
            self.fold_wide();
        }
        self.folded.push_str(&self.source[self.done..]);
        self.folded.make_ascii_lowercase();
        self.folded
    }
}

/// The first byte from `from` on that is not ASCII, or the end.
fn next_wide(bytes: &[u8], from: usize) -> usize {
    let (eights, _) = bytes[from..].as_chunks();
    let plain = eights.iter().take_while(|&&eight| u64::from_ne_bytes(eight) & 0x8080_8080_8080_8080 == 0);
    let from = from + 8 * plain.count();
    bytes[from..].iter().position(|byte| !byte.is_ascii()).map_or(bytes.len(), |at| from + at)
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

/// Whether the word that begins and ends there is small ASCII letters, with hyphens and the like: bit 5 of each byte is set and bit 7
/// is not. A word of eight bytes at most is looked at as one number, with what follows it shifted out.
#[inline]
fn is_small(text: &[u8], word: Range<usize>) -> bool {
    const BITS: u64 = 0xA0A0_A0A0_A0A0_A0A0;
    const SMALL: u64 = 0x2020_2020_2020_2020;
    match text[word.start..].first_chunk() {
        Some(&eight) if (1..=8).contains(&word.len()) => {
            (u64::from_le_bytes(eight) & BITS ^ SMALL) << (64 - 8 * word.len()) == 0
        }
        _ => text[word].iter().all(|byte| byte & 0xA0 == 0x20),
    }
}

/// Whether a word is written as a name's first word is.
fn is_written_as_name(form: &str) -> bool {
    case(form) != Case::Lower || has_inner_capital(form)
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
    pub(crate) candidates: Range<usize>,
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
            while let Some(start) = (at..end).find(|&at| self.may_start(at)) {
                at = start;
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

    /// Whether a name may begin with token `at`, as it is written.
    #[inline]
    fn may_start(&self, at: usize) -> bool {
        let token = self.token(at);
        let (bytes, span) = (self.text.as_str().as_bytes(), token.span.range());
        let rules = self.folds.rules;
        match bytes[span.start] {
            _ if token.kind != TokenKind::Word => false,
            b'A'..=b'Z' => true,
            // Most words: they are their own folded form.
            b'a'..=b'z' if is_small(bytes, span.clone()) => {
                rules.may_start(&bytes[span]) && rules.starts(self.folds.get(at))
            }
            _ => is_written_as_name(self.form(at)) || rules.starts(self.folds.get(at)),
        }
    }

    /// The longest name that begins with token `at`.
    #[inline(never)] // Few tokens come here, and the loop over all of them needs the registers.
    fn name_at(
        &self,
        at: usize,
        sentence: Range<usize>,
        scratch: &mut Scratch,
        pool: &mut Vec<Candidate>,
    ) -> Option<(usize, u64, Range<usize>)> {
        scratch.ends.clear();
        let [one, more] = self.openings(at, sentence.end, &mut scratch.words);
        for (number, layer) in self.gazetteer.layers.iter().enumerate() {
            let may_open = |opening: Option<Opening>| opening.is_some_and(|it| layer.image.may_open(it));
            let longest = match (may_open(one), may_open(more)) {
                (_, true) => LONGEST,
                (true, false) => 1,
                (false, false) => continue,
            };
            let mut walk = None;
            for length in 1..=longest {
                let token = at + length - 1;
                if token >= sentence.end || !self.is_wordlike(token) {
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

    /// How the keys of names that begin with token `at` may begin: that have only its words, and that go on with the next token's.
    fn openings(&self, at: usize, end: usize, room: &mut String) -> [Option<Opening>; 2] {
        let (first, second) = self.first_two(at, room);
        let opening = Opening::word(first);
        if let Some(second) = second {
            return [None, Some(opening.then(second))];
        }
        let next = Some(at + 1).filter(|&next| next < end && self.is_wordlike(next));
        let next = next.map(|next| self.first_two(next, room).0);
        [Some(opening), next.map(|next| opening.then(next))]
    }

    /// The first word of token `at`, and the second if it has one.
    #[inline]
    fn first_two<'r>(&'r self, at: usize, room: &'r mut String) -> (&'r str, Option<&'r str>) {
        let folded = self.folds.get(at);
        match key::one_word(folded) {
            Some(word) => (word, None),
            None => key::first_two(key::words(folded, room)),
        }
    }

    fn is_wordlike(&self, at: usize) -> bool {
        matches!(self.token(at).kind, TokenKind::Word | TokenKind::Number)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words() {
        let text = "les villes d'Oran, où l'été dure, qu'IBM aujourd'hui".as_bytes();
        let is = |word: &str| {
            let start = text.windows(word.len()).position(|part| part == word.as_bytes()).unwrap();
            is_small(text, start..start + word.len())
        };
        assert!(["les", "villes", "d'", "hui", "aujourd'hui"].into_iter().all(is));
        assert!(!["Oran", "où", "été", "qu'IBM", "d'Oran"].into_iter().any(is));
    }

    #[test]
    fn each_token_is_folded_as_alone() {
        let text = Text::new("« L’Œuvre de l'État ﬁnlandais », à Œuvry ; ẞß ½ \u{301}e — İzmir !").unwrap();
        let tokens = chronique_tokens::Tokenizer::french().tokenize(&text, [text.span()]);
        let rules = Rules::default();
        let folds = Folds::new(&text, &tokens, &rules);
        for (at, token) in tokens.as_slice().iter().enumerate() {
            let mut alone = String::new();
            chronique_text::fold_into(text.slice(token.span), &mut alone);
            assert_eq!(folds.get(at), alone);
        }
    }
}
