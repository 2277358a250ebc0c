//! KH3001, KH3013, KH4007: a task or target of the parent that no verb answers. Totality: cannot be switched off, lowered or accepted.

use super::Subject;
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::model::{Code as TaskCode, Fate, Outcome, ParentKind, PlanId, Verb};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    // a document that was issued answers what it answers: coverage shows the rest
    if on.plan.header.record {
        return;
    }
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
        let Some(link) = on.plan.link_to(fate.parent) else {
            out.push(put_off(on, fate));
            continue;
        };
        let at = link.loc;
        let verbs = verbs(link.kind, code, "");
        let (vi, en) = (verbs.vi, verbs.en);
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
                "Thêm {vi}, SỬA ĐỔI {code}, hoặc KHÔNG ÁP DỤNG {code} có Loại và Lý do",
                "Add {en}, SỬA ĐỔI {code}, or KHÔNG ÁP DỤNG {code} with Loại and Lý do"
            ))
            .quote(code.clone()),
        );
    }
    for fate in on.derivation.target_fates.iter().filter(|fate| fate.outcome == Outcome::Unanswered) {
        let parent = &on.model.plan(fate.parent).code.text;
        let code = &fate.code.text;
        let link = on.plan.link_to(fate.parent);
        let at = link.map_or(on.plan.loc, |link| link.loc);
        let verbs = verbs(link.map_or(ParentKind::Upper, |link| link.kind), code, "CHỈ TIÊU ");
        let (vi, en) = (verbs.vi, verbs.en);
        out.push(
            on.note(
                Code::KH3013,
                at,
                msg!("{who} bỏ sót chỉ tiêu {code} của {parent}", "{who} does not answer target {code} of {parent}"),
                code,
            )
            .related(fate.code.loc, msg!("chỉ tiêu bị bỏ sót", "the target that is lost"))
            .help(msg!(
                "Thêm {vi}, SỬA ĐỔI CHỈ TIÊU {code}: …, hoặc KHÔNG ÁP DỤNG CHỈ TIÊU {code} có Lý do",
                "Add {en}, SỬA ĐỔI CHỈ TIÊU {code}: …, or KHÔNG ÁP DỤNG CHỈ TIÊU {code} with Lý do"
            ))
            .quote(code.clone()),
        );
    }
}

/// Returns the verbs that take a parent's task or target over, or end it.
fn verbs(kind: ParentKind, code: &str, of: &str) -> Message {
    match kind {
        ParentKind::Upper => msg!("KẾ THỪA {of}{code}", "KẾ THỪA {of}{code}"),
        ParentKind::LastYear => msg!("TIẾP TỤC {of}{code}, KẾT THÚC {of}{code}", "TIẾP TỤC {of}{code}, KẾT THÚC {of}{code}"),
    }
}

/// Returns the finding about a task that an earlier plan put off to this plan's year (KH4007).
fn put_off(on: &Subject<'_>, fate: &Fate) -> Diagnostic {
    let task = on.parent_task((fate.parent, fate.task));
    let (code, own) = (&task.code.text, &on.plan.code.text);
    let upper = &on.model.plan(fate.parent).code;
    let deferred = on.plan.roll.deferred.iter().find(|deferred| deferred.task.names(upper, &task.code));
    let (by, year) = deferred.map_or((String::new(), 0), |deferred| (on.model.plan(deferred.by).code.text.clone(), deferred.year));
    let upper_text = &upper.text;
    let mut note = on
        .note(
            Code::KH4007,
            on.plan.loc,
            msg!(
                "{by} lùi nhiệm vụ {code} của {upper_text} sang năm {year}; {own} chưa trả lời",
                "{by} put task {code} of {upper_text} off to {year}; {own} does not answer it"
            ),
            code,
        )
        .help(msg!(
            "Thêm KẾ THỪA {upper_text}/{code}, SỬA ĐỔI {upper_text}/{code}, hoặc KHÔNG ÁP DỤNG {upper_text}/{code} có Loại và Lý do",
            "Add KẾ THỪA {upper_text}/{code}, SỬA ĐỔI {upper_text}/{code}, or KHÔNG ÁP DỤNG {upper_text}/{code} with Loại and Lý do"
        ))
        .quote(code.clone());
    if let Some(deferred) = deferred {
        note = note.related(deferred.loc, msg!("lùi ở đây", "put off here"));
    }
    note.related(task.loc, msg!("nhiệm vụ được lùi", "the task that was put off"))
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
