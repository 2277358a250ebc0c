//! KH3006, KH4015: a target lower than the parent's, for tasks and for the plan.

use super::{Subject, acceptance};
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Outcome, PlanId, TargetLine};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for (index, task) in on.tasks().iter().enumerate() {
        let Some(own) = &task.fields.targets else { continue };
        for baseline in on.baselines(index) {
            for upper in baseline.fields.targets.iter().flat_map(|piece| &piece.value) {
                let key = Key::new(&upper.target.code);
                let same = own.value.iter().find(|line| !key.is_empty() && Key::new(&line.target.code) == key);
                if let Some(line) = same {
                    let at = if on.holds(line.loc) { line.loc } else { task.code.loc };
                    compare(on, baseline.parent.0, line, upper, &task.code.text, at, out);
                }
            }
        }
    }
    for fate in &on.derivation.target_fates {
        let Outcome::Carried { children, .. } = &fate.outcome else { continue };
        let parent = on.parent(fate.parent);
        let upper = parent.content.targets.iter().find(|line| Key::new(&line.target.code) == fate.code.key);
        for child in children {
            let line = &on.derivation.content.targets[*child];
            if let Some(upper) = upper {
                compare(on, fate.parent, line, upper, &fate.code.text, line.loc, out);
            }
        }
    }
}

fn compare(on: &Subject<'_>, parent: PlanId, line: &TargetLine, upper: &TargetLine, place: &str, at: Loc, out: &mut Vec<Diagnostic>) {
    if line.target.is_lower_than(&upper.target) != Some(true) {
        return;
    }
    let (own, other) = (&line.target.text, &upper.target.text);
    if on.is_last_year(parent) {
        out.push(
            on.note(
                Code::KH4015,
                at,
                msg!(
                    "Chỉ tiêu “{own}” kém hơn chỉ tiêu năm trước (“{other}”)",
                    "The target “{own}” is weaker than last year's (“{other}”)"
                ),
                place,
            )
            .related(upper.loc, msg!("chỉ tiêu năm trước", "last year's target"))
            .help(acceptance::or_accept(
                &msg!("Sửa chỉ tiêu cho bằng năm trước hoặc hơn", "Make it last year's or better"),
                Code::KH4015,
                place,
                own,
            ))
            .quote(own.clone()),
        );
        return;
    }
    out.push(
        on.note(
            Code::KH3006,
            at,
            msg!("Chỉ tiêu “{own}” kém hơn chỉ tiêu cấp trên (“{other}”)", "The target “{own}” is weaker than the parent's (“{other}”)"),
            place,
        )
        .related(upper.loc, msg!("chỉ tiêu của cấp trên", "the parent's target"))
        .help(acceptance::or_accept(
            &msg!("Sửa chỉ tiêu cho bằng cấp trên hoặc hơn", "Make it the parent's or better"),
            Code::KH3006,
            place,
            own,
        ))
        .quote(own.clone()),
    );
}
