//! A directed graph: the one place where petgraph is used.
//!
//! Nodes and edges are numbered in the order in which they were added, and every answer keeps that order, so that output does not
//! depend on how the graph is stored.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

/// A directed graph with data on nodes and edges. Edges point from what comes first (the upper level, the predecessor, the parent
/// plan) to what follows.
///
/// ```
/// use kehoach::agency::Digraph;
/// let mut graph = Digraph::new();
/// let (province, district) = (graph.add_node("tỉnh"), graph.add_node("huyện"));
/// graph.add_edge(province, district, "thuộc");
/// assert_eq!(graph.order(), Ok(vec![province, district]));
/// graph.add_edge(district, province, "thuộc");
/// assert_eq!(graph.order(), Err(vec![province, district]));
/// ```
#[derive(Debug, Clone)]
pub struct Digraph<N, E> {
    graph: DiGraph<N, E>,
}

impl<N, E> Default for Digraph<N, E> {
    fn default() -> Self {
        Self { graph: DiGraph::new() }
    }
}

impl<N, E> Digraph<N, E> {
    /// Returns a graph without nodes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a node and returns its number, counted from 0.
    pub fn add_node(&mut self, node: N) -> usize {
        self.graph.add_node(node).index()
    }

    /// Adds an edge. One whose end does not exist is passed over.
    pub fn add_edge(&mut self, from: usize, to: usize, edge: E) {
        if from < self.len() && to < self.len() {
            self.graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), edge);
        }
    }

    /// Returns how many nodes there are.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Says whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns a node's data.
    pub fn node(&self, at: usize) -> Option<&N> {
        self.graph.node_weight(NodeIndex::new(at))
    }

    /// Returns all nodes in the order in which they were added.
    pub fn nodes(&self) -> impl Iterator<Item = (usize, &N)> {
        self.graph.node_indices().zip(self.graph.node_weights()).map(|(at, node)| (at.index(), node))
    }

    /// Returns all edges (from, to, data) in the order in which they were added.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, &E)> {
        self.graph.edge_references().map(|edge| (edge.source().index(), edge.target().index(), edge.weight()))
    }

    /// Returns the data of the first edge between two nodes.
    pub fn edge(&self, from: usize, to: usize) -> Option<&E> {
        if from >= self.len() || to >= self.len() {
            return None;
        }
        let edges = self.graph.edges_connecting(NodeIndex::new(from), NodeIndex::new(to));
        edges.min_by_key(|edge| edge.id()).map(|edge| edge.weight())
    }

    /// Returns the nodes to which edges lead from `at`, ascending, each once.
    pub fn following(&self, at: usize) -> Vec<usize> {
        let mut out: Vec<usize> = self.graph.neighbors(NodeIndex::new(at)).map(NodeIndex::index).collect();
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Returns all nodes, each behind those from which an edge leads to it and else in the order of adding; or a cycle, as the nodes
    /// in the order in which the edges run, from its smallest.
    pub fn order(&self) -> Result<Vec<usize>, Vec<usize>> {
        self.order_among(|_| true)
    }

    /// Does as [`Self::order`], over the edges that `keep` keeps.
    pub fn order_among(&self, keep: impl Fn(&E) -> bool) -> Result<Vec<usize>, Vec<usize>> {
        let mut waiting = vec![0usize; self.len()];
        for edge in self.graph.edge_references().filter(|edge| keep(edge.weight())) {
            waiting[edge.target().index()] += 1;
        }
        let mut free: BinaryHeap<Reverse<usize>> = (0..self.len()).filter(|at| waiting[*at] == 0).map(Reverse).collect();
        let mut out = Vec::with_capacity(self.len());
        while let Some(Reverse(at)) = free.pop() {
            out.push(at);
            for edge in self.graph.edges(NodeIndex::new(at)).filter(|edge| keep(edge.weight())) {
                let next = edge.target().index();
                waiting[next] -= 1;
                if waiting[next] == 0 {
                    free.push(Reverse(next));
                }
            }
        }
        if out.len() == self.len() { Ok(out) } else { Err(self.cycle_in(&waiting, keep)) }
    }

    /// Walks back over nodes that still wait. INVARIANT: each has a predecessor that waits, so the walk comes round.
    fn cycle_in(&self, waiting: &[usize], keep: impl Fn(&E) -> bool) -> Vec<usize> {
        let mut path: Vec<usize> = Vec::new();
        let mut at = waiting.iter().position(|count| *count > 0);
        while let Some(node) = at {
            if let Some(first) = path.iter().position(|seen| *seen == node) {
                path.drain(..first);
                break;
            }
            path.push(node);
            let back = self.graph.edges_directed(NodeIndex::new(node), Direction::Incoming).filter(|edge| keep(edge.weight()));
            at = back.map(|edge| edge.source().index()).filter(|from| waiting[*from] > 0).min();
        }
        path.reverse();
        let smallest = path.iter().enumerate().min_by_key(|(_, node)| **node).map_or(0, |(place, _)| place);
        path.rotate_left(smallest);
        path
    }

    /// Returns for each node whether it can be reached from `roots` over the edges that `keep` keeps; roots are reached.
    pub fn reached(&self, roots: impl IntoIterator<Item = usize>, keep: impl Fn(&E) -> bool) -> Vec<bool> {
        let mut seen = vec![false; self.len()];
        let mut open: Vec<usize> = roots.into_iter().filter(|at| *at < self.len()).collect();
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let on = self.graph.edges(NodeIndex::new(at)).filter(|edge| keep(edge.weight()));
            open.extend(on.map(|edge| edge.target().index()));
        }
        seen
    }
}
