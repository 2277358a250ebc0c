//! KH3004, KH3009, KH3010, KH3037: waivers without reason, without ground, only proposed, or without class.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Answer, PlanId, Statement, TaskRef, Verb, Waiver, WaiverClass};

/// The classes as a person writes them.
const WAIVER_CLASSES: &str = "thẩm quyền cấp trên; không có đối tượng; giao đích danh đơn vị khác; đã hoàn thành; lồng ghép (…); \
                              lùi sang năm …; chờ hướng dẫn; chưa có căn cứ";

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for statement in &on.plan.statements {
        match &statement.verb {
            Verb::Waive { tasks, waiver } => {
                for task in tasks {
                    judge(on, statement, waiver, &task.code.text, Some(task), out);
                }
            }
            Verb::Targets { codes, answer: Answer::Waive(waiver) } => {
                for target in codes {
                    judge(on, statement, waiver, &target.code.text, None, out);
                }
            }
            _ => {}
        }
    }
}

fn judge(on: &Subject<'_>, statement: &Statement, waiver: &Waiver, code: &str, task: Option<&TaskRef>, out: &mut Vec<Diagnostic>) {
    let who = if on.unit.is_empty() { on.plan.code.text.clone() } else { on.unit.clone() };
    let upper = task.and_then(|task| parent_of(on, task));
    let named = match (&upper, task) {
        (Some((_, _, words)), _) => format!("{code} {words}"),
        (None, Some(_)) => code.to_owned(),
        (None, None) => format!("chỉ tiêu {code}"),
    };
    let place = task.map_or(statement.loc, |task| task.code.loc);
    let with_parent = |note: Diagnostic| match &upper {
        Some((parent, loc, _)) => note.related(*loc, on.their_task(*parent)),
        None => note,
    };
    if let (None, Some(at)) = (&statement.reason, waiver.end) {
        let note = on
            .note(
                Code::KH3004,
                at,
                msg!(
                    "{who} không áp dụng {named} mà không nêu lý do; coi như chưa trả lời",
                    "{who} waives {named} without a reason; it counts as not answered"
                ),
                code,
            )
            .related(place, msg!("không áp dụng ở đây", "waived here"))
            .help(msg!("Thêm dòng: Lý do: …", "Add the line: Lý do: …"))
            .quote(code);
        out.push(with_parent(note));
    }
    if let (Some(_), Some(_), None) = (&statement.reason, task, &waiver.class_text) {
        let note = on
            .note(Code::KH3037, place, msg!("{who} không áp dụng {named} mà không ghi Loại", "{who} waives {named} without Loại"), code)
            .help(msg!("Thêm dòng Loại, một trong: {WAIVER_CLASSES}", "Add the line Loại, one of: {WAIVER_CLASSES}"))
            .quote(code);
        out.push(with_parent(note));
    }
    let class_at = waiver.class_text.as_ref().map_or(place, |text| text.loc);
    match waiver.class {
        Some(WaiverClass::NoGround) => out.push(
            on.note(
                Code::KH3009,
                class_at,
                msg!("{who} không áp dụng {named} mà chưa rõ căn cứ", "{who} waives {named} and nobody knows why"),
                code,
            )
            .help(msg!("Hỏi đơn vị, rồi ghi Loại và Căn cứ thật", "Ask the unit, then write the true Loại and Căn cứ"))
            .quote(code),
        ),
        Some(WaiverClass::Proposed) => out.push(
            on.note(
                Code::KH3010,
                class_at,
                msg!("Việc {who} không áp dụng {named} mới là đề xuất", "That {who} waives {named} is only proposed"),
                code,
            )
            .help(msg!(
                "Người có thẩm quyền xác nhận bằng cách ghi Loại khác: thẩm quyền cấp trên; không có đối tượng; giao đích danh đơn vị khác; đã hoàn thành; lồng ghép (mã hoặc văn bản); lùi sang năm …; chờ hướng dẫn",
                "A person confirms it by writing another Loại: thẩm quyền cấp trên; không có đối tượng; giao đích danh đơn vị khác; đã hoàn thành; lồng ghép (code or document); lùi sang năm …; chờ hướng dẫn"
            ))
            .quote(code),
        ),
        _ => {}
    }
}

/// Returns where the parent states a task, and its place in words.
fn parent_of(on: &Subject<'_>, task: &TaskRef) -> Option<(PlanId, crate::base::Loc, String)> {
    on.derivation.fates.iter().find_map(|fate| {
        let plan = on.model.plan(fate.parent);
        let upper = on.parent_task((fate.parent, fate.task));
        let fits = upper.code == task.code && task.plan.as_ref().is_none_or(|code| *code == plan.code);
        fits.then(|| (fate.parent, upper.loc, format!("của {} ({})", plan.code.text, on.place_in_parent((fate.parent, fate.task)))))
    })
}
