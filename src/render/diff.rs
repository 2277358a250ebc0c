//! Two plans compared by task and field, not by line: as text for people, as JSON for machines.
//!
//! Takes two derived plans of one model; pairs their tasks (what one derives from the other, or both from one task above; else the code; else the
//! place) and tells which fields differ. Judges nothing. Schema `kehoach/diff/1`.

mod json;
mod pair;
mod text;
mod words;

pub use json::json;
pub use pair::By;
pub use text::{summary, text};

use crate::base::Key;
use crate::derive::{Content, Derivation};
use crate::model::{Model, Outcome, PlanId, Task, TaskField, Verb};

/// What differs between two plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The first plan.
    pub a: Side,
    /// The second.
    pub b: Side,
    /// The pairs of tasks, in the first plan's order.
    pub tasks: Vec<Pair>,
    /// Tasks of the first plan that no task of the second answers, in order.
    pub only_a: Vec<Alone>,
    /// Tasks of the second plan alone.
    pub only_b: Vec<Alone>,
    /// Plan-level targets that differ or stand in one plan only: code, the first plan's words, the second's.
    pub targets: Vec<(String, Option<String>, Option<String>)>,
}

/// A plan as the comparison names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Its unit's name; empty where unknown.
    pub unit: String,
    /// How many tasks it has.
    pub tasks: usize,
}

/// Two tasks that are one work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The first plan's task.
    pub a: String,
    /// The second plan's.
    pub b: String,
    /// What pairs them.
    pub by: By,
    /// Where they stand, as people say it.
    pub places: (String, String),
    /// The fields that differ, in the order of [`TaskField::ALL`]; empty where the tasks say the same.
    pub changes: Vec<Change>,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which; `None` for the appendix.
    pub field: Option<TaskField>,
    /// The first plan's items.
    pub from: Vec<String>,
    /// The second plan's.
    pub to: Vec<String>,
}

/// A task without a partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alone {
    /// Its code.
    pub code: String,
    /// Where it stands.
    pub place: String,
    /// What it says.
    pub content: String,
    /// Where the other plan waives it: class and reason.
    pub waived: Option<String>,
}

impl Difference {
    /// Says whether the plans say the same, task by task and target by target.
    pub fn is_empty(&self) -> bool {
        let alone = self.only_a.is_empty() && self.only_b.is_empty();
        alone && self.targets.is_empty() && self.tasks.iter().all(|pair| pair.changes.is_empty())
    }
}

/// Compares two plans of a model.
pub fn compare(model: &Model, derivations: &[Derivation], a: PlanId, b: PlanId) -> Difference {
    let (one, other) = (&derivations[a.index()], &derivations[b.index()]);
    let pairs = pair::pairs(derivations, a, b);
    let tasks = pairs.iter().map(|found| {
        let (from, to) = (&one.content.tasks[found.a], &other.content.tasks[found.b]);
        Pair {
            a: from.code.text.clone(),
            b: to.code.text.clone(),
            by: found.by,
            places: (place(&one.content, found.a), place(&other.content, found.b)),
            changes: changes(model, (&one.content, from), (&other.content, to)),
        }
    });
    let tasks = tasks.collect();
    let alone = |own: &Derivation, far: &Derivation, is_paired: &dyn Fn(usize) -> bool| {
        let left = own.content.tasks.iter().enumerate().filter(|(at, _)| !is_paired(*at));
        left.map(|(at, task)| Alone {
            code: task.code.text.clone(),
            place: place(&own.content, at),
            content: task.fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default(),
            waived: waived(model, far, (own.plan, at)),
        })
        .collect()
    };
    Difference {
        a: side(model, one),
        b: side(model, other),
        tasks,
        only_a: alone(one, other, &|at| pairs.iter().any(|pair| pair.a == at)),
        only_b: alone(other, one, &|at| pairs.iter().any(|pair| pair.b == at)),
        targets: targets(&one.content, &other.content),
    }
}

fn side(model: &Model, derivation: &Derivation) -> Side {
    let plan = model.plan(derivation.plan);
    let unit = plan.unit.map(|unit| model.registry.unit(unit).name.clone()).unwrap_or_default();
    Side { code: plan.code.text.clone(), title: plan.title.value.clone(), unit, tasks: derivation.content.tasks.len() }
}

/// Returns where a task stands: `Phụ lục 01, số 3`.
fn place(content: &Content, at: usize) -> String {
    let appendix = content.tasks[at].appendix;
    let row = content.tasks[..=at].iter().filter(|other| other.appendix == appendix).count();
    match appendix.and_then(|at| content.appendices.get(at)) {
        Some(appendix) if appendix.group => format!("Nhóm nhiệm vụ {}, số {row}", appendix.number),
        Some(appendix) => format!("{}, số {row}", format!("Phụ lục {}", appendix.number).trim_end()),
        None => format!("số {row}"),
    }
}

fn changes(model: &Model, (upper, from): (&Content, &Task), (lower, to): (&Content, &Task)) -> Vec<Change> {
    let mut out = Vec::new();
    let appendix = |content: &Content, task: &Task| -> Vec<String> {
        task.appendix.and_then(|at| content.appendices.get(at)).map(crate::model::Appendix::place).into_iter().collect()
    };
    let (old, new) = (appendix(upper, from), appendix(lower, to));
    // `1` and `01` are one number
    let bare = |places: &[String]| places.iter().map(|place| place.replace(" 0", " ")).collect::<Vec<_>>();
    if bare(&old) != bare(&new) {
        out.push(Change { field: None, from: old, to: new });
    }
    for field in TaskField::ALL {
        let items = |task: &Task| -> Vec<String> {
            let items = field.items(&task.fields, &model.registry).unwrap_or_default();
            items.into_iter().filter(|item| !item.trim().is_empty()).collect()
        };
        let (old, new) = (items(from), items(to));
        let same_time = match (field, &from.fields.deadline, &to.fields.deadline) {
            (TaskField::Deadline, Some(old), Some(new)) => old.value.same_as(&new.value),
            (_, _, _) => false,
        };
        if !same_time && !old.iter().map(|item| Key::new(item)).eq(new.iter().map(|item| Key::new(item))) {
            out.push(Change { field: Some(field), from: old, to: new });
        }
    }
    out
}

/// Returns class and reason where a plan waives a task of another.
fn waived(model: &Model, derivation: &Derivation, upper: (PlanId, usize)) -> Option<String> {
    let fate = derivation.fates.iter().find(|fate| (fate.parent, fate.task) == upper)?;
    let Outcome::Waived { statement } = &fate.outcome else { return None };
    let statement = model.plan(derivation.plan).statements.get(*statement)?;
    let class = match &statement.verb {
        Verb::Waive { waiver, .. } => waiver.class_text.as_ref().map(|text| text.value.clone()),
        _ => None,
    };
    let reason = statement.reason.as_ref().map(|reason| reason.value.clone());
    Some(class.into_iter().chain(reason).collect::<Vec<_>>().join(": "))
}

fn targets(a: &Content, b: &Content) -> Vec<(String, Option<String>, Option<String>)> {
    let text = |content: &Content, code: &Key| {
        content.targets.iter().find(|line| Key::new(&line.target.code) == *code).map(|line| line.target.text.clone())
    };
    let mut out: Vec<(String, Option<String>, Option<String>)> = Vec::new();
    for line in a.targets.iter().chain(&b.targets) {
        let key = Key::new(&line.target.code);
        let (from, to) = (text(a, &key), text(b, &key));
        let same = from.as_deref().map(Key::new) == to.as_deref().map(Key::new);
        if !same && !out.iter().any(|(code, ..)| Key::new(code) == key) {
            out.push((line.target.code.clone(), from, to));
        }
    }
    out
}
