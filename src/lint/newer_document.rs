//! KH4006: a document is cited for which THUẬT NGỮ knows a newer one in the plan's year.

use super::Subject;
use super::subject::part_of;
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::Citation;

/// A document and the one that came after it.
struct Newer {
    number: Key,
    to: String,
    to_number: Option<Key>,
    loc: Loc,
}

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let terms = on.model.registry.dated_terms(on.plan.header.year).into_iter();
    let known: Vec<Newer> = terms
        .filter_map(|term| {
            let number = |text: &str| Citation::find(text).into_iter().find_map(|citation| citation.number);
            let old = number(&term.from)?;
            Some(Newer { number: Key::new(&old), to_number: number(&term.to).map(|new| Key::new(&new)), to: term.to, loc: term.loc })
        })
        .collect();
    if known.is_empty() {
        return;
    }
    let mut seen: Vec<(Key, String)> = Vec::new();
    let mut judge = |text: &str, at: Loc, place: &str| {
        let cited = Citation::find(text);
        let numbers: Vec<Key> = cited.iter().map(|citation| Key::new(citation.number.as_deref().unwrap_or(""))).collect();
        for (citation, number) in cited.iter().zip(&numbers) {
            let Some(newer) = known.iter().find(|newer| newer.number == *number) else { continue };
            // who cites both knows both
            let knows = newer.to_number.as_ref().is_some_and(|new| numbers.contains(new));
            let once = (number.clone(), place.to_owned());
            if knows || seen.contains(&once) {
                continue;
            }
            seen.push(once);
            let (old, to) = (citation.number.clone().unwrap_or_default(), &newer.to);
            let range = citation.start as usize..citation.end as usize;
            out.push(
                on.note(
                    Code::KH4006,
                    part_of(at, text, range),
                    msg!("Văn bản số {old} đã có văn bản mới: {to}", "The document {old} has a newer one: {to}"),
                    place,
                )
                .related(newer.loc, msg!("thuật ngữ trong danh bạ", "the term in the registry"))
                .help(msg!(
                    "Đối chiếu rồi viện dẫn văn bản mới; nếu phải nêu văn bản cũ thì nêu cả hai, hoặc ghi CHẤP NHẬN",
                    "Cite the newer document; where the old one has to be named, name both or accept the finding"
                ))
                .quote(old),
            );
        }
    };
    for base in &on.plan.header.bases {
        judge(&base.value, base.loc, "");
    }
    for task in on.tasks() {
        let (code, fields) = (&task.code.text, &task.fields);
        for piece in [&fields.content, &fields.note].into_iter().flatten() {
            judge(&piece.value, on.place_of(&piece.origin, task), code);
        }
        if let Some(products) = &fields.products {
            products.value.iter().for_each(|product| judge(&product.text, on.place_of(&products.origin, task), code));
        }
        for piece in [&fields.basis, &fields.measures].into_iter().flatten() {
            piece.value.iter().for_each(|text| judge(text, on.place_of(&piece.origin, task), code));
        }
    }
    on.each_part(|part, place| {
        let at = if on.wrote(&part.origin) { part.origin.stated } else { on.plan.loc };
        judge(&part.text, at, place);
    });
}
