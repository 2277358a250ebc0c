//! Moments: days, months, quarters and years named in text, read and written back in the style in which they stand.

use nom::branch::alt;
use nom::character::complete::char;
use nom::combinator::{map, map_opt, opt, value, verify};
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};

use super::word::{Read, in_word, lower, mark, number, phrase, space0, space1, year};
use crate::base::{Date, Quarter, Year};

/// A point in time named in text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// First byte in the entry's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What it names.
    pub when: When,
}

impl Moment {
    /// Returns the bytes as a range that slices the entry's text.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A calendar point of some width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum When {
    /// A day.
    Day(Date),
    /// A month (1 to 12) and a day of it, the year left out (`15/12`).
    DayOf(u8, u8),
    /// A month (1 to 12); the year may be left out.
    Month(Option<Year>, u8),
    /// A quarter (1 to 4); the year may be left out.
    Quarter(Option<Year>, Quarter),
    /// A whole year.
    Year(Year),
}

impl When {
    /// Returns the first day; a year left out is `plan_year`, and without one there is no day.
    pub fn first_day(self, plan_year: Option<Year>) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::DayOf(month, day) => day_in(plan_year?, month, day),
            Self::Month(year, month) => Date::first_of_month(year.or(plan_year)?, month),
            Self::Quarter(year, quarter) => Date::first_of_quarter(year.or(plan_year)?, quarter),
            Self::Year(year) => Some(Date::first_of_year(year)),
        }
    }

    /// Returns the last day; a year left out is `plan_year`, and without one there is no day.
    pub fn last_day(self, plan_year: Option<Year>) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::DayOf(month, day) => day_in(plan_year?, month, day),
            Self::Month(year, month) => Date::last_of_month(year.or(plan_year)?, month),
            Self::Quarter(year, quarter) => Date::last_of_quarter(year.or(plan_year)?, quarter),
            Self::Year(year) => Some(Date::last_of_year(year)),
        }
    }

    /// Returns the year, where one is named.
    pub fn year(self) -> Option<Year> {
        match self {
            Self::Day(day) => Some(day.year()),
            Self::DayOf(..) => None,
            Self::Month(year, _) | Self::Quarter(year, _) => year,
            Self::Year(year) => Some(year),
        }
    }

    /// Returns the same point `years` later; one without a year stays. Negative is earlier.
    #[must_use]
    pub fn years_later(self, years: i16) -> Self {
        match self {
            Self::Day(day) => Self::Day(day.years_later(years)),
            Self::DayOf(..) => self,
            Self::Month(year, month) => Self::Month(year.map(|y| y.saturating_add(years)), month),
            Self::Quarter(year, quarter) => Self::Quarter(year.map(|y| y.saturating_add(years)), quarter),
            Self::Year(year) => Self::Year(year.saturating_add(years)),
        }
    }

    /// Returns the point with `year` where it names none.
    #[must_use]
    pub(super) fn or_year(self, year: Option<Year>) -> Self {
        match self {
            Self::DayOf(month, day) => year.and_then(|year| day_in(year, month, day)).map_or(self, Self::Day),
            Self::Month(None, month) => Self::Month(year, month),
            Self::Quarter(None, quarter) => Self::Quarter(year, quarter),
            Self::Day(_) | Self::Month(Some(_), _) | Self::Quarter(Some(_), _) | Self::Year(_) => self,
        }
    }
}

/// Returns a day of a year; 29 February is the last of the month where the year has none.
fn day_in(year: Year, month: u8, day: u8) -> Option<Date> {
    Date::new(year, month, day).or_else(|| Date::last_of_month(year, month))
}

/// Reads `ngày 30/6/2022`, `30-6-2022`, `15 tháng 5 năm 2022`, `tháng 7/2020`, `Quý IV/ 2023`, `quý II năm 2022`, `Q2/2022`, `12/2022`, `15/12`.
pub(super) fn when(input: &str) -> Read<'_, When> {
    alt((map(day, When::Day), month, quarter, short_quarter, bare_month, day_of_month)).parse(input)
}

/// Reads a day with its year; `ngày` may stand in front.
pub(super) fn day(input: &str) -> Read<'_, Date> {
    preceded(opt((phrase("ngày"), space1)), alt((day_in_figures, day_in_words))).parse(input)
}

fn day_in_figures(input: &str) -> Read<'_, Date> {
    let (rest, day) = number(1, 2).parse(input)?;
    let (rest, sign) = mark(&['/', '-', '.'])(rest)?;
    let (rest, month) = number(1, 2).parse(rest)?;
    let (rest, _) = preceded(space0, char(sign)).parse(rest)?;
    let (rest, year) = preceded(space0, year).parse(rest)?;
    dated(input, rest, day, month, year)
}

/// Reads `15/12`, `ngày 15 tháng 12`: a day without its year.
fn day_of_month(input: &str) -> Read<'_, When> {
    let (rest, _) = opt((phrase("ngày"), space1)).parse(input)?;
    let (rest, day) = number(1, 2).parse(rest)?;
    let (rest, _) = alt((map(mark(&['/']), |_| ()), map((space1, phrase("tháng"), space1), |_| ()))).parse(rest)?;
    let (rest, month) = month_number(rest)?;
    let day = u8::try_from(day).ok().filter(|day| Date::new(2024, month, *day).is_some());
    // `3/4/5` and `1/2-3` are no days
    let goes_on = rest.starts_with(['/', '-', '%', '.']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    match day.filter(|_| !goes_on) {
        Some(day) => Ok((rest, When::DayOf(month, day))),
        None => super::word::decline(input),
    }
}

fn day_in_words(input: &str) -> Read<'_, Date> {
    let (rest, day) = number(1, 2).parse(input)?;
    let (rest, month) = preceded((space1, phrase("tháng"), space1), number(1, 2)).parse(rest)?;
    let (rest, year) = alt((preceded(mark(&['/']), year), preceded((space1, phrase("năm"), space1), year))).parse(rest)?;
    dated(input, rest, day, month, year)
}

fn dated<'a>(input: &'a str, rest: &'a str, day: u16, month: u16, year: Year) -> Read<'a, Date> {
    let date = u8::try_from(month).ok().zip(u8::try_from(day).ok()).and_then(|(m, d)| Date::new(year, m, d));
    date.map_or_else(|| super::word::decline(input), |date| Ok((rest, date)))
}

/// Reads `tháng 7/2020`, `tháng 12 năm 2022`, `tháng 3`, `T3/2022`.
fn month(input: &str) -> Read<'_, When> {
    let named = (preceded((phrase("tháng"), space1), month_number), opt(tail_year)).map(|(month, year)| When::Month(year, month));
    let short = (preceded(alt((char('T'), char('t'))), month_number), tail_year).map(|(month, year)| When::Month(Some(year), month));
    alt((named, short)).parse(input)
}

/// Reads `12/2022`.
fn bare_month(input: &str) -> Read<'_, When> {
    (month_number, preceded(mark(&['/']), year)).map(|(month, year)| When::Month(Some(year), month)).parse(input)
}

fn month_number(input: &str) -> Read<'_, u8> {
    let (rest, month) = map_opt(number(1, 2), |n| u8::try_from(n).ok().filter(|m| (1..=12).contains(m))).parse(input)?;
    // `tháng 30/6` names no month
    if rest.starts_with(in_word) { super::word::decline(input) } else { Ok((rest, month)) }
}

/// Reads `Quý II/2022`, `quý 2 năm 2022`, `Quý I`.
fn quarter(input: &str) -> Read<'_, When> {
    let (rest, _) = (phrase("quý"), space1).parse(input)?;
    let (rest, quarter) = quarter_number(rest)?;
    let (rest, year) = opt(tail_year).parse(rest)?;
    Ok((rest, When::Quarter(year, quarter)))
}

/// Reads `Q2/2026`, `Q.II/2026`: without a year it may be anything.
fn short_quarter(input: &str) -> Read<'_, When> {
    let (rest, _) = (alt((char('Q'), char('q'))), opt(char('.')), space0).parse(input)?;
    (quarter_number, tail_year).map(|(quarter, year)| When::Quarter(Some(year), quarter)).parse(rest)
}

/// Reads `II`, `III năm 2022`: a quarter of a list whose word stands in front.
pub(super) fn roman_quarter(input: &str) -> Read<'_, When> {
    let (rest, quarter) = verify(quarter_number, |_| !input.starts_with(|c: char| c.is_ascii_digit())).parse(input)?;
    let (rest, year) = opt(tail_year).parse(rest)?;
    Ok((rest, When::Quarter(year, quarter)))
}

/// Reads `9`, `12/2022`: a month of a list whose word stands in front.
pub(super) fn month_of_list(input: &str) -> Read<'_, When> {
    (month_number, opt(tail_year)).map(|(month, year)| When::Month(year, month)).parse(input)
}

/// Reads `I`, `II`, `III`, `IV`, or 1 to 4.
pub(super) fn quarter_number(input: &str) -> Read<'_, Quarter> {
    alt((
        value(4, phrase("iv")),
        value(3, phrase("iii")),
        value(2, phrase("ii")),
        value(1, phrase("i")),
        verify(map_opt(number(1, 1), |n| u8::try_from(n).ok()), |n| (1..=4).contains(n)),
    ))
    .parse(input)
}

/// Reads the year behind a month or quarter: `/2022`, `-2022`, ` năm 2022`, `, năm 2022`, ` trong năm 2022`, ` của năm 2022`.
fn tail_year(input: &str) -> Read<'_, Year> {
    let behind_mark = preceded(mark(&['/', '-', '.']), year);
    let lead = (opt(mark(&[','])), space0, opt(terminated(alt((phrase("trong"), phrase("của"))), space1)), phrase("năm"), space1);
    // `năm 2022 - 2025` is a range of years and no month's year
    let behind_word = preceded(lead, year);
    let (rest, found): (&str, Year) = alt((behind_mark, behind_word)).parse(input)?;
    let range: IResult<&str, Year> = preceded(mark(&['-']), year).parse(rest);
    if range.is_ok() { super::word::decline(input) } else { Ok((rest, found)) }
}

/// How numbers below ten are padded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Padding {
    Always,
    Never,
    /// As Decree 30/2020/NĐ-CP writes the date of issue: days, and the months 1 and 2.
    Decree,
}

/// Returns the words of a moment for another point, in the style of `slice`: padding, Roman or Arabic numerals, long or short form.
pub(super) fn restyle(slice: &str, old: When, new: When) -> String {
    if old == new {
        return slice.to_owned();
    }
    match (old, new) {
        (When::Day(_), When::Day(to)) => {
            let figures = numbers(slice);
            let [day, month, year] = figures.as_slice() else { return written(new) };
            // `01`, `02` and `3` to `12` are what the decree writes: only the others tell of another habit
            let month_padding = match &slice[month.clone()] {
                "1" | "2" => Padding::Never,
                "03" | "04" | "05" | "06" | "07" | "08" | "09" => Padding::Always,
                _ => Padding::Decree,
            };
            let day_text = padded(to.day(), padding(&slice[day.clone()]), 9);
            replace(slice, [(day, day_text), (month, padded(to.month(), month_padding, 2)), (year, to.year().to_string())])
        }
        (When::DayOf(..), When::DayOf(month, day)) => {
            let figures = numbers(slice);
            let [old_day, old_month] = figures.as_slice() else { return written(new) };
            let day = padded(day, padding(&slice[old_day.clone()]), 9);
            let month = padded(month, padding(&slice[old_month.clone()]), 2);
            replace(slice, [(old_day, day), (old_month, month)])
        }
        (When::Month(from_year, _), When::Month(to_year, to)) if from_year.is_some() == to_year.is_some() => {
            let figures = numbers(slice);
            let Some(month) = figures.first() else { return written(new) };
            let month_text = padded(to, padding(&slice[month.clone()]), 2);
            match (figures.get(1), to_year) {
                (Some(year), Some(to_year)) => replace(slice, [(month, month_text), (year, to_year.to_string())]),
                (None, None) => replace(slice, [(month, month_text)]),
                (Some(_), None) | (None, Some(_)) => written(new),
            }
        }
        (When::Quarter(from_year, _), When::Quarter(to_year, to)) if from_year.is_some() == to_year.is_some() => {
            let mut words = crate::base::words(slice).into_iter();
            let Some(numeral) = words.find(|w| quarter_number(&slice[w.clone()]).is_ok()) else { return written(new) };
            let numeral_text = quarter_text(&slice[numeral.clone()], to);
            match (numbers(slice).pop().filter(|n| n.len() == 4), to_year) {
                (Some(year), Some(to_year)) => replace(slice, [(&numeral, numeral_text), (&year, to_year.to_string())]),
                (None, None) => replace(slice, [(&numeral, numeral_text)]),
                (Some(_), None) | (None, Some(_)) => written(new),
            }
        }
        (When::Year(_), When::Year(to)) => {
            let figures = numbers(slice);
            let Some(year) = figures.first() else { return written(new) };
            replace(slice, [(year, to.to_string())])
        }
        (When::Day(_) | When::DayOf(..) | When::Month(..) | When::Quarter(..) | When::Year(_), _) => written(new),
    }
}

/// Returns a point in the words that the formatter would choose.
fn written(when: When) -> String {
    match when {
        When::Day(day) => day.to_string(),
        When::DayOf(month, day) => format!("{}/{}", padded(day, Padding::Decree, 9), padded(month, Padding::Decree, 2)),
        When::Month(year, month) => format!("tháng {}{}", padded(month, Padding::Decree, 2), behind(year)),
        When::Quarter(year, quarter) => format!("Quý {}{}", quarter_text("I", quarter), behind(year)),
        When::Year(year) => format!("năm {year}"),
    }
}

fn behind(year: Option<Year>) -> String {
    year.map(|y| format!("/{y}")).unwrap_or_default()
}

fn quarter_text(style: &str, quarter: Quarter) -> String {
    let roman = ["I", "II", "III", "IV"].get(usize::from(quarter).wrapping_sub(1)).copied().unwrap_or("I");
    match style.chars().next() {
        Some(c) if c.is_ascii_digit() => quarter.to_string(),
        Some('i') => roman.chars().map(lower).collect(),
        _ => roman.to_owned(),
    }
}

fn padding(figures: &str) -> Padding {
    match (figures.starts_with('0'), figures.len()) {
        (true, _) => Padding::Always,
        (false, 1) => Padding::Never,
        (false, _) => Padding::Decree,
    }
}

/// Writes a number; `decree` is the greatest one that the decree pads.
fn padded(n: u8, padding: Padding, decree: u8) -> String {
    let pad = match padding {
        Padding::Always => true,
        Padding::Never => false,
        Padding::Decree => n <= decree,
    };
    if pad { format!("{n:02}") } else { n.to_string() }
}

/// Returns the runs of digits.
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if byte.is_ascii_digit() {
            match out.last_mut() {
                Some(last) if last.end == at => last.end = at + 1,
                _ => out.push(at..at + 1),
            }
        }
    }
    out
}

/// Returns `text` with ranges (in order, apart) replaced.
fn replace<const N: usize>(text: &str, parts: [(&std::ops::Range<usize>, String); N]) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut at = 0;
    for (range, with) in parts {
        out.push_str(&text[at..range.start]);
        out.push_str(&with);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<When> {
        when(text).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, when)| when)
    }

    fn day(year: Year, month: u8, day: u8) -> Option<When> {
        Date::new(year, month, day).map(When::Day)
    }

    #[test]
    fn moments_are_read_in_every_dress() {
        assert_eq!(read("ngày 30/6/2022"), day(2022, 6, 30));
        assert_eq!(read("14 tháng 12 năm 2021"), day(2021, 12, 14));
        assert_eq!(read("15/12"), Some(When::DayOf(12, 15)));
        assert_eq!(read("ngày 05 tháng 9"), Some(When::DayOf(9, 5)));
        assert_eq!((read("31/4"), read("15/12/"), read("3/4/5"), read("12/2022")), (None, None, None, Some(When::Month(Some(2022), 12))));
        assert_eq!(When::DayOf(2, 29).last_day(Some(2023)), Date::new(2023, 2, 28));
        assert_eq!(read("Tháng 02/2022"), Some(When::Month(Some(2022), 2)));
        assert_eq!(read("tháng 12 năm 2022"), Some(When::Month(Some(2022), 12)));
        assert_eq!(read("Quý IV/ 2023"), Some(When::Quarter(Some(2023), 4)));
        assert_eq!(read("quý 2 năm 2022"), Some(When::Quarter(Some(2022), 2)));
        assert_eq!(read("Quý I"), Some(When::Quarter(None, 1)));
        for short in ["Q2/2026", "Q.II/2026", "q.2/2026", "Q 2 năm 2026"] {
            assert_eq!(read(short), Some(When::Quarter(Some(2026), 2)), "{short}");
        }
        assert_eq!(read("Q2"), None);
        assert_eq!(read("30/02/2022"), None);
        assert_eq!(read("tháng 30/6"), None);
        assert_eq!(read("quý báu"), None);
    }

    #[test]
    fn a_restyled_moment_keeps_its_dress() {
        let styled = |text: &str, months: i8, years: i16| {
            let old = read(text).expect(text);
            let new = match old.years_later(years) {
                When::Month(year, month) => When::Month(year, month.wrapping_add_signed(months)),
                other => other,
            };
            restyle(text, old, new)
        };
        assert_eq!(styled("Tháng 03/2022", 0, 1), "Tháng 03/2023");
        assert_eq!(styled("Tháng 03/2022", -1, 0), "Tháng 02/2022");
        assert_eq!(styled("tháng 3/2022", -1, 0), "tháng 2/2022");
        assert_eq!(styled("tháng 12 năm 2022", -3, 1), "tháng 9 năm 2023");
        assert_eq!(styled("Quý IV/ 2023", 0, 1), "Quý IV/ 2024");
        assert_eq!(styled("Quý II năm 2022", 0, 1), "Quý II năm 2023");
        assert_eq!(styled("Q.II/2022", 0, 1), "Q.II/2023");
        assert_eq!(styled("Q2/2022", 0, 1), "Quý II/2023");
        assert_eq!(styled("ngày 15/11/2022", 0, 1), "ngày 15/11/2023");
        let (from, to) = (read("30/3/2022").expect("a day"), day(2022, 2, 28).expect("a day"));
        assert_eq!(restyle("30/3/2022", from, to), "28/02/2022");
    }
}
