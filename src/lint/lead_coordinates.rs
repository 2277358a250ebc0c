//! KH2004: a body that leads a task also coordinates it.

use super::Subject;
use crate::agency::Body;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        let (Some(leads), Some(coordinators)) = (&task.fields.leads, &task.fields.coordinators) else { continue };
        for role in &coordinators.value {
            let leads_too = leads.value.iter().find(|lead| lead.body == role.body && !matches!(role.body, Body::Open | Body::Unknown));
            let Some(lead) = leads_too else { continue };
            let (code, name) = (&task.code.text, &role.text);
            let at = if on.wrote(&coordinators.origin) { role.loc } else { task.code.loc };
            out.push(
                on.note(
                    Code::KH2004,
                    at,
                    msg!("{name} vừa chủ trì vừa phối hợp ở nhiệm vụ {code}", "{name} leads and coordinates task {code}"),
                    code,
                )
                .related(lead.loc, msg!("chủ trì ở đây", "leads here"))
                .help(msg!("Bỏ khỏi Cơ quan phối hợp", "Remove it from Cơ quan phối hợp"))
                .quote(name.clone()),
            );
        }
    }
}
