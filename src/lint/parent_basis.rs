//! KH3030: the parent plan is not among the legal bases.

use super::Subject;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::ParentKind;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let bases = &on.plan.header.bases;
    for link in on.plan.parents.iter().filter(|link| link.kind == ParentKind::Upper) {
        let parent = on.model.plan(link.plan);
        let Some(number) = parent.header.number.as_ref().map(|text| text.value.as_str()).filter(|number| !number.contains('…')) else {
            continue;
        };
        if bases.iter().any(|base| names(&base.value, number)) {
            continue;
        }
        let code = &parent.code.text;
        let at = bases.last().map_or(on.plan.loc, |base| base.loc);
        out.push(
            on.note(
                Code::KH3030,
                at,
                msg!(
                    "Căn cứ không có kế hoạch cấp trên {code} (số {number})",
                    "The parent plan {code} ({number}) is not among the legal bases"
                ),
                "",
            )
            .related(link.loc, msg!("theo kế hoạch này", "the plan that is followed"))
            .help(msg!("Thêm vào Căn cứ văn bản số {number}", "Add the document {number} to Căn cứ")),
        );
    }
}

/// Says whether a basis names the document with a number: the number stands there whole.
fn names(basis: &str, number: &str) -> bool {
    let (basis, number) = (Key::new(basis), Key::new(number));
    basis.as_str().match_indices(number.as_str()).any(|(at, found)| {
        let before = basis.as_str()[..at].chars().next_back();
        let after = basis.as_str()[at + found.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
