//! Times told from a day: from that of publication or from one that the text spoke of.

use crate::Date;
use crate::expression::{Basis, TimeKind};
use crate::fields::Fields;
use crate::resolve::{Context, Resolved, scaled, with_time};
use crate::rules::Base;
use crate::value::{Amount, Day, TimeOfDay, TimeValue, Unit, YearPart};
use crate::words::{UNITS, Which};

impl Context {
    /// The day that `which` counts from, and what fixes it.
    pub(crate) fn base(&self, which: Which) -> (Option<Date>, Basis) {
        match which {
            Which::Last | Which::This | Which::Next => (self.published, Basis::Published),
            Which::Previous | Which::Same | Which::Following => match self.last {
                Some(last) => (Some(last), Basis::Text),
                None => (self.published, Basis::Published),
            },
        }
    }

    /// *la semaine dernière*, *cette année*, *le mois suivant*.
    pub(crate) fn unit(&self, fields: &Fields) -> Option<(TimeValue, Basis)> {
        let which = fields.which.unwrap_or(Which::This);
        let (base, basis) = self.base(which);
        let step = step(which);
        let name = fields.unit_name();
        let basis = if base.is_none() { Basis::Open } else { basis };
        let value = match name {
            "day" => match base {
                Some(base) => TimeValue::Day(Day::Date(base.plus_days(step)?)),
                None => TimeValue::Day(Day::Unknown),
            },
            "week" => TimeValue::Week(match base {
                Some(base) => Some(base.plus_days(7 * step)?.iso_week()),
                None => None,
            }),
            "weekend" => {
                let Some(base) = base else { return Some((TimeValue::Weekend(None), Basis::Open)) };
                // Early in the week *ce week-end* was the last one; *le week-end prochain* is the coming one.
                let early = base.weekday() <= 3 && self.toward.is_past();
                let weeks = match which {
                    Which::This if early => -1,
                    Which::Next if base.weekday() <= 5 => 0,
                    _ => step,
                };
                TimeValue::Weekend(Some(base.plus_days(7 * weeks)?.iso_week()))
            }
            "month" => match base {
                Some(base) => {
                    let date = base.first_of_month().plus_months(step)?;
                    TimeValue::Month { year: Some(date.year()), month: Some(date.month()) }
                }
                None => TimeValue::Month { year: None, month: None },
            },
            "quarter" | "half" => {
                let months = if name == "quarter" { 3 } else { 6 };
                let number = |month: u8| (month - 1) / months + 1;
                let part = |n: u8| {
                    if name == "quarter" { YearPart::Quarter(n) } else { YearPart::Half(n) }
                };
                if let Some(ordinal) = fields.ordinal {
                    let ordinal = u8::try_from(ordinal).ok().filter(|&n| n >= 1 && n <= 12 / months)?;
                    let year = fields.year.or(base.map(Date::year));
                    return Some((TimeValue::YearPart { year, part: part(ordinal) }, basis));
                }
                let date = base?.first_of_month().plus_months(step * i32::from(months))?;
                TimeValue::YearPart { year: Some(date.year()), part: part(number(date.month())) }
            }
            "year" => TimeValue::Year(match base {
                Some(base) => Some(base.year() + i16::try_from(step).ok()?),
                None => None,
            }),
            "decade" => TimeValue::Decade(u16::try_from(i32::from(base?.year()) / 10 + step).ok()?),
            "century" => TimeValue::Century(u8::try_from(i32::from(base?.year()) / 100 + step).ok()?),
            _ => return None,
        };
        Some((value, basis))
    }

    pub(crate) fn anchored(&self, days: i8) -> (Day, Basis) {
        let day = match self.day {
            Some(Day::Date(date)) => date.plus_days(i32::from(days)).map(|date| (date, Basis::Text)),
            Some(day) if days == 0 => return (day, Basis::Text),
            Some(Day::OfYear { month, day }) => {
                let date = Date::new(2001, month, day).ok().and_then(|date| date.plus_days(days.into()));
                if let Some(date) = date {
                    return (Day::OfYear { month: date.month(), day: date.day() }, Basis::Text);
                }
                None
            }
            _ => None,
        };
        let published = || {
            let date = self.published?.plus_days(i32::from(days))?;
            Some((date, Basis::Published))
        };
        match day.or_else(published) {
            Some((date, basis)) => (Day::Date(date), basis),
            None => (Day::Unknown, Basis::Open),
        }
    }

    pub(crate) fn shift(&self, fields: &Fields, from: Base, sign: i8) -> Option<Resolved> {
        let (unit, times) = fields.unit()?;
        let (base, basis) = match (from, self.last) {
            (Base::Text, Some(last)) => (Some(last), Basis::Text),
            _ => (self.published, Basis::Published),
        };
        let now = match from {
            Base::Text if self.last.is_some() => self.last_at,
            _ => self.at,
        };
        if let (Some(now), Some(base), Some(Amount::Tenths(tenths))) = (now, base, fields.amount)
            && unit < Unit::Day
        {
            return clock_shift(base, now, sign, tenths.checked_mul(times)?, unit)
                .map(|(day, at)| (TimeKind::Time, TimeValue::Time { day, at }, basis));
        }
        if let (Unit::Hour, Some(base), Some(Amount::Tenths(tenths))) = (unit, base, fields.amount)
            && tenths >= 240
            && tenths.is_multiple_of(240)
        {
            // *48 heures après*: two days.
            let days = i32::try_from(tenths / 240).ok()?.checked_mul(i32::from(sign))?;
            return with_time(TimeValue::Day(Day::Date(base.plus_days(days)?)), basis, fields);
        }
        if unit < Unit::Day {
            // Hours from an unknown hour: the day is all that is known.
            let value = TimeValue::Day(base.map_or(Day::Unknown, Day::Date));
            return Some((TimeKind::Time, value, if base.is_some() { basis } else { Basis::Open }));
        }
        let Amount::Tenths(tenths) = scaled(fields.amount?, times)? else {
            return Some(match (from, sign < 0) {
                (Base::Published, true) => (TimeKind::Date, TimeValue::PastRef, Basis::Stated),
                (Base::Published, false) => (TimeKind::Date, TimeValue::FutureRef, Basis::Stated),
                (Base::Text, _) => {
                    let value = TimeValue::Duration { amount: Amount::Some, unit };
                    (TimeKind::Duration, value, Basis::Stated)
                }
            });
        };
        let signed = |tenths: u32| i32::try_from(tenths).ok().map(|tenths| tenths * i32::from(sign));
        let whole = tenths % 10 == 0;
        let value = match (unit, base) {
            (_, None) => {
                let value = match unit {
                    Unit::Year => TimeValue::Year(None),
                    Unit::Month => TimeValue::Month { year: None, month: None },
                    Unit::Week => TimeValue::Week(None),
                    _ => TimeValue::Day(Day::Unknown),
                };
                return Some((TimeKind::Date, value, Basis::Open));
            }
            (Unit::Year, Some(base)) if whole => {
                let year = i32::from(base.year()) + signed(tenths / 10)?;
                TimeValue::Year(Some(i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?))
            }
            (Unit::Year | Unit::Month, Some(base)) => {
                let months = if unit == Unit::Year { tenths.checked_mul(12)? / 10 } else { tenths / 10 };
                let date = base.first_of_month().plus_months(signed(months)?)?;
                TimeValue::Month { year: Some(date.year()), month: Some(date.month()) }
            }
            (Unit::Week, Some(base)) if whole => {
                let days = signed(tenths / 10)?.checked_mul(7)?;
                TimeValue::Week(Some(base.plus_days(days)?.iso_week()))
            }
            (_, Some(base)) => {
                let scale = if unit == Unit::Week { 7 } else { 1 };
                TimeValue::Day(Day::Date(base.plus_days(signed(tenths.checked_mul(scale)? / 10)?)?))
            }
        };
        with_time(value, basis, fields)
    }

    /// *le premier dimanche de mai*, *la dernière semaine de septembre 2014*.
    pub(crate) fn of_month(&self, fields: &Fields) -> Option<(TimeValue, Basis)> {
        let wanted = Fields { month: fields.month, year: fields.year, ..Fields::default() };
        let (value, basis) = match fields.month {
            Some(_) => self.date(&wanted, None)?,
            // *du mois prochain*
            None => self.unit(&Fields {
                unit: UNITS.iter().position(|unit| unit.0 == "month"),
                which: fields.which,
                ..wanted
            })?,
        };
        let Some((first, last)) = value.days() else { return Some((TimeValue::Day(Day::Unknown), basis)) };
        let nth = fields.ordinal.and_then(|nth| i32::try_from(nth).ok()).filter(|nth| (1..=31).contains(nth));
        let days = match (fields.weekday, fields.unit_name()) {
            (None, "day") => {
                let date = nth.map_or(Some(last), |nth| first.plus_days(nth - 1))?;
                return (date <= last).then_some((TimeValue::Day(Day::Date(date)), basis));
            }
            (Some(weekday), _) => weekday,
            (None, "weekend") => 6,
            (None, _) => 1,
        };
        // The nth or last such weekday of the month; a week lies in the month as a whole.
        let until = if fields.unit_name() == "week" { last.plus_days(-6)? } else { last };
        let date = match nth {
            Some(nth) => {
                let ahead = (i32::from(days) - i32::from(first.weekday())).rem_euclid(7);
                first.plus_days(ahead + 7 * (nth - 1))?
            }
            None => until.plus_days(-(i32::from(until.weekday()) - i32::from(days)).rem_euclid(7))?,
        };
        if date > last {
            return None;
        }
        let value = match (fields.weekday, fields.unit_name()) {
            (None, "weekend") => TimeValue::Weekend(Some(date.iso_week())),
            (None, _) => TimeValue::Week(Some(date.iso_week())),
            (Some(_), _) => TimeValue::Day(Day::Date(date)),
        };
        Some((value, basis))
    }
}

/// A clock time a number of hours, minutes or seconds (in tenths) away from `now` on a day.
fn clock_shift(base: Date, now: (u8, u8), sign: i8, tenths: u32, unit: Unit) -> Option<(Day, TimeOfDay)> {
    let scale = match unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        _ => 3600,
    };
    let seconds =
        i64::from(tenths) * scale / 10 * i64::from(sign) + (i64::from(now.0) * 60 + i64::from(now.1)) * 60;
    let day = base.plus_days(i32::try_from(seconds.div_euclid(86_400)).ok()?)?;
    let of_day = seconds.rem_euclid(86_400);
    let small = |value: i64| u8::try_from(value).unwrap_or(0);
    let second = (unit == Unit::Second).then_some(small(of_day % 60));
    let at = TimeOfDay::Clock { hour: small(of_day / 3600), minute: small(of_day / 60 % 60), second };
    Some((Day::Date(day), at))
}

/// How many units away `which` points.
pub(crate) fn step(which: Which) -> i32 {
    match which {
        Which::Last | Which::Previous => -1,
        Which::This | Which::Same => 0,
        Which::Next | Which::Following => 1,
    }
}
