//! The search for the day, month or season that an incomplete date means.

use crate::expression::Basis;
use crate::words::Which;
use crate::{Date, YearPart};

/// Where an incomplete date looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Toward {
    /// Up to the day of publication, unless the next one is much nearer.
    Past,
    /// The same, but the verb says so: *a été annoncé en janvier*, printed in December.
    SurelyPast,
    /// From the day of publication on, unless the last one is much nearer: *se réunira mardi*,
    /// printed on that Tuesday.
    FutureOrToday,
    /// After the day of publication, where the day itself is not meant.
    Future,
    /// Nowhere: the date stays incomplete.
    Nowhere,
}

impl Toward {
    pub(crate) fn is_past(self) -> bool {
        matches!(self, Toward::Past | Toward::SurelyPast)
    }
}

/// News look far back only with a year: a day this many days ago, or more, is the coming one, whatever
/// the verb says (*ont été fixées au 18 octobre*, printed in August)…
const FAR_BACK_DAYS: i32 = 275;
/// …and if no verb tells and it lies in the year before, sooner (*expire le 31 décembre*)…
const RATHER_FAR_BACK_DAYS: i32 = 230;
/// …and as far ahead as this.
const FAR_AHEAD_DAYS: i32 = 245;
/// The same for months.
const FAR_MONTHS: i32 = 10;

/// The weekday `wanted` (Monday 1) that is meant.
pub(crate) fn weekday(wanted: u8, base: Date, which: Option<Which>, toward: Toward) -> Option<(Date, Basis)> {
    let ahead = (i32::from(wanted) - i32::from(base.weekday())).rem_euclid(7);
    let back = ahead - 7;
    let (days, basis) = match (which, toward) {
        (Some(Which::Last | Which::Previous), _) => (back, Basis::Past),
        (Some(Which::Next | Which::Following), _) => (if ahead == 0 { 7 } else { ahead }, Basis::Future),
        (_, Toward::Nowhere) => return None,
        (Some(Which::This | Which::Same), Toward::Future) if ahead == 0 => (7, Basis::Future),
        (None, Toward::Future) if ahead == 0 => (7, Basis::Future),
        // *ce jeudi*, printed on Wednesday: tomorrow’s, unless the verb says which.
        (Some(Which::This), Toward::Past) if (1..=2).contains(&ahead) => (ahead, Basis::Future),
        (_, Toward::Past | Toward::SurelyPast) => (if ahead == 0 { 0 } else { back }, Basis::Past),
        (_, Toward::FutureOrToday | Toward::Future) => (ahead, Basis::Future),
    };
    Some((base.plus_days(days)?, basis))
}

/// The day of a year that `in_year` gives, in the year that is meant; `weekday` helps if it agrees.
pub(crate) fn yearly(
    in_year: impl Fn(i16) -> Option<Date>,
    weekday: Option<u8>,
    published: Date,
    which: Option<Which>,
    toward: Toward,
) -> Option<(Date, Basis)> {
    let year = published.year();
    let all: Vec<Date> = (-8..=8).filter_map(|shift| in_year(year.checked_add(shift)?)).collect();
    if let Some(weekday) = weekday {
        // The weekday says which year: the nearest one where they agree, if it is not far.
        let agreeing = all.iter().copied().filter(|date| date.weekday() == weekday);
        let near = agreeing.min_by_key(|date| date.days_since(published).abs());
        if let Some(date) = near.filter(|date| date.days_since(published).abs() <= 366) {
            let basis = if date <= published { Basis::Past } else { Basis::Future };
            return Some((date, basis));
        }
    }
    nearest(&all, published, which, toward)
}

/// The day of the month `day` in the month that is meant; `weekday` must agree if given.
pub(crate) fn day_in_month(
    day: u8,
    weekday: Option<u8>,
    published: Date,
    which: Option<Which>,
    toward: Toward,
) -> Option<(Date, Basis)> {
    let all: Vec<Date> = (-12..=12)
        .filter_map(|months| {
            let month = published.first_of_month().plus_months(months)?;
            Date::new(month.year(), month.month(), day).ok()
        })
        .filter(|date| weekday.is_none_or(|weekday| date.weekday() == weekday))
        .collect();
    if weekday.is_some() && !matches!(toward, Toward::Future | Toward::Nowhere) {
        // Months lie between two days that agree: the nearer one is meant.
        let near = all.into_iter().min_by_key(|date| date.days_since(published).abs())?;
        return Some((near, if near <= published { Basis::Past } else { Basis::Future }));
    }
    nearest(&all, published, which, toward)
}

/// The last of `dates` (in order) up to the day of publication or the first after it.
fn nearest(dates: &[Date], published: Date, which: Option<Which>, toward: Toward) -> Option<(Date, Basis)> {
    let strict_past = which == Some(Which::Last);
    let strict_future = which == Some(Which::Next);
    let past = dates
        .iter()
        .rev()
        .copied()
        .find(|&date| if strict_past { date < published } else { date <= published });
    let future =
        dates.iter().copied().find(|&date| if strict_future { date > published } else { date >= published });
    let past = past.map(|date| (date, Basis::Past));
    let future = future.map(|date| (date, Basis::Future));
    match (which, toward) {
        (Some(Which::Last | Which::Previous), _) => past,
        (Some(Which::Next | Which::Following), _) => future,
        (_, Toward::Nowhere) => None,
        (_, Toward::Past | Toward::SurelyPast) => {
            let far = |date: Date| {
                let days = published.days_since(date);
                let rather = toward == Toward::Past && date.year() < published.year();
                days >= if rather { RATHER_FAR_BACK_DAYS } else { FAR_BACK_DAYS }
            };
            match past {
                Some((date, _)) if far(date) && which.is_none() => future.or(past),
                _ => past.or(future),
            }
        }
        (_, Toward::FutureOrToday) => match future {
            Some((date, _)) if date.days_since(published) >= FAR_AHEAD_DAYS && which.is_none() => {
                past.or(future)
            }
            _ => future.or(past),
        },
        (_, Toward::Future) => future.or(past),
    }
}

/// The year of the month `wanted` that is meant.
pub(crate) fn month(
    wanted: u8,
    published: Date,
    which: Option<Which>,
    toward: Toward,
) -> Option<(i16, Basis)> {
    let year = published.year();
    let back = (i32::from(published.month()) - i32::from(wanted)).rem_euclid(12);
    let past = (if wanted <= published.month() { year } else { year - 1 }, Basis::Past);
    let future = (if wanted >= published.month() { year } else { year + 1 }, Basis::Future);
    Some(match (which, toward) {
        (Some(Which::Last | Which::Previous), _) if back == 0 => (year - 1, Basis::Past),
        (Some(Which::Last | Which::Previous), _) => past,
        (Some(Which::Next | Which::Following), _) if back == 0 => (year + 1, Basis::Future),
        (Some(Which::Next | Which::Following), _) => future,
        (_, Toward::Nowhere) => return None,
        (None, Toward::Past) if back >= FAR_MONTHS => future,
        (None, Toward::FutureOrToday) if back != 0 && 12 - back >= FAR_MONTHS => past,
        (_, Toward::Past | Toward::SurelyPast) => past,
        (_, Toward::FutureOrToday | Toward::Future) => future,
    })
}

/// The year of the season `part` that is meant.
pub(crate) fn year_part(
    part: YearPart,
    published: Date,
    which: Option<Which>,
    toward: Toward,
) -> Option<(i16, Basis)> {
    let year = published.year();
    let spans = (-2..=2).filter_map(|shift| {
        let year = year.checked_add(shift)?;
        Some((year, part.days(year)?))
    });
    let mut past = None;
    let mut ended = None;
    let mut future = None;
    let mut coming = None;
    for (year, (first, last)) in spans {
        if first <= published {
            past = Some((year, Basis::Past));
        } else {
            coming = coming.or(Some((year, Basis::Future)));
        }
        if last < published {
            ended = Some((year, Basis::Past));
        } else {
            future = future.or(Some((year, Basis::Future)));
        }
    }
    match (which, toward) {
        (Some(Which::Last | Which::Previous), _) => ended,
        (Some(Which::Next | Which::Following), _) => coming,
        (_, Toward::Nowhere) => None,
        (_, Toward::Past | Toward::SurelyPast) => past,
        (_, Toward::FutureOrToday | Toward::Future) => future,
    }
}

/// Easter Sunday of a year (the anonymous Gregorian computus).
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Date::new(year, u8::try_from(day / 31).ok()?, u8::try_from(day % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_sundays() {
        for (year, day) in
            [(2000, "04-23"), (2016, "03-27"), (2019, "04-21"), (2024, "03-31"), (2038, "04-25")]
        {
            assert_eq!(easter(year).unwrap().to_string(), format!("{year}-{day}"));
        }
    }
}
