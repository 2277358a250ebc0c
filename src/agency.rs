//! The agency hierarchy: levels, units, agencies, sectors, groups and terms, all dated; and what is asked of it.
//!
//! Takes [`Declarations`] (plain data read from DANH BẠ), gives a [`Registry`] and findings of the family `KH1`. Every question
//! carries a date: the same name has other answers before and after 1 March 2025. petgraph stays inside. Knows no plans.

mod answer;
mod body;
mod build;
mod counterpart;
mod declare;
mod digraph;
mod entry;
mod fault;
mod hierarchy;
mod institution;
mod lexicon;
mod list;
mod registry;
mod search;
mod succession;
#[cfg(test)]
mod tests;
mod words;

pub use answer::{Counterpart, Found, Heir, Listed, Match, Place, Successor, TermRule, Trouble};
pub use body::{Body, Holder, Institution};
pub use build::build;
pub use declare::{
    AgencyDecl, Declarations, GroupDecl, LevelDecl, LevelLine, Named, Predecessor, SectorDecl, TermDecl, TermLine, UnitDecl, Validity,
};
pub use digraph::Digraph;
pub use entry::{Agency, AgencyId, Group, GroupId, Level, LevelId, Sector, SectorId, Unit, UnitHeir, UnitId};
pub use hierarchy::{Link, LinkKind, Node, NodeKind};
pub use registry::Registry;
