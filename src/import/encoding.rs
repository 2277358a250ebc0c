//! Bytes to text: UTF-8, UTF-16, the encodings of Vietnamese before Unicode, Windows-1258.
//!
//! Takes the bytes of a text or web page, gives the text in NFC with the name of its encoding; whatever is not UTF-8 is announced by a KH5005.
//! TCVN3 and VNI are told by [`Legacy::of`], whose measures stand there; UTF-16 without a mark by its zero bytes: of the bytes of a Vietnamese
//! text in UTF-16 one in three at least is a zero and nearly all stand on one side (measured on the same plans: 41 to 46 %).

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::Doubt;
use crate::base::{Legacy, composed};
use crate::diag::{Code, msg};

/// Bytes in which a web page says its encoding.
const DECLARED_WITHIN: usize = 4096;

/// A text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// NFC, without a byte order mark.
    pub text: String,
    /// The name of the encoding, as users know it.
    pub encoding: &'static str,
    /// KH5005 where it is not UTF-8, KH5011 where some bytes were no text.
    pub doubts: Vec<Doubt>,
}

/// Returns the text of a file's bytes; `None` where they are no text.
pub fn decode(bytes: &[u8]) -> Option<Decoded> {
    let (text, encoding, damaged) = unicode(bytes).or_else(|| other(bytes))?;
    Some(announced(text, encoding, damaged))
}

/// Returns the text of a web page, whose head may say its encoding; `None` where the bytes are no text.
pub(super) fn decode_page(bytes: &[u8]) -> Option<Decoded> {
    let says_itself = || {
        let head: String = bytes.iter().take(DECLARED_WITHIN).map(|byte| char::from(byte.to_ascii_lowercase())).collect();
        let label = head.split("charset=").nth(1)?.trim_start_matches(['"', '\'', ' ']);
        let label: String = label.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_8 && !bytes.contains(&0))
    };
    let declared = || {
        // an old page calls its TCVN3 or VNI by the name of Latin-1
        let encoding = says_itself().filter(|encoding| *encoding != WINDOWS_1252)?;
        let (text, _, damaged) = encoding.decode(bytes);
        Some((text.into_owned(), encoding.name(), damaged))
    };
    let (text, encoding, damaged) = unicode(bytes).or_else(declared).or_else(|| other(bytes))?;
    Some(announced(text, encoding, damaged))
}

fn announced(text: String, mut encoding: &'static str, damaged: bool) -> Decoded {
    let mut text = text;
    // letters that were read as Latin-1 on their way into Unicode
    let is_unicode = text.chars().any(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{323}'));
    if !is_unicode && let Some(legacy) = Legacy::of(&text) {
        text = legacy.decode(&text);
        encoding = legacy.name();
    }
    let mut doubts = Vec::new();
    if encoding != UTF_8.name() {
        let message = msg!(
            "Chữ dùng bảng mã {encoding}, đã chuyển sang Unicode. Đọc lại vài đoạn",
            "The text is in {encoding} and was converted to Unicode. Read some paragraphs again"
        );
        doubts.push(Doubt::new(Code::KH5005, message));
    }
    if damaged {
        let message = msg!(
            "Một số byte không phải chữ {encoding}, thay bằng “�”. Tìm dấu này trong kết quả và sửa lại",
            "Some bytes are no text in {encoding} and became “�”. Look for this sign in the result and mend it"
        );
        doubts.push(Doubt::new(Code::KH5011, message).quote("\u{fffd}"));
    }
    let text = match composed(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(composed) => composed,
    };
    Decoded { text, encoding, doubts }
}

type Text = (String, &'static str, bool);

/// UTF-8, or UTF-16 with or without a mark.
fn unicode(bytes: &[u8]) -> Option<Text> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Some((text.into_owned(), encoding.name(), damaged));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        return (!damaged && !text.contains('\0')).then(|| (text.into_owned(), encoding.name(), false));
    }
    if is_binary(bytes) {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((text.to_owned(), UTF_8.name(), false));
    }
    // a slip in a text that is UTF-8 otherwise: more letters of several bytes than bytes that are none
    let text = String::from_utf8_lossy(bytes);
    let wrong = text.chars().filter(|c| *c == '\u{fffd}').count();
    let right = text.chars().filter(|c| !c.is_ascii()).count() - wrong;
    (right > wrong * 20).then(|| (text.into_owned(), UTF_8.name(), true))
}

/// Says whether bytes are no text of one byte or more for each letter: a zero, or more than one control character in a hundred.
fn is_binary(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace()).count();
    bytes.contains(&0) || controls * 100 > bytes.len()
}

fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(1 << 16) & !1];
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = |zeros: usize, others: usize| bytes.len().is_multiple_of(2) && zeros * 3 > sample.len() && others * 50 < zeros;
    if many(odd, even) {
        Some(UTF_16LE)
    } else if many(even, odd) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// One byte for each letter.
fn other(bytes: &[u8]) -> Option<Text> {
    if is_binary(bytes) {
        return None;
    }
    let latin: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    if Legacy::of(&latin).is_some() {
        return Some((latin, WINDOWS_1252.name(), false));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"vn"), Utf8Detection::Deny);
    // what a Vietnamese text of one byte for each letter can be
    let encoding = if guessed.is_single_byte() { guessed } else { WINDOWS_1258 };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Some((text.into_owned(), encoding.name(), damaged))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "KẾ HOẠCH\nTriển khai công tác cải cách hành chính của huyện năm 2023; Phòng Nội vụ chủ trì, các xã phối hợp.\n";

    fn read(bytes: &[u8]) -> (String, &'static str, Vec<Code>) {
        let decoded = decode(bytes).unwrap();
        (decoded.text, decoded.encoding, decoded.doubts.iter().map(|doubt| doubt.code).collect())
    }

    #[test]
    fn unicode_is_read_in_every_form() {
        let utf16: Vec<u16> = PLAN.encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(read(PLAN.as_bytes()), (PLAN.into(), "UTF-8", vec![]));
        assert_eq!(read(&[b"\xef\xbb\xbf", PLAN.as_bytes()].concat()), (PLAN.into(), "UTF-8", vec![]));
        assert_eq!(read(&[b"\xff\xfe", little.as_slice()].concat()), (PLAN.into(), "UTF-16LE", vec![Code::KH5005]));
        assert_eq!(read(&[b"\xfe\xff", big.as_slice()].concat()), (PLAN.into(), "UTF-16BE", vec![Code::KH5005]));
        assert_eq!(read(&little), (PLAN.into(), "UTF-16LE", vec![Code::KH5005]));
        assert_eq!(read(&big), (PLAN.into(), "UTF-16BE", vec![Code::KH5005]));
    }

    #[test]
    fn encodings_before_unicode_are_told_and_announced() {
        // the plan in TCVN3 and VNI, letter by letter
        let tcvn3 = b"K\xd5 ho\xb9ch c\xb6i c\xb8ch h\xb5nh ch\xddnh c\xf1a huy\xd6n n\xa8m 2023";
        assert_eq!(read(tcvn3), ("Kế hoạch cải cách hành chính của huyện năm 2023".into(), "TCVN3 (ABC)", vec![Code::KH5005]));
        let vni = b"Ke\xe1 hoa\xefch ca\xfbi ca\xf9ch ha\xf8nh ch\xednh cu\xfba huye\xe4n na\xeam 2023";
        assert_eq!(read(vni), ("Kế hoạch cải cách hành chính của huyện năm 2023".into(), "VNI", vec![Code::KH5005]));
        assert_eq!(read("KÕ ho¹ch c¶i c¸ch hµnh chÝnh".as_bytes()).0, "Kế hoạch cải cách hành chính");
    }

    #[test]
    fn windows_1258_is_composed() {
        // its tones are letters of their own behind the vowel: huyê + dot below + n
        let bytes = b"K\xea\xec hoa\xf2ch c\xf2a ca\xecc huy\xea\xf2n, thi\xf2 xa\xde, tha\xccnh ph\xf4\xec n\xe3m 2023, \xf0\xea\xd2 tri\xea\xd2n khai th\xfd\xf2c hi\xea\xf2n";
        let (text, encoding, doubts) = read(bytes);
        assert_eq!((encoding, doubts), ("windows-1258", vec![Code::KH5005]));
        assert!(text.contains("Kế hoạch") && text.contains("thị xã, thành phố năm 2023, để triển khai thực hiện"), "{text}");
    }

    #[test]
    fn a_slip_in_utf8_is_a_doubt_and_bytes_that_are_no_text_are_none() {
        let slip = [PLAN.as_bytes(), b"\xff"].concat();
        let (text, encoding, doubts) = read(&slip);
        assert_eq!((encoding, doubts), ("UTF-8", vec![Code::KH5011]));
        assert!(text.starts_with(PLAN) && text.ends_with('\u{fffd}'));
        assert_eq!(decode(b"a\0b\x01\x02c"), None);
        assert_eq!(decode(&[0x07; 40]), None);
    }

    #[test]
    fn a_page_says_its_encoding() {
        let page = b"<html><head><meta http-equiv='Content-Type' content='text/html; charset=windows-1258'></head><p>huy\xea\xf2n</p>";
        assert!(decode_page(page).unwrap().text.contains("huyện"));
    }
}
