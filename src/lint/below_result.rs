//! KH2026: a target for a named index (`Chỉ số SIPAS đạt 85% trở lên`) below the result that the plan itself tells of an earlier year.

use super::Subject;
use super::subject::part_of;
use crate::base::{Loc, Year, even};
use crate::diag::{Code, Diagnostic, msg};

/// The word in front of an index's short name.
const INDEX: &str = "chỉ số ";

/// How a sentence asks for a share.
const WANTED: &[&str] = &["đạt", "tối thiểu", "ít nhất", "trở lên", "trên", "duy trì", "phấn đấu"];

/// What a sentence says of an index.
struct Said {
    name: String,
    /// In thousandths of a percent.
    value: i64,
    text: String,
    at: Loc,
    place: String,
}

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some((first, _)) = on.plan.span_of_years() else { return };
    let year = first.year();
    let (mut results, mut targets): (Vec<Said>, Vec<Said>) = (Vec::new(), Vec::new());
    // the heading of a PHẦN dates what stands below it
    let mut past = false;
    on.each_part(|part, place| {
        if part.depth == 1 {
            past = names_only_earlier(&part.text, year);
        }
        if !on.wrote(&part.origin) {
            return;
        }
        for (name, sentence) in named(&part.text) {
            let text = &part.text[sentence.clone()];
            let Some((value, wants)) = share(text) else { continue };
            let said =
                Said { name, value, text: short(text), at: part_of(part.origin.stated, &part.text, sentence), place: place.to_owned() };
            if past || names_only_earlier(&part.text, year) {
                results.push(said);
            } else if wants {
                targets.push(said);
            }
        }
    });
    for target in &targets {
        let Some(result) = results.iter().find(|result| result.name == target.name && result.value > target.value) else { continue };
        let (name, text, before) = (&target.name, &target.text, &result.text);
        out.push(
            on.note(
                Code::KH2026,
                target.at,
                msg!(
                    "Chỉ tiêu “{text}” thấp hơn kết quả {name} đã đạt (“{before}”)",
                    "The target “{text}” is below what {name} has already reached (“{before}”)"
                ),
                &target.place,
            )
            .related(result.at, msg!("kết quả đã đạt", "the result"))
            .help(msg!("Nâng chỉ tiêu, hoặc nói rõ vì sao thấp hơn", "Raise the target, or say why it is lower"))
            .quote(text.clone()),
        );
    }
}

/// Says whether a text names a year, and none from the plan's on.
fn names_only_earlier(text: &str, plan: Year) -> bool {
    let low = even(text);
    let years: Vec<Year> =
        low.match_indices("năm ").filter_map(|(at, word)| low.get(at + word.len()..at + word.len() + 4)?.parse().ok()).collect();
    !years.is_empty() && years.iter().all(|year| *year < plan && *year > 1900)
}

/// Returns the indices that a text names by capitals behind `Chỉ số`, with the bytes from there to the end of what is said of them.
fn named(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let low = even(text);
    if low.len() != text.len() {
        return Vec::new();
    }
    let starts: Vec<(usize, String)> = low
        .match_indices(INDEX)
        .filter_map(|(at, word)| {
            let name: String = text[at + word.len()..].chars().take_while(|c| c.is_uppercase()).collect();
            (name.chars().count() >= 3).then_some((at, name))
        })
        .collect();
    let end = |at: usize, next: usize| {
        let rest = &text[at..next];
        let stop = rest.char_indices().find(|(i, c)| *c == ';' || (*c == '.' && rest[i + 1..].starts_with(' ')));
        at + stop.map_or(rest.len(), |(i, _)| i)
    };
    let next = |i: usize| starts.get(i + 1).map_or(text.len(), |(at, _)| *at);
    starts.iter().enumerate().map(|(i, (at, name))| (name.clone(), *at..end(*at, next(i)))).collect()
}

/// Returns the last share that a sentence names, in thousandths of a percent, and whether it is wanted.
fn share(text: &str) -> Option<(i64, bool)> {
    let head = text[..text.rfind('%')?].trim_end();
    let number = head.rsplit(|c: char| !c.is_ascii_digit() && c != ',').next()?;
    let (whole, fraction) = number.split_once(',').unwrap_or((number, ""));
    if fraction.len() > 3 || whole.len() > 3 {
        return None;
    }
    let value = whole.parse::<i64>().ok()? * 1000 + format!("{fraction:0<3}").parse::<i64>().ok()?;
    let low = even(text);
    let wants = WANTED.iter().any(|word| low.contains(word));
    Some((value, wants))
}

fn short(text: &str) -> String {
    let list: Vec<&str> = text.split_whitespace().collect();
    let text = if list.len() <= 12 { list.join(" ") } else { format!("… {}", list[list.len() - 12..].join(" ")) };
    text.trim_end_matches(['.', ',', ')']).to_owned()
}
