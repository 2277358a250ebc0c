//! KH3008: a task without a lead. Silent where the lead is lost to a choice that KH1004 asks for: one cause, one message.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Task;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        if task.fields.leads.as_ref().is_some_and(|leads| !leads.value.is_empty()) {
            continue;
        }
        if waits_for_choice(on, task) {
            continue;
        }
        let code = &task.code.text;
        // the lead is only waiting for a sector that decides: that is said already
        if on.derivation.notes.iter().any(|note| note.code == Code::KH1004 && note.subject.place.as_deref() == Some(code)) {
            continue;
        }
        let mut note = on
            .note(Code::KH3008, task.code.loc, msg!("Nhiệm vụ {code} không có cơ quan chủ trì", "Task {code} has no lead"), code)
            .help(if task.carries.is_empty() {
                msg!("Thêm dòng: Cơ quan chủ trì: …", "Add the line: Cơ quan chủ trì: …")
            } else {
                msg!(
                    "Ghi bằng SỬA ĐỔI {code} với Cơ quan chủ trì, hoặc ghi Cơ quan đầu mối cho phụ lục",
                    "State it with SỬA ĐỔI {code} and Cơ quan chủ trì, or give the appendix a Cơ quan đầu mối"
                )
            });
        if let Some(parent) = task.carries.first() {
            note = note.related(on.parent_task(*parent).loc, msg!("nhiệm vụ của cấp trên", "the parent's task"));
        }
        out.push(note);
    }
}

/// Says whether a lead of the parent has several counterparts at this level, and derivation asks which one is meant.
fn waits_for_choice(on: &Subject<'_>, task: &Task) -> bool {
    let code = &task.code.text;
    let asked = on.derivation.notes.iter().filter(|note| note.code == Code::KH1004 && note.subject.place.as_ref() == Some(code));
    let names: Vec<&str> = asked.filter_map(|note| note.quote.as_deref()).collect();
    let leads = task.carries.iter().filter_map(|parent| on.parent_task(*parent).fields.leads.as_ref()).flat_map(|leads| &leads.value);
    leads.into_iter().any(|lead| names.contains(&lead.text.as_str()))
}
