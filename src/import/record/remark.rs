//! Doubts and leftovers as comments at their place.

use super::super::{Place, Reading};
use crate::diag::Lang;
use crate::syntax::ast::{Block, Trivia};

/// Puts each doubt above the block that it concerns and each leftover behind the one that stands before it in the document; returns what stands
/// behind the last block.
pub(super) fn put(reading: &Reading, blocks: &mut [(Place, Block)]) -> Trivia {
    let mut tail = Trivia::default();
    for doubt in &reading.doubts {
        let told = doubt.quote.is_empty() || doubt.message.vi.contains(&doubt.quote);
        let quote = if told { String::new() } else { format!(" “{}”", super::tree::one_line(&doubt.quote)) };
        let line = format!("# {} {}{quote}{}", doubt.code.text(), doubt.message.get(Lang::Vi), shown(doubt.place));
        match owner(blocks, doubt.place) {
            Some(at) => blocks[at].1.trivia.comments.push(line),
            None => tail.comments.push(line),
        }
    }
    for leftover in &reading.leftover {
        let mut lines = super::tree::lines(&leftover.text).into_iter();
        let Some(first) = lines.next() else { continue };
        let mut said = vec![format!("# Chưa xếp được{}: {first}", shown(leftover.origin))];
        said.extend(lines.map(|line| format!("# … {line}")));
        let behind = before(blocks, leftover.origin).and_then(|at| blocks.get_mut(at + 1));
        behind.map_or(&mut tail, |(_, block)| &mut block.trivia).comments.extend(said);
    }
    tail.blank = !tail.comments.is_empty();
    tail
}

/// Returns ` (bảng 1, hàng 2, dòng 191)`; empty for no place.
fn shown(place: Place) -> String {
    let named = [("bảng", place.table), ("hàng", place.row), ("cột", place.column), ("dòng", place.line)];
    let words: Vec<String> = named.iter().filter(|(_, number)| *number > 0).map(|(word, number)| format!("{word} {number}")).collect();
    if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) }
}

/// Returns the block that a place lies in: of the same row of a table, else the last one that begins at or above it; the head for no place.
fn owner(blocks: &[(Place, Block)], place: Place) -> Option<usize> {
    let of_row = |(own, _): &(Place, Block)| place.table > 0 && (own.table, own.row) == (place.table, place.row);
    blocks.iter().position(of_row).or_else(|| before(blocks, place)).or(Some(0)).filter(|at| *at < blocks.len())
}

/// Returns the last block that begins at or above a place, by lines, else by rows of its table.
fn before(blocks: &[(Place, Block)], place: Place) -> Option<usize> {
    let above = |own: Place| {
        if own.line > 0 && place.line > 0 {
            own.line <= place.line
        } else {
            own.table > 0 && (own.table, own.row) <= (place.table, place.row)
        }
    };
    blocks.iter().rposition(|(own, _)| above(*own))
}
