//! The scanner: one pass over the bytes of a region, one token at a time.

use chronique_text::Span;

use crate::class::{Class, class_at, is_upper, run_end};
use crate::rules::{Dot, Rules, holds};
use crate::{Token, TokenKind};

/// What stands between a token and the one before it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Gap {
    /// Nothing, or spaces.
    Line,
    /// A line end.
    NewLine,
    /// A blank line, or the border of a region.
    Blank,
}

/// A token as the scanner hands it to the sentence splitter.
pub(crate) struct Scanned {
    pub(crate) token: Token,
    pub(crate) gap: Gap,
}

pub(crate) struct Scanner<'t> {
    /// The text up to the end of the region.
    text: &'t str,
    rules: &'t Rules,
    at: usize,
    /// The token before: where it starts and what it is.
    previous: Option<(usize, TokenKind)>,
    /// Where the token before ends.
    end: usize,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str, region: Span, rules: &'t Rules) -> Scanner<'t> {
        let range = region.range();
        Scanner { text: &text[..range.end], rules, at: range.start, previous: None, end: range.start }
    }

    fn class(&self, at: usize) -> (Class, usize) {
        class_at(self.text, at)
    }

    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    fn is_digit(&self, at: usize) -> bool {
        self.byte(at).is_ascii_digit()
    }

    fn is_letter(&self, at: usize) -> bool {
        self.class(at).0 == Class::Letter
    }

    fn is_letter_or_digit(&self, at: usize) -> bool {
        matches!(self.class(at).0, Class::Letter | Class::Digit)
    }

    /// Skips white space; the line ends among it say how far the next token is from the last.
    fn skip(&mut self) -> Gap {
        // By far the most tokens have one space or none before them.
        if self.byte(self.at) == b' ' {
            self.at += 1;
        }
        if self.byte(self.at) > b' ' && self.byte(self.at) < 0x7F && self.previous.is_some() {
            return Gap::Line;
        }
        let mut lines = 0;
        loop {
            match self.class(self.at) {
                (_, 0) => break,
                (Class::Space, len) => self.at += len,
                (Class::Line, len) => {
                    let crlf = self.byte(self.at) == b'\r' && self.byte(self.at + 1) == b'\n';
                    self.at += len + usize::from(crlf);
                    lines += 1;
                }
                // A mark that has no token to join is as good as white space.
                (Class::Join, len) => self.at += len,
                _ => break,
            }
        }
        match lines {
            _ if self.previous.is_none() => Gap::Blank,
            0 => Gap::Line,
            1 => Gap::NewLine,
            _ => Gap::Blank,
        }
    }

    /// Passes the marks that join the token which ends at `at`.
    fn joined(&self, mut at: usize) -> usize {
        while let (Class::Join, len) = self.class(at) {
            at += len;
        }
        at
    }

    fn word(&self, start: usize) -> (usize, TokenKind) {
        // `18h30` is three tokens: the `h` after the hour stands alone.
        if start == self.end
            && self.byte(start) | 0x20 == b'h'
            && self.is_digit(start + 1)
            && self.after_number()
        {
            return (start + 1, TokenKind::Word);
        }
        self.word_from(start, start)
    }

    fn after_number(&self) -> bool {
        matches!(self.previous, Some((_, TokenKind::Number)))
    }

    /// The end of the word that starts at `start` and goes on at `at`.
    fn word_from(&self, start: usize, mut at: usize) -> (usize, TokenKind) {
        let mut dotted = false;
        loop {
            at = run_end(self.text, at);
            // By far the most words end here.
            if !dotted && matches!(self.byte(at), b' ' | b',') {
                return (at, TokenKind::Word);
            }
            let (class, len) = self.class(at);
            let next = at + len;
            match class {
                Class::Apostrophe => {
                    if holds(&self.rules.elisions, &self.text[start..at]) {
                        match self.whole(start, at) {
                            Some(end) => at = end,
                            None if self.is_foreign_elision(start, next) => at = next,
                            None => return (next, TokenKind::Word),
                        }
                    } else if self.is_letter_or_digit(next) {
                        at = next;
                    } else {
                        break;
                    }
                }
                Class::Hyphen if self.is_letter_or_digit(next) => match self.clitic(at) {
                    Some(end) if self.is_cut(start, at, end) => break,
                    Some(end) => at = end,
                    None => at = next,
                },
                Class::Dot => match self.dot(start, at) {
                    AfterDot::Leave => break,
                    AfterDot::Take => return (next, TokenKind::Word),
                    AfterDot::Join => {
                        dotted = true;
                        at = next;
                    }
                },
                Class::Symbol if self.byte(at) == b'@' && self.is_letter_or_digit(next) => {
                    return (self.address_end(next), TokenKind::Email);
                }
                Class::Symbol if self.byte(at) == b'&' && self.is_initial_pair(start, at, next) => at = next,
                Class::Symbol
                    if self.text[at..].starts_with('°') && self.text[start..at].eq_ignore_ascii_case("n") =>
                {
                    return (next, TokenKind::Word);
                }
                Class::Punctuation => match self.byte(at) {
                    b':' if self.text[next..].starts_with("//") => {
                        return (self.url_end(next), TokenKind::Url);
                    }
                    b'(' => match self.ending(next) {
                        Some(end) => at = end,
                        None => break,
                    },
                    b'_' if self.is_letter_or_digit(next) => at = next,
                    b'/' if dotted && self.is_domain(start, at) => {
                        return (self.url_end(next), TokenKind::Url);
                    }
                    _ => break,
                },
                _ => break,
            }
        }
        let url = dotted && self.is_domain(start, at);
        (at, if url { TokenKind::Url } else { TokenKind::Word })
    }

    /// The end of a form of the list `whole` that starts at `start` and reaches past `at`.
    fn whole(&self, start: usize, at: usize) -> Option<usize> {
        let first = self.byte(start).to_ascii_lowercase();
        let forms = self.rules.whole.iter().filter(|form| form.as_bytes()[0] == first);
        let ends = forms.filter_map(|form| {
            let mut end = start;
            for char in form.chars() {
                let (class, len) = self.class(end);
                let same = match char {
                    '\'' => class == Class::Apostrophe,
                    '-' => class == Class::Hyphen,
                    _ => {
                        let here = self.text[end..].chars().next()?;
                        here == char || here.to_lowercase().eq(std::iter::once(char))
                    }
                };
                if !same {
                    return None;
                }
                end += len;
            }
            (end > at && !self.is_letter_or_digit(end)).then_some(end)
        });
        ends.max()
    }

    /// Whether the elision is part of a name: `N'Djamena`, `M'Bala`; `n'` and `m'` elide before vowels.
    fn is_foreign_elision(&self, start: usize, next: usize) -> bool {
        matches!(self.byte(start) | 0x20, b'n' | b'm')
            && self.byte(next).is_ascii_alphabetic()
            && !matches!(self.byte(next) | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'h')
            && !self.byte(next + 1).is_ascii_uppercase()
    }

    /// The end of the clitic that starts with the hyphen at `at`: `-il`, `-t-il`, `-le` in `donne-le-moi`.
    fn clitic(&self, at: usize) -> Option<usize> {
        let end = self.clitic_form(at)?;
        if !self.is_linked(end) {
            return Some(end);
        }
        let second = self.clitic_form(end)?;
        (!self.is_linked(second)).then_some(end)
    }

    /// Whether a hyphen or an apostrophe at `at` links the word before to more letters.
    fn is_linked(&self, at: usize) -> bool {
        let (class, len) = self.class(at);
        matches!(class, Class::Hyphen | Class::Apostrophe) && self.is_letter_or_digit(at + len)
    }

    fn clitic_form(&self, at: usize) -> Option<usize> {
        let first = match self.class(at) {
            (Class::Hyphen, len) => at + len,
            _ => return None,
        };
        let mut start = first;
        let t = self.byte(start) | 0x20 == b't'
            && matches!(self.class(start + 1).0, Class::Hyphen | Class::Apostrophe);
        if t {
            start += 1 + self.class(start + 1).1;
        }
        let end = run_end(self.text, start);
        if end == start || !holds(&self.rules.clitics, &self.text[start..end]) {
            return None;
        }
        // `-IL` after a word in capitals; a capital alone belongs to a name, `Saint-Jean-Le`.
        let upper = is_upper(self.text, first);
        let last = self.text[first..end].chars().next_back()?;
        (upper == last.is_uppercase()).then_some(end)
    }

    /// Whether the clitic from `at` to `end` is cut off the word that starts at `start`.
    fn is_cut(&self, start: usize, at: usize, end: usize) -> bool {
        if self.whole(start, at).is_some() {
            return false;
        }
        let upper = is_upper(self.text, start);
        let name = self.byte(at) == b'-'
            && upper
            && self.byte(end - 1).is_ascii_lowercase()
            && matches!(self.previous, Some((previous, TokenKind::Word)) if is_upper(self.text, previous)
                && self.end + 1 == start);
        // `Kim Jong-il`; but `Est-il` at the start of a sentence.
        !name
    }

    /// What the dot at `at` is to the word that starts at `start`.
    fn dot(&self, start: usize, at: usize) -> AfterDot {
        let form = &self.text[start..at];
        let (class, len) = self.class(at + 1);
        let short = self.is_initials(form);
        match class {
            Class::Letter if short => AfterDot::Join,
            Class::Letter => {
                let lower = !is_upper(self.text, at + 1);
                if form.eq_ignore_ascii_case("www") || lower || self.reaches_at_sign(at + 1) {
                    AfterDot::Join
                } else if self.rules.abbreviation(form).is_some() {
                    AfterDot::Take
                } else {
                    AfterDot::Leave
                }
            }
            Class::Digit if self.is_digit(at - 1) || short => AfterDot::Join,
            Class::Digit => match self.rules.abbreviation(form) {
                Some(_) => AfterDot::Take,
                None => AfterDot::Leave,
            },
            Class::Hyphen if form.len() <= 4 && self.is_letter(at + 1 + len) => AfterDot::Join,
            // An ellipsis is a token of its own, but `etc..` has the full stop after the abbreviation.
            Class::Dot if self.byte(at + 2) == b'.' => AfterDot::Leave,
            _ if short && form.len() > 2 && form.contains('.') => AfterDot::Take,
            _ => self.abbreviation(start, at, short),
        }
    }

    fn abbreviation(&self, start: usize, at: usize, short: bool) -> AfterDot {
        let form = &self.text[start..at];
        let mut next = at + 1;
        while let (Class::Space, len) = self.class(next) {
            next += len;
        }
        let taken = match self.rules.abbreviation(form) {
            Some(Dot::Always) => true,
            Some(Dot::Number) => self.is_digit(next),
            Some(Dot::Dated) => {
                self.is_digit(next) && next > at + 1 || start == self.end + 1 && self.after_number()
            }
            Some(Dot::Capital) => is_upper(self.text, next),
            Some(Dot::Name) => self.is_letter_or_digit(next) && next > at + 1,
            None => false,
        };
        let initial = || {
            short
                && next > at + 1
                && is_upper(self.text, next)
                && !self.opens(next)
                && self.follows_name(start)
        };
        if taken || initial() { AfterDot::Take } else { AfterDot::Leave }
    }

    /// Whether the word at `at` is one that sentences open with, `Il` or `L'`.
    fn opens(&self, at: usize) -> bool {
        holds(&self.rules.openers, &self.text[at..run_end(self.text, at)])
    }

    /// Whether an initial at `start` may be one of a name: `George W. Bush`, `J. Dupont`, but not `l'écrivain P.`.
    fn follows_name(&self, start: usize) -> bool {
        start != self.end || self.previous.is_none()
    }

    /// Whether a form is made of single capitals with dots and hyphens between: `J`, `J.-C`, `U.S.A`.
    fn is_initials(&self, form: &str) -> bool {
        form.len() <= 24
            && form.split('.').enumerate().all(|(number, part)| {
                let part = if number > 0 { part.strip_prefix('-').unwrap_or(part) } else { part };
                let mut chars = part.chars();
                chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
            })
    }

    fn is_initial_pair(&self, start: usize, at: usize, next: usize) -> bool {
        at - start <= 3 && self.text[start..at].chars().all(char::is_uppercase) && is_upper(self.text, next)
    }

    /// Whether letters, digits, dots and hyphens lead from `at` to an `@`.
    fn reaches_at_sign(&self, at: usize) -> bool {
        let bytes = &self.text.as_bytes()[at..];
        let run = bytes
            .iter()
            .take(64)
            .take_while(|&&byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'));
        bytes.get(run.count()) == Some(&b'@')
    }

    fn is_domain(&self, start: usize, at: usize) -> bool {
        let form = &self.text[start..at];
        form.starts_with("www.")
            || form.rsplit_once('.').is_some_and(|(_, last)| holds(&self.rules.domains, last))
    }

    /// The end of a bracketed ending, `(e)`, whose text starts at `at`.
    fn ending(&self, at: usize) -> Option<usize> {
        let end = run_end(self.text, at);
        (self.byte(end) == b')' && holds(&self.rules.endings, &self.text[at..end])).then_some(end + 1)
    }

    fn address_end(&self, mut at: usize) -> usize {
        loop {
            at = run_end(self.text, at);
            if matches!(self.byte(at), b'.' | b'-' | b'_') && self.is_letter_or_digit(at + 1) {
                at += 1;
            } else {
                return at;
            }
        }
    }

    /// The end of a web address: up to white space or a quote, without the punctuation that ends it.
    fn url_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let stop = |char: char| {
            char.is_whitespace()
                || char.is_control()
                || matches!(char, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '’')
        };
        let address = &rest[..rest.find(stop).unwrap_or(rest.len())];
        let kept = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '…']);
        let kept = if kept.contains('(') { kept } else { kept.trim_end_matches(')') };
        self.joined(at + kept.len())
    }

    fn number(&self, start: usize, digits: usize) -> (usize, TokenKind) {
        let mut at = digits;
        let mut grouped = true;
        loop {
            let from = at;
            while self.is_digit(at) {
                at += 1;
            }
            grouped &= at - from <= 3;
            let (class, len) = self.class(at);
            let next = at + len;
            match class {
                Class::Dot | Class::Hyphen if self.is_digit(next) => {
                    grouped = false;
                    at = next;
                }
                Class::Punctuation if matches!(self.byte(at), b',' | b'/' | b':') && self.is_digit(next) => {
                    grouped = false;
                    at = next;
                }
                Class::Hyphen if self.is_letter(next) && self.clitic(at).is_none() => {
                    return self.word_from(start, next);
                }
                Class::Apostrophe if self.is_digit(next) => at = next,
                Class::Apostrophe if self.is_letter(next) => return self.word_from(start, at),
                Class::Space if grouped && self.is_group(next) => at = next,
                Class::Letter if self.byte(at) | 0x20 == b'h' && at - start <= 2 => {
                    if self.is_letter(next) {
                        return self.word_from(start, at);
                    }
                    return (at, TokenKind::Number);
                }
                Class::Letter => {
                    let end = run_end(self.text, at);
                    if holds(&self.rules.ordinals, &self.text[at..end]) {
                        return (end, TokenKind::Number);
                    }
                    if holds(&self.rules.units, &self.text[at..end]) {
                        return (at, TokenKind::Number);
                    }
                    return self.word_from(start, at);
                }
                _ => return (self.joined(at), TokenKind::Number),
            }
        }
    }

    /// Whether exactly three digits start at `at`, the next group of a number with spaces.
    fn is_group(&self, at: usize) -> bool {
        (at..at + 3).all(|at| self.is_digit(at)) && !self.is_letter_or_digit(at + 3)
    }

    fn sign(&self, start: usize, class: Class, len: usize) -> (usize, TokenKind) {
        let next = start + len;
        let lone = self.end < start || self.previous.is_none();
        match class {
            Class::Dot => (self.run_of(start, b'.'), TokenKind::Punctuation),
            Class::Hyphen => {
                if self.byte(next) == b'-' {
                    return (self.run_of(start, b'-'), TokenKind::Punctuation);
                }
                if !lone
                    && self.is_letter(next)
                    && let Some(end) = self.clitic(start)
                {
                    return (end, TokenKind::Word);
                }
                self.signed(start, next, lone)
            }
            Class::Symbol => match self.byte(start) {
                b'#' | b'@' if self.is_letter_or_digit(next) => {
                    let mut end = run_end(self.text, next);
                    while self.byte(end) == b'_' {
                        end = run_end(self.text, end + 1);
                    }
                    (end, TokenKind::Hashtag)
                }
                b'+' if self.text[next..].starts_with("/-") => (next + 2, TokenKind::Symbol),
                b'+' => match self.signed(start, next, lone) {
                    (end, TokenKind::Number) => (end, TokenKind::Number),
                    _ => (next, TokenKind::Symbol),
                },
                _ if self.text[start..].starts_with('°')
                    && matches!(self.byte(next), b'C' | b'F')
                    && !self.is_letter(next + 1) =>
                {
                    (next + 1, TokenKind::Symbol)
                }
                _ => (self.joined(next), TokenKind::Symbol),
            },
            Class::Emoji => (self.emoji(next), TokenKind::Emoji),
            _ => (self.joined(next), TokenKind::Punctuation),
        }
    }

    /// A number with its sign, `-6`, when the sign stands after a space and not at the start of a line.
    fn signed(&self, start: usize, next: usize, lone: bool) -> (usize, TokenKind) {
        let spaced = lone && start > 0 && self.byte(start - 1) == b' ' && self.previous.is_some();
        if self.is_digit(next) && (spaced || self.end == start && self.byte(start.wrapping_sub(1)) == b'(') {
            self.number(start, next)
        } else {
            (self.joined(next), TokenKind::Punctuation)
        }
    }

    fn run_of(&self, start: usize, byte: u8) -> usize {
        let run = self.text.as_bytes()[start..].iter().take_while(|&&other| other == byte).count();
        self.joined(start + run)
    }

    /// The end of an emoji with its modifiers, the emoji joined to it and the second half of a flag.
    fn emoji(&self, mut at: usize) -> usize {
        loop {
            let end = self.joined(at);
            let joiner = self.text[at..end].ends_with('\u{200D}');
            let half = |range: &str| {
                range.chars().next().is_some_and(|char| matches!(char, '\u{1F1E6}'..='\u{1F1FF}'))
            };
            let (class, len) = self.class(end);
            let tone =
                self.text[end..].chars().next().is_some_and(|char| matches!(char, '\u{1F3FB}'..='\u{1F3FF}'));
            let flag =
                end == at && at >= 4 && half(&self.text[end..]) && self.text.get(at - 4..).is_some_and(half);
            if class == Class::Emoji && (joiner || tone || flag) {
                at = end + len;
                if flag {
                    return self.joined(at);
                }
            } else {
                return end;
            }
        }
    }
}

impl Iterator for Scanner<'_> {
    type Item = Scanned;

    fn next(&mut self) -> Option<Scanned> {
        let gap = self.skip();
        let start = self.at;
        let (class, len) = self.class(start);
        if len == 0 {
            return None;
        }
        let (end, kind) = match class {
            Class::Letter => self.word(start),
            Class::Digit => self.number(start, start),
            _ => self.sign(start, class, len),
        };
        debug_assert!(end > start);
        let (after, _) = self.class(end);
        let index = |at: usize| u32::try_from(at).expect("offsets of a Text fit u32");
        let token = Token {
            span: Span::new(index(start), index(end)),
            kind,
            space_after: matches!(after, Class::Space | Class::Line),
        };
        self.previous = Some((start, kind));
        self.end = end;
        self.at = end;
        Some(Scanned { token, gap })
    }
}

enum AfterDot {
    /// The dot is a full stop.
    Leave,
    /// The dot ends the word.
    Take,
    /// The word goes on after the dot.
    Join,
}
