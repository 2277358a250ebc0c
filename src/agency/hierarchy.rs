//! The graph of the hierarchy: what its nodes and edges are.

use super::{Agency, Digraph, Group, Level, LevelId, Registry, Sector, Unit, Validity};
use crate::base::Loc;

/// What a node of the hierarchy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A level.
    Level,
    /// A unit.
    Unit,
    /// An agency.
    Agency,
    /// A sector.
    Sector,
    /// A group.
    Group,
}

/// A node of the hierarchy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name as declared.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// Its level; `None` for sectors and for groups whose level nobody says.
    pub level: Option<LevelId>,
    /// When it exists.
    pub validity: Validity,
    /// The declaration.
    pub loc: Loc,
}

/// What an edge of the hierarchy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// The second is part of the first or lies below it.
    Under,
    /// The second has the sector.
    Sector,
    /// The group becomes the second at its level.
    Conversion,
    /// The second succeeds the first.
    Successor,
}

/// An edge of the hierarchy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it says.
    pub kind: LinkKind,
    /// When it holds.
    pub validity: Validity,
    /// The words that say so.
    pub loc: Loc,
}

/// Where each kind of node begins in the graph: nodes are added kind by kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offsets {
    pub(super) units: usize,
    pub(super) agencies: usize,
    pub(super) sectors: usize,
    pub(super) groups: usize,
}

impl Registry {
    pub(super) fn offsets(&self) -> Offsets {
        let units = self.levels.len();
        let agencies = units + self.units.len();
        let sectors = agencies + self.agencies.len();
        Offsets { units, agencies, sectors, groups: sectors + self.sectors.len() }
    }

    /// Returns a graph of all nodes, without edges.
    pub(super) fn nodes(&self) -> Digraph<Node, Link> {
        let mut graph = Digraph::new();
        for (id, Level { name, validity, loc, .. }) in self.levels() {
            graph.add_node(Node { name: name.clone(), kind: NodeKind::Level, level: Some(id), validity: *validity, loc: *loc });
        }
        for Unit { name, level, validity, loc, .. } in &self.units {
            graph.add_node(Node { name: name.clone(), kind: NodeKind::Unit, level: Some(*level), validity: *validity, loc: *loc });
        }
        for Agency { name, level, validity, loc, .. } in &self.agencies {
            graph.add_node(Node { name: name.clone(), kind: NodeKind::Agency, level: Some(*level), validity: *validity, loc: *loc });
        }
        for Sector { name, loc } in &self.sectors {
            graph.add_node(Node { name: name.clone(), kind: NodeKind::Sector, level: None, validity: Validity::default(), loc: *loc });
        }
        for Group { name, level, loc, .. } in &self.groups {
            graph.add_node(Node { name: name.clone(), kind: NodeKind::Group, level: *level, validity: Validity::default(), loc: *loc });
        }
        graph
    }
}
