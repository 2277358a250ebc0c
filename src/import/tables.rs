//! Sheets of a workbook as a document: each a table, with the title rows above it and the notes below it as paragraphs.

use super::block::{Block, Cell, Document, Paragraph, Place, Row, Style, Table};
use super::sheet::{Book, Entry, Line, Merge, Sheet};
use super::{Doubt, Out};
use crate::base::Key;
use crate::diag::{Code, msg};

/// Returns the document of a workbook. Sheets that are hidden or hold nothing are left out, hidden ones with a KH5012.
///
/// A sheet's name opens it as a heading, unless it is the name that the program gave. The table begins at the first row that fills more than half of
/// the columns of the fullest one, and ends before the blank row behind the last such row.
pub(super) fn document(name: &str, book: Book) -> Out {
    let mut out = Out { document: Document { name: name.to_owned(), blocks: Vec::new() }, doubts: book.doubts };
    for (sheet, number) in book.sheets.iter().zip(1u32..) {
        if sheet.rows.is_empty() {
            continue;
        }
        if sheet.hidden {
            let title = &sheet.name;
            let message = msg!("Bỏ qua trang tính ẩn “{title}”", "The hidden sheet “{title}” was left out");
            out.doubts.push(Doubt::new(Code::KH5012, message).at(Place { table: number, ..Place::default() }));
            continue;
        }
        blocks(sheet, number, &mut out.document.blocks);
    }
    out.doubts.sort_by_key(|doubt| doubt.place);
    out
}

fn blocks(sheet: &Sheet, number: u32, out: &mut Vec<Block>) {
    if !is_given_by_program(&sheet.name) {
        let place = Place { table: number, ..Place::default() };
        let style = Style { heading: 1, ..Style::default() };
        out.push(Block::Paragraph(Paragraph { text: sheet.name.clone(), style, place, ..Paragraph::default() }));
    }
    let grid = Grid::new(sheet, number);
    let counts: Vec<usize> = sheet.rows.iter().map(|line| grid.filled(line)).collect();
    let widest = counts.iter().copied().max().unwrap_or(0);
    let is_full = |count: usize| widest > 1 && count * 2 > widest;
    let first = counts.iter().position(|count| is_full(*count)).unwrap_or(sheet.rows.len());
    let last = counts.iter().rposition(|count| is_full(*count)).map_or(first, |at| at + 1);
    let gap = (last..sheet.rows.len()).find(|at| sheet.rows[*at].number > sheet.rows[at - 1].number + 1);
    let end = gap.unwrap_or(sheet.rows.len());
    let (titles, rest) = sheet.rows.split_at(first);
    let (rows, notes) = rest.split_at(end.saturating_sub(first));
    grid.paragraphs(titles, out);
    if !rows.is_empty() {
        let place = Place { line: rows[0].number, table: number, ..Place::default() };
        out.push(Block::Table(Table { rows: rows.iter().map(|line| grid.row(line)).collect(), place }));
    }
    grid.paragraphs(notes, out);
}

/// Says whether a name is one that Excel or Calc gives a new sheet.
fn is_given_by_program(name: &str) -> bool {
    let key = Key::new(name);
    let key = key.as_str().trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '_' | '(' | ')'));
    matches!(key, "" | "sheet" | "trang tính" | "trang_tính" | "bảng tính" | "worksheet" | "table")
}

/// A sheet with its merges at hand.
struct Grid<'s> {
    sheet: &'s Sheet,
    number: u32,
    /// The first column that holds something.
    left: u32,
}

impl<'s> Grid<'s> {
    fn new(sheet: &'s Sheet, number: u32) -> Self {
        let first = |line: &Line| line.cells.iter().position(|entry| !entry.text.is_empty());
        let left = sheet.rows.iter().filter_map(first).min().unwrap_or(0);
        Self { sheet, number, left: u32::try_from(left + 1).unwrap_or(1) }
    }

    /// The merge that covers a cell. Merges are few beside cells: those above the row end the search early.
    fn merge(&self, row: u32, column: u32) -> Option<&'s Merge> {
        let above = self.sheet.merges.partition_point(|merge| merge.top <= row);
        let covers = |merge: &&Merge| merge.bottom >= row && merge.left <= column && column <= merge.right;
        self.sheet.merges[..above].iter().rev().find(covers)
    }

    /// Cells of a row that hold something of its own.
    fn filled(&self, line: &Line) -> usize {
        let entries = line.cells.iter().zip(1u32..).filter(|(entry, _)| !entry.text.is_empty());
        entries
            .filter(|(_, column)| {
                self.merge(line.number, *column).is_none_or(|merge| merge.top == line.number || merge.left == merge.right)
            })
            .count()
    }

    fn place(&self, line: &Line, column: u32) -> Place {
        Place { line: line.number, table: self.number, row: line.number, column }
    }

    fn paragraphs(&self, lines: &[Line], out: &mut Vec<Block>) {
        for line in lines {
            for (entry, column) in line.cells.iter().zip(1u32..).filter(|(entry, _)| !entry.text.is_empty()) {
                if self.merge(line.number, column).is_some_and(|merge| merge.top < line.number) {
                    continue;
                }
                let place = self.place(line, column);
                out.push(Block::Paragraph(paragraph(entry, place)));
            }
        }
    }

    fn row(&self, line: &Line) -> Row {
        let mut cells = Vec::new();
        let mut column = self.left;
        let width = u32::try_from(line.cells.len()).unwrap_or(u32::MAX);
        while column <= width {
            let merge = self.merge(line.number, column);
            let span = merge.map_or(1, |merge| merge.right.saturating_sub(column) + 1);
            let place = self.place(line, column);
            let entry = line.cells.get(column as usize - 1).filter(|entry| !entry.text.is_empty());
            let paragraphs = entry.map(|entry| paragraph(entry, place)).into_iter().collect();
            cells.push(Cell { paragraphs, span, merged: merge.is_some_and(|merge| merge.top < line.number), place });
            column = column.saturating_add(span);
        }
        Row { cells, heading: false }
    }
}

fn paragraph(entry: &Entry, place: Place) -> Paragraph {
    Paragraph { text: entry.text.clone(), style: entry.style, place, ..Paragraph::default() }
}

#[cfg(test)]
mod tests {
    use super::super::sheet::book;
    use super::*;

    fn read(text: &str) -> Vec<Block> {
        document("a.csv", book("a.csv", text.as_bytes()).unwrap()).document.blocks
    }

    fn texts(blocks: &[Block]) -> Vec<String> {
        let cell = |cell: &Cell| cell.paragraphs.iter().map(|paragraph| paragraph.text.clone()).collect::<String>();
        let row = |row: &Row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|");
        let one = |block: &Block| match block {
            Block::Paragraph(paragraph) => paragraph.text.clone(),
            Block::Table(table) => table.rows.iter().map(row).collect::<Vec<_>>().join(" / "),
            Block::Break => "---".to_owned(),
        };
        blocks.iter().map(one).collect()
    }

    #[test]
    fn title_rows_and_notes_stand_outside_the_table() {
        let text = "UBND HUYỆN,,,CỘNG HÒA\nPHỤ LỤC I,,,\n,,,\nSTT,Nhiệm vụ,Chủ trì,Thời gian\nI,Cải cách thể chế,,\n1,Rà soát,Phòng Tư pháp,Quý I\n,,,\nGhi chú: không\n";
        assert_eq!(
            texts(&read(text)),
            [
                "UBND HUYỆN",
                "CỘNG HÒA",
                "PHỤ LỤC I",
                "STT|Nhiệm vụ|Chủ trì|Thời gian / I|Cải cách thể chế / 1|Rà soát|Phòng Tư pháp|Quý I",
                "Ghi chú: không"
            ]
        );
    }

    #[test]
    fn merges_are_spans_and_repeats() {
        use rust_xlsxwriter::{Format, Workbook};
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet().set_name("PL 01").unwrap();
        sheet.write_row(0, 1, ["TT", "Nhiệm vụ", "Chủ trì"]).unwrap();
        sheet.merge_range(1, 1, 1, 3, "I. Thể chế", &Format::new()).unwrap();
        sheet.write_row(2, 1, ["1", "Rà soát"]).unwrap();
        sheet.write_row(3, 1, ["2", "Báo cáo"]).unwrap();
        sheet.merge_range(2, 3, 3, 3, "Phòng Tư pháp", &Format::new()).unwrap();
        let out = document("a.xlsx", book("a.xlsx", &workbook.save_to_buffer().unwrap()).unwrap());
        let [Block::Paragraph(caption), Block::Table(table)] = out.document.blocks.as_slice() else { panic!("{out:?}") };
        assert_eq!((caption.text.as_str(), caption.style.heading), ("PL 01", 1));
        assert_eq!(texts(&out.document.blocks)[1], "TT|Nhiệm vụ|Chủ trì / I. Thể chế / 1|Rà soát|Phòng Tư pháp / 2|Báo cáo|Phòng Tư pháp");
        assert_eq!(table.rows[1].cells[0].span, 3);
        let last = &table.rows[3].cells[2];
        assert_eq!((last.merged, last.place), (true, Place { line: 4, table: 1, row: 4, column: 4 }));
    }
}
