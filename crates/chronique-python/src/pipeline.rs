use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chronique::events::Lexicon;
use chronique::places::Gazetteer;
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::DataError;
use crate::convert;
use crate::document::Document;
use crate::pickle::Reduced;
use crate::pipe::Documents;

/// A reader of French news.
///
/// It holds all data it needs: nothing is downloaded. It never changes, may be used by several
/// threads at once, and may be pickled: a pickle holds the options and the paths of the files.
///
/// Parameters
/// ----------
/// lexicon : path, optional
///     A file of rows to add to the lexicon of event triggers: TSV, with the columns of the embedded
///     one. A row of a known id takes that row's place.
/// gazetteer : path, optional
///     A gazetteer image to use in place of the embedded one.
/// jobs : int, optional
///     Threads for :meth:`pipe`: 0 or ``None`` is one a core. The result never depends on it.
///
/// Raises
/// ------
/// OSError
///     If a file can't be opened.
/// DataError
///     If a file holds something else: the message names the file, and the line of a table.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> nlp("Des obus sont tombés mardi sur Goma.", date="2024-02-07")
/// <Document 2024-02-07: 1 sentence, 8 tokens, ...>
#[pyclass(frozen, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) pipeline: Arc<chronique::Pipeline>,
    options: Options,
}

#[derive(PartialEq, Eq, Hash, Debug)]
struct Options {
    lexicon: Option<PathBuf>,
    gazetteer: Option<PathBuf>,
    jobs: Option<usize>,
}

/// The pipeline without options, built once a process: a pickled callable is loaded again for every
/// task of a process pool, and must not parse its lists each time.
static FRENCH: OnceLock<Arc<chronique::Pipeline>> = OnceLock::new();

impl Options {
    fn build(&self) -> PyResult<Arc<chronique::Pipeline>> {
        if *self == (Options { lexicon: None, gazetteer: None, jobs: None }) {
            return Ok(FRENCH.get_or_init(|| Arc::new(chronique::Pipeline::french())).clone());
        }
        let mut builder = chronique::Pipeline::builder();
        if let Some(path) = &self.lexicon {
            let rows = fs::read(path).map_err(|error| unopened(path, &error))?;
            let rows = String::from_utf8(rows).map_err(|error| data(path, &error.utf8_error()))?;
            let mut lexicon = Lexicon::french();
            let named = path.display().to_string();
            lexicon.extend(&named, &rows).map_err(|error| DataError::new_err(error.to_string()))?;
            builder = builder.lexicon(lexicon);
        }
        if let Some(path) = &self.gazetteer {
            let image = fs::read(path).map_err(|error| unopened(path, &error))?;
            builder = builder.gazetteer(Gazetteer::from_bytes(image).map_err(|error| data(path, &error))?);
        }
        if let Some(jobs) = self.jobs {
            builder = builder.jobs(jobs);
        }
        builder.build().map(Arc::new).map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

fn unopened(path: &Path, error: &std::io::Error) -> PyErr {
    // With its number Python makes the fitting subclass, such as FileNotFoundError.
    PyOSError::new_err((error.raw_os_error(), error.to_string(), path.display().to_string()))
}

fn data(path: &Path, error: &dyn std::fmt::Display) -> PyErr {
    DataError::new_err(format!("{}: {error}", path.display()))
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (*, lexicon = None, gazetteer = None, jobs = None))]
    fn new(
        py: Python<'_>,
        lexicon: Option<PathBuf>,
        gazetteer: Option<PathBuf>,
        jobs: Option<usize>,
    ) -> PyResult<Pipeline> {
        let options = Options { lexicon, gazetteer, jobs: jobs.filter(|&jobs| jobs > 0) };
        let pipeline = py.detach(|| options.build())?;
        Ok(Pipeline { pipeline, options })
    }

    /// Read one article.
    ///
    /// Parameters
    /// ----------
    /// text : str
    ///     The article, as pasted: debris of the page is marked, never cut.
    /// date : str, datetime.date or None
    ///     The day of publication, ``"YYYY-MM-DD"``. It anchors *mardi* and *hier*, which stay open
    ///     without it.
    /// title : str or None
    ///     The title, if it is known apart: the text read is then the title, a blank line and the text.
    /// id : str or None
    ///     A key of yours, repeated in every output.
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     If the date is no date, or if a string holds a lone surrogate.
    /// TypeError
    ///     If an argument is of another type.
    ///
    /// Examples
    /// --------
    /// >>> import datetime
    /// >>> import chronique
    /// >>> nlp = chronique.Pipeline()
    /// >>> nlp("Il a plu.", title="Météo", date=datetime.date(2024, 2, 7)).text
    /// 'Météo\n\nIl a plu.'
    /// >>> nlp("Il a plu.", date="le 7 février")
    /// Traceback (most recent call last):
    /// ValueError: date 'le 7 février': ...
    #[pyo3(signature = (text, *, date = None, title = None, id = None))]
    pub(crate) fn __call__<'py>(
        slf: &Bound<'py, Self>,
        text: &Bound<'py, PyAny>,
        date: Option<&Bound<'py, PyAny>>,
        title: Option<&Bound<'py, PyAny>>,
        id: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, Document>> {
        let article = convert::article(text, date, title, id)?;
        let pipeline = &slf.get().pipeline;
        Document::new(slf, slf.py().detach(|| pipeline.read(article)))
    }

    /// Read a stream of articles, on several threads.
    ///
    /// The documents come lazily, in the order of the texts: asking for the first reads one batch,
    /// and an endless stream is fine. Ctrl-C stops within a second.
    ///
    /// Parameters
    /// ----------
    /// texts : iterable of str
    ///     The articles; with ``as_tuples=True``, pairs of an article and anything of yours.
    /// dates, titles, ids : iterable, optional
    ///     Their days of publication, titles and keys, in the same order and number.
    /// as_tuples : bool
    ///     Whether ``texts`` gives pairs ``(text, context)``; then so does the result:
    ///     ``(document, context)``.
    /// on_error : {"raise", "skip", "record"}
    ///     What to do with an article that can't be read (no ``str``, a wrong date, a lone surrogate):
    ///     raise its error after the documents before it; leave it out; or give a document without text
    ///     whose ``error`` says why.
    /// batch_size : int
    ///     How many texts are taken ahead.
    ///
    /// Returns
    /// -------
    /// iterator of Document, or of (Document, context)
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> nlp = chronique.Pipeline()
    /// >>> texts = ["Grève à Paris.", None, "Combats à Goma."]
    /// >>> for doc in nlp.pipe(texts, dates=["2024-02-06"] * 3, on_error="record"):
    /// ...     print(doc.text or doc.error)
    /// Grève à Paris.
    /// text 1: text must be a str, not NoneType: None
    /// Combats à Goma.
    #[pyo3(signature = (texts, *, dates = None, titles = None, ids = None, as_tuples = false, on_error = "raise", batch_size = 256))]
    #[allow(clippy::too_many_arguments)]
    fn pipe(
        slf: &Bound<'_, Self>,
        texts: &Bound<'_, PyAny>,
        dates: Option<&Bound<'_, PyAny>>,
        titles: Option<&Bound<'_, PyAny>>,
        ids: Option<&Bound<'_, PyAny>>,
        as_tuples: bool,
        on_error: &str,
        batch_size: usize,
    ) -> PyResult<Documents> {
        Documents::new(slf, texts, [dates, titles, ids], as_tuples, on_error, batch_size)
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let path = |path: &PathBuf| convert::repr(py, &path.display().to_string());
        let options = [
            self.options.lexicon.as_ref().map(|lexicon| format!("lexicon={}", path(lexicon))),
            self.options.gazetteer.as_ref().map(|gazetteer| format!("gazetteer={}", path(gazetteer))),
            self.options.jobs.map(|jobs| format!("jobs={jobs}")),
        ];
        format!("Pipeline({})", options.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        self.options == other.get().options
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.options.hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let options = PyDict::new(py);
        options.set_item("lexicon", &self.options.lexicon)?;
        options.set_item("gazetteer", &self.options.gazetteer)?;
        options.set_item("jobs", self.options.jobs)?;
        let partial = py.import("functools")?.getattr("partial")?;
        let new = partial.call((py.get_type::<Pipeline>(),), Some(&options))?;
        Ok((new, ().into_pyobject(py)?))
    }
}
