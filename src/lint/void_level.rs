//! KH1018 to KH1020: bodies, words and units of a level or type that no longer exists at the plan's date.
//!
//! What an earlier plan gave to a void level and nobody decided about is KH4020; agencies that the plan itself names are KH1002.

use super::Subject;
use super::upper_words::without_citations;
use crate::agency::{Body, LevelId};
use crate::base::{Loc, even};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Origin, PlanId, Role, Seat, Task};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    unit(on, out);
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    for task in on.tasks() {
        for seat in Seat::ALL {
            let Some(piece) = seat.of(&task.fields) else { continue };
            for role in &piece.value {
                let Some(level) = registry.void_level_of(role.body, date) else { continue };
                let wrote = on.wrote(&piece.origin);
                let reported = match role.body {
                    Body::Agency(_) if wrote => true,
                    _ => is_awaited(on, task, seat, level) || (!wrote && came_void(on, task)),
                };
                if !reported {
                    let at = if wrote { role.loc } else { task.code.loc };
                    out.push(in_role(on, task, role, level, at));
                }
            }
        }
    }
    words(on, out);
}

/// Says whether a decision about the role is missing, which is reported.
fn is_awaited(on: &Subject<'_>, task: &Task, seat: Seat, level: LevelId) -> bool {
    let of_task = |parent: PlanId, index: usize| task.carries.contains(&(parent, index));
    on.derivation.decisions.iter().any(|one| one.needed && one.seat == seat && one.level == level && of_task(one.parent, one.task))
}

/// Says whether the plan from which a task comes was void of the same levels: then it is reported there.
fn came_void(on: &Subject<'_>, task: &Task) -> bool {
    task.carries.first().is_some_and(|(parent, _)| is_void_at(on, *parent))
}

fn is_void_at(on: &Subject<'_>, plan: PlanId) -> bool {
    let (here, there) = (on.plan.registry_date(), on.model.plan(plan).registry_date());
    on.model.registry.levels().all(|(_, level)| level.validity.holds(here) == level.validity.holds(there))
}

fn in_role(on: &Subject<'_>, task: &Task, role: &Role, level: LevelId, at: Loc) -> Diagnostic {
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    let (code, name, stated) = (&task.code.text, &role.text, registry.level(level));
    let word = &stated.name;
    let mut takers: Vec<String> = Vec::new();
    for to in registry.levels_around(level, date) {
        let names =
            registry.takers(role.body, role.sector, to, date).into_iter().take(2).map(|heir| registry.name_of(heir.body, on.plan.unit));
        takers.extend(names);
    }
    let takers = takers.join("; ");
    on.note(
        Code::KH1018,
        at,
        msg!(
            "{name} ở {code} thuộc cấp {word}, không còn vào ngày {date}",
            "{name} in {code} is of the level {word}, which does not exist on {date}"
        ),
        code,
    )
    .related(stated.loc, msg!("hiệu lực của cấp {word}", "when the level {word} is in force"))
    .help(if takers.is_empty() {
        msg!("Ghi cơ quan của cấp đang có", "Name a body of a level that exists")
    } else {
        msg!("Ghi cơ quan của cấp đang có, như: {takers}", "Name a body of a level that exists, such as: {takers}")
    })
    .quote(name.clone())
}

/// Reports a plan of a unit that does not exist at the plan's date (KH1020).
fn unit(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    let Some(id) = on.plan.unit.filter(|id| !registry.unit(*id).validity.holds(date)) else { return };
    let unit = registry.unit(id);
    let name = &unit.name;
    let heirs: Vec<&str> = registry.unit_successors(id, date).into_iter().map(|heir| registry.unit(heir.unit).name.as_str()).collect();
    let more = if heirs.len() > 8 { ", …" } else { "" };
    let heirs = heirs[..heirs.len().min(8)].join(", ");
    let note = on
        .note(Code::KH1020, on.plan.loc, msg!("{name} không có vào ngày {date}", "{name} does not exist on {date}"), "")
        .related(unit.loc, msg!("hiệu lực của {name}", "when {name} is in force"))
        .quote(name.clone());
    out.push(note.help(if heirs.is_empty() {
        msg!(
            "Sửa Đơn vị, Năm hoặc Danh bạ ngày; hoặc sửa Hiệu lực trong DANH BẠ",
            "Mend Đơn vị, Năm or Danh bạ ngày; or Hiệu lực under DANH BẠ"
        )
    } else {
        msg!("Lập kế hoạch cho đơn vị kế tục: {heirs}{more}", "Make the plan for the units that succeed it: {heirs}{more}")
    }));
}

/// Reports words that name a level or unit type that is gone (KH1019), once for each place and words.
fn words(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    let mut gone: Vec<String> =
        registry.levels().filter(|(_, level)| !level.validity.holds(date)).map(|(_, level)| format!("cấp {}", level.name)).collect();
    gone.extend(registry.gone_kinds(date));
    if gone.is_empty() {
        return;
    }
    let mut judge = |text: &str, origin: &Origin, at: Loc, place: &str, from: Option<PlanId>| {
        // what came from a plan that had the same words wrong is reported there
        if !on.wrote(origin) && from.is_some_and(|from| is_void_at(on, from)) {
            return;
        }
        for quote in found(on, &gone, text, on.wrote(origin)) {
            let message = msg!(
                "{place} còn chữ “{quote}”, là cấp hoặc loại đơn vị không còn",
                "{place} still says “{quote}”, a level or unit type that is gone"
            );
            let help = if place == "Nơi nhận" || place == "đầu văn bản" {
                msg!("Ghi cấp, đơn vị đang có", "Name a level or unit that exists")
            } else if place.starts_with("PHẦN") {
                msg!(
                    "Viết lại {place}, hoặc thêm vào THUẬT NGỮ một dòng “từ năm …” nếu đúng cho mọi kế hoạch",
                    "Write {place} anew, or add a dated line to THUẬT NGỮ if it holds for each plan"
                )
            } else {
                msg!(
                    "Viết lại bằng SỬA ĐỔI {place}, hoặc thêm vào THUẬT NGỮ một dòng “từ năm …” nếu đúng cho mọi kế hoạch",
                    "Restate it with SỬA ĐỔI {place}, or add a dated line to THUẬT NGỮ if it holds for each plan"
                )
            };
            let note = on.note(Code::KH1019, at, message, place).help(help).quote(quote);
            out.push(if at == origin.stated {
                note
            } else {
                note.related(origin.stated, msg!("câu gốc", "the words as first written"))
            });
        }
    };
    for task in on.tasks() {
        let code = &task.code.text;
        let from = task.carries.first().map(|(parent, _)| *parent);
        let fields = &task.fields;
        if let Some(content) = &fields.content {
            judge(&content.value, &content.origin, on.place_of(&content.origin, task), code, from);
        }
        if let Some(products) = &fields.products {
            let text: Vec<&str> = products.value.iter().map(|product| product.text.as_str()).collect();
            judge(&text.join("\n"), &products.origin, on.place_of(&products.origin, task), code, from);
        }
    }
    let header = &on.plan.header;
    let of_head = [&header.proposed_by, &header.responsible].into_iter().flatten().map(|text| (text, "đầu văn bản"));
    for (text, place) in of_head.chain(header.recipients.iter().map(|text| (text, "Nơi nhận"))) {
        judge(&text.value, &Origin::stated(text.loc), text.loc, place, None);
    }
    let upper = on.plan.parents.first().map(|link| link.plan);
    on.each_part(|part, place| {
        let at = if on.wrote(&part.origin) { part.origin.stated } else { on.plan.loc };
        judge(&part.text, &part.origin, at, place, upper);
    });
}

/// Returns the words of a text that name what is gone, as written: whole names, and where no name covers them the bare words.
fn found(on: &Subject<'_>, gone: &[String], text: &str, wrote: bool) -> Vec<String> {
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    let rest = without_citations(text, &[';']);
    let mut out: Vec<String> = Vec::new();
    let mut covered = Vec::new();
    for name in registry.find_names(&rest, date) {
        covered.push(name.start..name.end);
        let void = registry.void_level_of(name.body, date).is_some();
        // agencies in words of last year are reported where they came from (KH4005)
        let reported = matches!(name.body, Body::Agency(_)) && !wrote;
        let words = &rest[name.start..name.end];
        if void && !reported && !out.iter().any(|other| other == words) {
            out.push(words.to_owned());
        }
    }
    let folded = even(&rest);
    if folded.len() != rest.len() {
        return out;
    }
    for phrase in gone {
        let needle = even(phrase);
        let whole = |start: usize| {
            let before = folded[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let after = folded[start + needle.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            before && after && !covered.iter().any(|range| range.start <= start && start < range.end)
        };
        let first = folded.match_indices(&needle).map(|(start, _)| start).find(|start| whole(*start));
        if let Some(start) = first {
            let words = &rest[start..start + needle.len()];
            covered.push(start..start + needle.len());
            out.push(words.to_owned());
        }
    }
    out
}
