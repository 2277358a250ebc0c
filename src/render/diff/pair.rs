//! Which task of one plan is which of another.

use std::collections::BTreeSet;

use serde::Serialize;

use super::words;
use crate::base::Key;
use crate::derive::{Content, Derivation};
use crate::model::{Outcome, PlanId, Task};

/// Words in common, of all words, from which two tasks at one place are one.
const ALIKE: f32 = 0.4;

/// What pairs two tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// One derives from the other, or both from one task above.
    Derivation,
    /// They have one code.
    Code,
    /// They stand at one place and say much the same.
    Place,
}

/// Two tasks, by their places in their plans.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) by: By,
}

type TaskId = (PlanId, usize);

/// Pairs the tasks of two plans, in the first plan's order. A task that was split or merged stands in several pairs.
pub(super) fn pairs(derivations: &[Derivation], a: PlanId, b: PlanId) -> Vec<Found> {
    let (one, other) = (&derivations[a.index()], &derivations[b.index()]);
    let mut out = by_origin(derivations, one, other);
    let paired = |out: &[Found], a: usize, b: usize| out.iter().any(|pair| pair.a == a || pair.b == b);
    let (left, right) = (&one.content.tasks, &other.content.tasks);
    for (a, task) in left.iter().enumerate() {
        if let Some(b) = right.iter().position(|other| other.code == task.code).filter(|b| !paired(&out, a, *b)) {
            out.push(Found { a, b, by: By::Code });
        }
    }
    for (a, task) in left.iter().enumerate() {
        let place = place(&one.content, a);
        let Some(b) = (0..right.len()).find(|b| self::place(&other.content, *b) == place) else { continue };
        // what one plan answers otherwise has no partner in it
        let is_answered = answers(other, (one.plan, a)) || answers(one, (other.plan, b));
        if !is_answered && !paired(&out, a, b) && alike(task, &right[b]) {
            out.push(Found { a, b, by: By::Place });
        }
    }
    out.sort_by_key(|pair| (pair.a, pair.b));
    out
}

/// Pairs what derives from one task: first one to one, equal codes before others, then what splits and merges leave over.
fn by_origin(derivations: &[Derivation], one: &Derivation, other: &Derivation) -> Vec<Found> {
    let roots =
        |of: &Derivation| -> Vec<BTreeSet<TaskId>> { (0..of.content.tasks.len()).map(|at| roots(derivations, (of.plan, at))).collect() };
    let (left, right) = (roots(one), roots(other));
    let mut edges: Vec<(usize, usize)> = Vec::new();
    for (a, up) in left.iter().enumerate() {
        edges.extend((0..right.len()).filter(|b| !up.is_disjoint(&right[*b])).map(|b| (a, b)));
    }
    let mut out: Vec<Found> = Vec::new();
    let same_code = |(a, b): (usize, usize)| one.content.tasks[a].code == other.content.tasks[b].code;
    for (codes, both) in [(true, true), (false, true), (false, false)] {
        for (a, b) in edges.iter().copied().filter(|edge| !codes || same_code(*edge)) {
            let taken = [out.iter().any(|pair| pair.a == a), out.iter().any(|pair| pair.b == b)];
            let is_open = if both { taken == [false, false] } else { taken != [true, true] };
            if is_open {
                out.push(Found { a, b, by: By::Derivation });
            }
        }
    }
    out
}

/// Returns a task and all that it carries, at every level above.
fn roots(derivations: &[Derivation], task: TaskId) -> BTreeSet<TaskId> {
    let mut out = BTreeSet::new();
    let mut open = vec![task];
    while let Some((plan, at)) = open.pop() {
        if out.insert((plan, at)) {
            open.extend(derivations[plan.index()].content.tasks.get(at).into_iter().flat_map(|task| &task.carries).copied());
        }
    }
    out
}

fn answers(derivation: &Derivation, upper: TaskId) -> bool {
    derivation.fates.iter().any(|fate| (fate.parent, fate.task) == upper && fate.outcome != Outcome::Unanswered)
}

/// Returns the appendix and row of a task; the numbers `1` and `01` are one.
fn place(content: &Content, at: usize) -> (Option<Key>, usize) {
    let appendix = content.tasks[at].appendix;
    let row = content.tasks[..at].iter().filter(|other| other.appendix == appendix).count();
    let number = appendix.and_then(|at| content.appendices.get(at)).map(|appendix| Key::new(appendix.number.trim_start_matches('0')));
    (number, row)
}

fn alike(a: &Task, b: &Task) -> bool {
    let text = |task: &Task| task.fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default();
    words::share(&text(a), &text(b)) >= ALIKE
}
