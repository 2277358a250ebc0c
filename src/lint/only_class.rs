//! KH2018: tasks led by a whole class of bodies and by nobody in particular.

use super::Subject;
use crate::agency::Body;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Role;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let all: Vec<_> = on
        .tasks()
        .iter()
        .filter(|task| {
            let leads = task.fields.leads.as_ref().filter(|piece| on.wrote(&piece.origin) && !piece.value.is_empty());
            let class = |role: &Role| matches!(role.body, Body::Group(_) | Body::Open) && !names_members(role);
            leads.is_some_and(|piece| piece.value.iter().all(class))
                && task.fields.synthesisers.as_ref().is_none_or(|piece| piece.value.is_empty())
        })
        .collect();
    let Some(first) = all.first() else { return };
    let count = all.len();
    let codes: Vec<&str> = all.iter().take(3).map(|task| task.code.text.as_str()).collect();
    let codes = codes.join(", ");
    let at = first.fields.leads.as_ref().map_or(first.code.loc, |piece| piece.origin.stated);
    out.push(
        on.note(
            Code::KH2018,
            at,
            msg!(
                "{count} nhiệm vụ do cả một nhóm cơ quan chủ trì, không ai tổng hợp: {codes}",
                "{count} tasks are led by a whole class of bodies, and nobody sums up: {codes}"
            ),
            "",
        )
        .help(msg!("Nêu một cơ quan chủ trì, hoặc Cơ quan tổng hợp", "Name one lead, or who sums up (Cơ quan tổng hợp)")),
    );
}

/// Says whether a class is written out by name (`Các Cục: Di sản văn hóa, Bản quyền tác giả`): those are bodies, and not a class.
fn names_members(role: &Role) -> bool {
    let written = [Some(role.text.as_str()), role.duty.as_deref()];
    let behind = written.into_iter().flatten().find_map(|text| text.split_once(':')).map(|(_, rest)| rest.trim_start());
    behind.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}
