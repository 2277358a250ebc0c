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
    let mut out: Vec<Piece> = Vec::new();
    for change in TextDiff::from_words(from, to).iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "del",
            ChangeTag::Insert => "ins",
        };
        match out.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => out.push(Piece { kind, text: change.value().to_owned() }),
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
        assert_eq!(shown, [("same", "trên địa bàn"), ("del", "huyện"), ("ins", "xã"), ("same", "năm 2023")]);
    }
}
