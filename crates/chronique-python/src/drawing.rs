use std::fs;
use std::path::PathBuf;

use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::pickle::Reduced;

/// What a drawing that stands alone adds, so that it reads on its own ground.
const ALONE: &str = "<style>svg{color:#1d1d1f;background:#fff}\
    @media(prefers-color-scheme:dark){svg{color:#e8e8ea;background:#17181b}}</style>";

/// A map or a timeline: a notebook shows it, ``save`` writes it, ``svg`` is its source.
///
/// It is plain SVG: nothing is fetched, nothing runs, and every text in it is escaped.
///
/// Attributes
/// ----------
/// svg : str
///     The drawing as SVG, for a page of yours.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.")
/// >>> doc.events.map().svg.startswith("<svg ")
/// True
#[pyclass(frozen, eq, hash, module = "chronique")]
#[derive(PartialEq, Eq, Hash, Debug)]
pub(crate) struct Drawing(pub(crate) String);

impl Drawing {
    /// The drawing as a file of its own.
    fn alone(&self) -> String {
        match self.0.find('>') {
            Some(at) => format!("{}{ALONE}{}", &self.0[..=at], &self.0[at + 1..]),
            None => self.0.clone(),
        }
    }

    fn page(&self) -> String {
        format!(
            "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>Chronique</title><style>\
             body{{margin:2rem auto;max-width:60rem;padding:0 1rem;background:#fff;color:#1d1d1f}}\
             @media(prefers-color-scheme:dark){{body{{background:#17181b;color:#e8e8ea}}}}</style></head>\n\
             <body>{}</body></html>\n",
            self.0
        )
    }
}

#[pymethods]
impl Drawing {
    #[new]
    fn new(svg: String) -> Drawing {
        Drawing(svg)
    }

    /// Write it as a file: a picture (``.svg``) or a page (``.html``), readable on light and dark ground.
    ///
    /// Parameters
    /// ----------
    /// path : path
    ///     Where to; its ending tells the format.
    ///
    /// Raises
    /// ------
    /// ValueError
    ///     If the ending is another.
    /// OSError
    ///     If the file can't be written.
    ///
    /// Examples
    /// --------
    /// >>> import pathlib, tempfile
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.")
    /// >>> with tempfile.TemporaryDirectory() as folder:
    /// ...     doc.events.map().save(pathlib.Path(folder, "goma.svg"))
    fn save(&self, path: PathBuf) -> PyResult<()> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        let text = match ending.as_deref() {
            Some("svg") => self.alone(),
            Some("html" | "htm") => self.page(),
            _ => {
                let message = format!("{}: the name must end in .svg or .html", path.display());
                return Err(PyValueError::new_err(message));
            }
        };
        fs::write(&path, text).map_err(|error| {
            PyOSError::new_err((error.raw_os_error(), error.to_string(), path.display().to_string()))
        })
    }

    /// What notebooks show: inline where they can, which takes the page's colours, else a picture.
    #[pyo3(signature = (include = None, exclude = None))]
    fn _repr_mimebundle_<'py>(
        &self,
        py: Python<'py>,
        include: Option<&Bound<'py, PyAny>>,
        exclude: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        // Jupyter itself drops what it did not ask for.
        let _ = (include, exclude);
        let bundle = PyDict::new(py);
        bundle.set_item("text/html", format!("<div class=\"chq\">{}</div>", self.0))?;
        bundle.set_item("image/svg+xml", self.alone())?;
        bundle.set_item("text/plain", self.__repr__())?;
        Ok(bundle)
    }

    /// The drawing as SVG.
    #[getter]
    fn svg(&self) -> &str {
        &self.0
    }

    fn __repr__(&self) -> String {
        let about = self.0.split("aria-label=\"").nth(1).and_then(|rest| rest.split('"').next());
        format!("<Drawing {}>", about.unwrap_or("of nothing"))
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        Ok((py.get_type::<Drawing>().into_any(), (&self.0,).into_pyobject(py)?))
    }
}
