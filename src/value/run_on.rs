//! Items that run on in one line, as cells and web pages have them: `- Kế hoạch; - Báo cáo. - Đề án`.

use super::word::{brackets, inside};

/// Returns where `; -`, `; +`, `. -` and `. +` stand outside brackets: the end of what precedes, the start of what follows.
pub(super) fn joints(line: &str) -> Vec<(usize, usize)> {
    let closed = brackets(line);
    let joints = line.char_indices().filter(|(at, c)| matches!(c, ';' | '.') && !inside(&closed, *at));
    joints
        .filter_map(|(at, _)| {
            let behind = line[at + 1..].trim_start();
            let item = behind.strip_prefix(['-', '–', '+']).filter(|rest| rest.starts_with(' ') || line[at..].starts_with(';'))?;
            Some((at, line.len() - item.trim_start().len()))
        })
        .collect()
}

/// Returns the byte ranges of the items that run on in a line, without bullets and the marks that close them; one range for a line that is one
/// item, none for a blank one.
///
/// ```
/// let line = "- Kế hoạch; - Báo cáo. - Đề án (nếu có).";
/// let items: Vec<&str> = kehoach::value::run_on(line).into_iter().map(|range| &line[range]).collect();
/// assert_eq!(items, ["Kế hoạch", "Báo cáo", "Đề án (nếu có)."]);
/// ```
pub fn run_on(line: &str) -> Vec<std::ops::Range<usize>> {
    let start = line.len() - line.trim_start().strip_prefix(['-', '–', '+']).map_or(line.trim_start(), str::trim_start).len();
    let mut out = Vec::new();
    let mut from = start;
    for (end, next) in joints(line).into_iter().filter(|(end, _)| *end >= start) {
        out.push(from..end);
        from = next;
    }
    out.push(from..line.trim_end().len());
    out.retain(|range| range.start < range.end && line[range.clone()].chars().any(char::is_alphanumeric));
    out
}
