//! Roles of a level that ended, as decided: rows of the table of changes.

use super::Row;
use super::schedule::task_content;
use super::standing::Standing;
use super::wording::{bare, items, printed};
use crate::derive::{Decision, Derivation};
use crate::diag::{Lang, Message, msg};
use crate::model::{Cause, Rule, Seat};

/// Returns one row per decision that moved or dropped a role, numbered behind `before` rows.
pub(super) fn rows(standing: &Standing<'_>, derivation: &Derivation, derivations: &[Derivation], before: usize, lang: Lang) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for decision in derivation.decisions.iter().filter(|decision| decision.needed) {
        let parent = derivations.get(decision.parent.index()).and_then(|parent| parent.content.tasks.get(decision.task));
        let change = decision.answers.first().and_then(|at| standing.plan.roll.moves.get(*at));
        let (Some(parent), Some(change)) = (parent, change) else { continue };
        let line = |label: Message, text: &str| format!("{}: {}", label.get(lang), printed(bare(text)));
        let reason = change.reason.as_ref().map(|text| line(msg!("Lý do", "Reason"), &text.value));
        let basis = change.basis.as_ref().map(|text| line(msg!("Căn cứ", "Ground"), &text.value));
        out.push(Row {
            code: parent.code.text.clone(),
            cells: vec![
                vec![(before + out.len() + 1).to_string()],
                vec![format!("{}: {}", parent.code.text, bare(&task_content(parent)))],
                vec![msg!("Chuyển cấp", "Moved to another level").get(lang).to_owned()],
                items(moved(derivation, decision, lang)),
                items([reason, basis].into_iter().flatten()),
            ],
            ..Row::default()
        });
    }
    out
}

/// Returns what became of the bodies in the role: `Cơ quan phối hợp: UBND cấp huyện → UBND cấp xã`.
fn moved(derivation: &Derivation, decision: &Decision, lang: Lang) -> Vec<String> {
    let name = match decision.seat {
        Seat::Lead => msg!("Cơ quan chủ trì", "Lead"),
        Seat::Coordinator => msg!("Cơ quan phối hợp", "Coordinators"),
        Seat::Synthesiser => msg!("Cơ quan tổng hợp", "Sums up"),
    };
    let here = derivation.content.tasks.iter().find(|task| task.carries.contains(&(decision.parent, decision.task)));
    let steps = here.and_then(|task| decision.seat.of(&task.fields)).map(|piece| piece.origin.steps.as_slice()).unwrap_or_default();
    let own = steps.iter().filter(|step| step.plan == derivation.plan && step.cause == Cause::Rule(Rule::LevelChange));
    let words = own.map(|step| {
        let none = msg!("không giao tiếp", "given to nobody");
        let to = if step.to.is_empty() { none.get(lang) } else { step.to.as_str() };
        format!("{}: {} → {to}", name.get(lang), step.from)
    });
    words.collect()
}
