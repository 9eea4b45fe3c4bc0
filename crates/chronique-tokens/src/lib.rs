#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

mod tokenizer;
mod tokens;

pub use tokenizer::Tokenizer;
pub use tokens::{Sentence, Token, TokenId, TokenKind, Tokens};
