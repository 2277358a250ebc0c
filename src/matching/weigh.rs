//! How likely two tasks are the same: the text first, then what speaks for and against it.
//!
//! The numbers were set on the pairs of `tests/pairs` that are marked for development, and are judged on those kept back.

use super::side::{Item, Near, Weighed, Who};
use super::token::Paper;
use super::vector::Likeness;
use crate::agency::{Body, Holder, Registry};
use crate::base::Date;

/// From here a pair counts.
pub(super) const ACCEPTED: f32 = 0.6;
/// From here a pair counts where the parent does not give the task to the child's level: what nobody asked for is seldom an answer.
pub(super) const ACCEPTED_UNASKED: f32 = 0.72;
/// From here a pair is worth a person's look.
pub(super) const DOUBTFUL: f32 = 0.38;
/// A pair whose rival is nearer than this is no longer sure.
pub(super) const MARGIN: f32 = 0.06;

/// What speaks for and against a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Weight {
    /// The whole, 0 to 1.
    pub(super) score: f32,
    /// The texts alone, 0 to 1.
    pub(super) text: f32,
    pub(super) likeness: Likeness,
    /// Leads that answer each other: `Some(true)`; `Some(false)` where both are known and none does.
    pub(super) leads: Option<bool>,
    /// Appendices of one field.
    pub(super) field: Option<bool>,
    /// A product in common.
    pub(super) product: bool,
    /// The same latest day.
    pub(super) deadline: bool,
    /// A cited document in common.
    pub(super) symbol: bool,
    /// An amount in common.
    pub(super) number: bool,
    /// The parent's task makes one kind of document, the child's another.
    pub(super) other_paper: bool,
    /// One of the two lays down rules, the other plans work: two tasks, however alike their words.
    pub(super) rule_and_work: bool,
}

/// What of a parent's task depends on where it goes: bodies and day after translation.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved {
    pub(super) leads: Vec<Who>,
    pub(super) latest: Option<Date>,
    /// Whether the parent's task names the child's level.
    pub(super) asked: bool,
}

impl Moved {
    /// Returns the score from which a pair with this task counts.
    pub(super) fn accepted(&self) -> f32 {
        if self.asked { ACCEPTED } else { ACCEPTED_UNASKED }
    }
}

/// Returns how near two texts are, 0 to 1.
pub(super) fn text(likeness: Likeness) -> f32 {
    let Likeness { words, letters, of_parent, of_child } = likeness;
    let (less, more) = (of_parent.min(of_child), of_parent.max(of_child));
    // one text inside the other is nearer than the cosine says
    let inside = 0.55 * more + 0.45 * less;
    (0.5 * words + 0.15 * letters + 0.35 * inside).clamp(0.0, 1.0)
}

/// A pair that shares less than this part of the parent's words answers it in part at most.
const HALF: f32 = 0.55;

/// How much a clause's likeness counts beside that of the whole.
const CLAUSE: f32 = 0.75;

/// Returns how near two texts are that resemble each other so as wholes; one of them may be a single clause of the other.
pub(super) fn near(parent: &Weighed, child: &Weighed, likeness: Likeness) -> Near {
    let whole = text(likeness);
    if !(0.15..0.6).contains(&whole) {
        return Near { likeness, text: whole };
    }
    let above = parent.clauses.iter().map(|clause| text(clause.likeness(&child.vector)));
    let below = child.clauses.iter().map(|clause| text(parent.vector.likeness(clause)));
    Near { likeness, text: above.chain(below).map(|near| near * CLAUSE).fold(whole, f32::max) }
}

/// Weighs a pair whose texts are so near.
pub(super) fn weigh(parent: &Item, moved: &Moved, child: &Item, near: Near, registry: &Registry) -> Weight {
    let Near { likeness, text: by_clause } = near;
    let (whole, text) = (text(likeness), by_clause);
    let mut out = Weight { text, likeness, score: text, ..Weight::default() };
    if text < 0.12 {
        return out;
    }
    out.leads = leads(moved, child, registry);
    out.field = field(&parent.field, &child.field);
    out.product = parent.products.iter().any(|product| telling(product) && child.products.contains(product));
    out.deadline = moved.latest.is_some() && moved.latest == child.latest;
    out.symbol = shares(&parent.wording.symbols, &child.wording.symbols);
    out.number = shares(&parent.numbers, &child.numbers);
    let made = parent.wording.makes.zip(child.wording.makes);
    out.other_paper = made.is_some_and(|(one, other)| {
        one.name != other.name && !child.wording.papers.contains(&one.name) && !parent.wording.papers.contains(&other.name)
    });
    out.rule_and_work = out.other_paper && made.is_some_and(|(one, other)| one.is_rule != other.is_rule);
    let yes = |holds: bool, by: f32| if holds { by } else { 0.0 };
    let both = |told: Option<bool>, plus: f32, minus: f32| told.map_or(0.0, |holds| if holds { plus } else { -minus });
    let mut bonus = both(out.leads, 0.07, 0.05) + both(out.field, 0.04, 0.05);
    bonus += yes(out.product, 0.04) + yes(out.deadline, 0.03) + yes(out.symbol, 0.12) + yes(out.number, 0.04);
    // to make a document is not to do the work of which the other speaks; a plan accompanies any work
    let lacks =
        |made: Option<Paper>, other: &Item| made.is_some_and(|made| made.name != "kế hoạch" && !other.wording.papers.contains(&made.name));
    bonus -= yes(lacks(parent.wording.makes, child) || lacks(child.wording.makes, parent), 0.1);
    // what stands around the text helps where the text says something
    let worth = ((text - 0.15) / 0.3).clamp(0.0, 1.0);
    out.score = (text + if bonus > 0.0 { bonus * worth } else { bonus }).clamp(0.0, 1.0);
    // a part of a long task is not the task: its words alone make a pair worth a look, with a second witness it may count
    let partly = text > whole || likeness.of_parent < HALF;
    let witnessed = out.leads == Some(true) || out.product || out.deadline || out.symbol || out.number;
    if partly && !witnessed {
        out.score = out.score.min(ACCEPTED - MARGIN);
    }
    if out.rule_and_work {
        out.score = out.score.min(DOUBTFUL / 2.0);
    }
    out
}

/// Says whether a product tells tasks apart: a report or a plan stands in every row.
fn telling(product: &str) -> bool {
    const EVERYWHERE: &[&str] =
        &["", "báo cáo", "kế hoạch", "báo cáo kết quả", "báo cáo kết quả thực hiện", "kế hoạch thực hiện", "quyết định"];
    !EVERYWHERE.contains(&product)
}

fn shares(a: &[String], b: &[String]) -> bool {
    a.iter().any(|one| b.binary_search(one).is_ok())
}

fn field(parent: &[String], child: &[String]) -> Option<bool> {
    if parent.is_empty() || child.is_empty() {
        return None;
    }
    let shared = parent.iter().filter(|word| child.binary_search(word).is_ok()).count();
    Some(shared * 2 >= parent.len().min(child.len()))
}

/// Compares leads: `None` where one side names nobody in particular.
fn leads(moved: &Moved, child: &Item, registry: &Registry) -> Option<bool> {
    let own = |who: &&Who| match who {
        Who::Known(Body::Agency(_)) | Who::Named(_) => true,
        // a class or a committee leads anything
        Who::Known(Body::Group(_) | Body::Institution(..) | Body::Open | Body::Unknown) => false,
    };
    let parents: Vec<&Who> = moved.leads.iter().filter(own).collect();
    let children: Vec<&Who> = child.leads.iter().filter(own).collect();
    if parents.iter().any(|who| children.contains(who)) {
        return Some(true);
    }
    if parents.is_empty() || children.is_empty() {
        let classes = |list: &[Who]| list.iter().any(|who| matches!(who, Who::Known(Body::Institution(_, Holder::Level(_)))));
        let same = moved.leads.iter().any(|who| child.leads.contains(who)) && classes(&moved.leads);
        return same.then_some(true);
    }
    let level = |who: &Who| match who {
        Who::Known(body) => registry.level_of(*body),
        Who::Named(_) => None,
    };
    // bodies of different levels cannot be compared: the parent's had no counterpart
    let comparable = parents.iter().any(|one| children.iter().any(|other| level(one).is_some() && level(one) == level(other)));
    comparable.then_some(false)
}
