//! KH1017, KH3029, KH4002: the parent plan is not of a unit above, last year's plan is of another unit, or either was signed after the plan that follows it.

use super::Subject;
use crate::agency::UnitId;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{ParentKind, ParentLink, Plan};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for link in &on.plan.parents {
        let parent = on.model.plan(link.plan);
        out.extend(wrong_unit(on, parent, link));
        out.extend(signed_before(on, parent));
    }
}

fn wrong_unit(on: &Subject<'_>, parent: &Plan, link: &ParentLink) -> Option<Diagnostic> {
    let registry = &on.model.registry;
    let (unit, upper) = on.plan.unit.zip(parent.unit)?;
    if link.kind == ParentKind::LastYear {
        return other_unit(on, parent, link, unit, upper);
    }
    // a unit that moved is below the parent's at one of the two dates
    let fits = [on.plan, parent].iter().any(|plan| registry.can_follow(unit, upper, plan.registry_date()));
    if fits {
        return None;
    }
    let (own, upper, code) = (&registry.unit(unit).name, &registry.unit(upper).name, &parent.code.text);
    let note = on
        .note(
            Code::KH1017,
            link.loc,
            msg!("{own} không trực thuộc {upper}, là đơn vị của {code}", "{own} does not lie below {upper}, whose plan is {code}"),
            "",
        )
        .related(parent.loc, msg!("kế hoạch được nêu ở Theo", "the plan that Theo names"))
        .help(msg!(
            "Sửa mã ở Theo, hoặc ghi Thuộc của đơn vị trong DANH BẠ",
            "Mend the code in Theo, or state Thuộc of the unit under DANH BẠ"
        ))
        .quote(code);
    Some(note)
}

/// Returns the finding about a plan that goes on from one of another unit: neither the same nor one whose work it took over.
fn other_unit(on: &Subject<'_>, parent: &Plan, link: &ParentLink, unit: UnitId, earlier: UnitId) -> Option<Diagnostic> {
    let registry = &on.model.registry;
    let heirs = registry.unit_successors(earlier, on.plan.registry_date());
    if unit == earlier || heirs.iter().any(|heir| heir.unit == unit) {
        return None;
    }
    let (own, other, code) = (&registry.unit(unit).name, &registry.unit(earlier).name, &parent.code.text);
    let note = on
        .note(
            Code::KH4002,
            link.loc,
            msg!("{code} là kế hoạch của {other}, kế hoạch này của {own}", "{code} is a plan of {other}, this plan is of {own}"),
            "",
        )
        .related(parent.loc, msg!("kế hoạch được nêu ở Từ", "the plan that Từ names"))
        .help(msg!(
            "Ghi ở Từ kế hoạch năm trước của chính đơn vị; kế hoạch của cấp trên thì ghi ở Theo",
            "Name the unit's own plan of last year in Từ; a plan of the upper level in Theo"
        ))
        .quote(code);
    Some(note)
}

fn signed_before(on: &Subject<'_>, parent: &Plan) -> Option<Diagnostic> {
    let (text, signed) = (on.plan.header.date_text.as_ref()?, parent.header.date?);
    let from = on.plan.header.signed_from()?;
    let before = match on.plan.header.date {
        Some(date) => date < signed,
        // only the month is known
        None => (from.year(), from.month()) < (signed.year(), signed.month()),
    };
    if !before {
        return None;
    }
    let code = &parent.code.text;
    let mut note = on
        .note(
            Code::KH3029,
            text.loc,
            msg!(
                "Kế hoạch ký trước {code} (ngày {signed}) mà lại dựa vào kế hoạch ấy",
                "The plan is signed before {code} ({signed}), which it follows"
            ),
            "",
        )
        .help(msg!("Sửa Ngày: từ {signed} trở đi", "Mend Ngày: {signed} or later"))
        .quote(&text.value);
    if let Some(upper) = &parent.header.date_text {
        note = note.related(upper.loc, msg!("ngày của {code}", "the date of {code}"));
    }
    Some(note)
}
