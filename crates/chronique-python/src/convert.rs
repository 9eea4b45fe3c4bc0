//! Python values as the pipeline's, with errors that name the value.

use chronique::{Article, Date};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDate, PyString};

/// An article; `title` may be empty.
pub(crate) fn article(
    text: &Bound<'_, PyAny>,
    date: Option<&Bound<'_, PyAny>>,
    title: Option<&Bound<'_, PyAny>>,
    id: Option<&Bound<'_, PyAny>>,
) -> PyResult<Article> {
    let text = string(text, "text")?;
    let title = title.map(|title| string(title, "title")).transpose()?.unwrap_or_default();
    let article = Article::titled(&title, &text).map_err(|error| PyValueError::new_err(error.to_string()))?;
    let article = article.with_date(date.map(day).transpose()?);
    Ok(match id {
        Some(id) => article.with_id(string(id, "id")?),
        None => article,
    })
}

/// A `str` without lone surrogates.
fn string(value: &Bound<'_, PyAny>, name: &str) -> PyResult<String> {
    let string = value.cast::<PyString>().map_err(|_| {
        let given = value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string());
        PyTypeError::new_err(format!("{name} must be a str, not {given}: {}", short(value)))
    })?;
    string.to_cow().map(std::borrow::Cow::into_owned).map_err(|error| lone_surrogate(&error, string, name))
}

/// The error of a string that UTF-8 can't hold, with the place of its first lone surrogate.
fn lone_surrogate(error: &PyErr, string: &Bound<'_, PyString>, name: &str) -> PyErr {
    let place = || -> PyResult<(usize, u32)> {
        let at: usize = error.value(string.py()).getattr("start")?.extract()?;
        let ord = string.py().import("builtins")?.getattr("ord")?;
        Ok((at, ord.call1((string.get_item(at)?,))?.extract()?))
    };
    match place() {
        Ok((at, code)) => PyValueError::new_err(format!(
            "{name} has a lone surrogate, U+{code:04X}, at index {at}: half of a character, left by a wrong decoding; \
             decode the source again, or repair it with \
             {name}.encode(\"utf-16\", \"surrogatepass\").decode(\"utf-16\", \"replace\")"
        )),
        Err(error) => error,
    }
}

/// A day of publication, from `"YYYY-MM-DD"`, a `datetime.date` or a `datetime.datetime`.
fn day(value: &Bound<'_, PyAny>) -> PyResult<Date> {
    let wrong =
        |error: &dyn std::fmt::Display| PyValueError::new_err(format!("date {}: {error}", short(value)));
    if let Ok(string) = value.cast::<PyString>() {
        return string.to_cow().map_err(|error| wrong(&error))?.parse().map_err(|error| wrong(&error));
    }
    if value.cast::<PyDate>().is_err() {
        let given = value.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "date must be a str such as \"2023-09-19\", a datetime.date or None, not {given}: {}",
            short(value)
        )));
    }
    // `isoformat` would carry a time; and pandas' NaT is a datetime whose parts are no numbers.
    let part = |name| value.getattr(name)?.extract::<u16>();
    match (part("year"), part("month"), part("day")) {
        (Ok(year), Ok(month), Ok(day)) => {
            format!("{year:04}-{month:02}-{day:02}").parse().map_err(|error| wrong(&error))
        }
        _ => Err(wrong(&"not a day; use None where the day is not known")),
    }
}

/// A value as an error message shows it.
pub(crate) fn short(value: &Bound<'_, PyAny>) -> String {
    const MOST: usize = 60;
    let shown = value.repr().map_or_else(|_| "?".to_owned(), |repr| repr.to_string_lossy().into_owned());
    if shown.chars().count() <= MOST {
        return shown;
    }
    shown.chars().take(MOST).chain(['…']).collect()
}

/// A string as Python writes it: `'Goma'`.
pub(crate) fn repr(py: Python<'_>, string: &str) -> String {
    short(PyString::new(py, string).as_any())
}

/// A day as a `datetime.date`.
pub(crate) fn to_python_date(py: Python<'_>, day: Date) -> PyResult<Bound<'_, PyDate>> {
    PyDate::new(py, i32::from(day.year()), day.month(), day.day())
}
