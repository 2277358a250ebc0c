//! `derive --update`: what a parent changed in a task since it was answered, and that somebody has looked at it.

use std::path::Path;

use super::session::Session;
use super::{Status, check, derive};
use crate::agency::UnitId;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, Findings, msg};
use crate::draft;
use crate::model::{Outcome, PlanId};
use crate::project::{self, Compiled, Failure};

/// What is to be settled.
pub(super) struct Wanted<'a> {
    /// The parent plan.
    pub(super) parent: PlanId,
    /// Of which unit's plan.
    pub(super) unit: Option<&'a str>,
    /// Of the plans of which level.
    pub(super) level: Option<&'a str>,
    /// Codes of tasks or targets of the parent.
    pub(super) codes: &'a [String],
}

/// Prints what changed and records that it was looked at; for what a plan does not answer yet it prints the verb that a draft would have.
pub(super) fn run(root: &Path, compiled: &Compiled, wanted: &Wanted<'_>, session: &mut Session<'_>) -> Result<Status, Failure> {
    let keys = keys(compiled, wanted)?;
    let plans = plans(compiled, wanted)?;
    let Compiled { model, derivations, sources, .. } = compiled;
    let own: Vec<&str> = plans.iter().map(|(id, _)| model.plan(*id).code.text.as_str()).collect();
    let handed: Vec<&str> =
        plans.iter().filter_map(|(id, _)| model.plan(*id).generated).map(|id| model.handing(id).code.text.as_str()).collect();
    let is_told = |finding: &&Diagnostic| {
        let place = finding.subject.place.as_deref().is_some_and(|place| keys.contains(&Key::new(place)));
        let plan = finding.subject.plan.as_deref().is_some_and(|plan| own.contains(&plan) || handed.contains(&plan));
        matches!(finding.code, Code::KH3039 | Code::KH3040) && place && plan
    };
    let told = Findings::new(compiled.findings.iter().filter(is_told).cloned().collect(), sources);
    let text = session.drawn(&told, sources, false);
    session.print(&text)?;

    let upper = &derivations[wanted.parent.index()].template;
    let mut unanswered = false;
    for (id, unit) in &plans {
        let plan = model.plan(*id);
        let derivation = &derivations[id.index()];
        let mut verbs = String::new();
        let open = derivation.fates.iter().filter(|fate| fate.parent == wanted.parent && fate.outcome == Outcome::Unanswered);
        for task in open.map(|fate| &upper.tasks[fate.task]).filter(|task| keys.contains(&task.code.key)) {
            verbs.push_str(&draft::answer(model, wanted.parent, task, *unit, plan.registry_date()));
        }
        let open = derivation.target_fates.iter().filter(|fate| fate.parent == wanted.parent && fate.outcome == Outcome::Unanswered);
        for fate in open.filter(|fate| keys.contains(&fate.code.key)) {
            verbs.push_str(&format!("\nKẾ THỪA CHỈ TIÊU {}\n", fate.code.text));
        }
        if !verbs.is_empty() {
            unanswered = true;
            let code = &plan.code.text;
            session.tell(&msg!("{code} chưa trả lời; thêm vào tệp của kế hoạch:", "{code} does not answer yet; add to the plan's file:"));
            session.print(&verbs)?;
        }
    }
    let accepted = project::accept(root, compiled, |plan, upper| {
        *upper.plan.key() == model.plan(wanted.parent).code.key && keys.contains(upper.code.key()) && own.contains(&plan.text.as_str())
    })?;
    check::tell_accepted(accepted, session);
    Ok(if unanswered { Status::Findings } else { Status::Clean })
}

/// Returns the keys of the codes, all of which the parent has.
fn keys(compiled: &Compiled, wanted: &Wanted<'_>) -> Result<Vec<Key>, Failure> {
    let upper = &compiled.derivations[wanted.parent.index()].template;
    let mut known: Vec<Key> = upper.tasks.iter().map(|task| task.code.key.clone()).collect();
    known.extend(upper.targets.iter().map(|line| Key::new(&line.target.code)));
    let parent = &compiled.model.plan(wanted.parent).code.text;
    for code in wanted.codes {
        if !known.contains(&Key::new(code)) {
            return Err(Failure::new(msg!("{parent} không có nhiệm vụ hay chỉ tiêu {code}", "{parent} has no task or target {code}")));
        }
    }
    Ok(wanted.codes.iter().map(|code| Key::new(code)).collect())
}

/// Returns the plans of the unit or level that follow the parent.
fn plans(compiled: &Compiled, wanted: &Wanted<'_>) -> Result<Vec<(PlanId, UnitId)>, Failure> {
    let model = &compiled.model;
    let date = model.plan(wanted.parent).registry_date();
    let unit = wanted.unit.map(|name| derive::find_unit(compiled, name, date)).transpose()?;
    let level = wanted.level.map(|name| derive::find_level(compiled, name)).transpose()?;
    let following = model.plans().filter(|(_, plan)| plan.parents.iter().any(|link| link.plan == wanted.parent));
    let of = following.filter_map(|(id, plan)| Some((id, plan.unit?)));
    let found: Vec<(PlanId, UnitId)> = of
        .filter(|(_, own)| unit.is_none_or(|unit| unit == *own) && level.is_none_or(|level| model.registry.unit(*own).level == level))
        .collect();
    if found.is_empty() {
        let (parent, who) = (&model.plan(wanted.parent).code.text, wanted.unit.or(wanted.level).unwrap_or_default());
        return Err(Failure::new(msg!(
            "{who} chưa có kế hoạch theo {parent}; bỏ --update để soạn dự thảo",
            "{who} has no plan that follows {parent}; leave out --update to draft one"
        )));
    }
    Ok(found)
}
