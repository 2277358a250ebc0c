//! KH2030: a document that is followed without its number and subject (`theo Nghị định của Chính phủ`).

use super::Subject;
use super::subject::part_of;
use crate::base::even;
use crate::diag::{Code, Diagnostic, msg};

const KINDS: &[&str] = &["nghị định", "nghị quyết", "quyết định", "thông tư", "chỉ thị"];

/// Words by which a text follows one document; behind `các` or `những` it speaks of many.
const FOLLOWS: &[&str] = &["theo ", "căn cứ ", "thực hiện ", "quy định tại "];

/// Those who issue what plans of any unit follow.
const ISSUERS: &[&str] = &["chính phủ", "thủ tướng chính phủ", "quốc hội", "ủy ban thường vụ quốc hội", "ubtvqh", "bộ "];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    // a document is named small in a sentence; capitals are a title's
    for own in on.own_texts().into_iter().filter(|own| own.text.contains(" của ")) {
        let low = even(own.text);
        let Some(range) = unnumbered(&low) else { continue };
        // bytes of the lower-cased text fit the text where no letter changed its length
        let range = if low.len() == own.text.len() { range } else { 0..own.text.len() };
        let quote = own.text.get(range.clone()).unwrap_or(own.text);
        out.push(
            on.note(
                Code::KH2030,
                part_of(own.loc, own.text, range.clone()),
                msg!("“{quote}” không ghi số và tên văn bản", "“{quote}” is cited without number and subject"),
                &own.place,
            )
            .help(msg!("Ghi số, ngày và trích yếu của văn bản", "State its number, date and subject"))
            .quote(quote),
        );
    }
}

/// Returns the bytes of the first document that is followed by kind and issuer alone.
fn unnumbered(low: &str) -> Option<std::ops::Range<usize>> {
    for kind in KINDS {
        for (at, _) in low.match_indices(kind) {
            if !FOLLOWS.iter().any(|word| low[..at].ends_with(word)) {
                continue;
            }
            let Some(issuer) = low[at + kind.len()..].strip_prefix(" của ") else { continue };
            let Some(name) = ISSUERS.iter().filter(|name| issuer.starts_with(**name)).max_by_key(|name| name.len()) else { continue };
            // what stands behind the issuer may say which document is meant
            let behind = issuer[name.len()..].trim_start();
            let ends = behind.is_empty() || behind.starts_with(['.', ';', ',', ')', '/']);
            if ends && !name.ends_with(' ') {
                return Some(at..at + kind.len() + " của ".len() + name.len());
            }
            // the name of a ministry ends the clause
            let clause = behind.find(['.', ';', ',', ')']).unwrap_or(behind.len());
            if name.ends_with(' ')
                && !behind.is_empty()
                && behind[..clause].split_whitespace().count() <= 6
                && !says_which(&behind[..clause])
            {
                let start = low.len() - behind.len();
                return Some(at..start + behind[..clause].trim_end().len());
            }
        }
    }
    None
}

/// Says whether words tell a document by date, subject or what it provides for.
fn says_which(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
        || ["về", "quy", "ban", "hướng", "và", "số"].iter().any(|word| words.split(' ').any(|one| one == *word))
}

#[cfg(test)]
mod tests {
    use super::unnumbered;

    #[test]
    fn one_document_by_kind_and_issuer_alone_is_found() {
        for text in ["tinh giản biên chế theo nghị định của chính phủ", "thực hiện thông tư của bộ nội vụ; báo cáo kết quả"]
        {
            assert!(unnumbered(text).is_some(), "{text}");
        }
    }

    #[test]
    fn products_lists_and_told_subjects_are_not() {
        for text in [
            "quyết định của ubnd tỉnh",
            "quy định tại các luật, nghị định của chính phủ",
            "theo nghị định của chính phủ về tinh giản biên chế",
            "theo nghị định số 108/2014/nđ-cp của chính phủ",
            "theo quyết định của bộ nội vụ về chỉ số",
        ] {
            assert_eq!(unnumbered(text), None, "{text}");
        }
    }
}
