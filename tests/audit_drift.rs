//! Issued documents against the plans that the project derives for the same units.

mod support;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use kehoach::cli::Status;
use serde_json::Value;

use support::audited::{district, json, project, say};

/// Writes HH-2023 as the build prints it in Word, with these words changed; returns the file's path.
fn issued(folder: &Path, changes: &[(&str, &str)]) -> String {
    let root = support::root().join("corpus/thanh-hoa");
    let out = folder.display().to_string();
    let said = say(&root, &["build", "HH-2023", "--format", "docx", "-o", &out]);
    assert_ne!(said.status, Status::Unable, "{}", said.err);
    let path = folder.join("HH-2023.docx");
    let change = |mut text: String| {
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replace(from, to);
        }
        text
    };
    let bytes = fs::read(&path).expect("built");
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("readable");
        let name = part.name().expect("a name").into_owned();
        if name == "word/document.xml" {
            bytes = change(String::from_utf8(bytes).expect("text")).into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).expect("writable");
        new.write_all(&bytes).expect("writable");
    }
    let changed = new.finish().expect("an archive").into_inner();
    fs::write(&path, changed).expect("writable");
    path.display().to_string()
}

/// Returns the drift of one document: `TTHC-05 PL02.5 content`, or the kind where no field differs.
fn drift(file: &str) -> Vec<String> {
    let root = support::root().join("corpus/thanh-hoa");
    let report = json(&say(&root, &["audit", "TH-2022", file, "--format", "json"]));
    let drift = &report["children"][0]["drift"];
    assert_eq!(drift["plan"], "HH-2023");
    let codes =
        |value: &Value| value.as_array().expect("a list").iter().map(|code| code.as_str().expect("a code")).collect::<Vec<_>>().join("+");
    let mut out = Vec::new();
    for line in drift["lines"].as_array().expect("a list") {
        let tasks = format!("{} {}", codes(&line["derived"]), codes(&line["issued"]));
        let changes = line["changes"].as_array().expect("a list");
        if changes.is_empty() {
            out.push(format!("{} {}", tasks.trim(), line["kind"]).replace('"', ""));
        }
        out.extend(changes.iter().map(|change| format!("{tasks} {} {}", change["field"], change["effect"]).replace('"', "")));
    }
    out
}

#[test]
fn each_field_that_was_changed_before_issue_is_shown() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = issued(
        dir.path(),
        &[
            ("Trước 10/12/2023", "Trước 20/12/2023"),
            ("Quyết định thông qua phương án đơn giản hóa thủ tục hành chính", "Tờ trình về phương án đơn giản hóa"),
            ("Thanh tra huyện", "Phòng Tư pháp"),
            ("Số hóa 100% kết quả", "Số hóa 80% kết quả"),
            ("Kế hoạch kiểm tra nhiệm vụ phân cấp", "Quyết định kiểm tra nhiệm vụ phân cấp"),
        ],
    );
    assert_eq!(
        drift(&file),
        [
            "TTHC-05 PL02.5 content changed",
            "TTHC-05 PL02.5 targets lowered",
            "TTHC-H1 PL02.8 products changed",
            "BM-10 PL03.2 products changed",
            "BM-10 PL03.2 leads changed",
            "CD-02 PL07.2 deadline later",
        ]
    );
}

/// The plan that the project derives for the district.
const DERIVED: &str = "KẾ HOẠCH DỰ-THẢO: Chuyển đổi số năm 2024\nĐơn vị: huyện Đông Giang\nNăm: 2024\nTheo: TỈNH\n\nKẾ THỪA T1, T2, T3\n\nKHÔNG ÁP DỤNG T4, T5, T6\nLoại: thẩm quyền cấp trên\nLý do: Tỉnh làm\n\nBỔ SUNG D1: Trang bị máy quét mã cho trạm y tế\nCơ quan chủ trì: Phòng Y tế\n";

#[test]
fn a_plan_that_is_issued_as_derived_does_not_drift() {
    let dir = project(&[("du-thao.kh", DERIVED)]);
    let out = dir.path().join("van-ban").display().to_string();
    for format in ["docx", "html"] {
        say(dir.path(), &["build", "DỰ-THẢO", "--format", format, "-o", &out]);
        let file = format!("van-ban/DỰ-THẢO.{format}");
        let report = json(&say(dir.path(), &["audit", "TỈNH", &file, "--format", "json"]));
        let drift = &report["children"][0]["drift"];
        assert_eq!((&drift["plan"], &drift["lines"]), (&"DỰ-THẢO".into(), &Value::Array(Vec::new())), "{format}");
    }
}

#[test]
fn what_the_parent_does_not_ask_for_is_missed_too() {
    let issued = district(
        "\nNHIỆM VỤ 1: Số hóa sổ hộ tịch lưu tại các kho\nCơ quan chủ trì: UBND cấp xã\nThời gian hoàn thành: Quý III/2024\n\nNHIỆM VỤ 2: Mở lớp dạy bơi cho trẻ em\nCơ quan chủ trì: Phòng Giáo dục và Đào tạo\n",
    );
    let dir = project(&[("du-thao.kh", DERIVED), ("huyen.kh", &issued)]);
    let said = say(dir.path(), &["audit", "TỈNH", "DỰ-THẢO", "HUYỆN", "--format", "json"]);
    let report = json(&said);
    assert_eq!(report["children"][0]["plan"]["code"], "HUYỆN");
    let lines: Vec<String> = report["children"][0]["drift"]["lines"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|line| format!("{} {} {}", line["derived"], line["issued"], line["kind"]).replace('"', ""))
        .collect();
    assert_eq!(lines, ["[T1] [1] changed", "[T2] [] missing", "[T3] [] missing", "[D1] [] missing", "[] [2] added"]);
    // T2 and T3 are called unanswered already
    let drifts = report["children"][0]["findings"].as_array().expect("a list").iter().filter(|one| one["code"] == "KH5077");
    let told: Vec<&str> = drifts.map(|one| one["message"].as_str().expect("text")).collect();
    assert_eq!(
        told,
        [
            "huyện Đông Giang: văn bản không có D1 của DỰ-THẢO",
            "huyện Đông Giang: 1 khác T1 của DỰ-THẢO: cơ quan chủ trì",
            "huyện Đông Giang: 2 không có trong DỰ-THẢO",
        ]
    );
    assert!(!said.out.contains("KH5053"));
}
