//! Lines of a text: cleaned of markdown and of what is left of HTML, and told apart.

use crate::base::composed;

/// A line, cleaned.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    /// Its number, from 1.
    pub(super) number: u32,
    /// What it is.
    pub(super) kind: Kind,
    /// Blanks in front of its text.
    pub(super) indent: usize,
    /// Its text: emphasis and tags gone, tabs kept, `<br>` as `\n`; a rule's strokes.
    pub(super) text: String,
    /// Whether all of it is bold, or italic.
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Level of a markdown heading; 0 for none.
    pub(super) heading: u8,
    /// Whether the line break behind it lies inside one emphasis: the paragraph goes on.
    pub(super) goes_on: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Empty,
    /// Nothing but blanks that somebody wrote: an empty cell, in some copies.
    Filler,
    /// `|` and nothing else.
    Bar,
    /// A drawn line (`-----`).
    Rule,
    /// Words.
    Text,
}

/// Returns the lines of a text.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for (number, raw) in (1..).zip(text.lines()) {
        out.push(line(number, raw));
    }
    let mut start = 0;
    while start < out.len() {
        let end = out[start..].iter().position(|line| line.kind != Kind::Text).map_or(out.len(), |at| start + at);
        emphasis(&mut out[start..end]);
        start = end.max(start + 1);
    }
    out
}

fn line(number: u32, raw: &str) -> Line {
    let raw = composed(raw.trim_start_matches('\u{feff}').trim_end_matches('\r'));
    let untagged = untag(&raw);
    let text: String = untagged.chars().filter(|c| !is_dropped(*c)).map(|c| if is_space(c) { ' ' } else { c }).collect();
    let trimmed = text.trim_matches([' ', '\u{c}']);
    let mut out = Line { number, kind: Kind::Text, indent: 0, text: String::new(), bold: false, italic: false, heading: 0, goes_on: false };
    let bare: String = trimmed.chars().filter(|c| !matches!(c, '*' | ' ')).collect();
    let only_marks = !bare.is_empty() && bare.chars().all(|c| c == '#');
    out.kind = if trimmed.is_empty() {
        if raw.trim_matches([' ', '\t', '\u{c}']).is_empty() { Kind::Empty } else { Kind::Filler }
    } else if bare.is_empty() || only_marks {
        Kind::Empty
    } else if bare == "|" {
        Kind::Bar
    } else if bare.chars().count() >= 3 && bare.chars().all(|c| matches!(c, '-' | '_' | '=' | '–' | '—' | '─' | '━' | '═')) {
        Kind::Rule
    } else {
        Kind::Text
    };
    if out.kind == Kind::Rule {
        trimmed.clone_into(&mut out.text);
    }
    if out.kind == Kind::Text {
        let marks = trimmed.bytes().take_while(|b| *b == b'#').count();
        let headed = (1..=6).contains(&marks) && trimmed[marks..].starts_with(' ');
        out.heading = if headed { u8::try_from(marks).unwrap_or(0) } else { 0 };
        out.indent = text.chars().take_while(|c| matches!(c, ' ' | '\u{c}')).count();
        trimmed[if headed { marks } else { 0 }..].trim_start_matches(' ').clone_into(&mut out.text);
    }
    out
}

fn is_dropped(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
}

fn is_space(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Tags that end a line of a cell; all other known ones are taken out.
const BREAKS: [&str; 6] = ["br", "li", "/p", "/div", "p", "/li"];
const TAGS: [&str; 34] = [
    "a", "abbr", "b", "br", "center", "code", "col", "colgroup", "div", "em", "font", "h1", "h2", "h3", "h4", "hr", "i", "img", "li",
    "o:p", "ol", "p", "s", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "tr", "u",
];

/// Returns a line without tags and with its entities read.
fn untag(text: &str) -> std::borrow::Cow<'_, str> {
    if !text.contains(['<', '&', '\\']) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&', '\\']) {
        out.push_str(&rest[..at]);
        let here = &rest[at..];
        let (shown, taken) = if here.starts_with('<') {
            tag(here)
        } else if here.starts_with('&') {
            entity(here)
        } else {
            escape(here)
        };
        out.push_str(&shown);
        rest = &here[taken..];
    }
    out.push_str(rest);
    out.into()
}

fn tag(here: &str) -> (String, usize) {
    let plain = || ("<".to_owned(), 1);
    let Some(end) = here.find('>').filter(|end| *end < 400) else { return plain() };
    let inner = here[1..end].trim().to_lowercase();
    let name = inner.trim_start_matches('/').split([' ', '/', '\t']).next().unwrap_or("");
    if !TAGS.contains(&name) && name != "ul" {
        return plain();
    }
    let closing = if inner.starts_with('/') { format!("/{name}") } else { name.to_owned() };
    let shown = if BREAKS.contains(&closing.as_str()) { "\n" } else { "" };
    (shown.to_owned(), end + 1)
}

fn entity(here: &str) -> (String, usize) {
    let Some(end) = here.find(';').filter(|end| *end < 10) else { return ("&".to_owned(), 1) };
    let name = &here[1..end];
    let shown = match name {
        "nbsp" => Some('\u{a0}'),
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        _ => {
            let digits = name.strip_prefix('#');
            let hex = digits.and_then(|d| d.strip_prefix(['x', 'X'])).and_then(|d| u32::from_str_radix(d, 16).ok());
            hex.or_else(|| digits.and_then(|d| d.parse().ok())).and_then(char::from_u32)
        }
    };
    shown.map_or(("&".to_owned(), 1), |c| (c.to_string(), end + 1))
}

/// Markdown writes a backslash before marks that are meant as such; `\|` becomes a mark that no table takes for a border.
fn escape(here: &str) -> (String, usize) {
    match here[1..].chars().next() {
        Some('|') => ("\u{ffe8}".to_owned(), 2),
        Some(c @ ('*' | '_' | '#' | '.' | '-' | '+' | '(' | ')' | '[' | ']' | '~' | '>' | '\\')) => (c.to_string(), 1 + c.len_utf8()),
        _ => ("\\".to_owned(), 1),
    }
}

/// Takes the stars of emphasis out of lines that belong together, and notes what they said.
fn emphasis(lines: &mut [Line]) {
    let stars: usize = lines.iter().map(|line| runs(&line.text)).sum();
    if stars == 0 {
        return;
    }
    let (mut bold, mut italic) = (false, false);
    // a star and a space at the front of a line is a bullet, where the other stars go by pairs
    let is_bullet = |text: &str| text.starts_with("* ") && runs(text) == 1;
    let bullets = lines.iter().filter(|line| is_bullet(&line.text)).count();
    let bulleted = bullets > 0 && (stars - bullets).is_multiple_of(2);
    let balanced = bulleted || stars.is_multiple_of(2);
    for line in lines.iter_mut() {
        let text = std::mem::take(&mut line.text);
        let bullet = bulleted && is_bullet(&text);
        let (mut letters, mut bolds, mut italics) = (0usize, 0usize, 0usize);
        let mut out = String::with_capacity(text.len());
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c != '*' || (bullet && at == 0) {
                out.push(c);
                if c.is_alphanumeric() {
                    letters += 1;
                    bolds += usize::from(bold);
                    italics += usize::from(italic);
                }
                continue;
            }
            let mut count = 1;
            while chars.next_if(|(_, next)| *next == '*').is_some() {
                count += 1;
            }
            // `… GIẢI PHÁP**1. Một số mục tiêu`: a copy glued two paragraphs
            let rest = chars.peek().map_or("", |(next, _)| &text[*next..]);
            if count >= 2 && !bold && out.ends_with(|c: char| c.is_alphabetic()) && crate::import::mark::opening(rest).is_some() {
                out.push('\n');
            }
            bold ^= count >= 2;
            italic ^= count % 2 == 1;
        }
        line.text = out.trim_matches(' ').to_owned();
        if letters == 0 && line.text.is_empty() {
            line.kind = Kind::Empty;
        }
        line.bold = balanced && letters > 0 && bolds == letters;
        line.italic = balanced && letters > 0 && italics == letters;
        line.goes_on = balanced && (bold || italic);
    }
}

/// Counts runs of stars.
fn runs(text: &str) -> usize {
    let mut count = 0;
    let mut before = ' ';
    for c in text.chars() {
        count += usize::from(c == '*' && before != '*');
        before = c;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_over_several_lines_is_one() {
        let read = lines("**I. MỤC\nĐÍCH**\nKhi có *(nếu\ncó)*");
        assert_eq!(read.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["I. MỤC", "ĐÍCH", "Khi có (nếu", "có)"]);
        assert_eq!(
            read.iter().map(|l| (l.bold, l.goes_on)).collect::<Vec<_>>(),
            [(true, true), (true, false), (false, true), (false, false)]
        );
    }

    #[test]
    fn a_star_in_front_is_a_bullet_where_nothing_closes_it() {
        let read = |text: &str| lines(text).into_iter().map(|l| l.text).collect::<Vec<_>>();
        assert_eq!(read("* Một\n- Hai\n* Ba"), ["* Một", "- Hai", "* Ba"]);
        assert_eq!(read("* (Kèm theo Công văn\nsố 5)*"), ["(Kèm theo Công văn", "số 5)"]);
    }

    #[test]
    fn tags_go_and_other_brackets_stay() {
        let read = lines("<ul style=\"x\"> - Một;<br>- Hai &amp; ba </ul>\n<Nội dung> còn\n\u{a0}\n \n|");
        assert_eq!(read[0].text, "- Một;\n- Hai & ba");
        assert_eq!(read[1].text, "<Nội dung> còn");
        assert_eq!(read[2..].iter().map(|l| l.kind).collect::<Vec<_>>(), [Kind::Filler, Kind::Empty, Kind::Bar]);
    }
}
