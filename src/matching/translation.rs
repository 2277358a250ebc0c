//! A parent's tasks as units of one kind would take them over: made once for all units of a type, level and day.

use super::address;
use super::side::{Side, Who};
use super::weigh::Moved;
use crate::agency::LevelId;
use crate::base::{Date, Loc, Year};
use crate::derive::{Derivation, down};
use crate::model::{Fields, Plan, PlanId};
use crate::shift::Shift;

/// What decides how a parent's tasks come down: children with one key share a [`Translation`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    level: Option<LevelId>,
    kind: String,
    date: Date,
    year: Option<Year>,
}

/// A parent's tasks, translated for units of one kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Translation {
    /// Fields of each task.
    pub(super) fields: Vec<Fields>,
    /// Bodies and days of each task.
    pub(super) moved: Vec<Moved>,
    /// The unit for which it was made: its name stands in the texts.
    unit: String,
}

impl Key {
    pub(super) fn of(child: &Side<'_>, edges: &[Date]) -> Self {
        let unit = child.unit.map(|unit| child.registry.unit(unit));
        // between two days on which the registry changes, every day gives the same answers
        let date = edges.iter().rev().find(|edge| **edge <= child.date).copied().unwrap_or_else(|| Date::first_of_year(1));
        Self { level: unit.map(|unit| unit.level), kind: unit.map(|unit| unit.kind.clone()).unwrap_or_default(), date, year: child.year }
    }
}

/// Returns the days on which something in the registry begins or has ended, ascending.
pub(super) fn edges(side: &Side<'_>) -> Vec<Date> {
    let registry = side.registry;
    let levels = registry.levels().map(|(_, level)| level.validity);
    let units = registry.units().map(|(_, unit)| unit.validity);
    let agencies = registry.agencies().map(|(_, agency)| agency.validity);
    let validities = levels.chain(units).chain(agencies);
    let mut out: Vec<Date> = validities.flat_map(|validity| [validity.from, validity.to.map(Date::tomorrow)]).flatten().collect();
    out.sort_unstable();
    out.dedup();
    out
}

impl Translation {
    /// Translates the tasks of a parent (`plan`, `derivation`) for a child's unit, day and year. Where one of the units is not known, or the child does not
    /// lie below the parent, only the year moves.
    pub(super) fn of(plan: &Plan, derivation: &Derivation, parent: &Side<'_>, child: &Side<'_>) -> Self {
        let years = parent.year.zip(child.year).filter(|(from, to)| from != to).map(|(from, to)| (from, to, plan.loc));
        // an issued plan against the draft of the same unit: nothing moves
        let units = parent.unit.zip(child.unit).filter(|(from, to)| from != to);
        let fields: Vec<Fields> = match units {
            Some((from, to)) => {
                let shift = Shift {
                    registry: parent.registry,
                    plan: PlanId::new(derivation.plan.index()),
                    from,
                    to,
                    from_date: parent.date,
                    date: child.date,
                    years,
                    year: child.year,
                    earlier: None,
                    signed: None,
                };
                down(plan, derivation, &shift)
            }
            None => derivation.content.tasks.iter().map(|task| moved_year(&task.fields, years)).collect(),
        };
        let tasks = &derivation.content.tasks;
        let asked = |at: usize| child.unit.is_none_or(|unit| address::addresses(&tasks[at].fields, unit, child.registry));
        let moved = fields.iter().enumerate().map(|(at, fields)| moved(fields, child, asked(at))).collect();
        let unit = child.unit.map(|unit| child.registry.unit(unit).name.clone()).unwrap_or_default();
        Self { fields, moved, unit }
    }

    /// Returns a translated text for another unit of the same kind.
    pub(super) fn localise(&self, text: &str, unit: &str) -> String {
        if self.unit.is_empty() || unit == self.unit || !text.contains(&self.unit) {
            text.to_owned()
        } else {
            text.replace(&self.unit, unit)
        }
    }
}

fn moved(fields: &Fields, child: &Side<'_>, asked: bool) -> Moved {
    let who = |piece: &Option<crate::model::Piece<Vec<crate::model::Role>>>| {
        piece.iter().flat_map(|piece| &piece.value).map(|role| Who::of(role, child.registry, child.unit)).collect()
    };
    Moved { leads: who(&fields.leads), latest: fields.deadline.as_ref().and_then(|piece| piece.value.latest(child.year)), asked }
}

fn moved_year(fields: &Fields, years: Option<(Year, Year, Loc)>) -> Fields {
    let mut out = fields.clone();
    if let (Some((from, to, _)), Some(deadline)) = (years, &mut out.deadline) {
        for entry in &mut deadline.value.entries {
            *entry = entry.rewrite(|when| when.years_later(to - from));
        }
    }
    out
}
