//! Where nodes and edges stand: layers by longest path, order by barycentre, places by least squares.
//!
//! After Sugiyama, Tagawa and Toda (1981). An edge over several layers passes a point in each layer between, so that it bends round nodes
//! instead of running through them. Edges that would close a circle are turned while layers are found, and drawn as they are.

use super::{DrawnEdge, DrawnNode, sound, wrap};
use unicode_width::UnicodeWidthStr;

/// Width of a column of text in a node, in pixels.
pub(super) const CHARACTER: f64 = 7.4;
/// Height of a line of text.
pub(super) const LINE_HEIGHT: f64 = 17.0;
const PADDING: f64 = 10.0;
const BETWEEN_NODES: f64 = 18.0;
const BETWEEN_LAYERS: f64 = 72.0;
const MARGIN: f64 = 24.0;

/// How often order and places are improved; more changes nothing that can be seen.
const SWEEPS: usize = 12;

/// A drawing: sizes and places in pixels.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// One per node, in their order.
    pub(super) boxes: Vec<Placed>,
    /// One per edge whose ends exist, in their order.
    pub(super) paths: Vec<Path>,
}

/// A node's place: centre and size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) lines: Vec<String>,
}

/// An edge's way: the points that it passes, from its first node's side to its last one's.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Path {
    /// Index into the edges as given.
    pub(super) edge: usize,
    pub(super) points: Vec<(f64, f64)>,
}

/// A place in a layer: a node, or a point that an edge passes.
#[derive(Debug)]
struct Slot {
    node: Option<usize>,
    layer: usize,
    height: f64,
    y: f64,
    before: Vec<usize>,
    after: Vec<usize>,
}

/// Lays a graph out.
pub(super) fn layout(nodes: &[DrawnNode], edges: &[DrawnEdge]) -> Layout {
    let mut boxes: Vec<Placed> = nodes.iter().map(measure).collect();
    let turned = turned(nodes, edges);
    let layers = layers(nodes, edges, &turned);
    let mut slots: Vec<Slot> = Vec::new();
    for (node, layer) in layers.iter().enumerate() {
        let height = boxes[node].height;
        slots.push(Slot { node: Some(node), layer: *layer, height, y: 0.0, before: Vec::new(), after: Vec::new() });
    }
    // the slots that each edge passes, in the direction of the layers
    let mut ways: Vec<(usize, Vec<usize>)> = Vec::new();
    for (at, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.from < nodes.len() && edge.to < nodes.len()) {
        let (from, to) = if turned[at] { (edge.to, edge.from) } else { (edge.from, edge.to) };
        let mut way = vec![from];
        for layer in layers[from] + 1..layers[to] {
            slots.push(Slot { node: None, layer, height: 4.0, y: 0.0, before: Vec::new(), after: Vec::new() });
            way.push(slots.len() - 1);
        }
        way.push(to);
        if from != to {
            for pair in way.windows(2) {
                slots[pair[0]].after.push(pair[1]);
                slots[pair[1]].before.push(pair[0]);
            }
        }
        ways.push((at, way));
    }
    let mut rows = rows(&slots);
    order(&mut rows, &slots);
    place(&rows, &mut slots);

    let labelled = sound(nodes, edges).map(|edge| edge.label.width()).max().unwrap_or(0) as f64;
    let between = BETWEEN_LAYERS.max(labelled * CHARACTER * 0.85 + 44.0);
    let mut columns: Vec<(f64, f64)> = Vec::new();
    let mut left = MARGIN;
    for row in &rows {
        let width = row.iter().filter_map(|slot| slots[*slot].node).map(|node| boxes[node].width).fold(0.0, f64::max);
        columns.push((left, width));
        left += width + between;
    }
    let top = slots.iter().map(|slot| slot.y - slot.height / 2.0).fold(f64::INFINITY, f64::min);
    let top = if top.is_finite() { top } else { 0.0 };
    for slot in &mut slots {
        slot.y += MARGIN - top;
    }
    for slot in &slots {
        if let Some(node) = slot.node {
            let (left, width) = columns[slot.layer];
            boxes[node].x = left + width / 2.0;
            boxes[node].y = slot.y;
        }
    }
    let height = slots.iter().map(|slot| slot.y + slot.height / 2.0).fold(0.0, f64::max) + MARGIN;
    let width = columns.last().map_or(MARGIN, |(left, width)| left + width) + MARGIN;
    let paths = ways.into_iter().map(|(edge, way)| Path { edge, points: points(&way, turned[edge], &slots, &boxes, &columns) }).collect();
    Layout { width, height, boxes, paths }
}

fn measure(node: &DrawnNode) -> Placed {
    let lines = wrap(&node.name);
    let widest = lines.iter().map(|line| line.width()).max().unwrap_or(0) as f64;
    let (width, height) = (widest.max(4.0) * CHARACTER + 2.0 * PADDING, lines.len() as f64 * LINE_HEIGHT + PADDING);
    // an oval holds less text than its box
    let (width, height) = if node.shape == super::Shape::Oval { (width * 1.15, height * 1.2) } else { (width, height) };
    Placed { x: 0.0, y: 0.0, width, height, lines }
}

/// Says for each edge whether it leads back to a node from which one came, in a walk in the order of the nodes.
fn turned(nodes: &[DrawnNode], edges: &[DrawnEdge]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut leaving: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
    for (at, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.from < nodes.len() && edge.to < nodes.len()) {
        leaving[edge.from].push(at);
    }
    let mut state = vec![State::New; nodes.len()];
    let mut out = vec![false; edges.len()];
    for root in 0..nodes.len() {
        let mut walk: Vec<(usize, usize)> = if state[root] == State::New { vec![(root, 0)] } else { Vec::new() };
        while let Some((node, next)) = walk.pop() {
            state[node] = State::Open;
            match leaving[node].get(next) {
                Some(edge) => {
                    walk.push((node, next + 1));
                    match state[edges[*edge].to] {
                        State::New => walk.push((edges[*edge].to, 0)),
                        State::Open => out[*edge] = true,
                        State::Done => {}
                    }
                }
                None => state[node] = State::Done,
            }
        }
    }
    out
}

/// Returns each node's layer: as far left as its edges and its own first layer allow. Layers that stay empty are left out.
fn layers(nodes: &[DrawnNode], edges: &[DrawnEdge], turned: &[bool]) -> Vec<usize> {
    let mut layers: Vec<usize> = nodes.iter().map(|node| node.layer.min(nodes.len())).collect();
    // INVARIANT: with turned edges there is no circle, so a path has at most as many edges as there are nodes
    for _ in 0..nodes.len() {
        let mut moved = false;
        for (at, edge) in edges.iter().enumerate().filter(|(_, edge)| edge.from < nodes.len() && edge.to < nodes.len()) {
            let (from, to) = if turned[at] { (edge.to, edge.from) } else { (edge.from, edge.to) };
            if from != to && layers[to] <= layers[from] {
                layers[to] = layers[from] + 1;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    let mut used = layers.clone();
    used.sort_unstable();
    used.dedup();
    layers.iter().map(|layer| used.binary_search(layer).unwrap_or(0)).collect()
}

fn rows(slots: &[Slot]) -> Vec<Vec<usize>> {
    let count = slots.iter().map(|slot| slot.layer + 1).max().unwrap_or(0);
    let mut rows = vec![Vec::new(); count];
    for (at, slot) in slots.iter().enumerate() {
        rows[slot.layer].push(at);
    }
    rows
}

/// Orders each layer by the mean place of what stands before, then behind, in turn; the order with the fewest crossings stays.
fn order(rows: &mut Vec<Vec<usize>>, slots: &[Slot]) {
    let mut best = (crossings(rows, slots), rows.clone());
    for sweep in 0..SWEEPS {
        let forward = sweep % 2 == 0;
        let count = rows.len();
        for step in 1..count {
            let (at, by) = if forward { (step, step - 1) } else { (count - 1 - step, count - step) };
            let place = places(&rows[by], slots.len());
            let mean = |slot: usize, own: usize| {
                let near = if forward { &slots[slot].before } else { &slots[slot].after };
                let sum: usize = near.iter().map(|other| place[*other]).sum();
                if near.is_empty() { own as f64 } else { sum as f64 / near.len() as f64 }
            };
            let mut row: Vec<(f64, usize)> = rows[at].iter().enumerate().map(|(own, slot)| (mean(*slot, own), *slot)).collect();
            row.sort_by(|a, b| a.0.total_cmp(&b.0));
            rows[at] = row.into_iter().map(|(_, slot)| slot).collect();
        }
        let count = crossings(rows, slots);
        if count < best.0 {
            best = (count, rows.clone());
        }
    }
    *rows = best.1;
}

fn places(row: &[usize], count: usize) -> Vec<usize> {
    let mut out = vec![0; count];
    for (place, slot) in row.iter().enumerate() {
        out[*slot] = place;
    }
    out
}

fn crossings(rows: &[Vec<usize>], slots: &[Slot]) -> usize {
    let between = rows.windows(2).map(|pair| {
        let place = places(&pair[1], slots.len());
        // ends in the order of beginnings: each pair out of order crosses
        let ends: Vec<usize> = pair[0]
            .iter()
            .flat_map(|slot| {
                let mut ends: Vec<usize> = slots[*slot].after.iter().map(|to| place[*to]).collect();
                ends.sort_unstable();
                ends
            })
            .collect();
        inversions(&ends)
    });
    between.sum()
}

/// Counts the pairs that stand in the wrong order, by merging.
fn inversions(list: &[usize]) -> usize {
    fn count(list: &mut Vec<usize>) -> usize {
        if list.len() < 2 {
            return 0;
        }
        let mut right = list.split_off(list.len() / 2);
        let mut out = count(list) + count(&mut right);
        let (mut a, mut b) = (0, 0);
        let mut merged = Vec::with_capacity(list.len() + right.len());
        while a < list.len() || b < right.len() {
            if b == right.len() || (a < list.len() && list[a] <= right[b]) {
                merged.push(list[a]);
                a += 1;
            } else {
                out += list.len() - a;
                merged.push(right[b]);
                b += 1;
            }
        }
        *list = merged;
        out
    }
    count(&mut list.to_vec())
}

/// Gives each slot its height on the page: near the mean of its neighbours, in order, without overlap.
fn place(rows: &[Vec<usize>], slots: &mut [Slot]) {
    for row in rows {
        let mut y = 0.0;
        for slot in row {
            slots[*slot].y = y + slots[*slot].height / 2.0;
            y += slots[*slot].height + BETWEEN_NODES;
        }
    }
    for sweep in 0..SWEEPS * 2 {
        let count = rows.len();
        for step in 0..count {
            let at = if sweep % 2 == 0 { step } else { count - 1 - step };
            let wanted: Vec<(f64, f64)> = rows[at]
                .iter()
                .map(|slot| {
                    let own = &slots[*slot];
                    let near: Vec<f64> = own.before.iter().chain(&own.after).map(|other| slots[*other].y).collect();
                    let mean = if near.is_empty() { own.y } else { near.iter().sum::<f64>() / near.len() as f64 };
                    // points of an edge pull harder than nodes: long edges come out straight
                    let weight = if own.node.is_none() { 3.0 } else { 1.0 };
                    (mean, if near.is_empty() { 0.05 } else { weight })
                })
                .collect();
            let heights: Vec<f64> = rows[at].iter().map(|slot| slots[*slot].height).collect();
            for (slot, y) in rows[at].iter().zip(nearest(&wanted, &heights)) {
                slots[*slot].y = y;
            }
        }
    }
}

/// Returns places as near to the wanted ones as their distances allow: least squares under order, by pooling neighbours that collide.
fn nearest(wanted: &[(f64, f64)], heights: &[f64]) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(wanted.len());
    let mut offset = 0.0;
    for (at, height) in heights.iter().enumerate() {
        if at > 0 {
            offset += heights[at - 1] / 2.0 + BETWEEN_NODES + height / 2.0;
        }
        offsets.push(offset);
    }
    // each pool: sum of weighted places, weight, how many
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for ((place, weight), offset) in wanted.iter().zip(&offsets) {
        let mut pool = ((place - offset) * weight, *weight, 1);
        while let Some(last) = pools.last().copied().filter(|last| last.0 / last.1 >= pool.0 / pool.1) {
            pools.pop();
            pool = (last.0 + pool.0, last.1 + pool.1, last.2 + pool.2);
        }
        pools.push(pool);
    }
    let places = pools.iter().flat_map(|(sum, weight, count)| std::iter::repeat_n(sum / weight, *count));
    places.zip(offsets).map(|(place, offset)| place + offset).collect()
}

/// Returns the points of an edge: from the side of its first node, past its points at both edges of each column, to the side of its last.
fn points(way: &[usize], turned: bool, slots: &[Slot], boxes: &[Placed], columns: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    for (at, slot) in way.iter().enumerate() {
        let slot = &slots[*slot];
        let (left, width) = columns[slot.layer];
        match slot.node {
            Some(node) if at == 0 => out.push((boxes[node].x + boxes[node].width / 2.0, slot.y)),
            Some(node) => out.push((boxes[node].x - boxes[node].width / 2.0, slot.y)),
            None => out.extend([(left, slot.y), (left + width, slot.y)]),
        }
    }
    if turned {
        out.reverse();
    }
    out
}
