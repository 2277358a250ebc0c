//! KH3011: words of the upper level left over in what came down.

use super::Subject;
use crate::agency::Body;
use crate::base::{Loc, even};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::Citation;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(level) = on.plan.level else { return };
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    let mut phrases = Vec::new();
    for (id, upper) in registry.levels() {
        if id != level && registry.is_below(level, id, date) {
            let name = &upper.name;
            phrases.extend(["cấp", "của", "toàn", "địa bàn", "UBND", "HĐND"].iter().map(|word| format!("{word} {name}")));
        }
    }
    for task in on.tasks() {
        let code = &task.code.text;
        if let Some(content) = task.fields.content.as_ref().filter(|piece| !on.wrote(&piece.origin)) {
            judge(on, &phrases, &content.value, task.code.loc, content.origin.stated, code, out);
        }
        if let Some(products) = task.fields.products.as_ref().filter(|piece| !on.wrote(&piece.origin)) {
            for product in &products.value {
                judge(on, &phrases, &product.text, task.code.loc, products.origin.stated, code, out);
            }
        }
        if let Some(measures) = task.fields.measures.as_ref().filter(|piece| !on.wrote(&piece.origin)) {
            for text in &measures.value {
                judge(on, &phrases, text, task.code.loc, measures.origin.stated, code, out);
            }
        }
    }
    on.each_part(|part, place| {
        if !on.wrote(&part.origin) {
            judge(on, &phrases, &part.text, on.plan.loc, part.origin.stated, place, out);
        }
    });
}

fn judge(on: &Subject<'_>, phrases: &[String], text: &str, at: Loc, stated: Loc, place: &str, out: &mut Vec<Diagnostic>) {
    let mut rest = text.to_owned();
    for citation in Citation::find(text).iter().rev() {
        rest.replace_range(citation.start as usize..citation.end as usize, "");
    }
    let rest = without_routes(rest);
    let folded = even(&rest);
    let names = on.model.registry.find_names(&rest, on.plan.registry_date()).into_iter();
    let upper = names.filter(|name| is_upper_agency(on, name.body) && !is_upper_rightly(&even(&rest[..name.start])));
    let names: Vec<String> = upper.map(|name| rest[name.start..name.end].to_owned()).collect();
    for name in &names {
        out.push(left_over(on, name, at, stated, place));
    }
    // a phrase inside a name that is reported is reported with it
    let phrases = phrases.iter().filter(|phrase| !names.iter().any(|name| even(name).contains(&even(phrase))));
    for phrase in phrases {
        let needle = even(phrase);
        let whole = |start: usize| {
            let before = folded[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = folded[start + needle.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after && !is_upper_rightly(&folded[..start])
        };
        if folded.match_indices(&needle).any(|(start, _)| whole(start)) {
            out.push(left_over(on, phrase, at, stated, place));
        }
    }
}

fn left_over(on: &Subject<'_>, words: &str, at: Loc, stated: Loc, place: &str) -> Diagnostic {
    on.note(
        Code::KH3011,
        at,
        msg!("{place} còn chữ của cấp trên: “{words}”", "{place} still has words of the upper level: “{words}”"),
        place,
    )
    .related(stated, msg!("chữ ở kế hoạch cấp trên", "the parent's words"))
    .help(msg!(
        "Viết lại bằng SỬA ĐỔI, hoặc thêm vào THUẬT NGỮ nếu đúng cho mọi kế hoạch",
        "Restate it with SỬA ĐỔI, or add a THUẬT NGỮ if it holds for each plan"
    ))
    .quote(words)
}

/// Says whether a declared agency or group is of a level above the plan's.
fn is_upper_agency(on: &Subject<'_>, body: Body) -> bool {
    let (Body::Agency(_) | Body::Group(_)) = body else { return false };
    let (Some(own), Some(level)) = (on.plan.level, on.model.registry.level_of(body)) else { return false };
    level != own && on.model.registry.is_below(own, level, on.plan.registry_date())
}

/// Says whether what follows these (folded) words stays the upper level's: what it rules or guides, and whom the unit itself reports to.
fn is_upper_rightly(before: &str) -> bool {
    let before = before.strip_suffix("chủ tịch ").unwrap_or(before);
    let of = before.strip_suffix("của ").unwrap_or(before);
    ["quy định ", "hướng dẫn ", "chỉ đạo "].iter().any(|word| of.ends_with(word))
        || ["báo cáo ", "trình "].iter().any(|word| before.ends_with(word))
}

/// Takes out `báo cáo … (qua …)`: where it still names upper bodies, the report is the unit's own to them.
fn without_routes(mut text: String) -> String {
    while let Some(start) = text.match_indices("báo cáo").map(|(at, _)| at).find(|at| route(&text, *at).is_some()) {
        let end = route(&text, start).unwrap_or(text.len());
        text.replace_range(start..end, "");
    }
    text
}

/// Returns the end of the route of a report that opens at `start`.
fn route(text: &str, start: usize) -> Option<usize> {
    let end = start + text[start..].find(')')? + 1;
    text[start..end].contains("(qua ").then_some(end)
}
