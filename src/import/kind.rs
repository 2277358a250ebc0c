//! What a file is: told by its bytes, and by its name only where text may be several things.

use super::archive::{Archive, Fault};
use super::sheet::refusal;
use super::xml::text_of;
use super::{Doubt, encoding};
use crate::diag::{Code, msg};

/// Bytes of a text in which a web page shows itself.
const HEAD: usize = 4096;

/// A kind of file that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Workbook,
    OpenSheet,
    Page,
    Table,
    Text,
}

/// Returns the kind of a file, or why it is not read.
pub(super) fn kind(name: &str, bytes: &[u8]) -> Result<Kind, Doubt> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_archive(name, bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(of_compound(name, bytes));
    }
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"%PDF") {
        return Err(old(name, "PDF", ".docx"));
    }
    if starts(b"{\\rtf") {
        return Err(old(name, "RTF", ".docx"));
    }
    if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") || starts(b"II*\0") || starts(b"MM\0*") {
        let message = msg!(
            "Tệp “{name}” là ảnh, không có chữ để đọc. Gõ lại nội dung hoặc xin bản có chữ",
            "The file “{name}” is a picture and holds no text. Type its content or ask for a version with text"
        );
        return Err(Doubt::new(Code::KH5001, message));
    }
    let Some(decoded) = encoding::decode(&bytes[..bytes.len().min(HEAD * 4) & !1]) else { return Err(unknown(name)) };
    let end = decoded.text.char_indices().nth(HEAD).map_or(decoded.text.len(), |(end, _)| end);
    let head = decoded.text[..end].trim_start().to_ascii_lowercase();
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    if head.starts_with("mime-version:") {
        return Err(old(name, "MHT", ".docx"));
    }
    if head.contains("<pkg:package") || head.contains("<w:worddocument") {
        return Err(old(name, "Word XML", ".docx"));
    }
    let is_page = ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| head.contains(tag));
    Ok(match extension.as_str() {
        "html" | "htm" | "xhtml" => Kind::Page,
        "csv" | "tsv" => Kind::Table,
        // what an office system calls .doc or .xls is often a web page
        _ if is_page && !matches!(extension.as_str(), "md" | "markdown") => Kind::Page,
        _ => Kind::Text,
    })
}

fn of_archive(name: &str, bytes: &[u8]) -> Result<Kind, Doubt> {
    let mut archive = Archive::open(bytes).map_err(|fault| refusal(name, fault))?;
    let mut part = |entry: &str| match archive.part(entry) {
        Ok(part) => Ok(part.map(|part| text_of(part.bytes)).unwrap_or_default()),
        Err(fault) => Err(refusal(name, fault)),
    };
    let mimetype = part("mimetype")?;
    let types = part("[Content_Types].xml")?;
    if mimetype.contains("opendocument.spreadsheet") {
        return Ok(Kind::OpenSheet);
    }
    if mimetype.contains("opendocument.text") {
        return Err(old(name, ".odt", ".docx"));
    }
    let names: Vec<String> = archive.names().iter().map(|entry| entry.to_ascii_lowercase()).collect();
    let holds = |folder: &str| names.iter().any(|entry| entry.starts_with(folder));
    if types.contains("wordprocessingml") || holds("word/") {
        return Ok(Kind::Word);
    }
    if names.iter().any(|entry| entry.ends_with("workbook.bin")) {
        return Err(old(name, ".xlsb", ".xlsx"));
    }
    if types.contains("spreadsheetml") || holds("xl/") {
        return Ok(Kind::Workbook);
    }
    if names.is_empty() {
        return Err(refusal(name, Fault::Broken));
    }
    Err(unknown(name))
}

/// Says what a compound file (the format before .docx, and the shell of locked ones) is.
fn of_compound(name: &str, bytes: &[u8]) -> Doubt {
    let holds = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        refusal(name, Fault::Locked)
    } else if holds("WordDocument") {
        old(name, ".doc (Word 97-2003)", ".docx")
    } else if holds("Workbook") {
        old(name, ".xls (Excel 97-2003)", ".xlsx")
    } else {
        unknown(name)
    }
}

fn old(name: &str, format: &str, save_as: &str) -> Doubt {
    let message = msg!(
        "Tệp “{name}” là {format}, chưa đọc trực tiếp được. Mở bằng Word, Excel hoặc LibreOffice và lưu thành {save_as}",
        "The file “{name}” is {format}, which is not read directly. Open it in Word, Excel or LibreOffice and save it as {save_as}"
    );
    Doubt::new(Code::KH5003, message)
}

fn unknown(name: &str) -> Doubt {
    let message = msg!(
        "Tệp “{name}” không phải tài liệu đọc được (.docx, .html, .txt, .md, .xlsx, .ods, .csv)",
        "The file “{name}” is no document that can be read (.docx, .html, .txt, .md, .xlsx, .ods, .csv)"
    );
    Doubt::new(Code::KH5001, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture::archive;

    #[test]
    fn content_says_more_than_a_name() {
        let word = archive(&[("word/document.xml", b"<w:document/>")]);
        assert_eq!(kind("ke-hoach.txt", &word), Ok(Kind::Word));
        assert_eq!(kind("a.doc", b"<html><body>x</body></html>"), Ok(Kind::Page));
        assert_eq!(kind("a.txt", "KẾ HOẠCH".as_bytes()), Ok(Kind::Text));
        assert_eq!(kind("a.csv", b"a;b"), Ok(Kind::Table));
        assert_eq!(kind("a.ods", &archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")])), Ok(Kind::OpenSheet));
    }

    #[test]
    fn what_is_not_read_says_how_to_go_on() {
        let compound = |stream: &str| {
            let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &wide].concat()
        };
        let refused = |name: &str, bytes: &[u8]| {
            let doubt = kind(name, bytes).unwrap_err();
            (doubt.code, doubt.message.en)
        };
        assert_eq!(refused("a.docx", &compound("EncryptedPackage")).0, Code::KH5002);
        let (code, words) = refused("a.doc", &compound("WordDocument"));
        assert!(code == Code::KH5003 && words.contains(".docx"));
        assert!(refused("a.xls", &compound("Workbook")).1.contains(".xlsx"));
        assert_eq!(refused("a.pdf", b"%PDF-1.7").0, Code::KH5003);
        assert_eq!(refused("a.jpg", b"\xff\xd8\xff\xe0").0, Code::KH5001);
        assert_eq!(refused("a.zip", &archive(&[("a.txt", b"a")])).0, Code::KH5001);
        assert_eq!(refused("a.bin", b"\x01\x02\0\x03").0, Code::KH5001);
    }
}
