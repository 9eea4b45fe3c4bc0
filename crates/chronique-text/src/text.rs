use std::fmt;
use std::sync::Arc;

use crate::Span;

/// The text of one article, shared and never changed.
///
/// Cloning is cheap: all clones share one allocation. Every [`Span`] of every layer indexes the
/// bytes of this text, exactly as the caller gave it.
///
/// ```
/// use chronique_text::{Span, Text};
///
/// let text = Text::new("Un séisme à Agadir")?;
/// assert_eq!(text.slice(Span::new(14, 20)), "Agadir");
/// # Ok::<(), chronique_text::TextTooLong>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text(Arc<str>);

impl Text {
    /// The greatest length of a text, in bytes: offsets are `u32`.
    pub const MAX_LEN: usize = u32::MAX as usize;

    /// Wraps a text.
    ///
    /// # Errors
    /// [`TextTooLong`] if it holds more than [`Text::MAX_LEN`] bytes.
    pub fn new(text: impl Into<Arc<str>>) -> Result<Text, TextTooLong> {
        let text = text.into();
        if text.len() > Text::MAX_LEN { Err(TextTooLong { len: text.len() }) } else { Ok(Text(text)) }
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part of the text under `span`.
    ///
    /// # Panics
    /// If the span was made for another text: it ends outside this one or inside a `char`.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.0[span.range()]
    }

    /// The span of the whole text.
    #[must_use]
    pub fn span(&self) -> Span {
        Span::new(0, self.len())
    }

    /// The length in bytes.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.0.len()).expect("a Text holds at most MAX_LEN bytes")
    }

    /// Whether the text holds no byte.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The error of a text of more than [`Text::MAX_LEN`] bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextTooLong {
    len: usize,
}

impl fmt::Display for TextTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the text has {} bytes, and one article may have at most {}: split it",
            self.len,
            Text::MAX_LEN
        )
    }
}

impl std::error::Error for TextTooLong {}
