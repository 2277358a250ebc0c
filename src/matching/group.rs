//! Splits and merges: one task answered by several, several answered by one.
//!
//! A task joins a pair only where it adds what the pair lacks: a second task on the same subject as one that already says everything is not
//! a part of it.

use super::vector::Vector;
use super::weigh;

/// A task and those that share it out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// The one task.
    pub(super) whole: usize,
    /// Its parts, at least two, ascending.
    pub(super) parts: Vec<usize>,
    /// How near whole and parts are together, 0 to 1, texts alone.
    pub(super) text: f32,
    /// The smallest share of a part's own words that the whole has.
    pub(super) weakest: f32,
}

/// Share of a part's words that the whole must have.
const INSIDE: f32 = 0.45;
/// Share of the whole's words that each part must add.
const ADDS: f32 = 0.12;

/// Looks for the parts of `whole` among `free` tasks, beginning with `first`. `None` where nothing joins it.
pub(super) fn group(whole: usize, of: &Vector, first: usize, free: &[usize], parts: &[&Vector]) -> Option<Group> {
    let share = |part: &Vector| {
        // seen from the whole: what of it the part has, and what of the part lies in it
        let likeness = of.likeness(part);
        (likeness.of_parent, likeness.of_child)
    };
    let (mut covered, inside) = share(parts[first]);
    if inside < INSIDE {
        return None;
    }
    let mut chosen = vec![first];
    let mut joined = parts[first].clone();
    let mut weakest = inside;
    let mut text = weigh::text(of.likeness(&joined));
    loop {
        let mut best: Option<(f32, f32, f32, usize, Vector)> = None;
        for at in free.iter().copied().filter(|at| !chosen.contains(at)) {
            let (_, inside) = share(parts[at]);
            if inside < INSIDE {
                continue;
            }
            let together = joined.joined(parts[at]);
            let likeness = of.likeness(&together);
            let nearer = weigh::text(likeness);
            if likeness.of_parent >= covered + ADDS && nearer > text + 0.03 && best.as_ref().is_none_or(|(known, ..)| nearer > *known) {
                best = Some((nearer, likeness.of_parent, inside, at, together));
            }
        }
        let Some((nearer, now, inside, at, together)) = best else { break };
        chosen.push(at);
        joined = together;
        covered = now;
        text = nearer;
        weakest = weakest.min(inside);
    }
    if chosen.len() < 2 {
        return None;
    }
    chosen.sort_unstable();
    Some(Group { whole, parts: chosen, text, weakest })
}
