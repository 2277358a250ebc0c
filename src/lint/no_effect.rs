//! KH2024: a decision without an article that says from when it is in force.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Form;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let header = &on.plan.header;
    if header.form == Some(Form::Decision) && header.effect.is_none() && header.number.is_some() {
        out.push(
            on.note(
                Code::KH2024,
                // the end of what stands in its place
                header.responsible.as_ref().map_or(on.plan.title.loc, |text| text.loc),
                msg!("Quyết định không có điều về hiệu lực thi hành", "The decision has no article on its taking effect"),
                "",
            )
            .help(msg!("Thêm Hiệu lực: kể từ ngày ký", "Add Hiệu lực: kể từ ngày ký")),
        );
    }
}
