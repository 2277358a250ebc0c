//! KH2013: numbers or letters of prose and tasks as printed that repeat, skip, or are not in the series (`f`, `j`, `w`, `z`).
//!
//! A plan written here is numbered by the program; what a printed document says is kept by `Đánh số`.

use std::collections::BTreeSet;

use super::Subject;
use crate::base::Loc;
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::model::Part;

/// The series of letters in official documents.
const LETTERS: &[&str] =
    &["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let parts = &on.derivation.content.parts;
    let tops: Vec<(String, Loc)> = parts.iter().filter(|part| part.printed_number.is_some()).filter_map(printed).collect();
    judge(on, &tops, "", out);
    on.each_part(|part, place| {
        if !on.wrote(&part.origin) || part.below.iter().all(|below| below.printed_number.is_none()) {
            return;
        }
        let list: Vec<(String, Loc)> = part.below.iter().filter_map(printed).collect();
        judge(on, &list, place, out);
    });
    on.each_part(|part, place| {
        if on.wrote(&part.origin) {
            // a list that a copy left without its heading begins anew at the first letter or number
            lists(part.below.iter().filter_map(typed).collect()).iter().for_each(|list| judge(on, list, place, out));
        }
    });
    let appendices = &on.derivation.content.appendices;
    for group in [true, false] {
        let numbers = appendices.iter().filter(|appendix| appendix.group == group && on.holds(appendix.loc)).filter_map(|appendix| {
            let number = appendix.printed_number.as_deref().filter(|number| !number.is_empty() && *number != "không")?;
            Some((bare(number), appendix.title.loc))
        });
        let place = if group { "NHÓM NHIỆM VỤ" } else { "PHỤ LỤC" };
        lists(numbers.collect()).iter().for_each(|list| judge(on, list, place, out));
    }
}

/// Returns the letter that a paragraph types at its beginning (`a) Rà soát …`), with the paragraph's place.
fn typed(part: &Part) -> Option<(String, Loc)> {
    let (mark, _) = part.text.split_once(") ").filter(|_| part.depth == 0 && part.printed_number.is_none())?;
    let letter = mark.chars().count() == 1 && mark.chars().all(|c| c.is_lowercase());
    letter.then(|| (mark.to_owned(), part.origin.stated))
}

/// Parts numbers where they begin anew. A first number that stands twice in a row does not: that is one used twice.
fn lists(numbers: Vec<(String, Loc)>) -> Vec<Vec<(String, Loc)>> {
    let mut out: Vec<Vec<(String, Loc)>> = Vec::new();
    for number in numbers {
        let first = ordinal(&number.0, None) == Some(1) || number.0 == "a";
        match out.last_mut() {
            Some(list) if !first || list.last().is_some_and(|(last, _)| *last == number.0) => list.push(number),
            Some(_) | None => out.push(vec![number]),
        }
    }
    out
}

fn bare(number: &str) -> String {
    number.trim().trim_end_matches(['.', ')']).to_owned()
}

/// Returns the number of a node as printed, with its place.
fn printed(part: &Part) -> Option<(String, Loc)> {
    let text = part.printed_number.as_deref().or_else(|| Some(part.number.as_str()).filter(|number| !number.is_empty()))?;
    Some((bare(text), part.origin.stated))
}

fn judge(on: &Subject<'_>, list: &[(String, Loc)], place: &str, out: &mut Vec<Diagnostic>) {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut last: Option<(usize, &str)> = None;
    for (text, at) in list {
        let said = |message: Message| {
            on.note(Code::KH2013, *at, message, place)
                .help(msg!("Đánh lại số thứ tự, và sửa chỗ nào dẫn chiếu đến số này", "Number anew, and mend what refers to this number"))
                .quote(text.clone())
        };
        if matches!(text.to_lowercase().as_str(), "f" | "j" | "w" | "z") {
            out.push(said(msg!(
                "Chữ “{text}” không có trong thứ tự a, b, c, d, đ, e, g…",
                "“{text}” is not in the series a, b, c, d, đ, e, g…"
            )));
            continue;
        }
        if !seen.insert(text) {
            out.push(said(msg!("Số “{text}” dùng hai lần", "The number “{text}” is used twice")));
        } else if let (Some(now), Some((before, previous))) = (ordinal(text, last.map(|(before, _)| before)), last)
            && now > before + 1
        {
            out.push(said(msg!(
                "Sau “{previous}” là “{text}”: thứ tự bị nhảy",
                "“{previous}” is followed by “{text}”: a number is left out"
            )));
        }
        if let Some(now) = ordinal(text, last.map(|(before, _)| before)) {
            last = Some((now, text));
        }
    }
}

/// Returns the place of a number or letter in its series; of a dotted number, the place of its last figure. `V` is a letter and a Roman
/// number: the one that follows `before` where either does, else a capital is Roman.
fn ordinal(text: &str, before: Option<usize>) -> Option<usize> {
    let tail = text.rsplit('.').next()?;
    let letter = LETTERS.iter().position(|letter| *letter == tail.to_lowercase());
    let follows = |at: &usize| before.is_some_and(|before| *at == before + 1);
    tail.parse().ok().or_else(|| letter.filter(follows)).or_else(|| roman(tail)).or(letter)
}

fn roman(text: &str) -> Option<usize> {
    let value = |c| {
        Some(match c {
            'I' => 1usize,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        })
    };
    let list: Vec<usize> = text.chars().map(value).collect::<Option<_>>()?;
    let minus = |at: usize| list.get(at + 1).is_some_and(|next| *next > list[at]);
    let plus: usize = (0..list.len()).filter(|at| !minus(*at)).map(|at| list[at]).sum();
    let less: usize = (0..list.len()).filter(|at| minus(*at)).map(|at| list[at]).sum();
    plus.checked_sub(less).filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn numbers_letters_and_romans_have_their_places() {
        assert_eq!(ordinal("đ", None), Some(4));
        assert_eq!(ordinal("IX", Some(8)), Some(9));
        assert_eq!(ordinal("2.1.7", None), Some(7));
        assert_eq!(ordinal("?", None), None);
        // V behind IV is five, behind U the letter
        assert_eq!(ordinal("V", Some(4)), Some(5));
        assert_eq!(ordinal("V", Some(19)), Some(20));
    }
}
