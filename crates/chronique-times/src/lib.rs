#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod date;
mod error;
mod expression;
mod fields;
mod grammar;
mod interval;
mod items;
mod pattern;
mod relative;
mod resolve;
mod rules;
mod search;
#[cfg(test)]
mod tests;
mod value;
mod words;

pub use date::{Date, DateError};
pub use error::GrammarError;
pub use expression::{Anchor, Basis, Direction, Reason, TimeExpression, TimeKind};
pub use grammar::{FRENCH_RULES, FRENCH_WORDS, GrammarFile, TimeGrammar};
pub use interval::Moment;
pub use value::{Amount, Day, Precision, TimeOfDay, TimeValue, Unit, YearPart};
pub use words::Edge;
