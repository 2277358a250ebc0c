//! Centred blocks, rules below titles, two columns side by side.

use super::measure::{filled, indented, width_of};
use super::wrap::{item, words, wrap};

/// How the lines of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Align {
    /// Each line in the middle.
    Centre,
    /// At the left edge, items hanging behind their dash.
    Left,
}

/// Returns the lines broken and centred in `width`.
pub(in crate::render) fn centred<S: AsRef<str>>(lines: &[S], width: usize) -> Vec<String> {
    lines.iter().flat_map(|line| balanced(line.as_ref(), width)).map(|line| centre(&line, width)).collect()
}

fn centre(line: &str, width: usize) -> String {
    if line.is_empty() { String::new() } else { indented(line, width.saturating_sub(width_of(line)) / 2) }
}

/// Breaks a title so that its lines are about equally long: a single word on the last line looks like a fault.
fn balanced(text: &str, width: usize) -> Vec<String> {
    let lines = wrap(text, 0, width);
    if lines.len() < 2 {
        return lines;
    }
    let longest = words(text).into_iter().map(width_of).max().unwrap_or(1);
    let even = width_of(text).div_ceil(lines.len()).max(longest);
    (even..=width).map(|narrow| wrap(text, 0, narrow)).find(|other| other.len() <= lines.len()).unwrap_or(lines)
}

/// Returns the lines with a rule below the last one, `share` percent as long as that line.
pub(in crate::render) fn ruled(mut lines: Vec<String>, share: usize) -> Vec<String> {
    let length = lines.last().map_or(0, |line| width_of(line)) * share.min(100) / 100;
    if length > 0 {
        lines.push("─".repeat(length));
    }
    lines
}

/// Sets two columns side by side: `left` as told, `right` centred. `share` is the left one's part of the page in percent; where it is not told,
/// the right one is wide enough for the national heading.
pub(in crate::render) fn two_columns(left: &[String], right: &[String], align: Align, share: Option<usize>, width: usize) -> Vec<String> {
    const GAP: usize = 2;
    let most = width.saturating_sub(GAP + 1);
    let right_width = match share {
        None => (width * 57 / 100).max(37).min(most),
        Some(share) => most.saturating_sub(width * share.min(100) / 100).max(1),
    };
    let left_width = width.saturating_sub(right_width + GAP);
    let left = match align {
        Align::Centre => centred(left, left_width),
        Align::Left => left.iter().flat_map(|line| item(line, left_width)).collect(),
    };
    let right = centred(right, right_width);
    let rows = left.len().max(right.len());
    let at = |lines: &[String], row: usize| lines.get(row).cloned().unwrap_or_default();
    let mut out: Vec<String> = (0..rows)
        .map(|row| {
            let line = format!("{}{:GAP$}{}", filled(&at(&left, row), left_width), "", at(&right, row));
            line.trim_end().to_owned()
        })
        .collect();
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_breaks_into_even_lines() {
        let title = "NHIỆM VỤ CẢI CÁCH TỔ CHỨC BỘ MÁY HÀNH CHÍNH NHÀ NƯỚC NĂM 2022";
        let lines = centred(&[title], 60);
        assert_eq!(lines.len(), 2);
        assert!(width_of(lines[1].trim()) > 20, "{lines:?}");
    }

    #[test]
    fn two_columns_fit_the_national_heading_at_sixty() {
        let lines = two_columns(&["ỦY BAN NHÂN DÂN".into()], &["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".into()], Align::Centre, None, 60);
        assert_eq!(lines.len(), 1);
    }
}
