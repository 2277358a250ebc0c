//! Breaking of paragraphs into lines.

use super::glue::units;
use super::measure::{cut, indented, width_of};

/// Breaks a paragraph at spaces into lines of at most `width`; the first is indented by `first` columns. Words that fit nowhere are cut.
/// Never empty.
pub(in crate::render) fn paragraph(text: &str, first: usize, width: usize) -> Vec<String> {
    let first = first.min(width / 2);
    let mut lines = wrap(text, first, width);
    if let Some(line) = lines.first_mut().filter(|line| !line.is_empty()) {
        *line = indented(line, first);
    }
    lines
}

/// Breaks a line of a cell or list: an item (`- …`) hangs behind its dash, any other text is flush.
pub(in crate::render) fn item(text: &str, width: usize) -> Vec<String> {
    let hang = hang_of(text);
    if hang == 0 || hang >= width {
        return wrap(text, 0, width);
    }
    let (dash, rest) = text.split_at(hang);
    let lines = wrap(rest, 0, width - hang).into_iter().enumerate();
    lines.map(|(at, line)| if at == 0 { format!("{dash}{line}") } else { indented(&line, hang) }).collect()
}

/// Returns by how many columns the lines of an item hang; 0 for any other text.
pub(super) fn hang_of(text: &str) -> usize {
    if text.starts_with("- ") || text.starts_with("+ ") { 2 } else { 0 }
}

/// Returns the words of `text`. A dash that stands alone belongs to the word before it: at the head of a line it would look like an item.
pub(super) fn words(text: &str) -> Vec<&str> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for word in text.split_whitespace() {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        match out.last_mut() {
            Some(before) if matches!(word, "-" | "–" | "+") => before.end = start + word.len(),
            _ => out.push(start..start + word.len()),
        }
    }
    out.into_iter().filter_map(|range| text.get(range)).collect()
}

/// Breaks `text` into lines of at most `width`, the first one narrower by `first`. What belongs together (`ngày 24/12/2021`) stays on one line
/// where it fits into one.
pub(super) fn wrap(text: &str, first: usize, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut room = width.saturating_sub(first).max(1);
    let mut used = 0;
    let whole = room;
    let fitting = units(text).into_iter().flat_map(|unit| if width_of(unit) > whole { words(unit) } else { vec![unit] });
    for word in fitting {
        let wide = width_of(word);
        if !line.is_empty() && used + 1 + wide <= room {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            room = width;
        }
        let mut word = word;
        while width_of(word) > room {
            let (head, tail) = cut(word, room);
            if tail.is_empty() {
                break;
            }
            lines.push(head.to_owned());
            room = width;
            word = tail;
        }
        line.push_str(word);
        used = width_of(word);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_break_at_spaces_and_the_first_is_indented() {
        assert_eq!(paragraph("một hai ba bốn", 4, 11), ["    một hai", "ba bốn"]);
    }

    #[test]
    fn items_hang_behind_their_dash() {
        assert_eq!(item("- Các phòng, ban", 10), ["- Các", "  phòng,", "  ban"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_asked_and_no_letter_is_lost(text in "[aịề\u{300}字 /-]{0,60}", first in 0..9usize, width in 4..30usize) {
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            for lines in [paragraph(&text, first, width), item(&text, width)] {
                prop_assert!(lines.iter().all(|line| width_of(line) <= width), "{lines:?}");
                prop_assert_eq!(letters(&lines.concat()), letters(&text));
            }
        }
    }

    #[test]
    fn a_lone_dash_never_begins_a_line() {
        assert_eq!(wrap("giai đoạn 2022 - 2026", 0, 15), ["giai đoạn", "2022 - 2026"]);
        assert_eq!(wrap("Văn hóa - Thông tin", 0, 9), ["Văn hóa -", "Thông tin"]);
    }

    #[test]
    fn a_number_stays_with_its_word_where_the_line_is_wide_enough() {
        assert_eq!(wrap("trước ngày 15/11/2022", 0, 16), ["trước", "ngày 15/11/2022"]);
        assert_eq!(wrap("trước ngày 15/11/2022", 0, 12), ["trước ngày", "15/11/2022"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        assert_eq!(wrap("a 1234567 b", 0, 3), ["a", "123", "456", "7 b"]);
    }
}
