//! Next year's draft: one verb per task of last year's plan, as its results say.

use super::child::{is_decision, month_of_signing, retitled};
use super::decision;
use crate::base::{Date, Year};
use crate::derive::{self, Decision, Derivation};
use crate::model::{Form, Layout, Model, ParentKind, Plan, PlanId, ResultRow, Results, Task, Text, Verb, WaiverClass};
use crate::value::{self, Progress, Time, YearClass, YearWord, print_thousandths};

/// What a draft of the next year is made from.
#[derive(Debug, Clone, Copy)]
pub struct NextYearOptions<'a> {
    /// The new plan's year.
    pub year: Year,
    /// Last year's results, where there are some.
    pub results: Option<&'a Results>,
    /// How the draft names their file: relative to where the draft will lie.
    pub results_file: Option<&'a str>,
}

/// What a draft proposes for a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proposal {
    Continue,
    Finish,
}

/// Returns the draft of the plan of `options.year` that goes on from `plan`, as `.kh` text with a verb for each task and target.
///
/// A task that is done and does not recur is ended; one that recurs, is not done or has no result goes on, with a comment that says why. Tasks that
/// were put off to the year are taken up.
pub fn next_year(model: &Model, derivations: &[Derivation], plan: PlanId, options: NextYearOptions<'_>) -> String {
    let mut draft = Draft::new(model, derivations, plan, options);
    draft.head(None);
    draft.decisions();
    draft.targets();
    draft.tasks();
    draft.deferred();
    draft.out
}

/// Returns the heading of the draft with its labels; `code` is the new plan's, `None` makes one.
pub(super) fn opening(model: &Model, derivations: &[Derivation], plan: PlanId, code: Option<&str>, options: NextYearOptions<'_>) -> String {
    let mut draft = Draft::new(model, derivations, plan, options);
    draft.head(code);
    draft.out
}

/// What a draft of the next year proposes for a task or target of last year's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The code as the verb names it: with the plan in front where it is not last year's own.
    pub code: String,
    /// The plan that has the task.
    pub plan: PlanId,
    /// Index into that plan's derived tasks, or targets.
    pub index: usize,
    /// Whether it goes on, or ends.
    pub goes_on: bool,
    /// What the results say of it, with the reason of the proposal where there is more to say; empty without results.
    pub said: String,
}

/// Returns what the draft of the plan of `options.year` proposes: for each task, for each plan-level target. Behind the tasks stand those that were put
/// off to the year.
pub fn proposals(model: &Model, derivations: &[Derivation], plan: PlanId, options: NextYearOptions<'_>) -> (Vec<Proposed>, Vec<Proposed>) {
    let draft = Draft::new(model, derivations, plan, options);
    let content = &derivations[plan.index()].template;
    let tasks = content.tasks.iter().enumerate().map(|(index, task)| {
        let code = task.code.text.clone();
        let why = draft.why(task).or_else(|| draft.row(&task.code).map(said).map(|said| format!("{code}: {said}")));
        let said = why.map(|why| why.trim_start_matches(code.as_str()).trim_start_matches(": ").to_owned()).unwrap_or_default();
        Proposed { code, plan, index, goes_on: draft.propose(task) == Proposal::Continue, said }
    });
    let put_off = deferred(model, derivations, plan, options.year).into_iter();
    let put_off = put_off.map(|one| Proposed { code: one.code, plan: one.plan, index: one.index, goes_on: true, said: one.why });
    let targets = content.targets.iter().enumerate().filter(|(_, line)| !line.target.code.is_empty()).map(|(index, line)| {
        let code = crate::model::Code::new(line.target.code.clone(), line.loc);
        let said = draft.row(&code).map(said).unwrap_or_default();
        Proposed { code: code.text, plan, index, goes_on: true, said }
    });
    (tasks.chain(put_off).collect(), targets.collect())
}

/// A task that was put off to a year.
pub(super) struct PutOff {
    /// The code with its plan in front.
    pub(super) code: String,
    /// The plan that has it.
    pub(super) plan: PlanId,
    /// Index into that plan's derived tasks.
    pub(super) index: usize,
    /// Who put it off, and why.
    pub(super) why: String,
}

/// Returns what `plan`, and those before it, put off to the year.
pub(super) fn deferred(model: &Model, derivations: &[Derivation], plan: PlanId, year: Year) -> Vec<PutOff> {
    let mut out = Vec::new();
    let mut at = Some((plan, Vec::new()));
    let latest = model.plan(plan).header.year;
    while let Some((id, mut seen)) = at.take() {
        let plan = model.plan(id);
        for statement in &plan.statements {
            let Verb::Waive { tasks, waiver } = &statement.verb else { continue };
            let Some(WaiverClass::Deferred(to)) = waiver.class else { continue };
            if latest.is_some_and(|last| to <= last) || to > year {
                continue;
            }
            for reference in tasks {
                let found = plan.parents.iter().find_map(|link| {
                    let upper = model.plan(link.plan);
                    let tasks = &derivations[link.plan.index()].template.tasks;
                    let index = tasks.iter().position(|task| reference.names(&upper.code, &task.code))?;
                    Some((link.plan, index))
                });
                let Some((of, index)) = found else { continue };
                let reason = statement.reason.as_ref().map_or("", |reason| reason.value.as_str());
                let (by, code, upper) = (&plan.code.text, &reference.code.text, &model.plan(of).code.text);
                let why = format!("{by} đã lùi {code} của {upper} sang năm {to}: {reason}");
                out.push(PutOff { code: format!("{upper}/{code}"), plan: of, index, why });
            }
        }
        seen.push(id);
        let before = plan.parents.iter().find(|link| link.kind == ParentKind::LastYear && !seen.contains(&link.plan));
        at = before.map(|link| (link.plan, seen));
    }
    out
}

struct Draft<'a> {
    model: &'a Model,
    derivations: &'a [Derivation],
    last: &'a Plan,
    plan: PlanId,
    options: NextYearOptions<'a>,
    out: String,
}

impl<'a> Draft<'a> {
    fn new(model: &'a Model, derivations: &'a [Derivation], plan: PlanId, options: NextYearOptions<'a>) -> Self {
        Self { model, derivations, last: model.plan(plan), plan, options, out: String::new() }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn field(&mut self, label: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.line(&format!("{label}: {value}"));
        }
    }

    fn list(&mut self, label: &str, values: &[crate::model::Text]) {
        if !values.is_empty() {
            self.line(&format!("{label}:"));
            for value in values {
                self.line(&format!("- {}", value.value));
            }
        }
    }

    fn head(&mut self, own: Option<&str>) {
        let (last, year) = (self.last, self.options.year);
        let before = last.header.year;
        let code = own.map_or_else(|| code(last, year), str::to_owned);
        let title = before.map_or_else(|| last.title.value.clone(), |before| retitled(&last.title.value, before, year));
        let from = &last.code.text;
        self.line(&format!("# Dự thảo lập từ {from}. Mỗi động từ là một đề xuất: đọc lại từng dòng trước khi trình."));
        self.line("");
        self.line(&format!("LẬP NĂM {code}: {title}"));
        self.line(&format!("Từ: {from}"));
        self.line(&format!("Năm: {year}"));
        if let Some(before) = before {
            self.line(&format!("Chuyển năm: {before} sang {year}"));
        }
        match self.options.results_file {
            Some(file) => self.line(&format!("Kết quả: {file}")),
            None => {
                let before = before.map_or_else(String::new, |before| format!(" năm {before}"));
                self.line(&format!("Kết quả: CẦN BỔ SUNG (tệp kết quả{before}, .csv hoặc .xlsx)"));
            }
        }
        let header = &last.header;
        self.field(
            "Hình thức",
            header.form.map(|form| match form {
                Form::Decision => "Quyết định ban hành kế hoạch",
                Form::Plan => "Kế hoạch",
            }),
        );
        self.field(
            "Trình bày",
            header.layout.map(|layout| match layout {
                Layout::Appendices => "phụ lục",
                Layout::InPlan => "trong kế hoạch",
                Layout::List => "danh mục",
                Layout::Scores => "bảng điểm",
            }),
        );
        self.field(
            "Thẩm quyền",
            header.authority.map(|authority| match authority {
                crate::model::Authority::Chair => "Chủ tịch",
                crate::model::Authority::Committee => "UBND",
            }),
        );
        self.line(if is_decision(self.model, last) { "Số: …/QĐ-UBND" } else { "Số: …/KH-UBND" });
        self.line(&format!("Ngày: …/{}", month_of_signing(last, year)));
        self.field("Người ký", Some(&header.signer.join(" | ")));
        self.list("Căn cứ", &header.bases);
        // number and day of the proposal are last year's
        let proposed = header.proposed_by.as_ref().map(|text| match text.value.find(" tại Tờ trình") {
            Some(at) => format!("{} tại Tờ trình CẦN BỔ SUNG (số, ngày)", &text.value[..at]),
            None => text.value.clone(),
        });
        self.field("Theo đề nghị", proposed.as_deref());
        let opening = header.opening.iter().map(|text| match before {
            Some(before) => Text { value: retitled(&text.value, before, year), ..text.clone() },
            None => text.clone(),
        });
        self.list("Lời dẫn", &opening.collect::<Vec<_>>());
        self.field("Hiệu lực", header.effect.as_ref().map(|text| text.value.as_str()));
        self.field("Trách nhiệm thi hành", header.responsible.as_ref().map(|text| text.value.as_str()));
        self.list("Nơi nhận", &header.recipients);
        for link in last.parents.iter().filter(|link| link.kind == ParentKind::Upper) {
            let upper = &self.model.plan(link.plan).code.text;
            self.line("");
            self.line(&format!(
                "# {from} theo {upper}. Khi cấp trên có kế hoạch năm {year}: thêm dòng Theo và trả lời từng nhiệm vụ của kế hoạch đó;"
            ));
            self.line("# việc năm trước nay cấp trên vẫn giao thì viết TIẾP TỤC mã CÙNG mã kế hoạch cấp trên/mã.");
        }
    }

    /// Asks for a decision about each role of a level that is void in the new year, of the tasks that go on.
    fn decisions(&mut self) {
        let date = Date::first_of_year(self.options.year);
        let tasks = &self.derivations[self.plan.index()].template.tasks;
        let all = derive::decisions(self.model, self.derivations, self.plan, date).into_iter();
        let open: Vec<Decision> = all.filter(|decision| self.propose(&tasks[decision.task]) == Proposal::Continue).collect();
        let lines = decision::lines(&self.model.registry, self.last.unit, tasks, &open);
        lines.iter().for_each(|line| self.line(line));
    }

    fn targets(&mut self) {
        let content = &self.derivations[self.plan.index()].template;
        let codes: Vec<&str> = content.targets.iter().map(|line| line.target.code.as_str()).filter(|code| !code.is_empty()).collect();
        if codes.is_empty() {
            return;
        }
        let mut notes = Vec::new();
        for line in content.targets.iter().filter(|line| !line.target.code.is_empty()) {
            let code = crate::model::Code::new(line.target.code.clone(), line.loc);
            if let Some(row) = self.row(&code) {
                notes.push(format!("# {}: {}", code.text, said(row)));
            }
        }
        self.line("");
        for note in notes {
            self.line(&note);
        }
        self.line(&format!("TIẾP TỤC CHỈ TIÊU {}", codes.join(", ")));
    }

    fn row(&self, code: &crate::model::Code) -> Option<&'a ResultRow> {
        self.options.results.and_then(|results| results.of(&self.last.code, code))
    }

    fn tasks(&mut self) {
        let content = &self.derivations[self.plan.index()].template;
        let mut places: Vec<Option<usize>> = (0..content.appendices.len()).map(Some).collect();
        if content.tasks.iter().any(|task| task.appendix.is_none()) {
            places.insert(0, None);
        }
        let of = |place: Option<usize>| content.tasks.iter().filter(move |task| task.appendix == place).collect::<Vec<&Task>>();
        let goes_on = |place: &Option<usize>| of(*place).iter().any(|task| self.propose(task) == Proposal::Continue);
        // an appendix of which nothing goes on is not opened: its tasks end above the others
        let (open, closed): (Vec<_>, Vec<_>) = places.into_iter().partition(goes_on);
        for place in closed {
            self.answers(&of(place));
        }
        for place in open {
            if let Some(at) = place {
                self.line("");
                self.line(&content.appendices[at].place());
            }
            self.answers(&of(place));
        }
    }

    /// Writes what goes on and what ends of some tasks, each with its reasons above.
    fn answers(&mut self, tasks: &[&'a Task]) {
        for (proposal, verb) in [(Proposal::Continue, "TIẾP TỤC"), (Proposal::Finish, "KẾT THÚC")] {
            let list: Vec<&Task> = tasks.iter().copied().filter(|task| self.propose(task) == proposal).collect();
            if list.is_empty() {
                continue;
            }
            let notes: Vec<String> = list.iter().filter_map(|task| self.why(task)).collect();
            self.line("");
            for note in notes {
                self.line(&format!("# {note}"));
            }
            let open: Vec<&str> =
                list.iter().filter(|task| self.row(&task.code).is_none() && !recurs(task)).map(|task| task.code.text.as_str()).collect();
            if !open.is_empty() {
                let open = open.join(", ");
                self.line(&format!("# Chưa có kết quả: {open}. Việc nào đã xong thì chuyển sang KẾT THÚC và ghi Kết quả."));
            }
            let codes: Vec<&str> = list.iter().map(|task| task.code.text.as_str()).collect();
            self.line(&format!("{verb} {}", codes.join(", ")));
        }
    }

    fn propose(&self, task: &Task) -> Proposal {
        match self.row(&task.code).and_then(|row| row.progress) {
            Some(Progress::Done) if !recurs(task) => Proposal::Finish,
            Some(Progress::Done | Progress::Partly | Progress::NotDone) | None => Proposal::Continue,
        }
    }

    /// Returns why a task goes on or ends, where its results say more than that it is done.
    fn why(&self, task: &Task) -> Option<String> {
        let code = &task.code.text;
        match self.row(&task.code) {
            Some(row) if row.progress == Some(Progress::Done) && recurs(task) => {
                Some(format!("{code}: {}; việc thường xuyên, định kỳ", said(row)))
            }
            Some(row) if row.progress == Some(Progress::Done) && self.is_of_its_year(task) => {
                Some(format!("{code}: {}; nội dung nêu năm kế hoạch, nếu là việc hằng năm thì chuyển sang TIẾP TỤC", said(row)))
            }
            Some(row) if row.progress == Some(Progress::Done) => row.note.is_some().then(|| format!("{code}: {}", said(row))),
            Some(row) => Some(format!("{code}: {}", said(row))),
            None => None,
        }
    }

    /// Says whether a task speaks of its plan's year, as work that comes every year does.
    fn is_of_its_year(&self, task: &Task) -> bool {
        let Some(own) = self.last.header.year else { return false };
        let texts = task.fields.content.iter().map(|piece| piece.value.as_str());
        let products = task.fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.as_str());
        let near = |word: &YearWord| word.class == YearClass::Single && (word.year == own || word.year == own.saturating_add(1));
        texts.chain(products).any(|text| text.contains("{năm}") || text.contains("{năm sau}") || value::years(text).iter().any(near))
    }

    /// Takes up what this plan, and those before it, put off to the year.
    fn deferred(&mut self) {
        for one in deferred(self.model, self.derivations, self.plan, self.options.year) {
            self.line("");
            self.line(&format!("# {}", one.why));
            self.line(&format!("TIẾP TỤC {}", one.code));
        }
    }
}

/// Says whether a task is done again and again: all through the year, or at set times.
fn recurs(task: &Task) -> bool {
    let entries = task.fields.deadline.iter().flat_map(|piece| &piece.value.entries);
    entries.into_iter().any(|entry| matches!(entry.time, Time::Continuous(_) | Time::Recurrent { .. }))
}

/// Returns what a row of results says, as one line.
fn said(row: &ResultRow) -> String {
    let share = row.share.filter(|_| row.progress != Some(Progress::Done)).map(|share| format!("{}%", print_thousandths(share)));
    let parts =
        [row.progress.map(|progress| progress.text().to_owned()), share, row.figure.as_ref().map(|text| format!("đạt {}", text.value))];
    let words = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
    match &row.note {
        Some(note) if words.is_empty() => note.value.clone(),
        Some(note) => format!("{words} ({})", note.value),
        None if words.is_empty() => "kết quả chưa rõ".to_owned(),
        None => words,
    }
}

/// Returns the new plan's code: last year's with the year moved, else with the year behind.
fn code(last: &Plan, year: Year) -> String {
    let text = &last.code.text;
    match last.header.year.map(|before| before.to_string()).filter(|before| text.contains(before.as_str())) {
        Some(before) => text.replace(&before, &year.to_string()),
        None => format!("{text}-{year}"),
    }
}
