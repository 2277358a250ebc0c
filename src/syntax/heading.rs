//! The grammar of a heading line behind its keyword: argument and title.
//!
//! Read strictly first. Where that fails, in the dress that documents wear: `TC-08 – …` for `TC-08: …`, `số 01` for `01`,
//! `TC-09 và TTHC-01` for `TC-09, TTHC-01`; then the caller reports it with the line as it should be.

use std::borrow::Cow;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_till, take_while1};
use nom::character::complete::{char, digit1, one_of, space0, space1};
use nom::combinator::{eof, map, opt, recognize, rest, success, verify};
use nom::multi::separated_list1;
use nom::sequence::{delimited, preceded, terminated};
use nom::{Err, IResult, Parser};

use super::ast::Keyword;
use super::expected::{Expected, Wants, decline, expected};
use super::keywords::Shape;
use super::number::{appendix_number, dotted_number, not_word, number, roman_number};
use crate::base::toneless;

/// How a heading is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As the grammar says.
    Strict,
    /// As documents write it.
    Dress,
}

/// A code with its parts as slices of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reference<'t> {
    pub(super) plan: Option<&'t str>,
    pub(super) code: &'t str,
    pub(super) bracket: Option<&'t str>,
    pub(super) whole: &'t str,
}

/// What stands behind the keyword, as slices of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    None,
    Code(Reference<'t>),
    Codes(Vec<Reference<'t>>),
    Together(Vec<Reference<'t>>),
    Split(Reference<'t>, Vec<Reference<'t>>),
    Merge(Vec<Reference<'t>>, Reference<'t>),
    /// The number as it should be written, and as it is.
    Number(Cow<'t, str>, &'t str),
    Name(&'t str),
    Move(&'t str, &'t str, Vec<Reference<'t>>),
    Accept(&'t str, &'t str),
}

impl<'t> Piece<'t> {
    /// Returns all codes in it.
    pub(super) fn references(&self) -> Vec<&Reference<'t>> {
        match self {
            Self::Code(one) => vec![one],
            Self::Codes(all) | Self::Together(all) | Self::Move(_, _, all) => all.iter().collect(),
            Self::Split(one, all) | Self::Merge(all, one) => std::iter::once(one).chain(all).collect(),
            Self::None | Self::Number(..) | Self::Name(_) | Self::Accept(..) => Vec::new(),
        }
    }
}

/// A heading line behind its keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading<'t> {
    pub(super) piece: Piece<'t>,
    /// Bytes up to the end of the argument.
    pub(super) end: usize,
    /// What stands between argument and title: a colon, unless the line is in dress.
    pub(super) mark: &'t str,
    /// Behind the colon; empty where nothing follows; `None` without a colon.
    pub(super) title: Option<&'t str>,
}

pub(super) type Read<'t, T> = IResult<&'t str, T, Expected>;

/// Reads `line`, the cleaned text behind the keyword.
pub(super) fn read(keyword: Keyword, style: Style, line: &str) -> Result<Reading<'_>, Expected> {
    let parsed = (argument(keyword, style), heading_end(style, keyword)).parse(line);
    match parsed {
        // only a space between code and title: both must leave no doubt
        Ok((_, (piece, (left, " ", title)))) if !(is_certain(&piece) && opens_with_word(title)) => {
            Err(Expected { left, wants: Wants::COLON, heading: None })
        }
        Ok((_, (piece, (left, mark, title)))) => Ok(Reading { piece, end: line.len() - left, mark, title }),
        Err(Err::Error(e) | Err::Failure(e)) => Err(e),
        Err(Err::Incomplete(_)) => Err(Expected { left: line.len(), wants: Wants::default(), heading: None }),
    }
}

fn is_certain(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Code(code) if code.code.contains(|c: char| c.is_numeric()))
}

fn opens_with_word(title: Option<&str>) -> bool {
    title.is_some_and(|title| title.starts_with(char::is_alphabetic) && !title.split(' ').next().is_some_and(|word| word.ends_with(':')))
}

/// Says whether `line` holds codes and nothing else: a code list may run over lines.
pub(super) fn is_code_list(line: &str) -> bool {
    let trimmed = line.trim_start_matches([',', ';', ' ']).trim_end_matches([',', ';', ' ']);
    let list = separated_list1(separator(Style::Dress), alt((connector_word, recognize(bracketed_code))));
    let parsed = terminated(list, eof).parse(trimmed);
    parsed.is_ok_and(|(_, words): (&str, Vec<&str>)| words.iter().all(|word| is_connector(word) || is_evident(word)))
}

/// Says whether nobody would take the word for anything but a code: it holds a digit or a dash, or is in capitals.
pub(super) fn is_evident(code: &str) -> bool {
    code.contains(|c: char| c.is_numeric() || c == '-') || !code.contains(char::is_lowercase)
}

fn argument<'t>(keyword: Keyword, style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| match keyword.shape() {
        Shape::None => Ok((i, Piece::None)),
        Shape::Code => map(preceded(gap(style), expected(Wants::CODE, declared_code(style))), Piece::Code).parse(i),
        Shape::Reference => map(preceded(gap(style), expected(Wants::CODE, qualified_code)), Piece::Code).parse(i),
        Shape::References => map(preceded(gap(style), code_list(style)), Piece::Codes).parse(i),
        Shape::Together => preceded(gap(style), together(style)).parse(i),
        Shape::Split => preceded(gap(style), split(style)).parse(i),
        Shape::Merge => preceded(gap(style), merge(style)).parse(i),
        Shape::Name => preceded(gap(style), expected(Wants::NAME, name)).parse(i),
        Shape::Move => preceded(gap(style), move_level(style)).parse(i),
        Shape::Roman => preceded(gap(style), expected(Wants::ROMAN, roman_number(style))).parse(i),
        Shape::NumberOrNone => alt((preceded(space1, appendix_number(style)), success(Piece::Number(Cow::Borrowed(""), "")))).parse(i),
        Shape::Number => preceded(gap(style), expected(Wants::NUMBER, number(style))).parse(i),
        Shape::Dotted => preceded(gap(style), expected(Wants::DOTTED, dotted_number)).parse(i),
        Shape::Accept => preceded(gap(style), acceptance).parse(i),
    }
}

/// The space behind the keyword; in dress also a colon (`KẾ THỪA: TC-09`).
fn gap<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, &'t str> {
    move |i| match style {
        Style::Strict => alt((space1, eof)).parse(i),
        Style::Dress => recognize((space0, opt(char(':')), space0)).parse(i),
    }
}

/// The end of the argument: what is left there, the mark, the title.
fn heading_end<'t>(style: Style, keyword: Keyword) -> impl FnMut(&'t str) -> Read<'t, (usize, &'t str, Option<&'t str>)> {
    move |i: &'t str| {
        let at = i.len();
        let wants = match keyword.shape() {
            Shape::Accept => Wants::END,
            Shape::Move => Wants::CODES,
            _ => Wants::COLON,
        };
        let strict = alt((
            map(recognize((space0, eof)), |_| ("", None)),
            map((recognize((space0, char(':'))), preceded(space0, rest)), |(mark, title): (&str, &str)| (mark, Some(title.trim_end()))),
        ));
        if style == Style::Strict {
            return map(expected(wants, strict), |(mark, title)| (at, mark, title)).parse(i);
        }
        let dressed = map((end_mark, preceded(space0, rest)), |(mark, title): (&str, &str)| (mark, Some(title.trim_end())));
        map(expected(wants, alt((strict, dressed))), |(mark, title)| (at, mark, title)).parse(i)
    }
}

/// What documents write between a number and its title: a dash, a full stop, a bracket, or only a space.
fn end_mark(i: &str) -> Read<'_, &str> {
    alt((tag(" - "), tag("- "), tag(" -"), tag(". "), tag(") "), tag(".)"), terminated(tag("."), eof), tag(" "))).parse(i)
}

/// Letters, digits, `.` and `-`, beginning with a letter or digit, not ending with `.` or `-`.
fn code(i: &str) -> Read<'_, &str> {
    let end = i.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(i.len());
    let word = i[..end].trim_end_matches(['.', '-']);
    if !word.starts_with(char::is_alphanumeric) {
        return decline(&i, Wants::CODE);
    }
    Ok((&i[word.len()..], word))
}

/// A code that this heading declares; in dress also with a spaced dash (`TC - 08`).
fn declared_code<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Reference<'t>> {
    move |i| {
        let plain = map(code, |code| Reference { plan: None, code, bracket: None, whole: code });
        if style == Style::Strict {
            return terminated(plain, not_qualified).parse(i);
        }
        let spaced = verify(recognize((code, tag(" - "), code)), |whole: &str| {
            whole.split(" - ").nth(1).is_some_and(|end| end.bytes().all(|b| b.is_ascii_digit()))
        });
        let spaced = map(spaced, |code| Reference { plan: None, code, bracket: None, whole: code });
        alt((terminated(spaced, peek_end), terminated(plain, not_qualified))).parse(i)
    }
}

fn not_qualified(i: &str) -> Read<'_, ()> {
    if i.starts_with('/') { decline(&i, Wants::COLON) } else { Ok((i, ())) }
}

fn peek_end(i: &str) -> Read<'_, ()> {
    if i.is_empty() || i.trim_start().starts_with(':') { Ok((i, ())) } else { decline(&i, Wants::COLON) }
}

/// A code, with its plan in front where two parents share it.
fn qualified_code(i: &str) -> Read<'_, Reference<'_>> {
    let (left, (plan, code)) = (opt(terminated(code, char('/'))), code).parse(i)?;
    Ok((left, Reference { plan, code, bracket: None, whole: &i[..i.len() - left.len()] }))
}

/// A code with a role in brackets behind it.
fn bracketed_code(i: &str) -> Read<'_, Reference<'_>> {
    let bracket = delimited((space0, char('('), space0), take_till(|c| c == ')'), char(')'));
    let (left, (one, bracket)) = (qualified_code, opt(bracket)).parse(i)?;
    Ok((left, Reference { bracket: bracket.map(str::trim_end), whole: &i[..i.len() - left.len()], ..one }))
}

/// A comma or semicolon; in dress also `và`, or only a space.
fn separator<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, &'t str> {
    move |i| {
        let mark = recognize((space0, one_of(",;"), space0));
        match style {
            Style::Strict => delimited(space0, recognize(one_of(",;")), space0).parse(i),
            Style::Dress => alt((
                recognize((mark, opt((and_word, space1)))),
                delimited(space1, and_word, space1),
                terminated(recognize(space1), not_connector),
            ))
            .parse(i),
        }
    }
}

fn and_word(i: &str) -> Read<'_, &str> {
    verify(word, |word: &str| matches!(toneless(word).as_str(), "va" | "&")).parse(i)
}

pub(super) fn word(i: &str) -> Read<'_, &str> {
    take_while1(|c: char| c != ' ').parse(i)
}

fn is_connector(word: &str) -> bool {
    matches!(toneless(word).as_str(), "thanh" | "cung" | "sang")
}

fn connector_word(i: &str) -> Read<'_, &str> {
    verify(word, is_connector).parse(i)
}

fn not_connector(i: &str) -> Read<'_, ()> {
    if connector_word(i).is_ok() || i.starts_with([':', '-', '(']) { decline(&i, Wants::CODES) } else { Ok((i, ())) }
}

/// A word that joins two sides (THÀNH, CÙNG, SANG); in dress in any letters.
fn connector<'t>(style: Style, word: &'static str) -> impl FnMut(&'t str) -> Read<'t, &'t str> {
    move |i| {
        let same = |found: &str| match style {
            Style::Strict => found == word,
            Style::Dress => toneless(found) == toneless(word),
        };
        delimited(space1, verify(self::word, same), alt((space1, eof))).parse(i)
    }
}

/// Codes; in strict reading a separator must be followed by a code. (`separated_list1` would stop before it and succeed.)
fn list_of<'t>(
    style: Style,
    mut one: impl FnMut(&'t str) -> Read<'t, Reference<'t>>,
) -> impl FnMut(&'t str) -> Read<'t, Vec<Reference<'t>>> {
    move |i| {
        let (mut i, first) = expected(Wants::CODES, &mut one)(i)?;
        let mut all = vec![first];
        loop {
            let Ok((behind, mark)) = separator(style)(i) else { return Ok((i, all)) };
            match (one(behind), style) {
                (Ok((left, next)), _) if style == Style::Strict || !mark.trim().is_empty() || is_evident(next.code) => {
                    all.push(next);
                    i = left;
                }
                // a comma at the end, or a space in front of a title
                (_, Style::Dress) if behind.is_empty() => return Ok((behind, all)),
                (_, Style::Dress) => return Ok((i, all)),
                (_, Style::Strict) => return Err(Err::Failure(Expected { left: behind.len(), wants: Wants::CODE, heading: None })),
            }
        }
    }
}

fn code_list<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Vec<Reference<'t>>> {
    list_of(style, qualified_code)
}

/// `a, b` or `a CÙNG b`.
fn together<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| {
        let (mut i, all) = code_list(style)(i)?;
        let [first] = all.as_slice() else { return Ok((i, Piece::Codes(all))) };
        let mut joined = vec![*first];
        while let Ok((behind, _)) = connector(style, "CÙNG")(i) {
            let (left, next) = expected(Wants::CODE, qualified_code)(behind)?;
            joined.push(next);
            i = left;
        }
        Ok((i, if joined.len() > 1 { Piece::Together(joined) } else { Piece::Codes(joined) }))
    }
}

/// `a THÀNH b, c`.
fn split<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| {
        let (i, from) = expected(Wants::CODE, qualified_code)(i)?;
        let (i, _) = expected(Wants::INTO, connector(style, "THÀNH"))(i)?;
        let (i, into) = list_of(style, declared_code(Style::Strict))(i)?;
        Ok((i, Piece::Split(from, into)))
    }
}

/// `a, b THÀNH c`.
fn merge<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| {
        let (i, from) = code_list(style)(i)?;
        let (i, _) = expected(Wants::INTO, connector(style, "THÀNH"))(i)?;
        let (i, into) = expected(Wants::CODE, declared_code(Style::Strict))(i)?;
        Ok((i, Piece::Merge(from, into)))
    }
}

/// A name, up to a colon.
fn name(i: &str) -> Read<'_, Piece<'_>> {
    let (_, found) = take_till(|c| c == ':').parse(i)?;
    let trimmed = found.trim_end();
    if trimmed.is_empty() { decline(&i, Wants::NAME) } else { Ok((&i[trimmed.len()..], Piece::Name(trimmed))) }
}

/// `huyện SANG xã: TTHC-01, TTHC-02 (phối hợp)`.
fn move_level<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| {
        let mut side = expected(Wants::LEVEL, level);
        let (i, from) = side(i)?;
        let (i, _) = expected(Wants::TO, connector(style, "SANG"))(i)?;
        let (i, to) = side(i)?;
        let (i, _) = expected(Wants::COLON, recognize((space0, char(':'), space0))).parse(i)?;
        let (i, tasks) = list_of(style, bracketed_code)(i)?;
        Ok((i, Piece::Move(from, to, tasks)))
    }
}

/// Words up to SANG or the colon.
fn level(i: &str) -> Read<'_, &str> {
    let end = i.find(':').unwrap_or(i.len());
    let head = &i[..end];
    let stop = head.split(' ').scan(0, |at, word| {
        let here = *at;
        *at += word.len() + 1;
        Some((here, word))
    });
    let stop = stop.skip(1).find(|(_, word)| toneless(word) == "sang").map_or(end, |(at, _)| at);
    let found = head[..stop].trim_end();
    if found.is_empty() || found.contains([',', ';']) { decline(&i, Wants::LEVEL) } else { Ok((&i[found.len()..], found)) }
}

/// `KH3005 TTHC-03`; the place may be left out (the plan).
fn acceptance(i: &str) -> Read<'_, Piece<'_>> {
    let finding = recognize((alt((tag("KH"), tag("kh"), tag("Kh"))), verify(digit1, |digits: &str| digits.len() == 4)));
    let (i, found) = expected(Wants::FINDING, terminated(finding, not_word))(i)?;
    let (_, (start, place)) = (space0, take_till(|c| c == ':')).parse(i)?;
    let place = place.trim_end();
    let end = if place.is_empty() { i } else { &i[start.len() + place.len()..] };
    Ok((end, Piece::Accept(found, place)))
}
