//! How wide a text is on a page of fixed width.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the width of `text` in columns. A letter and its marks are one cluster, so NFC and NFD of one text are equally wide.
pub(in crate::render) fn width_of(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Cuts `text` behind the last cluster that still fits into `width`, so that at least one cluster is taken.
pub(super) fn cut(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster.width();
        if used > width && at > 0 {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Returns `text` behind `count` spaces.
pub(super) fn indented(text: &str, count: usize) -> String {
    format!("{:count$}{text}", "")
}

/// Returns `text` followed by spaces up to `width`.
pub(super) fn filled(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(width_of(text));
    format!("{text}{:missing$}", "")
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn composed_and_decomposed_text_are_equally_wide() {
        let text = "Ủy ban nhân dân huyện Hoằng Hóa";
        let decomposed: String = text.nfd().collect();
        assert_ne!(text, decomposed);
        assert_eq!((width_of(text), width_of(&decomposed)), (31, 31));
    }

    #[test]
    fn a_cut_never_parts_a_letter_from_its_marks() {
        let decomposed: String = "nghiệp".nfd().collect();
        let (head, tail) = cut(&decomposed, 5);
        assert_eq!((head.nfc().collect::<String>(), tail), ("nghiệ".to_owned(), "p"));
    }
}
