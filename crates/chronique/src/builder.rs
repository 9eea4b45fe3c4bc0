use std::fmt;

use chronique_actors::ActorLexicon;
use chronique_events::{Extractor, Lexicon};
use chronique_places::{Gazetteer, GazetteerBuilder};
use chronique_syntax::Model;
use chronique_text::BlockRules;
use chronique_times::{Direction, TimeGrammar};
use chronique_tokens::Tokenizer;

use crate::Pipeline;
use crate::batch::Threads;
use crate::language::French;
use crate::tense::Tenses;

/// A [`Pipeline`] in the making: what isn't given is the French default.
///
/// Each part is opened or parsed by its own crate, whose errors name the file, line and column.
///
/// ```
/// use chronique::Pipeline;
/// use chronique::times::Direction;
///
/// // Programmes and agendas: « mardi » is the next Tuesday.
/// let chronique = Pipeline::builder().prefer(Direction::Future).jobs(2).build()?;
/// assert_eq!(chronique.jobs(), 2);
/// # Ok::<(), chronique::BuildError>(())
/// ```
#[derive(Debug, Default)]
pub struct PipelineBuilder {
    blocks: Option<BlockRules>,
    tokenizer: Option<Tokenizer>,
    model: Option<Model>,
    gazetteer: Option<Gazetteer>,
    times: Option<TimeGrammar>,
    prefer: Direction,
    actors: Option<ActorLexicon>,
    lexicon: Option<Lexicon>,
    jobs: Option<usize>,
}

impl PipelineBuilder {
    /// Other rules for page debris.
    #[must_use]
    pub fn block_rules(mut self, rules: BlockRules) -> PipelineBuilder {
        self.blocks = Some(rules);
        self
    }

    /// Other rules for tokens and sentences.
    #[must_use]
    pub fn tokenizer(mut self, tokenizer: Tokenizer) -> PipelineBuilder {
        self.tokenizer = Some(tokenizer);
        self
    }

    /// Another syntax model.
    #[must_use]
    pub fn model(mut self, model: Model) -> PipelineBuilder {
        self.model = Some(model);
        self
    }

    /// Another gazetteer.
    #[must_use]
    pub fn gazetteer(mut self, gazetteer: Gazetteer) -> PipelineBuilder {
        self.gazetteer = Some(gazetteer);
        self
    }

    /// Another grammar of time expressions.
    #[must_use]
    pub fn time_grammar(mut self, grammar: TimeGrammar) -> PipelineBuilder {
        self.times = Some(grammar);
        self
    }

    /// Where *mardi* looks for its date when no verb tells: back, as news do (the default), or
    /// ahead.
    #[must_use]
    pub fn prefer(mut self, direction: Direction) -> PipelineBuilder {
        self.prefer = direction;
        self
    }

    /// Another lexicon of actors.
    #[must_use]
    pub fn actor_lexicon(mut self, lexicon: ActorLexicon) -> PipelineBuilder {
        self.actors = Some(lexicon);
        self
    }

    /// Another lexicon of event triggers.
    #[must_use]
    pub fn lexicon(mut self, lexicon: Lexicon) -> PipelineBuilder {
        self.lexicon = Some(lexicon);
        self
    }

    /// Threads for batches; 0 is one a core. Without this call, batches share the process's threads.
    #[must_use]
    pub fn jobs(mut self, jobs: usize) -> PipelineBuilder {
        self.jobs = Some(jobs);
        self
    }

    /// Builds the pipeline.
    ///
    /// # Errors
    /// [`BuildError`] if the threads can't be started, or if the crate was built without the feature
    /// `embedded` and no model or no gazetteer was given.
    pub fn build(self) -> Result<Pipeline, BuildError> {
        Ok(Pipeline {
            blocks: self.blocks.unwrap_or_else(BlockRules::french),
            tokenizer: self.tokenizer.unwrap_or_else(Tokenizer::french),
            model: self.model.map_or_else(embedded_model, Ok)?,
            gazetteer: self.gazetteer.map_or_else(embedded_gazetteer, Ok)?,
            times: self.times.unwrap_or_else(TimeGrammar::french),
            french: French::new(),
            tenses: Tenses::french(),
            prefer: self.prefer,
            actors: self.actors.unwrap_or_else(ActorLexicon::french),
            extractor: Extractor::new(self.lexicon.unwrap_or_else(Lexicon::french)),
            threads: Threads::new(self.jobs)?,
        })
    }
}

#[cfg(feature = "embedded")]
fn embedded_model() -> Result<Model, BuildError> {
    Ok(Model::from_bytes(chronique_model_fr::model()).expect("the embedded model is whole"))
}

#[cfg(feature = "embedded")]
fn embedded_gazetteer() -> Result<Gazetteer, BuildError> {
    Ok(french_gazetteer())
}

/// The embedded French gazetteer, opened: to look up names, or to add places of one's own.
///
/// ```
/// use chronique::{Article, Pipeline, french_gazetteer};
///
/// let mut gazetteer = french_gazetteer();
/// gazetteer.add_csv("name,lat,lon,country\nColline 402,-1.65,29.2,CD\n")?;
/// let chronique = Pipeline::builder().gazetteer(gazetteer).build()?;
/// let document = chronique.read(Article::new("Des combats à Colline 402.")?);
/// assert_eq!(&*document.places()[0].name, "Colline 402");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "embedded")]
#[must_use]
pub fn french_gazetteer() -> Gazetteer {
    Gazetteer::from_bytes(chronique_gazetteer_fr::gazetteer()).expect("the embedded gazetteer is whole")
}

/// A builder of gazetteers that holds the places and names of the embedded one, to add others: what is a common word there
/// stays one.
#[cfg(feature = "embedded")]
#[must_use]
pub fn french_gazetteer_builder() -> GazetteerBuilder {
    let french = french_gazetteer();
    let mut builder = GazetteerBuilder::of(&french, french.sources());
    let rows = chronique_gazetteer_fr::COLLISIONS.lines().filter(|row| !row.starts_with('#'));
    for (name, condition) in rows.skip(1).filter_map(|row| row.split_once('\t')) {
        match condition {
            "cue" => builder.needs_cue(name),
            "noun" => builder.needs_noun(name),
            _ => builder.drop_name(name),
        }
    }
    builder
}

#[cfg(not(feature = "embedded"))]
fn embedded_model() -> Result<Model, BuildError> {
    Err(BuildError::missing("model"))
}

#[cfg(not(feature = "embedded"))]
fn embedded_gazetteer() -> Result<Gazetteer, BuildError> {
    Err(BuildError::missing("gazetteer"))
}

/// The error of a pipeline that can't be built.
#[derive(Debug)]
pub struct BuildError {
    message: String,
}

impl BuildError {
    #[cfg(not(feature = "embedded"))]
    fn missing(part: &str) -> BuildError {
        let message = format!(
            "no {part}: give one with `PipelineBuilder::{part}`, or build chronique with its feature `embedded`"
        );
        BuildError { message }
    }

    #[cfg(feature = "rayon")]
    pub(crate) fn threads(error: &rayon::ThreadPoolBuildError) -> BuildError {
        BuildError { message: format!("the threads can't be started: {error}; ask for fewer jobs") }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for BuildError {}
