//! Rows as drawings: a map and a timeline.

use chronique_draw::{Happening, Site};

use super::rows::EventRow;

/// Events on a map, as SVG `width` pixels wide; those without a point are counted below it.
///
/// ```
/// use chronique::{Article, Pipeline, export};
///
/// let document = Pipeline::french().read(Article::new("L’armée a bombardé Goma.")?);
/// let svg = export::rows_to_map(&export::rows(&document), 900);
/// assert!(svg.contains(">Goma</text>"));
/// # Ok::<(), chronique::TextTooLong>(())
/// ```
#[must_use]
pub fn rows_to_map(rows: &[EventRow], width: u32) -> String {
    draw(rows, width, chronique_draw::map)
}

/// Events along time, as SVG `width` pixels wide; those without a date are counted below it.
///
/// ```
/// use chronique::{Article, Pipeline, export};
///
/// let article = Article::new("L’armée a bombardé Goma mardi.")?.published("2024-02-07".parse()?);
/// let svg = export::rows_to_timeline(&export::rows(&Pipeline::french().read(article)), 900);
/// assert!(svg.contains("6 Feb 2024"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn rows_to_timeline(rows: &[EventRow], width: u32) -> String {
    draw(rows, width, chronique_draw::timeline)
}

fn draw(rows: &[EventRow], width: u32, with: fn(&[Happening<'_>], u32) -> String) -> String {
    let notes: Vec<String> = rows.iter().map(note).collect();
    let happenings: Vec<_> = rows.iter().zip(&notes).map(|(row, note)| happening(row, note)).collect();
    with(&happenings, width)
}

fn happening<'r>(row: &'r EventRow, note: &'r str) -> Happening<'r> {
    let name = row.place.as_deref().unwrap_or_default();
    let site = row.lat.zip(row.lon).map(|(lat, lon)| Site { name, lat, lon });
    Happening { kind: row.event_type, quad: row.quad, site, days: row.date_start.zip(row.date_end), note }
}

/// A line about an event: `2024-02-06 armée → Goma « bombardé »`.
fn note(row: &EventRow) -> String {
    let mut parts = Vec::new();
    parts.extend(row.date_start.map(|day| day.to_string()));
    parts.extend((row.status != "actual").then(|| format!("({})", row.status)));
    match (&row.actors[..], &row.recipients[..]) {
        ([], []) => {}
        (who, []) => parts.push(who.join(", ")),
        (who, whom) => {
            parts.push(format!("{} → {}", who.join(", "), whom.join(", ")).trim_start().to_owned());
        }
    }
    parts.push(format!("« {} »", row.trigger));
    parts.join(" ")
}
