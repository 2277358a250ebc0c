//! Citations: legal documents named in running text.
//!
//! A citation is type, number with symbol, day and issuer in any of the orders that documents use. Elided lists give each of their numbers
//! what the others say for all: `Quyết định số 3161/2014/QĐ-UBND và Quyết định số 3162/2014/QĐ-UBND ngày 26/9/2014 của UBND tỉnh`.

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{take_while, take_while_m_n};
use nom::character::complete::char;
use nom::combinator::{map, opt, peek, recognize, value, verify};
use nom::multi::many1;
use nom::sequence::{preceded, terminated};
use serde::{Deserialize, Serialize};

use super::body::body;
use super::moment::day;
use super::symbol::{SymbolFault, is_type_code, symbol_fault};
use super::word::{Read, any_of, in_word, mark, phrase, space0, space1, taken, year};
use crate::base::{Date, Memo, Year};

/// A legal document named in text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte (type, number, date and issuer; not the subject).
    pub end: u32,
    /// Type word (`Quyết định`, `Luật`), as printed; in an elided list the list's. Empty for a number that stands alone.
    pub kind: String,
    /// What a Luật, Bộ luật or Pháp lệnh is called behind its type word (`Tổ chức chính quyền địa phương`).
    pub name: Option<String>,
    /// Number as printed with its symbol (`5347/QĐ-UBND`); `None` for a Luật without one.
    pub number: Option<String>,
    /// Day of issue.
    pub date: Option<Date>,
    /// Body behind `của`, as printed.
    pub issuer: Option<String>,
}

/// Types of documents, longer ones first.
const TYPES: &[&str] = &[
    "thông tư liên tịch",
    "nghị quyết liên tịch",
    "kế hoạch hành động",
    "chương trình hành động",
    "nghị quyết",
    "nghị định",
    "quyết định",
    "thông tư",
    "chỉ thị",
    "kế hoạch",
    "chương trình",
    "tờ trình",
    "công văn",
    "văn bản",
    "thông báo",
    "kết luận",
    "báo cáo",
    "hướng dẫn",
    "công điện",
    "quy định",
    "quy chế",
    "đề án",
    "phương án",
    "dự án",
    "công bố",
    "lệnh",
    "sắc lệnh",
];

/// Types that are cited by name, with or without a number.
const NAMED_TYPES: &[&str] = &["bộ luật", "luật", "pháp lệnh", "hiến pháp"];

impl Citation {
    /// Returns the documents cited in running text, in order, apart.
    pub fn find(text: &str) -> Vec<Self> {
        // each citation has a digit; most texts have none
        if !text.bytes().any(|b| b.is_ascii_digit()) && !text.contains('…') {
            return Vec::new();
        }
        static KNOWN: Memo<(), Vec<Citation>> = Memo::new();
        KNOWN.answer((), text, || Self::read(text))
    }

    fn read(text: &str) -> Vec<Self> {
        let mut out: Vec<Self> = Vec::new();
        let mut head: Option<Head> = None;
        for word in crate::base::words(text) {
            if out.last().is_some_and(|last| word.start < last.end as usize) {
                continue;
            }
            let input = &text[word.start..];
            if let Ok((rest, opening)) = numbered(input).or_else(|_| by_name(input)) {
                head = Some(Head { kind: opening.kind.to_owned(), issuer: opening.issuer.map(str::to_owned) });
                out.push(opening.finish(word.start, taken(text, rest), rest));
            } else if let Ok((rest, number)) = terminated(bare_symbol, |i| Ok((i, ()))).parse(input) {
                // a number without its type belongs to the list that a type opened
                let kind = head.as_ref().map_or("", |head| &head.kind);
                let issuer = head.as_ref().and_then(|head| head.issuer.as_deref());
                let opening = Opening { kind, name: None, number: Some(number), issuer, date: None };
                out.push(opening.finish(word.start, taken(text, rest), rest));
            }
        }
        share(text, &mut out);
        out
    }

    /// Returns the bytes as a range that slices the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the end of the subject that stands directly behind the citation (`… về chuyển đổi số của tỉnh`), which belongs to the document
    /// cited; the citation's own end where none does. `stops` are the marks that end it beside the end of a sentence.
    pub fn subject_end(&self, text: &str, stops: &[char]) -> usize {
        let end = self.end as usize;
        let Some(behind) = text.get(end..) else { return end };
        let stop = behind
            .char_indices()
            .find(|(at, c)| stops.contains(c) || (*c == '.' && behind[at + 1..].chars().next().is_none_or(char::is_whitespace)))
            .map_or(behind.len(), |(at, _)| at);
        let clause = &behind[..stop];
        let opens = clause.trim_start();
        // an issuer that is not known as one stands between
        let titled = opens.starts_with("về ") || (opens.starts_with("của ") && clause.contains(" về "));
        if titled { end + stop } else { end }
    }

    /// Returns the year in a number of the form `NN/YYYY/…`.
    pub fn number_year(&self) -> Option<Year> {
        let number = self.number.as_deref()?;
        let (_, behind) = number.split_once('/')?;
        year(behind).ok().filter(|(rest, _)| rest.trim_start().starts_with('/')).map(|(_, year)| year)
    }

    /// Says whether the year in the number (`120/2020/NĐ-CP`) is not the year of the date.
    pub fn year_contradicts_date(&self) -> bool {
        self.number_year().zip(self.date).is_some_and(|(year, date)| year != date.year())
    }

    /// Returns what is wrong with the form of number and symbol, where something is.
    pub fn symbol_fault(&self) -> Option<SymbolFault> {
        symbol_fault(&self.kind, self.number.as_deref()?, self.date)
    }
}

/// Says whether a body between these (lower-case) words is named as the issuer of a document that is only pointed at: `của … tại Kế hoạch`,
/// `theo Kế hoạch … của …`.
pub fn is_issuer_between(before: &str, behind: &str) -> bool {
    const DOCUMENTS: [&str; 7] = ["kế hoạch", "quyết định", "chỉ thị", "chương trình", "đề án", "công văn", "nghị quyết"];
    let Some(clause) = before.strip_suffix("của ") else { return false };
    if let Some(behind) = behind.trim_start().strip_prefix("tại ")
        && DOCUMENTS.iter().any(|kind| behind.starts_with(kind))
    {
        return true;
    }
    let clause = clause.rsplit([',', ';', '.', ':', '(']).next().unwrap_or(clause);
    let made_here = ["xây dựng", "ban hành", "tham mưu"].iter().any(|word| clause.contains(word));
    // a document with a name of its own: `theo kế hoạch của …` can be any year's plan of the unit itself
    let pointed = |kind: &str| {
        let leads = ["theo", "tại", "căn cứ", "thực hiện"];
        leads.iter().filter_map(|word| clause.split_once(&format!("{word} {kind} "))).any(|(_, name)| !name.trim().is_empty())
    };
    !made_here && !clause.contains(" này ") && DOCUMENTS.iter().any(|kind| pointed(kind))
}

/// What numbers of a list take from the type that opened it.
struct Head {
    kind: String,
    issuer: Option<String>,
}

/// The front of a citation, up to its number or name.
struct Opening<'a> {
    kind: &'a str,
    name: Option<&'a str>,
    number: Option<&'a str>,
    issuer: Option<&'a str>,
    date: Option<Date>,
}

impl Opening<'_> {
    /// Reads day and issuer behind the number.
    fn finish(self, start: usize, end: usize, behind: &str) -> Citation {
        let (rest, (date, issuer)) = day_and_issuer(behind).unwrap_or((behind, (None, None)));
        let number = self.number.map(|n| n.trim().to_owned());
        Citation {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end + taken(behind, rest)).unwrap_or(u32::MAX),
            kind: self.kind.to_owned(),
            name: self.name.map(str::to_owned),
            number,
            date: self.date.or(date),
            issuer: issuer.or(self.issuer).map(str::to_owned),
        }
    }
}

/// Reads `Quyết định số 24/2018/QĐ-UBND`, `Nghị định 130/2005/NĐ-CP`, `Quyết định của UBND tỉnh số: 2235/2017/QĐ-UBND`.
fn numbered(input: &str) -> Read<'_, Opening<'_>> {
    let (rest, kind) = any_of(TYPES)(input)?;
    let (rest, issuer) =
        opt(preceded((space1, phrase("của"), space1), verify(body, |body: &str| body.split(' ').count() < 9))).parse(rest)?;
    let (rest, marked) = opt((space0, phrase("số"), opt(mark(&[':'])))).parse(rest)?;
    let (rest, _) = space0(rest)?;
    let (rest, number) = if marked.is_some() { alt((symbol, plain_number)).parse(rest)? } else { symbol(rest)? };
    Ok((rest, Opening { kind, name: None, number: Some(number), issuer, date: None }))
}

/// Reads `Luật Tổ chức chính quyền địa phương ngày 19/6/2015`, `Luật Thủ đô số 39/2024/QH15`, `Bộ luật Lao động năm 2019`.
fn by_name(input: &str) -> Read<'_, Opening<'_>> {
    let (rest, kind) = any_of(NAMED_TYPES)(input)?;
    // `pháp luật và …` names nothing; a name opens with a capital, or amends another
    let behind = rest.trim_start();
    let named = behind.starts_with(char::is_uppercase) || any_of(&["sửa đổi", "số", "ngày", "năm"])(behind).is_ok();
    if !kind.starts_with(char::is_uppercase) || !named {
        return super::word::decline(input);
    }
    let mut at = 0;
    for word in crate::base::words(rest) {
        let between = &rest[at..word.start];
        if between.contains([';', '.', '(', ')', ':']) {
            break;
        }
        let input = &rest[word.start..];
        let name = || Some(rest[..word.start].trim_matches([' ', ','])).filter(|n| !n.is_empty());
        if let Ok((behind, number)) = preceded((phrase("số"), opt(mark(&[':'])), space0), symbol).parse(input) {
            return Ok((behind, Opening { kind, name: name(), number: Some(number), issuer: None, date: None }));
        }
        if let Ok((behind, date)) = verify(day, |_: &Date| phrase("ngày")(input).is_ok()).parse(input) {
            return Ok((behind, Opening { kind, name: name(), number: None, issuer: None, date: Some(date) }));
        }
        if let Ok((behind, _)) = preceded((phrase("năm"), space1), year).parse(input) {
            return Ok((behind, Opening { kind, name: name(), number: None, issuer: None, date: None }));
        }
        // another document begins: this one is named without number and day
        if at > 0 && any_of(TYPES)(input).is_ok() && !between.contains('-') && input.starts_with(char::is_uppercase) {
            break;
        }
        at = word.end;
    }
    super::word::decline(input)
}

/// Reads a number with its symbol, well formed or not: `5347/QĐ-UBND`, `06- NQ/TU`, `182/2019/NQHĐND`, `…/QĐ-UBND`, `72/2025/QH15`.
fn symbol(input: &str) -> Read<'_, &str> {
    let number = alt((
        recognize((take_while_m_n(1, 5, |c: char| c.is_ascii_digit()), take_while_m_n(0, 1, |c: char| c.is_ascii_lowercase()))),
        recognize(many1(alt((char('…'), char('.'))))),
    ));
    let in_year = (char('/'), take_while_m_n(4, 4, |c: char| c.is_ascii_digit()));
    let joint = (space0, alt((char('/'), char('-'))), space0);
    let letters = verify(take_while(|c: char| c.is_alphanumeric() || c == '&'), |s: &str| s.starts_with(char::is_alphabetic));
    let (rest, whole) = recognize((number, opt(in_year), many1((joint, letters)))).parse(input)?;
    // `05/2022` and `3/tháng` are no symbols, nor is a word behind a spaced dash
    let tight = shortened(whole);
    // letters behind the first joint: `30c/NQ-CP` has one in its number
    let code = tight.split_once(['/', '-']).map_or("", |(_, behind)| behind.trim_start_matches(|c: char| !c.is_alphabetic()));
    if code.starts_with(|c: char| c.is_uppercase()) || is_type_code(code.split(['-', '/']).next().unwrap_or("")) {
        Ok((&input[taken(input, rest).min(tight.len())..], tight))
    } else {
        super::word::decline(input)
    }
}

/// Cuts a symbol where a spaced joint leads to a common word (`5347/QĐ-UBND - Kế hoạch`).
fn shortened(symbol: &str) -> &str {
    for (at, _) in symbol.match_indices(['-', '/']) {
        let spaced = symbol[..at].ends_with(' ') || symbol[at + 1..].starts_with(' ');
        let next = symbol[at + 1..].trim_start();
        let word = next.split(|c: char| !c.is_alphanumeric() && c != '&').next().unwrap_or("");
        if spaced && (symbol[..at].ends_with(' ') || word.chars().any(char::is_lowercase) && !is_type_code(word)) {
            return symbol[..at].trim_end();
        }
    }
    symbol
}

/// Reads `số 18` where a day or an issuer follows.
fn plain_number(input: &str) -> Read<'_, &str> {
    let (rest, number) = take_while_m_n(1, 5, |c: char| c.is_ascii_digit()).parse(input)?;
    let behind = rest.trim_start();
    let goes_on = !rest.starts_with(in_word) && preceded(phrase("ngày"), space1).parse(behind).is_ok();
    if goes_on { Ok((rest, number)) } else { super::word::decline(input) }
}

/// Reads a number whose symbol alone tells that it is one: it opens with a known type code.
fn bare_symbol(input: &str) -> Read<'_, &str> {
    if !input.starts_with(|c: char| c.is_ascii_digit()) {
        return super::word::decline(input);
    }
    verify(symbol, |s: &str| super::symbol::holds_type_code(s)).parse(input)
}

/// Reads `ngày 24/12/2021`, `(ngày …)`, `năm 2021` and `của …`, in either order.
fn day_and_issuer(input: &str) -> Read<'_, (Option<Date>, Option<&str>)> {
    let mut rest = input;
    let (mut date, mut issuer, mut dated) = (None, None, false);
    loop {
        let next = rest.trim_start().trim_start_matches(',').trim_start();
        if !dated && let Ok((behind, found)) = alt((map(issue_day, Some), value(None, issue_year))).parse(next) {
            (date, dated, rest) = (found, true, behind);
        } else if issuer.is_none()
            && let Ok((behind, found)) = preceded((phrase("của"), space1), body).parse(rest.trim_start())
        {
            (issuer, rest) = (Some(found), behind);
        } else {
            return Ok((rest, (date, issuer)));
        }
    }
}

fn issue_day(input: &str) -> Read<'_, Date> {
    // the word is part of what `day` reads; figures alone are something else
    preceded(peek(phrase("ngày")), day).parse(input)
}

/// Reads `năm 2021`, and a blank day (`ngày …/12/2022`, `ngày … tháng … năm 2022`).
fn issue_year(input: &str) -> Read<'_, ()> {
    let figures = || take_while(|c: char| matches!(c, '…' | '.' | '/') || c.is_ascii_digit());
    let blank = verify(figures(), |s: &str| s.contains(['…', '.']));
    let long = (space1, phrase("tháng"), space1, figures(), opt((space1, phrase("năm"), space1, figures())));
    let blank_day = (phrase("ngày"), space1, blank, opt(long));
    alt((value((), blank_day), value((), (phrase("năm"), space1, year)))).parse(input)
}

/// Gives the numbers of a list the day and issuer that stand behind its last.
fn share(text: &str, found: &mut [Citation]) {
    for at in (1..found.len()).rev() {
        let (front, back) = found.split_at_mut(at);
        let (Some(one), Some(next)) = (front.last_mut(), back.first()) else { continue };
        let between = text.get(one.end as usize..next.start as usize).unwrap_or("").trim();
        let listed = matches!(between, "," | "và" | ";" | ", và");
        if !listed || one.kind.to_lowercase() != next.kind.to_lowercase() {
            continue;
        }
        if one.issuer.is_none() {
            one.issuer.clone_from(&next.issuer);
        }
        let fits = next.date.is_some_and(|date| one.number_year().is_none_or(|year| year == date.year()));
        if one.date.is_none() && fits {
            one.date = next.date;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brief(text: &str) -> Vec<String> {
        let show = |c: &Citation| {
            let date = c.date.map(Date::iso).unwrap_or_default();
            let name = c.name.clone().or(c.number.clone()).unwrap_or_default();
            format!("{}|{name}|{date}|{}", c.kind, c.issuer.as_deref().unwrap_or(""))
        };
        Citation::find(text).iter().map(show).collect()
    }

    #[test]
    fn type_number_day_and_issuer_are_found_in_text() {
        let text = "Sửa đổi Quyết định số 24/2018/QĐ-UBND ngày 27/7/2018 của UBND tỉnh ban hành Quy định";
        assert_eq!(brief(text), ["Quyết định|24/2018/QĐ-UBND|2018-07-27|UBND tỉnh"]);
        let found = &Citation::find(text)[0];
        assert_eq!(&text[found.range()], "Quyết định số 24/2018/QĐ-UBND ngày 27/7/2018 của UBND tỉnh");
        assert_eq!(brief("Nghị quyết số 02/NQ-CP của Chính phủ ngày 01/01/2021 về"), ["Nghị quyết|02/NQ-CP|2021-01-01|Chính phủ"]);
        assert_eq!(
            brief("Nghị quyết số 06- NQ/TU ngày 10/11/2021 của Ban Thường vụ Tỉnh ủy về"),
            ["Nghị quyết|06- NQ/TU|2021-11-10|Ban Thường vụ Tỉnh ủy"]
        );
        assert_eq!(
            brief("Kế hoạch hành động số 22/KH/TU ngày 24 tháng 7 năm 2021 của Ban Chấp hành Đảng bộ tỉnh"),
            ["Kế hoạch hành động|22/KH/TU|2021-07-24|Ban Chấp hành Đảng bộ tỉnh"]
        );
    }

    #[test]
    fn elided_lists_share_type_day_and_issuer() {
        let day = "2014-09-26|UBND tỉnh";
        let text = "(thay thế Quyết định số 3161/2014/QĐ-UBND và Quyết định số 3162/2014/QĐ-UBND ngày 26/9/2014 của UBND tỉnh)";
        assert_eq!(brief(text), [format!("Quyết định|3161/2014/QĐ-UBND|{day}"), format!("Quyết định|3162/2014/QĐ-UBND|{day}")]);
        let text = "các Quyết định của UBND tỉnh số: 2235/2017/QĐUBND ngày 28/6/2017 về Quy chế bổ nhiệm; 1941/2017/QĐUBND ngày 07/6/2017 về Quy chế";
        assert_eq!(
            brief(text),
            ["Quyết định|2235/2017/QĐUBND|2017-06-28|UBND tỉnh".to_owned(), "Quyết định|1941/2017/QĐUBND|2017-06-07|UBND tỉnh".to_owned()]
        );
    }

    #[test]
    fn a_law_is_cited_by_name() {
        assert_eq!(
            brief("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;"),
            ["Luật|Tổ chức chính quyền địa phương|2015-06-19|"]
        );
        assert_eq!(brief("theo quy định của các Luật, Pháp lệnh"), Vec::<String>::new());
        assert_eq!(brief("kế hoạch năm 2022, tỷ lệ 5/10, tháng 3/2022, mức độ 3/4"), Vec::<String>::new());
    }

    #[test]
    fn a_year_in_the_number_must_be_the_year_of_the_day() {
        let contradicts = |text: &str| Citation::find(text)[0].year_contradicts_date();
        assert!(contradicts("Nghị định số 120/2020/NĐ-CP ngày 07/10/2010 của Chính phủ"));
        assert!(!contradicts("Nghị định số 120/2020/NĐ-CP ngày 07/10/2020 của Chính phủ"));
        assert!(!contradicts("Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ"));
    }
}
