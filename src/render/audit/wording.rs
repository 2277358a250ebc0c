//! Two texts compared word by word.

use serde::Serialize;
use similar::{ChangeTag, TextDiff};

/// Words that both texts have, or one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::render) struct Piece {
    /// `same`, `del` (only the upper plan's), `ins` (only the child's).
    pub(in crate::render) kind: &'static str,
    /// The words, with the spaces between them.
    pub(in crate::render) text: String,
}

impl Piece {
    /// Returns words that stand alone.
    pub(super) fn same(text: &str) -> Self {
        Self { kind: "same", text: text.to_owned() }
    }
}

/// Longer texts are shown whole, one after the other.
const LONGEST: usize = 20_000;

/// Returns the words of both texts in one row: what is gone stands in front of what stands in its place.
pub(super) fn compared(from: &str, to: &str) -> Vec<Piece> {
    if from == to {
        return vec![Piece::same(to)];
    }
    let whole = from.is_empty() || to.is_empty() || from.len() + to.len() > LONGEST;
    if whole {
        let pieces = [Piece { kind: "del", text: from.to_owned() }, Piece { kind: "ins", text: to.to_owned() }];
        return pieces.into_iter().filter(|piece| !piece.text.is_empty()).collect();
    }
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split_whitespace().collect(), to.split_whitespace().collect());
    // a stop behind a word is no difference
    fn bare<'t>(words: &[&'t str]) -> Vec<&'t str> {
        words.iter().map(|word| word.trim_end_matches(['.', ';', ','])).collect()
    }
    let (old, new) = (bare(&from), bare(&to));
    let mut runs: Vec<Run> = Vec::new();
    for change in TextDiff::from_slices(&old, &new).iter_all_changes() {
        let same = change.tag() == ChangeTag::Equal;
        if runs.last().is_none_or(|run| run.same != same) {
            runs.push(Run { same, del: Vec::new(), ins: Vec::new() });
        }
        let Some(run) = runs.last_mut() else { continue };
        run.del.extend(change.old_index().and_then(|at| from.get(at).copied()));
        run.ins.extend(change.new_index().and_then(|at| to.get(at).copied()));
    }
    pieces(&joined(runs))
}

/// Words that stand in a row in both texts, or in whose place others stand.
struct Run<'a> {
    same: bool,
    del: Vec<&'a str>,
    ins: Vec<&'a str>,
}

/// Takes a word or two that both texts happen to share between longer changes for part of the change: nobody reads texts woven word by word.
fn joined(runs: Vec<Run<'_>>) -> Vec<Run<'_>> {
    let mut out: Vec<Run<'_>> = Vec::new();
    let count = runs.len();
    for (at, run) in runs.into_iter().enumerate() {
        let inner = at > 0 && at + 1 < count;
        let few = run.same && inner && run.del.len() <= 2;
        match out.last_mut() {
            Some(last) if !last.same && (few || !run.same) => {
                last.del.extend(run.del);
                last.ins.extend(run.ins);
            }
            _ => out.push(run),
        }
    }
    out
}

fn pieces(runs: &[Run<'_>]) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut put = |kind: &'static str, words: &[&str]| {
        if words.is_empty() {
            return;
        }
        // the space stands outside of what is struck out or underlined
        if let Some(last) = out.last_mut() {
            if last.kind == "same" {
                last.text.push(' ');
            } else if kind != "same" {
                out.push(Piece::same(" "));
            }
        }
        let text = words.join(" ");
        let lead = if kind == "same" && !out.is_empty() { " " } else { "" };
        match out.last_mut() {
            Some(last) if last.kind == "same" && kind == "same" => last.text.push_str(&text),
            _ => out.push(Piece { kind, text: format!("{lead}{text}") }),
        }
    };
    for run in runs {
        if run.same {
            put("same", &run.ins);
        } else {
            put("del", &run.del);
            put("ins", &run.ins);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::compared;

    #[test]
    fn words_that_differ_stand_beside_each_other() {
        let pieces = compared("trên địa bàn huyện năm 2023", "trên địa bàn xã năm 2023");
        let shown: Vec<(&str, &str)> = pieces.iter().map(|piece| (piece.kind, piece.text.trim())).collect();
        // two words between two changes are no text of their own
        let mended = [("same", "trên địa bàn"), ("del", "huyện"), ("same", ""), ("ins", "xã"), ("same", "năm 2023")];
        assert_eq!(shown, mended);
        let joined: String = pieces.iter().filter(|piece| piece.kind != "del").map(|piece| piece.text.as_str()).collect();
        assert_eq!(joined.split_whitespace().collect::<Vec<_>>().join(" "), "trên địa bàn xã năm 2023");
    }

    #[test]
    fn texts_of_other_words_are_not_woven_into_each_other() {
        let pieces = compared("Lập quy chế về đào tạo cán bộ", "Quản lý chặt chế độ, đào mới đội ngũ cán sự");
        let kinds: Vec<&str> = pieces.iter().filter(|piece| !piece.text.trim().is_empty()).map(|piece| piece.kind).collect();
        assert_eq!(kinds, ["del", "ins"]);
    }
}
