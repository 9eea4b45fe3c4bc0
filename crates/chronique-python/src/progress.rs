//! How far a long call is: tqdm where it is installed, else a line on a terminal's standard error.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyDict;

/// What counts the articles read.
#[derive(Debug)]
pub(crate) enum Progress {
    Silent,
    Tqdm(Py<PyAny>),
    Line { articles: usize, begun: Instant, shown: Instant },
}

impl Progress {
    pub(crate) fn new(py: Python<'_>, wanted: bool, total: Option<usize>) -> PyResult<Progress> {
        if !wanted {
            return Ok(Progress::Silent);
        }
        if let Ok(module) = py.import("tqdm.auto") {
            let options = PyDict::new(py);
            options.set_item("total", total)?;
            options.set_item("unit", " articles")?;
            return Ok(Progress::Tqdm(module.getattr("tqdm")?.call((), Some(&options))?.unbind()));
        }
        let now = Instant::now();
        Ok(if stderr().is_terminal() {
            Progress::Line { articles: 0, begun: now, shown: now }
        } else {
            Progress::Silent
        })
    }

    pub(crate) fn advance(&mut self, py: Python<'_>, by: usize) -> PyResult<()> {
        match self {
            Progress::Silent => {}
            Progress::Tqdm(bar) => {
                bar.call_method1(py, "update", (by,))?;
            }
            Progress::Line { articles, begun, shown } => {
                *articles += by;
                if shown.elapsed() > Duration::from_millis(500) {
                    *shown = Instant::now();
                    let speed = *articles as f64 / begun.elapsed().as_secs_f64();
                    // Nothing can be done if it is closed.
                    let _ = write!(stderr(), "\r{articles} articles, {speed:.0}/s ");
                }
            }
        }
        Ok(())
    }

    pub(crate) fn close(&mut self, py: Python<'_>) -> PyResult<()> {
        match std::mem::replace(self, Progress::Silent) {
            Progress::Silent => {}
            Progress::Tqdm(bar) => {
                bar.call_method0(py, "close")?;
            }
            Progress::Line { .. } => {
                let _ = write!(stderr(), "\r\x1b[K");
            }
        }
        Ok(())
    }
}
