use chronique_actors::ActorId;
use chronique_events::{Event, EventMention, Participant};
use chronique_text::{CodePoints, Span};
use serde::Serialize;

use super::codes::cameo;
use crate::Document;

/// A stretch of the text: code points from `start` up to, not including, `end`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Offsets {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
}

impl Offsets {
    /// The code points of a span of bytes.
    #[must_use]
    pub fn new(span: Span, points: &CodePoints) -> Offsets {
        Offsets { start: points.of_byte(span.start()), end: points.of_byte(span.end()) }
    }
}

/// A document as the output writes it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DocumentRecord<'a> {
    /// The caller's key.
    pub id: Option<&'a str>,
    /// The day of publication, ISO 8601.
    pub date: Option<String>,
    /// Article or page debris.
    pub blocks: Vec<BlockRecord>,
    /// Place names and what they mean.
    pub places: Vec<PlaceRecord<'a>>,
    /// Time expressions and their values.
    pub times: Vec<TimeRecord<'a>>,
    /// Actors with all their mentions.
    pub actors: Vec<ActorRecord<'a>>,
    /// Events with all their mentions.
    pub events: Vec<EventRecord<'a>>,
}

/// A block of the page.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BlockRecord {
    /// Where it stands.
    #[serde(flatten)]
    pub at: Offsets,
    /// What it is: `"body"`, `"credit"`…
    pub kind: &'static str,
}

/// A place name in the text.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PlaceRecord<'a> {
    /// Where it stands.
    #[serde(flatten)]
    pub at: Offsets,
    /// The words.
    pub text: &'a str,
    /// `"location"` or `"metonym"`.
    pub role: &'static str,
    /// The place's usual French name.
    pub name: &'a str,
    /// The place's identifier.
    pub id: &'a str,
    /// What the place is.
    pub kind: &'static str,
    /// Sovereign, ISO 3166-1 alpha-2.
    pub country: Option<&'a str>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// Why this place.
    pub reason: String,
}

/// A time expression in the text.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TimeRecord<'a> {
    /// Where it stands.
    #[serde(flatten)]
    pub at: Offsets,
    /// The words.
    pub text: &'a str,
    /// `"date"`, `"time"`, `"duration"` or `"set"`.
    pub kind: &'static str,
    /// TIMEX3 value.
    pub value: String,
}

/// An actor of the document.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ActorRecord<'a> {
    /// `"a1"`, `"a2"`… in order of the first mentions.
    pub id: String,
    /// Its usual name.
    pub name: &'a str,
    /// PLOVER country code.
    pub country: Option<&'a str>,
    /// PLOVER sector code.
    pub sector: Option<&'static str>,
    /// Where it is mentioned.
    pub mentions: Vec<Offsets>,
}

/// One happening.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct EventRecord<'a> {
    /// `"e1"`, `"e2"`… in order of the first mentions.
    pub id: String,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub event_type: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// `"actual"`, `"future"`, `"possible"` or `"negated"`.
    pub status: &'static str,
    /// Root of the CAMEO code.
    pub cameo: &'static str,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Killed, as stated.
    pub killed: Option<u32>,
    /// Wounded, as stated.
    pub wounded: Option<u32>,
    /// The name of the place where it happens.
    pub place: Option<&'a str>,
    /// When it happens, as far as the text dates it: `2023-09-19`, `2023-09`, `2023-W38`, `2023`.
    pub date: Option<String>,
    /// Its mentions.
    pub mentions: Vec<MentionRecord<'a>>,
}

/// One mention of an event.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MentionRecord<'a> {
    /// The word that names the act.
    pub trigger: Offsets,
    /// Who does it.
    pub actors: Vec<ParticipantRecord>,
    /// To whom or what it is done.
    pub recipients: Vec<ParticipantRecord>,
    /// Where it happens.
    pub places: Vec<Offsets>,
    /// When it happens.
    pub time: Option<Offsets>,
    /// Who reports it.
    pub attribution: Option<AttributionRecord>,
    /// The status by this mention.
    pub status: &'static str,
    /// The mode by this mention.
    pub mode: Option<&'static str>,
    /// The row of the lexicon that made it.
    pub rule: &'a str,
}

/// Who takes part.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ParticipantRecord {
    /// Where the words stand.
    #[serde(flatten)]
    pub at: Offsets,
    /// The actor that they name.
    pub actor: Option<String>,
}

/// Who reports an event.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AttributionRecord {
    /// Where the source's name stands.
    #[serde(flatten)]
    pub at: Offsets,
}

impl<'a> DocumentRecord<'a> {
    /// The record of a document.
    #[must_use]
    pub fn new(document: &'a Document) -> DocumentRecord<'a> {
        let points = CodePoints::new(document.text());
        let at = |span| Offsets::new(span, &points);
        DocumentRecord {
            id: document.id(),
            date: document.date().map(|date| date.to_string()),
            blocks: document
                .blocks
                .iter()
                .map(|block| BlockRecord { at: at(block.span), kind: block.kind.as_str() })
                .collect(),
            places: places(document, &points),
            times: times(document, &points),
            actors: actors(document, &points),
            events: document
                .events
                .iter()
                .enumerate()
                .map(|(n, event)| EventRecord::new(n, event, document, &points))
                .collect(),
        }
    }
}

fn places<'a>(document: &'a Document, points: &CodePoints) -> Vec<PlaceRecord<'a>> {
    let place = |place: &'a chronique_places::ResolvedPlace| PlaceRecord {
        at: Offsets::new(place.span, points),
        text: document.text().slice(place.span),
        role: place.role.as_str(),
        name: &place.name,
        id: &place.id,
        kind: place.kind.as_str(),
        country: place.country.as_ref().map(chronique_places::CountryCode::as_str),
        lat: place.point.map(|(lat, _)| lat),
        lon: place.point.map(|(_, lon)| lon),
        reason: place.reason.to_string(),
    };
    document.places.iter().map(place).collect()
}

fn times<'a>(document: &'a Document, points: &CodePoints) -> Vec<TimeRecord<'a>> {
    let time = |time: &'a chronique_times::TimeExpression| TimeRecord {
        at: Offsets::new(time.span, points),
        text: document.text().slice(time.span),
        kind: time.kind.as_str(),
        value: time.value.to_string(),
    };
    document.times.iter().map(time).collect()
}

fn actors<'a>(document: &'a Document, points: &CodePoints) -> Vec<ActorRecord<'a>> {
    let mentions = document.actors.mentions();
    let actor = |(n, actor): (usize, &'a chronique_actors::Actor)| ActorRecord {
        id: format!("a{}", n + 1),
        name: &actor.name,
        country: actor.country.as_ref().map(chronique_actors::Country::as_str),
        sector: actor.sector.map(chronique_actors::Sector::as_str),
        mentions: actor.mentions.iter().map(|&at| Offsets::new(mentions[at as usize].span, points)).collect(),
    };
    document.actors.as_slice().iter().enumerate().map(actor).collect()
}

/// The id of an actor in the output: `a1` for the first.
pub(crate) fn actor_id(ActorId(n): ActorId) -> String {
    format!("a{}", n + 1)
}

impl<'a> EventRecord<'a> {
    fn new(n: usize, event: &'a Event, document: &'a Document, points: &CodePoints) -> EventRecord<'a> {
        EventRecord {
            id: format!("e{}", n + 1),
            event_type: event.event_type.as_str(),
            mode: event.mode.map(chronique_events::Mode::as_str),
            status: event.status.as_str(),
            cameo: cameo(event.event_type, event.mode),
            quad: event.event_type.quad(),
            killed: event.killed,
            wounded: event.wounded,
            place: event.place.map(|at| &*document.places[at as usize].name),
            date: document.date_of(event).map(|date| date.to_string()),
            mentions: event
                .mentions
                .iter()
                .map(|mention| MentionRecord::new(mention, document, points))
                .collect(),
        }
    }
}

impl<'a> MentionRecord<'a> {
    fn new(mention: &'a EventMention, document: &'a Document, points: &CodePoints) -> MentionRecord<'a> {
        let at = |span| Offsets::new(span, points);
        let participant =
            |one: &Participant| ParticipantRecord { at: at(one.span), actor: one.actor.map(actor_id) };
        MentionRecord {
            trigger: at(mention.trigger),
            actors: mention.actors.iter().map(participant).collect(),
            recipients: mention.recipients.iter().map(participant).collect(),
            places: mention
                .places
                .iter()
                .map(|place| at(document.places[place.place as usize].span))
                .collect(),
            time: mention.time.map(|time| at(document.times[time.time as usize].span)),
            attribution: mention.attribution.as_ref().map(|source| AttributionRecord { at: at(source.span) }),
            status: mention.status.as_str(),
            mode: mention.mode.map(chronique_events::Mode::as_str),
            rule: mention.rule.id(),
        }
    }
}
