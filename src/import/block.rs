//! What every reader gives, whatever the file was: paragraphs and tables in their order, each with its place.

/// A document as paragraphs and tables. Text is NFC; a soft line break is `\n`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// The name that doubts show: the file's name.
    pub name: String,
    /// Paragraphs and tables, in reading order.
    pub blocks: Vec<Block>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Running text.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A page or section break.
    Break,
}

/// A place in a document: every number counts from 1; 0 where it has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Place {
    /// Line of a text file; paragraph of a Word document; row of a sheet.
    pub line: u32,
    /// Table of the document.
    pub table: u32,
    /// Row of the table, headings included.
    pub row: u32,
    /// Column of the table's grid.
    pub column: u32,
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paragraph {
    /// Its text, NFC, soft breaks as `\n`, without the list mark.
    pub text: String,
    /// The mark that a list of the program set in front (`1.`, `a)`, `-`), computed; empty where marks are typed into the text.
    pub mark: String,
    /// How deep in the list, from 0.
    pub depth: u8,
    /// How it looks.
    pub style: Style,
    /// The tag of the content control around it (`kh:TC-08/deadline`), where it has one.
    pub tag: Option<String>,
    /// Content controls inside the paragraph, each with its own words; `tag` is the first one's that has one, where none lies around.
    pub controls: Vec<Control>,
    /// Where it stands.
    pub place: Place,
}

/// A content control inside a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Control {
    /// Its tag; empty where it has none.
    pub tag: String,
    /// What Word shows above it; empty where that is nothing.
    pub title: String,
    /// Its text, NFC, trimmed; empty where it shows its prompt.
    pub text: String,
}

/// How a paragraph looks, where the format can say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// All of it is bold.
    pub bold: bool,
    /// All of it is italic.
    pub italic: bool,
    /// Centred.
    pub centred: bool,
    /// Heading level from 1; 0 for body text.
    pub heading: u8,
}

/// A table. Rows may have fewer cells than the grid has columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Rows, top down.
    pub rows: Vec<Row>,
    /// Where it begins.
    pub place: Place,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Cells, left to right.
    pub cells: Vec<Cell>,
    /// Whether the document says that it is a heading row.
    pub heading: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// Its paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// How many columns of the grid it covers; 0 is read as 1.
    pub span: u32,
    /// Whether a vertical merge goes on from the row above: `paragraphs` then repeat that cell's.
    pub merged: bool,
    /// Where it stands; `column` is its first column of the grid.
    pub place: Place,
}

/// Returns the paragraphs of a cell. A table inside it becomes a paragraph for each row, its cells parted by tabs.
pub(super) fn flat(blocks: Vec<Block>) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph(paragraph) => out.push(paragraph),
            Block::Table(table) => {
                for row in table.rows {
                    let first = row.cells.iter().flat_map(|cell| &cell.paragraphs).next();
                    let Some(mut whole) = first.cloned() else { continue };
                    let texts = row.cells.iter().filter(|cell| !cell.merged).map(|cell| {
                        let lines: Vec<String> = cell.paragraphs.iter().map(marked).collect();
                        lines.join(" ").replace(['\t', '\n'], " ")
                    });
                    whole.text = texts.collect::<Vec<_>>().join("\t").trim_matches('\t').to_owned();
                    whole.mark = String::new();
                    out.push(whole);
                }
            }
            Block::Break => {}
        }
    }
    out
}

fn marked(paragraph: &Paragraph) -> String {
    if paragraph.mark.is_empty() { paragraph.text.clone() } else { format!("{} {}", paragraph.mark, paragraph.text) }
}
