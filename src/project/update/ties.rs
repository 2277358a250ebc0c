//! Tags put back into a document that lost them: LibreOffice before 7.5 keeps only the titles of places, and not all of them.
//!
//! A title names task and field. What has none is known by where it stands: between paragraphs that are as the build prints them.

use crate::base::{Key, clean};
use crate::import::{Block, Document, Paragraph, is_tied};
use crate::model::Tag;

/// Says whether no place of a document has a tag, and some place has a title that a plan's document gives.
pub(super) fn is_untied(document: &Document) -> bool {
    let mut titled = false;
    for paragraph in paragraphs(document) {
        if is_tied(paragraph) {
            return false;
        }
        titled |= paragraph.controls.iter().any(|control| Tag::from_title("", &control.title).is_some());
    }
    titled
}

/// Returns the words of all paragraphs, for comparison.
pub(super) fn keys(document: &Document) -> Vec<Key> {
    paragraphs(document).map(key).collect()
}

/// Returns the document with the tags of `plan`. `printed` is the same document as the build gives it now.
pub(super) fn tied(document: &Document, plan: &str, printed: Option<&Document>) -> Document {
    let mut out = document.clone();
    let known: Vec<&str> = printed.map(|printed| paragraphs(printed).flat_map(tags).collect()).unwrap_or_default();
    // each with its place in its cell
    let mut own: Vec<(&mut Paragraph, Option<usize>)> = Vec::new();
    for block in &mut out.blocks {
        match block {
            Block::Paragraph(paragraph) => own.push((paragraph, None)),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells).filter(|cell| !cell.merged) {
                    own.extend(cell.paragraphs.iter_mut().enumerate().map(|(at, paragraph)| (paragraph, Some(at))));
                }
            }
            Block::Break => {}
        }
    }
    for control in own.iter_mut().flat_map(|(paragraph, _)| &mut paragraph.controls) {
        let tag = Tag::from_title(plan, &control.title).map(|tag| tag.text());
        control.tag = tag.filter(|tag| known.is_empty() || known.contains(&tag.as_str())).unwrap_or_default();
    }
    // rows may be moved: running text is compared by itself
    let (prose, cells) = (printed.map(|printed| placed(printed, false)), printed.map(|printed| placed(printed, true)));
    for (in_cell, theirs) in [(false, prose.unwrap_or_default()), (true, cells.unwrap_or_default())] {
        let places: Vec<usize> = (0..own.len()).filter(|at| own[*at].1.is_some() == in_cell).collect();
        let pairs = paired(&places.iter().map(|at| &*own[*at].0).collect::<Vec<_>>(), &theirs);
        for (mine, other) in pairs {
            tie(own[places[mine]].0, theirs[other]);
        }
    }
    // only the first paragraph of a place keeps the title
    let mut last: Option<String> = None;
    for (paragraph, at) in own {
        if at.is_none_or(|at| at == 0) {
            last = None;
        }
        if is_tied(paragraph) {
            last = tags(paragraph).last().map(|tag| (*tag).to_owned());
        } else if !paragraph.text.trim().is_empty() {
            paragraph.tag.clone_from(&last);
        }
    }
    out
}

/// Gives a paragraph the tags of the printed one where it has none of its own.
fn tie(own: &mut Paragraph, printed: &Paragraph) {
    if is_tied(own) {
        return;
    }
    match printed.controls.as_slice() {
        [] => own.tag.clone_from(&printed.tag),
        several if several.len() == own.controls.len() => {
            for (control, other) in own.controls.iter_mut().zip(several) {
                control.tag.clone_from(&other.tag);
            }
        }
        [one] => own.tag = Some(one.tag.clone()),
        _ => {}
    }
}

/// Returns the paragraphs of two documents that are the same, or stand at the same place between two that are.
fn paired(own: &[&Paragraph], printed: &[&Paragraph]) -> Vec<(usize, usize)> {
    let (mine, theirs): (Vec<Key>, Vec<Key>) = (own.iter().map(|one| key(one)).collect(), printed.iter().map(|one| key(one)).collect());
    let mut out = Vec::new();
    let (mut from, mut other_from) = (0, 0);
    let ends = rising(&alone(&mine, &theirs));
    for (end, other_end) in ends.into_iter().chain([(mine.len(), theirs.len())]) {
        let (gap, other_gap) = (from..end, other_from..other_end);
        let pairs: Vec<(usize, usize)> = gap.clone().zip(other_gap.clone()).collect();
        // a title that belongs elsewhere says that rows were moved
        let fits = |&(at, other): &(usize, usize)| {
            let titled = tags(own[at]);
            titled.is_empty() || titled == tags(printed[other])
        };
        if gap.len() == other_gap.len() && pairs.iter().all(fits) {
            out.extend(pairs);
        } else {
            let same = |&(at, other): &(usize, usize)| mine[at] == theirs[other];
            out.extend(pairs.iter().copied().take_while(same));
            out.extend(gap.rev().zip(other_gap.rev()).take_while(same));
        }
        if end < mine.len() {
            out.push((end, other_end));
        }
        (from, other_from) = (end + 1, other_end + 1);
    }
    out
}

/// Returns where words stand that each document holds once, by their place in the first.
fn alone(mine: &[Key], theirs: &[Key]) -> Vec<(usize, usize)> {
    let once = |list: &[Key]| {
        let mut places: std::collections::BTreeMap<Key, Option<usize>> = std::collections::BTreeMap::new();
        for (at, key) in list.iter().enumerate() {
            places.entry(key.clone()).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (mine, theirs) = (once(mine), once(theirs));
    let mut out: Vec<(usize, usize)> = mine.iter().filter_map(|(key, at)| Some(((*at)?, (*theirs.get(key)?)?))).collect();
    out.sort_unstable();
    out
}

/// Returns the longest list of pairs in which both places rise.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // the pair that ends the best list of each length, and what stands before each pair
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, pair) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut out = Vec::new();
    let mut at = ends.last().copied();
    while let Some(index) = at {
        out.push(pairs[index]);
        at = before[index];
    }
    out.reverse();
    out
}

fn paragraphs(document: &Document) -> impl Iterator<Item = &Paragraph> {
    document.blocks.iter().flat_map(|block| of_block(block).1)
}

/// Returns the paragraphs in cells, or those outside of tables.
fn placed(document: &Document, in_cell: bool) -> Vec<&Paragraph> {
    document.blocks.iter().map(of_block).filter(|(cells, _)| *cells == in_cell).flat_map(|(_, paragraphs)| paragraphs).collect()
}

/// Returns the paragraphs of a block, and whether they stand in cells.
fn of_block(block: &Block) -> (bool, Vec<&Paragraph>) {
    match block {
        Block::Paragraph(paragraph) => (false, vec![paragraph]),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.merged);
            (true, cells.flat_map(|cell| &cell.paragraphs).collect())
        }
        Block::Break => (false, Vec::new()),
    }
}

fn key(paragraph: &Paragraph) -> Key {
    Key::new(&clean(&format!("{} {}", paragraph.mark, paragraph.text)))
}

/// Returns the tags of a paragraph.
fn tags(paragraph: &Paragraph) -> Vec<&str> {
    let inside: Vec<&str> = paragraph.controls.iter().map(|control| control.tag.as_str()).filter(|tag| !tag.is_empty()).collect();
    if inside.is_empty() { paragraph.tag.as_deref().into_iter().collect() } else { inside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_rise_in_both_documents() {
        assert_eq!(rising(&[(0, 5), (1, 1), (2, 2), (3, 0), (4, 3)]), [(1, 1), (2, 2), (4, 3)]);
        assert_eq!(rising(&[]), []);
    }
}
