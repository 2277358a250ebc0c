//! KH2008, KH2009: deadlines in the plan's own words that are not understood, or lack their year.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Task;
use crate::value::{Entry, Time, When};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        let Some(piece) = &task.fields.deadline else { continue };
        if !on.wrote(&piece.origin) {
            left_behind(on, task, &piece.value.entries, out);
            continue;
        }
        // the steps that one sentence tells follow each other: a year that one of them states serves all
        let dated = piece.value.entries.iter().flat_map(|entry| &entry.moments).any(|moment| moment.when.year().is_some());
        for entry in &piece.value.entries {
            let (code, text) = (&task.code.text, &entry.text);
            // in record mode it is a doubt, counted with the others (KH5036)
            if entry.time == Time::Unknown && !on.plan.header.record {
                out.push(
                    on.note(
                        Code::KH2008,
                        on.place_of_entry(&piece.origin, entry, task),
                        msg!("Chưa hiểu thời hạn “{text}” của {code}", "The deadline “{text}” of {code} cannot be understood"),
                        code,
                    )
                    .help(msg!(
                        "Viết như: Quý III/2023; Tháng 11/2023; Trước ngày 15/11/2023; Thường xuyên; Định kỳ hàng quý",
                        "Write it as: Quý III/2023; Tháng 11/2023; Trước ngày 15/11/2023; Thường xuyên; Định kỳ hàng quý"
                    ))
                    .quote(text.clone()),
                );
            }
            // in a list (`Quý I, Quý II năm 2022`) one year serves all
            let without_year = |when: When| matches!(when, When::DayOf(..) | When::Month(None, _) | When::Quarter(None, _));
            let open = !entry.moments.is_empty() && entry.moments.iter().all(|moment| without_year(moment.when));
            if !(dated && entry.of.is_none()) && open && entry.time != Time::Unknown {
                out.push(
                    on.note(
                        Code::KH2009,
                        on.place_of_entry(&piece.origin, entry, task),
                        msg!("Thời hạn “{text}” của {code} thiếu năm", "The deadline “{text}” of {code} lacks its year"),
                        code,
                    )
                    .help(msg!("Ghi năm, như Quý IV/2023", "State the year, such as Quý IV/2023"))
                    .quote(text.clone()),
                );
            }
        }
    }
}

/// Reports deadlines taken over whose year should have moved, but whose words are not understood.
fn left_behind(on: &Subject<'_>, task: &Task, entries: &[Entry], out: &mut Vec<Diagnostic>) {
    let carried = task.carries.iter().filter_map(|(plan, _)| on.plan.parents.iter().find(|link| link.plan == *plan));
    let moved: Vec<String> =
        carried.filter_map(|link| link.years).filter(|(from, to)| from != to).map(|(from, _)| from.to_string()).collect();
    for entry in entries.iter().filter(|entry| entry.time == Time::Unknown) {
        let (code, text) = (&task.code.text, &entry.text);
        if !moved.iter().any(|year| text.contains(year)) {
            continue;
        }
        out.push(
            on.note(
                Code::KH2008,
                task.code.loc,
                msg!(
                    "Chưa hiểu thời hạn “{text}” của {code} nên năm chưa chuyển",
                    "The deadline “{text}” of {code} cannot be understood, so its year did not move"
                ),
                code,
            )
            .help(msg!(
                "SỬA ĐỔI {code} và ghi Thời gian hoàn thành, như Quý III/2023",
                "SỬA ĐỔI {code} and state Thời gian hoàn thành, such as Quý III/2023"
            ))
            .quote(text.clone()),
        );
    }
}
