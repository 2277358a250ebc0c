//! KH3008: a task without a lead.

use super::Subject;
use crate::agency::{Body, Holder};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Cause, Rule, Task};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for (index, task) in on.tasks().iter().enumerate() {
        if task.fields.leads.as_ref().is_some_and(|leads| !leads.value.is_empty()) || is_reported(on, index, task) {
            continue;
        }
        let code = &task.code.text;
        let gone = left_out(on, task).join("; ");
        let message = if gone.is_empty() {
            msg!("Nhiệm vụ {code} không có cơ quan chủ trì", "Task {code} has no lead")
        } else if left_out_by(on, task, Rule::NoCounterpart).is_empty() {
            msg!(
                "Nhiệm vụ {code} không còn cơ quan chủ trì: CHUYỂN CẤP đã bỏ {gone}",
                "Task {code} has no lead left: CHUYỂN CẤP dropped {gone}"
            )
        } else if is_for_others(on, task) {
            msg!(
                "Nhiệm vụ {code} không còn cơ quan chủ trì: cấp trên giao đích danh {gone}",
                "Task {code} has no lead left: it is given to {gone} by name"
            )
        } else if task.carries.first().is_some_and(|parent| on.is_last_year(parent.0)) {
            msg!(
                "Nhiệm vụ {code} không còn cơ quan chủ trì: {gone} không còn và không có cơ quan kế tục",
                "Task {code} has no lead left: {gone} no longer exists and has no successor"
            )
        } else {
            msg!(
                "Nhiệm vụ {code} không còn cơ quan chủ trì: {gone} không có cơ quan tương ứng",
                "Task {code} has no lead left: {gone} has no counterpart"
            )
        };
        let mut note = on.note(Code::KH3008, task.code.loc, message, code).help(if task.carries.is_empty() {
            msg!("Thêm dòng: Cơ quan chủ trì: …", "Add the line: Cơ quan chủ trì: …")
        } else {
            msg!(
                "Ghi Cơ quan chủ trì bằng SỬA ĐỔI {code}, ghi Cơ quan đầu mối cho phụ lục, hoặc KHÔNG ÁP DỤNG {code}",
                "State Cơ quan chủ trì with SỬA ĐỔI {code}, give the appendix a Cơ quan đầu mối, or KHÔNG ÁP DỤNG {code}"
            )
        });
        if let Some(parent) = task.carries.first() {
            note = note.related(on.parent_task(*parent).loc, on.their_task(parent.0));
        }
        out.push(note);
    }
}

/// Says whether another finding already has the cause: a blank (KH0030, KH0024), a parent without lead (KH3008), several counterparts (KH1004),
/// a merged task that must state its lead (KH3018).
fn is_reported(on: &Subject<'_>, index: usize, task: &Task) -> bool {
    let code = task.code.text.as_str();
    let of_task = |note: &&Diagnostic| note.subject.place.as_deref() == Some(code);
    let mut notes = on.derivation.notes.iter().filter(of_task);
    match &task.fields.leads {
        Some(leads) if on.wrote(&leads.origin) => true,
        Some(_) => {
            let gone = left_out(on, task);
            let ambiguous = |note: &Diagnostic| {
                matches!(note.code, Code::KH1004 | Code::KH4026) && note.quote.as_ref().is_some_and(|name| gone.contains(&name.as_str()))
            };
            let lacking = |parent: &(crate::model::PlanId, usize)| {
                on.parent_task(*parent).fields.leads.as_ref().is_some_and(|leads| leads.value.is_empty())
            };
            notes.any(ambiguous) || task.carries.first().is_some_and(lacking)
        }
        None => {
            let merged = on.baselines(index).any(|baseline| baseline.fields.leads.is_some());
            merged || task.carries.first().is_some_and(|parent| on.parent_task(*parent).fields.leads.is_none())
        }
    }
}

/// Says whether the parent names units in person among the leads, of which this is none.
fn is_for_others(on: &Subject<'_>, task: &Task) -> bool {
    let upper = task.carries.iter().filter_map(|parent| on.parent_task(*parent).fields.leads.as_ref());
    upper.flat_map(|leads| &leads.value).any(|lead| matches!(lead.body, Body::Institution(_, Holder::Unit(_))))
}

/// Returns the parent's leads that are left out here: those without counterpart, and those that a CHUYỂN CẤP drops.
fn left_out<'a>(on: &Subject<'a>, task: &'a Task) -> Vec<&'a str> {
    [Rule::NoCounterpart, Rule::LevelChange].into_iter().flat_map(|rule| left_out_by(on, task, rule)).collect()
}

fn left_out_by<'a>(on: &Subject<'a>, task: &'a Task, rule: Rule) -> Vec<&'a str> {
    let steps = task.fields.leads.iter().flat_map(|leads| &leads.origin.steps);
    let here = steps.filter(|step| step.plan == on.derivation.plan && step.cause == Cause::Rule(rule) && step.to.is_empty());
    here.map(|step| step.from.as_str()).collect()
}
