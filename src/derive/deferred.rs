//! Tasks that an earlier plan of the unit deferred to this plan's year: they have to be answered beside those of the parents.

use super::Derivation;
use super::answer::Parent;
use crate::model::{Model, ParentKind, Plan, PlanId};

/// Returns the earlier plans' parents with the tasks that come due in `plan`. A task that already comes down through one of the plan's `parents`
/// is answered with it and left out here.
pub(super) fn due<'a>(model: &Model, plan: &Plan, parents: &[Parent<'a>], done: &'a [Option<Derivation>]) -> Vec<Parent<'a>> {
    let mut out: Vec<Parent<'a>> = Vec::new();
    for deferred in &plan.roll.deferred {
        let earlier = model.plan(deferred.by);
        for link in &earlier.parents {
            let upper = model.plan(link.plan);
            let Some(derivation) = done.get(link.plan.index()).and_then(Option::as_ref) else { continue };
            let Some(task) = derivation.template.tasks.iter().position(|task| deferred.task.names(&upper.code, &task.code)) else {
                continue;
            };
            if parents.iter().any(|parent| comes_down(parent.derivation, (link.plan, task), done)) {
                continue;
            }
            match out.iter_mut().find(|parent| parent.derivation.plan == link.plan) {
                Some(parent) => parent.only.get_or_insert_default().push(task),
                None => {
                    let kind = if upper.unit == plan.unit { ParentKind::LastYear } else { ParentKind::Upper };
                    out.push(Parent { derivation, kind, only: Some(vec![task]) });
                }
            }
        }
    }
    out
}

/// Says whether a task is one of a plan's, or stands behind one of them over any number of plans.
fn comes_down(derivation: &Derivation, task: (PlanId, usize), done: &[Option<Derivation>]) -> bool {
    // INVARIANT: plans that follow each other have no cycle; `resolve` cuts them (KH3020).
    derivation.plan == task.0
        || derivation
            .template
            .tasks
            .iter()
            .flat_map(|own| &own.carries)
            .any(|carried| *carried == task || stands_behind(*carried, task, done))
}

fn stands_behind((plan, at): (PlanId, usize), task: (PlanId, usize), done: &[Option<Derivation>]) -> bool {
    let Some(own) = done.get(plan.index()).and_then(Option::as_ref).and_then(|derivation| derivation.template.tasks.get(at)) else {
        return false;
    };
    own.carries.iter().any(|carried| *carried == task || stands_behind(*carried, task, done))
}
