//! Arrow tables between Rust and Python, by the [PyCapsule interface]; no batch is copied.
//!
//! [PyCapsule interface]: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::SchemaRef;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

/// The record batches of a Python object that has `__arrow_c_stream__`.
///
/// The stream is read as it is asked for, with the interpreter attached: a producer may be Python.
///
/// # Errors
/// `TypeError` if the object is no table; `ValueError` if its stream was taken before, or can't
/// tell its schema.
pub(crate) fn import(table: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    // Asked here because arrow_pyarrow imports pyarrow for what has no such method.
    if table.getattr_opt("__arrow_c_stream__")?.is_none() {
        let kind = table.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!(
            "not a table: {kind} has no __arrow_c_stream__; give a frame of polars, pandas (2.2 or newer), pyarrow \
             or duckdb, such as polars.DataFrame({{\"text\": [...]}})"
        )));
    }
    RecordBatchStreamReader::from_pyarrow_bound(table)
}

/// A capsule with a stream of record batches: what `__arrow_c_stream__` returns.
///
/// # Errors
/// If Python is out of memory.
pub(crate) fn export<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let batches = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), c"arrow_array_stream")
}
