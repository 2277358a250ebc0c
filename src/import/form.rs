//! Forms in Excel that the program made and a person filled in: rows by code, columns by title, wherever they were moved.

use super::sheet::Book;
use crate::base::{Key, clean};

/// What the hidden sheet of a form names itself.
const SCHEMA: &str = "kehoach/worksheet/1";

/// A form that was read back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// What the hidden sheet says beside the schema: name and value (`kind`, `parent`, `unit`, `year`).
    pub about: Vec<(String, String)>,
    /// The filled rows of all its sheets, in order.
    pub rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormRow {
    /// The sheet's name.
    pub sheet: String,
    /// The row's number as Excel shows it.
    pub number: u32,
    /// The code in its first column.
    pub code: String,
    /// Title and text of each other column that holds something.
    pub cells: Vec<(String, String)>,
}

impl Form {
    /// Returns what the hidden sheet says under a name.
    pub fn about(&self, name: &str) -> Option<&str> {
        self.about.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }
}

impl FormRow {
    /// Returns the text of a column by its title; empty where there is none.
    pub fn text(&self, title: &str) -> &str {
        let key = Key::new(title);
        self.cells.iter().find(|(own, _)| Key::new(own) == key).map_or("", |(_, text)| text.as_str())
    }
}

/// Returns the form that a workbook holds; `None` for one that is no form of this program. `code` is the title of the column of codes.
pub fn form(book: &Book, code: &str) -> Option<Form> {
    let own =
        book.sheets.iter().find(|sheet| sheet.rows.iter().any(|row| row.text(1).trim() == "schema" && row.text(2).trim() == SCHEMA))?;
    let about = own.rows.iter().map(|row| (row.text(1).trim().to_owned(), row.text(2).trim().to_owned()));
    let mut out = Form { about: about.filter(|(name, _)| name != "schema").collect(), rows: Vec::new() };
    let wanted = Key::new(code);
    for sheet in book.sheets.iter().filter(|sheet| !sheet.hidden) {
        let titles = sheet.rows.iter().position(|row| row.cells.iter().any(|entry| Key::new(&entry.text) == wanted));
        let Some(titles) = titles else { continue };
        let names: Vec<String> = sheet.rows[titles].cells.iter().map(|entry| clean(&entry.text).trim().to_owned()).collect();
        let at = names.iter().position(|name| Key::new(name) == wanted).unwrap_or(0);
        for row in &sheet.rows[titles + 1..] {
            let text = |column: usize| row.cells.get(column).map(|entry| clean(&entry.text).trim().to_owned()).unwrap_or_default();
            let cells: Vec<(String, String)> = names
                .iter()
                .enumerate()
                .filter(|(column, name)| *column != at && !name.is_empty())
                .map(|(column, name)| (name.clone(), text(column)))
                .filter(|(_, text)| !text.is_empty())
                .collect();
            let code = text(at);
            if !code.is_empty() || !cells.is_empty() {
                out.rows.push(FormRow { sheet: sheet.name.clone(), number: row.number, code, cells });
            }
        }
    }
    Some(out)
}
