use std::collections::BTreeSet;

use chronique_events::{Event, EventMention, Participant};
use chronique_text::CodePoints;
use chronique_times::{Date, TimeExpression};
use serde::Serialize;

use super::Offsets;
use super::codes::cameo;
use super::record::actor_id;
use crate::Document;

/// How finely a date is stated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Precision {
    /// A day.
    Day,
    /// A week or a weekend.
    Week,
    /// A month.
    Month,
    /// A season, quarter or half-year.
    Season,
    /// A year.
    Year,
    /// A decade or a century.
    Longer,
}

impl Precision {
    /// The name in the output: `"day"`, `"week"`…
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Week => "week",
            Precision::Month => "month",
            Precision::Season => "season",
            Precision::Year => "year",
            Precision::Longer => "longer",
        }
    }

    /// The precision of a TIMEX3 value that stands for days.
    fn of(value: &str) -> Precision {
        let day = value.split_once('T').map_or(value, |(day, _)| day);
        let mut parts = day.split('-');
        let year = parts.next().unwrap_or_default();
        match (parts.next(), parts.next()) {
            (None, _) if year.len() == 4 => Precision::Year,
            (None, _) => Precision::Longer,
            (Some(week), None | Some("WE")) if week.starts_with('W') && week.len() == 3 => Precision::Week,
            (Some(month), None) if month.bytes().all(|byte| byte.is_ascii_digit()) => Precision::Month,
            (Some(_), None) => Precision::Season,
            (Some(_), Some(_)) => Precision::Day,
        }
    }
}

/// One event as a row of a flat table.
///
/// Lists hold each participant once, in order of mention; the codes run parallel to the names.
#[derive(Clone, PartialEq, Debug)]
pub struct EventRow {
    /// The article's id.
    pub doc_id: Option<String>,
    /// `"e1"`…, within the article.
    pub event_id: String,
    /// PLOVER type.
    pub event_type: &'static str,
    /// PLOVER mode.
    pub mode: Option<&'static str>,
    /// `"actual"`, `"future"`, `"possible"` or `"negated"`.
    pub status: &'static str,
    /// Quad class, 1 to 4.
    pub quad: u8,
    /// Root of the CAMEO code.
    pub cameo: &'static str,
    /// Who does it: the actors' usual names, or the words of what is no actor.
    pub actors: Vec<String>,
    /// Their country and sector, such as `AZE`, `AZE-MIL`, `MIL`.
    pub actor_codes: Vec<Option<String>>,
    /// To whom or what it is done.
    pub recipients: Vec<String>,
    /// Their country and sector.
    pub recipient_codes: Vec<Option<String>>,
    /// The place's usual French name.
    pub place: Option<String>,
    /// The place's identifier.
    pub place_id: Option<String>,
    /// What the place is: `"city"`, `"country"`…
    pub place_kind: Option<&'static str>,
    /// The place's sovereign, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north, WGS 84.
    pub lat: Option<f64>,
    /// Degrees east, WGS 84.
    pub lon: Option<f64>,
    /// First day of the date stated.
    pub date_start: Option<Date>,
    /// Last day of the date stated.
    pub date_end: Option<Date>,
    /// How finely the date is stated.
    pub date_precision: Option<Precision>,
    /// Killed, as stated.
    pub killed: Option<u32>,
    /// Wounded, as stated.
    pub wounded: Option<u32>,
    /// Who reports it, in the words of the first mention that is attributed.
    pub attribution: Option<String>,
    /// The word that names the act, at its first mention.
    pub trigger: String,
    /// Where that word stands, in code points.
    pub trigger_at: Offsets,
    /// The sentence of that mention.
    pub sentence: String,
    /// Where the sentence stands, in code points.
    pub sentence_at: Offsets,
    /// The row of the lexicon that made the first mention.
    pub rule: String,
    /// The article's day of publication.
    pub published: Option<Date>,
}

/// An article that could not be read, in the place of its events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The article's id.
    pub id: Option<String>,
    /// What is wrong where.
    pub error: String,
}

/// The events of a document as rows of a flat table, one row an event.
#[must_use]
pub fn rows(document: &Document) -> Vec<EventRow> {
    let points = CodePoints::new(document.text());
    document.events.iter().enumerate().map(|(n, event)| row(document, n, event, &points)).collect()
}

fn row(document: &Document, n: usize, event: &Event, points: &CodePoints) -> EventRow {
    let text = document.text();
    let first = &event.mentions[0];
    let (actors, actor_codes) = participants(document, event, |mention| &mention.actors);
    let (recipients, recipient_codes) = participants(document, event, |mention| &mention.recipients);
    let place = event.place.map(|at| &document.places[at as usize]);
    let time = event.time.map(|at| &document.times[at as usize]);
    let days = time.and_then(|time| time.value.days());
    let sentence = document.sentence_of(first);
    let source = event.mentions.iter().find_map(|mention| mention.attribution.as_ref());
    EventRow {
        doc_id: document.id().map(str::to_owned),
        event_id: format!("e{}", n + 1),
        event_type: event.event_type.as_str(),
        mode: event.mode.map(chronique_events::Mode::as_str),
        status: event.status.as_str(),
        quad: event.event_type.quad(),
        cameo: cameo(event.event_type, event.mode),
        actors,
        actor_codes,
        recipients,
        recipient_codes,
        place: place.map(|place| place.name.to_string()),
        place_id: place.map(|place| place.id.to_string()),
        place_kind: place.map(|place| place.kind.as_str()),
        country: place.and_then(|place| place.country).map(|country| country.to_string()),
        lat: place.and_then(|place| place.point).map(|(lat, _)| lat),
        lon: place.and_then(|place| place.point).map(|(_, lon)| lon),
        date_start: days.map(|(first, _)| first),
        date_end: days.map(|(_, last)| last),
        date_precision: days.and(time).map(|time: &TimeExpression| Precision::of(&time.value.to_string())),
        killed: event.killed,
        wounded: event.wounded,
        attribution: source.map(|source| text.slice(source.span).to_owned()),
        trigger: text.slice(first.trigger).to_owned(),
        trigger_at: Offsets::new(first.trigger, points),
        sentence: text.slice(sentence).to_owned(),
        sentence_at: Offsets::new(sentence, points),
        rule: first.rule.id().to_owned(),
        published: document.date(),
    }
}

/// Names and codes of an event's participants on one side, each once.
pub(crate) fn participants<'d>(
    document: &'d Document,
    event: &'d Event,
    side: impl Fn(&'d EventMention) -> &'d Vec<Participant>,
) -> (Vec<String>, Vec<Option<String>>) {
    let mut seen = BTreeSet::new();
    let (mut names, mut codes) = (Vec::new(), Vec::new());
    for participant in event.mentions.iter().flat_map(side) {
        let words = document.text().slice(participant.span);
        let key = participant.actor.map_or_else(|| words.to_lowercase(), actor_id);
        if !seen.insert(key) {
            continue;
        }
        let actor = participant.actor.map(|id| document.actors.actor(id));
        names.push(actor.map_or(words, |actor| &actor.name).to_owned());
        codes.push(actor.and_then(|actor| code(actor.country, actor.sector)));
    }
    (names, codes)
}

/// Country and sector as a code: `AZE-MIL`.
pub(super) fn code(
    country: Option<chronique_actors::Country>,
    sector: Option<chronique_actors::Sector>,
) -> Option<String> {
    match (country, sector) {
        (Some(country), Some(sector)) => Some(format!("{country}-{}", sector.as_str())),
        (Some(country), None) => Some(country.to_string()),
        (None, Some(sector)) => Some(sector.as_str().to_owned()),
        (None, None) => None,
    }
}

const COLUMNS: [&str; 32] = [
    "doc_id",
    "event_id",
    "type",
    "mode",
    "status",
    "quad",
    "cameo",
    "actors",
    "actor_codes",
    "recipients",
    "recipient_codes",
    "place",
    "place_id",
    "place_kind",
    "country",
    "lat",
    "lon",
    "date_start",
    "date_end",
    "date_precision",
    "killed",
    "wounded",
    "attribution",
    "trigger",
    "trigger_start",
    "trigger_end",
    "sentence",
    "sentence_start",
    "sentence_end",
    "rule",
    "published",
    "error",
];

/// The header line of [`to_csv`], with its line feed.
#[must_use]
pub fn csv_header() -> String {
    csv_lines([COLUMNS.map(str::to_owned)])
}

/// The events of a document as lines of CSV (RFC 4180, but line feeds alone), without header. Lists
/// are joined by `; `; a missing value is an empty cell.
#[must_use]
pub fn to_csv(document: &Document) -> String {
    csv_lines(rows(document).into_iter().map(cells))
}

/// The line of CSV that stands for an article that could not be read: its id and the error.
#[must_use]
pub fn csv_error(id: Option<&str>, error: &str) -> String {
    csv_lines([error_cells(id, error)])
}

/// Rows as lines of CSV, as in [`to_csv`] and [`csv_error`].
#[must_use]
pub fn rows_to_csv(rows: &[Result<EventRow, Failure>]) -> String {
    csv_lines(rows.iter().map(|row| match row {
        Ok(row) => cells(row.clone()),
        Err(failure) => error_cells(failure.id.as_deref(), &failure.error),
    }))
}

fn error_cells(id: Option<&str>, error: &str) -> [String; COLUMNS.len()] {
    let mut cells = [const { String::new() }; COLUMNS.len()];
    cells[0] = id.unwrap_or_default().to_owned();
    cells[COLUMNS.len() - 1] = error.to_owned();
    cells
}

fn cells(row: EventRow) -> [String; COLUMNS.len()] {
    fn cell<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let codes =
        |codes: Vec<Option<String>>| codes.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>();
    [
        cell(row.doc_id),
        row.event_id,
        row.event_type.to_owned(),
        cell(row.mode),
        row.status.to_owned(),
        row.quad.to_string(),
        row.cameo.to_owned(),
        row.actors.join("; "),
        codes(row.actor_codes).join("; "),
        row.recipients.join("; "),
        codes(row.recipient_codes).join("; "),
        cell(row.place),
        cell(row.place_id),
        cell(row.place_kind),
        cell(row.country),
        cell(row.lat),
        cell(row.lon),
        cell(row.date_start),
        cell(row.date_end),
        cell(row.date_precision.map(Precision::as_str)),
        cell(row.killed),
        cell(row.wounded),
        cell(row.attribution),
        row.trigger,
        row.trigger_at.start.to_string(),
        row.trigger_at.end.to_string(),
        row.sentence,
        row.sentence_at.start.to_string(),
        row.sentence_at.end.to_string(),
        row.rule,
        cell(row.published),
        String::new(),
    ]
}

/// Lines of CSV.
pub(super) fn csv_lines<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("memory takes all writes");
    }
    let bytes = writer.into_inner().expect("memory takes all writes");
    String::from_utf8(bytes).expect("cells are UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precisions() {
        let table = [
            ("2023-09-19", "day"),
            ("2023-09-19T14:30", "day"),
            ("2023-09-19TNI", "day"),
            ("2023-W38", "week"),
            ("2023-W38-WE", "week"),
            ("2023-W38-2", "day"),
            ("2023-09", "month"),
            ("2023-SP", "season"),
            ("2023-Q3", "season"),
            ("2023-H1", "season"),
            ("2023", "year"),
            ("201", "longer"),
            ("19", "longer"),
        ];
        for (value, expected) in table {
            assert_eq!(Precision::of(value).as_str(), expected, "{value}");
        }
    }

    #[test]
    fn an_error_is_one_row_of_all_columns() {
        assert_eq!(csv_header().matches(',').count(), COLUMNS.len() - 1);
        let row = csv_error(Some("a,b"), "no \"text\"");
        assert!(row.starts_with("\"a,b\",,") && row.ends_with(",\"no \"\"text\"\"\"\n"), "{row}");
    }
}
