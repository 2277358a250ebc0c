//! Bytes to text: what is not Unicode text is told apart and named.

use crate::base::{Legacy, Loc, SourceId, Span};
use crate::diag::{Code, Diagnostic, Message, Severity, msg};

/// The largest file that is read, in bytes (128 MiB). Spans hold up to 4 GiB; a larger file is no plan.
pub const LARGEST_FILE: u64 = 128 << 20;

/// What the bytes of a file give.
#[derive(Debug, Clone)]
pub struct Decoded {
    /// The text as read; `None` where the bytes are no Unicode text.
    pub text: Option<String>,
    /// KH0003 or KH0004, or nothing.
    pub diagnostics: Vec<Diagnostic>,
}

/// Returns the text of a file's bytes: UTF-8, or UTF-16 with a byte order mark (KH0004 as a warning).
///
/// Raises KH0003 for bytes that are no text, KH0004 for text in another encoding, and KH0004 as a warning where the letters look like
/// TCVN3 or VNI that was taken for Unicode. The findings stand at the beginning of `source`.
pub fn decode(source: SourceId, bytes: &[u8]) -> Decoded {
    let at = |code, message, help: Message| Diagnostic::new(code, Loc::new(source, Span::at(0)), message).help(help);
    let unreadable = |finding| Decoded { text: None, diagnostics: vec![finding] };
    if let Some(kind) = known_format(bytes) {
        let message = msg!("Tệp là {kind}, không phải văn bản .kh", "The file is {kind}, not .kh text");
        let help =
            msg!("Mở tệp, chép phần chữ sang một tệp .kh lưu bằng UTF-8.", "Open it and copy its text to a .kh file saved as UTF-8.");
        return unreadable(at(Code::KH0003, message, help));
    }
    if let Some(text) = utf16(bytes) {
        let message = msg!("Tệp lưu bằng UTF-16; đã đọc được", "The file is saved as UTF-16; it could be read");
        return Decoded { text: Some(text), diagnostics: vec![at(Code::KH0004, message, save_as_utf8()).with_severity(Severity::Warning)] };
    }
    if let Some(zero) = memchr::memchr(0, bytes) {
        let message =
            msg!("Tệp chứa byte 0 (ở vị trí {zero}) nên không phải văn bản", "The file holds a zero byte (at {zero}), so it is not text");
        return unreadable(at(Code::KH0003, message, save_as_utf8()));
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let line = 1 + memchr::memchr_iter(b'\n', &bytes[..error.valid_up_to()]).count();
            let latin: String = bytes.iter().map(|b| char::from(*b)).collect();
            let message = match Legacy::of(&latin).map(Legacy::name) {
                Some(name) => {
                    msg!("Tệp dùng bảng mã {name}, không phải Unicode (dòng {line})", "The file is in {name}, not Unicode (line {line})")
                }
                None => msg!("Dòng {line} không phải UTF-8", "Line {line} is not UTF-8"),
            };
            return unreadable(at(Code::KH0004, message, save_as_utf8()));
        }
    };
    let diagnostics = Legacy::of(text).map(Legacy::name).map(|name| {
        let message = msg!("Chữ trong tệp giống bảng mã {name} bị đọc nhầm", "The letters look like {name} taken for Unicode");
        at(Code::KH0004, message, save_as_utf8()).with_severity(Severity::Warning)
    });
    Decoded { text: Some(text.to_owned()), diagnostics: diagnostics.into_iter().collect() }
}

fn save_as_utf8() -> Message {
    msg!("Chuyển chữ sang Unicode dựng sẵn rồi lưu tệp bằng UTF-8.", "Convert the text to Unicode and save the file as UTF-8.")
}

fn known_format(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "Word/Excel (docx, xlsx) / ZIP"),
        (b"\xd0\xcf\x11\xe0", "Word/Excel (doc, xls)"),
        (b"%PDF", "PDF"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8\xff", "JPEG"),
        (b"\x1f\x8b", "gzip"),
    ];
    known.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let (body, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xff, 0xfe, body @ ..] => (body, u16::from_le_bytes),
        [0xfe, 0xff, body @ ..] => (body, u16::from_be_bytes),
        _ => return None,
    };
    let (pairs, rest) = body.as_chunks::<2>();
    let text = char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<String, _>>().ok()?;
    (rest.is_empty() && !text.contains('\0')).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(bytes: &[u8]) -> (bool, Vec<(Code, Severity)>) {
        let out = decode(SourceId::new(0), bytes);
        (out.text.is_some(), out.diagnostics.iter().map(|finding| (finding.code, finding.severity)).collect())
    }

    #[test]
    fn unicode_text_passes() {
        assert_eq!(codes("KẾ HOẠCH A-1: Tên\n".as_bytes()), (true, vec![]));
        assert_eq!(codes(b""), (true, vec![]));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(codes(b"PK\x03\x04abc"), (false, vec![(Code::KH0003, Severity::Error)]));
        assert_eq!(codes(b"a\0b"), (false, vec![(Code::KH0003, Severity::Error)]));
    }

    #[test]
    fn other_encodings_are_named_or_read() {
        let utf16: Vec<u8> = "\u{feff}KẾ".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(codes(&utf16), (true, vec![(Code::KH0004, Severity::Warning)]));
        assert_eq!(decode(SourceId::new(0), &utf16).text.as_deref(), Some("KẾ"));
        // K\u{d5} ho\u{b9}ch \u{2026} in TCVN3
        let tcvn3 = b"K\xd5 ho\xb9ch c\xb6i c\xb8ch h\xb5nh ch\xddnh";
        let out = decode(SourceId::new(0), tcvn3);
        assert!(out.text.is_none() && out.diagnostics[0].message.en.contains("TCVN3"));
        assert_eq!(codes("KÕ ho¹ch c¶i c¸ch hµnh".as_bytes()), (true, vec![(Code::KH0004, Severity::Warning)]));
    }
}
