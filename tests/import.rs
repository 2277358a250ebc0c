//! Documents as they exist, read: our own in the shapes that real ones have, and the issued ones where these are at hand (`KEHOACH_SEEDS`).
//!
//! Beside each document in `tests/documents` stands what is read from it (`.read`); `KEHOACH_BLESS=1` writes these files anew.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

use kehoach::agency::Registry;
use kehoach::base::{Date, Key, clean};
use kehoach::diag::{Code, Lang};
use kehoach::import::{self, Revisions};
use kehoach::import::{Block, Cell, Criterion, DeadlineItem, Document, Paragraph, Reading, Row, Table, Task, read};
use kehoach::project;

/// Reads a text as `import` does.
fn import_text(name: &str, text: &str, registry: Option<&Registry>) -> Reading {
    project::import_bytes(name, text.as_bytes(), Revisions::default(), registry).expect("a text is read")
}

fn documents() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(support::root().join("tests/documents")).expect("the documents");
    let mut out: Vec<PathBuf> =
        folder.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext != "read")).collect();
    out.sort();
    out
}

fn read_file(path: &PathBuf) -> Reading {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    import_text(&name, &std::fs::read_to_string(path).expect("text"), None)
}

/// What was read, as lines that a person can hold against the document.
fn shown(reading: &Reading) -> String {
    let mut out = String::new();
    let mut line = |text: &str| writeln!(out, "{text}").expect("a string");
    let h = &reading.header;
    let day = h.date.map(Date::iso).unwrap_or_default();
    line(&format!("số {} | ngày {day} | tại {} | {} | {}", h.number, h.place, h.issuer, h.form));
    line(&format!("thẩm quyền {} | kèm {}", h.authority, h.attached));
    line(&format!("tiêu đề {} | năm {:?} | giai đoạn {:?}", h.title, h.year, h.period));
    for basis in &h.legal_bases {
        line(&format!("căn cứ {} | {} | {}", basis.text, basis.number, basis.date.map(Date::iso).unwrap_or_default()));
    }
    line(&format!("đề nghị {} | thi hành {} | ký {} / {}", h.proposer, h.responsible, h.signer.title.replace('\n', " "), h.signer.name));
    line(&format!("nơi nhận {}", h.recipients.join(" ; ")));
    for part in &reading.parts {
        let pad = "  ".repeat(usize::from(part.depth));
        line(&format!(
            "{pad}{:?} {}{} {}{}",
            part.kind,
            part.number,
            if part.appendix.is_empty() { String::new() } else { format!(" [{}]", part.appendix) },
            if part.title.is_empty() { String::new() } else { format!("«{}» ", part.title) },
            part.text
        ));
    }
    for target in &reading.targets {
        line(&format!("chỉ tiêu {} | {}", target.text, target.measure));
    }
    for appendix in &reading.appendices {
        let caption = appendix.caption.replace('\n', " / ");
        line(&format!(
            "phụ lục {} ({}) {} | {caption} | {} | {}",
            appendix.number,
            appendix.printed,
            appendix.name,
            appendix.attached,
            appendix.columns.join(" ; ")
        ));
    }
    for task in &reading.tasks {
        one_task(task, &mut line);
    }
    for criterion in reading.criteria.iter().chain(&reading.totals) {
        line(&score(criterion));
    }
    for doubt in &reading.doubts {
        let place = doubt.place;
        line(&format!(
            "ngờ {} dòng {} bảng {} hàng {}: {} «{}»",
            doubt.code,
            place.line,
            place.table,
            place.row,
            doubt.message.get(Lang::Vi),
            doubt.quote
        ));
    }
    for left in &reading.leftover {
        line(&format!("còn lại dòng {}: {}", left.origin.line, left.text.replace('\n', " / ")));
    }
    out
}

fn one_task(task: &Task, line: &mut impl FnMut(&str)) {
    let place = task.origin;
    line(&format!(
        "nhiệm vụ {} | số {} | {} | dòng {} bảng {} hàng {}",
        task.code,
        task.row,
        task.sections.join(" > "),
        place.line,
        place.table,
        place.row
    ));
    line(&format!("  {}", task.content.replace('\n', " / ")));
    for (name, list) in
        [("sản phẩm", &task.products), ("chủ trì", &task.leads), ("phối hợp", &task.coordinators), ("tổng hợp", &task.synthesisers)]
    {
        if !list.is_empty() {
            line(&format!("  {name}: {}", list.join(" | ")));
        }
    }
    for duty in &task.duties {
        line(&format!("  việc của {}: {}", duty.body, duty.text));
    }
    for item in &task.deadline_items {
        let day = |day: Option<Date>| day.map(Date::iso).unwrap_or_default();
        line(&format!("  hạn [{}] {} | {} {} {}", item.of, item.text, item.kind, day(item.earliest), day(item.latest)));
    }
    for (name, text) in [("kinh phí", &task.budget), ("ghi chú", &task.notes), ("căn cứ", &task.basis)] {
        if !text.is_empty() {
            line(&format!("  {name}: {text}"));
        }
    }
    for own in &task.own {
        line(&format!("  cột {} = {}", own.name, own.value));
    }
}

fn score(c: &Criterion) -> String {
    let solution = c.solution.replace('\n', " / ");
    format!("tiêu chí {} | {} | {} {} {} | {solution} | {}", c.number, c.name, c.standard, c.previous, c.target, c.leads.join(" ; "))
}

#[test]
fn documents_in_the_shapes_of_real_ones_are_read_as_they_stand() {
    let mut wrong = Vec::new();
    for path in documents() {
        let read = shown(&read_file(&path));
        let golden = path.with_extension("read");
        if std::env::var_os("KEHOACH_BLESS").is_some() {
            std::fs::write(&golden, &read).expect("the golden file");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        if read != expected {
            let at = read.lines().zip(expected.lines()).find(|(a, b)| a != b);
            wrong.push(format!("{}: {at:?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_shape_gives_its_tasks_and_criteria() {
    let count = |name: &str| {
        let reading = read_file(&support::root().join("tests/documents").join(name));
        (reading.tasks.len(), reading.criteria.len())
    };
    assert_eq!(count("hang-gach-dung.txt"), (3, 0));
    assert_eq!(count("tab-ngat-trang.txt"), (4, 0));
    assert_eq!(count("moi-o-mot-dong.txt"), (0, 4));
    assert_eq!(count("gach-le.md"), (3, 0));
    assert_eq!(count("dong-co-nhan.txt"), (3, 0));
    assert_eq!(count("bang-markdown.md"), (4, 0));
    assert_eq!(count("cot-khoang-trang.txt"), (3, 0));
}

#[test]
fn the_json_keeps_the_contract() {
    let reading = read_file(&support::root().join("tests/documents/hang-gach-dung.txt"));
    let json = project::import_json(&[("a.txt".to_owned(), reading)], Lang::En);
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["schema"], "kehoach/import/1");
    let keys = |value: &serde_json::Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    for key in ["header", "parts", "targets", "tasks", "criteria", "doubts", "appendices", "leftover"] {
        assert!(keys(&value).iter().any(|known| known == key), "{key}");
    }
    assert_eq!(value["header"]["date"], "2023-12-08");
    let task = &value["tasks"][0];
    assert_eq!((task["code"].as_str(), task["appendix"].as_str(), task["row"].as_str()), (Some("PL01.1"), Some("01"), Some("1")));
    let item = &task["deadline_items"][0];
    assert_eq!(keys(item), ["for", "text", "kind", "earliest", "latest"]);
    assert_eq!((item["for"].as_str(), item["latest"].as_str()), (Some("Quyết định"), Some("2024-03-31")));
    assert_eq!(keys(&task["origin"]), ["line", "table", "row", "column"]);
    let doubt = &value["doubts"][0];
    assert_eq!(keys(doubt), ["code", "message", "quote", "origin"]);
}

fn cell(text: &str, span: u32, merged: bool) -> Cell {
    let paragraphs =
        text.split("//").filter(|part| !part.is_empty()).map(|part| Paragraph { text: part.to_owned(), ..Paragraph::default() });
    Cell { paragraphs: paragraphs.collect(), span, merged, ..Cell::default() }
}

/// A table from rows of cells: `text`, `text^` for one that goes on from the row above, `text>n` for one over n columns.
fn table(rows: &[&[&str]]) -> Table {
    let row = |cells: &&[&str]| Row {
        cells: cells
            .iter()
            .map(|text| match (text.split_once('>'), text.strip_suffix('^')) {
                (Some((text, span)), _) => cell(text, span.parse().expect("a number"), false),
                (None, Some(text)) => cell(text, 1, true),
                (None, None) => cell(text, 1, false),
            })
            .collect(),
        heading: false,
    };
    Table { rows: rows.iter().map(row).collect(), ..Table::default() }
}

fn read_blocks(tables: Vec<Table>) -> Reading {
    read(&Document { name: "a.docx".to_owned(), blocks: tables.into_iter().map(Block::Table).collect() }, None)
}

#[test]
fn merged_cells_give_each_row_its_value() {
    let reading = read_blocks(vec![table(&[
        &["STT", "Nội dung", "Cơ quan thực hiện>2", "Thời gian"],
        &["STT^", "Nội dung^", "Chủ trì", "Phối hợp", "Thời gian^"],
        &["I. THỂ CHẾ>5"],
        &["1", "Rà soát văn bản", "Sở Tư pháp", "Các sở", "Quý I/2024"],
        &["2", "Kiểm tra văn bản", "Sở Tư pháp^", "UBND cấp huyện", "Quý II/2024"],
        &["II", "BỘ MÁY>4"],
        &["1", "Sắp xếp các phòng", "Sở Nội vụ", "Các sở", "- Đề án: Quý I/2024"],
        &["1^", "Sắp xếp các phòng^", "Sở Nội vụ^", "Sở Tài chính", "- Báo cáo: Quý IV/2024"],
    ])]);
    let shown: Vec<(&str, &str, Vec<String>, Vec<String>)> =
        reading.tasks.iter().map(|t| (t.code.as_str(), t.section.as_str(), t.leads.clone(), t.coordinators.clone())).collect();
    let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        shown,
        [
            ("NV.I.1", "I. THỂ CHẾ", list(&["Sở Tư pháp"]), list(&["Các sở"])),
            ("NV.I.2", "I. THỂ CHẾ", list(&["Sở Tư pháp"]), list(&["UBND cấp huyện"])),
            ("NV.II.1", "II. BỘ MÁY", list(&["Sở Nội vụ"]), list(&["Các sở", "Sở Tài chính"])),
        ]
    );
    let times: Vec<&str> = reading.tasks[2].deadline_items.iter().map(|item| item.of.as_str()).collect();
    assert_eq!(times, ["Đề án", "Báo cáo"]);
}

#[test]
fn a_table_goes_on_over_a_page_with_and_without_its_headings() {
    let reading = read_blocks(vec![
        table(&[&["TT", "Nhiệm vụ", "Chủ trì", "Hạn"], &["1", "Lập kế hoạch của", "Sở Nội", "Quý I/2024"]]),
        table(&[&["", "từng phòng.", "vụ", ""], &["2", "Báo cáo.", "Sở Tài chính", "Quý II/2024"]]),
        table(&[&["TT", "Nhiệm vụ", "Chủ trì", "Hạn"], &["3", "Tổng kết.", "Sở Nội vụ", "Quý IV/2024"]]),
    ]);
    let shown: Vec<(&str, &str, String)> = reading.tasks.iter().map(|t| (t.row.as_str(), t.content.as_str(), t.leads.join("|"))).collect();
    assert_eq!(
        shown,
        [
            ("1", "Lập kế hoạch của từng phòng.", "Sở Nội vụ".to_owned()),
            ("2", "Báo cáo.", "Sở Tài chính".to_owned()),
            ("3", "Tổng kết.", "Sở Nội vụ".to_owned())
        ]
    );
    assert!(reading.doubts.iter().any(|doubt| doubt.code.text() == "KH5019"));
}

#[test]
fn headings_over_several_columns_name_what_the_words_below_do_not() {
    let reading = read_blocks(vec![table(&[
        &["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị theo dõi", "Thời gian thực hiện>2"],
        &["TT^", "Nhiệm vụ^", "Đơn vị chủ trì^", "Đơn vị theo dõi^", "Bắt đầu", "Kết thúc"],
        &["1", "Lập danh mục", "Sở Nội vụ", "Văn phòng UBND tỉnh", "Quý I/2024", "Quý III/2024"],
        &["-", "In danh mục", "Sở Tài chính", "", "Quý II/2024", ""],
    ])]);
    let task = &reading.tasks[0];
    assert_eq!((task.deadline.as_str(), task.leads.as_slice()), ("Quý I/2024", &["Sở Nội vụ".to_owned()][..]));
    let own: Vec<(&str, &str)> = task.own.iter().map(|own| (own.name.as_str(), own.value.as_str())).collect();
    assert_eq!(own, [("Đơn vị theo dõi", "Văn phòng UBND tỉnh"), ("Thời gian thực hiện Kết thúc", "Quý III/2024")]);
    assert_eq!(reading.tasks[1].code, "NV.2");
}

#[test]
fn no_break_spaces_are_spaces() {
    let lines = [
        "KẾ HOẠCH",
        "I.\u{a0}NHIỆM VỤ",
        "a)\u{a0}Rà soát văn bản.",
        "-\u{a0}Cơ quan chủ trì: Sở\u{a0}Tư pháp.",
        "-\u{a0}Thời gian: Quý\u{a0}I/2024.",
    ];
    let blocks = lines.iter().map(|text| Block::Paragraph(Paragraph { text: (*text).to_owned(), ..Paragraph::default() }));
    let reading = read(&Document { name: "a.docx".to_owned(), blocks: blocks.collect() }, None);
    assert_eq!(reading.tasks.len(), 1);
    assert_eq!((reading.tasks[0].leads[0].as_str(), reading.tasks[0].deadline_items[0].kind.as_str()), ("Sở Tư pháp", "point"));
}

#[test]
fn rows_without_numbers_are_tasks_all_the_same() {
    let reading = read_blocks(vec![table(&[
        &["Nội dung công việc", "Đơn vị thực hiện", "Sản phẩm", "Thời hạn", "Ghi chú"],
        &["Rà soát thủ tục.", "- Phòng Nội vụ//- UBND các xã", "Danh mục", "Trước 15/3/2024", ""],
        &["Niêm yết thủ tục.", "Bộ phận một cửa", "", "Thường xuyên", "Hằng ngày"],
    ])]);
    assert_eq!(reading.tasks.len(), 2);
    assert_eq!(reading.tasks[0].leads, ["Phòng Nội vụ", "UBND các xã"]);
    assert_eq!((reading.tasks[1].code.as_str(), reading.tasks[1].notes.as_str()), ("NV.2", "Hằng ngày"));
}

#[test]
fn nothing_that_stands_in_a_document_breaks_the_reader() {
    let nested = format!("TT | Nội dung | Chủ trì |\n{}", "1 | a | b | c | d |\n|\n".repeat(50));
    let bars = "|\n".repeat(3000);
    let odd = [
        "",
        "\n\n\n",
        "|",
        "||||",
        "\t\t\t",
        "STT\n\n1\n\n",
        "TT\nNội dung\nChủ trì\nThời gian\n",
        "<ul><li><br></p>&nbsp;&#x110000;&#55;",
        "* * *\n**\n***a",
        "Điều 1.",
        "Số:",
        "(",
        nested.as_str(),
        bars.as_str(),
    ];
    for text in odd {
        let reading = import_text("a.txt", text, None);
        assert!(reading.tasks.len() < 100, "{text}");
    }
    // one cell that is a book
    let long = "Sở Nội vụ, UBND cấp xã (a): thực hiện. ".repeat(800);
    for text in [
        long.clone(),
        format!("TT | Nội dung | Chủ trì | Thời gian |\n1 | {long} | {long} | {long} |\n"),
        format!("KẾ HOẠCH\nI. NHIỆM VỤ\n1. {long}"),
    ] {
        import_text("a.txt", &text, None);
    }
    // cut anywhere, at every character
    let whole = std::fs::read_to_string(support::root().join("tests/documents/gach-le.md")).expect("text");
    for (at, _) in whole.char_indices().step_by(37) {
        import_text("a.md", &whole[..at], None);
        import_text("a.md", &whole[at..], None);
    }
}

#[test]
fn documents_with_lines_lost_doubled_and_cut_are_read() {
    let mut seed = 12_345u32;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % below.max(1)
    };
    for path in documents() {
        let text = std::fs::read_to_string(&path).expect("text");
        for _ in 0..12 {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            for _ in 0..8 {
                let at = next(lines.len());
                match next(5) {
                    0 => drop(lines.remove(at)),
                    1 => lines.insert(at, lines[at].clone()),
                    2 => lines[at] = lines[at].chars().skip(next(9)).collect(),
                    3 => lines.insert(at, ["|", "", "STT", "1", "I.", "**", "\t\t"][next(7)].to_owned()),
                    _ => {
                        let other = next(lines.len());
                        lines.swap(at, other);
                    }
                }
            }
            let reading = import_text("a.txt", &lines.join("\n"), None);
            assert!(reading.tasks.iter().all(|task| !task.code.is_empty()));
        }
    }
}

/// Returns the text of the document whose name starts with `number`; `None` where the documents are not at hand.
fn seed(number: &str) -> Option<Reading> {
    let folder = std::env::var_os("KEHOACH_SEEDS")?;
    let entry = std::fs::read_dir(&folder)
        .expect("the folder that KEHOACH_SEEDS names")
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with(number))
        .unwrap_or_else(|| panic!("no document {number}"));
    Some(import_text("seed.txt", &std::fs::read_to_string(entry.path()).expect("text"), None))
}

/// Folds text for comparison: key, without spaces and separators.
fn fold(text: &str) -> String {
    Key::new(&clean(&text.replace('\n', " "))).as_str().replace([' ', '.', ';', ','], "")
}

fn folded(list: &[String]) -> Vec<String> {
    list.iter().map(|text| fold(text)).collect()
}

fn whole(item: &DeadlineItem) -> String {
    if item.of.is_empty() { item.text.clone() } else { format!("{}: {}", item.of, item.text) }
}

/// The tables that were read by hand, beside the documents.
fn gold(name: &str) -> Option<serde_json::Value> {
    let folder = PathBuf::from(std::env::var_os("KEHOACH_SEEDS")?).parent()?.join("gold");
    let text = std::fs::read_to_string(folder.join(name)).ok()?;
    Some(serde_json::from_str(&text).expect("JSON"))
}

fn as_gold(number: &str, file: &str, count: usize) {
    let (Some(reading), Some(gold)) = (seed(number), gold(file)) else { return };
    let (head, by_hand) = (&reading.header, &gold["header"]);
    let text = |key: &str| by_hand[key].as_str().unwrap_or("").to_owned();
    assert_eq!(
        [&head.number, &head.place, &head.signer.title, &head.signer.name],
        [&text("so_hieu"), &text("place"), &text("signer_title"), &text("signer")]
    );
    assert_eq!(head.date.map(Date::iso).unwrap_or_default(), text("date"));
    assert_eq!((fold(&head.issuer), fold(&head.authority)), (fold(&text("issuing_body")), fold(&text("signing_authority"))));
    assert!(fold(&text("title")).ends_with(&fold(&head.title)) && head.title.chars().count() > 20, "{}", head.title);
    assert_eq!(head.year.map(i64::from), by_hand["plan_year"].as_i64());
    let bases: Vec<&str> = head.legal_bases.iter().map(|basis| basis.number.as_str()).filter(|number| !number.is_empty()).collect();
    let stated =
        by_hand["legal_bases"].as_array().into_iter().flatten().flat_map(|basis| basis["numbers"].as_array().into_iter().flatten());
    assert_eq!(bases, stated.filter_map(|number| number.as_str()).collect::<Vec<_>>());
    assert!(fold(&head.proposer).starts_with(&fold(&text("proposing_body"))));
    assert_eq!(head.articles.len() as u64, by_hand["articles"].as_u64().unwrap_or(0));
    let tasks = gold["tasks"].as_array().expect("tasks");
    assert_eq!((reading.tasks.len(), tasks.len()), (count, count));
    for (task, by_hand) in reading.tasks.iter().zip(tasks) {
        let text = |key: &str| fold(by_hand[key].as_str().unwrap_or(""));
        let list = |key: &str| by_hand[key].as_array().into_iter().flatten().map(|v| fold(v.as_str().unwrap_or(""))).collect::<Vec<_>>();
        let code = &task.code;
        assert_eq!(fold(&task.content), text("content_full"), "{code}");
        assert_eq!(folded(&task.products), list("products"), "{code}");
        assert_eq!(folded(&task.leads), list("lead_units"), "{code}");
        assert_eq!(folded(&task.coordinators), list("coord_units"), "{code}");
        assert_eq!(folded(&task.synthesisers), list("aggregator"), "{code}");
        assert_eq!(fold(&task.deadline), text("deadline"), "{code}");
        assert_eq!(task.deadline_items.iter().map(|item| fold(&whole(item))).collect::<Vec<_>>(), list("deadline_items"), "{code}");
        assert!(task.deadline_items.iter().all(|item| item.kind != "unknown"), "{code}");
        assert_eq!(task.row, by_hand["no"].as_str().unwrap_or("").trim_end_matches('.'), "{code}");
        if let Some(appendix) = by_hand["appendix"].as_u64() {
            assert_eq!(task.appendix, format!("{appendix:02}"), "{code}");
        }
    }
}

#[test]
fn the_province_of_2022_is_read_as_by_hand() {
    as_gold("000", "gold_seed_000.json", 54);
}

#[test]
fn the_province_of_2020_is_read_as_by_hand() {
    as_gold("003", "gold_seed_003.json", 21);
}

#[test]
fn the_districts_34_rows_are_read() {
    let Some(reading) = seed("002") else { return };
    let rows: BTreeMap<String, &Task> = reading.tasks.iter().map(|task| (format!("{}.{}", task.appendix, task.row), task)).collect();
    assert_eq!((reading.tasks.len(), rows.len()), (34, 34));
    let mut table = csv::Reader::from_path(support::root().join("tests/facts/hoang-hoa-2023-all.csv")).expect("the table");
    for record in table.records() {
        let record = record.expect("a row");
        let task = rows[&record[1]];
        // where the table of facts has several bodies or a duty in one place, the reading takes them apart
        let joined = |list: &[String]| fold(&list.join(" "));
        let stated = |at: usize| record[at].split(" | ").filter(|item| !item.is_empty()).map(fold).collect::<Vec<_>>();
        for (at, list) in [(2, &task.leads), (3, &task.coordinators)] {
            let plain = folded(list) == stated(at);
            let finer = list.iter().all(|name| name.split(' ').all(|word| fold(&record[at]).contains(&fold(word))));
            assert!(plain || finer, "{}: {list:?}", task.code);
        }
        assert_eq!(folded(&task.synthesisers), stated(4), "{}", task.code);
        assert_eq!(folded(&task.products), stated(5), "{}", task.code);
        let items: Vec<String> = task.deadline_items.iter().map(whole).collect();
        assert_eq!(joined(&items), stated(6).join(""), "{}", task.code);
    }
}

#[test]
fn the_66_tasks_with_labelled_lines_are_read() {
    let Some(reading) = seed("001") else { return };
    let compiled = project::check_sources(support::corpus("quang-ngai"));
    let derived = compiled.derivations.iter().find(|d| compiled.model.plan(d.plan).code.text == "QN-2022").expect("the plan");
    let tasks = &derived.content.tasks;
    assert_eq!((reading.tasks.len(), tasks.len()), (66, 66));
    let sections: Vec<&str> = reading.tasks.iter().map(|task| task.section.as_str()).collect();
    let mut distinct = sections.clone();
    distinct.dedup();
    assert_eq!(distinct.len(), 8);
    for (read, ours) in reading.tasks.iter().zip(tasks) {
        let names = |list: Option<&Vec<kehoach::model::Role>>| list.into_iter().flatten().map(|role| fold(&role.text)).collect::<Vec<_>>();
        let fields = &ours.fields;
        assert_eq!(folded(&read.leads), names(fields.leads.as_ref().map(|f| &f.value)), "{}", read.code);
        assert_eq!(folded(&read.coordinators), names(fields.coordinators.as_ref().map(|f| &f.value)), "{}", read.code);
        assert!(!read.products.is_empty() && !read.content.is_empty() && !read.deadline.is_empty(), "{}", read.code);
        assert!(read.deadline_items.iter().all(|item| item.kind != "unknown"), "{}: {:?}", read.code, read.deadline_items);
    }
}

#[test]
fn the_119_criteria_are_read_with_all_numbers() {
    let Some(reading) = seed("004") else { return };
    let mut table = csv::Reader::from_path(support::root().join("tests/facts/dak-nong-2022.csv")).expect("the table");
    let facts: Vec<csv::StringRecord> = table.records().flatten().collect();
    assert_eq!(reading.criteria.len(), 119);
    assert_eq!(reading.totals.len(), 1);
    for (criterion, fact) in reading.criteria.iter().chain(&reading.totals).zip(&facts) {
        let read = [&criterion.number, &criterion.standard, &criterion.previous, &criterion.target];
        assert_eq!(read.map(String::as_str), [&fact[0], &fact[1], &fact[2], &fact[3]]);
        // the table of facts leaves the bodies of inner criteria out and shortens one
        assert!(fact[4].is_empty() || fold(&criterion.lead).starts_with(&fold(&fact[4])), "{}", criterion.number);
    }
}

#[test]
fn a_cell_that_says_as_above_takes_the_words_of_the_cell_above() {
    let rows = [
        "TT\tNội dung\tSản phẩm\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian",
        "1\tTự kiểm tra văn bản\tBáo cáo\tPhòng Tư pháp\tPhòng Nội vụ; Công an huyện\tQuý II/2023",
        "2\tMở lớp về hộ tịch\tLớp học\t-nt-\tNhư trên\t15/12",
        "3\tPhát tờ gấp\tTờ gấp\t\"\tUBND xã\t〃",
    ];
    let document = import::open("bang.txt", rows.join("\n").as_bytes(), import::OpenOptions::default()).expect("a text").document;
    let reading = import::read(&document, None);
    let read: Vec<_> =
        reading.tasks.iter().map(|task| (task.leads.join("; "), task.coordinators.join("; "), task.deadline.clone())).collect();
    let wanted = [
        ("Phòng Tư pháp", "Phòng Nội vụ; Công an huyện", "Quý II/2023"),
        ("Phòng Tư pháp", "Phòng Nội vụ; Công an huyện", "15/12"),
        ("Phòng Tư pháp", "UBND xã", "15/12"),
    ];
    assert_eq!(read, wanted.map(|(lead, with, by)| (lead.to_owned(), with.to_owned(), by.to_owned())));
    let said = reading.doubts.iter().filter(|doubt| doubt.code == Code::KH5026).count();
    assert_eq!(said, 4, "{:#?}", reading.doubts);
    // a day without its year is understood
    assert!(!reading.doubts.iter().any(|doubt| doubt.code == Code::KH5018), "{:#?}", reading.doubts);
}
