//! Vietnamese in the encodings before Unicode, TCVN3 (ABC) and VNI, told by the letters they show when taken for Latin-1.
//!
//! Measured on nine real plans in Unicode, and on the same plans recoded: of the words of a TCVN3 text 29 to 34 % hold a sign that TCVN3
//! uses as a letter, of a VNI text 44 to 66 % hold a vowel with a sign of VNI behind it; of the Unicode text none.

/// Bytes of a text that are looked at.
const SAMPLE: usize = 1 << 16;

/// Returns the name of the encoding that `text` (its letters, or its bytes taken for Latin-1) looks like: where one word in ten, and
/// three at least, could not be Vietnamese in Unicode.
pub(super) fn legacy(text: &str) -> Option<&'static str> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let (mut words, mut tcvn3, mut vni) = (0usize, 0usize, 0usize);
    for word in text[..end].split_whitespace() {
        words += 1;
        if word.is_ascii() {
            continue;
        }
        tcvn3 += usize::from(has_pair(word, is_tcvn3));
        vni += usize::from(has_pair(word, is_vni));
    }
    let many = |hits: usize| hits >= 3 && hits * 10 >= words;
    if many(tcvn3) {
        Some("TCVN3 (ABC)")
    } else if many(vni) {
        Some("VNI")
    } else {
        None
    }
}

fn has_pair(word: &str, fits: impl Fn(char, char) -> bool) -> bool {
    word.chars().zip(word.chars().skip(1)).any(|(a, b)| fits(a, b))
}

/// A sign that TCVN3 uses as a letter, beside a plain letter.
fn is_tcvn3(a: char, b: char) -> bool {
    const SIGNS: &str = "µ¶·¸¹»¼½¾¨©®ª«¬\u{ad}";
    (SIGNS.contains(a) && b.is_ascii_alphabetic()) || (a.is_ascii_alphabetic() && SIGNS.contains(b))
}

/// A letter with tone behind `a` or `e`, where Vietnamese has none, or a letter that Vietnamese does not have, beside a plain one.
fn is_vni(a: char, b: char) -> bool {
    const TONES: &str = "øùûõïâáàåãäêéèúüëØÙÛÕÏÂÁÀÅÃÄÊÉÈÚÜË";
    const STRANGE: &str = "øåäïûöñØÅÄÏÛÖÑ";
    (matches!(a, 'a' | 'e' | 'A' | 'E') && TONES.contains(b))
        || (STRANGE.contains(a) && b.is_ascii_alphabetic())
        || (a.is_ascii_alphabetic() && STRANGE.contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recoded_vietnamese_is_recognised() {
        assert_eq!(legacy("KÕ ho¹ch c¶i c¸ch hµnh chÝnh cña huyÖn n¨m 2022"), Some("TCVN3 (ABC)"));
        assert_eq!(legacy("UÛy ban nhaân daân huyeän ban haønh keá hoaïch"), Some("VNI"));
    }

    #[test]
    fn unicode_and_foreign_names_are_not() {
        assert_eq!(legacy("Ủy ban nhân dân huyện ban hành kế hoạch; oà, uế, thuở, khoẻ, xoá, toà"), None);
        assert_eq!(legacy("Dự án do Công ty Malmö Åkeri và bà Citroën tài trợ, độ dày 10µm, bản quyền ©2022"), None);
    }
}
