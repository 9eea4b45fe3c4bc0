//! What a splitter looks at before it ends a sentence.

use crate::class::is_upper;
use crate::{Token, TokenKind};

/// What a token looks like.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Shape {
    /// Past the end.
    None,
    Lower,
    Capitalised,
    Capitals,
    Capital,
    /// `L'`, `M.`, with a capital.
    Elided,
    Abbreviated,
    Clitic,
    Number,
    Address,
    Stop,
    Mark,
    Ellipsis,
    Comma,
    Semicolon,
    Colon,
    Opens,
    Closes,
    BracketOpens,
    BracketCloses,
    Dash,
    Other,
}

const SHAPES: [(&str, u64); 22] = [
    named("none"),
    named("lower"),
    named("Capitalised"),
    named("CAPITALS"),
    named("C"),
    named("L'"),
    named("M."),
    named("-il"),
    named("number"),
    named("address"),
    named("stop"),
    named("mark"),
    named("ellipsis"),
    named("comma"),
    named("semicolon"),
    named("colon"),
    named("quote-opens"),
    named("quote-closes"),
    named("bracket-opens"),
    named("bracket-closes"),
    named("dash"),
    named("other"),
];

const fn named(name: &'static str) -> (&'static str, u64) {
    (name, hash(name.as_bytes()))
}

/// FNV-1a, over small letters: capitals of ASCII and Latin-1 count as small.
pub(crate) const fn hash(bytes: &[u8]) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325;
    let (mut at, mut previous) = (0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        let small =
            if byte.is_ascii_uppercase() || previous == 0xC3 && byte < 0x9F { byte | 0x20 } else { byte };
        hash = (hash ^ small as u64).wrapping_mul(0x0000_0100_0000_01B3);
        previous = byte;
        at += 1;
    }
    hash
}

/// Joins the hashes of the parts of a cue.
const fn mix(left: u64, right: u64) -> u64 {
    let mixed = (left ^ right.rotate_left(23)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ (mixed >> 29)
}

/// The key of a cue by its name, as it stands in the list of weights: a template and its values.
pub(crate) fn key(name: &str) -> u64 {
    name.as_bytes().split(|&byte| byte == b' ').map(hash).reduce(mix).unwrap_or_default()
}

/// Who is told of the cues at a place: the model adds weights, training gathers names.
pub(crate) trait Cues {
    fn cue(&mut self, key: u64, name: impl Fn() -> String);
}

/// One part of a cue.
#[derive(Clone, Copy)]
pub(crate) struct Part<'t> {
    hash: u64,
    name: &'t str,
}

impl<'t> Part<'t> {
    fn new(name: &'t str) -> Part<'t> {
        Part { hash: hash(name.as_bytes()), name }
    }
}

impl From<Shape> for Part<'static> {
    fn from(shape: Shape) -> Part<'static> {
        let (name, hash) = SHAPES[shape as usize];
        Part { hash, name }
    }
}

const fn part(name: &'static str) -> Part<'static> {
    Part { hash: hash(name.as_bytes()), name }
}

/// The tokens of a region with their source.
#[derive(Clone, Copy)]
pub(crate) struct View<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: &'t [Token],
}

/// Which words an undivided line writes in small letters, and which with a capital inside a sentence.
///
/// Two sets of bits under the words' hashes: now and then a word is taken for another.
pub(crate) struct Seen {
    small: Vec<u64>,
    capital: Vec<u64>,
}

impl Seen {
    pub(crate) fn new(view: View<'_>, range: std::ops::Range<usize>) -> Seen {
        let words = (range.len() / 4).next_power_of_two();
        let mut seen = Seen { small: vec![0; words], capital: vec![0; words] };
        let mut before = Shape::None;
        for at in range {
            let shape = view.shape(at);
            let set = match shape {
                Shape::Lower => &mut seen.small,
                // After a small word a capital is not that of a sentence.
                Shape::Capitalised if before == Shape::Lower => &mut seen.capital,
                _ => {
                    before = shape;
                    continue;
                }
            };
            let bit = hash(view.form(at).as_bytes()) as usize % (64 * words);
            set[bit / 64] |= 1 << (bit % 64);
            before = shape;
        }
        seen
    }

    fn part(&self, word: Part<'_>) -> Part<'static> {
        let bit = word.hash as usize % (64 * self.small.len());
        let has = |set: &[u64]| set[bit / 64] >> (bit % 64) & 1 == 1;
        match (has(&self.small), has(&self.capital)) {
            (true, true) => part("both"),
            (true, false) => part("small"),
            (false, true) => part("name"),
            (false, false) => part("new"),
        }
    }
}

impl<'t> View<'t> {
    pub(crate) fn form(&self, at: usize) -> &'t str {
        &self.text[self.tokens[at].span.range()]
    }

    /// What token `at` looks like.
    pub(crate) fn shape(&self, at: usize) -> Shape {
        let Some(token) = self.tokens.get(at) else { return Shape::None };
        let form = self.form(at);
        match token.kind {
            TokenKind::Word => self.word_shape(form),
            TokenKind::Number => Shape::Number,
            TokenKind::Url | TokenKind::Email | TokenKind::Hashtag => Shape::Address,
            TokenKind::Symbol | TokenKind::Emoji => Shape::Other,
            TokenKind::Punctuation => match form.as_bytes()[0] {
                b'.' if form.len() > 1 => Shape::Ellipsis,
                b'.' => Shape::Stop,
                b'!' | b'?' => Shape::Mark,
                b',' => Shape::Comma,
                b';' => Shape::Semicolon,
                b':' => Shape::Colon,
                b'(' | b'[' => Shape::BracketOpens,
                b')' | b']' => Shape::BracketCloses,
                b'-' => Shape::Dash,
                // A straight quote closes when no space stands before it.
                b'"' | b'\'' => {
                    if at > 0 && !self.tokens[at - 1].space_after {
                        Shape::Closes
                    } else {
                        Shape::Opens
                    }
                }
                _ => match form {
                    "…" => Shape::Ellipsis,
                    "«" | "“" | "„" | "‘" | "‹" => Shape::Opens,
                    "»" | "”" | "’" | "›" => Shape::Closes,
                    "–" | "—" | "•" | "·" => Shape::Dash,
                    _ => Shape::Other,
                },
            },
        }
    }

    fn word_shape(&self, form: &str) -> Shape {
        let bytes = form.as_bytes();
        match (is_upper(form, 0), bytes[bytes.len() - 1]) {
            _ if bytes[0] == b'-' && bytes.len() > 1 => Shape::Clitic,
            (true, b'\'') => Shape::Elided,
            (true, _) if form.ends_with('’') => Shape::Elided,
            (_, b'.') => Shape::Abbreviated,
            (false, _) => Shape::Lower,
            (true, last) if last.is_ascii() && bytes.len() == 1 => Shape::Capital,
            (true, last) if last.is_ascii_uppercase() => Shape::Capitals,
            (true, _) => Shape::Capitalised,
        }
    }

    /// The word of a token; numbers and addresses count as one.
    fn word(&self, at: Option<usize>) -> Part<'t> {
        match at.filter(|&at| at < self.tokens.len()) {
            None => Shape::None.into(),
            Some(at) => match self.tokens[at].kind {
                TokenKind::Word | TokenKind::Punctuation | TokenKind::Symbol => Part::new(self.form(at)),
                _ => self.shape(at).into(),
            },
        }
    }

    /// The last letters of a word.
    fn ending(&self, word: Part<'t>) -> Part<'t> {
        let mut start = word.name.len().saturating_sub(3);
        while !word.name.is_char_boundary(start) {
            start -= 1;
        }
        Part::new(&word.name[start..])
    }
}

/// A place where a sentence may end.
pub(crate) struct Place {
    /// The first token of the sentence so far.
    pub(crate) start: usize,
    /// The last token before the mark: the token before `next` when there is no mark.
    pub(crate) last: usize,
    /// The token that may be the first of the next sentence.
    pub(crate) next: usize,
    /// Whether a final mark stands before `next`, perhaps behind quotes and brackets.
    pub(crate) marked: bool,
    /// Brackets and quotes that are open.
    pub(crate) open: u32,
}

/// Tells `cues` everything about a place.
pub(crate) fn tell(view: View<'_>, seen: Option<&Seen>, place: &Place, cues: &mut impl Cues) {
    let Place { start, last, next, .. } = *place;
    let mut cue = |template: Part<'static>, parts: &[Part<'_>]| {
        let key = parts.iter().fold(template.hash, |key, part| mix(key, part.hash));
        cues.cue(key, || {
            let names = parts.iter().map(|part| part.name.to_lowercase().replace(' ', "_"));
            std::iter::once(template.name.to_owned()).chain(names).collect::<Vec<_>>().join(" ")
        });
    };
    let mark: Part = if place.marked { view.shape(last + 1).into() } else { part("unmarked") };
    let shape = |at: usize| -> Part<'static> { view.shape(at).into() };
    let before = |distance: usize| -> Part<'static> {
        match last.checked_sub(distance) {
            Some(at) if at >= start => view.shape(at).into(),
            _ => Shape::None.into(),
        }
    };
    let word = |distance: usize| view.word(last.checked_sub(distance).filter(|&at| at >= start));
    let (next_shape, next2, next3) = (shape(next), shape(next + 1), shape(next + 2));
    let previous = shape(next - 1);
    let last_word = view.word(Some(last));
    let next_word = view.word(Some(next));
    let length = length(next - start);

    cue(part("mark"), &[mark]);
    cue(part("mark,previous,next"), &[mark, previous, next_shape]);
    cue(part("mark,next-word"), &[mark, next_word]);
    cue(part("next-word"), &[next_word]);
    cue(part("last-word"), &[last_word]);
    cue(part("mark,last-word"), &[mark, last_word]);
    cue(part("last-word,next"), &[last_word, next_shape]);
    cue(part("last,next,next2"), &[before(0), next_shape, next2]);
    cue(part("mark,next,next2,next3"), &[mark, next_shape, next2, next3]);
    cue(part("next2-word"), &[next_shape, view.word(Some(next + 1))]);
    cue(part("mark,last2,last,next"), &[mark, before(1), before(0), next_shape]);
    if let Some(seen) = seen.filter(|_| !place.marked) {
        let seen = seen.part(next_word);
        cue(part("seen,next"), &[seen, next_shape]);
        cue(part("seen,last-word"), &[seen, last_word]);
        cue(part("seen,previous,next"), &[seen, previous, next_shape]);
        cue(part("seen,next,next2"), &[seen, next_shape, next2]);
        cue(part("seen,length,next"), &[seen, length, next_shape]);
    }
    cue(part("last2-word,last,next"), &[mark, word(1), before(0), next_shape]);
    cue(part("mark,length"), &[mark, length]);
    cue(part("mark,length,next"), &[mark, length, next_shape]);
    cue(part("mark,first,next"), &[mark, shape(start), next_shape]);
    cue(part("mark,first-word"), &[mark, view.word(Some(start))]);
    cue(part("mark,open"), &[mark, if place.open > 0 { part("open") } else { part("closed") }, next_shape]);
    let space = view.tokens[next - 1].space_after;
    cue(part("mark,space"), &[mark, if space { part("space") } else { part("tight") }, next_shape]);
    cue(part("mark,next-ending"), &[mark, view.ending(next_word)]);
    cue(part("last-ending,next"), &[mark, view.ending(last_word), next_shape]);
    // What a heading looks like as a whole, and the words around its end.
    let (next2_word, next3_word) = (view.word(Some(next + 1)), view.word(Some(next + 2)));
    let first_word = view.word(Some(start));
    cue(part("next,next2-ending"), &[mark, next_shape, view.ending(next2_word)]);
    cue(part("next,next2,next3-word"), &[mark, next_shape, next2, next3_word]);
    cue(part("last3-word,last2,last"), &[mark, word(2), before(1), before(0)]);
    cue(part("last2-ending,last"), &[mark, view.ending(word(1)), before(0)]);
    cue(part("first-words,length"), &[mark, first_word, view.word(Some(last.min(start + 1))), length]);
    cue(part("first-word,last-word"), &[mark, first_word, last_word]);
    cue(part("last3,last2,last,next,next2"), &[mark, before(2), before(1), before(0), next_shape, next2]);
    cue(part("last2,last,next,next2,next3"), &[mark, before(1), before(0), next_shape, next2, next3]);
    cue(part("last,next,next2,next3,next4"), &[mark, before(0), next_shape, next2, next3, shape(next + 3)]);
}

fn length(tokens: usize) -> Part<'static> {
    const LENGTHS: [Part<'static>; 9] = [
        part("1"),
        part("2"),
        part("3"),
        part("4"),
        part("6"),
        part("9"),
        part("15"),
        part("30"),
        part("more"),
    ];
    LENGTHS[match tokens {
        0..=1 => 0,
        2 => 1,
        3 => 2,
        4 => 3,
        5..=6 => 4,
        7..=9 => 5,
        10..=15 => 6,
        16..=30 => 7,
        _ => 8,
    }]
}
