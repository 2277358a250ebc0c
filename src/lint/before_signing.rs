//! KH2002: a deadline that has passed when the plan is signed.

use super::outside_year::each_deadline;
use super::{Subject, acceptance};
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(signed) = on.signed_from() else { return };
    let signed_at = on.plan.header.date_text.as_ref().map_or(on.plan.loc, |text| text.loc);
    each_deadline(on, |task, entry, at| {
        if entry.latest(on.plan.header.year).is_none_or(|latest| latest >= signed) {
            return;
        }
        let (code, text) = (&task.code.text, &entry.text);
        out.push(
            on.note(
                Code::KH2002,
                at,
                msg!(
                    "Thời hạn “{text}” của {code} đã qua khi ký kế hoạch",
                    "The deadline “{text}” of {code} has passed when the plan is signed"
                ),
                code,
            )
            .related(signed_at, msg!("ngày ký", "the day of signing"))
            .help(acceptance::or_accept(&msg!("Sửa thời hạn", "Mend the deadline"), Code::KH2002, code, text))
            .quote(text.clone()),
        );
    });
}
