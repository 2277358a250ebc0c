//! Small pages in the shapes that law sites and Word serve, and what is read from them.

use super::super::block::{Cell, Row, Table};
use super::*;

fn page(text: &str) -> Out {
    read("a.html", text, Revisions::Report).unwrap()
}

fn drawn(out: &Out) -> Vec<String> {
    let one = |paragraph: &Paragraph| format!("{} {}", paragraph.mark, paragraph.text).trim().to_owned();
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

#[test]
fn paragraphs_are_what_a_browser_sets_on_lines_of_their_own() {
    let out = page(
        "<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body>trần\n  chữ<div>khối <b>đậm</b><p>đoạn&nbsp;&amp; Hoa&#768;<br>dòng hai<br><br>đoạn sau</div>\
         <script>alert(1)</script><p>&lt;b&gt;<!-- không --></p><pre>a\n  b</pre>",
    );
    assert_eq!(drawn(&out), ["trần chữ", "khối đậm", "đoạn\u{a0}& Hoà\ndòng hai", "đoạn sau", "<b>", "a\n  b"]);
    assert_eq!(out.doubts, []);
}

#[test]
fn looks_come_from_tags_attributes_and_styles() {
    let out = page(
        "<h2>Phần I</h2><p align=center><strong>KẾ HOẠCH</strong></p><p style='text-align:center;font-weight:700'>đậm</p><center><i>nghiêng</i></center><p>a <b>b</b></p>",
    );
    let styles = out.document.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(paragraph) => {
            Some((paragraph.style.bold, paragraph.style.italic, paragraph.style.centred, paragraph.style.heading))
        }
        Block::Table(_) | Block::Break => None,
    });
    let styles: Vec<_> = styles.collect();
    assert_eq!(
        styles,
        [(true, false, false, 2), (true, false, true, 0), (true, false, true, 0), (false, true, true, 0), (false, false, false, 0)]
    );
}

#[test]
fn tables_keep_their_spans() {
    let out = page(
        "<table><caption>Phụ lục</caption><thead><tr><th>TT<th colspan=2>Nhiệm vụ<th>Chủ trì</thead>\
         <tr><td>1<td>a<td>b<td rowspan=2><p>Sở Nội vụ<p>Sở Tư pháp<tr><td>2<td colspan=2>c<tr><td colspan=3><b>II</b><td rowspan=0>Sở<tr><td>3<td>d<td>đ</table>",
    );
    let expected = "TT|Nhiệm vụ×2|Chủ trì / 1|a|b|Sở Nội vụ¶Sở Tư pháp / 2|c×2|(Sở Nội vụ¶Sở Tư pháp) / II×3|Sở / 3|d|đ|(Sở)";
    assert_eq!(drawn(&out), ["Phụ lục", expected]);
    let Block::Table(table) = &out.document.blocks[1] else { panic!() };
    assert!(table.rows[0].heading && !table.rows[1].heading);
    assert_eq!(table.rows[2].cells[2].place, Place { line: 8, table: 1, row: 3, column: 4 });
}

#[test]
fn lists_have_marks_also_inside_cells() {
    let out = page(
        "<ol start=3><li>ba<ul><li>gạch</ul><li><p>bốn<p>thêm</ol><ol type=a><li value=2>b</ol><ul style='list-style:none'><li>trần</ul>\
         <table><tr><td>1<td><ul><li>Báo cáo<li>Tờ trình</ul><tr><td>2<td>x</table>",
    );
    assert_eq!(drawn(&out), ["3. ba", "- gạch", "4. bốn", "thêm", "b. b", "trần", "1|- Báo cáo¶- Tờ trình / 2|x"]);
    let depths: Vec<u8> = out
        .document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(paragraph) => Some(paragraph.depth),
            Block::Table(_) | Block::Break => None,
        })
        .collect();
    assert_eq!(depths, [0, 1, 0, 0, 0, 0]);
}

#[test]
fn frames_around_a_page_are_opened_and_tables_in_cells_become_lines() {
    let data = "<table><tr><td>1<td>a<tr><td>2<td>b</table>";
    let out = page(&format!("<table><tr><td>menu<td><p>KẾ HOẠCH</p>{data}<p>Nơi nhận</p></table>"));
    assert_eq!(drawn(&out), ["menu", "KẾ HOẠCH", "1|a / 2|b", "Nơi nhận"]);
    let out = page(&format!("<table><tr><td>TT<td>một nội dung dài hơn bảng con ở trong<tr><td>1<td>x{data}</table>"));
    assert_eq!(drawn(&out), ["TT|một nội dung dài hơn bảng con ở trong / 1|x¶1\ta¶2\tb"]);
}

#[test]
fn what_is_hidden_changed_or_old_is_named() {
    let out = page(
        "<nav>Trang chủ</nav><p>Quý <del>II</del><ins>III</ins></p><p style='display:none'>ẩn</p><p><s>bỏ</s></p><font face='.VnTime'>huyÖn</font><br style='page-break-before:always'>sau",
    );
    assert_eq!(drawn(&out), ["Quý III", "bỏ", "huyện", "---", "sau"]);
    let mut codes: Vec<Code> = out.doubts.iter().map(|doubt| doubt.code).collect();
    codes.sort();
    assert_eq!(codes, [Code::KH5005, Code::KH5006, Code::KH5006, Code::KH5012, Code::KH5012, Code::KH5014]);
    let rejected = read("a.html", "<p>Quý <del>II</del><ins>III</ins></p>", Revisions::Reject).unwrap();
    assert_eq!((drawn(&rejected), rejected.doubts.len()), (vec!["Quý II".to_owned()], 0));
}

#[test]
fn towers_are_refused_and_tag_soup_is_not() {
    assert_eq!(read("a.html", &"<div>".repeat(100_000), Revisions::Report).unwrap_err().code, Code::KH5004);
    let deep = "<div>".repeat(2_000) + "đáy" + &"<table><tr><td>".repeat(300) + "bảng";
    assert_eq!(drawn(&page(&deep)).concat(), "đáybảng");
    assert_eq!(drawn(&page("<p><b>a</p><td>b</i></tr><p>c")), ["a", "b", "c"]);
}

#[test]
fn a_tall_cell_is_not_repeated_without_end() {
    let text = format!("<table><tr><td rowspan=65000>{}<td>1{}</table>", "x".repeat(1 << 20), "<tr><td>2".repeat(200));
    let out = page(&text);
    let Block::Table(table) = &out.document.blocks[0] else { panic!() };
    let size: usize =
        table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.paragraphs).map(|paragraph| paragraph.text.len()).sum();
    assert!(size < COPIED * 2);
    assert_eq!(table.rows.len(), 201);
}
