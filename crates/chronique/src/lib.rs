#![doc = include_str!("../README.md")]
#![doc(test(attr(deny(warnings))))]

#[cfg(feature = "arrow")]
pub mod arrow;
mod article;
mod batch;
mod builder;
mod document;
pub mod export;
mod language;
mod pipeline;
mod tense;

pub use article::Article;
pub use builder::{BuildError, PipelineBuilder};
#[cfg(feature = "embedded")]
pub use builder::{french_gazetteer, french_gazetteer_builder};
pub use chronique_actors as actors;
pub use chronique_events as events;
pub use chronique_places as places;
pub use chronique_syntax as syntax;
pub use chronique_text as text;
pub use chronique_text::TextTooLong;
pub use chronique_times as times;
pub use chronique_times::Date;
pub use chronique_tokens as tokens;
pub use document::Document;
pub use pipeline::Pipeline;

/// The Rust in the project's README and guide is run with the documentation tests.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../../../README.md")]
    mod readme {}
    #[doc = include_str!("../../../docs/guide.md")]
    mod guide {}
}
