#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod block;
mod code_points;
mod fold;
mod span;
mod text;

pub use block::{Block, BlockKind, BlockRules, BlockRulesError};
pub use code_points::CodePoints;
pub use fold::{Folded, fold_into};
pub use span::Span;
pub use text::{Text, TextTooLong};
