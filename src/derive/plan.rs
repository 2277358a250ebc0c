//! One plan: from its parents' derivations and its verbs to its own.

use super::answer::{self, Answers, unit_name};
use super::appendix::{self, Appendices};
use super::field::{self, Translated, Way};
use super::{Baseline, Content, Derivation, expand, prose, target};
use crate::base::Loc;
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Appendix, Code, Fate, Fields, Model, Outcome, Patch, Plan, PlanId, Role, Statement, Task, TaskRef, Verb};
use crate::shift::{Shift, Trouble};

/// Derives a plan whose parents are done.
pub(super) fn derive(model: &Model, id: PlanId, done: &[Option<Derivation>]) -> Derivation {
    let plan = model.plan(id);
    let links: Vec<_> = plan.parents.iter().filter_map(|link| done[link.plan.index()].as_ref().map(|parent| (link, parent))).collect();
    let parents: Vec<&Derivation> = links.iter().map(|(_, parent)| *parent).collect();
    let shifts: Vec<Option<Shift<'_>>> = links
        .iter()
        .map(|(link, parent)| {
            let upper = model.plan(parent.plan);
            Some(Shift {
                registry: &model.registry,
                plan: id,
                from: upper.unit?,
                to: plan.unit?,
                from_date: upper.registry_date(),
                date: plan.registry_date(),
                years: link.years.zip(link.years_loc).map(|((from, to), at)| (from, to, at)),
                year: plan.header.year,
                earlier: plan.header.earlier_months,
                signed: plan.header.date,
            })
        })
        .collect();

    let mut notes = Vec::new();
    let answers = answer::answers(model, plan, &parents, &mut notes);
    let lists: Vec<(&[Appendix], Option<&Shift<'_>>)> =
        parents.iter().zip(&shifts).map(|(parent, shift)| (parent.template.appendices.as_slice(), shift.as_ref())).collect();
    let appendices = appendix::appendices(&lists, &plan.appendices);
    let mut builder = Builder { model, plan, id, parents: &parents, shifts: &shifts, answers, appendices, tasks: Vec::new(), notes };
    for at in 0..plan.statements.len() {
        builder.statement(at);
    }
    builder.report_missing_results();
    builder.finish()
}

/// A task on its way into the plan.
struct Placed {
    task: Task,
    /// Sort key within the plan: appendix, then tasks in the parent's place before tasks in the child's own order.
    order: (usize, u8, usize, usize),
    statement: usize,
    baselines: Vec<(PlanId, usize, Fields)>,
}

struct Builder<'a> {
    model: &'a Model,
    plan: &'a Plan,
    id: PlanId,
    parents: &'a [&'a Derivation],
    shifts: &'a [Option<Shift<'a>>],
    answers: Answers,
    appendices: Appendices,
    tasks: Vec<Placed>,
    notes: Vec<Diagnostic>,
}

/// The result of one parent's task coming down.
struct Down {
    translated: Translated,
    baseline: (PlanId, usize, Fields),
}

impl<'a> Builder<'a> {
    fn statement(&mut self, at: usize) {
        let plan = self.plan;
        let statement = &plan.statements[at];
        match &statement.verb {
            Verb::Inherit(refs) => {
                for (place, reference) in refs.iter().enumerate() {
                    self.inherit(at, statement, std::slice::from_ref(reference), place..place + 1);
                }
            }
            Verb::InheritTogether(refs) => self.inherit(at, statement, refs, 0..refs.len()),
            Verb::Amend { from, patch } => self.amend(at, statement, from, patch),
            Verb::Task(patch) => self.task(at, statement, patch),
            Verb::Add(patch) => {
                if statement.appendix.is_none() && !self.appendices.list.is_empty() {
                    self.addition_without_appendix(patch);
                }
                self.place_own(at, statement, patch.code.clone(), patch.fields.clone());
            }
            Verb::Split { .. } | Verb::Merge { .. } | Verb::Waive { .. } | Verb::Targets { .. } => {}
        }
    }

    /// Returns the resolved references of a statement that count: those that no earlier verb has answered.
    fn counting(&self, at: usize, range: std::ops::Range<usize>) -> Vec<(usize, usize)> {
        let refs = self.answers.refs[at].get(range).unwrap_or(&[]);
        refs.iter().flatten().copied().filter(|target| self.answers.counts(*target, at)).collect()
    }

    fn inherit(&mut self, at: usize, statement: &Statement, refs: &[TaskRef], range: std::ops::Range<usize>) {
        let targets = self.counting(at, range);
        let Some(&first) = targets.first() else { return };
        // a code named twice in one list gives one task
        if self.tasks.iter().any(|placed| placed.statement == at && placed.task.carries.contains(&self.carry(first))) {
            return;
        }
        let code = refs.first().map_or_else(|| Code::new("", statement.loc), |reference| reference.code.clone());
        let down = self.down(first, code.loc, statement);
        self.report_troubles(&down.translated, None, &code);
        let mut fields = down.translated.fields;
        self.way(first, code.loc, statement).settle(&mut fields, false);
        let carries = targets.iter().map(|target| self.carry(*target)).collect();
        let task = Task { code, appendix: None, fields, loc: statement.loc, carries };
        let baselines = vec![down.baseline];
        self.place(at, statement, Some(first), task, baselines);
    }

    fn amend(&mut self, at: usize, statement: &Statement, from: &TaskRef, patch: &Patch) {
        let Some(&target) = self.counting(at, 0..1).first() else { return };
        let code = from.code.clone();
        let down = self.down(target, code.loc, statement);
        self.report_troubles(&down.translated, Some(&patch.fields), &code);
        let way = self.way(target, statement.loc, statement);
        let mut fields = way.overlay(down.translated.fields, &patch.fields);
        way.settle(&mut fields, patch.fields.coordinators.is_some());
        let task = Task { code, appendix: None, fields, loc: statement.loc, carries: vec![self.carry(target)] };
        self.place(at, statement, Some(target), task, vec![down.baseline]);
    }

    /// A NHIỆM VỤ: a task of a plan without parents, or a result of TÁCH or GỘP.
    fn task(&mut self, at: usize, statement: &Statement, patch: &Patch) {
        let announcing = self.plan.statements.iter().enumerate().find(|(_, other)| match &other.verb {
            Verb::Split { into, .. } => into.contains(&patch.code),
            Verb::Merge { into, .. } => *into == patch.code,
            _ => false,
        });
        match announcing {
            Some((by, other)) => {
                let targets = self.counting(by, 0..self.answers.refs[by].len());
                match other.verb {
                    Verb::Split { .. } => self.split_result(at, by, statement, patch, &targets),
                    _ => self.merge_result(at, by, statement, patch, &targets),
                }
            }
            None => {
                if !self.parents.is_empty() {
                    self.unannounced(patch);
                }
                self.place_own(at, statement, patch.code.clone(), patch.fields.clone());
            }
        }
    }

    fn split_result(&mut self, at: usize, by: usize, statement: &Statement, patch: &Patch, targets: &[(usize, usize)]) {
        let Some(&target) = targets.first() else {
            self.place_own(at, statement, patch.code.clone(), patch.fields.clone());
            return;
        };
        let down = self.down(target, statement.loc, statement);
        self.report_troubles(&down.translated, Some(&patch.fields), &patch.code);
        let way = self.way(target, statement.loc, statement);
        let mut fields = way.overlay(down.translated.fields, &patch.fields);
        way.settle(&mut fields, patch.fields.coordinators.is_some());
        let task = Task { code: patch.code.clone(), appendix: None, fields, loc: statement.loc, carries: vec![self.carry(target)] };
        self.place_as(at, by, statement, Some(target), task, vec![down.baseline]);
    }

    fn merge_result(&mut self, at: usize, by: usize, statement: &Statement, patch: &Patch, targets: &[(usize, usize)]) {
        let Some(&first) = targets.first() else {
            self.place_own(at, statement, patch.code.clone(), patch.fields.clone());
            return;
        };
        let downs: Vec<Down> = targets.iter().map(|target| self.down(*target, statement.loc, statement)).collect();
        let all: Vec<Fields> = downs.iter().map(|down| down.translated.fields.clone()).collect();
        let (base, differing) = field::common(&all);
        let way = self.way(first, statement.loc, statement);
        let mut fields = way.overlay(base, &patch.fields);
        way.settle(&mut fields, patch.fields.coordinators.is_some());
        let missing: Vec<&str> = differing.into_iter().filter(|name| !states(&patch.fields, name)).collect();
        if !missing.is_empty() {
            self.must_state(patch, &missing);
        }
        let carries = targets.iter().map(|target| self.carry(*target)).collect();
        let task = Task { code: patch.code.clone(), appendix: None, fields, loc: statement.loc, carries };
        self.place_as(at, by, statement, Some(first), task, downs.into_iter().map(|down| down.baseline).collect());
    }

    fn carry(&self, (parent, task): (usize, usize)) -> (PlanId, usize) {
        (answer::parent_id(self.parents, parent), task)
    }

    fn way(&self, (parent, task): (usize, usize), verb: Loc, statement: &Statement) -> Way<'_> {
        let source = &self.parents[parent].template;
        let upper = source.tasks[task].appendix;
        let own = self.place_of((parent, task), statement).map(|place| &self.appendices.list[place]);
        let sector = upper.and_then(|at| source.appendices[at].sector).or_else(|| own.and_then(|appendix| appendix.sector));
        let focal: Option<&Role> = own.and_then(|appendix| appendix.focal.as_ref());
        Way { plan: self.id, shift: self.shifts[parent].as_ref(), verb, focal, sector }
    }

    fn down(&self, target: (usize, usize), verb: Loc, statement: &Statement) -> Down {
        let task = &self.parents[target.0].template.tasks[target.1];
        let way = self.way(target, verb, statement);
        let translated = way.translate(task);
        let mut fields = translated.fields.clone();
        fields.deadline.clone_from(&translated.undrawn);
        way.settle(&mut fields, false);
        let (parent, index) = self.carry(target);
        Down { translated, baseline: (parent, index, fields) }
    }

    /// Returns the place of a task's appendix in the child: that of the statement, else the parent's.
    fn place_of(&self, (parent, task): (usize, usize), statement: &Statement) -> Option<usize> {
        match statement.appendix {
            Some(own) => Some(self.appendices.stated[own]),
            None => self.parents[parent].template.tasks[task].appendix.map(|at| self.appendices.of_parent[parent][at]),
        }
    }

    fn place(
        &mut self,
        at: usize,
        statement: &Statement,
        target: Option<(usize, usize)>,
        task: Task,
        baselines: Vec<(PlanId, usize, Fields)>,
    ) {
        self.place_as(at, at, statement, target, task, baselines);
    }

    /// Puts a task where it belongs. `by` is the statement that answers the parent (TÁCH, GỘP), `at` the one that places it.
    fn place_as(
        &mut self,
        at: usize,
        by: usize,
        statement: &Statement,
        target: Option<(usize, usize)>,
        mut task: Task,
        baselines: Vec<(PlanId, usize, Fields)>,
    ) {
        let place = match (target, statement.appendix) {
            (_, Some(own)) => Some(self.appendices.stated[own]),
            (Some(target), None) => self.place_of(target, statement),
            (None, None) => None,
        };
        let order = match (target, statement.appendix) {
            (Some((parent, index)), None) => (place.unwrap_or(usize::MAX), 0, parent, index),
            _ => (place.unwrap_or(usize::MAX), 1, at, self.tasks.len()),
        };
        if let (Some(target), Some(_), Some(place)) = (target, statement.appendix, place) {
            self.report_move(target, place, &task);
        }
        task.appendix = place;
        self.tasks.push(Placed { task, order, statement: by, baselines });
    }

    fn place_own(&mut self, at: usize, statement: &Statement, code: Code, fields: Fields) {
        let task = Task { code, appendix: None, fields, loc: statement.loc, carries: Vec::new() };
        self.place(at, statement, None, task, Vec::new());
    }

    fn finish(mut self) -> Derivation {
        self.tasks.sort_by_key(|placed| placed.order);
        self.report_repeated_codes();
        let fates = self.fates();
        let pairs: Vec<(&Derivation, Option<&Shift<'_>>)> =
            self.parents.iter().zip(self.shifts).map(|(parent, shift)| (*parent, shift.as_ref())).collect();
        let (targets, target_fates) = target::targets(self.model, self.plan, &pairs, &mut self.notes);
        let parts = prose::parts(self.plan, self.id, &pairs, &fates);

        let mut baselines = Vec::new();
        let mut tasks = Vec::new();
        for (index, placed) in self.tasks.into_iter().enumerate() {
            baselines.extend(placed.baselines.into_iter().map(|(parent, task, fields)| Baseline {
                task: index,
                parent: (parent, task),
                fields,
            }));
            tasks.push(placed.task);
        }
        let appendices = keep_used(self.appendices, &mut tasks);
        let template = Content { appendices, tasks, targets, parts };
        let content = expand::expand(self.model, self.plan, &template, &mut self.notes);
        Derivation { plan: self.id, content, template, fates, target_fates, baselines, notes: self.notes }
    }

    /// Fills the fates table: one entry for each parent's task, whatever the verbs say.
    fn fates(&self) -> Vec<Fate> {
        let mut out = Vec::new();
        for (parent, derivation) in self.parents.iter().enumerate() {
            for task in 0..derivation.template.tasks.len() {
                let statements = self.answers.of((parent, task));
                let carry = (derivation.plan, task);
                let children: Vec<usize> = self
                    .tasks
                    .iter()
                    .enumerate()
                    .filter(|(_, placed)| placed.task.carries.contains(&carry))
                    .map(|(index, _)| index)
                    .collect();
                let outcome = match statements {
                    [] => Outcome::Unanswered,
                    [_, _, ..] => Outcome::Repeated { statements: statements.to_vec(), children },
                    [first] => match &self.plan.statements[*first].verb {
                        Verb::Waive { .. } if self.plan.statements[*first].reason.is_some() => Outcome::Waived { statement: *first },
                        Verb::Waive { .. } => Outcome::Unreasoned { statement: *first },
                        _ if children.is_empty() => Outcome::Unanswered,
                        _ => Outcome::Carried { statement: *first, children },
                    },
                };
                out.push(Fate { parent: derivation.plan, task, outcome });
            }
        }
        out
    }

    fn about(&self, note: Diagnostic, place: &str) -> Diagnostic {
        note.about(&self.plan.code.text, &unit_name(self.model, self.plan), place)
    }

    fn report_troubles(&mut self, translated: &Translated, patch: Option<&Fields>, code: &Code) {
        for (slot, trouble) in &translated.troubles {
            if patch.is_some_and(|patch| field::restates(patch, *slot)) {
                continue;
            }
            let text = &code.text;
            let note = match trouble {
                Trouble::Ambiguous { name, at, choices } => {
                    let list: Vec<String> = choices.iter().map(|(sector, body, _)| format!("{body} ({sector})")).collect();
                    let list = list.join("; ");
                    let mut note = Diagnostic::new(
                        Kh::KH1004,
                        code.loc,
                        msg!(
                            "{name} ở nhiệm vụ {text} có nhiều cơ quan tương ứng: {list}",
                            "{name} in task {text} has several counterparts: {list}"
                        ),
                    )
                    .related(*at, msg!("cơ quan của cấp trên", "the parent's body"));
                    for (_, body, loc) in choices.iter().take(2) {
                        note = note.related(*loc, msg!("{body}", "{body}"));
                    }
                    let first = choices.first().map_or("", |(sector, _, _)| sector.as_str());
                    note.help(msg!(
                        "Ghi ngành sau tên: {name} ({first}), hoặc Lĩnh vực của nhiệm vụ",
                        "Write the sector behind the name: {name} ({first}), or the task's Lĩnh vực"
                    ))
                    .quote(name.clone())
                }
                Trouble::NoCounterpart { name, at } => Diagnostic::new(
                    Kh::KH1005,
                    code.loc,
                    msg!(
                        "{name} ở nhiệm vụ {text} không có cơ quan tương ứng, đã bỏ",
                        "{name} in task {text} has no counterpart and is left out"
                    ),
                )
                .related(*at, msg!("cơ quan của cấp trên", "the parent's body"))
                .help(msg!("Nếu cần, ghi cơ quan thực hiện bằng SỬA ĐỔI {text}", "If needed, name the body with SỬA ĐỔI {text}"))
                .quote(name.clone()),
                Trouble::ComparedYear { from, to } => Diagnostic::new(
                    Kh::KH3024,
                    code.loc,
                    msg!(
                        "Năm so sánh ở nhiệm vụ {text} đã chuyển từ {from} sang {to}",
                        "The year compared with in task {text} moved from {from} to {to}"
                    ),
                )
                .quote(from.clone()),
            };
            let note = self.about(note, text);
            self.notes.push(note);
        }
    }

    fn report_move(&mut self, (parent, index): (usize, usize), place: usize, task: &Task) {
        let source = &self.parents[parent].template;
        let Some(upper) = source.tasks[index].appendix else { return };
        if self.appendices.of_parent[parent][upper] == place {
            return;
        }
        let (code, from, to) = (&task.code.text, &source.appendices[upper].number, &self.appendices.list[place].number);
        let note = Diagnostic::new(
            Kh::KH3019,
            task.code.loc,
            msg!("Nhiệm vụ {code} chuyển từ phụ lục {from} sang phụ lục {to}", "Task {code} moves from appendix {from} to appendix {to}"),
        )
        .related(source.tasks[index].loc, msg!("ở cấp trên", "in the parent's plan"));
        let note = self.about(note, code);
        self.notes.push(note);
    }

    fn report_missing_results(&mut self) {
        for statement in &self.plan.statements {
            let into: Vec<&Code> = match &statement.verb {
                Verb::Split { into, .. } => into.iter().collect(),
                Verb::Merge { into, .. } => vec![into],
                _ => continue,
            };
            for code in into {
                let stated = self.plan.statements.iter().any(|other| matches!(&other.verb, Verb::Task(patch) if patch.code == *code));
                if !stated {
                    let text = &code.text;
                    let note = Diagnostic::new(Kh::KH3017, code.loc, msg!("Chưa có NHIỆM VỤ {text}", "There is no NHIỆM VỤ {text}"))
                        .help(msg!("Viết thêm: NHIỆM VỤ {text}: nội dung", "Add: NHIỆM VỤ {text}: its content"));
                    let note = self.about(note, text);
                    self.notes.push(note);
                }
            }
        }
    }

    fn report_repeated_codes(&mut self) {
        let mut notes = Vec::new();
        for (at, placed) in self.tasks.iter().enumerate() {
            if let Some(first) = self.tasks[..at].iter().find(|other| other.task.code == placed.task.code) {
                // the same code of two parents, and headings repeated in one file, are reported where they are read
                if first.statement == placed.statement {
                    continue;
                }
                let text = &placed.task.code.text;
                let note = Diagnostic::new(
                    Kh::KH0031,
                    placed.task.code.loc,
                    msg!("Mã {text} đã dùng cho nhiệm vụ khác", "The code {text} is already used by another task"),
                )
                .related(first.task.code.loc, msg!("dùng lần đầu ở đây", "first used here"))
                .help(msg!("Đặt mã khác", "Choose another code"));
                notes.push(self.about(note, text));
            }
        }
        self.notes.extend(notes);
    }

    fn addition_without_appendix(&mut self, patch: &Patch) {
        let text = &patch.code.text;
        let note = Diagnostic::new(
            Kh::KH3025,
            patch.code.loc,
            msg!("BỔ SUNG {text} đứng ngoài phụ lục", "BỔ SUNG {text} stands under no appendix"),
        )
        .help(msg!("Đặt dưới PHỤ LỤC mà nhiệm vụ thuộc về", "Put it under the PHỤ LỤC that it belongs to"));
        let note = self.about(note, text);
        self.notes.push(note);
    }

    fn unannounced(&mut self, patch: &Patch) {
        let text = &patch.code.text;
        let note = Diagnostic::new(
            Kh::KH3016,
            patch.code.loc,
            msg!("NHIỆM VỤ {text} không do TÁCH hay GỘP nào nêu", "No TÁCH or GỘP announces NHIỆM VỤ {text}"),
        )
        .help(msg!(
            "Nhiệm vụ riêng của đơn vị thì viết BỔ SUNG {text}; nhiệm vụ của cấp trên thì viết KẾ THỪA hoặc SỬA ĐỔI",
            "Write BỔ SUNG {text} for a task of your own; KẾ THỪA or SỬA ĐỔI for one of the parent"
        ));
        let note = self.about(note, text);
        self.notes.push(note);
    }

    fn must_state(&mut self, patch: &Patch, missing: &[&str]) {
        let text = &patch.code.text;
        let list = missing.join(", ");
        let note = Diagnostic::new(
            Kh::KH3018,
            patch.code.loc,
            msg!("NHIỆM VỤ {text} gộp các nhiệm vụ khác nhau về: {list}", "NHIỆM VỤ {text} merges tasks that differ in: {list}"),
        )
        .help(msg!("Ghi rõ các mục đó dưới NHIỆM VỤ {text}", "State these under NHIỆM VỤ {text}"));
        let note = self.about(note, text);
        self.notes.push(note);
    }
}

/// Says whether a patch states the field that [`field::common`] names.
fn states(patch: &Fields, name: &str) -> bool {
    match name {
        "nội dung" => patch.content.is_some(),
        "Sản phẩm" => patch.products.is_some(),
        "Cơ quan chủ trì" => patch.leads.is_some(),
        "Cơ quan phối hợp" => patch.coordinators.is_some(),
        "Cơ quan tổng hợp" => patch.synthesisers.is_some(),
        "Thời gian hoàn thành" => patch.deadline.is_some(),
        "Chỉ tiêu" => patch.targets.is_some(),
        "Kinh phí" => patch.budget.is_some(),
        "Căn cứ" => patch.basis.is_some(),
        "Ghi chú" => patch.note.is_some(),
        _ => true,
    }
}

/// Drops the parents' appendices in which nothing stands, and mends the tasks' places.
fn keep_used(appendices: Appendices, tasks: &mut [Task]) -> Vec<Appendix> {
    let used = |place: usize| appendices.stated.contains(&place) || tasks.iter().any(|task| task.appendix == Some(place));
    let kept: Vec<usize> = (0..appendices.list.len()).filter(|place| used(*place)).collect();
    let mut moved = vec![None; appendices.list.len()];
    for (new, old) in kept.iter().enumerate() {
        moved[*old] = Some(new);
    }
    for task in tasks {
        task.appendix = task.appendix.and_then(|place| moved[place]);
    }
    appendices.list.into_iter().enumerate().filter(|(place, _)| moved[*place].is_some()).map(|(_, appendix)| appendix).collect()
}
