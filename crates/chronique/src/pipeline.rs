use chronique_actors::ActorLexicon;
use chronique_events::{Evidence, Extractor};
use chronique_places::Gazetteer;
use chronique_syntax::{Model, Syntax};
use chronique_text::{BlockRules, Span, Text};
use chronique_times::{Anchor, Direction, TimeGrammar};
use chronique_tokens::{Tokenizer, Tokens};

use crate::batch::Threads;
use crate::language::French;
use crate::tense::Tenses;
use crate::{Article, Document, PipelineBuilder};

/// The way from an article to its events.
///
/// Reading is total: any text gives a document. A pipeline is `Send` and `Sync`; one is enough for
/// a process.
///
/// ```
/// use chronique::{Article, Pipeline};
///
/// let chronique = Pipeline::french();
/// let article = Article::new("L’armée a bombardé Goma mardi.")?.published("2024-02-07".parse()?);
/// let document = chronique.read(article);
/// for event in document.events() {
///     println!("{} {}", event.event_type, document.text().slice(event.mentions[0].trigger));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Pipeline {
    pub(crate) blocks: BlockRules,
    pub(crate) tokenizer: Tokenizer,
    pub(crate) model: Model,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) times: TimeGrammar,
    pub(crate) french: French,
    pub(crate) tenses: Tenses,
    pub(crate) prefer: Direction,
    pub(crate) actors: ActorLexicon,
    pub(crate) extractor: Extractor,
    pub(crate) threads: Threads,
}

impl Pipeline {
    /// The pipeline with the embedded French data.
    #[cfg(feature = "embedded")]
    #[must_use]
    pub fn french() -> Pipeline {
        Pipeline::builder().build().expect("the embedded data is whole")
    }

    /// A pipeline in the making, for other data than the embedded.
    #[must_use]
    pub fn builder() -> PipelineBuilder {
        PipelineBuilder::default()
    }

    /// Reads one article: each stage makes one layer from those before it.
    #[must_use]
    pub fn read(&self, article: Article) -> Document {
        let (text, published) = (article.text(), article.date());
        let blocks = self.blocks.blocks(text);
        let french = self.french.holds(text);
        let regions = blocks.iter().map(|block| block.span).filter(|_| french);
        let tokens = self.tokenizer.tokenize(text, regions);
        let syntax = self.model.analyze(text, &tokens);
        let places = self.gazetteer.places(text, &tokens, &syntax);
        let tense = |token| self.tenses.direction(&syntax, token);
        let anchor = Anchor::new(published).prefer(self.prefer).tense(&tense);
        let times = self.times.times(text, &tokens, &anchor);
        let actors = self.actors.actors(text, &tokens, &syntax);
        let (events, passed_over) = self.extractor.events_and_passed_over(Evidence {
            text,
            blocks: &blocks,
            tokens: &tokens,
            syntax: &syntax,
            places: &places,
            times: &times,
            actors: &actors,
            published,
        });
        Document { french, blocks, tokens, syntax, places, times, actors, events, passed_over, article }
    }

    /// The tokens and the syntax of a text within the given regions, which are disjoint and in
    /// order: for text that is no web page, such as a treebank's.
    #[must_use]
    pub fn parse(&self, text: &Text, regions: impl IntoIterator<Item = Span>) -> (Tokens, Syntax) {
        let tokens = self.tokenizer.tokenize(text, regions);
        let syntax = self.model.analyze(text, &tokens);
        (tokens, syntax)
    }

    /// The gazetteer that it finds places with.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }
}
