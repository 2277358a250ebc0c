//! KH3002, KH3014: a task or target of the parent that several verbs answer.

use super::Subject;
use crate::base::Loc;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Code as TaskCode, Outcome, Statement, Verb};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let who = if on.unit.is_empty() { on.plan.code.text.clone() } else { on.unit.clone() };
    for fate in &on.derivation.fates {
        let Outcome::Repeated { statements, .. } = &fate.outcome else { continue };
        let parent = &on.model.plan(fate.parent).code.text;
        let task = on.parent_task((fate.parent, fate.task));
        let code = &task.code.text;
        let place = on.place_in_parent((fate.parent, fate.task));
        let places = places(on, statements, &on.model.plan(fate.parent).code, &task.code);
        let count = places.len();
        let Some((&last, before)) = places.split_last() else { continue };
        let mut note = on
            .note(
                Code::KH3002,
                last,
                msg!(
                    "{who} trả lời nhiệm vụ {code} của {parent} ({place}) {count} lần",
                    "{who} answers task {code} of {parent} ({place}) {count} times"
                ),
                code,
            )
            .help(msg!("Giữ một, bỏ các lần kia", "Keep one and remove the others"))
            .quote(code.clone());
        for loc in before.iter().take(3) {
            note = note.related(*loc, msg!("đã trả lời ở đây", "already answered here"));
        }
        out.push(note.related(task.loc, on.their_task(fate.parent)));
    }
    for fate in &on.derivation.target_fates {
        let Outcome::Repeated { statements, .. } = &fate.outcome else { continue };
        let code = &fate.code.text;
        let parent = &on.model.plan(fate.parent).code.text;
        let places = target_places(on, statements, &on.model.plan(fate.parent).code, &fate.code);
        let Some((&last, before)) = places.split_last() else { continue };
        let count = places.len();
        let mut note = on
            .note(
                Code::KH3014,
                last,
                msg!("{who} trả lời chỉ tiêu {code} của {parent} {count} lần", "{who} answers target {code} of {parent} {count} times"),
                code,
            )
            .help(msg!("Giữ một, bỏ các lần kia", "Keep one and remove the others"))
            .quote(code.clone());
        for loc in before.iter().take(3) {
            note = note.related(*loc, msg!("đã trả lời ở đây", "already answered here"));
        }
        out.push(note);
    }
}

/// Returns each place where the statements name the task, in source order. A statement that names it twice stands twice in `statements`.
fn places(on: &Subject<'_>, statements: &[usize], plan: &TaskCode, code: &TaskCode) -> Vec<Loc> {
    distinct(statements)
        .flat_map(|at| {
            let statement: &Statement = &on.plan.statements[at];
            statement.verb.tasks().into_iter().filter(|other| other.names(plan, code)).map(|other| other.code.loc).collect::<Vec<_>>()
        })
        .collect()
}

fn target_places(on: &Subject<'_>, statements: &[usize], plan: &TaskCode, code: &TaskCode) -> Vec<Loc> {
    distinct(statements)
        .flat_map(|at| match &on.plan.statements[at].verb {
            Verb::Targets { codes, .. } => codes.iter().filter(|other| other.names(plan, code)).map(|other| other.code.loc).collect(),
            _ => Vec::new(),
        })
        .collect()
}

fn distinct(statements: &[usize]) -> impl Iterator<Item = usize> {
    let mut list = statements.to_vec();
    list.dedup();
    list.into_iter()
}
