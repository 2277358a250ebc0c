//! Excel files: the tasks of a plan, one sheet per appendix, and forms that people fill in.
//!
//! The first column of a plan's sheet is the task's code (`Mã`), the others are those of the printed table. The heading row has filters, stays in sight and
//! stands again on each printed page; sheets print in landscape on A4, as wide as the page. Scores are numbers, all else is text: a text that begins
//! with `=` is no formula. Two runs give the same bytes: the time of creation is fixed.

mod audit;
mod decisions;
mod form;
mod sheet;

pub(super) use audit::audit;
pub use decisions::{Decision, LevelDecision, Verbs, decisions, level_decisions};
pub use form::{FormColumn, FormSheet, worksheet};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::sheet::{Names, write_table};
use super::archive::rewritten;
use super::view::{AppendixView, Table};
use super::{Options, view};
use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Model, PlanId};

/// Returns the tasks of a plan as an Excel file; empty and KH6004 where Excel has no room for them.
pub fn xlsx(model: &Model, derivation: &Derivation, options: &Options) -> (Vec<u8>, Vec<Diagnostic>) {
    let mut sheets = view::sheets(model, derivation);
    let plan = view::plan(model, derivation, options);
    if sheets.is_empty() {
        let table = Table { columns: Vec::new(), rows: Vec::new() };
        let title = plan.plan.subject.to_uppercase();
        sheets.push(AppendixView { caption: "Nhiệm vụ".into(), title, attached: plan.plan.attached.clone(), table });
    }
    let mut book = started(&plan.plan.subject, &plan.heading.issuer.join(" "));
    finished(
        sheets.iter().enumerate().try_fold(Names::default(), |mut names, (at, sheet)| {
            let lines = [sheet.caption.as_str(), &sheet.title, &sheet.attached];
            write_table(&mut book, &names.next(&sheet.caption, at), &lines, &sheet.table, true)?;
            Ok(names)
        }),
        &mut book,
    )
}

/// Returns one body's tasks and deadlines as an Excel file; empty and KH6004 where Excel has no room for them.
pub fn xlsx_for_body(model: &Model, derivation: &Derivation, body: &str, options: &Options) -> (Vec<u8>, Vec<Diagnostic>) {
    let view = view::for_body(model, derivation, body, options);
    one(&view.body, &[view.title.as_str(), &view.plan, &view.summary], &view.table)
}

/// Returns the table of amendments and waivers of `plan` as an Excel file; empty and KH6004 where Excel has no room for it. `derivations` holds one
/// derivation per plan, at the plan's index.
pub fn xlsx_changes(model: &Model, derivations: &[Derivation], plan: PlanId, options: &Options) -> (Vec<u8>, Vec<Diagnostic>) {
    let view = view::changes(model, derivations, plan, options);
    let mut lines = vec![view.title.as_str(), &view.plan];
    lines.extend(view.against.iter().map(String::as_str));
    lines.push(&view.summary);
    one(&model.plan(plan).code.text, &lines, &view.table)
}

fn one(name: &str, lines: &[&str], table: &Table) -> (Vec<u8>, Vec<Diagnostic>) {
    let mut book = started(lines.first().copied().unwrap_or_default(), "");
    let done = write_table(&mut book, &Names::default().next(name, 0), lines, table, false);
    finished(done, &mut book)
}

/// Returns an empty file with a fixed time of creation.
fn started(title: &str, author: &str) -> Workbook {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_title(title).set_author(author);
    // Excel wants a time; the day on which Decree 30 took effect says that it is none
    if let Ok(time) = ExcelDateTime::from_ymd(2020, 3, 5) {
        properties = properties.set_creation_datetime(&time);
    }
    book.set_properties(&properties);
    book
}

fn finished<T>(done: Result<T, XlsxError>, book: &mut Workbook) -> (Vec<u8>, Vec<Diagnostic>) {
    match done.and_then(|_| book.save_to_buffer()) {
        Ok(bytes) => (rewritten(&bytes, growing).unwrap_or(bytes), Vec::new()),
        Err(error) => {
            let message = msg!("Không ghi được tệp Excel: {error}", "The Excel file cannot be written: {error}");
            let help = msg!("Xuất dạng khác, như docx hoặc html", "Use another format, such as docx or html");
            (Vec::new(), vec![Diagnostic::nowhere(Code::KH6004, message).help(help)])
        }
    }
}

/// Lets rows grow with what a person writes: heights are there for programs that do not measure rows, and are not the person's own.
fn growing(path: &str, text: String) -> String {
    if path.starts_with("xl/worksheets/") { text.replace(" customHeight=\"1\"", "") } else { text }
}
