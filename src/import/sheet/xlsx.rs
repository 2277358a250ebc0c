//! `.xlsx` by calamine, cell by cell, so that memory follows what is there.

use std::io::Cursor;

use calamine::{DataRef, HorizontalAlignment, Reader, SheetType, SheetVisible, Style as Looks, Xlsx, XlsxError};

use super::super::archive::Fault;
use super::number::{Format, iso, moment};
use super::{Book, Builder, Merge, Sheet, cell_name, refusal};
use crate::diag::{Code, msg};
use crate::import::{Doubt, Place, Style};

/// How many errors in cells are listed one by one.
const LISTED: usize = 20;

/// Says whether the number of shared strings that a part claims can be true. Room is reserved by that claim before the first string is read.
pub(super) fn claim_fits(name: &str, bytes: &[u8]) -> bool {
    if !name.to_ascii_lowercase().ends_with("sharedstrings.xml") {
        return true;
    }
    let key = b"uniqueCount";
    bytes.windows(key.len()).enumerate().filter(|(_, window)| *window == key).all(|(at, _)| {
        let digits: Vec<u8> = bytes[at + key.len()..].iter().copied().skip_while(|byte| !byte.is_ascii_digit()).take(24).collect();
        let digits: String = digits.iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect();
        // the shortest string is `<si/>`
        digits.parse::<usize>().is_ok_and(|claim| claim <= bytes.len() / 5 + 1)
    })
}

pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Book, Doubt> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => refusal(name, Fault::Locked),
        _ => refusal(name, Fault::Broken),
    })?;
    let mut book = Book::default();
    let mut count = 0;
    let listed: Vec<_> = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    for (at, meta) in listed.iter().enumerate() {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let hidden = meta.visible != SheetVisible::Visible;
        let builder = Builder::new(name, &meta.name, hidden, number, &mut count);
        let sheet = sheet(&mut workbook, &meta.name, builder, &mut book.doubts)?;
        book.sheets.push(sheet);
    }
    if workbook.vba_project().ok().flatten().is_some() {
        book.doubts.push(Doubt::new(
            Code::KH5008,
            msg!("Tệp “{name}” có macro; macro không được chạy", "The file “{name}” holds macros; none was run"),
        ));
    }
    Ok(book)
}

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, original: &str, mut builder: Builder<'_>, doubts: &mut Vec<Doubt>) -> Result<Sheet, Doubt> {
    let name = builder.sheet.name.clone();
    let table = builder.number;
    let broken = || {
        let message = msg!(
            "Trang tính “{name}” hỏng giữa chừng; chỉ đọc được phần đầu",
            "The sheet “{name}” breaks off; only its beginning could be read"
        );
        Doubt::new(Code::KH5011, message).at(Place { table, ..Place::default() })
    };
    let mut errors: Vec<(u32, u32, String)> = Vec::new();
    match workbook.worksheet_cells_reader(original) {
        Ok(mut cells) => loop {
            let (cell, style) = match cells.next_cell_with_style_id() {
                Ok(Some(found)) => found,
                Ok(None) => break,
                Err(_) => {
                    doubts.push(broken());
                    break;
                }
            };
            let (row, column) = cell.get_position();
            let (row, column) = (row.saturating_add(1), column.saturating_add(1));
            let looks = cells.styles().get(style);
            if let DataRef::Error(error) = cell.get_value() {
                errors.push((row, column, error.to_string()));
            }
            builder.put(row, column, &seen(cell.get_value(), looks), style_of(looks))?;
        },
        Err(_) => doubts.push(broken()),
    }
    for (row, column, error) in errors.iter().take(LISTED) {
        let cell = cell_name(*row, *column);
        let message = msg!("Ô {cell} của trang tính “{name}” có lỗi {error}", "Cell {cell} of the sheet “{name}” holds the error {error}");
        doubts.push(Doubt::new(Code::KH5013, message).at(Place { table, row: *row, column: *column, line: *row }).quote(error.clone()));
    }
    if let Some(more) = errors.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let message = msg!("Trang tính “{name}” còn {more} ô có lỗi nữa", "The sheet “{name}” has {more} more cells with errors");
        doubts.push(Doubt::new(Code::KH5013, message).at(Place { table, ..Place::default() }));
    }
    let merges = workbook.merge_cells_by_sheet_name(original).unwrap_or_default();
    let merges = merges.iter().map(|area| Merge {
        top: area.start.0.saturating_add(1),
        left: area.start.1.saturating_add(1),
        bottom: area.end.0.saturating_add(1),
        right: area.end.1.saturating_add(1),
    });
    builder.finish(merges.collect())
}

/// Returns what a person sees in a cell.
fn seen(value: &DataRef<'_>, looks: Option<&Looks>) -> String {
    let code = looks.and_then(|looks| looks.number_format.as_ref()).map_or("", |format| format.format_code.as_str());
    match value {
        DataRef::Int(value) => Format::of(code).number(*value as f64),
        DataRef::Float(value) => Format::of(code).number(*value),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(value) => {
            let (year, month, day, hour, minute, _, _) = value.to_ymd_hms_milli();
            moment(code, value.as_f64(), value.is_duration(), (year, month, day), (hour, minute))
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso(text),
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

fn style_of(looks: Option<&Looks>) -> Style {
    let font = looks.and_then(|looks| looks.font.as_ref());
    let alignment = looks.and_then(|looks| looks.alignment.as_ref()).map(|alignment| alignment.horizontal);
    Style {
        bold: font.is_some_and(calamine::Font::is_bold),
        italic: font.is_some_and(calamine::Font::is_italic),
        centred: matches!(alignment, Some(HorizontalAlignment::Center | HorizontalAlignment::CenterContinuous)),
        heading: 0,
    }
}
