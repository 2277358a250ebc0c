//! Tables of a web page: rows and cells put on the grid with their spans.

use super::super::block::{Block, Cell, Paragraph, Place, Row, Table, flat};

/// The most columns of a grid, as browsers have it.
const COLUMNS: usize = 1_000;

/// Bytes of text that the cells of a page may repeat over rows.
pub(super) const COPIED: usize = 32 << 20;

/// How deep tables may lie in each other and still be kept as tables.
const NESTED: usize = 20;

/// A cell that goes on in the rows below.
#[derive(Debug)]
struct Hanging {
    rows: usize,
    span: u32,
    blocks: Vec<Block>,
}

/// A cell of a table that is still open.
#[derive(Debug)]
struct Open {
    blocks: Vec<Block>,
    span: usize,
    rows: usize,
    merged: bool,
}

/// A table that is still open.
#[derive(Debug, Default)]
pub(super) struct Building {
    rows: Vec<(Vec<Open>, bool)>,
    /// Cells of the rows above that go on, by their first column.
    hanging: Vec<Option<Hanging>>,
    column: usize,
    /// Whether the rows belong to the head.
    pub(super) in_head: bool,
    row_is_open: bool,
    cell_is_open: bool,
    all_head: bool,
}

impl Building {
    pub(super) fn open_row(&mut self) {
        self.close_row(&mut 0);
        self.rows.push((Vec::new(), self.in_head));
        self.column = 0;
        self.row_is_open = true;
        self.all_head = true;
    }

    /// Opens a cell; the cells that hang down into the row before it are set first. `copies` is what may still be repeated.
    pub(super) fn open_cell(&mut self, span: usize, rows: usize, is_head: bool, copies: &mut usize) {
        if !self.row_is_open {
            self.open_row();
        }
        self.hang(false, copies);
        self.all_head &= is_head;
        let span = span.clamp(1, COLUMNS.saturating_sub(self.column).max(1));
        // a span of 0 goes to the end of the table
        let rows = if rows == 0 { usize::MAX } else { rows };
        if let Some((cells, _)) = self.rows.last_mut() {
            cells.push(Open { blocks: Vec::new(), span, rows, merged: false });
        }
        self.cell_is_open = true;
    }

    /// Returns where the content of the open cell goes; `None` between cells.
    pub(super) fn content(&mut self) -> Option<&mut Vec<Block>> {
        if !self.cell_is_open {
            return None;
        }
        self.rows.last_mut().and_then(|(cells, _)| cells.last_mut()).map(|cell| &mut cell.blocks)
    }

    pub(super) fn close_cell(&mut self) {
        if !std::mem::take(&mut self.cell_is_open) {
            return;
        }
        let Some(cell) = self.rows.last().and_then(|(cells, _)| cells.last()) else { return };
        let (column, span) = (self.column, cell.span);
        if cell.rows > 1 && column < COLUMNS {
            let hanging = Hanging { rows: cell.rows - 1, span: u32::try_from(span).unwrap_or(1), blocks: cell.blocks.clone() };
            if self.hanging.len() <= column {
                self.hanging.resize_with(column + 1, || None);
            }
            // set now, counted from the next row on
            self.hanging[column] = Some(hanging);
            if let Some((cells, _)) = self.rows.last_mut()
                && let Some(cell) = cells.last_mut()
            {
                cell.rows = 1;
            }
        }
        self.column += span;
    }

    pub(super) fn close_row(&mut self, copies: &mut usize) {
        if !std::mem::take(&mut self.row_is_open) {
            return;
        }
        self.close_cell();
        self.hang(true, copies);
        let all_head = self.all_head;
        if let Some((cells, heading)) = self.rows.last_mut() {
            *heading |= all_head && !cells.is_empty();
        }
    }

    /// Sets the cells that hang down into the row at the next column; at the row's end all that are left.
    fn hang(&mut self, to_end: bool, copies: &mut usize) {
        // a cell that was opened in this row hangs from the next row on
        let row = self.rows.len();
        loop {
            let place = if to_end {
                (self.column..self.hanging.len()).find(|at| self.hanging[*at].is_some())
            } else {
                self.hanging.get(self.column).is_some_and(Option::is_some).then_some(self.column)
            };
            let Some(place) = place else { break };
            let Some(hanging) = self.hanging[place].as_mut() else { break };
            let size: usize = hanging.blocks.iter().map(size).sum();
            let blocks = match copies.checked_sub(size) {
                Some(left) => {
                    *copies = left;
                    hanging.blocks.clone()
                }
                None => Vec::new(),
            };
            let span = hanging.span as usize;
            hanging.rows -= 1;
            if hanging.rows == 0 {
                self.hanging[place] = None;
            }
            if let Some((cells, _)) = self.rows.get_mut(row - 1) {
                cells.push(Open { blocks, span, rows: 1, merged: true });
            }
            self.column = place + span;
        }
    }

    /// Returns what the table came to: itself, or its content where it only frames it. `depth` is the number of tables around.
    pub(super) fn close(mut self, depth: usize, copies: &mut usize) -> Vec<Block> {
        self.close_row(copies);
        self.rows.retain(|(cells, _)| !cells.is_empty());
        if self.is_frame() || depth > NESTED {
            let cells = self.rows.into_iter().flat_map(|(cells, _)| cells).filter(|cell| !cell.merged);
            return cells.flat_map(|cell| cell.blocks).collect();
        }
        let mut rows = Vec::new();
        for (cells, heading) in self.rows {
            let mut column = 1;
            let mut row = Row { cells: Vec::new(), heading };
            for cell in cells {
                let span = u32::try_from(cell.span).unwrap_or(1);
                let place = Place { column, ..Place::default() };
                row.cells.push(Cell { paragraphs: flat(cell.blocks), span, merged: cell.merged, place });
                column += span;
            }
            rows.push(row);
        }
        if rows.is_empty() { Vec::new() } else { vec![Block::Table(Table { rows, place: Place::default() })] }
    }

    /// Says whether the table only sets out a page: it has one cell, or a table inside it holds most of its text.
    fn is_frame(&self) -> bool {
        let cells = || self.rows.iter().flat_map(|(cells, _)| cells).filter(|cell| !cell.merged);
        if cells().count() == 1 {
            return true;
        }
        let is_data = |table: &Table| table.rows.len() > 1 && table.rows.iter().any(|row| row.cells.len() > 1);
        let inner = cells().flat_map(|cell| &cell.blocks).filter(|block| matches!(block, Block::Table(table) if is_data(table)));
        let inner: usize = inner.map(size).sum();
        let whole: usize = cells().flat_map(|cell| &cell.blocks).map(size).sum();
        let widest = self.rows.iter().map(|(cells, _)| cells.len()).max().unwrap_or(0);
        inner > 0 && (self.rows.len() == 1 || widest == 1 || inner * 2 > whole)
    }
}

/// Bytes of text in a block.
pub(super) fn size(block: &Block) -> usize {
    let texts = |paragraphs: &[Paragraph]| paragraphs.iter().map(|paragraph| paragraph.text.len()).sum::<usize>();
    match block {
        Block::Paragraph(paragraph) => paragraph.text.len(),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(|cell| texts(&cell.paragraphs)).sum(),
        Block::Break => 0,
    }
}
