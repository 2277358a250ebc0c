//! Captions of appendices: `PHỤ LỤC I`, `Phụ lục số 01: …`, `DANH MỤC`, and captions that a copy left without such a word.

use super::mark;
use crate::base::{clean, even};

/// A caption that names itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Caption {
    /// `Phụ lục`, `Danh mục`, `Biểu`, as printed.
    pub(super) name: String,
    /// The number as printed; empty where none is.
    pub(super) number: String,
    /// What stands behind.
    pub(super) rest: String,
}

const NAMES: [&str; 6] = ["phụ lục", "danh mục", "biểu mẫu", "biểu", "phụ biểu", "bảng"];

/// Reads a caption. `closed` says that the plan's text has ended: then small letters are enough.
pub(super) fn caption(text: &str, closed: bool) -> Option<Caption> {
    let text = clean(&text.replace('\n', " ")).into_owned();
    if text.chars().count() > 300 {
        return None;
    }
    let low = even(&text);
    let name =
        NAMES.iter().find(|name| low.strip_prefix(*name).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', ':', '.'])))?;
    let printed = text.get(..name.len())?;
    let capitals = printed.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let rest = text.get(name.len()..)?.trim_start();
    let unsaid = ["số ", "số: ", "SỐ "].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim_start();
    let end = unsaid.find([' ', ':', '.', '-', '–', ')']).unwrap_or(unsaid.len());
    let word = unsaid[..end].trim_matches(['.', ':']);
    let numbered = !word.is_empty()
        && mark::whole(word).is_some_and(|(mark, _)| mark.rank() < 8)
        && word.chars().next().is_some_and(|c| !c.is_lowercase());
    let (number, behind) = if numbered { (word, &unsaid[end..]) } else { ("", rest) };
    let behind = behind.trim_start_matches([' ', ':', '.', '-', '–']).trim().to_owned();
    let ends_like_text = behind.ends_with([';', ',']) || behind.ends_with('.') && !capitals;
    let own = *name == "phụ lục" || capitals;
    let fits = match (capitals, numbered) {
        (true, _) => true,
        (false, true) => own && (behind.is_empty() || closed || text.contains(':')),
        (false, false) => closed && own && behind.is_empty() || closed && *name == "danh mục",
    };
    (fits && !ends_like_text && (*name != "bảng" || capitals && numbered)).then(|| Caption {
        name: printed.to_owned(),
        number: number.to_owned(),
        rest: behind,
    })
}

/// Says whether a line is `(Kèm theo Quyết định số …)`.
pub(super) fn is_attached(text: &str) -> bool {
    let low = even(text);
    ["(kèm theo", "(ban hành kèm", "(đính kèm", "kèm theo quyết định", "kèm theo kế hoạch", "(theo quyết định", "( kèm theo"]
        .iter()
        .any(|word| low.starts_with(word))
}

/// Says whether a paragraph can be a caption without a word that says so: in capitals, or bold and short.
pub(super) fn is_bare(text: &str, bold: bool) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    letters > 5 && text.chars().count() < 300 && (capitals * 10 >= letters * 9 || bold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, closed: bool) -> Option<(String, String)> {
        caption(text, closed).map(|c| (c.number, c.rest))
    }

    #[test]
    fn captions_are_told_from_mentions() {
        let some = |number: &str, rest: &str| Some((number.to_owned(), rest.to_owned()));
        assert_eq!(read("PHỤ LỤC I", false), some("I", ""));
        assert_eq!(read("Phụ lục số 01: Các nhiệm vụ trọng tâm", false), some("01", "Các nhiệm vụ trọng tâm"));
        assert_eq!(read("PHỤ LỤC", false), some("", ""));
        assert_eq!(read("Phụ lục kèm theo Kế hoạch này được giao các sở.", false), None);
        assert_eq!(read("Danh mục các văn bản đã ban hành", true), some("", "các văn bản đã ban hành"));
        assert_eq!(read("bảng thông báo hướng dẫn", true), None);
    }
}
