//! Record mode: tasks stand as the document has them, and what a person ties to a parent's tasks (`Ứng với`) answers those.

use super::answer::{self, Target};
use super::plan::Builder;
use crate::base::Loc;
use crate::model::{Fate, Outcome, Patch, Statement, Task, TaskRef, TieState, Verb};

impl Builder<'_> {
    /// Places a task of the document and measures it against the parents' tasks that it answers. Findings: `KH3003`.
    pub(super) fn recorded(&mut self, at: usize, statement: &Statement, patch: &Patch) {
        let mut targets = Vec::new();
        for tie in patch.fields.record.iter().flat_map(|record| &record.ties) {
            let found = self.tied(&tie.task);
            if tie.state == TieState::Confirmed {
                targets.extend(found.filter(|target| !targets.contains(target)));
            }
        }
        let baselines = targets.iter().map(|target| self.down(*target, statement.loc, statement, None).baseline).collect();
        let carries = targets.iter().map(|target| self.carry(*target)).collect();
        let task = Task { code: patch.code.clone(), appendix: None, fields: patch.fields.clone(), loc: statement.loc, carries };
        self.place_stated(at, statement, task, baselines);
    }

    /// Returns the parent's task that a tie names; one that does not exist is reported.
    fn tied(&mut self, reference: &TaskRef) -> Option<Target> {
        let found = answer::named(self.model, self.sources, reference).first().copied();
        if found.is_none() && !self.plan.misses_parent {
            let note = answer::unknown(self.model, self.plan, self.parents, reference);
            self.notes.extend(note);
        }
        found
    }

    /// Fills the fates table from the ties and waivers: a parent's task that several tasks answer is answered, not answered twice.
    pub(super) fn recorded_fates(&self) -> Vec<Fate> {
        let heads = |at: Loc| self.plan.statements.iter().position(|statement| statement.loc == at);
        let mut out = Vec::new();
        for (parent, derivation) in self.parents.iter().enumerate() {
            for task in 0..derivation.template.tasks.len() {
                let carry = (derivation.plan, task);
                let carrying = self.placed().filter(|(_, task)| task.carries.contains(&carry));
                let (children, places): (Vec<usize>, Vec<Loc>) = carrying.map(|(index, task)| (index, task.loc)).unzip();
                let verbs = self.answers.of((parent, task));
                let by_tie = places.first().and_then(|at| heads(*at));
                let waives = |at: &usize| matches!(self.plan.statements[*at].verb, Verb::Waive { .. });
                let outcome = match (verbs, by_tie) {
                    ([], Some(statement)) => Outcome::Carried { statement, children },
                    ([first], None) if !waives(first) && !children.is_empty() => Outcome::Carried { statement: *first, children },
                    ([first], None) if waives(first) && self.plan.statements[*first].reason.is_some() => {
                        Outcome::Waived { statement: *first }
                    }
                    ([first], None) if waives(first) => Outcome::Unreasoned { statement: *first },
                    ([], None) | ([_], None) => Outcome::Unanswered,
                    (several, by_tie) => {
                        let mut statements: Vec<usize> = several.iter().copied().chain(by_tie).collect();
                        statements.sort_unstable();
                        statements.dedup();
                        match statements.as_slice() {
                            [one] => Outcome::Carried { statement: *one, children },
                            _ => Outcome::Repeated { statements, children },
                        }
                    }
                };
                out.push(Fate { parent: derivation.plan, task, outcome });
            }
        }
        out
    }
}
