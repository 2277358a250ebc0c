//! Readings written as `.kh` in record mode: nothing lost, read back as they were.

mod support;

use kehoach::base::{Date, Key};
use kehoach::diag::{Code, Severity};
use kehoach::fmt;
use kehoach::import;
use kehoach::import::{
    Appendix, Criterion, Doubt, Header, Leftover, LegalBasis, OwnColumn, Part, PartKind, Place, Reading, RecordOptions, Signer, Task,
    record,
};
use kehoach::project::{self, Compiled, Input, Options, check_sources};
use kehoach::render::{self, Templates};

const OPTIONS: RecordOptions<'_> = RecordOptions { file: "ke-hoach.docx", unit: None, code: None, year: None, registry: None };

fn prelude() -> (String, String) {
    let path = support::root().join("tests/cases/prelude.kh");
    ("danh-ba.kh".to_owned(), std::fs::read_to_string(path).expect("the registry of the cases"))
}

fn place(table: u32, row: u32, line: u32) -> Place {
    Place { line, table, row, column: 0 }
}

fn task(appendix: &str, row: &str, content: &str, line: u32) -> Task {
    Task {
        code: format!("PL{appendix}.{row}"),
        appendix: appendix.into(),
        row: row.into(),
        content: content.into(),
        origin: place(1, line, 10 + line),
        ..Task::default()
    }
}

fn printed(task: &mut Task, field: &str, text: &str) {
    task.printed.push((field.into(), text.into()));
}

/// A decision with prose, two appendices, awkward words, a score table, doubts and leftovers.
fn reading() -> Reading {
    let mut first = task("01", "1", "Rà soát văn bản\ncủa huyện.", 2);
    first.products = vec!["Kế hoạch".into(), "Báo cáo kết quả (nếu có)".into()];
    printed(&mut first, "products", "- Kế hoạch; - Báo cáo kết quả (nếu có).");
    first.leads = vec!["Phòng Tư pháp".into()];
    printed(&mut first, "leads", "Phòng Tư pháp");
    first.coordinators = vec!["Phòng Nội vụ".into(), "Công an huyện".into()];
    printed(&mut first, "coordinators", "Phòng Nội vụ, Công an huyện");
    first.deadline = "Quý III/2022".into();
    first.sections = vec!["I. Văn bản".into()];
    let mut second = task("01", "1", "PHẦN II phải có kế hoạch: gồm hai bước", 3);
    second.code = "PL01.1".into();
    second.leads = vec!["Phòng Nội vụ".into()];
    printed(&mut second, "roles", "Cơ quan chủ trì: Phòng Nội vụ; - Cơ quan phối hợp: Phòng Tư pháp");
    second.coordinators = vec!["Phòng Tư pháp".into()];
    second.sections = vec!["I. Văn bản".into()];
    second.own = vec![OwnColumn { name: "Nguồn vốn".into(), value: "Ngân sách; xã hội hóa".into() }];
    let mut third = task("02", "a", "Tuyên truyền", 2);
    third.origin = place(2, 2, 40);
    third.products = vec!["Kế hoạch; báo cáo".into()];
    printed(&mut third, "products", "Kế hoạch; báo cáo");
    let part = |kind, depth, number: &str, title: &str, text: &str, line| Part {
        kind,
        depth,
        number: number.into(),
        title: title.into(),
        text: text.into(),
        appendix: String::new(),
        origin: place(0, 0, line),
    };
    Reading {
        header: Header {
            number: "123/QĐ-UBND".into(),
            date: Date::new(2022, 1, 10),
            place: "Hoằng Hóa".into(),
            issuer: "ỦY BAN NHÂN DÂN HUYỆN HOẰNG HÓA".into(),
            form: "Quyết định ban hành kế hoạch".into(),
            title: "Cải cách hành chính năm 2022".into(),
            year: Some(2022),
            legal_bases: vec![LegalBasis {
                text: "Luật Tổ chức chính quyền địa phương; sửa đổi 2019".into(), ..LegalBasis::default()
            }],
            recipients: vec!["Như Điều 3".into(), "Lưu: VT".into()],
            signer: Signer { title: "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH".into(), name: "Lê Văn An".into() },
            ..Header::default()
        },
        parts: vec![
            part(PartKind::Paragraph, 0, "", "", "Thực hiện kế hoạch của tỉnh.", 2),
            part(PartKind::Part, 0, "A", "MỤC ĐÍCH", "", 3),
            part(PartKind::Section, 1, "1", "Mục đích", "", 4),
            part(PartKind::Item, 2, "-", "", "Nâng cao chất lượng", 5),
            part(PartKind::Subitem, 3, "+", "", "Của cán bộ", 6),
            part(PartKind::Point, 2, "đ", "", "NHIỆM VỤ: làm gì", 7),
            part(PartKind::Paragraph, 1, "", "", "KẾ HOẠCH này có hai phần\n# không phải ghi chú\nTHUẬT NGỮ", 8),
            part(PartKind::Part, 0, "C", "Tổ chức", "\\ lạ", 9),
        ],
        appendices: vec![
            Appendix {
                number: "01".into(),
                printed: "01".into(),
                name: "Phụ lục".into(),
                caption: "THỂ CHẾ\nNĂM 2022".into(),
                ..Appendix::default()
            },
            Appendix {
                number: "02".into(),
                printed: String::new(),
                name: "Danh mục".into(),
                caption: "Khác".into(),
                ..Appendix::default()
            },
        ],
        tasks: vec![first, second, third],
        criteria: vec![
            Criterion {
                number: "1".into(),
                name: "Chỉ đạo".into(),
                standard: "2,5".into(),
                origin: place(3, 2, 60),
                ..Criterion::default()
            },
            Criterion {
                number: "1.1".into(),
                name: "Ban hành".into(),
                standard: "1".into(),
                lead: "Sở Nội vụ".into(),
                origin: place(3, 3, 61),
                ..Criterion::default()
            },
            Criterion {
                number: "1.1".into(),
                name: "Trùng số".into(),
                standard: "một".into(),
                origin: place(3, 4, 62),
                ..Criterion::default()
            },
            Criterion { name: "TỔNG ĐIỂM".into(), standard: "2,5".into(), ..Criterion::default() },
        ],
        doubts: vec![Doubt {
            code: Code::KH5036,
            message: msg("Chưa rõ", "Unclear"),
            place: place(2, 2, 40),
            quote: "Tuyên\ntruyền".into(),
        }],
        leftover: vec![Leftover { text: "Dòng lạ\nNHIỆM VỤ X: thừa".into(), origin: place(0, 0, 70) }],
        ..Reading::default()
    }
}

fn msg(vi: &str, en: &str) -> kehoach::diag::Message {
    kehoach::diag::Message { vi: vi.into(), en: en.into() }
}

fn compiled(text: &str) -> Compiled {
    check_sources(vec![prelude(), ("ke-hoach.kh".to_owned(), text.to_owned())])
}

#[test]
fn what_is_written_is_in_the_one_layout_and_has_no_fault_of_form() {
    let text = record(&reading(), &OPTIONS);
    let again = fmt::format_text(&text).text;
    let changed: Vec<_> = again.lines().zip(text.lines()).filter(|(new, old)| new != old).take(3).collect();
    assert!(again == text, "{changed:#?}");
    let compiled = compiled(&text);
    let errors: Vec<_> = compiled.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    assert!(!compiled.findings.iter().any(|finding| finding.code.text().starts_with("KH0")), "{text}");
}

#[test]
fn the_fields_are_read_back_as_they_were() {
    let reading = reading();
    let text = record(&reading, &OPTIONS);
    let compiled = compiled(&text);
    let content = &compiled.derivations[0].content;
    let keys = |texts: &[String]| texts.iter().map(|text| Key::new(text)).collect::<Vec<_>>();
    let tasks: Vec<_> = content.tasks.iter().filter(|task| task.code.text.starts_with("PL")).collect();
    assert_eq!(tasks.len(), reading.tasks.len(), "{text}");
    for (task, read) in tasks.iter().zip(&reading.tasks) {
        let fields = &task.fields;
        let products: Vec<String> = fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()).collect();
        assert_eq!(keys(&products), keys(&read.products), "{text}");
        for (own, read) in [(&fields.leads, &read.leads), (&fields.coordinators, &read.coordinators)] {
            let names: Vec<String> = own.iter().flat_map(|piece| &piece.value).map(|role| role.text.clone()).collect();
            assert_eq!(keys(&names), keys(read), "{text}");
        }
        let number = fields.record.as_ref().and_then(|record| record.number.as_ref()).map(|number| number.value.as_str());
        assert_eq!(number, Some(read.row.as_str()));
    }
}

#[test]
fn no_word_of_the_document_is_lost() {
    let text = record(&reading(), &OPTIONS);
    for words in [
        "Thực hiện kế hoạch của tỉnh.",
        "Của cán bộ",
        "\\KẾ HOẠCH này có hai phần",
        "\\# không phải ghi chú",
        "\nTHUẬT NGỮ\n",
        "\\\\ lạ",
        "NHIỆM VỤ: làm gì",
        "Dòng lạ",
        "NHIỆM VỤ X: thừa",
        "KT. CHỦ TỊCH | PHÓ CHỦ TỊCH | Lê Văn An",
        "Nguồn vốn = Ngân sách; xã hội hóa",
        "\"Tuyên truyền\"",
        "sửa đổi 2019",
        "# Nơi ký: Hoằng Hóa",
        "Nguồn: ke-hoach.docx, bảng 2, hàng 2, dòng 40",
        "Số in: 1.1",
    ] {
        assert!(text.contains(words), "“{words}” is lost:\n{text}");
    }
}

#[test]
fn each_plan_of_the_corpus_comes_back_from_its_word_document() {
    for name in ["thanh-hoa", "quang-ngai", "thai-nguyen", "dak-nong"] {
        let root = support::root().join("corpus").join(name);
        let whole = project::compile(&Input::Folder(root.clone()), Options::default());
        let files: Vec<(String, String)> = whole
            .sources
            .iter()
            .filter(|(_, file)| !["\nĐơn vị: ", "LẬP NĂM "].iter().any(|words| file.text().contains(words)))
            .map(|(_, file)| (file.name().to_owned(), file.text().to_owned()))
            .collect();
        for (id, plan) in whole.model.plans().filter(|(_, plan)| plan.generated.is_none() && plan.header.year != Some(2026)) {
            let derivation = &whole.derivations[id.index()];
            let (bytes, _) = render::docx(&whole.model, derivation, &Templates::embedded(), &render::Options::default());
            let document = import::open("ke-hoach.docx", &bytes, import::OpenOptions::default()).expect("a Word document").document;
            let reading = import::read(&document, Some(&whole.model.registry));
            let text = record(&reading, &RecordOptions { code: Some("VB-1"), registry: Some(&whole.model.registry), ..OPTIONS });
            assert_eq!(fmt::format_text(&text).text, text, "{}", plan.code.text);
            let mut all = files.clone();
            all.push(("vb-1.kh".to_owned(), text.clone()));
            let again = check_sources(all);
            let faults: Vec<&str> = again
                .findings
                .iter()
                .filter(|finding| finding.code.text().starts_with("KH0") && finding.code != Code::KH0030)
                .map(|finding| finding.message.en.as_str())
                .collect();
            assert!(faults.is_empty(), "{}: {faults:?}", plan.code.text);
            let own = again.model.find("VB-1").expect("the plan");
            let content = &again.derivations[own.index()].content;
            let tasks: Vec<_> =
                content.tasks.iter().filter(|task| task.appendix.is_none_or(|at| content.appendices[at].scores.is_none())).collect();
            assert_eq!(tasks.len(), reading.tasks.len(), "{}", plan.code.text);
            let mut differ = Vec::new();
            for (task, read) in tasks.iter().zip(&reading.tasks) {
                let fields = &task.fields;
                let keys = |texts: Vec<String>| texts.iter().map(|text| Key::new(text)).collect::<Vec<_>>();
                let products = fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()).collect();
                let names = |piece: &Option<kehoach::model::Piece<Vec<kehoach::model::Role>>>| {
                    piece.iter().flat_map(|piece| &piece.value).map(|role| role.text.clone()).collect::<Vec<_>>()
                };
                let same = keys(products) == keys(read.products.clone())
                    && keys(names(&fields.leads)) == keys(read.leads.clone())
                    && keys(names(&fields.coordinators)) == keys(read.coordinators.clone())
                    && fields.content.as_ref().map(|piece| Key::new(&piece.value)) == Some(Key::new(&read.content.replace('\n', " ")));
                if !same {
                    differ.push(format!(
                        "{}: {:?} {:?} | {:?} {:?}",
                        read.code,
                        read.leads,
                        read.coordinators,
                        names(&fields.leads),
                        names(&fields.coordinators)
                    ));
                }
            }
            assert!(differ.is_empty(), "{}: {differ:#?}", plan.code.text);
        }
    }
}

#[test]
fn the_words_that_open_a_plan_are_printed_again() {
    let lines = [
        "ỦY BAN NHÂN DÂN",
        "HUYỆN HOẰNG HÓA",
        "Số: 12/KH-UBND",
        "Hoằng Hóa, ngày 05 tháng 01 năm 2023",
        "KẾ HOẠCH",
        "Cải cách hành chính năm 2023",
        "Thực hiện Quyết định số 5299/QĐ-UBND ngày 24/12/2021 của Chủ tịch UBND tỉnh, UBND huyện giao các việc sau:",
        "I. Nhiệm vụ",
        "1. Tự kiểm tra văn bản.",
    ];
    let document = import::open("ke-hoach.txt", lines.join("\n").as_bytes(), import::OpenOptions::default()).expect("a text").document;
    let text = record(&import::read(&document, None), &OPTIONS);
    assert!(text.contains(&format!("Lời dẫn: {}", lines[6])), "{text}");
    let compiled = compiled(&text);
    let (printed, _) = render::text(&compiled.model, &compiled.derivations[0], &Templates::embedded(), &render::Options::default());
    let words = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(lines[6]) && !words.contains("như sau:"), "{printed}");
}
