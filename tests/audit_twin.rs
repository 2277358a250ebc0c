//! The Excel twin of the audit report, and the answers that are read back from it.

mod support;

use std::fs;
use std::path::Path;

use kehoach::cli::Status;
use kehoach::import::sheet::{Book, Sheet, book};

use support::audited::{district, project, say};

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
