use std::borrow::Cow;
use std::fmt;

use chronique_text::Text;
use chronique_tokens::Tokens;

use crate::Syntax;

/// A trained model of French syntax: tagger, morphology, lemmatizer and parser.
#[derive(Debug)]
pub struct Model {}

impl Model {
    /// Opens a model image.
    ///
    /// # Errors
    /// [`ModelError`] if the bytes are no model image of this version.
    pub fn from_bytes(image: impl Into<Cow<'static, [u8]>>) -> Result<Model, ModelError> {
        let _ = image.into();
        Ok(Model {})
    }

    /// The syntax of every sentence of a text.
    #[must_use]
    pub fn analyze(&self, text: &Text, tokens: &Tokens) -> Syntax {
        let _ = (text, tokens);
        Syntax::default()
    }
}

/// The error of an image that is no syntax model.
#[derive(Debug)]
pub struct ModelError {}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a syntax model")
    }
}

impl std::error::Error for ModelError {}
