//! KH2031: appendices printed with Arabic numbers; Nghị định 30/2020/NĐ-CP wants Roman ones where there are several.

use super::Subject;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let appendices = &on.derivation.content.appendices;
    let listed: Vec<_> = appendices.iter().filter(|appendix| !appendix.group && on.holds(appendix.loc)).collect();
    let is_arabic = |number: &str| number.bytes().any(|byte| byte.is_ascii_digit()) && number.bytes().all(|byte| byte.is_ascii_digit());
    let arabic: Vec<_> = listed
        .iter()
        .filter_map(|appendix| Some((appendix, appendix.printed_number.as_deref().map(|number| number.trim().trim_end_matches('.'))?)))
        .filter(|(appendix, number)| {
            is_arabic(number) && appendix.called.as_deref().is_none_or(|name| name.to_lowercase().contains("phụ lục"))
        })
        .collect();
    let Some((first, number)) = arabic.first().filter(|_| arabic.len() > 1) else { return };
    let count = arabic.len();
    out.push(
        on.note(
            Code::KH2031,
            first.title.loc,
            msg!(
                "{count} phụ lục đánh số Ả Rập (“{number}”), Nghị định số 30/2020/NĐ-CP quy định số La Mã",
                "{count} appendices bear Arabic numbers (“{number}”); Decree 30/2020/NĐ-CP wants Roman ones"
            ),
            &first.place(),
        )
        .help(msg!("Đánh số phụ lục bằng số La Mã: I, II, III", "Number the appendices I, II, III"))
        .quote((*number).to_owned()),
    );
}
