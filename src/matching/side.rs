//! One of the two plans that are compared: its tasks, read once.

use std::sync::Arc;

use super::vector::{Likeness, Rarity, Vector};
use super::wording::Wording;
use crate::agency::{Body, Holder, Registry, UnitId};
use crate::base::{Date, Key, Year, words};
use crate::derive::Content;
use crate::model::{Role, Task};

/// A plan as matching sees it: any plan, whatever its origin.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// Whose plan it is; `None` where that could not be read.
    pub unit: Option<UnitId>,
    /// Plan year.
    pub year: Option<Year>,
    /// The day as of which its names are read.
    pub date: Date,
    /// Its appendices and tasks.
    pub content: &'a Content,
}

/// A task, read for comparison.
#[derive(Debug, Clone, Default)]
pub(super) struct Item {
    /// The content.
    pub(super) wording: Wording,
    /// The content, weighed; empty until then.
    pub(super) weighed: Arc<Weighed>,
    /// Amounts of content and targets, sorted.
    pub(super) numbers: Vec<String>,
    /// Products, canonically.
    pub(super) products: Vec<String>,
    /// Leads: bodies, and names where the body is not known.
    pub(super) leads: Vec<Who>,
    /// Title of the appendix, as syllables that say something.
    pub(super) field: Vec<String>,
    /// The latest day of the deadline.
    pub(super) latest: Option<Date>,
}

/// A text, weighed against a parent's tasks.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    /// Its features.
    pub(super) vector: Vector,
    /// Features of its clauses, where there are several.
    pub(super) clauses: Vec<Vector>,
    /// How near it is to each of the parent's tasks, in their order; empty where nobody asks.
    pub(super) near: Vec<Near>,
}

/// How near two texts are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Near {
    /// As wholes.
    pub(super) likeness: Likeness,
    /// 0 to 1, where one may be a single clause of the other.
    pub(super) text: f32,
}

impl Weighed {
    /// Weighs a text.
    pub(super) fn of(wording: &Wording, rarity: &Rarity) -> Self {
        let clauses = wording.clauses().iter().map(|clause| Vector::of(clause, rarity)).collect();
        Self { vector: Vector::of(wording, rarity), clauses, near: Vec::new() }
    }
}

/// A body for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// One that the registry knows; the plan's own unit stands for its level.
    Known(Body),
    /// A name that nothing bears, or an open class.
    Named(String),
}

impl Who {
    pub(super) fn of(role: &Role, registry: &Registry, unit: Option<UnitId>) -> Self {
        match role.body {
            Body::Open | Body::Unknown => Self::Named(Key::new(&role.text).as_str().to_owned()),
            Body::Institution(institution, Holder::Unit(of)) if Some(of) == unit => {
                Self::Known(Body::Institution(institution, Holder::Level(registry.unit(of).level)))
            }
            body => Self::Known(body),
        }
    }
}

impl<'a> Side<'a> {
    /// Returns the proper names that fall away from texts: of the unit and of those above it.
    pub(super) fn names(&self) -> Vec<Vec<String>> {
        let mut out = Vec::new();
        let mut at = self.unit;
        // as many steps as there are levels: a cycle of units is reported with the registry
        for _ in 0..=self.registry.levels().count() {
            let Some(id) = at else { break };
            out.push(syllables(&self.registry.unit(id).proper));
            at = self.registry.unit_above(id, self.date);
        }
        out
    }

    /// Reads all tasks; vectors are still to be weighed.
    pub(super) fn items(&self) -> Vec<Item> {
        let names = self.names();
        let fields: Vec<Vec<String>> =
            self.content.appendices.iter().map(|appendix| telling(&Wording::read(&appendix.title.value, &names))).collect();
        self.content.tasks.iter().map(|task| self.item(task, &names, &fields)).collect()
    }

    fn item(&self, task: &Task, names: &[Vec<String>], appendices: &[Vec<String>]) -> Item {
        let fields = &task.fields;
        let wording = Wording::read(fields.content.as_ref().map_or("", |piece| piece.value.as_str()), names);
        let mut numbers = wording.numbers.clone();
        for line in fields.targets.iter().flat_map(|piece| &piece.value) {
            numbers.extend(Wording::read(&line.target.text, names).numbers);
        }
        numbers.sort_unstable();
        numbers.dedup();
        let who = |roles: &Vec<Role>| roles.iter().map(|role| Who::of(role, self.registry, self.unit)).collect();
        Item {
            numbers,
            products: fields.products.iter().flat_map(|piece| &piece.value).map(|product| canonical(&product.text, names)).collect(),
            leads: fields.leads.as_ref().map(|piece| who(&piece.value)).unwrap_or_default(),
            field: task.appendix.and_then(|at| appendices.get(at)).cloned().unwrap_or_default(),
            latest: fields.deadline.as_ref().and_then(|piece| piece.value.latest(self.year)),
            weighed: Arc::default(),
            wording,
        }
    }
}

/// Returns what is left of a text when level, unit, year and filling words are gone: equal for texts that differ in those alone.
pub(super) fn canonical(text: &str, names: &[Vec<String>]) -> String {
    let read = Wording::read(text, names);
    let mut out = String::with_capacity(text.len());
    for syllable in read.syllables.iter().filter(|syllable| syllable.weight > 0.2) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&syllable.text);
    }
    out
}

/// Returns the syllables of a heading that say something: all but what stands in the heading of every plan.
fn telling(wording: &Wording) -> Vec<String> {
    const EVERYWHERE: &[&str] = &["cải", "cách", "trọng", "tâm", "lĩnh", "vực", "nhóm", "hành", "chính", "nhà", "nước"];
    let mut out: Vec<String> =
        wording.syllables.iter().filter(|s| s.weight >= 1.0 && !EVERYWHERE.contains(&&*s.text)).map(|s| s.text.to_string()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn syllables(text: &str) -> Vec<String> {
    let key = Key::new(text);
    words(key.as_str()).into_iter().map(|range| key.as_str()[range].to_owned()).collect()
}
