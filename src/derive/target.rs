//! Plan-level targets: the same verbs, the same totality.

use super::Derivation;
use super::answer::unit_name;
use super::field::{self, restated_target};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Answer, Code, Model, Outcome, Plan, Statement, TargetFate, TargetLine, Verb};
use crate::shift::Shift;
use crate::value::Target;

/// Derives the targets of a plan: the parents' in their order, then its own. Findings: `KH3015`.
pub(super) fn targets(
    model: &Model,
    plan: &Plan,
    parents: &[(&Derivation, Option<&Shift<'_>>)],
    notes: &mut Vec<Diagnostic>,
) -> (Vec<TargetLine>, Vec<TargetFate>) {
    let mut lines = Vec::new();
    let mut fates = Vec::new();
    for (parent, shift) in parents {
        let translated = match shift {
            Some(shift) => field::targets(shift, &parent.template.targets).value,
            None => parent.template.targets.clone(),
        };
        for (line, own) in parent.template.targets.iter().zip(translated) {
            let code = Code::new(line.target.code.clone(), line.loc);
            let statements = naming(plan, &code);
            let outcome = match statements.as_slice() {
                [] => Outcome::Unanswered,
                [first, rest @ ..] => {
                    let mut children = Vec::new();
                    let statement = &plan.statements[*first];
                    match answer(statement) {
                        Some(Answer::Inherit) => {
                            children.push(lines.len());
                            lines.push(own);
                        }
                        Some(Answer::Amend(text)) => {
                            children.push(lines.len());
                            let stated = Target::parse(&own.target.code, &text.value);
                            lines.push(TargetLine {
                                target: restated_target(&own.target, &stated),
                                dropped: false,
                                loc: text.loc,
                                unit: None,
                            });
                        }
                        Some(Answer::Waive(_)) | None => {}
                    }
                    if !rest.is_empty() {
                        Outcome::Repeated { statements, children }
                    } else if !children.is_empty() {
                        Outcome::Carried { statement: *first, children }
                    } else if statement.reason.is_some() {
                        Outcome::Waived { statement: *first }
                    } else {
                        Outcome::Unreasoned { statement: *first }
                    }
                }
            };
            fates.push(TargetFate { parent: parent.plan, code, outcome });
        }
    }
    report_unknown(model, plan, parents, notes);
    lines.extend(plan.targets.iter().cloned());
    (lines, fates)
}

fn answer(statement: &Statement) -> Option<&Answer> {
    match &statement.verb {
        Verb::Targets { answer, .. } => Some(answer),
        _ => None,
    }
}

/// Returns the statements that name a target, once for each time that they name it.
fn naming(plan: &Plan, code: &Code) -> Vec<usize> {
    let mut out = Vec::new();
    for (at, statement) in plan.statements.iter().enumerate() {
        if let Verb::Targets { codes, .. } = &statement.verb {
            out.extend(codes.iter().filter(|other| *other == code).map(|_| at));
        }
    }
    out
}

fn report_unknown(model: &Model, plan: &Plan, parents: &[(&Derivation, Option<&Shift<'_>>)], notes: &mut Vec<Diagnostic>) {
    for statement in &plan.statements {
        let Verb::Targets { codes, .. } = &statement.verb else { continue };
        for code in codes {
            let known = parents.iter().flat_map(|(parent, _)| &parent.template.targets);
            if known.clone().any(|line| Code::new(line.target.code.clone(), line.loc) == *code) {
                continue;
            }
            let text = &code.text;
            let near = known
                .map(|line| (strsim::levenshtein(&line.target.code, text), line))
                .filter(|(distance, _)| *distance <= 3)
                .min_by_key(|(distance, _)| *distance);
            let mut note = Diagnostic::new(
                Kh::KH3015,
                code.loc,
                msg!("Kế hoạch cấp trên không có chỉ tiêu {text}", "The parent has no target {text}"),
            );
            note = match near {
                Some((_, line)) => {
                    let near = &line.target.code;
                    note.related(line.loc, msg!("chỉ tiêu có mã gần giống", "the target with a similar code"))
                        .help(msg!("Có phải {near}?", "Is it {near}?"))
                        .fix(msg!("thay bằng {near}", "replace by {near}"), code.loc, near.clone(), false)
                }
                None => note.help(msg!("Chỉ tiêu riêng thì viết CHỈ TIÊU {text}: …", "Write a target of your own as CHỈ TIÊU {text}: …")),
            };
            notes.push(note.about(&plan.code.text, &unit_name(model, plan), text).quote(text));
        }
    }
}
