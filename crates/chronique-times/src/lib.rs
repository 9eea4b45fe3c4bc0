#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod date;
mod expression;

pub use date::Date;
pub use expression::{Direction, TimeExpression, TimeGrammar, TimeKind, TimeValue};
