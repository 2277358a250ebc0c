//! KH2008, KH2009: deadlines in the plan's own words that are not understood, or lack their year.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::value::{Time, When};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        let Some(piece) = task.fields.deadline.as_ref().filter(|piece| on.wrote(&piece.origin)) else { continue };
        for entry in &piece.value.entries {
            let (code, text) = (&task.code.text, &entry.text);
            if entry.time == Time::Unknown {
                out.push(
                    on.note(
                        Code::KH2008,
                        piece.origin.stated,
                        msg!("Chưa hiểu thời hạn “{text}” của {code}", "The deadline “{text}” of {code} cannot be understood"),
                        code,
                    )
                    .help(msg!(
                        "Viết như: Quý III/2023; Tháng 11/2023; Trước ngày 15/11/2023; Thường xuyên; Định kỳ hàng quý",
                        "Write it as: Quý III/2023; Tháng 11/2023; Trước ngày 15/11/2023; Thường xuyên; Định kỳ hàng quý"
                    ))
                    .quote(text.clone()),
                );
            }
            // in a list (`Quý I, Quý II năm 2022`) one year serves all
            let without_year = |when: When| matches!(when, When::Month(None, _) | When::Quarter(None, _));
            let open = !entry.moments.is_empty() && entry.moments.iter().all(|moment| without_year(moment.when));
            if open && entry.time != Time::Unknown {
                out.push(
                    on.note(
                        Code::KH2009,
                        piece.origin.stated,
                        msg!("Thời hạn “{text}” của {code} thiếu năm", "The deadline “{text}” of {code} lacks its year"),
                        code,
                    )
                    .help(msg!("Ghi năm, như Quý IV/2023", "State the year, such as Quý IV/2023"))
                    .quote(text.clone()),
                );
            }
        }
    }
}
