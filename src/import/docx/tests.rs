//! Small documents in the shapes that Word writes, and what is read from them.

use super::super::block::{Cell, Row, Table};
use super::super::fixture::{archive, word};
use super::*;

fn open(bytes: &[u8]) -> Out {
    read("a.docx", bytes, Revisions::Report).unwrap()
}

fn body(body: &str) -> Out {
    open(&word(body, &[]))
}

/// A paragraph of one run.
fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
}

fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

/// Blocks as text: mark and text of a paragraph, cells parted by `|`, repeated ones in brackets, rows by ` / `.
fn drawn(out: &Out) -> Vec<String> {
    let one = |paragraph: &crate::import::Paragraph| format!("{} {}", paragraph.mark, paragraph.text).trim().to_owned();
    let cell = |cell: &Cell| {
        let text = cell.paragraphs.iter().map(one).collect::<Vec<_>>().join("¶");
        let text = if cell.merged { format!("({text})") } else { text };
        if cell.span > 1 { format!("{text}×{}", cell.span) } else { text }
    };
    let row = |row: &Row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|");
    let table = |table: &Table| table.rows.iter().map(row).collect::<Vec<_>>().join(" / ");
    let block = |block: &Block| match block {
        Block::Paragraph(paragraph) => one(paragraph),
        Block::Table(inner) => table(inner),
        Block::Break => "---".to_owned(),
    };
    out.document.blocks.iter().map(block).collect()
}

fn codes(out: &Out) -> Vec<Code> {
    out.doubts.iter().map(|doubt| doubt.code).collect()
}

fn paragraph(out: &Out, at: usize) -> &crate::import::Paragraph {
    match &out.document.blocks[at] {
        Block::Paragraph(paragraph) => paragraph,
        other => panic!("{other:?}"),
    }
}

#[test]
fn runs_join_to_text_as_a_person_sees_it() {
    let out = body(
        "<w:p><w:r><w:t>Số: </w:t></w:r><w:r><w:t xml:space='preserve'> 01</w:t><w:noBreakHyphen/><w:t>KH</w:t><w:tab/><w:t>a&amp;b</w:t><w:br/><w:t>“hai”</w:t></w:r>\
         <w:hyperlink r:id='x'><w:r><w:t>liên kết</w:t></w:r></w:hyperlink><w:proofErr/><w:smartTag><w:r><w:t xml:space='preserve'> Hoa\u{300} </w:t></w:r></w:smartTag></w:p>\
         <w:p/><w:p><w:r><w:t> </w:t></w:r></w:p>",
    );
    assert_eq!(drawn(&out), ["Số: 01-KH\ta&b\n“hai”liên kết Hoà"]);
    assert_eq!(out.doubts, []);
}

#[test]
fn looks_come_from_runs_styles_and_defaults() {
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>\
        <w:style w:type='paragraph' w:default='1' w:styleId='N'><w:rPr><w:i w:val='0'/></w:rPr></w:style>\
        <w:style w:type='paragraph' w:styleId='T'><w:name w:val='heading 2'/><w:basedOn w:val='C'/><w:rPr><w:b/></w:rPr></w:style>\
        <w:style w:type='paragraph' w:styleId='C'><w:basedOn w:val='T'/><w:pPr><w:jc w:val='center'/></w:pPr></w:style>\
        <w:style w:type='character' w:styleId='K'><w:rPr><w:b/><w:caps/></w:rPr></w:style>";
    let text = "<w:p><w:r><w:t>thường</w:t></w:r></w:p>\
        <w:p><w:pPr><w:pStyle w:val='T'/></w:pPr><w:r><w:t>đề mục</w:t></w:r></w:p>\
        <w:p><w:r><w:rPr><w:rStyle w:val='K'/></w:rPr><w:t>đậm</w:t></w:r><w:r><w:t xml:space='preserve'> </w:t></w:r><w:r><w:rPr><w:b w:val='true'/></w:rPr><w:t>hết</w:t></w:r></w:p>";
    let out = open(&word(text, &[("styles", styles)]));
    let style = |at| paragraph(&out, at).style;
    assert_eq!((style(0).bold, style(0).italic), (false, false));
    assert_eq!((style(1).bold, style(1).centred, style(1).heading), (true, true, 2));
    assert_eq!((style(2).bold, paragraph(&out, 2).text.as_str()), (true, "ĐẬM hết"));
}

#[test]
fn tables_keep_spans_merges_headings_and_places() {
    let rows = [
        format!(
            "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}{}</w:tr>",
            tc("", &p("TT")),
            tc("<w:gridSpan w:val='2'/>", &p("Nhiệm vụ")),
            tc("", &p("Chủ trì"))
        ),
        format!(
            "<w:tr>{}{}{}{}</w:tr>",
            tc("", &p("1")),
            tc("", &p("a")),
            tc("", &p("b")),
            tc("<w:vMerge w:val='restart'/>", &(p("Sở Nội vụ") + &p("Sở Tư pháp")))
        ),
        format!("<w:tr>{}{}{}</w:tr>", tc("", &p("2")), tc("<w:gridSpan w:val='2'/>", &p("c")), tc("<w:vMerge/>", "<w:p/>")),
        format!("<w:tr><w:trPr><w:gridBefore w:val='3'/></w:trPr>{}</w:tr>", tc("<w:vMerge w:val='continue'/>", "<w:p/>")),
        format!("<w:tr>{}{}{}{}</w:tr>", tc("", &p("3")), tc("", &p("d")), tc("", &p("đ")), tc("", &p("Sở Y tế"))),
    ];
    let out = body(&format!("{}<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", p("trên"), rows.concat()));
    let merged = "Sở Nội vụ¶Sở Tư pháp";
    let expected = format!("TT|Nhiệm vụ×2|Chủ trì / 1|a|b|{merged} / 2|c×2|({merged}) / ({merged}) / 3|d|đ|Sở Y tế");
    assert_eq!(drawn(&out), ["trên", expected.as_str()]);
    let Block::Table(table) = &out.document.blocks[1] else { panic!() };
    assert!(table.rows[0].heading && !table.rows[1].heading);
    let place = table.rows[2].cells[2].place;
    assert_eq!((place.table, place.row, place.column), (1, 3, 4));
    assert_eq!(table.rows[4].cells[0].paragraphs[0].place, Place { line: 14, table: 1, row: 5, column: 1 });
}

#[test]
fn tables_inside_cells_become_lines_and_frames_are_opened() {
    let inner =
        format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>", tc("", &p("a")), tc("", &p("b")), tc("", &p("c")), tc("", &p("d")));
    let data = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        tc("", &p("1")),
        tc("", &(p("x") + &inner + "<w:p/>")),
        tc("", &p("2")),
        tc("", &p("y"))
    );
    assert_eq!(drawn(&body(&data)), ["1|x¶a\tb¶c\td / 2|y"]);
    let frame = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", &(p("khung") + &inner + "<w:p/>")));
    assert_eq!(drawn(&body(&frame)), ["khung", "a|b / c|d"]);
}

const LISTS: &str = "<w:abstractNum w:abstractNumId='0'>\
      <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>\
      <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:isLgl/><w:lvlText w:val='%1.%2.'/></w:lvl>\
      <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlRestart w:val='0'/><w:lvlText w:val='%3)'/></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='\u{f0b7}'/><w:rPr><w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/></w:rPr></w:lvl></w:abstractNum>\
    <w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Dieu'/><w:lvlText w:val='Điều %1.'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='5'/></w:lvlOverride></w:num>\
    <w:num w:numId='4'><w:abstractNumId w:val='2'/></w:num>";

fn item(list: u32, level: u32, text: &str) -> String {
    format!("<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn list_marks_are_computed_as_word_does() {
    let items = [
        item(1, 0, "một"),
        item(1, 1, "hai"),
        item(1, 2, "ba"),
        item(1, 1, "bốn"),
        item(1, 2, "năm"),
        item(1, 0, "sáu"),
        item(1, 1, "bảy"),
        item(2, 0, "gạch"),
        item(3, 0, "tám"),
        item(3, 0, "chín"),
        item(0, 0, "trần"),
        "<w:p><w:pPr><w:pStyle w:val='Dieu'/></w:pPr><w:r><w:t>Ban hành</w:t></w:r></w:p>".to_owned(),
    ];
    let styles = "<w:style w:type='paragraph' w:styleId='Dieu'><w:pPr><w:numPr><w:numId w:val='4'/></w:numPr></w:pPr></w:style>";
    let out = open(&word(&items.concat(), &[("numbering", LISTS), ("styles", styles)]));
    let expected = [
        "I. một",
        "1.1. hai",
        "a) ba",
        "1.2. bốn",
        "b) năm",
        "II. sáu",
        "2.1. bảy",
        "• gạch",
        "V. tám",
        "VI. chín",
        "trần",
        "Điều 1. Ban hành",
    ];
    assert_eq!(drawn(&out), expected);
    assert_eq!(paragraph(&out, 2).depth, 2);
}

#[test]
fn tracked_changes_are_read_as_accepted_and_listed() {
    let text = "<w:p><w:r><w:t xml:space='preserve'>Quý </w:t></w:r><w:del w:author='Lan'><w:r><w:delText>II</w:delText></w:r></w:del>\
        <w:ins w:author='Lan'><w:r><w:t>III</w:t></w:r></w:ins><w:r><w:t>/2023</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del w:author='Lan'/></w:rPr></w:pPr><w:r><w:t xml:space='preserve'>nối </w:t></w:r></w:p><w:p><w:r><w:rPr><w:b/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>liền</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:ins w:author='Lan'/></w:rPr></w:pPr><w:ins w:author='Lan'><w:r><w:t>mới</w:t></w:r></w:ins></w:p>\
        <w:p><w:moveFrom w:author='Lan'><w:r><w:t>dời</w:t></w:r></w:moveFrom><w:r><w:t>ở lại</w:t></w:r></w:p>";
    let row = |mark: &str, text: &str| format!("<w:tr><w:trPr>{mark}</w:trPr>{}{}</w:tr>", tc("", &p(text)), tc("", &p("x")));
    let table =
        format!("<w:tbl>{}{}{}</w:tbl>", row("", "giữ"), row("<w:del w:author='Lan'/>", "bỏ"), row("<w:ins w:author='Lan'/>", "thêm"));
    let bytes = word(&(text.to_owned() + &table), &[]);
    let report = open(&bytes);
    assert_eq!(drawn(&report), ["Quý III/2023", "nối liền", "mới", "ở lại", "giữ|x / thêm|x"]);
    let words: Vec<&str> = report.doubts.iter().map(|doubt| doubt.message.vi.split(';').next().unwrap()).collect();
    assert_eq!(
        words,
        [
            "Có 1 sửa đổi về định dạng (chữ, đoạn, bảng)",
            "Lan thay “II” bằng “III”",
            "Lan nối đoạn này với đoạn sau",
            "Lan thêm “mới”",
            "Lan chuyển “dời” đi khỏi đây",
            "Lan xóa hàng “bỏ x”",
            "Lan thêm hàng này"
        ]
    );
    assert_eq!((report.doubts[1].place.line, report.doubts[1].quote.as_str()), (1, "III"));
    let accept = read("a.docx", &bytes, Revisions::Accept).unwrap();
    assert_eq!((drawn(&accept), accept.doubts.len()), (drawn(&report), 0));
    let reject = read("a.docx", &bytes, Revisions::Reject).unwrap();
    assert_eq!(drawn(&reject), ["Quý II/2023", "nối", "liền", "dờiở lại", "giữ|x / bỏ|x"]);
    assert!(!paragraph(&reject, 2).style.bold && reject.doubts.is_empty());
}

#[test]
fn tags_of_content_controls_reach_every_paragraph_inside() {
    let sdt = |tag: &str, more: &str, content: &str| {
        format!("<w:sdt><w:sdtPr><w:tag w:val='{tag}'/>{more}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
    };
    let cell = |text: &str| tc("", &p(text));
    let text = sdt("khối", "", &(p("một") + &p("hai")))
        + &format!(
            "<w:p><w:r><w:t xml:space='preserve'>Số: </w:t></w:r>{}<w:r><w:t>/</w:t></w:r>{}</w:p>",
            sdt("dòng", "", "<w:r><w:t>ba</w:t></w:r>"),
            sdt("hai", "", "<w:r><w:t>bốn</w:t></w:r>")
        )
        + &sdt("rỗng", "<w:showingPlcHdr/>", &p("Nhập văn bản"))
        + &format!(
            "<w:tbl>{}<w:tr>{}{}</w:tr></w:tbl>",
            sdt("hàng", "", &format!("<w:tr>{}{}</w:tr>", cell("bốn"), sdt("ô", "", &cell("năm")))),
            tc("", &sdt("trong ô", "", &p("sáu"))),
            cell("bảy")
        );
    let out = body(&text);
    let mut tags = Vec::new();
    let mut add =
        |paragraph: &crate::import::Paragraph| tags.push(format!("{}={}", paragraph.text, paragraph.tag.as_deref().unwrap_or("-")));
    for block in &out.document.blocks {
        match block {
            Block::Paragraph(paragraph) => add(paragraph),
            Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.paragraphs).for_each(&mut add),
            Block::Break => {}
        }
    }
    let controls =
        |at: usize| paragraph(&out, at).controls.iter().map(|control| (control.tag.as_str(), control.text.as_str())).collect::<Vec<_>>();
    assert_eq!((controls(0), controls(2)), (vec![], vec![("dòng", "ba"), ("hai", "bốn")]));
    assert_eq!(tags, ["một=khối", "hai=khối", "Số: ba/bốn=dòng", "=rỗng", "bốn=hàng", "năm=ô", "sáu=trong ô", "bảy=-"]);
}

#[test]
fn fields_show_their_result_and_boxes_are_read_once() {
    let field = "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r><w:r><w:t>ẩn</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r><w:fldSimple w:instr='DATE'><w:r><w:t> năm</w:t></w:r></w:fldSimple></w:p>";
    let open_field = "<w:p><w:r><w:t>đầu</w:t><w:fldChar w:fldCharType='begin'/></w:r></w:p>";
    let boxed = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(text));
    let shape = format!(
        "<w:p><w:r><w:t>cạnh</w:t><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><a:graphic><wps:txbx>{}</wps:txbx></a:graphic></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        boxed("DỰ THẢO"),
        boxed("DỰ THẢO")
    );
    let out = body(&(field.to_owned() + open_field + &shape + &p("sau")));
    assert_eq!(drawn(&out), ["12năm", "đầu", "cạnh", "DỰ THẢO", "sau"]);
}

#[test]
fn notes_comments_breaks_symbols_and_what_is_hidden() {
    let text = "<w:p><w:r><w:t>Sở Nội vụ</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='7'/></w:r></w:p>\
        <w:p><w:r><w:t>trang một</w:t><w:br w:type='page'/><w:t>trang hai</w:t></w:r></w:p>\
        <w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>hết phần</w:t></w:r></w:p>\
        <w:p><w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:t xml:space='preserve'> đạt </w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>mật</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>bỏ</w:t></w:r></w:p>\
        <w:p><w:r><w:drawing><a:blip/></w:drawing></w:r><m:oMath><m:r><m:t>x≥1</m:t></m:r></m:oMath></w:p>";
    let notes = "<w:footnote w:id='-1' w:type='separator'><w:p/></w:footnote><w:footnote w:id='2'><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Nay là Sở khác</w:t></w:r></w:p></w:footnote>";
    let comments = "<w:comment w:id='7' w:author='Bình'><w:p><w:r><w:t>Xem lại</w:t></w:r></w:p></w:comment>";
    let out = open(&word(text, &[("footnotes", notes), ("comments", comments)]));
    assert_eq!(drawn(&out), ["Sở Nội vụ", "trang một", "---", "trang hai", "hết phần", "---", "✓ đạt bỏ", "x≥1", "[1] Nay là Sở khác"]);
    assert_eq!(paragraph(&out, 8).place.line, 1);
    assert_eq!(codes(&out), [Code::KH5010, Code::KH5007, Code::KH5012, Code::KH5014]);
    assert!(out.doubts[1].message.vi.contains("Bình") && out.doubts[1].place.line == 1);
}

#[test]
fn old_fonts_are_decoded_and_announced_once() {
    let run = |font: &str, text: &str| format!("<w:r><w:rPr><w:rFonts w:ascii='{font}' w:hAnsi='{font}'/></w:rPr>{text}</w:r>");
    let t = |text: &str| format!("<w:t xml:space='preserve'>{text}</w:t>");
    let text = format!(
        "<w:p>{}{}</w:p><w:p>{}</w:p><w:p>{}</w:p><w:p>{}</w:p>",
        run(".VnTimeH", &t("kÕ ho¹ch ")),
        run(".VnTime", &(t("th") + "<w:softHyphen/>" + &t("êng trùc"))),
        run("VNI-Times", &t("UÛy ban nhaân daân")),
        run(".VnTime", &t("Ủy ban đã là Unicode, có é")),
        run("Times New Roman", &t("café"))
    );
    let out = body(&text);
    assert_eq!(drawn(&out), ["KẾ HOẠCH thường trực", "Ủy ban nhân dân", "Ủy ban đã là Unicode, có é", "café"]);
    assert_eq!(codes(&out), [Code::KH5005, Code::KH5005]);
}

#[test]
fn a_letterhead_is_read_only_where_nothing_else_is() {
    let head = p("ĐẦU TRANG");
    assert_eq!(drawn(&open(&word(&p("thân"), &[("header1", &head)]))), ["thân"]);
    assert_eq!(drawn(&open(&word("<w:p/>", &[("header1", &head)]))), ["ĐẦU TRANG"]);
}

#[test]
fn damage_entities_links_and_macros_are_named_and_nothing_is_fetched() {
    let broken = archive(&[("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>còn lại</w:t></w:r></w:p><w:p><w:r>".as_bytes())]);
    let out = open(&broken);
    assert_eq!((drawn(&out), codes(&out)), (vec!["còn lại".to_owned()], vec![Code::KH5011]));
    let entities = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>";
    let out = open(&archive(&[("word/document.xml", entities.as_bytes())]));
    assert_eq!((drawn(&out), codes(&out)), (vec!["&b;".to_owned()], vec![Code::KH5009]));
    let linked = "<Relationships><Relationship Id='a' Type='x/image' Target='http://vidu.vn/a.png' TargetMode='External'/>\
        <Relationship Id='b' Type='x/hyperlink' Target='http://vidu.vn' TargetMode='External'/></Relationships>";
    let template = |target: &str| {
        format!("<Relationships><Relationship Id='t' Type='x/attachedTemplate' Target='{target}' TargetMode='External'/></Relationships>")
    };
    let document = "<w:document><w:body><w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>";
    let parts: [(&str, &[u8]); 4] = [
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", linked.as_bytes()),
        ("word/vbaProject.bin", b"x"),
        ("../../etc/passwd", b"x"),
    ];
    let out = open(&archive(&parts));
    assert_eq!((drawn(&out), codes(&out)), (vec!["x".to_owned()], vec![Code::KH5008, Code::KH5009]));
    for (target, expected) in [("file:///C:/Normal.dotm", vec![]), ("http://vidu.vn/a.dotm", vec![Code::KH5009])] {
        let settings = template(target);
        let out = open(&archive(&[("word/document.xml", document.as_bytes()), ("word/_rels/settings.xml.rels", settings.as_bytes())]));
        assert_eq!(codes(&out), expected, "{target}");
    }
}

#[test]
fn towers_of_tables_take_no_stack_and_keep_their_words() {
    let text = "<w:tbl><w:tr><w:tc>".repeat(5_000) + &p("đáy") + &"</w:tc></w:tr></w:tbl>".repeat(5_000);
    let out = body(&text);
    assert_eq!(codes(&out), [Code::KH5004]);
    assert!(drawn(&out).concat().contains("đáy"), "{:?}", drawn(&out));
}

#[test]
fn a_long_vertical_merge_is_not_repeated_without_end() {
    let text = "x".repeat(1 << 20);
    let first = format!("<w:tr>{}{}</w:tr>", tc("<w:vMerge w:val='restart'/>", &p(&text)), tc("", &p("1")));
    let more = format!("<w:tr>{}{}</w:tr>", tc("<w:vMerge/>", "<w:p/>"), tc("", &p("2"))).repeat(100);
    let out = body(&format!("<w:tbl>{first}{more}</w:tbl>"));
    assert_eq!(codes(&out), [Code::KH5004]);
}
