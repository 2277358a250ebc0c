//! Words that a reader expects on one line: a number with the word in front of it, the parts of a range, a proper name.

use super::wrap::words;

/// Words that a number follows.
const BEFORE_NUMBERS: [&str; 14] =
    ["ngày", "tháng", "năm", "quý", "số", "điều", "khoản", "điểm", "lục", "mục", "phần", "trước", "mức", "độ"];

/// First words of names of bodies and documents: a line may break behind them.
const HEADS: [&str; 14] = ["ban", "báo", "bộ", "chi", "cục", "đài", "hội", "khu", "luật", "phòng", "sở", "tổng", "ủy", "viện"];

/// The longest bracket of two words that stays whole, in letters.
const SHORT: usize = 12;

/// Returns the words of `text`, those that belong together as one: `ngày 24/12/2021`, `Phụ lục II`, `2021 - 2030`, `Thanh Hóa`, `(để b/c)`.
pub(in crate::render) fn units(text: &str) -> Vec<&str> {
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
    let counted = next.is_some_and(|next| is_number(next) || is_roman(next));
    let above = at.checked_sub(2).and_then(|at| words.get(at)).map(|word| word.trim_start_matches('(').to_lowercase());
    match word.to_lowercase().as_str() {
        "lục" => key == "phụ" && counted,
        // the parts of a date that is written out
        "tháng" if counted => is_number(before) && above.is_some_and(|above| above == "ngày"),
        "năm" if counted => is_number(before) && above.is_some_and(|above| above == "tháng"),
        month if month.trim_end_matches([',', ';', '.']) == "tháng" => is_number(before) && before.len() <= 2,
        _ => is_proper(before) && is_proper(word) && !HEADS.contains(&key.as_str()),
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
    fn a_date_that_is_written_out_stays_whole() {
        assert_eq!(units("ngày …… tháng 12 năm 2022 của"), ["ngày …… tháng 12 năm 2022", "của"]);
        assert_eq!(units("trong 6 tháng, 9 tháng năm 2022"), ["trong", "6 tháng,", "9 tháng", "năm 2022"]);
    }

    #[test]
    fn names_of_bodies_break_behind_their_first_word() {
        assert_eq!(units("Sở Tư pháp, Đỗ Minh Tuấn"), ["Sở", "Tư", "pháp,", "Đỗ Minh Tuấn"]);
    }
}
