//! Pickling: a document is stored as its article and its pipeline, and read again when it is loaded.
//!
//! Reading is deterministic, so the same version gives the same document; another version is
//! refused. A view is stored as its document, the name of a layer and its indices there.

use chronique::Article;
use chronique::export::Failure;
use chronique::times::DateError;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::actor::{Actor, ActorMention};
use crate::document::{Block, Document};
use crate::event::Event;
use crate::events::Events;
use crate::mention::{Attribution, EventMention, Participant};
use crate::pipeline::Pipeline;
use crate::place::Place;
use crate::progress::Progress;
use crate::table::Table;
use crate::time::Time;
use crate::token::Token;

/// What `__reduce__` returns: a function of this module and its arguments.
pub(crate) type Reduced<'py> = (Bound<'py, PyAny>, Bound<'py, PyTuple>);

/// A function of this module, by its name.
pub(crate) fn function<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("chronique._chronique")?.getattr(name)
}

/// The reduction of a view.
pub(crate) fn reduce<'py>(
    py: Python<'py>,
    doc: &Py<Document>,
    layer: &str,
    at: Vec<u32>,
) -> PyResult<Reduced<'py>> {
    Ok((function(py, "_view")?, (doc, layer, at).into_pyobject(py)?))
}

/// Reads a pickled document again.
#[pyfunction]
pub(crate) fn _document<'py>(
    nlp: &Bound<'py, Pipeline>,
    version: &str,
    text: &Bound<'py, PyAny>,
    date: Option<&Bound<'py, PyAny>>,
    id: Option<&Bound<'py, PyAny>>,
) -> PyResult<Bound<'py, Document>> {
    same(version)?;
    Pipeline::__call__(nlp, text, date, None, id)
}

/// Another version may read another document in the same article.
fn same(version: &str) -> PyResult<()> {
    let this = env!("CARGO_PKG_VERSION");
    if version == this {
        return Ok(());
    }
    Err(PyValueError::new_err(format!(
        "this was pickled by chronique {version}, and this is chronique {this}: read its article again; \
         to keep what a version made of it, store doc.to_json() or a table of its events"
    )))
}

/// Some events of a document.
#[pyfunction]
pub(crate) fn _events_of(doc: &Bound<'_, Document>, picked: Vec<u32>, with_errors: bool) -> PyResult<Events> {
    Events::of_document(doc.as_unbound().clone_ref(doc.py())).restored(doc.py(), picked, with_errors)
}

/// An article of a pickled table: its text, date, id and error.
type Pickled = (Option<String>, Option<String>, Option<String>, Option<String>);

/// Reads the events of a pickled table again.
#[pyfunction]
pub(crate) fn _events(
    nlp: &Bound<'_, Pipeline>,
    version: &str,
    articles: Vec<Pickled>,
    picked: Vec<u32>,
    with_errors: bool,
) -> PyResult<Events> {
    same(version)?;
    let damaged =
        |error: &dyn std::fmt::Display| PyValueError::new_err(format!("this pickle is damaged: {error}"));
    let article = |(text, date, id, error): Pickled| match (text, error) {
        (Some(text), _) => {
            let article = Article::new(text).map_err(|error| damaged(&error))?;
            let date =
                date.map(|date| date.parse()).transpose().map_err(|error: DateError| damaged(&error))?;
            let article = article.with_date(date);
            Ok(Ok(if let Some(id) = id { article.with_id(id) } else { article }))
        }
        (None, error) => Ok(Err(Failure { id, error: error.unwrap_or_default() })),
    };
    let articles = articles.into_iter().map(article).collect::<PyResult<Vec<_>>>()?;
    let mut table = Table::new(nlp);
    table.read(nlp.py(), articles, &mut Progress::Silent)?;
    Events::of_table(table).restored(nlp.py(), picked, with_errors)
}

/// A pickled document that stands for an article that could not be read.
#[pyfunction]
pub(crate) fn _failed<'py>(
    nlp: &Bound<'py, Pipeline>,
    id: Option<String>,
    error: String,
) -> PyResult<Bound<'py, Document>> {
    Document::failed(nlp, id, error)
}

/// A view of a document by its layer and indices.
#[pyfunction]
pub(crate) fn _view<'py>(
    doc: &Bound<'py, Document>,
    layer: &str,
    at: Vec<u32>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = doc.py();
    let doc = doc.as_unbound();
    let read = &doc.get().read;
    let below = |at: u32, length: usize| (at as usize) < length;
    Ok(match (layer, &at[..]) {
        ("span", &[start, end]) => Document::char_span(doc.bind(py), start, end)?.into_any(),
        ("token", &[at]) if below(at, read.tokens().len()) => {
            Bound::new(py, Token::new(py, doc, at))?.into_any()
        }
        ("block", &[at]) if below(at, read.blocks().len()) => Block::new(py, doc, at)?.into_any(),
        ("place", &[at]) if below(at, read.places().len()) => Place::new(py, doc, at)?.into_any(),
        ("time", &[at]) if below(at, read.times().len()) => Time::new(py, doc, at)?.into_any(),
        ("actor", &[at]) if below(at, read.actors().as_slice().len()) => {
            Bound::new(py, Actor::new(py, doc, at))?.into_any()
        }
        ("actor mention", &[at]) if below(at, read.actors().mentions().len()) => {
            ActorMention::new(py, doc, at)?.into_any()
        }
        ("event", &[at]) if below(at, read.events().len()) => {
            Bound::new(py, Event::new(py, doc, at))?.into_any()
        }
        ("mention", &[event, at]) => EventMention::checked(py, doc, event, at)?.into_any(),
        ("actors" | "recipients", &[event, at, n]) => {
            Participant::checked(py, doc, (event, at), layer == "actors", n)?.into_any()
        }
        ("attribution", &[event, at]) => Attribution::checked(py, doc, event, at)?.into_any(),
        _ => return Err(PyValueError::new_err(format!("this pickle is damaged: no {layer} {at:?}"))),
    })
}
