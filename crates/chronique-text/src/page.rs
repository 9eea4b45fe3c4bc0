//! How the lines of a page become blocks.

use std::ops::Range;

use memchr::memmem::Finder;

use crate::block_rules::{Position, Rule};
use crate::pattern::{Matcher, index};
use crate::{Block, BlockKind, BlockRules, Folded, Span, Text};

/// A line that is not blank.
struct Line {
    /// Where it stands in the folded text, without the white space around it.
    range: Range<usize>,
    /// Its length in characters.
    length: usize,
    kind: Option<BlockKind>,
    /// Whether short lines after it are of the same kind.
    list: bool,
}

/// A headline is at most this long, in characters.
const TITLE: usize = 250;
/// A line in a list of related headlines is at most this long.
const LIST_LINE: usize = 160;
/// A list has at most this many lines.
const LIST: usize = 16;
/// A caption is at most this long, and stands among this many first lines.
const CAPTION: usize = 300;
const CAPTION_LINES: usize = 8;

impl BlockRules {
    /// The blocks of a text, in order; together they cover everything but white space.
    ///
    /// Most are whole lines; a credit that ends a caption, a dateline or a mark such as « À lire
    /// aussi : » inside a line is a block of its own. In doubt a line is body: debris that is taken
    /// for the article costs less than a sentence of the article that is not read.
    #[must_use]
    pub fn blocks(&self, text: &Text) -> Vec<Block> {
        let folded = Folded::new(text.as_str());
        let page = Page { rules: self, source: text.as_str(), folded: &folded };
        let mut lines = page.lines();
        for line in &mut lines {
            page.classify(line);
        }
        page.extend_lists(&mut lines);
        let title = page.title(&mut lines);
        page.captions(&mut lines, title);
        if let Some(title) = title {
            page.repeats(&mut lines, title);
        }
        let mut blocks = Vec::with_capacity(lines.len());
        for line in &lines {
            page.push(line, &mut blocks);
        }
        blocks
    }
}

struct Page<'t> {
    rules: &'t BlockRules,
    source: &'t str,
    folded: &'t Folded,
}

impl Page<'_> {
    fn text(&self, range: &Range<usize>) -> &str {
        &self.folded.as_str()[range.clone()]
    }

    fn matcher(&self, end: usize) -> Matcher<'_> {
        Matcher { source: self.source, folded: self.folded, vocabulary: &self.rules.vocabulary, end }
    }

    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let text = self.text(&range);
        let start = range.end - text.trim_start().len();
        start..(range.start + text.trim_end().len()).max(start)
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut start = 0;
        for part in self.folded.as_str().split(['\n', '\r']) {
            let range = self.trim(start..start + part.len());
            if !range.is_empty() {
                let length = self.text(&range).chars().count();
                lines.push(Line { range, length, kind: None, list: false });
            }
            start += part.len() + 1;
        }
        lines
    }

    /// Where the first letter of a line stands, behind bullets and dashes.
    fn first_letter(&self, line: &Line) -> usize {
        let text = self.text(&line.range);
        line.range.start + text.find(char::is_alphanumeric).unwrap_or(0)
    }

    /// Finds the first rule for whole lines that fits.
    fn classify(&self, line: &mut Line) {
        if line.length > self.rules.longest {
            return;
        }
        let (start, letter) = (line.range.start, self.first_letter(line));
        let matcher = self.matcher(line.range.end);
        let (first, second) = (matcher.first(start), matcher.first(letter));
        let fits = |rule: &&Rule| {
            let at = |whole| {
                let fits = |at| matcher.end_of(&rule.pattern, at, whole).is_some();
                rule.pattern.may_begin(first) && fits(start)
                    || letter > start && rule.pattern.may_begin(second) && fits(letter)
            };
            line.length <= rule.most
                && match rule.position {
                    Position::Line | Position::List => at(true),
                    Position::Start => at(false),
                    // The name of the source may be glued to the headline before it.
                    Position::Stop => {
                        self.text(&line.range).ends_with(&rule.needle) && line.length > rule.needle.len() + 20
                    }
                    Position::Head | Position::Lead | Position::Tail | Position::Within => false,
                }
        };
        if let Some(rule) = self.rules.rules.iter().find(fits) {
            line.kind = Some(rule.kind);
            line.list = rule.position == Position::List;
        }
    }

    /// Whether a line ends as a sentence does, behind closing quotes and brackets.
    fn has_full_stop(&self, line: &Line) -> bool {
        let text = self.text(&line.range).trim_end_matches(['"', '»', '”', ')', ']', '\'', ' ']);
        text.ends_with(['.', '!', ':', ';', ','])
    }

    /// Extends lists: « À lire aussi » and the headlines under it.
    fn extend_lists(&self, lines: &mut [Line]) {
        let mut open: Option<(BlockKind, usize)> = None;
        for line in lines {
            match (line.kind, open) {
                (Some(kind), _) if line.list => open = Some((kind, LIST)),
                // Debris of another kind ends a list.
                (Some(kind), Some((listed, _))) if kind == listed => {}
                (Some(_), _) => open = None,
                (None, Some((kind, left)))
                    if left > 0 && line.length <= LIST_LINE && !self.has_full_stop(line) =>
                {
                    line.kind = Some(kind);
                    open = Some((kind, left - 1));
                }
                (None, _) => open = None,
            }
        }
    }

    /// Finds the headline, and marks the scraps above it.
    fn title(&self, lines: &mut [Line]) -> Option<usize> {
        for at in 0..lines.len() {
            if lines[at].kind.is_some() {
                continue;
            }
            if lines.len() > at + 1 && (self.is_scrap(&lines[at]) || self.is_head(&lines[at])) {
                lines[at].kind = Some(BlockKind::Other);
                continue;
            }
            let line = &lines[at];
            let titled = lines.len() > at + 1 && line.length <= TITLE && !self.has_full_stop(line);
            return titled.then(|| {
                lines[at].kind = Some(BlockKind::Title);
                at
            });
        }
        None
    }

    /// Whether a line is the scrap of a page's frame: one small word, as `in`.
    fn is_scrap(&self, line: &Line) -> bool {
        let span = self.folded.source(Span::new(index(line.range.start), index(line.range.end)));
        let word = &self.source[span.range()];
        !word.contains(char::is_whitespace) && (line.length <= 2 || word.starts_with(char::is_lowercase))
    }

    fn is_head(&self, line: &Line) -> bool {
        let matcher = self.matcher(line.range.end);
        self.rules.rules.iter().any(|rule| {
            rule.position == Position::Head
                && line.length <= rule.most
                && matcher.end_of(&rule.pattern, line.range.start, true).is_some()
        })
    }

    /// Marks the line before a credit as its caption, in the head of the article.
    fn captions(&self, lines: &mut [Line], title: Option<usize>) {
        for at in 1..lines.len().min(CAPTION_LINES) {
            let caption = lines[at].kind == Some(BlockKind::Credit)
                && at + 1 < lines.len()
                && lines[at - 1].kind.is_none()
                && title.is_none_or(|title| title < at - 1)
                && lines[at - 1].length <= CAPTION;
            if caption {
                lines[at - 1].kind = Some(BlockKind::Caption);
            }
        }
    }

    /// Marks the lines that are the headline again, or nearly.
    fn repeats(&self, lines: &mut [Line], title: usize) {
        let headline = Words::new(self.text(&lines[title].range));
        for line in &mut lines[title + 1..] {
            if line.kind.is_none()
                && line.length <= TITLE
                && !self.has_full_stop(line)
                && headline.is_repeated_by(&Words::new(self.text(&line.range)))
            {
                line.kind = Some(BlockKind::Repeat);
            }
        }
    }

    /// Appends the blocks of one line.
    fn push(&self, line: &Line, blocks: &mut Vec<Block>) {
        let mut add = |range: Range<usize>, kind| {
            let range = self.trim(range);
            if !range.is_empty() {
                let span = self.folded.source(Span::new(index(range.start), index(range.end)));
                blocks.push(Block { span, kind });
            }
        };
        if let Some(kind) = line.kind.filter(|&kind| kind != BlockKind::Title && kind != BlockKind::Caption) {
            return add(line.range.clone(), kind);
        }
        let parts = self.parts(line);
        let credited = parts.iter().any(|(_, kind)| *kind == BlockKind::Credit) && line.length <= CAPTION;
        let rest = line.kind.unwrap_or(if credited { BlockKind::Caption } else { BlockKind::Body });
        let mut at = line.range.start;
        for (range, kind) in parts {
            add(at..range.start, rest);
            at = range.end;
            add(range, kind);
        }
        add(at..line.range.end, rest);
    }

    /// The parts of a line that are blocks of their own, in order and disjoint.
    fn parts(&self, line: &Line) -> Vec<(Range<usize>, BlockKind)> {
        let Range { start, end } = line.range;
        let matcher = self.matcher(end);
        let mut parts = Vec::new();
        for (rule, finder) in &self.rules.parts {
            match rule.position {
                Position::Lead => {
                    if let Some(stop) = matcher.end_of(&rule.pattern, start, false)
                        && stop - start <= rule.most
                        && stop < end
                    {
                        parts.push((start..stop, rule.kind));
                    }
                }
                Position::Within => self.within(rule, finder, &line.range, &mut parts),
                _ => {}
            }
        }
        self.tails(line, &mut parts);
        parts.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
        let mut last = start;
        parts.retain(|(range, _)| {
            let free = range.start >= last;
            if free {
                last = range.end;
            }
            free
        });
        parts
    }

    fn within(
        &self,
        rule: &Rule,
        finder: &Finder<'_>,
        range: &Range<usize>,
        parts: &mut Vec<(Range<usize>, BlockKind)>,
    ) {
        let mut at = range.start;
        while let Some(found) = finder.find(self.text(&(at..range.end)).as_bytes()) {
            let start = at + found;
            // The pattern may not reach further than it is allowed to, so that this stays linear.
            let mut limit = range.end.min(start + rule.most);
            while !self.folded.as_str().is_char_boundary(limit) {
                limit -= 1;
            }
            let glued = self.text(&(range.start..start)).ends_with(char::is_alphanumeric);
            at = match self.matcher(limit).end_of(&rule.pattern, start, false) {
                Some(end) if !glued => {
                    parts.push((start..end, rule.kind));
                    end
                }
                _ => start + rule.needle.len(),
            };
        }
    }

    /// Finds what follows the last full stops of a line: photo credits.
    fn tails(&self, line: &Line, parts: &mut Vec<(Range<usize>, BlockKind)>) {
        let reach = self.rules.tails.iter().map(|rule| rule.most).max().unwrap_or(0);
        let matcher = self.matcher(line.range.end);
        let text = self.text(&line.range);
        let mut from = text.len().saturating_sub(reach);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        for (at, char) in text[from..].char_indices() {
            let after = from + at + char.len_utf8();
            let rest = text[after..].trim_start_matches(['"', '»', '”', ')', ']', ' ', '.', '\'']);
            let start = line.range.end - rest.len();
            if !matches!(char, '.' | '!' | '?' | '»' | '”' | '"' | ')')
                || rest.is_empty()
                || after == text.len()
            {
                continue;
            }
            // Brackets may be part of the pattern.
            let bare = line.range.start + after + (text[after..].len() - text[after..].trim_start().len());
            let starts = [bare, start].map(|at| (at, matcher.first(at)));
            for rule in &self.rules.tails {
                let fits = |&(at, first): &(usize, Option<u8>)| {
                    line.range.end - at <= rule.most
                        && rule.pattern.may_begin(first)
                        && matcher.end_of(&rule.pattern, at, true).is_some()
                };
                let found = starts.iter().find(|start| fits(start)).map(|&(at, _)| at);
                if let Some(at) = found {
                    parts.push((at..line.range.end, rule.kind));
                    return;
                }
            }
        }
    }
}

/// The words of a line, for comparison.
struct Words<'t> {
    letters: String,
    words: Vec<&'t str>,
}

impl<'t> Words<'t> {
    fn new(text: &'t str) -> Words<'t> {
        let mut words: Vec<&str> =
            text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let letters = words.concat();
        words.sort_unstable();
        Words { letters, words }
    }

    /// Whether the other line has the same letters, is a part cut off, or has nearly the same words.
    fn is_repeated_by(&self, other: &Words) -> bool {
        let (short, long) = if self.letters.len() <= other.letters.len() {
            (&self.letters, &other.letters)
        } else {
            (&other.letters, &self.letters)
        };
        if short == long {
            return !short.is_empty();
        }
        if short.len() >= 30 && long.len() <= 2 * short.len() && long.starts_with(short.as_str()) {
            return true;
        }
        let most = self.words.len().max(other.words.len());
        most >= 5 && 10 * self.common(other) >= 9 * most
    }

    fn common(&self, other: &Words) -> usize {
        let (mut left, mut right) = (self.words.iter().peekable(), other.words.iter().peekable());
        let mut common = 0;
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    common += 1;
                    left.next();
                    right.next();
                }
            }
        }
        common
    }
}
