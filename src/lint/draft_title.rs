//! KH2033: words of a draft in the title of an issued plan or of its appendix (`Đề xuất một số nhiệm vụ …`, `Dự thảo kế hoạch …`).

use super::Subject;
use crate::base::{Loc, even};
use crate::diag::{Code, Diagnostic, msg};

const DRAFT: &[&str] = &["đề xuất", "dự thảo", "(dự thảo", "dự kiến", "góp ý", "bản thảo"];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    // only what is issued has left its draft behind
    if on.plan.header.number.is_none() {
        return;
    }
    let mut titles: Vec<(&str, Loc, String)> = vec![(&on.plan.title.value, on.plan.title.loc, String::new())];
    for appendix in on.derivation.content.appendices.iter().filter(|appendix| on.holds(appendix.loc)) {
        let title = appendix.printed_title.as_ref().unwrap_or(&appendix.title);
        titles.push((&title.value, title.loc, appendix.place()));
    }
    for (title, at, place) in titles {
        let low = even(title);
        let Some(word) = DRAFT.iter().find(|word| low.starts_with(**word)) else { continue };
        let word: String = title.chars().take(word.chars().count()).collect();
        let word = word.trim_start_matches('(');
        out.push(
            on.note(
                Code::KH2033,
                at,
                msg!("Tên văn bản đã ban hành còn chữ “{word}”", "A title of an issued document still says “{word}”"),
                &place,
            )
            .help(msg!("Bỏ chữ của bản thảo khỏi tên", "Remove the draft's word from the title"))
            .quote(title),
        );
    }
}
