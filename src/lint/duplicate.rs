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
    let mut items: Vec<Item> = Vec::new();
    // under which heading an item stands, and whether its PHẦN tells the duties of each body apart
    let (mut heading, mut duties) = (0usize, false);
    on.each_part(|part, place| {
        if part.depth == 1 {
            duties = even(&part.text).contains("tổ chức thực hiện");
        }
        if !part.below.is_empty() {
            heading += 1;
        }
        // a title repeats rightly, as does the one or two words in front of a list, and generated prose is not the plan's own
        let few = part.text.split_whitespace().count() < 3 || part.text.trim_end().ends_with(':');
        if part.text.contains('{') || !part.below.is_empty() || few || !on.wrote(&part.origin) {
            return;
        }
        let low = even(&part.text);
        let item = Item {
            words: words(&low).into_iter().map(|range| low[range].to_owned()).collect(),
            bag: Bag::new(&part.text),
            marks: marks(&part.text),
            at: part.origin.stated,
            place: place.to_owned(),
            heading,
        };
        if let Some(first) = items.iter().find(|seen| seen.says(&item, duties)) {
            out.push(
                on.note(Code::KH2005, part.origin.stated, msg!("{place} nêu một việc hai lần", "{place} says the same twice"), place)
                    .related(first.at, msg!("lần trước", "the first time"))
                    .help(msg!("Bỏ một đoạn", "Remove one"))
                    .quote(part.text.clone()),
            );
        }
        items.push(item);
    });
}

/// A narrative item.
struct Item {
    bag: Bag,
    /// What tells one place, date or section from another.
    marks: Vec<String>,
    words: Vec<String>,
    at: Loc,
    place: String,
    heading: usize,
}

impl Item {
    /// Says whether another item of the same PHẦN says the same. Where each heading is a body, the same words are the duty of each.
    fn says(&self, other: &Self, duties: bool) -> bool {
        // each names what the other does not: two places are two things, however alike the words
        let more = |a: &Self, b: &Self| a.marks.iter().any(|mark| !b.words.contains(mark));
        if self.place != other.place || (more(self, other) && more(other, self)) {
            return false;
        }
        (self.heading == other.heading || !duties) && self.bag.says(&other.bag)
    }
}

/// Returns the numbers and the capitalised words of a text but its first, folded.
fn marks(text: &str) -> Vec<String> {
    let is_mark = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    words(text).into_iter().skip(1).map(|range| &text[range]).filter(is_mark).map(even).collect()
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
