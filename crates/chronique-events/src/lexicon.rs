use std::fmt;

/// The lexicon of triggers: one row a lemma and frame.
#[derive(Clone, Debug)]
pub struct Lexicon {}

impl Lexicon {
    /// The lexicon of French.
    #[must_use]
    pub fn french() -> Lexicon {
        Lexicon {}
    }
}

/// The error of a lexicon that can't be read.
#[derive(Debug)]
pub struct LexiconError {}

impl fmt::Display for LexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a lexicon")
    }
}

impl std::error::Error for LexiconError {}
