//! The small pieces of WordprocessingML: runs of text, content controls, paragraphs.

use crate::model::Tag;
use crate::render::text::units;
use crate::render::view::Mark;

/// Names and dates of up to so many letters are kept on one line in running text; longer ones would leave wide gaps in justified lines.
const GLUED: usize = 15;
/// What stands where a control's number will: numbers are given in order when the document is whole.
pub(super) const UNNUMBERED: &str = "<w:id w:val=\"?\"/>";

/// How letters are set beyond what the paragraph's style says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) bold: bool,
    /// Longest name or date that is kept on one line, in letters; 0 is the usual.
    pub(super) glue: usize,
}

/// Returns text for an attribute or element.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if is_allowed(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// Says whether XML 1.0 allows a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Returns the text with no-break spaces inside dates, numbers with their words, and names: each character with its byte in the text.
fn glued(text: &str, most: usize) -> Vec<(usize, char)> {
    let start = text.as_ptr() as usize;
    let whole = units(text).into_iter().filter(|unit| unit.contains(' ') && unit.chars().count() <= most);
    let mut whole = whole.map(|unit| unit.as_ptr() as usize - start..unit.as_ptr() as usize - start + unit.len()).peekable();
    let mut out = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        while whole.next_if(|unit| unit.end <= at).is_some() {}
        let inside = c == ' ' && whole.peek().is_some_and(|unit| unit.contains(&at));
        out.push((at, if inside { '\u{a0}' } else { c }));
    }
    out
}

/// Returns a line as runs; what a mark covers stands in a content control.
pub(super) fn runs(text: &str, marks: &[&Mark], letters: Letters) -> String {
    let most = if letters.glue == 0 { GLUED } else { letters.glue };
    let chars = glued(text, most);
    let piece = |from: usize, to: usize| -> String {
        let place = |byte: usize| chars.partition_point(|(at, _)| *at < byte);
        let inside = chars.get(place(from)..place(to)).unwrap_or_default();
        run(&inside.iter().map(|(_, c)| *c).collect::<String>(), letters.bold)
    };
    let mut out = String::new();
    let mut at = 0;
    for mark in marks {
        let (start, end) = (mark.start.clamp(at, text.len()), mark.end.clamp(at, text.len()));
        out.push_str(&piece(at, start));
        let inner = piece(start, end.max(start));
        out.push_str(&control(&mark.tag, if inner.is_empty() { "<w:r><w:t></w:t></w:r>" } else { &inner }));
        at = end.max(start);
    }
    out.push_str(&piece(at, text.len()));
    out
}

fn run(text: &str, bold: bool) -> String {
    if text.is_empty() {
        return String::new();
    }
    let set = if bold { "<w:rPr><w:b/><w:bCs/></w:rPr>" } else { "" };
    format!("<w:r>{set}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text))
}

/// Returns a content control around runs or paragraphs.
pub(super) fn control(tag: &str, inner: &str) -> String {
    let title =
        Tag::parse(tag).and_then(|tag| tag.title()).map(|title| format!("<w:alias w:val=\"{}\"/>", escaped(&title))).unwrap_or_default();
    format!("<w:sdt><w:sdtPr>{title}<w:tag w:val=\"{}\"/>{UNNUMBERED}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>", escaped(tag))
}

/// Returns lines as paragraphs of a style. Lines that are one value from end to end stand in one control together, so that a person can add one or
/// take one out; a value inside a line has a control of its own. Never empty: a cell needs a paragraph.
pub(super) fn paragraphs(lines: &[String], marks: &[Mark], style: &str, letters: Letters, keep_next: bool) -> String {
    let keep = if keep_next { "<w:keepNext/>" } else { "" };
    let paragraph = |inner: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{keep}</w:pPr>{inner}</w:p>", escaped(style));
    if lines.is_empty() {
        let empty = paragraph("");
        return marks.first().map_or_else(|| empty.clone(), |mark| control(&mark.tag, &empty));
    }
    let of = |at: usize| marks.iter().filter(|mark| mark.line == at).collect::<Vec<_>>();
    let whole = |at: usize| match of(at).as_slice() {
        [mark] if mark.start == 0 && lines.get(at).is_some_and(|line| mark.end == line.len() && !line.is_empty()) => {
            Some(mark.tag.as_str())
        }
        _ => None,
    };
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(tag) = whole(at) else {
            out.push_str(&paragraph(&runs(&lines[at], &of(at), letters)));
            at += 1;
            continue;
        };
        let mut inner = String::new();
        while at < lines.len() && whole(at) == Some(tag) {
            inner.push_str(&paragraph(&runs(&lines[at], &[], letters)));
            at += 1;
        }
        out.push_str(&control(tag, &inner));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(line: usize, start: usize, end: usize, field: &str) -> Mark {
        Mark { line, start, end, tag: format!("kh:A/B/{field}") }
    }

    #[test]
    fn what_xml_forbids_is_left_out_and_the_rest_escaped() {
        assert_eq!(escaped("a\u{1}\u{b}<b>&\"\u{fffe}"), "a&lt;b&gt;&amp;&quot;");
    }

    #[test]
    fn dates_stay_on_one_line() {
        let text = runs("trước ngày 15/11/2022 ở xã", &[], Letters::default());
        assert!(text.contains(">trước ngày\u{a0}15/11/2022 ở xã<"), "{text}");
    }

    #[test]
    fn only_blanks_change_in_a_line() {
        let text = "Phụ lục II, ngày 24/12/2021 của tỉnh Thanh Hóa, 2021 - 2030 (để b/c)";
        let plain: String = glued(text, 40).into_iter().map(|(_, c)| if c == '\u{a0}' { ' ' } else { c }).collect();
        assert_eq!(plain, text);
    }

    #[test]
    fn the_lines_of_one_field_stand_in_one_control() {
        let lines = ["- một;".to_owned(), "- hai.".to_owned()];
        let out = paragraphs(&lines, &[mark(0, 0, 8, "products"), mark(1, 0, 6, "products")], "X", Letters::default(), false);
        assert_eq!((out.matches("<w:sdt>").count(), out.matches("<w:p>").count()), (1, 2), "{out}");
    }

    #[test]
    fn a_value_inside_a_line_has_its_own_control() {
        let line = "- Cơ quan chủ trì: Sở Nội vụ;".to_owned();
        let start = line.find("Sở").unwrap();
        let out = paragraphs(std::slice::from_ref(&line), &[mark(0, start, line.len() - 1, "leads")], "X", Letters::default(), false);
        assert!(out.contains("<w:sdtContent><w:r><w:t xml:space=\"preserve\">Sở Nội vụ</w:t></w:r></w:sdtContent></w:sdt><w:r>"), "{out}");
        assert!(out.starts_with("<w:p>"), "{out}");
    }

    #[test]
    fn a_field_that_is_not_stated_has_a_place() {
        let out = paragraphs(&[], &[mark(0, 0, 0, "note")], "X", Letters::default(), false);
        assert!(out.starts_with("<w:sdt>") && out.contains("kh:A/B/note") && out.contains("<w:p>"), "{out}");
    }
}
