//! Documents as tables for people.

use chronique_events::Event;

use super::layout::{Ink, Style, fit, one_line};
use super::rows::participants;
use crate::Document;

/// Columns of the table: heading and width. With two spaces between, 98 cells.
const COLUMNS: [(&str, usize); 7] =
    [("", 3), ("what", 20), ("status", 8), ("who", 19), ("to whom", 15), ("where", 13), ("when", 10)];

/// The events of a document as an aligned table, at most 100 cells wide, with a heading line; each
/// row carries the word that names the act and is followed by who reports it.
#[must_use]
pub fn table(document: &Document, style: Style) -> String {
    let mut out = heading(document, style);
    if document.events.is_empty() {
        return out;
    }
    let head = COLUMNS.map(|(title, width)| fit(title, width)).join("  ");
    out.push_str(&style.paint(Ink::Faint, head.trim_end()));
    out.push('\n');
    for (n, event) in document.events.iter().enumerate() {
        row(document, n, event, style, &mut out);
    }
    out
}

fn heading(document: &Document, style: Style) -> String {
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let id = one_line(document.id().unwrap_or("article"));
    let mut line = style.paint(Ink::Strong, fit(&id, 40).trim_end());
    if let Some(date) = document.date() {
        line.push_str(&format!(", {date}"));
    }
    let counts = [
        count(document.events.len(), "event"),
        count(document.places.len(), "place name"),
        count(document.times.len(), "time"),
        count(document.actors.as_slice().len(), "actor"),
    ];
    format!("{line}: {}\n", counts.join(", "))
}

fn row(document: &Document, n: usize, event: &Event, style: Style, out: &mut String) {
    let names = |names: (Vec<String>, Vec<Option<String>>)| one_line(&names.0.join(", "));
    let what = match event.mode {
        Some(mode) => format!("{} {mode}", event.event_type),
        None => event.event_type.to_string(),
    };
    let cells = [
        format!("e{}", n + 1),
        what,
        event.status.to_string(),
        names(participants(document, event, |mention| &mention.actors)),
        names(participants(document, event, |mention| &mention.recipients)),
        event.place.map_or_else(String::new, |at| document.places[at as usize].name.to_string()),
        event.time.map_or_else(String::new, |at| {
            let time = &document.times[at as usize];
            time.value.calendar().unwrap_or(time.value).to_string()
        }),
    ];
    let inks = [Ink::Faint, Ink::Strong, Ink::Faint, Ink::Who, Ink::Who, Ink::Place, Ink::Time];
    let columns = COLUMNS.iter().zip(inks).zip(cells);
    let line: Vec<_> =
        columns.map(|((&(_, width), ink), cell)| style.paint(ink, &fit(&cell, width))).collect();
    out.push_str(line.join("  ").trim_end());
    out.push('\n');
    out.push_str(&style.paint(Ink::Faint, fit(&words(document, event), 98).trim_end()));
    out.push('\n');
}

/// Under the row: the triggers, the victims and the source.
fn words(document: &Document, event: &Event) -> String {
    let text = document.text();
    let mut triggers: Vec<String> = Vec::new();
    for mention in &event.mentions {
        let trigger = one_line(text.slice(mention.trigger));
        if !triggers.contains(&trigger) {
            triggers.push(trigger);
        }
    }
    let mut line = format!("     « {} »", triggers.join(", "));
    for (count, what) in [(event.killed, "killed"), (event.wounded, "wounded")] {
        if let Some(count) = count {
            line.push_str(&format!(", {count} {what}"));
        }
    }
    if let Some(source) = event.mentions.iter().find_map(|mention| mention.attribution.as_ref()) {
        line.push_str(&format!(", according to {}", one_line(text.slice(source.span))));
    }
    line
}
