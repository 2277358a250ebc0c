//! KH2001: a deadline outside the plan year. The last month before it (preparation) and the first quarter after it (closing) are usual.

use super::{Subject, acceptance};
use crate::base::{Date, Loc, Year};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Plan, Task};
use crate::value::Entry;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some((first, last)) = on.plan.span_of_years() else { return };
    let signed = on.signed_from();
    each_deadline(on, |task, entry, at| {
        if !is_outside(on.plan, entry) {
            return;
        }
        // what has passed at the signing is reported so (KH2002), and a parent's fault with the parent
        let past = signed.is_some_and(|signed| entry.latest(on.plan.header.year).is_some_and(|latest| latest < signed));
        if past || (!on.holds(at_origin(task, at)) && is_parents_fault(on, task)) {
            return;
        }
        let (code, text) = (&task.code.text, &entry.text);
        let years = years(first.year(), last.year());
        out.push(
            on.note(
                Code::KH2001,
                at,
                msg!(
                    "Thời hạn “{text}” của {code} ngoài năm kế hoạch {years}",
                    "The deadline “{text}” of {code} lies outside the plan year {years}"
                ),
                code,
            )
            .help(acceptance::or_accept(&msg!("Sửa năm", "Mend the year"), Code::KH2001, code, text))
            .quote(text.clone()),
        );
    });
}

fn is_outside(plan: &Plan, entry: &Entry) -> bool {
    let Some((first, last)) = plan.span_of_years() else { return false };
    let opens = first.months_earlier(1);
    let closes = Date::last_of_quarter(last.year().saturating_add(1), 1).unwrap_or(last);
    match (entry.earliest(plan.header.year), entry.latest(plan.header.year)) {
        (Some(from), Some(to)) => !entry.moments.is_empty() && (to < opens || from > closes),
        _ => false,
    }
}

/// Returns where the deadline of a task is written.
fn at_origin(task: &Task, at: Loc) -> Loc {
    task.fields.deadline.as_ref().map_or(at, |piece| piece.origin.stated)
}

/// Says whether the parent's own deadline already lies outside the parent's year.
fn is_parents_fault(on: &Subject<'_>, task: &Task) -> bool {
    task.carries.iter().any(|parent| {
        let upper = on.parent_task(*parent).fields.deadline.iter().flat_map(|piece| &piece.value.entries);
        upper.into_iter().any(|entry| is_outside(on.model.plan(parent.0), entry))
    })
}

fn years(first: Year, last: Year) -> String {
    if first == last { first.to_string() } else { format!("{first} - {last}") }
}

/// Calls `visit` for each deadline entry of the plan's tasks, with the place in this plan that stands for it.
pub(super) fn each_deadline(on: &Subject<'_>, mut visit: impl FnMut(&Task, &Entry, crate::base::Loc)) {
    for task in on.tasks() {
        if let Some(piece) = &task.fields.deadline {
            for entry in &piece.value.entries {
                visit(task, entry, on.place_of_entry(&piece.origin, entry, task));
            }
        }
    }
}
