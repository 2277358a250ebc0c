//! Headings that are meant but not written as they should be: without tones, misspelt, not in capitals.

use super::ast::Keyword;
use super::heading::{Piece, Reading, Style, is_evident, read};
use super::keywords::{Scope, Shape};
use crate::base::toneless;

/// Returns the heading that the cleaned `text` of a line means, and how many of its bytes are the keyword's words.
///
/// `in_prose` says that the line stands in a PHẦN, where ordinary sentences may begin with the same words.
pub(super) fn near_heading(text: &str, scope: Scope, in_prose: bool) -> Option<(Keyword, usize)> {
    let first = text.split([' ', ':']).next()?;
    let capitals = first.chars().nth(1).is_some() && first.chars().all(char::is_uppercase);
    if !(capitals || Keyword::may_open_with(first)) {
        return None;
    }
    let ends: Vec<usize> = word_ends(text).take(5).collect();
    for end in ends.iter().rev() {
        let words = text[..*end].trim_end_matches(':');
        if let Some(keyword) = Keyword::without_tones(&toneless(words))
            && fits(keyword, words, text, scope, in_prose)
        {
            return Some((keyword, words.len()));
        }
    }
    if !capitals {
        return None;
    }
    ends.iter().rev().find_map(|end| {
        let words = text[..*end].trim_end_matches(':');
        let keyword = Keyword::misspelt(&toneless(words))?;
        fits(keyword, words, text, scope, in_prose).then_some((keyword, words.len()))
    })
}

fn word_ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(text.len()))
}

/// Says whether the rest of the line leaves no doubt that a heading is meant.
fn fits(keyword: Keyword, words: &str, text: &str, scope: Scope, in_prose: bool) -> bool {
    let counts = match scope {
        Scope::Nothing => true,
        Scope::Registry => keyword.is_of_registry() || Scope::opened_by(keyword).is_some(),
        Scope::Plan | Scope::HandOn | Scope::NextYear => !keyword.is_of_registry(),
    };
    let capitals = !words.contains(char::is_lowercase);
    counts && read(keyword, Style::Dress, &text[words.len()..]).is_ok_and(|reading| is_meant(keyword, &reading, capitals, in_prose))
}

fn is_meant(keyword: Keyword, reading: &Reading<'_>, capitals: bool, in_prose: bool) -> bool {
    let colon_or_end = reading.mark.trim() == ":" || reading.title.is_none();
    if !capitals && !colon_or_end {
        return matches!(keyword.shape(), Shape::NumberOrNone | Shape::Roman) && reading.mark.trim() == "-" && !in_prose;
    }
    let letter_and_digit = |code: &str| code.contains(char::is_alphabetic) && code.contains(|c: char| c.is_numeric() || c == '-');
    let codes = reading.piece.references();
    match &reading.piece {
        Piece::None | Piece::Name(_) => capitals && !in_prose,
        Piece::Number(number, _) => !number.is_empty() && (capitals || !in_prose || reading.title.is_some()),
        Piece::Accept(..) => true,
        Piece::Code(_) | Piece::Codes(_) | Piece::Together(_) | Piece::Split(..) | Piece::Merge(..) | Piece::Move(..) => {
            codes.iter().all(|one| if capitals && !in_prose { is_evident(one.code) } else { letter_and_digit(one.code) })
        }
    }
}
