//! Words that a reader expects on one line: a number with the word in front of it, the parts of a range, a proper name.

use super::wrap::words;

/// Words that a number follows.
const BEFORE_NUMBERS: [&str; 14] =
    ["ngày", "tháng", "năm", "quý", "số", "điều", "khoản", "điểm", "lục", "mục", "phần", "trước", "mức", "độ"];

/// The longest bracket of two words that stays whole, in letters.
const SHORT: usize = 12;

/// Returns the words of `text`, those that belong together as one: `ngày 24/12/2021`, `Phụ lục II`, `2021 - 2030`, `Thanh Hóa`, `(để b/c)`.
pub(super) fn units(text: &str) -> Vec<&str> {
    let words = words(text);
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let mut out: Vec<std::ops::Range<usize>> = Vec::with_capacity(words.len());
    for (at, word) in words.iter().enumerate() {
        let range = start(word)..start(word) + word.len();
        match out.last_mut() {
            Some(before) if belongs(&words, at) => before.end = range.end,
            _ => out.push(range),
        }
    }
    out.into_iter().filter_map(|range| text.get(range)).collect()
}

/// Says whether the word at `at` belongs to the one before it.
fn belongs(words: &[&str], at: usize) -> bool {
    let (Some(before), Some(word)) = (at.checked_sub(1).and_then(|at| words.get(at)), words.get(at)) else { return false };
    let next = words.get(at + 1);
    if before.starts_with('(') && !before.contains(')') && word.contains(')') && before.chars().count() + word.chars().count() <= SHORT {
        return true;
    }
    // a range: its dash hangs on the first number
    if let Some(from) = before.strip_suffix('-').or_else(|| before.strip_suffix('–')) {
        return from.ends_with(' ') && is_number(from) && is_number(word);
    }
    if before.ends_with([',', ';', '.', ':', ')']) {
        return false;
    }
    let key = before.trim_start_matches(['(', '“', '"']).to_lowercase();
    if BEFORE_NUMBERS.contains(&key.as_str()) {
        return is_number(word) || (is_roman(word) && matches!(key.as_str(), "quý" | "lục" | "mục" | "phần"));
    }
    let counted = |next: Option<&&str>| next.is_some_and(|next| is_number(next) || is_roman(next));
    match (key.as_str(), word.to_lowercase().trim_end_matches([',', ';', '.'])) {
        ("phụ", "lục") => counted(next),
        // `6 tháng`, but not `ngày 24 tháng 12`
        (count, "tháng") => count.len() <= 2 && is_number(count) && !counted(next),
        _ => is_proper(before) && is_proper(word),
    }
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit() || c == '…')
}

fn is_roman(word: &str) -> bool {
    let figures = word.split('/').next().unwrap_or("").trim_end_matches([',', ';', '.', ')', ':']);
    !figures.is_empty() && figures.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Says whether a word is a syllable of a name: a capital, then small letters.
fn is_proper(word: &str) -> bool {
    let mut chars = word.trim_start_matches(['(', '“', '"']).chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ranges_names_and_short_brackets_stay_whole() {
        let text = "theo Phụ lục II, ngày 24/12/2021 của tỉnh Thanh Hóa, 2021 - 2030 (để b/c); Quý IV/2023, 6 tháng, năm";
        let whole = ["Phụ lục II,", "ngày 24/12/2021", "Thanh Hóa,", "2021 - 2030", "(để b/c);", "Quý IV/2023,", "6 tháng,"];
        let units = units(text);
        assert_eq!(units.iter().filter(|unit| unit.contains(' ')).copied().collect::<Vec<_>>(), whole, "{units:?}");
        assert_eq!(units.join(" "), text);
    }

    #[test]
    fn a_written_date_breaks_between_its_parts() {
        assert_eq!(units("ngày 24 tháng 12 năm 2021"), ["ngày 24", "tháng 12", "năm 2021"]);
        assert_eq!(units("ngày …… tháng 12"), ["ngày ……", "tháng 12"]);
    }
}
