//! KH2032: two labels in a row in front of one body (`Cơ quan tổng hợp: kiểm tra: Sở Nội vụ`).

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for task in on.tasks() {
        let fields = &task.fields;
        let pieces = [&fields.leads, &fields.coordinators, &fields.synthesisers];
        for piece in pieces.into_iter().flatten().filter(|piece| on.wrote(&piece.origin)) {
            // the bodies behind one label all keep it
            let doubled =
                piece.value.iter().find(|role| role.label.as_deref().is_some_and(|label| label.trim_end_matches([':', ' ']).contains(':')));
            let Some((role, label)) = doubled.and_then(|role| Some((role, role.label.as_deref()?))) else { continue };
            let (code, label) = (&task.code.text, label.trim_end_matches([':', ' ']));
            out.push(
                on.note(Code::KH2032, role.loc, msg!("“{label}:” là hai nhãn liền nhau", "“{label}:” is two labels in a row"), code)
                    .help(msg!("Nối hai nhãn bằng dấu phẩy, hoặc bỏ một", "Join the two by a comma, or remove one"))
                    .quote(label),
            );
        }
    }
}
