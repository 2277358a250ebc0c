//! Two texts compared word by word.

use similar::{Algorithm, ChangeTag, TextDiff};

use crate::base::Key;

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// In both.
    Same(String),
    /// Only in the first.
    Gone(String),
    /// Only in the second.
    Come(String),
}

/// Returns the runs of words of two texts, in order; what is typed in another way only is the same, and so is a
/// word with another stop behind it.
pub(super) fn runs(from: &str, to: &str) -> Vec<Run> {
    let (old, new): (Vec<&str>, Vec<&str>) = (from.split_whitespace().collect(), to.split_whitespace().collect());
    let keys = |words: &[&str]| -> Vec<Key> { words.iter().map(|word| Key::new(word.trim_end_matches([',', ';', ':', '.']))).collect() };
    let (old_keys, new_keys) = (keys(&old), keys(&new));
    let (old_texts, new_texts): (Vec<&str>, Vec<&str>) =
        (old_keys.iter().map(Key::as_str).collect(), new_keys.iter().map(Key::as_str).collect());
    let mut out: Vec<(ChangeTag, Vec<&str>)> = Vec::new();
    for change in TextDiff::configure().algorithm(Algorithm::Patience).diff_slices(&old_texts, &new_texts).iter_all_changes() {
        let word = match change.tag() {
            ChangeTag::Equal | ChangeTag::Insert => change.new_index().and_then(|at| new.get(at)),
            ChangeTag::Delete => change.old_index().and_then(|at| old.get(at)),
        };
        let Some(word) = word else { continue };
        match out.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push(word),
            _ => out.push((change.tag(), vec![word])),
        }
    }
    let joined = out.into_iter().map(|(tag, words)| match tag {
        ChangeTag::Equal => Run::Same(words.join(" ")),
        ChangeTag::Delete => Run::Gone(words.join(" ")),
        ChangeTag::Insert => Run::Come(words.join(" ")),
    });
    joined.collect()
}

/// Returns the share of words that two texts have in common, of all words of both: 0 to 1.
pub(super) fn share(from: &str, to: &str) -> f32 {
    let count = |text: &str| u16::try_from(text.split_whitespace().count()).unwrap_or(u16::MAX);
    let all = f32::from(count(from)) + f32::from(count(to));
    let same: f32 = runs(from, to)
        .iter()
        .map(|run| match run {
            Run::Same(words) => 2.0 * f32::from(count(words)),
            Run::Gone(_) | Run::Come(_) => 0.0,
        })
        .sum();
    if all > 0.0 { same / all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_as_names_are() {
        let shown: String = runs("Xây dựng Đề án trên địa bàn tỉnh", "Triển khai đề  án trên địa bàn huyện")
            .into_iter()
            .map(|run| match run {
                Run::Same(words) => format!("{words} "),
                Run::Gone(words) => format!("[-{words}-] "),
                Run::Come(words) => format!("{{+{words}+}} "),
            })
            .collect();
        assert_eq!(shown.trim(), "[-Xây dựng-] {+Triển khai+} đề án trên địa bàn [-tỉnh-] {+huyện+}");
        assert!(share("a b c d", "a b c e") > 0.7);
        assert!(share("a", "") == 0.0 && share("", "") == 0.0);
    }
}
