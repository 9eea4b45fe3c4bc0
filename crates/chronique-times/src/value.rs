use std::fmt;

use crate::Date;

/// A TIMEX3 value, such as `2023-09-19`, `XXXX-WXX-2`, `P2M`.
///
/// What the text leaves open is `None` inside and `X` in the output. [`Display`](fmt::Display) writes
/// the TIMEX3 string, [`TimeValue::days`] gives the days that it covers.
///
/// ```
/// use chronique_times::{Date, Day, TimeValue};
///
/// let june = TimeValue::Month { year: Some(2020), month: Some(6) };
/// assert_eq!(june.to_string(), "2020-06");
/// assert_eq!(june.days(), Some((Date::new(2020, 6, 1)?, Date::new(2020, 6, 30)?)));
/// assert_eq!(TimeValue::Day(Day::Weekday(2)).to_string(), "XXXX-WXX-2");
/// # Ok::<(), chronique_times::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum TimeValue {
    /// A century by its first two digits: `19` is 1900 to 1999, *le XXe siècle*.
    Century(u8),
    /// A decade by its first three digits: `199` is 1990 to 1999.
    Decade(u16),
    /// A year: `2019`; `XXXX` if unknown.
    Year(Option<i16>),
    /// A part of a year: `2019-SU`, `XXXX-Q1`.
    YearPart {
        /// The year, if known; for a winter the one it begins in.
        year: Option<i16>,
        /// The part.
        part: YearPart,
    },
    /// A month: `2023-04`, `XXXX-04`, `XXXX-XX`.
    Month {
        /// The year, if known.
        year: Option<i16>,
        /// The month, 1 to 12, if known.
        month: Option<u8>,
    },
    /// An ISO 8601 week: `2023-W38`; `XXXX-WXX` if unknown.
    Week(Option<(i16, u8)>),
    /// Saturday and Sunday of an ISO 8601 week: `2023-W38-WE`.
    Weekend(Option<(i16, u8)>),
    /// A day: `2023-09-19`, `XXXX-WXX-2`.
    Day(Day),
    /// A part of a day or a clock time: `2023-09-19TNI`, `2023-09-19T14:30`.
    Time {
        /// The day.
        day: Day,
        /// When on that day.
        at: TimeOfDay,
    },
    /// A length of time: `P2M`, `PT48H`, `PXY`.
    Duration {
        /// How many.
        amount: Amount,
        /// Of what.
        unit: Unit,
    },
    /// From one year to another, both included: `2006/2019`.
    Years {
        /// The first year.
        first: i16,
        /// The last year.
        last: i16,
    },
    /// Some time before now: *récemment*.
    PastRef,
    /// About now: *actuellement*.
    PresentRef,
    /// Some time after now: *bientôt*.
    FutureRef,
}

/// A day as far as a text says which.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Day {
    /// A day of the calendar: `2023-09-19`.
    Date(Date),
    /// A day of an unknown year: `XXXX-05-18`.
    OfYear {
        /// The month, 1 to 12.
        month: u8,
        /// The day of the month, 1 to 31.
        day: u8,
    },
    /// A day of an unknown month: `XXXX-XX-18`.
    OfMonth(u8),
    /// A day of an unknown week, Monday 1 to Sunday 7: `XXXX-WXX-2`.
    Weekday(u8),
    /// Some day: `XXXX-XX-XX`.
    Unknown,
}

/// A part of a year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum YearPart {
    /// `SP`, from 21 March.
    Spring,
    /// `SU`, from 21 June.
    Summer,
    /// `FA`, from 24 September.
    Autumn,
    /// `WI`, from 21 December.
    Winter,
    /// `H1` or `H2`.
    Half(u8),
    /// `Q1` to `Q4`.
    Quarter(u8),
}

/// When on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum TimeOfDay {
    /// `TMO`, from 4 to 12 h.
    Morning,
    /// `TMI`, about noon, from 12 to 14 h.
    Midday,
    /// `TAF`, from 12 to 19 h.
    Afternoon,
    /// `TEV`, from 18 to 24 h.
    Evening,
    /// `TNI`, the night that begins on this day.
    Night,
    /// A clock time: `T14:30`. A zone that the text states is not part of it.
    Clock {
        /// 0 to 23; *minuit* is 0.
        hour: u8,
        /// 0 to 59.
        minute: u8,
        /// 0 to 59, where stated.
        second: Option<u8>,
    },
}

/// How many units a duration or set has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Amount {
    /// An unknown number: *des années* is `PXY`.
    Some,
    /// A number of tenths: *deux ans et demi* is 25, `P2.5Y`.
    Tenths(u32),
}

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// How finely a value says when.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[allow(missing_docs)]
pub enum Precision {
    Century,
    Decade,
    Year,
    YearPart,
    Month,
    Week,
    Weekend,
    Day,
    PartOfDay,
    Minute,
    Second,
}

impl Precision {
    /// The name in the output: `"century"`, `"part of year"`, `"day"`…
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Precision::Century => "century",
            Precision::Decade => "decade",
            Precision::Year => "year",
            Precision::YearPart => "part of year",
            Precision::Month => "month",
            Precision::Week => "week",
            Precision::Weekend => "weekend",
            Precision::Day => "day",
            Precision::PartOfDay => "part of day",
            Precision::Minute => "minute",
            Precision::Second => "second",
        }
    }
}

impl TimeValue {
    /// First and last day that the value covers; `None` for durations, sets and underspecified values.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let years = |first: i16, last: i16| {
            Some((Date::new(first.max(1), 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
        };
        match *self {
            TimeValue::Century(century) => {
                let first = i16::from(century) * 100;
                years(first, first + 99)
            }
            TimeValue::Decade(decade) => {
                let first = i16::try_from(decade).ok()?.checked_mul(10)?;
                years(first, first + 9)
            }
            TimeValue::Year(year) => years(year?, year?),
            TimeValue::Years { first, last } => years(first, last),
            TimeValue::YearPart { year, part } => part.days(year?),
            TimeValue::Month { year, month } => {
                let first = Date::new(year?, month?, 1).ok()?;
                Some((first, first.last_of_month()))
            }
            TimeValue::Week(week) => {
                let (year, week) = week?;
                let monday = Date::of_iso_week(year, week)?;
                Some((monday, monday.plus_days(6)?))
            }
            TimeValue::Weekend(week) => {
                let (year, week) = week?;
                let monday = Date::of_iso_week(year, week)?;
                Some((monday.plus_days(5)?, monday.plus_days(6)?))
            }
            TimeValue::Day(Day::Date(date)) | TimeValue::Time { day: Day::Date(date), .. } => {
                Some((date, date))
            }
            TimeValue::Day(_)
            | TimeValue::Time { .. }
            | TimeValue::Duration { .. }
            | TimeValue::PastRef
            | TimeValue::PresentRef
            | TimeValue::FutureRef => None,
        }
    }

    /// How finely the value says when; `None` for durations and references.
    #[must_use]
    pub fn precision(&self) -> Option<Precision> {
        Some(match self {
            TimeValue::Century(_) => Precision::Century,
            TimeValue::Decade(_) => Precision::Decade,
            TimeValue::Year(_) | TimeValue::Years { .. } => Precision::Year,
            TimeValue::YearPart { .. } => Precision::YearPart,
            TimeValue::Month { .. } => Precision::Month,
            TimeValue::Week(_) => Precision::Week,
            TimeValue::Weekend(_) => Precision::Weekend,
            TimeValue::Day(_) => Precision::Day,
            TimeValue::Time { at: TimeOfDay::Clock { second: Some(_), .. }, .. } => Precision::Second,
            TimeValue::Time { at: TimeOfDay::Clock { .. }, .. } => Precision::Minute,
            TimeValue::Time { .. } => Precision::PartOfDay,
            TimeValue::Duration { .. }
            | TimeValue::PastRef
            | TimeValue::PresentRef
            | TimeValue::FutureRef => return None,
        })
    }

    /// The value without its time of day, if it stands for days: `2023-09-19` for `2023-09-19TNI`,
    /// and `None` for durations, sets and underspecified values.
    #[must_use]
    pub fn calendar(&self) -> Option<TimeValue> {
        self.days()?;
        Some(self.day().map_or(*self, TimeValue::Day))
    }

    /// The day of a value of day precision or finer.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        match *self {
            TimeValue::Day(day) | TimeValue::Time { day, .. } => Some(day),
            _ => None,
        }
    }
}

impl YearPart {
    /// First and last day of the part of a year.
    #[must_use]
    pub fn days(self, year: i16) -> Option<(Date, Date)> {
        let (from, to) = match self {
            YearPart::Spring => ((year, 3, 21), (year, 6, 20)),
            YearPart::Summer => ((year, 6, 21), (year, 9, 23)),
            YearPart::Autumn => ((year, 9, 24), (year, 12, 20)),
            YearPart::Winter => ((year, 12, 21), (year.checked_add(1)?, 3, 20)),
            YearPart::Half(half) => return months(half, 6, year),
            YearPart::Quarter(quarter) => return months(quarter, 3, year),
        };
        let date = |(year, month, day)| Date::new(year, month, day).ok();
        Some((date(from)?, date(to)?))
    }
}

/// First and last day of the `n`th run of `months` months in a year.
fn months(n: u8, months: u8, year: i16) -> Option<(Date, Date)> {
    let last = n.checked_mul(months).filter(|last| (1..=12).contains(last))?;
    let month = |month: u8| Date::new(year, month, 1).ok();
    Some((month(last + 1 - months)?, month(last)?.last_of_month()))
}

impl fmt::Display for TimeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = |f: &mut fmt::Formatter<'_>, year: Option<i16>| match year {
            Some(year) => write!(f, "{year:04}"),
            None => f.write_str("XXXX"),
        };
        match *self {
            TimeValue::Century(century) => write!(f, "{century:02}"),
            TimeValue::Decade(decade) => write!(f, "{decade:03}"),
            TimeValue::Year(value) => year(f, value),
            TimeValue::Years { first, last } => write!(f, "{first:04}/{last:04}"),
            TimeValue::YearPart { year: value, part } => {
                year(f, value)?;
                match part {
                    YearPart::Spring => f.write_str("-SP"),
                    YearPart::Summer => f.write_str("-SU"),
                    YearPart::Autumn => f.write_str("-FA"),
                    YearPart::Winter => f.write_str("-WI"),
                    YearPart::Half(half) => write!(f, "-H{half}"),
                    YearPart::Quarter(quarter) => write!(f, "-Q{quarter}"),
                }
            }
            TimeValue::Month { year: value, month } => {
                year(f, value)?;
                match month {
                    Some(month) => write!(f, "-{month:02}"),
                    None => f.write_str("-XX"),
                }
            }
            TimeValue::Week(Some((value, week))) => write!(f, "{value:04}-W{week:02}"),
            TimeValue::Week(None) => f.write_str("XXXX-WXX"),
            TimeValue::Weekend(Some((value, week))) => write!(f, "{value:04}-W{week:02}-WE"),
            TimeValue::Weekend(None) => f.write_str("XXXX-WXX-WE"),
            TimeValue::Day(day) => day.fmt(f),
            TimeValue::Time { day, at } => {
                day.fmt(f)?;
                at.fmt(f)
            }
            TimeValue::Duration { amount, unit } => {
                f.write_str(if unit < Unit::Day { "PT" } else { "P" })?;
                match amount {
                    Amount::Some => f.write_str("X")?,
                    Amount::Tenths(tenths) if tenths % 10 == 0 => write!(f, "{}", tenths / 10)?,
                    Amount::Tenths(tenths) => write!(f, "{}.{}", tenths / 10, tenths % 10)?,
                }
                f.write_str(match unit {
                    Unit::Second => "S",
                    Unit::Minute | Unit::Month => "M",
                    Unit::Hour => "H",
                    Unit::Day => "D",
                    Unit::Week => "W",
                    Unit::Year => "Y",
                })
            }
            TimeValue::PastRef => f.write_str("PAST_REF"),
            TimeValue::PresentRef => f.write_str("PRESENT_REF"),
            TimeValue::FutureRef => f.write_str("FUTURE_REF"),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Day::Date(date) => date.fmt(f),
            Day::OfYear { month, day } => write!(f, "XXXX-{month:02}-{day:02}"),
            Day::OfMonth(day) => write!(f, "XXXX-XX-{day:02}"),
            Day::Weekday(weekday) => write!(f, "XXXX-WXX-{weekday}"),
            Day::Unknown => f.write_str("XXXX-XX-XX"),
        }
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            TimeOfDay::Morning => f.write_str("TMO"),
            TimeOfDay::Midday => f.write_str("TMI"),
            TimeOfDay::Afternoon => f.write_str("TAF"),
            TimeOfDay::Evening => f.write_str("TEV"),
            TimeOfDay::Night => f.write_str("TNI"),
            TimeOfDay::Clock { hour, minute, second } => {
                write!(f, "T{hour:02}:{minute:02}")?;
                second.map_or(Ok(()), |second| write!(f, ":{second:02}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(value: TimeValue) -> String {
        value.days().map_or("none".to_owned(), |(first, last)| format!("{first} {last}"))
    }

    #[test]
    fn values_cover_days() {
        let season = |part| TimeValue::YearPart { year: Some(2012), part };
        for (value, written, covered) in [
            (TimeValue::Century(18), "18", "1800-01-01 1899-12-31"),
            (TimeValue::Decade(199), "199", "1990-01-01 1999-12-31"),
            (TimeValue::Year(Some(2024)), "2024", "2024-01-01 2024-12-31"),
            (TimeValue::Year(None), "XXXX", "none"),
            (TimeValue::Years { first: 2006, last: 2019 }, "2006/2019", "2006-01-01 2019-12-31"),
            (season(YearPart::Winter), "2012-WI", "2012-12-21 2013-03-20"),
            (season(YearPart::Half(2)), "2012-H2", "2012-07-01 2012-12-31"),
            (season(YearPart::Quarter(1)), "2012-Q1", "2012-01-01 2012-03-31"),
            (season(YearPart::Quarter(9)), "2012-Q9", "none"),
            (TimeValue::Week(Some((2023, 38))), "2023-W38", "2023-09-18 2023-09-24"),
            (TimeValue::Weekend(Some((2023, 38))), "2023-W38-WE", "2023-09-23 2023-09-24"),
            (TimeValue::Day(Day::OfYear { month: 5, day: 18 }), "XXXX-05-18", "none"),
            (TimeValue::Duration { amount: Amount::Tenths(25), unit: Unit::Year }, "P2.5Y", "none"),
            (TimeValue::Duration { amount: Amount::Some, unit: Unit::Minute }, "PTXM", "none"),
        ] {
            assert_eq!((value.to_string().as_str(), days(value).as_str()), (written, covered));
        }
    }
}
