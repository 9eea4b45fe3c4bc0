//! From what an expression says to its value.

use crate::Date;
use crate::expression::{Basis, Direction, TimeKind};
use crate::fields::{Fields, Found};
use crate::relative::step;
use crate::rules::Meaning;
use crate::search::{Toward, day_in_month, easter, month, weekday, year_part, yearly};
use crate::value::{Amount, Day, TimeOfDay, TimeValue};
use crate::words::{EASTER, MOON, Which};

/// What expressions are resolved against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    pub(crate) published: Option<Date>,
    /// The hour and minute of publication.
    pub(crate) at: Option<(u8, u8)>,
    /// The last day that the text spoke of.
    pub(crate) day: Option<Day>,
    /// The day that a clock time without a day lies on.
    pub(crate) today: Option<Day>,
    /// The first day of the last value that the text spoke of.
    pub(crate) last: Option<Date>,
    /// The hour and minute of that value, if it is a clock time.
    pub(crate) last_at: Option<(u8, u8)>,
    /// That value.
    pub(crate) last_value: Option<TimeValue>,
    pub(crate) toward: Toward,
}

pub(crate) type Resolved = (TimeKind, TimeValue, Basis);

/// The value of what a rule has found; `None` if there is no such time (*le 31 février*).
pub(crate) fn resolve(found: &Found, context: &Context) -> Option<Resolved> {
    let fields = &found.fields;
    match found.meaning {
        Meaning::Count | Meaning::Block | Meaning::Compose => None,
        Meaning::TimeOfDay => Some(context.on_day(context.today, fields.time_of_day()?)),
        Meaning::Date { year } => {
            let (value, basis) = context.date(fields, year)?;
            with_time(value, basis, fields)
        }
        Meaning::Unit => {
            let (value, basis) = context.unit(fields)?;
            with_time(value, basis, fields)
        }
        Meaning::Yearly { month, day } => {
            let year = fields.year.map(|year| (year, Basis::Stated));
            let mut fixed = *fields;
            fixed.month = Some(month);
            let (value, basis) = context.day(day, &fixed, year)?;
            with_time(value, basis, fields)
        }
        Meaning::Published { days } => {
            let (value, basis) = context.published_plus(|date| date.plus_days(i32::from(days)))?;
            with_time(value, basis, fields)
        }
        Meaning::Beside { days } => match context.date(fields, None)? {
            (TimeValue::Day(Day::Date(date)), basis) => {
                with_time(TimeValue::Day(Day::Date(date.plus_days(i32::from(days))?)), basis, fields)
            }
            (_, basis) => with_time(TimeValue::Day(Day::Unknown), basis, fields),
        },
        Meaning::WeekOf => {
            let (value, basis) = context.date(fields, None)?;
            let week = value.days().map(|(first, _)| first.iso_week());
            Some((TimeKind::Date, TimeValue::Week(week), basis))
        }
        Meaning::OfMonth => context.of_month(fields).map(|(value, basis)| (TimeKind::Date, value, basis)),
        Meaning::Weeks { weeks } => match context.weekday(fields.weekday?, Some(Which::Next)) {
            (TimeValue::Day(Day::Date(date)), basis) => {
                let weeks = i32::from(weeks) - i32::from(date.days_since(context.published?) == 7);
                Some((TimeKind::Date, TimeValue::Day(Day::Date(date.plus_days(7 * weeks)?)), basis))
            }
            (value, basis) => Some((TimeKind::Date, value, basis)),
        },
        Meaning::Today => {
            let (day, basis) = match (context.today, context.published) {
                (Some(day), _) => (day, Basis::Text),
                (None, Some(published)) => (Day::Date(published), Basis::Published),
                (None, None) => (Day::Unknown, Basis::Open),
            };
            with_time(TimeValue::Day(day), basis, fields)
        }
        Meaning::That => {
            let value = context.last_value?;
            Some((TimeKind::Date, value.calendar().unwrap_or(value), Basis::Text))
        }
        Meaning::Republican => {
            let year = i16::try_from(fields.century?).ok().filter(|year| (1..=14).contains(year))?;
            let first = 1791 + year;
            Some((TimeKind::Date, TimeValue::Years { first, last: first + 1 }, Basis::Stated))
        }
        Meaning::Anchored { days } => {
            let (day, basis) = context.anchored(days);
            with_time(TimeValue::Day(day), basis, fields)
        }
        Meaning::Shift { from, sign } => context.shift(fields, from, sign),
        Meaning::Duration => {
            let (unit, times) = fields.unit()?;
            let amount = scaled(fields.amount.unwrap_or(Amount::Some), times)?;
            Some((TimeKind::Duration, TimeValue::Duration { amount, unit }, Basis::Stated))
        }
        Meaning::Set => set(fields).map(|value| (TimeKind::Set, value, Basis::Stated)),
        Meaning::Ref(which) => {
            let value = match which.or(fields.reference)? {
                0 => TimeValue::PastRef,
                1 => TimeValue::PresentRef,
                _ => TimeValue::FutureRef,
            };
            Some((TimeKind::Date, value, Basis::Stated))
        }
    }
}

/// A date with the part of day or clock time that the expression adds.
pub(crate) fn with_time(value: TimeValue, basis: Basis, fields: &Fields) -> Option<Resolved> {
    match (value, fields.time_of_day()) {
        (TimeValue::Day(day), Some(at)) => Some((TimeKind::Time, TimeValue::Time { day, at }, basis)),
        (TimeValue::Years { .. }, _) => Some((TimeKind::Duration, value, basis)),
        _ => Some((TimeKind::Date, value, basis)),
    }
}

pub(crate) fn scaled(amount: Amount, times: u32) -> Option<Amount> {
    match amount {
        Amount::Some => Some(Amount::Some),
        Amount::Tenths(tenths) => tenths.checked_mul(times).map(Amount::Tenths),
    }
}

fn set(fields: &Fields) -> Option<TimeValue> {
    if let Some(weekday) = fields.weekday {
        let day = Day::Weekday(weekday);
        return Some(match fields.time_of_day() {
            Some(at) => TimeValue::Time { day, at },
            None => TimeValue::Day(day),
        });
    }
    if let Some(part) = fields.year_part {
        return Some(TimeValue::YearPart { year: None, part });
    }
    if let (Some(month), Some(day)) = (fields.month, fields.day) {
        return Some(TimeValue::Day(Day::OfYear { month, day }));
    }
    if let Some(month) = fields.month {
        return Some(TimeValue::Month { year: None, month: Some(month) });
    }
    if let Some((unit, times)) = fields.unit() {
        if fields.unit_name() == "weekend" {
            return Some(TimeValue::Weekend(None));
        }
        let amount = scaled(fields.amount.unwrap_or(Amount::Tenths(10)), times)?;
        return Some(TimeValue::Duration { amount, unit });
    }
    fields.time_of_day().map(|at| TimeValue::Time { day: Day::Unknown, at })
}

impl Context {
    fn on_day(&self, day: Option<Day>, at: TimeOfDay) -> Resolved {
        // An assistant's clock time that is over comes tomorrow.
        let over = match (self.toward, self.at, at) {
            (Toward::Future, Some(now), TimeOfDay::Clock { hour, minute, .. }) => (hour, minute) < now,
            _ => false,
        };
        let published = if over { self.published.and_then(|date| date.plus_days(1)) } else { self.published };
        let (day, basis) = match (day, published) {
            (Some(day), _) => (day, Basis::Text),
            (None, Some(published)) => (Day::Date(published), Basis::Published),
            (None, None) => (Day::Unknown, Basis::Open),
        };
        (TimeKind::Time, TimeValue::Time { day, at }, basis)
    }

    pub(crate) fn date(&self, fields: &Fields, year_shift: Option<i16>) -> Option<(TimeValue, Basis)> {
        let stated = fields.year.map(|year| (year, Basis::Stated));
        let shifted = year_shift
            .zip(self.published)
            .and_then(|(shift, published)| Some((published.year().checked_add(shift)?, Basis::Published)));
        let year = stated.or(shifted);
        if let Some(days) = fields.deictic {
            return self.published_plus(|date| date.plus_days(days));
        }
        if let Some(feast) = fields.feast {
            let (value, basis) = self.feast(feast, year, fields.which)?;
            // *le lundi de Pâques* is the Monday from Easter on.
            return Some(match (value, fields.weekday) {
                (TimeValue::Day(Day::Date(date)), Some(weekday)) => {
                    let days = (i32::from(weekday) - i32::from(date.weekday())).rem_euclid(7);
                    (TimeValue::Day(Day::Date(date.plus_days(days)?)), basis)
                }
                _ => (value, basis),
            });
        }
        if let Some(weekday) = fields.weekday.filter(|_| fields.unit_name() == "week") {
            return self.weekday_of_week(weekday, fields.which?);
        }
        if let Some(day) = fields.day {
            return self.day(day, fields, year);
        }
        if let Some(weekday) = fields.weekday {
            return Some(self.weekday(weekday, fields.which));
        }
        if let Some(wanted) = fields.month {
            return Some(match (year, self.published) {
                (Some((year, basis)), _) => {
                    (TimeValue::Month { year: Some(year), month: Some(wanted) }, basis)
                }
                (None, Some(published)) => match month(wanted, published, fields.which, self.toward) {
                    Some((year, basis)) => {
                        (TimeValue::Month { year: Some(year), month: Some(wanted) }, basis)
                    }
                    None => (TimeValue::Month { year: None, month: Some(wanted) }, Basis::Open),
                },
                (None, None) => (TimeValue::Month { year: None, month: Some(wanted) }, Basis::Open),
            });
        }
        if let Some(part) = fields.year_part {
            let found = match (year, self.published) {
                (Some(year), _) => Some(year),
                (None, Some(published)) => year_part(part, published, fields.which, self.toward),
                (None, None) => None,
            };
            let (year, basis) = found.map_or((None, Basis::Open), |(year, basis)| (Some(year), basis));
            return Some((TimeValue::YearPart { year, part }, basis));
        }
        if let Some(decade) = fields.decade {
            return Some((TimeValue::Decade(u16::try_from(decade / 10).ok()?), Basis::Stated));
        }
        if let Some(century) = fields.century.or(fields.ordinal) {
            let century = u8::try_from(century.checked_sub(1)?).ok()?;
            return Some((TimeValue::Century(century), Basis::Stated));
        }
        match (year, fields.last_year) {
            (Some((first, _)), Some(last)) if last > first => {
                Some((TimeValue::Years { first, last }, Basis::Stated))
            }
            (Some((year, basis)), _) => Some((TimeValue::Year(Some(year)), basis)),
            (None, _) if year_shift.is_some() => Some((TimeValue::Year(None), Basis::Open)),
            (None, _) => None,
        }
    }

    /// A value computed from the day of publication; *some day* without it.
    fn published_plus(&self, day: impl Fn(Date) -> Option<Date>) -> Option<(TimeValue, Basis)> {
        Some(match self.published {
            Some(published) => (TimeValue::Day(Day::Date(day(published)?)), Basis::Published),
            None => (TimeValue::Day(Day::Unknown), Basis::Open),
        })
    }

    fn day(&self, day: u8, fields: &Fields, year: Option<(i16, Basis)>) -> Option<(TimeValue, Basis)> {
        let Some(month) = fields.month else {
            let found = self.published.and_then(|published| {
                day_in_month(day, fields.weekday, published, fields.which, self.toward)
            });
            return Some(match found {
                Some((date, basis)) => (TimeValue::Day(Day::Date(date)), basis),
                None => (TimeValue::Day(Day::OfMonth(day)), Basis::Open),
            });
        };
        if let Some((year, basis)) = year {
            return Some((TimeValue::Day(Day::Date(Date::new(year, month, day).ok()?)), basis));
        }
        // A leap year knows every day of the year.
        Date::new(2000, month, day).ok()?;
        let found = self.published.and_then(|published| {
            yearly(
                |year| Date::new(year, month, day).ok(),
                fields.weekday,
                published,
                fields.which,
                self.toward,
            )
        });
        Some(match found {
            Some((date, basis)) => (TimeValue::Day(Day::Date(date)), basis),
            None => (TimeValue::Day(Day::OfYear { month, day }), Basis::Open),
        })
    }

    pub(crate) fn weekday(&self, wanted: u8, which: Option<Which>) -> (TimeValue, Basis) {
        let from_text = matches!(which, Some(Which::Previous | Which::Following));
        let base = if from_text { self.last.or(self.published) } else { self.published };
        match base.and_then(|base| weekday(wanted, base, which, self.toward)) {
            Some((date, basis)) => (TimeValue::Day(Day::Date(date)), basis),
            None => (TimeValue::Day(Day::Weekday(wanted)), Basis::Open),
        }
    }

    fn weekday_of_week(&self, weekday: u8, which: Which) -> Option<(TimeValue, Basis)> {
        let (base, basis) = self.base(which);
        Some(match base {
            Some(base) => {
                let days = i32::from(weekday) - i32::from(base.weekday()) + 7 * step(which);
                (TimeValue::Day(Day::Date(base.plus_days(days)?)), basis)
            }
            None => (TimeValue::Day(Day::Weekday(weekday)), Basis::Open),
        })
    }

    fn feast(
        &self,
        feast: i32,
        year: Option<(i16, Basis)>,
        which: Option<Which>,
    ) -> Option<(TimeValue, Basis)> {
        if feast == MOON {
            return Some((TimeValue::Day(Day::Unknown), Basis::Open));
        }
        if feast > MOON {
            // A day that has become a name: the year is part of it.
            let year = i16::try_from(feast / 10_000).ok()?;
            let (month, day) = (u8::try_from(feast / 100 % 100).ok()?, u8::try_from(feast % 100).ok()?);
            return Some((TimeValue::Day(Day::Date(Date::new(year, month, day).ok()?)), Basis::Stated));
        }
        let moving = feast > EASTER - 200;
        let in_year = |year: i16| {
            if moving {
                return easter(year)?.plus_days(feast - EASTER);
            }
            Date::new(year, u8::try_from(feast / 100).ok()?, u8::try_from(feast % 100).ok()?).ok()
        };
        if let Some((year, basis)) = year {
            return Some((TimeValue::Day(Day::Date(in_year(year)?)), basis));
        }
        let found = self.published.and_then(|published| yearly(in_year, None, published, which, self.toward));
        Some(match found {
            Some((date, basis)) => (TimeValue::Day(Day::Date(date)), basis),
            None if moving => (TimeValue::Day(Day::Unknown), Basis::Open),
            None => {
                let (month, day) = (u8::try_from(feast / 100).ok()?, u8::try_from(feast % 100).ok()?);
                (TimeValue::Day(Day::OfYear { month, day }), Basis::Open)
            }
        })
    }
}

/// The direction of an expression, by the tense of its clause or else by preference.
pub(crate) fn toward(tense: Option<Direction>, prefer: Direction) -> Toward {
    match (tense, prefer) {
        (Some(Direction::Past), _) => Toward::SurelyPast,
        (None, Direction::Past) => Toward::Past,
        (Some(Direction::Future), _) => Toward::FutureOrToday,
        (None, Direction::Future) => Toward::Future,
        (Some(Direction::None), _) | (None, Direction::None) => Toward::Nowhere,
    }
}
