//! KH2017: a report on an appendix that is due before tasks which it sums up.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::value::Deadline;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let year = on.plan.header.year;
    for (index, appendix) in on.derivation.content.appendices.iter().enumerate() {
        let Some(report) = appendix.report.as_ref().filter(|report| on.holds(report.loc)) else { continue };
        let Some(due) = Deadline::parse(&[report.value.as_str()]).latest(year) else { continue };
        let late: Vec<(&str, &str)> = on
            .tasks()
            .iter()
            .filter(|task| task.appendix == Some(index))
            .filter_map(|task| {
                let entries = &task.fields.deadline.as_ref()?.value.entries;
                // what goes on all year is reported as it stands; only what ends on a day can come too late
                let late = entries.iter().find(|entry| {
                    let ends = !entry.moments.is_empty() && entry.earliest(year).is_some_and(|first| first > due);
                    ends && entry.latest(year).is_some_and(|last| last.year() == due.year())
                })?;
                Some((task.code.text.as_str(), late.text.as_str()))
            })
            .collect();
        if late.is_empty() {
            continue;
        }
        let (count, when) = (late.len(), &report.value);
        let first: Vec<String> = late.iter().take(3).map(|(code, text)| format!("{code} ({text})")).collect();
        let first = first.join(", ");
        let place = appendix.place();
        out.push(
            on.note(
                Code::KH2017,
                report.loc,
                msg!(
                    "Báo cáo kết quả {when} trước khi {count} nhiệm vụ của phụ lục đến hạn: {first}",
                    "The report is due ({when}) before {count} tasks of the appendix: {first}"
                ),
                &place,
            )
            .help(msg!("Lùi ngày báo cáo, hoặc nói rõ số liệu chốt đến ngày nào", "Move the report, or say up to which day it counts"))
            .quote(when.clone()),
        );
    }
}
