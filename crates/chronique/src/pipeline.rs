use chronique_actors::{ActorLexicon, Actors};
use chronique_events::{Event, Evidence, Extractor, Lexicon};
use chronique_places::{Gazetteer, ResolvedPlace};
use chronique_syntax::{Model, Syntax};
use chronique_text::{Block, BlockRules, Text};
use chronique_times::{Date, Direction, TimeExpression, TimeGrammar};
use chronique_tokens::{Tokenizer, Tokens};

/// An article to read.
#[derive(Clone, Debug)]
pub struct Article {
    /// Its text.
    pub text: Text,
    /// Its day of publication.
    pub published: Option<Date>,
}

/// What was read in an article: one layer after the other.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Document {
    pub article: Article,
    pub blocks: Vec<Block>,
    pub tokens: Tokens,
    pub syntax: Syntax,
    pub places: Vec<ResolvedPlace>,
    pub times: Vec<TimeExpression>,
    pub actors: Actors,
    pub events: Vec<Event>,
}

/// The way from an article to its events.
#[derive(Debug)]
pub struct Pipeline {
    blocks: BlockRules,
    tokenizer: Tokenizer,
    model: Model,
    gazetteer: Gazetteer,
    times: TimeGrammar,
    actors: ActorLexicon,
    extractor: Extractor,
}

impl Pipeline {
    /// The pipeline with the embedded French data.
    #[must_use]
    pub fn french() -> Pipeline {
        Pipeline {
            blocks: BlockRules::french(),
            tokenizer: Tokenizer::french(),
            model: Model::from_bytes(chronique_model_fr::model()).expect("the embedded model is whole"),
            gazetteer: Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer())
                .expect("the embedded gazetteer is whole"),
            times: TimeGrammar::french(),
            actors: ActorLexicon::french(),
            extractor: Extractor::new(Lexicon::french()),
        }
    }

    /// Reads one article.
    #[must_use]
    pub fn read(&self, article: Article) -> Document {
        let text = &article.text;
        let blocks = self.blocks.blocks(text);
        let tokens = self.tokenizer.tokenize(text, blocks.iter().map(|block| block.span));
        let syntax = self.model.analyze(text, &tokens);
        let places = self.gazetteer.places(text, &tokens, &syntax);
        let times = self.times.times(text, &tokens, article.published, &|_| Direction::Past);
        let actors = self.actors.actors(text, &tokens, &syntax);
        let events = self.extractor.events(Evidence {
            text,
            blocks: &blocks,
            tokens: &tokens,
            syntax: &syntax,
            places: &places,
            times: &times,
            actors: &actors,
            published: article.published,
        });
        Document { blocks, tokens, syntax, places, times, actors, events, article }
    }
}
