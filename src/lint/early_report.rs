//! KH2017: a report on an appendix that is due before tasks which it sums up: the appendix's `Báo cáo`, or a sentence that names the
//! appendices and the day (`… theo Phụ lục số 03 và Phụ lục số 07; tổng hợp, báo cáo … trước ngày 20/11/2022`).

use super::Subject;
use super::subject::part_of;
use crate::base::{Date, Key, Loc, even};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::Deadline;

/// Words that open the day by which a sentence wants a report.
const DUE: &[&str] = &["trước ngày ", "trước ", "chậm nhất ", "xong trong "];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let year = on.plan.header.year;
    for (index, appendix) in on.derivation.content.appendices.iter().enumerate() {
        let Some(report) = appendix.report.as_ref().filter(|report| on.holds(report.loc)) else { continue };
        if let Some(due) = Deadline::parse(&[report.value.as_str()]).latest(year) {
            note(on, &[index], due, &report.value, report.loc, &appendix.place(), out);
        }
    }
    on.each_part(|part, place| {
        if !on.wrote(&part.origin) {
            return;
        }
        let low = even(&part.text);
        let appendices = named(on, &low);
        let Some((range, due)) = day(&low, year).filter(|_| !appendices.is_empty()) else { return };
        // bytes of the lower-cased text fit the text where no letter changed its length
        let same = low.len() == part.text.len();
        let (when, at) = match part.text.get(range.clone()).filter(|_| same) {
            Some(when) => (when, part_of(part.origin.stated, &part.text, range)),
            None => (&low[range], part.origin.stated),
        };
        note(on, &appendices, due, when, at, place, out);
    });
}

fn note(on: &Subject<'_>, appendices: &[usize], due: Date, when: &str, at: Loc, place: &str, out: &mut Vec<Diagnostic>) {
    let year = on.plan.header.year;
    let late: Vec<(&str, &str)> = on
        .tasks()
        .iter()
        .filter(|task| task.appendix.is_some_and(|appendix| appendices.contains(&appendix)))
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
        return;
    }
    let count = late.len();
    let first: Vec<String> = late.iter().take(3).map(|(code, text)| format!("{code} ({})", text.trim_end_matches('.'))).collect();
    let first = first.join(", ");
    out.push(
        on.note(
            Code::KH2017,
            at,
            msg!(
                "Hạn báo cáo ({when}) đến trước hạn của {count} nhiệm vụ trong phụ lục: {first}",
                "The report is due ({when}) before {count} tasks of the appendix: {first}"
            ),
            place,
        )
        .help(msg!("Lùi ngày báo cáo, hoặc nói rõ số liệu chốt đến ngày nào", "Move the report, or say up to which day it counts"))
        .quote(when),
    );
}

/// Returns the appendices that a text names by number (`Phụ lục số 03`, `Phụ lục II`), as indices.
fn named(on: &Subject<'_>, low: &str) -> Vec<usize> {
    const WORD: &str = "phụ lục ";
    let mut out = Vec::new();
    for (at, _) in low.match_indices(WORD) {
        let rest = &low[at + WORD.len()..];
        let rest = rest.strip_prefix("số ").unwrap_or(rest);
        let number: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        let key = Key::new(number.trim_start_matches('0'));
        let same = |number: &str| !key.is_empty() && Key::new(number.trim().trim_start_matches('0')) == key;
        let found = on
            .derivation
            .content
            .appendices
            .iter()
            .position(|appendix| !appendix.group && (same(&appendix.number) || appendix.printed_number.as_deref().is_some_and(same)));
        out.extend(found.filter(|index| !out.contains(index)));
    }
    out
}

/// Returns the day by which a text wants a report, with the bytes that say so: behind the last `báo cáo`, in its clause.
fn day(low: &str, year: Option<crate::base::Year>) -> Option<(std::ops::Range<usize>, Date)> {
    let from = low.rfind("báo cáo")?;
    let clause = low[from..].split(';').next()?;
    let at = DUE.iter().find_map(|word| clause.find(word))?;
    let when = clause[at..].trim_end_matches(['.', '/', ' ', ',']);
    let when = when.split(" (").next().unwrap_or(when);
    let entry = Deadline::parse_entry(when);
    // a sentence that goes on behind the day says something else too
    let whole = entry.of.is_none() && !entry.moments.is_empty() && when.split_whitespace().count() <= 8;
    let due = entry.latest(year).filter(|_| whole)?;
    Some((from + at..from + at + when.len(), due))
}
