//! Reads sentences with the real model for the tests of this crate.

use chronique_actors::ActorLexicon;
use chronique_events::{Event, EventMention, Evidence, Extractor, Lexicon};
use chronique_places::Gazetteer;
use chronique_syntax::Model;
use chronique_text::{BlockRules, Span, Text};
use chronique_times::{Anchor, TimeGrammar};
use chronique_tokens::Tokenizer;

/// Everything that reads a text, opened once.
pub(crate) struct Reader {
    blocks: BlockRules,
    tokenizer: Tokenizer,
    model: Model,
    gazetteer: Gazetteer,
    times: TimeGrammar,
    actors: ActorLexicon,
    extractor: Extractor,
}

/// The events of a text.
pub(crate) struct Reading {
    pub(crate) text: Text,
    pub(crate) events: Vec<Event>,
    places: Vec<Span>,
    times: Vec<Span>,
}

impl Reader {
    pub(crate) fn new() -> Reader {
        Reader {
            blocks: BlockRules::french(),
            tokenizer: Tokenizer::french(),
            model: Model::from_bytes(chronique_model_fr::model()).unwrap(),
            gazetteer: Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).unwrap(),
            times: TimeGrammar::french(),
            actors: ActorLexicon::french(),
            extractor: Extractor::new(Lexicon::french()),
        }
    }

    pub(crate) fn read(&self, source: &str) -> Reading {
        let text = Text::new(source).unwrap();
        let (events, places, times) = self.with(&text, Some("2023-09-20"), |evidence| {
            let places = evidence.places.iter().map(|place| place.span).collect();
            let times = evidence.times.iter().map(|time| time.span).collect();
            (self.extractor.events(evidence), places, times)
        });
        Reading { text, events, places, times }
    }

    /// What a function finds in the evidence of a text.
    pub(crate) fn with<T>(
        &self,
        text: &Text,
        published: Option<&str>,
        look: impl FnOnce(Evidence<'_>) -> T,
    ) -> T {
        let published = published.map(|day| day.parse().unwrap());
        let blocks = self.blocks.blocks(text);
        let tokens = self.tokenizer.tokenize(text, blocks.iter().map(|block| block.span));
        let syntax = self.model.analyze(text, &tokens);
        let places = self.gazetteer.places(text, &tokens, &syntax);
        let times = self.times.times(text, &tokens, &Anchor::new(published));
        let actors = self.actors.actors(text, &tokens, &syntax);
        look(Evidence {
            text,
            blocks: &blocks,
            tokens: &tokens,
            syntax: &syntax,
            places: &places,
            times: &times,
            actors: &actors,
            published,
        })
    }
}

impl Reading {
    /// The places of a mention.
    pub(crate) fn places(&self, mention: &EventMention) -> Vec<&str> {
        mention.places.iter().map(|place| self.slice(self.places[place.place as usize])).collect()
    }

    /// The time of a mention.
    pub(crate) fn time(&self, mention: &EventMention) -> Option<&str> {
        mention.time.map(|time| self.slice(self.times[time.time as usize]))
    }

    pub(crate) fn slice(&self, span: Span) -> &str {
        self.text.slice(span)
    }
}
