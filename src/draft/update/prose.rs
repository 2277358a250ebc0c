//! Prose: a PHẦN's title, a MỤC, an item, a paragraph. What the plan itself writes is changed where it stands; of what came from the parent the whole PHẦN
//! is written into the plan, since a plan inherits a PHẦN whole or not at all.

use super::words::{rewritten, same};
use super::{Edit, FieldChange, Scene};
use crate::base::Span;
use crate::derive;
use crate::diag::Message;
use crate::model::{Marking, Part};
use crate::syntax::ast::{Argument, Block, Keyword};

/// Returns the edit of a piece of prose by its path (`II.2.1`); `None` where its PHẦN came from the parent.
pub(super) fn edits(scene: &Scene<'_>, path: &str, change: &FieldChange) -> Result<Option<Vec<Edit>>, Message> {
    let part = find(scene, path).ok_or_else(super::unfound)?;
    let loc = part.origin.stated;
    if !part.origin.steps.is_empty() || loc.source != scene.source {
        return Ok(None);
    }
    let (old, new) = (change.from.join(" "), change.to.join(" "));
    let written = scene.slice(loc.span);
    // a tie at the end ({TC-08}) is not printed
    let tie = written.find(" {").filter(|_| !part.tied.is_empty()).map_or("", |at| &written[at..]);
    let own = written.strip_suffix(tie).unwrap_or(written);
    let said = if part.depth == 1 { recased(own, &old, &new) } else { new.clone() };
    if same(&old, &said) {
        return Ok(Some(Vec::new()));
    }
    Ok(Some(vec![scene.edit(loc.span, format!("{}{tie}", rewritten(own, &old, &said)))]))
}

/// Returns the edit that writes the inherited PHẦN into the plan of which these pieces changed; all of `changes` are of one PHẦN.
pub(super) fn own_part(scene: &Scene<'_>, changes: &[&FieldChange]) -> Result<Edit, Message> {
    let path = |change: &FieldChange| change.field.strip_prefix("part/").unwrap_or("").to_owned();
    let first = changes.first().map(|change| path(change)).unwrap_or_default();
    let number = first.split('.').next().unwrap_or("");
    let part = find(scene, number).ok_or_else(super::unfound)?;
    if stated(scene, number).is_some() {
        return Err(super::unfound());
    }
    let mut text = String::new();
    write(part, number, changes, &mut text);
    // PHẦN stand in their order: before the first with a greater number, else behind the last, else below the head
    let value = |text: &str| derive::roman(text);
    let mut own = scene.blocks.iter().filter(|block| block.heading.keyword == Keyword::Part);
    let greater = own
        .clone()
        .find(|block| number_of(block).zip(value(number)).is_some_and(|(other, own)| value(other).is_some_and(|other| other > own)));
    Ok(match greater {
        Some(block) => scene.edit(Span::at(block.heading.span.start as usize), format!("{text}\n")),
        None => {
            let behind = own.next_back().map_or(scene.head.span.end, |block| block.span.end);
            scene.edit(Span::at(behind as usize), format!("\n\n{}", text.trim_end()))
        }
    })
}

fn number_of(block: &Block) -> Option<&str> {
    match &block.heading.argument {
        Argument::Number(number) => Some(number.value.as_str()),
        _ => None,
    }
}

/// Returns the PHẦN of the plan's own with a number.
fn stated<'a>(scene: &Scene<'a>, number: &str) -> Option<&'a Block> {
    scene.blocks.iter().find(|block| block.heading.keyword == Keyword::Part && number_of(block) == Some(number))
}

/// Writes a node and what stands below it as `.kh`, with the words that changed.
fn write(part: &Part, path: &str, changes: &[&FieldChange], out: &mut String) {
    let change = changes.iter().find(|change| change.field.strip_prefix("part/") == Some(path));
    let text = change.map_or_else(
        || part.text.clone(),
        |change| {
            let (old, new) = (change.from.join(" "), change.to.join(" "));
            let said = if part.depth == 1 { recased(&part.text, &old, &new) } else { new };
            rewritten(&part.text, &old, &said)
        },
    );
    let ties: Vec<&str> = part.tied.iter().map(|code| code.text.as_str()).collect();
    let tie = if ties.is_empty() { String::new() } else { format!(" {{{}}}", ties.join(", ")) };
    let line = match part.depth {
        1 => format!("PHẦN {}: {text}{tie}", part.number),
        2 => format!("MỤC: {text}{tie}"),
        3 => format!("TIỂU MỤC: {text}{tie}"),
        4 => format!("- {text}{tie}"),
        5 => format!("+ {text}{tie}"),
        // a blank line opens a paragraph
        _ => format!("\n{}{text}{tie}", if opens_like_a_keyword(&text) { "\\" } else { "" }),
    };
    out.push_str(&line);
    out.push('\n');
    if let Some(number) = &part.printed_number {
        out.push_str(&format!("Đánh số: {number}\n"));
    }
    if let Some(marking) = part.marking {
        let word = match marking {
            Marking::Numbers => "số",
            Marking::Letters => "chữ",
            Marking::Dashes => "gạch",
        };
        out.push_str(&format!("Kiểu: {word}\n"));
    }
    for (below, at) in part.below.iter().zip(1usize..) {
        write(below, &format!("{path}.{at}"), changes, out);
    }
}

/// Says whether a line of prose may be taken for something else: it opens in capitals, with a mark, or with words and a colon.
fn opens_like_a_keyword(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or("");
    let capitals = word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase);
    let label = text.split_once(':').is_some_and(|(label, _)| label.split(' ').count() <= 4);
    capitals || label || text.starts_with(['#', '-', '–', '•', '*', '+', '\\'])
}

/// Returns a title that was changed where it is printed in capitals with the letters of the words that it had; new words are small, but for letters that
/// stand for several words (`HĐND`).
fn recased(own: &str, old: &str, new: &str) -> String {
    if new != new.to_uppercase() || old != old.to_uppercase() {
        return new.to_owned();
    }
    let known: Vec<&str> = own.split(' ').collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase();
    let cased = new.split(' ').enumerate().map(|(at, word)| {
        let of_old = known.iter().find(|one| !bare(one).is_empty() && bare(one) == bare(word));
        match of_old {
            Some(one) => {
                let inner = one.trim_matches(|c: char| !c.is_alphanumeric());
                word.replace(&bare(word), inner)
            }
            None if stands_for_several(word) => word.to_owned(),
            None => {
                let small = word.to_lowercase();
                let mut letters = small.chars();
                match letters.next().filter(|_| at == 0) {
                    Some(first) => first.to_uppercase().chain(letters).collect(),
                    None => small,
                }
            }
        }
    });
    cased.collect::<Vec<_>>().join(" ")
}

/// Says whether capitals are an abbreviation: no Vietnamese word has three consonants in a row but for `ngh`.
fn stands_for_several(word: &str) -> bool {
    let consonant = |c: &char| "BCDĐGHKLMNPQRSTVX".contains(*c);
    let letters: Vec<char> = word.chars().collect();
    letters.windows(3).any(|three| three.iter().all(consonant) && !matches!(three, ['N', 'G', 'H']))
}

fn find<'a>(scene: &Scene<'a>, path: &str) -> Option<&'a Part> {
    let mut steps = path.split('.');
    let first = steps.next()?;
    let mut part = scene.derivation.template.parts.iter().find(|part| part.number == first)?;
    for step in steps {
        let at: usize = step.parse().ok()?;
        part = part.below.get(at.checked_sub(1)?)?;
    }
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_capitals_keeps_its_letters() {
        assert_eq!(recased("Mục đích, yêu cầu", "MỤC ĐÍCH, YÊU CẦU", "MỤC ĐÍCH VÀ YÊU CẦU CỦA HĐND"), "Mục đích và yêu cầu của HĐND");
        assert_eq!(
            recased("Nội dung UBND tỉnh giao", "NỘI DUNG UBND TỈNH GIAO", "NỘI DUNG DO UBND TỈNH GIAO"),
            "Nội dung do UBND tỉnh giao"
        );
        assert_eq!(recased("Mục đích", "MỤC ĐÍCH", "Mục tiêu"), "Mục tiêu");
    }
}
