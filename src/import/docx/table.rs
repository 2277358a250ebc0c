//! Tables of a Word document: rows and cells on the grid, merges, tables inside cells.

use super::super::block::{Block, Cell, Paragraph, Place, Row, Table, flat};
use super::super::xml::{Node, Space};
use super::body::{Walker, alternative};
use super::revision::{Change, Revisions};
use super::style::is_on;

/// The last column of a grid that is counted; Word itself has 63.
const COLUMNS: u32 = 1_000;

/// A table while it is read.
#[derive(Default)]
struct Grid {
    rows: Vec<Row>,
    /// What the last cell that begins in a column holds, where a vertical merge may go on from it.
    above: Vec<Option<Vec<Paragraph>>>,
}

/// A row while it is read.
#[derive(Default)]
struct Cells {
    cells: Vec<Cell>,
    column: u32,
}

impl Walker<'_> {
    /// Reads a table. One that only frames what lies in it is opened: its content is given as blocks.
    pub(super) fn table(&mut self, node: Node<'_>, out: &mut Vec<Block>) {
        if self.cell.table == 0 && is_frame(node) {
            for cell in cells_below(node) {
                self.blocks(cell, out);
            }
            return;
        }
        let outer = self.cell;
        if outer.table == 0 {
            self.tables += 1;
            self.cell = Place { table: self.tables, ..Place::default() };
        }
        let place = Place { line: self.lines + 1, ..self.cell };
        self.properties(node, "tblPr");
        let mut grid = Grid::default();
        self.rows(node, outer, &mut grid);
        self.cell = outer;
        if !grid.rows.is_empty() {
            out.push(Block::Table(Table { rows: grid.rows, place }));
        }
    }

    fn rows(&mut self, node: Node<'_>, outer: Place, grid: &mut Grid) {
        for child in node.children() {
            match (child.space(), child.name()) {
                (Space::Word, "tr") => self.row(child, outer, grid),
                // a paragraph between rows: no program writes it, but it is text
                (Space::Word, "p") => {
                    let mut cells = Cells { column: 1, ..Cells::default() };
                    self.stray(child, &mut cells);
                    grid.rows.push(Row { cells: cells.cells, heading: false });
                }
                (Space::Word, "sdt") => {
                    let tagged = self.enter(child);
                    if let Some(content) = child.word("sdtContent") {
                        self.rows(content, outer, grid);
                    }
                    self.leave(tagged);
                }
                (Space::Word, "customXml" | "ins" | "moveTo") => self.rows(child, outer, grid),
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = alternative(child) {
                        self.rows(chosen, outer, grid);
                    }
                }
                _ => {}
            }
        }
    }

    fn row(&mut self, node: Node<'_>, outer: Place, grid: &mut Grid) {
        let properties = node.word("trPr");
        let has = |name: &str| properties.and_then(|properties| properties.word(name));
        if outer.table == 0 {
            self.cell.row = u32::try_from(grid.rows.len() + 1).unwrap_or(u32::MAX);
            self.cell.column = 0;
        }
        self.properties(node, "trPr");
        let changes = [(has("ins"), Change::RowInserted), (has("del"), Change::RowDeleted)];
        for (mark, change) in changes {
            let Some(mark) = mark else { continue };
            if self.mode == Revisions::Report {
                let author = mark.attribute("author").unwrap_or_default();
                let words = if change.adds() { String::new() } else { words(node) };
                self.is_apart = true;
                self.record(change, &author, &words);
            }
            if change.adds() == (self.mode == Revisions::Reject) {
                return;
            }
        }
        if has("hidden").is_some_and(is_on) {
            let place = self.place();
            self.met.hidden.push((place, words(node)));
            return;
        }
        let before = has("gridBefore").and_then(|before| before.number("val")).unwrap_or(0);
        let mut cells = Cells { column: 1 + before.min(COLUMNS), ..Cells::default() };
        self.cells(node, outer, grid, &mut cells);
        let heading = has("tblHeader").is_some_and(is_on);
        if !cells.cells.is_empty() {
            grid.rows.push(Row { cells: cells.cells, heading });
        }
    }

    fn cells(&mut self, node: Node<'_>, outer: Place, grid: &mut Grid, row: &mut Cells) {
        for child in node.children() {
            match (child.space(), child.name()) {
                (Space::Word, "tc") => self.table_cell(child, outer, grid, row),
                (Space::Word, "p") => self.stray(child, row),
                (Space::Word, "sdt") => {
                    let tagged = self.enter(child);
                    if let Some(content) = child.word("sdtContent") {
                        self.cells(content, outer, grid, row);
                    }
                    self.leave(tagged);
                }
                (Space::Word, "customXml" | "ins" | "moveTo") => self.cells(child, outer, grid, row),
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = alternative(child) {
                        self.cells(chosen, outer, grid, row);
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads a paragraph outside every cell as a cell of its own.
    fn stray(&mut self, node: Node<'_>, row: &mut Cells) {
        let place = Place { line: self.lines + 1, ..self.cell };
        let mut blocks = Vec::new();
        self.lone(node, &mut blocks);
        row.cells.push(Cell { paragraphs: flat(blocks), span: 1, merged: false, place });
        row.column = (row.column + 1).min(COLUMNS);
    }

    fn table_cell(&mut self, node: Node<'_>, outer: Place, grid: &mut Grid, row: &mut Cells) {
        let properties = self.properties(node, "tcPr");
        let has = |name: &str| properties.and_then(|properties| properties.word(name));
        let (column, left) = (row.column, COLUMNS.saturating_sub(row.column) + 1);
        let span = has("gridSpan").and_then(|span| span.number("val")).unwrap_or(1).clamp(1, left);
        row.column = (column + span).min(COLUMNS);
        if outer.table == 0 {
            self.cell.column = column;
        }
        if let Some(mark) = ["cellIns", "cellDel", "cellMerge"].into_iter().find_map(has)
            && self.mode == Revisions::Report
        {
            let author = mark.attribute("author").unwrap_or_default();
            self.is_apart = true;
            self.record(Change::Cell, &author, "");
        }
        let goes_on = |name: &str| has(name).is_some_and(|merge| merge.val().is_none_or(|value| value == "continue"));
        let place = Place { line: self.lines + 1, ..self.cell };
        let mut blocks = Vec::new();
        self.blocks(node, &mut blocks);
        let paragraphs = flat(blocks);
        // an older way to merge to the right: a cell of its own for each column
        if goes_on("hMerge")
            && let Some(last) = row.cells.last_mut()
        {
            last.span += span;
            last.paragraphs.extend(paragraphs);
            return;
        }
        let at = column as usize;
        if grid.above.len() < at + span as usize {
            grid.above.resize_with(at + span as usize, || None);
        }
        let above = if goes_on("vMerge") { grid.above[at].clone() } else { None };
        if let Some(above) = above {
            let size = above.iter().map(|paragraph| paragraph.text.len()).sum();
            let paragraphs = match self.copies.checked_sub(size) {
                Some(left) => {
                    self.copies = left;
                    above
                }
                None => {
                    self.met.unrepeated += 1;
                    Vec::new()
                }
            };
            row.cells.push(Cell { paragraphs, span, merged: true, place });
            return;
        }
        grid.above[at..at + span as usize].fill(None);
        if has("vMerge").is_some() {
            grid.above[at] = Some(paragraphs.clone());
        }
        row.cells.push(Cell { paragraphs, span, merged: false, place });
    }
}

/// Returns the words of a row, for what is said about one that is left out.
fn words(node: Node<'_>) -> String {
    let texts = node.below().filter(|child| child.is_word("t") || child.is_word("delText")).map(|child| child.text().into_owned());
    let texts: Vec<String> = texts.take(200).collect();
    texts.join(" ")
}

/// Returns the rows of a table, those in content controls too.
fn rows_below(table: Node<'_>) -> Vec<Node<'_>> {
    direct(table, "tr")
}

fn cells_below(table: Node<'_>) -> Vec<Node<'_>> {
    rows_below(table).into_iter().flat_map(|row| direct(row, "tc")).collect()
}

/// Returns the elements of this name that lie in `node` with nothing but content controls between.
fn direct<'t>(node: Node<'t>, name: &str) -> Vec<Node<'t>> {
    let mut out = Vec::new();
    for child in node.children() {
        if child.is_word(name) {
            out.push(child);
        } else if child.is_word("sdt") || child.is_word("sdtContent") || child.is_word("customXml") {
            out.extend(direct(child, name));
        }
    }
    out
}

/// Says whether a table only frames its content: it has one cell, or one row or column with a table of several rows and columns inside.
fn is_frame(table: Node<'_>) -> bool {
    let rows = rows_below(table);
    let widest = rows.iter().map(|row| direct(*row, "tc").len()).max().unwrap_or(0);
    if rows.len() == 1 && widest == 1 {
        return true;
    }
    (rows.len() == 1 || widest == 1)
        && cells_below(table).into_iter().flat_map(|cell| direct(cell, "tbl")).any(|inner| {
            let rows = rows_below(inner);
            rows.len() > 1 && rows.iter().any(|row| direct(*row, "tc").len() > 1)
        })
}
