//! KH2001: a deadline outside the plan year. The last month before it (preparation) and the first quarter after it (closing) are usual.

use super::Subject;
use crate::base::{Date, Year};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Task;
use crate::value::Entry;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some((first, last)) = on.plan.span_of_years() else { return };
    let opens = first.months_earlier(1);
    let closes = Date::last_of_quarter(last.year().saturating_add(1), 1).unwrap_or(last);
    each_deadline(on, |task, entry, at| {
        let (Some(from), Some(to)) = (entry.earliest(on.plan.header.year), entry.latest(on.plan.header.year)) else { return };
        let outside = to < opens || from > closes;
        if entry.moments.is_empty() || !outside {
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
            .help(msg!("Sửa năm, hoặc CHẤP NHẬN KH2001 {code} có Lý do", "Mend the year, or CHẤP NHẬN KH2001 {code} with Lý do"))
            .quote(text.clone()),
        );
    });
}

fn years(first: Year, last: Year) -> String {
    if first == last { first.to_string() } else { format!("{first} - {last}") }
}

/// Calls `visit` for each deadline entry of the plan's tasks, with the place in this plan that stands for it.
pub(super) fn each_deadline(on: &Subject<'_>, mut visit: impl FnMut(&Task, &Entry, crate::base::Loc)) {
    for task in on.tasks() {
        if let Some(piece) = &task.fields.deadline {
            let at = on.place_of(&piece.origin, task);
            for entry in &piece.value.entries {
                visit(task, entry, at);
            }
        }
    }
}
