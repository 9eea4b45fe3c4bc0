//! What a name or a phrase can mean, for people and for programs: the places of a name with what speaks for each, the
//! time expressions of a text with their values.

use std::collections::BTreeMap;
use std::fmt::Write;

use chronique_places::{Factor, Place, RankedPlace};
use chronique_text::CodePoints;
use chronique_times::Moment;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::layout::{Ink, Style, fit, one_line, wrap};
use super::record::Offsets;
use crate::Document;

/// The width of a line that tells why, in cells.
const WIDTH: usize = 98;

/// The width of the widest column.
const WIDEST: usize = 36;

/// The places of a name as a table for people: each with what speaks for it, or by what it lost.
///
/// `ranked` are those of [`Gazetteer::ranked`](chronique_places::Gazetteer::ranked), perhaps cut: `of` is how many there are.
///
/// ```
/// use chronique::export::{Style, ranked_places};
///
/// let gazetteer = chronique::french_gazetteer();
/// let ranked = gazetteer.ranked("Goma", None);
/// let table = ranked_places("Goma", None, &ranked[..2], ranked.len(), Style::Plain);
/// assert!(table.starts_with("Goma: "), "{table}");
/// ```
#[must_use]
pub fn ranked_places(
    name: &str,
    near: Option<&Place<'_>>,
    ranked: &[RankedPlace<'_>],
    of: usize,
    style: Style,
) -> String {
    let near_is = near.map_or_else(String::new, |near| format!(", near {}", in_words(near)));
    let places = if of == 1 { "place" } else { "places" };
    let mut out = format!("{}{near_is}: {of} {places}\n\n", style.paint(Ink::Strong, &one_line(name)));
    let mut head = vec!["", "points", "place", "found by", "what", "in", "people"];
    if near.is_some() {
        head.push("distance");
    }
    head.push("id");
    let rows: Vec<Vec<String>> = ranked.iter().enumerate().map(|(at, one)| cells(at, one, near)).collect();
    let right = ["", "points", "people", "distance"];
    let mut lines = columns(&head, &rows, |head| right.contains(&head)).into_iter();
    let _ = writeln!(out, "{}", style.paint(Ink::Faint, &lines.next().unwrap_or_default()));
    for (one, line) in ranked.iter().zip(lines) {
        let _ = writeln!(out, "{line}");
        let why = match ranked.first() {
            Some(best) if best.place.place_id() != one.place.place_id() => behind(best, one),
            _ => signed(&one.factors),
        };
        for line in wrap(&why, WIDTH - 12) {
            let _ = writeln!(out, "            {}", style.paint(Ink::Faint, &line));
        }
    }
    if ranked.len() < of {
        let _ = writeln!(out, "… and {} more", of - ranked.len());
    }
    out
}

/// The places of a name as one JSON object: `name`, `near`, `candidates`, the likeliest first. A `population` that is not
/// known is `null`; `distance_km` is from `near`.
#[must_use]
pub fn ranked_places_json(name: &str, near: Option<&Place<'_>>, ranked: &[RankedPlace<'_>]) -> String {
    let candidates = ranked.iter().map(|one| CandidateRecord {
        place: PlaceLookup::of(&one.place),
        name_status: one.place.name_status().as_str(),
        distance_km: one.distance.map(|km| (km * 10.0).round() / 10.0),
        held_by_near: near.map(|_| one.held),
        points: points(one.points),
        factors: one.factors.iter().map(|(factor, value)| (factor.as_str(), points(*value))).collect(),
    });
    let near = near.map(PlaceLookup::of);
    serde_json::to_string(&NameLookup { name, near, candidates: candidates.collect() })
        .expect("records are plain data")
}

#[derive(Serialize)]
struct NameLookup<'a> {
    name: &'a str,
    near: Option<PlaceLookup<'a>>,
    candidates: Vec<CandidateRecord<'a>>,
}

#[derive(Serialize)]
struct CandidateRecord<'a> {
    #[serde(flatten)]
    place: PlaceLookup<'a>,
    name_status: &'static str,
    distance_km: Option<f64>,
    held_by_near: Option<bool>,
    points: f64,
    factors: BTreeMap<&'static str, f64>,
}

#[derive(Serialize)]
struct PlaceLookup<'a> {
    name: &'a str,
    id: String,
    kind: &'static str,
    feature: &'static str,
    country: Option<String>,
    within: Vec<HolderLookup<'a>>,
    lat: Option<f64>,
    lon: Option<f64>,
    population: Option<u32>,
}

#[derive(Serialize)]
struct HolderLookup<'a> {
    id: String,
    name: &'a str,
}

impl<'a> PlaceLookup<'a> {
    fn of(place: &Place<'a>) -> PlaceLookup<'a> {
        let within = place.within();
        PlaceLookup {
            name: place.name(),
            id: place.id().to_string(),
            kind: place.kind().as_str(),
            feature: place.feature().as_str(),
            country: place.country().map(|country| country.to_string()),
            within: within
                .map(|holder| HolderLookup { id: holder.id().to_string(), name: holder.name() })
                .collect(),
            lat: place.point().map(|point| point.0),
            lon: place.point().map(|point| point.1),
            population: Some(place.population()).filter(|&people| people > 0),
        }
    }
}

/// A place in words: `Réunion (country, RE, geonames:935317)`.
fn in_words(place: &Place<'_>) -> String {
    let country = place.country().map_or_else(String::new, |country| format!(", {country}"));
    format!("{} ({}{country}, {})", one_line(place.name()), place.kind(), place.id())
}

/// Points to two places, without a trail of what `f32` can't hold.
fn points(points: f32) -> f64 {
    (f64::from(points) * 100.0).round() / 100.0
}

fn cells(at: usize, one: &RankedPlace<'_>, near: Option<&Place<'_>>) -> Vec<String> {
    let place = &one.place;
    let holders: Vec<&str> = place.within().map(|holder| holder.name()).collect();
    let people = Some(place.population()).filter(|&people| people > 0).map(grouped);
    let mut cells = vec![
        (at + 1).to_string(),
        format!("{:.1}", one.points),
        one_line(place.name()),
        place.name_status().as_str().to_owned(),
        format!("{} {}", place.kind(), place.feature()),
        one_line(&holders.join(", ")),
        people.unwrap_or_default(),
    ];
    if near.is_some() {
        cells.push(one.distance.map_or_else(String::new, |km| format!("{km:.0} km")));
    }
    cells.push(place.id().to_string());
    cells
}

/// `153 810`.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

fn signed(factors: &[(Factor, f32)]) -> String {
    let factors: Vec<String> =
        factors.iter().map(|(factor, points)| format!("{} {points:+.1}", factor.as_str())).collect();
    factors.join(", ")
}

/// By what a place lost against the best: the factors in which it has fewer points or more.
fn behind(best: &RankedPlace<'_>, other: &RankedPlace<'_>) -> String {
    let of = |place: &RankedPlace<'_>, factor: Factor| {
        place.factors.iter().find(|(one, _)| *one == factor).map_or(0.0, |(_, points)| *points)
    };
    let mut factors: Vec<Factor> =
        best.factors.iter().chain(&other.factors).map(|(factor, _)| *factor).collect();
    factors.sort_unstable();
    factors.dedup();
    let mut differences: Vec<(Factor, f32)> = factors
        .into_iter()
        .map(|factor| (factor, of(other, factor) - of(best, factor)))
        .filter(|(_, difference)| difference.abs() >= 0.05)
        .collect();
    differences.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    let lost = best.points - other.points;
    if differences.is_empty() {
        return "equal: the number of the place decides".to_owned();
    }
    format!("{lost:.1} behind the first: {}", signed(&differences))
}

/// The time expressions of a document as a table for people.
///
/// ```
/// use chronique::export::{Style, times_table};
/// use chronique::{Article, Pipeline};
///
/// let phrase = Article::new("dans la nuit de lundi à mardi")?.published("2023-09-20".parse()?);
/// let table = times_table(&Pipeline::french().read(phrase), Style::Plain);
/// let row: Vec<&str> = table.lines().nth(1).unwrap_or_default().split("  ").filter(|cell| !cell.is_empty()).collect();
/// assert_eq!(row[..5], [
///     "dans la nuit de lundi à mardi",
///     "time",
///     "2023-09-18TNI",
///     "2023-09-18T20:00",
///     "2023-09-19T06:00",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn times_table(document: &Document, style: Style) -> String {
    let head = ["words", "type", "value", "begin", "end", "precision", "rule", "because"];
    let rows: Vec<Vec<String>> = document
        .times()
        .iter()
        .map(|time| {
            let (begin, end) = time.interval().map_or_else(Default::default, |(begin, end)| {
                let (begin, end) = short(begin, end);
                (begin, if time.opens_range { "…".to_owned() } else { end })
            });
            let value = match time.edge {
                Some(edge) => format!("{} {}", time.value, edge.as_str()),
                None => time.value.to_string(),
            };
            let precision = time.value.precision();
            vec![
                one_line(document.text().slice(time.span)),
                time.kind.as_str().to_owned(),
                value,
                begin,
                end,
                precision.map_or_else(String::new, |precision| precision.as_str().to_owned()),
                time.reason.rule.to_string(),
                time.reason.basis.description().to_owned(),
            ]
        })
        .collect();
    let mut out = String::new();
    for (at, line) in columns(&head, &rows, |_| false).into_iter().enumerate() {
        let line = if at == 0 { style.paint(Ink::Faint, &line) } else { line };
        let _ = writeln!(out, "{line}");
    }
    out
}

/// Begin and end as far as they say something: days, or minutes.
fn short(begin: Moment, end: Moment) -> (String, String) {
    let digits = match begin.second.max(end.second) {
        0 => "2023-09-19".len(),
        _ if begin.second.is_multiple_of(60) && end.second.is_multiple_of(60) => "2023-09-19T14:30".len(),
        _ => "2023-09-19T14:30:15".len(),
    };
    let cut = |moment: Moment| moment.to_string()[..digits].to_owned();
    (cut(begin), cut(end))
}

/// The time expressions of a document as one JSON object: `date`, `times`. `begin` and `over` (the first moment after it)
/// are what [`TimeExpression::interval`](chronique_times::TimeExpression::interval) tells, `null` where there is none;
/// `start` and `end` are the offsets of the words.
#[must_use]
pub fn times_json(document: &Document) -> String {
    let points = CodePoints::new(document.text());
    let times = document.times().iter().map(|time| TimeLookup {
        at: Offsets::new(time.span, &points),
        text: document.text().slice(time.span),
        kind: time.kind.as_str(),
        value: time.value.to_string(),
        edge: time.edge.map(chronique_times::Edge::as_str),
        begin: time.interval().map(|(begin, _)| begin.to_string()),
        over: time.interval().map(|(_, end)| end.to_string()),
        opens_range: time.opens_range,
        precision: time.value.precision().map(chronique_times::Precision::as_str),
        rule: &time.reason.rule,
        basis: time.reason.basis.as_str(),
    });
    let date = document.date().map(|date| date.to_string());
    serde_json::to_string(&TimesLookup { date, times: times.collect() }).expect("records are plain data")
}

#[derive(Serialize)]
struct TimesLookup<'a> {
    date: Option<String>,
    times: Vec<TimeLookup<'a>>,
}

#[derive(Serialize)]
struct TimeLookup<'a> {
    #[serde(flatten)]
    at: Offsets,
    text: &'a str,
    kind: &'static str,
    value: String,
    edge: Option<&'static str>,
    begin: Option<String>,
    over: Option<String>,
    opens_range: bool,
    precision: Option<&'static str>,
    rule: &'a str,
    basis: &'static str,
}

/// Lines of aligned cells, the first that of the head; columns that `right` names are aligned there.
fn columns(head: &[&str], rows: &[Vec<String>], right: impl Fn(&str) -> bool) -> Vec<String> {
    let head_cells: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let lines = || std::iter::once(&head_cells).chain(rows);
    let widths: Vec<usize> =
        (0..head.len()).map(|at| lines().map(|row| row[at].width()).max().unwrap_or(0).min(WIDEST)).collect();
    let last = head.len() - 1;
    lines()
        .map(|row| {
            let cells: Vec<String> = row
                .iter()
                .enumerate()
                .map(|(at, cell)| match (at == last, right(head[at])) {
                    (true, _) => cell.clone(),
                    (_, true) => format!("{}{cell}", " ".repeat(widths[at].saturating_sub(cell.width()))),
                    (_, false) => fit(cell, widths[at]),
                })
                .collect();
            cells.join("  ").trim_end().to_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_in_groups() {
        for (number, expected) in [(7, "7"), (999, "999"), (1000, "1 000"), (1_234_567, "1 234 567")] {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn cells_are_aligned_and_cut() {
        let rows = vec![
            vec!["Goma".to_owned(), "7".to_owned(), "x".to_owned()],
            vec!["é".repeat(50), "1 000".to_owned(), "y".to_owned()],
        ];
        let lines = columns(&["place", "people", "id"], &rows, |head| head == "people");
        let wide = |cell: &str| format!("{cell}{}", " ".repeat(WIDEST - cell.width()));
        assert_eq!(lines[0], format!("{}  people  id", wide("place")));
        assert_eq!(lines[1], format!("{}       7  x", wide("Goma")));
        assert_eq!(lines[2], format!("{}…   1 000  y", "é".repeat(WIDEST - 1)));
    }
}
