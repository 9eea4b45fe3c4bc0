use crate::{Event, Evidence, Lexicon};

/// Finds the events of a text.
#[derive(Clone, Debug)]
pub struct Extractor {
    lexicon: Lexicon,
}

impl Extractor {
    /// An extractor over a lexicon.
    #[must_use]
    pub fn new(lexicon: Lexicon) -> Extractor {
        Extractor { lexicon }
    }

    /// The events of a text, in order of their first mentions.
    #[must_use]
    pub fn events(&self, evidence: Evidence<'_>) -> Vec<Event> {
        let _ = (&self.lexicon, evidence);
        Vec::new()
    }
}
