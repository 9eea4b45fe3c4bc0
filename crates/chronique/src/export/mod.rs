//! Documents written down: JSON, GeoJSON, flat rows, tables and explanations for people.
//!
//! Offsets are bytes inside Rust. Everything in this module counts **Unicode code points**, as
//! Python, JSON, CSV and Arrow users do. What is missing is `null` (an empty cell in CSV), never `0`
//! or `""`.

mod acled;
mod codes;
mod draw;
mod explain;
mod geojson;
mod html;
mod layout;
mod lookup;
mod plover;
mod record;
mod rows;
mod table;

pub use acled::{AcledType, acled_header, acled_type, rows_to_acled, to_acled};
pub use codes::cameo;
pub use draw::{rows_to_map, rows_to_timeline};
pub use explain::{
    explain, explain_event, explain_events, explain_passed_over, explain_places, explain_times,
};
pub use geojson::{Feature, FeatureCollection, features, rows_to_geojson};
pub use html::{html, html_event, html_page};
pub use layout::Style;
pub use lookup::{ranked_places, ranked_places_json, times_json, times_table};
pub use plover::{PloverActor, PloverPlace, PloverRecord, PloverText, rows_to_plover, to_plover};
pub use record::{
    ActorRecord, AttributionRecord, BlockRecord, DocumentRecord, EventRecord, MentionRecord, Offsets,
    ParticipantRecord, PlaceRecord, TimeRecord,
};
pub use rows::{EventRow, Failure, Precision, csv_error, csv_header, rows, rows_to_csv, to_csv};
pub use table::table;

use crate::Document;

/// The JSON Schema of [`to_json`].
pub const SCHEMA: &str = include_str!("../../data/schema.json");

/// A document as one line of JSON, without the line feed; the schema is [`SCHEMA`].
///
/// ```
/// use chronique::{Article, Pipeline, export};
///
/// let document = Pipeline::french().read(Article::new("")?.with_id("vide"));
/// assert!(export::to_json(&document).starts_with(r#"{"id":"vide","date":null,"blocks":["#));
/// # Ok::<(), chronique::TextTooLong>(())
/// ```
#[must_use]
pub fn to_json(document: &Document) -> String {
    serde_json::to_string(&DocumentRecord::new(document)).expect("records are plain data")
}

/// The events of documents that have a point, as a GeoJSON `FeatureCollection` (RFC 7946).
#[must_use]
pub fn to_geojson(documents: &[Document]) -> String {
    let features = documents.iter().flat_map(features).collect();
    serde_json::to_string(&FeatureCollection::new(features)).expect("features are plain data")
}
