//! The text of a lock, read. What is broken is a finding with a place; the rest is read all the same.

use std::collections::BTreeMap;

use super::state::{FieldState, Row, State, rows_fingerprint};
use super::{Answered, Fingerprint, Lock, Name, Upper, VERSION};
use crate::base::{Key, Loc, SourceId, Span};
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::model::TaskField;

/// How many broken lines are told before reading stops: what is no lock at all need not be told line by line.
const TOLD: usize = 20;

/// Reads the text of a lock. Findings: KH3042 for broken lines, KH3043 for a version that is not known, with which nothing is read.
pub fn read(source: SourceId, text: &str) -> (Lock, Vec<Diagnostic>) {
    let mut reading = Reading { lock: Lock::default(), places: BTreeMap::new(), block: Block::Head, conflict: false, notes: Vec::new() };
    let mut at = 0;
    let mut versioned = false;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        let words = line.trim();
        let loc = Loc::new(source, Span::new(start.min(at + line.len()), start.min(at + line.len()) + words.len()));
        at += line.len();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if !versioned && !is_marker(words) {
            versioned = true;
            if words.strip_prefix("PHIÊN BẢN ").is_some_and(|number| number.trim().parse() == Ok(VERSION)) {
                continue;
            }
            return (Lock::default(), vec![unknown_version(loc)]);
        }
        reading.line(words, loc);
        if reading.notes.len() >= TOLD {
            break;
        }
    }
    if !versioned {
        return (Lock::default(), vec![unknown_version(Loc::new(source, Span::at(0)))]);
    }
    reading.close();
    reading.report_missing();
    (reading.lock, reading.notes)
}

fn is_marker(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|marker| line.starts_with(marker))
}

fn unknown_version(loc: Loc) -> Diagnostic {
    Diagnostic::new(
        Code::KH3043,
        loc,
        msg!("kehoach.lock không ghi PHIÊN BẢN {VERSION}, nên không được đọc", "kehoach.lock does not say PHIÊN BẢN {VERSION}; it is not read"),
    )
    .help(msg!(
        "Dùng phiên bản kehoach đã ghi tệp này, hoặc lấy lại tệp từ bản lưu; muốn ghi mới từ đầu thì xóa tệp rồi chạy kehoach check --accept-changes",
        "Use the version of kehoach that wrote the file, or restore it; to begin anew, remove it and run kehoach check --accept-changes"
    ))
}

/// What the lines being read belong to.
enum Block {
    /// Nothing: the lines above the first block.
    Head,
    /// What a parent's task or target said: its heading, the fields so far, and where each stands.
    State {
        upper: Upper,
        fingerprint: Fingerprint,
        fields: Vec<(TaskField, Fingerprint, Vec<String>, Loc)>,
        at: Loc,
    },
    Rows {
        fingerprint: Fingerprint,
        rows: Vec<Row>,
        at: Loc,
    },
    Plan(Name),
    /// One whose heading is broken, which is told.
    Broken,
}

struct Reading {
    lock: Lock,
    /// Where each answer stands.
    places: BTreeMap<(Name, Upper), Loc>,
    block: Block,
    /// Whether the line stands between the marks of a conflict.
    conflict: bool,
    notes: Vec<Diagnostic>,
}

impl Reading {
    fn line(&mut self, words: &str, loc: Loc) {
        if is_marker(words) {
            self.marker(words, loc);
        } else if let Some(item) = words.strip_prefix("- ") {
            self.item(item.trim(), loc);
        } else if let Some(rest) = words.strip_prefix("DANH BẠ ") {
            self.close();
            match Fingerprint::parse(rest.trim()) {
                Some(fingerprint) => self.block = Block::Rows { fingerprint, rows: Vec::new(), at: loc },
                None => self.broken_heading(loc),
            }
        } else if let Some(rest) = words.strip_prefix("KẾ HOẠCH ") {
            self.close();
            self.block = Block::Plan(Name::new(rest.trim()));
        } else if words.starts_with("NHIỆM VỤ ") || words.starts_with("CHỈ TIÊU ") {
            self.close();
            let read = heading(words).and_then(|(upper, fingerprints)| match fingerprints.as_slice() {
                [one] => Some((upper, *one)),
                [] | [_, _, ..] => None,
            });
            match read {
                Some((upper, fingerprint)) => self.block = Block::State { upper, fingerprint, fields: Vec::new(), at: loc },
                None => self.broken_heading(loc),
            }
        } else {
            self.field(words, loc);
        }
    }

    fn marker(&mut self, words: &str, loc: Loc) {
        if words.starts_with("<<<<<<<") || !self.conflict {
            self.broken(
                loc,
                msg!("kehoach.lock còn dấu xung đột của lần gộp", "kehoach.lock still holds the marks of a merge conflict"),
                msg!(
                    "Xóa các dòng dấu (<<<<<<<, =======, >>>>>>>), giữ nội dung của cả hai phần, rồi chạy lại kehoach check",
                    "Remove the marks (<<<<<<<, =======, >>>>>>>), keep what both sides say, then run kehoach check again"
                ),
            );
        }
        self.conflict = !words.starts_with(">>>>>>>");
    }

    fn item(&mut self, item: &str, loc: Loc) {
        match &mut self.block {
            Block::State { fields, .. } => match fields.last_mut() {
                Some((_, _, items, _)) => items.push(item.to_owned()),
                None => self.broken_line(loc),
            },
            Block::Rows { rows, .. } => match row(item) {
                Some(row) => rows.push(row),
                None => self.broken_line(loc),
            },
            Block::Plan(plan) => match answer(item) {
                Some((upper, answered)) => {
                    let plan = plan.clone();
                    self.answer(plan, upper, answered, loc);
                }
                None => self.broken_line(loc),
            },
            Block::Head => self.broken_line(loc),
            Block::Broken => {}
        }
    }

    fn answer(&mut self, plan: Name, upper: Upper, answered: Answered, loc: Loc) {
        let known = self.lock.answers.get(&plan).and_then(|answers| answers.get(&upper));
        if known.is_some_and(|known| *known != answered) {
            let (code, own) = (&upper.code.text, &plan.text);
            let note = broken_note(
                loc,
                msg!("kehoach.lock ghi hai điều khác nhau cho {code} của {own}", "kehoach.lock says two things of {code} in {own}"),
                msg!("Giữ một trong hai dòng", "Keep one of the two lines"),
            );
            let first = self.places.get(&(plan, upper));
            self.notes.push(match first {
                Some(first) => note.related(*first, msg!("dòng kia", "the other line")),
                None => note,
            });
            return;
        }
        self.places.entry((plan.clone(), upper.clone())).or_insert(loc);
        self.lock.answers.entry(plan).or_default().insert(upper, answered);
    }

    fn field(&mut self, words: &str, loc: Loc) {
        let read = words.split_once(':').and_then(|(label, rest)| Some((field_of(label)?, Fingerprint::parse(rest.trim())?)));
        match (&mut self.block, read) {
            (Block::Broken, _) => {}
            (Block::State { fields, .. }, Some((field, fingerprint))) => fields.push((field, fingerprint, Vec::new(), loc)),
            (Block::Head | Block::State { .. } | Block::Rows { .. } | Block::Plan(_), _) => self.broken_line(loc),
        }
    }

    /// Ends a block: keeps it, and reports what does not fit its fingerprint.
    fn close(&mut self) {
        match std::mem::replace(&mut self.block, Block::Head) {
            Block::Head | Block::Plan(_) | Block::Broken => {}
            Block::State { upper, fingerprint, fields, at } => {
                let mut state = State::default();
                let mut fits = true;
                for (field, stated, items, loc) in fields {
                    let read = FieldState::new(field, items);
                    if read.as_ref().map(|read| read.fingerprint) != Some(stated) {
                        fits = false;
                        self.edited(loc);
                    }
                    state.fields.extend(read);
                }
                if fits && state.fingerprint() != fingerprint {
                    self.edited(at);
                }
                if state.fingerprint() == fingerprint {
                    self.lock.states.insert((upper, fingerprint), state);
                }
            }
            Block::Rows { fingerprint, rows, at } => {
                if rows_fingerprint(&rows) != fingerprint {
                    self.edited(at);
                    return;
                }
                self.lock.rows.insert(fingerprint, rows);
            }
        }
    }

    /// Reports answers that rest on what the file does not hold, unless something of it is broken anyway.
    fn report_missing(&mut self) {
        if !self.notes.is_empty() {
            return;
        }
        for ((plan, upper), loc) in &self.places {
            let answered = self.lock.answers.get(plan).and_then(|answers| answers.get(upper));
            let held = |answered: &Answered| {
                let rows = answered.rows.is_none_or(|rows| self.lock.rows.contains_key(&rows));
                rows && self.lock.state(upper, answered.state).is_some()
            };
            if answered.is_some_and(|answered| !held(answered)) {
                let code = &upper.code.text;
                self.notes.push(broken_note(
                    *loc,
                    msg!("kehoach.lock thiếu nội dung mà dòng {code} nhắc đến", "kehoach.lock lacks what the line of {code} refers to"),
                    restore(),
                ));
            }
            if self.notes.len() >= TOLD {
                break;
            }
        }
    }

    fn broken(&mut self, loc: Loc, message: Message, help: Message) {
        self.notes.push(broken_note(loc, message, help));
    }

    fn broken_line(&mut self, loc: Loc) {
        self.broken(loc, msg!("Dòng này của kehoach.lock không đọc được", "This line of kehoach.lock cannot be read"), restore());
    }

    fn broken_heading(&mut self, loc: Loc) {
        self.block = Block::Broken;
        self.broken_line(loc);
    }

    fn edited(&mut self, loc: Loc) {
        self.broken(
            loc,
            msg!("Nội dung dưới dòng này không khớp dấu vân tay của nó", "What stands below this line does not fit its fingerprint"),
            restore(),
        );
    }
}

fn broken_note(loc: Loc, message: Message, help: Message) -> Diagnostic {
    Diagnostic::new(Code::KH3042, loc, message).help(help)
}

fn restore() -> Message {
    msg!(
        "Lấy lại tệp từ bản lưu; muốn ghi mới từ đầu thì xóa tệp rồi chạy kehoach check --accept-changes",
        "Restore the file; to begin anew, remove it and run kehoach check --accept-changes"
    )
}

/// Reads `NHIỆM VỤ TH-2022/TC-08 8c1d2e3f4a5b 77aa88bb99cc` or `CHỈ TIÊU …`: what it names, and the fingerprints behind.
fn heading(words: &str) -> Option<(Upper, Vec<Fingerprint>)> {
    let (target, mut rest) = match words.strip_prefix("NHIỆM VỤ ") {
        Some(rest) => (false, rest.trim()),
        None => (true, words.strip_prefix("CHỈ TIÊU ")?.trim()),
    };
    let mut fingerprints = Vec::new();
    // from the end: a plan's code may hold spaces and `/`, a task's holds neither
    while let Some((front, fingerprint)) = rest.rsplit_once(' ').and_then(|(front, last)| Some((front, Fingerprint::parse(last)?))) {
        fingerprints.insert(0, fingerprint);
        rest = front.trim_end();
    }
    let (plan, code) = rest.rsplit_once('/')?;
    let whole = !plan.is_empty() && !code.is_empty();
    whole.then(|| (Upper { plan: Name::new(plan), target, code: Name::new(code) }, fingerprints))
}

/// Reads a line of a plan: what it answers, what that said, and the registry rows where it came down.
fn answer(words: &str) -> Option<(Upper, Answered)> {
    let (upper, fingerprints) = heading(words)?;
    match fingerprints.as_slice() {
        [state] => Some((upper, Answered { state: *state, rows: None })),
        [state, rows] => Some((upper, Answered { state: *state, rows: Some(*rows) })),
        [] | [_, _, ..] => None,
    }
}

/// Reads `Cơ quan chủ trì: Sở Tư pháp → Phòng Tư pháp`.
fn row(words: &str) -> Option<Row> {
    let (label, rest) = words.split_once(": ")?;
    let (from, to) = rest.split_once(" →")?;
    Some(Row { field: field_of(label)?, from: from.trim().to_owned(), to: to.trim().to_owned(), at: None })
}

fn field_of(label: &str) -> Option<TaskField> {
    let key = Key::new(label);
    TaskField::ALL.into_iter().find(|field| Key::new(field.label()) == key)
}
