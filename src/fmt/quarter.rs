//! Quarters in short: `Q2/2026`, `Q.II/2026` and `quý 2 năm 2026` become `Quý II/2026`, which means the same.

use std::ops::Range;

use crate::base::words;
use crate::syntax::ast::{File, Keyword, Label, Node, Text};

/// Returns the tree with the quarters of all deadlines in the one form; `None` where there is none to rewrite. A plan that is recorded as it stands
/// keeps its words.
pub(super) fn with_quarters(file: &File) -> Option<File> {
    let mut out: Option<File> = None;
    let mut recorded = false;
    for (at, block) in file.blocks.iter().enumerate() {
        if matches!(block.heading.keyword, Keyword::Plan | Keyword::HandOn | Keyword::NextYear) {
            recorded = block.field(Label::Mode).is_some();
        }
        if recorded {
            continue;
        }
        for (node, field) in block.nodes.iter().enumerate() {
            let Node::Field(field) = field else { continue };
            let texts = field.value.iter().chain(field.items.iter().map(|item| &item.text));
            if field.label != Label::Deadline || !texts.into_iter().any(|text| rewritten(&text.value).is_some()) {
                continue;
            }
            let copy = out.get_or_insert_with(|| file.clone());
            if let Node::Field(field) = &mut copy.blocks[at].nodes[node] {
                field.value.iter_mut().chain(field.items.iter_mut().map(|item| &mut item.text)).for_each(rewrite);
            }
        }
    }
    out
}

fn rewrite(text: &mut Text) {
    if let Some(new) = rewritten(&text.value) {
        text.value = new;
    }
}

/// Returns a text with its quarters in the one form; `None` where it has none in another.
fn rewritten(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut at = 0;
    for word in words(text) {
        if word.start < at {
            continue;
        }
        if let Some((range, quarter, year)) = short_quarter(text, word.start) {
            out.push_str(&text[at..range.start]);
            out.push_str(&format!("Quý {quarter}/{year}"));
            at = range.end;
        }
    }
    (at > 0).then(|| out + &text[at..])
}

/// Reads a quarter in short, or in Arabic figures, that opens at `start`: where it stands, its Roman numeral, its year.
fn short_quarter(text: &str, start: usize) -> Option<(Range<usize>, &'static str, &str)> {
    let rest = &text[start..];
    let spelt = ["quý", "Quý", "QUÝ"].into_iter().find_map(|word| rest.strip_prefix(word));
    let behind = match spelt {
        Some(rest) => rest.strip_prefix(' ')?,
        None => {
            let rest = rest.strip_prefix(['Q', 'q'])?;
            rest.strip_prefix('.').unwrap_or(rest)
        }
    };
    let behind = behind.trim_start();
    let numerals = [("4", "IV"), ("3", "III"), ("2", "II"), ("1", "I"), ("IV", "IV"), ("III", "III"), ("II", "II"), ("I", "I")];
    // a quarter in words and Roman figures is in the one form but for its year, which is printed as given
    let found = numerals.into_iter().filter(|(figure, roman)| spelt.is_none() || figure != roman);
    let (behind, roman) = found.into_iter().find_map(|(figure, roman)| Some((behind.strip_prefix(figure)?, roman)))?;
    let trimmed = behind.trim_start();
    let tail = match trimmed.strip_prefix(['/', '-']) {
        Some(rest) => rest.trim_start(),
        None => trimmed.strip_prefix("năm ").filter(|_| trimmed.len() < behind.len())?.trim_start(),
    };
    let year = tail.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let end = text.len() - tail.len() + 4;
    let ends = !text[end..].starts_with(|c: char| c.is_alphanumeric());
    ends.then_some((start..end, roman, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_short_and_arabic_quarters_are_rewritten() {
        let of = |text: &str| rewritten(text);
        for text in ["Q2/2026", "Q.II/2026", "q. 2 / 2026", "QII/2026", "quý 2 năm 2026", "Quý 2/2026"] {
            assert_eq!(of(text).as_deref(), Some("Quý II/2026"), "{text}");
        }
        assert_eq!(of("Báo cáo: Q1/2026; trước Q.IV/2026").as_deref(), Some("Báo cáo: Quý I/2026; trước Quý IV/2026"));
        for text in ["Quý II/2026", "Quý II năm 2026", "hàng quý", "Q5/2026", "Q2", "Quyết định 2/2026", "quý 2", "Q2/20261"] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
