//! Derivation: from a parent's content and a child's verbs to the child's content and the fates table.
//!
//! Takes the [`Model`], gives one [`Derivation`] per plan, parents before children. Reports only what derivation alone can see (`notes`);
//! `lint` judges. A plan without parents derives to what it states. Nothing of a parent is lost silently: each of its tasks and targets has exactly one
//! entry in the fates tables, whose default is `Unanswered`.

mod answer;
mod appendix;
mod coverage;
mod decision;
mod deferred;
mod down;
mod expand;
mod field;
mod idle;
mod level_move;
mod plan;
mod prose;
mod record;
mod score;
mod target;
mod trouble;

pub use coverage::{Reach, coverage};

pub use decision::{Decision, decisions};
pub use down::down;
pub(crate) use prose::roman;
pub(crate) use score::{ScoreKind, sum_below};

use rayon::prelude::*;

use crate::agency::Registry;
use crate::diag::Diagnostic;
use crate::model::{Appendix, Code, Fate, Fields, Model, Part, Plan, PlanId, TargetFate, TargetLine, Task};

/// What a plan contains after derivation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// Appendices in printed order.
    pub appendices: Vec<Appendix>,
    /// Tasks in printed order: by appendix, then by place.
    pub tasks: Vec<Task>,
    /// Plan-level targets in printed order.
    pub targets: Vec<TargetLine>,
    /// Prose: PHẦN nodes.
    pub parts: Vec<Part>,
}

/// What a child's task would be by translation alone: what restated fields are measured against.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// Index of the child's task.
    pub task: usize,
    /// The parent's task.
    pub parent: (PlanId, usize),
    /// The parent's fields after steps 1 to 7 (not drawn forward).
    pub fields: Fields,
}

/// One plan, derived.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// Which plan.
    pub plan: PlanId,
    /// Placeholders expanded for the plan's unit and year: what documents show and findings judge.
    pub content: Content,
    /// Placeholders kept: what children derive from. Same shape as `content`.
    pub template: Content,
    /// One entry per (parent, parent's task), in the parents' order; behind them one per task that an earlier plan deferred to this year, whose
    /// parent is that plan's own. Total by construction.
    pub fates: Vec<Fate>,
    /// One entry per (parent, parent's target).
    pub target_fates: Vec<TargetFate>,
    /// One per (child's task, parent's task that it carries).
    pub baselines: Vec<Baseline>,
    /// Roles of levels that are void at the plan's date, by the earlier plans' tasks: the worksheet of decisions. Empty where no level is.
    pub decisions: Vec<Decision>,
    /// What derivation itself has to report (`KH1004`, `KH1005`, `KH3…`).
    pub notes: Vec<Diagnostic>,
}

impl Derivation {
    /// Returns the derivation of a plan that nobody asked for.
    fn empty(plan: PlanId) -> Self {
        Self {
            plan,
            content: Content::default(),
            template: Content::default(),
            fates: Vec::new(),
            target_fates: Vec::new(),
            baselines: Vec::new(),
            decisions: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// Says whether several tasks of the plan have this code, which is reported there (KH0031).
    pub fn is_repeated(&self, code: &Code) -> bool {
        self.template.tasks.iter().filter(|task| task.code == *code).nth(1).is_some()
    }
}

/// Derives all plans. The result is indexed by [`PlanId`].
///
/// # Panics
/// Never for a model made by `resolve`, which cuts cycles of plans.
pub fn derive(model: &Model) -> Vec<Derivation> {
    let mut done = in_order(model, |_| true);
    idle::report(model, &mut done);
    done.into_iter().flatten().collect()
}

/// Derives the plans that are asked for and all that stand above them. The result is indexed by [`PlanId`]; the other plans' derivations are empty.
pub fn derive_for(model: &Model, asked: &[PlanId]) -> Vec<Derivation> {
    let mut needed = vec![false; model.plans.len()];
    let mut open = asked.to_vec();
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut needed[id.index()], true) {
            open.extend(above(model.plan(id)));
        }
    }
    let done = in_order(model, |id| needed[id.index()]);
    done.into_iter().enumerate().map(|(at, one)| one.unwrap_or_else(|| Derivation::empty(PlanId::new(at)))).collect()
}

/// Derives the plans that are `needed`, each behind those above it.
fn in_order(model: &Model, needed: impl Fn(PlanId) -> bool) -> Vec<Option<Derivation>> {
    let mut done: Vec<Option<Derivation>> = vec![None; model.plans.len()];
    for mut generation in generations(model) {
        generation.retain(|id| needed(*id));
        // siblings need nothing of each other; what comes back stands in their order
        let derived: Vec<Derivation> = generation.par_iter().map(|id| plan::derive(model, model.plan(*id), *id, &done)).collect();
        for derivation in derived {
            let place = derivation.plan.index();
            done[place] = Some(derivation);
        }
    }
    done
}

/// Returns the plans that a plan is derived from.
fn above(plan: &Plan) -> impl Iterator<Item = PlanId> {
    // what an earlier plan deferred is known by that plan's own parents
    let earlier = plan.roll.deferred.iter().map(|deferred| deferred.by);
    plan.parents.iter().map(|link| link.plan).chain(earlier)
}

/// Returns all plans, those without parents first, then those whose parents stand before them, and so on; each time in the model's order.
fn generations(model: &Model) -> Vec<Vec<PlanId>> {
    /// Returns how many plans stand above, at most; 0 for a plan that is being asked already, which only a cycle would do.
    fn depth(model: &Model, id: PlanId, known: &mut [Option<usize>]) -> usize {
        if let Some(depth) = known[id.index()] {
            return depth;
        }
        known[id.index()] = Some(0);
        let above = above(model.plan(id)).map(|other| depth(model, other, known) + 1).max().unwrap_or(0);
        known[id.index()] = Some(above);
        above
    }
    let mut known = vec![None; model.plans.len()];
    let mut out: Vec<Vec<PlanId>> = Vec::new();
    for (id, _) in model.plans() {
        let depth = depth(model, id, &mut known);
        if out.len() <= depth {
            out.resize(depth + 1, Vec::new());
        }
        out[depth].push(id);
    }
    out
}

/// Returns the unit of a plan, where it is known.
fn unit_of<'a>(registry: &'a Registry, plan: &crate::model::Plan) -> Option<&'a crate::agency::Unit> {
    plan.unit.map(|unit| registry.unit(unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::check_sources;

    #[test]
    fn plans_that_nobody_asked_for_stay_empty_and_the_others_are_as_ever() {
        let text = "KẾ HOẠCH T-2022: Chuyển đổi số năm 2022\nNăm: 2022\nNHIỆM VỤ T1: Số hóa sổ hộ tịch\n\n\
                    KẾ HOẠCH H-2022: Chuyển đổi số năm 2022\nNăm: 2022\nTheo: T-2022\nKẾ THỪA T1\n\n\
                    KẾ HOẠCH K-2022: Chuyển đổi số năm 2022\nNăm: 2022\nNHIỆM VỤ K1: Gắn biển tên đường\n";
        let model = check_sources(vec![("a.kh".into(), text.into())]).model;
        let [upper, lower, other] = ["T-2022", "H-2022", "K-2022"].map(|code| model.find(code).unwrap());
        let (all, some) = (derive(&model), derive_for(&model, &[lower]));
        let kept = |id: PlanId| some[id.index()] == all[id.index()] && !some[id.index()].content.tasks.is_empty();
        assert!(kept(upper) && kept(lower));
        assert_eq!(some[other.index()], Derivation::empty(other));
    }
}
