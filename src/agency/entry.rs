//! The entries of the registry: levels, units, agencies, sectors, groups.

use super::{Body, Validity};
use crate::base::{Key, Loc, Year, typed_id};

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
    /// Successors, each once.
    pub successors: Vec<UnitHeir>,
    /// The declaration.
    pub loc: Loc,
}

/// A unit that succeeds another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitHeir {
    /// The successor.
    pub unit: UnitId,
    /// Whether it takes over only a part of the territory.
    pub part: bool,
    /// The words that say so.
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
    /// The agency that it is part of; the first, where there are several by time.
    pub under: Option<AgencyId>,
    /// The agencies that it is part of, each for a time.
    pub parents: Vec<(AgencyId, Validity)>,
    /// `Hiệu lực`.
    pub validity: Validity,
    /// Successors with their sectors (empty: all).
    pub successors: Vec<(AgencyId, Vec<SectorId>)>,
    /// Where each successor is named, in the order of `successors`.
    pub successor_locs: Vec<Loc>,
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

/// A line of NGÀNH or `Quy đổi`, resolved.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The level of which it speaks.
    pub(super) level: LevelId,
    /// The bodies that bear the name there, each in its time; at least one.
    pub(super) bodies: Vec<Body>,
    /// Unit types; empty for any.
    pub(super) kinds: Vec<Key>,
    /// When it holds.
    pub(super) validity: Validity,
    /// The whole line.
    pub(super) loc: Loc,
}

/// A line of THUẬT NGỮ, resolved.
#[derive(Debug, Clone)]
pub(super) struct Term {
    /// The phrase.
    pub(super) from: String,
    /// What it becomes.
    pub(super) lines: Vec<TermChoice>,
    /// The whole line.
    pub(super) loc: Loc,
}

/// One replacement of a term.
#[derive(Debug, Clone)]
pub(super) struct TermChoice {
    /// The level; `None` where only the year counts.
    pub(super) level: Option<LevelId>,
    /// Unit types; empty for any.
    pub(super) kinds: Vec<Key>,
    /// First year.
    pub(super) from_year: Option<Year>,
    /// The phrase that it becomes.
    pub(super) to: String,
}
