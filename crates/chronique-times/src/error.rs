use std::fmt;

/// The error of a word list or of a rule file that can't be read: it says where and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GrammarError {
    file: String,
    line: usize,
    column: usize,
    message: String,
}

impl GrammarError {
    /// An error at a place in a file, line and column from 1.
    pub(crate) fn new(file: &str, line: usize, column: usize, message: impl Into<String>) -> GrammarError {
        GrammarError { file: file.to_owned(), line, column, message: message.into() }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

impl std::error::Error for GrammarError {}
