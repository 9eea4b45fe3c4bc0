//! The codes of other codebooks, from the tables in `data`.

use std::sync::LazyLock;

use chronique_events::{EventType, Mode, Status};

/// The cells of a table's lines; comments and empty lines count for nothing.
pub(super) fn lines(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

/// Whether a cell takes a value: `*` is any, `-` none.
pub(super) fn fits(cell: &str, value: Option<&str>) -> bool {
    match cell {
        "*" => true,
        "-" => value.is_none(),
        cell => value == Some(cell),
    }
}

struct Root {
    event_type: &'static str,
    mode: &'static str,
    code: &'static str,
}

static CAMEO: LazyLock<Vec<Root>> = LazyLock::new(|| {
    let root = |cells: Vec<&'static str>| {
        let [event_type, mode, code] = cells[..] else { panic!("cameo.tsv has three columns") };
        Root { event_type, mode, code }
    };
    lines(include_str!("../../data/cameo.tsv")).map(root).collect()
});

/// The root of the CAMEO code that a PLOVER type and mode stand for most often: `"19"` for ASSAULT.
///
/// ```
/// use chronique::events::{EventType, Mode};
/// use chronique::export::cameo;
///
/// assert_eq!(cameo(EventType::Accuse, Some(Mode::Investigate)), "09");
/// assert_eq!(cameo(EventType::Accuse, None), "11");
/// ```
#[must_use]
pub fn cameo(event_type: EventType, mode: Option<Mode>) -> &'static str {
    let mode = mode.map(Mode::as_str);
    let fits = |root: &&Root| root.event_type == event_type.as_str() && fits(root.mode, mode);
    CAMEO.iter().find(fits).map_or_else(|| event_type.cameo_root(), |root| root.code)
}

/// What PLOVER makes of a type under a status: the type that takes its place, and the auxiliary mode.
pub(super) struct Reduction {
    pub(super) event_type: EventType,
    pub(super) auxiliary: Option<&'static str>,
}

struct ReductionLine {
    status: &'static str,
    event_type: &'static str,
    becomes: &'static str,
    auxiliary: &'static str,
}

static REDUCTIONS: LazyLock<Vec<ReductionLine>> = LazyLock::new(|| {
    let line = |cells: Vec<&'static str>| {
        let [status, event_type, becomes, auxiliary] = cells[..] else {
            panic!("plover.tsv has four columns")
        };
        ReductionLine { status, event_type, becomes, auxiliary }
    };
    lines(include_str!("../../data/plover.tsv")).map(line).collect()
});

pub(super) fn reduced(event_type: EventType, status: Status) -> Reduction {
    let line = |line: &&ReductionLine| {
        line.status == status.as_str() && fits(line.event_type, Some(event_type.as_str()))
    };
    let line = REDUCTIONS.iter().find(line);
    Reduction {
        event_type: line.and_then(|line| line.becomes.parse().ok()).unwrap_or(event_type),
        auxiliary: line.map(|line| line.auxiliary).filter(|&auxiliary| auxiliary != "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_tables_is_known() {
        for root in &*CAMEO {
            let event_type: EventType = root.event_type.parse().unwrap();
            let mode = root.mode.parse::<Mode>();
            assert!(root.mode == "*" || event_type.modes().contains(&mode.unwrap()), "{}", root.mode);
            assert!(root.code.len() == 2 && (3..=20).contains(&root.code.parse::<u8>().unwrap()));
        }
        for line in &*REDUCTIONS {
            assert!(line.status.parse::<Status>().is_ok());
            for cell in [line.event_type, line.becomes] {
                assert!(cell == "*" || cell.parse::<EventType>().is_ok(), "{cell}");
            }
        }
    }

    #[test]
    fn every_type_has_a_root_and_every_status_a_reduction() {
        for &event_type in EventType::ALL {
            assert!(CAMEO.iter().any(|root| root.event_type == event_type.as_str() && root.mode == "*"));
            for &status in Status::ALL {
                assert!(
                    REDUCTIONS.iter().any(|line| line.status == status.as_str() && line.event_type == "*")
                );
                let to_come = reduced(event_type, status).event_type;
                assert!(status == Status::Future || to_come == event_type);
            }
        }
    }

    #[test]
    fn cooperation_to_come_is_agreement() {
        let table = [
            (EventType::Aid, Status::Future, EventType::Agree, None),
            (EventType::Retreat, Status::Future, EventType::Concede, None),
            (EventType::Assault, Status::Future, EventType::Assault, Some("future")),
            (EventType::Aid, Status::Actual, EventType::Aid, None),
            (EventType::Aid, Status::Possible, EventType::Aid, Some("hypothetical")),
            (EventType::Aid, Status::Negated, EventType::Aid, Some("negation")),
        ];
        for (event_type, status, becomes, auxiliary) in table {
            let reduction = reduced(event_type, status);
            assert_eq!(
                (reduction.event_type, reduction.auxiliary),
                (becomes, auxiliary),
                "{event_type} {status}"
            );
        }
    }
}
