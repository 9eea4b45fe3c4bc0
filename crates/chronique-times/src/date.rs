use std::fmt;
use std::str::FromStr;

/// A day of the Gregorian calendar, such as the day of publication.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(date: &str) -> Result<Date, DateError> {
        let mut parts = date.splitn(3, '-').map(|part| part.parse::<u16>().map_err(|_| DateError {}));
        let mut part = || parts.next().unwrap_or(Err(DateError {}));
        let year = i16::try_from(part()?).map_err(|_| DateError {})?;
        let small = |value: u16| u8::try_from(value).map_err(|_| DateError {});
        Ok(Date { year, month: small(part()?)?, day: small(part()?)? })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The error of a string that is no date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DateError {}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date: write YYYY-MM-DD")
    }
}

impl std::error::Error for DateError {}
