use std::fmt;
use std::str::FromStr;

use jiff::civil;

/// A day of the Gregorian calendar, such as the day of publication.
///
/// Written `YYYY-MM-DD` (ISO 8601), years 1 to 9999; every value is a day that exists.
///
/// ```
/// use chronique_times::Date;
///
/// let day: Date = "2023-09-19".parse()?;
/// assert_eq!((day.year(), day.month(), day.day(), day.weekday()), (2023, 9, 19, 2));
/// assert_eq!(day.iso_week(), (2023, 38));
/// assert_eq!(day.last_of_month().to_string(), "2023-09-30");
/// let error = "2023-02-30".parse::<Date>().unwrap_err();
/// assert_eq!(error.to_string(), "“2023-02-30” is no date: February 2023 has no day 30");
/// # Ok::<(), chronique_times::DateError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The day with this year (1 to 9999), month (1 to 12) and day of the month.
    ///
    /// # Errors
    /// [`DateError`] if there is no such day.
    pub fn new(year: i16, month: u8, day: u8) -> Result<Date, DateError> {
        let fail = |kind| DateError { given: format!("{year:04}-{month:02}-{day:02}"), kind };
        if !(1..=9999).contains(&year) {
            return Err(fail(Kind::Year));
        }
        if !(1..=12).contains(&month) {
            return Err(fail(Kind::Month(month)));
        }
        let as_i8 = |value: u8| i8::try_from(value).unwrap_or(i8::MAX);
        civil::Date::new(year, as_i8(month), as_i8(day))
            .map(Date)
            .map_err(|_| fail(Kind::Day { year, month, day }))
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The day of the week as ISO 8601 counts: Monday is 1, Sunday 7.
    #[must_use]
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_one_offset().unsigned_abs()
    }

    /// The ISO 8601 week that the day lies in, with its year: 2021-01-03 is in week 53 of 2020.
    #[must_use]
    pub fn iso_week(self) -> (i16, u8) {
        let week = self.0.iso_week_date();
        (week.year(), week.week().unsigned_abs())
    }

    /// The first day of an ISO 8601 week, a Monday; `None` if the year has no such week.
    #[must_use]
    pub fn of_iso_week(year: i16, week: u8) -> Option<Date> {
        let week = i8::try_from(week).ok()?;
        let monday = civil::ISOWeekDate::new(year, week, civil::Weekday::Monday).ok()?;
        Date::within(monday.date())
    }

    /// The day `days` later, or earlier if negative; `None` outside the years 1 to 9999.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Date> {
        Date::within(self.0.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?)
    }

    /// The same day `months` later, or earlier if negative; the last day of the month where there is
    /// no such day. `None` outside the years 1 to 9999.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Option<Date> {
        Date::within(self.0.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?)
    }

    /// The first day of the month.
    #[must_use]
    pub fn first_of_month(self) -> Date {
        Date(self.0.first_of_month())
    }

    /// The last day of the month.
    #[must_use]
    pub fn last_of_month(self) -> Date {
        Date(self.0.last_of_month())
    }

    /// The number of days from `earlier` to this day; negative if it is the later one.
    #[must_use]
    pub fn days_since(self, earlier: Date) -> i32 {
        self.0.since(earlier.0).map_or(0, |span| span.get_days())
    }

    /// The day of an ISO 8601 date, or of a date with a time behind a `T` or a space; the time is not read.
    ///
    /// ```
    /// use chronique_times::Date;
    ///
    /// assert_eq!(Date::of_timestamp("2023-09-19T13:00:00Z")?, Date::of_timestamp("2023-09-19")?);
    /// # Ok::<(), chronique_times::DateError>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Date::from_str`].
    pub fn of_timestamp(timestamp: &str) -> Result<Date, DateError> {
        timestamp.split(['T', ' ']).next().unwrap_or(timestamp).parse()
    }

    fn within(date: civil::Date) -> Option<Date> {
        (1..=9999).contains(&date.year()).then_some(Date(date))
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(date: &str) -> Result<Date, DateError> {
        let fail = |kind| DateError { given: date.to_owned(), kind };
        let part = |part: Option<&str>, digits: usize| {
            part.filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|part| part.parse::<i16>().ok())
                .ok_or_else(|| fail(Kind::Shape))
        };
        let mut parts = date.splitn(3, '-');
        let (year, month, day) = (part(parts.next(), 4)?, part(parts.next(), 2)?, part(parts.next(), 2)?);
        let small = |value: i16| u8::try_from(value).expect("two digits fit u8");
        Date::new(year, small(month), small(day))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The error of a string or of numbers that are no date: it says which, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateError {
    given: String,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Shape,
    Year,
    Month(u8),
    Day { year: i16, month: u8, day: u8 },
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is no date: ", self.given)?;
        match self.kind {
            Kind::Shape => f.write_str("write YYYY-MM-DD, such as 2023-09-19"),
            Kind::Year => f.write_str("the year must lie between 0001 and 9999"),
            Kind::Month(month) => write!(f, "there is no month {month}"),
            Kind::Day { year, month, day } => {
                write!(f, "{} {year} has no day {day}", MONTHS[usize::from(month) - 1])
            }
        }
    }
}

impl std::error::Error for DateError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn errors_say_what_is_wrong() {
        for (given, message) in [
            ("", "write YYYY-MM-DD, such as 2023-09-19"),
            ("19/09/2023", "write YYYY-MM-DD, such as 2023-09-19"),
            ("2023-9-19", "write YYYY-MM-DD, such as 2023-09-19"),
            ("2023-09-19T10:00", "write YYYY-MM-DD, such as 2023-09-19"),
            ("0000-01-01", "the year must lie between 0001 and 9999"),
            ("2023-13-01", "there is no month 13"),
            ("2023-00-01", "there is no month 0"),
            ("2023-02-29", "February 2023 has no day 29"),
            ("2024-04-31", "April 2024 has no day 31"),
            ("2024-04-00", "April 2024 has no day 0"),
        ] {
            let error = given.parse::<Date>().unwrap_err().to_string();
            assert_eq!(error, format!("“{given}” is no date: {message}"));
        }
        assert!("2024-02-29".parse::<Date>().is_ok());
    }

    #[test]
    fn the_calendar() {
        assert_eq!(date("2021-01-03").iso_week(), (2020, 53));
        assert_eq!(Date::of_iso_week(2020, 53), Some(date("2020-12-28")));
        assert_eq!(Date::of_iso_week(2021, 53), None);
        assert_eq!(date("2024-01-31").plus_months(1), Some(date("2024-02-29")));
        assert_eq!(date("2024-01-31").plus_months(-11), Some(date("2023-02-28")));
        assert_eq!(date("2024-03-01").plus_days(-1), Some(date("2024-02-29")));
        assert_eq!(date("9999-12-31").plus_days(1), None);
        assert_eq!(date("0001-01-01").plus_days(-1), None);
        assert_eq!(date("2024-03-01").days_since(date("2023-03-01")), 366);
        assert!(date("2023-12-31") < date("2024-01-01"));
    }
}
