//! The texts that the benches read: the sample articles of `seeds/`, so that a bench needs nothing
//! that isn't in the repository.

use chronique::export::DocumentRecord;
use chronique::{Article, Date, Document};
use serde_json::Value;

/// A sample article and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Seed {
    /// Its folder.
    pub name: &'static str,
    text: &'static str,
    about: &'static str,
    expected: &'static str,
}

macro_rules! seeds {
    ($($name:literal)*) => {
        /// All sample articles.
        pub const SEEDS: &[Seed] = &[$(Seed {
            name: $name,
            text: include_str!(concat!("../seeds/", $name, "/article.txt")),
            about: include_str!(concat!("../seeds/", $name, "/article.toml")),
            expected: include_str!(concat!("../seeds/", $name, "/expected/events.json")),
        }),*];
    };
}

seeds! { "gilets-jaunes" "haut-karabakh" "hilla" "sommet-singapour" }

impl Seed {
    /// The article, with its date.
    ///
    /// # Panics
    /// If its `article.toml` has no date.
    #[must_use]
    pub fn article(&self) -> Article {
        let line = self.about.lines().find_map(|line| line.strip_prefix("date = "));
        let date: Date =
            line.and_then(|date| date.trim_matches('"').parse().ok()).expect("a seed has a date");
        Article::new(self.text).expect("seeds are short").with_id(self.name).published(date)
    }

    /// How many items a layer of its expected document has: `"blocks"`, `"places"`, `"events"`…
    ///
    /// # Panics
    /// If there is no such layer.
    #[must_use]
    pub fn expected(&self, layer: &str) -> usize {
        let document: Value = serde_json::from_str(self.expected).expect("the expected document is JSON");
        document[layer].as_array().expect("a layer is a list").len()
    }
}

/// The sample articles again and again, `times` over.
#[must_use]
pub fn articles(times: usize) -> Vec<Article> {
    std::iter::repeat_n(SEEDS, times).flatten().map(Seed::article).collect()
}

/// Bytes of text in some articles.
#[must_use]
pub fn bytes(articles: &[Article]) -> u64 {
    articles.iter().map(|article| u64::from(article.text().len())).sum()
}

/// Tokens in some documents.
#[must_use]
pub fn words(documents: &[Document]) -> u64 {
    documents.iter().map(|document| document.tokens().len() as u64).sum()
}

/// Checks that documents are those that the seeds expect: what is wrong can't be fast.
///
/// # Panics
/// If a layer of a document has another number of items than expected.
pub fn check(documents: &[Document]) {
    for (document, seed) in documents.iter().zip(SEEDS.iter().cycle()) {
        let record = DocumentRecord::new(document);
        let counts = [
            ("blocks", record.blocks.len()),
            ("places", record.places.len()),
            ("times", record.times.len()),
            ("actors", record.actors.len()),
            ("events", record.events.len()),
        ];
        for (layer, found) in counts {
            assert_eq!(found, seed.expected(layer), "{layer} of {}", seed.name);
        }
        assert!(!document.tokens().is_empty() && document.syntax().words().len() >= document.tokens().len());
    }
}
