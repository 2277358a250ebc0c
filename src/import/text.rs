//! Plain text and markdown, as copied from law sites or converted from PDF, to blocks.
//!
//! Tables come in five dresses: drawn with lines, rows with `|`, rows with tabs, a cell per line between lone `|`, and a cell per line with nothing
//! between.
//! What is no table is paragraphs, joined where the copy broke them. Nothing is left out; emphasis and tags of HTML are taken off.

mod bars;
mod boxes;
mod line;
mod paragraph;
mod rows;
mod spaced;
mod stream;

use self::line::{Kind, Line};
use self::paragraph::{Breaking, paragraphs};
use super::block::{Block, Cell, Document, Paragraph, Place, Row, Table};
use super::doubt::Doubt;
use crate::diag::{Code, msg};

/// Returns the blocks of a text, and doubts about tables whose cells had to be sorted into columns. `name` is the file's.
pub fn read_text(name: &str, text: &str) -> (Document, Vec<Doubt>) {
    let lines = line::lines(text);
    let boxes = boxes::ranges(&lines);
    let mut reader = Reader {
        breaking: Breaking::of(&lines, &boxes),
        open: bars::are_open(&lines),
        tables: 0,
        tried: 0,
        out: Vec::new(),
        doubts: Vec::new(),
    };
    let mut boxes = boxes.into_iter().peekable();
    let (mut prose, mut at) = (0, 0);
    while at < lines.len() {
        let drawn = boxes.next_if(|range| range.start == at);
        let found = match drawn {
            Some(range) => reader.drawn(&lines, &range),
            None => reader.table(&lines[..boxes.peek().map_or(lines.len(), |range| range.start)], at, prose),
        };
        match found {
            Some((start, end)) if end > at => {
                // the table may begin above the line that gave it away
                let table = reader.out.pop();
                let blocks = paragraphs(&lines[prose..start], reader.breaking);
                reader.out.extend(blocks.into_iter().map(Block::Paragraph));
                reader.out.extend(table);
                at = end;
                prose = end;
            }
            Some(_) | None => at += 1,
        }
    }
    let rest = paragraphs(&lines[prose..], reader.breaking);
    reader.out.extend(rest.into_iter().map(Block::Paragraph));
    (Document { name: name.to_owned(), blocks: reader.out }, reader.doubts)
}

struct Reader {
    breaking: Breaking,
    /// Whether lone bars stand before and behind each row's cells.
    open: bool,
    tables: u32,
    /// Lines below headings that turned out to head no table: a document full of them is not searched for ever.
    tried: usize,
    out: Vec<Block>,
    doubts: Vec<Doubt>,
}

impl Reader {
    /// Reads a table that is drawn with lines.
    fn drawn(&mut self, lines: &[Line], range: &std::ops::Range<usize>) -> Option<(usize, usize)> {
        self.push(boxes::table(lines, range)?);
        Some((range.start, range.end))
    }

    /// Reads the table that a line belongs to, puts it behind what was read, and returns its first line and the line behind it.
    fn table(&mut self, lines: &[Line], at: usize, from: usize) -> Option<(usize, usize)> {
        let line = &lines[at];
        match line.kind {
            Kind::Bar => {
                let region = bars::region(lines, at, from, self.open)?;
                let layout = if self.open { super::grid::Layout::Open } else { super::grid::Layout::Closed };
                let raw = bars::table(lines, &region, layout, self.breaking)?;
                self.push(raw);
                Some((region.start, region.end))
            }
            Kind::Text => {
                if let Some((raw, end)) = rows::table(lines, at) {
                    self.push(raw);
                    return Some((at, end));
                }
                let heads = super::column::role(line.text.split("  ").next().unwrap_or("")) == Some(super::column::Role::Number);
                if heads && self.tried > 20 * lines.len() + 10_000 {
                    return None;
                }
                let found = spaced::table(lines, at, self.breaking)
                    .or_else(|| spaced::pair(lines, at, self.breaking))
                    .or_else(|| stream::table(lines, at, self.breaking));
                if heads && found.is_none() {
                    self.tried += lines.len() - at;
                }
                let (raw, end) = found?;
                self.push(raw);
                Some((at, end))
            }
            Kind::Empty | Kind::Filler | Kind::Rule => None,
        }
    }

    fn push(&mut self, raw: Raw) {
        self.tables += 1;
        let mut table = raw.table;
        let number = self.tables;
        table.place.table = number;
        for (row, cells) in (1..).zip(&mut table.rows) {
            let mut column = 1;
            for cell in &mut cells.cells {
                let line = cell.paragraphs.first().map_or(cell.place.line, |p| p.place.line);
                cell.place = Place { line, table: number, row, column };
                for paragraph in &mut cell.paragraphs {
                    paragraph.place = Place { table: number, row, column, ..paragraph.place };
                }
                column += cell.span.max(1);
            }
        }
        for row in raw.short {
            let place = table.rows.get(row).and_then(|row| row.cells.first()).map(|cell| cell.place).unwrap_or_default();
            let words = table.rows.get(row).map(shown).unwrap_or_default();
            let message = msg!(
                "Hàng này thiếu ô so với các cột của bảng; ô nào thuộc cột nào là do đoán theo nội dung. Đối chiếu với văn bản.",
                "This row has fewer cells than the table has columns; which cell is of which column was judged by its words. Compare with the document."
            );
            self.doubts.push(Doubt::new(Code::KH5024, message).at(place).quote(words));
        }
        self.out.push(Block::Table(table));
    }
}

/// A table as a reader of one dress gives it: places hold lines only.
struct Raw {
    table: Table,
    /// Rows whose cells had to be sorted, from 0.
    short: Vec<usize>,
}

/// Returns a row's words, shortened.
fn shown(row: &Row) -> String {
    let cells: Vec<String> = row.cells.iter().flat_map(|cell| cell.paragraphs.iter().map(|p| p.text.replace('\n', " "))).collect();
    cells.join(" | ").chars().take(160).collect()
}

/// Returns a cell with these paragraphs.
fn cell(paragraphs: Vec<Paragraph>, line: u32) -> Cell {
    let line = paragraphs.first().map_or(line, |p| p.place.line);
    Cell { paragraphs, span: 1, merged: false, place: Place { line, ..Place::default() } }
}

/// Returns the paragraphs of a cell that stands on one line.
fn one_line(text: &str, line: &Line) -> Vec<Paragraph> {
    let clean = |part: &str| part.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").replace('\u{ffe8}', "|");
    let parts = text.split('\n').map(clean).filter(|part| !part.is_empty());
    parts
        .map(|text| Paragraph {
            text,
            style: super::block::Style { bold: line.bold, italic: line.italic, ..super::block::Style::default() },
            place: Place { line: line.number, ..Place::default() },
            ..Paragraph::default()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown_blocks(text: &str) -> Vec<String> {
        let (document, _) = read_text("a.txt", text);
        let mut out = Vec::new();
        for block in &document.blocks {
            match block {
                Block::Paragraph(p) => out.push(p.text.clone()),
                Block::Table(t) => {
                    for row in &t.rows {
                        let text = |cell: &Cell| cell.paragraphs.iter().map(|p| p.text.clone()).collect::<Vec<_>>().join("/");
                        out.push(format!(
                            "{}[{}]",
                            if row.heading { "#" } else { "" },
                            row.cells.iter().map(text).collect::<Vec<_>>().join("|")
                        ));
                    }
                }
                Block::Break => out.push("break".into()),
            }
        }
        out
    }

    #[test]
    fn rows_with_bars_and_tabs_are_tables() {
        assert_eq!(
            shown_blocks("Một\nTT | Nội dung | Chủ trì |\n1. | Rà soát | Sở A |\nHai"),
            ["Một", "[TT|Nội dung|Chủ trì]", "[1.|Rà soát|Sở A]", "Hai"]
        );
        assert_eq!(shown_blocks("| TT | Việc |\n|---|---|\n| 1 | Làm<br>- Hai |"), ["#[TT|Việc]", "[1|Làm/- Hai]"]);
        assert_eq!(shown_blocks("TT\tViệc\tHạn\n1\tLàm\tQuý I\n\ttiếp\t"), ["[TT|Việc|Hạn]", "[1|Làm|Quý I]", "[|tiếp|]"]);
    }

    #[test]
    fn drawn_lines_are_a_table() {
        let text = "\
Trước

┌────┬────────────┬──────────┐
│ TT │  Nội dung  │ Sản phẩm │
│    │ thực hiện  │          │
├────┼────────────┼──────────┤
│ 1  │ Rà soát    │ - Báo    │
│    │ quy định   │   cáo;   │
│    │ của Khu    │ - Quyết  │
│    │ Nghi Sơn   │   định.  │
├────┴────────────┼──────────┤
│ II. ĐẤT ĐAI     │          │
├────┬────────────┼──────────┤
│ 2  │ Sửa đổi    │ Quyết    │

  2

│    │ bảng giá   │ định     │
└────┴────────────┴──────────┘
Sau";
        assert_eq!(
            shown_blocks(text),
            [
                "Trước",
                "[TT|Nội dung thực hiện|Sản phẩm]",
                "[1|Rà soát quy định của Khu Nghi Sơn|- Báo cáo;/- Quyết định.]",
                "[II. ĐẤT ĐAI|]",
                "[2|Sửa đổi bảng giá|Quyết định]",
                "Sau"
            ]
        );
    }

    #[test]
    fn plain_signs_draw_a_table_too() {
        let merged = "\
+----+---------+--------+
| TT | Việc    | Cơ quan|
+====+=========+========+
| 1  | Rà soát | Sở A   |
+----+---------+ và     |
| 2  | Sửa     | Sở B   |
+----+---------+--------+";
        assert_eq!(shown_blocks(merged), ["#[TT|Việc|Cơ quan]", "[1|Rà soát|Sở A và Sở B]", "[2|Sửa|Sở A và Sở B]"]);
        let bare = "+----+------+\n| TT | Việc |\n+----+------+\n| 1  | Làm  |\n|    | xong |\n| 2  | Hai  |\n+----+------+";
        assert_eq!(shown_blocks(bare), ["[TT|Việc]", "[1|Làm xong]", "[2|Hai]"]);
    }

    #[test]
    fn a_cell_of_several_lines_belongs_to_its_row() {
        assert_eq!(
            shown_blocks("TT | Nội dung | Chủ trì |\n1 | Rà soát\ncác văn bản | Sở A |\n2 | Hai | Sở B |"),
            ["[TT|Nội dung|Chủ trì]", "[1|Rà soát các văn bản|Sở A]", "[2|Hai|Sở B]"]
        );
    }

    #[test]
    fn lone_bars_are_a_table() {
        let text = "Trước\n\n|\n**TT**\n|\n**Nội dung**\n|\n**Cơ quan chủ trì**\n|\n**Thời gian**\n|\n|\n1\n|\nRà soát,\nsửa\n|\nSở A\n|\n|\n|\n2\n|\nLàm\n|\nSở B\n|\nQuý I\n|\n\nSau";
        assert_eq!(
            shown_blocks(text),
            ["Trước", "#[TT|Nội dung|Cơ quan chủ trì|Thời gian]", "[1|Rà soát, sửa|Sở A|]", "[2|Làm|Sở B|Quý I]", "Sau"]
        );
    }

    #[test]
    fn cells_with_nothing_between_are_a_table() {
        let text = "Số TT\n\nNội dung công việc\n\nCơ quan chủ trì\n\nThời gian\n\n1\n\nTổ chức họp.\n\nSở A\n\nQuý I/2020\n\n2\n\nLàm\n\nSở B\n\nNăm 2020";
        assert_eq!(
            shown_blocks(text),
            ["#[Số TT|Nội dung công việc|Cơ quan chủ trì|Thời gian]", "[1|Tổ chức họp.|Sở A|Quý I/2020]", "[2|Làm|Sở B|Năm 2020]"]
        );
    }
}
