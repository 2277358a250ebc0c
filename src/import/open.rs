//! The one entry: the bytes of a document of any kind to blocks.

use super::kind::{Kind, kind};
use super::sheet::{LARGEST, too_large};
use super::{Block, Doubt, Out, Revisions, docx, encoding, html, read_text, sheet, tables};
use crate::diag::{Code, msg};

/// How documents are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// How tracked changes are taken.
    pub revisions: Revisions,
}

/// Reads a document: `.docx`, `.html`, `.xlsx`, `.ods`, `.csv` or text, told by its content and then by its name. `name` is the file's name, as
/// doubts show it.
///
/// # Errors
/// One finding that says why nothing can be read and how to go on: KH5001 (no document, damaged), KH5002 (locked), KH5003 (an old format),
/// KH5004 (beyond the limits).
pub fn read(name: &str, bytes: &[u8], options: Options) -> Result<Out, Doubt> {
    if bytes.len() > LARGEST {
        return Err(too_large(name));
    }
    let mut out = match kind(name, bytes)? {
        Kind::Word => docx::read(name, bytes, options.revisions)?,
        Kind::Workbook | Kind::OpenSheet | Kind::Table => tables::document(name, sheet::book(name, bytes)?),
        Kind::Page => match encoding::decode_page(bytes) {
            Some(decoded) => with(decoded.doubts, html::read(name, &decoded.text, options.revisions)?),
            None => return Err(no_text(name)),
        },
        Kind::Text => match encoding::decode(bytes) {
            Some(decoded) => {
                let (document, doubts) = read_text(name, &decoded.text);
                with(decoded.doubts, Out { document, doubts })
            }
            None => return Err(no_text(name)),
        },
    };
    if !out.document.blocks.iter().any(|block| !matches!(block, Block::Break)) {
        let message = msg!("Tệp “{name}” không có chữ nào đọc được", "The file “{name}” holds no text that can be read");
        out.doubts.insert(0, Doubt::new(Code::KH5010, message));
    }
    Ok(out)
}

fn with(mut first: Vec<Doubt>, mut out: Out) -> Out {
    first.append(&mut out.doubts);
    Out { doubts: first, ..out }
}

fn no_text(name: &str) -> Doubt {
    Doubt::new(Code::KH5001, msg!("Tệp “{name}” không phải văn bản", "The file “{name}” is no text"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture::{archive, word};

    fn texts(out: &Out) -> Vec<&str> {
        let paragraphs = out.document.blocks.iter().filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.text.as_str()),
            Block::Table(_) | Block::Break => None,
        });
        paragraphs.collect()
    }

    #[test]
    fn one_entry_reads_every_kind() {
        let options = Options::default();
        let bytes = word("<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>", &[]);
        assert_eq!(texts(&read("a.docx", &bytes, options).unwrap()), ["Kế hoạch"]);
        assert_eq!(texts(&read("a.htm", "<p>Kế hoạch".as_bytes(), options).unwrap()), ["Kế hoạch"]);
        assert_eq!(texts(&read("a.txt", "\nKế hoạch\n".as_bytes(), options).unwrap()), ["Kế hoạch"]);
        assert_eq!(read("a.csv", b"a,b\n1,2\n", options).unwrap().document.blocks.len(), 1);
        let old = read("a.txt", b"K\xd5 ho\xb9ch c\xb6i c\xb8ch h\xb5nh ch\xddnh", options).unwrap();
        assert_eq!((texts(&old), old.doubts[0].code), (vec!["Kế hoạch cải cách hành chính"], Code::KH5005));
    }

    #[test]
    fn a_document_without_words_is_read_and_says_so() {
        for (name, bytes) in [("a.txt", Vec::new()), ("a.docx", word("<w:p/>", &[])), ("a.html", b"<p></p>".to_vec())] {
            let out = read(name, &bytes, Options::default()).unwrap();
            assert_eq!((out.document.blocks.len(), out.doubts[0].code), (0, Code::KH5010), "{name}");
        }
    }

    #[test]
    fn bombs_and_cut_files_are_refused_whatever_their_kind() {
        let options = Options::default();
        let bomb = archive(&[("word/document.xml", &vec![b' '; 20 << 20])]);
        assert_eq!(read("a.docx", &bomb, options).unwrap_err().code, Code::KH5004);
        let bomb = archive(&[("xl/worksheets/sheet1.xml", &vec![b' '; 20 << 20])]);
        assert_eq!(read("a.xlsx", &bomb, options).unwrap_err().code, Code::KH5004);
        let whole = word("<w:p><w:r><w:t>Kế hoạch</w:t></w:r></w:p>", &[]);
        for cut in (4..whole.len() - 1).step_by(7) {
            assert_eq!(read("a.docx", &whole[..cut], options).unwrap_err().code, Code::KH5001);
        }
    }

    #[test]
    fn no_bytes_make_a_reader_panic() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write(0, 0, "Kế hoạch").unwrap();
        let table = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
        let seeds = [
            ("a.docx", word(table, &[("styles", "<w:style w:styleId='a'/>"), ("numbering", "<w:num w:numId='1'/>")])),
            ("a.xlsx", workbook.save_to_buffer().unwrap()),
            ("a.html", b"<table><tr><td colspan=3 rowspan=2>a<ol><li value=x>b</table><font face='.VnTime'>".to_vec()),
            ("a.csv", "sep=;\na;\"b\n\";c\n".as_bytes().to_vec()),
        ];
        // a plain generator: the same bytes every time
        let mut state = 1u32;
        let mut next = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as usize % below
        };
        for (name, seed) in seeds {
            for _ in 0..300 {
                let mut bytes = seed.clone();
                for _ in 0..=next(4) {
                    let at = next(bytes.len());
                    bytes[at] = u8::try_from(next(256)).unwrap();
                }
                drop(read(name, &bytes, Options::default()));
            }
        }
    }
}
