//! `check` on a document from elsewhere: each fault at the document's own line and words, nothing about `.kh`.
//!
//! What is found in issued documents stands in `tests/facts/findings.csv`; `tests/seeds.rs` holds it.

mod support;

use std::io::Write;
use std::path::Path;

use kehoach::base::Date;
use kehoach::cli::{Status, World, run};
use kehoach::project::{Checked, Input, Options, check_document};
use serde_json::Value;

const FAULTY: &str = "tests/checked/loi-tung-dong.txt";

fn checked(path: &Path, project: Option<&str>) -> Checked {
    let project = project.map(|name| Input::Folder(support::root().join("corpus").join(name)));
    check_document(path, project.as_ref(), Options::default()).expect("the document is read")
}

/// The findings as (code, line, the document's words there).
fn found(checked: &Checked) -> Vec<(String, usize, String)> {
    let place = |finding: &kehoach::diag::Diagnostic| {
        let loc = finding.primary.as_ref().expect("a place").loc;
        let source = checked.sources.get(loc.source);
        (finding.code.text().to_owned(), source.line_index(loc.span.start) + 1, source.slice(loc.span).to_owned())
    };
    checked.findings.iter().map(place).collect()
}

fn say(line: &[&str]) -> (Status, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2025) };
    let args = std::iter::once("kehoach").chain(line.iter().copied()).map(Into::into).collect();
    let status = run(args, world);
    (status, String::from_utf8_lossy(&out).into_owned())
}

#[test]
fn each_fault_of_a_text_is_found_at_its_line_and_words() {
    let found = found(&checked(&support::root().join(FAULTY), None));
    let found: Vec<(&str, usize, &str)> = found.iter().map(|(code, line, words)| (code.as_str(), *line, words.as_str())).collect();
    assert_eq!(
        found,
        [
            ("KH2006", 8, "Nghị định số 42/2022/NĐ-CP ngày 24/6/2012 của Chính phủ"),
            ("KH2011", 19, "các các"),
            ("KH2015", 22, "Kinh phí thực hiện các nhiệm vụ được nêu tại các Phụ lục kèm theo Kế hoạch này"),
            ("KH2013", 23, "Các sở, ngành báo cáo kết quả trước ngày 10/12/2024"),
            ("KH2002", 27, "Tháng 11/2022"),
            ("KH2012", 28, "Rà soát thiết bị (máy chủ của các sở"),
            ("KH2007", 29, "Quyết định số 15/2021/QĐUBND ngày 02/8/2021"),
        ]
    );
}

#[test]
fn faults_of_wording_are_found_at_their_lines() {
    let found = found(&checked(&support::root().join("tests/checked/loi-cau-chu.txt"), Some("thanh-hoa")));
    let found: Vec<(&str, usize)> = found.iter().map(|(code, line, _)| (code.as_str(), *line)).collect();
    assert_eq!(
        found,
        [
            ("KH2026", 21),
            ("KH2028", 25),
            ("KH2021", 26),
            ("KH2025", 26),
            ("KH2013", 27),
            ("KH2030", 27),
            ("KH2029", 30),
            ("KH2017", 32),
            ("KH2031", 34),
            ("KH2033", 34),
            ("KH2027", 36),
            ("KH2032", 41),
        ]
    );
}

#[test]
fn a_text_of_ordinary_official_phrases_has_no_finding() {
    for name in ["khong-loi", "khong-loi-du-lich"] {
        let path = support::root().join(format!("tests/checked/{name}.txt"));
        for project in [None, Some("thanh-hoa")] {
            assert_eq!(found(&checked(&path, project)), [], "{name} {project:?}");
        }
    }
}

#[test]
fn every_printer_shows_the_documents_place_and_line() {
    let path = support::root().join(FAULTY).display().to_string();
    let (status, text) = say(&["check", &path]);
    assert_eq!(status, Status::Clean, "faults of an issued document are warnings");
    assert!(text.contains("Chỗ: PHỤ LỤC I, bảng 1, hàng 2, cột 6"), "{text}");
    assert!(text.contains("loi-tung-dong.txt:27:") && !text.contains(".txt.kh"), "{text}");
    assert!(!text.contains("CHẤP NHẬN"), "nothing accepts a finding of a document: {text}");
    let json: Value = serde_json::from_str(&say(&["check", &path, "--format", "json"]).1).expect("JSON");
    let row = json["findings"].as_array().expect("a list").iter().find(|one| one["code"] == "KH2002").expect("KH2002");
    assert_eq!(row["location"]["line"], 27);
    assert_eq!(row["location"]["place"], "PHỤ LỤC I, bảng 1, hàng 2, cột 6");
    assert_eq!(row["location"]["quote"], "Tháng 11/2022");
    let log: Value = serde_json::from_str(&say(&["check", &path, "--format", "sarif"]).1).expect("SARIF");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let row = results.iter().find(|one| one["ruleId"] == "KH2002").expect("KH2002");
    assert_eq!(row["locations"][0]["physicalLocation"]["region"]["startLine"], 27);
    assert_eq!(row["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "PHỤ LỤC I, bảng 1, hàng 2, cột 6");
    assert_eq!(say(&["check", &path, "--strict"]).0, Status::Findings);
}

/// The text as a list of lines, those of its table as cells.
fn lines() -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(support::root().join(FAULTY)).expect("the text");
    let cells = |line: &str| line.trim_end_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    text.lines().map(cells).collect()
}

/// Writes running lines and rows of a table with the words of a format.
fn marked(paragraph: [&str; 2], table: [&str; 2], row: [&str; 2], cell: [&str; 2]) -> String {
    let put = |out: &mut String, around: [&str; 2], words: &str| out.push_str(&format!("{}{words}{}", around[0], around[1]));
    let (mut out, mut rows) = (String::new(), String::new());
    for line in lines() {
        match line.as_slice() {
            [one] => put(&mut out, paragraph, one),
            several => {
                let mut cells = String::new();
                several.iter().for_each(|words| put(&mut cells, cell, words));
                put(&mut rows, row, &cells);
            }
        }
    }
    put(&mut out, table, &rows);
    out
}

#[test]
fn the_same_faults_are_found_in_a_web_page_and_a_word_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("van-ban.html");
    let body = marked(["<p>", "</p>"], ["<table>", "</table>"], ["<tr>", "</tr>"], ["<td>", "</td>"]);
    std::fs::write(&page, format!("<html><body>{body}</body></html>")).expect("written");
    let word = folder.path().join("van-ban.docx");
    let p = ["<w:p><w:r><w:t>", "</w:t></w:r></w:p>"];
    let cell = ["<w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc>"];
    let body = marked(p, ["<w:tbl>", "</w:tbl>"], ["<w:tr>", "</w:tr>"], cell);
    let space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let kinds = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/word/document.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&word).expect("a file"));
    let document = format!("<w:document xmlns:w=\"{space}\"><w:body>{body}</w:body></w:document>");
    for (name, text) in [("[Content_Types].xml", kinds), ("word/document.xml", &document)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive");
    for path in [page, word] {
        let checked = checked(&path, None);
        let words: Vec<String> = found(&checked).into_iter().map(|(_, _, words)| words).collect();
        assert!(["các các", "Tháng 11/2022"].iter().all(|wanted| words.iter().any(|one| one == wanted)), "{}: {words:?}", path.display());
        let late = checked.findings.iter().find(|one| one.code.text() == "KH2002").expect("KH2002");
        assert_eq!(late.subject.place.as_deref(), Some("PHỤ LỤC I, bảng 1, hàng 2, cột 6"), "{}", path.display());
    }
}

/// Checks a text as if a file held it.
fn of_text(text: &str, project: Option<&str>) -> Vec<(String, usize, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("van-ban.txt");
    std::fs::write(&path, text).expect("written");
    found(&checked(&path, project))
}

#[test]
fn a_total_whose_name_scanning_broke_is_compared_with_its_table() {
    let text = "ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\nSố: 31/KH-UBND\nSông Lam, ngày 05 tháng 3 năm 2024\nKẾ HOẠCH\nNÂNG CAO CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM 2024\n\
                I. MỤC TIÊU\n1. Giữ vững thứ hạng của tỉnh.\nPHỤ LỤC\nBẢNG ĐIỂM NĂM 2024\n\
                STT | Tiêu chí | Điểm chuẩn | Điểm 2023 đạt được | Mục tiêu năm 2024 | Giải pháp | Đơn vị chủ trì |\n\
                1 | Chỉ đạo, điều hành | 8 | 7,5 | 8 | Giao ban hằng tháng | Sở Nội vụ |\n\
                2 | Thủ tục hành chính | 12 | 10 | 11 | Cắt giảm giấy tờ | Văn phòng UBND tỉnh |\n | TNG ĐIM | 20 | 17,7 | 19 | | |\n";
    let found = of_text(text, None);
    assert!(found.contains(&("KH2010".to_owned(), 14, "17,7".to_owned())), "{found:?}");
    assert!(!of_text(&text.replace("17,7", "17,5"), None).iter().any(|(code, ..)| code == "KH2010"));
}

#[test]
fn the_issuers_name_in_other_marks_is_told_where_it_first_stands() {
    let text = "ỦY BAN NHÂN DÂN\nHUYỆN HOÀNG HÓA\nSố: 12/KH-UBND\nHoằng Hóa, ngày 05 tháng 01 năm 2023\nKẾ HOẠCH\nCẢI CÁCH HÀNH CHÍNH NĂM 2023\n\
                I. MỤC TIÊU\n1. Giữ vững kết quả của huyện Hoàng Hóa trong năm trước.\n";
    let marks = |text: &str| of_text(text, Some("thanh-hoa")).into_iter().filter(|(code, ..)| code == "KH2023").collect::<Vec<_>>();
    assert_eq!(marks(text), [("KH2023".to_owned(), 2, "HUYỆN HOÀNG HÓA".to_owned())]);
    assert_eq!(marks(&text.replace("HOÀNG", "HOẰNG").replace("Hoàng", "Hoằng")), []);
}

#[test]
fn a_document_that_cannot_be_read_is_refused() {
    assert_eq!(say(&["check", "khong-co.txt"]).0, Status::Unable);
    let path = support::root().join(FAULTY).display().to_string();
    assert_eq!(say(&["check", &path, &path]).0, Status::Unable);
}
