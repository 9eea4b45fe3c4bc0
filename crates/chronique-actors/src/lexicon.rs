use std::fmt;

use chronique_syntax::Syntax;
use chronique_text::Text;
use chronique_tokens::Tokens;

use crate::Actors;

/// The names and nouns that make a phrase an actor.
#[derive(Clone, Debug)]
pub struct ActorLexicon {}

impl ActorLexicon {
    /// The lexicon of French news.
    #[must_use]
    pub fn french() -> ActorLexicon {
        ActorLexicon {}
    }

    /// The actors of a text.
    #[must_use]
    pub fn actors(&self, text: &Text, tokens: &Tokens, syntax: &Syntax) -> Actors {
        let _ = (text, tokens, syntax);
        Actors::default()
    }
}

/// The error of an actor lexicon that can't be read.
#[derive(Debug)]
pub struct ActorLexiconError {}

impl fmt::Display for ActorLexiconError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an actor lexicon")
    }
}

impl std::error::Error for ActorLexiconError {}
