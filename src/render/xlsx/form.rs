//! Forms in Excel: rows that a person answers, and that are read back.
//!
//! A form is any number of sheets. What the reader needs to know:
//! - On each sheet the row of titles is the first one that holds the title of the form's first column; above it stand lines for the person.
//! - Columns are known by their titles, rows by the first column (a code): both may be moved.
//! - The hidden sheet `kehoach` holds names in column A and values in column B: `schema` = `kehoach/worksheet/1`, then what the maker of the form adds
//!   (`kind`, `parent`, `unit`, `year`, …).
//! - The hidden sheet `Danh mục` holds the choices of drop-downs, a column for each.
//!
//! Forms of decisions have the sheets `Nhiệm vụ` and, where the plan has plan-level targets, `Chỉ tiêu`. That of `derive --worksheet` is `kind` = `derive`
//! with `parent`, `unit`, `year` as the command got them; that of `roll --worksheet` is `kind` = `roll` with `plan`, `year` and, where results were given,
//! `results`: their file, as named from the project's folder. The columns:
//!
//! | title | holds | to be filled in |
//! |---|---|---|
//! | `Mã` | code of the task or target that is answered | no |
//! | `Nội dung` | its content | no |
//! | `Cơ quan chủ trì` | its leads, one per line (tasks only) | no |
//! | `Thời gian hoàn thành` | its deadline, one entry per line (tasks only) | no |
//! | `Kết quả` | what came of it (`roll` only) | where no results were given: `Kết quả` of KẾT THÚC |
//! | `Cách xử lý` | the verb: KẾ THỪA (`roll`: TIẾP TỤC, KẾT THÚC), SỬA ĐỔI, TÁCH, GỘP, KHÔNG ÁP DỤNG; targets have no TÁCH and GỘP | yes |
//! | `Thành` | TÁCH: the new tasks, one per line, `mã: nội dung`; GỘP: the code of the common task, the same in all its rows, in one with its content; SỬA ĐỔI: the new words | yes |
//! | `Loại` | class of a waiver, as `Loại` of KHÔNG ÁP DỤNG | yes |
//! | `Lý do` | reason; asked for (red) where it is waived | yes |
//! | `Ghi chú` | whatever the person wants to say; becomes a comment | yes |
//!
//! Where levels are void in the new year, the form of `roll` has the sheet `Chuyển cấp` too, a row for each role: `Mã`, `Nội dung`, `Vai trò`, `Cấp không còn`,
//! `Cơ quan`, `Có thể nhận`; to be filled in are `Chuyển sang` (a level, or `không`), `Giao`, `Căn cứ`, `Lý do`, `Ghi chú`, as in CHUYỂN CẤP. Rows of tasks that
//! do not go on are left as they are.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, Format, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use super::sheet::{Names, cell, fitting, heading, height, set_print, write_lines};
use super::{finished, started};
use crate::diag::Diagnostic;
use crate::render::docx::lines;

/// The name of the sheet that says what a form is for.
const ABOUT: &str = "kehoach";
/// The name of the sheet of choices.
const CHOICES: &str = "Danh mục";
/// What a reader knows a form by.
const SCHEMA: &str = "kehoach/worksheet/1";

/// A sheet of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormSheet {
    /// Its name.
    pub name: String,
    /// Lines above the table, for the person.
    pub lines: Vec<String>,
    /// Columns, left to right. The first one holds the rows' codes.
    pub columns: Vec<FormColumn>,
    /// Rows, top down; each has one text per column, lines parted by `\n`.
    pub rows: Vec<Vec<String>>,
}

/// A column of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormColumn {
    /// Its title, by which it is known when the form is read back.
    pub title: String,
    /// Width in letters.
    pub width: u16,
    /// Whether a person may write into it.
    pub open: bool,
    /// What the drop-down offers; empty for none. Other words can be written too where `free`.
    pub choices: Vec<String>,
    /// Whether other words than the choices are allowed.
    pub free: bool,
    /// The title of another column and its values that make this one required: an empty cell is then red.
    pub required: Option<(String, Vec<String>)>,
}

/// Returns a form as an Excel file; `about` is what the hidden sheet says beside the schema. Empty and KH6004 where Excel has no room for it.
pub fn worksheet(title: &str, sheets: &[FormSheet], about: &[(&str, &str)]) -> (Vec<u8>, Vec<Diagnostic>) {
    let mut book = started(title, "");
    finished(write(&mut book, sheets, about), &mut book)
}

fn write(book: &mut Workbook, sheets: &[FormSheet], about: &[(&str, &str)]) -> Result<(), XlsxError> {
    let mut names = Names::default();
    let mut choices: Vec<Vec<String>> = Vec::new();
    for (at, form) in sheets.iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(names.next(&form.name, at))?;
        write_form(sheet, form, &mut choices)?;
    }
    let about: Vec<(String, String)> = about.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    write_choices(book, &choices, &about)
}

/// Writes the hidden sheets of a file with forms: the choices of its drop-downs, and what it is for.
pub(super) fn write_choices(book: &mut Workbook, choices: &[Vec<String>], about: &[(String, String)]) -> Result<(), XlsxError> {
    let list = book.add_worksheet();
    list.set_name(CHOICES)?.set_hidden(true);
    for (choices, at) in choices.iter().zip(0u16..) {
        for (choice, row) in choices.iter().zip(0u32..) {
            list.write_string(row, at, choice)?;
        }
    }
    let own = book.add_worksheet();
    own.set_name(ABOUT)?.set_hidden(true);
    let about = about.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    for ((name, value), row) in [("schema", SCHEMA)].into_iter().chain(about).zip(0u32..) {
        own.write_string(row, 0, name)?;
        own.write_string(row, 1, fitting(value))?;
    }
    Ok(())
}

/// Writes a form; the lists of its drop-downs are added to `choices`.
pub(super) fn write_form(sheet: &mut Worksheet, form: &FormSheet, choices: &mut Vec<Vec<String>>) -> Result<(), XlsxError> {
    let above: Vec<&str> = form.lines.iter().map(String::as_str).collect();
    let top = write_lines(sheet, &above)?;
    let last = top.saturating_add(u32::try_from(form.rows.len()).unwrap_or(u32::MAX));
    let locked = cell().set_background_color(Color::RGB(0x00F2_F2F2));
    let open = cell().set_unlocked();
    for (column, at) in form.columns.iter().zip(0u16..) {
        sheet.write_string_with_format(top, at, fitting(&column.title), &heading())?;
        sheet.set_column_width(at, f64::from(column.width))?;
    }
    // a letter is seven pixels wide, a pixel fifteen twentieths of a point
    let widths: Vec<u32> = form.columns.iter().map(|column| u32::from(column.width) * 105).collect();
    let titles: Vec<Vec<String>> = form.columns.iter().map(|column| vec![column.title.clone()]).collect();
    sheet.set_row_height(top, height(lines(&titles, &widths)))?;
    for (row, down) in form.rows.iter().zip(top + 1..) {
        let cells: Vec<Vec<String>> = row.iter().map(|text| text.lines().map(str::to_owned).collect()).collect();
        sheet.set_row_height(down, height(lines(&cells, &widths)))?;
        for ((text, column), at) in row.iter().zip(&form.columns).zip(0u16..) {
            sheet.write_string_with_format(down, at, fitting(text), if column.open { &open } else { &locked })?;
        }
    }
    if form.rows.is_empty() || form.columns.is_empty() {
        return Ok(());
    }
    for (column, at) in form.columns.iter().zip(0u16..) {
        if !column.choices.is_empty() {
            let place = choices.iter().position(|other| *other == column.choices).unwrap_or_else(|| {
                choices.push(column.choices.clone());
                choices.len() - 1
            });
            let letter = letters(u16::try_from(place).unwrap_or(u16::MAX));
            let list = Formula::new(format!("='{CHOICES}'!${letter}$1:${letter}${}", column.choices.len()));
            let offered = DataValidation::new().allow_list_formula(list).show_error_message(!column.free);
            sheet.add_data_validation(top + 1, at, last, at, &offered)?;
        }
        if let Some((other, values)) = &column.required
            && let Some(place) = form.columns.iter().position(|column| column.title == *other)
        {
            let letter = letters(u16::try_from(place).unwrap_or(u16::MAX));
            let row = top + 2;
            let tests: Vec<String> = values.iter().map(|value| format!("${letter}{row}=\"{}\"", value.replace('"', "\"\""))).collect();
            let rule = format!("=AND(OR({}),TRIM(${}{row})=\"\")", tests.join(","), letters(at));
            let red = Format::new().set_background_color(Color::RGB(0x00FF_C7CE));
            let asked = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(red);
            sheet.add_conditional_format(top + 1, at, last, at, &asked)?;
        }
    }
    let right = u16::try_from(form.columns.len() - 1).unwrap_or(u16::MAX);
    sheet.autofilter(top, 0, last, right)?;
    sheet.set_freeze_panes(top + 1, 1)?;
    // codes and what the parent says are locked without a password: against slips, not against people
    let allowed =
        ProtectionOptions { sort: true, use_autofilter: true, format_columns: true, format_rows: true, ..ProtectionOptions::new() };
    sheet.protect_with_options(&allowed);
    set_print(sheet, top)
}

/// Returns the letters of a column: 0 is `A`, 26 is `AA`.
fn letters(at: u16) -> String {
    let letter = |n: u16| char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)).to_string();
    if at < 26 { letter(at) } else { format!("{}{}", letters(at / 26 - 1), letter(at)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
