//! A child's draft: one verb per parent task.

use super::decision;
use crate::agency::{Body, Holder, UnitId};
use crate::base::{Date, Key, Year};
use crate::derive::{Content, Derivation};
use crate::model::{Authority, Form, Model, Plan, PlanId, Role, Task};
use crate::value::{self, YearClass};

/// What a draft is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildOptions {
    /// The child's unit.
    pub unit: UnitId,
    /// The child's code; `None` makes one of the unit's code and the year.
    pub code: Option<String>,
    /// The child's plan year; `None` is the parent's.
    pub year: Option<Year>,
}

/// What a draft proposes for a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Proposal {
    /// Take it over.
    Inherit,
    /// Waive, for this reason.
    Waive(String),
}

/// Returns the draft of a child plan of `parent` as `.kh` text, with a verb for each task and target.
pub fn child(model: &Model, derivations: &[Derivation], parent: PlanId, options: &ChildOptions) -> String {
    let mut out = opening(model, parent, options);
    let upper = model.plan(parent);
    let year = options.year.or(upper.header.year.or(upper.header.period.map(|(first, _)| first)));
    let date = year.map_or_else(|| upper.registry_date(), Date::first_of_year);
    let upper = upper.code.text.as_str();
    out.push_str(&decision::warning(model, derivations, parent, date));
    answers(&derivations[parent.index()].template, &mut out, |task| propose(model, upper, task, options.unit, date));
    out
}

/// Returns the heading of a child plan with its labels.
pub(super) fn opening(model: &Model, parent: PlanId, options: &ChildOptions) -> String {
    let upper = model.plan(parent);
    let unit = model.registry.unit(options.unit);
    let upper_year = upper.header.year.or(upper.header.period.map(|(first, _)| first));
    let year = options.year.or(upper_year);
    let code = options.code.clone().unwrap_or_else(|| match year {
        Some(year) => format!("{}-{year}", unit.code),
        None => unit.code.clone(),
    });
    let title = match (upper_year, year) {
        (Some(from), Some(to)) => retitled(&upper.title.value, from, to),
        _ => upper.title.value.clone(),
    };
    let mut out = format!("KẾ HOẠCH {code}: {title}\nĐơn vị: {}\n", unit.name);
    head(model, parent, year, "CHỦ TỊCH | CẦN BỔ SUNG (họ và tên)", &mut out);
    out
}

/// Returns for each task of `parent`, in its order, the reason for which a unit's draft of `year` proposes to waive it; `None` where it proposes to
/// take it over.
pub fn waivers(model: &Model, derivations: &[Derivation], parent: PlanId, unit: UnitId, year: Option<Year>) -> Vec<Option<String>> {
    let upper = model.plan(parent);
    let year = year.or(upper.header.year).or(upper.header.period.map(|(first, _)| first));
    let date = year.map_or_else(|| upper.registry_date(), Date::first_of_year);
    let tasks = derivations[parent.index()].template.tasks.iter();
    tasks
        .map(|task| match propose(model, &upper.code.text, task, unit, date) {
            Proposal::Inherit => None,
            Proposal::Waive(reason) => Some(reason),
        })
        .collect()
}

/// Writes what the heads of a child and of a handing-on share. `signer` is what stands behind Người ký.
pub(super) fn head(model: &Model, parent: PlanId, year: Option<Year>, signer: &str, out: &mut String) {
    let upper = model.plan(parent);
    let upper_year = upper.header.year.or(upper.header.period.map(|(first, _)| first));
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    if let Some(year) = year {
        line(&format!("Năm: {year}"));
        line(if is_decision(model, upper) { "Số: …/QĐ-UBND" } else { "Số: …/KH-UBND" });
        line(&format!("Ngày: …/{}", month_of_signing(upper, year)));
    }
    if is_decision(model, upper) {
        // what the last article and the signature of a decision are printed from
        line(&format!("Người ký: {signer}"));
        line("Hiệu lực: kể từ ngày ký");
        line("Trách nhiệm thi hành: CẦN BỔ SUNG (chức danh người đứng đầu các cơ quan, đơn vị)");
    }
    line(&format!("Theo: {}", upper.code.text));
    if let Some((from, to)) = upper_year.zip(year).filter(|(from, to)| from != to) {
        line(&format!("Chuyển năm: {from} sang {to}"));
    }
    let bases = bases(model, parent);
    if !bases.is_empty() {
        line("Căn cứ:");
        for base in bases {
            line(&format!("- {base}"));
        }
    }
}

/// Writes a verb for each task and target of a parent's `content`.
pub(super) fn answers(content: &Content, out: &mut String, propose: impl Fn(&Task) -> Proposal) {
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let targets: Vec<&str> = content.targets.iter().map(|target| target.target.code.as_str()).filter(|code| !code.is_empty()).collect();
    if !targets.is_empty() {
        line("");
        line(&format!("KẾ THỪA CHỈ TIÊU {}", targets.join(", ")));
    }
    let mut places: Vec<Option<usize>> = (0..content.appendices.len()).map(Some).collect();
    if content.tasks.iter().any(|task| task.appendix.is_none()) {
        places.insert(0, None);
    }
    for place in places {
        if let Some(at) = place {
            let appendix = &content.appendices[at];
            let word = if appendix.group { "NHÓM NHIỆM VỤ" } else { "PHỤ LỤC" };
            line("");
            line(format!("{word} {}", appendix.number).trim_end());
        }
        let mut run: Vec<&str> = Vec::new();
        for task in content.tasks.iter().filter(|task| task.appendix == place) {
            match propose(task) {
                Proposal::Inherit => run.push(&task.code.text),
                Proposal::Waive(reason) => {
                    flush(&mut run, &mut line);
                    waive(&task.code.text, &reason, &mut line);
                }
            }
        }
        flush(&mut run, &mut line);
    }
}

/// Returns the verb that a draft for `unit` would answer one task of `parent` with, as `.kh` text.
pub fn answer(model: &Model, parent: PlanId, task: &Task, unit: UnitId, date: Date) -> String {
    let mut out = String::new();
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    match propose(model, &model.plan(parent).code.text, task, unit, date) {
        Proposal::Inherit => flush(&mut vec![&task.code.text], &mut line),
        Proposal::Waive(reason) => waive(&task.code.text, &reason, &mut line),
    }
    out
}

/// Writes a proposed waiver.
pub(super) fn waive(code: &str, reason: &str, line: &mut impl FnMut(&str)) {
    line("");
    line(&format!("KHÔNG ÁP DỤNG {code}"));
    line("Loại: đề xuất");
    line(&format!("Lý do: {reason}"));
}

/// Writes what is taken over and stands together.
pub(super) fn flush(run: &mut Vec<&str>, line: &mut impl FnMut(&str)) {
    if !run.is_empty() {
        line("");
        line(&format!("KẾ THỪA {}", run.join(", ")));
        run.clear();
    }
}

/// Returns a title with the parent's year moved where it stands alone, not in ranges and citations.
pub(super) fn retitled(title: &str, from: Year, to: Year) -> String {
    let mut out = title.to_owned();
    for word in value::years(title).into_iter().rev().filter(|word| word.year == from && word.class == YearClass::Single) {
        out.replace_range(word.range(), &to.to_string());
    }
    out
}

/// Says whether a plan is issued by a decision: by the form that it or, going up by first parents, one of them states, and where none does.
pub(super) fn is_decision(model: &Model, plan: &Plan) -> bool {
    match (plan.header.form, plan.parents.first()) {
        (Some(form), _) => form == Form::Decision,
        (None, Some(link)) => is_decision(model, model.plan(link.plan)),
        (None, None) => true,
    }
}

/// Returns the month in which a plan of `year` is usually signed: December before, or that of the parent where it was signed later.
pub(super) fn month_of_signing(upper: &Plan, year: Year) -> String {
    let usual = Date::first_of_month(year.saturating_sub(1), 12);
    let signed = upper.header.signed_from().max(usual);
    signed.map_or_else(|| format!("12/{}", year.saturating_sub(1)), |date| format!("{:02}/{}", date.month(), date.year()))
}

/// Returns the parent's legal bases as they stand (which of them hold for the lower level too is the person's choice), then its own decision.
fn bases(model: &Model, parent: PlanId) -> Vec<String> {
    let upper = model.plan(parent);
    let mut out: Vec<String> = upper.header.bases.iter().map(|base| base.value.clone()).collect();
    let unit = upper.unit.map(|unit| model.registry.unit(unit).name.clone()).unwrap_or_default();
    let number = upper.header.number.as_ref().filter(|number| !number.value.contains('…'));
    if let (Some(number), Some(date)) = (number, upper.header.date) {
        let kind = if number.value.contains("/KH-") { "Kế hoạch" } else { "Quyết định" };
        let issuer = match (kind, upper.header.authority.unwrap_or_default()) {
            ("Quyết định", Authority::Chair) => "Chủ tịch UBND",
            _ => "UBND",
        };
        out.push(format!("{kind} số {} ngày {date} của {issuer} {unit}", number.value));
    }
    out
}

/// Returns what a unit is offered for a parent's task.
pub(super) fn propose(model: &Model, upper: &str, task: &Task, unit: UnitId, date: Date) -> Proposal {
    let registry = &model.registry;
    let own = registry.unit(unit);
    let level = own.level;
    let fields = &task.fields;
    let roles: Vec<&Role> =
        [&fields.leads, &fields.coordinators, &fields.synthesisers].into_iter().flatten().flat_map(|piece| &piece.value).collect();
    let mut other = None;
    for role in &roles {
        match role.body {
            Body::Institution(_, Holder::All) => return Proposal::Inherit,
            Body::Institution(_, Holder::Unit(named)) if named == unit => return Proposal::Inherit,
            Body::Institution(_, Holder::Unit(named)) if registry.unit(named).level == level => other = Some(named),
            body => {
                if registry.level_of(body).is_some_and(|of| of == level || registry.is_below(of, level, date)) {
                    return Proposal::Inherit;
                }
            }
        }
    }
    if let Some(named) = other {
        let name = &registry.unit(named).name;
        return Proposal::Waive(format!("{upper} giao đích danh {name}"));
    }
    let leads: Vec<&str> = fields.leads.iter().flat_map(|piece| &piece.value).map(|role| role.text.as_str()).collect();
    let mut seen: Vec<Key> = Vec::new();
    let names: Vec<&str> = leads
        .into_iter()
        .filter(|name| {
            let key = Key::new(name);
            let new = !seen.contains(&key);
            seen.push(key);
            new
        })
        .take(3)
        .collect();
    let level_name = &registry.level(level).name;
    let lead = if names.is_empty() { String::new() } else { format!(" (chủ trì: {})", names.join("; ")) };
    Proposal::Waive(format!("{upper} không giao việc này cho cấp {level_name}{lead}"))
}
