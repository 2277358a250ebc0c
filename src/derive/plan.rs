//! One plan: from its parents' derivations and its verbs to its own.

use super::answer::{self, Answers, Parent, unit_name};
use super::appendix::{self, Appendices};
use super::decision::Decisions;
use super::field::{self, Translated, Way};
use super::{Baseline, Content, Derivation, deferred, expand, prose, score, target, trouble};
use crate::base::Loc;
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{
    Appendix, Cause, Code, Fate, Fields, Model, Outcome, ParentKind, Patch, Plan, PlanId, Role, Statement, Task, TaskField, TaskRef, Verb,
};
use crate::shift::{Shift, Trouble};

/// Derives a plan whose parents are done.
pub(super) fn derive(model: &Model, plan: &Plan, id: PlanId, done: &[Option<Derivation>]) -> Derivation {
    let stated = plan.parents.iter().filter_map(|link| {
        let derivation = done[link.plan.index()].as_ref()?;
        Some(Parent { derivation, kind: link.kind, only: None })
    });
    let mut sources: Vec<Parent<'_>> = stated.collect();
    let due = deferred::due(model, plan, &sources, done);
    sources.extend(due);
    let parents: Vec<&Derivation> = sources.iter().map(|parent| parent.derivation).collect();
    let shifts: Vec<Option<Shift<'_>>> = sources.iter().map(|parent| shift(model, plan, id, parent)).collect();

    let mut notes = Vec::new();
    let answers = answer::answers(model, plan, &sources, &mut notes);
    // a plan in record mode says itself what it has
    let upper = if plan.header.record { &[][..] } else { parents.as_slice() };
    let lists: Vec<(&[Appendix], Option<&Shift<'_>>)> =
        upper.iter().zip(&shifts).map(|(parent, shift)| (parent.template.appendices.as_slice(), shift.as_ref())).collect();
    let appendices = appendix::appendices(&lists, &plan.appendices);
    let decisions = Decisions::new(model, plan, &sources, &mut notes);
    let mut builder = Builder {
        model,
        plan,
        id,
        sources: &sources,
        parents: &parents,
        shifts: &shifts,
        answers,
        decisions,
        appendices,
        tasks: Vec::new(),
        notes,
    };
    for at in 0..plan.statements.len() {
        builder.statement(at);
    }
    builder.report_missing_results();
    builder.finish()
}

/// Returns how what a parent says becomes the plan's; `None` where one of the two units is not known.
fn shift<'a>(model: &'a Model, plan: &Plan, id: PlanId, parent: &Parent<'_>) -> Option<Shift<'a>> {
    let upper = model.plan(parent.derivation.plan);
    let link = plan.link_to(parent.derivation.plan);
    // what was deferred comes from the year of its own plan
    let deferred = parent.only.is_some().then(|| upper.header.year.zip(plan.header.year)).flatten();
    let stated = link.and_then(|link| link.years.zip(link.years_loc));
    let years = stated.map(|((from, to), at)| (from, to, at)).or(deferred.map(|(from, to)| (from, to, plan.loc)));
    Some(Shift {
        registry: &model.registry,
        plan: id,
        from: upper.unit?,
        to: plan.unit?,
        from_date: upper.registry_date(),
        date: plan.registry_date(),
        years,
        year: plan.header.year,
        // what the unit itself planned last year needs no time for an upper level to sum up
        earlier: plan.header.earlier_months.filter(|_| parent.kind == ParentKind::Upper),
        signed: plan.header.date,
    })
}

/// A task on its way into the plan.
struct Placed {
    task: Task,
    /// Sort key within the plan: appendix, then tasks in the parent's place before tasks in the child's own order.
    order: (usize, u8, usize, usize),
    statement: usize,
    baselines: Vec<(PlanId, usize, Fields)>,
}

pub(super) struct Builder<'a> {
    pub(super) model: &'a Model,
    pub(super) plan: &'a Plan,
    id: PlanId,
    pub(super) sources: &'a [Parent<'a>],
    pub(super) parents: &'a [&'a Derivation],
    shifts: &'a [Option<Shift<'a>>],
    pub(super) answers: Answers,
    decisions: Decisions,
    appendices: Appendices,
    tasks: Vec<Placed>,
    pub(super) notes: Vec<Diagnostic>,
}

/// A parent all of whose content comes down.
pub(super) struct Upper<'a> {
    pub(super) derivation: &'a Derivation,
    pub(super) kind: ParentKind,
    pub(super) shift: Option<&'a Shift<'a>>,
}

/// Returns what a verb does with the fields of a parent of this kind.
pub(super) fn cause(kind: ParentKind) -> Cause {
    match kind {
        ParentKind::Upper => Cause::Inherited,
        ParentKind::LastYear => Cause::Continued,
    }
}

/// The result of one parent's task coming down.
pub(super) struct Down {
    translated: Translated,
    pub(super) baseline: (PlanId, usize, Fields),
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
            Verb::Task(patch) | Verb::Add(patch) if plan.header.record => self.recorded(at, statement, patch),
            Verb::Task(patch) => self.task(at, statement, patch),
            Verb::Add(patch) => {
                if statement.appendix.is_none() && !self.appendices.list.is_empty() {
                    self.addition_without_appendix(patch);
                }
                self.place_own(at, statement, patch.code.clone(), patch.fields.clone());
            }
            Verb::Split { .. } | Verb::Merge { .. } | Verb::Waive { .. } | Verb::Finish { .. } | Verb::Targets { .. } => {}
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
        let down = self.down(first, code.loc, statement, None);
        self.report_troubles(&down.translated, &code, |_| false);
        let mut fields = down.translated.fields;
        self.way(first, code.loc, statement, None).settle(&mut fields, false);
        let carries = targets.iter().map(|target| self.carry(*target)).collect();
        let task = Task { code, appendix: None, fields, loc: statement.loc, carries };
        // the fields are the first parent's; what the others ask for is measured too
        let others = targets[1..].iter().map(|other| self.down(*other, statement.loc, statement, None).baseline);
        let baselines = std::iter::once(down.baseline).chain(others).collect();
        self.place(at, statement, Some(first), task, baselines);
    }

    fn amend(&mut self, at: usize, statement: &Statement, from: &TaskRef, patch: &Patch) {
        let Some(&target) = self.counting(at, 0..1).first() else { return };
        let code = from.code.clone();
        let down = self.down(target, code.loc, statement, Some(patch));
        self.report_troubles(&down.translated, &code, |field| field.is_stated(&patch.fields));
        let way = self.way(target, statement.loc, statement, Some(patch));
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
                if !self.parents.is_empty() && !self.plan.misses_parent {
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
        let down = self.down(target, statement.loc, statement, Some(patch));
        self.report_troubles(&down.translated, &patch.code, |field| field.is_stated(&patch.fields));
        let way = self.way(target, statement.loc, statement, Some(patch));
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
        let downs: Vec<Down> = targets.iter().map(|target| self.down(*target, statement.loc, statement, Some(patch))).collect();
        let all: Vec<Fields> = downs.iter().map(|down| down.translated.fields.clone()).collect();
        let (base, differing) = field::common(&all);
        let way = self.way(first, statement.loc, statement, Some(patch));
        let mut fields = way.overlay(base, &patch.fields);
        way.settle(&mut fields, patch.fields.coordinators.is_some());
        let missing: Vec<TaskField> = differing.into_iter().filter(|field| !field.is_stated(&patch.fields)).collect();
        if !missing.is_empty() {
            self.must_state(patch, &missing);
        }
        let settled = |field: TaskField| field.is_stated(&patch.fields) || missing.contains(&field);
        // a field that is inherited is equal in all parents, its troubles too
        self.report_troubles(&downs[0].translated, &patch.code, settled);
        let carries = targets.iter().map(|target| self.carry(*target)).collect();
        let task = Task { code: patch.code.clone(), appendix: None, fields, loc: statement.loc, carries };
        self.place_as(at, by, statement, Some(first), task, downs.into_iter().map(|down| down.baseline).collect());
    }

    pub(super) fn carry(&self, (parent, task): (usize, usize)) -> (PlanId, usize) {
        (self.parents[parent].plan, task)
    }

    fn way(&self, (parent, task): (usize, usize), verb: Loc, statement: &Statement, patch: Option<&Patch>) -> Way<'_> {
        let upper = self.parents[parent].template.tasks[task].appendix;
        // the appendix where the parent has the task, with what this plan restates of it, and the one where the task will stand
        let from = upper.and_then(|at| self.appendices.list.get(*self.appendices.of_parent.get(parent)?.get(at)?));
        let own = self.place_of((parent, task), statement).map(|place| &self.appendices.list[place]);
        let sector = from.and_then(|appendix| appendix.sector).or_else(|| own.and_then(|appendix| appendix.sector));
        let focal: Option<&Role> = own.and_then(|appendix| appendix.focal.as_ref());
        let own_sector = patch.and_then(|patch| patch.fields.sector.as_ref()).map(|piece| piece.value);
        Way {
            plan: self.id,
            cause: cause(self.sources[parent].kind),
            shift: self.shifts[parent].as_ref(),
            verb,
            focal,
            own_sector,
            sector,
            changes: self.decisions.of(self.plan, (parent, task)),
        }
    }

    pub(super) fn down(&self, target: (usize, usize), verb: Loc, statement: &Statement, patch: Option<&Patch>) -> Down {
        let task = &self.parents[target.0].template.tasks[target.1];
        let way = self.way(target, verb, statement, patch);
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
            None => {
                let at = self.parents[parent].template.tasks[task].appendix?;
                self.appendices.of_parent.get(parent)?.get(at).copied()
            }
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

    /// Puts a task of a plan in record mode where its document has it.
    pub(super) fn place_stated(&mut self, at: usize, statement: &Statement, task: Task, baselines: Vec<(PlanId, usize, Fields)>) {
        self.place(at, statement, None, task, baselines);
    }

    /// Returns the tasks placed so far, in printed order once they are sorted.
    pub(super) fn placed(&self) -> impl Iterator<Item = (usize, &Task)> {
        self.tasks.iter().enumerate().map(|(index, placed)| (index, &placed.task))
    }

    fn place_own(&mut self, at: usize, statement: &Statement, code: Code, fields: Fields) {
        let task = Task { code, appendix: None, fields, loc: statement.loc, carries: Vec::new() };
        self.place(at, statement, None, task, Vec::new());
    }

    fn finish(mut self) -> Derivation {
        self.tasks.sort_by_key(|placed| placed.order);
        self.report_repeated_codes();
        let record = self.plan.header.record;
        let fates = if record { self.recorded_fates() } else { self.fates() };
        // what was deferred to this year is its tasks only, and a plan in record mode says itself what it has
        let whole = self.sources.iter().zip(self.shifts).filter(|(parent, _)| !record && parent.only.is_none());
        let pairs: Vec<Upper<'_>> =
            whole.map(|(parent, shift)| Upper { derivation: parent.derivation, kind: parent.kind, shift: shift.as_ref() }).collect();
        self.report_appendix_troubles();
        let (targets, target_fates) = target::targets(self.model, self.plan, &pairs, &mut self.notes);
        let lost = target::lost(&pairs, &targets);
        let parts = prose::parts(self.model, self.plan, self.id, &pairs, &fates, &lost, &mut self.notes);

        let placed: Vec<&Task> = self.tasks.iter().map(|placed| &placed.task).collect();
        let decisions = self.decisions.settle(self.model, self.plan, self.id, self.sources, &placed, &mut self.notes);
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
        let mut appendices = keep_used(self.appendices, &mut tasks);
        score::settle(&mut appendices, &tasks);
        let template = Content { appendices, tasks, targets, parts };
        let content = expand::expand(self.model, self.plan, &template, lost, &mut self.notes);
        Derivation { plan: self.id, content, template, fates, target_fates, baselines, decisions, notes: self.notes }
    }

    /// Fills the fates table: one entry for each parent's task, whatever the verbs say.
    fn fates(&self) -> Vec<Fate> {
        let mut out = Vec::new();
        for (parent, derivation) in self.parents.iter().enumerate() {
            for task in (0..derivation.template.tasks.len()).filter(|task| self.sources[parent].asks(*task)) {
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
                        Verb::Finish { .. } => Outcome::Finished { statement: *first },
                        _ if children.is_empty() => Outcome::Unanswered,
                        _ => Outcome::Carried { statement: *first, children },
                    },
                };
                out.push(Fate { parent: derivation.plan, task, outcome });
            }
        }
        out
    }

    /// Says of which kind the parent is whose task a reference names.
    fn kind_of(&self, code: &Code) -> ParentKind {
        let at = self.plan.statements.iter().zip(&self.answers.refs).find_map(|(statement, refs)| {
            let named = statement.verb.tasks().into_iter().zip(refs).find(|(reference, _)| reference.code.loc == code.loc);
            named.and_then(|(_, target)| *target).or_else(|| {
                let announces = statement.verb.results().contains(&code);
                announces.then(|| refs.iter().flatten().next().copied()).flatten()
            })
        });
        at.map_or(self.first_kind(), |(parent, _)| self.sources[parent].kind)
    }

    fn first_kind(&self) -> ParentKind {
        self.sources.first().map_or(ParentKind::Upper, |parent| parent.kind)
    }

    fn about(&self, note: Diagnostic, place: &str) -> Diagnostic {
        note.about(&self.plan.code.text, &unit_name(self.model, self.plan), place)
    }

    /// Reports what translation left open, but for fields that are `settled` otherwise.
    fn report_troubles(&mut self, translated: &Translated, code: &Code, settled: impl Fn(TaskField) -> bool) {
        let no_lead = translated.fields.leads.as_ref().is_some_and(|leads| leads.value.is_empty());
        for (field, trouble) in translated.troubles.iter().filter(|(field, _)| !settled(*field)) {
            // leads all left out: `lint` reports the task without a lead, and names them
            if no_lead && *field == TaskField::Leads && matches!(trouble, Trouble::NoCounterpart { .. }) {
                continue;
            }
            let text = &code.text;
            let note = trouble::note(trouble, code.loc, text, self.kind_of(code));
            let note = self.about(note, text);
            self.notes.push(note);
        }
    }

    /// Reports bodies of appendices that translation could not decide, where a task stands in the appendix.
    fn report_appendix_troubles(&mut self) {
        for (place, trouble) in std::mem::take(&mut self.appendices.troubles) {
            if !self.appendices.stated.contains(&place) && !self.tasks.iter().any(|placed| placed.task.appendix == Some(place)) {
                continue;
            }
            let appendix = &self.appendices.list[place];
            let at = if self.appendices.stated.contains(&place) { appendix.loc } else { self.plan.loc };
            let name = appendix.place();
            let note = self.about(trouble::note(&trouble, at, &name, self.first_kind()), &name);
            self.notes.push(note);
        }
    }

    fn report_move(&mut self, (parent, index): (usize, usize), place: usize, task: &Task) {
        let source = &self.parents[parent].template;
        let Some(upper) = source.tasks[index].appendix else { return };
        if self.appendices.of_parent.get(parent).and_then(|places| places.get(upper)) == Some(&place) {
            return;
        }
        let (code, from, to) = (&task.code.text, source.appendices[upper].place(), self.appendices.list[place].place());
        let note = Diagnostic::new(
            Kh::KH3019,
            task.code.loc,
            msg!("Nhiệm vụ {code} chuyển từ {from} sang {to}", "Task {code} moves from {from} to {to}"),
        )
        .related(source.tasks[index].loc, msg!("ở kế hoạch gốc", "in the plan it comes from"));
        let note = self.about(note, code);
        self.notes.push(note);
    }

    fn report_missing_results(&mut self) {
        let mut announced: Vec<&Code> = Vec::new();
        for statement in &self.plan.statements {
            let into: Vec<&Code> = match &statement.verb {
                Verb::Split { into, .. } => into.iter().collect(),
                Verb::Merge { into, .. } => vec![into],
                _ => continue,
            };
            for code in into {
                if let Some(first) = announced.iter().find(|other| **other == code) {
                    let text = &code.text;
                    let note = Diagnostic::new(
                        Kh::KH0031,
                        code.loc,
                        msg!("Mã {text} đã do TÁCH, GỘP khác nêu", "Another TÁCH or GỘP announces {text}"),
                    )
                    .related(first.loc, msg!("nêu lần đầu ở đây", "first announced here"))
                    .help(msg!("Đặt mã khác", "Choose another code"));
                    let note = self.about(note, text);
                    self.notes.push(note);
                    continue;
                }
                announced.push(code);
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
                // headings repeated in one file are reported where they are read
                let before = self.tasks[..at].iter().filter(|other| other.task.code == placed.task.code);
                if self.heads(placed) && before.into_iter().any(|other| self.heads(other)) {
                    continue;
                }
                let text = &placed.task.code.text;
                let note = Diagnostic::new(
                    Kh::KH0031,
                    placed.task.code.loc,
                    msg!("Mã {text} đã dùng cho nhiệm vụ khác", "The code {text} is already used by another task"),
                )
                .related(first.task.code.loc, msg!("dùng lần đầu ở đây", "first used here"))
                .help(if placed.task.carries.is_empty() {
                    msg!("Đặt mã khác", "Choose another code")
                } else {
                    msg!(
                        "Trả lời cả hai bằng CÙNG nếu là một việc; nếu không, đặt mã khác bằng TÁCH {text} THÀNH mã mới",
                        "Answer both with CÙNG if they are one task; else give a new code with TÁCH {text} THÀNH …"
                    )
                });
                notes.push(self.about(note, text));
            }
        }
        self.notes.extend(notes);
    }

    /// Says whether a task is stated by a heading of its own (NHIỆM VỤ, BỔ SUNG).
    fn heads(&self, placed: &Placed) -> bool {
        self.plan
            .statements
            .iter()
            .any(|statement| matches!(&statement.verb, Verb::Task(patch) | Verb::Add(patch) if patch.code.loc == placed.task.code.loc))
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

    fn must_state(&mut self, patch: &Patch, missing: &[TaskField]) {
        let text = &patch.code.text;
        let list = missing.iter().map(|field| field.label()).collect::<Vec<_>>().join(", ");
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
