//! One statement of a handing-on stands in many plans: what it causes in them is one finding that names the count and the first three units, and all of
//! them where a task, a target or a plan is missing.

use std::collections::BTreeMap;

use crate::base::Loc;
use crate::diag::{Code, Diagnostic, Message, Severity};
use crate::model::{HandingId, Model};

/// What findings of one cause have in common.
type Cause = (HandingId, Code, Option<Loc>, Option<String>, Option<String>, Option<String>, Severity, String);

/// Returns the findings, those about plans of one handing-on that have one cause put together. The order of the others stays.
pub(super) fn gather(model: &Model, notes: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let generated: BTreeMap<&str, HandingId> =
        model.plans.iter().filter_map(|plan| plan.generated.map(|handing| (plan.code.text.as_str(), handing))).collect();
    let mut out = Vec::with_capacity(notes.len());
    let mut causes: BTreeMap<Cause, Vec<Diagnostic>> = BTreeMap::new();
    for note in notes {
        match note.subject.plan.as_deref().and_then(|plan| generated.get(plan)) {
            None => out.push(note),
            Some(handing) => {
                let at = note.primary.as_ref().map(|label| label.loc);
                let quote = note.quote.clone();
                let (plan, unit) = (note.subject.plan.as_deref().unwrap_or(""), note.subject.unit.as_deref().unwrap_or(""));
                let words = replaced(&replaced(&note.message.vi, unit, ""), plan, "");
                let cause = (*handing, note.code, at, note.subject.place.clone(), quote, note.accepted.clone(), note.severity, words);
                causes.entry(cause).or_default().push(note);
            }
        }
    }
    out.extend(causes.into_iter().map(|((handing, ..), list)| one(model, handing, list)));
    out
}

fn one(model: &Model, handing: HandingId, mut list: Vec<Diagnostic>) -> Diagnostic {
    let mut units: Vec<String> = Vec::new();
    for unit in list.iter().filter_map(|note| note.subject.unit.clone()) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    let mut note = list.swap_remove(0);
    let plan = note.subject.plan.take().unwrap_or_default();
    let own = note.subject.unit.take().unwrap_or_default();
    let code = &model.handing(handing).code.text;
    let count = units.len();
    note.subject.plan = Some(code.clone());
    if count == 0 {
        return note;
    }
    note.subject.unit = Some(units.join("; "));
    if count == 1 {
        // one plan of many is told by its unit
        if !note.message.vi.contains(&own) && !note.message.vi.contains(&plan) {
            note.message = Message { vi: format!("{}, ở {own}", note.message.vi), en: format!("{}, in {own}", note.message.en) };
        }
        return note;
    }
    let all = matches!(note.code, Code::KH3001 | Code::KH3002 | Code::KH3004 | Code::KH3013 | Code::KH3014 | Code::KH4007);
    let shown = if all { count } else { count.min(3) };
    let mut names = units[..shown].join(", ");
    if shown < count {
        names.push_str(", …");
    }
    let many = Message { vi: format!("{count} đơn vị"), en: format!("{count} units") };
    let told = |message: &Message| Message {
        vi: replaced(&replaced(&message.vi, &own, &many.vi), &plan, code),
        en: replaced(&replaced(&message.en, &own, &many.en), &plan, code),
    };
    let says_who = note.message.vi.contains(&own);
    note.message = told(&note.message);
    if let Some(primary) = &mut note.primary {
        primary.message = told(&primary.message);
    }
    note.help = note.help.as_ref().map(told);
    note.message = if says_who {
        Message { vi: format!("{}: {names}", note.message.vi), en: format!("{}: {names}", note.message.en) }
    } else {
        let Message { vi, en } = note.message;
        Message { vi: format!("{vi}, ở {}: {names}", many.vi), en: format!("{en}, in {}: {names}", many.en) }
    };
    note
}

/// Replaces a name, where there is one.
fn replaced(text: &str, name: &str, by: &str) -> String {
    if name.is_empty() { text.to_owned() } else { text.replace(name, by) }
}
