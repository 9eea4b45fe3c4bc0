#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod block;
mod block_rules;
mod code_points;
mod fold;
mod page;
#[cfg(test)]
mod page_tests;
mod pattern;
mod span;
mod text;
mod word_map;

pub use block::{Block, BlockKind};
pub use block_rules::{BlockRules, BlockRulesError};
pub use code_points::CodePoints;
pub use fold::{Folded, fold_char, fold_into};
pub use span::Span;
pub use text::{Text, TextTooLong};
pub use word_map::{WordHash, WordMap, WordSet};
