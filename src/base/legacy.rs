//! Vietnamese in the encodings before Unicode, TCVN3 (ABC) and VNI: told by the letters they show when taken for Latin-1, and turned into Unicode.
//!
//! The test was measured on nine real plans in Unicode, and on the same plans recoded: of the words of a TCVN3 text 29 to 34 % hold a sign
//! that TCVN3 uses as a letter, of a VNI text 44 to 66 % hold a vowel with a sign of VNI behind it; of the Unicode text none.

/// Bytes of a text that are looked at.
const SAMPLE: usize = 1 << 16;

/// An encoding of Vietnamese that was used before Unicode. Both are fonts laid over Latin-1: text in them is known by the font's name, or by
/// [`Legacy::of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN 5712:1993, also called ABC: one sign for each letter; fonts `.VnTime`, `.VnArial`; capitals with tones by fonts `.VnTimeH`.
    Tcvn3,
    /// VNI: a letter and a sign for its tone behind it; fonts `VNI-Times`.
    Vni,
}

impl Legacy {
    /// Returns the encoding that `text` (its letters, or its bytes taken for Latin-1) looks like: where one word in ten, and three at least,
    /// could not be Vietnamese in Unicode.
    pub fn of(text: &str) -> Option<Self> {
        let mut end = text.len().min(SAMPLE);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let (mut words, mut tcvn3, mut vni) = (0usize, 0usize, 0usize);
        for word in text[..end].split_whitespace() {
            words += 1;
            // all signs of both lie in the block of Latin-1
            if memchr::memchr2(0xc2, 0xc3, word.as_bytes()).is_none() {
                continue;
            }
            tcvn3 += usize::from(has_pair(word, is_tcvn3));
            vni += usize::from(has_pair(word, is_vni));
        }
        let many = |hits: usize| hits >= 3 && hits * 10 >= words;
        if many(tcvn3) {
            Some(Self::Tcvn3)
        } else if many(vni) {
            Some(Self::Vni)
        } else {
            None
        }
    }

    /// Returns the encoding of text in a font of this name.
    pub fn of_font(font: &str) -> Option<Self> {
        let starts = |prefix: &str| font.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
        if starts(".vn") {
            Some(Self::Tcvn3)
        } else if starts("vni-") {
            Some(Self::Vni)
        } else {
            None
        }
    }

    /// Returns its name as users know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 => "TCVN3 (ABC)",
            Self::Vni => "VNI",
        }
    }

    /// Returns `text` (bytes taken for Latin-1 or Windows-1252) in Unicode, NFC. Characters that the encoding does not use stay as they are.
    pub fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => text.chars().map(|c| letter_of(TCVN3, c).unwrap_or(c)).collect(),
            Self::Vni => vni(text),
        }
    }

    /// Returns text in a font of this name in Unicode. A `.Vn…H` font shows every letter as a capital.
    pub fn decode_font(self, font: &str, text: &str) -> String {
        let out = self.decode(text);
        let shows_capitals = match self {
            Self::Tcvn3 => font.split(' ').next().is_some_and(|name| name.ends_with('H')),
            Self::Vni => false,
        };
        if shows_capitals { out.to_uppercase() } else { out }
    }
}

#[rustfmt::skip]
/// Pairs of a sign of TCVN3 and its letter.
const TCVN3: &[(char, char)] = &[
    ('¡', 'Ă'), ('¢', 'Â'), ('£', 'Ê'), ('¤', 'Ô'), ('¥', 'Ơ'), ('¦', 'Ư'), ('§', 'Đ'),
    ('¨', 'ă'), ('©', 'â'), ('ª', 'ê'), ('«', 'ô'), ('¬', 'ơ'), ('\u{ad}', 'ư'), ('®', 'đ'),
    ('µ', 'à'), ('¶', 'ả'), ('·', 'ã'), ('¸', 'á'), ('¹', 'ạ'),
    ('»', 'ằ'), ('¼', 'ẳ'), ('½', 'ẵ'), ('¾', 'ắ'), ('Æ', 'ặ'),
    ('Ç', 'ầ'), ('È', 'ẩ'), ('É', 'ẫ'), ('Ê', 'ấ'), ('Ë', 'ậ'),
    ('Ì', 'è'), ('Î', 'ẻ'), ('Ï', 'ẽ'), ('Ð', 'é'), ('Ñ', 'ẹ'),
    ('Ò', 'ề'), ('Ó', 'ể'), ('Ô', 'ễ'), ('Õ', 'ế'), ('Ö', 'ệ'),
    ('×', 'ì'), ('Ø', 'ỉ'), ('Ü', 'ĩ'), ('Ý', 'í'), ('Þ', 'ị'),
    ('ß', 'ò'), ('á', 'ỏ'), ('â', 'õ'), ('ã', 'ó'), ('ä', 'ọ'),
    ('å', 'ồ'), ('æ', 'ổ'), ('ç', 'ỗ'), ('è', 'ố'), ('é', 'ộ'),
    ('ê', 'ờ'), ('ë', 'ở'), ('ì', 'ỡ'), ('í', 'ớ'), ('î', 'ợ'),
    ('ï', 'ù'), ('ñ', 'ủ'), ('ò', 'ũ'), ('ó', 'ú'), ('ô', 'ụ'),
    ('õ', 'ừ'), ('ö', 'ử'), ('÷', 'ữ'), ('ø', 'ứ'), ('ù', 'ự'),
    ('ú', 'ỳ'), ('û', 'ỷ'), ('ü', 'ỹ'), ('ý', 'ý'), ('þ', 'ỵ'),
];

#[rustfmt::skip]
/// Signs of VNI that are letters by themselves.
const VNI_LETTERS: &[(char, char)] = &[
    ('ñ', 'đ'), ('Ñ', 'Đ'), ('ô', 'ơ'), ('Ô', 'Ơ'), ('ö', 'ư'), ('Ö', 'Ư'), ('æ', 'ỉ'), ('Æ', 'Ỉ'), ('ó', 'ĩ'), ('Ó', 'Ĩ'), ('ò', 'ị'),
    ('Ò', 'Ị'), ('î', 'ỵ'), ('Î', 'Ỵ'), ('ì', 'ì'), ('Ì', 'Ì'), ('í', 'í'), ('Í', 'Í'),
];

#[rustfmt::skip]
/// Signs of VNI behind a vowel, small: the mark of the letter (circumflex, breve), the tone, and the vowels that bear it.
const VNI_MARKS: &[(char, &str, &str)] = &[
    ('ø', "\u{300}", "aeouyơư"), ('ù', "\u{301}", "aeouyơư"), ('û', "\u{309}", "aeouyơư"), ('õ', "\u{303}", "aeouyơư"),
    ('ï', "\u{323}", "aeouyơư"), ('â', "\u{302}", "aeo"), ('à', "\u{302}\u{300}", "aeo"), ('á', "\u{302}\u{301}", "aeo"),
    ('å', "\u{302}\u{309}", "aeo"), ('ã', "\u{302}\u{303}", "aeo"), ('ä', "\u{302}\u{323}", "aeo"), ('ê', "\u{306}", "a"),
    ('è', "\u{306}\u{300}", "a"), ('é', "\u{306}\u{301}", "a"), ('ú', "\u{306}\u{309}", "a"), ('ü', "\u{306}\u{303}", "a"),
    ('ë', "\u{306}\u{323}", "a"),
];

fn letter_of(table: &[(char, char)], c: char) -> Option<char> {
    table.iter().find(|(sign, _)| *sign == c).map(|(_, letter)| *letter)
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Letters first, then the signs behind them.
fn vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let letter = letter_of(VNI_LETTERS, c).unwrap_or(c);
        out.push(letter);
        let marks = chars.peek().map(|next| lower(*next)).and_then(|next| VNI_MARKS.iter().find(|(sign, ..)| *sign == next));
        if let Some((_, marks, _)) = marks.filter(|(.., vowels)| vowels.contains(lower(letter))) {
            out.push_str(marks);
            chars.next();
        }
    }
    super::composed(&out).into_owned()
}

fn has_pair(word: &str, fits: impl Fn(char, char) -> bool) -> bool {
    word.chars().zip(word.chars().skip(1)).any(|(a, b)| fits(a, b))
}

/// A sign that TCVN3 uses as a letter, beside a plain letter.
fn is_tcvn3(a: char, b: char) -> bool {
    let sign = |c| matches!(c, 'µ' | '¶' | '·' | '¸' | '¹' | '»' | '¼' | '½' | '¾' | '¨' | '©' | '®' | 'ª' | '«' | '¬' | '\u{ad}');
    (sign(a) && b.is_ascii_alphabetic()) || (a.is_ascii_alphabetic() && sign(b))
}

/// A letter with tone behind `a` or `e`, where Vietnamese has none, or a letter that Vietnamese does not have, beside a plain one.
fn is_vni(a: char, b: char) -> bool {
    // one block of Unicode: both cases of the letters lie 32 apart
    let small = |c| if matches!(c, 'À'..='Þ') { char::from_u32(u32::from(c) + 32).unwrap_or(c) } else { c };
    let tone = |c| matches!(small(c), 'ø' | 'ù' | 'û' | 'õ' | 'ï' | 'â' | 'á' | 'à' | 'å' | 'ã' | 'ä' | 'ê' | 'é' | 'è' | 'ú' | 'ü' | 'ë');
    let strange = |c| matches!(small(c), 'ø' | 'å' | 'ä' | 'ï' | 'û' | 'ö' | 'ñ');
    (matches!(a, 'a' | 'e' | 'A' | 'E') && tone(b)) || (strange(a) && b.is_ascii_alphabetic()) || (a.is_ascii_alphabetic() && strange(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recoded_vietnamese_is_recognised() {
        assert_eq!(Legacy::of("KÕ ho¹ch c¶i c¸ch hµnh chÝnh cña huyÖn n¨m 2022"), Some(Legacy::Tcvn3));
        assert_eq!(Legacy::of("UÛy ban nhaân daân huyeän ban haønh keá hoaïch"), Some(Legacy::Vni));
    }

    #[test]
    fn unicode_and_foreign_names_are_not() {
        assert_eq!(Legacy::of("Ủy ban nhân dân huyện ban hành kế hoạch; oà, uế, thuở, khoẻ, xoá, toà"), None);
        assert_eq!(Legacy::of("Dự án do Công ty Malmö Åkeri và bà Citroën tài trợ, độ dày 10µm, bản quyền ©2022"), None);
    }

    /// Every letter of the alphabet with every tone, and how TCVN3 and VNI write it.
    const ALPHABET: &[(&str, &str, &str)] = &[
        ("aàảãáạ", "aµ¶·¸¹", "a aø aû aõ aù aï"),
        ("ăằẳẵắặ", "¨»¼½¾Æ", "aê aè aú aü aé aë"),
        ("âầẩẫấậ", "©ÇÈÉÊË", "aâ aà aå aã aá aä"),
        ("eèẻẽéẹ", "eÌÎÏÐÑ", "e eø eû eõ eù eï"),
        ("êềểễếệ", "ªÒÓÔÕÖ", "eâ eà eå eã eá eä"),
        ("iìỉĩíị", "i×ØÜÝÞ", "i ì æ ó í ò"),
        ("oòỏõóọ", "oßáâãä", "o oø oû oõ où oï"),
        ("ôồổỗốộ", "«åæçèé", "oâ oà oå oã oá oä"),
        ("ơờởỡớợ", "¬êëìíî", "ô ôø ôû ôõ ôù ôï"),
        ("uùủũúụ", "uïñòóô", "u uø uû uõ uù uï"),
        ("ưừửữứự", "\u{ad}õö÷øù", "ö öø öû öõ öù öï"),
        ("yỳỷỹýỵ", "yúûüýþ", "y yø yû yõ yù î"),
        ("đ", "®", "ñ"),
    ];

    #[test]
    fn every_letter_with_every_tone_is_decoded() {
        for (unicode, tcvn3, vni) in ALPHABET {
            assert_eq!(Legacy::Tcvn3.decode(tcvn3), *unicode);
            assert_eq!(Legacy::Vni.decode(vni).replace(' ', ""), *unicode);
            let capitals: String = vni.chars().flat_map(char::to_uppercase).collect();
            assert_eq!(Legacy::Vni.decode(&capitals).replace(' ', ""), unicode.to_uppercase());
        }
    }

    #[test]
    fn words_are_decoded_by_the_name_of_their_font() {
        assert_eq!(Legacy::Vni.decode("UÛy ban nhaân daân huyeän Chö Seâ, soá 01/KH"), "Ủy ban nhân dân huyện Chư Sê, số 01/KH");
        assert_eq!(Legacy::of_font(".VnTimeH").map(|font| font.decode_font(".VnTimeH", "kÕ ho¹ch")).as_deref(), Some("KẾ HOẠCH"));
        assert_eq!(Legacy::of_font(".vnarial narrow").map(|font| font.decode_font(".VnArial Narrow", "KÕ")).as_deref(), Some("Kế"));
        assert_eq!(
            (Legacy::of_font("VNI-Times"), Legacy::of_font("Times New Roman"), Legacy::of_font("é")),
            (Some(Legacy::Vni), None, None)
        );
    }
}
