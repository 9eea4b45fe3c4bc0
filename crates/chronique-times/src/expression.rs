use std::fmt;
use std::sync::Arc;

use chronique_text::Span;
use chronique_tokens::TokenId;

use crate::{Date, Edge, TimeValue};

/// The kind of a time expression, as in TIMEX3.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TimeKind {
    /// A day or a longer calendar unit.
    Date,
    /// A part of a day or a clock time.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

impl TimeKind {
    /// The name in the output: `"date"`, `"time"`, `"duration"`, `"set"`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            TimeKind::Date => "date",
            TimeKind::Time => "time",
            TimeKind::Duration => "duration",
            TimeKind::Set => "set",
        }
    }
}

/// Where an underspecified expression (*mardi*, *en avril*) looks for its date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Direction {
    /// The last one up to the day of publication: *a déclaré mardi*.
    #[default]
    Past,
    /// The next one: *se réunira mardi*.
    Future,
    /// Neither: keep the underspecified value.
    None,
}

/// What a text's time expressions are relative to.
///
/// ```
/// use chronique_times::{Anchor, Direction};
///
/// let anchor = Anchor::new(Some("2023-09-20".parse()?)).prefer(Direction::Future);
/// # let _ = anchor;
/// # Ok::<(), chronique_times::DateError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Anchor<'a> {
    pub(crate) published: Option<Date>,
    pub(crate) at: Option<(u8, u8)>,
    pub(crate) prefer: Direction,
    pub(crate) tense: &'a dyn Fn(TokenId) -> Option<Direction>,
}

impl<'a> Anchor<'a> {
    /// The day of publication: without it, *mardi* stays `XXXX-WXX-2`.
    #[must_use]
    pub fn new(published: Option<Date>) -> Anchor<'a> {
        Anchor { published, at: None, prefer: Direction::Past, tense: &|_| None }
    }

    /// The clock time of publication, which *il y a deux heures* needs; ignored if it is none.
    #[must_use]
    pub fn at(self, hour: u8, minute: u8) -> Anchor<'a> {
        Anchor { at: (hour < 24 && minute < 60).then_some((hour, minute)), ..self }
    }

    /// Where expressions look whose clause does not tell: to the past, unless this is called.
    ///
    /// [`Direction::Future`] is an assistant's: *mardi*, said on a Tuesday, is in a week, and bare
    /// *le 16*, *17/2*, *midi* are times.
    #[must_use]
    pub fn prefer(self, prefer: Direction) -> Anchor<'a> {
        Anchor { prefer, ..self }
    }

    /// A function that says for the first token of an expression where its clause points, by the
    /// tense of its verb, and `None` if it does not tell.
    #[must_use]
    pub fn tense(self, tense: &'a dyn Fn(TokenId) -> Option<Direction>) -> Anchor<'a> {
        Anchor { tense, ..self }
    }
}

impl fmt::Debug for Anchor<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Anchor")
            .field("published", &self.published)
            .field("at", &self.at)
            .field("prefer", &self.prefer)
            .finish_non_exhaustive()
    }
}

/// A time expression in a text and its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TimeExpression {
    /// The expression, without its leading preposition.
    pub span: Span,
    /// Its first token.
    pub first: TokenId,
    /// Its last token.
    pub last: TokenId,
    /// Its kind.
    pub kind: TimeKind,
    /// Its value.
    pub value: TimeValue,
    /// The part of the value that is meant, if not the whole: *fin 2019*.
    pub edge: Option<Edge>,
    /// Whether it opens a range that the next expression closes: *du 13* au 15 juillet.
    pub opens_range: bool,
    /// Why it has this value.
    pub reason: Reason,
}

/// The rule that found an expression and what fixed its value; written `weekday/past`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// The name of the rule in the rule file.
    pub rule: Arc<str>,
    /// What fixed the value.
    pub basis: Basis,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.rule, self.basis.as_str())
    }
}

/// What fixed the value of an expression.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Basis {
    /// The expression says it all.
    Stated,
    /// The day of publication.
    Published,
    /// Looked for before the day of publication.
    Past,
    /// Looked for after the day of publication.
    Future,
    /// The text spoke of that day before.
    Text,
    /// Nothing: the value is underspecified.
    Open,
}

impl Basis {
    /// The name in reasons: `"stated"`, `"published"`, `"past"`, `"future"`, `"text"`, `"open"`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Basis::Stated => "stated",
            Basis::Published => "published",
            Basis::Past => "past",
            Basis::Future => "future",
            Basis::Text => "text",
            Basis::Open => "open",
        }
    }

    /// What that means, as an English clause: `"the last one before publication"`.
    #[must_use]
    pub const fn description(self) -> &'static str {
        match self {
            Basis::Stated => "the words say it",
            Basis::Published => "counted from the day of publication",
            Basis::Past => "the last one up to the day of publication",
            Basis::Future => "the next one from the day of publication",
            Basis::Text => "the text named that day before",
            Basis::Open => "open: nothing says which",
        }
    }
}
