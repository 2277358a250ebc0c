//! KH0030: a decision without the lines that its last article and its signature are printed from.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Form, Model, Plan};

/// Before a release each decision is judged; while drafting, those that have one of the two lines and lack the other.
pub(super) fn check(on: &Subject<'_>, release: bool, out: &mut Vec<Diagnostic>) {
    let header = &on.plan.header;
    let begun = !header.signer.is_empty() || header.responsible.is_some();
    if !begun && !release {
        return;
    }
    if header.record || form(on.model, on.plan) != Form::Decision {
        return;
    }
    let responsible = header.responsible.is_none().then_some("Trách nhiệm thi hành");
    let signer = header.signer.is_empty().then_some("Người ký");
    let missing: Vec<&str> = [responsible, signer].into_iter().flatten().collect();
    if missing.is_empty() {
        return;
    }
    let code = &on.plan.code.text;
    let labels = missing.join(", ");
    let [first, ..] = missing.as_slice() else { return };
    out.push(
        on.note(
            Code::KH0030,
            on.plan.loc,
            msg!("Quyết định ban hành {code} chưa có {labels}", "The decision that issues {code} has no {labels}"),
            "",
        )
        .help(msg!(
            "Ghi dòng {first}: … dưới KẾ HOẠCH trước khi ký; kehoach check --release coi là lỗi",
            "Write the line {first}: … below KẾ HOẠCH before signing; kehoach check --release takes it for an error"
        )),
    );
}

/// Returns the form in which a plan is issued: its own, else that of its first parent.
fn form(model: &Model, plan: &Plan) -> Form {
    match (plan.header.form, plan.parents.first()) {
        (Some(form), _) => form,
        (None, Some(link)) => form(model, model.plan(link.plan)),
        (None, None) => Form::default(),
    }
}
