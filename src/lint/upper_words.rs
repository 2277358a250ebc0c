//! KH3011: words of the upper level left over in what came down.

use super::Subject;
use crate::agency::{Body, LevelId};
use crate::base::{Loc, even};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::{Citation, is_issuer_between};

/// Words in front of a level or type of units that say whose something is.
const OF: [&str; 6] = ["cấp", "của", "toàn", "địa bàn", "UBND", "HĐND"];

const DIRECTOR: &str = "Giám đốc sở";

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(level) = on.plan.level else { return };
    if on.plan.parents.is_empty() {
        return;
    }
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    let mut phrases = Vec::new();
    for (id, upper) in registry.levels() {
        if id != level && registry.is_below(level, id, date) {
            let name = &upper.name;
            phrases.extend(OF.iter().map(|word| format!("{word} {name}")));
        }
    }
    for phrase in unit_phrases(on, level) {
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    for task in on.tasks() {
        let code = &task.code.text;
        if let Some(content) = task.fields.content.as_ref().filter(|piece| on.came_down(&piece.origin)) {
            judge(on, &phrases, &content.value, task.code.loc, content.origin.stated, code, out);
        }
        if let Some(products) = task.fields.products.as_ref().filter(|piece| on.came_down(&piece.origin)) {
            for product in &products.value {
                judge(on, &phrases, &product.text, task.code.loc, products.origin.stated, code, out);
            }
        }
        if let Some(measures) = task.fields.measures.as_ref().filter(|piece| on.came_down(&piece.origin)) {
            for text in &measures.value {
                judge(on, &phrases, text, task.code.loc, measures.origin.stated, code, out);
            }
        }
    }
    on.each_part(|part, place| {
        if on.came_down(&part.origin) {
            judge(on, &phrases, &part.text, on.plan.loc, part.origin.stated, place, out);
        }
    });
}

/// Returns the words that name units of the upper levels by their type, and the units of the plan's own level together, of which it is but one.
/// Below the top level also what only the top level has: directors of departments, reports to ministries.
fn unit_phrases(on: &Subject<'_>, level: LevelId) -> Vec<String> {
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    let Some(own) = on.plan.unit.map(|unit| registry.unit(unit)) else { return Vec::new() };
    let uppers = on.plan.parents.iter().filter_map(|link| on.model.plan(link.plan).unit).map(|unit| registry.unit(unit));
    let uppers: Vec<_> = uppers.filter(|upper| upper.level != level).collect();
    if uppers.is_empty() {
        return Vec::new();
    }
    let mut kinds: Vec<&str> = Vec::new();
    let top = registry.levels().find(|(id, _)| !registry.levels().any(|(other, _)| registry.is_below(*id, other, date))).map(|(id, _)| id);
    for (_, unit) in registry.units() {
        if !kinds.contains(&unit.kind.as_str())
            && (unit.level == level || (Some(unit.level) != top && registry.is_below(level, unit.level, date)))
        {
            kinds.push(&unit.kind);
        }
    }
    let mut out: Vec<String> = kinds.iter().map(|kind| format!("các {kind}")).collect();
    for upper in uppers.iter().filter(|upper| upper.kind != own.kind) {
        out.extend(OF.iter().map(|word| format!("{word} {}", upper.kind)));
    }
    out.extend([DIRECTOR, "Giám đốc các sở", "báo cáo Bộ", "báo cáo Chính phủ", "báo cáo Thủ tướng"].map(str::to_owned));
    out
}

fn judge(on: &Subject<'_>, phrases: &[String], text: &str, at: Loc, stated: Loc, place: &str, out: &mut Vec<Diagnostic>) {
    // behind a comma bodies may act again, while the words of a subject still speak of the upper unit
    let rest = without_routes(without_citations(text, &[';', ',']));
    let folded = even(&without_routes(without_citations(text, &[';'])));
    let names = on.model.registry.find_names(&rest, on.plan.registry_date()).into_iter();
    let upper = names.filter(|name| is_upper_agency(on, name.body) && !is_upper_rightly(&even(&rest[..name.start])));
    let names: Vec<String> = upper.map(|name| rest[name.start..name.end].to_owned()).collect();
    for name in &names {
        out.push(left_over(on, name, at, stated, place));
    }
    // a phrase inside a name that is reported is reported with it
    let within = |phrase: &str, name: &str| name.contains(phrase) || (phrase == even(DIRECTOR) && name.starts_with("sở "));
    let phrases = phrases.iter().filter(|phrase| !names.iter().any(|name| within(&even(phrase), &even(name))));
    for phrase in phrases {
        let needle = even(phrase);
        let whole = |start: usize| {
            let before = folded[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = folded[start + needle.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            let rightly = is_upper_rightly(&folded[..start]) || is_issuer_between(&folded[..start], &folded[start + needle.len()..]);
            before && after && !rightly
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
    .help(if place.starts_with("PHẦN ") {
        msg!(
            "Viết lại {place} trong kế hoạch này, hoặc thêm vào THUẬT NGỮ nếu đúng cho mọi kế hoạch",
            "Write {place} anew in this plan, or add a THUẬT NGỮ if it holds for each plan"
        )
    } else {
        msg!(
            "Viết lại bằng SỬA ĐỔI {place}, hoặc thêm vào THUẬT NGỮ nếu đúng cho mọi kế hoạch",
            "Restate it with SỬA ĐỔI {place}, or add a THUẬT NGỮ if it holds for each plan"
        )
    })
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

/// Takes out citations with their subjects.
pub(super) fn without_citations(text: &str, stops: &[char]) -> String {
    let mut rest = text.to_owned();
    let mut next = rest.len();
    for citation in Citation::find(text).iter().rev() {
        let end = citation.subject_end(text, stops).min(next);
        next = citation.start as usize;
        rest.replace_range(next..end.max(next), "");
    }
    rest
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
