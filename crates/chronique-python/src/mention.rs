use chronique::events;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::actor::Actor;
use crate::document::Document;
use crate::event::Event;
use crate::pickle::{Reduced, reduce};
use crate::place::Place;
use crate::span::Span;
use crate::time::Time;

/// One mention of an event: a verb, noun or participle and what hangs on it.
///
/// The span itself is the trigger, the word that names the act.
///
/// Attributes
/// ----------
/// event : Event
///     The happening that it tells of.
/// trigger : Span
///     The word that names the act.
/// type, mode, status
///     As in :class:`Event`, by this mention alone.
/// actors, recipients : tuple of Participant
///     Who does it, and to whom or what it is done.
/// places : tuple of Place
///     Where it happens.
/// time : Time or None
///     When it happens.
/// attribution : Attribution or None
///     Who reports it.
/// killed, wounded : int or None
///     Victims, as stated here.
/// rule : str
///     The row of the lexicon that made it.
/// reasons : tuple of str
///     The gates that it passed and the readings that were rejected.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> mention = doc.events[0].mentions[0]
/// >>> mention.trigger.text, mention.actors[0].text, mention.recipients[0].text, mention.rule
/// ('tués', 'djihadistes', 'soldats maliens', 'ASSAULT/tuer/V')
#[pyclass(frozen, extends = Span, module = "chronique")]
#[derive(Debug)]
pub(crate) struct EventMention {
    doc: Py<Document>,
    event: u32,
    at: u32,
}

/// A mention by the indices of its event and its own.
fn mention(doc: &Document, event: u32, at: u32) -> Option<&events::EventMention> {
    doc.read.events().get(event as usize)?.mentions.get(at as usize)
}

fn damaged() -> PyErr {
    PyValueError::new_err("this pickle is damaged: its document has no such event")
}

impl EventMention {
    pub(crate) fn new<'py>(
        py: Python<'py>,
        doc: &Py<Document>,
        event: u32,
        at: u32,
    ) -> PyResult<Bound<'py, EventMention>> {
        let span = Span::new(py, doc, doc.get().read.events()[event as usize].mentions[at as usize].trigger);
        let mention = EventMention { doc: doc.clone_ref(py), event, at };
        Bound::new(py, PyClassInitializer::from(span).add_subclass(mention))
    }

    pub(crate) fn checked<'py>(
        py: Python<'py>,
        doc: &Py<Document>,
        event: u32,
        at: u32,
    ) -> PyResult<Bound<'py, EventMention>> {
        mention(doc.get(), event, at).ok_or_else(damaged)?;
        EventMention::new(py, doc, event, at)
    }

    fn mention(&self) -> &events::EventMention {
        &self.doc.get().read.events()[self.event as usize].mentions[self.at as usize]
    }

    fn side<'py>(&self, py: Python<'py>, doers: bool) -> PyResult<Bound<'py, PyTuple>> {
        let length = if doers { self.mention().actors.len() } else { self.mention().recipients.len() };
        let length = u32::try_from(length).expect("a text has at most u32::MAX words");
        let side = (0..length).map(|n| Participant::checked(py, &self.doc, (self.event, self.at), doers, n));
        PyTuple::new(py, side.collect::<PyResult<Vec<_>>>()?)
    }
}

#[pymethods]
impl EventMention {
    /// The happening that it tells of.
    #[getter]
    fn event(&self, py: Python<'_>) -> Event {
        Event::new(py, &self.doc, self.event)
    }

    /// The word that names the act.
    #[getter]
    fn trigger(&self, py: Python<'_>) -> Span {
        Span::new(py, &self.doc, self.mention().trigger)
    }

    /// Its PLOVER type.
    #[getter(r#type)]
    fn event_type(&self) -> &'static str {
        self.mention().event_type.as_str()
    }

    /// Its PLOVER mode.
    #[getter]
    fn mode(&self) -> Option<&'static str> {
        self.mention().mode.map(events::Mode::as_str)
    }

    /// Whether it took place, by this mention.
    #[getter]
    fn status(&self) -> &'static str {
        self.mention().status.as_str()
    }

    /// Who does it.
    #[getter]
    fn actors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.side(py, true)
    }

    /// To whom or what it is done.
    #[getter]
    fn recipients<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.side(py, false)
    }

    /// Where it happens.
    #[getter]
    fn places<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let places = self.mention().places.iter().map(|place| Place::new(py, &self.doc, place.place));
        PyTuple::new(py, places.collect::<PyResult<Vec<_>>>()?)
    }

    /// When it happens.
    #[getter]
    fn time<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, Time>>> {
        self.mention().time.map(|time| Time::new(py, &self.doc, time.time)).transpose()
    }

    /// Who reports it.
    #[getter]
    fn attribution<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, Attribution>>> {
        let there = self.mention().attribution.is_some();
        there.then(|| Attribution::checked(py, &self.doc, self.event, self.at)).transpose()
    }

    /// Killed, as stated here.
    #[getter]
    fn killed(&self) -> Option<u32> {
        self.mention().killed
    }

    /// Wounded, as stated here.
    #[getter]
    fn wounded(&self) -> Option<u32> {
        self.mention().wounded
    }

    /// The row of the lexicon that made it.
    #[getter]
    fn rule(&self) -> &str {
        self.mention().rule.id()
    }

    /// The gates that it passed, the readings that were held back, and why it has its status and figures.
    #[getter]
    fn reasons<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        let (mention, text) = (self.mention(), self.doc.get().read.text());
        let gates = mention.rule.gates().filter(|_| !mention.taken_up);
        let held = gates.map(|(gate, told)| format!("gate {gate} holds: {told}"));
        let rejected = mention.rejected.iter().map(|one| format!("not {}: {}", one.rule.id(), one.why(text)));
        PyTuple::new(py, held.chain(rejected).chain(mention.reasons.iter().cloned()).collect::<Vec<_>>())
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "mention", vec![self.event, self.at])
    }
}

/// The words of a sentence that name who does something, or to whom it is done.
///
/// Attributes
/// ----------
/// actor : Actor or None
///     The actor that the words name, if it is one.
/// reason : str
///     How the words hang on the trigger: ``"nsubj"``, ``"obl:agent"``…
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> participant = doc.events[0].mentions[0].actors[0]
/// >>> participant.text, participant.actor.sector, participant.reason
/// ('djihadistes', 'REB', 'obl:agent')
#[pyclass(frozen, extends = Span, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Participant {
    doc: Py<Document>,
    mention: (u32, u32),
    doers: bool,
    at: u32,
}

/// One side of a mention.
fn side(mention: &events::EventMention, doers: bool) -> &[events::Participant] {
    if doers { &mention.actors } else { &mention.recipients }
}

impl Participant {
    pub(crate) fn checked<'py>(
        py: Python<'py>,
        doc: &Py<Document>,
        (event, at): (u32, u32),
        doers: bool,
        n: u32,
    ) -> PyResult<Bound<'py, Participant>> {
        let mention = mention(doc.get(), event, at).ok_or_else(damaged)?;
        let one = side(mention, doers).get(n as usize).ok_or_else(damaged)?;
        let span = Span::new(py, doc, one.span);
        let participant = Participant { doc: doc.clone_ref(py), mention: (event, at), doers, at: n };
        Bound::new(py, PyClassInitializer::from(span).add_subclass(participant))
    }

    fn participant(&self) -> &events::Participant {
        let (event, at) = self.mention;
        let mention = &self.doc.get().read.events()[event as usize].mentions[at as usize];
        &side(mention, self.doers)[self.at as usize]
    }
}

#[pymethods]
impl Participant {
    /// The actor that the words name.
    #[getter]
    fn actor(&self, py: Python<'_>) -> Option<Actor> {
        self.participant().actor.map(|actor| Actor::new(py, &self.doc, actor.0))
    }

    /// How the words hang on the trigger.
    #[getter]
    fn reason(&self) -> &str {
        self.participant().reason
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        let layer = if self.doers { "actors" } else { "recipients" };
        reduce(py, &self.doc, layer, vec![self.mention.0, self.mention.1, self.at])
    }
}

/// The words that name who reports an event: *l'armée* in *selon l'armée*.
///
/// Attributes
/// ----------
/// cue : Span
///     The words that attribute: *selon*, *a indiqué*.
///
/// Examples
/// --------
/// >>> import chronique
/// >>> nlp = chronique.Pipeline()
/// >>> doc = nlp("Selon l’ONU, trois soldats maliens ont été tués mardi à Gao par des djihadistes.", date="2024-02-07")
/// >>> source = doc.events[0].mentions[0].attribution
/// >>> source.cue.text, source.text
/// ('Selon', 'ONU')
#[pyclass(frozen, extends = Span, module = "chronique")]
#[derive(Debug)]
pub(crate) struct Attribution {
    doc: Py<Document>,
    mention: (u32, u32),
    cue: chronique::text::Span,
}

impl Attribution {
    pub(crate) fn checked<'py>(
        py: Python<'py>,
        doc: &Py<Document>,
        event: u32,
        at: u32,
    ) -> PyResult<Bound<'py, Attribution>> {
        let mention = mention(doc.get(), event, at).ok_or_else(damaged)?;
        let source = mention.attribution.as_ref().ok_or_else(damaged)?;
        let span = Span::new(py, doc, source.span);
        let attribution = Attribution { doc: doc.clone_ref(py), mention: (event, at), cue: source.cue };
        Bound::new(py, PyClassInitializer::from(span).add_subclass(attribution))
    }
}

#[pymethods]
impl Attribution {
    /// The words that attribute.
    #[getter]
    fn cue(&self, py: Python<'_>) -> Span {
        Span::new(py, &self.doc, self.cue)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Reduced<'py>> {
        reduce(py, &self.doc, "attribution", vec![self.mention.0, self.mention.1])
    }
}
