use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::OnceLock;

use chronique::Article;
use chronique::export::{self, Style};
use chronique::text::{CodePoints, Span as Bytes};
use pyo3::PyTypeInfo;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PySlice, PyTuple};

use crate::actor::Actor;
use crate::convert;
use crate::events::Events;
use crate::explanation::Explanation;
use crate::pickle::{Reduced, function, reduce};
use crate::pipeline::Pipeline;
use crate::place::Place;
use crate::span::Span;
use crate::time::Time;
use crate::token::Token;

/// What was read in one article.
///
/// A document is a sequence of its tokens: ``len(doc)``, ``doc[3]``, ``doc[2:5]`` (a :class:`Span`)
/// and iteration work. It is made by calling a :class:`Pipeline`, and never changes. Two documents are
/// equal when they are of the same article: text, date and id.
///
/// A pickle holds the article and the pipeline, and reads it again when it is loaded; to keep what
/// was read, store ``doc.to_json()``.
///
/// Attributes
/// ----------
/// text : str
///     The text that all offsets index: the title, a blank line and the text, if the title was given.
/// date : datetime.date or None
///     The day of publication.
/// id : str or None
///     The caller's key.
/// error : str or None
///     Why the article could not be read, under ``on_error="record"``.
/// sents : tuple of Span
///     The sentences.
/// blocks : tuple of Block
///     Which stretches of the page are article and which are debris.
/// places : tuple of Place
///     The place names, each with the place that it means.
/// times : tuple of Time
///     The time expressions with their values.
/// actors : tuple of Actor
///     Who is named.
/// events : Events
///     What happened.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Grève à Paris. Des combats ont éclaté à Goma.", date="2024-02-07")
/// >>> len(doc), doc[2].text
/// (11, 'Paris')
/// >>> [sent.text for sent in doc.sents]
/// ['Grève à Paris.', 'Des combats ont éclaté à Goma.']
/// >>> doc.date
/// datetime.date(2024, 2, 7)
#[pyclass(frozen, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) read: chronique::Document,
    pub(crate) points: CodePoints,
    nlp: Py<Pipeline>,
    error: Option<String>,
    hash: OnceLock<u64>,
}

/// What stands between the brackets of `doc[…]`.
#[derive(FromPyObject)]
pub(crate) enum Index<'py> {
    At(isize),
    Slice(Bound<'py, PySlice>),
}

impl Document {
    pub(crate) fn new<'py>(
        nlp: &Bound<'py, Pipeline>,
        read: chronique::Document,
    ) -> PyResult<Bound<'py, Document>> {
        Document::with_error(nlp, read, None)
    }

    /// The document of an article that could not be read: an empty text, and the reason.
    pub(crate) fn failed<'py>(
        nlp: &Bound<'py, Pipeline>,
        id: Option<String>,
        error: String,
    ) -> PyResult<Bound<'py, Document>> {
        let empty = Article::new("").expect("the empty text is short");
        let empty = if let Some(id) = id { empty.with_id(id) } else { empty };
        Document::with_error(nlp, nlp.get().pipeline.read(empty), Some(error))
    }

    fn with_error<'py>(
        nlp: &Bound<'py, Pipeline>,
        read: chronique::Document,
        error: Option<String>,
    ) -> PyResult<Bound<'py, Document>> {
        let points = CodePoints::new(read.text());
        let nlp_of = nlp.as_unbound().clone_ref(nlp.py());
        Bound::new(nlp.py(), Document { read, points, nlp: nlp_of, error, hash: OnceLock::new() })
    }

    /// Whether both are readings of the same article.
    pub(crate) fn same_article(&self, other: &Document) -> bool {
        let of = |doc: &Document| (doc.read.date(), doc.read.id().map(str::to_owned), doc.error.clone());
        std::ptr::eq(self, other) || (self.read.text() == other.read.text() && of(self) == of(other))
    }

    /// A hash of the article, reckoned once.
    pub(crate) fn article_hash(&self) -> u64 {
        *self.hash.get_or_init(|| {
            let mut hasher = DefaultHasher::new();
            (self.read.text().as_str(), self.read.date(), self.read.id()).hash(&mut hasher);
            hasher.finish()
        })
    }

    /// The token or the span at an index of a run of tokens.
    pub(crate) fn item<'py>(
        py: Python<'py>,
        doc: &Py<Document>,
        run: Range<u32>,
        index: Index<'py>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let length = run.len() as isize;
        match index {
            Index::At(at) => {
                let from_start = if at < 0 { at + length } else { at };
                if !(0..length).contains(&from_start) {
                    return Err(PyIndexError::new_err(format!("no token {at}: there are {length}")));
                }
                let at = run.start + u32::try_from(from_start).expect("below the number of tokens");
                Ok(Bound::new(py, Token::new(py, doc, at))?.into_any())
            }
            Index::Slice(slice) => {
                let indices = slice.indices(length)?;
                if indices.step != 1 {
                    let step = indices.step;
                    return Err(PyValueError::new_err(format!(
                        "a span is a run of tokens, so its step is 1, not {step}; for every other token write list(doc)[::{step}]"
                    )));
                }
                let start = run.start as usize + indices.start.unsigned_abs();
                let end = start + indices.slicelength;
                Ok(Bound::new(py, Span::new(py, doc, doc.get().bytes_of(start, end)))?.into_any())
            }
        }
    }

    /// The bytes from token `start` up to, not including, token `end`.
    fn bytes_of(&self, start: usize, end: usize) -> Bytes {
        let (tokens, text) = (self.read.tokens().as_slice(), self.read.text());
        match (tokens.get(start), start < end) {
            (Some(first), true) => first.span.cover(tokens[end - 1].span),
            (Some(first), false) => Bytes::new(first.span.start(), first.span.start()),
            (None, _) => Bytes::new(text.len(), text.len()),
        }
    }
}

#[pymethods]
impl Document {
    /// The text that all offsets index.
    #[getter]
    fn text(&self) -> &str {
        self.read.text().as_str()
    }

    /// The day of publication.
    #[getter]
    fn date<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.read.date().map(|day| convert::to_python_date(py, day)).transpose()
    }

    /// The caller's key.
    #[getter]
    fn id(&self) -> Option<&str> {
        self.read.id()
    }

    /// Why the article could not be read.
    #[getter]
    pub(crate) fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    /// The sentences.
    #[getter]
    fn sents<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let (py, doc) = (slf.py(), slf.as_unbound());
        let sentences = slf.get().read.tokens().sentences().iter();
        PyTuple::new(py, sentences.map(|sentence| Span::new(py, doc, sentence.span)).collect::<Vec<_>>())
    }

    /// Which stretches of the page are article and which are debris.
    #[getter]
    fn blocks<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        layer(slf, slf.get().read.blocks().len(), Block::new)
    }

    /// The place names, each with the place that it means.
    #[getter]
    fn places<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        layer(slf, slf.get().read.places().len(), Place::new)
    }

    /// The time expressions with their values.
    #[getter]
    fn times<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        layer(slf, slf.get().read.times().len(), Time::new)
    }

    /// Who is named.
    #[getter]
    fn actors<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
        let new = |py, doc: &Py<Document>, at| Bound::new(py, Actor::new(py, doc, at));
        layer(slf, slf.get().read.actors().as_slice().len(), new)
    }

    /// What happened.
    #[getter]
    fn events(slf: &Bound<'_, Self>) -> Events {
        Events::of_document(slf.as_unbound().clone_ref(slf.py()))
    }

    /// The span from code point ``start`` up to, not including, code point ``end``.
    ///
    /// Parameters
    /// ----------
    /// start, end : int
    ///     Unicode code points of ``text``, as ``text[start:end]`` counts them; not negative.
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     If ``start > end``, or if ``end`` lies beyond the text.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("Grève à Évian.")
    /// >>> doc.char_span(8, 13).text
    /// 'Évian'
    pub(crate) fn char_span<'py>(slf: &Bound<'py, Self>, start: u32, end: u32) -> PyResult<Bound<'py, Span>> {
        let points = &slf.get().points;
        match (points.to_byte(start), points.to_byte(end)) {
            (Some(from), Some(to)) if from <= to => {
                Bound::new(slf.py(), Span::new(slf.py(), slf.as_unbound(), Bytes::new(from, to)))
            }
            _ => Err(PyValueError::new_err(format!(
                "no span from {start} to {end}: the text has {} code points",
                points.total()
            ))),
        }
    }

    /// How each event, place and time was read and why; what was rejected and why.
    ///
    /// The same that ``chronique explain`` writes.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.")
    /// >>> "Goma" in str(doc.explain())
    /// True
    fn explain(&self) -> Explanation {
        Explanation(export::explain(&self.read, Style::Plain))
    }

    /// The document as the output contract writes it: a ``dict`` of plain values.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> sorted(chronique.Pipeline()("").to_dict())
    /// ['actors', 'blocks', 'date', 'events', 'id', 'places', 'times']
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.getattr("loads")?.call1((self.to_json(),))
    }

    /// The document as one line of JSON, the same that ``chronique read --format jsonl`` writes.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> chronique.Pipeline()("", date="2024-02-07", id="vide").to_json()
    /// '{"id":"vide","date":"2024-02-07","blocks":[],"places":[],"times":[],"actors":[],"events":[]}'
    fn to_json(&self) -> String {
        export::to_json(&self.read)
    }

    /// The document as HTML: its text with events, actors, places and times marked, and a card for each
    /// event, who → what → whom.
    ///
    /// Parameters
    /// ----------
    /// page : bool
    ///     Whether to give a whole page, which shows well on light and dark ground, in place of a
    ///     fragment for a page of yours.
    ///
    /// Returns
    /// -------
    /// str
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.")
    /// >>> "bombardé" in doc.render()
    /// True
    /// >>> doc.render(page=True).startswith("<!doctype html>")
    /// True
    #[pyo3(signature = (*, page = false))]
    fn render(&self, page: bool) -> String {
        if page { export::html_page(&self.read) } else { export::html(&self.read) }
    }

    /// The document as notebooks show it.
    fn _repr_html_(&self) -> String {
        export::html(&self.read)
    }

    fn __len__(&self) -> usize {
        self.read.tokens().len()
    }

    fn __bool__(&self) -> bool {
        !self.read.text().is_empty()
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        let new = |py, doc: &Py<Document>, at| Bound::new(py, Token::new(py, doc, at));
        Ok(layer(slf, slf.get().__len__(), new)?.try_iter()?.into_any())
    }

    fn __getitem__<'py>(slf: &Bound<'py, Self>, index: Index<'py>) -> PyResult<Bound<'py, PyAny>> {
        let end = u32::try_from(slf.get().__len__()).expect("a text has at most u32::MAX tokens");
        Document::item(slf.py(), slf.as_unbound(), 0..end, index)
    }

    fn __str__(&self) -> &str {
        self.text()
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let key = self.read.id().map(|id| format!(" {}", convert::repr(py, id))).unwrap_or_default();
        if let Some(error) = &self.error {
            return format!("<Document{key}: {error}>");
        }
        let date = self.read.date().map(|date| format!(" {date}")).unwrap_or_default();
        let count = |n: usize, what| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        format!(
            "<Document{key}{date}: {}, {}, {}>",
            count(self.read.tokens().sentences().len(), "sentence"),
            count(self.read.tokens().len(), "token"),
            count(self.read.events().len(), "event")
        )
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        self.same_article(other.get())
    }

    fn __hash__(&self) -> u64 {
        self.article_hash()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let (id, date) = (self.read.id(), self.read.date().map(|date| date.to_string()));
        let version = env!("CARGO_PKG_VERSION");
        match &self.error {
            None => Ok((
                function(py, "_document")?,
                (&self.nlp, version, self.text(), date, id).into_pyobject(py)?,
            )),
            Some(error) => Ok((function(py, "_failed")?, (&self.nlp, id, error).into_pyobject(py)?)),
        }
    }
}

/// All views of a layer of `length` items.
fn layer<'py, T: PyTypeInfo>(
    doc: &Bound<'py, Document>,
    length: usize,
    new: impl Fn(Python<'py>, &Py<Document>, u32) -> PyResult<Bound<'py, T>>,
) -> PyResult<Bound<'py, PyTuple>> {
    let length = u32::try_from(length).expect("a text has at most u32::MAX bytes");
    let views = (0..length).map(|at| new(doc.py(), doc.as_unbound(), at)).collect::<PyResult<Vec<_>>>()?;
    PyTuple::new(doc.py(), views)
}

/// A stretch of the page that is article or debris.
///
/// Attributes
/// ----------
/// kind : str
///     ``"title"``, ``"body"``, ``"caption"``, ``"credit"``, ``"ad"``, ``"related"``, ``"share"``,
///     ``"newsletter"``, ``"byline"``, ``"repeat"`` (the headline again) or ``"other"``.
/// is_debris : bool
///     Whether it is anything but title and body.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> doc = chronique.Pipeline()("Grève à Paris.\n\nPublicité\n\nDes combats ont éclaté à Goma.")
/// >>> [(block.kind, block.text) for block in doc.blocks if block.is_debris]
/// [('ad', 'Publicité')]
#[pyclass(frozen, extends = Span, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Block {
    doc: Py<Document>,
    at: u32,
}

impl Block {
    pub(crate) fn new<'py>(py: Python<'py>, doc: &Py<Document>, at: u32) -> PyResult<Bound<'py, Block>> {
        let span = Span::new(py, doc, doc.get().read.blocks()[at as usize].span);
        let block = Block { doc: doc.clone_ref(py), at };
        Bound::new(py, PyClassInitializer::from(span).add_subclass(block))
    }
}

#[pymethods]
impl Block {
    /// What it is.
    #[getter]
    fn kind(&self) -> &'static str {
        self.doc.get().read.blocks()[self.at as usize].kind.as_str()
    }

    /// Whether it is anything but title and body.
    #[getter]
    fn is_debris(&self) -> bool {
        self.doc.get().read.blocks()[self.at as usize].kind.is_debris()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "block", vec![self.at])
    }
}
