//! The registry and the questions asked of it.

use super::{Body, Declarations, Validity};
use crate::base::{Date, Key, Loc, Year, typed_id};
use crate::diag::Diagnostic;

typed_id! {
    /// A level, from the top down.
    LevelId
}
typed_id! {
    /// A unit.
    UnitId
}
typed_id! {
    /// An agency.
    AgencyId
}
typed_id! {
    /// A sector.
    SectorId
}
typed_id! {
    /// A group.
    GroupId
}

/// A level of administration.
#[derive(Debug, Clone)]
pub struct Level {
    /// `huyện`.
    pub name: String,
    /// `Hiệu lực`.
    pub validity: Validity,
    /// Upper levels by time.
    pub under: Vec<(LevelId, Validity)>,
    /// The declaration.
    pub loc: Loc,
}

/// An administrative unit.
#[derive(Debug, Clone)]
pub struct Unit {
    /// `HOẰNG-HÓA`, or the official code for units in bulk.
    pub code: String,
    /// `huyện Hoằng Hóa`.
    pub name: String,
    /// The type word (`huyện`, `thị xã`, `thành phố`, `thị trấn`).
    pub kind: String,
    /// The name without type word (`Hoằng Hóa`).
    pub proper: String,
    /// Its level.
    pub level: LevelId,
    /// `Mã hành chính`.
    pub official_code: Option<String>,
    /// Upper units by time.
    pub under: Vec<(UnitId, Validity)>,
    /// `Hiệu lực`.
    pub validity: Validity,
    /// Successors.
    pub successors: Vec<UnitId>,
    /// The declaration.
    pub loc: Loc,
}

/// An agency of a level.
#[derive(Debug, Clone)]
pub struct Agency {
    /// `SNV`.
    pub code: String,
    /// `Sở Nội vụ`.
    pub name: String,
    /// Its level.
    pub level: LevelId,
    /// The agency that it is part of.
    pub under: Option<AgencyId>,
    /// `Hiệu lực`.
    pub validity: Validity,
    /// Successors with their sectors (empty: all).
    pub successors: Vec<(AgencyId, Vec<SectorId>)>,
    /// The declaration.
    pub loc: Loc,
}

/// A sector.
#[derive(Debug, Clone)]
pub struct Sector {
    /// `tài chính`.
    pub name: String,
    /// The declaration.
    pub loc: Loc,
}

/// A group.
#[derive(Debug, Clone)]
pub struct Group {
    /// `Các sở, ban, ngành cấp tỉnh`.
    pub name: String,
    /// `Loại: mở`.
    pub open: bool,
    /// The level whose bodies it holds, where the name or its place in a `Quy đổi` tells.
    pub level: Option<LevelId>,
    /// The declaration.
    pub loc: Loc,
}

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
    /// Several by sector; the question needs a sector.
    Several(Vec<(Vec<SectorId>, AgencyId, Loc)>),
    /// Abolished without successor.
    None,
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
    /// The name as printed, without duty and label; for an elided item, completed (`UBND cấp xã` for `cấp xã` behind `UBND cấp huyện`).
    pub text: String,
    /// Duty behind the name, as printed.
    pub duty: Option<String>,
    /// Label words in front of the name (`Cơ quan phối hợp, theo dõi`), without the colon.
    pub label: Option<String>,
    /// The sector in brackets behind the name.
    pub sector: Option<SectorId>,
    /// First byte in the text read.
    pub start: usize,
    /// One past the last byte.
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

/// Levels, units, agencies, sectors, groups, terms, and the graph over them.
#[derive(Debug, Default)]
pub struct Registry {
    levels: Vec<Level>,
    units: Vec<Unit>,
    agencies: Vec<Agency>,
    sectors: Vec<Sector>,
    groups: Vec<Group>,
}

/// Checks declarations and builds the registry from all that hold together.
///
/// Findings: the family `KH1`, each with both places where two disagree. What a finding names is left out of the registry.
pub fn build(declarations: &Declarations) -> (Registry, Vec<Diagnostic>) {
    let _ = declarations;
    todo!()
}

#[expect(unused_variables, reason = "filled in by the next commit")]
impl Registry {
    /// Returns a level.
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[id.index()]
    }

    /// Returns a unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// Returns an agency.
    pub fn agency(&self, id: AgencyId) -> &Agency {
        &self.agencies[id.index()]
    }

    /// Returns a sector.
    pub fn sector(&self, id: SectorId) -> &Sector {
        &self.sectors[id.index()]
    }

    /// Returns a group.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    /// Returns all levels from the top down.
    pub fn levels(&self) -> impl Iterator<Item = (LevelId, &Level)> {
        self.levels.iter().enumerate().map(|(at, x)| (LevelId::new(at), x))
    }

    /// Returns all units in declared order.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.units.iter().enumerate().map(|(at, x)| (UnitId::new(at), x))
    }

    /// Returns all agencies in declared order.
    pub fn agencies(&self) -> impl Iterator<Item = (AgencyId, &Agency)> {
        self.agencies.iter().enumerate().map(|(at, x)| (AgencyId::new(at), x))
    }

    /// Returns all sectors in declared order.
    pub fn sectors(&self) -> impl Iterator<Item = (SectorId, &Sector)> {
        self.sectors.iter().enumerate().map(|(at, x)| (SectorId::new(at), x))
    }

    /// Returns the level with a name (`huyện`, `cấp huyện`).
    pub fn find_level(&self, name: &str) -> Option<LevelId> {
        todo!()
    }

    /// Returns the unit with a code, official code or name (`huyện Hoằng Hóa`) that is in force at `date`; one that is not in force
    /// only where no other fits.
    pub fn find_unit(&self, name: &str, date: Date) -> Option<UnitId> {
        todo!()
    }

    /// Returns the sector with a name.
    pub fn find_sector(&self, name: &str) -> Option<SectorId> {
        todo!()
    }

    /// Says whether `lower` lies below `upper` at `date`.
    pub fn is_below(&self, lower: LevelId, upper: LevelId, date: Date) -> bool {
        todo!()
    }

    /// Returns the units directly below a unit at a date, in declared order.
    pub fn units_below(&self, unit: UnitId, date: Date) -> Vec<UnitId> {
        todo!()
    }

    /// Returns the sectors of an agency at its own level and a date, in declared order.
    pub fn sectors_of(&self, agency: AgencyId, date: Date) -> Vec<SectorId> {
        todo!()
    }

    /// Returns who has an agency's sector at another level. Candidates are bodies: sectors that lead to one body are not several. Between
    /// several bodies `sector` decides if it is one of the agency's own. An agency that is part of another and has no sector takes the
    /// other's answer.
    pub fn counterpart(&self, agency: AgencyId, sector: Option<SectorId>, to: &Place, date: Date) -> Counterpart {
        todo!()
    }

    /// Returns who has an agency's work at a date.
    pub fn successor(&self, agency: AgencyId, sector: Option<SectorId>, date: Date) -> Successor {
        todo!()
    }

    /// Returns what a group becomes at a level (`Quy đổi`), and the line that says so. `None` where it says nothing for that level.
    pub fn convert(&self, group: GroupId, to: &Place, date: Date) -> Option<(Body, Loc)> {
        todo!()
    }

    /// Returns the class of a level's own bodies (`Các phòng, ban, ngành cấp huyện`): the group to which another group's `Quy đổi` leads at
    /// that level. `None` where no NHÓM is one.
    pub fn class_of_level(&self, level: LevelId, date: Date) -> Option<(GroupId, Loc)> {
        todo!()
    }

    /// Returns the terms that change at a place in a plan year, longest phrase first.
    pub fn terms(&self, to: &Place, year: Option<Year>) -> Vec<TermRule> {
        todo!()
    }

    /// Returns the level to which a body belongs: an agency's, a group's, an institution's; `None` for open classes and all levels.
    pub fn level_of(&self, body: Body) -> Option<LevelId> {
        todo!()
    }

    /// Returns the name of a body as a document of `unit` (or of nobody in particular) prints it.
    pub fn name_of(&self, body: Body, unit: Option<UnitId>) -> String {
        todo!()
    }

    /// Reads the text of one list item or one-line list of bodies (LANGUAGE sections 1 and 7): longest known name first, separators `;`,
    /// `,`, `và`, ` - `; prefix lists (`Các Sở: Nội vụ, Tài chính`), brackets, elisions, abbreviations, duties, labels in front. `item`
    /// says that the text is a `-` item, in which `;` does not separate. Never empty for text that is not blank.
    pub fn read_list(&self, text: &str, item: bool, date: Date) -> Vec<Listed> {
        todo!()
    }

    /// Returns the bodies named in free text, leftmost-longest, not overlapping, whole words.
    pub fn find_names(&self, text: &str, date: Date) -> Vec<Found> {
        todo!()
    }

    /// Returns all that bears a name, over all dates: agencies, groups, institutions, units' institutions.
    pub fn look_up(&self, name: &str) -> Vec<Match> {
        todo!()
    }

    /// Returns the nearest known name, tones ignored, where one is near.
    pub fn suggest(&self, name: &str) -> Option<String> {
        todo!()
    }

    /// Returns the group with a name.
    pub fn find_group(&self, name: &Key) -> Option<GroupId> {
        todo!()
    }
}
