use std::borrow::Cow;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;

use chronique::arrow::{record_batch, schema};
use chronique::export::{self, EventRow, Failure};
use pyo3::exceptions::{PyImportError, PyIndexError, PyOSError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyIterator, PySlice, PyTuple};

use crate::document::Document;
use crate::drawing::Drawing;
use crate::event::Event;
use crate::pickle::{Reduced, function};
use crate::stream;
use crate::table::{Row, Table};

/// The events of a document, or of a table of articles.
///
/// It is a sequence of :class:`Event` (``len(events)``, ``events[0]``, ``events[2:5]``, iteration), and an
/// Arrow stream with one row an event: ``polars.DataFrame(events)``, ``pyarrow.table(events)``,
/// ``pandas.DataFrame.from_arrow(events)`` and ``from events`` in duckdb work as they are.
///
/// Of a table the articles are kept, not their documents: an event that is asked for is read again.
/// An article that could not be read is no event, but has a row in the stream, with its ``error``.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma. Un accord a été signé à Nairobi.")
/// >>> doc.events
/// <Events: 2 events>
/// >>> [event.type for event in doc.events]
/// ['ASSAULT', 'SUPPORT']
/// >>> doc.events.filter(country="CD")[0]
/// <Event e1 ASSAULT armée → Goma, Goma>
#[pyclass(frozen, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Events {
    source: Source,
    /// The rows of the source that are events of this sequence, in order.
    picked: Vec<u32>,
    /// Whether the rows of articles that could not be read go along.
    with_errors: bool,
}

#[derive(Debug)]
enum Source {
    Document(Py<Document>),
    Table(Arc<Table>),
}

/// One value of a column, or several.
#[derive(FromPyObject)]
pub(crate) enum OneOf {
    One(String),
    Some(Vec<String>),
}

impl OneOf {
    fn holds(&self, value: Option<&str>) -> bool {
        let Some(value) = value else { return false };
        match self {
            OneOf::One(one) => one == value,
            OneOf::Some(some) => some.iter().any(|one| one == value),
        }
    }
}

/// An index of a sequence, or a slice.
#[derive(FromPyObject)]
pub(crate) enum At<'py> {
    One(isize),
    Slice(Bound<'py, PySlice>),
}

impl Events {
    pub(crate) fn of_document(doc: Py<Document>) -> Events {
        let number = u32::try_from(doc.get().read.events().len()).expect("a text has at most u32::MAX words");
        Events { source: Source::Document(doc), picked: (0..number).collect(), with_errors: true }
    }

    pub(crate) fn of_table(table: Table) -> Events {
        let events = table.rows.iter().zip(0..).filter(|(row, _)| row.is_ok());
        let picked = events.map(|(_, at)| at).collect();
        Events { source: Source::Table(Arc::new(table)), picked, with_errors: true }
    }

    /// The same source with other events of it.
    fn with(&self, py: Python<'_>, picked: Vec<u32>) -> Events {
        let source = match &self.source {
            Source::Document(doc) => Source::Document(doc.clone_ref(py)),
            Source::Table(table) => Source::Table(table.clone()),
        };
        Events { source, picked, with_errors: false }
    }

    /// The rows of the stream.
    fn rows(&self) -> Cow<'_, [Row]> {
        let all: Cow<'_, [Row]> = match &self.source {
            Source::Table(table) => Cow::Borrowed(&table.rows),
            Source::Document(doc) => {
                let doc = doc.get();
                let failure = doc.error().map(|error| {
                    Err(Failure { id: doc.read.id().map(str::to_owned), error: error.to_owned() })
                });
                Cow::Owned(failure.into_iter().chain(export::rows(&doc.read).into_iter().map(Ok)).collect())
            }
        };
        if self.with_errors {
            return all;
        }
        self.picked.iter().map(|&at| all[at as usize].clone()).collect()
    }

    /// The rows that are events.
    fn event_rows(&self) -> Vec<EventRow> {
        self.rows().iter().filter_map(|row| row.as_ref().ok().cloned()).collect()
    }

    fn event(&self, py: Python<'_>, at: usize) -> PyResult<Event> {
        let row = self.picked[at];
        Ok(match &self.source {
            Source::Document(doc) => Event::new(py, doc, row),
            Source::Table(table) => {
                let (doc, event) = table.document(py, row as usize)?;
                Event::new(py, &doc, event)
            }
        })
    }
}

/// Text that is returned, and written to a file if one is named.
fn text(path: Option<PathBuf>, text: String) -> PyResult<String> {
    if let Some(path) = path {
        fs::write(&path, &text).map_err(|error| {
            PyOSError::new_err((error.raw_os_error(), error.to_string(), path.display().to_string()))
        })?;
    }
    Ok(text)
}

/// A Python package that only some calls need.
fn package<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
    py.import(name).map_err(|error| {
        if !error.is_instance_of::<PyImportError>(py) {
            return error;
        }
        PyImportError::new_err(format!("this needs {name}: install it with `pip install {name}`"))
    })
}

#[pymethods]
impl Events {
    /// The articles that could not be read, under ``on_error="record"``: their ids and what is wrong.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> chronique.Pipeline()("Grève à Paris.").events.errors
    /// ()
    #[getter]
    fn errors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let rows = self.rows();
        let failures = rows.iter().filter_map(|row| row.as_ref().err());
        let pairs = failures.map(|failure| (failure.id.clone(), failure.error.clone()));
        PyTuple::new(py, pairs.collect::<Vec<_>>())
    }

    /// The events that have one of the given values in each of the given columns.
    ///
    /// Parameters
    /// ----------
    /// type, mode, status, place, country : str or sequence of str, optional
    ///     Values as in the table: a PLOVER type or mode, a status, the place's usual French name, its
    ///     ISO 3166-1 alpha-2 country.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma. Un accord a été signé à Nairobi.")
    /// >>> doc.events.filter(type=["ASSAULT", "COERCE"], status="actual")
    /// <Events: 1 event>
    #[pyo3(signature = (*, r#type = None, mode = None, status = None, place = None, country = None))]
    fn filter(
        &self,
        py: Python<'_>,
        r#type: Option<OneOf>,
        mode: Option<OneOf>,
        status: Option<OneOf>,
        place: Option<OneOf>,
        country: Option<OneOf>,
    ) -> Events {
        let holds = |row: &EventRow| {
            let columns = [
                (&r#type, Some(row.event_type)),
                (&mode, row.mode),
                (&status, Some(row.status)),
                (&place, row.place.as_deref()),
                (&country, row.country.as_deref()),
            ];
            columns.iter().all(|(wanted, value)| wanted.as_ref().is_none_or(|wanted| wanted.holds(*value)))
        };
        let rows = self.event_rows();
        let kept = self.picked.iter().zip(&rows).filter(|(_, row)| holds(row)).map(|(&at, _)| at);
        self.with(py, kept.collect())
    }

    /// The events as a polars ``DataFrame``.
    ///
    /// Examples
    /// --------
    /// >>> import polars
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.", date="2024-02-07")
    /// >>> doc.events.to_polars()["actor_codes"].to_list()
    /// [['MIL']]
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        package(slf.py(), "polars")?.getattr("DataFrame")?.call1((slf,))
    }

    /// The events as a pandas ``DataFrame``; days are ``datetime.date``, lists are arrays.
    ///
    /// Examples
    /// --------
    /// >>> import pandas, pyarrow
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.", date="2024-02-07")
    /// >>> list(doc.events.to_pandas()["place"])
    /// ['Goma']
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        package(slf.py(), "pandas")?;
        package(slf.py(), "pyarrow")?.call_method1("table", (slf,))?.call_method0("to_pandas")
    }

    /// The events as a pyarrow ``Table``.
    ///
    /// Examples
    /// --------
    /// >>> import pyarrow
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.", date="2024-02-07")
    /// >>> doc.events.to_arrow().num_rows
    /// 1
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        package(slf.py(), "pyarrow")?.call_method1("table", (slf,))
    }

    /// The events as CSV with a header line; also written to ``path`` if one is given.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.", date="2024-02-07")
    /// >>> doc.events.to_csv().splitlines()[1].split(",")[2:5]
    /// ['ASSAULT', '', 'actual']
    #[pyo3(signature = (path = None))]
    fn to_csv(&self, path: Option<PathBuf>) -> PyResult<String> {
        text(path, export::csv_header() + &export::rows_to_csv(&self.rows()))
    }

    /// The events as PLOVER records, one JSON object a line; also written to ``path`` if one is given.
    ///
    /// The codebook's reductions apply: cooperation to come is AGREE, a retreat to come is CONCEDE.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("La France livrera demain des armes à l’Ukraine.", date="2024-02-07")
    /// >>> [json.loads(line)["event"] for line in doc.events.to_plover().splitlines()]
    /// [['AGREE']]
    #[pyo3(signature = (path = None))]
    fn to_plover(&self, path: Option<PathBuf>) -> PyResult<String> {
        text(path, export::rows_to_plover(&self.event_rows()))
    }

    /// The events that ACLED would count as CSV in its columns; also written to ``path`` if one is given.
    ///
    /// What did not take place, and what participants do not tell apart, has no type in ACLED and is
    /// left out.
    ///
    /// Examples
    /// --------
    /// >>> import csv
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("Des rebelles ont attaqué des civils à Goma, faisant dix morts.", date="2024-02-07")
    /// >>> for row in csv.DictReader(doc.events.to_acled().splitlines()):
    /// ...     print(row["event_type"], row["sub_event_type"], row["fatalities"], sep=" / ")
    /// Violence against civilians / Attack / 10
    #[pyo3(signature = (path = None))]
    fn to_acled(&self, path: Option<PathBuf>) -> PyResult<String> {
        text(path, export::acled_header() + &export::rows_to_acled(&self.event_rows()))
    }

    /// The events that have a point as a GeoJSON ``FeatureCollection`` (RFC 7946); also written to
    /// ``path`` if one is given.
    ///
    /// Examples
    /// --------
    /// >>> import json
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.", date="2024-02-07")
    /// >>> json.loads(doc.events.to_geojson())["features"][0]["geometry"]["type"]
    /// 'Point'
    #[pyo3(signature = (path = None))]
    fn to_geojson(&self, path: Option<PathBuf>) -> PyResult<String> {
        text(path, export::rows_to_geojson(&self.event_rows()))
    }

    /// The events as GeoJSON in plain values: what geopandas, shapely and folium take.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> chronique.Pipeline()("Grève à Paris.").events.__geo_interface__["type"]
    /// 'FeatureCollection'
    #[getter]
    fn __geo_interface__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.getattr("loads")?.call1((self.to_geojson(None)?,))
    }

    /// The events on a map: a disc for each place, as large as it has events, divided by quad class.
    ///
    /// The outlines are Natural Earth's and part of the package: nothing is fetched. They show the borders
    /// that hold on the ground and take no position; disputed ones are dashed.
    ///
    /// Parameters
    /// ----------
    /// width : int
    ///     In pixels.
    ///
    /// Returns
    /// -------
    /// Drawing
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma. Des combats ont éclaté à Beni.")
    /// >>> doc.events.map()
    /// <Drawing Map: 2 events at 2 places>
    #[pyo3(signature = (*, width = 900))]
    fn map(&self, py: Python<'_>, width: u32) -> Drawing {
        let rows = self.event_rows();
        Drawing(py.detach(|| export::rows_to_map(&rows, width)))
    }

    /// The events along time: counts by day, week, month or year, and a lane for each type.
    ///
    /// What is dated to no finer than a month or a year stands as a pale bar over all of it. Events
    /// without a date, and the few far from all others, are counted below.
    ///
    /// Parameters
    /// ----------
    /// width : int
    ///     In pixels.
    ///
    /// Returns
    /// -------
    /// Drawing
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma mardi.", date="2024-02-07")
    /// >>> doc.events.timeline()
    /// <Drawing Timeline: 1 dated event>
    #[pyo3(signature = (*, width = 900))]
    fn timeline(&self, py: Python<'_>, width: u32) -> Drawing {
        let rows = self.event_rows();
        Drawing(py.detach(|| export::rows_to_timeline(&rows, width)))
    }

    /// A capsule with the events as an Arrow stream, by the PyCapsule interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface leaves it to the producer whether it casts: it does not.
        let _ = requested_schema;
        let rows = self.rows();
        let batch = py.detach(|| record_batch(&rows));
        stream::export(py, schema(), vec![batch])
    }

    fn __len__(&self) -> usize {
        self.picked.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: At<'py>) -> PyResult<Bound<'py, PyAny>> {
        let length = self.picked.len() as isize;
        match index {
            At::One(at) => {
                let from_start = if at < 0 { at + length } else { at };
                if !(0..length).contains(&from_start) {
                    return Err(PyIndexError::new_err(format!("no event {at}: there are {length}")));
                }
                Ok(Bound::new(py, self.event(py, from_start.unsigned_abs())?)?.into_any())
            }
            At::Slice(slice) => {
                let indices = slice.indices(length)?;
                let at = |n: usize| (indices.start + n as isize * indices.step).unsigned_abs();
                let picked = (0..indices.slicelength).map(|n| self.picked[at(n)]).collect();
                Ok(Bound::new(py, self.with(py, picked))?.into_any())
            }
        }
    }

    fn __iter__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyIterator>> {
        let builtins = slf.py().import("builtins")?;
        let indices = builtins.getattr("range")?.call1((slf.get().__len__(),))?;
        builtins.getattr("map")?.call1((slf.getattr("__getitem__")?, indices))?.try_iter()
    }

    fn __repr__(&self) -> String {
        let number = self.picked.len();
        let errors = self.rows().iter().filter(|row| row.is_err()).count();
        let count = |n: usize, what| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let errors = if errors == 0 { String::new() } else { format!(", {}", count(errors, "error")) };
        format!("<Events: {}{errors}>", count(number, "event"))
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        let other = other.get();
        match (&self.source, &other.source) {
            (Source::Document(one), Source::Document(two)) => {
                self.picked == other.picked && one.get().same_article(two.get())
            }
            _ => self.rows() == other.rows(),
        }
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for row in &self.event_rows() {
            (&row.doc_id, &row.event_id, &row.rule, row.trigger_at.start).hash(&mut hasher);
        }
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let picked = &self.picked;
        match &self.source {
            Source::Document(doc) => {
                Ok((function(py, "_events_of")?, (doc, picked.clone(), self.with_errors).into_pyobject(py)?))
            }
            Source::Table(table) => {
                let article = |article: &Result<chronique::Article, Failure>| match article {
                    Ok(one) => {
                        let date = one.date().map(|date| date.to_string());
                        (Some(one.text().as_str().to_owned()), date, one.id().map(str::to_owned), None)
                    }
                    Err(failure) => (None, None, failure.id.clone(), Some(failure.error.clone())),
                };
                let articles: Vec<_> = table.articles.iter().map(article).collect();
                Ok((
                    function(py, "_events")?,
                    (&table.nlp, env!("CARGO_PKG_VERSION"), articles, picked.clone(), self.with_errors)
                        .into_pyobject(py)?,
                ))
            }
        }
    }
}

impl Events {
    /// The events of a pickle, by the rows that were picked.
    pub(crate) fn restored(self, py: Python<'_>, picked: Vec<u32>, with_errors: bool) -> PyResult<Events> {
        if !picked.iter().all(|at| self.picked.binary_search(at).is_ok()) {
            let message = "this pickle is damaged: its articles have no such events";
            return Err(pyo3::exceptions::PyValueError::new_err(message));
        }
        Ok(Events { with_errors, ..self.with(py, picked) })
    }
}
