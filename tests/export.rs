//! Documents for the browser, for markdown and for Excel.

mod support;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use kehoach::project::{Compiled, check_sources};
use kehoach::render::{self, Markup, Options, Templates};

fn compiled(project: &str) -> Compiled {
    check_sources(support::corpus(project))
}

fn marked(markup: Markup, compiled: &Compiled, plan: &str) -> String {
    let derivation = &compiled.derivations[compiled.model.find(plan).expect("a plan").index()];
    let (text, findings) = render::markup(markup, &compiled.model, derivation, &Templates::embedded(), &Options::default());
    assert_eq!(findings, [], "{plan}");
    text
}

fn sheets(compiled: &Compiled, plan: &str) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx(compiled, plan))).expect("an Excel file")
}

fn xlsx(compiled: &Compiled, plan: &str) -> Vec<u8> {
    let derivation = &compiled.derivations[compiled.model.find(plan).expect("a plan").index()];
    let (bytes, findings) = render::xlsx(&compiled.model, derivation, &Options::default());
    assert_eq!(findings, [], "{plan}");
    bytes
}

#[test]
fn a_web_page_fetches_nothing() {
    for (project, plan) in [("quang-ngai", "QN-2022"), ("thai-nguyen", "TN-2020"), ("dak-nong", "DN-2022")] {
        let page = marked(Markup::Html, &compiled(project), plan);
        for word in ["http:", "https:", "src=", "<link", "url(", "@import", "<script"] {
            assert!(!page.contains(word), "{plan}: {word}");
        }
    }
}

#[test]
fn the_tables_of_a_web_page_have_headings_and_every_task() {
    let compiled = compiled("thai-nguyen");
    let page = marked(Markup::Html, &compiled, "TN-2020");
    let derivation = &compiled.derivations[compiled.model.find("TN-2020").expect("the plan").index()];
    assert!(page.contains("<html lang=\"vi\">") && page.contains("<th scope=\"col\">") && page.contains("size: A4 landscape"));
    for task in &derivation.content.tasks {
        assert!(page.contains(&format!("<tr id=\"{}\"", task.code.text)), "{}", task.code.text);
    }
}

#[test]
fn markdown_has_a_row_for_every_task() {
    let compiled = compiled("dak-nong");
    let text = marked(Markup::Markdown, &compiled, "DN-2022");
    let derivation = &compiled.derivations[compiled.model.find("DN-2022").expect("the plan").index()];
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    for task in &derivation.content.tasks {
        assert!(rows.iter().any(|row| row.starts_with(&format!("| {} |", task.code.text))), "{}", task.code.text);
    }
    let columns = |row: &str| row.replace("\\|", "").matches('|').count();
    assert!(rows.iter().all(|row| columns(row) == columns(rows[0])));
}

#[test]
fn markup_of_a_document_is_no_markup_of_the_page() {
    let mut compiled = compiled("thai-nguyen");
    let plan = compiled.model.find("TN-2020").expect("the plan");
    compiled.model.plans[plan.index()].header.signer = vec!["CHỦ TỊCH".into(), "Võ <b>*A*</b>".into()];
    assert!(marked(Markup::Html, &compiled, "TN-2020").contains("Võ &lt;b&gt;*A*&lt;&#x2f;b&gt;"));
    assert!(marked(Markup::Markdown, &compiled, "TN-2020").contains("Võ \\<b>\\*A\\*\\</b>"));
}

#[test]
fn each_appendix_is_a_sheet_with_its_tasks_by_code() {
    let compiled = compiled("thai-nguyen");
    let mut book = sheets(&compiled, "TN-2020");
    assert_eq!(book.sheet_names(), ["Danh mục"]);
    let range = book.worksheet_range("Danh mục").expect("the sheet");
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
    let heading = rows.iter().position(|row| row[0] == "Mã").expect("the heading row");
    assert_eq!(rows[heading][1..3], ["Số TT", "Nội dung công việc"]);
    let codes: Vec<&str> = rows[heading + 1..].iter().map(|row| row[0].as_str()).collect();
    let derivation = &compiled.derivations[compiled.model.find("TN-2020").expect("the plan").index()];
    let expected: Vec<&str> = derivation.content.tasks.iter().map(|task| task.code.text.as_str()).collect();
    assert_eq!(codes, expected);
}

#[test]
fn tasks_of_the_narrative_are_sheets_too_and_scores_are_numbers() {
    let (inside, scored) = (compiled("quang-ngai"), compiled("dak-nong"));
    let derivation = &inside.derivations[inside.model.find("QN-2022").expect("the plan").index()];
    assert_eq!(sheets(&inside, "QN-2022").sheet_names().len(), derivation.content.appendices.len());
    let mut book = sheets(&scored, "DN-2022");
    let name = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&name).expect("the sheet");
    let row = range.rows().find(|row| row[0] == Data::String("1.1".into())).expect("criterion 1.1");
    assert_eq!((&row[1], &row[3]), (&Data::String("1.1".into()), &Data::Float(1.5)));
}

#[test]
fn the_same_plan_gives_the_same_excel_file() {
    let compiled = compiled("quang-ngai");
    assert!(xlsx(&compiled, "QN-2022") == xlsx(&compiled, "QN-2022"));
}

/// A parent with a task for the district, one that only the province can do, and a target.
fn parent() -> Vec<(String, String)> {
    let registry = "DANH BẠ A: Danh bạ\n\nCẤP tỉnh\n\nCẤP huyện\nThuộc: tỉnh\n\nĐƠN VỊ A: tỉnh A\n\nĐƠN VỊ B: huyện B\nThuộc: A\n\nCƠ QUAN SNV: Sở Nội vụ\nCấp: tỉnh\n";
    let plan = "KẾ HOẠCH A-2022: Cải cách hành chính năm 2022\nĐơn vị: tỉnh A\nNăm: 2022\n\nCHỈ TIÊU hai-long: tối thiểu 92% người dân hài lòng\n\nPHỤ LỤC 01: Cải cách thể chế\n\nNHIỆM VỤ TC-01: Rà soát văn bản\nCơ quan chủ trì: UBND cấp huyện\nThời gian hoàn thành: Quý II/2022\n\nNHIỆM VỤ TC-02: Trình HĐND tỉnh chính sách\nCơ quan chủ trì: Sở Nội vụ\nThời gian hoàn thành: Quý III/2022\n";
    vec![("danh-ba.kh".into(), registry.into()), ("a.kh".into(), plan.into()), ("kehoach.toml".into(), String::new())]
}

#[test]
fn the_form_of_decisions_has_a_row_for_each_task_and_says_what_it_is_for() {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, text) in parent() {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    let root = dir.path().display().to_string();
    let path = dir.path().join("phieu.xlsx");
    let file = path.display().to_string();
    let run = |more: &[&str]| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let line = ["kehoach", "derive", "A-2022", "--unit", "B", "--worksheet", "--project", &root];
        let world = kehoach::cli::World {
            out: &mut out,
            err: &mut err,
            colors: (false, false),
            lang: None,
            today: kehoach::base::Date::first_of_year(2022),
        };
        kehoach::cli::run(line.iter().chain(more).map(Into::into).collect(), world)
    };
    // Excel cannot be shown on a terminal
    assert_eq!(run(&[]), kehoach::cli::Status::Unable);
    assert_eq!(run(&["-o", &file]), kehoach::cli::Status::Clean);
    let bytes = std::fs::read(&path).expect("the form");
    assert_eq!(run(&["-o", &file, "--force"]), kehoach::cli::Status::Clean);
    assert!(bytes == std::fs::read(&path).expect("the form"), "two runs differ");

    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).expect("an Excel file");
    assert_eq!(book.sheet_names(), ["Nhiệm vụ", "Chỉ tiêu", "Danh mục", "kehoach"]);
    let mut rows = |name: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(name).expect("the sheet");
        range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    };
    let tasks = rows("Nhiệm vụ");
    let heading = tasks.iter().position(|row| row[0] == "Mã").expect("the heading row");
    assert_eq!(
        tasks[heading][1..],
        ["Nội dung", "Cơ quan chủ trì", "Thời gian hoàn thành", "Cách xử lý", "Thành", "Loại", "Lý do", "Ghi chú"]
    );
    let decided: Vec<[&str; 3]> = tasks[heading + 1..].iter().map(|row| [row[0].as_str(), &row[4], &row[6]]).collect();
    assert_eq!(decided, [["TC-01", "KẾ THỪA", ""], ["TC-02", "KHÔNG ÁP DỤNG", "đề xuất"]]);
    let about: Vec<(String, String)> = rows("kehoach").into_iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = [("schema", "kehoach/worksheet/1"), ("kind", "derive"), ("parent", "A-2022"), ("unit", "B"), ("year", "2022")];
    assert_eq!(about, expected.map(|(name, value)| pair(name, value)));

    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").expect("the sheet"), &mut sheet).expect("text");
    for element in ["<sheetProtection", "<dataValidation ", "<conditionalFormatting", "<autoFilter", "state=\"frozen\""] {
        assert!(sheet.contains(element), "{element}");
    }
}
