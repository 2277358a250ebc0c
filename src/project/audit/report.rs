//! A comparison as rows of the audit: links, drops, waivers, own tasks.

use super::World;
use crate::agency::UnitId;
use crate::base::Date;
use crate::diag::{Severity, msg};
use crate::lint::{Answerer, dropped};
use crate::matching::{
    AuditAppendix, AuditPlan, AuditRow, AuditTask, Break, DropClass, Dropped, Link, Lower, Tie, TieAnswer, Waived, addresses,
};
use crate::model::{Outcome, PlanId, Role, Task, TieState, Verb};

/// Returns a child plan as matching takes it: with the answers of its verbs where it follows the parent, with what a person tied where it is recorded.
pub(super) fn lower(world: &World, upper: PlanId, id: PlanId) -> Lower<'_> {
    let tied = has_verbs(world, upper, id);
    let mut ties = Vec::new();
    if tied {
        for fate in world.derivations[id.index()].fates.iter().filter(|fate| fate.parent == upper) {
            if let Outcome::Carried { children, .. } | Outcome::Repeated { children, .. } = &fate.outcome {
                ties.extend(children.iter().map(|child| Tie { parent: fate.task, child: *child, answer: TieAnswer::Verb }));
            }
        }
    } else {
        ties = recorded(world, upper, id);
    }
    Lower { side: world.side(id), ties, tied }
}

/// Says whether a plan answers the parent by verbs.
fn has_verbs(world: &World, upper: PlanId, id: PlanId) -> bool {
    let plan = world.plan(id);
    !plan.header.record && plan.parents.iter().any(|link| link.plan == upper)
}

/// Returns what a person tied to the parent's tasks in record mode.
pub(super) fn recorded(world: &World, upper: PlanId, id: PlanId) -> Vec<Tie> {
    let code = &world.plan(upper).code;
    let above = &world.derivations[upper.index()].content.tasks;
    let mut out = Vec::new();
    for (child, task) in world.derivations[id.index()].content.tasks.iter().enumerate() {
        for tie in task.fields.record.iter().flat_map(|record| &record.ties) {
            let answer = match tie.state {
                TieState::Confirmed => TieAnswer::Yes,
                TieState::Open => TieAnswer::Asked,
                TieState::Denied => TieAnswer::No,
            };
            let found = above.iter().enumerate().filter(|(_, task)| tie.task.names(code, &task.code));
            out.extend(found.map(|(parent, _)| Tie { parent, child, answer }));
        }
    }
    out
}

/// Returns the row of a plan.
pub(super) fn row(world: &World, upper: PlanId, id: PlanId, links: Vec<Link>) -> AuditRow {
    let child = world.plan(id);
    let verbs = has_verbs(world, upper, id);
    let above = &world.derivations[upper.index()].content.tasks;
    let waived = waived(world, upper, id);
    let who = Answerer { registry: &world.model.registry, unit: child.unit, above: world.plan(upper).unit, date: child.registry_date() };
    let mut drops: Vec<Dropped> = Vec::new();
    for (at, task) in above.iter().enumerate() {
        if links.iter().any(|link| link.parent.contains(&at)) || waived.iter().any(|waived| waived.parent == at) {
            continue;
        }
        let mut drop = dropped(who, at, &task.fields);
        if let Some(why) = world.done(upper, at, task, child) {
            drop = Dropped { class: DropClass::Done, severity: Severity::Info, coordinates: false, why, ..drop };
        }
        if verbs {
            // in a plan with verbs each task needs one
            drop.why = msg!("không động từ nào của kế hoạch trả lời", "no verb of the plan answers it");
            drop.severity = Severity::Error;
            drop.coordinates = false;
            drop.class = DropClass::Unanswered;
        }
        drops.push(drop);
    }
    let count = world.derivations[id.index()].content.tasks.len();
    let new = (0..count).filter(|at| !links.iter().any(|link| link.child.contains(at))).collect();
    let shown = plan(world, id, verbs);
    AuditRow {
        unit: if shown.unit.is_empty() { shown.file.clone() } else { shown.unit.clone() },
        unit_code: shown.unit_code.clone(),
        plan: Some(shown),
        known: false,
        links,
        dropped: drops,
        waived,
        new,
        below: Vec::new(),
        breaks: Vec::new(),
        drift: None,
    }
}

/// Returns the row of a unit without plan.
pub(super) fn without_plan(world: &World, unit: Option<UnitId>, below: Vec<AuditRow>) -> AuditRow {
    let unit = unit.map(|unit| world.model.registry.unit(unit));
    AuditRow {
        unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        unit_code: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
        plan: None,
        known: false,
        links: Vec::new(),
        dropped: Vec::new(),
        waived: Vec::new(),
        new: Vec::new(),
        below,
        breaks: Vec::new(),
        drift: None,
    }
}

fn waived(world: &World, upper: PlanId, id: PlanId) -> Vec<Waived> {
    let plan = world.plan(id);
    let mut out = Vec::new();
    for fate in world.derivations[id.index()].fates.iter().filter(|fate| fate.parent == upper) {
        let (Outcome::Waived { statement } | Outcome::Unreasoned { statement }) = &fate.outcome else { continue };
        let Some(statement) = plan.statements.get(*statement) else { continue };
        let Verb::Waive { waiver, .. } = &statement.verb else { continue };
        let text = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        out.push(Waived {
            parent: fate.task,
            class: waiver.class_text.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
            reason: text(&statement.reason),
            basis: text(&waiver.basis),
            loc: statement.loc,
        });
    }
    out.sort_by_key(|waived| waived.parent);
    out
}

/// Returns a plan as the report shows it.
pub(super) fn plan(world: &World, id: PlanId, verbs: bool) -> AuditPlan {
    let plan = world.plan(id);
    let registry = &world.model.registry;
    let unit = plan.unit.map(|unit| registry.unit(unit));
    let content = &world.derivations[id.index()].content;
    let appendices = content.appendices.iter().map(|one| AuditAppendix { place: one.place(), title: one.title.value.clone() }).collect();
    AuditPlan {
        code: plan.code.text.clone(),
        title: plan.title.value.clone(),
        unit: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        unit_code: unit.map(|unit| unit.code.clone()).unwrap_or_default(),
        level: unit.map(|unit| registry.level(unit.level).name.clone()).unwrap_or_default(),
        number: plan.header.number.as_ref().map(|text| text.value.clone()).unwrap_or_default(),
        date: plan.header.date,
        year: plan.header.year,
        file: world.file_of(plan.loc.source).to_owned(),
        appendices,
        tasks: content.tasks.iter().map(|one| task(world, one)).collect(),
        loc: Some(world.document_head(plan.loc).unwrap_or(plan.loc)),
        verbs,
    }
}

fn task(world: &World, task: &Task) -> AuditTask {
    let fields = &task.fields;
    let origin = fields.record.as_ref().and_then(|record| record.origin.as_ref()).map(|text| text.value.clone()).unwrap_or_default();
    // `Nguồn` ends with the line, where the document has lines
    let line = origin.rsplit("dòng ").next().and_then(|number| number.trim().parse().ok()).unwrap_or(0);
    let names = |piece: &Option<crate::model::Piece<Vec<Role>>>| piece.iter().flat_map(|piece| &piece.value).map(Role::printed).collect();
    let entries = fields.deadline.iter().flat_map(|piece| &piece.value.entries);
    AuditTask {
        code: task.code.text.clone(),
        appendix: task.appendix,
        content: fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default(),
        products: fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()).collect(),
        leads: names(&fields.leads),
        coordinators: names(&fields.coordinators),
        synthesisers: names(&fields.synthesisers),
        deadline: entries.map(|entry| entry.of.as_ref().map_or_else(|| entry.text.clone(), |of| format!("{of}: {}", entry.text))).collect(),
        targets: fields.targets.iter().flat_map(|piece| &piece.value).map(|line| line.target.text.clone()).collect(),
        loc: world.document_loc(task.loc, line).unwrap_or(task.loc),
        origin,
    }
}

/// Names the links of the chain that break: where a task of the topmost plan comes down no further, in an audit of several levels. What a unit only
/// coordinates breaks no chain where it names no unit below.
pub(super) fn breaks(world: &World, top: PlanId, rows: &mut [AuditRow]) {
    let carried: Vec<Vec<usize>> = (0..world.derivations[top.index()].content.tasks.len()).map(|task| vec![task]).collect();
    walk(world, top, &carried, rows, false);
}

fn walk(world: &World, upper: PlanId, carried: &[Vec<usize>], rows: &mut [AuditRow], inner: bool) {
    for row in rows {
        if inner || !row.below.is_empty() {
            row.breaks = broken(world, upper, carried, row);
        }
        let Some((plan, id)) = row.plan.as_ref().and_then(|plan| Some((plan, world.model.find(&plan.code)?))) else {
            // the plans below are compared with the plan above this unit
            walk(world, upper, carried, &mut row.below, true);
            continue;
        };
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); plan.tasks.len()];
        for link in row.links.iter().filter(|link| link.is_accepted()) {
            for child in &link.child {
                let above = link.parent.iter().flat_map(|parent| carried.get(*parent).cloned().unwrap_or_default());
                if let Some(list) = own.get_mut(*child) {
                    list.extend(above);
                }
            }
        }
        walk(world, id, &own, &mut row.below, true);
    }
}

/// Returns where the chains end that a unit does not carry on.
fn broken(world: &World, upper: PlanId, carried: &[Vec<usize>], row: &AuditRow) -> Vec<Break> {
    let tasks = &world.derivations[upper.index()].content.tasks;
    let date = world.plan(upper).registry_date();
    let mut out: Vec<Break> = Vec::new();
    for dropped in row.dropped.iter().filter(|dropped| dropped.class == DropClass::Unanswered) {
        let below = tasks.get(dropped.parent).map_or(0, |task| count(world, task, date, &row.below));
        if dropped.coordinates && below == 0 && !row.below.is_empty() {
            continue;
        }
        out.extend(carried.get(dropped.parent).into_iter().flatten().map(|task| Break { task: *task, below }));
    }
    out.sort_by_key(|one| (one.task, one.below));
    out.dedup_by_key(|one| one.task);
    out
}

/// Counts the units below that a task names.
fn count(world: &World, task: &Task, date: Date, rows: &[AuditRow]) -> usize {
    let registry = &world.model.registry;
    let names = |row: &AuditRow| registry.find_unit(&row.unit_code, date).is_some_and(|unit| addresses(&task.fields, unit, registry));
    rows.iter().map(|row| usize::from(!row.unit_code.is_empty() && names(row)) + count(world, task, date, &row.below)).sum()
}
