//! The patterns of page debris: a few words, with wildcards, matched against folded text.

use crate::{Folded, Span};

/// The words that dates and names are made of.
#[derive(Clone, Default, Debug)]
pub(crate) struct Vocabulary {
    pub(crate) months: Vec<String>,
    pub(crate) weekdays: Vec<String>,
    pub(crate) particles: Vec<String>,
}

/// One word of a pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Word {
    Literal(String),
    Anything,
    Date,
    Time,
    Number,
    Name,
}

/// A pattern: words with free space between.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    words: Vec<Word>,
    /// The byte that it begins with, if that is always one.
    first: Option<u8>,
}

/// The greatest number of words of a name.
const NAME_WORDS: usize = 8;

impl Pattern {
    /// Reads a pattern; `Err` holds the word that is none.
    pub(crate) fn parse(source: &str) -> Result<Pattern, String> {
        let words = source.split_whitespace().map(|word| match word {
            "*" => Ok(Word::Anything),
            "<date>" => Ok(Word::Date),
            "<time>" => Ok(Word::Time),
            "<number>" => Ok(Word::Number),
            "<name>" => Ok(Word::Name),
            _ if word.starts_with('<') && word.ends_with('>') => Err(word.to_owned()),
            _ => Ok(Word::Literal(word.to_owned())),
        });
        let words: Vec<Word> = words.collect::<Result<_, _>>()?;
        let first = match words.first() {
            Some(Word::Literal(word)) => word.bytes().next(),
            _ => None,
        };
        Ok(Pattern { words, first })
    }

    /// Whether it may begin with this byte: of the hundreds of patterns that a line is held against, few do.
    #[inline]
    pub(crate) fn may_begin(&self, byte: Option<u8>) -> bool {
        self.first.is_none_or(|first| byte == Some(first))
    }

    /// The literal words that the pattern starts with, with one space between: what to search for.
    pub(crate) fn needle(&self) -> String {
        let mut needle = String::new();
        for word in &self.words {
            match word {
                Word::Literal(word) if word.chars().all(|char| char.is_alphanumeric() || char == '\'') => {
                    if !needle.is_empty() {
                        needle.push(' ');
                    }
                    needle.push_str(word);
                }
                Word::Literal(word) if needle.is_empty() => return word.clone(),
                _ => break,
            }
        }
        needle
    }
}

/// A line, or a part of one, that patterns are matched against.
#[derive(Clone, Copy)]
pub(crate) struct Matcher<'t> {
    pub(crate) source: &'t str,
    pub(crate) folded: &'t Folded,
    pub(crate) vocabulary: &'t Vocabulary,
    /// Where the line ends, in the folded text.
    pub(crate) end: usize,
}

impl Matcher<'_> {
    fn text(&self) -> &str {
        &self.folded.as_str()[..self.end]
    }

    /// The byte that a pattern at `at` would begin with.
    pub(crate) fn first(&self, at: usize) -> Option<u8> {
        self.folded.as_str().as_bytes()[self.skip_spaces(at)..self.end].first().copied()
    }

    /// Where the pattern ends when it starts at `at`. With `whole`, only the end of the line will do,
    /// but for punctuation.
    pub(crate) fn end_of(&self, pattern: &Pattern, at: usize, whole: bool) -> Option<usize> {
        self.words(&pattern.words, at, whole)
    }

    fn words(&self, words: &[Word], mut at: usize, whole: bool) -> Option<usize> {
        for (number, word) in words.iter().enumerate() {
            let rest = &words[number + 1..];
            if *word == Word::Anything {
                return self.anything(rest, at, whole);
            }
            let start = self.skip_spaces(at);
            // Two words do not touch.
            if start == at && number > 0 && self.is_inside_word(at) {
                return None;
            }
            if *word == Word::Name {
                // The longest name that leaves something for the rest of the pattern.
                return self.names(start).into_iter().rev().find_map(|end| self.words(rest, end, whole));
            }
            at = self.word(word, start)?;
        }
        if whole { self.is_done(at).then_some(self.end) } else { (!self.is_inside_word(at)).then_some(at) }
    }

    /// The rest of a pattern after `*`, at the first place where it fits.
    fn anything(&self, rest: &[Word], at: usize, whole: bool) -> Option<usize> {
        if rest.is_empty() {
            return Some(self.end);
        }
        let starts =
            (at..self.end).filter(|&at| self.text().is_char_boundary(at) && !self.is_inside_word(at));
        // A second `*` would make this quadratic; lines that patterns look at are short.
        starts.into_iter().find_map(|at| self.words(rest, at, whole))
    }

    fn skip_spaces(&self, at: usize) -> usize {
        let rest = &self.folded.as_str().as_bytes()[at..self.end];
        at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
    }

    /// Whether letters or digits stand on both sides.
    fn is_inside_word(&self, at: usize) -> bool {
        let text = self.text();
        text[..at].chars().next_back().is_some_and(char::is_alphanumeric)
            && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    }

    /// Whether nothing but punctuation follows.
    fn is_done(&self, at: usize) -> bool {
        !self.text()[at..].contains(char::is_alphanumeric)
    }

    fn word(&self, word: &Word, at: usize) -> Option<usize> {
        match word {
            Word::Literal(literal) => {
                self.text()[at..].starts_with(literal.as_str()).then_some(at + literal.len())
            }
            Word::Anything | Word::Name => None,
            Word::Date => self.date(at),
            Word::Time => self.time(at),
            Word::Number => self.digits(at, 1, 6),
        }
    }

    fn digits(&self, at: usize, least: usize, most: usize) -> Option<usize> {
        let count = self.text().as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        (least..=most).contains(&count).then_some(at + count)
    }

    fn literal(&self, at: usize, literals: &[String]) -> Option<usize> {
        let found = literals.iter().filter(|word| self.text()[at..].starts_with(word.as_str()));
        let end = at + found.map(String::len).max()?;
        (!self.is_inside_word(end)).then_some(end)
    }

    fn date(&self, at: usize) -> Option<usize> {
        let at = match self.literal(at, &self.vocabulary.weekdays) {
            Some(end) => self.skip_spaces(end),
            None => at,
        };
        let day = self.digits(at, 1, 4)?;
        if let Some(mark @ (b'/' | b'.' | b'-')) = self.text().as_bytes().get(day) {
            let month = self.digits(day + 1, 1, 2)?;
            let second = self.text().as_bytes().get(month)?;
            return if second == mark { self.digits(month + 1, 1, 4) } else { None };
        }
        let day = if self.text()[day..].starts_with("er") { day + 2 } else { day };
        let month = self.literal(self.skip_spaces(day), &self.vocabulary.months)?;
        Some(self.digits(self.skip_spaces(month), 4, 4).unwrap_or(month))
    }

    fn time(&self, at: usize) -> Option<usize> {
        let hour = self.skip_spaces(self.digits(at, 1, 2)?);
        if !matches!(self.text().as_bytes().get(hour), Some(b'h' | b':')) {
            return None;
        }
        let minute = self.skip_spaces(hour + 1);
        let Some(minute) = self.digits(minute, 2, 2) else { return Some(hour + 1) };
        let second = self.text()[minute..].starts_with(':').then(|| self.digits(minute + 1, 2, 2));
        Some(second.flatten().unwrap_or(minute))
    }

    /// Where a name that starts at `at` may end: words with capitals, with particles, slashes and
    /// initials' dots between.
    fn names(&self, at: usize) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut next = at;
        for _ in 0..NAME_WORDS {
            let length =
                self.text()[next..].find(|char: char| !(char.is_alphanumeric() || "-'.".contains(char)));
            let stop = length.map_or(self.end, |length| next + length);
            if stop == next {
                break;
            }
            let word = &self.text()[next..stop];
            let first = self.folded.source(Span::new(index(next), index(stop)));
            let capital =
                self.source[first.range()].starts_with(|char: char| char.is_uppercase() || char.is_numeric());
            if capital {
                // The dot of an initial belongs to the name, a full stop does not.
                let initial = word.ends_with('.') && word.trim_end_matches('.').len() <= 2;
                ends.push(if initial { stop } else { next + word.trim_end_matches(['.', '-', '\'']).len() });
                if word.ends_with('.') && !initial {
                    break;
                }
            } else if ends.is_empty() || !self.vocabulary.particles.iter().any(|particle| particle == word) {
                break;
            }
            let slash = self.text()[stop..].starts_with('/');
            next = if slash { stop + 1 } else { self.skip_spaces(stop) };
        }
        ends
    }
}

pub(crate) fn index(at: usize) -> u32 {
    u32::try_from(at).expect("offsets of a Text fit u32")
}
