//! What a check looks at: one derived plan with its surroundings.

use std::ops::Range;

use crate::base::{Date, Loc, Span};
use crate::derive::{Baseline, Derivation};
use crate::diag::{Code, Diagnostic, Message};
use crate::model::{Cause, Model, Origin, Outcome, Part, Plan, PlanId, Statement, Task};
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
            Outcome::Carried { statement, .. } | Outcome::Waived { statement } | Outcome::Unreasoned { statement } => {
                Some(&self.plan.statements[*statement])
            }
            Outcome::Repeated { statements, .. } => statements.first().map(|at| &self.plan.statements[*at]),
            Outcome::Unanswered => None,
        }
    }

    /// Says whether this plan itself wrote a value, rather than taking it over.
    pub(super) fn wrote(&self, origin: &Origin) -> bool {
        !origin.steps.iter().any(|step| step.cause == Cause::Inherited && step.plan == self.derivation.plan)
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

/// Returns the place of bytes of `text`, which is written at `at`: exact where the source has the same bytes, else the whole.
pub(super) fn part_of(at: Loc, text: &str, range: Range<usize>) -> Loc {
    if at.span.len() != text.len() || range.end > text.len() {
        return at;
    }
    let start = at.span.start as usize;
    Loc::new(at.source, Span::new(start + range.start, start + range.end))
}
