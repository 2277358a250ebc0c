//! Years: the year words of running text, told apart for the move to another year (LANGUAGE section 4, step 7).

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, opt};
use nom::sequence::preceded;
use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::moment;
use super::word::{any_of, in_word, inside, mark, phrase, skip, space1, taken, year};
use crate::base::Year;

/// A year in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearWord {
    /// First byte of the four digits.
    pub start: u32,
    /// One past the last byte of the digits.
    pub end: u32,
    /// The year.
    pub year: Year,
    /// In what company it stands.
    pub class: YearClass,
}

impl YearWord {
    /// Returns the bytes as a range that slices the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// In what company a year stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearClass {
    /// Alone, or with its month or quarter: `năm 2022`, `Quý I/2022`, `Kế hoạch CCHC 2022`.
    Single,
    /// Part of a range: `giai đoạn 2021 - 2025`, `từ năm 2021 đến năm 2025`.
    RangePart,
    /// Part of a citation: its number, day or year.
    InCitation,
    /// Part of a day: `15/11/2022`, `ngày 14 tháng 12 năm 2021`.
    InDate,
    /// Behind `so với năm`, `cao hơn năm`: what a result is compared with.
    ComparedWith,
    /// Behind `đến năm`, `định hướng đến năm`, `tầm nhìn`: how far a document looks.
    Horizon,
}

/// Words that a number of four digits counts: it is then no year.
const COUNTED: &[&str] = &[
    "hồ sơ",
    "người",
    "đồng",
    "triệu",
    "tỷ",
    "văn bản",
    "thủ tục",
    "lượt",
    "cuộc",
    "tin",
    "bài",
    "cán bộ",
    "công chức",
    "viên chức",
    "ha",
    "km",
    "m",
    "mẫu",
    "hộ",
    "doanh nghiệp",
    "đơn vị",
    "dịch vụ",
    "giao dịch",
    "học sinh",
    "điểm",
    "ngày",
    "giờ",
];

/// Returns the year words of a text, in order. Numbers of documents are `InCitation`; decimal numbers, codes and counts are none.
pub fn years(text: &str) -> Vec<YearWord> {
    let mut out: Vec<YearWord> = Vec::new();
    let words = crate::base::words(text);
    if !words.iter().any(|w| w.len() >= 4 && text.as_bytes()[w.start].is_ascii_digit()) {
        return out;
    }
    let cited: Vec<Range<usize>> = Citation::find(text).iter().map(Citation::range).collect();
    let (dates, ranges) = (dates(text), ranges(text));
    for (index, word) in words.iter().enumerate() {
        let Ok(("", year)) = year(&text[word.clone()]) else { continue };
        let (before, behind) = (&text[..word.start], &text[word.end..]);
        let class = if inside(&cited, word.start) {
            YearClass::InCitation
        } else if inside(&dates, word.start) {
            YearClass::InDate
        } else if in_number(before, behind) {
            continue;
        } else if inside(&ranges, word.start) {
            YearClass::RangePart
        } else {
            let front = &words[index.saturating_sub(6)..index];
            match alone(text, front, before, behind) {
                Some(class) => class,
                None => continue,
            }
        };
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        out.push(YearWord { start: byte(word.start), end: byte(word.end), year, class });
    }
    out
}

/// Says whether the digits are part of a number or code: `2.022`, `2022,5`, `9001:2015`, `2022/abc`.
fn in_number(before: &str, behind: &str) -> bool {
    let digit_in_front = before.trim_end_matches(['.', ',']).len() < before.len()
        && before.trim_end_matches(['.', ',']).ends_with(|c: char| c.is_ascii_digit());
    let digit_behind = behind.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    before.ends_with(':') || digit_in_front || digit_behind || behind.starts_with('%') || behind.trim_start().starts_with('%')
}

/// Classes a year that stands in no citation, day or range.
fn alone(text: &str, front: &[Range<usize>], before: &str, behind: &str) -> Option<YearClass> {
    let said = |list: &'static [&'static str]| {
        front
            .iter()
            .any(|w| any_of(list)(&text[w.start..]).is_ok_and(|(rest, _)| rest.trim_start_matches(' ').len() == text.len() - before.len()))
    };
    if said(&["so với năm", "so với cuối năm", "so với cùng kỳ năm", "so với", "cao hơn năm", "thấp hơn năm", "hơn năm", "bằng năm"])
    {
        return Some(YearClass::ComparedWith);
    }
    if said(&[
        "đến năm",
        "đến",
        "tầm nhìn năm",
        "tầm nhìn",
        "định hướng năm",
        "định hướng",
        "định hướng đến",
        "tầm nhìn đến",
        "mục tiêu đến",
    ]) {
        return Some(YearClass::Horizon);
    }
    if said(&["năm"]) {
        return Some(YearClass::Single);
    }
    let glued = before.ends_with(['/', '-']) || before.trim_end().ends_with('/');
    if glued {
        let (month, quarter) = (said_month(text, front, before), said_quarter(text, front, before));
        return (month || quarter).then_some(YearClass::Single);
    }
    let code = behind.starts_with(['/', '-', ':', '_']) && !behind[1..].starts_with(' ');
    let counted = any_of(COUNTED)(behind.trim_start()).is_ok();
    let apart = before.is_empty() || before.ends_with([' ', '(', '"']);
    (apart && !code && !counted).then_some(YearClass::Single)
}

fn said_month(text: &str, front: &[Range<usize>], before: &str) -> bool {
    front.last().is_some_and(|w| {
        let number = text[w.clone()].trim_start_matches(['T', 't']);
        let joined = before.len() - w.end <= 3;
        joined && number.parse::<u8>().is_ok_and(|n| (1..=12).contains(&n)) && !text[..w.start].ends_with(['/', '-', '.'])
    })
}

fn said_quarter(text: &str, front: &[Range<usize>], before: &str) -> bool {
    front.iter().rev().take(2).any(|w| phrase("quý")(&text[w.clone()]).is_ok()) && front.last().is_some_and(|w| before.len() - w.end <= 3)
}

/// Returns where days stand.
fn dates(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for word in crate::base::words(text) {
        if out.last().is_none_or(|last| word.start >= last.end)
            && let Ok((rest, _)) = moment::day(&text[word.start..])
        {
            out.push(word.start..word.start + taken(&text[word.start..], rest));
        }
    }
    out
}

/// Returns where ranges of years stand: `2021 - 2025`, `2021-2025`, `từ năm 2021 đến năm 2025`, `2021 đến 2025`.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for word in crate::base::words(text) {
        if out.last().is_some_and(|last| word.start < last.end) {
            continue;
        }
        let input = &text[word.start..];
        let to = (
            alt((map(mark(&['-']), |_| ()), map((space1, phrase("đến"), space1), |_| ()))),
            opt((phrase("hết"), space1)),
            opt((phrase("năm"), space1)),
        );
        let read = |input| {
            let (rest, _) = skip(&["năm"])(input)?;
            let (rest, _) = year(rest)?;
            preceded(to, year).parse(rest)
        };
        if let Ok((rest, _)) = { read }(input) {
            out.push(word.start..word.start + taken(input, rest));
        }
    }
    // `từ năm 2021 đến …` without `giai đoạn` is covered: the words between are part of the range
    out.retain(|r| text[r.clone()].chars().filter(char::is_ascii_digit).count() >= 8 && !text[..r.start].ends_with(in_word));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(text: &str) -> Vec<(Year, YearClass)> {
        years(text).into_iter().map(|w| (w.year, w.class)).collect()
    }

    #[test]
    fn years_are_told_apart_by_their_company() {
        use YearClass::{ComparedWith, Horizon, InCitation, InDate, RangePart, Single};
        assert_eq!(classes("Cải cách hành chính năm 2022"), [(2022, Single)]);
        assert_eq!(classes("Kế hoạch CCHC 2022 của huyện, Quý I/2022, tháng 3/2022"), [(2022, Single), (2022, Single), (2022, Single)]);
        assert_eq!(classes("giai đoạn 2022 - 2025, mục tiêu đến năm 2030"), [(2022, RangePart), (2025, RangePart), (2030, Horizon)]);
        assert_eq!(
            classes("từ năm 2021 đến năm 2025; 2022-2025"),
            [(2021, RangePart), (2025, RangePart), (2022, RangePart), (2025, RangePart)]
        );
        assert_eq!(classes("đến 2030, tầm nhìn 2045"), [(2030, Horizon), (2045, Horizon)]);
        assert_eq!(classes("tăng 01 bậc so với năm 2021"), [(2021, ComparedWith)]);
        assert_eq!(classes("trước ngày 15/11/2022, ngày 14 tháng 12 năm 2021"), [(2022, InDate), (2021, InDate)]);
        let cited = [(2018, InCitation), (2018, InCitation), (2021, InCitation), (2022, Single)];
        assert_eq!(classes("Quyết định số 24/2018/QĐ-UBND ngày 27/7/2018, Quyết định 5347/QĐ-UBND năm 2021 về Kế hoạch năm 2022"), cited);
    }

    #[test]
    fn numbers_that_are_no_years_are_passed_over() {
        assert_eq!(classes("ISO 9001:2015, 2.022 hồ sơ, 2022,5 điểm, 2000 hồ sơ, Tổng đài 1022"), []);
    }
}
