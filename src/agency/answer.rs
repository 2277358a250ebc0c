//! The answers that the registry gives.

use super::{AgencyId, Body, LevelId, SectorId, Validity};
use crate::base::Loc;

/// Where an answer is wanted: a level, and the type of the unit there (`huyện`, `thị xã`), which decides variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The level.
    pub level: LevelId,
    /// The unit's type word; `None` where no unit is meant.
    pub kind: Option<String>,
}

/// The answer to “who has this agency's sector at that level?”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counterpart {
    /// One body, and the registry line that says so.
    One(Body, Loc),
    /// Several bodies by sector; the question needs a sector.
    Several(Vec<(SectorId, Body, Loc)>),
    /// None at that level.
    None,
}

/// The answer to “who has this agency's work on that day?”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Successor {
    /// The agency itself: it is in force.
    Same,
    /// One successor.
    One(AgencyId, Loc),
    /// Several agencies by sector or unit type; the question needs one.
    Several(Vec<Heir>),
    /// Abolished without successor.
    None,
}

/// A body that has the work of another at a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    /// Who.
    pub body: Body,
    /// The sectors in which; empty for all.
    pub sectors: Vec<SectorId>,
    /// The unit types at which (`phường`); empty for any.
    pub kinds: Vec<String>,
    /// The registry line that says so.
    pub loc: Loc,
}

/// What is wrong with a name that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Not known; perhaps this was meant.
    Unknown {
        /// The nearest known name.
        suggestion: Option<String>,
    },
    /// Known, not in force at the date.
    NotInForce {
        /// The agency.
        agency: AgencyId,
    },
    /// Matches no NHÓM and is an open class (`Các trường đại học …`): an information.
    OpenClass,
}

/// One item of a list of bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub body: Body,
    /// The name as printed, with what narrows it (`liên quan`) and the agency that it is part of in brackets, without duty, label and
    /// sector; for an elided item, completed (`UBND cấp xã` for `cấp xã` behind `UBND cấp huyện`, `Sở Tài chính` behind `Các Sở:`).
    pub text: String,
    /// Duty behind the name, as printed, with the `:` or `(` that opens it.
    pub duty: Option<String>,
    /// Label words directly in front of the name (`Cơ quan phối hợp, theo dõi`, `Cơ quan tổng hợp: kiểm tra`), without the last colon.
    pub label: Option<String>,
    /// The label that governs the item: its own, or that of an item in front, up to the next label or `; -`.
    pub governed_by: Option<String>,
    /// The sector in brackets behind the name.
    pub sector: Option<SectorId>,
    /// First byte of the name in the text read.
    pub start: usize,
    /// One past the last byte of the name.
    pub end: usize,
    /// What is wrong with it.
    pub trouble: Option<Trouble>,
}

/// A name found in free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Who.
    pub body: Body,
}

/// A match of a name in the registry, over all dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Who.
    pub body: Body,
    /// When it is in force.
    pub validity: Validity,
    /// The declaration; `None` for what exists by rule.
    pub loc: Option<Loc>,
}

/// A replacement of a term that holds at a place and year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRule {
    /// The phrase, as declared.
    pub from: String,
    /// What it becomes.
    pub to: String,
    /// The declaration's line.
    pub loc: Loc,
}
