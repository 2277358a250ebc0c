//! KH3028, KH4003: the year of the plan and its `Chuyển năm` disagree, or a plan of another year has none.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::ParentKind;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(own) = on.plan.header.year else { return };
    for link in &on.plan.parents {
        let parent = on.model.plan(link.plan);
        let Some(upper) = parent.header.year else { continue };
        if link.kind == ParentKind::LastYear && own <= upper {
            let code = &parent.code.text;
            let next = upper.saturating_add(1);
            out.push(
                on.note(
                    Code::KH4003,
                    link.loc,
                    msg!(
                        "{code} là kế hoạch năm {upper}, không trước năm {own} của kế hoạch này",
                        "{code} is a plan of {upper}, which does not come before this plan's year {own}"
                    ),
                    "",
                )
                .related(parent.loc, msg!("kế hoạch được nêu ở Từ", "the plan that Từ names"))
                .help(msg!("Sửa Năm: {next}, hoặc sửa mã ở Từ", "Mend Năm: {next}, or mend the code in Từ"))
                .quote(code),
            );
            continue;
        }
        let (wrong, at) = match link.years {
            Some((from, to)) => (from != upper || to != own, link.years_loc.unwrap_or(link.loc)),
            // a value that cannot be understood is reported where it stands
            None => (upper != own && link.years_loc.is_none(), link.loc),
        };
        if wrong {
            let code = &parent.code.text;
            out.push(
                on.note(
                    Code::KH3028,
                    at,
                    msg!("{code} là kế hoạch năm {upper}, kế hoạch này năm {own}", "{code} is a plan of {upper}, this plan is of {own}"),
                    "",
                )
                .related(parent.loc, msg!("kế hoạch {code}", "the plan {code}"))
                .help(msg!("Ghi: Chuyển năm: {upper} sang {own}", "Write: Chuyển năm: {upper} sang {own}"))
                .quote(format!("{upper} sang {own}")),
            );
        }
    }
}
