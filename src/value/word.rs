//! Words: the small parsers that every grammar of this room is made of.
//!
//! All of them take cleaned text, match without regard to case and only whole words. Grammars look for their forms at each start of a
//! word, so that words which they do not know stand in nobody's way.

use std::ops::Range;

use nom::bytes::complete::take_while_m_n;
use nom::combinator::{map_opt, not, peek};
use nom::error::{Error, ErrorKind};
use nom::sequence::terminated;
use nom::{Err, IResult, Parser};

use crate::base::Year;
pub(super) use crate::base::{in_word, lower_letter as lower};

/// What a parser of this room returns.
pub(super) type Read<'a, T> = IResult<&'a str, T>;

/// Declines.
pub(super) fn decline<T>(input: &str) -> Read<'_, T> {
    Err(Err::Error(Error::new(input, ErrorKind::Tag)))
}

/// Reads spaces, or nothing.
pub(super) fn space0(input: &str) -> Read<'_, &str> {
    let rest = input.trim_start_matches(' ');
    Ok((rest, &input[..taken(input, rest)]))
}

/// Reads at least one space.
pub(super) fn space1(input: &str) -> Read<'_, &str> {
    if input.starts_with(' ') { space0(input) } else { decline(input) }
}

/// Reads `words` (given in lower case, single spaces) as whole words.
pub(super) fn phrase<'a>(words: &'static str) -> impl Fn(&'a str) -> Read<'a, &'a str> + Copy {
    move |input: &'a str| {
        let mut rest = input;
        for wanted in words.chars() {
            let mut chars = rest.chars();
            match chars.next() {
                Some(' ') if wanted == ' ' => rest = chars.as_str().trim_start_matches(' '),
                Some(found) if lower(found) == wanted => rest = chars.as_str(),
                _ => return decline(input),
            }
        }
        let cut_word = words.ends_with(in_word) && rest.starts_with(in_word);
        if cut_word { decline(input) } else { Ok((rest, &input[..input.len() - rest.len()])) }
    }
}

/// Reads the first of `list` that fits: put the longer phrase first.
pub(super) fn any_of<'a>(list: &'static [&'static str]) -> impl Fn(&'a str) -> Read<'a, &'a str> + Copy {
    move |input: &'a str| list.iter().find_map(|words| phrase(words)(input).ok()).map_or_else(|| decline(input), Ok)
}

/// Reads any number of the phrases of `list`, with spaces and commas between and behind them.
pub(super) fn skip<'a>(list: &'static [&'static str]) -> impl Fn(&'a str) -> Read<'a, ()> + Copy {
    move |input: &'a str| {
        let mut rest = input;
        while let Ok((behind, _)) = any_of(list)(rest) {
            rest = behind.trim_start_matches([' ', ',']);
        }
        Ok((rest, ()))
    }
}

/// Reads a whole number of `min` to `max` digits that no digit follows.
pub(super) fn number<'a>(min: usize, max: usize) -> impl Parser<&'a str, Output = u16, Error = Error<&'a str>> {
    let digits = take_while_m_n(min, max, |c: char| c.is_ascii_digit());
    terminated(map_opt(digits, |d: &str| d.parse().ok()), not(peek(take_while_m_n(1, 1, |c: char| c.is_ascii_digit()))))
}

/// Reads a year of four digits, 1900 to 2199, that no letter or digit follows.
pub(super) fn year(input: &str) -> Read<'_, Year> {
    let (rest, year) = map_opt(number(4, 4), |n| Year::try_from(n).ok().filter(|y| (1900..2200).contains(y))).parse(input)?;
    if rest.starts_with(in_word) { decline(input) } else { Ok((rest, year)) }
}

/// Reads one of `marks` with spaces around it.
pub(super) fn mark<'a>(marks: &'static [char]) -> impl Fn(&'a str) -> Read<'a, char> + Copy {
    move |input: &'a str| {
        let (rest, _) = space0(input)?;
        match rest.chars().next().filter(|c| marks.contains(c)) {
            Some(c) => Ok((rest[c.len_utf8()..].trim_start_matches(' '), c)),
            None => decline(input),
        }
    }
}

/// Returns how many bytes of `text` a parser took that left `rest`.
pub(super) fn taken(text: &str, rest: &str) -> usize {
    text.len() - rest.len()
}

/// Returns what stands in round brackets of the outermost depth, brackets included, in order. One that is never closed runs to the end.
pub(super) fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            b')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    out.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        out.push(start..text.len());
    }
    out
}

/// Says whether a byte lies in one of the ranges.
pub(super) fn inside(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.iter().any(|r| r.contains(&at))
}

/// Returns the first place behind `from` where one of `list` stands as whole words, with its range.
pub(super) fn find(text: &str, list: &'static [&'static str]) -> Option<Range<usize>> {
    crate::base::words(text).into_iter().find_map(|word| {
        let (rest, _) = any_of(list)(&text[word.start..]).ok()?;
        Some(word.start..taken(text, rest))
    })
}

/// Returns `text` without spaces and separators at either end.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', ';', ','])
}

/// Returns `text` without spaces, separators and stops at either end.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches([' ', ';', ',', '.', ':'])
}

/// Returns `text` up to the first separator outside brackets.
pub(super) fn up_to<'a>(text: &'a str, separators: &[char]) -> &'a str {
    let closed = brackets(text);
    let end = text.char_indices().find(|(at, c)| separators.contains(c) && !inside(&closed, *at)).map_or(text.len(), |(at, _)| at);
    text[..end].trim_end()
}
