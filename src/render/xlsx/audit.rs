//! The report of an audit as an Excel file. What its sheets hold is said in `render/audit/twin.rs`.

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::form::{FormColumn, FormSheet, write_choices, write_form};
use super::sheet::{FONT, Names, cell, fitting, heading, height, set_print, write_lines};
use super::{finished, started};
use crate::diag::{Diagnostic, msg};
use crate::render::audit::{ABOUT_FILE, KIND, Matrix, State, Todo, Tone, Twin};
use crate::render::docx::lines;

/// Height of a matrix's heading row, in points: the first words of a task stand upright.
const UPRIGHT: f64 = 150.0;

/// Returns the file; empty and KH6004 where Excel has no room for it.
pub(in crate::render) fn audit(twin: &Twin) -> (Vec<u8>, Vec<Diagnostic>) {
    let mut book = started(&twin.report.title, "");
    finished(write(&mut book, twin), &mut book)
}

fn write(book: &mut Workbook, twin: &Twin) -> Result<(), XlsxError> {
    let mut names = Names::default();
    let mut next = |title: &str, at: usize| names.next(title, at);
    let say = |message| twin.say(&message);
    let report = &twin.report;
    let name = next(&say(msg!("Tóm tắt", "Summary")), 0);
    summary(book.add_worksheet().set_name(name)?, twin)?;
    for (matrix, at) in report.matrices.iter().zip(1..) {
        let name = next(&say(msg!("Ma trận", "Matrix")), at);
        write_matrix(book.add_worksheet().set_name(name)?, twin, matrix)?;
    }
    if !twin.todo.is_empty() {
        let name = next(&say(msg!("Việc cần làm", "To do")), 2);
        write_table(book.add_worksheet().set_name(name)?, &todo(twin))?;
    }
    if !report.waivers.is_empty() {
        let columns =
            [(msg!("Đơn vị", "Unit"), 24), (msg!("Nhiệm vụ", "Task"), 48), (msg!("Loại", "Class"), 24), (msg!("Lý do", "Reason"), 60)];
        let rows = report.waivers.iter().map(|line| [&line.unit, &line.task, &line.class, &line.reason].map(|text| plain(text)).into());
        let table = Listed { title: say(msg!("Không áp dụng", "Waivers")), columns: titles(twin, columns), rows: rows.collect() };
        let name = next(&table.title, 3);
        write_table(book.add_worksheet().set_name(name)?, &table)?;
    }
    if !report.breaks.is_empty() {
        let table = one_column(twin, msg!("Chuỗi giao việc bị đứt", "Broken chains"), &report.breaks);
        let name = next(&table.title, 4);
        write_table(book.add_worksheet().set_name(name)?, &table)?;
    }
    if !twin.drifts.is_empty() {
        let table = drifts(twin);
        let name = next(&table.title, 7);
        write_table(book.add_worksheet().set_name(name)?, &table)?;
    }
    let mut choices: Vec<Vec<String>> = Vec::new();
    if !twin.questions.is_empty() {
        let form = questions(twin);
        let name = next(&form.name, 5);
        write_form(book.add_worksheet().set_name(name)?, &form, &mut choices)?;
    }
    if !report.unchecked.is_empty() {
        let table = one_column(twin, msg!("Không đối chiếu", "What was not checked"), &report.unchecked);
        let name = next(&table.title, 6);
        write_table(book.add_worksheet().set_name(name)?, &table)?;
    }
    let mut about: Vec<(String, String)> = vec![("kind".into(), KIND.into())];
    for question in &twin.questions {
        let name = format!("{ABOUT_FILE}{}", question.plan);
        if !about.iter().any(|(known, _)| *known == name) {
            about.push((name, question.file.clone()));
        }
    }
    write_choices(book, &choices, &about)
}

/// A cell: text, its state's colours, and whether it is a number.
struct Filled {
    text: String,
    tone: Option<Tone>,
}

fn plain(text: &str) -> Filled {
    Filled { text: text.to_owned(), tone: None }
}

/// A list as a sheet.
struct Listed {
    title: String,
    /// Title and width in letters.
    columns: Vec<(String, u16)>,
    rows: Vec<Vec<Filled>>,
}

fn titles<const N: usize>(twin: &Twin, columns: [(crate::diag::Message, u16); N]) -> Vec<(String, u16)> {
    columns.into_iter().map(|(title, width)| (twin.say(&title), width)).collect()
}

fn one_column(twin: &Twin, title: crate::diag::Message, list: &[String]) -> Listed {
    let title = twin.say(&title);
    let rows = list.iter().map(|line| vec![plain(line)]).collect();
    Listed { columns: vec![(title.clone(), 140)], title, rows }
}

fn todo(twin: &Twin) -> Listed {
    let columns = [
        (msg!("Đơn vị", "Unit"), 22),
        (msg!("Mã nhiệm vụ", "Task"), 12),
        (msg!("Nhiệm vụ cấp trên", "The upper plan's task"), 44),
        (msg!("Mã tại đơn vị", "At the unit"), 12),
        (msg!("Tình trạng", "What is the matter"), 18),
        (msg!("Mục", "Field"), 16),
        (msg!("Cấp trên ghi (sau khi chuyển cấp)", "The upper plan says (translated)"), 34),
        (msg!("Đơn vị ghi", "The unit says"), 34),
        (msg!("Căn cứ", "Why"), 40),
    ];
    let rows = twin.todo.iter().map(|one| {
        let mut row = differing(one);
        row.push(plain(&one.why));
        row
    });
    Listed { title: twin.say(&msg!("Việc cần làm", "To do")), columns: titles(twin, columns), rows: rows.collect() }
}

fn drifts(twin: &Twin) -> Listed {
    let columns = [
        (msg!("Đơn vị", "Unit"), 22),
        (msg!("Mã trong dự án", "In the project"), 20),
        (msg!("Nhiệm vụ", "Task"), 50),
        (msg!("Mã tại đơn vị", "At the unit"), 12),
        (msg!("Tình trạng", "What is the matter"), 20),
        (msg!("Mục", "Field"), 18),
        (msg!("Bản dự án lập", "As derived"), 40),
        (msg!("Bản ban hành", "As issued"), 40),
    ];
    let rows = twin.drifts.iter().map(differing).collect();
    Listed { title: twin.say(&msg!("Khác bản dự án lập", "Drift")), columns: titles(twin, columns), rows }
}

fn differing(one: &Todo) -> Vec<Filled> {
    let state = Filled { text: format!("{} {}", one.state.letter, one.state.label), tone: Some(Tone::of(one.state.class)) };
    let mut row: Vec<Filled> = [&one.unit, &one.task, &one.content, &one.own].map(|text| plain(text)).into();
    row.push(state);
    row.extend([&one.field, &one.from, &one.to].map(|text| plain(text)));
    row
}

fn questions(twin: &Twin) -> FormSheet {
    let say = |message| twin.say(&message);
    let [upper, lower, answer] = twin.pair_titles();
    let column = |title: String, width| FormColumn { title, width, ..FormColumn::default() };
    FormSheet {
        name: say(msg!("Cặp chưa chắc", "Doubtful pairs")),
        lines: vec![
            say(msg!("Cặp chưa chắc: hai nhiệm vụ này có phải là một không?", "Doubtful pairs: are these two one task?")),
            say(msg!(
                "Chọn có hoặc không ở cột tô trắng, lưu tệp, rồi chạy: kehoach import TỆP-NÀY.xlsx",
                "Choose yes or no in the white column, save the file, then run: kehoach import THIS-FILE.xlsx"
            )),
        ],
        columns: vec![
            column(say(msg!("Đơn vị", "Unit")), 22),
            column(upper.to_owned(), 18),
            column(say(msg!("Nhiệm vụ cấp trên", "The upper plan's task")), 46),
            column(lower.to_owned(), 26),
            column(say(msg!("Nhiệm vụ của đơn vị", "The unit's task")), 46),
            column(say(msg!("Độ giống", "Likeness")), 10),
            column(say(msg!("Căn cứ", "Why")), 40),
            FormColumn { open: true, choices: twin.answers(), ..column(answer.to_owned(), 14) },
        ],
        rows: twin
            .questions
            .iter()
            .map(|one| {
                let shown = [&one.unit, &one.upper_codes, &one.upper, &one.lower_codes, &one.lower, &one.score, &one.why];
                shown.into_iter().cloned().chain([String::new()]).collect()
            })
            .collect(),
    }
}

/// Returns a format in the colours of a state.
fn toned(format: Format, tone: Tone) -> Format {
    let color = |digits: &str| Color::RGB(u32::from_str_radix(digits, 16).unwrap_or(0));
    format.set_background_color(color(tone.ground)).set_font_color(color(tone.ink))
}

fn summary(sheet: &mut Worksheet, twin: &Twin) -> Result<(), XlsxError> {
    let report = &twin.report;
    let name = report.words.get("report").map_or("", String::as_str);
    let mut row = write_lines(sheet, &[name, &report.title])?;
    let (bold, text, number) = (cell().set_bold(), cell(), cell().set_align(FormatAlign::Left));
    sheet.set_column_width(0, 36)?.set_column_width(1, 90)?;
    for (name, value) in &report.identity {
        sheet.write_string_with_format(row, 0, fitting(name), &bold)?;
        sheet.write_string_with_format(row, 1, fitting(value), &text)?;
        row += 1;
    }
    row += 1;
    for (count, label) in &report.cards {
        sheet.write_string_with_format(row, 0, fitting(label), &bold)?;
        sheet.write_number_with_format(row, 1, u32::try_from(*count).unwrap_or(u32::MAX), &number)?;
        row += 1;
    }
    let note = Format::new().set_font_name(FONT).set_font_size(12);
    sheet.write_string_with_format(row + 1, 0, fitting(&report.denominator), &note)?;
    row += 3;
    for state in &report.legend {
        let format = toned(cell().set_bold().set_align(FormatAlign::Center), Tone::of(state.class));
        sheet.write_string_with_format(row, 0, state.letter, &format)?;
        sheet.write_string_with_format(row, 1, fitting(&state.label), &text)?;
        row += 1;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write_matrix(sheet: &mut Worksheet, twin: &Twin, matrix: &Matrix) -> Result<(), XlsxError> {
    let word = |name: &str| twin.report.words.get(name).cloned().unwrap_or_default();
    let top = write_lines(sheet, &[&matrix.title, &word("rows_and_columns")])?;
    let head = heading();
    let upright = heading().set_rotation(90).set_font_size(10);
    sheet.set_row_height(top, UPRIGHT)?;
    sheet.set_column_width(0, 26)?;
    sheet.write_string_with_format(top, 0, word("unit"), &head)?;
    let mut at: u16 = 0;
    for column in &matrix.columns {
        at = at.saturating_add(1);
        sheet.set_column_width(at, 4)?;
        sheet.write_string_with_format(top, at, fitting(&format!("{} {}", column.code, column.short)), &upright)?;
    }
    let last = at.saturating_add(2);
    for (name, at) in ["answered", "lost"].into_iter().zip(at + 1..) {
        sheet.set_column_width(at, 8)?;
        sheet.write_string_with_format(top, at, word(name), &head)?;
    }
    let (text, number) = (cell(), cell().set_align(FormatAlign::Right));
    let mut formats: Vec<(&str, Format)> = Vec::new();
    let mut down = top;
    for row in &matrix.rows {
        down = down.saturating_add(1);
        sheet.write_string_with_format(down, 0, fitting(&row.unit), &text)?;
        for (cell, at) in row.cells.iter().zip(1u16..) {
            let State { letter, class, .. } = &cell.state;
            if !formats.iter().any(|(known, _)| known == class) {
                formats.push((class, letters(Tone::of(class))));
            }
            if let Some((_, format)) = formats.iter().find(|(known, _)| known == class) {
                sheet.write_string_with_format(down, at, *letter, format)?;
            }
        }
        for (count, at) in [row.answered, row.lost].into_iter().zip(at + 1..) {
            sheet.write_number_with_format(down, at, u32::try_from(count).unwrap_or(u32::MAX), &number)?;
        }
    }
    sheet.autofilter(top, 0, down.max(top), last)?;
    sheet.set_freeze_panes(top + 1, 1)?;
    set_print(sheet, top)?;
    sheet.set_repeat_columns(0, 0)?;
    Ok(())
}

/// Returns the format of a matrix's letters.
fn letters(tone: Tone) -> Format {
    toned(cell().set_bold().set_align(FormatAlign::Center), tone)
}

fn write_table(sheet: &mut Worksheet, table: &Listed) -> Result<(), XlsxError> {
    let top = write_lines(sheet, &[&table.title])?;
    let (head, text) = (heading(), cell());
    for ((title, width), at) in table.columns.iter().zip(0u16..) {
        sheet.set_column_width(at, f64::from(*width))?;
        sheet.write_string_with_format(top, at, fitting(title), &head)?;
    }
    // a letter is seven pixels wide, a pixel fifteen twentieths of a point
    let widths: Vec<u32> = table.columns.iter().map(|(_, width)| u32::from(*width) * 105).collect();
    let titles: Vec<Vec<String>> = table.columns.iter().map(|(title, _)| vec![title.clone()]).collect();
    sheet.set_row_height(top, height(lines(&titles, &widths)))?;
    let mut down = top;
    for row in &table.rows {
        down = down.saturating_add(1);
        let cells: Vec<Vec<String>> = row.iter().map(|cell| cell.text.lines().map(str::to_owned).collect()).collect();
        sheet.set_row_height(down, height(lines(&cells, &widths)))?;
        for (filled, at) in row.iter().zip(0u16..) {
            let own = filled.tone.map(|tone| toned(cell().set_bold(), tone));
            sheet.write_string_with_format(down, at, fitting(&filled.text), own.as_ref().unwrap_or(&text))?;
        }
    }
    let last = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.autofilter(top, 0, down, last)?;
    sheet.set_freeze_panes(top + 1, 0)?;
    set_print(sheet, top)
}
