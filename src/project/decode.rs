//! Bytes to text: what is not text, or text in another encoding, is a finding and not a guess.

use crate::base::{Loc, SourceId, Span};
use crate::diag::{Code, Diagnostic, msg};

/// What the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decoded {
    /// Text (UTF-8, or UTF-16 with its mark).
    Text(String),
    /// Something else: what to show of it, and where in that it stops being UTF-8.
    NotText {
        /// The text with U+FFFD for what cannot be read.
        shown: String,
        /// The first byte that cannot be read.
        at: usize,
        /// Whether the file is no text at all.
        binary: bool,
    },
}

/// Decodes the bytes of a file.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    if let Some(text) = utf16(&bytes) {
        return Decoded::Text(text);
    }
    // the zip behind .docx and .xlsx, the container behind .doc and .xls, PDF
    let magic = [b"PK\x03\x04".as_slice(), b"\xd0\xcf\x11\xe0".as_slice(), b"%PDF-".as_slice()];
    if bytes.contains(&0) || magic.iter().any(|magic| bytes.starts_with(magic)) {
        return Decoded::NotText { shown: String::new(), at: 0, binary: true };
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded::Text(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Decoded::NotText { shown: String::from_utf8_lossy(error.as_bytes()).into_owned(), at, binary: false }
        }
    }
}

fn utf16(bytes: &[u8]) -> Option<String> {
    let (little, body) = match bytes {
        [0xff, 0xfe, body @ ..] => (true, body),
        [0xfe, 0xff, body @ ..] => (false, body),
        _ => return None,
    };
    let pairs = body
        .chunks_exact(2)
        .map(|pair| if little { u16::from_le_bytes([pair[0], pair[1]]) } else { u16::from_be_bytes([pair[0], pair[1]]) });
    let whole = body.len() % 2 == 0;
    whole.then(|| char::decode_utf16(pairs).collect::<Result<String, _>>().ok()).flatten()
}

/// Returns the finding about a file that is not text (KH0003) or not Unicode (KH0004).
pub(super) fn finding(source: SourceId, at: usize, binary: bool) -> Diagnostic {
    if binary {
        let message = msg!("Tệp này không phải văn bản thuần", "This file is not plain text");
        return Diagnostic::new(Code::KH0003, Loc::new(source, Span::default()), message).help(msg!(
            "Tệp Word, Excel, PDF không đổi tên thành tệp của dự án được: chép nội dung sang một tệp văn bản",
            "A Word, Excel or PDF file does not become a project file by its name: copy what it says into a text file"
        ));
    }
    let span = Span::new(at, at + '\u{fffd}'.len_utf8());
    let message = msg!("Tệp này không dùng bảng mã Unicode (UTF-8)", "This file is not in Unicode (UTF-8)");
    Diagnostic::new(Code::KH0004, Loc::new(source, span), message)
        .label(msg!("từ đây không đọc được", "from here on it cannot be read"))
        .help(msg!(
            "Mở tệp bằng trình soạn thảo đã viết ra nó, chuyển phông TCVN3, VNI sang Unicode rồi lưu với bảng mã UTF-8",
            "Open the file in the editor that wrote it, convert TCVN3 or VNI text to Unicode and save it as UTF-8"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notepads_unicode_is_text_and_a_word_file_is_not() {
        let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("KẾ".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(utf16), Decoded::Text("KẾ".into()));
        assert!(matches!(decode(b"PK\x03\x04rest".to_vec()), Decoded::NotText { binary: true, .. }));
    }

    #[test]
    fn the_first_byte_of_another_encoding_is_found() {
        // TCVN3 for "Kế": K, 0xD5
        assert_eq!(decode(b"# K\xd5 ho".to_vec()), Decoded::NotText { shown: "# K\u{fffd} ho".into(), at: 3, binary: false });
    }
}
