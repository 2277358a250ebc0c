//! KH2035: more than half of a plan's tasks have no deadline but the plan's whole year.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Task;
use crate::value::Time;

/// Fewer tasks say nothing of a plan.
const MANY: usize = 5;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let timed: Vec<&Task> = on.tasks().iter().filter(|task| task.fields.deadline.is_some()).collect();
    let whole = |task: &&&Task| {
        let deadline = task.fields.deadline.as_ref().filter(|piece| on.wrote(&piece.origin));
        deadline.is_some_and(|piece| piece.value.entries.iter().all(|entry| matches!(entry.time, Time::Within(_))))
    };
    let found: Vec<&&Task> = timed.iter().filter(whole).collect();
    let (count, all) = (found.len(), timed.len());
    if count < MANY || 2 * count <= all {
        return;
    }
    let Some(deadline) = found.first().and_then(|task| task.fields.deadline.as_ref()) else { return };
    let text = deadline.value.entries.first().map_or("", |entry| entry.text.as_str());
    out.push(
        on.note(
            Code::KH2035,
            deadline.value.entries.first().and_then(|entry| entry.at).unwrap_or(deadline.origin.stated),
            msg!(
                "{count} trong {all} nhiệm vụ chỉ có thời hạn là cả năm (“{text}”)",
                "{count} of {all} tasks have the whole year as their deadline (“{text}”)"
            ),
            "",
        )
        .help(msg!("Ghi quý hoặc tháng phải xong", "State the quarter or month in which each is to be done"))
        .quote(text),
    );
}
