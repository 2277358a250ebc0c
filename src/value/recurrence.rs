//! Recurrences: `Định kỳ hàng quý, 6 tháng, 9 tháng, năm hoặc đột xuất`.

use nom::Parser;
use nom::branch::alt;
use nom::character::complete::char;
use nom::combinator::{map, not, opt, value, verify};
use nom::sequence::preceded;

use super::time::Period;
use super::word::{Read, any_of, decline, mark, number, phrase, skip, space0, space1, year};
use crate::base::Year;

/// What recurs, and how often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Recurrence {
    /// Sorted, no period twice, at least one.
    pub(super) every: Vec<Period>,
    /// `hoặc đột xuất`.
    pub(super) on_demand: bool,
    /// The year that bounds it.
    pub(super) within: Option<Year>,
}

/// Reads a recurrence up to its last period; the year that may follow is the caller's.
pub(super) fn recurrence(input: &str) -> Read<'_, Recurrence> {
    let (rest, mut every) = alt((announced, listed, times_in, closing, map(phrase("đột xuất"), |_| Vec::new()))).parse(input)?;
    let only_on_demand = every.is_empty() && phrase("đột xuất")(input).is_ok();
    let joined = (alt((value((), mark(&[',', '(', '/'])), value((), space1))), opt((any_of(&["hoặc", "và", "hay"]), space1)));
    let (rest, sudden) = opt(preceded(joined, preceded(opt((phrase("báo cáo"), space1)), phrase("đột xuất")))).parse(rest)?;
    every.sort_unstable();
    every.dedup();
    if every.is_empty() {
        every.push(Period::Unspecified);
    }
    Ok((rest, Recurrence { every, on_demand: sudden.is_some() || only_on_demand, within: None }))
}

/// Reads `định kỳ`, with or without its periods.
fn announced(input: &str) -> Read<'_, Vec<Period>> {
    let (rest, _) = phrase("định kỳ")(input)?;
    let lead = (opt(mark(&[':', ','])), space0, opt((any_of(&["báo cáo", "thực hiện", "vào"]), space1)));
    let (rest, every) = opt(preceded(lead, periods)).parse(rest)?;
    Ok((rest, every.unwrap_or_default()))
}

/// Reads `hàng quý`, `Hằng tháng, quý, năm`, `6 tháng, năm`, `quý, 6 tháng và năm`.
fn listed(input: &str) -> Read<'_, Vec<Period>> {
    let each = any_of(&["hàng", "hằng", "mỗi"])(input).is_ok();
    let (rest, every) = periods(input)?;
    // without `hàng` one period alone is a stretch of time, unless the text ends or says `một lần`
    let ends = rest.trim_matches(['.', ';', ' ']).is_empty() || phrase("một lần")(rest.trim_start()).is_ok();
    let counted = input.starts_with(|c: char| c.is_ascii_digit());
    if each || every.len() > 1 || (counted && ends) { Ok((rest, every)) } else { decline(input) }
}

fn periods(input: &str) -> Read<'_, Vec<Period>> {
    let (mut rest, first) = period(input)?;
    let mut every = vec![first];
    let between = |input| {
        let mut joined = alt((value((), mark(&[',', '+', ';', '/'])), value((), (space1, any_of(&["và", "hoặc"]), space1))));
        let (rest, _) = joined.parse(input)?;
        skip(&["và", "hoặc"])(rest)
    };
    while let Ok((behind, next)) = preceded(between, period).parse(rest) {
        rest = behind;
        every.push(next);
    }
    Ok((rest, every))
}

/// Reads one period; `hàng` may stand in front.
fn period(input: &str) -> Read<'_, Period> {
    let (rest, _) = opt((any_of(&["hàng", "hằng", "mỗi", "theo", "báo cáo"]), space1)).parse(input)?;
    let figures = |n: u16| verify(number(1, 2), move |found| *found == n);
    let months = |n: u16| (figures(n), space1, phrase("tháng"), opt((space1, any_of(&["đầu năm", "cuối năm"]))));
    let (rest, found) = alt((
        value(Period::HalfYear, months(6)),
        value(Period::NineMonths, months(9)),
        value(Period::Quarter, months(3)),
        value(Period::HalfYear, any_of(&["sáu tháng", "nửa năm"])),
        value(Period::NineMonths, phrase("chín tháng")),
        value(Period::Month, (opt((figures(1), space1)), phrase("tháng"), not((space1, number(1, 2))))),
        value(Period::Quarter, (opt((figures(1), space1)), phrase("quý"), not((space1, super::moment::quarter_number)))),
        value(
            Period::Year,
            (opt((alt((value((), figures(1)), value((), any_of(&["cả", "một"])))), space1)), phrase("năm"), not((space1, year))),
        ),
        value(Period::Unspecified, any_of(&["tuần", "ngày"])),
    ))
    .parse(rest)?;
    let times = (space0, opt(char('/')), opt((alt((value((), figures(1)), value((), phrase("một")))), space1)), phrase("lần"));
    let (rest, _) = opt(times).parse(rest)?;
    Ok((rest, found))
}

/// Reads `tháng cuối quý`, `tháng cuối của mỗi quý`, `tháng đầu quý sau`, `cuối quý`, `cuối mỗi tháng`: what recurs is the longer period.
fn closing(input: &str) -> Read<'_, Vec<Period>> {
    let of = (space1, opt((any_of(&["của mỗi", "của", "mỗi", "hàng", "hằng"]), space1)));
    let (rest, _) = (any_of(&["tháng cuối", "tháng đầu", "cuối", "đầu"]), of).parse(input)?;
    let quarter = value(Period::Quarter, (phrase("quý"), not((space1, super::moment::quarter_number))));
    let month = value(Period::Month, (phrase("tháng"), not((space1, number(1, 2)))));
    let (rest, unit) = alt((quarter, month)).parse(rest)?;
    let (rest, _) = opt((space1, any_of(&["sau", "tiếp theo", "kế tiếp"]))).parse(rest)?;
    Ok((rest, vec![unit]))
}

/// Reads `01 lần/năm`, `2 lần/năm`, `một lần mỗi quý`.
fn times_in(input: &str) -> Read<'_, Vec<Period>> {
    let count = alt((number(1, 2), value(1, phrase("một")), value(2, phrase("hai"))));
    let (rest, (count, ..)) = (count, space1, phrase("lần"), alt((value((), mark(&['/'])), value((), space1)))).parse(input)?;
    let (rest, unit) = preceded(opt((any_of(&["mỗi", "một", "trong", "trên"]), space1)), period).parse(rest)?;
    let every = match (count, unit) {
        (1, unit) => unit,
        (2, Period::Year) => Period::HalfYear,
        (4, Period::Year) => Period::Quarter,
        (12, Period::Year) => Period::Month,
        _ => Period::Unspecified,
    };
    Ok((rest, vec![every]))
}
