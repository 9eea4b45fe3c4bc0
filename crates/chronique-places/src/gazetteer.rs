use std::borrow::Cow;
use std::fmt;

use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::Tokens;

use crate::ResolvedPlace;

/// A gazetteer image, opened for search.
#[derive(Debug)]
pub struct Gazetteer {}

impl Gazetteer {
    /// Opens a gazetteer image.
    ///
    /// # Errors
    /// [`GazetteerError`] if the bytes are no gazetteer image of this version.
    pub fn from_bytes(image: impl Into<Cow<'static, [u8]>>) -> Result<Gazetteer, GazetteerError> {
        let _ = image.into();
        Ok(Gazetteer {})
    }

    /// Finds the place names of a text and decides which place each means, in order of their spans.
    #[must_use]
    pub fn places(&self, text: &Text, tokens: &Tokens, syntax: &Syntax) -> Vec<ResolvedPlace> {
        let _ = (text, tokens, syntax);
        Vec::new()
    }
}

/// The error of an image that is no gazetteer.
#[derive(Debug)]
pub struct GazetteerError {}

impl fmt::Display for GazetteerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a gazetteer")
    }
}

impl std::error::Error for GazetteerError {}
