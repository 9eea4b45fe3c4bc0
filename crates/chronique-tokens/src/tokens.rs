use std::ops::Range;

use chronique_text::{Span, Text};

/// The number of a token in its [`Tokens`], from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TokenId(pub u32);

impl TokenId {
    /// The number as an index into [`Tokens::as_slice`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A surface token: what stands between two token boundaries of the source.
///
/// `du`, `au` and `auquel` are one token; `chronique-syntax` splits them into UD words.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether white space (or the end of its sentence's line) follows; UD's `SpaceAfter`.
    pub space_after: bool,
}

/// What a token is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum TokenKind {
    /// Letters, perhaps with hyphens, apostrophes or digits inside: `Haut-Karabakh`, `l'`, `-t-il`, `M23`.
    Word,
    /// Digits, perhaps with separators: `1 500`, `3,5`, `19/09/2023`, `14:30`, `1er`, `2e`; but `14h30` is `14` `h` `30`.
    Number,
    /// Punctuation: `.`, `«`, `…`.
    Punctuation,
    /// Another sign: `€`, `%`, `°`.
    Symbol,
    /// A web address.
    Url,
    /// An e-mail address.
    Email,
    /// `#…` or `@…`.
    Hashtag,
    /// An emoji, with its modifiers.
    Emoji,
}

/// A sentence: a run of at most 1,024 tokens.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Sentence {
    /// Its tokens, as indices into [`Tokens::as_slice`]; never empty.
    pub tokens: Range<u32>,
    /// From the start of the first token to the end of the last.
    pub span: Span,
    /// The number of the region that it was found in, from 0: a sentence never leaves its region.
    pub region: u32,
}

/// The tokens and sentences of one text.
///
/// Tokens are in order, disjoint, not empty, and lie on `char` boundaries. Every token belongs to
/// exactly one sentence.
#[derive(Clone, Default, Debug)]
pub struct Tokens {
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
}

impl Tokens {
    /// The tokens in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Token] {
        &self.tokens
    }

    /// The sentences in order.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// One token.
    #[must_use]
    pub fn token(&self, id: TokenId) -> &Token {
        &self.tokens[id.index()]
    }

    /// The number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The source of a token.
    #[must_use]
    pub fn form<'t>(&self, id: TokenId, text: &'t Text) -> &'t str {
        text.slice(self.tokens[id.index()].span)
    }

    /// The index of the sentence that holds the token.
    #[must_use]
    pub fn sentence_of(&self, id: TokenId) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= id.0)
    }

    /// The tokens that lie within a span, as a range of indices.
    #[must_use]
    pub fn within(&self, span: Span) -> Range<u32> {
        let start = self.tokens.partition_point(|token| token.span.start() < span.start());
        let end = self.tokens.partition_point(|token| token.span.end() <= span.end());
        let index = |at: usize| u32::try_from(at).expect("a text has at most u32::MAX tokens");
        index(start)..index(end.max(start))
    }
}
