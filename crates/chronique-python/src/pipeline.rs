use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chronique::arrow::Columns;
use chronique::events::Lexicon;
use chronique::places::Gazetteer;
use pyo3::exceptions::{PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;

use crate::DataError;
use crate::convert;
use crate::document::Document;
use crate::events::Events;
use crate::pickle::{Reduced, function};
use crate::pipe::{Documents, OnError};
use crate::table::{self, Batches};

/// A reader of French news: call it on a text.
///
/// ``nlp(text, *, date=None, title=None, id=None)`` reads one article and gives its :class:`Document`. ``text`` is
/// the article as pasted: debris of the page is marked, never cut. ``date`` is the day of publication
/// (``"YYYY-MM-DD"`` or a ``datetime.date``); it anchors *mardi* and *hier*, which stay open without it. ``title``
/// is the title where it is known apart: the text read is then the title, a blank line and the text. ``id`` is a
/// key of yours, repeated in every output. A wrong date is a ``ValueError``, another type a ``TypeError``.
///
/// It holds all data it needs: nothing is downloaded. It never changes, may be used by several
/// threads at once, and may be pickled: a pickle holds the options and the paths of the files.
///
/// Parameters
/// ----------
/// lexicon : path or table, optional
///     Rows to add to the lexicon of event triggers, with the columns of the embedded one (``id``, ``lemma``,
///     ``pos``, ``type``, ``mode``, ``frame``, ``gates``): a TSV file, a frame, or dictionaries. A row of a
///     known id takes that row's place.
/// places : path or table, optional
///     Places to add to the gazetteer, with the columns ``name``, ``lat``, ``lon`` and where known ``kind``,
///     ``country``, ``id``: a CSV file, a frame, or dictionaries. They win over others of their name.
/// gazetteer : path, optional
///     A gazetteer image to use in place of the embedded one.
/// jobs : int, optional
///     Threads for :meth:`pipe` and :meth:`extract_table`: 0 or ``None`` is one a core. The result never
///     depends on it.
///
/// Raises
/// ------
/// OSError
///     If a file can't be opened.
/// DataError
///     If a file or a table holds something else: the message names the file, and the line or row.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> nlp("Des obus sont tombés mardi sur Goma.", date="2024-02-07")
/// <Document 2024-02-07: 1 sentence, 8 tokens, ...>
/// >>> nlp("Il a plu.", title="Météo").text
/// 'Météo\n\nIl a plu.'
/// >>> nlp("Il a plu.", date="le 7 février")
/// Traceback (most recent call last):
/// ValueError: date 'le 7 février': ...
/// >>> nlp = chronique.Pipeline(places=[{"name": "Colline 402", "lat": -1.65, "lon": 29.2, "country": "CD"}])
/// >>> nlp("Des combats à Colline 402.").places[0].lat
/// -1.65
#[pyclass(frozen, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) pipeline: Arc<chronique::Pipeline>,
    options: Options,
}

#[derive(PartialEq, Eq, Hash, Debug)]
struct Options {
    lexicon: Option<Rows>,
    places: Option<Rows>,
    gazetteer: Option<PathBuf>,
    jobs: Option<usize>,
}

/// A table of the user's: in a file, or the lines that a file would hold.
#[derive(PartialEq, Eq, Hash, Clone, Debug)]
enum Rows {
    File(PathBuf),
    Lines(String),
}

/// How the file of a table is written.
#[derive(Clone, Copy)]
enum Format {
    Csv,
    Tsv,
}

/// The columns of a lexicon, in their order.
const LEXICON: [&str; 7] = ["id", "lemma", "pos", "type", "mode", "frame", "gates"];

impl Format {
    fn line<'c>(self, cells: impl Iterator<Item = &'c str>) -> String {
        let (separator, quoted): (_, fn(&str) -> String) = match self {
            Format::Csv => (",", |cell| format!("\"{}\"", cell.replace('"', "\"\""))),
            Format::Tsv => ("\t", |cell| cell.replace(['\t', '\n', '\r'], " ")),
        };
        cells.map(quoted).collect::<Vec<_>>().join(separator) + "\n"
    }
}

impl Rows {
    /// The table that an argument stands for, written as a file of the format.
    fn new(given: &Bound<'_, PyAny>, name: &str, format: Format) -> PyResult<Rows> {
        if let Ok(path) = given.extract::<PathBuf>() {
            return Ok(Rows::File(path));
        }
        let (names, rows) = table::cells(given).map_err(|error| {
            let message =
                format!("{name} must be a path, a frame or dictionaries: {}", error.value(given.py()));
            PyTypeError::new_err(message)
        })?;
        // The columns of a lexicon have places; those of a gazetteer have names.
        let columns: Vec<&str> = match format {
            Format::Tsv => LEXICON.to_vec(),
            Format::Csv => names.iter().map(String::as_str).collect(),
        };
        let at: Vec<_> = columns.iter().map(|column| names.iter().position(|name| name == column)).collect();
        let mut lines = format.line(columns.iter().copied());
        for row in &rows {
            let cell = |at: &Option<usize>| at.and_then(|at| row[at].as_deref()).unwrap_or_default();
            lines += &format.line(at.iter().map(cell));
        }
        Ok(Rows::Lines(lines))
    }

    /// The table's text, and what messages call it.
    fn read(&self, name: &str) -> PyResult<(String, String)> {
        match self {
            Rows::Lines(lines) => Ok((lines.clone(), name.to_owned())),
            Rows::File(path) => {
                let bytes = fs::read(path).map_err(|error| unopened(path, &error))?;
                let text = String::from_utf8(bytes).map_err(|error| data(path, &error.utf8_error()))?;
                Ok((text, path.display().to_string()))
            }
        }
    }

    /// The argument of a pickle or of the representation.
    fn shown(&self) -> &str {
        match self {
            Rows::Lines(_) => "…",
            Rows::File(path) => path.to_str().unwrap_or("…"),
        }
    }
}

/// The pipeline without options, built once a process: a pickled callable is loaded again for every
/// task of a process pool, and must not parse its lists each time.
static FRENCH: OnceLock<Arc<chronique::Pipeline>> = OnceLock::new();

impl Options {
    fn build(&self) -> PyResult<Arc<chronique::Pipeline>> {
        let Options { lexicon, places, gazetteer, jobs } = self;
        if (lexicon, places, gazetteer, jobs) == (&None, &None, &None, &None) {
            return Ok(FRENCH.get_or_init(|| Arc::new(chronique::Pipeline::french())).clone());
        }
        let mut builder = chronique::Pipeline::builder();
        if let Some(rows) = lexicon {
            let (text, name) = rows.read("lexicon")?;
            let mut lexicon = Lexicon::french();
            lexicon.extend(&name, &text).map_err(|error| DataError::new_err(error.to_string()))?;
            builder = builder.lexicon(lexicon);
        }
        let image = |path: &PathBuf| {
            let bytes = fs::read(path).map_err(|error| unopened(path, &error))?;
            Gazetteer::from_bytes(bytes).map_err(|error| data(path, &error))
        };
        let mut gazetteer = gazetteer.as_ref().map(image).transpose()?;
        if let Some(rows) = places {
            let (text, name) = rows.read("places")?;
            let gazetteer = gazetteer.get_or_insert_with(chronique::french_gazetteer);
            gazetteer.add_csv(&text).map_err(|error| DataError::new_err(format!("{name}: {error}")))?;
        }
        if let Some(gazetteer) = gazetteer {
            builder = builder.gazetteer(gazetteer);
        }
        if let &Some(jobs) = jobs {
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

impl Pipeline {
    fn build(py: Python<'_>, options: Options) -> PyResult<Pipeline> {
        let pipeline = py.detach(|| options.build())?;
        Ok(Pipeline { pipeline, options })
    }
}

/// What a pickle holds: for each table its path or else its lines.
type Pickled =
    (Option<PathBuf>, Option<String>, Option<PathBuf>, Option<String>, Option<PathBuf>, Option<usize>);

/// The pipeline of a pickle.
#[pyfunction]
pub(crate) fn _pipeline(py: Python<'_>, options: Pickled) -> PyResult<Pipeline> {
    let (lexicon, lexicon_lines, places, places_lines, gazetteer, jobs) = options;
    let rows = |path: Option<PathBuf>, lines: Option<String>| path.map(Rows::File).or(lines.map(Rows::Lines));
    let (lexicon, places) = (rows(lexicon, lexicon_lines), rows(places, places_lines));
    Pipeline::build(py, Options { lexicon, places, gazetteer, jobs })
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (*, lexicon = None, places = None, gazetteer = None, jobs = None))]
    fn new(
        py: Python<'_>,
        lexicon: Option<&Bound<'_, PyAny>>,
        places: Option<&Bound<'_, PyAny>>,
        gazetteer: Option<PathBuf>,
        jobs: Option<usize>,
    ) -> PyResult<Pipeline> {
        let lexicon = lexicon.map(|given| Rows::new(given, "lexicon", Format::Tsv)).transpose()?;
        let places = places.map(|given| Rows::new(given, "places", Format::Csv)).transpose()?;
        Pipeline::build(py, Options { lexicon, places, gazetteer, jobs: jobs.filter(|&jobs| jobs > 0) })
    }

    // Python shows no docstring for a slot: the class's tells of it.
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
    /// progress : bool
    ///     Whether to show how far it is: with tqdm if that is installed, else as a line on a terminal.
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
    #[pyo3(signature = (texts, *, dates = None, titles = None, ids = None, as_tuples = false, on_error = "raise", batch_size = 256, progress = false))]
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
        progress: bool,
    ) -> PyResult<Documents> {
        Documents::new(slf, texts, [dates, titles, ids], as_tuples, on_error, batch_size, progress)
    }

    /// Read a table of articles into a table of their events.
    ///
    /// Parameters
    /// ----------
    /// data : table
    ///     A frame of polars, pandas, pyarrow or duckdb, or anything else that has ``__arrow_c_stream__``.
    /// text : str
    ///     The column of the text.
    /// title, date, id : str or None
    ///     The columns of the title, the day of publication and your key, which may be missing under these
    ///     names; ``None`` for none. A date is a date, a timestamp (its day by UTC) or a string that starts
    ///     with ``YYYY-MM-DD``; a key is a string or an integer. A row without key is named by its number.
    /// on_error : {"record", "skip", "raise"}
    ///     What to do with an article that can't be read: keep a row with its ``error``, leave it out, or
    ///     raise.
    /// progress : bool
    ///     Whether to show how far it is.
    ///
    /// Returns
    /// -------
    /// Events
    ///     One row an event, with the article's key in ``doc_id``.
    ///
    /// Raises
    /// ------
    /// TypeError
    ///     If ``data`` is no table.
    /// ValueError
    ///     If a column is missing or of another type, or an article can't be read and ``on_error="raise"``.
    ///
    /// Examples
    /// --------
    /// >>> import polars
    /// >>> import chronique
    /// >>> frame = polars.DataFrame({"id": [7, 8], "text": ["L’armée a bombardé Goma.", None]})
    /// >>> events = chronique.Pipeline().extract_table(frame)
    /// >>> events
    /// <Events: 1 event, 1 error>
    /// >>> events.to_polars().select("doc_id", "type", "place", "error").rows()
    /// [('7', 'ASSAULT', 'Goma', None), ('8', None, None, 'row 1: "text" is null')]
    #[pyo3(
        signature = (data, *, text = "text", title = Some("title"), date = Some("date"), id = Some("id"), on_error = "record", progress = false),
        text_signature = "($self, data, *, text='text', title='title', date='date', id='id', on_error='record', progress=False)"
    )]
    #[allow(clippy::too_many_arguments)]
    fn extract_table(
        slf: &Bound<'_, Self>,
        data: &Bound<'_, PyAny>,
        text: &str,
        title: Option<&str>,
        date: Option<&str>,
        id: Option<&str>,
        on_error: &str,
        progress: bool,
    ) -> PyResult<Events> {
        let (columns, on_error) = (columns(text, title, date, id), OnError::new(slf.py(), on_error)?);
        table::Options { columns, on_error, progress }.extract(slf, data)
    }

    /// Read a stream of tables: pyarrow record batches in, pyarrow record batches of events out.
    ///
    /// It is what Spark's ``mapInArrow`` asks for, with :meth:`spark_schema`; the pipeline goes to the
    /// workers in a pickle. Give articles a key of your own: row numbers start anew in each batch.
    ///
    /// Parameters
    /// ----------
    /// batches : iterable of pyarrow.RecordBatch
    ///     Or of any other tables.
    /// text, title, date, id, on_error
    ///     As in :meth:`extract_table`.
    ///
    /// Returns
    /// -------
    /// iterator of pyarrow.RecordBatch
    ///
    /// Examples
    /// --------
    /// >>> import pyarrow
    /// >>> import chronique
    /// >>> batches = pyarrow.table({"text": ["Grève à Paris.", "L’armée a bombardé Goma."]}).to_batches()
    /// >>> for batch in chronique.Pipeline().extract_batches(batches):
    /// ...     print(batch["type"].to_pylist())
    /// ['PROTEST', 'ASSAULT']
    #[pyo3(
        signature = (batches, *, text = "text", title = Some("title"), date = Some("date"), id = Some("id"), on_error = "record"),
        text_signature = "($self, batches, *, text='text', title='title', date='date', id='id', on_error='record')"
    )]
    fn extract_batches(
        slf: &Bound<'_, Self>,
        batches: &Bound<'_, PyAny>,
        text: &str,
        title: Option<&str>,
        date: Option<&str>,
        id: Option<&str>,
        on_error: &str,
    ) -> PyResult<Batches> {
        let (columns, on_error) = (columns(text, title, date, id), OnError::new(slf.py(), on_error)?);
        let options = table::Options { columns, on_error, progress: false };
        Ok(Batches { nlp: slf.clone().unbind(), batches: batches.try_iter()?.unbind(), options })
    }

    /// The columns of a table of events, as Spark writes a schema.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> chronique.Pipeline().spark_schema()[:50]
    /// '`doc_id` string, `event_id` string, `type` string,'
    fn spark_schema(&self) -> String {
        table::spark_schema()
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let rows = |name: &str, rows: &Option<Rows>| {
            rows.as_ref().map(|rows| format!("{name}={}", convert::repr(py, rows.shown())))
        };
        let gazetteer = self.options.gazetteer.as_ref().map(|path| path.display().to_string());
        let options = [
            rows("lexicon", &self.options.lexicon),
            rows("places", &self.options.places),
            gazetteer.map(|path| format!("gazetteer={}", convert::repr(py, &path))),
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
        let split = |rows: &Option<Rows>| match rows.clone() {
            None => (None, None),
            Some(Rows::File(path)) => (Some(path), None),
            Some(Rows::Lines(lines)) => (None, Some(lines)),
        };
        let Options { lexicon, places, gazetteer, jobs } = &self.options;
        let ((lexicon, lexicon_lines), (places, places_lines)) = (split(lexicon), split(places));
        let options: Pickled = (lexicon, lexicon_lines, places, places_lines, gazetteer.clone(), *jobs);
        Ok((function(py, "_pipeline")?, (options,).into_pyobject(py)?))
    }
}

/// Read a table of articles into a table of their events, with the pipeline without options.
///
/// See :meth:`Pipeline.extract_table` for the arguments.
///
/// Examples
/// --------
/// >>> import polars
/// >>> import chronique
/// >>> frame = polars.DataFrame({"corps": ["L’armée a bombardé Goma mardi."], "paru": ["2024-02-07"]})
/// >>> chronique.extract_table(frame, text="corps", date="paru").to_polars()["date_start"].to_list()
/// [datetime.date(2024, 2, 6)]
#[pyfunction]
#[pyo3(
    signature = (data, *, text = "text", title = Some("title"), date = Some("date"), id = Some("id"), on_error = "record", progress = false),
    text_signature = "(data, *, text='text', title='title', date='date', id='id', on_error='record', progress=False)"
)]
#[allow(clippy::too_many_arguments)]
pub(crate) fn extract_table(
    data: &Bound<'_, PyAny>,
    text: &str,
    title: Option<&str>,
    date: Option<&str>,
    id: Option<&str>,
    on_error: &str,
    progress: bool,
) -> PyResult<Events> {
    let py = data.py();
    let none = Options { lexicon: None, places: None, gazetteer: None, jobs: None };
    let nlp = Bound::new(py, Pipeline::build(py, none)?)?;
    Pipeline::extract_table(&nlp, data, text, title, date, id, on_error, progress)
}

/// The columns that arguments name.
fn columns(text: &str, title: Option<&str>, date: Option<&str>, id: Option<&str>) -> Columns {
    let name = |name: Option<&str>| name.map(str::to_owned);
    Columns { text: text.to_owned(), title: name(title), date: name(date), id: name(id) }
}
