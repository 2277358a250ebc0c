//! CHUYỂN CẤP: who decided where each role of a void level goes, and which role nobody decided about.
//!
//! Each (task, role) of an earlier plan that names a level no longer in force needs exactly one answer: another level, or none with a reason. Nothing
//! is picked here; what the registry knows about who could take over stands in [`Decision::choices`].

use super::Derivation;
use super::answer::{Parent, Target, unit_name};
use super::level_move::{Reader, is_blank, level_name};
use crate::agency::{Heir, LevelId, Registry, SectorId};
use crate::base::{Date, Loc};
use crate::diag::{Code as Kh, Diagnostic, Severity, msg};
use crate::model::{Model, ParentKind, Piece, Plan, PlanId, Role, Seat, Task};
use crate::shift::LevelChange;

/// A role of a task that names bodies of a level no longer in force at the plan's date: a person says where it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The earlier plan.
    pub parent: PlanId,
    /// Its task: index into that plan's derived tasks.
    pub task: usize,
    /// The role.
    pub seat: Seat,
    /// The void level.
    pub level: LevelId,
    /// The bodies of that level in the role; at least one.
    pub bodies: Vec<Role>,
    /// Who could take over, by level in force: those below first. A level without anybody is in the list too.
    pub choices: Vec<(LevelId, Vec<Heir>)>,
    /// The answers: indices into the plan's CHUYỂN CẤP, in source order. One is right.
    pub answers: Vec<usize>,
    /// Whether the plan goes on with the role, so that it has to be answered.
    pub needed: bool,
    /// Where a CHUYỂN CẤP names the role and leaves the level to be filled (`SANG CẦN BỔ SUNG`).
    pub open: Option<Loc>,
}

/// The decisions of a plan, and its CHUYỂN CẤP with their levels.
pub(super) struct Decisions {
    list: Vec<(Target, Decision)>,
    /// The levels of each CHUYỂN CẤP; `None` where they cannot be used (reported).
    changes: Vec<Option<(LevelId, Option<LevelId>)>>,
}

impl Decisions {
    /// Finds the roles of void levels among the tasks of the plan's earlier plans, and the CHUYỂN CẤP that answer them.
    ///
    /// Findings: KH3003 for unknown tasks, KH4021 to KH4025.
    pub(super) fn new(model: &Model, plan: &Plan, sources: &[Parent<'_>], notes: &mut Vec<Diagnostic>) -> Self {
        let mut reader = Reader { model, plan, sources, notes };
        let mut out = Self { list: roles(model, plan, sources), changes: Vec::new() };
        for (at, change) in plan.roll.moves.iter().enumerate() {
            let open = change.to.as_ref().is_some_and(|to| is_blank(&to.value));
            let levels = if open { None } else { reader.levels(change) };
            if levels.is_some() || open {
                for (reference, role) in &change.tasks {
                    reader.answer(&mut out.list, (!open).then_some(at), change, reference, role.as_ref());
                }
            }
            out.changes.push(levels);
        }
        out
    }

    /// Returns what was decided about a task's roles: the first answer of each.
    pub(super) fn of<'p>(&self, plan: &'p Plan, target: Target) -> Vec<(Seat, LevelChange<'p>)> {
        let own = self.list.iter().filter(|(of, _)| *of == target);
        let decided = own.filter_map(|(_, decision)| {
            let at = *decision.answers.first()?;
            let (from, to) = (*self.changes.get(at)?)?;
            let change = plan.roll.moves.get(at)?;
            (from == decision.level).then_some((decision.seat, LevelChange { from, to, assigned: &change.assigned, at: change.loc }))
        });
        decided.collect()
    }

    /// Says which roles the plan goes on with, and reports those without an answer (KH4020) and answers without a role (KH4022).
    pub(super) fn settle(
        mut self,
        model: &Model,
        plan: &Plan,
        id: PlanId,
        sources: &[Parent<'_>],
        tasks: &[&Task],
        notes: &mut Vec<Diagnostic>,
    ) -> Vec<Decision> {
        for (target, decision) in &mut self.list {
            let upper = &sources[target.0].derivation.template.tasks[target.1];
            let stated = decision.seat.of(&upper.fields).map(|piece| piece.origin.stated);
            let here = tasks.iter().filter(|task| task.carries.contains(&(decision.parent, decision.task)));
            let pieces = here.clone().filter_map(|task| Some((*task, decision.seat.of(&task.fields)?)));
            // a role that is restated, or comes from another of the tasks that are answered together, needs no decision
            let goes_on = |piece: &Piece<Vec<Role>>| {
                let came = piece.origin.steps.iter().any(|step| step.plan == id && step.cause.takes_over());
                Some(piece.origin.stated) == stated && came
            };
            let holder = pieces.clone().find(|(_, piece)| goes_on(piece)).map(|(task, _)| task);
            decision.needed = holder.is_some();
            let code = &upper.code.text;
            match (holder, decision.answers.first()) {
                (Some(task), None) => notes.push(unanswered(model, plan, decision, task, upper)),
                (None, Some(first)) => {
                    let at = plan.roll.moves[*first].tasks.iter().find(|(reference, _)| reference.code == upper.code);
                    let at = at.map_or(plan.roll.moves[*first].loc, |(reference, _)| reference.code.loc);
                    notes.push(without_effect(model, plan, decision, code, at));
                }
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        self.list.into_iter().map(|(_, decision)| decision).collect()
    }
}

/// Returns the decisions that a plan of the same unit with names as of `date` would have to make about the tasks of `plan`: the worksheet of a draft.
/// One per (task, role, void level), in the order of tasks; none is answered. Empty where no level that the plan names is void then.
pub fn decisions(model: &Model, derivations: &[Derivation], plan: PlanId, date: Date) -> Vec<Decision> {
    let all = derivations.get(plan.index()).map(|derivation| void_roles(&model.registry, derivation, date)).unwrap_or_default();
    all.into_iter().map(|decision| Decision { needed: true, ..decision }).collect()
}

/// Returns all roles of void levels in the plans of the same unit's level that a plan goes on from.
fn roles(model: &Model, plan: &Plan, sources: &[Parent<'_>]) -> Vec<(Target, Decision)> {
    let mut out = Vec::new();
    if !plan.parents.iter().any(|link| link.kind == ParentKind::LastYear) {
        return out;
    }
    for (parent, source) in sources.iter().enumerate() {
        let derivation = source.derivation;
        if model.plan(derivation.plan).level == plan.level {
            let all = void_roles(&model.registry, derivation, plan.registry_date());
            let asked = all.into_iter().filter(|decision| source.asks(decision.task));
            out.extend(asked.map(|decision| ((parent, decision.task), decision)));
        }
    }
    out
}

/// Returns the roles of levels void at a date among a plan's tasks, unanswered.
fn void_roles(registry: &Registry, derivation: &Derivation, date: Date) -> Vec<Decision> {
    let mut out = Vec::new();
    let content = &derivation.template;
    for (task, stated) in content.tasks.iter().enumerate() {
        let sector = stated.fields.sector.as_ref().map(|sector| sector.value);
        let sector = sector.or_else(|| content.appendices.get(stated.appendix?)?.sector);
        for seat in Seat::ALL {
            let roles = seat.of(&stated.fields).map(|piece| piece.value.as_slice()).unwrap_or_default();
            let mut levels: Vec<LevelId> = roles.iter().filter_map(|role| registry.void_level_of(role.body, date)).collect();
            levels.sort_unstable();
            levels.dedup();
            for level in levels {
                let of_level = |role: &&Role| registry.void_level_of(role.body, date) == Some(level);
                let bodies: Vec<Role> = roles.iter().filter(of_level).cloned().collect();
                let choices =
                    registry.levels_around(level, date).into_iter().map(|to| (to, all_takers(registry, &bodies, sector, to, date)));
                let choices = choices.collect();
                let parent = derivation.plan;
                out.push(Decision { parent, task, seat, level, bodies, choices, answers: Vec::new(), needed: false, open: None });
            }
        }
    }
    out
}

/// Returns those who could take over from any of several bodies, each once.
fn all_takers(registry: &Registry, bodies: &[Role], sector: Option<SectorId>, to: LevelId, date: Date) -> Vec<Heir> {
    let mut out: Vec<Heir> = Vec::new();
    for heir in bodies.iter().flat_map(|role| registry.takers(role.body, role.sector.or(sector), to, date)) {
        if !out.iter().any(|other| other.body == heir.body) {
            out.push(heir);
        }
    }
    out
}

/// Returns the finding about a role that nobody decided about (KH4020), with those who could take over.
fn unanswered(model: &Model, plan: &Plan, decision: &Decision, task: &Task, upper: &Task) -> Diagnostic {
    let registry = &model.registry;
    let date = plan.registry_date();
    let (code, word) = (&upper.code.text, decision.seat.word());
    let names: Vec<&str> = decision.bodies.iter().map(|role| role.text.as_str()).collect();
    let names = names.join("; ");
    let level = registry.level(decision.level);
    let name = &level.name;
    let mut note = Diagnostic::new(
        Kh::KH4020,
        decision.open.unwrap_or(task.code.loc),
        msg!(
            "{names} ({word}) ở {code} thuộc cấp {name}, không còn vào ngày {date}: chưa quyết định nơi nhận",
            "{names} ({word}) in {code} is of the level {name}, which does not exist on {date}: nobody decided who takes over"
        ),
    );
    if let Some(first) = decision.bodies.first() {
        note = note.related(first.loc, msg!("năm trước giao ở đây", "given here last year"));
    }
    let choices: Vec<String> = decision.choices.iter().map(|(to, heirs)| choice(registry, plan, *to, heirs)).collect();
    let choices = choices.join("; ");
    note.related(level.loc, msg!("hiệu lực của cấp {name}", "when the level {name} is in force"))
        .help(msg!(
            "Ghi CHUYỂN CẤP {name} SANG …: {code} ({word}). Có thể nhận: {choices}; hoặc SANG không, có Lý do",
            "Write CHUYỂN CẤP {name} SANG …: {code} ({word}). Who could take over: {choices}; or SANG không with Lý do"
        ))
        .about(&plan.code.text, &unit_name(model, plan), code)
        .quote(names)
}

/// Returns a level with those who could take over there.
fn choice(registry: &Registry, plan: &Plan, to: LevelId, heirs: &[Heir]) -> String {
    let names: Vec<String> = heirs.iter().take(3).map(|heir| registry.name_of(heir.body, plan.unit)).collect();
    let more = if heirs.len() > 3 { ", …" } else { "" };
    let names = names.join(", ");
    let level = level_name(registry, to);
    if names.is_empty() { level.to_owned() } else { format!("{level} ({names}{more})") }
}

/// Returns the finding about an answer to a role with which the plan does not go on (KH4022).
fn without_effect(model: &Model, plan: &Plan, decision: &Decision, code: &str, at: Loc) -> Diagnostic {
    let word = decision.seat.word();
    Diagnostic::new(
        Kh::KH4022,
        at,
        msg!(
            "CHUYỂN CẤP {code} ({word}) không đổi gì: kế hoạch không giữ vai trò này",
            "CHUYỂN CẤP {code} ({word}) changes nothing: the plan does not keep the role"
        ),
    )
    .with_severity(Severity::Warning)
    .help(msg!(
        "Bỏ {code} khỏi CHUYỂN CẤP: nhiệm vụ đã kết thúc, không áp dụng, hoặc đã ghi lại cơ quan",
        "Take {code} out of CHUYỂN CẤP: the task is finished, waived, or names its bodies anew"
    ))
    .about(&plan.code.text, &unit_name(model, plan), code)
    .quote(code)
}
