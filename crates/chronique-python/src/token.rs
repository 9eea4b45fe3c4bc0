use std::hash::{DefaultHasher, Hash, Hasher};

use chronique::syntax::{Morph, WordId};
use chronique::tokens::{self, TokenId};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::convert;
use crate::document::Document;
use crate::pickle::{Reduced, reduce};
use crate::span::Span;

/// A token: a word, number or sign as it stands in the text.
///
/// A contraction such as *du* is one token of two words of Universal Dependencies, *de* and *le*: the
/// token's part of speech, lemma and relation are those of the word that heads the others, and
/// ``words`` holds all of them.
///
/// Attributes
/// ----------
/// text : str
///     As it stands in the text.
/// i : int
///     Its index in the document.
/// idx, start, end : int
///     Where it stands, in Unicode code points; ``idx`` is spaCy's name of ``start``.
/// lemma : str
///     Its dictionary form.
/// pos, upos : str
///     Its part of speech, a UPOS tag of Universal Dependencies: ``"VERB"``.
/// morph : str
///     Its morphology as CoNLL-U writes it, ``"Gender=Fem|Number=Sing"``; ``""`` for none.
/// dep : str
///     Its relation to its head: ``"nsubj"``, ``"obl:agent"``; ``"root"`` for the root of a sentence.
/// head : Token
///     The token that it depends on; a root is its own head, as in spaCy.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> doc = chronique.Pipeline()("Des combats ont éclaté à Goma.")
/// >>> [(token.text, token.start, token.end) for token in doc[1:3]]
/// [('combats', 4, 11), ('ont', 12, 15)]
#[pyclass(frozen, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Token {
    doc: Py<Document>,
    at: u32,
}

impl Token {
    pub(crate) fn new(py: Python<'_>, doc: &Py<Document>, at: u32) -> Token {
        Token { doc: doc.clone_ref(py), at }
    }

    fn token(&self) -> &tokens::Token {
        self.doc.get().read.tokens().token(TokenId(self.at))
    }

    fn syntax(&self) -> &chronique::syntax::Syntax {
        self.doc.get().read.syntax()
    }

    /// The word of the token that heads its others.
    fn word(&self) -> Option<WordId> {
        self.syntax().top(self.syntax().words_of(TokenId(self.at)))
    }

    fn tokens<'py>(
        &self,
        py: Python<'py>,
        words: impl Iterator<Item = WordId>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let mut at: Vec<u32> = words.map(|word| self.syntax().word(word).token.0).collect();
        at.dedup();
        PyTuple::new(py, at.into_iter().map(|at| Token::new(py, &self.doc, at)).collect::<Vec<_>>())
    }
}

#[pymethods]
impl Token {
    /// The document that it is of.
    #[getter]
    fn doc(&self, py: Python<'_>) -> Py<Document> {
        self.doc.clone_ref(py)
    }

    /// Its index in the document.
    #[getter]
    fn i(&self) -> u32 {
        self.at
    }

    /// As it stands in the text.
    #[getter]
    fn text(&self) -> &str {
        self.doc.get().read.text().slice(self.token().span)
    }

    /// The first code point: spaCy's name of ``start``.
    #[getter]
    fn idx(&self) -> u32 {
        self.start()
    }

    /// The first code point.
    #[getter]
    fn start(&self) -> u32 {
        self.doc.get().points.of_byte(self.token().span.start())
    }

    /// The code point after the last.
    #[getter]
    fn end(&self) -> u32 {
        self.doc.get().points.of_byte(self.token().span.end())
    }

    /// Its dictionary form.
    #[getter]
    fn lemma(&self) -> &str {
        self.word().map_or("", |word| self.syntax().lemma(word))
    }

    /// Its part of speech, a UPOS tag.
    #[getter]
    fn pos(&self) -> &'static str {
        self.word().map_or("X", |word| self.syntax().word(word).upos.as_str())
    }

    /// Its part of speech, a UPOS tag: the same as ``pos``.
    #[getter]
    fn upos(&self) -> &'static str {
        self.pos()
    }

    /// Its morphology as CoNLL-U writes it.
    #[getter]
    fn morph(&self) -> String {
        let morph = self.word().map(|word| self.syntax().word(word).morph);
        morph.filter(|&morph| morph != Morph::default()).map_or_else(String::new, |morph| morph.to_string())
    }

    /// Its relation to its head.
    #[getter]
    fn dep(&self) -> &'static str {
        self.word().map_or("dep", |word| self.syntax().word(word).deprel.as_str())
    }

    /// The token that it depends on; a root is its own head.
    #[getter]
    fn head(&self, py: Python<'_>) -> Token {
        let head = self.word().and_then(|word| self.syntax().head(word));
        Token::new(py, &self.doc, head.map_or(self.at, |head| self.syntax().word(head).token.0))
    }

    /// The tokens that depend on it, from left to right.
    #[getter]
    fn children<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let own = self.syntax().words_of(TokenId(self.at));
        let mut children: Vec<WordId> = own
            .map(WordId)
            .flat_map(|word| self.syntax().children(word))
            .filter(|&child| self.syntax().word(child).token.0 != self.at)
            .collect();
        children.sort_unstable();
        self.tokens(py, children.into_iter())
    }

    /// It and all tokens below it.
    #[getter]
    fn subtree<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let words = self.word().map_or(0..0, |word| self.syntax().subtree(word));
        self.tokens(py, words.map(WordId))
    }

    /// Its words as ``(form, lemma, upos)``: two or more for a contraction.
    #[getter]
    fn words(&self) -> Vec<(&str, &str, &'static str)> {
        let (syntax, text) = (self.syntax(), self.doc.get().read.text());
        let words = syntax.words_of(TokenId(self.at)).map(WordId);
        words.map(|id| (syntax.form(id, text), syntax.lemma(id), syntax.word(id).upos.as_str())).collect()
    }

    /// Its sentence.
    #[getter]
    fn sent(&self, py: Python<'_>) -> Span {
        let tokens = self.doc.get().read.tokens();
        let sentence = &tokens.sentences()[tokens.sentence_of(TokenId(self.at))];
        Span::new(py, &self.doc, sentence.span)
    }

    /// ``" "`` if white space follows, else ``""``.
    #[getter]
    fn whitespace(&self) -> &'static str {
        if self.token().space_after { " " } else { "" }
    }

    /// The number of code points.
    fn __len__(&self) -> usize {
        self.text().chars().count()
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        format!("<Token {} {} {}>", self.at, convert::repr(py, self.text()), self.pos())
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        let other = other.get();
        self.at == other.at && self.doc.get().same_article(other.doc.get())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        ("token", self.at, self.doc.get().article_hash()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "token", vec![self.at])
    }
}
