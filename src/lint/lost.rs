//! KH3007: a product, target or lead of the parent that the child drops without a reason. What a translation step leaves out is not dropped.

use super::Subject;
use crate::agency::Body;
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::model::{Fields, Outcome, Piece, Role, TargetLine, Task, Verb};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    // the words of a document that a unit wrote itself never are the parent's, translated
    if on.plan.header.record {
        return;
    }
    for fate in &on.derivation.fates {
        let Outcome::Carried { children, .. } = &fate.outcome else { continue };
        let parent = (fate.parent, fate.task);
        let Some(statement) = on.verb(parent).filter(|statement| statement.reason.is_none()) else { continue };
        let Some(baseline) = on.derivation.baselines.iter().find(|baseline| baseline.parent == parent) else { continue };
        let own: Vec<&Task> = children.iter().map(|child| &on.derivation.template.tasks[*child]).collect();
        let upper = on.parent_task(parent);
        let Message { vi, en } = on.theirs(fate.parent);
        let code = &upper.code.text;
        // a merged task that must state a field is one fault (KH3018), whatever it drops by that
        let stated_less = |task: &Task| {
            let about = |note: &Diagnostic| note.code == Code::KH3018 && note.subject.place.as_deref() == Some(&task.code.text);
            on.derivation.notes.iter().any(about)
        };
        if own.iter().any(|task| stated_less(task)) {
            continue;
        }
        let results = matches!(statement.verb, Verb::Split { .. } | Verb::Merge { .. });
        let help = match &statement.verb {
            Verb::Split { .. } => msg!("Thêm Lý do dưới dòng TÁCH {code}, hoặc giữ lại", "Add Lý do below TÁCH {code}, or keep it"),
            Verb::Merge { .. } => msg!("Thêm Lý do dưới dòng GỘP, hoặc giữ lại", "Add Lý do below GỘP, or keep it"),
            _ => msg!("Thêm Lý do, hoặc giữ lại", "Add Lý do, or keep it"),
        };
        let mut report = |at: Option<Loc>, message: Message, name: &str| {
            // the reason belongs to the verb, not to its results
            let at = if results { statement.loc } else { at.or(own.first().map(|task| task.code.loc)).unwrap_or(statement.loc) };
            out.push(
                on.note(Code::KH3007, at, message, code).related(upper.loc, on.their_task(fate.parent)).help(help.clone()).quote(name),
            );
        };
        let (kept, at) = kept(on, &own, |fields| fields.products.as_ref());
        for product in baseline.fields.products.iter().flat_map(|piece| &piece.value) {
            let key = Key::new(&product.text);
            if kept.as_ref().is_some_and(|kept| !kept.iter().any(|other| Key::new(&other.text) == key)) {
                let name = &product.text;
                let message = msg!(
                    "Nhiệm vụ {code} bỏ sản phẩm “{name}” của {vi} mà không nêu lý do",
                    "Task {code} drops {en} product “{name}” without a reason"
                );
                report(at, message, name);
            }
        }
        let (kept, at) = self::kept(on, &own, |fields| fields.leads.as_ref());
        for lead in baseline.fields.leads.iter().flat_map(|piece| &piece.value) {
            if kept.as_ref().is_some_and(|kept| !kept.iter().any(|other| same(lead, other))) {
                let name = &lead.text;
                let message = msg!(
                    "Nhiệm vụ {code} bỏ cơ quan chủ trì “{name}” của {vi} mà không nêu lý do",
                    "Task {code} drops {en} lead “{name}” without a reason"
                );
                report(at, message, name);
            }
        }
        let (kept, at) = self::kept(on, &own, |fields| fields.targets.as_ref());
        for line in baseline.fields.targets.iter().flat_map(|piece| &piece.value) {
            let (key, text) = (Key::new(&line.target.code), Key::new(&line.target.text));
            let equal = |other: &&TargetLine| {
                if key.is_empty() { Key::new(&other.target.text) == text } else { Key::new(&other.target.code) == key }
            };
            if kept.as_ref().is_some_and(|kept| !kept.iter().any(equal)) {
                let name = &line.target.text;
                let message = msg!(
                    "Nhiệm vụ {code} bỏ chỉ tiêu “{name}” của {vi} mà không nêu lý do",
                    "Task {code} drops {en} target “{name}” without a reason"
                );
                report(at, message, name);
            }
        }
    }
}

/// Returns what the child's tasks have of a field, and where the first of them restates it. `None` where that is reported already: a merged task
/// that must state the field (KH3018), a field still blank (KH0030).
fn kept<'a, T>(
    on: &Subject<'_>,
    own: &[&'a Task],
    get: impl Fn(&'a Fields) -> Option<&'a Piece<Vec<T>>>,
) -> (Option<Vec<&'a T>>, Option<Loc>) {
    let pieces: Vec<&Piece<Vec<T>>> = own.iter().filter_map(|task| get(&task.fields)).collect();
    let restated = pieces.iter().find(|piece| on.wrote(&piece.origin)).map(|piece| piece.origin.stated);
    let blank = restated.is_some() && pieces.iter().all(|piece| piece.value.is_empty());
    let merged = pieces.is_empty() && own.iter().any(|task| task.carries.len() > 1);
    let list = (!blank && !merged).then(|| pieces.iter().flat_map(|piece| &piece.value).collect());
    (list, restated)
}

fn same(a: &Role, b: &Role) -> bool {
    match (a.body, b.body) {
        (Body::Open | Body::Unknown, _) | (_, Body::Open | Body::Unknown) => Key::new(&a.text) == Key::new(&b.text),
        (a, b) => a == b,
    }
}
