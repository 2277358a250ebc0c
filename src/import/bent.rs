//! Documents whose XML is bent at random: tags dropped, doubled and swapped, numbers out of every range.

use super::fixture::{archive, word, workbook};
use super::{OpenOptions, Revisions, open};

/// A plain generator: the same numbers every time.
struct Dice(u32);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % limit.max(1)
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

/// How often each test document is bent.
const ROUNDS: usize = 60;

#[test]
fn no_xml_makes_a_reader_panic() {
    let row = "<w:tr><w:trPr><w:gridBefore w:val='1'/><w:ins w:author='a'/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>\
        <w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr><w:rPr><w:del w:author='b'/></w:rPr></w:pPr><w:ins w:author='a'><w:r><w:t>một</w:t></w:r></w:ins></w:p></w:tc>\
        <w:sdt><w:sdtPr><w:tag w:val='t'/></w:sdtPr><w:sdtContent><w:tc><w:tcPr><w:vMerge/><w:hMerge/></w:tcPr><w:p><w:r><w:fldChar w:fldCharType='begin'/><w:br w:type='page'/></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr>";
    let body =
        format!("<w:tbl>{row}{row}</w:tbl><w:p><w:r><w:footnoteReference w:id='1'/><w:sym w:font='Symbol' w:char='F0B7'/></w:r></w:p>");
    let styles =
        "<w:style w:type='paragraph' w:default='1' w:styleId='N'><w:basedOn w:val='N'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>";
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
            drop(open("a.docx", &bytes, OpenOptions { revisions }));
        }
        drop(open(
            "a.xlsx",
            &workbook("<sst uniqueCount='1'><si><t>x</t></si></sst>", &dice.shuffle(cells), &dice.shuffle(looks)),
            OpenOptions::default(),
        ));
        let content = format!("<o:spreadsheet xmlns:o='o' xmlns:x='x' xmlns:table='t'>{}</o:spreadsheet>", dice.shuffle(table));
        let sheet = archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content.as_bytes())]);
        drop(open("a.ods", &sheet, OpenOptions::default()));
    }
}
