//! Fingerprints: what the parents said when a plan answered them, kept in `kehoach.lock`.
//!
//! Takes the model and its derivations, or the text of the file; gives a [`Lock`]: for each plan and each task or target of a parent that it answers,
//! what the parent's fields were (before translation) and which registry rows the translation used. Two locks are compared by `lint`. This room
//! judges nothing and touches no file; only `derive` and `check --accept-changes` write one.

mod print;
mod read;
mod state;
mod take;

pub use print::print;
pub use read::read;
pub use state::{Fingerprint, Row, State};
pub use take::take;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Key;
use crate::model::{Model, Plan};

/// The name of the file, in the project's folder.
pub const FILE: &str = "kehoach.lock";

/// The version of the file's form that this program reads and writes.
pub const VERSION: u32 = 1;

/// A code, compared by its key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    key: Key,
    /// As written.
    pub text: String,
}

impl Name {
    /// Returns the name with these words.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { key: Key::new(&text), text }
    }

    /// Returns the key.
    pub fn key(&self) -> &Key {
        &self.key
    }
}

/// A task or plan-level target of a parent.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Upper {
    /// The parent plan's code.
    pub plan: Name,
    /// Whether it is a target (CHỈ TIÊU) and no task.
    pub target: bool,
    /// Its code.
    pub code: Name,
}

/// What a plan's answer rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// What the parent's task or target said: a state of the same lock.
    pub state: Fingerprint,
    /// The registry rows that its translation used; `None` for what did not come down (a waiver).
    pub rows: Option<Fingerprint>,
}

/// What the parents said when the plans answered them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    states: BTreeMap<(Upper, Fingerprint), State>,
    rows: BTreeMap<Fingerprint, Vec<Row>>,
    answers: BTreeMap<Name, BTreeMap<Upper, Answered>>,
}

impl Lock {
    /// Says whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Returns the plans that have answers in it, in the order of their codes.
    pub fn plans(&self) -> impl Iterator<Item = &Name> {
        self.answers.keys()
    }

    /// Returns what a plan's answers rest on, in the order of the parents' codes; `None` where the plan is not in it.
    pub fn answers(&self, plan: &Name) -> Option<&BTreeMap<Upper, Answered>> {
        self.answers.get(plan)
    }

    /// Returns what a parent's task or target said.
    pub fn state(&self, upper: &Upper, fingerprint: Fingerprint) -> Option<&State> {
        // a key that borrows would need a second type for one look-up
        self.states.get(&(upper.clone(), fingerprint))
    }

    /// Returns registry rows, sorted.
    pub fn rows(&self, fingerprint: Fingerprint) -> Option<&[Row]> {
        self.rows.get(&fingerprint).map(Vec::as_slice)
    }

    /// Takes over from `now` what the plans for which `is_meant` holds rest on: all of a plan, or the parents' tasks that `is_meant` names.
    /// Returns how many answers of plans that were in the lock already rest on something else than before.
    pub fn accept(&mut self, now: &Self, is_meant: impl Fn(&Name, &Upper) -> bool) -> usize {
        let mut changed = 0;
        for (plan, answers) in &now.answers {
            let kept = self.answers.entry(plan.clone()).or_default();
            kept.retain(|upper, _| answers.contains_key(upper) || !is_meant(plan, upper));
            for (upper, answered) in answers.iter().filter(|(upper, _)| is_meant(plan, upper)) {
                let before = kept.insert(upper.clone(), *answered);
                changed += usize::from(before.is_some_and(|before| before != *answered));
                if let Some(state) = now.state(upper, answered.state) {
                    self.states.insert((upper.clone(), answered.state), state.clone());
                }
                if let Some((rows, list)) = answered.rows.and_then(|rows| Some((rows, now.rows(rows)?))) {
                    self.rows.insert(rows, list.to_vec());
                }
            }
        }
        self.prune();
        changed
    }

    /// Forgets the plans that the model does not have.
    pub fn forget_missing(&mut self, model: &Model) {
        let known: BTreeSet<&Key> = model.plans.iter().map(|plan: &Plan| &plan.code.key).collect();
        self.answers.retain(|plan, _| known.contains(plan.key()));
        self.prune();
    }

    /// Drops states and rows on which no answer rests.
    fn prune(&mut self) {
        self.answers.retain(|_, answers| !answers.is_empty());
        let used: BTreeSet<(&Upper, Fingerprint)> =
            self.answers.values().flatten().map(|(upper, answered)| (upper, answered.state)).collect();
        self.states.retain(|(upper, fingerprint), _| used.contains(&(upper, *fingerprint)));
        let used: BTreeSet<Fingerprint> = self.answers.values().flatten().filter_map(|(_, answered)| answered.rows).collect();
        self.rows.retain(|fingerprint, _| used.contains(fingerprint));
    }
}
