use std::hash::{DefaultHasher, Hash, Hasher};

use chronique::text::Span as Bytes;
use chronique::tokens::TokenId;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::convert;
use crate::document::{Document, Index};
use crate::pickle::{Reduced, reduce};
use crate::token::Token;

/// A stretch of a document's text.
///
/// It is a sequence of its tokens: ``len(span)``, ``span[0]`` and iteration count those that lie within.
/// A span compares equal to another of the same class over the same words of the same article.
///
/// Attributes
/// ----------
/// doc : Document
///     The document.
/// start, end : int
///     Where it stands, in Unicode code points: ``doc.text[span.start:span.end] == span.text``.
/// text : str
///     The words.
/// sent : Span or None
///     The sentence that it starts in.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> span = nlp("Grève à Évian mardi.")[2:4]
/// >>> span.text, span.start, span.end
/// ('Évian mardi', 8, 19)
/// >>> [token.text for token in span]
/// ['Évian', 'mardi']
#[pyclass(frozen, subclass, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Span {
    pub(crate) doc: Py<Document>,
    pub(crate) bytes: Bytes,
}

impl Span {
    pub(crate) fn new(py: Python<'_>, doc: &Py<Document>, bytes: Bytes) -> Span {
        Span { doc: doc.clone_ref(py), bytes }
    }

    fn tokens(&self) -> std::ops::Range<u32> {
        self.doc.get().read.tokens().within(self.bytes)
    }
}

#[pymethods]
impl Span {
    /// The document that it is of.
    #[getter]
    fn doc(&self, py: Python<'_>) -> Py<Document> {
        self.doc.clone_ref(py)
    }

    /// The first code point.
    #[getter]
    pub(crate) fn start(&self) -> u32 {
        self.doc.get().points.of_byte(self.bytes.start())
    }

    /// The code point after the last.
    #[getter]
    pub(crate) fn end(&self) -> u32 {
        self.doc.get().points.of_byte(self.bytes.end())
    }

    /// The words.
    #[getter]
    pub(crate) fn text(&self) -> &str {
        self.doc.get().read.text().slice(self.bytes)
    }

    /// The sentence that it starts in; ``None`` for a span without tokens.
    #[getter]
    fn sent(&self, py: Python<'_>) -> Option<Span> {
        let tokens = self.tokens();
        let read = &self.doc.get().read;
        let first = (tokens.start < tokens.end).then_some(TokenId(tokens.start))?;
        let sentence = read.tokens().sentences().get(read.tokens().sentence_of(first))?;
        Some(Span::new(py, &self.doc, sentence.span))
    }

    /// The token that all others of the span hang on, or the first of them; ``None`` for a span
    /// without tokens.
    #[getter]
    fn root(&self, py: Python<'_>) -> Option<Token> {
        let tokens = self.tokens();
        let syntax = self.doc.get().read.syntax();
        let words = syntax.within(self.bytes);
        let top = syntax.top(words).map(|word| syntax.word(word).token.0);
        let first = (tokens.start < tokens.end).then_some(tokens.start)?;
        Some(Token::new(py, &self.doc, top.unwrap_or(first)))
    }

    fn __len__(&self) -> usize {
        self.tokens().len()
    }

    fn __bool__(&self) -> bool {
        !self.bytes.is_empty()
    }

    fn __iter__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let tokens = self.tokens().map(|at| Token::new(py, &self.doc, at));
        Ok(PyTuple::new(py, tokens.collect::<Vec<_>>())?.try_iter()?.into_any())
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: Index<'py>) -> PyResult<Bound<'py, PyAny>> {
        Document::item(py, &self.doc, self.tokens(), index)
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
        Ok(format!("<{} {}>", slf.get_type().name()?, convert::repr(slf.py(), slf.get().text())))
    }

    fn __eq__(slf: &Bound<'_, Self>, other: &Bound<'_, Self>) -> bool {
        let (one, two) = (slf.get(), other.get());
        slf.get_type().is(other.get_type())
            && one.bytes == two.bytes
            && one.doc.get().same_article(two.doc.get())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.bytes, self.doc.get().article_hash()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "span", vec![self.start(), self.end()])
    }
}
