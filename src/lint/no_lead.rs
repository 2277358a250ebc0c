//! KH3008: a task without a lead.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        if task.fields.leads.as_ref().is_some_and(|leads| !leads.value.is_empty()) {
            continue;
        }
        let code = &task.code.text;
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
