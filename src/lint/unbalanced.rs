//! KH2012: a bracket or quotation mark without its partner, in the plan's own words.

use super::Subject;
use super::subject::part_of;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for own in on.own_texts() {
        let Some((at, mark)) = lone(own.text) else { continue };
        let rest = own.text.get(at..).unwrap_or_default();
        let quote: String = if mark == ')' || mark == ']' {
            let head = own.text.get(..at + mark.len_utf8()).unwrap_or_default();
            let from = head.char_indices().rev().nth(24).map_or(0, |(at, _)| at);
            head[from..].to_owned()
        } else {
            rest.chars().take(25).collect()
        };
        out.push(
            on.note(
                Code::KH2012,
                part_of(own.loc, own.text, at..at + mark.len_utf8()),
                msg!("Dấu “{mark}” không có dấu đi cùng", "The mark “{mark}” has no partner"),
                &own.place,
            )
            .help(msg!("Thêm dấu còn thiếu hoặc bỏ dấu thừa", "Add the one that is missing or remove the one too many"))
            .quote(quote.trim()),
        );
    }
}

/// Returns the first mark without partner and its byte. Marks of lists (`a)`, `1)`) and of inches or minutes have none rightly.
fn lone(text: &str) -> Option<(usize, char)> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut quote: Option<usize> = None;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' | '“' => open.push((at, c)),
            ')' | ']' | '”' => {
                let partner = match c {
                    ')' => '(',
                    ']' => '[',
                    _ => '“',
                };
                match open.last() {
                    Some((_, last)) if *last == partner => {
                        open.pop();
                    }
                    _ if c == ')' && marks_list(text, at) => {}
                    _ => return Some((at, c)),
                }
            }
            // a keyboard without them closes what a program opened
            '"' if quote.is_none() && open.last().is_some_and(|(_, last)| *last == '“') => {
                open.pop();
            }
            '"' if text[..at].ends_with(|c: char| c.is_ascii_digit()) && quote.is_none() => {}
            '"' => quote = if quote.is_some() { None } else { Some(at) },
            _ => {}
        }
    }
    open.first().copied().or(quote.map(|at| (at, '"')))
}

/// Says whether the closing bracket at `at` belongs to the mark of a list item: one letter, or figures, alone in front of it.
fn marks_list(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | ':' | '.' | '-')).next().unwrap_or_default();
    let figures = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()) && word.len() <= 2;
    let roman = !word.is_empty() && word.len() <= 4 && word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    figures || roman || (word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::lone;

    #[test]
    fn marks_of_lists_have_no_partner_rightly() {
        for text in [
            "a) lập kế hoạch; b) báo cáo",
            "gồm: 1) rà soát; 2) báo cáo",
            "(xã, thị trấn) và “một cửa”",
            "rộng 5\" và \"mở\"",
            "dự án “một cửa\" của xã",
        ] {
            assert_eq!(lone(text), None, "{text}");
        }
    }

    #[test]
    fn a_lone_mark_is_found_where_it_stands() {
        assert_eq!(lone("các xã (thị trấn thực hiện"), Some((9, '(')));
        assert_eq!(lone("các xã thị trấn) thực hiện").map(|(_, c)| c), Some(')'));
        assert_eq!(lone("cơ chế \"một cửa").map(|(_, c)| c), Some('"'));
    }
}
