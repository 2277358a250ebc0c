//! A draft from decisions that a person made in a form: the verbs as chosen, nothing added.

use super::child::{ChildOptions, opening};
use super::filled::{Chosen, Filled, FilledMove, NewTask, Said, Verbs, judge, results};
use super::moved;
use super::next_year::{self, NextYearOptions};
use crate::base::Key;
use crate::derive::{Content, Derivation};
use crate::diag::Diagnostic;
use crate::model::{Model, PlanId};

/// What a form's answers become.
#[derive(Debug, Clone, Copy)]
pub enum Answers<'a> {
    /// A child plan of `parent`.
    Child {
        /// The parent.
        parent: PlanId,
        /// What it is made for.
        options: &'a ChildOptions,
    },
    /// The plan of the year after `plan`.
    NextYear {
        /// Last year's plan.
        plan: PlanId,
        /// The new plan's code; `None` makes one.
        code: Option<&'a str>,
        /// What it is made from.
        options: NextYearOptions<'a>,
    },
}

impl Answers<'_> {
    fn verbs(&self) -> Verbs {
        match self {
            Self::Child { .. } => Verbs::CHILD,
            Self::NextYear { .. } => Verbs::NEXT_YEAR,
        }
    }

    fn upper(&self) -> PlanId {
        match self {
            Self::Child { parent, .. } => *parent,
            Self::NextYear { plan, .. } => *plan,
        }
    }
}

/// Returns the draft that a filled form asks for as `.kh` text, in the plan's order whatever the form's. A row without verb leaves its task unanswered,
/// which `check` tells; so does one without row. Where there are findings (KH5065 to KH5068) the text is empty.
pub fn answered(
    model: &Model,
    derivations: &[Derivation],
    answers: Answers<'_>,
    rows: &[Filled],
    moves: &[FilledMove],
) -> (String, Vec<Diagnostic>) {
    let upper = answers.upper();
    let content = &derivations[upper.index()].template;
    let deferred = match answers {
        Answers::Child { .. } => Vec::new(),
        Answers::NextYear { plan, options, .. } => next_year::deferred(model, derivations, plan, options.year),
    };
    let deferred: Vec<String> = deferred.into_iter().map(|one| one.code).collect();
    let verbs = answers.verbs();
    let code = &model.plan(upper).code.text;
    let knows = |row: &Filled| {
        let key = Key::new(&row.code.text);
        if row.target {
            content.targets.iter().any(|line| Key::new(&line.target.code) == key)
        } else {
            content.tasks.iter().any(|task| task.code.key == key) || deferred.iter().any(|code| Key::new(code) == key)
        }
    };
    let mut findings = judge(rows, verbs, code, knows);
    let mut out = String::new();
    match answers {
        Answers::Child { parent, options } => out.push_str(&opening(model, parent, options)),
        Answers::NextYear { plan, code: own, options } => {
            out.push_str(&next_year::opening(model, derivations, plan, own, options));
            let goes_on = |code: &Key| {
                let row = rows.iter().find(|row| !row.target && Key::new(&row.code.text) == *code);
                row.is_some_and(|row| !matches!(verbs.chosen(row), Some(Chosen::Finish | Chosen::Waive)))
            };
            let (lines, more) = moved::lines(model, derivations, plan, options.year, moves, goes_on);
            findings.extend(more);
            for line in lines {
                out.push_str(&line);
                out.push('\n');
            }
        }
    }
    if !findings.is_empty() {
        return (String::new(), findings);
    }
    let opens_all = matches!(answers, Answers::Child { .. });
    let known: Vec<String> = content.tasks.iter().map(|task| task.code.text.clone()).chain(deferred.iter().cloned()).collect();
    let mut writer = Writer { verbs, rows, known, out, run: None, merged: Vec::new() };
    writer.targets(content);
    writer.tasks(content, opens_all);
    for code in &deferred {
        if let Some(row) = writer.of(false, &Key::new(code)) {
            writer.answer(row, code);
        }
    }
    writer.flush();
    (writer.out, findings)
}

/// A row with the code of its task as the plan writes it.
type Answer<'a, 'c> = (&'a Filled, &'c str);

/// What stands together in one list of codes.
struct Run {
    /// The verb with the words behind it.
    head: &'static str,
    target: bool,
    result: String,
    codes: Vec<String>,
}

struct Writer<'a> {
    verbs: Verbs,
    rows: &'a [Filled],
    /// The codes of the plan's tasks, in its order.
    known: Vec<String>,
    out: String,
    run: Option<Run>,
    /// The results of GỘP that are written.
    merged: Vec<Key>,
}

impl<'a> Writer<'a> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Returns the row of a task or target.
    fn of(&self, target: bool, key: &Key) -> Option<&'a Filled> {
        self.rows.iter().find(|row| row.target == target && Key::new(&row.code.text) == *key)
    }

    fn targets(&mut self, content: &Content) {
        for line in &content.targets {
            if let Some(row) = self.of(true, &Key::new(&line.target.code)) {
                self.answer(row, &line.target.code);
            }
        }
        self.flush();
    }

    fn tasks(&mut self, content: &Content, opens_all: bool) {
        let mut places: Vec<Option<usize>> = (0..content.appendices.len()).map(Some).collect();
        if content.tasks.iter().any(|task| task.appendix.is_none()) {
            places.insert(0, None);
        }
        let verbs = self.verbs;
        let of = |place: Option<usize>| {
            let tasks = content.tasks.iter().filter(|task| task.appendix == place);
            let mut out: Vec<Answer<'a, '_>> =
                tasks.filter_map(|task| Some((self.of(false, &task.code.key)?, task.code.text.as_str()))).collect();
            // what ends stands behind what goes on
            out.sort_by_key(|(row, _)| verbs.chosen(row) == Some(Chosen::Finish));
            (place, out)
        };
        let ends = |row: &Filled| matches!(verbs.chosen(row), Some(Chosen::Finish | Chosen::Waive));
        // an appendix of which nothing goes on is not opened: its tasks end above the others
        let (open, closed): (Vec<_>, Vec<_>) =
            places.into_iter().map(of).partition(|(_, list)| opens_all || list.iter().any(|(row, _)| !ends(row)));
        for (_, list) in closed {
            list.into_iter().for_each(|(row, code)| self.answer(row, code));
            self.flush();
        }
        for (place, list) in open {
            if let Some(at) = place {
                self.line("");
                self.line(&content.appendices[at].place());
            }
            list.into_iter().for_each(|(row, code)| self.answer(row, code));
            self.flush();
        }
    }

    /// Writes what a row says of a task or target; `code` is as the plan writes it.
    fn answer(&mut self, row: &Filled, code: &str) {
        let Some(chosen) = self.verbs.chosen(row) else {
            self.flush();
            self.line("");
            self.line(&format!("# {code}: chưa chọn cách xử lý"));
            return self.remark(row);
        };
        let head = match chosen {
            Chosen::TakeOver => self.verbs.take_over(),
            Chosen::Finish => "KẾT THÚC",
            Chosen::Amend => "SỬA ĐỔI",
            Chosen::Waive => "KHÔNG ÁP DỤNG",
            Chosen::Split => return self.split(row, code),
            Chosen::Merge => return self.merge(row),
        };
        if matches!(chosen, Chosen::TakeOver | Chosen::Finish) {
            return self.listed(row, code, head, chosen == Chosen::Finish);
        }
        self.flush();
        self.line("");
        self.remark(row);
        let of = if row.target { " CHỈ TIÊU" } else { "" };
        let new = row.into.line();
        if chosen == Chosen::Amend && !new.is_empty() {
            self.line(&format!("{head}{of} {code}: {new}"));
        } else {
            if chosen == Chosen::Amend {
                self.line("# ghi điều sửa đổi dưới dòng này");
            }
            self.line(&format!("{head}{of} {code}"));
        }
        if chosen == Chosen::Waive && !row.class.is_empty() {
            self.line(&format!("Loại: {}", row.class.line()));
        }
        self.reason(&[row]);
    }

    /// Writes a code that may stand in a list with its neighbours: alone where the row says more of it.
    fn listed(&mut self, row: &Filled, code: &str, head: &'static str, ends: bool) {
        let result = row.result.as_ref().filter(|_| ends).map(Said::line).unwrap_or_default();
        let is_plain = row.note.is_empty() && row.reason.is_empty();
        let fits = |run: &Run| run.head == head && run.target == row.target && run.result == result;
        if let Some(run) = self.run.as_mut().filter(|run| is_plain && fits(run)) {
            run.codes.push(code.to_owned());
            return;
        }
        self.flush();
        let run = Some(Run { head, target: row.target, result, codes: vec![code.to_owned()] });
        if is_plain {
            self.run = run;
            return;
        }
        self.line("");
        self.remark(row);
        self.write(run);
        self.reason(&[row]);
    }

    fn split(&mut self, row: &Filled, code: &str) {
        // a form with findings is not written
        let new = results(&row.into).unwrap_or_default();
        self.flush();
        self.line("");
        self.remark(row);
        let codes: Vec<&str> = new.iter().map(|one| one.code.as_str()).collect();
        self.line(&format!("TÁCH {code} THÀNH {}", codes.join(", ")));
        self.reason(&[row]);
        new.iter().for_each(|one| self.new_task(one));
    }

    /// Writes GỘP at the first of its tasks.
    fn merge(&mut self, row: &Filled) {
        let into = |row: &Filled| results(&row.into).ok().and_then(|list| list.into_iter().next());
        let Some(new) = into(row) else { return };
        let key = Key::new(&new.code);
        if self.merged.contains(&key) {
            return;
        }
        let found = self.known.iter().filter_map(|code| {
            let row = self.of(false, &Key::new(code)).filter(|row| self.verbs.chosen(row) == Some(Chosen::Merge))?;
            let other = into(row).filter(|other| Key::new(&other.code) == key)?;
            Some((code.clone(), row, other.content))
        });
        let all: Vec<(String, &Filled, String)> = found.collect();
        self.merged.push(key);
        self.flush();
        self.line("");
        let rows: Vec<&Filled> = all.iter().map(|(_, row, _)| *row).collect();
        rows.iter().for_each(|row| self.remark(row));
        let codes: Vec<&str> = all.iter().map(|(code, ..)| code.as_str()).collect();
        self.line(&format!("GỘP {} THÀNH {}", codes.join(", "), new.code));
        self.reason(&rows);
        let content = all.iter().map(|(.., content)| content.as_str()).find(|content| !content.is_empty()).unwrap_or("");
        self.new_task(&NewTask { code: new.code, content: content.to_owned() });
    }

    fn new_task(&mut self, task: &NewTask) {
        self.line("");
        let NewTask { code, content } = task;
        self.line(&if content.is_empty() { format!("NHIỆM VỤ {code}") } else { format!("NHIỆM VỤ {code}: {content}") });
    }

    /// Writes the codes that stand together.
    fn flush(&mut self) {
        let run = self.run.take();
        if run.is_some() {
            self.line("");
        }
        self.write(run);
    }

    fn write(&mut self, run: Option<Run>) {
        let Some(Run { head, target, result, codes }) = run else { return };
        let of = if target { " CHỈ TIÊU" } else { "" };
        self.line(&format!("{head}{of} {}", codes.join(", ")));
        if !result.is_empty() {
            self.line(&format!("Kết quả: {result}"));
        }
    }

    /// Writes the reasons of rows that one verb answers, each once.
    fn reason(&mut self, rows: &[&Filled]) {
        let mut reasons: Vec<String> = Vec::new();
        for reason in rows.iter().map(|row| row.reason.line()).filter(|reason| !reason.is_empty()) {
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        if !reasons.is_empty() {
            self.line(&format!("Lý do: {}", reasons.join("; ")));
        }
    }

    fn remark(&mut self, row: &Filled) {
        for words in row.note.text.lines() {
            self.line(&format!("# {words}"));
        }
    }
}
