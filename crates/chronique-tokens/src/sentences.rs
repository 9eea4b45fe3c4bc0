//! Where sentences end.

use crate::cues::{Cues, Place, Seen, Shape, View, tell};
use crate::model::SentenceModel;
use crate::scan::Gap;
use crate::{Sentence, TokenKind};

/// The most tokens of a sentence. News stay far below; a list or a word repeated a million times does
/// not, and what reads sentences must not take the square of its length.
const MAX_TOKENS: usize = 1024;

/// A line of at most this many tokens is a paragraph that somebody made: its headings have lines of
/// their own, so that a sentence in it ends with a mark. Longer lines are undivided pages.
const PARAGRAPH: usize = 300;

/// In such a paragraph a final mark ends the sentence unless the model is surer than this that it does not.
const DOUBT: f32 = -1.0;

/// Gathers the tokens of one region into sentences.
pub(crate) struct Splitter<'t> {
    pub(crate) view: View<'t>,
    /// `gaps[i]` stands before token `i`.
    pub(crate) gaps: &'t [Gap],
    pub(crate) model: &'t SentenceModel,
}

impl Splitter<'_> {
    /// Appends the sentences; the first token of the region has the index `first`.
    pub(crate) fn split(&self, first: u32, region: u32, sentences: &mut Vec<Sentence>) {
        let tokens = self.view.tokens;
        let mut start = 0;
        let mut end_at = |start: usize, end: usize| {
            let index = |at: usize| first + u32::try_from(at).expect("a text has at most u32::MAX tokens");
            sentences.push(Sentence {
                tokens: index(start)..index(end),
                span: tokens[start].span.cover(tokens[end - 1].span),
                region,
            });
        };
        let mut open = 0_u32;
        let mut seen = None;
        for next in 0..tokens.len() {
            if self.gaps[next] != Gap::Line {
                if next > 0 {
                    end_at(start, next);
                }
                (start, open) = (next, 0);
                let line = next..self.line_end(next);
                seen = (line.len() > PARAGRAPH).then(|| Seen::new(self.view, line));
                continue;
            }
            self.follow(next - 1, &mut open);
            let ends = |place: Place| match &seen {
                Some(_) => self.model.score(self.view, seen.as_ref(), &place) > 0.0,
                None => self.is_plain(&place) || self.model.score(self.view, None, &place) > DOUBT,
            };
            if next - start == MAX_TOKENS || self.place(start, next, open, seen.is_some()).is_some_and(ends) {
                end_at(start, next);
                (start, open) = (next, 0);
            }
        }
        if start < tokens.len() {
            end_at(start, tokens.len());
        }
    }

    /// Whether nothing speaks against an end: `… recule. Elle …`. Most ends are such.
    fn is_plain(&self, place: &Place) -> bool {
        let Place { last, next, open, .. } = *place;
        open == 0
            && last + 2 == next
            && self.view.tokens[last].span.len() > 3
            && self.view.tokens[next - 1].space_after
            && self.view.shape(last) == Shape::Lower
            && self.view.shape(next - 1) == Shape::Stop
            && matches!(self.view.shape(next), Shape::Capitalised | Shape::Elided)
    }

    fn line_end(&self, start: usize) -> usize {
        let rest = self.gaps[start + 1..].iter().position(|&gap| gap != Gap::Line);
        rest.map_or(self.gaps.len(), |length| start + 1 + length)
    }

    /// Counts the brackets and quotes that are open after token `at`.
    fn follow(&self, at: usize, open: &mut u32) {
        if self.view.tokens[at].kind == TokenKind::Punctuation {
            match self.view.shape(at) {
                Shape::Opens | Shape::BracketOpens => *open += 1,
                Shape::Closes | Shape::BracketCloses => *open = open.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// The place before token `next`, if a sentence may end there.
    pub(crate) fn place(&self, start: usize, next: usize, open: u32, undivided: bool) -> Option<Place> {
        let tokens = self.view.tokens;
        let previous = tokens[next - 1];
        if previous.kind == TokenKind::Punctuation {
            // The mark that ends the sentence, behind closing quotes and brackets.
            let mut mark = next - 1;
            while mark > start
                && next - mark < 4
                && matches!(self.view.shape(mark), Shape::Closes | Shape::BracketCloses)
            {
                mark -= 1;
            }
            let shape = self.view.shape(mark);
            if mark > start && matches!(shape, Shape::Stop | Shape::Mark | Shape::Ellipsis) {
                let starts =
                    self.may_start(next) || undivided && shape == Shape::Stop && self.may_be_item(next);
                return starts.then_some(Place { start, last: mark - 1, next, marked: true, open });
            }
        }
        let candidate = undivided
            && (self.may_start(next) && self.may_end(next - 1)
                || self.may_be_item(next)
                    && matches!(
                        self.view.shape(next - 1),
                        Shape::Semicolon | Shape::Colon | Shape::BracketCloses
                    ));
        candidate.then_some(Place { start, last: next - 1, next, marked: false, open })
    }

    /// Whether a token may be the first of an item of a list, in small letters.
    fn may_be_item(&self, at: usize) -> bool {
        matches!(self.view.shape(at), Shape::Lower | Shape::Dash | Shape::Opens)
    }

    /// Whether a sentence without a mark may end with token `at`.
    fn may_end(&self, at: usize) -> bool {
        match self.view.shape(at) {
            Shape::Comma | Shape::Opens | Shape::BracketOpens | Shape::Elided | Shape::Dash => false,
            Shape::Lower => !self.view.form(at).ends_with(['\'', '’']),
            _ => true,
        }
    }

    /// Whether a token looks like the first of a sentence.
    fn may_start(&self, at: usize) -> bool {
        match self.view.shape(at) {
            Shape::Capitalised | Shape::Capitals | Shape::Capital | Shape::Elided => true,
            Shape::Number | Shape::Address | Shape::Other => true,
            Shape::Abbreviated => !self.view.form(at).starts_with(char::is_lowercase),
            Shape::Opens | Shape::BracketOpens | Shape::Dash => {
                !matches!(self.view.shape(at + 1), Shape::Lower | Shape::Clitic | Shape::Comma | Shape::None)
            }
            _ => false,
        }
    }
}

/// Tells `cues` of each place where a sentence may end, with whether one does: `ends` knows.
pub(crate) fn each_place<C: Cues + Default>(
    view: View<'_>,
    gaps: &[Gap],
    model: &SentenceModel,
    ends: impl Fn(usize) -> bool,
    mut take: impl FnMut(C, bool),
) {
    let splitter = Splitter { view, gaps, model };
    let seen = Seen::new(view, 0..view.tokens.len());
    let (mut start, mut open) = (0, 0);
    for next in 1..view.tokens.len() {
        splitter.follow(next - 1, &mut open);
        if let Some(place) = splitter.place(start, next, open, true) {
            let mut cues = C::default();
            tell(view, Some(&seen), &place, &mut cues);
            take(cues, ends(next));
        }
        if ends(next) {
            (start, open) = (next, 0);
        }
    }
}
