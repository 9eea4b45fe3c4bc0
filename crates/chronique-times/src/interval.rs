use std::fmt;

use crate::expression::TimeExpression;
use crate::value::{Day, TimeOfDay, TimeValue};
use crate::{Date, Edge};

/// A moment of local time, to the second; written `2023-09-19T14:30:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// Seconds since its midnight, 0 to 86,399.
    pub second: u32,
}

impl Moment {
    /// The moment `hour` hours after the midnight that begins a day; 24 is the midnight that ends it.
    fn at(date: Date, hour: u32) -> Option<Moment> {
        Moment::after(date, hour * 3600)
    }

    /// The moment a number of seconds after the midnight that begins a day.
    fn after(date: Date, seconds: u32) -> Option<Moment> {
        let days = i32::try_from(seconds / 86_400).ok()?;
        Some(Moment { date: date.plus_days(days)?, second: seconds % 86_400 })
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Moment { date, second } = self;
        write!(f, "{date}T{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60)
    }
}

impl TimeExpression {
    /// When the expression begins and when it is over; `None` for durations, sets and
    /// underspecified values.
    ///
    /// It is the value's days or hours, or that part of them that [`edge`](TimeExpression::edge) means:
    /// a third of a month, two months of a year, two or four days of a week, hours of a day. What is
    /// evening or *fin mars* differs from speaker to speaker: take the interval as a fair guess, and
    /// the value as what the text says.
    ///
    /// ```
    /// use chronique_text::Text;
    /// use chronique_times::{Anchor, TimeGrammar};
    /// use chronique_tokens::Tokenizer;
    ///
    /// let text = Text::new("fin mars")?;
    /// let tokens = Tokenizer::french().tokenize(&text, [text.span()]);
    /// let times = TimeGrammar::french().times(&text, &tokens, &Anchor::new(Some("2023-09-20".parse()?)));
    /// let (begin, end) = times[0].interval().expect("a month of a known year");
    /// assert_eq!(begin.to_string(), "2023-03-21T00:00:00");
    /// assert_eq!(end.to_string(), "2023-04-01T00:00:00");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn interval(&self) -> Option<(Moment, Moment)> {
        let hours = |date, (from, to)| Some((Moment::at(date, from)?, Moment::at(date, to)?));
        match self.value {
            TimeValue::Time { day: Day::Date(date), at } => match at {
                TimeOfDay::Clock { hour, minute, second } => {
                    let minutes = u32::from(hour) * 60 + u32::from(minute);
                    let begin = minutes * 60 + u32::from(second.unwrap_or(0));
                    let length = if second.is_some() { 1 } else { 60 };
                    Some((Moment::after(date, begin)?, Moment::after(date, begin + length)?))
                }
                part => hours(date, part_hours(part, self.edge)),
            },
            TimeValue::Day(Day::Date(date)) => hours(
                date,
                match self.edge {
                    None => (0, 24),
                    Some(Edge::Start) => (6, 10),
                    Some(Edge::Mid) => (11, 16),
                    Some(Edge::End) => (17, 21),
                },
            ),
            value => {
                let (first, last) = edge_days(&value, self.edge, value.days()?)?;
                Some((Moment::at(first, 0)?, Moment::at(last, 24)?))
            }
        }
    }
}

/// The hours of a part of a day, from 0 to 24; the night goes on to the morning.
fn part_hours(part: TimeOfDay, edge: Option<Edge>) -> (u32, u32) {
    match (part, edge) {
        (TimeOfDay::Morning, None) => (4, 12),
        (TimeOfDay::Morning, Some(Edge::Start)) => (7, 9),
        (TimeOfDay::Morning, Some(Edge::Mid)) => (9, 11),
        (TimeOfDay::Morning, Some(Edge::End)) => (10, 12),
        (TimeOfDay::Afternoon, None) => (12, 19),
        (TimeOfDay::Afternoon, Some(Edge::Start)) => (12, 14),
        (TimeOfDay::Afternoon, Some(Edge::Mid)) => (14, 17),
        (TimeOfDay::Afternoon, Some(Edge::End)) => (17, 19),
        (TimeOfDay::Evening, Some(Edge::Start)) => (18, 21),
        (TimeOfDay::Evening, Some(Edge::End)) => (21, 24),
        (TimeOfDay::Evening, _) => (18, 24),
        (TimeOfDay::Night, Some(Edge::Start)) => (20, 24),
        (TimeOfDay::Night, Some(Edge::End)) => (26, 30),
        (TimeOfDay::Night, _) => (20, 30),
        (TimeOfDay::Midday | TimeOfDay::Clock { .. }, _) => (12, 14),
    }
}

/// First and last day of the part of a longer value that is meant.
fn edge_days(value: &TimeValue, edge: Option<Edge>, days: (Date, Date)) -> Option<(Date, Date)> {
    let (first, last) = days;
    let Some(edge) = edge else { return Some(days) };
    Some(match (value, edge) {
        (TimeValue::Month { .. }, Edge::Start) => (first, first.plus_days(9)?),
        (TimeValue::Month { .. }, Edge::Mid) => (first.plus_days(10)?, first.plus_days(19)?),
        (TimeValue::Month { .. }, Edge::End) => (first.plus_days(20)?, last),
        (TimeValue::Year(_), Edge::Start) => (first, first.plus_months(1)?.last_of_month()),
        (TimeValue::Year(_), Edge::Mid) => (first.plus_months(4)?, first.plus_months(7)?.last_of_month()),
        (TimeValue::Year(_), Edge::End) => (first.plus_months(10)?, last),
        (TimeValue::Week(_), Edge::Start) => (first, first.plus_days(1)?),
        (TimeValue::Week(_), Edge::Mid) => (first.plus_days(2)?, first.plus_days(3)?),
        (TimeValue::Week(_), Edge::End) => (first.plus_days(3)?, last),
        _ => thirds(edge, days)?,
    })
}

/// The first, second or last third of a run of days.
fn thirds(edge: Edge, (first, last): (Date, Date)) -> Option<(Date, Date)> {
    let days = last.days_since(first) + 1;
    let at = |third: i32| first.plus_days(days * third / 3);
    Some(match edge {
        Edge::Start => (first, at(1)?.plus_days(-1)?),
        Edge::Mid => (at(1)?, at(2)?.plus_days(-1)?),
        Edge::End => (at(2)?, last),
    })
}
