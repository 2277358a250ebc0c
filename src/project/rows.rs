//! Rows of a table in a file, with the text that stands for a sheet where findings show it.

use crate::base::{Span, clean};
use crate::import::sheet;

/// A cell with its place in the text that stands for the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Its words on one line.
    pub(super) text: String,
    /// Where they stand.
    pub(super) span: Span,
}

/// A row with its number in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// The number, from 1.
    pub(super) number: u32,
    /// The cells, left to right, without those behind the last that holds something.
    pub(super) cells: Vec<Cell>,
    /// The whole row.
    pub(super) span: Span,
}

impl Row {
    /// Returns the place of a column, counted from 1; the end of the row where it has no such cell.
    pub(super) fn place(&self, column: u32) -> Span {
        let cell = usize::try_from(column).ok().and_then(|column| self.cells.get(column.checked_sub(1)?));
        cell.map_or(Span::at(self.span.end as usize), |cell| cell.span)
    }
}

/// Returns the first `most` rows of a sheet, and the text that stands for it: one line for each row of the sheet, cells parted by tabs.
pub(super) fn rows_of(lines: &[sheet::Line], most: usize) -> (String, Vec<Row>) {
    let mut text = String::new();
    let mut out = Vec::new();
    let mut number = 1;
    for line in lines.iter().take(most) {
        while number < line.number {
            text.push('\n');
            number += 1;
        }
        let start = text.len();
        let mut cells = Vec::new();
        for (at, entry) in line.cells.iter().enumerate() {
            if at > 0 {
                text.push('\t');
            }
            let cleaned = clean(&entry.text.replace('\n', " ")).into_owned();
            let from = text.len();
            text.push_str(&cleaned);
            cells.push(Cell { text: cleaned, span: Span::new(from, text.len()) });
        }
        out.push(Row { number: line.number, cells, span: Span::new(start, text.len()) });
    }
    (text, out)
}
