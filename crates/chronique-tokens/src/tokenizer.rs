use chronique_text::{Span, Text};

use crate::Tokens;

/// A tokenizer and sentence splitter.
#[derive(Clone, Debug)]
pub struct Tokenizer {}

impl Tokenizer {
    /// The tokenizer of French.
    #[must_use]
    pub fn french() -> Tokenizer {
        Tokenizer {}
    }

    /// The tokens and sentences of the given regions of a text, which are disjoint and in order.
    ///
    /// No token and no sentence leaves its region.
    #[must_use]
    pub fn tokenize(&self, text: &Text, regions: impl IntoIterator<Item = Span>) -> Tokens {
        let _ = (text, regions.into_iter().count());
        Tokens::default()
    }
}
