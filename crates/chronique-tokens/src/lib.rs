#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod class;
mod cues;
mod model;
mod rules;
mod scan;
mod sentences;
#[cfg(test)]
mod tests;
mod tokenizer;
mod tokens;
mod training;

pub use rules::TokenizerError;
pub use tokenizer::Tokenizer;
pub use tokens::{Sentence, Token, TokenId, TokenKind, Tokens};
