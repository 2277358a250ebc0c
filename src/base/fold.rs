//! Folding of what Word brings, and of names for comparison.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns `text` as the tree keeps it: NFC, NBSP and tabs as spaces, zero-width and soft characters removed, curly quotes
/// straight, every dash `-`, runs of spaces as one, trimmed. Borrowed when nothing changes.
///
/// Two spellings of one text that differ only in how Word stored them give the same result.
pub fn clean(text: &str) -> Cow<'_, str> {
    let trimmed = text.trim_matches(' ');
    if is_clean(trimmed) {
        return Cow::Borrowed(trimmed);
    }
    let mut out = String::with_capacity(text.len());
    let mut pending = false;
    let mut push = |c: char| match plain(c) {
        Plain::Drop => {}
        Plain::Space => pending = true,
        Plain::Char(c) => {
            if pending && !out.is_empty() {
                out.push(' ');
            }
            pending = false;
            out.push(c);
        }
    };
    // characters that vanish can stand between a letter and its mark: drop them before composing
    let kept = text.chars().filter(|c| !matches!(plain(*c), Plain::Drop));
    kept.nfc().for_each(&mut push);
    Cow::Owned(out)
}

/// Returns `text` composed (NFC) and otherwise as it is. Borrowed when nothing changes.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

enum Plain {
    Drop,
    Space,
    Char(char),
}

fn plain(c: char) -> Plain {
    match c {
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{ad}' | '\u{202a}'..='\u{202e}' => Plain::Drop,
        '\u{a0}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\t'
        | '\u{b}'
        | '\u{c}'
        | ' '
        | '\r'
        | '\n'
        | '\u{85}'
        | '\u{2028}'
        | '\u{2029}' => Plain::Space,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => Plain::Char('-'),
        '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' => Plain::Char('"'),
        '\u{2018}'..='\u{201b}' | '\u{2032}' => Plain::Char('\''),
        c => Plain::Char(c),
    }
}

/// Says whether [`clean`] drops `c` or reads it as a space.
pub fn is_blank(c: char) -> bool {
    matches!(plain(c), Plain::Drop | Plain::Space)
}

fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut previous = 0u8;
    let mut marks = false;
    for &byte in bytes {
        match byte {
            b' ' if previous == b' ' => return false,
            b'\t' | b'\r' | b'\n' | 0xb | 0xc => return false,
            // lead bytes of NBSP and soft hyphen, of combining marks, of everything beyond the Latin blocks: looked at one by one
            0xc2 | 0xcc..=0xe0 | 0xe2.. => marks = true,
            // of the block that 0xe1 leads, U+1E00 to U+1EFF (Vietnamese) are as they should be
            0x80..=0xb7 | 0xbc..=0xbf if previous == 0xe1 => marks = true,
            _ => {}
        }
        previous = byte;
    }
    if !marks {
        return true;
    }
    text.chars().all(|c| matches!(plain(c), Plain::Char(p) if p == c) || c == ' ') && is_nfc_quick(text.chars()) == IsNormalized::Yes
}

/// Returns `text` without diacritics and in lower case, `đ` as `d`: for suggestions and search, never for comparison.
pub fn toneless(text: &str) -> String {
    text.nfd()
        .filter(|c| !matches!(*c, '\u{300}'..='\u{36f}'))
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, 'đ' | 'ð') { 'd' } else { c })
        .collect()
}

/// Says whether a character belongs to a word: a letter, a digit or a combining mark.
pub fn in_word(c: char) -> bool {
    match c {
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        // the blocks of Vietnamese are asked for by the million: they need no tables
        '×' | '÷' => false,
        '\u{c0}'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' => true,
        c => c.is_alphanumeric(),
    }
}

/// Returns the lower case of a letter; where that is several characters, the first.
pub fn lower_letter(c: char) -> char {
    match c {
        'ð' | 'Ð' => 'ð',
        c => lower_vietnamese(c).or_else(|| c.to_lowercase().next()).unwrap_or(c),
    }
}

/// Returns the words of `text`: maximal runs of letters, marks and digits, as ranges of bytes, in order.
pub fn words(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        let inside = in_word(c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        out.push(from..text.len());
    }
    out
}

/// Returns `text` in lower case with one placement of tone marks, one character out for each in: for finding phrases in NFC text.
pub fn even(text: &str) -> String {
    let one = |c: char| lower_vietnamese(c).or_else(|| c.to_lowercase().next()).unwrap_or(c);
    place_tones(&text.chars().map(one).collect::<String>())
}

/// Folds a name as [`super::Key`] documents.
pub(super) fn key(text: &str) -> String {
    let cleaned = clean(text);
    let lowered = if cleaned.chars().all(|c| lower_vietnamese(c).is_some()) { cleaned } else { Cow::Owned(lower(&cleaned)) };
    let mut out = String::with_capacity(lowered.len());
    let mut rest = lowered.chars();
    while let Some(c) = rest.next() {
        match lower_vietnamese(c).unwrap_or(c) {
            '-' => {
                if out.ends_with(' ') {
                    out.pop();
                }
                out.push('-');
            }
            ' ' if out.ends_with([' ', '-']) => {}
            c => push_toned(&mut out, c, rest.as_str()),
        }
    }
    let kept = out.trim_end_matches(['.', ';', ' ']).len();
    out.truncate(kept);
    let leading = out.len() - out.trim_start().len();
    out.drain(..leading);
    out
}

/// Returns a letter of the Vietnamese alphabet (or any ASCII character) in lower case, `đ` for `ð`; `None` for all else. The blocks are regular,
/// which spares the search through the tables of all scripts.
fn lower_vietnamese(c: char) -> Option<char> {
    let lower = match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        'ð' | 'Ð' | 'Đ' | 'đ' => 'đ',
        'À'..='Ý' if c != '×' => char::from_u32(u32::from(c) + 0x20)?,
        'à'..='ý' if c != '÷' => c,
        // pairs of an even capital and its odd small letter
        'Ă' | 'ă' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ạ'..='ỹ' => char::from_u32(u32::from(c) | 1)?,
        'Ư' | 'ư' => 'ư',
        _ => return None,
    };
    Some(lower)
}

/// Returns clean text in lower case, NFC, with `đ` for `ð`. Letters that fall into several when lowered are composed again.
fn lower(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut composed = true;
    for c in text.chars() {
        if let Some(c) = lower_vietnamese(c) {
            out.push(c);
        } else {
            let mut lowered = c.to_lowercase();
            composed &= lowered.len() == 1;
            out.extend(&mut lowered);
        }
    }
    if composed { out } else { out.nfc().collect() }
}

/// Moves the tone of the vowel groups `oa`, `oe`, `uy` to their first letter (`hoà` to `hòa`), unless a letter follows
/// or `q` stands before `uy`. The other placement is the same word.
fn place_tones(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        push_toned(&mut out, c, rest.as_str());
    }
    out
}

/// Adds a small letter; where its tone belongs to the letter in front, there. `behind` is what follows it.
fn push_toned(out: &mut String, c: char, behind: &str) {
    if let Some((base, tone)) = split_tone(c) {
        let first = match base {
            'a' | 'e' => 'o',
            _ => 'u',
        };
        let open = || behind.chars().next().is_none_or(|next| !next.is_alphabetic());
        if out.ends_with(first) && !out.ends_with("qu") && open() {
            out.pop();
            out.push(with_tone(first, tone));
            out.push(base);
            return;
        }
    }
    out.push(c);
}

const TONES_OF_O: [char; 5] = ['ò', 'ó', 'ỏ', 'õ', 'ọ'];
const TONES_OF_U: [char; 5] = ['ù', 'ú', 'ủ', 'ũ', 'ụ'];

/// Returns the letter and the tone of an `a`, `e` or `y` with tone.
fn split_tone(c: char) -> Option<(char, usize)> {
    Some(match c {
        'à' => ('a', 0),
        'á' => ('a', 1),
        'ả' => ('a', 2),
        'ã' => ('a', 3),
        'ạ' => ('a', 4),
        'è' => ('e', 0),
        'é' => ('e', 1),
        'ẻ' => ('e', 2),
        'ẽ' => ('e', 3),
        'ẹ' => ('e', 4),
        'ỳ' => ('y', 0),
        'ý' => ('y', 1),
        'ỷ' => ('y', 2),
        'ỹ' => ('y', 3),
        'ỵ' => ('y', 4),
        _ => return None,
    })
}

fn with_tone(first: char, tone: usize) -> char {
    if first == 'o' { TONES_OF_O[tone] } else { TONES_OF_U[tone] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_forms_of_one_text_clean_to_one() {
        let nfd: String = "Phòng Nội vụ - huyện".nfd().collect();
        assert_eq!(clean(&nfd), "Phòng Nội vụ - huyện");
        assert_eq!(clean("\u{feff}Phòng\u{a0}Nội\u{200b} vụ \u{2013}  huyện\t"), "Phòng Nội vụ - huyện");
        assert!(matches!(clean("Phòng Nội vụ"), Cow::Borrowed(_)));
        assert!(matches!(clean("giai đoạn …"), Cow::Borrowed(_)));
    }

    #[test]
    fn tones_have_one_place() {
        assert_eq!(key("Hoà bình"), key("hòa bình"));
        assert_eq!(key("Thuỷ lợi"), key("thủy lợi"));
        assert_eq!(key("quý"), "quý");
        assert_eq!(key("hoàn"), "hoàn");
        assert_eq!(key("HOÁ"), "hóa");
        assert_eq!(key("quỳ, quý; khoẻ, thuỷ, thuyền, hoạt, Huỳ - HOÀ"), "quỳ, quý; khỏe, thủy, thuyền, hoạt, hùy-hòa");
    }

    #[test]
    fn letters_are_lowered_as_unicode_lowers_them() {
        for c in ('\u{0}'..'\u{2000}').filter(|c| !matches!(c, 'ð' | 'Ð')) {
            if let Some(lower) = lower_vietnamese(c) {
                assert!(c.to_lowercase().eq([lower]), "{c} {lower}");
            }
        }
        assert_eq!(lower_vietnamese('Ữ'), Some('ữ'));
        assert!(('\u{0}'..'\u{3000}').all(|c| c.to_lowercase().next() == Some(lower_letter(c))));
    }

    #[test]
    fn words_hold_what_unicode_calls_letters_and_digits() {
        let mark = |c: char| matches!(c, '\u{300}'..='\u{36f}');
        assert!(('\u{0}'..'\u{3000}').all(|c| in_word(c) == (c.is_alphanumeric() || mark(c))));
    }

    #[test]
    fn dashes_and_ends_fold() {
        assert_eq!(key("Văn phòng HĐND – UBND  huyện."), key("văn phòng hđnd-ubnd huyện;"));
    }
}
