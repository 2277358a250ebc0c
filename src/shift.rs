//! Translation of a parent's task to a level, a unit and a year: the eight steps. From one year of a unit to the next only step 7 applies, and names give
//! way to their successors.
//!
//! Takes values of the parent's plan, gives values of the child's with a [`Step`] for each change, and [`Trouble`] where a step needs a person.
//! Changes only what a rule names; knows no verbs and reports nothing itself. The table of counterparts is a default: what the child states
//! later wins.

mod deadline;
mod level;
mod phrase;
mod role;
mod text;

pub use level::LevelChange;

use crate::agency::{Body, LevelId, Place, Registry, UnitId};
use crate::base::{Date, Loc, Year};
use crate::model::{Cause, PlanId, Rule, Step};

/// What a child plan's translation depends on: from which unit, to which unit, when.
#[derive(Debug, Clone)]
pub struct Shift<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// The child plan, recorded in steps.
    pub plan: PlanId,
    /// The parent's unit.
    pub from: UnitId,
    /// The child's unit.
    pub to: UnitId,
    /// The day as of which the parent's names are read.
    pub from_date: Date,
    /// The day as of which the child's bodies are looked up.
    pub date: Date,
    /// `Chuyển năm`: from, to, and the line that says so.
    pub years: Option<(Year, Year, Loc)>,
    /// The child's plan year.
    pub year: Option<Year>,
    /// `Sớm hơn cấp trên`: months, and the line that says so.
    pub earlier: Option<(u32, Loc)>,
    /// The child's day of signing, before which nothing moves.
    pub signed: Option<Date>,
}

/// A value after translation.
#[derive(Debug, Clone, PartialEq)]
pub struct Shifted<T> {
    /// The value.
    pub value: T,
    /// One per change, in the order of the rules.
    pub steps: Vec<Step>,
    /// What needs a person.
    pub troubles: Vec<Trouble>,
}

/// What translation cannot decide.
#[derive(Debug, Clone, PartialEq)]
pub enum Trouble {
    /// Several bodies correspond; a sector must decide.
    Ambiguous {
        /// The parent's body, as printed.
        name: String,
        /// Where it is written.
        at: Loc,
        /// Sector, body and registry line of each candidate.
        choices: Vec<(String, String, Loc)>,
    },
    /// No body corresponds at the child's level: it is left out.
    NoCounterpart {
        /// The parent's body, as printed.
        name: String,
        /// Where it is written.
        at: Loc,
    },
    /// A body of a level that ended between the parent's date and the child's: it is left out.
    LevelEnded {
        /// The parent's body, as printed.
        name: String,
        /// Where it is written.
        at: Loc,
        /// Its level.
        level: String,
    },
    /// A role of a void level goes to another level, where nobody or several correspond: it is left out.
    NoTaker {
        /// The body of the void level, as printed.
        name: String,
        /// Where it is written.
        at: Loc,
        /// The decision (CHUYỂN CẤP).
        decided: Loc,
        /// The level to which it goes.
        level: String,
        /// Who could take over; may be empty.
        choices: Vec<String>,
    },
    /// Running text names a body that no longer exists, and no single body is its successor: the words stay.
    Gone {
        /// The name, as printed.
        name: String,
        /// Its successors, where there are several.
        heirs: Vec<String>,
    },
    /// A year behind `so với năm` was moved.
    ComparedYear {
        /// The words before.
        from: String,
        /// The words after.
        to: String,
    },
}

impl<'a> Shift<'a> {
    /// Returns the child's level.
    pub fn level(&self) -> LevelId {
        self.registry.unit(self.to).level
    }

    /// Returns the declaration of the child's level: what decides about institutions that exist by rule.
    fn level_loc(&self) -> Loc {
        self.registry.level(self.level()).loc
    }

    /// Returns where answers are wanted: the child's level and unit type.
    pub fn place(&self) -> Place {
        let unit = self.registry.unit(self.to);
        Place { level: unit.level, kind: Some(unit.kind.clone()) }
    }

    /// Says whether a plan goes on at its own level, from one year to the next: no step between levels then applies.
    fn stays_at_level(&self) -> bool {
        self.registry.unit(self.from).level == self.level()
    }

    /// Says whether a level lies above the child's.
    fn is_above(&self, level: LevelId) -> bool {
        level != self.level() && self.registry.is_below(self.level(), level, self.from_date)
    }

    /// Says whether a level lies below the child's and is in force.
    fn is_below(&self, level: LevelId) -> bool {
        level != self.level()
            && self.registry.is_below(level, self.level(), self.date)
            && self.registry.level(level).validity.holds(self.date)
    }

    /// Says whether a body is of the child's own level.
    fn is_own(&self, body: Body) -> bool {
        self.registry.level_of(body) == Some(self.level())
    }

    fn step(&self, rule: Rule, from: impl Into<String>, to: impl Into<String>, at: Option<Loc>) -> Step {
        Step { cause: Cause::Rule(rule), from: from.into(), to: to.into(), at, plan: self.plan }
    }
}
