use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::codes::{fits, lines};
use super::plover::parts;
use super::rows::{EventRow, Precision, csv_lines, rows};
use crate::Document;

/// What ACLED calls an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct AcledType {
    /// One of the six event types: `"Battles"`…
    pub event_type: &'static str,
    /// The sub-event type: `"Armed clash"`…
    pub sub_event_type: &'static str,
    /// `"Political violence"`, `"Demonstrations"` or `"Strategic developments"`.
    pub disorder_type: &'static str,
}

/// What somebody is to ACLED.
struct Sector {
    side: &'static str,
    inter: &'static str,
}

/// A line of the table of events.
struct Line {
    event_type: &'static str,
    mode: &'static str,
    doer: &'static str,
    target: &'static str,
    words: &'static str,
    acled: AcledType,
}

#[derive(Default)]
struct Table {
    sectors: BTreeMap<&'static str, Sector>,
    places: BTreeMap<&'static str, &'static str>,
    events: Vec<Line>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::default();
    for cells in lines(include_str!("../../data/acled.tsv")) {
        match cells[..] {
            ["sector", sector, side, inter] => {
                table.sectors.insert(sector, Sector { side, inter });
            }
            ["place", kind, precision] => {
                table.places.insert(kind, precision);
            }
            ["event", event_type, mode, doer, target, words, acled, sub_event_type, disorder_type] => {
                let acled = AcledType { event_type: acled, sub_event_type, disorder_type };
                table.events.push(Line { event_type, mode, doer, target, words, acled });
            }
            _ => panic!("acled.tsv: no such line: {cells:?}"),
        }
    }
    table
});

/// What ACLED calls the event of a row; `None` for what did not take place, and for what ACLED does
/// not count or what can't be told apart by its participants.
#[must_use]
pub fn acled_type(row: &EventRow) -> Option<AcledType> {
    if row.status != "actual" {
        return None;
    }
    let (doers, targets) =
        (sides(&row.actors, &row.actor_codes), sides(&row.recipients, &row.recipient_codes));
    // The parties of a clash are all its actors.
    let (doer, target) = match (&doers[..], &targets[..]) {
        ([first, .., last], []) => (Some(*first), Some(*last)),
        _ => (strongest(&doers), strongest(&targets)),
    };
    let word = row.rule.split('/').nth(1).unwrap_or_default();
    let line = TABLE.events.iter().find(|line| {
        line.event_type == row.event_type
            && fits(line.mode, row.mode)
            && on_side(line.doer, doer)
            && on_side(line.target, target)
            && (line.words == "*" || line.words.split(' ').any(|one| one == word))
    });
    line.map(|line| line.acled)
}

fn on_side(cell: &str, side: Option<&str>) -> bool {
    match cell {
        "none" => side.is_none(),
        "any" => side.is_some(),
        cell => fits(cell, side),
    }
}

fn strongest(sides: &[&'static str]) -> Option<&'static str> {
    sides.iter().copied().find(|&side| side == "armed").or_else(|| sides.first().copied())
}

/// The sides of those who are actors: a state is armed, a thing has no side.
fn sides(names: &[String], codes: &[Option<String>]) -> Vec<&'static str> {
    let side = |code: &Option<String>| code.as_deref().map(|code| sector(Some(code)).side);
    names.iter().zip(codes).filter_map(|(_, code)| side(code)).collect()
}

fn sector(code: Option<&str>) -> &'static Sector {
    let known = match parts(code) {
        // A state without a sector acts through its forces.
        (Some(country), None) if country.len() == 3 && !INTERNATIONAL.contains(&country) => "GOV",
        (_, sector) => sector.unwrap_or("*"),
    };
    TABLE.sectors.get(known).unwrap_or_else(|| &TABLE.sectors["*"])
}

/// PLOVER's codes that stand for no state.
const INTERNATIONAL: [&str; 7] = ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"];

const COLUMNS: [&str; 21] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "civilian_targeting",
    "country",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "notes",
    "fatalities",
];

/// The header line of [`to_acled`], with its line feed.
#[must_use]
pub fn acled_header() -> String {
    csv_lines([COLUMNS.map(str::to_owned)])
}

/// The events of a document that ACLED would count, as lines of CSV in ACLED's columns, without header.
///
/// Columns that an article can't fill are left out. What is missing is an empty cell: an event whose
/// day is not told has no `event_date`, and deaths that are not told are not 0. `country` is the
/// ISO 3166-1 alpha-2 code.
#[must_use]
pub fn to_acled(document: &Document) -> String {
    rows_to_acled(&rows(document))
}

/// Rows as lines of CSV in ACLED's columns, without header: see [`to_acled`].
#[must_use]
pub fn rows_to_acled(rows: &[EventRow]) -> String {
    csv_lines(rows.iter().filter_map(|row| acled_type(row).map(|acled| cells(row, acled))))
}

fn cells(row: &EventRow, acled: AcledType) -> [String; COLUMNS.len()] {
    fn cell<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let time_precision = match row.date_precision {
        Some(Precision::Day) => "1",
        Some(Precision::Week) => "2",
        Some(Precision::Month) => "3",
        _ => "",
    };
    // A season or a year is no date to ACLED.
    let date = row.date_start.filter(|_| !time_precision.is_empty());
    let [first, second] = two_sides(row);
    let targeted = sides(&row.recipients, &row.recipient_codes).contains(&"civil");
    let violence = acled.disorder_type == "Political violence";
    let doc = row.doc_id.as_ref().map(|id| format!("{id}-")).unwrap_or_default();
    let geo_precision = row.place_kind.and_then(|kind| TABLE.places.get(kind).copied());
    [
        format!("{doc}{}", row.event_id),
        cell(date),
        cell(date.map(chronique_times::Date::year)),
        time_precision.to_owned(),
        acled.disorder_type.to_owned(),
        acled.event_type.to_owned(),
        acled.sub_event_type.to_owned(),
        first.0,
        first.1,
        first.2.to_owned(),
        second.0,
        second.1,
        second.2.to_owned(),
        if targeted && violence { "Civilian targeting".to_owned() } else { String::new() },
        cell(row.country.as_ref()),
        cell(row.place.as_ref()),
        cell(row.lat),
        cell(row.lon),
        cell(geo_precision),
        row.sentence.clone(),
        cell(row.killed),
    ]
}

/// Both sides: the first who is named, those with them, and what the first is to ACLED.
fn two_sides(row: &EventRow) -> [(String, String, &'static str); 2] {
    let pairs = |names: &[String], codes: &[Option<String>]| -> Vec<(String, Option<String>)> {
        names.iter().cloned().zip(codes.iter().cloned()).collect()
    };
    let mut doers = pairs(&row.actors, &row.actor_codes);
    let mut targets = pairs(&row.recipients, &row.recipient_codes);
    if targets.is_empty() && doers.len() > 1 && row.event_type == "ASSAULT" {
        targets = doers.split_off(1);
    }
    [doers, targets].map(|side| {
        let Some(((name, code), others)) = side.split_first() else { return Default::default() };
        let others: Vec<_> = others.iter().map(|(name, _)| name.as_str()).collect();
        let inter = if row.event_type == "PROTEST" { "Protesters" } else { sector(code.as_deref()).inter };
        (name.clone(), others.join("; "), inter)
    })
}

#[cfg(test)]
mod tests {
    use chronique_actors::Sector as PloverSector;
    use chronique_events::{EventType, Mode};

    use super::*;
    use crate::{Article, Pipeline};

    /// The six event types and the sub-event types that the table may use.
    const SUB_EVENTS: [(&str, &[&str]); 6] = [
        ("Battles", &["Armed clash"]),
        (
            "Explosions/Remote violence",
            &[
                "Chemical weapon",
                "Air/drone strike",
                "Suicide bomb",
                "Shelling/artillery/missile attack",
                "Remote explosive/landmine/IED",
                "Grenade",
            ],
        ),
        ("Violence against civilians", &["Attack", "Abduction/forced disappearance", "Sexual violence"]),
        ("Protests", &["Peaceful protest", "Protest with intervention"]),
        ("Riots", &["Violent demonstration", "Mob violence"]),
        (
            "Strategic developments",
            &["Agreement", "Arrests", "Change to group/activity", "Looting/property destruction"],
        ),
    ];

    #[test]
    fn every_code_of_the_table_is_known() {
        for line in &TABLE.events {
            let event_type: EventType = line.event_type.parse().unwrap();
            let mode = line.mode.parse::<Mode>();
            assert!(matches!(line.mode, "*" | "-") || event_type.modes().contains(&mode.unwrap()));
            let subs = SUB_EVENTS.iter().find(|(name, _)| *name == line.acled.event_type).unwrap().1;
            assert!(subs.contains(&line.acled.sub_event_type), "{}", line.acled.sub_event_type);
            for side in [line.doer, line.target] {
                assert!(["armed", "civil", "any", "none", "*"].contains(&side), "{side}");
            }
        }
        for sector in TABLE.sectors.keys().filter(|&&sector| sector != "*") {
            assert!(PloverSector::ALL.iter().any(|known| known.as_str() == *sector), "{sector}");
        }
        for precision in TABLE.places.values() {
            assert!(["1", "2", "3"].contains(precision));
        }
    }

    fn row(event_type: &'static str, mode: Option<&'static str>, who: &[&str], whom: &[&str]) -> EventRow {
        let document = Pipeline::french().read(Article::new("Des combats ont éclaté à Goma.").unwrap());
        let codes = |codes: &[&str]| codes.iter().map(|&code| Some(code.to_owned())).collect::<Vec<_>>();
        EventRow {
            event_type,
            mode,
            status: "actual",
            actors: who.iter().map(|&code| code.to_owned()).collect(),
            actor_codes: codes(who),
            recipients: whom.iter().map(|&code| code.to_owned()).collect(),
            recipient_codes: codes(whom),
            ..rows(&document).remove(0)
        }
    }

    #[test]
    fn participants_tell_battles_from_attacks() {
        let table: [(EventRow, &str); 10] = [
            (row("ASSAULT", None, &["AZE-MIL"], &["ARM-MIL"]), "Armed clash"),
            (row("ASSAULT", None, &["AZE", "ARM"], &[]), "Armed clash"),
            (row("ASSAULT", None, &["REB"], &["COD-CVL"]), "Attack"),
            (row("ASSAULT", None, &[], &["CVL"]), "Attack"),
            (row("ASSAULT", None, &["FRA-CVL"], &["FRA-JRN"]), "Mob violence"),
            (row("ASSAULT", None, &["MIL"], &[]), "-"),
            (row("ASSAULT", Some("drone"), &[], &[]), "Air/drone strike"),
            (row("PROTEST", Some("strike"), &["LAB"], &[]), "-"),
            (row("PROTEST", None, &["OPP"], &[]), "Peaceful protest"),
            (row("CONSULT", None, &["FRA"], &["RUS"]), "-"),
        ];
        for (row, expected) in table {
            let found = acled_type(&row).map_or("-", |acled| acled.sub_event_type);
            assert_eq!(found, expected, "{} {:?} {:?}", row.event_type, row.actors, row.recipients);
        }
        let planned = EventRow { status: "future", ..row("PROTEST", None, &[], &[]) };
        assert_eq!(acled_type(&planned), None);
    }

    #[test]
    fn a_line_has_all_columns_and_missing_is_empty() {
        let text = rows_to_acled(&[row("ASSAULT", Some("drone"), &["MIL"], &["CVL"])]);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
        let line = reader.records().next().unwrap().unwrap();
        let cell = |name: &str| &line[COLUMNS.iter().position(|column| *column == name).unwrap()];
        assert_eq!((cell("event_date"), cell("fatalities"), cell("location")), ("", "", "Goma"));
        assert_eq!((cell("inter1"), cell("inter2")), ("State forces", "Civilians"));
        assert_eq!((cell("civilian_targeting"), cell("geo_precision")), ("Civilian targeting", "1"));
        assert_eq!(acled_header().matches(',').count() + 1, COLUMNS.len());
    }
}
