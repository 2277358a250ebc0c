//! KH3005: a deadline later than the parent's, compared after the shift of years.

use super::{Subject, acceptance};
use crate::base::{Date, Key};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::{Deadline, Entry};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let year = on.plan.header.year;
    for (index, task) in on.tasks().iter().enumerate() {
        // what came down is no later than where it came from, but a task may answer several
        let answers_several = task.carries.len() > 1;
        let Some(own) = task.fields.deadline.as_ref().filter(|piece| answers_several || on.wrote(&piece.origin)) else { continue };
        // a new year sets its own times
        for baseline in on.baselines(index).filter(|baseline| !on.is_last_year(baseline.parent.0)) {
            let Some(upper) = &baseline.fields.deadline else { continue };
            for entry in &own.value.entries {
                let (Some(latest), Some((bound, words))) = (entry.latest(year), bound(&upper.value, entry, year)) else { continue };
                if latest <= bound {
                    continue;
                }
                let (code, text) = (&task.code.text, &entry.text);
                out.push(
                    on.note(
                        Code::KH3005,
                        on.place_of(&own.origin, task),
                        msg!(
                            "Thời hạn “{text}” của {code} muộn hơn cấp trên (“{words}”)",
                            "The deadline “{text}” of {code} is later than the parent's (“{words}”)"
                        ),
                        code,
                    )
                    .related(upper.origin.stated, msg!("thời hạn của cấp trên", "the parent's deadline"))
                    .help(acceptance::or_accept(&msg!("Ghi thời hạn sớm hơn", "State an earlier deadline"), Code::KH3005, code, text))
                    .quote(text.clone()),
                );
            }
        }
    }
}

/// Returns the day by which the parent wants what an entry speaks of: its entry of the same name, else the latest of all; and its words.
fn bound(upper: &Deadline, entry: &Entry, year: Option<i16>) -> Option<(Date, String)> {
    let key = entry.of.as_deref().map(Key::new);
    let named = upper.entries.iter().find(|other| key.is_some() && other.of.as_deref().map(Key::new) == key);
    match named {
        Some(named) => named.latest(year).map(|date| (date, named.text.clone())),
        None => {
            let last = upper.entries.iter().filter_map(|other| other.latest(year).map(|date| (date, other.text.clone())));
            last.max_by_key(|(date, _)| *date)
        }
    }
}
