//! KH2027: a body listed as coordinator whose words say that it leads.

use super::Subject;
use crate::base::even;
use crate::diag::{Code, Diagnostic, msg};

/// How a duty says that its body leads.
const LEADS: &[&str] = &["chủ trì", "làm đầu mối", "là cơ quan đầu mối"];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        let Some(coordinators) = task.fields.coordinators.as_ref().filter(|piece| on.wrote(&piece.origin)) else { continue };
        for role in &coordinators.value {
            let Some(duty) = &role.duty else { continue };
            let low = even(duty);
            let low = low.trim_start_matches([':', ',', ' ', '(']);
            if !LEADS.iter().any(|word| low.starts_with(word)) {
                continue;
            }
            let (code, name) = (&task.code.text, &role.text);
            out.push(
                on.note(
                    Code::KH2027,
                    role.loc,
                    msg!(
                        "{name} ở mục phối hợp của {code} mà câu chữ lại giao chủ trì",
                        "{name} coordinates {code}, but its words say that it leads"
                    ),
                    code,
                )
                .help(msg!("Chuyển sang Cơ quan chủ trì, hoặc sửa câu chữ", "Move it to Cơ quan chủ trì, or mend the words"))
                .quote(format!("{name} {}", duty.trim())),
            );
        }
    }
}
