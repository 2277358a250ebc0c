//! Prose: the parents' PHẦN, translated, unless the child writes its own with the same number.

use super::answer::unit_name;
use super::field::taken_over;
use super::{Derivation, trouble};
use crate::base::{Key, Loc};
use crate::diag::Diagnostic;
use crate::model::{Fate, Model, Outcome, Part, Plan, PlanId};
use crate::shift::{Shift, Trouble};

/// Derives the parts of a plan, in the parents' order, then its own that no parent has; sorted by number where all numbers are Roman.
///
/// A narrative item that is tied only to tasks which the child does not carry is left out.
pub(super) fn parts(
    model: &Model,
    plan: &Plan,
    id: PlanId,
    parents: &[(&Derivation, Option<&Shift<'_>>)],
    fates: &[Fate],
    notes: &mut Vec<Diagnostic>,
) -> Vec<Part> {
    let mut out: Vec<Part> = plan.parts.clone();
    for (parent, shift) in parents {
        for part in &parent.template.parts {
            if out.iter().any(|own| Key::new(&own.number) == Key::new(&part.number)) {
                continue;
            }
            let mut troubles = Vec::new();
            if let Some(part) = translate(part, parent, *shift, id, plan.loc, fates, &mut troubles) {
                let place = format!("PHẦN {}", part.number);
                let note =
                    |trouble: &Trouble| trouble::note(trouble, plan.loc, &place).about(&plan.code.text, &unit_name(model, plan), &place);
                notes.extend(troubles.iter().map(note));
                out.push(part);
            }
        }
    }
    if !parents.is_empty() && out.iter().all(|part| roman(&part.number).is_some()) {
        out.sort_by_key(|part| roman(&part.number));
    }
    out
}

fn translate(
    part: &Part,
    parent: &Derivation,
    shift: Option<&Shift<'_>>,
    id: PlanId,
    verb: Loc,
    fates: &[Fate],
    troubles: &mut Vec<Trouble>,
) -> Option<Part> {
    let carried = |code: &crate::model::Code| {
        let Some(task) = parent.template.tasks.iter().position(|task| task.code == *code) else { return true };
        let fate = fates.iter().find(|fate| fate.parent == parent.plan && fate.task == task);
        !fate.is_some_and(|fate| matches!(fate.outcome, Outcome::Waived { .. } | Outcome::Unreasoned { .. }))
    };
    if !part.tied.is_empty() && !part.tied.iter().any(carried) {
        return None;
    }
    let (text, steps) = match shift {
        Some(shift) => {
            let shifted = shift.text(&part.text);
            troubles.extend(shifted.troubles);
            (shifted.value, shifted.steps)
        }
        None => (part.text.clone(), Vec::new()),
    };
    let below: Vec<Part> = part.below.iter().filter_map(|below| translate(below, parent, shift, id, verb, fates, troubles)).collect();
    // a heading whose items were all left out says nothing any more
    if below.is_empty() && !part.below.is_empty() && part.below.iter().any(|below| !below.tied.is_empty()) {
        return None;
    }
    let tied = part.tied.iter().filter(|code| carried(code)).cloned().collect();
    Some(Part { text, tied, below, origin: taken_over(&part.origin, id, verb, steps), ..part.clone() })
}

/// Returns the value of a Roman number.
pub(super) fn roman(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut last = 0;
    for c in text.trim().chars().rev() {
        let value = match c.to_ascii_uppercase() {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        };
        if value < last {
            total -= value;
        } else {
            total += value;
            last = value;
        }
    }
    (total > 0).then_some(total)
}
