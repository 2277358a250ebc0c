//! Forms in Excel that the program made and a person filled in: rows by code, columns by title, wherever they were moved.
//!
//! Takes a workbook, gives the tables of its sheets with the place of each cell. Knows no plan: whether a code or a word fits is judged elsewhere.

use super::sheet::{Book, cell_name};
use crate::base::{Key, clean};

/// What the hidden sheet of a form names itself.
const SCHEMA: &str = "kehoach/worksheet/1";

/// A form that was read back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// What the hidden sheet says beside the schema: name and value (`kind`, `parent`, `unit`, `year`).
    pub about: Vec<(String, String)>,
    /// The tables of its sheets, in order: those that have the column of codes.
    pub tables: Vec<FormTable>,
}

/// A sheet of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormTable {
    /// The sheet's name.
    pub name: String,
    /// Which sheet of the workbook it is: index into its sheets, hidden ones counted.
    pub sheet: usize,
    /// The titles of its columns with their numbers, from 1, left to right; the column of codes is one of them.
    pub titles: Vec<(String, u32)>,
    /// The number of the row of titles.
    pub head: u32,
    /// The rows that hold something below it, top down.
    pub rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormRow {
    /// The row's number as Excel shows it.
    pub number: u32,
    /// The code in the column of codes; empty where it has none.
    pub code: String,
    /// One text per title, lines parted by `\n`.
    pub cells: Vec<String>,
}

impl Form {
    /// Returns what the hidden sheet says under a name.
    pub fn about(&self, name: &str) -> Option<&str> {
        self.about.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

impl FormTable {
    /// Returns the index of the column with a title; `None` where the sheet has none.
    pub fn column(&self, title: &str) -> Option<usize> {
        let key = Key::new(title);
        self.titles.iter().position(|(own, _)| Key::new(own) == key)
    }

    /// Returns the text of a row under a title; empty where there is none.
    pub fn text<'r>(&self, row: &'r FormRow, title: &str) -> &'r str {
        self.column(title).and_then(|at| row.cells.get(at)).map_or("", String::as_str)
    }

    /// Returns the number of the column with a title, from 1; that of the codes where the sheet has none.
    pub fn column_number(&self, title: &str) -> u32 {
        self.column(title).and_then(|at| self.titles.get(at)).map_or(1, |(_, number)| *number)
    }

    /// Returns the name of a row's cell under a title, as a person finds it: `Nhiệm vụ, ô E7`.
    pub fn cell(&self, row: u32, title: &str) -> String {
        format!("{}, ô {}", self.name, cell_name(row, self.column_number(title)))
    }
}

/// Returns the form that a workbook holds; `None` for one that is no form of this program. `code` is the title of the column of codes.
pub fn form(book: &Book, code: &str) -> Option<Form> {
    let own =
        book.sheets.iter().find(|sheet| sheet.rows.iter().any(|row| row.text(1).trim() == "schema" && row.text(2).trim() == SCHEMA))?;
    let about = own.rows.iter().map(|row| (row.text(1).trim().to_owned(), row.text(2).trim().to_owned()));
    let mut out = Form { about: about.filter(|(name, _)| name != "schema").collect(), tables: Vec::new() };
    let wanted = Key::new(code);
    for (sheet, stated) in book.sheets.iter().enumerate().filter(|(_, sheet)| !sheet.hidden) {
        let Some(head) = stated.rows.iter().position(|row| row.cells.iter().any(|entry| Key::new(&entry.text) == wanted)) else { continue };
        let named = stated.rows[head].cells.iter().zip(1u32..).map(|(entry, number)| (words(&entry.text), number));
        let titles: Vec<(String, u32)> = named.filter(|(title, _)| !title.is_empty()).collect();
        let mut table = FormTable { name: stated.name.clone(), sheet, titles, head: stated.rows[head].number, rows: Vec::new() };
        let at = table.column_number(code);
        for row in &stated.rows[head + 1..] {
            let cells: Vec<String> = table.titles.iter().map(|(_, number)| lines(row.text(*number))).collect();
            if cells.iter().any(|text| !text.is_empty()) {
                table.rows.push(FormRow { number: row.number, code: words(row.text(at)), cells });
            }
        }
        out.tables.push(table);
    }
    Some(out)
}

/// Returns a text on one line.
fn words(text: &str) -> String {
    clean(&text.replace('\n', " ")).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a text with its lines, each cleaned, blank ones left out.
fn lines(text: &str) -> String {
    text.lines().map(words).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
