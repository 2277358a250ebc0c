//! From one year to the next: whose plan LẬP NĂM is, and which deferred tasks come due in which plan.

use super::header;
use super::{Context, PlanDraft, field};
use crate::base::{Key, Year};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Deferred, Model, ParentKind, ParentLink, Plan, PlanId, Text, Verb, WaiverClass};
use crate::syntax::ast::{Keyword, Label};
use crate::value;

/// Returns the `Đơn vị` of each plan; a LẬP NĂM that states none is of the unit whose plan `Từ` names.
pub(super) fn units(cx: &Context<'_>, drafts: &[PlanDraft<'_>]) -> Vec<Option<Text>> {
    drafts.iter().map(|draft| unit_of(cx, drafts, draft)).collect()
}

fn unit_of(cx: &Context<'_>, drafts: &[PlanDraft<'_>], draft: &PlanDraft<'_>) -> Option<Text> {
    let mut at = draft;
    // a chain of years that runs into itself ends with its last plan
    for _ in 0..=drafts.len() {
        if let Some(unit) = at.head.field(Label::Unit).and_then(|entry| field::text(at.source, entry)) {
            return Some(unit);
        }
        if at.head.heading.keyword != Keyword::NextYear {
            return None;
        }
        let (name, ..) = header::named_under(cx, at, Label::From).into_iter().next()?;
        at = drafts.iter().find(|other| other.code.key == Key::new(name))?;
    }
    None
}

/// Gives units to the plans of next year that follow a generated one, and to each plan the tasks that were deferred to its year. Findings: `KH4008`.
pub(super) fn settle(cx: &mut Context<'_>, model: &mut Model) {
    for _ in 0..model.plans.len() {
        let before = |plan: &Plan| plan.parents.iter().find(|link| link.kind == ParentKind::LastYear).map(|link| link.plan);
        let open = model.plans.iter().position(|plan| plan.unit.is_none() && before(plan).is_some_and(|id| model.plan(id).unit.is_some()));
        let Some(at) = open else { break };
        let Some(from) = before(&model.plans[at]) else { break };
        (model.plans[at].unit, model.plans[at].level) = (model.plan(from).unit, model.plan(from).level);
    }
    for at in 0..model.plans.len() {
        let own = model.plans[at].header.year;
        let shift = model.plans[at].parents.iter().find(|link| link.kind == ParentKind::LastYear).and_then(|link| link.years_loc);
        let of_this_year = |link: &ParentLink| link.years_loc == shift && own.is_some() && model.plan(link.plan).header.year == own;
        let upper: Vec<usize> = model.plans[at]
            .parents
            .iter()
            .enumerate()
            .filter(|(_, link)| link.kind == ParentKind::Upper && shift.is_some() && of_this_year(link))
            .map(|(place, _)| place)
            .collect();
        // the line moves last year's words; the upper level's plan is of this year already
        for place in upper {
            (model.plans[at].parents[place].years, model.plans[at].parents[place].years_loc) = (None, None);
        }
    }
    let mut due: Vec<(PlanId, Deferred)> = Vec::new();
    for (by, plan) in model.plans() {
        let Some(own) = plan.header.year else { continue };
        for statement in &plan.statements {
            let Verb::Waive { tasks, waiver } = &statement.verb else { continue };
            let (Some(WaiverClass::Deferred(year)), Some(_)) = (&waiver.class, &statement.reason) else { continue };
            if *year <= own {
                cx.note(not_later(model, plan, tasks, *year, waiver.class_text.as_ref().map_or(statement.loc, |text| text.loc)));
                continue;
            }
            let later =
                model.plans().filter(|(_, later)| later.header.year.is_some_and(|at| at >= *year) && is_same_line(model, by, later));
            let Some((id, _)) = later.min_by_key(|(_, later)| later.header.year) else { continue };
            due.extend(tasks.iter().map(|task| (id, Deferred { by, task: task.clone(), year: *year, loc: task.code.loc })));
        }
    }
    for (id, deferred) in due {
        model.plans[id.index()].roll.deferred.push(deferred);
    }
    for at in 0..model.handings.len() {
        for exception in 0..model.handings[at].exceptions.len() {
            for plan in 0..model.handings[at].exceptions[exception].without.len() {
                let id = model.handings[at].exceptions[exception].without[plan].0;
                let deferred = model.plan(id).roll.deferred.clone();
                model.handings[at].exceptions[exception].without[plan].1.roll.deferred = deferred;
            }
        }
    }
}

/// Says whether a plan is a later one of the same unit on the same subject: it goes on from the earlier, or the plans that they follow go on from
/// each other, or both bear one title but for the year.
fn is_same_line(model: &Model, earlier: PlanId, later: &Plan) -> bool {
    let first = model.plan(earlier);
    let years = first.header.year.zip(later.header.year);
    if first.unit.is_none() || first.unit != later.unit || years.is_none_or(|(first, later)| first >= later) {
        return false;
    }
    let uppers = |plan: &Plan| plan.parents.iter().filter(|link| link.kind == ParentKind::Upper).map(|link| link.plan).collect::<Vec<_>>();
    let of_first = uppers(first);
    goes_on_from(model, later, earlier)
        || uppers(later).into_iter().any(|own| of_first.iter().any(|upper| own == *upper || goes_on_from(model, model.plan(own), *upper)))
        || (!first.title.value.is_empty() && without_years(&first.title.value) == without_years(&later.title.value))
}

/// Says whether a plan goes on from another over one or more years.
fn goes_on_from(model: &Model, plan: &Plan, earlier: PlanId) -> bool {
    let mut open: Vec<&Plan> = vec![plan];
    let mut seen: Vec<PlanId> = Vec::new();
    while let Some(plan) = open.pop() {
        for link in plan.parents.iter().filter(|link| link.kind == ParentKind::LastYear) {
            if link.plan == earlier {
                return true;
            }
            if !seen.contains(&link.plan) {
                seen.push(link.plan);
                open.push(model.plan(link.plan));
            }
        }
    }
    false
}

fn without_years(title: &str) -> Key {
    let mut out = title.to_owned();
    for word in value::years(title).into_iter().rev() {
        out.replace_range(word.range(), "");
    }
    Key::new(&out)
}

fn not_later(model: &Model, plan: &Plan, tasks: &[crate::model::TaskRef], year: Year, at: crate::base::Loc) -> Diagnostic {
    let codes = tasks.iter().map(|task| task.code.text.as_str()).collect::<Vec<_>>().join(", ");
    let unit = plan.unit.map(|unit| model.registry.unit(unit).name.clone()).unwrap_or_default();
    let own = plan.header.year.unwrap_or(year);
    let next = own.saturating_add(1);
    Diagnostic::new(
        Kh::KH4008,
        at,
        msg!(
            "{codes} lùi sang năm {year}, không sau năm kế hoạch {own}",
            "{codes} is put off to {year}, which does not come after the plan year {own}"
        ),
    )
    .help(msg!("Ghi năm sẽ thực hiện: lùi sang năm {next}", "State the year in which it will be done: lùi sang năm {next}"))
    .about(&plan.code.text, &unit, &codes)
    .quote(format!("lùi sang năm {year}"))
}
