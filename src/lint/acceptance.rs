//! CHẤP NHẬN: marks accepted findings; KH3022, KH3023, KH3027 for acceptances that match nothing, may not be, or give no reason.

use std::collections::BTreeMap;

use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::model::{Acceptance, Model, Plan};

/// Returns a help that ends with the block that accepts a finding: with the words that the finding quotes, else it would not match.
pub(super) fn or_accept(mend: &Message, code: Code, place: &str, quote: &str) -> Message {
    let (vi, en) = (&mend.vi, &mend.en);
    msg!(
        "{vi}, hoặc thêm ba dòng: CHẤP NHẬN {code} {place} | Tại: \"{quote}\" | Lý do: …",
        "{en}, or add three lines: CHẤP NHẬN {code} {place} | Tại: \"{quote}\" | Lý do: …"
    )
}

/// Marks what each plan accepts, and reports acceptances that do not hold.
pub(super) fn apply(model: &Model, notes: &mut Vec<Diagnostic>) {
    let mut faults = Vec::new();
    // an acceptance of a handing-on stands for each of its plans: it is idle where none of them has the finding
    let mut shared: BTreeMap<Loc, Option<Diagnostic>> = BTreeMap::new();
    for plan in &model.plans {
        let unit = plan.unit.map(|unit| model.registry.unit(unit).name.clone()).unwrap_or_default();
        for acceptance in &plan.acceptances {
            let fault = accept(plan, acceptance, notes);
            match plan.generated.map(|handing| model.handing(handing)) {
                None => faults.extend(fault.map(|fault| fault.about(&plan.code.text, &unit, &acceptance.place))),
                Some(handing) => {
                    let fault = fault.map(|fault| fault.about(&handing.code.text, "", &acceptance.place));
                    let entry = shared.entry(acceptance.loc).or_insert_with(|| fault.clone());
                    if fault.is_none() {
                        *entry = None;
                    }
                }
            }
        }
    }
    notes.extend(faults);
    notes.extend(shared.into_values().flatten());
}

fn accept(plan: &Plan, acceptance: &Acceptance, notes: &mut [Diagnostic]) -> Option<Diagnostic> {
    let name = &acceptance.code;
    let Some(code) = Code::parse(name) else {
        return Some(
            Diagnostic::new(Code::KH3022, acceptance.loc, msg!("Không có phát hiện nào mang mã {name}", "No finding has the code {name}"))
                .help(msg!("Xem mã ở đầu mỗi phát hiện của kehoach check", "See the code in front of each finding of kehoach check"))
                .quote(name.clone()),
        );
    };
    if !code.can_be_accepted() {
        return Some(
            Diagnostic::new(
                Code::KH3023,
                acceptance.loc,
                msg!("Phát hiện {name} không được chấp nhận", "The finding {name} cannot be accepted"),
            )
            .help(msg!("Sửa điều mà phát hiện nêu, rồi bỏ khối CHẤP NHẬN này", "Mend what the finding says, then remove this CHẤP NHẬN"))
            .quote(name.clone()),
        );
    }
    let Some(reason) = acceptance.reason.as_ref().filter(|reason| !reason.value.trim().is_empty()) else {
        return Some(
            Diagnostic::new(Code::KH3027, acceptance.loc, msg!("CHẤP NHẬN {name} không nêu lý do", "CHẤP NHẬN {name} gives no reason"))
                .help(msg!("Thêm dòng: Lý do: …", "Add the line: Lý do: …"))
                .quote(name.clone()),
        );
    };
    let mut any = false;
    for note in notes.iter_mut().filter(|note| matches(plan, acceptance, code, note)) {
        note.accepted = Some(reason.value.clone());
        any = true;
    }
    if any {
        return None;
    }
    let near: Vec<String> = notes
        .iter()
        .filter(|note| note.code == code && note.subject.plan.as_deref() == Some(&plan.code.text))
        .filter_map(|note| note.quote.as_ref().map(|quote| format!("“{quote}”")))
        .take(3)
        .collect();
    let near = near.join(", ");
    let note = Diagnostic::new(
        Code::KH3022,
        acceptance.loc,
        msg!("CHẤP NHẬN {name} không khớp phát hiện nào", "CHẤP NHẬN {name} matches no finding"),
    )
    .quote(name.clone());
    Some(if near.is_empty() {
        note.help(msg!("Bỏ khối này", "Remove this block"))
    } else {
        note.help(msg!(
            "Bỏ khối này, hoặc sửa nơi và Tại; {name} đang có ở: {near}",
            "Remove this block, or mend its place and Tại; {name} stands at: {near}"
        ))
    })
}

/// Says whether a finding is the one that an acceptance names: its code, its place, and the words that it quotes.
fn matches(plan: &Plan, acceptance: &Acceptance, code: Code, note: &Diagnostic) -> bool {
    let place = note.subject.place.as_deref().unwrap_or("");
    let same_words = match (&note.quote, &acceptance.quote) {
        (None, None) => true,
        (Some(quote), Some(words)) => Key::new(quote).as_str().contains(Key::new(words).as_str()),
        // a place that says it all needs no quotation
        (Some(quote), None) => Key::new(quote) == Key::new(place),
        (None, Some(_)) => false,
    };
    note.code == code
        && note.accepted.is_none()
        && note.subject.plan.as_deref().is_some_and(|other| Key::new(other) == plan.code.key)
        && Key::new(place) == Key::new(&acceptance.place)
        && same_words
}
