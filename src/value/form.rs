//! Forms of time: the grammar of points, years, recurrences and conditions, looked for at each word of a text.
//!
//! Dates of citations are never times.

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{map, opt, peek, rest_len, verify};
use nom::sequence::preceded;

use super::citation::Citation;
use super::moment::{Moment, When, when};
use super::recurrence::{Recurrence, recurrence};
use super::time::Bound;
use super::word::{Read, any_of, brackets, decline, inside, mark, number, phrase, skip, space0, space1, taken, year};
use crate::base::Year;

/// One form of time found in text.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    /// The whole form, bounding words included.
    pub(super) range: Range<usize>,
    /// What it means.
    pub(super) form: Form,
    /// The points that it names, as printed.
    pub(super) moments: Vec<Moment>,
    /// Whether it stands in brackets.
    pub(super) aside: bool,
}

/// What a form of time means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// A point; `None` is a bare one (`Năm 2020`), which only a year tells from `By`.
    Point(When, Option<Bound>),
    /// `giai đoạn 2021 - 2025`: no moments.
    Years(Year, Year),
    /// `6 tháng đầu năm 2022`: its months.
    Months(Option<Year>, u8, u8),
    /// `Trong năm`.
    InYear,
    Continuous(Option<Year>),
    Recurrent(Recurrence),
    Conditional,
    After,
    External,
}

/// Returns the forms of time in the text, in order, apart; none inside a citation.
pub(super) fn atoms(text: &str) -> Vec<Atom> {
    let cited: Vec<Range<usize>> = Citation::find(text).iter().map(Citation::range).collect();
    let closed = brackets(text);
    let mut out: Vec<Atom> = Vec::new();
    for word in crate::base::words(text) {
        let at = word.start;
        if inside(&cited, at) || in_figures(text, at) || out.last().is_some_and(|last| at < last.range.end) {
            continue;
        }
        if let Ok((rest, (form, named))) = atom(&text[at..], text[..at].trim_end()) {
            let aside = inside(&closed, at);
            let goes_on = match form {
                Form::Point(when, _) => Some(when),
                Form::Years(..)
                | Form::Months(..)
                | Form::InYear
                | Form::Continuous(_)
                | Form::Recurrent(_)
                | Form::Conditional
                | Form::After
                | Form::External => None,
            };
            let moments = named.into_iter().map(|(start, end, when)| moment(text.len() - start, text.len() - end, when)).collect();
            out.push(Atom { range: at..text.len() - rest.len(), form, moments, aside });
            let mut rest = rest;
            while let Some(Ok((behind, (when, start, end)))) = goes_on.map(|first| next_in_list(rest, first)) {
                let (from, to) = (text.len() - start, text.len() - end);
                out.push(Atom { range: from..to, form: Form::Point(when, None), moments: vec![moment(from, to, when)], aside });
                rest = behind;
            }
        }
    }
    out
}

fn moment(start: usize, end: usize, when: When) -> Moment {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Moment { start: byte(start), end: byte(end), when }
}

/// Says whether a word is a later part of a date or number: `02` in `31/02/2022`.
fn in_figures(text: &str, at: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let front = text[..at].strip_suffix(['/', '.', '-']);
    text[at..].starts_with(digit) && front.is_some_and(|front| front.ends_with(digit))
}

/// Reads what goes on a list of points without its word: `II` in `Quý I, II năm 2022`, `9` and `12/2022` in `tháng 6, 9 và 12/2022`, `2023` in
/// `năm 2022, 2023`.
fn next_in_list(input: &str, first: When) -> Read<'_, (When, usize, usize)> {
    let joint = alt((map(mark(&[',', '+', '-']), |_| ()), map((space1, any_of(&["và", "đến"]), space1), |_| ())));
    let (rest, _) = (joint, opt((any_of(&["và", "đến"]), space1))).parse(input)?;
    let (behind, read) = match first {
        When::Quarter(..) => placed(super::moment::roman_quarter).parse(rest)?,
        When::Month(..) => placed(super::moment::month_of_list).parse(rest)?,
        When::Year(_) => placed(map(year, When::Year)).parse(rest)?,
        When::Day(_) | When::DayOf(..) => return decline(input),
    };
    let ends = behind.trim_start().is_empty() || behind.trim_start().starts_with([',', ';', '.', ')', '-', '+']);
    let goes_on = any_of(&["và", "đến"])(behind.trim_start()).is_ok();
    if ends || goes_on || read.0.year().is_some() { Ok((behind, read)) } else { decline(input) }
}

/// A point named in what was read: bytes left at its start and behind it, and what it names.
type Named = (usize, usize, When);

/// Reads `inner` and keeps how many bytes were left at its start and behind it.
fn placed<'a, T>(
    inner: impl Parser<&'a str, Output = T, Error = nom::error::Error<&'a str>>,
) -> impl FnMut(&'a str) -> Read<'a, (T, usize, usize)> {
    let mut whole = (peek(rest_len), inner, peek(rest_len));
    move |input| whole.parse(input).map(|(rest, (start, value, end))| (rest, (value, start, end)))
}

fn atom<'a>(input: &'a str, before: &str) -> Read<'a, (Form, Vec<Named>)> {
    alt((half_of_year, continuous, years, point, in_year, recurrent, after, conditional, |i| external(i, before))).parse(input)
}

/// Reads a point with the words that bound it: `Trước ngày 30/6/2022`, `chậm nhất trong tháng 12/2022`, `năm 2020`.
fn point(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let (rest, bound) = bounding(input)?;
    let (rest, (when, start, end)) = placed(alt((when, map(year_word, When::Year)))).parse(rest)?;
    Ok((rest, (Form::Point(when, bound), vec![(start, end, when)])))
}

fn year_word(input: &str) -> Read<'_, Year> {
    preceded((phrase("năm"), space1), year).parse(input)
}

/// Reads what may stand in front of a point and says how it bounds; `None` where nothing but `trong` or `vào` does.
fn bounding(input: &str) -> Read<'_, Option<Bound>> {
    let mut rest = input;
    let mut bound = None;
    loop {
        let (behind, found) = if let Ok((behind, _)) = phrase("trước")(rest) {
            (behind, Some(Bound::Before))
        } else if let Ok((behind, _)) =
            any_of(&["chậm nhất", "muộn nhất", "không quá", "không muộn hơn", "không chậm hơn"])(rest)
        {
            (behind, Some(Bound::Latest))
        } else if let Ok((behind, _)) =
            any_of(&["đến hết", "đến cuối", "đến", "hết", "cuối", "giữa", "đầu", "xong", "hoàn thành"])(rest)
        {
            (behind, Some(Bound::By))
        } else if let Ok((behind, _)) = alt((any_of(&["là", "vào", "trong", "ngày", "thời điểm", "từ"]), hour)).parse(rest) {
            // `ngày 30/6/2022`: the moment itself takes its word
            if super::moment::day(rest).is_ok() {
                return Ok((rest, bound));
            }
            (behind, None)
        } else {
            return Ok((rest, bound));
        };
        bound = match (bound, found) {
            (Some(Bound::Before), _) | (_, Some(Bound::Before)) => Some(Bound::Before),
            (Some(Bound::Latest), _) | (_, Some(Bound::Latest)) => Some(Bound::Latest),
            (kept, None) => kept,
            (None | Some(Bound::By), Some(Bound::By)) => Some(Bound::By),
        };
        rest = behind.trim_start_matches([' ', ',']);
    }
}

/// Reads `17h00`, `17 giờ`, `17 giờ 30 phút`.
fn hour(input: &str) -> Read<'_, &str> {
    let (rest, _) = nom::bytes::complete::take_while_m_n(1, 2, |c: char| c.is_ascii_digit()).parse(input)?;
    let minutes = (opt((space1, number(1, 2), space1, phrase("phút"))), space0);
    let (rest, _) = alt((map((phrase("h"), space0), |_| ()), map((space1, phrase("giờ"), minutes), |_| ()), short_hour)).parse(rest)?;
    Ok((rest, &input[..taken(input, rest)]))
}

fn short_hour(input: &str) -> Read<'_, ()> {
    map((nom::character::complete::one_of("hHgG:"), number(2, 2)), |_| ()).parse(input)
}

/// Reads `giai đoạn 2021 - 2025`, `năm 2022-2025`, `từ năm 2021 đến năm 2025`: they name no point that moves.
fn years(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let (rest, _) = skip(&["trong", "từ"])(input)?;
    let (rest, _) = skip(&["giai đoạn", "năm học", "nhiệm kỳ", "các năm", "năm"])(rest)?;
    let (rest, from) = year(rest)?;
    let to = (alt((map(mark(&['-']), |_| ()), map((space1, phrase("đến"), space1), |_| ()))), opt((phrase("năm"), space1)));
    let (rest, to) = preceded(to, year).parse(rest)?;
    Ok((rest, (Form::Years(from, to), Vec::new())))
}

/// Reads `6 tháng đầu năm 2022`, `06 tháng cuối năm`.
fn half_of_year(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let (rest, _) = opt((phrase("trong"), space1)).parse(input)?;
    let (rest, months) = verify(number(1, 2), |n| matches!(n, 3 | 6 | 9)).parse(rest)?;
    let (rest, _) = (space1, phrase("tháng"), space1).parse(rest)?;
    let (rest, half) = alt((phrase("đầu"), phrase("cuối"))).parse(rest)?;
    let (rest, _) = space1(rest)?;
    // in a list it is one of the periods of a recurrence
    let (rest, (found, start, end)) = placed(alt((map(year_word, Some), map(phrase("năm"), |_| None)))).parse(rest)?;
    if opt(recurrence_goes_on).parse(rest)?.1.is_some() {
        return decline(input);
    }
    let months = u8::try_from(months).unwrap_or(6);
    let (first, last) = if super::word::lower(half.chars().next().unwrap_or('c')) == 'c' { (13 - months, 12) } else { (1, months) };
    let named = found.map(|year| (start, end, When::Year(year))).into_iter().collect();
    Ok((rest, (Form::Months(found, first, last), named)))
}

fn recurrence_goes_on(input: &str) -> Read<'_, ()> {
    map(
        (
            alt((map(mark(&[',']), |_| ()), map((space1, phrase("và"), space1), |_| ()))),
            any_of(&["cả năm", "năm", "9 tháng", "09 tháng", "quý"]),
        ),
        |_| (),
    )
    .parse(input)
}

/// Reads `trong năm`, `cả năm`, `cuối năm`: the plan year.
fn in_year(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let words = any_of(&["trong cả năm", "trong năm", "cả năm", "hết năm", "đến hết năm", "cuối năm", "đến cuối năm", "trong suốt năm"]);
    let (rest, _) = words(input)?;
    let (rest, _) = opt((space1, phrase("nay"))).parse(rest)?;
    Ok((rest, (Form::InYear, Vec::new())))
}

/// Reads `Thường xuyên`, `Thường xuyên, liên tục`, `Thường xuyên trong năm 2022`.
fn continuous(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let (rest, _) = any_of(&["thường xuyên", "liên tục"])(input)?;
    let (rest, _) = opt((alt((map(mark(&[',']), |_| ()), map(space1, |_| ()))), any_of(&["thường xuyên", "liên tục"]))).parse(rest)?;
    let lead = (opt(mark(&[','])), space0, opt((phrase("trong"), space1)), opt((phrase("cả"), space1)));
    let (rest, found) = opt(preceded(lead, placed(alt((map(year_word, Some), map(phrase("năm"), |_| None)))))).parse(rest)?;
    match found {
        Some((Some(year), start, end)) => Ok((rest, (Form::Continuous(Some(year)), vec![(start, end, When::Year(year))]))),
        Some((None, ..)) | None => Ok((rest, (Form::Continuous(None), Vec::new()))),
    }
}

fn recurrent(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let (rest, recurrence) = recurrence(input)?;
    let lead = (opt(mark(&[','])), space0, opt((phrase("trong"), space1)));
    let (rest, found) = opt(preceded(lead, placed(year_word))).parse(rest)?;
    let named = found.map(|(year, start, end)| (start, end, When::Year(year))).into_iter().collect();
    let within = found.map(|(year, ..)| year);
    Ok((rest, (Form::Recurrent(Recurrence { within, ..recurrence }), named)))
}

/// Reads `ngay sau khi …`, `sau thanh tra`, `trong 30 ngày kể từ …`.
fn after(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let days =
        (any_of(&["trong vòng", "trong thời hạn", "trong", "sau"]), space1, number(1, 3), space1, any_of(&["ngày", "tháng", "tuần"]));
    let event = (any_of(&["ngay sau khi", "ngay sau", "sau khi", "sau", "kể từ ngày", "kể từ khi", "kể từ"]), space1);
    let (rest, _) = alt((map(days, |_| ()), map(event, |_| ()))).parse(input)?;
    if rest.is_empty() && input.len() < 6 { decline(input) } else { Ok((rest, (Form::After, Vec::new()))) }
}

/// Reads `khi có …`, `ngay khi …`, `trước khi …`.
fn conditional(input: &str) -> Read<'_, (Form, Vec<Named>)> {
    let (rest, _) = (any_of(&["ngay khi", "trước khi", "đến khi", "khi", "nếu"]), space1).parse(input)?;
    // `(nếu có)` makes a thing optional and names no condition
    let optional = phrase("có")(rest).is_ok_and(|(behind, _)| !behind.trim_start().starts_with(super::word::in_word));
    if optional { decline(input) } else { Ok((rest, (Form::Conditional, Vec::new()))) }
}

/// Reads `theo hướng dẫn …`, `đúng tiến độ …`: somebody else says when.
fn external<'a>(input: &'a str, before: &str) -> Read<'a, (Form, Vec<Named>)> {
    // `căn cứ theo`, `tùy theo` open like `theo` alone; `kèm theo`, `tiếp theo` say nothing of time
    let attached = ["kèm", "tiếp", "dõi"].iter().any(|w| before.ends_with(w));
    let (rest, _) = (any_of(&["theo", "đúng", "bảo đảm", "đảm bảo"]), space1).parse(input)?;
    let by = &[
        "tiến độ",
        "thời hạn",
        "thời gian",
        "hạn",
        "kế hoạch",
        "lộ trình",
        "quy định",
        "quy chế",
        "hướng dẫn",
        "chỉ đạo",
        "sự chỉ đạo",
        "yêu cầu",
        "văn bản",
        "quyết định",
        "nghị quyết",
        "nghị định",
        "thông tư",
        "chỉ thị",
        "công văn",
        "thông báo",
        "chương trình",
        "đề án",
        "phân công",
        "luật",
        "đề nghị",
        "lịch",
        "giai đoạn",
        "nhiệm vụ",
        "từng",
        "nội dung",
        "điều kiện",
        "phân cấp",
        "thực tế",
        "mẫu",
    ];
    let (rest, _) = any_of(by)(rest)
        .or_else(|error| if Citation::find(rest).first().is_some_and(|c| c.start == 0) { Ok((rest, "")) } else { Err(error) })?;
    if attached { decline(input) } else { Ok((rest, (Form::External, Vec::new()))) }
}
