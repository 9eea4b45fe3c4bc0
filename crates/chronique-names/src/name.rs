use std::ops::Range;

use chronique_syntax::{Syntax, WordId};
use chronique_text::Text;
use chronique_tokens::{TokenId, Tokens};

/// What a list beside the text says of a name: a sign and its value, such as `("listed as", "city")`.
pub type Fact = (&'static str, &'static str);

/// A name in a text: a run of tokens, and what is known of it.
#[derive(Clone, Debug)]
pub struct Name<'a> {
    pub(crate) text: &'a Text,
    pub(crate) tokens: &'a Tokens,
    pub(crate) syntax: &'a Syntax,
    pub(crate) run: Range<u32>,
    pub(crate) sentence: Range<u32>,
    pub(crate) known: &'a [Fact],
}

impl<'a> Name<'a> {
    /// The name that stands in a run of tokens of one sentence, given by their indices; `None` if the run is empty, leaves its
    /// sentence or the text.
    ///
    /// `syntax` may be empty: what it would tell is then unknown.
    #[must_use]
    pub fn new(text: &'a Text, tokens: &'a Tokens, syntax: &'a Syntax, run: Range<u32>) -> Option<Name<'a>> {
        let sentence = tokens.sentences().get(tokens.sentence_of(TokenId(run.start)))?.tokens.clone();
        let inside = !run.is_empty() && sentence.contains(&run.start) && run.end <= sentence.end;
        inside.then_some(Name { text, tokens, syntax, run, sentence, known: &[] })
    }

    /// The same name, with what lists say of it.
    #[must_use]
    pub fn known(self, known: &'a [Fact]) -> Name<'a> {
        Name { known, ..self }
    }

    /// The indices of its tokens.
    #[must_use]
    pub fn run(&self) -> Range<u32> {
        self.run.clone()
    }

    pub(crate) fn form(&self, token: u32) -> &'a str {
        self.tokens.form(TokenId(token), self.text)
    }

    /// The word under which the name hangs in the tree.
    pub(crate) fn top(&self) -> Option<WordId> {
        let words = self.syntax.words();
        let at = |token: u32| words.partition_point(|word| word.token.0 < token) as u32;
        let own = at(self.run.start)..at(self.run.end);
        (!own.is_empty()).then(|| self.syntax.top(own)).flatten()
    }
}
