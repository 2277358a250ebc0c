//! Forms that a person filled in: read from a workbook, judged, turned into the draft that they ask for.

use std::path::Path;

use super::files::bytes;
use super::rows::{Row, rows_of};
use super::{Compiled, Failure};
use crate::base::{Date, Key, Loc, Source, SourceId, Year};
use crate::diag::{Code as Kh, Diagnostic, Findings, msg};
use crate::draft::{self, Answers, ChildOptions, Filled, FilledMove, NextYearOptions, Said};
use crate::import::{self, FormRow, FormTable};

/// The title of the column of codes.
const CODE: &str = "Mã";

/// The most rows of a sheet that findings can show.
const MOST_ROWS: usize = 20_000;

/// What came of a filled form.
#[derive(Debug)]
pub struct AnsweredForm {
    /// The draft as `.kh` text; `None` where the findings forbid it.
    pub text: Option<String>,
    /// What is wrong with the form: KH5065 to KH5068.
    pub findings: Findings,
}

/// Returns the draft that a filled form of `derive --worksheet` or `roll --worksheet` asks for; `None` where the file is no such form. `code` is the
/// draft's code, `results` says how the draft names a file of results that lies at a path below the project's folder.
///
/// # Errors
/// Where the project lacks the plan or unit that the form names.
pub fn answered_form(
    path: &Path,
    compiled: &mut Compiled,
    code: Option<&str>,
    results: impl Fn(&str) -> String,
) -> Result<Option<AnsweredForm>, Failure> {
    let shown = path.display().to_string().replace('\\', "/");
    let Ok(bytes) = bytes(path) else { return Ok(None) };
    let Ok(book) = import::sheet::book(&shown, &bytes) else { return Ok(None) };
    let Some(form) = import::form(&book, CODE) else { return Ok(None) };
    let plan = |name: &str| {
        let named = form.about(name).unwrap_or("");
        compiled.model.find(named).ok_or_else(|| {
            Failure::new(msg!("Dự án không có kế hoạch {named} của phiếu", "The project has no plan {named}, which the form names"))
        })
    };
    let year: Option<Year> = form.about("year").and_then(|year| year.parse().ok());
    let child;
    let named;
    let answers = match (form.about("kind"), year) {
        (Some("derive"), _) => {
            let parent = plan("parent")?;
            let date = year.map_or_else(|| compiled.model.plan(parent).registry_date(), Date::first_of_year);
            let unit = form.about("unit").unwrap_or("");
            let unit = compiled.model.registry.find_unit(unit, date).ok_or_else(|| {
                Failure::new(msg!("Danh bạ không có đơn vị “{unit}” của phiếu", "The registry has no unit “{unit}”, which the form names"))
            })?;
            child = ChildOptions { unit, code: code.map(str::to_owned), year };
            Answers::Child { parent, options: &child }
        }
        (Some("roll"), Some(year)) => {
            let plan = plan("plan")?;
            named = form.about("results").map(results);
            Answers::NextYear { plan, code, options: NextYearOptions { year, results: None, results_file: named.as_deref() } }
        }
        _ => return Ok(None),
    };
    let mut findings = Vec::new();
    let (mut rows, mut moves) = (Vec::new(), Vec::new());
    for table in &form.tables {
        let Some(kind) = Kind::of(table) else { continue };
        let Some(lines) = book.sheets.get(table.sheet).map(|sheet| sheet.rows.as_slice()) else { continue };
        let (text, places) = rows_of(lines, MOST_ROWS);
        let source = compiled.sources.add(Source::new(shown.clone(), text));
        let sheet = Sheet { table, source, places: &places };
        findings.extend(kind.needed().iter().filter(|title| table.column(title).is_none()).map(|title| sheet.without(title)));
        for row in &table.rows {
            match kind {
                Kind::Moves => moves.push(sheet.filled_move(row)),
                // a file of results speaks for itself
                Kind::Tasks | Kind::Targets => rows.push(sheet.filled(row, kind == Kind::Targets, form.about("results").is_none())),
            }
        }
    }
    let mut text = String::new();
    if findings.is_empty() {
        (text, findings) = draft::answered(&compiled.model, &compiled.derivations, answers, &rows, &moves);
    }
    let text = findings.is_empty().then_some(text);
    Ok(Some(AnsweredForm { text, findings: Findings::new(findings, &compiled.sources) }))
}

/// Says whether a file is a form that the program made and a person filled in.
pub fn is_form(path: &Path) -> bool {
    let Ok(bytes) = bytes(path) else { return false };
    let shown = path.display().to_string();
    import::sheet::book(&shown, &bytes).is_ok_and(|book| import::form(&book, CODE).is_some_and(|form| form.about("kind").is_some()))
}

/// What the rows of a sheet are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tasks,
    Targets,
    Moves,
}

impl Kind {
    /// Returns the kind of a sheet; `None` for one that a person put in beside the form's. A sheet may be renamed.
    fn of(table: &FormTable) -> Option<Self> {
        let has = |title: &str| table.column(title).is_some();
        match Key::new(&table.name).as_str() {
            "nhiệm vụ" => Some(Self::Tasks),
            "chỉ tiêu" => Some(Self::Targets),
            "chuyển cấp" => Some(Self::Moves),
            _ if has("Chuyển sang") => Some(Self::Moves),
            _ if has("Cách xử lý") && has("Cơ quan chủ trì") => Some(Self::Tasks),
            _ if has("Cách xử lý") => Some(Self::Targets),
            _ => None,
        }
    }

    /// Returns the titles without which the sheet says nothing.
    fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Tasks => &["Cách xử lý", "Loại", "Lý do"],
            Self::Targets => &["Cách xử lý", "Lý do"],
            Self::Moves => &["Vai trò", "Chuyển sang", "Giao", "Lý do"],
        }
    }
}

/// A sheet with the text that stands for it.
struct Sheet<'a> {
    table: &'a FormTable,
    source: SourceId,
    places: &'a [Row],
}

impl Sheet<'_> {
    fn said(&self, row: &FormRow, title: &str) -> Said {
        let text = if title == CODE { row.code.clone() } else { self.table.text(row, title).to_owned() };
        Said { text, name: self.table.cell(row.number, title), loc: self.loc(row.number, self.table.column_number(title)) }
    }

    fn loc(&self, number: u32, column: u32) -> Loc {
        let row = self.places.iter().find(|row| row.number == number);
        Loc::new(self.source, row.map_or_else(Default::default, |row| row.place(column)))
    }

    fn without(&self, title: &str) -> Diagnostic {
        let name = &self.table.name;
        let message = msg!("Trang tính {name} không còn cột “{title}”", "The sheet {name} has no column “{title}” any more");
        Diagnostic::new(Kh::KH5068, self.loc(self.table.head, self.table.column_number(CODE)), message).help(msg!(
            "Ghi lại tên cột như phiếu đã ghi, hoặc lập lại phiếu",
            "Write the title as the form had it, or make the form again"
        ))
    }

    fn filled(&self, row: &FormRow, target: bool, with_result: bool) -> Filled {
        let said = |title: &str| self.said(row, title);
        Filled {
            code: said(CODE),
            target,
            verb: said("Cách xử lý"),
            into: said("Thành"),
            class: said("Loại"),
            reason: said("Lý do"),
            result: with_result.then(|| said("Kết quả")),
            note: said("Ghi chú"),
        }
    }

    fn filled_move(&self, row: &FormRow) -> FilledMove {
        let said = |title: &str| self.said(row, title);
        FilledMove {
            code: said(CODE),
            role: said("Vai trò"),
            level: said("Cấp không còn"),
            to: said("Chuyển sang"),
            assigned: said("Giao"),
            basis: said("Căn cứ"),
            reason: said("Lý do"),
            note: said("Ghi chú"),
        }
    }
}
