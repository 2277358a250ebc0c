//! Lines: the text cut at its line ends, each line classified by its first words. Total: every text has lines, and their bytes are the text.

use std::borrow::Cow;

use nom::branch::alt;
use nom::character::complete::{anychar, char, one_of};
use nom::combinator::{eof, peek, value, verify};
use nom::sequence::terminated;
use nom::{IResult, Parser};
use serde::Serialize;

use super::ast::{Keyword, Label};
use super::expected::Expected;
use super::heading::{Style, is_evident, read};
use super::keywords::{Body, Scope};
use super::labels::{Found, find, unmarked};
use super::near::near_heading;
use crate::base::{Span, clean, is_blank, toneless};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LineKind {
    /// Nothing but blanks.
    Blank,
    /// `# …`.
    Comment,
    /// Opens with a heading.
    Heading(Keyword),
    /// Opens with a label and a colon.
    Label(Label),
    /// Opens with a bullet; the level is 1, or 2 for `+`.
    Item(u8),
    /// Anything else.
    Text,
}

/// One line of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// All its bytes, the line end too. The spans of all lines, in order, cover the text.
    pub span: Span,
    /// Bytes of blanks in front of the text.
    lead: u16,
    /// Label, item, text: bytes from the text's begin to what stands behind label, bullet or `\`.
    /// Heading: how many bytes of the cleaned line are the keyword.
    rest: u8,
    flags: u8,
    /// Bytes of blanks and line end behind the text.
    trail: u16,
    /// What it is.
    pub kind: LineKind,
}

const PLAIN: u8 = 1;
const NEAR: u8 = 2;
const FOREIGN: u8 = 4;
const PROSE: u8 = 8;
const UNMARKED: u8 = 16;

impl Line {
    /// Returns the bytes without blanks and line end.
    pub fn text(self) -> Span {
        let start = self.span.start + u32::from(self.lead);
        Span { start, end: (self.span.end - u32::from(self.trail)).max(start) }
    }

    /// Says whether cleaning changes nothing in it.
    pub(super) fn is_plain(self) -> bool {
        self.flags & PLAIN != 0
    }

    /// Says whether its heading or label is read as meant, not as written.
    pub(super) fn is_near(self) -> bool {
        self.flags & NEAR != 0
    }

    /// Says whether its label belongs to other blocks.
    pub(super) fn is_foreign(self) -> bool {
        self.flags & FOREIGN != 0
    }

    /// Says whether its words open like a label that lacks its colon, or that the block does not have.
    pub(super) fn is_unmarked(self) -> bool {
        self.flags & UNMARKED != 0
    }

    /// Says whether it stands in a PHẦN.
    pub(super) fn is_in_prose(self) -> bool {
        self.flags & PROSE != 0
    }

    /// Returns how many bytes of the cleaned line are the keyword of its heading.
    pub(super) fn keyword_len(self) -> usize {
        usize::from(self.rest)
    }

    /// Returns the bytes of the label's words and colon.
    pub(super) fn label(self) -> Span {
        let start = self.text().start;
        Span { start, end: start + u32::from(self.rest) }
    }

    /// Returns the bytes behind label, bullet or `\`.
    pub(super) fn value(self) -> Span {
        let text = self.text();
        Span { start: (text.start + u32::from(self.rest)).min(text.end), end: text.end }
    }
}

/// What stands above a line, as far as it decides what the line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Above {
    pub(super) scope: Scope,
    pub(super) block: Option<Keyword>,
}

impl Above {
    fn in_prose(self) -> bool {
        self.block.is_some_and(|block| block.body() == Body::Prose)
    }

    fn counts(self, keyword: Keyword) -> bool {
        !keyword.is_of_registry() || matches!(self.scope, Scope::Registry | Scope::Nothing)
    }
}

/// Cuts `text` into lines.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len() / 56 + 8);
    let mut above = Above::default();
    let mut start = 0;
    let mut odd = first_odd(bytes, 0);
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        if odd < start {
            odd = first_odd(bytes, start);
        }
        let line = line(text, Span::new(start, end), odd >= end, &mut above);
        out.push(line);
        start = end;
    }
    out
}

/// Says what kind of line the cleaned `text` would be as a line of a block.
pub(super) fn kind_of(text: &str, scope: Scope, block: Option<Keyword>) -> LineKind {
    let mut above = Above { scope, block };
    line(text, Span::new(0, text.len()), false, &mut above).kind
}

fn line(source: &str, span: Span, plain: bool, above: &mut Above) -> Line {
    let raw = &source[span.range()];
    let (text, cleaned) = if plain {
        let text = trim_ascii(raw);
        (text, Cow::Borrowed(text))
    } else {
        let text = raw.trim_matches(is_blank);
        (text, clean(text))
    };
    let lead = if text.is_empty() { 0 } else { text.as_ptr() as usize - raw.as_ptr() as usize };
    let trail = raw.len() - lead - text.len();
    let is_same = plain || (matches!(cleaned, Cow::Borrowed(_)) && cleaned.len() == text.len());
    let (kind, rest, flags) = classify(text, &cleaned, plain, *above);
    let flags = flags | if above.in_prose() { PROSE } else { 0 } | if is_same { PLAIN } else { 0 };
    let (Ok(lead), Ok(trail), Ok(rest)) = (u16::try_from(lead), u16::try_from(trail), u8::try_from(rest)) else {
        // blanks by the page around it: the line keeps them as text, and loses what its first words might have said
        let kind = if text.is_empty() { LineKind::Blank } else { LineKind::Text };
        return Line { span, lead: 0, rest: 0, trail: 0, flags: flags & PROSE, kind };
    };
    if let LineKind::Heading(keyword) = kind
        && opens(keyword, &cleaned[usize::from(rest)..], *above)
    {
        above.scope = Scope::opened_by(keyword).unwrap_or(above.scope);
        above.block = Some(keyword);
    }
    Line { span, lead, rest, trail, flags, kind }
}

/// A heading that does not fit does not end the prose around it, nor open a registry or plan.
fn opens(keyword: Keyword, rest: &str, above: Above) -> bool {
    let in_prose = above.in_prose();
    // codes may stand on the lines below
    let goes_on = matches!(rest.trim(), "" | ":") || rest.ends_with(" THÀNH") || rest.ends_with(" CÙNG");
    if (goes_on && keyword.takes_list()) || (!in_prose && Scope::opened_by(keyword).is_none()) {
        return true;
    }
    let reading = read(keyword, Style::Strict, rest).or_else(|_| read(keyword, Style::Dress, rest));
    reading.is_ok_and(|reading| !in_prose || reading.piece.references().iter().all(|one| is_evident(one.code)))
}

fn trim_ascii(raw: &str) -> &str {
    let end = raw.strip_suffix('\n').unwrap_or(raw);
    trim_spaces(end.strip_suffix('\r').unwrap_or(end))
}

/// Returns `text` without spaces around it.
pub(super) fn trim_spaces(text: &str) -> &str {
    let bytes = text.as_bytes();
    let Some(start) = bytes.iter().position(|b| *b != b' ') else { return &text[..0] };
    let end = bytes.iter().rposition(|b| *b != b' ').map_or(start, |at| at + 1);
    &text[start..end]
}

/// Returns the kind, where the rest begins (see [`Line`]), and flags. `raw` is the line without blanks around, `text` the same cleaned, `plain` that they are the same.
fn classify(raw: &str, text: &str, plain: bool, above: Above) -> (LineKind, usize, u8) {
    let Some(first) = text.bytes().next() else { return (LineKind::Blank, 0, 0) };
    if first == b'#' {
        return (LineKind::Comment, 0, 0);
    }
    if first == b'\\' {
        let behind = raw.find('\\').map_or(0, |at| at + 1);
        let kind = if raw[behind..].chars().all(is_blank) { LineKind::Blank } else { LineKind::Text };
        return (kind, behind, 0);
    }
    // a bullet is no letter of the Latin blocks: most lines need not be tried
    if (!first.is_ascii_alphanumeric() && !matches!(first, 0xc3..=0xc6 | 0xe1))
        && let Ok((_, level)) = bullet(text)
    {
        let behind = raw.chars().next().map_or(0, char::len_utf8);
        return (LineKind::Item(level), behind, 0);
    }
    if let Some(keyword) = Keyword::opening(text)
        && above.counts(keyword)
        && !is_label_in_capitals(text, keyword, above)
    {
        return match longer_heading(text, keyword) {
            Some((longer, words)) => (LineKind::Heading(longer), words, NEAR),
            None => (LineKind::Heading(keyword), keyword.text().len(), 0),
        };
    }
    if let Some((label, behind, flags)) = label(raw, plain, above) {
        if flags == 0 {
            return (LineKind::Label(label), behind, 0);
        }
        if let Some((keyword, words)) = near_heading(text, above.scope, above.in_prose()) {
            return (LineKind::Heading(keyword), words, NEAR);
        }
        return (LineKind::Label(label), behind, flags);
    }
    if let Some((keyword, words)) = near_heading(text, above.scope, above.in_prose()) {
        return (LineKind::Heading(keyword), words, NEAR);
    }
    let is_unmarked = above.block.is_some_and(|block| block.body() == Body::Fields && unmarked(text, block).is_some());
    (LineKind::Text, 0, if is_unmarked { UNMARKED } else { 0 })
}

/// A bullet: `-`, `•` or `*` (level 1), `+` (level 2), and a space. A dash that a letter follows at once is meant as one too.
fn bullet(i: &str) -> IResult<&str, u8, Expected> {
    let spaced = alt((value(1, one_of("-•*●▪")), value(2, char('+'))));
    let glued = alt((value(1, one_of("-•●▪")), value(2, char('+'))));
    alt((terminated(spaced, peek(alt((value((), char(' ')), value((), eof))))), terminated(glued, peek(value((), letter))))).parse(i)
}

fn letter(i: &str) -> IResult<&str, char, Expected> {
    verify(anychar, |c: &char| c.is_alphabetic()).parse(i)
}

/// `KẾ THỪA chỉ tiêu hai-long` means the heading for targets, not the one for tasks.
fn longer_heading(text: &str, keyword: Keyword) -> Option<(Keyword, usize)> {
    let longer = keyword.for_targets()?;
    let behind = text[keyword.text().len()..].strip_prefix(' ')?;
    let end = behind.match_indices(' ').nth(1).map_or(behind.len(), |(at, _)| at);
    (toneless(&behind[..end]) == "chi tieu").then(|| (longer, keyword.text().len() + 1 + end))
}

/// `CHỈ TIÊU:` in a task is its label in capitals, not the heading without its code.
fn is_label_in_capitals(text: &str, keyword: Keyword, above: Above) -> bool {
    let behind = text[keyword.text().len()..].trim_start();
    let Some(block) = above.block else { return false };
    behind.starts_with(':') && matches!(find(keyword.text(), block), Found::Own(_))
}

/// Returns the label, the byte of `raw` behind its colon, and flags.
fn label(raw: &str, plain: bool, above: Above) -> Option<(Label, usize, u8)> {
    const REACH: usize = 200;
    let block = above.block?;
    let reach = raw.len().min(REACH);
    let colon = memchr::memchr(b':', &raw.as_bytes()[..reach])?;
    let words = if plain { Cow::Borrowed(trim_spaces(&raw[..colon])) } else { clean(&raw[..colon]) };
    match find(&words, block) {
        Found::Own(label) => Some((label, colon + 1, 0)),
        Found::Near(label) => Some((label, colon + 1, NEAR)),
        Found::Foreign(label) => Some((label, colon + 1, FOREIGN)),
        Found::None => None,
    }
}

/// Returns the first byte from `from` on that cleaning may change, or the length of the text; it may name one too many, never one too
/// few. Most of the text passes in blocks, by a test that the compiler does for many bytes at once.
fn first_odd(bytes: &[u8], from: usize) -> usize {
    const BLOCK: usize = 256;
    let mut at = from;
    while at < bytes.len() {
        if let Some(block) = bytes[at..].first_chunk::<{ BLOCK + 1 }>() {
            let mut any = 0;
            for here in 0..BLOCK {
                any |= odd(block[here], block[here + 1]);
            }
            if any == 0 {
                at += BLOCK;
                continue;
            }
        }
        let end = bytes.len().min(at + BLOCK);
        while at < end {
            let next = bytes.get(at + 1).copied().unwrap_or(b'\n');
            if odd(bytes[at], next) != 0 && (bytes[at], next) != (b'\r', b'\n') {
                return at;
            }
            at += 1;
        }
    }
    bytes.len()
}

/// Says, as 0 or not 0, whether the two bytes may begin something that cleaning changes: control characters (but a line end), two spaces,
/// NBSP and its block (0xc2), marks and everything beyond the Latin blocks (from 0xcc), of the block that 0xe1 leads all but U+1E00 to U+1EFF.
#[inline]
fn odd(a: u8, b: u8) -> u8 {
    let mask = |is: bool| 0u8.wrapping_sub(u8::from(is));
    // control characters move behind the letters, so that one comparison finds them and the leads from 0xcc
    let beyond = mask(a.wrapping_sub(0x20) >= 0xcc - 0x20) & !mask(a == 0xe1) & !mask(a == b'\n');
    let spaces = mask(a | b == b' ');
    let not_vietnamese = mask(a == 0xe1) & ((b & 0xfc) ^ 0xb8);
    beyond | mask(a == 0xc2) | spaces | not_vietnamese
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<LineKind> {
        lines(text).into_iter().map(|line| line.kind).collect()
    }

    #[test]
    fn lines_cover_the_text() {
        let text = "\u{feff}KẾ HOẠCH A-1: x\r\n\n  - a\n\u{a0}\u{200b}\n+ b\rc\n\\# d";
        let joined: String = lines(text).iter().map(|line| &text[line.span.range()]).collect();
        assert_eq!(joined, text);
    }

    #[test]
    fn a_line_is_what_its_first_words_say() {
        use LineKind::{Blank, Comment, Heading, Item, Label as Labelled, Text};
        assert_eq!(
            kinds("NHIỆM VỤ A-1: x\n\n# c\n  Sản phẩm : y\n– a\n+ b\n-b\n-5%\n\\Sản phẩm: z\nxyz\n"),
            [Heading(Keyword::Task), Blank, Comment, Labelled(Label::Products), Item(1), Item(2), Item(1), Text, Text, Text]
        );
    }

    #[test]
    fn registry_headings_count_only_below_danh_ba() {
        use LineKind::{Heading, Text};
        assert_eq!(kinds("KẾ HOẠCH A-1: x\nNGÀNH y tế"), [Heading(Keyword::Plan), Text]);
        assert_eq!(kinds("DANH BẠ A-1: x\nNGÀNH y tế"), [Heading(Keyword::Registry), Heading(Keyword::Sector)]);
    }
}
