//! CHUYỂN CẤP: who decided where each role of a void level goes, and which role nobody decided about.
//!
//! Each (task, role) of an earlier plan that names a level no longer in force needs exactly one answer: another level, or none with a reason. Nothing
//! is picked here; what the registry knows about who could take over stands in [`Decision::choices`].

use super::Derivation;
use super::answer::{self, Parent, Target, unit_name};
use crate::agency::{Body, Heir, LevelId, Registry, SectorId};
use crate::base::{Date, Key, Loc};
use crate::diag::{Code as Kh, Diagnostic, Severity, msg};
use crate::model::{LevelMove, Model, ParentKind, Piece, Plan, PlanId, Role, Seat, Task, TaskRef, Text};
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
        let mut out = Self { list: reader.roles(), changes: Vec::new() };
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

struct Reader<'a, 'n> {
    model: &'a Model,
    plan: &'a Plan,
    sources: &'a [Parent<'a>],
    notes: &'n mut Vec<Diagnostic>,
}

impl Reader<'_, '_> {
    fn registry(&self) -> &Registry {
        &self.model.registry
    }

    /// Returns all roles of void levels in the plans of the same unit's level that this one goes on from.
    fn roles(&self) -> Vec<(Target, Decision)> {
        let mut out = Vec::new();
        if !self.plan.parents.iter().any(|link| link.kind == ParentKind::LastYear) {
            return out;
        }
        for (parent, source) in self.sources.iter().enumerate() {
            let derivation = source.derivation;
            if self.model.plan(derivation.plan).level == self.plan.level {
                let all = void_roles(self.registry(), derivation, self.plan.registry_date());
                let asked = all.into_iter().filter(|decision| source.asks(decision.task));
                out.extend(asked.map(|decision| ((parent, decision.task), decision)));
            }
        }
        out
    }

    /// Reads the levels of a CHUYỂN CẤP and checks its `Giao` and `Lý do`.
    fn levels(&mut self, change: &LevelMove) -> Option<(LevelId, Option<LevelId>)> {
        let date = self.plan.registry_date();
        let from = self.level(&change.from)?;
        let level = self.registry().level(from);
        if level.validity.holds(date) {
            let (name, loc) = (&level.name, level.loc);
            let note = Diagnostic::new(
                Kh::KH4023,
                change.from.loc,
                msg!(
                    "Cấp {name} vẫn có vào ngày {date}, không có gì để chuyển",
                    "The level {name} exists on {date}: there is nothing to move"
                ),
            )
            .related(loc, msg!("khai ở đây", "declared here"))
            .help(msg!("Bỏ khối này, hoặc ghi cấp đã hết hiệu lực", "Remove this block, or name the level that ended"));
            self.note(note, "", &change.from.value);
            return None;
        }
        let Some(text) = &change.to else {
            let real = change.reason.as_ref().is_some_and(|reason| !is_blank(&reason.value));
            if !real {
                let codes: Vec<&str> = change.tasks.iter().map(|(reference, _)| reference.code.text.as_str()).collect();
                let codes = codes.join(", ");
                let note = Diagnostic::new(
                    Kh::KH4024,
                    change.loc,
                    msg!(
                        "Thôi việc của cấp {} ở {codes} mà chưa ghi lý do",
                        "The work of the level {} in {codes} is dropped without a reason",
                        level_name(self.registry(), from)
                    ),
                )
                .help(msg!("Thêm dòng Lý do: vì sao không cấp nào làm tiếp", "Add a line Lý do: why no level goes on with it"));
                self.note(note, "", &codes);
            }
            return Some((from, None));
        };
        let to = self.level(text)?;
        let level = self.registry().level(to);
        if !level.validity.holds(date) {
            let (name, loc) = (&level.name, level.loc);
            let others: Vec<&str> =
                self.registry().levels_around(from, date).into_iter().map(|id| self.registry().level(id).name.as_str()).collect();
            let others = others.join(", ");
            let note = Diagnostic::new(
                Kh::KH4023,
                text.loc,
                msg!(
                    "Không chuyển sang cấp {name} được: cấp này cũng không có vào ngày {date}",
                    "Nothing can move to the level {name}: it does not exist on {date} either"
                ),
            )
            .related(loc, msg!("hiệu lực của cấp {name}", "when the level {name} is in force"))
            .help(msg!("Chuyển sang cấp đang có: {others}; hoặc không", "Move it to a level that exists: {others}; or to none (không)"));
            self.note(note, "", &text.value);
            return None;
        }
        for role in &change.assigned {
            self.assigned(role, to);
        }
        Some((from, Some(to)))
    }

    /// Reports a body under `Giao` that is not there at the level that takes over (KH4025).
    fn assigned(&mut self, role: &Role, to: LevelId) {
        let (registry, date) = (self.registry(), self.plan.registry_date());
        let level = registry.level_of(role.body);
        // names that are not known, or not in force, are reported where they are read
        if level == Some(to) || role.body == Body::Unknown {
            return;
        }
        let (name, wanted) = (&role.text, level_name(registry, to));
        let message = match level {
            Some(level) => {
                let level = level_name(registry, level);
                msg!(
                    "{name} thuộc cấp {level}, mà việc chuyển sang cấp {wanted}",
                    "{name} is of the level {level}, and the work moves to the level {wanted}"
                )
            }
            None => msg!("Không rõ {name} thuộc cấp nào vào ngày {date}", "The level of {name} on {date} is not known"),
        };
        let note = Diagnostic::new(Kh::KH4025, role.loc, message).help(msg!(
            "Ghi ở Giao một cơ quan của cấp {wanted}, hoặc sửa cấp sau SANG",
            "Name a body of the level {wanted} under Giao, or mend the level behind SANG"
        ));
        self.note(note, "", name);
    }

    fn level(&mut self, text: &Text) -> Option<LevelId> {
        let found = self.registry().find_level(&text.value);
        if found.is_none() {
            let name = &text.value;
            let known: Vec<&str> = self.registry().levels().map(|(_, level)| level.name.as_str()).collect();
            let known = known.join(", ");
            let note = Diagnostic::new(Kh::KH4023, text.loc, msg!("Danh bạ không có cấp “{name}”", "The registry has no level “{name}”"))
                .help(msg!("Chọn một trong: {known}", "Choose one of: {known}"));
            self.note(note, "", name);
        }
        found
    }

    /// Gives an answer to the roles that it names; without one they stay open.
    fn answer(&mut self, list: &mut [(Target, Decision)], at: Option<usize>, change: &LevelMove, reference: &TaskRef, role: Option<&Text>) {
        let Some(target) = answer::one(self.model, self.plan, self.sources, reference, self.notes) else { return };
        let code = &reference.code.text;
        let seat = match role {
            None => None,
            Some(word) => match Seat::parse(&word.value) {
                Some(seat) => Some(seat),
                None => {
                    let word = &word.value;
                    let note =
                        Diagnostic::new(Kh::KH4022, reference.code.loc, msg!("Không có vai trò “{word}”", "There is no role “{word}”"))
                            .help(msg!(
                                "Trong ngoặc ghi chủ trì, phối hợp hoặc tổng hợp",
                                "Write chủ trì, phối hợp or tổng hợp in brackets"
                            ));
                    self.note(note, code, word);
                    return;
                }
            },
        };
        let Some(from) = self.registry().find_level(&change.from.value) else { return };
        let mut named = false;
        for (of, decision) in list.iter_mut() {
            if *of != target || decision.level != from || seat.is_some_and(|seat| seat != decision.seat) {
                continue;
            }
            named = true;
            let first = decision.answers.first().map(|first| self.plan.roll.moves[*first].loc).or(decision.open);
            if let Some(first) = first {
                let word = decision.seat.word();
                let note = Diagnostic::new(
                    Kh::KH4021,
                    reference.code.loc,
                    msg!("{code} ({word}) đã được chuyển cấp ở chỗ khác", "{code} ({word}) is already moved elsewhere"),
                )
                .related(first, msg!("quyết định lần đầu ở đây", "first decided here"))
                .help(msg!(
                    "Giữ một trong hai; nếu mỗi vai trò một nơi nhận, ghi vai trò trong ngoặc",
                    "Keep one of the two; where roles go to different levels, name the role in brackets"
                ));
                self.note(note, code, code);
            }
            match at {
                Some(at) => decision.answers.push(at),
                None => decision.open = Some(reference.code.loc),
            }
        }
        if !named {
            let level = level_name(self.registry(), from);
            let task = &self.sources[target.0].derivation.template.tasks[target.1];
            let message = match seat {
                Some(seat) => {
                    let word = seat.word();
                    msg!("{code} không có cơ quan {word} nào của cấp {level}", "No body of the level {level} has the role {word} in {code}")
                }
                None => msg!("{code} không giao việc cho cấp {level}", "{code} gives nothing to the level {level}"),
            };
            let note = Diagnostic::new(Kh::KH4022, reference.code.loc, message)
                .related(task.loc, msg!("nhiệm vụ năm trước", "last year's task"))
                .help(msg!(
                    "Bỏ {code} khỏi CHUYỂN CẤP, hoặc sửa vai trò trong ngoặc",
                    "Take {code} out of CHUYỂN CẤP, or mend the role in brackets"
                ));
            self.note(note, code, code);
        }
    }

    fn note(&mut self, note: Diagnostic, place: &str, quote: &str) {
        self.notes.push(note.about(&self.plan.code.text, &unit_name(self.model, self.plan), place).quote(quote));
    }
}

fn level_name(registry: &Registry, level: LevelId) -> &str {
    &registry.level(level).name
}

/// Says whether a reason is none: empty, dots, or still to be filled.
fn is_blank(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '-' | '–'));
    bare.is_empty() || Key::new(bare).as_str().starts_with("cần bổ sung")
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
