//! KH2021: rows of an appendix that the narrative does not tell, and the reverse, in a plan that writes out its tasks twice.

use super::Subject;
use crate::base::{Loc, even, words};
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::model::{Appendix, Code as TaskCode, Part};

/// Share of the shorter text's words from which an item tells a row.
const TELLS: f64 = 0.6;

/// An item of the narrative as a bag of words.
struct Item<'a> {
    words: Vec<String>,
    text: &'a str,
    loc: Loc,
    tied: &'a [TaskCode],
}

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for (index, appendix) in on.derivation.content.appendices.iter().enumerate() {
        if appendix.scores.is_some() || !on.holds(appendix.loc) {
            continue;
        }
        let Some(section) = section_of(on, appendix) else { continue };
        let mut items: Vec<Item<'_>> = Vec::new();
        gather(section, &mut items);
        let rows: Vec<_> = on.tasks().iter().filter(|task| task.appendix == Some(index)).collect();
        let bags: Vec<Vec<String>> =
            rows.iter().map(|task| bag(task.fields.content.as_ref().map_or("", |piece| piece.value.as_str()))).collect();
        let told = |row: usize, item: &Item<'_>| {
            if item.tied.is_empty() { shares(&bags[row], &item.words) >= TELLS } else { item.tied.contains(&rows[row].code) }
        };
        let untold: Vec<usize> = (0..rows.len()).filter(|at| !items.iter().any(|item| told(*at, item))).collect();
        let rowless: Vec<&Item<'_>> =
            items.iter().filter(|item| item.tied.is_empty() && !(0..rows.len()).any(|row| told(row, item))).collect();
        // a narrative that tells in other words, or of other things, is not a list of the rows
        if rows.is_empty() || 2 * untold.len() > rows.len() || 2 * rowless.len() > items.len() {
            continue;
        }
        let place = appendix.place();
        for at in untold {
            let (task, title) = (rows[at], &section.text);
            let code = &task.code.text;
            let note = on.note(
                Code::KH2021,
                task.code.loc,
                msg!("{code} có trong {place} mà phần “{title}” không nêu", "{code} stands in {place}, but “{title}” does not tell it"),
                code,
            );
            out.push(note.help(both_ways()).quote(task.fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default()));
        }
        for item in rowless {
            let said = short(item.text);
            let note = on.note(
                Code::KH2021,
                item.loc,
                msg!("“{said}” có trong phần nội dung mà {place} không có", "“{said}” is told, but {place} has no such row"),
                &place,
            );
            out.push(note.help(both_ways()).quote(item.text));
        }
    }
}

fn both_ways() -> Message {
    msg!("Nêu nhiệm vụ ở cả hai nơi, hoặc bỏ ở nơi thừa", "Tell the task in both places, or remove it from one")
}

/// Returns the part of the narrative with an appendix's title, with items written by hand.
fn section_of<'a>(on: &Subject<'a>, appendix: &Appendix) -> Option<&'a Part> {
    fn find<'a>(part: &'a Part, title: &[String]) -> Option<&'a Part> {
        let same = bag(&part.text);
        if !part.below.is_empty() && part.depth > 1 && shares(title, &same) >= 0.9 && same.len() <= title.len() + 3 {
            return Some(part);
        }
        part.below.iter().find_map(|below| find(below, title))
    }
    let title = bag(&appendix.title.value);
    let parts = &on.derivation.content.parts;
    let section = parts.iter().find_map(|part| find(part, &title))?;
    let by_hand = on.wrote(&section.origin) && !section.below.iter().any(|part| part.text.contains('{'));
    by_hand.then_some(section)
}

fn gather<'a>(part: &'a Part, items: &mut Vec<Item<'a>>) {
    for below in &part.below {
        if below.below.is_empty() {
            let words = bag(&below.text);
            // a short line is a heading or a target; one in brackets, about the appendices or about the money for all is a remark
            let low = even(&below.text);
            let remark = low.starts_with('(') || low.contains("phụ lục") || low.starts_with("kinh phí");
            if words.len() >= 6 && !remark {
                items.push(Item { words, text: &below.text, loc: below.origin.stated, tied: &below.tied });
            }
        } else {
            gather(below, items);
        }
    }
}

fn bag(text: &str) -> Vec<String> {
    let low = even(text);
    let mut out: Vec<String> = words(&low).into_iter().map(|range| low[range].to_owned()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Returns the share of the shorter list's words that stand in the other.
fn shares(a: &[String], b: &[String]) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() {
        return 0.0;
    }
    short.iter().filter(|word| long.binary_search(word).is_ok()).count() as f64 / short.len() as f64
}

fn short(text: &str) -> String {
    let list: Vec<&str> = text.split_whitespace().collect();
    if list.len() <= 10 { text.to_owned() } else { format!("{} …", list[..10].join(" ")) }
}
