//! Coverage over levels: what becomes of one task in the plans that follow its plan, in those that follow them, and so on.

use super::Derivation;
use crate::agency::UnitId;
use crate::model::{Model, Outcome, ParentKind, PlanId};

/// What became of a task at one unit, and below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The unit; `None` where its plan names none that is known.
    pub unit: Option<UnitId>,
    /// Its plan; `None` where it has none.
    pub plan: Option<PlanId>,
    /// Whether the plan is the unit's own of a later year, and no lower level's.
    pub next_year: bool,
    /// What became of the task there; `None` where there is no plan.
    pub outcome: Option<Outcome>,
    /// What became of it in the plans that follow; empty where the chain ends or breaks.
    pub below: Vec<Reach>,
}

impl Reach {
    /// Says whether the task goes on no further here.
    pub fn breaks(&self) -> bool {
        // what is done needs to go no further
        !matches!(self.outcome, Some(Outcome::Finished { .. } | Outcome::Carried { .. } | Outcome::Repeated { .. }))
    }
}

/// Returns what became of a task (index into the plan's derived tasks), one entry per plan that follows and per unit that should have one; in the
/// order of the model's plans.
pub fn coverage(model: &Model, derivations: &[Derivation], plan: PlanId, task: usize) -> Vec<Reach> {
    let mut out = Vec::new();
    // INVARIANT: plans that follow each other have no cycle; `resolve` cuts them (KH3020).
    for (id, child) in model.plans().filter(|(_, child)| child.parents.iter().any(|link| link.plan == plan)) {
        let Some(derivation) = derivations.get(id.index()) else { continue };
        let fate = derivation.fates.iter().find(|fate| fate.parent == plan && fate.task == task);
        let outcome = fate.map(|fate| fate.outcome.clone()).unwrap_or_default();
        let children: &[usize] = match &outcome {
            Outcome::Carried { children, .. } | Outcome::Repeated { children, .. } => children,
            Outcome::Unanswered | Outcome::Waived { .. } | Outcome::Finished { .. } | Outcome::Unreasoned { .. } => &[],
        };
        let below = children.iter().flat_map(|at| coverage(model, derivations, id, *at)).collect();
        let next_year = child.link_to(plan).is_some_and(|link| link.kind == ParentKind::LastYear);
        out.push(Reach { unit: child.unit, plan: Some(id), next_year, outcome: Some(outcome), below });
    }
    let handed = model.handings.iter().flat_map(|handing| &handing.recipients);
    for recipient in handed.filter(|recipient| recipient.follows.contains(&plan)) {
        let follows = |id: PlanId| model.plan(id).parents.iter().any(|link| link.plan == plan);
        if !recipient.plan.is_some_and(follows) {
            out.push(Reach { unit: Some(recipient.unit), plan: None, next_year: false, outcome: None, below: Vec::new() });
        }
    }
    out
}
