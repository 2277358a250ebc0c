//! What is drawn: the agencies of a day with their counterparts by sector, and the cascade of plans.

use std::collections::BTreeMap;

use super::graph::{DrawnEdge, DrawnNode, Line, Shape};
use crate::agency::{LinkKind, NodeKind, Registry};
use crate::base::Date;
use crate::derive::Derivation;
use crate::diag::{Lang, Message, msg};
use crate::model::{Model, Outcome, PlanId};

/// A graph to draw, with its title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// What it shows.
    pub title: String,
    /// Its nodes.
    pub nodes: Vec<DrawnNode>,
    /// Its edges.
    pub edges: Vec<DrawnEdge>,
}

/// Returns the agencies and groups in force on a day: a column per level, an edge from each body to the body that has its sector one level below
/// (dashed: what a group becomes, what an agency is part of).
pub fn agencies(registry: &Registry, date: Date, lang: Lang) -> Drawing {
    let graph = registry.graph();
    let in_force = |at: usize| graph.node(at).is_some_and(|node| node.validity.holds(date));
    let levels: Vec<_> = registry.levels().map(|(id, _)| id).collect();
    let column = |at: usize| graph.node(at).and_then(|node| node.level).and_then(|level| levels.iter().position(|id| *id == level));

    // (upper body, lower body) and the words of their edge
    let mut pairs: BTreeMap<(usize, usize), (Vec<&str>, Line)> = BTreeMap::new();
    let mut by_sector: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (from, to, link) in graph.edges() {
        let between_bodies = [from, to].iter().all(|at| graph.node(*at).is_some_and(|node| is_body(node.kind)));
        if !link.validity.holds(date) || !in_force(to) {
            continue;
        }
        match link.kind {
            LinkKind::Sector => by_sector.entry(from).or_default().push(to),
            LinkKind::Conversion | LinkKind::Under if between_bodies && in_force(from) => {
                pairs.entry((from, to)).or_insert((Vec::new(), Line::Dashed));
            }
            LinkKind::Conversion | LinkKind::Under | LinkKind::Successor => {}
        }
    }
    for (sector, bodies) in &by_sector {
        let Some(name) = graph.node(*sector).map(|node| node.name.as_str()) else { continue };
        for (upper, lower) in neighbours(bodies, column) {
            let entry = pairs.entry((upper, lower)).or_insert((Vec::new(), Line::Solid));
            entry.1 = Line::Solid;
            entry.0.push(name);
        }
    }

    let mut places = BTreeMap::new();
    let mut nodes = Vec::new();
    let drawn = graph.nodes().filter(|(at, node)| is_body(node.kind) && in_force(*at));
    for (at, node) in drawn {
        let joined = pairs.keys().any(|(from, to)| *from == at || *to == at);
        if node.kind == NodeKind::Group && !joined {
            continue;
        }
        let shape = if node.kind == NodeKind::Group { Shape::Rounded } else { Shape::Box };
        places.insert(at, nodes.len());
        nodes.push(DrawnNode { name: node.name.clone(), shape, layer: column(at).unwrap_or(0) });
    }
    let mut edges = Vec::new();
    for ((from, to), (sectors, line)) in &pairs {
        let (Some(from), Some(to)) = (places.get(from), places.get(to)) else { continue };
        let label = match sectors.as_slice() {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [one, rest @ ..] => format!("{one} (+{})", rest.len()),
        };
        edges.push(DrawnEdge { from: *from, to: *to, label, line: *line });
    }
    let title = msg!("Cơ quan và cơ quan tương ứng, ngày {date}", "Agencies and their counterparts on {date}");
    Drawing { title: title.get(lang).to_owned(), nodes, edges }
}

fn is_body(kind: NodeKind) -> bool {
    matches!(kind, NodeKind::Agency | NodeKind::Group)
}

/// Returns pairs of bodies of one sector that stand at neighbouring levels (a level at which the sector has nobody is passed over).
fn neighbours(bodies: &[usize], column: impl Fn(usize) -> Option<usize>) -> Vec<(usize, usize)> {
    let mut columns: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for body in bodies {
        columns.entry(column(*body).unwrap_or(0)).or_default().push(*body);
    }
    let levels: Vec<&Vec<usize>> = columns.values().collect();
    let mut out = Vec::new();
    for pair in levels.windows(2) {
        for upper in pair[0] {
            out.extend(pair[1].iter().map(|lower| (*upper, *lower)));
        }
    }
    out
}

/// Returns the cascade: one node per plan, one edge per parent, with the counts of what became of the parent's tasks. An edge is heavy where
/// a task is not answered.
pub fn cascade(model: &Model, derivations: &[Derivation], lang: Lang) -> Drawing {
    let mut depth = vec![0; model.plans.len()];
    let mut nodes = Vec::new();
    // parents stand before children only in derivation, not in the model: settle depths by repetition, at most once per plan
    for _ in 0..model.plans.len() {
        for (id, plan) in model.plans() {
            for link in &plan.parents {
                depth[id.index()] = depth[id.index()].max(depth[link.plan.index()] + 1);
            }
        }
    }
    let mut edges = Vec::new();
    for (id, plan) in model.plans() {
        let derivation = &derivations[id.index()];
        let count = derivation.content.tasks.len();
        let (code, unit) = (&plan.code.text, model.unit_name(id));
        let name = msg!("{code} · {unit} · {count} nhiệm vụ", "{code} · {unit} · {count} tasks");
        nodes.push(DrawnNode { name: name.get(lang).to_owned(), shape: Shape::Box, layer: depth[id.index()] });
        for link in &plan.parents {
            edges.push(edge(derivation, id, link.plan, lang));
        }
    }
    Drawing { title: msg!("Dòng kế hoạch", "The cascade of plans").get(lang).to_owned(), nodes, edges }
}

fn edge(derivation: &Derivation, child: PlanId, parent: PlanId, lang: Lang) -> DrawnEdge {
    let (mut carried, mut waived, mut finished, mut open) = (0, 0, 0, 0);
    for fate in derivation.fates.iter().filter(|fate| fate.parent == parent) {
        match fate.outcome {
            Outcome::Carried { .. } => carried += 1,
            Outcome::Waived { .. } => waived += 1,
            Outcome::Finished { .. } => finished += 1,
            Outcome::Unanswered | Outcome::Unreasoned { .. } | Outcome::Repeated { .. } => open += 1,
        }
    }
    let mut label = msg!("{carried} nhận, {waived} không áp dụng", "{carried} carried, {waived} waived");
    if open > 0 {
        label = msg!("{carried} nhận, {waived} không áp dụng, {open} chưa rõ", "{carried} carried, {waived} waived, {open} open");
    }
    if finished > 0 {
        let Message { vi, en } = label;
        label = msg!("{vi}, {finished} kết thúc", "{en}, {finished} ended");
    }
    let line = if open > 0 { Line::Heavy } else { Line::Solid };
    DrawnEdge { from: parent.index(), to: child.index(), label: label.get(lang).to_owned(), line }
}
