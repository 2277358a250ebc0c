//! An issued plan against the plan that the project derives for the same unit and year: what differs, field by field.
//!
//! Both are of one unit, so that nothing is translated and each word counts. Tasks are matched by what they say: the document has no codes.

use super::{World, report};
use crate::matching::{Drift, DriftKind, DriftLine, Lower, Upper};
use crate::model::PlanId;

/// Says whether the project derives a plan from others by its verbs.
pub(super) fn is_derived(world: &World, id: PlanId) -> bool {
    let plan = world.plan(id);
    !plan.header.record && !plan.parents.is_empty()
}

/// Returns how an issued plan differs from the derived one; `None` where the project derives none for its unit and year, or the plan audited is itself
/// derived or compared with its own unit's.
pub(super) fn drift(world: &World, upper: PlanId, issued: PlanId) -> Option<Drift> {
    let own = world.plan(issued);
    if is_derived(world, issued) || world.plan(upper).unit == own.unit {
        return None;
    }
    let derived = of_unit(world, upper, issued)?;
    let prepared = Upper::new(world.plan(derived), &world.derivations[derived.index()], world.side(derived));
    let ties = report::recorded(world, derived, issued);
    let lower = Lower { side: world.side(issued), ties, tied: false };
    let links = prepared.align(std::slice::from_ref(&lower)).pop().unwrap_or_default();
    let (above, below) = (&world.derivations[derived.index()].content.tasks, &world.derivations[issued.index()].content.tasks);
    let content = |task: &crate::model::Task| task.fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default();
    let said = |list: &[usize]| list.iter().map(|at| content(&above[*at])).collect::<Vec<_>>().join(" | ");
    let codes = |list: &[usize]| list.iter().map(|at| above[*at].code.text.clone()).collect::<Vec<_>>();
    let mut lines: Vec<(usize, DriftLine)> = Vec::new();
    for link in links.iter().filter(|link| !link.is_accepted() || !link.changes.is_empty()) {
        let kind = if link.is_accepted() { DriftKind::Changed } else { DriftKind::Doubtful };
        let first = link.parent.first().copied().unwrap_or(0);
        let (derived, content) = (codes(&link.parent), said(&link.parent));
        lines.push((first, DriftLine { kind, derived, issued: link.child.clone(), content, changes: link.changes.clone() }));
    }
    for at in (0..above.len()).filter(|at| !links.iter().any(|link| link.parent.contains(at))) {
        let (kind, derived, content) = (DriftKind::Missing, codes(&[at]), said(&[at]));
        lines.push((at, DriftLine { kind, derived, issued: Vec::new(), content, changes: Vec::new() }));
    }
    for (at, task) in below.iter().enumerate().filter(|(at, _)| !links.iter().any(|link| link.child.contains(at))) {
        let (kind, content) = (DriftKind::Added, content(task));
        lines.push((above.len(), DriftLine { kind, derived: Vec::new(), issued: vec![at], content, changes: Vec::new() }));
    }
    lines.sort_by_key(|(at, _)| *at);
    Some(Drift { plan: world.plan(derived).code.text.clone(), lines: lines.into_iter().map(|(_, line)| line).collect() })
}

/// Returns the plan that the project derives for the unit and year of an issued one: before others one that answers `upper`.
fn of_unit(world: &World, upper: PlanId, issued: PlanId) -> Option<PlanId> {
    let own = world.plan(issued);
    own.unit?;
    let fits = |id: PlanId| {
        let plan = world.plan(id);
        id != issued && plan.unit == own.unit && plan.header.year == own.header.year && is_derived(world, id)
    };
    let follows = |id: PlanId| world.plan(id).parents.iter().any(|link| link.plan == upper);
    let found = world.model.plans().map(|(id, _)| id).filter(|id| fits(*id));
    found.min_by_key(|id| (!follows(*id), id.index()))
}
