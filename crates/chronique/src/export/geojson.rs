use serde::Serialize;

use super::rows::{EventRow, Precision, rows};
use crate::Document;

/// A GeoJSON `FeatureCollection` of events (RFC 7946: WGS 84, longitude before latitude).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FeatureCollection {
    #[serde(rename = "type")]
    kind: &'static str,
    features: Vec<Feature>,
}

impl FeatureCollection {
    /// The collection of some features.
    #[must_use]
    pub fn new(features: Vec<Feature>) -> FeatureCollection {
        FeatureCollection { kind: "FeatureCollection", features }
    }
}

/// An event at its point, as a GeoJSON `Feature`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Feature {
    #[serde(rename = "type")]
    kind: &'static str,
    geometry: Point,
    properties: Properties,
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    coordinates: [f64; 2],
}

#[derive(Clone, PartialEq, Debug, Serialize)]
struct Properties {
    doc_id: Option<String>,
    event_id: String,
    #[serde(rename = "type")]
    event_type: &'static str,
    mode: Option<&'static str>,
    status: &'static str,
    quad: u8,
    cameo: &'static str,
    actors: Vec<String>,
    recipients: Vec<String>,
    place: Option<String>,
    place_id: Option<String>,
    place_kind: Option<&'static str>,
    country: Option<String>,
    date_start: Option<String>,
    date_end: Option<String>,
    date_precision: Option<Precision>,
    killed: Option<u32>,
    wounded: Option<u32>,
    attribution: Option<String>,
    trigger: String,
    sentence: String,
}

impl Feature {
    /// The feature as JSON, on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("features are plain data")
    }
}

/// The events of a document that have a point; the others are left out.
#[must_use]
pub fn features(document: &Document) -> Vec<Feature> {
    rows(document).into_iter().filter_map(feature).collect()
}

fn feature(row: EventRow) -> Option<Feature> {
    let (lat, lon) = row.lat.zip(row.lon)?;
    let properties = Properties {
        doc_id: row.doc_id,
        event_id: row.event_id,
        event_type: row.event_type,
        mode: row.mode,
        status: row.status,
        quad: row.quad,
        cameo: row.cameo,
        actors: row.actors,
        recipients: row.recipients,
        place: row.place,
        place_id: row.place_id,
        place_kind: row.place_kind,
        country: row.country,
        date_start: row.date_start.map(|date| date.to_string()),
        date_end: row.date_end.map(|date| date.to_string()),
        date_precision: row.date_precision,
        killed: row.killed,
        wounded: row.wounded,
        attribution: row.attribution,
        trigger: row.trigger,
        sentence: row.sentence,
    };
    let geometry = Point { kind: "Point", coordinates: [lon, lat] };
    Some(Feature { kind: "Feature", geometry, properties })
}

/// The rows that have a point, as a GeoJSON `FeatureCollection` (RFC 7946).
#[must_use]
pub fn rows_to_geojson(rows: &[EventRow]) -> String {
    let features = rows.iter().cloned().filter_map(feature).collect();
    serde_json::to_string(&FeatureCollection::new(features)).expect("features are plain data")
}
