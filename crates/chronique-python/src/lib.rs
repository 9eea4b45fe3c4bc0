//! The extension module `chronique._chronique`: conversions and nothing else.
//!
//! Every class is frozen. A [`document::Document`] owns what was read; everything else is a view of
//! it: a reference to the document and an index into one of its layers. Offsets are turned from
//! bytes to Unicode code points here, and only here.

mod actor;
mod convert;
mod document;
mod drawing;
mod event;
mod events;
mod explanation;
mod mention;
mod pickle;
mod pipe;
mod pipeline;
mod place;
mod progress;
mod span;
mod stream;
mod table;
mod time;
mod token;

use pyo3::prelude::*;

pyo3::create_exception!(
    chronique,
    DataError,
    pyo3::exceptions::PyValueError,
    r#"A data file that can't be read: the message names the file, the line and what to do.

Examples
--------
>>> import chronique
>>> try:
...     chronique.Pipeline(places=[{"name": "Colline 402", "lat": "nord", "lon": 29.2}])
... except chronique.DataError as error:
...     print(error)
places: line 2...
"#
);

#[pymodule(gil_used = false)]
mod _chronique {
    #[pymodule_export]
    use super::DataError;
    #[pymodule_export]
    use super::actor::{Actor, ActorMention};
    #[pymodule_export]
    use super::document::{Block, Document};
    #[pymodule_export]
    use super::drawing::Drawing;
    #[pymodule_export]
    use super::event::Event;
    #[pymodule_export]
    use super::events::Events;
    #[pymodule_export]
    use super::explanation::Explanation;
    #[pymodule_export]
    use super::mention::{Attribution, EventMention, Participant};
    #[pymodule_export]
    use super::pickle::{_document, _events, _events_of, _failed, _view};
    #[pymodule_export]
    use super::pipe::Documents;
    #[pymodule_export]
    use super::pipeline::{_pipeline, Pipeline, extract_table};
    #[pymodule_export]
    use super::place::Place;
    #[pymodule_export]
    use super::span::Span;
    #[pymodule_export]
    use super::table::Batches;
    #[pymodule_export]
    use super::time::Time;
    #[pymodule_export]
    use super::token::Token;

    #[pymodule_init]
    fn version(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
