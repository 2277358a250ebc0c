//! Tables of which a copy kept only the cells, one below the other: known by their headings.

use super::line::{Kind, Line};
use super::paragraph::{Breaking, paragraphs};
use super::{Raw, cell};
use crate::base::Key;
use crate::import::block::{Paragraph, Place, Row, Table};
use crate::import::column::{Role, role, roles};
use crate::import::grid::{Arranged, Chunk, Layout, arrange};
use crate::import::mark;

/// Columns that a table may have.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=14;

/// A cell, or a paragraph of one.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Lines, from and to.
    pub(super) lines: std::ops::Range<usize>,
    /// Bars in front.
    pub(super) gap: usize,
}

impl Piece {
    pub(super) fn paragraphs(&self, lines: &[Line], breaking: Breaking) -> Vec<Paragraph> {
        paragraphs(&lines[self.lines.clone()], breaking.in_cell())
    }

    pub(super) fn chunk(&self, lines: &[Line], breaking: Breaking) -> Chunk {
        let read = self.paragraphs(lines, breaking);
        let bold = !read.is_empty() && read.iter().all(|p| p.style.bold);
        Chunk { text: read.into_iter().map(|p| p.text).collect::<Vec<_>>().join("\n"), gap: self.gap, bold }
    }
}

/// Returns the table whose headings begin at a line, and the line behind its last cell.
pub(super) fn table(lines: &[Line], at: usize, breaking: Breaking) -> Option<(Raw, usize)> {
    if role(&lines[at].text) != Some(Role::Number) || lines[at].text.len() > 20 {
        return None;
    }
    let alone = lines.get(at + 1).is_some_and(|line| line.kind != Kind::Text);
    let pieces = if alone { spaced(lines, at) } else { each_line(lines, at) };
    let text = |piece: &Piece| piece.chunk(lines, breaking).text;
    let mut headings: Vec<String> = Vec::new();
    let mut width = 0;
    for piece in pieces.iter().take(*COLUMNS.end() + 1) {
        let text = text(piece);
        if text.chars().count() > 100 || (width > 0 && mark::whole(&text).is_some()) {
            break;
        }
        width += 1;
        headings.push(text);
    }
    let known = headings.iter().filter(|heading| role(heading).is_some()).count();
    if !COLUMNS.contains(&width) || known < 3 || headings.iter().any(String::is_empty) {
        return None;
    }
    let roles = roles(&headings);
    // headings printed again on the next page are no cells
    let again: Vec<Key> = headings.iter().map(|heading| Key::new(heading)).collect();
    let mut cells: Vec<&Piece> = Vec::new();
    let mut next = width;
    while let Some(piece) = pieces.get(next) {
        let same = pieces.len() >= next + width
            && pieces[next..next + width].iter().zip(&again).all(|(piece, key)| Key::new(&text(piece)) == *key);
        if same {
            next += width;
            continue;
        }
        if is_caption(&text(piece)) {
            break;
        }
        cells.push(piece);
        next += 1;
    }
    let chunks: Vec<Chunk> = cells.iter().map(|piece| piece.chunk(lines, breaking)).collect();
    let arranged = arrange(&chunks, &roles, Layout::Stream).filter(|arranged| arranged.cost < 0.0)?;
    let last = cells.get(arranged.places.len().checked_sub(1)?)?.lines.end;
    let heading = pieces[..width].iter().map(|piece| cell(piece.paragraphs(lines, breaking), lines[at].number)).collect();
    let mut rows = vec![Row { cells: heading, heading: true }];
    rows.extend(filled(lines, &cells, &arranged, roles.len(), breaking));
    let short = arranged.short.iter().map(|row| row + 1).collect();
    Some((Raw { table: Table { rows, place: Place { line: lines[at].number, ..Place::default() } }, short }, last))
}

/// Returns rows of `columns` cells with the pieces in their places.
pub(super) fn filled(lines: &[Line], pieces: &[&Piece], arranged: &Arranged, columns: usize, breaking: Breaking) -> Vec<Row> {
    let count = arranged.places.last().map_or(0, |place| place.row + 1);
    let mut out: Vec<Row> = vec![Row { cells: vec![cell(Vec::new(), 0); columns], heading: false }; count];
    for (piece, place) in pieces.iter().zip(&arranged.places) {
        let line = lines.get(piece.lines.start).map_or(0, |line| line.number);
        if let Some(slot) = out.get_mut(place.row).and_then(|row| row.cells.get_mut(place.column)) {
            slot.place.line = if slot.place.line == 0 { line } else { slot.place.line };
            slot.paragraphs.extend(piece.paragraphs(lines, breaking));
        }
    }
    out
}

/// Pieces apart by blank lines; a line of blanks that somebody wrote is an empty cell.
fn spaced(lines: &[Line], at: usize) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut next = at;
    while let Some(line) = lines.get(next) {
        match line.kind {
            Kind::Text => {
                let end = lines[next..].iter().position(|line| line.kind != Kind::Text).map_or(lines.len(), |length| next + length);
                out.push(Piece { lines: next..end, gap: 0 });
                next = end;
            }
            Kind::Filler => {
                out.push(Piece { lines: next..next + 1, gap: 0 });
                next += 1;
            }
            Kind::Empty => next += 1,
            Kind::Rule | Kind::Bar => break,
        }
    }
    out
}

/// A piece per line.
fn each_line(lines: &[Line], at: usize) -> Vec<Piece> {
    let end = lines[at..].iter().position(|line| matches!(line.kind, Kind::Rule | Kind::Bar)).map_or(lines.len(), |length| at + length);
    (at..end).filter(|at| lines[*at].kind != Kind::Empty).map(|at| Piece { lines: at..at + 1, gap: 0 }).collect()
}

/// Says whether a piece opens another appendix.
fn is_caption(text: &str) -> bool {
    ["PHỤ LỤC", "Phụ lục ", "DANH MỤC", "BIỂU SỐ", "Nơi nhận"].iter().any(|word| text.starts_with(word)) && text.chars().count() < 200
}
