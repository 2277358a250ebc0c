//! KH1003: a body of an upper level leads or coordinates in a lower plan.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(level) = on.plan.level else { return };
    let registry = &on.model.registry;
    let date = on.plan.registry_date();
    for task in on.tasks() {
        let fields = &task.fields;
        for piece in [&fields.leads, &fields.coordinators].into_iter().flatten() {
            for role in &piece.value {
                let Some(upper) = registry.level_of(role.body) else { continue };
                if upper == level || !registry.is_below(level, upper, date) {
                    continue;
                }
                let (code, name) = (&task.code.text, &role.text);
                let (own, other) = (&registry.level(level).name, &registry.level(upper).name);
                let at = if on.wrote(&piece.origin) { role.loc } else { task.code.loc };
                out.push(
                    on.note(
                        Code::KH1003,
                        at,
                        msg!(
                            "{name} là cơ quan cấp {other}, kế hoạch này của cấp {own} (nhiệm vụ {code})",
                            "{name} is a body of the level {other}, this plan is of the level {own} (task {code})"
                        ),
                        code,
                    )
                    .help(msg!("Ghi cơ quan của cấp {own}", "Name a body of the level {own}"))
                    .quote(name.clone()),
                );
            }
        }
    }
}
