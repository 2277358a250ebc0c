//! The one entry: the bytes of a document of any kind to blocks.

use super::kind::{Kind, kind};
use super::sheet::{LARGEST, too_large};
use super::{Block, Document, Doubt, Out, Paragraph, Place, Revisions, docx, encoding, html, sheet, tables};
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
            Some(decoded) => with(decoded.doubts, lines(name, &decoded.text)),
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

/// Reads a text as a paragraph for each line.
fn lines(name: &str, text: &str) -> Out {
    let numbered = text.lines().zip(1u32..).filter(|(line, _)| !line.trim().is_empty());
    let blocks = numbered.map(|(line, number)| {
        let place = Place { line: number, ..Place::default() };
        Block::Paragraph(Paragraph { text: line.trim().to_owned(), place, ..Paragraph::default() })
    });
    Out { document: Document { name: name.to_owned(), blocks: blocks.collect() }, doubts: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::fixture::{archive, word, workbook as workbook_of};

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

    /// A plain generator: the same numbers every time.
    struct Dice(u32);

    impl Dice {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (self.0 >> 8) as usize % limit.max(1)
        }

        /// Changes a few bytes.
        fn bend(&mut self, bytes: &mut [u8]) {
            for _ in 0..=self.below(4) {
                let at = self.below(bytes.len());
                bytes[at] = u8::try_from(self.below(256)).unwrap();
            }
        }

        /// Drops, doubles or swaps a few tags and numbers of XML.
        fn shuffle(&mut self, text: &str) -> String {
            let mut pieces: Vec<String> = text.split_inclusive(['>', '\'', ' ']).map(str::to_owned).collect();
            for _ in 0..=self.below(5) {
                let (at, other) = (self.below(pieces.len()), self.below(pieces.len()));
                match self.below(4) {
                    0 => drop(pieces.remove(at)),
                    1 => pieces.insert(at, pieces[other].clone()),
                    2 => pieces.swap(at, other),
                    _ => pieces[at] = ["4294967295'", "-1'", "'", "<w:tc>", "</w:tbl>", "&#xD800;"][self.below(6)].to_owned(),
                }
            }
            pieces.concat()
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
        let mut dice = Dice(1);
        for (name, seed) in seeds {
            for _ in 0..ROUNDS {
                let mut bytes = seed.clone();
                dice.bend(&mut bytes);
                drop(read(name, &bytes, Options::default()));
            }
        }
    }

    /// How often each test document is bent.
    const ROUNDS: usize = 60;

    #[test]
    fn no_xml_makes_a_reader_panic() {
        let row = "<w:tr><w:trPr><w:gridBefore w:val='1'/><w:ins w:author='a'/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>\
            <w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del w:author='b'/></w:rPr></w:pPr><w:ins w:author='a'><w:r><w:t>một</w:t></w:r></w:ins></w:p></w:tc>\
            <w:sdt><w:sdtPr><w:tag w:val='t'/></w:sdtPr><w:sdtContent><w:tc><w:tcPr><w:vMerge/><w:hMerge/></w:tcPr><w:p><w:r><w:fldChar w:fldCharType='begin'/><w:br w:type='page'/></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr>";
        let body =
            format!("<w:tbl>{row}{row}</w:tbl><w:p><w:r><w:footnoteReference w:id='1'/><w:sym w:font='Symbol' w:char='F0B7'/></w:r></w:p>");
        let styles = "<w:style w:type='paragraph' w:default='1' w:styleId='N'><w:basedOn w:val='N'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>";
        let lists = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.%2'/></w:lvl></w:abstractNum>\
            <w:num w:numId='1'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='1'><w:startOverride w:val='3'/></w:lvlOverride></w:num>";
        let notes = "<w:footnote w:id='1'><w:p><w:r><w:t>chú thích</w:t></w:r></w:p></w:footnote>";
        let cells =
            "<row r='1'><c r='A1' s='1'><v>0.95</v></c><c r='B1' t='inlineStr'><is><t>x</t></is></c><c r='C1' t='e'><v>#REF!</v></c></row>";
        let looks = "<numFmts count='1'><numFmt numFmtId='164' formatCode='[h]:mm;0.0%'/></numFmts><fonts><font><name val='.VnTime'/></font></fonts><cellXfs><xf/><xf numFmtId='164' fontId='0'/></cellXfs>";
        let table = "<x:table table:name='a'><x:table-row number-rows-repeated='2'><x:table-cell number-columns-repeated='3' number-rows-spanned='2' value-type='float' value='1.5'><x:p>1.5<x:s c='3'/></x:p></x:table-cell></x:table-row></x:table>";
        let mut dice = Dice(7);
        for _ in 0..ROUNDS {
            let parts = [("styles", styles), ("numbering", lists), ("footnotes", notes)].map(|(kind, text)| (kind, dice.shuffle(text)));
            let parts: Vec<(&str, &str)> = parts.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
            let bytes = word(&dice.shuffle(&body), &parts);
            for revisions in [Revisions::Report, Revisions::Accept, Revisions::Reject] {
                drop(read("a.docx", &bytes, Options { revisions }));
            }
            drop(read(
                "a.xlsx",
                &workbook_of("<sst uniqueCount='1'><si><t>x</t></si></sst>", &dice.shuffle(cells), &dice.shuffle(looks)),
                Options::default(),
            ));
            let content = format!("<o:spreadsheet xmlns:o='o' xmlns:x='x' xmlns:table='t'>{}</o:spreadsheet>", dice.shuffle(table));
            let sheet = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
            drop(read("a.ods", &sheet, Options::default()));
        }
    }
}
