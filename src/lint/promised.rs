//! KH2015: prose that sends the reader to a column which no table of the plan has (`kinh phí … nêu tại các Phụ lục`).

use super::Subject;
use super::subject::part_of;
use crate::base::even;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{ColumnField, Task};

/// What prose may promise: its words, the column, and whether a task fills it.
type Promise = (&'static [&'static str], &'static str, fn(&Task) -> bool);

const PROMISES: &[Promise] = &[
    (&["kinh phí"], "kinh phí", |task| task.fields.budget.is_some()),
    (&["sản phẩm"], "sản phẩm", |task| task.fields.products.is_some()),
    (&["thời gian", "thời hạn", "tiến độ"], "thời gian", |task| task.fields.deadline.is_some()),
    (&["cơ quan chủ trì", "đơn vị chủ trì"], "cơ quan chủ trì", |task| task.fields.leads.is_some()),
];

/// How a text says that something stands in the tables.
const STANDS: &[&str] = &["nêu", "ghi", "xác định", "thể hiện", "quy định", "dự kiến", "chi tiết"];
const THERE: &[&str] =
    &["tại các phụ lục", "tại phụ lục", "trong các phụ lục", "trong phụ lục", "ở các phụ lục", "ở phụ lục", "theo các phụ lục"];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    if on.tasks().is_empty() {
        return;
    }
    for own in on.own_texts() {
        let low = even(own.text);
        for sentence in sentences(&low) {
            let said = &low[sentence.clone()];
            let Some(list) = promised_in(said) else { continue };
            for (words, column, fills) in PROMISES {
                let Some(at) = words.iter().find_map(|word| said[list.clone()].find(word)) else { continue };
                let at = list.start + at;
                if on.tasks().iter().any(fills) || names_column(on, column) {
                    continue;
                }
                // bytes of the lower-cased text fit the text where no letter changed its length
                let range = if low.len() == own.text.len() { sentence.start + at..sentence.end } else { 0..own.text.len() };
                out.push(
                    on.note(
                        Code::KH2015,
                        part_of(own.loc, own.text, range.clone()),
                        msg!(
                            "Nói {column} nêu ở phụ lục, nhưng không phụ lục nào có cột {column}",
                            "The text says that the appendices state {column}, but none has a column for it"
                        ),
                        &own.place,
                    )
                    .help(msg!("Thêm cột đó vào phụ lục hoặc sửa câu này", "Add the column to the appendices or mend the sentence"))
                    .quote(own.text.get(range).unwrap_or(own.text)),
                );
                break;
            }
        }
    }
}

/// Returns where a sentence lists what the appendices state: in front of `… nêu tại các phụ lục`, or behind `các phụ lục … nêu …`.
fn promised_in(said: &str) -> Option<std::ops::Range<usize>> {
    let stands = |text: &str| STANDS.iter().filter_map(|word| text.find(word).map(|at| at + word.len())).min();
    if let Some(there) = THERE.iter().find_map(|words| said.find(words)) {
        return stands(&said[..there]).map(|_| 0..there);
    }
    let tables = said.trim_start_matches(['(', ' ']);
    let from = said.len() - tables.len();
    let behind = ["các phụ lục", "phụ lục"].iter().find_map(|words| tables.strip_prefix(words))?;
    stands(behind).map(|at| from + (tables.len() - behind.len()) + at..said.len())
}

/// Says whether a table has a column with these words in its heading or its user's own values.
fn names_column(on: &Subject<'_>, words: &str) -> bool {
    let columns = on.plan.header.columns.iter().chain(on.derivation.content.appendices.iter().flat_map(|appendix| &appendix.columns));
    let titled = columns.into_iter().any(|column| {
        even(&column.title).contains(words) || column.fields.iter().any(|field| matches!(field, ColumnField::Budget) && words == "kinh phí")
    });
    let own = on.tasks().iter().filter_map(|task| task.fields.own.as_ref()).flat_map(|piece| &piece.value);
    titled || own.into_iter().any(|(name, _)| even(name).contains(words))
}

/// Returns the sentences of a text as ranges of bytes.
fn sentences(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let ends = matches!(c, ';' | '\n') || (c == '.' && text[at + 1..].chars().next().is_none_or(char::is_whitespace));
        if ends {
            out.push(start..at);
            start = at + c.len_utf8();
        }
    }
    out.push(start..text.len());
    out
}
