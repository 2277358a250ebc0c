//! Answers about doubtful pairs, read back from the Excel twin of an audit's report.
//!
//! An answer is written as `Ứng với` or `Không ứng với` below the unit's task in a plan in record mode. A document has no such place: it is first
//! recorded as `.kh` beside itself (`HH-2023.docx.kh`), and from then on an audit reads that file in its stead. All answers are stored, or none.

use std::path::{Path, PathBuf};

use super::document;
use crate::base::{Key, Loc, Source, SourceId, Sources};
use crate::diag::{Code, Diagnostic, Findings, Message, msg};
use crate::draft::{self, PairAnswer};
use crate::import::{self, sheet};
use crate::project::{Compiled, Failure, files, rows};
use crate::render::audit::{ABOUT_FILE, KIND, PAIR_TITLES};
use crate::syntax::ast::{self, Argument, Keyword};

/// What came of the answers in a file.
#[derive(Debug, Default)]
pub struct PairAnswers {
    /// The answers, in the file's order, as a person reads them.
    pub told: Vec<Message>,
    /// Rows that nobody answered.
    pub open: usize,
    /// The files to write, with their new text; none where a row does not fit.
    pub files: Vec<(PathBuf, String)>,
    /// The sheets, for findings.
    pub sources: Sources,
    /// Rows that do not fit: KH5075, KH5076.
    pub findings: Findings,
}

/// Reads the answers of an Excel twin; `None` where the file is none. `root` is the project's folder.
///
/// # Errors
/// Where a document that is asked about cannot be read.
pub fn pair_answers(path: &Path, compiled: &Compiled, root: &Path) -> Result<Option<PairAnswers>, Failure> {
    let shown = path.display().to_string();
    let Ok(bytes) = files::bytes(path) else { return Ok(None) };
    let Ok(book) = sheet::book(&shown, &bytes) else { return Ok(None) };
    let forms = PAIR_TITLES.iter().filter_map(|titles| Some((titles, import::form(&book, titles[0])?)));
    let Some((titles, form)) = forms
        .max_by_key(|(_, form)| form.tables.iter().map(|table| table.rows.len()).sum::<usize>())
        .filter(|(_, form)| form.about("kind") == Some(KIND))
    else {
        return Ok(None);
    };
    let mut reader = Reader {
        compiled,
        root,
        beside: path.parent().unwrap_or(Path::new("")),
        about: form.about.clone(),
        plans: Vec::new(),
        sheets: sheets(&book, &shown, titles),
        notes: Vec::new(),
    };
    let mut out = PairAnswers::default();
    let mut given: Vec<Given> = Vec::new();
    for (table, row) in form.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row))) {
        let place = Row { sheet: &table.name, number: row.number };
        let yes = match Key::new(table.text(row, titles[2])).as_str() {
            "" => {
                out.open += 1;
                continue;
            }
            "có" | "yes" => true,
            "không" | "no" => false,
            _ => {
                let words = table.text(row, titles[2]);
                reader.wrong(place, 2, &msg!("“{words}” không phải có hay không", "“{words}” is neither yes nor no"));
                continue;
            }
        };
        let upper = reader.tasks(place, 0, &row.code)?;
        let own = reader.tasks(place, 1, table.text(row, titles[1]))?;
        for (below, task) in &own {
            for (above, code) in &upper {
                let upper = format!("{above}/{code}");
                let answer = PairAnswer { task: task.clone(), upper, yes };
                if let Some(other) = given.iter().find(|one| one.contradicts(below, &answer)) {
                    let (task, upper, row) = (&answer.task, &answer.upper, other.number);
                    let message = msg!(
                        "{task} và {upper} đã có câu trả lời khác ở hàng {row}",
                        "{task} and {upper} have another answer in row {row}"
                    );
                    reader.wrong(place, 2, &message);
                }
                given.push(Given { plan: below.clone(), number: row.number, sheet: table.name.clone(), answer });
            }
        }
    }
    reader.write(given, &mut out);
    let (mut sources, mut notes) = (Sources::default(), Vec::new());
    for sheet in reader.sheets {
        sources.add(sheet.source);
    }
    notes.append(&mut reader.notes);
    out.findings = Findings::new(notes, &sources);
    out.sources = sources;
    Ok(Some(out))
}

/// An answer with its place.
struct Given {
    plan: String,
    sheet: String,
    number: u32,
    answer: PairAnswer,
}

impl Given {
    fn contradicts(&self, plan: &str, answer: &PairAnswer) -> bool {
        let same = |a: &str, b: &str| Key::new(a) == Key::new(b);
        self.answer.yes != answer.yes
            && same(&self.plan, plan)
            && same(&self.answer.task, &answer.task)
            && same(&self.answer.upper, &answer.upper)
    }
}

/// A sheet as findings show it.
struct Shown {
    name: String,
    source: Source,
    rows: Vec<rows::Row>,
    /// The columns of the titles, from 0.
    columns: [Option<usize>; 3],
}

fn sheets(book: &sheet::Book, file: &str, titles: &[&str; 3]) -> Vec<Shown> {
    let shown = |sheet: &sheet::Sheet| {
        let (text, rows) = rows::rows_of(&sheet.rows, usize::MAX);
        let column = |title: &str| {
            let key = Key::new(title);
            sheet.rows.iter().find_map(|row| row.cells.iter().position(|entry| Key::new(&entry.text) == key))
        };
        let columns = [column(titles[0]), column(titles[1]), column(titles[2])];
        Shown { name: sheet.name.clone(), source: Source::new(format!("{file} [{}]", sheet.name), text), rows, columns }
    };
    book.sheets.iter().filter(|sheet| !sheet.hidden).map(shown).collect()
}

/// A row of the file.
#[derive(Clone, Copy)]
struct Row<'a> {
    sheet: &'a str,
    number: u32,
}

/// A plan that is asked about.
struct Asked {
    key: Key,
    /// Codes of its tasks.
    tasks: Vec<String>,
    /// The file into which answers go.
    target: PathBuf,
    text: String,
    file: ast::File,
    /// Whether it is, or will be, in record mode.
    records: bool,
}

struct Reader<'a> {
    compiled: &'a Compiled,
    root: &'a Path,
    /// The folder of the Excel file.
    beside: &'a Path,
    about: Vec<(String, String)>,
    plans: Vec<Asked>,
    sheets: Vec<Shown>,
    notes: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Adds a finding about a cell: 0 is the upper code, 1 the unit's, 2 the answer.
    fn note(&mut self, code: Code, row: Row<'_>, column: usize, message: &Message, help: Message) {
        let at = self.sheets.iter().position(|sheet| sheet.name == row.sheet);
        let column = at.and_then(|at| self.sheets[at].columns[column]);
        let span = at.and_then(|at| self.sheets[at].rows.iter().find(|own| own.number == row.number)).map(|own| {
            let cell = column.and_then(|column| own.cells.get(column));
            cell.filter(|cell| cell.span.start < cell.span.end).map_or(own.span, |cell| cell.span)
        });
        let (sheet, number) = (row.sheet, row.number);
        let letter = sheet::cell_name(number, column.and_then(|column| u32::try_from(column + 1).ok()).unwrap_or(1));
        let (vi, en) = (&message.vi, &message.en);
        let message = msg!("Trang “{sheet}”, hàng {number}, ô {letter}: {vi}", "Sheet “{sheet}”, row {number}, cell {letter}: {en}");
        let source = SourceId::new(at.unwrap_or(0));
        let note = Diagnostic::new(code, Loc::new(source, span.unwrap_or_default()), message).help(help);
        self.notes.push(note.about("", "", &format!("{sheet}, {letter}")));
    }

    fn wrong(&mut self, row: Row<'_>, column: usize, message: &Message) {
        let help =
            msg!("Sửa ô đó rồi đọc lại; chưa câu trả lời nào được ghi", "Mend the cell and read the file again; no answer was stored");
        self.note(Code::KH5075, row, column, message, help);
    }

    /// Returns the plans and tasks that a cell names; those that do not exist are findings.
    fn tasks(&mut self, row: Row<'_>, column: usize, text: &str) -> Result<Vec<(String, String)>, Failure> {
        let mut out = Vec::new();
        let parts: Vec<&str> = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            self.wrong(row, column, &msg!("thiếu mã nhiệm vụ", "the task's code is missing"));
        }
        for part in parts {
            let Some((plan, task)) = part.split_once('/').map(|(plan, task)| (plan.trim(), task.trim())) else {
                self.wrong(row, column, &msg!("“{part}” không có mã kế hoạch đứng trước", "“{part}” names no plan in front of the task"));
                continue;
            };
            match self.plan(plan)? {
                None => self.wrong(row, column, &msg!("không có kế hoạch {plan}", "there is no plan {plan}")),
                Some(at) => {
                    let key = Key::new(task);
                    if self.plans[at].tasks.iter().any(|own| Key::new(own) == key) {
                        out.push((plan.to_owned(), task.to_owned()));
                    } else {
                        self.wrong(row, column, &msg!("{plan} không có nhiệm vụ {task}", "{plan} has no task {task}"));
                    }
                }
            }
        }
        Ok(out)
    }

    /// Returns the index of a plan: of the project, else of the file that the report named.
    fn plan(&mut self, code: &str) -> Result<Option<usize>, Failure> {
        let key = Key::new(code);
        if let Some(at) = self.plans.iter().position(|plan| plan.key == key) {
            return Ok(Some(at));
        }
        let asked = match self.of_project(code, &key) {
            Some(asked) => Some(asked),
            None => self.of_file(code, &key)?,
        };
        Ok(asked.map(|asked| {
            self.plans.push(asked);
            self.plans.len() - 1
        }))
    }

    fn of_project(&self, code: &str, key: &Key) -> Option<Asked> {
        let id = self.compiled.model.find(code)?;
        let plan = self.compiled.model.plan(id);
        let content = &self.compiled.derivations.get(id.index())?.content;
        let source = self.compiled.sources.get(plan.loc.source);
        let file = self.compiled.files.iter().find(|parsed| parsed.source == plan.loc.source)?.file.clone();
        Some(Asked {
            key: key.clone(),
            tasks: content.tasks.iter().map(|task| task.code.text.clone()).collect(),
            target: self.root.join(source.name()),
            text: source.text().to_owned(),
            file,
            records: plan.header.record && plan.generated.is_none(),
        })
    }

    fn of_file(&self, code: &str, key: &Key) -> Result<Option<Asked>, Failure> {
        let named = self.about.iter().find(|(name, _)| name.strip_prefix(ABOUT_FILE).is_some_and(|plan| Key::new(plan) == *key));
        let Some((_, file)) = named else { return Ok(None) };
        let given = Path::new(file);
        let mut places = vec![given.to_path_buf(), self.root.join(given)];
        places.extend(given.file_name().map(|name| self.beside.join(name)));
        let Some(path) = places.into_iter().find(|path| path.is_file()) else {
            let name = given.display();
            return Err(Failure::new(msg!(
                "Không thấy tệp {name} của {code}: chạy lệnh ở thư mục đã chạy audit, hoặc để tệp Excel cạnh văn bản",
                "The file {name} of {code} is not found: run the command where audit was run, or put the Excel file beside the documents"
            )));
        };
        let path = document::recorded(&path).unwrap_or(path);
        let (target, text) = if document::is_source(&path) {
            let bytes = files::bytes(&path).unwrap_or_default();
            (path, crate::syntax::decode(SourceId::new(0), &bytes).text.unwrap_or_default())
        } else {
            let text = document::record(&path, code, &self.compiled.model.registry)?;
            (document::beside(&path), text)
        };
        let tree = crate::syntax::parse(SourceId::new(0), &text).file;
        let tasks = tree.blocks.iter().filter_map(|block| match (block.heading.keyword, &block.heading.argument) {
            (Keyword::Task | Keyword::Addition, Argument::Code(code)) => Some(code.code.clone()),
            (Keyword::Criterion, Argument::Number(number)) => Some(number.value.clone()),
            _ => None,
        });
        let records = tree.blocks.iter().any(document::is_record);
        Ok(Some(Asked { key: key.clone(), tasks: tasks.collect(), target, text, records, file: tree }))
    }

    /// Makes the new text of each file, unless a row does not fit.
    fn write(&mut self, given: Vec<Given>, out: &mut PairAnswers) {
        for at in 0..self.plans.len() {
            let own: Vec<&Given> = given.iter().filter(|one| Key::new(&one.plan) == self.plans[at].key).collect();
            let Some(first) = own.first() else { continue };
            let row = |one: &Given| (one.sheet.clone(), one.number);
            let plan = first.plan.clone();
            if !self.plans[at].records {
                let (sheet, number) = row(first);
                let message = msg!(
                    "{plan} không ở chế độ ghi nhận, nên không có chỗ ghi Ứng với",
                    "{plan} is not in record mode, so that Ứng với has no place in it"
                );
                let help = msg!(
                    "Thêm dòng Chế độ: ghi nhận dưới KẾ HOẠCH, hoặc trả lời cấp trên bằng động từ (KẾ THỪA, SỬA ĐỔI, …)",
                    "Add Chế độ: ghi nhận below KẾ HOẠCH, or answer the upper plan by verbs (KẾ THỪA, SỬA ĐỔI, …)"
                );
                self.note(Code::KH5076, Row { sheet: &sheet, number }, 1, &message, help);
                continue;
            }
            let answers: Vec<PairAnswer> = own.iter().map(|one| one.answer.clone()).collect();
            let asked = &self.plans[at];
            let revision = draft::pair_answers(SourceId::new(0), &asked.file, &plan, &answers);
            let text = draft::apply(&asked.text, &revision.edits);
            let target = asked.target.clone();
            for (left, why) in revision.left {
                let (sheet, number) = row(own[left]);
                self.wrong(Row { sheet: &sheet, number }, 1, &why);
            }
            for PairAnswer { task, upper, yes } in &answers {
                out.told.push(if *yes {
                    msg!("{plan}/{task}: Ứng với: {upper}", "{plan}/{task}: Ứng với: {upper}")
                } else {
                    msg!("{plan}/{task}: Không ứng với: {upper}", "{plan}/{task}: Không ứng với: {upper}")
                });
            }
            match out.files.iter_mut().find(|(path, _)| *path == target) {
                // a second plan of the same file: the first one's answers moved its places
                Some(known) => {
                    let tree = crate::syntax::parse(SourceId::new(0), &known.1).file;
                    known.1 = draft::apply(&known.1, &draft::pair_answers(SourceId::new(0), &tree, &plan, &answers).edits);
                }
                None => out.files.push((target, text)),
            }
        }
        if !self.notes.is_empty() {
            out.files.clear();
            out.told.clear();
        }
    }
}
