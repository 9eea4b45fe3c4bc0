use chronique_actors::Actors;
use chronique_events::{Event, EventMention, PassedOver};
use chronique_places::ResolvedPlace;
use chronique_syntax::{Syntax, WordId};
use chronique_text::{Block, Span, Text};
use chronique_times::{Date, TimeExpression, TimeValue};
use chronique_tokens::Tokens;

use crate::Article;

/// What was read in one article: its text and one layer after the other.
///
/// Layers are never changed once made. Spans are bytes of [`Document::text`]; the
/// [`export`](crate::export) functions turn them into code points.
///
/// ```
/// use chronique::{Article, Pipeline};
///
/// let article = Article::new("L’armée a bombardé Goma mardi.")?.published("2024-02-07".parse()?);
/// let document = Pipeline::french().read(article);
/// for place in document.places() {
///     println!("{} is {} ({})", document.text().slice(place.span), place.name, place.reason);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Document {
    pub(crate) article: Article,
    pub(crate) french: bool,
    pub(crate) blocks: Vec<Block>,
    pub(crate) tokens: Tokens,
    pub(crate) syntax: Syntax,
    pub(crate) places: Vec<ResolvedPlace>,
    pub(crate) times: Vec<TimeExpression>,
    pub(crate) actors: Actors,
    pub(crate) events: Vec<Event>,
    pub(crate) passed_over: Vec<PassedOver>,
}

impl Document {
    /// The caller's key for the article.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.article.id()
    }

    /// The text that all spans index.
    #[must_use]
    pub fn text(&self) -> &Text {
        self.article.text()
    }

    /// The day of publication.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.article.date()
    }

    /// Whether the text is French, or too short to tell. If it is not, nothing was read in it: all
    /// layers but the blocks are empty.
    ///
    /// ```
    /// use chronique::{Article, Pipeline};
    ///
    /// let text = "Police arrested five people during a protest against the war. ".repeat(5);
    /// let document = Pipeline::french().read(Article::new(text)?);
    /// assert!(!document.is_french() && document.events().is_empty());
    /// # Ok::<(), chronique::TextTooLong>(())
    /// ```
    #[must_use]
    pub fn is_french(&self) -> bool {
        self.french
    }

    /// The blocks of the page: article or debris.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The tokens and sentences.
    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// The syntactic words and trees.
    #[must_use]
    pub fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// The place names, each with the place that it means.
    #[must_use]
    pub fn places(&self) -> &[ResolvedPlace] {
        &self.places
    }

    /// The time expressions with their values.
    #[must_use]
    pub fn times(&self) -> &[TimeExpression] {
        &self.times
    }

    /// The actors and their mentions.
    #[must_use]
    pub fn actors(&self) -> &Actors {
        &self.actors
    }

    /// The events, in order of their first mentions.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The words that the lexicon of triggers knows but that name no event here, and what held each back.
    #[must_use]
    pub fn passed_over(&self) -> &[PassedOver] {
        &self.passed_over
    }

    /// When an event happens, as far as the text dates it: `2023-09-19`, `2023-09`, `2023-W38`, `2023`.
    ///
    /// `None` for an event without a time, and for one whose time fixes no day: a duration, or
    /// *mardi* in an article without a date.
    #[must_use]
    pub fn date_of(&self, event: &Event) -> Option<TimeValue> {
        self.times[event.time? as usize].value.calendar()
    }

    /// The span of the sentence that holds an event mention.
    #[must_use]
    pub fn sentence_of(&self, mention: &EventMention) -> Span {
        self.sentence_around(mention.word).unwrap_or(mention.trigger)
    }

    pub(crate) fn sentence_around(&self, word: WordId) -> Option<Span> {
        let at = self.tokens.sentence_of(self.syntax.word(word).token);
        self.tokens.sentences().get(at).map(|sentence| sentence.span)
    }
}
