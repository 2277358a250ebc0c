//! Civil dates, quarters and plan years.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A calendar year, such as 2022.
pub type Year = i16;

/// A quarter of a year, 1 to 4.
pub type Quarter = u8;

/// A day of the civil calendar. Written `d/m/yyyy` as the documents write it (day and the months 1 and 2 with two digits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Returns the day, or `None` where the calendar has none (30 February) or the year is not 1..=9999.
    pub fn new(year: Year, month: u8, day: u8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self)
    }

    /// Returns the day that lies `days` after 1 January 1970, clamped to the calendar: how a clock that somebody else reads becomes a day.
    pub fn from_unix_days(days: i64) -> Self {
        let days = days.clamp(-700_000, 2_900_000);
        Self(jiff::civil::date(1970, 1, 1).saturating_add(jiff::Span::new().days(days)))
    }

    /// Returns the day written `d/m/yyyy` (or with `-` or `.`), surrounding space ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['/', '-', '.']).map(str::trim);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        let short = |s: &str| (1..=2).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !short(day) || !short(month) || year.len() != 4 {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Returns 1 January of `year`; years outside 1..=9999 are clamped.
    pub fn first_of_year(year: Year) -> Self {
        Self(jiff::civil::date(year.clamp(1, 9999), 1, 1))
    }

    /// Returns 31 December of `year`; years outside 1..=9999 are clamped.
    pub fn last_of_year(year: Year) -> Self {
        Self(jiff::civil::date(year.clamp(1, 9999), 12, 31))
    }

    /// Returns the first day of a month, or `None` where there is no such month.
    pub fn first_of_month(year: Year, month: u8) -> Option<Self> {
        Self::new(year, month, 1)
    }

    /// Returns the last day of a month, or `None` where there is no such month.
    pub fn last_of_month(year: Year, month: u8) -> Option<Self> {
        Self::new(year, month, 1).map(|d| Self(d.0.last_of_month()))
    }

    /// Returns the first day of a quarter (1 to 4).
    pub fn first_of_quarter(year: Year, quarter: Quarter) -> Option<Self> {
        Self::new(year, quarter.checked_sub(1)?.checked_mul(3)? + 1, 1)
    }

    /// Returns the last day of a quarter (1 to 4).
    pub fn last_of_quarter(year: Year, quarter: Quarter) -> Option<Self> {
        Self::last_of_month(year, quarter.checked_mul(3)?)
    }

    /// Returns the day `months` earlier, clamped to the month's end (31 March less one month is 28 or 29 February).
    #[must_use]
    pub fn months_earlier(self, months: u32) -> Self {
        Self(self.0.saturating_sub(jiff::Span::new().months(i64::from(months.min(100_000)))))
    }

    /// Returns the day before.
    #[must_use]
    pub fn yesterday(self) -> Self {
        Self(self.0.yesterday().unwrap_or(self.0))
    }

    /// Returns the day after.
    #[must_use]
    pub fn tomorrow(self) -> Self {
        Self(self.0.tomorrow().unwrap_or(self.0))
    }

    /// Returns the same day `years` later, 29 February becoming 28 where it must. Negative is earlier.
    #[must_use]
    pub fn years_later(self, years: i16) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().years(years)))
    }

    /// Returns the year.
    pub fn year(self) -> Year {
        self.0.year()
    }

    /// Returns the month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// Returns `yyyy-mm-dd`, as the JSON contracts write days.
    pub fn iso(self) -> String {
        self.0.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, month, year) = (self.day(), self.month(), self.year());
        if month <= 2 { write!(f, "{day:02}/{month:02}/{year}") } else { write!(f, "{day:02}/{month}/{year}") }
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.iso()
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| format!("not a day: {text}"))
    }
}
