use std::collections::VecDeque;
use std::sync::{Mutex, TryLockError};

use chronique::Article;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString, PyTuple};

use crate::convert;
use crate::document::Document;
use crate::pipeline::Pipeline;
use crate::progress::Progress;

/// Text read between two looks at Ctrl-C, in bytes for each thread: a tenth of a second or so.
pub(crate) const BYTES_A_LOOK: usize = 32 << 10;

/// Text after which a batch is closed however few texts it has, in bytes.
const BYTES_A_BATCH: usize = 8 << 20;

/// The documents of :meth:`Pipeline.pipe`: an iterator.
#[pyclass(frozen, name = "_Documents", module = "chronique._chronique")]
#[derive(Debug)]
pub(crate) struct Documents {
    nlp: Py<Pipeline>,
    as_tuples: bool,
    on_error: OnError,
    batch_size: usize,
    stream: Mutex<Stream>,
}

/// What to do with an article that can't be read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum OnError {
    Raise,
    Skip,
    Record,
}

impl OnError {
    pub(crate) fn new(py: Python<'_>, name: &str) -> PyResult<OnError> {
        match name {
            "raise" => Ok(OnError::Raise),
            "skip" => Ok(OnError::Skip),
            "record" => Ok(OnError::Record),
            other => Err(PyValueError::new_err(format!(
                "on_error must be \"raise\", \"skip\" or \"record\", not {}",
                convert::repr(py, other)
            ))),
        }
    }
}

/// What is still to come.
#[derive(Debug)]
struct Stream {
    /// `None` when the stream is at its end.
    input: Option<Input>,
    /// Texts taken so far.
    row: usize,
    ready: VecDeque<PyResult<Py<PyAny>>>,
    progress: Progress,
}

#[derive(Debug)]
struct Input {
    texts: Py<PyIterator>,
    /// Dates, titles and ids.
    others: [Option<Py<PyIterator>>; 3],
}

/// A text that was taken from the stream, and what goes with it.
struct Row {
    article: Result<Article, (PyErr, Option<String>)>,
    context: Option<Py<PyAny>>,
}

/// What `others` hold, in their order.
const OTHERS: [&str; 3] = ["dates", "titles", "ids"];

impl Documents {
    pub(crate) fn new(
        nlp: &Bound<'_, Pipeline>,
        texts: &Bound<'_, PyAny>,
        others: [Option<&Bound<'_, PyAny>>; 3],
        as_tuples: bool,
        on_error: &str,
        batch_size: usize,
        progress: bool,
    ) -> PyResult<Documents> {
        let on_error = OnError::new(nlp.py(), on_error)?;
        if batch_size == 0 {
            return Err(PyValueError::new_err("batch_size must be at least 1, not 0"));
        }
        let iterator = |values: &Bound<'_, PyAny>, name: &str| {
            if values.is_instance_of::<PyString>() {
                let given = convert::short(values);
                return Err(PyTypeError::new_err(format!(
                    "{name} must be an iterable of str, not one str: {given}"
                )));
            }
            Ok(values.try_iter()?.unbind())
        };
        let mut iterators = [None, None, None];
        for ((slot, values), name) in iterators.iter_mut().zip(others).zip(OTHERS) {
            *slot = values.map(|values| iterator(values, name)).transpose()?;
        }
        let input = Some(Input { texts: iterator(texts, "texts")?, others: iterators });
        let total = texts.len().ok();
        let progress = Progress::new(nlp.py(), progress, total)?;
        let stream = Mutex::new(Stream { input, row: 0, ready: VecDeque::new(), progress });
        Ok(Documents { nlp: nlp.clone().unbind(), as_tuples, on_error, batch_size, stream })
    }

    /// Takes a batch of texts and reads it.
    fn fill(&self, py: Python<'_>, stream: &mut Stream) -> PyResult<()> {
        let mut rows = Vec::new();
        let mut end = None;
        let mut bytes = 0;
        while rows.len() < self.batch_size && bytes < BYTES_A_BATCH {
            match self.take(py, stream) {
                Ok(Some(row)) => {
                    bytes += row.article.as_ref().map_or(0, |article| article.text().len() as usize);
                    rows.push(row);
                }
                Ok(None) => {
                    stream.input = None;
                    break;
                }
                Err(error) => {
                    stream.input = None;
                    end = Some(error);
                    break;
                }
            }
        }
        let raises = |row: &Row| self.on_error == OnError::Raise && row.article.is_err();
        if let Some(at) = rows.iter().position(raises) {
            rows.truncate(at + 1);
            (stream.input, end) = (None, None);
        }
        if let Err(error) = self.read(py, rows, &mut stream.ready) {
            (stream.input, stream.ready) = (None, VecDeque::new());
            return Err(error);
        }
        stream.ready.extend(end.map(Err));
        Ok(())
    }

    /// The next text with its date, title, id and context.
    ///
    /// An `Err` is the stream's own: an iterator that raised or ended too early.
    fn take(&self, py: Python<'_>, stream: &mut Stream) -> PyResult<Option<Row>> {
        let Some(input) = &stream.input else { return Ok(None) };
        let row = stream.row;
        let Some(item) = input.texts.bind(py).clone().next().transpose()? else { return Ok(None) };
        stream.row += 1;
        let mut others: [Option<Bound<'_, PyAny>>; 3] = [None, None, None];
        for ((value, iterator), name) in others.iter_mut().zip(&input.others).zip(OTHERS) {
            if let Some(iterator) = iterator {
                let next = iterator.bind(py).clone().next().transpose()?;
                let next = next.ok_or_else(|| {
                    PyValueError::new_err(format!(
                        "{name} has {row} items, and there are more texts: give one for each text"
                    ))
                })?;
                *value = Some(next).filter(|next| !next.is_none());
            }
        }
        let (text, context) = if self.as_tuples {
            let pair = item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>();
            let pair = pair.map_err(|_| {
                PyTypeError::new_err(format!(
                    "text {row}: with as_tuples=True it must be a pair (text, context), not {}",
                    convert::short(&item)
                ))
            })?;
            (pair.0, Some(pair.1.unbind()))
        } else {
            (item, None)
        };
        let [date, title, id] = &others;
        let article = convert::article(&text, date.as_ref(), title.as_ref(), id.as_ref()).map_err(|error| {
            let id = id.as_ref().and_then(|id| id.extract::<String>().ok());
            (at_row(py, row, &error), id)
        });
        Ok(Some(Row { article, context }))
    }

    /// Reads rows, a few at a time so that Ctrl-C is heard.
    fn read(
        &self,
        py: Python<'_>,
        rows: Vec<Row>,
        ready: &mut VecDeque<PyResult<Py<PyAny>>>,
    ) -> PyResult<()> {
        let nlp = self.nlp.bind(py);
        let pipeline = &nlp.get().pipeline;
        let most = BYTES_A_LOOK * pipeline.jobs();
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let (mut length, mut articles, mut slots) = (0, Vec::new(), Vec::new());
            while length < most {
                let Some(row) = rows.next() else { break };
                slots.push((
                    row.context,
                    row.article.map(|article| {
                        length += article.text().len() as usize;
                        articles.push(article);
                    }),
                ));
            }
            let mut documents = py.detach(|| pipeline.read_all(articles)).into_iter();
            py.check_signals()?;
            for (context, read) in slots {
                let doc = match (read, self.on_error) {
                    (Ok(()), _) => {
                        Document::new(nlp, documents.next().expect("one document for each article"))?
                    }
                    (Err((error, _)), OnError::Raise) => {
                        ready.push_back(Err(error));
                        continue;
                    }
                    (Err(_), OnError::Skip) => continue,
                    (Err((error, id)), OnError::Record) => {
                        Document::failed(nlp, id, error.value(py).str()?.to_string())?
                    }
                };
                ready.push_back(Ok(match context {
                    Some(context) => {
                        PyTuple::new(py, [doc.into_any(), context.into_bound(py)])?.into_any().unbind()
                    }
                    None => doc.into_any().unbind(),
                }));
            }
        }
        Ok(())
    }
}

/// The same error with the number of its text.
fn at_row(py: Python<'_>, row: usize, error: &PyErr) -> PyErr {
    let message = format!("text {row}: {}", error.value(py));
    if error.is_instance_of::<PyTypeError>(py) {
        PyTypeError::new_err(message)
    } else {
        PyValueError::new_err(message)
    }
}

#[pymethods]
impl Documents {
    fn __iter__(slf: Bound<'_, Self>) -> Bound<'_, Self> {
        slf
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Py<PyAny>>> {
        // As with a generator, a second thread, or the input itself, may not ask meanwhile.
        let mut stream = match self.stream.try_lock() {
            Ok(stream) => stream,
            Err(TryLockError::WouldBlock) => {
                return Err(PyValueError::new_err(
                    "these documents are being read already, by another thread or by their own input",
                ));
            }
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
        };
        loop {
            if let Some(ready) = stream.ready.pop_front() {
                stream.progress.advance(py, 1)?;
                return ready.map(Some);
            }
            if stream.input.is_none() {
                stream.progress.close(py)?;
                return Ok(None);
            }
            self.fill(py, &mut stream)?;
        }
    }
}
