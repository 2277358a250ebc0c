//! What a filled form says, row by row, and what is wrong with it: codes that the plan does not have, rows that say one thing twice, words that are none
//! of the form's, and what a verb asks for and the row leaves out.

use crate::base::{Key, Loc};
use crate::diag::{Code as Kh, Diagnostic, Message, msg};

/// What a cell of a form holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its text, lines parted by `\n`; may be empty.
    pub text: String,
    /// The cell's name as a person finds it (`Nhiệm vụ, ô E7`).
    pub name: String,
    /// Its place in the text that stands for the sheet.
    pub loc: Loc,
}

impl Said {
    /// Returns the text on one line.
    pub(super) fn line(&self) -> String {
        self.text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A row about one task or target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The code, with the plan in front where the form has it so.
    pub code: Said,
    /// Whether it is of a target and not of a task.
    pub target: bool,
    /// `Cách xử lý`; empty where nothing was chosen.
    pub verb: Said,
    /// `Thành`: what becomes of it.
    pub into: Said,
    /// `Loại` of a waiver.
    pub class: Said,
    /// `Lý do`.
    pub reason: Said,
    /// `Kết quả`, where the person writes it and no file does.
    pub result: Option<Said>,
    /// `Ghi chú`.
    pub note: Said,
}

/// A row about one role of a level that is void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledMove {
    /// The task's code.
    pub code: Said,
    /// `Vai trò`.
    pub role: Said,
    /// `Cấp không còn`.
    pub level: Said,
    /// `Chuyển sang`: a level, `không`, or empty where nothing was chosen.
    pub to: Said,
    /// `Giao`.
    pub assigned: Said,
    /// `Căn cứ`.
    pub basis: Said,
    /// `Lý do`.
    pub reason: Said,
    /// `Ghi chú`.
    pub note: Said,
}

/// The verbs of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    /// KẾ THỪA, TIẾP TỤC.
    TakeOver,
    Amend,
    Split,
    Merge,
    Waive,
    Finish,
}

/// The verbs that a kind of form knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verbs {
    pub(super) tasks: &'static [(&'static str, Chosen)],
    pub(super) targets: &'static [(&'static str, Chosen)],
}

impl Verbs {
    pub(super) const CHILD: Self = Self {
        tasks: &[
            ("KẾ THỪA", Chosen::TakeOver),
            ("SỬA ĐỔI", Chosen::Amend),
            ("TÁCH", Chosen::Split),
            ("GỘP", Chosen::Merge),
            ("KHÔNG ÁP DỤNG", Chosen::Waive),
        ],
        targets: &[("KẾ THỪA", Chosen::TakeOver), ("SỬA ĐỔI", Chosen::Amend), ("KHÔNG ÁP DỤNG", Chosen::Waive)],
    };

    pub(super) const NEXT_YEAR: Self = Self {
        tasks: &[
            ("TIẾP TỤC", Chosen::TakeOver),
            ("KẾT THÚC", Chosen::Finish),
            ("SỬA ĐỔI", Chosen::Amend),
            ("TÁCH", Chosen::Split),
            ("GỘP", Chosen::Merge),
            ("KHÔNG ÁP DỤNG", Chosen::Waive),
        ],
        targets: &[("TIẾP TỤC", Chosen::TakeOver), ("KẾT THÚC", Chosen::Finish), ("SỬA ĐỔI", Chosen::Amend)],
    };

    fn of(self, target: bool) -> &'static [(&'static str, Chosen)] {
        if target { self.targets } else { self.tasks }
    }

    /// Returns what a row chose; `None` where it chose nothing, or something else.
    pub(super) fn chosen(self, row: &Filled) -> Option<Chosen> {
        let key = Key::new(&row.verb.text);
        self.of(row.target).iter().find(|(word, _)| Key::new(word) == key).map(|(_, chosen)| *chosen)
    }

    /// Returns the word for taking over.
    pub(super) fn take_over(self) -> &'static str {
        self.tasks.iter().find(|(_, chosen)| *chosen == Chosen::TakeOver).map_or("", |(word, _)| word)
    }
}

/// A result of TÁCH or GỘP: code, and content where it is stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewTask {
    pub(super) code: String,
    pub(super) content: String,
}

/// Returns the results that `Thành` names: one per line, or several codes with `;` or `,` between them; behind `:` the content.
///
/// # Errors
/// The piece that is no code.
pub(super) fn results(into: &Said) -> Result<Vec<NewTask>, String> {
    let mut out = Vec::new();
    for line in into.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (codes, content) = line.split_once(':').map_or((line, ""), |(codes, content)| (codes, content.trim()));
        let codes: Vec<&str> = codes.split([',', ';']).map(str::trim).filter(|code| !code.is_empty()).collect();
        if codes.is_empty() || (codes.len() > 1 && !content.is_empty()) {
            return Err(line.to_owned());
        }
        for code in codes {
            if !is_code(code) {
                return Err(code.to_owned());
            }
            out.push(NewTask { code: code.to_owned(), content: content.to_owned() });
        }
    }
    Ok(out)
}

/// Says whether a word can be a code: letters, digits, `.` and `-`, with a digit or a `-`, or all capitals.
fn is_code(word: &str) -> bool {
    let shaped = word.starts_with(char::is_alphanumeric)
        && word.ends_with(char::is_alphanumeric)
        && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    shaped && (word.contains(|c: char| c.is_ascii_digit() || c == '-') || !word.contains(char::is_lowercase))
}

/// Judges the rows of a form. `knows` says whether the plan has a task's or target's code, `plan` is that plan's code. Findings: KH5065 to KH5068.
pub(super) fn judge(rows: &[Filled], verbs: Verbs, plan: &str, knows: impl Fn(&Filled) -> bool) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut seen: Vec<(bool, Key, &Said)> = Vec::new();
    for row in rows {
        let key = Key::new(&row.code.text);
        let (cell, code) = (&row.code.name, &row.code.text);
        if row.code.is_empty() {
            out.push(
                finding(Kh::KH5065, &row.code, msg!("{cell}: hàng không có mã", "{cell}: the row has no code"))
                    .help(msg!("Ghi lại mã của hàng, hoặc xóa cả hàng", "Write the row's code again, or delete the whole row")),
            );
            continue;
        }
        if !knows(row) {
            out.push(unknown(&row.code, plan));
            continue;
        }
        if let Some((.., first)) = seen.iter().find(|(target, other, _)| *target == row.target && *other == key) {
            out.push(twice(&row.code, first, code));
            continue;
        }
        seen.push((row.target, key, &row.code));
        out.extend(judge_verb(row, verbs));
    }
    out.extend(lonely(rows, verbs));
    out
}

/// Returns the finding about a code that the plan does not have.
pub(super) fn unknown(code: &Said, plan: &str) -> Diagnostic {
    let (cell, text) = (&code.name, &code.text);
    finding(Kh::KH5065, code, msg!("{cell}: {plan} không có mã “{text}”", "{cell}: {plan} has no code “{text}”")).help(msg!(
        "Sửa lại mã như phiếu đã ghi; việc mới thì viết BỔ SUNG trong tệp .kh",
        "Write the code as the form had it; a new task is written as BỔ SUNG in the .kh file"
    ))
}

/// Returns the finding about a row that says again what another says.
pub(super) fn twice(cell: &Said, first: &Said, what: &str) -> Diagnostic {
    let (name, other) = (&cell.name, &first.name);
    finding(Kh::KH5066, cell, msg!("{name}: {what} đã có ở {other}", "{name}: {what} stands at {other} too"))
        .related(first.loc, msg!("hàng đầu tiên", "the first row"))
        .help(msg!("Giữ một hàng, xóa hàng kia", "Keep one row and delete the other"))
}

/// Returns the finding about words that are none of a column's.
pub(super) fn strange(cell: &Said, words: &str, help: Message) -> Diagnostic {
    let name = &cell.name;
    finding(Kh::KH5067, cell, msg!("{name}: chưa hiểu “{words}”", "{name}: “{words}” cannot be understood")).quote(words).help(help)
}

/// Returns the finding about a cell that has to be filled in.
pub(super) fn lacking(cell: &Said, message: Message, help: Message) -> Diagnostic {
    finding(Kh::KH5068, cell, message).help(help)
}

fn finding(code: Kh, cell: &Said, message: Message) -> Diagnostic {
    Diagnostic::new(code, cell.loc, message)
}

fn judge_verb(row: &Filled, verbs: Verbs) -> Option<Diagnostic> {
    let code = &row.code.text;
    let Some(chosen) = verbs.chosen(row) else {
        if row.verb.is_empty() {
            return None;
        }
        let known = verbs.of(row.target).iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        return Some(strange(&row.verb, &row.verb.line(), msg!("Chọn một trong: {known}", "Choose one of: {known}")));
    };
    match chosen {
        Chosen::Waive if row.reason.is_empty() => {
            let cell = &row.reason.name;
            Some(lacking(
                &row.reason,
                msg!("{cell}: {code} không áp dụng mà chưa có lý do", "{cell}: {code} is waived without a reason"),
                msg!("Ghi lý do vào ô này", "Write the reason into this cell"),
            ))
        }
        Chosen::Split | Chosen::Merge => {
            let cell = &row.into.name;
            let how = match chosen {
                Chosen::Split => msg!(
                    "Mỗi dòng một nhiệm vụ mới, xuống dòng bằng Alt+Enter: {code}a: nội dung",
                    "Write one new task per line, broken by Alt+Enter: {code}a: content"
                ),
                _ => msg!(
                    "Ghi mã của nhiệm vụ chung, giống nhau ở mọi hàng cùng gộp; ở một hàng ghi thêm nội dung sau dấu hai chấm",
                    "Write the code of the common task, the same in all rows that are merged; in one row add the content behind a colon"
                ),
            };
            match results(&row.into) {
                Err(piece) => Some(strange(&row.into, &piece, how)),
                Ok(list) => {
                    let verb = row.verb.line();
                    let fits = if chosen == Chosen::Split { list.len() > 1 } else { list.len() == 1 };
                    let message = if list.is_empty() {
                        msg!("{cell}: {verb} {code} chưa ghi thành gì", "{cell}: {verb} {code} does not say into what")
                    } else if chosen == Chosen::Split {
                        msg!("{cell}: TÁCH {code} cần ít nhất hai mã", "{cell}: TÁCH {code} needs at least two codes")
                    } else {
                        msg!("{cell}: GỘP {code} chỉ nhận một mã", "{cell}: GỘP {code} takes one code")
                    };
                    (!fits).then(|| lacking(&row.into, message, how))
                }
            }
        }
        Chosen::Amend if row.target && row.into.is_empty() => {
            let cell = &row.into.name;
            Some(lacking(
                &row.into,
                msg!("{cell}: chưa ghi {code} sửa thành gì", "{cell}: what {code} becomes is not said"),
                msg!("Ghi chỉ tiêu mới, như: tối thiểu 95%", "Write the new target, such as: tối thiểu 95%"),
            ))
        }
        Chosen::TakeOver | Chosen::Amend | Chosen::Waive | Chosen::Finish => None,
    }
}

/// Reports a GỘP of one task alone.
fn lonely(rows: &[Filled], verbs: Verbs) -> Vec<Diagnostic> {
    let merged = || rows.iter().filter(|row| verbs.chosen(row) == Some(Chosen::Merge));
    let into = |row: &Filled| results(&row.into).ok().and_then(|list| list.first().map(|one| Key::new(&one.code)));
    let alone =
        merged().filter(|row| into(row).is_some_and(|key| merged().filter(|other| into(other).as_ref() == Some(&key)).count() == 1));
    alone
        .map(|row| {
            let (cell, code, new) = (&row.into.name, &row.code.text, &row.into.line());
            lacking(
                &row.into,
                msg!("{cell}: chỉ một mình {code} gộp thành {new}", "{cell}: {code} alone is merged into {new}"),
                msg!(
                    "Chọn GỘP và ghi cùng mã này ở hàng của nhiệm vụ kia",
                    "Choose GỘP and write the same code in the row of the other task"
                ),
            )
        })
        .collect()
}
