//! Words of a document as a source writes them: placeholders kept, final marks as they were.

use crate::base::{Key, clean};

/// Returns the words for the source: spaces and quotes as `.kh` has them, placeholders of the old text where the words around them did not
/// change, its final full stop.
pub(super) fn rewritten(old: &str, printed: &str, new: &str) -> String {
    let new = clean(new).into_owned();
    let printed = clean(printed);
    // a cell prints no final full stop
    let unstopped = if printed.ends_with('.') { old.trim_end() } else { old.trim_end().trim_end_matches('.') };
    let kept = with_placeholders(unstopped, &printed, &new).unwrap_or_else(|| new.clone());
    let stop = old.trim_end().ends_with('.') && !printed.trim_end().ends_with('.') && !kept.ends_with(['.', ';', ':']);
    if stop { format!("{kept}.") } else { kept }
}

/// Puts the placeholders of `old` back into `new` where what they were printed as still stands; `None` where `old` has none or cannot be aligned.
fn with_placeholders(old: &str, printed: &str, new: &str) -> Option<String> {
    if !old.contains('{') {
        return None;
    }
    let pieces = pieces(old, printed)?;
    let (before, behind) = common(printed, new);
    let mut head = String::new();
    let mut at = 0;
    for (source, range) in &pieces {
        if range.end <= before {
            head.push_str(source);
            at = range.end;
        } else {
            break;
        }
    }
    let from = printed.len() - behind;
    let mut tail = String::new();
    let mut end = printed.len();
    for (source, range) in pieces.iter().rev() {
        if range.start >= from && range.start >= at {
            tail.insert_str(0, source);
            end = range.start;
        } else {
            break;
        }
    }
    let middle = new.get(at..new.len().checked_sub(printed.len() - end)?)?;
    Some(format!("{head}{middle}{tail}"))
}

/// Aligns a text with what it is printed as: stretches of plain words letter by word, placeholders whole.
fn pieces(old: &str, printed: &str) -> Option<Vec<(String, std::ops::Range<usize>)>> {
    let mut out = Vec::new();
    let mut rest = old;
    let mut at = 0;
    while let Some(open) = rest.find('{') {
        let close = open + rest[open..].find('}')? + 1;
        literal(&rest[..open], printed, &mut at, &mut out)?;
        let after = rest[close..].split('{').next().unwrap_or("");
        let end = if after.is_empty() && !rest[close..].is_empty() {
            return None;
        } else if after.is_empty() {
            printed.len()
        } else {
            at + printed.get(at..)?.find(after)?
        };
        out.push((rest[open..close].to_owned(), at..end));
        at = end;
        rest = &rest[close..];
    }
    literal(rest, printed, &mut at, &mut out)?;
    Some(out)
}

/// Takes plain words, which are printed as they stand, piece by piece so that a change cuts only the word it touches.
fn literal(text: &str, printed: &str, at: &mut usize, out: &mut Vec<(String, std::ops::Range<usize>)>) -> Option<()> {
    for word in text.split_inclusive(' ') {
        let shown = printed.get(*at..)?;
        // a final mark may not be printed
        let word_shown = if shown.starts_with(word) { word } else { word.trim_end_matches(['.', ';', ' ']) };
        if !shown.starts_with(word_shown) {
            return None;
        }
        out.push((word_shown.to_owned(), *at..*at + word_shown.len()));
        *at += word_shown.len();
    }
    Some(())
}

/// Returns how many bytes two texts share in front and behind, without overlap.
fn common(a: &str, b: &str) -> (usize, usize) {
    let before: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (&a[before..], &b[before..]);
    let behind = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    (before, behind)
}

/// Says whether two texts are the same words.
pub(super) fn same(a: &str, b: &str) -> bool {
    Key::new(&clean(a)) == Key::new(&clean(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_stay_where_the_words_around_them_do() {
        let old = "Rà soát văn bản trên địa bàn {địa bàn} năm {năm}.";
        let printed = "Rà soát văn bản trên địa bàn huyện năm 2023";
        assert_eq!(
            rewritten(old, printed, "Kiểm tra văn bản trên địa bàn huyện năm 2023"),
            "Kiểm tra văn bản trên địa bàn {địa bàn} năm {năm}."
        );
        assert_eq!(rewritten(old, printed, "Rà soát văn bản trên địa bàn xã năm 2023"), "Rà soát văn bản trên địa bàn xã năm {năm}.");
        assert_eq!(rewritten("Báo cáo", "Báo cáo", "Báo cáo “quý”"), "Báo cáo \"quý\"");
    }
}
