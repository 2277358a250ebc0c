//! KH2005: two tasks, or two narrative items of one PHẦN, that say the same in nearly the same words.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::Subject;
use crate::base::{Loc, even, words};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Task;

/// Share of common words from which two texts say the same.
const SAME: f64 = 0.9;

/// Shorter texts repeat rightly.
const FEWEST_WORDS: usize = 8;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let mut tasks: Vec<(Bag, &Task)> = Vec::new();
    for task in on.tasks() {
        let Some(content) = &task.fields.content else { continue };
        let bag = Bag::new(&content.value);
        let code = task.code.text.as_str();
        // the criteria of one score table differ by a word or two: only those of the same words are one
        let says = |seen: &Bag, other: &Task| if is_scored(on, other, task) { seen.0 == bag.0 } else { seen.says(&bag) };
        let other = tasks.iter().find(|(seen, other)| says(seen, other) && !is_parents_fault(on, other, task)).map(|(_, other)| *other);
        if let Some(first) = other {
            let other = &first.code.text;
            out.push(
                on.note(
                    Code::KH2005,
                    task.code.loc,
                    msg!("Nhiệm vụ {code} trùng nội dung với {other}", "Task {code} says the same as {other}"),
                    code,
                )
                .related(first.code.loc, msg!("nhiệm vụ kia", "the other task"))
                .help(msg!("Bỏ một, hoặc GỘP hai nhiệm vụ", "Remove one, or merge them with GỘP"))
                .quote(content.value.clone()),
            );
        }
        tasks.push((bag, task));
    }
    let mut items: Vec<(Bag, Loc, String)> = Vec::new();
    on.each_part(|part, place| {
        // a title repeats rightly, and generated prose is not the plan's own
        if part.text.contains('{') || !part.below.is_empty() || !on.wrote(&part.origin) {
            return;
        }
        let bag = Bag::new(&part.text);
        if let Some((_, at, _)) = items.iter().find(|(seen, _, other)| other == place && seen.says(&bag)) {
            out.push(
                on.note(Code::KH2005, part.origin.stated, msg!("{place} nêu một việc hai lần", "{place} says the same twice"), place)
                    .related(*at, msg!("lần trước", "the first time"))
                    .help(msg!("Bỏ một đoạn", "Remove one"))
                    .quote(part.text.clone()),
            );
        }
        items.push((bag, part.origin.stated, place.to_owned()));
    });
}

/// Says whether two tasks are criteria of one score table.
fn is_scored(on: &Subject<'_>, a: &Task, b: &Task) -> bool {
    let appendices = &on.derivation.content.appendices;
    a.appendix == b.appendix && a.appendix.and_then(|at| appendices.get(at)).is_some_and(|appendix| appendix.scores.is_some())
}

/// Says whether two tasks came down with words that already say the same in the parent, where they are reported.
fn is_parents_fault(on: &Subject<'_>, a: &Task, b: &Task) -> bool {
    let upper = |task: &Task| {
        let came_down = task.fields.content.as_ref().is_some_and(|piece| !on.wrote(&piece.origin));
        task.carries.first().copied().filter(|_| came_down)
    };
    let (Some(a), Some(b)) = (upper(a), upper(b)) else { return false };
    let text = |parent| on.parent_task(parent).fields.content.as_ref().map(|content| Bag::new(&content.value));
    a.0 == b.0 && a != b && matches!((text(a), text(b)), (Some(a), Some(b)) if a.says(&b))
}

/// The words of a text as hashes, sorted.
struct Bag(Vec<u64>);

impl Bag {
    fn new(text: &str) -> Self {
        let text = even(text);
        let hash = |word: &str| {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            hasher.finish()
        };
        let mut list: Vec<u64> = words(&text).into_iter().map(|range| hash(&text[range])).collect();
        list.sort_unstable();
        Self(list)
    }

    fn says(&self, other: &Self) -> bool {
        let (a, b) = (&self.0, &other.0);
        if a.len() < FEWEST_WORDS || b.len() < FEWEST_WORDS {
            return !a.is_empty() && a == b;
        }
        // even if all of the shorter stood in the longer
        let enough = SAME * (a.len() + b.len()) as f64;
        if 2.0 * (a.len().min(b.len()) as f64) < enough {
            return false;
        }
        let (mut i, mut j, mut common) = (0, 0, 0usize);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    common += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        2.0 * common as f64 >= enough
    }
}
