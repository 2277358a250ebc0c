//! Last year's results: `Kết quả` of LẬP NĂM, from `.csv` or `.xlsx`, by task code.
//!
//! The table has a row of headings (`mã`, `kết quả`, `tỷ lệ`, `số liệu`, `ghi chú`, in any order, in Vietnamese or English; others are passed over),
//! below any title lines. Takes bytes, gives [`Results`] and a finding for each row that does not fit, with file, row and column. Knows no plan:
//! whether a code exists is judged with the plan (KH4012 to KH4014).

use std::path::Path;

use super::rows::{Cell, Row, rows_of};
use super::{Compiled, Failure, Input, files, load};
use crate::base::{Key, Loc, Source, SourceId, Sources, Span, clean};
use crate::diag::{Code as Kh, Diagnostic, Findings, Message, msg};
use crate::import::sheet;
use crate::model::{Code, Model, PlanId, ResultRow, Results, TaskRef, Text};
use crate::value::{Progress, read_share};

/// Rows in which headings are looked for.
const HEADINGS_WITHIN: usize = 20;

/// The most rows that are read.
const MOST_ROWS: usize = 20_000;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Code,
    Result,
    Share,
    Figure,
    Note,
}

/// Heading words, folded.
const HEADINGS: &[(&str, Column)] = &[
    ("mã", Column::Code),
    ("mã nhiệm vụ", Column::Code),
    ("mã số", Column::Code),
    ("code", Column::Code),
    ("task code", Column::Code),
    ("kết quả", Column::Result),
    ("kết quả thực hiện", Column::Result),
    ("tình hình thực hiện", Column::Result),
    ("mức độ hoàn thành", Column::Result),
    ("trạng thái", Column::Result),
    ("result", Column::Result),
    ("status", Column::Result),
    ("tỷ lệ", Column::Share),
    ("tỉ lệ", Column::Share),
    ("tỷ lệ hoàn thành", Column::Share),
    ("tỉ lệ hoàn thành", Column::Share),
    ("tỷ lệ %", Column::Share),
    ("tỷ lệ (%)", Column::Share),
    ("tỷ lệ hoàn thành (%)", Column::Share),
    ("%", Column::Share),
    ("percent", Column::Share),
    ("percentage", Column::Share),
    ("số liệu", Column::Figure),
    ("số liệu đạt được", Column::Figure),
    ("mức đạt", Column::Figure),
    ("mức đạt được", Column::Figure),
    ("figure", Column::Figure),
    ("ghi chú", Column::Note),
    ("note", Column::Note),
    ("notes", Column::Note),
];

impl Column {
    fn of(heading: &str) -> Option<Self> {
        let key = Key::new(heading);
        HEADINGS.iter().find(|(words, _)| *words == key.as_str()).map(|(_, column)| *column)
    }
}

/// Reads the results that the project's plans name. Findings: `KH0001` to `KH0004` and `KH4010` where a file cannot be read, `KH4011` for rows.
pub(super) fn attach(input: &Input, model: &mut Model, sources: &mut Sources, findings: &mut Vec<Diagnostic>) {
    for at in 0..model.plans.len() {
        let Some(file) = model.plans[at].roll.results_file.clone() else { continue };
        let folder = sources.get(file.loc.source).name().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let name = &file.value;
        let Some(path) = load::join(&folder, name) else {
            let message = msg!("Tệp {name} nằm ngoài dự án", "{name} lies outside of the project");
            findings.push(Diagnostic::new(Kh::KH0001, file.loc, message).about(&model.plans[at].code.text, "", ""));
            continue;
        };
        let mut more = Vec::new();
        let read = match files::data(input, &path) {
            Err(refusal) => {
                more.push(files::refused(&refusal, &path, file.loc));
                None
            }
            Ok(bytes) => read(&path, &bytes, file.loc, sources, &mut more),
        };
        let code = model.plans[at].code.text.clone();
        findings.extend(more.into_iter().map(|note| note.about(&code, "", "")));
        model.plans[at].roll.results = read;
    }
}

/// Reads a file of results for the tasks of `plan`, wherever it lies. The findings are those of the file and of its codes.
///
/// # Errors
/// Where the file cannot be read at all.
pub fn results(compiled: &mut Compiled, plan: PlanId, path: &Path) -> Result<(Option<Results>, Findings), Failure> {
    let shown = path.display();
    let name = shown.to_string().replace('\\', "/");
    let bytes = files::bytes(path).map_err(|refusal| {
        let at = Loc::new(SourceId::new(0), Span::default());
        Failure::new(files::refused(&refusal, &name, at).message)
    })?;
    let at = compiled.model.plan(plan).loc;
    let mut findings = Vec::new();
    let results = read(&name, &bytes, at, &mut compiled.sources, &mut findings);
    if let Some(results) = &results {
        findings.extend(crate::lint::results(&compiled.model, &compiled.derivations, &[plan], results));
    }
    Ok((results, Findings::new(findings, &compiled.sources)))
}

/// Reads a file by its kind. `named_at` is where a plan names it.
fn read(name: &str, bytes: &[u8], named_at: Loc, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<Results> {
    let lower = name.to_lowercase();
    let (source, rows) = if lower.ends_with(".csv") {
        let source = files::add(name, Ok(bytes.to_vec()), sources, findings)?;
        (source, csv_rows(sources.get(source).text()))
    } else if lower.ends_with(".xlsx") || lower.ends_with(".xlsm") {
        let book = match sheet::book(name, bytes) {
            Ok(book) => book,
            Err(doubt) => {
                findings.push(Diagnostic::new(doubt.code, named_at, doubt.message));
                return None;
            }
        };
        // a person who looks at the file does not see what counts here too
        let hidden = book.doubts.iter().filter(|doubt| doubt.code == Kh::KH5069);
        findings.extend(hidden.map(|doubt| {
            let (vi, en) = (&doubt.message.vi, &doubt.message.en);
            Diagnostic::new(doubt.code, named_at, msg!("{name}: {vi}", "{name}: {en}"))
        }));
        let lists = book.sheets.iter().filter(|sheet| !sheet.hidden);
        // one more than is used tells that there are more
        let mut read: Vec<(String, Vec<Row>)> = lists.map(|sheet| rows_of(&sheet.rows, MOST_ROWS + 1)).collect();
        // the sheet with headings; else the first, whose lack of them is reported
        let chosen = read.iter().position(|(_, rows)| heading(rows).is_some()).unwrap_or(0);
        let (text, rows) = if read.is_empty() { Default::default() } else { read.swap_remove(chosen) };
        (sources.add(Source::new(name, text)), rows)
    } else {
        findings.push(
            Diagnostic::new(
                Kh::KH4010,
                named_at,
                msg!("Tệp kết quả {name} không phải .csv hay .xlsx", "The results {name} are neither .csv nor .xlsx"),
            )
            .help(msg!("Trong Excel, lưu bảng với dạng .xlsx hoặc “CSV UTF-8”", "In Excel, save the table as .xlsx or “CSV UTF-8”")),
        );
        return None;
    };
    understand(name, source, &rows, findings)
}

/// Returns the rows of comma-separated text; `,`, `;` and tabs part cells.
fn csv_rows(text: &str) -> Vec<Row> {
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let head = text.lines().take(HEADINGS_WITHIN).find(|line| line.contains([',', ';', '\t'])).unwrap_or("");
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count()).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(&text.as_bytes()[bom..]);
    let mut out = Vec::new();
    // text is UTF-8 already, so that no record fails
    for record in reader.records().flatten() {
        let (start, line) = record.position().map_or((0, 1), |at| (usize::try_from(at.byte()).unwrap_or(0) + bom, at.line()));
        let rest = text.get(start..).unwrap_or("");
        let skipped = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let breaks = rest[..skipped].matches('\n').count();
        let start = start + skipped;
        let number = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(u32::try_from(breaks).unwrap_or(0));
        let mut at = start;
        let cells: Vec<Cell> = record
            .iter()
            .map(|raw| {
                let found = text.get(at..).and_then(|rest| rest.find(raw)).map_or(at, |offset| at + offset);
                let span = Span::new(found, found + raw.len());
                at = found + raw.len();
                Cell { text: clean(raw).into_owned(), span }
            })
            .collect();
        let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |end| start + end);
        let end = start + text.get(start..end).unwrap_or("").trim_end().len();
        out.push(Row { number, cells, span: Span::new(start, end) });
        // one more than is used tells that there are more
        if out.len() > MOST_ROWS {
            break;
        }
    }
    out
}

/// Returns the place of the row of headings, and what each column holds.
fn heading(rows: &[Row]) -> Option<(usize, Vec<Option<Column>>)> {
    rows.iter().take(HEADINGS_WITHIN).enumerate().find_map(|(at, row)| {
        let mut columns: Vec<Option<Column>> = Vec::new();
        for cell in &row.cells {
            // of two columns of one kind the first counts
            columns.push(Column::of(&cell.text).filter(|column| !columns.contains(&Some(*column))));
        }
        let has = |column| columns.contains(&Some(column));
        (has(Column::Code) && (has(Column::Result) || has(Column::Share))).then_some((at, columns))
    })
}

/// Returns what the rows say. Rows without any value are passed over.
fn understand(name: &str, source: SourceId, rows: &[Row], findings: &mut Vec<Diagnostic>) -> Option<Results> {
    let is_filled = |row: &&Row| row.cells.iter().any(|cell| !cell.text.is_empty());
    let Some((at, columns)) = heading(rows) else {
        let first = rows.iter().find(is_filled);
        let loc = Loc::new(source, first.map_or(Span::default(), |row| row.span));
        let message = if first.is_none() {
            msg!("Tệp kết quả {name} không có dòng nào", "The results {name} hold no row")
        } else {
            msg!(
                "Tệp kết quả {name} không có dòng tiêu đề với cột “mã” và cột “kết quả”",
                "The results {name} have no row of headings with the columns “mã” and “kết quả”"
            )
        };
        findings.push(Diagnostic::new(Kh::KH4010, loc, message).help(msg!(
            "Dòng đầu viết: mã, kết quả, tỷ lệ, ghi chú; mỗi nhiệm vụ một dòng",
            "Write the first row as: mã, kết quả, tỷ lệ, ghi chú; one row for each task"
        )));
        return None;
    };
    let rows = match rows.get(MOST_ROWS) {
        None => rows,
        Some(row) => {
            let message = msg!(
                "Tệp kết quả {name} có hơn {MOST_ROWS} dòng; phần sau không được đọc",
                "The results {name} have more than {MOST_ROWS} rows; the rest is not read"
            );
            let note = Diagnostic::new(Kh::KH4010, Loc::new(source, row.span), message);
            findings.push(note.help(msg!("Xóa các dòng thừa", "Delete the surplus rows")));
            &rows[..MOST_ROWS]
        }
    };
    let head = &rows[at];
    let reading = Reading { name, source, head, columns: &columns };
    let mut out = Vec::new();
    for row in rows[at + 1..].iter().filter(is_filled) {
        let (row, finding) = reading.row(row);
        out.extend(row);
        findings.extend(finding.map(|finding| *finding));
    }
    if out.is_empty() && !rows[at + 1..].iter().any(|row| is_filled(&row)) {
        findings.push(
            Diagnostic::new(
                Kh::KH4010,
                Loc::new(source, head.span),
                msg!("Tệp kết quả {name} chỉ có dòng tiêu đề", "The results {name} hold nothing but headings"),
            )
            .help(msg!("Ghi mỗi nhiệm vụ một dòng dưới dòng tiêu đề", "Write one row for each task below the headings")),
        );
        return None;
    }
    Some(Results { file: name.to_owned(), rows: out, loc: Loc::new(source, head.span) })
}

struct Reading<'a> {
    name: &'a str,
    source: SourceId,
    head: &'a Row,
    columns: &'a [Option<Column>],
}

impl Reading<'_> {
    fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r Cell> {
        let at = self.columns.iter().position(|known| *known == Some(column))?;
        row.cells.get(at).filter(|cell| !cell.text.is_empty())
    }

    /// Returns a column as it is headed.
    fn headed(&self, column: Column) -> &str {
        let at = self.columns.iter().position(|known| *known == Some(column));
        at.and_then(|at| self.head.cells.get(at)).map_or("", |cell| cell.text.as_str())
    }

    fn fault(&self, span: Span, message: Message) -> Diagnostic {
        Diagnostic::new(Kh::KH4011, Loc::new(self.source, span), message)
    }

    /// Returns what a row says, and what is wrong with it: a row that is not understood says nothing of its task, but names it.
    fn row(&self, row: &Row) -> (Option<ResultRow>, Option<Box<Diagnostic>>) {
        let (name, number) = (self.name, row.number);
        let text = |cell: &Cell| Text { value: cell.text.clone(), loc: Loc::new(self.source, cell.span) };
        let Some(code) = self.cell(row, Column::Code) else {
            let finding = Box::new(
                self.fault(row.span, msg!("{name}, dòng {number}: thiếu mã nhiệm vụ", "{name}, row {number}: the task's code is missing"))
                    .help(msg!("Ghi mã nhiệm vụ, hoặc xóa dòng này", "Write the task's code, or delete the row")),
            );
            return (None, Some(finding));
        };
        let (plan, own) = code.text.split_once('/').map_or((None, code.text.as_str()), |(plan, own)| (Some(plan.trim()), own.trim()));
        // a workbook takes the number of a criterion (1.2) for a decimal and shows its comma
        let dotted = own.contains(',') && own.chars().all(|c| c.is_ascii_digit() || c == ',');
        let own = if dotted { own.replace(',', ".") } else { own.to_owned() };
        let loc = Loc::new(self.source, code.span);
        let task = TaskRef { plan: plan.map(|plan| Code::new(plan, loc)), code: Code::new(own, loc) };
        let mut out =
            ResultRow { task, progress: None, share: None, figure: None, note: None, number, loc: Loc::new(self.source, row.span) };
        match self.said(row, &out.task.code.text) {
            Ok((progress, share)) => (out.progress, out.share) = (progress, share),
            Err(finding) => return (Some(out), Some(finding)),
        }
        out.figure = self.cell(row, Column::Figure).map(text);
        out.note = self.cell(row, Column::Note).map(text);
        (Some(out), None)
    }

    /// Returns the result and the percentage of a row.
    fn said(&self, row: &Row, own: &str) -> Result<(Option<Progress>, Option<i64>), Box<Diagnostic>> {
        let (name, number) = (self.name, row.number);
        let share = match self.cell(row, Column::Share) {
            None => None,
            Some(cell) => match read_share(&cell.text) {
                // 0,85 may be meant as 85% by a workbook without the sign: nobody else can tell
                Some(share) if (1..=1000).contains(&share) && !cell.text.contains('%') && !self.headed(Column::Share).contains('%') => {
                    let (column, said, percent) = (self.headed(Column::Share), &cell.text, crate::value::print_thousandths(share * 100));
                    return Err(Box::new(
                        self.fault(
                            cell.span,
                            msg!(
                                "{name}, dòng {number}, cột “{column}”: không rõ “{said}” là {said}% hay {percent}%",
                                "{name}, row {number}, column “{column}”: “{said}” may mean {said}% or {percent}%"
                            ),
                        )
                        .help(msg!("Ghi rõ dấu %, như: 85%", "Write the sign, as in 85%"))
                        .quote(said.clone()),
                    ));
                }
                Some(share) => Some((share, cell)),
                None => {
                    let (column, said) = (self.headed(Column::Share), &cell.text);
                    return Err(Box::new(
                        self.fault(
                            cell.span,
                            msg!(
                                "{name}, dòng {number}, cột “{column}”: “{said}” không phải tỷ lệ từ 0 đến 100%",
                                "{name}, row {number}, column “{column}”: “{said}” is no percentage from 0 to 100"
                            ),
                        )
                        .help(msg!("Ghi như: 85%", "Write it as: 85%"))
                        .quote(said.clone()),
                    ));
                }
            },
        };
        let word = match self.cell(row, Column::Result) {
            None => None,
            Some(cell) => match Progress::parse(&cell.text) {
                Some(progress) => Some((progress, cell)),
                None => {
                    let (column, said) = (self.headed(Column::Result), &cell.text);
                    return Err(Box::new(
                        self.fault(
                            cell.span,
                            msg!(
                                "{name}, dòng {number}, cột “{column}”: chưa hiểu kết quả “{said}”",
                                "{name}, row {number}, column “{column}”: the result “{said}” cannot be understood"
                            ),
                        )
                        .help(msg!(
                            "Ghi một trong: hoàn thành; hoàn thành một phần; chưa hoàn thành; điều khác ghi ở cột ghi chú",
                            "Write one of: hoàn thành; hoàn thành một phần; chưa hoàn thành; anything else as a note"
                        ))
                        .quote(said.clone()),
                    ));
                }
            },
        };
        if let (Some((progress, cell)), Some((share, _))) = (&word, &share)
            && (*progress == Progress::Done) != (Progress::of_share(*share) == Progress::Done)
        {
            let (said, percent) = (&cell.text, crate::value::print_thousandths(*share));
            return Err(Box::new(
                self.fault(
                    cell.span,
                    msg!(
                        "{name}, dòng {number}: “{said}” mà tỷ lệ là {percent}%",
                        "{name}, row {number}: “{said}”, and the percentage is {percent}%"
                    ),
                )
                .help(msg!("Sửa một trong hai cho khớp", "Mend one of the two"))
                .quote(said.clone()),
            ));
        }
        let progress = word.map(|(progress, _)| progress).or(share.map(|(share, _)| Progress::of_share(share)));
        if progress.is_none() && self.cell(row, Column::Figure).is_none() {
            return Err(Box::new(
                self.fault(row.span, msg!("{name}, dòng {number}: {own} chưa ghi kết quả", "{name}, row {number}: {own} has no result"))
                    .help(msg!("Ghi kết quả hoặc tỷ lệ", "Write the result or the percentage"))
                    .quote(own),
            ));
        }
        Ok((progress, share.map(|(share, _)| share)))
    }
}
