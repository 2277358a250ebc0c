//! Tables with a cell per line, or several lines, between lone `|`.

use super::line::{Kind, Line};
use super::paragraph::Breaking;
use super::stream::{Piece, filled};
use super::{Raw, cell};
use crate::import::block::{Place, Row, Table};
use crate::import::column::{Role, role, roles};
use crate::import::grid::{Arranged, Chunk, Layout, arrange};
use crate::import::mark;

/// Lines that a cell may have: more is text between two tables.
const CELL_LINES: usize = 40;

/// A table's lines.
pub(super) struct Region {
    /// First line.
    pub(super) start: usize,
    /// The line behind its last.
    pub(super) end: usize,
    pieces: Vec<Piece>,
    /// Bars behind the last cell.
    trailing: usize,
}

/// Says whether the document puts bars before and behind each row: then two stand together between rows.
pub(super) fn are_open(lines: &[Line]) -> bool {
    let mut bar = false;
    lines.iter().any(|line| match line.kind {
        Kind::Bar => std::mem::replace(&mut bar, true),
        Kind::Empty | Kind::Filler => false,
        Kind::Rule | Kind::Text => {
            bar = false;
            false
        }
    })
}

/// Returns the table around a bar; `None` where the bar only parts paragraphs. `from` is the first line that is free.
pub(super) fn region(lines: &[Line], at: usize, from: usize, open: bool) -> Option<Region> {
    let start = if open { at } else { heading_line(lines, at, from)? };
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = 0;
    let mut next = start;
    let mut end = start;
    let mut spaced = 0usize;
    let mut bars = 0usize;
    while next < lines.len() {
        match lines[next].kind {
            Kind::Bar => {
                gap += 1;
                bars += 1;
                spaced += usize::from(lines.get(next + 1).is_some_and(|line| line.kind == Kind::Empty));
                next += 1;
                end = next;
            }
            Kind::Empty | Kind::Filler | Kind::Rule if gap == 0 && !pieces.is_empty() => next += 1,
            Kind::Empty | Kind::Filler | Kind::Rule | Kind::Text => {
                // the cell's lines up to the next bar
                let stop = lines[next..].iter().position(|line| line.kind == Kind::Bar).map(|length| next + length)?.min(lines.len());
                let content = &lines[next..stop];
                let words = content.iter().filter(|line| line.kind == Kind::Text).count();
                let blank = content.first().is_some_and(|line| line.kind == Kind::Empty);
                let parted = blank && words > 0 && spaced * 5 <= bars + 4;
                if words > CELL_LINES || (gap > 0 && parted) {
                    break;
                }
                if words > 0 {
                    pieces.push(Piece { lines: next..stop, gap });
                    gap = 0;
                }
                next = stop;
            }
        }
        // the bars behind the last cell
        if !lines[next..].iter().any(|line| line.kind == Kind::Bar) {
            break;
        }
    }
    (!pieces.is_empty()).then_some(Region { start, end, pieces, trailing: gap })
}

/// Where bars stand behind cells only: the line that holds the heading of the numbers' column.
fn heading_line(lines: &[Line], at: usize, from: usize) -> Option<usize> {
    let start = at.checked_sub(1).filter(|start| *start >= from && lines[*start].kind == Kind::Text)?;
    (role(&lines[start].text) == Some(Role::Number)).then_some(start)
}

/// Returns the table of a region.
pub(super) fn table(lines: &[Line], region: &Region, layout: Layout, breaking: Breaking) -> Option<Raw> {
    let chunks: Vec<Chunk> = region.pieces.iter().map(|piece| piece.chunk(lines, breaking)).collect();
    let bars = if layout == Layout::Open { 2 } else { 1 };
    let place = Place { line: lines[region.start].number, ..Place::default() };
    let heads = heading_rows(&chunks, bars, layout);
    if let Some(heads) = heads {
        let (first, second) = heads;
        let pieces: Vec<&Piece> = region.pieces.iter().collect();
        let mut best: Option<(Arranged, Vec<usize>, usize)> = None;
        for (skip, columns, spanned) in candidates(&chunks, first, second) {
            let headings = names(&chunks, first, skip - first, spanned, columns);
            let roles = roles(&headings);
            let Some(arranged) = arrange(&chunks[skip..], &roles, layout) else { continue };
            if best.as_ref().is_none_or(|(found, ..)| arranged.cost < found.cost) {
                best = Some((arranged, vec![skip, spanned], columns));
            }
        }
        if let Some((arranged, chosen, columns)) = best
            && let [skip, spanned] = chosen.as_slice()
        {
            let mut rows = head(lines, &pieces, first, *skip, *spanned, columns, breaking);
            let offset = rows.len();
            rows.extend(filled(lines, &pieces[*skip..], &arranged, columns, breaking));
            let short = arranged.short.iter().map(|row| row + offset).collect();
            return Some(Raw { table: Table { rows, place }, short });
        }
    }
    // no headings that anything is known of: rows as the bars say
    let mut rows: Vec<Row> = Vec::new();
    for (piece, chunk) in region.pieces.iter().zip(&chunks) {
        let made = cell(piece.paragraphs(lines, breaking), lines[piece.lines.start].number);
        let empties = if chunk.gap >= bars { chunk.gap - bars } else { chunk.gap.saturating_sub(1) };
        let new_row = rows.is_empty() || (layout == Layout::Open && chunk.gap >= bars);
        if new_row {
            rows.push(Row::default());
        }
        if let Some(row) = rows.last_mut() {
            let leading = if rows_first(new_row, layout) { 0 } else { empties };
            row.cells.extend((0..leading.min(20)).map(|_| cell(Vec::new(), 0)));
            row.cells.push(made);
        }
    }
    let _ = region.trailing;
    Some(Raw { table: Table { rows, place }, short: Vec::new() })
}

/// Empty cells at the front of a row and behind the row before cannot be told apart here: none is made up.
fn rows_first(new_row: bool, layout: Layout) -> bool {
    new_row && layout == Layout::Open
}

/// Returns how many pieces the first heading row has, and the second (0 for none); `None` where the first row holds no headings.
fn heading_rows(chunks: &[Chunk], bars: usize, layout: Layout) -> Option<(usize, usize)> {
    let row_end = |from: usize| {
        let rest = chunks.get(from + 1..).unwrap_or(&[]);
        match layout {
            Layout::Open => rest.iter().position(|chunk| chunk.gap >= bars).map_or(chunks.len(), |length| from + 1 + length),
            Layout::Closed | Layout::Stream => {
                rest.iter().position(|chunk| mark::whole(&chunk.text).is_some()).map_or(chunks.len(), |length| from + 1 + length)
            }
        }
    };
    let first = row_end(0);
    let known = chunks[..first].iter().filter(|chunk| role(&chunk.text).is_some()).count();
    let numbered = chunks.first().is_some_and(|chunk| role(&chunk.text) == Some(Role::Number));
    if !(2..=14).contains(&first) || (known < 3 && !(numbered && known >= 1)) {
        return None;
    }
    let second = row_end(first);
    let is_head = layout == Layout::Open
        && second > first + 1
        && second - first <= 12
        && mark::whole(&chunks[first].text).is_none_or(|(found, _)| mark::oddness(None, &found) > 2.0)
        && chunks[first].gap == bars
        && chunks[first..second].iter().all(|chunk| chunk.text.chars().count() < 80);
    Some((first, if is_head { second - first } else { 0 }))
}

/// Returns the readings of the headings worth trying: pieces in them, columns, which of the first row's cells has the second below it.
fn candidates(chunks: &[Chunk], first: usize, second: usize) -> Vec<(usize, usize, usize)> {
    let mut out = vec![(first, first, usize::MAX)];
    if second > 0 {
        let own = |at: &usize| !matches!(role(&chunks[*at].text), Some(Role::Number | Role::Content));
        for spanned in (0..first).rev().filter(own) {
            out.push((first + second, first - 1 + second, spanned));
        }
    }
    out
}

/// Returns the headings of all columns, those of two rows joined.
fn names(chunks: &[Chunk], first: usize, second: usize, spanned: usize, columns: usize) -> Vec<String> {
    let mut out = Vec::with_capacity(columns);
    for (at, chunk) in chunks[..first].iter().enumerate() {
        if at == spanned {
            out.extend(chunks[first..first + second].iter().map(|below| below.text.clone()));
        } else {
            out.push(chunk.text.clone());
        }
    }
    out
}

/// Returns the heading rows, merged cells and all.
fn head(lines: &[Line], pieces: &[&Piece], first: usize, skip: usize, spanned: usize, columns: usize, breaking: Breaking) -> Vec<Row> {
    let second = skip - first;
    let made = |piece: &Piece| cell(piece.paragraphs(lines, breaking), lines[piece.lines.start].number);
    let mut top = Row { cells: pieces[..first].iter().map(|piece| made(piece)).collect(), heading: true };
    if second == 0 {
        return vec![top];
    }
    let mut below = Row { cells: Vec::with_capacity(columns), heading: true };
    for (at, piece) in pieces[..first].iter().enumerate() {
        if at == spanned {
            below.cells.extend(pieces[first..skip].iter().map(|piece| made(piece)));
            if let Some(cell) = top.cells.get_mut(at) {
                cell.span = u32::try_from(second).unwrap_or(1);
            }
        } else {
            let mut again = made(piece);
            again.merged = true;
            below.cells.push(again);
        }
    }
    vec![top, below]
}
