//! A handing-on's draft: one verb per parent task for all units of a level, and a RIÊNG for each unit that the parent names in person.

use super::child::{Proposal, answers, flush, head, propose, waive};
use super::decision;
use crate::agency::{LevelId, UnitId};
use crate::base::{Date, Year};
use crate::derive::Derivation;
use crate::model::{Model, PlanId, Task};

/// Returns the draft of a handing-on of `parent` to all units of a level below its unit, as `.kh` text; `None` where there is no such unit.
pub fn handing_on(model: &Model, derivations: &[Derivation], parent: PlanId, level: LevelId, year: Option<Year>) -> Option<String> {
    let upper = model.plan(parent);
    let registry = &model.registry;
    let own = upper.header.year.or(upper.header.period.map(|(first, _)| first));
    let year = year.or(own);
    let date = year.map_or_else(|| upper.registry_date(), Date::first_of_year);
    let top = upper.unit?;
    let above = |unit: UnitId| std::iter::successors(Some(unit), |unit| registry.unit_above(*unit, date)).skip(1).take(8);
    let of_level = registry.units().filter(|(_, unit)| unit.level == level && unit.validity.holds(date)).map(|(id, _)| id);
    let units: Vec<UnitId> = of_level.filter(|unit| above(*unit).any(|other| other == top)).collect();
    let code = &upper.code.text;
    let offers = |task: &Task| -> Vec<Proposal> { units.iter().map(|unit| propose(model, code, task, *unit, date)).collect() };
    if units.is_empty() {
        return None;
    }

    let level_name = &registry.level(level).name;
    let title = &upper.title.value;
    let mut out =
        format!("GIAO KẾ HOẠCH {code}-{}: Giao kế hoạch “{title}” đến cấp {level_name}\nĐơn vị: tất cả\n", level_name.to_uppercase());
    // each unit has its own chair
    head(model, parent, year, "CHỦ TỊCH", &mut out);
    out.push_str(&format!("Đến cấp: {level_name}\nMã kế hoạch: {{mã đơn vị}}{}\n", if year.is_some() { "-{năm}" } else { "" }));
    out.push_str(&decision::warning(model, derivations, parent, date));
    let content = &derivations[parent.index()].template;
    answers(content, &mut out, |task| common(&offers(task)));

    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    for (at, unit) in units.iter().enumerate() {
        let mut run = Vec::new();
        let mut waived = Vec::new();
        for task in &content.tasks {
            let offers = offers(task);
            match (&offers[at], common(&offers)) {
                (Proposal::Inherit, Proposal::Waive(_)) => run.push(task.code.text.as_str()),
                (Proposal::Waive(reason), Proposal::Inherit) => waived.push((&task.code.text, reason.clone())),
                (Proposal::Inherit, Proposal::Inherit) | (Proposal::Waive(_), Proposal::Waive(_)) => {}
            }
        }
        if run.is_empty() && waived.is_empty() {
            continue;
        }
        line("");
        line(&format!("RIÊNG {}", registry.unit(*unit).code));
        flush(&mut run, &mut line);
        for (code, reason) in waived {
            waive(code, &reason, &mut line);
        }
    }
    Some(out)
}

/// Returns what most units are offered; of equal shares, to take the task over.
fn common(offers: &[Proposal]) -> Proposal {
    let waived = offers.iter().find(|offer| matches!(offer, Proposal::Waive(_)));
    let count = offers.iter().filter(|offer| matches!(offer, Proposal::Waive(_))).count();
    match waived {
        Some(waived) if count * 2 > offers.len() => waived.clone(),
        Some(_) | None => Proposal::Inherit,
    }
}
