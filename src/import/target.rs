//! Targets in prose: sentences that set a number to be reached.

use super::block::Place;
use super::reading::Target;
use crate::value;

/// Words of headings below which targets stand.
const HEADINGS: [&str; 4] = ["mục tiêu", "chỉ tiêu", "tỷ lệ", "kết quả cần đạt"];

/// Says whether the items below a heading are targets.
pub(super) fn is_heading(title: &str) -> bool {
    let key = crate::base::even(title);
    HEADINGS.iter().any(|word| super::column::holds(&key, word))
}

/// Returns the targets of an item below such a heading: one for each sentence or clause that sets a measure, one for all of an item without any.
pub(super) fn targets(text: &str, place: Place) -> Vec<Target> {
    let mut out: Vec<Target> = Vec::new();
    for line in text.lines() {
        for clause in clauses(line.trim_end().trim_end_matches("./.")) {
            let found = value::Target::parse("", clause);
            let measure = found.measure.and_then(|measure| found.text.get(measure.range()).map(str::to_owned)).unwrap_or_default();
            match out.last_mut() {
                // words without a measure belong to the clause before or behind them
                Some(last) if measure.is_empty() || last.measure.is_empty() => {
                    last.text = format!("{}; {clause}", last.text);
                    if last.measure.is_empty() {
                        last.measure = measure;
                    }
                }
                Some(_) | None => out.push(Target { text: clause.to_owned(), measure, origin: place }),
            }
        }
    }
    out
}

/// Splits at `;` and at the ends of sentences, outside brackets.
fn clauses(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                out.push(&text[start..at]);
                start = at + 1;
            }
            '.' if depth == 0
                && text[at + 1..].starts_with(' ')
                && text[at + 1..].trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) =>
            {
                out.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(&text[start..]);
    out.into_iter().map(|part| part.trim_matches([' ', '.', ';', ','])).filter(|part| !part.is_empty()).collect()
}
