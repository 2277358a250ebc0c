//! Forms in Excel from end to end: a command writes one, a person changes cells and moves rows and columns, `import` reads it back, and the plan checks.

mod support;

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader, SheetVisible, Xlsx};
use kehoach::base::Date;
use kehoach::cli::{self, Status, World};
use kehoach::diag::Severity;
use kehoach::project::{self, Compiled, Input, Options};

const PARENT: &str = "KẾ HOẠCH TH-2022: Cải cách hành chính năm 2022
Đơn vị: tỉnh Thanh Hóa
Năm: 2022
Số: 5347/QĐ-UBND
Ngày: 24/12/2021

CHỈ TIÊU hai-long: tối thiểu 92% người dân hài lòng

PHỤ LỤC 01: Cải cách thể chế

NHIỆM VỤ TC-01: Rà soát văn bản
Sản phẩm: Báo cáo
Cơ quan chủ trì: Sở Nội vụ
Cơ quan phối hợp: Sở Tài chính
Thời gian hoàn thành: Quý III/2022

NHIỆM VỤ TC-02: Kiểm soát thủ tục hành chính
Sản phẩm: Báo cáo
Cơ quan chủ trì: Sở Nội vụ
Cơ quan phối hợp: Sở Tài chính
Thời gian hoàn thành: Quý III/2022

NHIỆM VỤ TC-03: Tuyên truyền
Sản phẩm: Kế hoạch
Cơ quan chủ trì: Sở Nội vụ
Cơ quan phối hợp: Sở Tài chính
Thời gian hoàn thành: Quý II/2022

NHIỆM VỤ TC-04: Tập huấn
Sản phẩm: Kế hoạch
Cơ quan chủ trì: Sở Nội vụ
Cơ quan phối hợp: Sở Tài chính
Thời gian hoàn thành: Quý IV/2022
";

/// A folder with a project, and what a command said in it.
struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new(files: &[(String, String)]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
            std::fs::write(path, text).expect("a file");
        }
        Self { dir }
    }

    /// The registry of the cases and the plan of the province.
    fn small() -> Self {
        let prelude = std::fs::read_to_string(support::root().join("tests/cases/prelude.kh")).expect("the registry of the cases");
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        Self::new(&[file("kehoach.toml", ""), file("danh-ba.kh", &prelude), file("th-2022.kh", PARENT)])
    }

    fn path(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    /// Runs a command; gives its status, the standard output and the standard error.
    fn run(&self, line: &[&str]) -> (Status, String, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2022) };
        let root = self.path("");
        let line = ["kehoach"].iter().chain(line).chain(&["--project", &root]).map(Into::into).collect();
        let status = cli::run(line, world);
        (status, String::from_utf8(out).expect("text"), String::from_utf8(err).expect("text"))
    }

    fn compiled(&self) -> Compiled {
        project::compile(&Input::Folder(self.dir.path().to_owned()), Options::default())
    }

    fn errors(&self) -> Vec<String> {
        let of = self.compiled();
        of.findings.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.message.vi.clone()).collect()
    }
}

/// A workbook as a person changes it.
struct Book {
    sheets: Vec<(String, bool, Vec<Vec<String>>)>,
}

impl Book {
    fn read(path: &str) -> Self {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(std::fs::read(path).expect("the form"))).expect("a workbook");
        let listed: Vec<_> =
            book.sheets_metadata().iter().map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect();
        let mut cells = |name: &str| -> Vec<Vec<String>> {
            let range = book.worksheet_range(name).expect("the sheet");
            range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
        };
        Self { sheets: listed.into_iter().map(|(name, hidden)| (name.clone(), hidden, cells(&name))).collect() }
    }

    fn rows(&mut self, sheet: &str) -> &mut Vec<Vec<String>> {
        &mut self.sheets.iter_mut().find(|(name, ..)| name == sheet).expect("the sheet").2
    }

    /// The place of the row of titles, and of the column with one.
    fn column(&mut self, sheet: &str, title: &str) -> (usize, usize) {
        let rows = self.rows(sheet);
        let head = rows.iter().position(|row| row.iter().any(|cell| cell == "Mã")).expect("titles");
        (head, rows[head].iter().position(|cell| cell == title).unwrap_or_else(|| panic!("no column {title}")))
    }

    /// Writes into the cell of a row, which is known by words of its cells.
    fn set(&mut self, sheet: &str, of: &[&str], title: &str, text: &str) {
        let (head, column) = self.column(sheet, title);
        let named = |row: &&mut Vec<String>| of.iter().all(|word| row.iter().any(|cell| cell == word));
        let row = self.rows(sheet)[head + 1..].iter_mut().find(named).unwrap_or_else(|| panic!("no row {of:?}"));
        row[column] = text.to_owned();
    }

    /// Turns the order of rows below the titles, and of columns, round.
    fn turn(&mut self, sheet: &str) {
        let (head, _) = self.column(sheet, "Mã");
        let rows = self.rows(sheet);
        rows[head + 1..].reverse();
        rows[head..].iter_mut().for_each(|row| row.reverse());
    }

    fn save(&self, path: &str) {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, hidden, rows) in &self.sheets {
            let sheet = book.add_worksheet();
            sheet.set_name(name).expect("a name").set_hidden(*hidden);
            for (row, down) in rows.iter().zip(0u32..) {
                for (text, at) in row.iter().zip(0u16..).filter(|(text, _)| !text.is_empty()) {
                    sheet.write_string(down, at, text).expect("a cell");
                }
            }
        }
        book.save(path).expect("the workbook");
    }
}

const TASKS: &str = "Nhiệm vụ";

/// The lines of a draft from its first verb on, blank ones left out.
fn verbs(text: &str) -> Vec<&str> {
    let from = text.find("\n\n").map_or(0, |at| at + 2);
    let from = text[from..].find("CHỈ TIÊU").map_or(from, |at| from + text[from..from + at].rfind('\n').map_or(0, |line| line + 1));
    text[from..].lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn split_and_merged_tasks_of_a_form_become_statements() {
    let desk = Desk::small();
    let form = desk.path("phieu.xlsx");
    assert_eq!(desk.run(&["derive", "TH-2022", "--unit", "HH", "--worksheet", "-o", &form]).0, Status::Clean);
    let mut book = Book::read(&form);
    for code in ["TC-01", "TC-02", "TC-03", "TC-04"] {
        book.set(TASKS, &[code], "Loại", "");
        book.set(TASKS, &[code], "Lý do", "");
        book.set(TASKS, &[code], "Cách xử lý", "KẾ THỪA");
    }
    for code in ["TC-02", "TC-01"] {
        book.set(TASKS, &[code], "Cách xử lý", "GỘP");
        book.set(TASKS, &[code], "Thành", "TC-12");
    }
    book.set(TASKS, &["TC-02"], "Thành", "TC-12: Rà soát văn bản, thủ tục");
    book.set(TASKS, &["TC-01"], "Lý do", "Cùng một báo cáo");
    book.set(TASKS, &["TC-03"], "Cách xử lý", "tách");
    book.set(TASKS, &["TC-03"], "Thành", "TC-03a: Tuyên truyền trên đài\nTC-03b: Tuyên truyền ở thôn");
    book.set("Chỉ tiêu", &["hai-long"], "Cách xử lý", "SỬA ĐỔI");
    book.set("Chỉ tiêu", &["hai-long"], "Thành", "tối thiểu 95%");
    book.turn(TASKS);
    book.save(&form);
    let (status, _, err) = desk.run(&["import", &form, "-o", &desk.path("hh.kh")]);
    assert_eq!(status, Status::Clean, "{err}");
    let text = std::fs::read_to_string(desk.path("hh.kh")).expect("the draft");
    assert_eq!(
        verbs(&text),
        [
            "SỬA ĐỔI CHỈ TIÊU hai-long: tối thiểu 95%",
            "PHỤ LỤC 01",
            "GỘP TC-01, TC-02 THÀNH TC-12",
            "Lý do: Cùng một báo cáo",
            "NHIỆM VỤ TC-12: Rà soát văn bản, thủ tục",
            "TÁCH TC-03 THÀNH TC-03a, TC-03b",
            "NHIỆM VỤ TC-03a: Tuyên truyền trên đài",
            "NHIỆM VỤ TC-03b: Tuyên truyền ở thôn",
            "KẾ THỪA TC-04",
        ]
    );
    assert_eq!(desk.errors(), [""; 0]);
}

#[test]
fn the_form_of_the_next_year_comes_back_as_a_plan_that_checks() {
    let desk = Desk::small();
    let results = "mã,kết quả,tỷ lệ\nTC-01,hoàn thành,100%\nTC-02,hoàn thành một phần,60%\nTC-03,hoàn thành,\nTC-04,hoàn thành,\nhai-long,hoàn thành,\n";
    std::fs::write(desk.path("ket-qua.csv"), results).expect("the results");
    let form = desk.path("phieu.xlsx");
    let given = desk.path("ket-qua.csv");
    let line = ["roll", "TH-2022", "--year", "2023", "--results", &given, "--worksheet"];
    assert_eq!(desk.run(&line).0, Status::Unable, "a form is no text");
    assert_eq!(desk.run(&[&line[..], &["-o", &form]].concat()).0, Status::Clean);
    let mut book = Book::read(&form);
    let (head, _) = book.column(TASKS, "Mã");
    let proposed: Vec<[String; 3]> =
        book.rows(TASKS)[head + 1..].iter().map(|row| [row[0].clone(), row[4].clone(), row[5].clone()]).collect();
    assert_eq!(
        proposed,
        [
            ["TC-01", "hoàn thành", "KẾT THÚC"],
            ["TC-02", "hoàn thành một phần, 60%", "TIẾP TỤC"],
            ["TC-03", "hoàn thành", "KẾT THÚC"],
            ["TC-04", "hoàn thành", "KẾT THÚC"]
        ]
        .map(|row| row.map(str::to_owned))
    );
    book.set(TASKS, &["TC-03"], "Cách xử lý", "TIẾP TỤC");
    book.set(TASKS, &["TC-03"], "Ghi chú", "việc hằng năm");
    book.turn(TASKS);
    book.turn("Chỉ tiêu");
    book.save(&form);
    std::fs::create_dir(desk.path("2023")).expect("a folder");
    let (status, _, err) = desk.run(&["import", &form, "-o", &desk.path("2023/th-2023.kh")]);
    assert_eq!(status, Status::Clean, "{err}");
    let text = std::fs::read_to_string(desk.path("2023/th-2023.kh")).expect("the draft");
    assert!(text.contains("\nTừ: TH-2022\nNăm: 2023\nChuyển năm: 2022 sang 2023\nKết quả: ../ket-qua.csv\n"), "{text}");
    assert_eq!(
        verbs(&text),
        ["TIẾP TỤC CHỈ TIÊU hai-long", "PHỤ LỤC 01", "TIẾP TỤC TC-02", "# việc hằng năm", "TIẾP TỤC TC-03", "KẾT THÚC TC-01, TC-04"]
    );
    assert_eq!(desk.errors(), [""; 0]);
}

#[test]
fn results_that_a_person_writes_into_the_form_stand_at_what_ended() {
    let desk = Desk::small();
    let form = desk.path("phieu.xlsx");
    assert_eq!(desk.run(&["roll", "TH-2022", "--year", "2023", "--worksheet", "-o", &form]).0, Status::Clean);
    let mut book = Book::read(&form);
    for code in ["TC-01", "TC-03"] {
        book.set(TASKS, &[code], "Cách xử lý", "KẾT THÚC");
        book.set(TASKS, &[code], "Kết quả", "hoàn thành");
    }
    book.save(&form);
    let (status, text, err) = desk.run(&["import", &form, "--code", "TH-NĂM-2023"]);
    assert_eq!(status, Status::Clean, "{err}");
    assert!(text.contains("LẬP NĂM TH-NĂM-2023: Cải cách hành chính năm 2023\n"), "{text}");
    assert!(text.ends_with("\nTIẾP TỤC TC-02, TC-04\n\nKẾT THÚC TC-01, TC-03\nKết quả: hoàn thành\n"), "{text}");
}

/// What `import` says of a form that was changed.
fn faults(desk: &Desk, form: &str, change: impl FnOnce(&mut Book)) -> String {
    let mut book = Book::read(form);
    change(&mut book);
    let spoilt = desk.path("sai.xlsx");
    book.save(&spoilt);
    let target = desk.path("sai.kh");
    let (status, out, err) = desk.run(&["import", &spoilt, "-o", &target]);
    assert_eq!((status, out.as_str(), Path::new(&target).exists()), (Status::Findings, "", false), "{err}");
    // a cell is named in full on one line
    err.replace("\n  │ ", " ")
}

#[test]
fn what_a_form_says_wrong_is_told_with_sheet_and_cell() {
    let desk = Desk::small();
    let form = desk.path("phieu.xlsx");
    assert_eq!(desk.run(&["derive", "TH-2022", "--unit", "HH", "--worksheet", "-o", &form]).0, Status::Clean);
    let told = |change: &dyn Fn(&mut Book)| faults(&desk, &form, change);
    let set = |of: &'static str, title: &'static str, text: &'static str| move |book: &mut Book| book.set(TASKS, &[of], title, text);
    let said = told(&set("TC-02", "Mã", "TC-92"));
    assert!(said.contains("KH5065: Nhiệm vụ, ô A9: TH-2022 không có mã “TC-92”") && said.contains("sai.xlsx:9:1"), "{said}");
    let said = told(&set("TC-02", "Mã", "TC-01"));
    assert!(said.contains("KH5066: Nhiệm vụ, ô A9: TC-01 đã có ở Nhiệm vụ, ô A8"), "{said}");
    let said = told(&set("TC-02", "Cách xử lý", "BỎ"));
    assert!(said.contains("KH5067: Nhiệm vụ, ô E9: chưa hiểu “BỎ”"), "{said}");
    let waived = |reason: &'static str| {
        move |book: &mut Book| {
            book.set(TASKS, &["TC-02"], "Cách xử lý", "KHÔNG ÁP DỤNG");
            book.set(TASKS, &["TC-02"], "Lý do", reason);
        }
    };
    let said = told(&waived(""));
    assert!(said.contains("KH5068: Nhiệm vụ, ô H9: TC-02 không áp dụng mà chưa có lý do"), "{said}");
    let said = told(&set("TC-02", "Cách xử lý", "TÁCH"));
    assert!(said.contains("KH5068: Nhiệm vụ, ô F9: TÁCH TC-02 chưa ghi thành gì"), "{said}");
    let merged = |book: &mut Book| {
        book.set(TASKS, &["TC-02"], "Cách xử lý", "GỘP");
        book.set(TASKS, &["TC-02"], "Thành", "TC-12");
    };
    let said = told(&merged);
    assert!(said.contains("KH5068: Nhiệm vụ, ô F9: chỉ một mình TC-02 gộp thành TC-12"), "{said}");
    let said = told(&|book: &mut Book| {
        merged(book);
        book.set(TASKS, &["TC-02"], "Thành", "nhiệm vụ chung");
    });
    assert!(said.contains("KH5067: Nhiệm vụ, ô F9: chưa hiểu “nhiệm vụ chung”"), "{said}");
    let said = told(&|book: &mut Book| {
        let (head, column) = book.column(TASKS, "Lý do");
        book.rows(TASKS)[head][column] = "Vì sao".to_owned();
    });
    assert!(said.contains("KH5068: Trang tính Nhiệm vụ không còn cột “Lý do”"), "{said}");
}

const ROLES: &str = "Chuyển cấp";

/// The registry and the plan of 2024 of the corpus.
fn reform() -> Desk {
    let concerned = |name: &str| {
        name.starts_with("don-vi")
            || (name.starts_with("2026/") && !name.ends_with("th-2026.kh") && !name.ends_with("giao-xa-2026.kh"))
            || ["danh-ba.kh", "sap-xep-2025.kh"].contains(&name)
    };
    let mut files = support::corpus("thanh-hoa");
    files.retain(|(name, _)| concerned(name));
    files.push(("kehoach.toml".to_owned(), String::new()));
    Desk::new(&files)
}

#[test]
fn roles_of_a_level_that_ended_are_answered_on_the_form() {
    let desk = reform();
    let form = desk.path("phieu.xlsx");
    assert_eq!(desk.run(&["roll", "TH-2024", "--year", "2026", "--worksheet", "-o", &form]).0, Status::Clean);
    let mut book = Book::read(&form);
    let (head, _) = book.column(ROLES, "Mã");
    let roles: Vec<(String, String)> = book.rows(ROLES)[head + 1..].iter().map(|row| (row[0].clone(), row[2].clone())).collect();
    assert_eq!(roles.len(), 13);
    // nobody chose: the draft asks
    let (status, text, err) = desk.run(&["import", &form]);
    assert_eq!(status, Status::Clean, "{err}");
    assert_eq!(text.matches("SANG CẦN BỔ SUNG").count(), 4, "{text}");
    for (at, (code, role)) in roles.iter().enumerate() {
        let of = [code.as_str(), role.as_str()];
        match at {
            0 => {
                book.set(ROLES, &of, "Chuyển sang", "Không");
                book.set(ROLES, &of, "Lý do", "Xã không có việc này");
            }
            _ => {
                book.set(ROLES, &of, "Chuyển sang", "tỉnh");
                book.set(ROLES, &of, "Giao", "Sở Nội vụ");
            }
        }
    }
    // what ends needs no decision
    let ended = roles.last().expect("a role").0.clone();
    book.set(TASKS, &[&ended], "Cách xử lý", "KẾT THÚC");
    book.turn(ROLES);
    book.save(&form);
    let (status, text, err) = desk.run(&["import", &form]);
    assert_eq!(status, Status::Clean, "{err}");
    let moved: Vec<&str> =
        text.lines().skip_while(|line| !line.starts_with("CHUYỂN CẤP")).take_while(|line| !line.starts_with("TIẾP")).collect();
    let (code, role) = &roles[0];
    assert_eq!(moved[..2], [&format!("CHUYỂN CẤP huyện SANG không: {code} ({role})"), "Lý do: Xã không có việc này"]);
    assert!(moved[3].starts_with("CHUYỂN CẤP huyện SANG tỉnh: ") && !moved[3].contains(&format!("{ended} (")), "{moved:#?}");
    assert_eq!(moved[4], "Giao: Sở Nội vụ");
    std::fs::write(desk.path("2026/du-thao.kh"), text).expect("the draft");
    assert_eq!(desk.errors(), [""; 0]);

    let told = |title: &str, text: &str| {
        let form = form.clone();
        faults(&desk, &form, |book| book.set(ROLES, &[code, role], title, text))
    };
    assert!(told("Lý do", "").contains("KH5068"));
    assert!(told("Chuyển sang", "huyện").contains("KH5067: Chuyển cấp, ô"));
    assert!(told("Vai trò", "theo dõi").contains("KH5067"));
    assert!(told("Mã", "XX-01").contains("KH5065"));
    assert!(
        faults(&desk, &form, |book| {
            let again = book.rows(ROLES).last().expect("a row").clone();
            book.rows(ROLES).push(again);
        })
        .contains("KH5066")
    );
}

#[test]
fn a_form_is_read_alone_and_in_its_project() {
    let desk = Desk::small();
    let form = desk.path("phieu.xlsx");
    assert_eq!(desk.run(&["derive", "TH-2022", "--unit", "HH", "--worksheet", "-o", &form]).0, Status::Clean);
    assert_eq!(desk.run(&["import", &form, &desk.path("th-2022.kh"), "-o", &desk.path("")]).0, Status::Unable);
    let other = Desk::new(&[("kehoach.toml".to_owned(), String::new())]);
    assert_eq!(other.run(&["import", &form]).0, Status::Unable);
}

#[test]
fn a_hidden_row_of_results_counts_and_is_told() {
    let desk = Desk::small();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, down) in [["mã", "kết quả"], ["TC-01", "hoàn thành"], ["TC-02", "hoàn thành"]].iter().zip(0u32..) {
        for (text, at) in row.iter().zip(0u16..) {
            sheet.write_string(down, at, *text).expect("a cell");
        }
    }
    sheet.set_row_hidden(2).expect("a row");
    let results = desk.path("ket-qua.xlsx");
    book.save(&results).expect("the workbook");
    let (status, out, err) = desk.run(&["roll", "TH-2022", "--year", "2023", "--results", &results]);
    assert_eq!(status, Status::Clean, "{err}");
    assert!(err.contains("KH5069") && err.contains("1 hàng ẩn hoặc bị lọc (3)"), "{err}");
    assert!(out.contains("KẾT THÚC TC-01, TC-02\n"), "{out}");
}
