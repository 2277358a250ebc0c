//! KH2029: words that are no Vietnamese syllable and no foreign word either: letters that scanning or copying lost (`chsố`, `phn`).
//!
//! Such faults are of the copy and not of the author: one finding tells how many there are.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::Subject;
use super::subject::part_of;
use crate::base::{Loc, words};
use crate::diag::{Code, Diagnostic, msg};

/// How many are shown.
const SHOWN: usize = 3;

/// Shortest run of consonants that is no abbreviation of a unit of measure.
const CONSONANTS: usize = 3;

const ONSETS: &[&str] = &[
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu", "r", "s", "t", "th",
    "tr", "v", "x",
];

const RIMES: &[&str] = &[
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "âc", "âm", "ân",
    "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê", "êch", "êm", "ên", "êng", "ênh", "êp", "êt", "êu",
    "i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach",
    "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oăc", "oăm", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oeo", "oet",
    "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt",
    "u", "ua", "uân", "uâng", "uât", "uây", "uc", "uê", "uêch", "uênh", "ui", "um", "un", "ung", "uơ", "uôc", "uôi", "uôm", "uôn", "uông",
    "uôt", "up", "ut", "uy", "uya", "uych", "uyên", "uyêt", "uynh", "uyt", "uyu", "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ươc", "ươi",
    "ươm", "ươn", "ương", "ươp", "ươt", "ươu", "ưt", "ưu", "y", "yêm", "yên", "yêng", "yêt", "yêu", "ynh", "yt",
];

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| RIMES.iter().copied().collect());

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let mut found: Vec<(Loc, String, String)> = Vec::new();
    for own in on.own_texts() {
        for range in words(own.text) {
            let word = &own.text[range.clone()];
            if !is_damaged(word) {
                continue;
            }
            let token = token(own.text, &range);
            if ["://", "www.", "@"].iter().any(|mark| token.contains(mark)) {
                continue;
            }
            let beside = |c: Option<char>| c.is_some_and(|c| matches!(c, '/' | '@' | '.' | '_' | '&'));
            // addresses, units and abbreviations with a stroke are no words
            let part = beside(own.text[..range.start].chars().next_back())
                || own.text[range.end..].starts_with(['/', '@', '_', '&'])
                || own.text[range.end..].strip_prefix('.').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            if !part {
                found.push((part_of(own.loc, own.text, range.clone()), word.to_owned(), own.place.clone()));
            }
        }
    }
    let count = found.len();
    let shown: Vec<String> = found.iter().take(SHOWN).map(|(_, word, _)| format!("“{word}”")).collect();
    let shown = shown.join(", ");
    let mut places = found.into_iter();
    let Some((at, word, place)) = places.next() else { return };
    let mut note = on
        .note(
            Code::KH2029,
            at,
            msg!(
                "{count} chữ không phải chữ Việt, có thể hỏng khi quét hoặc sao chép: {shown}",
                "{count} words are not Vietnamese, perhaps damaged by scanning or copying: {shown}"
            ),
            &place,
        )
        .help(msg!("Đối chiếu bản gốc rồi sửa từng chữ", "Compare the original and mend each"))
        .quote(word);
    for (at, word, _) in places.take(SHOWN - 1) {
        note = note.related(at, msg!("“{word}”", "“{word}”"));
    }
    out.push(note);
}

/// Returns what stands around a word up to the next spaces.
fn token<'t>(text: &'t str, word: &std::ops::Range<usize>) -> &'t str {
    let start = text[..word.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = text[word.end..].find(char::is_whitespace).map_or(text.len(), |at| word.end + at);
    text.get(start..end).unwrap_or("")
}

/// Says whether a word in small Vietnamese letters is no syllable: it bears a Vietnamese letter, or has no vowel at all.
fn is_damaged(word: &str) -> bool {
    let small = word.chars().all(|c| c.is_lowercase() && !matches!(c, 'f' | 'j' | 'w' | 'z'));
    if !small {
        return false;
    }
    let bare: String = word.chars().map(without_tone).collect();
    if is_syllable(&bare) {
        return false;
    }
    let vietnamese = !word.is_ascii() && word.chars().count() > 1;
    let vowels = bare.chars().any(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư'));
    vietnamese || (!vowels && word.chars().count() >= CONSONANTS)
}

fn is_syllable(bare: &str) -> bool {
    ONSETS.iter().any(|onset| bare.strip_prefix(onset).is_some_and(|rime| KNOWN.contains(rime) || (rime.is_empty() && *onset == "gi")))
}

/// Returns a small letter without its tone mark; its vowel mark stays.
fn without_tone(c: char) -> char {
    const TONED: &[(char, &str)] = &[
        ('a', "àáảãạ"),
        ('ă', "ằắẳẵặ"),
        ('â', "ầấẩẫậ"),
        ('e', "èéẻẽẹ"),
        ('ê', "ềếểễệ"),
        ('i', "ìíỉĩị"),
        ('o', "òóỏõọ"),
        ('ô', "ồốổỗộ"),
        ('ơ', "ờớởỡợ"),
        ('u', "ùúủũụ"),
        ('ư', "ừứửữự"),
        ('y', "ỳýỷỹỵ"),
    ];
    TONED.iter().find(|(_, toned)| toned.contains(c)).map_or(c, |(bare, _)| *bare)
}

#[cfg(test)]
mod tests {
    use super::is_damaged;

    #[test]
    fn syllables_foreign_words_and_abbreviations_are_whole() {
        for word in
            ["nghiệp", "quyết", "giếng", "gì", "khuỷu", "thuở", "quốc", "internet", "blockchain", "kg", "km", "ISO", "CCHC", "xoong"]
        {
            assert!(!is_damaged(word), "{word}");
        }
    }

    #[test]
    fn words_that_lost_letters_are_damaged() {
        for word in ["chsố", "phn", "tnh", "đxem", "thng"] {
            assert!(is_damaged(word), "{word}");
        }
    }
}
