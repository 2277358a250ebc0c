//! The agency hierarchy: levels, units, agencies, sectors, groups and terms, all dated; and what is asked of it.
//!
//! Takes [`Declarations`] (plain data read from DANH BẠ), gives a [`Registry`] and findings of the family `KH1`. Every question
//! carries a date: the same name has other answers before and after 1 March 2025. petgraph stays inside. Knows no plans.

mod body;
mod declare;
mod registry;

pub use body::{Body, Holder, Institution};
pub use declare::{AgencyDecl, Declarations, GroupDecl, LevelDecl, LevelLine, Named, SectorDecl, TermDecl, TermLine, UnitDecl, Validity};
pub use registry::{
    Agency, AgencyId, Counterpart, Found, Group, GroupId, Level, LevelId, Listed, Match, Place, Registry, Sector, SectorId, Successor,
    TermRule, Trouble, Unit, UnitId, build,
};
