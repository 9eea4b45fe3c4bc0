use std::sync::Arc;

use chronique_text::{Text, TextTooLong};
use chronique_times::Date;

/// An article to read: its text and what is known of it from elsewhere.
///
/// ```
/// use chronique::Article;
///
/// let article = Article::new("Des obus sont tombés mardi sur Goma.")?
///     .with_id("dépêche-1")
///     .published("2024-02-07".parse()?);
/// assert_eq!(article.id(), Some("dépêche-1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Article {
    id: Option<Arc<str>>,
    text: Text,
    published: Option<Date>,
}

impl Article {
    /// An article without id and date.
    ///
    /// # Errors
    /// [`TextTooLong`] if the text has more than 4 GiB.
    pub fn new(text: impl Into<Arc<str>>) -> Result<Article, TextTooLong> {
        Ok(Article { id: None, text: Text::new(text)?, published: None })
    }

    /// An article whose title is known apart: the text read is the title, a blank line and the
    /// text, and all offsets index that. An empty title counts as none.
    ///
    /// ```
    /// use chronique::Article;
    ///
    /// let article = Article::titled("Goma bombardée", "Des obus sont tombés mardi.")?;
    /// assert_eq!(article.text().as_str(), "Goma bombardée\n\nDes obus sont tombés mardi.");
    /// # Ok::<(), chronique::TextTooLong>(())
    /// ```
    ///
    /// # Errors
    /// [`TextTooLong`] if both together have more than 4 GiB.
    pub fn titled(title: &str, text: &str) -> Result<Article, TextTooLong> {
        if title.is_empty() { Article::new(text) } else { Article::new(format!("{title}\n\n{text}")) }
    }

    /// The same article under an id: a key of the caller's, repeated in every output.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Arc<str>>) -> Article {
        self.id = Some(id.into());
        self
    }

    /// The same article with its day of publication, against which *mardi* and *hier* are read.
    #[must_use]
    pub fn published(self, day: Date) -> Article {
        self.with_date(Some(day))
    }

    /// The same article with its day of publication where that is known.
    #[must_use]
    pub fn with_date(mut self, day: Option<Date>) -> Article {
        self.published = day;
        self
    }

    /// The caller's key.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The text read, with the title if it was given apart.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The day of publication.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.published
    }
}
