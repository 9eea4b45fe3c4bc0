use chronique_actors::Actors;
use chronique_places::ResolvedPlace;
use chronique_syntax::Syntax;
use chronique_text::{Block, Text};
use chronique_times::{Date, TimeExpression};
use chronique_tokens::Tokens;

/// All that is known of a text before its events.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The text.
    pub text: &'a Text,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// Its tokens and sentences; a sentence's `region` is the index of its block.
    pub tokens: &'a Tokens,
    /// Its syntax.
    pub syntax: &'a Syntax,
    /// Its places.
    pub places: &'a [ResolvedPlace],
    /// Its time expressions.
    pub times: &'a [TimeExpression],
    /// Its actors.
    pub actors: &'a Actors,
    /// The day of publication.
    pub published: Option<Date>,
}
