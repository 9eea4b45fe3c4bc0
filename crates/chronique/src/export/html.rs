//! Documents as HTML, for notebooks and web pages.
//!
//! Nothing is fetched and nothing runs: one `<style>` and plain elements. Text colour is the page's
//! own and highlights are translucent, so that it reads on light and on dark ground without asking
//! which; every colour has a label beside it. All text is escaped.

use std::fmt::Write;

use chronique_draw::escape;
use chronique_text::{BlockKind, Span};

use super::rows::{EventRow, code, rows};
use crate::Document;

/// How much of the text is shown, in bytes.
const MOST_TEXT: usize = 40_000;

/// How many events are shown.
const MOST_EVENTS: usize = 60;

const STYLE: &str = include_str!("html.css");

const PAGE: &str = "body{margin:2rem auto;max-width:60rem;padding:0 1rem;background:#fff;color:#1d1d1f;\
    font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}\
    @media(prefers-color-scheme:dark){body{background:#17181b;color:#e8e8ea}}";

/// A document as a fragment of HTML: its text with events, places, times and actors marked and debris
/// faded, and a card for each event, who → what → whom.
///
/// ```
/// use chronique::{Article, Pipeline, export};
///
/// let document = Pipeline::french().read(Article::new("<script>alert('Goma')</script>")?);
/// assert!(export::html(&document).contains("&lt;script&gt;"));
/// # Ok::<(), chronique::TextTooLong>(())
/// ```
#[must_use]
pub fn html(document: &Document) -> String {
    let rows = rows(document);
    let mut out = open();
    heading(document, &mut out);
    text(document, &mut out);
    if !rows.is_empty() {
        out.push_str("<div class=\"chq-cards\">");
        rows.iter().take(MOST_EVENTS).enumerate().for_each(|(n, row)| card(document, n, row, &mut out));
        out.push_str("</div>");
    }
    if rows.len() > MOST_EVENTS {
        let _ = write!(out, "<div class=\"chq-note\">… and {} more events</div>", rows.len() - MOST_EVENTS);
    }
    out.push_str("</div>");
    out
}

/// A document as a page of its own, which takes the reader's light or dark ground; otherwise as [`html`].
#[must_use]
pub fn html_page(document: &Document) -> String {
    let mut title = String::new();
    escape(document.id().unwrap_or("Document"), &mut title);
    format!(
        "<!doctype html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{title}</title><style>{PAGE}</style></head>\n\
         <body>{}</body></html>\n",
        html(document)
    )
}

/// The card of one event, by its index in [`Document::events`].
///
/// # Panics
/// If there are not so many events.
#[must_use]
pub fn html_event(document: &Document, index: usize) -> String {
    let mut out = open();
    card(document, index, &rows(document)[index], &mut out);
    out.push_str("</div>");
    out
}

fn open() -> String {
    format!("<div class=\"chq\" lang=\"fr\"><style>{STYLE}</style>")
}

fn heading(document: &Document, out: &mut String) {
    out.push_str("<div class=\"chq-head\"><b>");
    escape(document.id().unwrap_or("Document"), out);
    out.push_str("</b>");
    if let Some(date) = document.date() {
        let _ = write!(out, " · {date}");
    }
    let counts = [
        (document.events.len(), "event"),
        (document.places.len(), "place name"),
        (document.times.len(), "time"),
        (document.actors.as_slice().len(), "actor"),
    ];
    for (n, what) in counts {
        let _ = write!(out, " · {n} {what}{}", if n == 1 { "" } else { "s" });
    }
    out.push_str("</div>");
}

/// What a stretch of the text is marked as; in a conflict the first wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Trigger(usize),
    Place(usize),
    Time(usize),
    Actor(usize),
}

/// The marks of a text, in order and disjoint.
fn marks(document: &Document) -> Vec<(Span, Mark)> {
    let triggers =
        document.events.iter().enumerate().flat_map(|(n, event)| {
            event.mentions.iter().map(move |mention| (mention.trigger, Mark::Trigger(n)))
        });
    let places = document.places.iter().enumerate().map(|(n, place)| (place.span, Mark::Place(n)));
    let times = document.times.iter().enumerate().map(|(n, time)| (time.span, Mark::Time(n)));
    let actors = document.actors.mentions().iter().enumerate();
    let actors = actors.map(|(n, mention)| (mention.span, Mark::Actor(n)));
    let mut all: Vec<_> =
        triggers.chain(places).chain(times).chain(actors).filter(|(span, _)| !span.is_empty()).collect();
    all.sort_by_key(|&(span, mark)| (span.start(), mark));
    let mut kept: Vec<(Span, Mark)> = Vec::with_capacity(all.len());
    for (span, mark) in all {
        match kept.last_mut() {
            Some(last) if last.0.overlaps(span) => {
                if mark < last.1 {
                    *last = (span, mark);
                }
            }
            _ => kept.push((span, mark)),
        }
    }
    kept
}

fn text(document: &Document, out: &mut String) {
    let source = document.text().as_str();
    let end = boundary(source, MOST_TEXT);
    let marks = marks(document);
    let mut marks = marks.iter().take_while(|(span, _)| span.range().end <= end).peekable();
    let mut at = 0;
    out.push_str("<div class=\"chq-text\" dir=\"auto\">");
    for block in document.blocks.iter().take_while(|block| block.span.range().start < end) {
        let block_end = block.span.range().end.min(end);
        escape(&source[at..block.span.range().start.max(at)], out);
        at = block.span.range().start.max(at);
        let class = match block.kind {
            BlockKind::Title => "chq-title",
            BlockKind::Body | BlockKind::Caption => "chq-body",
            _ => "chq-faded",
        };
        let _ = write!(out, "<span class=\"{class}\">");
        if block.kind.is_debris() {
            let _ = write!(out, "<small class=\"chq-label\">{}</small>", block.kind);
        }
        while let Some((span, mark)) = marks.next_if(|(span, _)| span.range().start < block_end) {
            if span.range().start < at {
                continue;
            }
            escape(&source[at..span.range().start], out);
            marked(document, *span, *mark, out);
            at = span.range().end;
        }
        escape(&source[at..block_end.max(at)], out);
        at = block_end.max(at);
        out.push_str("</span>");
    }
    if end < source.len() {
        let left = source[end..].chars().count();
        let _ = write!(out, "<div class=\"chq-note\">… {left} more characters</div>");
    }
    out.push_str("</div>");
}

fn marked(document: &Document, span: Span, mark: Mark, out: &mut String) {
    let words = document.text().slice(span);
    match mark {
        Mark::Trigger(n) => {
            let event = &document.events[n];
            let _ = write!(out, "<mark class=\"chq-q{}\">", event.event_type.quad());
            escape(words, out);
            let _ = write!(out, "<small>{} e{}</small></mark>", event.event_type, n + 1);
        }
        Mark::Place(n) => {
            let place = &document.places[n];
            out.push_str("<span class=\"chq-place\" title=\"");
            let country = place.country.map(|country| format!(", {country}")).unwrap_or_default();
            escape(
                &format!(
                    "{} ({}{country}), {}: {}",
                    place.name,
                    place.kind,
                    place.role.as_str(),
                    place.reason
                ),
                out,
            );
            out.push_str("\">");
            escape(words, out);
            if let Some(country) = place.country {
                let _ = write!(out, "<small>{country}</small>");
            }
            out.push_str("</span>");
        }
        Mark::Actor(n) => {
            let mention = &document.actors.mentions()[n];
            let actor = document.actors.actor(mention.actor);
            let code = code(actor.country, actor.sector);
            out.push_str("<span class=\"chq-actor\" title=\"");
            escape(&format!("{}, {}: {}", actor.name, mention.class.as_str(), mention.reason), out);
            out.push_str("\">");
            escape(words, out);
            if let Some(code) = code {
                let _ = write!(out, "<small>{code}</small>");
            }
            out.push_str("</span>");
        }
        Mark::Time(n) => {
            let time = &document.times[n];
            let value = time.value.to_string();
            out.push_str("<span class=\"chq-time\" title=\"");
            escape(&format!("{} {}: {}", time.kind.as_str(), value, time.reason), out);
            out.push_str("\">");
            escape(words, out);
            if words != value {
                out.push_str("<small>");
                escape(&value, out);
                out.push_str("</small>");
            }
            out.push_str("</span>");
        }
    }
}

fn card(document: &Document, n: usize, row: &EventRow, out: &mut String) {
    let _ = write!(
        out,
        "<div class=\"chq-card chq-q{}\"><div><b class=\"chq-type\">{}</b> {} {}<span class=\"chq-id\">{}</span></div>",
        row.quad,
        row.event_type,
        row.mode.unwrap_or_default(),
        if row.status == "actual" { String::new() } else { format!("<i>{}</i>", row.status) },
        row.event_id
    );
    flow(row, out);
    out.push_str("<dl>");
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(out, "<dt>{name}</dt><dd dir=\"auto\">");
            escape(value, out);
            out.push_str("</dd>");
        }
    };
    let country = row.country.as_ref().map(|country| format!(" ({country})")).unwrap_or_default();
    line("where", &row.place.as_ref().map_or_else(String::new, |place| format!("{place}{country}")));
    let event = &document.events[n];
    let time = event.time.map(|at| document.times[at as usize].value);
    line("when", &document.date_of(event).or(time).map_or_else(String::new, |time| time.to_string()));
    let victims = [(row.killed, "killed"), (row.wounded, "wounded")];
    let victims = victims.iter().filter_map(|(count, what)| count.map(|count| format!("{count} {what}")));
    line("victims", &victims.collect::<Vec<_>>().join(", "));
    line("source", row.attribution.as_deref().unwrap_or_default());
    out.push_str("</dl><q dir=\"auto\">");
    let (sentence, trigger) = (document.sentence_of(&event.mentions[0]), event.mentions[0].trigger);
    let source = document.text();
    let cut =
        trigger.range().start.max(sentence.range().start)..trigger.range().end.min(sentence.range().end);
    quote(&source.as_str()[sentence.range().start..cut.start], Side::Before, out);
    out.push_str("<b>");
    escape(source.slice(trigger), out);
    out.push_str("</b>");
    quote(&source.as_str()[cut.end..sentence.range().end], Side::After, out);
    out.push_str("</q>");
    if event.mentions.len() > 1 {
        let _ = write!(out, "<div class=\"chq-note\">{} mentions</div>", event.mentions.len());
    }
    out.push_str("</div>");
}

/// Who → what → whom.
fn flow(row: &EventRow, out: &mut String) {
    out.push_str("<div class=\"chq-flow\" dir=\"auto\">");
    if !row.actors.is_empty() {
        parties("who", &row.actors, &row.actor_codes, out);
        out.push_str("<span class=\"chq-arrow\">→</span>");
    }
    out.push_str("<b>");
    escape(&row.trigger, out);
    out.push_str("</b>");
    if !row.recipients.is_empty() {
        out.push_str("<span class=\"chq-arrow\">→</span>");
        parties("to whom", &row.recipients, &row.recipient_codes, out);
    }
    out.push_str("</div>");
}

/// Names with their codes.
fn parties(role: &str, names: &[String], codes: &[Option<String>], out: &mut String) {
    for (name, code) in names.iter().zip(codes) {
        let _ = write!(out, "<span class=\"chq-party\" title=\"{role}\">");
        escape(name, out);
        if let Some(code) = code {
            let _ = write!(out, "<small>{code}</small>");
        }
        out.push_str("</span>");
    }
}

/// On which side of the trigger a piece of its sentence stands.
#[derive(PartialEq)]
enum Side {
    Before,
    After,
}

/// The words of a sentence next to its trigger.
fn quote(words: &str, side: Side, out: &mut String) {
    const MOST: usize = 160;
    if words.len() <= MOST {
        return escape(words, out);
    }
    if side == Side::Before {
        out.push_str("… ");
        let start = boundary(words, words.len() - MOST);
        let word = words[start..].find(' ').map_or(start, |space| start + space + 1);
        escape(&words[word..], out);
    } else {
        let end = boundary(words, MOST);
        escape(&words[..words[..end].rfind(' ').unwrap_or(end)], out);
        out.push_str(" …");
    }
}

/// The last `char` boundary up to a byte.
fn boundary(text: &str, most: usize) -> usize {
    (0..=most.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_is_quoted_around_its_trigger() {
        let (mut before, mut after) = (String::new(), String::new());
        let words = "évacués ".repeat(40);
        quote(&words, Side::Before, &mut before);
        quote(&words, Side::After, &mut after);
        assert!(before.starts_with("… évacués ") && before.ends_with("évacués "));
        assert!(after.starts_with("évacués") && after.ends_with("évacués …"));
        assert!(before.len() < 180 && after.len() < 180);
    }
}
