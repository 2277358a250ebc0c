//! KH3031: a unit's plan bears a date behind the day that the handing-on sets.

use crate::diag::{Code, Diagnostic, msg};
use crate::model::Model;

pub(super) fn check(model: &Model, out: &mut Vec<Diagnostic>) {
    for handing in &model.handings {
        let Some((last, limit)) = handing.issue_by else { continue };
        for recipient in &handing.recipients {
            let Some(plan) = recipient.plan.map(|id| model.plan(id)) else { continue };
            let Some(signed) = plan.header.signed_from().filter(|signed| *signed > last) else { continue };
            let at = plan.header.date_text.as_ref().map_or(plan.loc, |text| text.loc);
            let unit = &model.registry.unit(recipient.unit).name;
            let (code, by) = (&plan.code.text, &handing.code.text);
            out.push(
                Diagnostic::new(
                    Code::KH3031,
                    at,
                    msg!(
                        "{unit} ban hành kế hoạch sau hạn của {by} ({last})",
                        "{unit} issues its plan after the day that {by} sets ({last})"
                    ),
                )
                .related(limit, msg!("hạn ban hành", "the day set"))
                .help(msg!("Ký chậm nhất ngày {last}, hoặc CHẤP NHẬN KH3031 có Lý do", "Sign by {last}, or CHẤP NHẬN KH3031 with Lý do"))
                .about(code, unit, "")
                .quote(signed.to_string()),
            );
        }
    }
}
