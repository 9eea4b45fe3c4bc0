use chronique::places::{CountryCode, ResolvedPlace};
use pyo3::prelude::*;

use crate::convert;
use crate::document::Document;
use crate::pickle::{Reduced, reduce};
use crate::span::Span;

/// A place name in a text, and the place that it means.
///
/// Attributes
/// ----------
/// role : str
///     ``"location"`` (*à Bamako*) or ``"metonym"`` (*Bamako accuse*).
/// name : str
///     The place's usual French name.
/// id : str
///     The place's identifier: ``"geonames:2460596"``.
/// kind : str
///     ``"country"``, ``"admin"``, ``"city"``, ``"district"``, ``"water"``, ``"relief"``, ``"island"``,
///     ``"facility"`` or ``"region"``.
/// country : str or None
///     The internationally recognised sovereign, ISO 3166-1 alpha-2; ``None`` for seas and continents.
/// lat, lon : float or None
///     Degrees north and east (WGS 84), where the place has a point.
/// within : tuple of str
///     Ids of the places that hold it, nearest first, where known.
/// reason : str
///     Why this place, and which others lost.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> place = doc.places[0]
/// >>> place.text, place.role, place.kind, place.country, round(place.lat), round(place.lon)
/// ('Gao', 'location', 'city', 'ML', 16, 0)
#[pyclass(frozen, extends = Span, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Place {
    doc: Py<Document>,
    at: u32,
}

impl Place {
    pub(crate) fn new<'py>(py: Python<'py>, doc: &Py<Document>, at: u32) -> PyResult<Bound<'py, Place>> {
        let span = Span::new(py, doc, doc.get().read.places()[at as usize].span);
        let place = Place { doc: doc.clone_ref(py), at };
        Bound::new(py, PyClassInitializer::from(span).add_subclass(place))
    }

    fn place(&self) -> &ResolvedPlace {
        &self.doc.get().read.places()[self.at as usize]
    }
}

#[pymethods]
impl Place {
    /// How the name is used.
    #[getter]
    fn role(&self) -> &'static str {
        self.place().role.as_str()
    }

    /// The place's usual French name.
    #[getter]
    fn name(&self) -> &str {
        &self.place().name
    }

    /// The place's identifier.
    #[getter]
    fn id(&self) -> &str {
        &self.place().id
    }

    /// What it is.
    #[getter]
    fn kind(&self) -> &'static str {
        self.place().kind.as_str()
    }

    /// The internationally recognised sovereign, ISO 3166-1 alpha-2.
    #[getter]
    fn country(&self) -> Option<&str> {
        self.place().country.as_ref().map(CountryCode::as_str)
    }

    /// Degrees north, WGS 84.
    #[getter]
    fn lat(&self) -> Option<f64> {
        self.place().point.map(|(lat, _)| lat)
    }

    /// Degrees east, WGS 84.
    #[getter]
    fn lon(&self) -> Option<f64> {
        self.place().point.map(|(_, lon)| lon)
    }

    /// Ids of the places that hold it, nearest first.
    #[getter]
    fn within<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyTuple>> {
        pyo3::types::PyTuple::new(py, self.place().within.iter().map(|id| &**id))
    }

    /// Why this place, and which others lost.
    #[getter]
    fn reason(&self) -> String {
        self.place().reason.to_string()
    }

    fn __repr__(slf: &Bound<'_, Self>) -> String {
        let place = slf.get();
        let country = place.country().map(|country| format!(" {country}")).unwrap_or_default();
        let text = convert::repr(slf.py(), slf.as_super().get().text());
        format!("<Place {text} {}{country}>", place.kind())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "place", vec![self.at])
    }
}
