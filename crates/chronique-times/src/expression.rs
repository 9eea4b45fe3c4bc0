use std::fmt;

use chronique_text::{Span, Text};
use chronique_tokens::{TokenId, Tokens};

use crate::Date;

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

/// A TIMEX3 value, such as `2023-09-19`, `XXXX-WXX-2`, `P2M`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TimeValue(Box<str>);

impl TimeValue {
    /// The value as TIMEX3 writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// First and last day that the value covers; `None` for durations, sets and underspecified values.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        None
    }
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
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
    /// The rule that found it and what fixed the value, such as `weekday/past`.
    pub reason: &'static str,
}

/// The grammar of French time expressions.
#[derive(Clone, Debug)]
pub struct TimeGrammar {}

impl TimeGrammar {
    /// The grammar of French.
    #[must_use]
    pub fn french() -> TimeGrammar {
        TimeGrammar {}
    }

    /// The time expressions of a text, in order.
    ///
    /// `published` is the day of publication: without it, *mardi* stays `XXXX-WXX-2`.
    /// `direction` says for a token of an expression where its clause points, by the tense of its
    /// verb; this crate knows no syntax.
    #[must_use]
    pub fn times(
        &self,
        text: &Text,
        tokens: &Tokens,
        published: Option<Date>,
        direction: &dyn Fn(TokenId) -> Direction,
    ) -> Vec<TimeExpression> {
        let _ = (text, tokens, published, direction);
        Vec::new()
    }
}
