//! Phrases found in text, and edits applied to it.

use std::ops::Range;
use std::sync::Arc;

use crate::base::{Memo, even};

/// A text folded once, in which many phrases are looked for.
pub(super) struct Folded<'a> {
    pub(super) text: &'a str,
    letters: Arc<Letters>,
}

/// The characters of a text, evened. The same phrases are looked for in the same texts for each unit below.
struct Letters {
    folded: Vec<char>,
    /// The byte at which each character begins, and the end.
    offsets: Vec<usize>,
}

impl Letters {
    fn of(text: &str) -> Arc<Self> {
        static KNOWN: Memo<(), Arc<Letters>> = Memo::new();
        KNOWN.answer((), text, || {
            let folded: Vec<char> = even(text).chars().collect();
            let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            // INVARIANT: `even` keeps the number of characters, so that positions in `folded` are positions in `text`
            debug_assert_eq!(folded.len() + 1, offsets.len());
            Arc::new(Self { folded, offsets })
        })
    }
}

impl<'a> Folded<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, letters: Letters::of(text) }
    }

    /// Returns the places of `phrase`: whole words, case and tone placement ignored, leftmost, not overlapping. Ranges are bytes.
    pub(super) fn find(&self, phrase: &str) -> Vec<Range<usize>> {
        let hay = self.letters.folded.as_slice();
        let mut out = Vec::new();
        if phrase.len() > self.text.len() * 2 {
            return out;
        }
        let needle = &Letters::of(phrase).folded;
        let Some(first) = needle.first() else { return out };
        let mut at = 0;
        while at + needle.len() <= hay.len() {
            let end = at + needle.len();
            let fits = hay[at] == *first
                && hay[at..end] == needle[..]
                && (at == 0 || !hay[at - 1].is_alphanumeric())
                && (end == hay.len() || !hay[end].is_alphanumeric());
            if fits {
                out.push(self.letters.offsets[at]..self.letters.offsets[end]);
                at = end;
            } else {
                at += 1;
            }
        }
        out
    }
}

/// Returns `to` with its first letter in the case of `from`'s first letter, where `to` opens with a word that is not an abbreviation.
pub(super) fn in_case_of(from: &str, to: &str) -> String {
    let Some(model) = from.chars().next() else { return to.to_owned() };
    let mut chars = to.chars();
    let Some(first) = chars.next() else { return String::new() };
    let rest = chars.as_str();
    let word_is_name = rest.chars().next().is_some_and(char::is_uppercase);
    if model.is_lowercase() && first.is_uppercase() && !word_is_name {
        first.to_lowercase().chain(rest.chars()).collect()
    } else if model.is_uppercase() && first.is_lowercase() {
        first.to_uppercase().chain(rest.chars()).collect()
    } else {
        to.to_owned()
    }
}

/// A replacement of bytes of the original text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) to: String,
}

/// Applies edits that do not overlap.
pub(super) fn apply(text: &str, edits: &mut [Edit]) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut out = String::with_capacity(text.len() + 32);
    let mut at = 0;
    for edit in edits.iter() {
        if edit.range.start < at {
            continue;
        }
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.to);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        let find = |text, phrase| Folded::new(text).find(phrase);
        assert_eq!(find("Trên địa bàn tỉnh, tỉnh Thanh Hoá", "tỉnh Thanh Hóa").len(), 1);
        assert_eq!(find("toàn tỉnhx", "toàn tỉnh"), Vec::<Range<usize>>::new());
        assert_eq!(find("Toàn Tỉnh", "toàn tỉnh"), vec![0..12]);
    }

    #[test]
    fn case_follows_the_text_and_spares_abbreviations() {
        assert_eq!(in_case_of("các sở", "Các phòng"), "các phòng");
        assert_eq!(in_case_of("trên", "UBND huyện"), "UBND huyện");
        assert_eq!(in_case_of("Toàn tỉnh", "toàn huyện"), "Toàn huyện");
    }
}
