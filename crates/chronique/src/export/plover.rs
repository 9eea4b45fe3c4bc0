use chronique_actors::Sector;
use chronique_events::{EventType, Status};
use serde::Serialize;

use super::codes::reduced;
use super::rows::{EventRow, rows};
use crate::Document;

/// An event as PLOVER writes it: one JSON object.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PloverRecord {
    /// The article's id and the event's: `"dépêche-1-e1"`.
    pub id: String,
    /// First day of the event, or else the day of publication, ISO 8601.
    pub date: Option<String>,
    /// Last day of the event, where it is not the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enddate: Option<String>,
    /// Who does it.
    pub actor: Vec<PloverActor>,
    /// To whom or what it is done.
    pub recipient: Vec<PloverActor>,
    /// The type, after the codebook's reductions.
    pub event: [&'static str; 1],
    /// The mode, and `future`, `hypothetical` or `negation` of what did not happen.
    pub mode: Vec<&'static str>,
    /// Quad class, 1 to 4.
    pub quad_code: u8,
    /// Root of the CAMEO code of what is reported, before reductions.
    pub cameo_root: &'static str,
    /// Where it happens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_loc: Option<PloverPlace>,
    /// The sentence that tells it.
    pub event_text: [String; 1],
    /// Where the sentence stands in the article, in code points.
    pub text_info: PloverText,
    /// Killed, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dead: Option<u32>,
    /// Wounded, as stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub injured: Option<u32>,
    /// Who reports it: no field of PLOVER's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<String>,
    /// The version of the codebook.
    pub version: &'static str,
}

/// Who takes part in an event.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PloverActor {
    /// Country and sector without anything between: `"AZEMIL"`.
    pub code: Option<String>,
    /// ISO 3166-1 alpha-3, or PLOVER's code of an international actor.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// The usual name.
    pub text: String,
}

/// Where an event happens.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PloverPlace {
    /// The usual French name.
    pub placename: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
    /// The number of the place in GeoNames, if it is of there.
    pub geonameid: Option<u64>,
}

/// Where a sentence stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct PloverText {
    /// The first code point.
    pub start: u32,
    /// The code point after the last.
    pub end: u32,
}

/// The events of a document as PLOVER records, one JSON object a line.
///
/// The codebook's reductions apply: cooperation to come is AGREE, a retreat to come is CONCEDE.
/// Contexts are left out, because Chronique does not read them.
#[must_use]
pub fn to_plover(document: &Document) -> String {
    rows_to_plover(&rows(document))
}

/// Rows as PLOVER records, one JSON object a line.
#[must_use]
pub fn rows_to_plover(rows: &[EventRow]) -> String {
    let line = |row: &EventRow| {
        serde_json::to_string(&PloverRecord::new(row)).expect("records are plain data") + "\n"
    };
    rows.iter().map(line).collect()
}

impl PloverRecord {
    /// The record of a row.
    #[must_use]
    pub fn new(row: &EventRow) -> PloverRecord {
        let stated: EventType = row.event_type.parse().expect("rows hold types");
        let status: Status = row.status.parse().expect("rows hold statuses");
        let reduction = reduced(stated, status);
        // A mode of one type says nothing of another.
        let mode = row.mode.filter(|_| reduction.event_type == stated);
        let first = row.date_start.or(row.published);
        let last = row.date_end.filter(|_| row.date_end != row.date_start);
        let doc = row.doc_id.as_ref().map(|id| format!("{id}-")).unwrap_or_default();
        PloverRecord {
            id: format!("{doc}{}", row.event_id),
            date: first.map(|day| day.to_string()),
            enddate: last.map(|day| day.to_string()),
            actor: actors(&row.actors, &row.actor_codes),
            recipient: actors(&row.recipients, &row.recipient_codes),
            event: [reduction.event_type.as_str()],
            mode: mode.into_iter().chain(reduction.auxiliary).collect(),
            quad_code: reduction.event_type.quad(),
            cameo_root: row.cameo,
            event_loc: row.place.as_ref().map(|place| PloverPlace {
                placename: place.clone(),
                country: row.country.clone(),
                latitude: row.lat,
                longitude: row.lon,
                geonameid: row.place_id.as_deref().and_then(|id| id.strip_prefix("geonames:")?.parse().ok()),
            }),
            event_text: [row.sentence.clone()],
            text_info: PloverText { start: row.sentence_at.start, end: row.sentence_at.end },
            dead: row.killed,
            injured: row.wounded,
            attribution: row.attribution.clone(),
            version: "0.8",
        }
    }
}

fn actors(names: &[String], codes: &[Option<String>]) -> Vec<PloverActor> {
    let actor = |(name, code): (&String, &Option<String>)| {
        let (country, sector) = parts(code.as_deref());
        PloverActor {
            code: code.as_ref().map(|code| code.replace('-', "")),
            country: country.map(str::to_owned),
            sector: sector.map(str::to_owned),
            text: name.clone(),
        }
    };
    names.iter().zip(codes).map(actor).collect()
}

/// Country and sector of a code such as `AZE-MIL`, `AZE` or `MIL`.
pub(super) fn parts(code: Option<&str>) -> (Option<&str>, Option<&str>) {
    let Some(code) = code else { return (None, None) };
    match code.split_once('-') {
        Some((country, sector)) => (Some(country), Some(sector)),
        None if Sector::ALL.iter().any(|sector| sector.as_str() == code) => (None, Some(code)),
        None => (Some(code), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Pipeline};

    #[test]
    fn an_event_is_a_line() {
        let text =
            "Mardi, l’armée azerbaïdjanaise a bombardé Stepanakert, tuant dix civils, selon l’Arménie.";
        let article = Article::new(text).unwrap().with_id("d").published("2023-09-20".parse().unwrap());
        let written = to_plover(&Pipeline::french().read(article));
        let record: serde_json::Value = serde_json::from_str(written.lines().next().unwrap()).unwrap();
        assert_eq!((&record["id"], &record["date"]), (&"d-e1".into(), &"2023-09-19".into()), "{record}");
        assert_eq!((&record["event"][0], &record["dead"]), (&"ASSAULT".into(), &10.into()));
        assert_eq!(record["actor"][0]["code"], "AZEMIL", "{record}");
        assert_eq!(record["event_text"][0], text);
        assert!(record["event_loc"]["geonameid"].is_u64());
    }

    #[test]
    fn codes_have_two_parts() {
        let table = [
            (None, (None, None)),
            (Some("AZE"), (Some("AZE"), None)),
            (Some("AZE-MIL"), (Some("AZE"), Some("MIL"))),
            (Some("REB"), (None, Some("REB"))),
            (Some("NGO"), (Some("NGO"), None)),
        ];
        for (code, expected) in table {
            assert_eq!(parts(code), expected, "{code:?}");
        }
    }
}
