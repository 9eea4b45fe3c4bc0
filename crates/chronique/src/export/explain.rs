//! How a document was read, for people: each event with its words, rule, gates and rejected
//! readings; the words that were passed over; each place and time with its reason.

use std::fmt::Write;

use chronique_events::{EventMention, Participant, Rejection, Rule};
use chronique_text::Span;
use unicode_width::UnicodeWidthStr;

use super::layout::{Ink, Style, fit, one_line, wrap};
use super::record::actor_id;
use crate::Document;

/// The width of the page, in cells.
const WIDTH: usize = 98;

/// How much of a sentence is quoted on either side of the trigger, in bytes.
const QUOTE: u32 = 600;

/// The same for a word that was passed over.
const NEAR: u32 = 60;

/// How each event, place and time of a document was read and why; what was rejected and why.
#[must_use]
pub fn explain(document: &Document, style: Style) -> String {
    let parts = [explain_events, explain_passed_over, explain_places, explain_times];
    parts.map(|part| part(document, style)).join("\n")
}

/// The part of [`explain`] on events.
#[must_use]
pub fn explain_events(document: &Document, style: Style) -> String {
    let mut page = Page { document, style, out: String::new() };
    page.title("Events", document.events().len());
    for index in 0..document.events().len() {
        page.out.push('\n');
        page.event(index);
    }
    page.out
}

/// The part of [`explain`] on one event, by its index in [`Document::events`].
///
/// # Panics
/// If there are not so many events.
#[must_use]
pub fn explain_event(document: &Document, index: usize, style: Style) -> String {
    let mut page = Page { document, style, out: String::new() };
    page.event(index);
    page.out
}

/// The part of [`explain`] on the words that the lexicon knows but that name no event here.
#[must_use]
pub fn explain_passed_over(document: &Document, style: Style) -> String {
    let mut page = Page { document, style, out: String::new() };
    page.passed_over();
    page.out
}

/// The part of [`explain`] on places.
#[must_use]
pub fn explain_places(document: &Document, style: Style) -> String {
    let mut page = Page { document, style, out: String::new() };
    page.places();
    page.out
}

/// The part of [`explain`] on times.
#[must_use]
pub fn explain_times(document: &Document, style: Style) -> String {
    let mut page = Page { document, style, out: String::new() };
    page.times();
    page.out
}

struct Page<'d> {
    document: &'d Document,
    style: Style,
    out: String,
}

impl Page<'_> {
    fn event(&mut self, index: usize) {
        let event = &self.document.events()[index];
        let mut head = format!("e{}  {}", index + 1, event.event_type);
        if let Some(mode) = event.mode {
            let _ = write!(head, " {mode}");
        }
        let _ = write!(head, ", {}", event.status);
        for (count, what) in [(event.killed, "killed"), (event.wounded, "wounded")] {
            if let Some(count) = count {
                let _ = write!(head, ", {count} {what}");
            }
        }
        let head = self.style.paint(Ink::Strong, &head);
        let _ = writeln!(self.out, "{head}");
        for (at, mention) in event.mentions.iter().enumerate() {
            if let Some(reason) = at.checked_sub(1).and_then(|before| event.merged.get(before)) {
                self.line("same as above", reason);
            }
            self.mention(mention);
        }
    }

    fn mention(&mut self, mention: &EventMention) {
        for line in wrap(&self.quote(mention), WIDTH - 4) {
            let _ = writeln!(self.out, "    {line}");
        }
        self.line("rule", &stand(&mention.rule));
        let by_mention = match mention.mode {
            Some(mode) => format!("{} {mode}, {}", mention.event_type, mention.status),
            None => format!("{}, {}", mention.event_type, mention.status),
        };
        self.line("read as", &by_mention);
        for (label, participants) in [("who", &mention.actors), ("to whom", &mention.recipients)] {
            for participant in participants {
                self.line(label, &self.participant(participant));
            }
        }
        let document = self.document;
        for place in &mention.places {
            let name = document.text().slice(document.places()[place.place as usize].span);
            self.line("where", &format!("{} ({})", one_line(name), place.reason));
        }
        if let Some(time) = mention.time {
            let expression = &document.times()[time.time as usize];
            let words = one_line(document.text().slice(expression.span));
            self.line("when", &format!("{words} = {} ({})", expression.value, time.reason));
        }
        if let Some(source) = &mention.attribution {
            let (who, cue) = (document.text().slice(source.span), document.text().slice(source.cue));
            self.line("according to", &format!("{} (« {} »)", one_line(who), one_line(cue)));
        }
        if let Some(weighed) = &mention.weighed {
            self.line("second look", weighed);
        } else if mention.taken_up {
            self.line("because", "takes up an act told before, whatever the gates of its row ask");
        } else {
            for (gate, told) in mention.rule.gates() {
                self.line("gate passed", &format!("{gate}: {told}"));
            }
        }
        for rejected in &mention.rejected {
            self.line("rejected", &held_back(rejected, document));
        }
        for reason in &mention.reasons {
            self.line("because", reason);
        }
    }

    fn participant(&self, participant: &Participant) -> String {
        let words = one_line(self.document.text().slice(participant.span));
        let actor = participant.actor.map(|id| (actor_id(id), self.document.actors().actor(id)));
        let named = actor.map_or_else(String::new, |(id, actor)| {
            let country = actor.country.map_or_else(String::new, |country| format!(", {country}"));
            let sector = actor.sector.map_or_else(String::new, |sector| format!(", {}", sector.as_str()));
            format!(" = {id} {}{country}{sector}", actor.name)
        });
        format!("{words}{named} ({})", participant.reason)
    }

    /// The sentence with the words that the event is made of: `[frappé|ASSAULT]`.
    fn quote(&self, mention: &EventMention) -> String {
        let document = self.document;
        let mut marks = vec![(mention.trigger, mention.event_type.as_str())];
        marks.extend(mention.actors.iter().map(|one| (one.span, "who")));
        marks.extend(mention.recipients.iter().map(|one| (one.span, "to whom")));
        marks.extend(mention.places.iter().map(|one| (document.places()[one.place as usize].span, "where")));
        marks.extend(mention.time.map(|one| (document.times()[one.time as usize].span, "when")));
        marks.extend(mention.attribution.as_ref().map(|source| (source.span, "according to")));
        let quoted = clip(document, document.sentence_of(mention), mention.trigger, QUOTE);
        let mut kept: Vec<(Span, &str)> = Vec::new();
        for (span, label) in marks {
            if quoted.contains(span) && !kept.iter().any(|(other, _)| other.overlaps(span)) {
                kept.push((span, label));
            }
        }
        kept.sort_unstable();
        let text = document.text();
        let mut out = String::from("« ");
        let mut from = quoted.start();
        for (span, label) in kept {
            out.push_str(text.slice(Span::new(from, span.start())));
            let _ = write!(out, "[{}|{label}]", text.slice(span));
            from = span.end();
        }
        out.push_str(text.slice(Span::new(from, quoted.end())));
        out.push_str(" »");
        out
    }

    fn passed_over(&mut self) {
        let document = self.document;
        self.title("Passed over", document.passed_over().len());
        for passed in document.passed_over() {
            let text = document.text();
            let sentence = document.sentence_around(passed.word).unwrap_or(passed.trigger);
            let near = clip(document, sentence, passed.trigger, NEAR);
            let mut before = text.slice(Span::new(near.start(), passed.trigger.start()));
            let mut after = text.slice(Span::new(passed.trigger.end(), near.end()));
            if near.start() > sentence.start() {
                before = before.split_once(' ').map_or(before, |(_, words)| words);
            }
            if near.end() < sentence.end() {
                after = after.rsplit_once(' ').map_or(after, |(words, _)| words);
            }
            let words = format!("« {before}[{}]{after} »", text.slice(passed.trigger));
            for line in wrap(&words, WIDTH - 2) {
                let _ = writeln!(self.out, "  {line}");
            }
            for rejected in &passed.rejected {
                self.line("held back", &held_back(rejected, document));
            }
        }
    }

    fn places(&mut self) {
        self.title("Places", self.document.places().len());
        let document = self.document;
        for place in document.places() {
            let words = one_line(document.text().slice(place.span));
            let country = place.country.map_or_else(String::new, |country| format!(", {country}"));
            let point = place.point.map_or_else(String::new, |(lat, lon)| format!(", {lat:.2} {lon:.2}"));
            let what = format!("{}: {}{country}{point}, {}", place.name, place.kind, place.id);
            self.entry(Ink::Place, &words, &[&what, &format!("{}; {}", place.role.as_str(), place.reason)]);
        }
    }

    fn times(&mut self) {
        self.title("Times", self.document.times().len());
        let document = self.document;
        for time in document.times() {
            let words = one_line(document.text().slice(time.span));
            let value = format!("{} {}", time.kind.as_str(), time.value);
            self.entry(Ink::Time, &words, &[&format!("{value} ({})", time.reason)]);
        }
    }

    fn title(&mut self, title: &str, count: usize) {
        let title = self.style.paint(Ink::Strong, title);
        let _ = writeln!(self.out, "{title}: {count}");
    }

    /// A labelled line under an event, broken to the page.
    fn line(&mut self, label: &str, text: &str) {
        let indent = 19;
        for (n, line) in wrap(text, WIDTH - indent).into_iter().enumerate() {
            let label = self.style.paint(Ink::Faint, &fit(if n == 0 { label } else { "" }, indent - 6));
            let _ = writeln!(self.out, "    {label}  {line}");
        }
    }

    /// Words of the text and what they were read as.
    fn entry(&mut self, ink: Ink, words: &str, lines: &[&str]) {
        let column = 24;
        let mut words = fit(words, column.min(words.width().max(column)));
        for text in lines {
            for line in wrap(text, WIDTH - column - 4) {
                let _ = writeln!(self.out, "  {}  {line}", self.style.paint(ink, &words));
                words = " ".repeat(column);
            }
        }
    }
}

/// The id of a row and where to find it: `ASSAULT/tirer/V, lexicon.tsv:48`.
fn stand(rule: &Rule) -> String {
    format!("{}, {}:{}", rule.id(), rule.table(), rule.line())
}

fn held_back(rejected: &Rejection, document: &Document) -> String {
    format!("{}: {}", stand(&rejected.rule), one_line(&rejected.why(document.text())))
}

/// The part of a sentence within so many bytes around the trigger.
fn clip(document: &Document, sentence: Span, trigger: Span, reach: u32) -> Span {
    let text = document.text().as_str();
    let mut start = sentence.start().max(trigger.start().saturating_sub(reach));
    let mut end = sentence.end().min(trigger.end().saturating_add(reach));
    while !text.is_char_boundary(start as usize) {
        start -= 1;
    }
    while !text.is_char_boundary(end as usize) {
        end += 1;
    }
    Span::new(start, end)
}
