//! Documents as tables for people.

use std::fmt::Write;

use chronique_events::Event;
use unicode_width::UnicodeWidthStr;

use super::layout::{Ink, Style, fit, one_line};
use super::rows::participants;
use crate::Document;

/// The widest a line may be, in cells.
const WIDTH: usize = 100;

/// The widest that a column may be.
const MOST: usize = 26;

/// The headings of the columns and their colours.
const COLUMNS: [(&str, Ink); 7] = [
    ("", Ink::Faint),
    ("what", Ink::Strong),
    ("status", Ink::Faint),
    ("who", Ink::Who),
    ("to whom", Ink::Who),
    ("where", Ink::Place),
    ("when", Ink::Time),
];

type Cells = [String; COLUMNS.len()];

/// The events of a document as an aligned table, at most 100 cells wide, under a line that says what
/// was found. Each event has a row, and below it the words that name the act, the victims and the
/// source.
#[must_use]
pub fn table(document: &Document, style: Style) -> String {
    let mut out = heading(document, style);
    if document.events.is_empty() {
        return out;
    }
    let head = COLUMNS.map(|(title, _)| title.to_owned());
    let rows: Vec<Cells> =
        document.events.iter().enumerate().map(|(n, event)| cells(document, n, event)).collect();
    let widths = widths(std::iter::once(&head).chain(&rows));
    let line: Vec<_> = head.iter().zip(widths).map(|(cell, width)| fit(cell, width)).collect();
    let _ = writeln!(out, "{}", style.paint(Ink::Faint, line.join("  ").trim_end()));
    for (event, cells) in document.events.iter().zip(rows) {
        let columns = cells.iter().zip(COLUMNS).zip(widths);
        let line: Vec<_> =
            columns.map(|((cell, (_, ink)), width)| style.paint(ink, &fit(cell, width))).collect();
        let _ = writeln!(out, "{}", line.join("  ").trim_end());
        let indent = widths[0] + 2;
        let words = fit(&words(document, event), WIDTH - indent);
        let _ = writeln!(out, "{}{}", " ".repeat(indent), style.paint(Ink::Faint, words.trim_end()));
    }
    out
}

/// The columns that give way when the page is too narrow: names, not codes and dates.
const SHRINKING: std::ops::Range<usize> = 3..6;

/// The widths that show all cells, or as much as the page has room for.
fn widths<'c>(rows: impl Iterator<Item = &'c Cells>) -> [usize; COLUMNS.len()] {
    let mut widths = [0; COLUMNS.len()];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().min(MOST).max(*width);
        }
    }
    while widths.iter().sum::<usize>() + 2 * (COLUMNS.len() - 1) > WIDTH {
        let widest = widths[SHRINKING].iter_mut().max().expect("there are columns");
        *widest -= 1;
    }
    widths
}

fn heading(document: &Document, style: Style) -> String {
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let id = one_line(document.id().unwrap_or("article"));
    let mut line = style.paint(Ink::Strong, fit(&id, 40).trim_end());
    if let Some(date) = document.date() {
        let _ = write!(line, ", {date}");
    }
    let counts = [
        count(document.events.len(), "event"),
        count(document.places.len(), "place name"),
        count(document.times.len(), "time"),
        count(document.actors.as_slice().len(), "actor"),
    ];
    format!("{line}: {}\n", counts.join(", "))
}

fn cells(document: &Document, n: usize, event: &Event) -> Cells {
    let names = |names: (Vec<String>, Vec<Option<String>>)| one_line(&names.0.join(", "));
    let what = match event.mode {
        Some(mode) => format!("{} {mode}", event.event_type),
        None => event.event_type.to_string(),
    };
    [
        format!("e{}", n + 1),
        what,
        event.status.to_string(),
        names(participants(document, event, |mention| &mention.actors)),
        names(participants(document, event, |mention| &mention.recipients)),
        event.place.map_or_else(String::new, |at| one_line(&document.places[at as usize].name)),
        event.time.map_or_else(String::new, |at| {
            let time = &document.times[at as usize];
            let words = || one_line(document.text().slice(time.span));
            time.value.calendar().map_or_else(words, |day| day.to_string())
        }),
    ]
}

/// The most words that are shown for the act.
const MOST_WORDS: usize = 8;

/// Under the row: the triggers, the victims and the source.
fn words(document: &Document, event: &Event) -> String {
    let text = document.text();
    let mut triggers: Vec<String> = Vec::new();
    for mention in &event.mentions {
        let trigger = one_line(text.slice(mention.trigger));
        if !triggers.contains(&trigger) {
            triggers.push(trigger);
        }
        if triggers.len() == MOST_WORDS {
            break;
        }
    }
    let mut line = format!("« {} »", triggers.join(", "));
    for (count, what) in [(event.killed, "killed"), (event.wounded, "wounded")] {
        if let Some(count) = count {
            let _ = write!(line, ", {count} {what}");
        }
    }
    if let Some(source) = event.mentions.iter().find_map(|mention| mention.attribution.as_ref()) {
        let _ = write!(line, ", according to {}", one_line(text.slice(source.span)));
    }
    line
}
