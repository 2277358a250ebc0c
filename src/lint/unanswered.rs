//! KH3001, KH3013: a task or target of the parent that no verb answers. Totality: cannot be switched off, lowered or accepted.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Code as TaskCode, Outcome, PlanId, Verb};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let child = &on.plan.code.text;
    let who = if on.unit.is_empty() { child.clone() } else { on.unit.clone() };
    for fate in on.derivation.fates.iter().filter(|fate| fate.outcome == Outcome::Unanswered) {
        let parent = &on.model.plan(fate.parent).code.text;
        let task = on.parent_task((fate.parent, fate.task));
        // no verb can name the second of two tasks with one code
        let second = on.parent(fate.parent).template.tasks.iter().position(|other| other.code == task.code) != Some(fate.task);
        if second || announces(on, fate.parent, &task.code) {
            continue;
        }
        let code = &task.code.text;
        let place = on.place_in_parent((fate.parent, fate.task));
        let at = on.plan.parents.iter().find(|link| link.plan == fate.parent).map_or(on.plan.loc, |link| link.loc);
        out.push(
            on.note(
                Code::KH3001,
                at,
                msg!("{who} bỏ sót nhiệm vụ {code} của {parent} ({place})", "{who} does not answer task {code} of {parent} ({place})"),
                code,
            )
            .label(msg!("{child} phải trả lời mọi nhiệm vụ của {parent}", "{child} must answer each task of {parent}"))
            .related(task.loc, msg!("nhiệm vụ bị bỏ sót", "the task that is lost"))
            .help(msg!(
                "Thêm KẾ THỪA {code}, SỬA ĐỔI {code}, hoặc KHÔNG ÁP DỤNG {code} có Loại và Lý do",
                "Add KẾ THỪA {code}, SỬA ĐỔI {code}, or KHÔNG ÁP DỤNG {code} with Loại and Lý do"
            ))
            .quote(code.clone()),
        );
    }
    for fate in on.derivation.target_fates.iter().filter(|fate| fate.outcome == Outcome::Unanswered) {
        let parent = &on.model.plan(fate.parent).code.text;
        let code = &fate.code.text;
        let at = on.plan.parents.iter().find(|link| link.plan == fate.parent).map_or(on.plan.loc, |link| link.loc);
        out.push(
            on.note(
                Code::KH3013,
                at,
                msg!("{who} bỏ sót chỉ tiêu {code} của {parent}", "{who} does not answer target {code} of {parent}"),
                code,
            )
            .related(fate.code.loc, msg!("chỉ tiêu bị bỏ sót", "the target that is lost"))
            .help(msg!(
                "Thêm KẾ THỪA CHỈ TIÊU {code}, SỬA ĐỔI CHỈ TIÊU {code}: …, hoặc KHÔNG ÁP DỤNG CHỈ TIÊU {code} có Lý do",
                "Add KẾ THỪA CHỈ TIÊU {code}, SỬA ĐỔI CHỈ TIÊU {code}: …, or KHÔNG ÁP DỤNG CHỈ TIÊU {code} with Lý do"
            ))
            .quote(code.clone()),
        );
    }
}

/// Says whether a TÁCH or GỘP names the task, so that only its results are missing (KH3017, KH0031).
fn announces(on: &Subject<'_>, parent: PlanId, code: &TaskCode) -> bool {
    let plan = &on.model.plan(parent).code;
    on.plan.statements.iter().any(|statement| match &statement.verb {
        Verb::Split { from, .. } => from.names(plan, code),
        Verb::Merge { from, .. } => from.iter().any(|one| one.names(plan, code)),
        _ => false,
    })
}
