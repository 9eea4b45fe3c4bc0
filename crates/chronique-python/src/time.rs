use chronique::times::TimeExpression;
use pyo3::prelude::*;
use pyo3::types::PyDate;

use crate::convert;
use crate::document::Document;
use crate::pickle::{Reduced, reduce};
use crate::span::Span;

/// A time expression in a text, and its value.
///
/// Attributes
/// ----------
/// kind : str
///     ``"date"``, ``"time"``, ``"duration"`` or ``"set"``, as in TIMEX3.
/// value : str
///     Its TIMEX3 value: ``"2023-09-19"``, ``"2023-W38"``, ``"P2M"``; ``"XXXX-WXX-2"`` for *mardi* in
///     an article without a date.
/// first, last : datetime.date or None
///     The first and the last day that the value covers; ``None`` for durations, sets and values
///     that fix no day.
/// reason : str
///     The rule that found it, and what fixed the value.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> time = doc.times[0]
/// >>> time.text, time.kind, time.value, time.first
/// ('mardi', 'date', '2024-02-06', datetime.date(2024, 2, 6))
#[pyclass(frozen, extends = Span, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Time {
    doc: Py<Document>,
    at: u32,
}

impl Time {
    pub(crate) fn new<'py>(py: Python<'py>, doc: &Py<Document>, at: u32) -> PyResult<Bound<'py, Time>> {
        let span = Span::new(py, doc, doc.get().read.times()[at as usize].span);
        let time = Time { doc: doc.clone_ref(py), at };
        Bound::new(py, PyClassInitializer::from(span).add_subclass(time))
    }

    fn time(&self) -> &TimeExpression {
        &self.doc.get().read.times()[self.at as usize]
    }
}

#[pymethods]
impl Time {
    /// Its kind, as in TIMEX3.
    #[getter]
    fn kind(&self) -> &'static str {
        self.time().kind.as_str()
    }

    /// Its TIMEX3 value.
    #[getter]
    fn value(&self) -> String {
        self.time().value.to_string()
    }

    /// The first day that the value covers.
    #[getter]
    fn first<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.time().value.days().map(|(first, _)| convert::to_python_date(py, first)).transpose()
    }

    /// The last day that the value covers.
    #[getter]
    fn last<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyDate>>> {
        self.time().value.days().map(|(_, last)| convert::to_python_date(py, last)).transpose()
    }

    /// The rule that found it, and what fixed the value.
    #[getter]
    fn reason(&self) -> String {
        self.time().reason.to_string()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> String {
        let text = convert::repr(slf.py(), slf.as_super().get().text());
        format!("<Time {text} {}>", slf.get().value())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "time", vec![self.at])
    }
}
