//! CHUYỂN CẤP from a filled form: each role of a level that is void, to whom it goes.

use super::decision;
use super::filled::{FilledMove, lacking, strange, twice, unknown};
use crate::agency::LevelId;
use crate::base::{Date, Key, Year};
use crate::derive::{self, Decision, Derivation};
use crate::diag::{Diagnostic, msg};
use crate::model::{Model, PlanId, Seat};

/// What goes nowhere, as `Chuyển sang` says it.
const NOWHERE: &str = "không";

/// A role of a level that is void in the next year: a row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveAsked {
    /// Index of the task in last year's plan.
    pub task: usize,
    /// The role's word (`chủ trì`).
    pub role: &'static str,
    /// The void level's name.
    pub level: String,
    /// The bodies of that level in the role.
    pub bodies: Vec<String>,
    /// Who could take over, level by level (`xã (UBND cấp xã)`).
    pub takers: Vec<String>,
    /// What can be answered: names of levels, then `không`.
    pub choices: Vec<String>,
}

/// Returns the decisions that the plan of `year` has to make about the roles of void levels in `plan`, in the order of its tasks.
pub fn moves_asked(model: &Model, derivations: &[Derivation], plan: PlanId, year: Year) -> Vec<MoveAsked> {
    let registry = &model.registry;
    let unit = model.plan(plan).unit;
    let asked = |one: Decision| MoveAsked {
        task: one.task,
        role: one.seat.word(),
        level: registry.level(one.level).name.clone(),
        bodies: one.bodies.iter().map(|role| role.text.clone()).collect(),
        takers: one.choices.iter().map(|(level, heirs)| decision::choice(registry, unit, *level, heirs)).collect(),
        choices: choices(model, &one),
    };
    derive::decisions(model, derivations, plan, Date::first_of_year(year)).into_iter().map(asked).collect()
}

fn choices(model: &Model, one: &Decision) -> Vec<String> {
    let levels = one.choices.iter().map(|(level, _)| model.registry.level(*level).name.clone());
    levels.chain([NOWHERE.to_owned()]).collect()
}

/// An answer as CHUYỂN CẤP words it: from, to, Giao, Căn cứ, Lý do, comments.
#[derive(PartialEq)]
struct Answer {
    from: LevelId,
    to: String,
    assigned: String,
    basis: String,
    reason: String,
    note: String,
}

/// Returns the lines that answer the roles, and what is wrong with the rows (KH5065 to KH5068). Roles of tasks that do not go on need no answer; a role
/// that goes on and has none stays open (KH4020).
pub(super) fn lines(
    model: &Model,
    derivations: &[Derivation],
    plan: PlanId,
    year: Year,
    rows: &[FilledMove],
    goes_on: impl Fn(&Key) -> bool,
) -> (Vec<String>, Vec<Diagnostic>) {
    let registry = &model.registry;
    let last = model.plan(plan);
    let tasks = &derivations[plan.index()].template.tasks;
    let all = derive::decisions(model, derivations, plan, Date::first_of_year(year));
    let mut findings = Vec::new();
    let mut filled: Vec<Option<&FilledMove>> = vec![None; all.len()];
    for row in rows {
        let key = Key::new(&row.code.text);
        if !tasks.iter().any(|task| task.code.key == key) {
            findings.push(unknown(&row.code, &last.code.text));
            continue;
        }
        let seat = Seat::parse(&row.role.text);
        let of_level = |level: LevelId| row.level.is_empty() || Key::new(&registry.level(level).name) == Key::new(&row.level.text);
        let Some(at) = all.iter().position(|one| tasks[one.task].code.key == key && Some(one.seat) == seat && of_level(one.level)) else {
            let mine = all.iter().filter(|one| tasks[one.task].code.key == key);
            let known: Vec<String> = mine.map(|one| format!("{} ({})", one.seat.word(), registry.level(one.level).name)).collect();
            let known = known.join(", ");
            let code = &row.code.text;
            findings.push(strange(
                &row.role,
                &row.role.line(),
                if known.is_empty() {
                    msg!(
                        "{code} không có vai trò nào của cấp không còn: xóa hàng này",
                        "{code} has no role of a level that ended: delete the row"
                    )
                } else {
                    msg!("Vai trò của {code} cần quyết định: {known}", "The roles of {code} to decide about: {known}")
                },
            ));
            continue;
        };
        if let Some(first) = filled[at] {
            findings.push(twice(&row.code, &first.code, &format!("{} ({})", row.code.text, all[at].seat.word())));
            continue;
        }
        filled[at] = Some(row);
        if goes_on(&key) {
            findings.extend(judge(model, &all[at], row));
        }
    }
    let mut groups: Vec<(Answer, Vec<String>)> = Vec::new();
    let mut open: Vec<Decision> = Vec::new();
    for (one, row) in all.into_iter().zip(filled) {
        let code = &tasks[one.task].code;
        if !goes_on(&code.key) {
            continue;
        }
        let Some(row) = row.filter(|row| !row.to.is_empty()) else {
            open.push(one);
            continue;
        };
        let named = choices(model, &one).into_iter().find(|name| Key::new(name) == Key::new(&row.to.text));
        let answer = Answer {
            from: one.level,
            to: named.unwrap_or_else(|| row.to.line()),
            assigned: row.assigned.text.lines().map(|name| name.trim_end_matches(';')).collect::<Vec<_>>().join("; "),
            basis: row.basis.line(),
            reason: row.reason.line(),
            note: row.note.text.clone(),
        };
        let task = format!("{} ({})", code.text, one.seat.word());
        match groups.iter_mut().find(|(other, _)| *other == answer) {
            Some((_, list)) => list.push(task),
            None => groups.push((answer, vec![task])),
        }
    }
    let mut out = Vec::new();
    for (answer, list) in groups {
        out.push(String::new());
        out.extend(answer.note.lines().map(|words| format!("# {words}")));
        out.push(format!("CHUYỂN CẤP {} SANG {}: {}", registry.level(answer.from).name, answer.to, list.join(", ")));
        for (label, value) in [("Giao", answer.assigned), ("Căn cứ", answer.basis), ("Lý do", answer.reason)] {
            if !value.is_empty() {
                out.push(format!("{label}: {value}"));
            }
        }
    }
    out.extend(decision::lines(registry, last.unit, tasks, &open));
    (out, findings)
}

/// Reports an answer that is none of the form's, and one that lacks its reason.
fn judge(model: &Model, one: &Decision, row: &FilledMove) -> Option<Diagnostic> {
    if row.to.is_empty() {
        return None;
    }
    let key = Key::new(&row.to.text);
    let known = choices(model, one);
    if !known.iter().any(|name| Key::new(name) == key) {
        let known = known.join(", ");
        return Some(strange(&row.to, &row.to.line(), msg!("Chọn một trong: {known}", "Choose one of: {known}")));
    }
    if key == Key::new(NOWHERE) && row.reason.is_empty() {
        let (cell, code, word) = (&row.reason.name, &row.code.text, one.seat.word());
        return Some(lacking(
            &row.reason,
            msg!("{cell}: {code} ({word}) sang không mà chưa có lý do", "{cell}: {code} ({word}) goes nowhere without a reason"),
            msg!("Ghi lý do vào ô này", "Write the reason into this cell"),
        ));
    }
    None
}
