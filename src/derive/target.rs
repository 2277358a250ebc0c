//! Plan-level targets: the same verbs, the same totality.

use super::answer::unit_name;
use super::field::{self, restated_target};
use super::plan::Upper;
use super::{Derivation, trouble};
use crate::base::{Key, Loc};
use crate::diag::{Code as Kh, Diagnostic, Message, msg};
use crate::model::{Answer, Code, Model, Outcome, ParentKind, Plan, Statement, TargetFate, TargetLine, TaskRef, Verb};
use crate::shift::Shifted;
use crate::value::Target;

/// Derives the targets of a plan: the parents' in their order, then its own. Findings: `KH0031`, `KH3015`, `KH3024`.
pub(super) fn targets(
    model: &Model,
    plan: &Plan,
    parents: &[Upper<'_>],
    notes: &mut Vec<Diagnostic>,
) -> (Vec<TargetLine>, Vec<TargetFate>) {
    let mut lines: Vec<TargetLine> = Vec::new();
    let mut fates = Vec::new();
    let about = |note: Diagnostic, place: &str| note.about(&plan.code.text, &unit_name(model, plan), place);
    for Upper { derivation: parent, kind, shift } in parents {
        let parent_code = &model.plan(parent.plan).code;
        for line in &parent.template.targets {
            let code = Code::new(line.target.code.clone(), line.loc);
            let statements = naming(model, plan, parents, (parent_code, *kind), &code);
            let [first, rest @ ..] = statements.as_slice() else {
                fates.push(TargetFate { parent: parent.plan, code, outcome: Outcome::Unanswered });
                continue;
            };
            let statement = &plan.statements[*first];
            let own = match shift {
                Some(shift) => field::targets(shift, std::slice::from_ref(line)),
                None => Shifted { value: vec![line.clone()], steps: Vec::new(), troubles: Vec::new() },
            };
            let mut children = Vec::new();
            for translated in own.value {
                match answer(statement) {
                    Some(Answer::Inherit) => {
                        let place = named_at(statement, parent_code, &code);
                        notes.extend(own.troubles.iter().map(|found| about(trouble::note(found, place, &code.text, *kind), &code.text)));
                        // the same target of two parents stands once
                        let same = |other: &TargetLine| {
                            let key = Key::new(&other.target.code);
                            key == code.key && Key::new(&other.target.text) == Key::new(&translated.target.text)
                        };
                        let at = lines.iter().position(same).unwrap_or(lines.len());
                        children.push(at);
                        if at == lines.len() {
                            lines.push(translated);
                        }
                    }
                    Some(Answer::Amend(text)) => {
                        let stated = Target::parse(&translated.target.code, &text.value);
                        let target = restated_target(&translated.target, &stated);
                        // one restatement of the same target of two parents stands once
                        let same = |other: &TargetLine| other.loc == text.loc && other.target == target;
                        let at = lines.iter().position(same).unwrap_or(lines.len());
                        children.push(at);
                        if at == lines.len() {
                            lines.push(TargetLine { target, dropped: false, loc: text.loc, unit: None });
                        }
                    }
                    Some(Answer::Waive(_) | Answer::Finish(_)) | None => {}
                }
            }
            let outcome = if !rest.is_empty() {
                Outcome::Repeated { statements, children }
            } else if !children.is_empty() {
                Outcome::Carried { statement: *first, children }
            } else if matches!(answer(statement), Some(Answer::Finish(_))) {
                Outcome::Finished { statement: *first }
            } else if statement.reason.is_some() {
                Outcome::Waived { statement: *first }
            } else {
                Outcome::Unreasoned { statement: *first }
            };
            fates.push(TargetFate { parent: parent.plan, code, outcome });
        }
    }
    report_unknown(model, plan, parents, notes);
    for line in &plan.targets {
        let upper = parents.iter().flat_map(|parent| &parent.derivation.template.targets);
        if let Some(upper) = upper.into_iter().find(|upper| Key::new(&upper.target.code) == Key::new(&line.target.code)) {
            let code = &line.target.code;
            let note = Diagnostic::new(
                Kh::KH0031,
                line.loc,
                msg!("Mã {code} là của chỉ tiêu ở kế hoạch gốc", "The code {code} is a target's of the parent"),
            )
            .related(upper.loc, msg!("chỉ tiêu ở kế hoạch gốc", "the parent's target"))
            .help(msg!("Viết SỬA ĐỔI CHỈ TIÊU {code}, hoặc đặt mã khác", "Write SỬA ĐỔI CHỈ TIÊU {code}, or choose another code"));
            notes.push(about(note, code));
        }
    }
    lines.extend(plan.targets.iter().cloned());
    (lines, fates)
}

/// Returns where a statement names a target.
fn named_at(statement: &Statement, plan: &Code, code: &Code) -> Loc {
    statement.verb.targets().iter().find(|reference| reference.names(plan, code)).map_or(statement.loc, |reference| reference.code.loc)
}

fn answer(statement: &Statement) -> Option<&Answer> {
    match &statement.verb {
        Verb::Targets { answer, .. } => Some(answer),
        _ => None,
    }
}

/// Returns the statements that name a parent's target, once for each time that they name it. KẾ THỪA names those of the upper level, TIẾP TỤC and
/// KẾT THÚC those of last year, where there is one of that code.
fn naming(model: &Model, plan: &Plan, parents: &[Upper<'_>], (parent, kind): (&Code, ParentKind), code: &Code) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, statement) in plan.statements.iter().enumerate() {
        for reference in statement.verb.targets().iter().filter(|other| other.names(parent, code)) {
            if statement.side.is_none_or(|side| side == kind || !exists(model, parents, Some(side), reference)) {
                out.push(at);
            }
        }
    }
    out
}

/// Says whether a parent of a kind, or of any, has the target that a reference names.
fn exists(model: &Model, parents: &[Upper<'_>], side: Option<ParentKind>, reference: &TaskRef) -> bool {
    parents.iter().filter(|parent| side.is_none_or(|side| side == parent.kind)).any(|parent| {
        let upper = &model.plan(parent.derivation.plan).code;
        let lines = &parent.derivation.template.targets;
        lines.iter().any(|line| reference.names(upper, &Code::new(line.target.code.clone(), line.loc)))
    })
}

fn report_unknown(model: &Model, plan: &Plan, parents: &[Upper<'_>], notes: &mut Vec<Diagnostic>) {
    // a parent that does not exist is reported at Theo, once
    if plan.misses_parent {
        return;
    }
    for (statement, reference) in
        plan.statements.iter().flat_map(|statement| statement.verb.targets().iter().map(move |one| (statement, one)))
    {
        let fitting: Vec<&Derivation> =
            parents.iter().filter(|parent| statement.side.is_none_or(|side| side == parent.kind)).map(|parent| parent.derivation).collect();
        let known = fitting.iter().flat_map(|parent| parent.template.targets.iter().map(|line| (&model.plan(parent.plan).code, line)));
        if exists(model, parents, statement.side, reference) {
            continue;
        }
        if exists(model, parents, None, reference) {
            notes.push(wrong_verb(statement, reference).about(&plan.code.text, &unit_name(model, plan), &reference.code.text));
            continue;
        }
        let (text, loc) = (&reference.code.text, reference.code.loc);
        let other =
            reference.plan.as_ref().filter(|other| !parents.iter().any(|parent| model.plan(parent.derivation.plan).code == **other));
        let note = if parents.is_empty() {
            let own = &plan.code.text;
            Diagnostic::new(
                Kh::KH3015,
                loc,
                msg!(
                    "Kế hoạch {own} không theo kế hoạch nào nên không có chỉ tiêu {text} để trả lời",
                    "The plan {own} follows no plan, so there is no target {text} to answer"
                ),
            )
            .help(msg!("Thêm dòng Theo, hoặc viết CHỈ TIÊU {text}: …", "Add a Theo line, or write CHỈ TIÊU {text}: …"))
        } else if let Some(other) = other {
            let other = &other.text;
            Diagnostic::new(Kh::KH3015, loc, msg!("Kế hoạch này không theo {other}", "This plan does not follow {other}")).help(msg!(
                "Sửa mã kế hoạch trước dấu “/”, hoặc thêm {other} vào Theo",
                "Mend the plan's code before “/”, or add {other} to Theo"
            ))
        } else {
            let near = known
                .map(|(_, line)| (strsim::levenshtein(&line.target.code, text), line))
                .filter(|(distance, _)| *distance <= 3)
                .min_by_key(|(distance, _)| *distance);
            let note = Diagnostic::new(Kh::KH3015, loc, nowhere(model, &fitting, statement, text));
            match near {
                Some((_, line)) => {
                    let near = &line.target.code;
                    note.related(line.loc, msg!("chỉ tiêu có mã gần giống", "the target with a similar code"))
                        .help(msg!("Có phải {near}?", "Is it {near}?"))
                        .fix(msg!("thay bằng {near}", "replace by {near}"), loc, reference.replaced_by(near), false)
                }
                None => note.help(msg!("Chỉ tiêu riêng thì viết CHỈ TIÊU {text}: …", "Write a target of your own as CHỈ TIÊU {text}: …")),
            }
        };
        notes.push(note.about(&plan.code.text, &unit_name(model, plan), text).quote(text));
    }
}

/// Reports KẾ THỪA CHỈ TIÊU of last year's target, TIẾP TỤC or KẾT THÚC CHỈ TIÊU of the upper level's.
fn wrong_verb(statement: &Statement, reference: &TaskRef) -> Diagnostic {
    let code = &reference.code.text;
    let note = |message: Message, right: &str| {
        Diagnostic::new(Kh::KH4001, reference.code.loc, message)
            .help(msg!("Viết {right} CHỈ TIÊU {code}", "Write {right} CHỈ TIÊU {code}"))
            .quote(code)
    };
    match (statement.side, answer(statement)) {
        (Some(ParentKind::LastYear), Some(Answer::Finish(_))) => note(
            msg!(
                "{code} là chỉ tiêu của cấp trên, không kết thúc bằng KẾT THÚC được",
                "{code} is a target of the upper level, which KẾT THÚC cannot end"
            ),
            "KHÔNG ÁP DỤNG",
        ),
        (Some(ParentKind::LastYear), _) => note(
            msg!("{code} là chỉ tiêu của cấp trên, không phải của năm trước", "{code} is a target of the upper level, not last year's"),
            "KẾ THỪA",
        ),
        (Some(ParentKind::Upper) | None, _) => note(
            msg!("{code} là chỉ tiêu của năm trước, không phải của cấp trên", "{code} is last year's target, not the upper level's"),
            "TIẾP TỤC",
        ),
    }
}

/// Says which plans have no such target.
fn nowhere(model: &Model, parents: &[&Derivation], statement: &Statement, text: &str) -> Message {
    let names = parents.iter().map(|parent| model.plan(parent.plan).code.text.as_str()).collect::<Vec<_>>().join(", ");
    match (names.is_empty(), statement.side) {
        (false, _) => msg!("{names} không có chỉ tiêu {text}", "{names} has no target {text}"),
        (true, Some(ParentKind::LastYear)) => {
            msg!(
                "Kế hoạch không có dòng Từ nên không có chỉ tiêu năm trước {text}",
                "The plan has no Từ line, so there is no last year's target {text}"
            )
        }
        (true, Some(ParentKind::Upper) | None) => {
            msg!(
                "Kế hoạch không có dòng Theo nên không có chỉ tiêu cấp trên {text}",
                "The plan has no Theo line, so there is no upper target {text}"
            )
        }
    }
}

/// Returns the codes of the parents' targets that the child does not have.
pub(super) fn lost(parents: &[Upper<'_>], own: &[TargetLine]) -> Vec<Key> {
    let codes = parents.iter().flat_map(|parent| &parent.derivation.template.targets).map(|line| Key::new(&line.target.code));
    codes.filter(|code| !code.is_empty() && !own.iter().any(|line| Key::new(&line.target.code) == *code)).collect()
}
