use pyo3::prelude::*;

use crate::pickle::Reduced;

/// How something was read, and why: ``print`` it, or let a notebook show it.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.")
/// >>> print(doc.events[0].explain())
/// e1  ASSAULT...
/// ...
///     where          Goma ...
#[pyclass(frozen, eq, hash, module = "chronique")]
#[derive(PartialEq, Eq, Hash, Debug)]
pub(crate) struct Explanation(pub(crate) String);

#[pymethods]
impl Explanation {
    #[new]
    fn new(text: String) -> Explanation {
        Explanation(text)
    }

    fn __str__(&self) -> &str {
        &self.0
    }

    fn __repr__(&self) -> &str {
        &self.0
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        Ok((py.get_type::<Explanation>().into_any(), (&self.0,).into_pyobject(py)?))
    }
}
