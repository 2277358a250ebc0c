//! What the parents say now, and which registry rows their translation uses now.

use std::collections::BTreeMap;

use super::state::{FieldState, rows_fingerprint};
use super::{Answered, Fingerprint, Lock, Name, Row, State, Upper};
use crate::base::clean;
use crate::derive::{Content, Derivation};
use crate::model::{Cause, Fields, Model, Outcome, PlanId, Rule, TargetLine, Task, TaskField};

/// Returns the lock as it would be now, of the plans for which `is_wanted` holds. What a plan does not answer is not in it.
pub fn take(model: &Model, derivations: &[Derivation], is_wanted: impl Fn(&Name) -> bool) -> Lock {
    let mut taking = Taking { model, derivations, uppers: BTreeMap::new(), lock: Lock::default() };
    for derivation in derivations {
        let name = Name::new(model.plan(derivation.plan).code.text.clone());
        if is_wanted(&name) {
            taking.plan(name, derivation);
        }
    }
    taking.lock
}

/// Tasks or targets of a parent, in its order, and what they say.
type Said = Vec<(Upper, Fingerprint)>;

struct Taking<'a> {
    model: &'a Model,
    derivations: &'a [Derivation],
    /// Of each parent: its tasks, its targets. Many plans follow one parent.
    uppers: BTreeMap<PlanId, (Said, Said)>,
    lock: Lock,
}

impl Taking<'_> {
    fn plan(&mut self, name: Name, derivation: &Derivation) {
        let mut answers = BTreeMap::new();
        // the first, where a task is split
        let mut came: BTreeMap<(PlanId, usize), &Fields> = BTreeMap::new();
        for baseline in &derivation.baselines {
            came.entry(baseline.parent).or_insert(&baseline.fields);
        }
        for fate in derivation.fates.iter().filter(|fate| fate.outcome != Outcome::Unanswered) {
            let rows = came.get(&(fate.parent, fate.task)).map(|fields| self.rows(fields, derivation.plan));
            if let Some((upper, state)) = self.uppers(fate.parent).0.get(fate.task) {
                answers.insert(upper.clone(), Answered { state: *state, rows });
            }
        }
        for fate in derivation.target_fates.iter().filter(|fate| fate.outcome != Outcome::Unanswered) {
            let found = self.uppers(fate.parent).1.iter().find(|(upper, _)| *upper.code.key() == fate.code.key);
            if let Some((upper, state)) = found {
                answers.insert(upper.clone(), Answered { state: *state, rows: None });
            }
        }
        if !answers.is_empty() {
            self.lock.answers.insert(name, answers);
        }
    }

    /// Returns a parent's tasks and targets, in its order, and keeps what they say.
    fn uppers(&mut self, parent: PlanId) -> &(Said, Said) {
        let (model, derivations, lock) = (self.model, self.derivations, &mut self.lock);
        self.uppers.entry(parent).or_insert_with(|| {
            let plan = Name::new(model.plan(parent).code.text.clone());
            let mut keep = |target: bool, code: &str, state: State| {
                let upper = Upper { plan: plan.clone(), target, code: Name::new(code) };
                let fingerprint = state.fingerprint();
                lock.states.insert((upper.clone(), fingerprint), state);
                (upper, fingerprint)
            };
            let Content { tasks, targets, .. } = &derivations[parent.index()].template;
            let tasks = tasks.iter().map(|task| keep(false, &task.code.text, of_task(model, task))).collect();
            let targets = targets.iter().map(|line| keep(true, &line.target.code, of_target(line))).collect();
            (tasks, targets)
        })
    }

    /// Returns the fingerprint of the rows that a translation used, and keeps them.
    fn rows(&mut self, fields: &Fields, plan: PlanId) -> Fingerprint {
        let rows = rows(fields, plan);
        let fingerprint = rows_fingerprint(&rows);
        self.lock.rows.entry(fingerprint).or_insert(rows);
        fingerprint
    }
}

/// Returns what a task says. The score of last year is the parent's own result and asks nothing of a child.
fn of_task(model: &Model, task: &Task) -> State {
    let fields = TaskField::ALL.into_iter().filter(|field| *field != TaskField::Previous);
    let said = |field: TaskField| FieldState::new(field, field.items(&task.fields, &model.registry)?);
    State { fields: fields.filter_map(said).collect() }
}

fn of_target(line: &TargetLine) -> State {
    State { fields: FieldState::new(TaskField::Content, [line.target.text.clone()]).into_iter().collect() }
}

/// Returns the registry rows that the translation of fields into `plan` used, sorted, each once.
fn rows(fields: &Fields, plan: PlanId) -> Vec<Row> {
    let mut out = Vec::new();
    for field in TaskField::ALL {
        let steps = field.origin(fields).into_iter().flat_map(|origin| &origin.steps).filter(|step| step.plan == plan);
        for step in steps {
            let Cause::Rule(rule) = step.cause else { continue };
            if is_of_registry(rule, field) {
                out.push(Row { field, from: words(&step.from), to: words(&step.to), at: step.at });
            }
        }
    }
    out.sort_by(|a, b| a.order().cmp(&b.order()));
    out.dedup_by(|a, b| a.order() == b.order());
    out
}

/// Returns the words of a row as its line can hold them.
fn words(text: &str) -> String {
    clean(text).replace('→', "->")
}

/// Says whether a rule reads a line of the registry: the focal body that leads in place of the child's own level stands in the parent's appendix.
fn is_of_registry(rule: Rule, field: TaskField) -> bool {
    match rule {
        Rule::Counterpart | Rule::Successor | Rule::NoCounterpart | Rule::GroupConversion | Rule::NameInText | Rule::Term => true,
        Rule::LevelChange => false,
        Rule::OwnLevel => matches!(field, TaskField::Coordinators | TaskField::Synthesisers),
        Rule::NoneTwice | Rule::Issuer | Rule::UnitName | Rule::YearShift | Rule::Earlier | Rule::NotCarried => false,
    }
}
