//! A plan's tasks as another unit would take them over without a word of its own: what an issued plan is measured against.

use super::Derivation;
use super::field::Way;
use crate::model::{Cause, Fields, Plan};
use crate::shift::Shift;

/// Returns the fields of each task of `upper` after translation, in its order; placeholders are expanded. Raises nothing: what a step cannot
/// decide is left out, as it is in a child's plan.
pub fn down(plan: &Plan, upper: &Derivation, shift: &Shift<'_>) -> Vec<Fields> {
    let appendices = &upper.content.appendices;
    let focal: Vec<_> =
        appendices.iter().map(|appendix| appendix.focal.as_ref().and_then(|focal| shift.role(focal, appendix.sector).value)).collect();
    let one = |task: &crate::model::Task| {
        let place = task.appendix.filter(|at| *at < appendices.len());
        let way = Way {
            plan: upper.plan,
            cause: Cause::Inherited,
            changes: Vec::new(),
            shift: Some(shift),
            verb: plan.loc,
            focal: place.and_then(|at| focal[at].as_ref()),
            own_sector: None,
            sector: place.and_then(|at| appendices[at].sector),
        };
        let mut fields = way.translate(task).fields;
        way.settle(&mut fields, false);
        fields
    };
    upper.content.tasks.iter().map(one).collect()
}
