//! The pass: a parent's tasks against a child's.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::assign::{Grid, assign};
use super::evidence;
use super::group::{Group, group};
use super::link::{Link, Relation, State};
use super::side::{Item, Side, Weighed};
use super::translation::{self, Key, Translation};
use super::vector::{Index, Likeness, Rarity, Vector};
use super::weigh::{self, DOUBTFUL, MARGIN, Weight};
use super::wording::Wording;
use super::{change, relation};
use crate::base::{Date, Memo};
use crate::derive::Derivation;
use crate::model::Plan;

/// A parent plan, read once for any number of children.
#[derive(Debug)]
pub struct Upper<'a> {
    pub(super) plan: &'a Plan,
    pub(super) derivation: &'a Derivation,
    pub(super) side: Side<'a>,
    pub(super) items: Vec<Item>,
    index: Index,
    rarity: Rarity,
    edges: Vec<Date>,
    /// Children's texts, weighed; and whether it was asked how near they are.
    weighed: Memo<bool, Arc<Weighed>>,
}

/// What a person said about two tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tie {
    /// The parent's task.
    pub parent: usize,
    /// The child's task.
    pub child: usize,
    /// What the person said.
    pub answer: TieAnswer,
}

/// A person's answer about two tasks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TieAnswer {
    /// `Ứng với: …`
    Yes,
    /// `Ứng với: … ?`: nobody has confirmed it.
    Asked,
    /// `Không ứng với: …`
    No,
    /// A verb of the child's plan answers the task.
    Verb,
}

/// A child plan to compare.
#[derive(Debug, Clone)]
pub struct Lower<'a> {
    /// The plan.
    pub side: Side<'a>,
    /// What a person has said about its tasks.
    pub ties: Vec<Tie>,
    /// Whether the ties say all: the plan answers its parent by verbs, so that nothing is looked for.
    pub tied: bool,
}

impl<'a> Upper<'a> {
    /// Reads a parent plan.
    pub fn new(plan: &'a Plan, derivation: &'a Derivation, side: Side<'a>) -> Self {
        let mut items = side.items();
        let rarity = Rarity::of(items.iter().map(|item| &item.wording));
        for item in &mut items {
            item.weighed = Arc::new(Weighed::of(&item.wording, &rarity));
        }
        let vectors: Vec<&Vector> = items.iter().map(|item| &item.weighed.vector).collect();
        let index = Index::of(&vectors);
        let edges = translation::edges(&side);
        Self { plan, derivation, side, items, index, rarity, edges, weighed: Memo::new() }
    }

    /// Compares children with the plan, each by itself, on all cores. The result has the children's order.
    pub fn align(&self, children: &[Lower<'_>]) -> Vec<Vec<Link>> {
        let keys: Vec<Key> = children.iter().map(|child| Key::of(&child.side, &self.edges)).collect();
        let mut first: BTreeMap<&Key, usize> = BTreeMap::new();
        for (at, key) in keys.iter().enumerate() {
            first.entry(key).or_insert(at);
        }
        let made: Vec<(&Key, Translation)> = first
            .into_iter()
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|(key, at)| (key, Translation::of(self.plan, self.derivation, &self.side, &children[at].side)))
            .collect();
        let made: BTreeMap<&Key, Translation> = made.into_iter().collect();
        children.par_iter().zip(&keys).map(|(child, key)| made.get(key).map(|made| self.links(made, child)).unwrap_or_default()).collect()
    }

    fn vectors(&self) -> Vec<&Vector> {
        self.items.iter().map(|item| &item.weighed.vector).collect()
    }

    /// Weighs a child's text; where `searched`, against each of the parent's tasks.
    fn weigh(&self, wording: &Wording, searched: bool) -> Arc<Weighed> {
        self.weighed.answer(searched, &wording.identity(), || {
            let mut out = Weighed::of(wording, &self.rarity);
            if searched {
                let likenesses = self.index.likenesses(&self.vectors(), &out.vector);
                out.near = self.items.iter().zip(likenesses).map(|(item, likeness)| weigh::near(&item.weighed, &out, likeness)).collect();
            }
            Arc::new(out)
        })
    }

    fn links(&self, translation: &Translation, lower: &Lower<'_>) -> Vec<Link> {
        let mut items = lower.side.items();
        for item in &mut items {
            item.weighed = self.weigh(&item.wording, !lower.tied);
        }
        let mut table = Table::new(self, translation, &items, lower);
        let groups = if lower.tied { table.told() } else { table.settle() };
        let mut out = Vec::new();
        for found in groups {
            let pairs: Vec<(usize, usize, Weight)> = found
                .parent
                .iter()
                .flat_map(|p| found.child.iter().map(move |c| (*p, *c)))
                .map(|(p, c)| (p, c, table.weight(p, c)))
                .collect();
            let relation = match (found.parent.as_slice(), found.child.as_slice()) {
                ([parent], [child]) => relation::relation(self, translation, lower, &items, *parent, *child),
                ([_], _) => Relation::Split,
                _ => Relation::Merged,
            };
            let evidence = evidence::evidence(self, lower, translation, &items, &found, &pairs);
            let changes = match found.state {
                State::Accepted => change::changes(self, translation, lower, &items, &found, relation),
                State::Doubtful => Vec::new(),
            };
            let Found { parent, child, score, state, .. } = found;
            out.push(Link { parent, child, relation, score, state, evidence, changes });
        }
        out.sort_by(|a, b| (&a.parent, &a.child).cmp(&(&b.parent, &b.child)));
        out
    }
}

/// A pair or group before it is explained.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) parent: Vec<usize>,
    pub(super) child: Vec<usize>,
    pub(super) score: f32,
    pub(super) state: State,
    /// What a person or a verb said, where one did.
    pub(super) told: Option<TieAnswer>,
    /// A rival is nearly as good.
    pub(super) rival: bool,
}

impl Found {
    /// A group of which each part counts by itself.
    fn sure(parent: Vec<usize>, child: Vec<usize>, score: f32) -> Self {
        Self { parent, child, score, state: State::Accepted, told: None, rival: false }
    }
}

/// Returns a group as it stands where it is sure, else what its clauses say, else the group all the same.
fn surest(group: Option<Found>, clauses: impl FnOnce() -> Option<Found>) -> Option<Found> {
    match group {
        Some(found) if found.state == State::Accepted => Some(found),
        other => clauses().or(other),
    }
}

/// Says whether a second task says of the whole what the first does not.
fn adds(whole: &Vector, first: &Vector, other: &Vector) -> bool {
    weigh::text(whole.likeness(&first.joined(other))) > weigh::text(whole.likeness(first)) + 0.005
}

/// Looks for two tasks that share the clauses of one between them: `first` and one of `others`, each the nearer to its own side. `near` is how near
/// a task is to some clauses, where that would make a pair. The two ascending, and the lower of their scores.
fn cut(clauses: &[Vector], first: usize, others: &[usize], near: impl Fn(usize, &Vector) -> Option<f32>) -> Option<(Vec<usize>, f32)> {
    let join = |list: &[Vector]| list.iter().skip(1).fold(list.first().cloned().unwrap_or_default(), |all, one| all.joined(one));
    let mut best: Option<(Vec<usize>, f32)> = None;
    for at in 1..clauses.len() {
        let (left, right) = (join(&clauses[..at]), join(&clauses[at..]));
        for (own, rest) in [(&left, &right), (&right, &left)] {
            let Some(one) = near(first, own) else { continue };
            for other in others.iter().copied() {
                let Some(score) = near(other, rest).map(|two| one.min(two)) else { continue };
                if best.as_ref().is_none_or(|(_, known)| score > *known) {
                    best = Some((vec![first.min(other), first.max(other)], score));
                }
            }
        }
    }
    best
}

/// All weights of one comparison.
struct Table<'t> {
    upper: &'t Upper<'t>,
    items: &'t [Item],
    weights: Vec<Weight>,
    grid: Grid,
    ties: &'t [Tie],
    /// From where a pair with each of the parent's tasks counts.
    accepted: Vec<f32>,
}

impl<'t> Table<'t> {
    fn new(upper: &'t Upper<'t>, translation: &Translation, items: &'t [Item], lower: &'t Lower<'_>) -> Self {
        let (rows, columns) = (upper.items.len(), items.len());
        let mut weights = vec![Weight::default(); rows * columns];
        let mut grid = Grid::new(rows, columns);
        let searched: &[Item] = if lower.tied { &[] } else { items };
        for (column, item) in searched.iter().enumerate() {
            for (row, near) in item.weighed.near.iter().enumerate() {
                let weight = weigh::weigh(&upper.items[row], &translation.moved[row], item, *near, upper.side.registry);
                grid.set(row, column, weight.score);
                weights[row * columns + column] = weight;
            }
        }
        // a person's no is final; a yes is taken out of the rest
        for tie in lower.ties.iter().filter(|tie| tie.parent < rows && tie.child < columns) {
            match tie.answer {
                TieAnswer::No => grid.set(tie.parent, tie.child, 0.0),
                TieAnswer::Yes | TieAnswer::Asked | TieAnswer::Verb => {
                    let (above, below) = (&upper.items[tie.parent], &items[tie.child]);
                    let likeness = above.weighed.vector.likeness(&below.weighed.vector);
                    let near = weigh::near(&above.weighed, &below.weighed, likeness);
                    let weight = weigh::weigh(above, &translation.moved[tie.parent], below, near, upper.side.registry);
                    weights[tie.parent * columns + tie.child] = weight;
                }
            }
        }
        let accepted = translation.moved.iter().map(super::weigh::Moved::accepted).collect();
        Self { upper, items, weights, grid, ties: &lower.ties, accepted }
    }

    fn weight(&self, row: usize, column: usize) -> Weight {
        self.weights[row * self.items.len() + column]
    }

    fn settle(&mut self) -> Vec<Found> {
        let (rows, columns) = (self.grid.rows(), self.grid.columns());
        let mut out = self.told();
        let mut row_taken = vec![false; rows];
        let mut column_taken = vec![false; columns];
        for found in &out {
            found.parent.iter().for_each(|row| row_taken[*row] = true);
            found.child.iter().for_each(|column| column_taken[*column] = true);
        }
        for (row, is_taken) in row_taken.iter().enumerate() {
            for (column, is_taken_too) in column_taken.iter().enumerate() {
                if *is_taken || *is_taken_too {
                    self.grid.set(row, column, 0.0);
                }
            }
        }
        let pairs = assign(&self.grid, DOUBTFUL);
        let groups = self.groups(&pairs);
        for found in groups {
            // a group that is not sure takes no pair apart that is
            let breaks = |(row, column): &(usize, usize)| {
                found.parent.contains(row) && found.child.contains(column) && self.grid.get(*row, *column) >= self.accepted[*row]
            };
            if found.state == State::Doubtful && pairs.iter().any(breaks) {
                continue;
            }
            found.parent.iter().for_each(|row| row_taken[*row] = true);
            found.child.iter().for_each(|column| column_taken[*column] = true);
            out.push(found);
        }
        for (row, column) in pairs {
            if row_taken[row] || column_taken[column] {
                continue;
            }
            let score = self.grid.get(row, column);
            let rival = self.has_rival(row, column);
            let sure = score >= self.accepted[row] && !rival;
            let state = if sure { State::Accepted } else { State::Doubtful };
            out.push(Found { parent: vec![row], child: vec![column], score, state, told: None, rival });
        }
        out
    }

    /// Returns the pairs that a person settled; several with one task are one group.
    fn told(&self) -> Vec<Found> {
        let (rows, columns) = (self.grid.rows(), self.grid.columns());
        let mut out: Vec<Found> = Vec::new();
        for tie in self.ties.iter().filter(|tie| tie.parent < rows && tie.child < columns) {
            let state = match tie.answer {
                TieAnswer::Yes | TieAnswer::Verb => State::Accepted,
                TieAnswer::Asked => State::Doubtful,
                TieAnswer::No => continue,
            };
            let score = if state == State::Accepted { 1.0 } else { self.weight(tie.parent, tie.child).score };
            match out
                .iter_mut()
                .find(|found| found.state == state && (found.parent.contains(&tie.parent) || found.child.contains(&tie.child)))
            {
                Some(found) => {
                    found.parent.push(tie.parent);
                    found.child.push(tie.child);
                    for list in [&mut found.parent, &mut found.child] {
                        list.sort_unstable();
                        list.dedup();
                    }
                }
                None => {
                    out.push(Found { parent: vec![tie.parent], child: vec![tie.child], score, state, told: Some(tie.answer), rival: false })
                }
            }
        }
        out
    }

    /// Says whether another task is nearly as good a partner and belongs to nobody nearer.
    fn has_rival(&self, row: usize, column: usize) -> bool {
        let score = self.grid.get(row, column);
        let near = |other: f32| other >= DOUBTFUL && other > score - MARGIN;
        let in_row = (0..self.grid.columns()).filter(|other| *other != column).any(|other| {
            let rival = self.grid.get(row, other);
            near(rival) && !(0..self.grid.rows()).any(|better| better != row && self.grid.get(better, other) > rival + MARGIN)
        });
        let in_column = (0..self.grid.rows()).filter(|other| *other != row).any(|other| {
            let rival = self.grid.get(other, column);
            near(rival) && !(0..self.grid.columns()).any(|better| better != column && self.grid.get(other, better) > rival + MARGIN)
        });
        in_row || in_column
    }

    /// Returns splits and merges, the surest first, none sharing a task.
    fn groups(&self, pairs: &[(usize, usize)]) -> Vec<Found> {
        let (rows, columns) = (self.grid.rows(), self.grid.columns());
        let children: Vec<&Vector> = self.items.iter().map(|item| &item.weighed.vector).collect();
        let parents = self.upper.vectors();
        let firm_row = |row: usize| pairs.iter().any(|(r, c)| *r == row && self.grid.get(*r, *c) >= self.accepted[row]);
        let firm_column = |column: usize| pairs.iter().any(|(r, c)| *c == column && self.grid.get(*r, *c) >= self.accepted[*r]);
        let best_row = |column: usize| (0..rows).max_by(|a, b| self.grid.get(*a, column).total_cmp(&self.grid.get(*b, column)));
        let best_column = |row: usize| (0..columns).max_by(|a, b| self.grid.get(row, *a).total_cmp(&self.grid.get(row, *b)));
        let mut found: Vec<(f32, Found)> = Vec::new();
        for (row, parent) in parents.iter().enumerate() {
            let Some(first) = pairs.iter().find(|(r, _)| *r == row).map(|(_, c)| *c).or_else(|| best_column(row)) else { continue };
            let free: Vec<usize> = (0..columns)
                .filter(|column| !firm_column(*column) && best_row(*column) == Some(row) && self.grid.get(row, *column) > 0.1)
                .collect();
            if free.is_empty() || self.grid.get(row, first) < 0.2 {
                continue;
            }
            let grouped = group(row, parent, first, &free, &children).map(|group| self.found(&group, true));
            let near = |column: usize, side: &Vector| self.counts(row, column, side.likeness(children[column]));
            let more = |other: usize| adds(parent, children[first], children[other]);
            let others: Vec<usize> = free.iter().copied().filter(|other| *other != first && more(*other)).collect();
            let clauses = || {
                cut(&self.upper.items[row].weighed.clauses, first, &others, near).map(|(parts, score)| Found::sure(vec![row], parts, score))
            };
            found.extend(surest(grouped, clauses).map(|found| (found.score, found)));
        }
        for (column, vector) in children.iter().enumerate() {
            let Some(first) = pairs.iter().find(|(_, c)| *c == column).map(|(r, _)| *r).or_else(|| best_row(column)) else { continue };
            let free: Vec<usize> =
                (0..rows).filter(|row| !firm_row(*row) && best_column(*row) == Some(column) && self.grid.get(*row, column) > 0.1).collect();
            if free.is_empty() || self.grid.get(first, column) < 0.2 {
                continue;
            }
            let grouped = group(column, vector, first, &free, &parents).map(|group| self.found(&group, false));
            let near = |row: usize, side: &Vector| self.counts(row, column, parents[row].likeness(side));
            let more = |other: usize| adds(vector, parents[first], parents[other]);
            let others: Vec<usize> = free.iter().copied().filter(|other| *other != first && more(*other)).collect();
            let clauses = || {
                cut(&self.items[column].weighed.clauses, first, &others, near).map(|(parts, score)| Found::sure(parts, vec![column], score))
            };
            found.extend(surest(grouped, clauses).map(|found| (found.score, found)));
        }
        found.retain(|(score, _)| *score >= DOUBTFUL);
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut out: Vec<Found> = Vec::new();
        for (_, one) in found {
            let shares = |other: &Found| {
                one.parent.iter().any(|row| other.parent.contains(row)) || one.child.iter().any(|column| other.child.contains(column))
            };
            if !out.iter().any(shares) {
                out.push(one);
            }
        }
        out
    }

    /// Returns the score of a pair of which a side is a part only, where it would count.
    fn counts(&self, row: usize, column: usize, likeness: Likeness) -> Option<f32> {
        let whole = self.weight(row, column);
        let score = (weigh::text(likeness) + whole.score - whole.text).clamp(0.0, 1.0);
        (score >= self.accepted[row]).then_some(score)
    }

    fn found(&self, group: &Group, split: bool) -> Found {
        let cells: Vec<(usize, usize)> =
            group.parts.iter().map(|part| if split { (group.whole, *part) } else { (*part, group.whole) }).collect();
        #[expect(clippy::cast_precision_loss, reason = "a handful of parts")]
        let count = cells.len() as f32;
        let bonus =
            cells.iter().map(|(row, column)| self.weight(*row, *column)).map(|weight| weight.score - weight.text).sum::<f32>() / count;
        let score = (group.text + bonus).clamp(0.0, 1.0);
        let refused = cells.iter().any(|(row, column)| self.grid.get(*row, *column) <= 0.0);
        let least = cells.iter().map(|(row, _)| self.accepted[*row]).fold(0.0, f32::max);
        let sure = score >= least && group.weakest >= 0.55;
        let state = if sure { State::Accepted } else { State::Doubtful };
        let (parent, child) = if split { (vec![group.whole], group.parts.clone()) } else { (group.parts.clone(), vec![group.whole]) };
        Found { parent, child, score: if refused { 0.0 } else { score }, state, told: None, rival: false }
    }
}
