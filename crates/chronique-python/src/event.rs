use std::hash::{DefaultHasher, Hash, Hasher};

use chronique::actors::ActorId;
use chronique::events::{self, Participant};
use chronique::export::{self, Style};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::actor::Actor;
use crate::document::Document;
use crate::explanation::Explanation;
use crate::mention::EventMention;
use crate::pickle::{Reduced, reduce};
use crate::place::Place;
use crate::time::Time;

/// One happening: all the mentions of it in a document.
///
/// Attributes
/// ----------
/// id : str
///     ``"e1"`` for the first of its document.
/// type : str
///     Its PLOVER type: ``"ASSAULT"``, ``"CONSULT"``…
/// mode : str or None
///     Its PLOVER mode: ``"aerial"``, ``"visit"``…
/// status : str
///     ``"actual"``, ``"future"``, ``"possible"`` or ``"negated"``.
/// cameo : str
///     The root of its CAMEO code: ``"19"``.
/// quad : int
///     1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
/// actors, recipients : tuple of Actor
///     Who does it, and to whom or what it is done; each once, in the order of the mentions.
/// killed, wounded : int or None
///     Victims, by the first figure stated.
/// place : Place or None
///     Where it happens.
/// time : Time or None
///     The expression that dates it.
/// date : str or None
///     When it happens, as far as the text dates it: ``"2023-09-19"``, ``"2023-09"``, ``"2023"``.
/// mentions : tuple of EventMention
///     Where it is told.
/// merged : tuple of str
///     Why each mention after the first was taken for the same happening.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> event = doc.events[0]
/// >>> event
/// <Event e1 ASSAULT djihadistes → soldats maliens, Gao, 2024-02-06>
/// >>> event.status, event.killed, event.place.country
/// ('actual', 3, 'ML')
#[pyclass(frozen, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Event {
    doc: Py<Document>,
    at: u32,
}

impl Event {
    pub(crate) fn new(py: Python<'_>, doc: &Py<Document>, at: u32) -> Event {
        Event { doc: doc.clone_ref(py), at }
    }

    fn event(&self) -> &events::Event {
        &self.doc.get().read.events()[self.at as usize]
    }

    fn mentions_len(&self) -> u32 {
        u32::try_from(self.event().mentions.len()).expect("a text has at most u32::MAX words")
    }

    /// The actors of one side, each once.
    fn side<'py>(
        &self,
        py: Python<'py>,
        side: impl Fn(&events::EventMention) -> &[Participant],
    ) -> PyResult<Bound<'py, PyTuple>> {
        let mut seen: Vec<ActorId> = Vec::new();
        for actor in self.event().mentions.iter().flat_map(side).filter_map(|one| one.actor) {
            if !seen.contains(&actor) {
                seen.push(actor);
            }
        }
        PyTuple::new(
            py,
            seen.into_iter().map(|ActorId(at)| Actor::new(py, &self.doc, at)).collect::<Vec<_>>(),
        )
    }

    /// The names of one side, for a line about the event.
    fn names(&self, side: impl Fn(&events::EventMention) -> &[Participant]) -> String {
        let read = &self.doc.get().read;
        let first = self.event().mentions.iter().find_map(|mention| side(mention).first());
        first.map_or_else(String::new, |one| match one.actor {
            Some(actor) => read.actors().actor(actor).name.to_string(),
            None => read.text().slice(one.span).to_owned(),
        })
    }
}

#[pymethods]
impl Event {
    /// The document that it is of.
    #[getter]
    fn doc(&self, py: Python<'_>) -> Py<Document> {
        self.doc.clone_ref(py)
    }

    /// Its key in its document.
    #[getter]
    fn id(&self) -> String {
        format!("e{}", self.at + 1)
    }

    /// Its PLOVER type.
    #[getter(r#type)]
    fn event_type(&self) -> &'static str {
        self.event().event_type.as_str()
    }

    /// Its PLOVER mode.
    #[getter]
    fn mode(&self) -> Option<&'static str> {
        self.event().mode.map(events::Mode::as_str)
    }

    /// Whether it took place, by what the text says.
    #[getter]
    fn status(&self) -> &'static str {
        self.event().status.as_str()
    }

    /// The root of its CAMEO code.
    #[getter]
    fn cameo(&self) -> &'static str {
        export::cameo(self.event().event_type, self.event().mode)
    }

    /// Its quad class, 1 to 4.
    #[getter]
    fn quad(&self) -> u8 {
        self.event().event_type.quad()
    }

    /// Who does it.
    #[getter]
    fn actors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.side(py, |mention| &mention.actors)
    }

    /// To whom or what it is done.
    #[getter]
    fn recipients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.side(py, |mention| &mention.recipients)
    }

    /// Killed, by the first figure stated.
    #[getter]
    fn killed(&self) -> Option<u32> {
        self.event().killed
    }

    /// Wounded, by the first figure stated.
    #[getter]
    fn wounded(&self) -> Option<u32> {
        self.event().wounded
    }

    /// Where it happens.
    #[getter]
    fn place<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, Place>>> {
        self.event().place.map(|at| Place::new(py, &self.doc, at)).transpose()
    }

    /// The expression that dates it.
    #[getter]
    fn time<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, Time>>> {
        self.event().time.map(|at| Time::new(py, &self.doc, at)).transpose()
    }

    /// When it happens, as far as the text dates it.
    #[getter]
    fn date(&self) -> Option<String> {
        self.doc.get().read.date_of(self.event()).map(|date| date.to_string())
    }

    /// Where it is told.
    #[getter]
    fn mentions<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let mentions = (0..self.mentions_len()).map(|at| EventMention::new(py, &self.doc, self.at, at));
        PyTuple::new(py, mentions.collect::<PyResult<Vec<_>>>()?)
    }

    /// Why each mention after the first was taken for the same happening.
    #[getter]
    fn merged<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.event().merged)
    }

    /// How the event was read and why; what was rejected and why.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.")
    /// >>> str(doc.events[0].explain()).split()[0]
    /// 'e1'
    fn explain(&self) -> Explanation {
        Explanation(export::explain_event(&self.doc.get().read, self.at as usize, Style::Plain))
    }

    /// The event as the output contract writes it.
    ///
    /// Examples
    /// --------
    /// >>> import chronique
    /// >>> doc = chronique.Pipeline()("L’armée a bombardé Goma.")
    /// >>> event = doc.events[0].to_dict()
    /// >>> event["type"], event["mentions"][0]["trigger"]
    /// ('ASSAULT', {'start': 10, 'end': 18})
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.doc.bind(py).call_method0("to_dict")?.get_item("events")?.get_item(self.at)
    }

    /// The event as notebooks show it: a card.
    fn _repr_html_(&self) -> String {
        export::html_event(&self.doc.get().read, self.at as usize)
    }

    fn __repr__(&self) -> String {
        let mode = self.mode().map(|mode| format!("/{mode}")).unwrap_or_default();
        let (who, whom) = (self.names(|one| &one.actors), self.names(|one| &one.recipients));
        let parties = match (who.is_empty(), whom.is_empty()) {
            (true, true) => String::new(),
            (false, true) => format!(" {who}"),
            (true, false) => format!(" → {whom}"),
            (false, false) => format!(" {who} → {whom}"),
        };
        let read = &self.doc.get().read;
        let place = self.event().place.map(|at| format!(", {}", read.places()[at as usize].name));
        let date = self.date().map(|date| format!(", {date}"));
        let status = match self.status() {
            "actual" => String::new(),
            status => format!(" ({status})"),
        };
        format!(
            "<Event {} {}{mode}{status}{parties}{}{}>",
            self.id(),
            self.event_type(),
            place.unwrap_or_default(),
            date.unwrap_or_default()
        )
    }

    fn __eq__(&self, other: &Bound<'_, Self>) -> bool {
        let other = other.get();
        self.at == other.at && self.doc.get().same_article(other.doc.get())
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        ("event", self.at, self.doc.get().article_hash()).hash(&mut hasher);
        hasher.finish()
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "event", vec![self.at])
    }
}
