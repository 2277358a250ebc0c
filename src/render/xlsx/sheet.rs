//! One table as one sheet.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use crate::base::Key;
use crate::render::docx::{grid, lines};
use crate::render::view::Table;
use crate::value::Score;

/// Letters that a cell of Excel holds.
const MOST: usize = 32_767;
/// Room for a table on a lying A4 page, in twentieths of a point.
const ROOM: u32 = 14_286;
/// Width of the column of codes, in pixels.
const CODES: u32 = 90;
pub(super) const FONT: &str = "Times New Roman";

/// The names given so far: Excel wants them short, without some signs, and each once.
#[derive(Debug, Default)]
pub(super) struct Names(Vec<Key>);

impl Names {
    /// Returns a name for a sheet, made of `text`; `at` is its place.
    pub(super) fn next(&mut self, text: &str, at: usize) -> String {
        let plain: String = text.chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !c.is_control()).collect();
        let short = |text: &str, most: usize| text.chars().take(most).collect::<String>().trim_matches([' ', '\'']).to_owned();
        let mut name = short(&plain, 31);
        if name.is_empty() || self.0.contains(&Key::new(&name)) {
            name = format!("{} ({})", short(&plain, 24), at + 1).trim_start().to_owned();
        }
        self.0.push(Key::new(&name));
        name
    }
}

/// Returns text as a cell takes it.
pub(super) fn fitting(text: &str) -> String {
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST - 1).chain(['…']).collect() }
}

/// Returns the format of all cells with borders.
pub(super) fn cell() -> Format {
    let format = Format::new().set_font_name(FONT).set_font_size(12).set_border(FormatBorder::Thin);
    format.set_text_wrap().set_align(FormatAlign::Top)
}

/// Returns the format of the heading row.
pub(super) fn heading() -> Format {
    cell().set_bold().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter)
}

/// Writes lines above the table, the first two bold; returns the row below them.
pub(super) fn write_lines(sheet: &mut Worksheet, lines: &[&str]) -> Result<u32, XlsxError> {
    let mut row = 0;
    for (at, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
        let plain = Format::new().set_font_name(FONT).set_font_size(13);
        sheet.write_string_with_format(row, 0, fitting(line), &if at < 2 { plain.set_bold() } else { plain.set_italic() })?;
        row += 1;
    }
    Ok(row + 1)
}

/// Sets a sheet for printing: A4, lying, as wide as the page, the heading row on each page.
pub(super) fn set_print(sheet: &mut Worksheet, heading_row: u32) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.8, 0.6, 0.8, 0.8, 0.4, 0.4);
    sheet.set_footer("&C&P/&N").set_repeat_rows(heading_row, heading_row)?;
    Ok(())
}

/// Writes a table with lines above it; `codes` adds the column of the rows' codes.
pub(super) fn write_table(book: &mut Workbook, name: &str, above: &[&str], table: &Table, codes: bool) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(name)?;
    let top = write_lines(sheet, above)?;
    let first = u16::from(codes);
    let widths = grid(table, ROOM);
    let heading = heading();
    if codes {
        sheet.write_string_with_format(top, 0, "Mã", &heading)?;
        sheet.set_column_width_pixels(0, CODES)?;
    }
    for ((column, width), at) in table.columns.iter().zip(&widths).zip(first..) {
        sheet.write_string_with_format(top, at, fitting(&column.title), &heading)?;
        // twentieths of a point are fifteenths of a pixel
        sheet.set_column_width_pixels(at, width / 15)?;
    }
    let titles: Vec<Vec<String>> = table.columns.iter().map(|column| vec![column.title.clone()]).collect();
    let mut down = top;
    for row in &table.rows {
        down = down.saturating_add(1);
        let plain = if row.heading { cell().set_bold() } else { cell() };
        if codes {
            sheet.write_string_with_format(down, 0, fitting(&row.code), &plain)?;
        }
        sheet.set_row_height(down, height(lines(&row.cells, &widths)))?;
        for ((cell, column), at) in row.cells.iter().zip(&table.columns).zip(first..) {
            let format = if column.centred { plain.clone().set_align(FormatAlign::Center) } else { plain.clone() };
            let number = column.centred.then(|| number(cell)).flatten();
            match number {
                Some(number) => sheet.write_number_with_format(down, at, number, &format)?,
                None => sheet.write_string_with_format(down, at, fitting(&cell.join("\n")), &format)?,
            };
        }
    }
    let last = first + u16::try_from(table.columns.len()).unwrap_or(u16::MAX - 1);
    if let Some(last) = last.checked_sub(1) {
        sheet.autofilter(top, 0, down.max(top), last)?;
    }
    sheet.set_row_height(top, height(lines(&titles, &widths)))?;
    sheet.set_freeze_panes(top + 1, 0)?;
    set_print(sheet, top)
}

/// Returns the height of a row of so many lines, in points; Excel has no higher ones than 409.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines.max(1)) * 15.75 + 3.0).min(409.0)
}

/// Returns the number of a cell that holds nothing but one: `8,5`. A dotted number (`1.2`) is none.
fn number(cell: &[String]) -> Option<f64> {
    let [text] = cell else { return None };
    let score = Score::parse(text).filter(|score| score.text == *text)?;
    // ten-thousandths below a thousand million: exact
    i32::try_from(score.value).ok().map(|value| f64::from(value) / 10_000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_short_and_unique() {
        let mut names = Names::default();
        assert_eq!(names.next("Phụ lục I", 0), "Phụ lục I");
        assert_eq!(names.next("phụ lục I", 1), "phụ lục I (2)");
        assert_eq!(names.next("[*]", 2), "(3)");
        assert_eq!(names.next(&"Nhiệm vụ cải cách ".repeat(4), 3).chars().count(), 31);
    }

    #[test]
    fn scores_are_numbers_and_dotted_numbers_are_not() {
        let of = |text: &str| number(&[text.to_owned()]);
        assert_eq!([of("8,5"), of("12"), of("1.2"), of("")], [Some(8.5), Some(12.0), None, None]);
    }
}
