//! Events along time.

use std::collections::BTreeMap;
use std::fmt::Write;

use chronique_times::Date;

use crate::Happening;
use crate::svg::{QUADS, count, cut, escaped, legend, open, px};

/// The height of the counts, of a lane, and the room for names on the left.
const COUNTS: f64 = 120.0;
const LANE: f64 = 24.0;
const LEFT: f64 = 96.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const MOST_NOTES: usize = 6;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What a step of time is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    /// The step that gives a range of days a readable number of bars.
    fn for_days(days: i32) -> Step {
        match days {
            ..=62 => Step::Day,
            63..=500 => Step::Week,
            501..=2200 => Step::Month,
            _ => Step::Year,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
            Step::Year => "year",
        }
    }

    /// The first day of the step that a day lies in.
    fn start(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Week => day.plus_days(1 - i32::from(day.weekday())).unwrap_or(day),
            Step::Month => day.first_of_month(),
            Step::Year => Date::new(day.year(), 1, 1).unwrap_or(day),
        }
    }

    /// The first day of the next step.
    fn next(self, day: Date) -> Option<Date> {
        match self {
            Step::Day => day.plus_days(1),
            Step::Week => day.plus_days(7),
            Step::Month => day.plus_months(1),
            Step::Year => day.plus_months(12),
        }
    }

    fn label(self, day: Date) -> String {
        let month = MONTHS[usize::from(day.month() - 1) % 12];
        match self {
            Step::Year => day.year().to_string(),
            Step::Month => format!("{month} {}", day.year()),
            Step::Day | Step::Week => format!("{} {month} {}", day.day(), day.year()),
        }
    }
}

/// An event and the days that it is dated to.
type Dated<'h> = (&'h Happening<'h>, (Date, Date));

/// The days that are drawn.
struct Axis {
    from: Date,
    to: Date,
    step: Step,
    width: f64,
}

impl Axis {
    fn x(&self, day: Date) -> f64 {
        let all = f64::from(self.to.days_since(self.from).max(1));
        LEFT + (self.width - LEFT - RIGHT) * f64::from(day.days_since(self.from)) / all
    }

    /// The steps, first days.
    fn steps(&self) -> Vec<Date> {
        let step = |day: &Date| self.step.next(*day).filter(|next| *next < self.to);
        std::iter::successors(Some(self.from), step).collect()
    }
}

/// Events along time, `width` pixels wide: counts by quad class, and below them a lane for each type.
///
/// An event that is dated to no finer than several steps (*en 2020*, among days) is a bar over all of
/// them. What has no date, and the few that lie far from the others, is counted below.
#[must_use]
pub fn timeline(happenings: &[Happening<'_>], width: u32) -> String {
    let width = f64::from(width.clamp(300, 4000));
    let dated: Vec<Dated<'_>> = happenings
        .iter()
        .filter(|one| (1..=4).contains(&one.quad))
        .filter_map(|one| one.days.map(|(first, last)| (one, (first.min(last), first.max(last)))))
        .collect();
    let undated = happenings.len() - dated.len();
    let about = format!("Timeline: {}", count(dated.len(), "dated event"));
    let Some((from, to)) = range(dated.iter().map(|(_, days)| *days).collect()) else {
        let none = format!("{} without a date.", count(undated, "event"));
        return format!("{}<text class=\"note\" y=\"18\">{none}</text></svg>", open(width, 28.0, &about));
    };
    let step = Step::for_days(to.days_since(from) + 1);
    let end = step.next(step.start(to)).unwrap_or(to);
    let axis = Axis { from: step.start(from), to: end, step, width };
    let (seen, far): (Vec<_>, Vec<_>) = dated
        .into_iter()
        .partition(|(_, (first, last))| *last >= axis.from && (*first < axis.to || *first == to));

    let mut lanes: BTreeMap<(u8, &str), Vec<Dated<'_>>> = BTreeMap::new();
    for &(one, days) in &seen {
        lanes.entry((one.quad, one.kind)).or_default().push((one, days));
    }
    let height = TOP + COUNTS + 30.0 + LANE * lanes.len() as f64 + 46.0;
    let mut out = open(width, height, &about);
    let bars = counts(&axis, &seen, &mut out);
    ticks(&axis, height - 46.0, &mut out);
    for (at, ((quad, kind), events)) in lanes.iter().enumerate() {
        lane(&axis, TOP + COUNTS + 30.0 + LANE * (at as f64 + 0.5), *quad, kind, events, &mut out);
    }
    let mut quads = [0; 4];
    seen.iter().for_each(|(one, _)| quads[usize::from(one.quad - 1)] += 1);
    legend(quads, 0.0, height - 22.0, &mut out);
    let mut notes = vec![format!("{} by {}", count(bars, "event"), step.name())];
    let long = seen.len() - bars;
    let before = far.iter().filter(|(_, (_, last))| *last < axis.from).count();
    for (n, what) in [
        (long, "dated less finely (pale bars)"),
        (before, "earlier"),
        (far.len() - before, "later"),
        (undated, "without a date"),
    ] {
        if n > 0 {
            notes.push(format!("{n} {what}"));
        }
    }
    let _ = write!(out, "<text class=\"note\" y=\"{}\">{}.</text></svg>", px(height - 5.0), notes.join("; "));
    out
}

/// The days to draw: of all events, or without those of the tenth at either end that lie so far off
/// that the others would shrink to a dot.
fn range(mut days: Vec<(Date, Date)>) -> Option<(Date, Date)> {
    days.sort_unstable();
    let &(first, _) = days.first()?;
    let last = days.iter().map(|&(_, last)| last).max()?;
    let least = days.len() / 10;
    let (low, high) = (days[least].0, days[days.len() - 1 - least].1);
    let inner = high.days_since(low).max(14);
    if last.days_since(first) <= 4 * inner || high <= low {
        return Some((first, last));
    }
    let near = |day: &Date| day.days_since(high) <= inner / 4 && low.days_since(*day) <= inner / 4;
    let from = days.iter().map(|&(first, _)| first).find(near)?;
    let to = days.iter().map(|&(_, last)| last).filter(near).max()?;
    Some((from, to.max(from)))
}

/// The step that an event is counted in, if it is dated so finely.
fn step_of(axis: &Axis, (first, last): (Date, Date)) -> Option<Date> {
    let start = axis.step.start(first);
    (first >= axis.from && axis.step.start(last) == start).then_some(start)
}

/// Bars of the number of events by quad class; gives how many are counted.
fn counts(axis: &Axis, seen: &[Dated<'_>], out: &mut String) -> usize {
    let mut bars: BTreeMap<Date, [usize; 4]> = BTreeMap::new();
    for (one, days) in seen {
        if let Some(start) = step_of(axis, *days) {
            bars.entry(start).or_default()[usize::from(one.quad - 1)] += 1;
        }
    }
    let most = bars.values().map(|bar| bar.iter().sum()).max().unwrap_or(1);
    // A round number of lines.
    let every =
        [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].into_iter().find(|every| most <= every * 5);
    let every = every.unwrap_or(most / 4 + 1);
    let top = most.div_ceil(every) * every;
    let y = |n: usize| TOP + COUNTS * (1.0 - n as f64 / top as f64);
    for n in (0..=top).step_by(every) {
        let _ = write!(
            out,
            "<path class=\"grid\" d=\"M{} {y}H{}\"/><text class=\"note end\" x=\"{}\" y=\"{}\">{n}</text>",
            px(LEFT),
            px(axis.width - RIGHT),
            px(LEFT - 8.0),
            px(y(n) + 3.5),
            y = px(y(n)),
        );
    }
    for (&start, bar) in &bars {
        let (x, next) =
            (axis.x(start), axis.step.next(start).map_or(axis.width - RIGHT, |next| axis.x(next)));
        let wide = ((next - x) * 0.82).clamp(1.0, 34.0);
        let x = f64::midpoint(x, next) - wide / 2.0;
        let total: usize = bar.iter().sum();
        let parts: Vec<_> =
            (0..4).filter(|&at| bar[at] > 0).map(|at| format!("{} {}", QUADS[at], bar[at])).collect();
        let _ = write!(
            out,
            "<g><title>{}: {}\n{}</title>",
            axis.step.label(start),
            count(total, "event"),
            parts.join("\n")
        );
        let mut below = 0;
        for (at, &n) in bar.iter().enumerate().filter(|&(_, &n)| n > 0) {
            let _ = write!(
                out,
                "<rect class=\"q{}\" fill-opacity=\".85\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                at + 1,
                px(x),
                px(y(below + n)),
                px(wide),
                px(y(below) - y(below + n))
            );
            below += n;
        }
        out.push_str("</g>");
    }
    bars.values().flatten().sum()
}

/// Dates under the counts, with lines down to the last lane.
fn ticks(axis: &Axis, bottom: f64, out: &mut String) {
    let steps = axis.steps();
    let every = (steps.len() * 84).div_ceil(((axis.width - LEFT - RIGHT) as usize).max(1)).max(1);
    for day in steps.into_iter().step_by(every) {
        let next = axis.step.next(day).map_or(axis.width - RIGHT, |next| axis.x(next));
        let x = f64::midpoint(axis.x(day), next);
        let _ = write!(
            out,
            "<path class=\"grid\" d=\"M{x} {}V{}\"/><text class=\"note middle\" x=\"{x}\" y=\"{}\">{}</text>",
            px(TOP),
            px(bottom),
            px(TOP + COUNTS + 18.0),
            axis.step.label(day),
            x = px(x)
        );
    }
}

/// A lane: a disc for each step that has events of its type, pale bars for those dated less finely.
fn lane(axis: &Axis, y: f64, quad: u8, kind: &str, events: &[Dated<'_>], out: &mut String) {
    let _ = write!(
        out,
        "<path class=\"grid\" d=\"M{} {y}H{}\"/><text class=\"end\" x=\"{}\" y=\"{}\">{}</text>",
        px(LEFT),
        px(axis.width - RIGHT),
        px(LEFT - 8.0),
        px(y + 4.0),
        escaped(&cut(kind, 13)),
        y = px(y)
    );
    let mut discs: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    let mut bars: BTreeMap<(Date, Date), Vec<&str>> = BTreeMap::new();
    for &(one, days) in events {
        match step_of(axis, days) {
            Some(start) => discs.entry(start).or_default().push(one.note),
            None => bars.entry(days).or_default().push(one.note),
        }
    }
    let told = |when: String, notes: &[&str]| {
        let mut told = format!("{when}: {} {kind}", notes.len());
        for note in notes.iter().filter(|note| !note.is_empty()).take(MOST_NOTES) {
            told += "\n";
            told += &cut(note, 100);
        }
        escaped(&told)
    };
    for ((first, last), notes) in &bars {
        let (from, to) = (axis.x((*first).max(axis.from)), axis.x((*last).min(axis.to)).max(LEFT + 4.0));
        let _ = write!(
            out,
            "<rect class=\"range q{quad}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"6\" rx=\"3\"><title>{}</title></rect>",
            px(from),
            px(y - 3.0),
            px((to - from).max(4.0)),
            told(format!("{first} to {last}"), notes)
        );
    }
    for (start, notes) in &discs {
        let next = axis.step.next(*start).map_or(axis.width - RIGHT, |next| axis.x(next));
        let _ = write!(
            out,
            "<circle class=\"mark q{quad}\" cx=\"{}\" cy=\"{}\" r=\"{}\"><title>{}</title></circle>",
            px(f64::midpoint(axis.x(*start), next)),
            px(y),
            px((2.6 + 1.5 * (notes.len() as f64).sqrt()).min(11.0)),
            told(axis.step.label(*start), notes)
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(first: &str, last: &str) -> Happening<'static> {
        let day = |text: &str| text.parse().expect("a day");
        Happening {
            kind: "ASSAULT",
            quad: 4,
            site: None,
            days: Some((day(first), day(last))),
            note: "a <b> & c",
        }
    }

    #[test]
    fn what_is_far_from_all_others_is_counted_not_drawn() {
        let mut some: Vec<_> =
            (1..=28).map(|day| format!("2024-02-{day:02}")).map(|day| on(&day, &day)).collect();
        some.push(on("1945-05-08", "1945-05-08"));
        let svg = timeline(&some, 900);
        assert!(svg.contains("28 events by day; 1 earlier."), "{svg}");
    }

    #[test]
    fn a_year_among_days_is_a_bar() {
        let svg = timeline(&[on("2024-02-06", "2024-02-06"), on("2024-02-01", "2024-02-29")], 900);
        assert!(svg.contains("1 event by day; 1 dated less finely (pale bars)."), "{svg}");
        assert!(svg.contains("2024-02-01 to 2024-02-29: 1 ASSAULT\na &lt;b&gt; &amp; c"));
    }

    #[test]
    fn nothing_dated_is_said() {
        let none = Happening { kind: "AID", quad: 2, site: None, days: None, note: "" };
        assert!(timeline(&[none], 900).contains("1 event without a date."));
    }

    #[test]
    fn the_ends_of_the_calendar_are_drawn() {
        assert!(timeline(&[on("0001-01-01", "9999-12-31")], 900).contains("by year"));
        assert!(timeline(&[on("9999-12-31", "9999-12-31")], 900).contains("1 event by day"));
    }
}
