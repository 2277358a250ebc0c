//! The Excel twin of the audit report, and the answers that are read back from it.

mod support;

use std::fs;
use std::path::Path;

use kehoach::cli::Status;
use kehoach::import::sheet::{Book, Sheet, book};

use support::audited::{district, json, project, say};

/// Near enough to T1 to be asked, too far to be taken.
const DOUBTFUL: &str = "\nNHIỆM VỤ H1: Số hóa sổ hộ tịch, tài liệu địa chính và hồ sơ cán bộ\nCơ quan chủ trì: Phòng Tư pháp\n";

/// Writes the twin and reads it.
fn twin(root: &Path, children: &[&str]) -> Book {
    let file = root.join("doi-chieu.xlsx").display().to_string();
    let mut line = vec!["audit", "TỈNH"];
    line.extend(children);
    line.extend(["--format", "xlsx", "--force", "-o", &file]);
    let said = say(root, &line);
    assert_ne!(said.status, Status::Unable, "{}", said.err);
    book("doi-chieu.xlsx", &fs::read(&file).expect("written")).expect("readable")
}

fn sheet<'b>(book: &'b Book, name: &str) -> &'b Sheet {
    book.sheets.iter().find(|sheet| sheet.name == name).unwrap_or_else(|| panic!("no sheet {name}"))
}

/// Returns the rows of a sheet below the title of its first column, as texts.
fn rows(sheet: &Sheet, first: &str) -> Vec<Vec<String>> {
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect()).collect();
    let top = rows.iter().position(|row| row.first().is_some_and(|text| text == first)).expect("a row of titles");
    rows[top + 1..].to_vec()
}

#[test]
fn the_twin_holds_counts_matrix_what_is_to_be_done_and_what_is_asked() {
    let answered =
        "\nNHIỆM VỤ H2: Gắn biển tên đường có mã quét\nCơ quan chủ trì: Phòng Văn hóa và Thông tin\nThời gian hoàn thành: Tháng 02/2025\n";
    let dir = project(&[("huyen.kh", &district(&format!("{DOUBTFUL}{answered}")))]);
    let book = twin(dir.path(), &["HUYỆN"]);
    let shown: Vec<&str> = book.sheets.iter().filter(|sheet| !sheet.hidden).map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(shown, ["Tóm tắt", "Ma trận", "Việc cần làm", "Cặp chưa chắc", "Không đối chiếu"]);
    let summary: Vec<String> = sheet(&book, "Tóm tắt").rows.iter().map(|row| row.text(1).to_owned() + "|" + row.text(2)).collect();
    assert!(summary.contains(&"nhiệm vụ đã có|1".to_owned()), "{summary:?}");
    assert!(summary.iter().any(|line| line.starts_with("6 nhiệm vụ × 1 đơn vị có kế hoạch = 6 ô")), "{summary:?}");
    assert_eq!(
        rows(sheet(&book, "Ma trận"), "Đơn vị"),
        [["huyện Đông Giang", "?", "p", "▼", "·", "0", "·", "1", "0"].map(str::to_owned).to_vec()]
    );
    let todo: Vec<String> = rows(sheet(&book, "Việc cần làm"), "Đơn vị").iter().map(|row| row[1..].join("|")).collect();
    assert_eq!(
        todo,
        [
            "T2|Tập huấn kỹ năng an toàn thông tin cho công chức||p chưa có, chỉ phối hợp||||chỉ phối hợp: “UBND cấp huyện” đứng trong Cơ quan phối hợp",
            "T3|Gắn biển tên đường có mã quét|H2|▼ muộn hơn|Thời gian hoàn thành|Quý IV/2024|Tháng 02/2025|chép nguyên, 100%",
            "T3|Gắn biển tên đường có mã quét|H2|S khác|Cơ quan chủ trì|UBND cấp xã|Phòng Văn hóa và Thông tin|chép nguyên, 100%",
        ]
    );
    let asked = rows(sheet(&book, "Cặp chưa chắc"), "Đơn vị");
    assert_eq!((asked.len(), asked[0][1].as_str(), asked[0][3].as_str()), (1, "TỈNH/T1", "HUYỆN/H1"));
}

#[test]
fn two_runs_write_the_same_bytes() {
    let dir = project(&[("huyen.kh", &district(DOUBTFUL))]);
    let bytes = || {
        twin(dir.path(), &["HUYỆN"]);
        fs::read(dir.path().join("doi-chieu.xlsx")).expect("written")
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn an_excel_report_needs_a_file() {
    let dir = project(&[("huyen.kh", &district(DOUBTFUL))]);
    let said = say(dir.path(), &["audit", "TỈNH", "HUYỆN", "--format", "xlsx"]);
    assert_eq!(said.status, Status::Unable);
    assert!(said.err.contains("-o"), "{}", said.err);
}

/// A district's document with a pair that is asked about (the first task) and one that is not.
const DOCUMENT: &str = "ỦY BAN NHÂN DÂN\nHUYỆN ĐÔNG GIANG\nSố: 12/KH-UBND\nĐông Giang, ngày 20 tháng 01 năm 2024\n\nKẾ HOẠCH\nChuyển đổi số năm 2024\n\n| STT | Nhiệm vụ | Cơ quan chủ trì | Thời gian hoàn thành |\n|---|---|---|---|\n| 1 | Số hóa sổ hộ tịch, tài liệu địa chính và hồ sơ cán bộ | Phòng Tư pháp | Quý III/2024 |\n| 2 | Gắn biển tên đường có mã quét | Phòng Văn hóa và Thông tin | Quý IV/2024 |\n";

/// Writes a workbook again: each sheet as its rows are given.
fn rewritten(path: &Path, book: &Book, change: impl Fn(&str, Vec<Vec<String>>) -> Vec<Vec<String>>) {
    let mut out = rust_xlsxwriter::Workbook::new();
    for sheet in &book.sheets {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for line in &sheet.rows {
            rows.resize(usize::try_from(line.number).expect("a number") - 1, Vec::new());
            rows.push(line.cells.iter().map(|cell| cell.text.clone()).collect());
        }
        let made = out.add_worksheet();
        made.set_name(&sheet.name).expect("a name").set_hidden(sheet.hidden);
        for (at, row) in (0u32..).zip(change(&sheet.name, rows)) {
            for (column, text) in (0u16..).zip(row) {
                made.write_string(at, column, text).expect("room");
            }
        }
    }
    fs::write(path, out.save_to_buffer().expect("bytes")).expect("writable");
}

/// Answers every doubtful pair, with rows and columns turned round.
fn answer(dir: &Path, book: &Book, word: &str) -> std::path::PathBuf {
    let path = dir.join("tra-loi.xlsx");
    rewritten(&path, book, |name, rows| {
        if name != "Cặp chưa chắc" {
            return rows;
        }
        let top = rows.iter().position(|row| row.first().is_some_and(|text| text == "Đơn vị")).expect("titles");
        let width = rows[top].len();
        let mut table: Vec<Vec<String>> = rows[top..].to_vec();
        for (at, row) in table.iter_mut().enumerate() {
            row.resize(width, String::new());
            if at > 0 {
                row[width - 1] = word.to_owned();
            }
            row.reverse();
        }
        table[1..].reverse();
        rows[..top].iter().cloned().chain(table).collect()
    });
    path
}

/// Says of each pair of the first row in which state it is, and whether T1 is called dropped.
fn states(root: &Path, child: &str) -> (Vec<String>, bool) {
    let report = json(&say(root, &["audit", "TỈNH", child, "--format", "json"]));
    let row = &report["children"][0];
    let link = |link: &serde_json::Value| format!("{} {}", link["parent"][0], link["state"]).replace('"', "");
    let dropped = row["dropped"].as_array().expect("a list").iter().any(|one| one["parent"] == "T1");
    (row["links"].as_array().expect("a list").iter().map(link).collect(), dropped)
}

#[test]
fn answers_about_a_document_hold_in_every_later_audit() {
    for (word, pairs, dropped) in [("có", vec!["T1 accepted", "T3 accepted"], false), ("không", vec!["T3 accepted"], true)] {
        let dir = project(&[("van-ban/kh.txt", DOCUMENT)]);
        let before = states(dir.path(), "van-ban");
        assert_eq!(before, (vec!["T1 doubtful".to_owned(), "T3 accepted".to_owned()], false));
        let book = twin(dir.path(), &["van-ban"]);
        let file = answer(dir.path(), &book, word).display().to_string();
        let said = say(dir.path(), &["import", &file]);
        assert_eq!(said.status, Status::Clean, "{}{}", said.out, said.err);
        let stored = fs::read_to_string(dir.path().join("van-ban/kh.txt.kh")).expect("written");
        assert!(stored.contains(if word == "có" { "\nỨng với: TỈNH/T1\n" } else { "\nKhông ứng với: TỈNH/T1\n" }), "{stored}");
        for child in ["van-ban", "van-ban/kh.txt"] {
            assert_eq!(states(dir.path(), child), (pairs.iter().map(|pair| (*pair).to_owned()).collect(), dropped), "{word} {child}");
        }
        // the same answers again change nothing
        assert_eq!(say(dir.path(), &["import", &file]).status, Status::Clean);
        assert_eq!(fs::read_to_string(dir.path().join("van-ban/kh.txt.kh")).expect("written"), stored);
    }
}

#[test]
fn an_answer_about_a_recorded_plan_is_one_line_in_its_file() {
    let recorded = district(DOUBTFUL).replace("Năm: 2024\n", "Năm: 2024\nChế độ: ghi nhận\n");
    let dir = project(&[("huyen.kh", &recorded)]);
    let book = twin(dir.path(), &["HUYỆN"]);
    let file = answer(dir.path(), &book, "Không").display().to_string();
    assert_eq!(say(dir.path(), &["import", &file]).status, Status::Clean);
    let stored = fs::read_to_string(dir.path().join("huyen.kh")).expect("written");
    assert_eq!(stored, format!("{}\nKhông ứng với: TỈNH/T1\n", recorded.trim_end()));
}

#[test]
fn an_answer_that_does_not_fit_is_named_by_sheet_row_and_cell_and_nothing_is_stored() {
    let dir = project(&[("van-ban/kh.txt", DOCUMENT)]);
    let book = twin(dir.path(), &["van-ban"]);
    let wrong = |from: &str, to: &str, word: &str| {
        let path = dir.path().join("sai.xlsx");
        rewritten(&path, &book, |name, mut rows| {
            if name == "Cặp chưa chắc" {
                let last = rows.last_mut().expect("a row");
                last.resize(8, String::new());
                last[7] = word.to_owned();
                last.iter_mut().for_each(|text| *text = text.replace(from, to));
            }
            rows
        });
        let said = say(dir.path(), &["import", &path.display().to_string()]);
        assert_eq!(said.status, Status::Findings, "{}{}", said.out, said.err);
        assert!(said.err.contains("KH5075") && said.err.contains("Trang “Cặp chưa chắc”, hàng 5, ô "), "{}", said.err);
        assert!(!dir.path().join("van-ban/kh.txt.kh").exists());
        said.err
    };
    assert!(wrong("TỈNH/T1", "TỈNH/T99", "có").contains("ô B5: TỈNH không có nhiệm vụ T99"));
    assert!(wrong("VB-KH/", "VB-LẠ/", "có").contains("ô D5: không có kế hoạch VB-LẠ"));
    assert!(wrong("", "", "có lẽ").contains("ô H5: “có lẽ” không phải có hay không"));
}

#[test]
fn an_answer_about_a_plan_that_records_nothing_is_refused() {
    let dir = project(&[("huyen.kh", &district(DOUBTFUL))]);
    let book = twin(dir.path(), &["HUYỆN"]);
    let file = answer(dir.path(), &book, "có").display().to_string();
    let said = say(dir.path(), &["import", &file]);
    assert!(said.status == Status::Findings && said.err.contains("KH5076"), "{}", said.err);
}

#[test]
fn a_report_among_the_documents_is_no_document() {
    let dir = project(&[("van-ban/kh.txt", DOCUMENT)]);
    let book = twin(dir.path(), &["van-ban"]);
    assert!(book.sheets.len() > 3);
    fs::rename(dir.path().join("doi-chieu.xlsx"), dir.path().join("van-ban/doi-chieu.xlsx")).expect("moved");
    let said = say(dir.path(), &["audit", "TỈNH", "van-ban"]);
    assert!(!said.out.contains("doi-chieu.xlsx") && !said.err.contains("KH5054"), "{}{}", said.out, said.err);
}

#[test]
fn a_document_that_changed_after_its_answers_is_told() {
    let dir = project(&[("van-ban/kh.txt", DOCUMENT)]);
    let book = twin(dir.path(), &["van-ban"]);
    let file = answer(dir.path(), &book, "có").display().to_string();
    say(dir.path(), &["import", &file]);
    let told = || say(dir.path(), &["audit", "TỈNH", "van-ban"]).err.contains("KH5079");
    assert!(!told());
    fs::write(dir.path().join("van-ban/kh.txt"), DOCUMENT.replace("Gắn biển tên đường", "Sửa biển tên đường")).expect("writable");
    assert!(told());
}
