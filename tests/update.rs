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

/// The same plan with a field and prose of its own, handed to two districts.
const HANDING: &str = "GIAO KẾ HOẠCH TH-2022-HUYỆN: Giao kế hoạch
Theo: TH-2022
Đến cấp: huyện
Đơn vị: tất cả
Năm: 2022
Số: …/QĐ-UBND
Ngày: …/01/2022
Mã kế hoạch: {mã đơn vị}-2022

KẾ THỪA CHỈ TIÊU hai-long

PHỤ LỤC 01
KẾ THỪA TC-01, TC-02
SỬA ĐỔI TC-03
Thời gian hoàn thành: Quý IV/2022

BỔ SUNG BS-01: Việc chung
Cơ quan chủ trì: Phòng Nội vụ

RIÊNG BS; TP
KHÔNG ÁP DỤNG TC-02
Loại: không có đối tượng
Lý do: Không có
";

fn handed() -> Compiled {
    let prelude = std::fs::read_to_string(support::root().join("tests/cases/prelude.kh")).expect("the registry of the cases");
    let files = [("danh-ba.kh", prelude.as_str()), ("th.kh", PARENT), ("giao.kh", HANDING)];
    project::check_sources(files.map(|(name, text)| (name.to_owned(), text.to_owned())).to_vec())
}

#[test]
fn a_generated_plan_gets_an_answer_of_its_unit_alone() {
    let compiled = handed();
    let mut document = document(&compiled, "HH-2022");
    edit(&mut document, "kh:HH-2022/TC-02/deadline", "Quý II/2022", "Tháng 5/2022");
    edit(&mut document, "kh:HH-2022/TC-03/content", "Tuyên truyền", "Tuyên truyền ở thôn");
    edit(&mut document, "kh:HH-2022/BS-01/content", "Việc chung", "Việc riêng");
    edit(&mut document, "kh:HH-2022//number", "……/QĐ-UBND", "45/QĐ-UBND");
    let updated = project::update(&compiled, &document, None).expect("tags");
    let left: Vec<(&str, &str)> =
        updated.revised.iter().filter_map(|one| Some((one.task.as_str(), one.left.as_ref()?.en.as_str()))).collect();
    let [("", number), ("BS-01", added)] = left.as_slice() else { panic!("{left:#?}") };
    assert!(number.starts_with("GIAO KẾ HOẠCH says this for all units") && added.starts_with("BS-01 comes of a common"), "{left:#?}");
    let [(name, text)] = updated.files.as_slice() else { panic!("{:#?}", told(&updated)) };
    assert_eq!(name, "giao.kh");
    assert!(text.starts_with(HANDING.trim_end()), "{text}");
    let own: Vec<&str> = text[HANDING.trim_end().len()..].lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        own,
        [
            "RIÊNG HH",
            "SỬA ĐỔI TC-02",
            "Thời gian hoàn thành: Tháng 5/2022",
            "SỬA ĐỔI TC-03: Tuyên truyền ở thôn",
            "Thời gian hoàn thành: Quý IV/2022",
        ]
    );
    // once more: what stands below the unit's RIÊNG is changed there
    let prelude = std::fs::read_to_string(support::root().join("tests/cases/prelude.kh")).expect("the registry of the cases");
    let again =
        project::check_sources(vec![("danh-ba.kh".into(), prelude), ("th.kh".into(), PARENT.into()), ("giao.kh".into(), text.clone())]);
    let mut document = self::document(&again, "HH-2022");
    edit(&mut document, "kh:HH-2022/TC-02/deadline", "Tháng 5/2022", "Tháng 6/2022");
    edit(&mut document, "kh:HH-2022/TC-01/deadline", "Quý III/2022", "Quý IV/2022");
    let second = project::update(&again, &document, None).expect("tags");
    let [(_, twice)] = second.files.as_slice() else { panic!("{:#?}", told(&second)) };
    assert_eq!(
        difference(text, twice),
        ["-Thời gian hoàn thành: Tháng 5/2022", "+SỬA ĐỔI TC-01", "+Thời gian hoàn thành: Tháng 6/2022"],
        "{twice}"
    );
}

#[test]
fn what_several_units_share_is_told_and_not_written() {
    let compiled = handed();
    let text = HANDING
        .replace("KHÔNG ÁP DỤNG TC-02\nLoại: không có đối tượng\nLý do: Không có", "SỬA ĐỔI TC-02\nThời gian hoàn thành: Quý III/2022");
    let files = compiled.sources.iter().map(|(_, file)| (file.name().to_owned(), file.text().to_owned()));
    let compiled =
        project::check_sources(files.map(|(name, old)| (name.clone(), if name == "giao.kh" { text.clone() } else { old })).collect());
    let mut document = document(&compiled, "BS-2022");
    edit(&mut document, "kh:BS-2022/TC-02/deadline", "Quý III/2022", "Tháng 5/2022");
    let updated = project::update(&compiled, &document, None).expect("tags");
    assert!(
        updated.files.is_empty() && told(&updated)[0].contains("the RIÊNG on line 20 answers this for several units"),
        "{:#?}",
        told(&updated)
    );
}

/// The parent with prose, which the child takes over.
fn with_prose() -> Compiled {
    let compiled = compiled();
    let files = compiled.sources.iter().map(|(_, file)| (file.name().to_owned(), file.text().to_owned()));
    let prose = "PHẦN I: Mục đích\nMỤC: Mục đích chung\n\nPHẦN II: Yêu cầu của HĐND tỉnh\nMỤC: Chất lượng\nKiểu: gạch\n- Rà soát {TC-01}\n- Tuyên truyền ở {đơn vị}\n\n\\KẾ HOẠCH phải rõ ràng\n\nPHỤ LỤC 01";
    let written = |name: &str, old: String| if name == "th.kh" { old.replace("PHỤ LỤC 01", prose) } else { old };
    project::check_sources(files.map(|(name, old)| (name.clone(), written(&name, old))).collect())
}

#[test]
fn inherited_prose_that_was_changed_becomes_a_part_of_the_plans_own() {
    let compiled = with_prose();
    let mut document = document(&compiled, "HH-2022");
    edit(&mut document, "kh:HH-2022//part/II", "YÊU CẦU", "YÊU CẦU MỚI");
    edit(&mut document, "kh:HH-2022//part/II.1.2", "Tuyên truyền", "Phổ biến");
    let updated = project::update(&compiled, &document, None).expect("tags");
    assert_eq!(updated.revised.iter().filter(|one| one.left.is_some()).count(), 0, "{:#?}", told(&updated));
    let [(name, text)] = updated.files.as_slice() else { panic!("{:#?}", told(&updated)) };
    assert_eq!(name, "hh.kh");
    let come = difference(CHILD, text);
    let own: Vec<&str> = come.iter().map(String::as_str).collect();
    assert_eq!(own.first(), Some(&"+PHẦN II: Yêu cầu mới của HĐND huyện"), "{text}");
    assert_eq!(
        own[1..],
        ["+MỤC: Chất lượng", "+Kiểu: gạch", "+- Rà soát {TC-01}", "+- Phổ biến ở {đơn vị}", "+\\KẾ HOẠCH phải rõ ràng"],
        "{text}"
    );
    assert!(text.find("PHẦN I:") < text.find("PHẦN II:") && text.find("PHẦN II:") < text.find("# ba việc"), "{text}");
}

#[test]
fn a_title_printed_in_capitals_is_written_with_small_letters() {
    let compiled = compiled();
    let mut document = document(&compiled, "HH-2022");
    edit(&mut document, "kh:HH-2022//part/I", "MỤC ĐÍCH", "MỤC ĐÍCH VÀ YÊU CẦU");
    let updated = project::update(&compiled, &document, None).expect("tags");
    let [(_, text)] = updated.files.as_slice() else { panic!("{:#?}", told(&updated)) };
    assert_eq!(difference(CHILD, text), ["-PHẦN I: Mục đích", "+PHẦN I: Mục đích và yêu cầu"]);
}

#[test]
fn an_emptied_field_is_taken_out_where_the_plan_states_it_and_told_where_it_is_inherited() {
    let compiled = compiled();
    let mut upper = document(&compiled, "TH-2022");
    edit(&mut upper, "kh:TH-2022/TC-01/coordinators", "Sở Nội vụ", "");
    edit(&mut upper, "kh:TH-2022/TC-01/coordinators", "Sở Tài chính", "");
    edit(&mut upper, "kh:TH-2022/TC-01/coordinators", "-", "");
    edit(&mut upper, "kh:TH-2022/TC-02/content", "Kiểm soát thủ tục hành chính", "");
    let updated = project::update(&compiled, &upper, None).expect("tags");
    let [(_, text)] = updated.files.as_slice() else { panic!("{:#?}", told(&updated)) };
    assert_eq!(difference(PARENT, text), ["-Cơ quan phối hợp: Sở Nội vụ; Sở Tài chính"]);
    assert!(told(&updated)[1].contains("which it cannot be"), "{:#?}", told(&updated));
    let mut child = document(&compiled, "HH-2022");
    edit(&mut child, "kh:HH-2022/TC-02/deadline", "Quý II/2022", "");
    let updated = project::update(&compiled, &child, None).expect("tags");
    assert!(updated.files.is_empty() && told(&updated)[0].contains("SỬA ĐỔI replaces a field and drops none"), "{:#?}", told(&updated));
}

#[test]
fn words_between_several_places_of_a_paragraph_are_told() {
    let compiled = compiled();
    let mut printed = document(&compiled, "TH-2022");
    let control = |field: &str, text: &str| Control { tag: format!("kh:TH-2022/TC-03/{field}"), text: text.into(), ..Control::default() };
    let controls = vec![control("leads", "Sở Nội vụ"), control("deadline", "Thường xuyên")];
    let joined = |text: &str| Block::Paragraph(Paragraph { text: text.into(), controls: controls.clone(), ..Paragraph::default() });
    let mut edited = printed.clone();
    printed.blocks.push(joined("Chủ trì: Sở Nội vụ; thời gian: Thường xuyên"));
    edited.blocks.push(joined("Chủ trì: Sở Nội vụ cùng các huyện; thời gian: Thường xuyên"));
    let updated = project::update(&compiled, &edited, Some(&printed)).expect("tags");
    let [beside] = updated.beside.as_slice() else { panic!("{:?}", updated.beside) };
    assert!(beside.en.contains("“Chủ trì: … cùng các huyện; thời gian: …”"), "{}", beside.en);
}
