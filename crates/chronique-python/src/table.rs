//! Tables of articles, read into tables of events.

use std::sync::Mutex;

use arrow_array::RecordBatchReader;
use arrow_schema::DataType;
use chronique::Article;
use chronique::arrow::{Columns, TableError, schema};
use chronique::export::{self, EventRow, Failure};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};

use crate::document::Document;
use crate::events::Events;
use crate::pipe::{BYTES_A_LOOK, OnError};
use crate::pipeline::Pipeline;
use crate::progress::Progress;
use crate::stream;

/// A row: an event, or an article that could not be read.
pub(crate) type Row = Result<EventRow, Failure>;

/// The events of many articles.
///
/// It keeps the articles that have any, not their documents, which are thirty times as large:
/// [`Table::document`] reads an article again, which gives the same document.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) nlp: Py<Pipeline>,
    /// The articles with events, and those that could not be read, in their order.
    pub(crate) articles: Vec<Result<Article, Failure>>,
    pub(crate) rows: Vec<Row>,
    /// For each row the article and the event in it.
    pub(crate) places: Vec<(u32, u32)>,
    /// The document that was asked for last.
    last: Mutex<Option<(u32, Py<Document>)>>,
}

impl Table {
    pub(crate) fn new(nlp: &Bound<'_, Pipeline>) -> Table {
        let nlp = nlp.as_unbound().clone_ref(nlp.py());
        Table { nlp, articles: Vec::new(), rows: Vec::new(), places: Vec::new(), last: Mutex::new(None) }
    }

    /// Reads articles on the pipeline's threads, a few at a time so that Ctrl-C is heard.
    pub(crate) fn read(
        &mut self,
        py: Python<'_>,
        articles: Vec<Result<Article, Failure>>,
        progress: &mut Progress,
    ) -> PyResult<()> {
        let pipeline = self.nlp.get().pipeline.clone();
        let most = BYTES_A_LOOK * pipeline.jobs();
        let mut articles = articles.into_iter().peekable();
        while articles.peek().is_some() {
            let (mut length, mut some) = (0, Vec::new());
            while let Some(article) = articles.next_if(|_| length < most) {
                length += article.as_ref().map_or(0, |article| article.text().len() as usize);
                some.push(article);
            }
            let number = some.len();
            // Documents are dropped where they were made: the threads share that work too.
            let read = |article: Result<Article, Failure>| {
                let rows: Vec<Row> = match &article {
                    Ok(article) => {
                        export::rows(&pipeline.read(article.clone())).into_iter().map(Ok).collect()
                    }
                    Err(failure) => vec![Err(failure.clone())],
                };
                (article, rows)
            };
            let read = py.detach(|| pipeline.map_all(some, read));
            py.check_signals()?;
            for (article, rows) in read {
                if !rows.is_empty() {
                    self.push(article, rows);
                }
            }
            progress.advance(py, number)?;
        }
        Ok(())
    }

    pub(crate) fn push(&mut self, article: Result<Article, Failure>, rows: Vec<Row>) {
        let at = u32::try_from(self.articles.len()).expect("fewer than 4 billion articles");
        self.articles.push(article);
        for (row, event) in rows.into_iter().zip(0..) {
            self.rows.push(row);
            self.places.push((at, event));
        }
    }

    /// The document of a row, read again, and the event in it.
    pub(crate) fn document(&self, py: Python<'_>, row: usize) -> PyResult<(Py<Document>, u32)> {
        let (at, event) = self.places[row];
        let held = |last: &Option<(u32, Py<Document>)>| match last {
            Some((article, doc)) if *article == at => Some(doc.clone_ref(py)),
            _ => None,
        };
        if let Some(doc) = held(&self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner)) {
            return Ok((doc, event));
        }
        let article = self.articles[at as usize].clone().map_err(|failure| error(&failure))?;
        let pipeline = self.nlp.get().pipeline.clone();
        let doc = Document::new(self.nlp.bind(py), py.detach(|| pipeline.read(article)))?.unbind();
        *self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some((at, doc.clone_ref(py)));
        Ok((doc, event))
    }
}

pub(crate) fn error(failure: &Failure) -> PyErr {
    PyValueError::new_err(failure.error.clone())
}

/// What of a table is read, and how.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) columns: Columns,
    pub(crate) on_error: OnError,
    pub(crate) progress: bool,
}

impl Options {
    /// Reads a table of articles.
    pub(crate) fn extract(&self, nlp: &Bound<'_, Pipeline>, data: &Bound<'_, PyAny>) -> PyResult<Events> {
        let py = nlp.py();
        let reader = stream::import(data)?;
        let wrong = |error: TableError| PyValueError::new_err(error.to_string());
        let found = self.columns.find(&reader.schema()).map_err(wrong)?;
        let mut table = Table::new(nlp);
        let mut progress = Progress::new(py, self.progress, data.len().ok())?;
        let mut first = 0;
        for batch in reader {
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            let mut articles = py.detach(|| found.articles(&batch, first, |row| row.to_string()));
            first += articles.len();
            match self.on_error {
                OnError::Record => {}
                OnError::Skip => articles.retain(Result::is_ok),
                OnError::Raise => {
                    if let Some(Err(failure)) = articles.iter().find(|article| article.is_err()) {
                        return Err(error(failure));
                    }
                }
            }
            table.read(py, articles, &mut progress)?;
        }
        progress.close(py)?;
        Ok(Events::of_table(table))
    }
}

/// The batches of :meth:`Pipeline.extract_batches`: an iterator of pyarrow record batches.
#[pyclass(frozen, name = "_Batches", module = "chronique._chronique")]
#[derive(Debug)]
pub(crate) struct Batches {
    pub(crate) nlp: Py<Pipeline>,
    pub(crate) batches: Py<PyIterator>,
    pub(crate) options: Options,
}

#[pymethods]
impl Batches {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let Some(batch) = self.batches.bind(py).clone().next().transpose()? else { return Ok(None) };
        let events = Bound::new(py, self.options.extract(self.nlp.bind(py), &batch)?)?;
        let reader =
            py.import("pyarrow")?.getattr("RecordBatchReader")?.call_method1("from_stream", (events,))?;
        Ok(Some(reader.call_method0("read_next_batch")?))
    }
}

/// The cells of a row; what is missing is `None`.
pub(crate) type Cells = Vec<Option<String>>;

/// A table of text cells from a frame, or from an iterable of dictionaries: names and rows.
pub(crate) fn cells(data: &Bound<'_, PyAny>) -> PyResult<(Vec<String>, Vec<Cells>)> {
    let rows = if data.hasattr("__arrow_c_stream__")? { frame_rows(data)? } else { data.clone() };
    let (mut names, mut table): (Vec<String>, _) = (Vec::new(), Vec::new());
    for row in rows.try_iter()? {
        let mut cells = vec![None; names.len()];
        for pair in row?.call_method0("items")?.try_iter()? {
            let (name, value): (String, Bound<'_, PyAny>) = pair?.extract()?;
            let at = names.iter().position(|known| *known == name).unwrap_or_else(|| {
                names.push(name);
                cells.push(None);
                names.len() - 1
            });
            // What is missing is None, or a float that is not equal to itself.
            if !value.is_none() && value.eq(&value)? {
                cells[at] = Some(value.str()?.cast_into::<PyString>()?.to_string());
            }
        }
        table.push(cells);
    }
    table.iter_mut().for_each(|row| row.resize(names.len(), None));
    Ok((names, table))
}

/// The rows of a frame as dictionaries, by whichever name its library has for that.
fn frame_rows<'py>(data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    if data.hasattr("to_dicts")? {
        return data.call_method0("to_dicts");
    }
    if data.hasattr("to_pylist")? {
        return data.call_method0("to_pylist");
    }
    if data.hasattr("to_dict")? {
        return data.call_method1("to_dict", ("records",));
    }
    let table = data.py().import("pyarrow")?.call_method1("table", (data,))?;
    table.call_method0("to_pylist")
}

/// The columns of events as Spark's DDL.
pub(crate) fn spark_schema() -> String {
    let kind = |kind: &DataType| match kind {
        DataType::Int64 => "bigint",
        DataType::Float64 => "double",
        DataType::Date32 => "date",
        DataType::List(_) => "array<string>",
        _ => "string",
    };
    let schema = schema();
    let columns =
        schema.fields().iter().map(|field| format!("`{}` {}", field.name(), kind(field.data_type())));
    columns.collect::<Vec<_>>().join(", ")
}
