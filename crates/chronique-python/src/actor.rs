use std::hash::{DefaultHasher, Hash, Hasher};

use chronique::actors;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::convert;
use crate::document::Document;
use crate::pickle::{Reduced, reduce};
use crate::span::Span;

/// A state, person, group or organisation of a document, with all its mentions.
///
/// Attributes
/// ----------
/// id : str
///     ``"a1"`` for the first of its document.
/// name : str
///     The usual French name, or the fullest mention's.
/// country : str or None
///     Its PLOVER country code: ISO 3166-1 alpha-3, or ``"IGO"``, ``"NGO"``…
/// sector : str or None
///     Its PLOVER sector code: ``"GOV"``, ``"MIL"``, ``"REB"``, ``"CVL"``…
/// mentions : tuple of ActorMention
///     Where it is named.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> [(actor.id, actor.name, actor.country, actor.sector) for actor in doc.actors]
/// [('a1', 'ONU', 'UNO', None), ('a2', 'soldats maliens', 'MLI', 'MIL'), ('a3', 'djihadistes', None, 'REB')]
#[pyclass(frozen, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Actor {
    doc: Py<Document>,
    at: u32,
}

impl Actor {
    pub(crate) fn new(py: Python<'_>, doc: &Py<Document>, at: u32) -> Actor {
        Actor { doc: doc.clone_ref(py), at }
    }

    fn actor(&self) -> &actors::Actor {
        &self.doc.get().read.actors().as_slice()[self.at as usize]
    }
}

#[pymethods]
impl Actor {
    /// The document that it is of.
    #[getter]
    fn doc(&self, py: Python<'_>) -> Py<Document> {
        self.doc.clone_ref(py)
    }

    /// Its key in its document.
    #[getter]
    fn id(&self) -> String {
        format!("a{}", self.at + 1)
    }

    /// Its name.
    #[getter]
    fn name(&self) -> &str {
        &self.actor().name
    }

    /// Its PLOVER country code.
    #[getter]
    fn country(&self) -> Option<&str> {
        self.actor().country.as_ref().map(actors::Country::as_str)
    }

    /// Its PLOVER sector code.
    #[getter]
    fn sector(&self) -> Option<&'static str> {
        self.actor().sector.map(actors::Sector::as_str)
    }

    /// Where it is named.
    #[getter]
    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let mentions = self.actor().mentions.iter().map(|&at| ActorMention::new(py, &self.doc, at));
        PyTuple::new(py, mentions.collect::<PyResult<Vec<_>>>()?)
    }

    fn __str__(&self) -> &str {
        self.name()
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        let code = [self.country(), self.sector()].into_iter().flatten().map(|code| format!(" {code}"));
        format!("<Actor {} {}{}>", self.id(), convert::repr(py, self.name()), code.collect::<String>())
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        let other = other.get();
        self.at == other.at && self.doc.get().same_article(other.doc.get())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        ("actor", self.at, self.doc.get().article_hash()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "actor", vec![self.at])
    }
}

/// One mention of an actor.
///
/// Attributes
/// ----------
/// actor : Actor
///     The actor that it names.
/// kind : str
///     ``"state"``, ``"institution"``, ``"armed"``, ``"organisation"``, ``"person"`` or ``"people"``.
/// country, sector : str or None
///     What this phrase tells of its country and sector.
/// count : int or None
///     How many they are: 3 for *trois soldats*, 10 for *une dizaine*.
/// reason : str
///     The rule that found it.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> mention = doc.actors[1].mentions[0]
/// >>> mention.text, mention.kind, mention.count
/// ('soldats maliens', 'armed', 3)
#[pyclass(frozen, extends = Span, module = "chronique")]
#[derive(Debug)]
pub(crate) struct ActorMention {
    doc: Py<Document>,
    at: u32,
}

impl ActorMention {
    pub(crate) fn new<'py>(
        py: Python<'py>,
        doc: &Py<Document>,
        at: u32,
    ) -> PyResult<Bound<'py, ActorMention>> {
        let span = Span::new(py, doc, doc.get().read.actors().mentions()[at as usize].span);
        let mention = ActorMention { doc: doc.clone_ref(py), at };
        Bound::new(py, PyClassInitializer::from(span).add_subclass(mention))
    }

    fn mention(&self) -> &actors::ActorMention {
        &self.doc.get().read.actors().mentions()[self.at as usize]
    }
}

#[pymethods]
impl ActorMention {
    /// The actor that it names.
    #[getter]
    fn actor(&self, py: Python<'_>) -> Actor {
        Actor::new(py, &self.doc, self.mention().actor.0)
    }

    /// What kind of actor it is.
    #[getter]
    fn kind(&self) -> &'static str {
        self.mention().class.as_str()
    }

    /// What this phrase tells of its country.
    #[getter]
    fn country(&self) -> Option<&str> {
        self.mention().country.as_ref().map(actors::Country::as_str)
    }

    /// What this phrase tells of its sector.
    #[getter]
    fn sector(&self) -> Option<&'static str> {
        self.mention().sector.map(actors::Sector::as_str)
    }

    /// How many they are.
    #[getter]
    fn count(&self) -> Option<u32> {
        self.mention().count.map(|count| count.value)
    }

    /// The rule that found it.
    #[getter]
    fn reason(&self) -> &str {
        &self.mention().reason
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "actor mention", vec![self.at])
    }
}
