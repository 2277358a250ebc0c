//! KH2006, KH2007: citations whose year contradicts their date, and malformed symbols, in the plan's own words.

use super::Subject;
use super::subject::part_of;
use crate::base::Loc;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Form, Model, Plan, Text};
use crate::value::Citation;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let header = &on.plan.header;
    if let Some(number) = header.number.as_ref().filter(|number| !header.record && !number.value.contains(['…', '['])) {
        judge_number(on, number, out);
    }
    for own in on.own_texts() {
        judge(on, own.text, own.loc, &own.place, out);
    }
}

/// Judges the plan's own number as a citation of it would read.
fn judge_number(on: &Subject<'_>, number: &Text, out: &mut Vec<Diagnostic>) {
    let kind = if is_decision(on.model, on.plan) { "Quyết định" } else { "Kế hoạch" };
    let date = on.plan.header.date.map(|date| format!(" ngày {date}")).unwrap_or_default();
    let mut found = Vec::new();
    judge(on, &format!("{kind} số {}{date}", number.value), number.loc, "", &mut found);
    out.extend(found.into_iter().map(|note| note.quote(number.value.clone())));
}

fn is_decision(model: &Model, plan: &Plan) -> bool {
    match (plan.header.form, plan.parents.first()) {
        (Some(form), _) => form == Form::Decision,
        (None, Some(link)) => is_decision(model, model.plan(link.plan)),
        (None, None) => true,
    }
}

fn judge(on: &Subject<'_>, text: &str, at: Loc, place: &str, out: &mut Vec<Diagnostic>) {
    for citation in Citation::find(text) {
        let range = citation.start as usize..citation.end as usize;
        let at = part_of(at, text, range);
        let number = citation.number.clone().unwrap_or_default();
        if citation.year_contradicts_date() {
            let date = citation.date.map(|date| date.to_string()).unwrap_or_default();
            out.push(
                on.note(Code::KH2006, at, msg!("Văn bản số {number} lại ghi ngày {date}", "The document {number} is dated {date}"), place)
                    .help(msg!(
                        "Đối chiếu văn bản gốc, sửa năm trong số hoặc trong ngày",
                        "Compare the original and mend the year in the number or in the date"
                    ))
                    .quote(text.get(citation.start as usize..citation.end as usize).unwrap_or(&number)),
            );
        }
        if let Some(fault) = citation.symbol_fault() {
            let mut note = on
                .note(Code::KH2007, at, msg!("Ký hiệu “{number}” không đúng mẫu", "The symbol “{number}” is malformed"), place)
                .quote(number.clone());
            note = match &fault.suggestion {
                Some(right) => note.help(msg!("Có phải {right}?", "Is it {right}?")),
                None => note.help(msg!(
                    "Viết theo mẫu: 5347/QĐ-UBND, 24/2018/QĐ-UBND, 06-NQ/TU",
                    "Write it as 5347/QĐ-UBND, 24/2018/QĐ-UBND, 06-NQ/TU"
                )),
            };
            out.push(note);
        }
    }
}
