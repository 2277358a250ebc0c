//! KH3025: a task outside the appendices of a plan that has some. What BỔ SUNG puts there is reported by derivation.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Verb;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    // groups of tasks and score tables leave room for tasks of their own
    let printed = on.plan.appendices.iter().any(|appendix| !appendix.group && appendix.scores.is_none());
    if !printed || !on.plan.parents.is_empty() || on.plan.misses_parent {
        return;
    }
    for statement in on.plan.statements.iter().filter(|statement| statement.appendix.is_none()) {
        let Verb::Task(patch) = &statement.verb else { continue };
        let code = &patch.code.text;
        out.push(
            on.note(
                Code::KH3025,
                patch.code.loc,
                msg!("NHIỆM VỤ {code} đứng ngoài phụ lục", "NHIỆM VỤ {code} stands under no appendix"),
                code,
            )
            .help(msg!("Đặt dưới PHỤ LỤC mà nhiệm vụ thuộc về", "Put it under the PHỤ LỤC that it belongs to"))
            .quote(code.clone()),
        );
    }
}
