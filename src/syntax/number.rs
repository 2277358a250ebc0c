//! The numbers of headings: I, 01, 1.1, and the ways in which documents write them.

use std::borrow::Cow;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::{digit1, space1};
use nom::combinator::{map, opt, recognize, verify};
use nom::sequence::{preceded, terminated};

use super::expected::{Wants, decline};
use super::heading::{Piece, Read, Style, word};
use crate::base::toneless;

/// I, II, III …; in dress also `1` and `thứ nhất`.
pub(super) fn roman_number<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| {
        let letters = |i: &'t str| -> Read<'t, &'t str> { take_while1(|c: char| c.is_alphanumeric()).parse(i) };
        let strict = verify(letters, |word: &str| roman_value(word).is_some());
        let mut strict = map(strict, |word: &str| Piece::Number(Cow::Borrowed(word), word));
        if style == Style::Strict {
            return strict.parse(i);
        }
        let mut numbered = preceded(opt(number_word), letters).map(|word: &str| (word, word));
        let (left, (word, whole)) = match ordinal(i) {
            Ok((left, (value, whole))) => return Ok((left, Piece::Number(Cow::Owned(roman(value)), whole))),
            Err(_) => numbered.parse(i)?,
        };
        let value = roman_value(&word.to_uppercase()).or_else(|| word.parse().ok()).filter(|value| (1..100).contains(value));
        match value {
            Some(value) => Ok((left, Piece::Number(Cow::Owned(roman(value)), whole))),
            None => decline(&i, Wants::ROMAN),
        }
    }
}

/// 01; in dress also `số 01` and `I`.
pub(super) fn appendix_number<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| {
        let mut strict = map(terminated(digit1, not_word), |word: &str| Piece::Number(Cow::Borrowed(word), word));
        if style == Style::Strict {
            return strict.parse(i);
        }
        let letters = |i: &'t str| -> Read<'t, &'t str> { take_while1(|c: char| c.is_ascii_uppercase()).parse(i) };
        let as_roman = verify(letters, |word: &str| roman_value(word).is_some());
        let mut as_roman =
            map(terminated(as_roman, not_word), |word: &str| Piece::Number(Cow::Owned(roman_value(word).unwrap_or(0).to_string()), word));
        preceded(opt(number_word), alt((|i| strict.parse(i), |i| as_roman.parse(i)))).parse(i)
    }
}

/// 2; in dress also `số 2`.
pub(super) fn number<'t>(style: Style) -> impl FnMut(&'t str) -> Read<'t, Piece<'t>> {
    move |i| {
        let plain = map(terminated(digit1, not_word), |word: &str| Piece::Number(Cow::Borrowed(word), word));
        match style {
            Style::Strict => { plain }.parse(i),
            Style::Dress => preceded(opt(number_word), plain).parse(i),
        }
    }
}

/// 1, 1.1, 1.1.2.
pub(super) fn dotted_number(i: &str) -> Read<'_, Piece<'_>> {
    let end = i.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(i.len());
    let word = i[..end].trim_end_matches('.');
    let fits = !word.is_empty() && word.split('.').all(|part| !part.is_empty());
    let (left, ()) = not_word(&i[word.len()..])?;
    if fits { Ok((left, Piece::Number(Cow::Borrowed(word), word))) } else { decline(&i, Wants::DOTTED) }
}

pub(super) fn not_word(i: &str) -> Read<'_, ()> {
    if i.starts_with(char::is_alphanumeric) { decline(&i, Wants::NUMBER) } else { Ok((i, ())) }
}

fn number_word(i: &str) -> Read<'_, &str> {
    recognize((verify(word, |word: &str| matches!(toneless(word).as_str(), "so" | "thu")), space1)).parse(i)
}

/// `thứ nhất` to `thứ mười`.
fn ordinal(i: &str) -> Read<'_, (u32, &str)> {
    let (left, whole) = recognize((number_word, take_while1(char::is_alphabetic))).parse(i)?;
    let names = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let last = whole.rsplit(' ').next().unwrap_or("").to_lowercase();
    match names.iter().position(|name| *name == last) {
        Some(at) => Ok((left, (u32::try_from(at).unwrap_or(0) + 1, whole))),
        None => decline(&i, Wants::ROMAN),
    }
}

const ROMAN: [(u32, &str); 9] = [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];

fn roman(mut value: u32) -> String {
    let mut out = String::new();
    for (worth, letters) in ROMAN {
        while value >= worth {
            out.push_str(letters);
            value -= worth;
        }
    }
    out
}

/// Returns the value of a Roman number in capitals, at most 399.
fn roman_value(word: &str) -> Option<u32> {
    let mut left = word;
    let mut value = 0;
    for (worth, letters) in ROMAN {
        while let Some(behind) = left.strip_prefix(letters) {
            left = behind;
            value += worth;
            if value > 399 {
                return None;
            }
        }
    }
    (left.is_empty() && value > 0 && roman(value) == word).then_some(value)
}
