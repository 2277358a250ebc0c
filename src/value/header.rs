//! Small values of headers: a day, a year, a period, a move of years, months, a time in force.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{all_consuming, map, opt, value};
use nom::sequence::preceded;

use super::moment::{self, When};
use super::word::{Read, any_of, bare, mark, number, phrase, space1, year};
use crate::base::{Date, Year};

/// Reads a day: `24/12/2021`, `ngày 24 tháng 12 năm 2021`.
pub fn read_date(text: &str) -> Option<Date> {
    whole(moment::day, text)
}

/// Reads a year: `2022`, `năm 2022`.
pub fn read_year(text: &str) -> Option<Year> {
    whole(stated_year, text)
}

/// Reads a number of months: `1 tháng`, `02 tháng`, `một tháng`.
pub fn read_months(text: &str) -> Option<u32> {
    let count = alt((map(number(1, 3), u32::from), value(1, phrase("một")), value(2, phrase("hai")), value(3, phrase("ba"))));
    whole((count, opt((space1, phrase("tháng")))), text).and_then(|(n, word)| word.map(|_| n))
}

/// Reads a move of years: `2022 sang 2023`.
pub fn read_year_shift(text: &str) -> Option<(Year, Year)> {
    let to = alt((map((space1, phrase("sang"), space1), |_| ()), map(mark(&['→']), |_| ())));
    whole((stated_year, preceded(to, stated_year)), text)
}

/// Reads a period of years, the last not before the first: `2026 - 2030`, `từ năm 2026 đến năm 2030`.
pub fn read_period(text: &str) -> Option<(Year, Year)> {
    let to = alt((map(mark(&['-']), |_| ()), map((space1, phrase("đến"), space1), |_| ())));
    let from = preceded(opt((any_of(&["giai đoạn", "từ"]), space1)), stated_year);
    whole((from, preceded(to, stated_year)), text).filter(|(from, to)| from <= to)
}

/// Reads a time in force, first and last day, open where `None`: `đến 30/6/2025`, `từ 01/3/2025`, `từ 01/3/2025 đến 30/6/2025`, `từ 2022`.
pub fn read_validity(text: &str) -> Option<(Option<Date>, Option<Date>)> {
    let from = || preceded((phrase("từ"), space1), point);
    let to = || {
        alt((
            map(preceded((any_of(&["đến hết", "đến"]), space1), point), |when| when.last_day(None)),
            map(preceded((phrase("trước"), space1), point), |when| when.first_day(None).map(Date::yesterday)),
        ))
    };
    let both = (map(from(), |when| when.first_day(None)), opt(preceded(alt((map(mark(&[',', '-']), |_| ()), map(space1, |_| ()))), to())));
    let read = alt((map(both, |(from, to)| (from, to.flatten())), map(to(), |to| (None, to))));
    whole(read, text).filter(|(from, to)| from.is_some() || to.is_some())
}

/// Splits `huyện đến 30/6/2025` into the name and its validity: first and last day, open where `None`.
pub fn split_validity(text: &str) -> (&str, (Option<Date>, Option<Date>)) {
    let marks = [" đến ", " từ "];
    for (at, _) in text.char_indices() {
        let rest = &text[at..];
        if marks.iter().any(|mark| rest.starts_with(mark))
            && let Some(validity) = read_validity(rest.trim())
        {
            return (text[..at].trim(), validity);
        }
    }
    (text, (None, None))
}

fn stated_year(input: &str) -> Read<'_, Year> {
    preceded(opt((phrase("năm"), space1)), year).parse(input)
}

fn point(input: &str) -> Read<'_, When> {
    alt((moment::when, map(stated_year, When::Year))).parse(input)
}

fn whole<'a, T>(read: impl Parser<&'a str, Output = T, Error = nom::error::Error<&'a str>>, text: &'a str) -> Option<T> {
    all_consuming(read).parse(bare(text)).ok().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: Year, m: u8, d: u8) -> Option<Date> {
        Date::new(y, m, d)
    }

    #[test]
    fn small_values_are_read_whole_or_not_at_all() {
        assert_eq!(read_date("ngày 24 tháng 12 năm 2021"), day(2021, 12, 24));
        assert_eq!(read_date("24/12/2021 của UBND"), None);
        assert_eq!(read_year("năm 2022."), Some(2022));
        assert_eq!(read_year("22"), None);
        assert_eq!(read_months("1 tháng"), Some(1));
        assert_eq!(read_months("1"), None);
        assert_eq!(read_year_shift("2022 sang 2023"), Some((2022, 2023)));
        assert_eq!(read_period("2026 - 2030"), Some((2026, 2030)));
        assert_eq!(read_period("2030 - 2026"), None);
    }

    #[test]
    fn time_in_force_may_be_open() {
        assert_eq!(read_validity("đến 30/6/2025"), Some((None, day(2025, 6, 30))));
        assert_eq!(read_validity("từ 01/3/2025"), Some((day(2025, 3, 1), None)));
        assert_eq!(read_validity("từ 01/3/2025 đến 30/6/2025"), Some((day(2025, 3, 1), day(2025, 6, 30))));
        assert_eq!(read_validity("từ 2022"), Some((day(2022, 1, 1), None)));
        assert_eq!(read_validity("trước 01/7/2025"), Some((None, day(2025, 6, 30))));
        assert_eq!(read_validity("huyện"), None);
    }
}
