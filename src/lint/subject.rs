//! What a check looks at: one derived plan with its surroundings.

use std::ops::Range;

use crate::base::{Date, Loc, Span};
use crate::derive::{Baseline, Derivation};
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::model::{Cause, Model, Origin, Outcome, ParentKind, Part, Plan, PlanId, Statement, TargetFate, Task, Verb};
use crate::value::Entry;

/// One derived plan.
pub(super) struct Subject<'a> {
    pub(super) model: &'a Model,
    pub(super) all: &'a [Derivation],
    pub(super) derivation: &'a Derivation,
    pub(super) plan: &'a Plan,
    pub(super) unit: String,
}

impl<'a> Subject<'a> {
    pub(super) fn new(model: &'a Model, all: &'a [Derivation], derivation: &'a Derivation) -> Self {
        let plan = model.plan(derivation.plan);
        let unit = plan.unit.map(|unit| model.registry.unit(unit).name.clone()).unwrap_or_default();
        Self { model, all, derivation, plan, unit }
    }

    /// Returns the tasks of the plan.
    pub(super) fn tasks(&self) -> &'a [Task] {
        &self.derivation.content.tasks
    }

    /// Returns a finding about `place` of this plan.
    pub(super) fn note(&self, code: Code, loc: Loc, message: Message, place: &str) -> Diagnostic {
        Diagnostic::new(code, loc, message).about(&self.plan.code.text, &self.unit, place)
    }

    /// Returns the derivation of a parent.
    pub(super) fn parent(&self, id: PlanId) -> &'a Derivation {
        &self.all[id.index()]
    }

    /// Returns a parent's task.
    pub(super) fn parent_task(&self, (plan, task): (PlanId, usize)) -> &'a Task {
        &self.parent(plan).content.tasks[task]
    }

    /// Returns where a parent's task stands, in words: `Phụ lục 01, số 3`.
    pub(super) fn place_in_parent(&self, (plan, task): (PlanId, usize)) -> String {
        let content = &self.parent(plan).content;
        let appendix = content.tasks[task].appendix;
        let row = content.tasks[..=task].iter().filter(|other| other.appendix == appendix).count();
        match appendix.map(|at| &content.appendices[at]) {
            Some(appendix) if appendix.group => format!("Nhóm nhiệm vụ {}, số {row}", appendix.number),
            Some(appendix) if !appendix.number.is_empty() => format!("Phụ lục {}, số {row}", appendix.number),
            Some(_) => format!("Phụ lục, số {row}"),
            None => format!("nhiệm vụ thứ {row}"),
        }
    }

    /// Returns what a child's task would be by translation alone, for each parent's task that it carries.
    pub(super) fn baselines(&self, task: usize) -> impl Iterator<Item = &'a Baseline> {
        self.derivation.baselines.iter().filter(move |baseline| baseline.task == task)
    }

    /// Returns the statement that answers a parent's task, where one carries it.
    pub(super) fn verb(&self, parent: (PlanId, usize)) -> Option<&'a Statement> {
        let fate = self.derivation.fates.iter().find(|fate| (fate.parent, fate.task) == parent)?;
        match &fate.outcome {
            Outcome::Carried { statement, .. }
            | Outcome::Waived { statement }
            | Outcome::Unreasoned { statement }
            | Outcome::Finished { statement } => Some(&self.plan.statements[*statement]),
            Outcome::Repeated { statements, .. } => statements.first().map(|at| &self.plan.statements[*at]),
            Outcome::Unanswered => None,
        }
    }

    /// Says whether a parent is the unit's own plan of an earlier year.
    pub(super) fn is_last_year(&self, parent: PlanId) -> bool {
        match self.plan.link_to(parent) {
            Some(link) => link.kind == ParentKind::LastYear,
            // a task that an earlier plan put off to this year
            None => self.model.plan(parent).unit == self.plan.unit,
        }
    }

    /// Returns what a label at a parent's task says.
    pub(super) fn their_task(&self, parent: PlanId) -> Message {
        if self.is_last_year(parent) {
            msg!("nhiệm vụ của năm trước", "last year's task")
        } else {
            msg!("nhiệm vụ của cấp trên", "the parent's task")
        }
    }

    /// Returns whose a parent's content is, in words behind a noun (`của cấp trên`), in both languages.
    pub(super) fn theirs(&self, parent: PlanId) -> Message {
        if self.is_last_year(parent) { msg!("năm trước", "last year's") } else { msg!("cấp trên", "the parent's") }
    }

    /// Returns where this plan names a parent's target.
    pub(super) fn target_verb(&self, fate: &TargetFate) -> Option<Loc> {
        let plan = &self.model.plan(fate.parent).code;
        let named = |statement: &Statement| match &statement.verb {
            Verb::Targets { codes, .. } => codes.iter().find(|one| one.names(plan, &fate.code)).map(|one| one.code.loc),
            _ => None,
        };
        match &fate.outcome {
            Outcome::Carried { statement, .. } => named(&self.plan.statements[*statement]),
            _ => None,
        }
    }

    /// Says whether a value came down from the upper level in this plan.
    pub(super) fn came_down(&self, origin: &Origin) -> bool {
        origin.steps.iter().any(|step| step.cause == Cause::Inherited && step.plan == self.derivation.plan)
    }

    /// Says whether this plan itself wrote a value, rather than taking it over.
    pub(super) fn wrote(&self, origin: &Origin) -> bool {
        !origin.steps.iter().any(|step| step.cause.takes_over() && step.plan == self.derivation.plan)
    }

    /// Returns the place in this plan that stands for a value: where it is written, else the verb that took it over.
    pub(super) fn place_of(&self, origin: &Origin, task: &Task) -> Loc {
        if self.wrote(origin) { origin.stated } else { task.code.loc }
    }

    /// Returns the place in this plan that stands for one entry of a deadline: the entry where it is written here, else the verb that took it over.
    pub(super) fn place_of_entry(&self, origin: &Origin, entry: &Entry, task: &Task) -> Loc {
        if self.wrote(origin) { entry.at.unwrap_or(origin.stated) } else { task.code.loc }
    }

    /// Returns the plan under whose heading a place stands; `None` above the first heading of a file.
    pub(super) fn plan_at(&self, loc: Loc) -> Option<PlanId> {
        self.model.plan_at(loc)
    }

    /// Says whether a place stands under this plan's heading, or under that of the handing-on that generates it.
    pub(super) fn holds(&self, loc: Loc) -> bool {
        self.plan_at(loc).is_some_and(|id| self.model.plan(id).loc == self.plan.loc)
    }

    /// Returns the first day on which the plan can have been signed.
    pub(super) fn signed_from(&self) -> Option<Date> {
        self.plan.header.signed_from()
    }

    /// Returns the texts that this plan itself wrote, in the order of the document: legal bases, prose, fields of tasks in free words.
    pub(super) fn own_texts(&self) -> Vec<OwnText<'a>> {
        let header = &self.plan.header;
        let mut out: Vec<OwnText<'a>> = Vec::new();
        for base in header.bases.iter().chain(&header.proposed_by).chain(&header.opening) {
            out.push(OwnText { text: &base.value, loc: base.loc, place: String::new() });
        }
        self.each_part(|part, place| {
            if self.wrote(&part.origin) {
                out.push(OwnText { text: &part.text, loc: part.origin.stated, place: place.to_owned() });
            }
        });
        for task in self.tasks() {
            let fields = &task.fields;
            let mut push = |text: &'a str, origin: &Origin| {
                if self.wrote(origin) {
                    out.push(OwnText { text, loc: origin.stated, place: task.code.text.clone() });
                }
            };
            for piece in [&fields.content, &fields.note, &fields.budget].into_iter().flatten() {
                push(&piece.value, &piece.origin);
            }
            for piece in fields.products.iter() {
                piece.value.iter().for_each(|product| push(&product.text, &piece.origin));
            }
            for piece in [&fields.measures, &fields.basis].into_iter().flatten() {
                piece.value.iter().for_each(|text| push(text, &piece.origin));
            }
        }
        out
    }

    /// Calls `visit` for each node of the plan's prose, with the place of its PHẦN (`PHẦN II`).
    pub(super) fn each_part(&self, mut visit: impl FnMut(&'a Part, &str)) {
        fn walk<'a>(part: &'a Part, place: &str, visit: &mut impl FnMut(&'a Part, &str)) {
            visit(part, place);
            for below in &part.below {
                walk(below, place, visit);
            }
        }
        for part in &self.derivation.content.parts {
            walk(part, &format!("PHẦN {}", part.number), &mut visit);
        }
    }
}

/// A text that a plan itself wrote.
pub(super) struct OwnText<'a> {
    /// The words, placeholders expanded.
    pub(super) text: &'a str,
    /// Where they are written.
    pub(super) loc: Loc,
    /// The task or PHẦN; empty for the head.
    pub(super) place: String,
}

/// Returns the place of bytes of `text`, which is written at `at`: exact where the source has the same bytes, else the whole.
pub(super) fn part_of(at: Loc, text: &str, range: Range<usize>) -> Loc {
    if at.span.len() != text.len() || range.end > text.len() {
        return at;
    }
    let start = at.span.start as usize;
    Loc::new(at.source, Span::new(start + range.start, start + range.end))
}
