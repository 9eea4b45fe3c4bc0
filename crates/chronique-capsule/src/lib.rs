#![doc = include_str!("../README.md")]

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_schema::SchemaRef;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};

/// The name that the interface gives to capsules of streams.
const NAME: &std::ffi::CStr = c"arrow_array_stream";

/// The record batches of a Python object that has `__arrow_c_stream__`.
///
/// The stream is read as it is asked for, with the interpreter attached: a producer may be Python.
///
/// # Errors
/// `TypeError` if the object is no table; `ValueError` if its stream was taken before, or can't
/// tell its schema.
pub fn import(table: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
    let Some(export) = table.getattr_opt("__arrow_c_stream__")? else {
        let kind = table.get_type().fully_qualified_name()?;
        return Err(PyTypeError::new_err(format!(
            "not a table: {kind} has no __arrow_c_stream__; give a frame of polars, pandas (2.2 or newer), pyarrow \
             or duckdb, such as polars.DataFrame({{\"text\": [...]}})"
        )));
    };
    let capsule = export.call0()?;
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| {
        PyTypeError::new_err("not a table: its __arrow_c_stream__ gives something else than a capsule")
    })?;
    let pointer = capsule.pointer_checked(Some(NAME))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: by the PyCapsule interface, a capsule of this name holds an initialized
    // `ArrowArrayStream`. It was made for this call and lives to the end of it, so nobody else reads
    // it. The stream is moved out: what is left is marked released, and the capsule frees nothing.
    #[allow(unsafe_code)]
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
    RecordBatchStreamReader::try_new(stream).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A capsule with a stream of record batches: what `__arrow_c_stream__` returns.
///
/// # Errors
/// If Python is out of memory.
pub fn export<'py>(
    py: Python<'py>,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
) -> PyResult<Bound<'py, PyCapsule>> {
    let batches = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), NAME)
}
