//! The round trip: what a person edits in a document comes back into `.kh`, and nothing else changes.

mod support;

use kehoach::import::{Block, Cell, Control, Document, Paragraph, Place, Row, Table};
use kehoach::model::Tag;
use kehoach::project::{self, Compiled, Input, Options, Updated};
use kehoach::render;
use kehoach::render::view;

const PARENT: &str = "KẾ HOẠCH TH-2022: Cải cách hành chính năm 2022
Đơn vị: tỉnh Thanh Hóa
Năm: 2022
Số: 5347/QĐ-UBND
Ngày: 24/12/2021

CHỈ TIÊU hai-long: tối thiểu 92% người dân hài lòng

PHỤ LỤC 01: Cải cách thể chế

NHIỆM VỤ TC-01: Rà soát văn bản trên địa bàn {địa bàn}.
Sản phẩm:
- Kế hoạch
# giữ ghi chú này
- Báo cáo
Cơ quan chủ trì: Sở Tư pháp
Cơ quan phối hợp: Sở Nội vụ; Sở Tài chính
Thời gian hoàn thành: Quý III/2022

NHIỆM VỤ TC-02: Kiểm soát thủ tục hành chính
Cơ quan chủ trì: Văn phòng UBND tỉnh
Thời gian hoàn thành: Quý II/2022

NHIỆM VỤ TC-03: Tuyên truyền
Cơ quan chủ trì: Sở Nội vụ
Thời gian hoàn thành: Thường xuyên
";

const CHILD: &str = "KẾ HOẠCH HH-2022: Cải cách hành chính năm 2022
Đơn vị: huyện Hoằng Hóa
Năm: 2022
Số: …/QĐ-UBND
Ngày: …/01/2022
Theo: TH-2022

PHẦN I: Mục đích
MỤC: Nâng cao chất lượng   phục vụ

KẾ THỪA CHỈ TIÊU hai-long

# ba việc của tỉnh
KẾ THỪA TC-01, TC-02,
  TC-03
";

fn compiled() -> Compiled {
    let prelude = std::fs::read_to_string(support::root().join("tests/cases/prelude.kh")).expect("the registry of the cases");
    let files = [("danh-ba.kh", prelude.as_str()), ("th.kh", PARENT), ("hh.kh", CHILD)];
    project::check_sources(files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec())
}

/// The document of a plan as a reader gives it: a table row for each task, a paragraph for each other value.
fn document(compiled: &Compiled, plan: &str) -> Document {
    let id = compiled.model.find(plan).expect("the plan");
    let view = view::plan(&compiled.model, &compiled.derivations[id.index()], &render::Options::default());
    let mut blocks = Vec::new();
    let mut rows: Vec<(String, Vec<Cell>)> = Vec::new();
    for one in view::tagged(&view) {
        let task = one.tag.split('/').nth(1).unwrap_or("").to_owned();
        let paragraph =
            Paragraph { text: format!("{} {}", one.mark, one.line).trim().to_owned(), tag: Some(one.tag), ..Paragraph::default() };
        if task.is_empty() {
            blocks.push(Block::Paragraph(paragraph));
            continue;
        }
        let cell = Cell { paragraphs: vec![paragraph], ..Cell::default() };
        match rows.last_mut() {
            Some((last, cells)) if *last == task => cells.push(cell),
            _ => rows.push((task, vec![cell])),
        }
    }
    let rows = rows.into_iter().map(|(_, cells)| Row { cells, heading: false }).collect();
    blocks.push(Block::Table(Table { rows, place: Place { table: 1, ..Place::default() } }));
    Document { name: "da-sua.docx".into(), blocks }
}

/// Replaces words in the paragraphs of a tag.
fn edit(document: &mut Document, tag: &str, from: &str, to: &str) {
    let mut count = 0;
    let mut change = |paragraph: &mut Paragraph| {
        if paragraph.tag.as_deref() == Some(tag) && paragraph.text.contains(from) {
            paragraph.text = paragraph.text.replace(from, to);
            count += 1;
        }
    };
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) => change(paragraph),
            Block::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.paragraphs).for_each(&mut change)
            }
            Block::Break => {}
        }
    }
    assert!(count > 0, "no “{from}” in {tag}");
}

fn told(updated: &Updated) -> Vec<String> {
    let line = |one: &project::Revised| {
        let left = one.left.as_ref().map(|why| format!(" ({})", why.en)).unwrap_or_default();
        format!("{} {}: {} → {}{left}", one.task, one.field.en, one.from, one.to)
    };
    updated.revised.iter().map(line).collect()
}

/// Lines that differ: `-` gone, `+` come.
fn difference(old: &str, new: &str) -> Vec<String> {
    let gone = old.lines().filter(|line| !new.lines().any(|other| other == *line)).map(|line| format!("-{line}"));
    let come = new.lines().filter(|line| !old.lines().any(|other| other == *line)).map(|line| format!("+{line}"));
    gone.chain(come).collect()
}

#[test]
fn a_document_that_nobody_edited_changes_nothing() {
    for name in ["thanh-hoa", "quang-ngai", "thai-nguyen", "dak-nong"] {
        let compiled = project::compile(&Input::Folder(support::root().join("corpus").join(name)), Options::default());
        let stated: Vec<String> =
            compiled.model.plans().filter(|(_, plan)| plan.generated.is_none()).map(|(_, plan)| plan.code.text.clone()).collect();
        for plan in stated {
            let updated = project::update(&compiled, &document(&compiled, &plan), None).expect("tags");
            assert_eq!((told(&updated), updated.files.len(), updated.beside.len()), (Vec::new(), 0, 0), "{plan}");
        }
    }
}

#[test]
fn wording_and_a_deadline_change_these_values_only() {
    let compiled = compiled();
    let mut document = document(&compiled, "TH-2022");
    edit(&mut document, "kh:TH-2022/TC-01/content", "Rà soát", "Kiểm tra, rà soát");
    edit(&mut document, "kh:TH-2022/TC-01/deadline", "Quý III/2022", "Quý IV/2022");
    edit(&mut document, "kh:TH-2022/TC-01/products", "Báo cáo", "Báo cáo kết quả");
    let updated = project::update(&compiled, &document, None).expect("tags");
    assert_eq!(
        told(&updated),
        [
            "TC-01 Content: Rà soát văn bản trên địa bàn tỉnh → Kiểm tra, rà soát văn bản trên địa bàn tỉnh",
            "TC-01 Products: Kế hoạch; Báo cáo → Kế hoạch; Báo cáo kết quả",
            "TC-01 Deadline: Quý III/2022 → Quý IV/2022"
        ]
    );
    let [(name, text)] = updated.files.as_slice() else { panic!("{:?}", updated.files) };
    assert_eq!(name, "th.kh");
    assert_eq!(
        difference(PARENT, text),
        [
            "-NHIỆM VỤ TC-01: Rà soát văn bản trên địa bàn {địa bàn}.",
            "-- Báo cáo",
            "-Thời gian hoàn thành: Quý III/2022",
            "+NHIỆM VỤ TC-01: Kiểm tra, rà soát văn bản trên địa bàn {địa bàn}.",
            "+- Báo cáo kết quả",
            "+Thời gian hoàn thành: Quý IV/2022"
        ]
    );
}

/// Takes off the tags as LibreOffice does: only the first paragraph of a task's place keeps the title.
fn without_tags(mut document: Document) -> Document {
    let mut last = String::new();
    let mut strip = |paragraph: &mut Paragraph| {
        let Some(text) = paragraph.tag.take() else { return };
        let tag = Tag::parse(&text).filter(|tag| !tag.task.is_empty() && text != last);
        if let Some(title) = tag.and_then(|tag| tag.title()) {
            paragraph.controls = vec![Control { tag: String::new(), title, text: paragraph.text.clone() }];
        }
        last = text;
    };
    for block in &mut document.blocks {
        match block {
            Block::Paragraph(paragraph) => strip(paragraph),
            Block::Table(table) => {
                table.rows.iter_mut().flat_map(|row| &mut row.cells).flat_map(|cell| &mut cell.paragraphs).for_each(&mut strip)
            }
            Block::Break => {}
        }
    }
    document
}

#[test]
fn a_document_that_lost_its_tags_is_known_by_titles_and_places() {
    let compiled = compiled();
    let printed = document(&compiled, "HH-2022");
    let unchanged = project::update(&compiled, &without_tags(printed.clone()), Some(&printed)).expect("titles");
    assert_eq!((unchanged.plan.as_str(), told(&unchanged), unchanged.beside.len()), ("HH-2022", Vec::new(), 0));
    let mut edited = printed.clone();
    edit(&mut edited, "kh:HH-2022/TC-02/deadline", "Quý II/2022", "Tháng 5/2022");
    edit(&mut edited, "kh:HH-2022//part/I.1", "phục vụ", "phục vụ nhân dân");
    // rows moved: titles say where values belong
    let Some(Block::Table(table)) = edited.blocks.last_mut() else { panic!("the table") };
    table.rows.swap(0, 2);
    let updated = project::update(&compiled, &without_tags(edited), Some(&printed)).expect("titles");
    assert_eq!(
        told(&updated),
        [" PHẦN I.1: Nâng cao chất lượng phục vụ → Nâng cao chất lượng phục vụ nhân dân", "TC-02 Deadline: Quý II/2022 → Tháng 5/2022"]
    );
}

#[test]
fn the_words_of_a_place_are_its_own_and_words_beside_it_are_not_lost() {
    let compiled = compiled();
    let mut document = document(&compiled, "TH-2022");
    let number = |document: &mut Document, text: &str, inside: &str| {
        let found = document.blocks.iter_mut().find_map(|block| match block {
            Block::Paragraph(one) if one.tag.as_deref() == Some("kh:TH-2022//number") => Some(one),
            Block::Paragraph(_) | Block::Table(_) | Block::Break => None,
        });
        let paragraph = found.expect("the number");
        paragraph.text = text.to_owned();
        paragraph.controls = vec![Control { tag: "kh:TH-2022//number".into(), text: inside.into(), ..Control::default() }];
    };
    number(&mut document, "Số: 5348/QĐ-UBND", "5348/QĐ-UBND");
    assert_eq!(told(&project::update(&compiled, &document, None).expect("tags")), [" Number: 5347/QĐ-UBND → 5348/QĐ-UBND"]);
    number(&mut document, "Số: 5347/QĐ-UBND-NC", "5347/QĐ-UBND");
    assert_eq!(told(&project::update(&compiled, &document, None).expect("tags")), [" Number: 5347/QĐ-UBND → 5347/QĐ-UBND-NC"]);
}

#[test]
fn an_inherited_task_becomes_an_amendment_with_the_field_alone() {
    let compiled = compiled();
    let mut document = document(&compiled, "HH-2022");
    edit(&mut document, "kh:HH-2022/TC-02/deadline", "Quý II/2022", "Tháng 5/2022");
    edit(&mut document, "kh:HH-2022//part/I.1", "phục vụ", "phục vụ nhân dân");
    edit(&mut document, "kh:HH-2022//number", "……/QĐ-UBND", "45/QĐ-UBND");
    edit(&mut document, "kh:HH-2022//date", "……", "15");
    let updated = project::update(&compiled, &document, None).expect("tags");
    assert_eq!(updated.revised.iter().filter(|one| one.left.is_some()).count(), 0, "{:#?}", told(&updated));
    let [(_, text)] = updated.files.as_slice() else { panic!("{:?}", updated.files) };
    assert_eq!(
        difference(CHILD, text),
        [
            "-Số: …/QĐ-UBND",
            "-Ngày: …/01/2022",
            "-MỤC: Nâng cao chất lượng   phục vụ",
            "-KẾ THỪA TC-01, TC-02,",
            "-  TC-03",
            "+Số: 45/QĐ-UBND",
            "+Ngày: 15/01/2022",
            "+MỤC: Nâng cao chất lượng phục vụ nhân dân",
            "+KẾ THỪA TC-01",
            "+SỬA ĐỔI TC-02",
            "+Thời gian hoàn thành: Tháng 5/2022",
            "+KẾ THỪA TC-03"
        ]
    );
}

#[test]
fn what_drops_a_lead_asks_for_a_reason() {
    let compiled = compiled();
    let mut document = document(&compiled, "HH-2022");
    edit(&mut document, "kh:HH-2022/TC-03/leads", "Phòng Nội vụ", "Phòng Văn hóa và Thông tin");
    let updated = project::update(&compiled, &document, None).expect("tags");
    let [(_, text)] = updated.files.as_slice() else { panic!("{:#?}", told(&updated)) };
    assert!(text.ends_with("SỬA ĐỔI TC-03\nCơ quan chủ trì: Phòng Văn hóa và Thông tin\nLý do: CẦN BỔ SUNG\n"), "{text}");
}

#[test]
fn rows_put_in_and_taken_out_are_told_and_not_written() {
    let compiled = compiled();
    let mut document = document(&compiled, "TH-2022");
    let Some(Block::Table(table)) = document.blocks.last_mut() else { panic!("the table") };
    table.rows.remove(1);
    let words = Paragraph { text: "Việc mới".into(), ..Paragraph::default() };
    table.rows.push(Row { cells: vec![Cell { paragraphs: vec![words], ..Cell::default() }], heading: false });
    let updated = project::update(&compiled, &document, None).expect("tags");
    let told: Vec<&str> = updated.beside.iter().map(|message| message.en.as_str()).collect();
    assert!(updated.files.is_empty() && updated.revised.is_empty());
    assert!(told.iter().any(|line| line.contains("leaves out the row TC-02")), "{told:?}");
    assert!(told.iter().any(|line| line.contains("“Việc mới”")), "{told:?}");
}

#[test]
fn a_document_without_tags_is_no_update() {
    let document =
        Document { name: "x.docx".into(), blocks: vec![Block::Paragraph(Paragraph { text: "Chữ".into(), ..Paragraph::default() })] };
    assert!(project::update(&compiled(), &document, None).is_err());
}
