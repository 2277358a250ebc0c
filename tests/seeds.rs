//! The corpus and the tables of facts against the issued documents, where these are at hand: set `KEHOACH_SEEDS` to their folder.

mod support;

use std::collections::{BTreeMap, HashSet};

use kehoach::agency::Body;
use kehoach::base::{Date, Key, clean};
use kehoach::derive::{Content, Derivation};
use kehoach::diag::Severity;
use kehoach::fmt;
use kehoach::import::{DeadlineItem, Reading, RecordOptions, Revisions, record};
use kehoach::model::{Part, Role, Seat, Tag, Task, TaskField};
use kehoach::project::{self, Compiled, Input};
use kehoach::render::view::{self, PartView};
use kehoach::render::{self, Templates};

/// Returns the text of the document whose name starts with `number`; `None` where the documents are not at hand.
fn seed(number: &str) -> Option<String> {
    let folder = std::env::var_os("KEHOACH_SEEDS")?;
    let entry = std::fs::read_dir(&folder)
        .expect("the folder that KEHOACH_SEEDS names")
        .flatten()
        .find(|entry| entry.file_name().to_string_lossy().starts_with(number))
        .unwrap_or_else(|| panic!("no document {number}"));
    Some(std::fs::read_to_string(entry.path()).expect("text"))
}

/// Folds running text for containment: key, without the spaces and separators that tables add.
fn fold(text: &str) -> String {
    Key::new(&clean(text)).as_str().replace([' ', '.', ';', ','], "")
}

#[test]
fn the_districts_table_of_facts_is_as_printed() {
    let Some(text) = seed("002") else { return };
    let text = fold(&text.replace("<ul style=\"list-style-type: none\">", "").replace("</ul>", ""));
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts/hoang-hoa-2023.csv")).expect("the table");
    for record in reader.records() {
        let record = record.expect("a row");
        for cell in record.iter().skip(2) {
            for item in cell.split(" | ").filter(|item| !item.is_empty()) {
                assert!(text.contains(&fold(item)), "{}: “{item}” is not in the document", &record[0]);
            }
        }
    }
}

/// The rows of the district's seven tables by appendix and number (`02.8`). A row that a page break cuts goes on below an empty number.
fn district_rows(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut out: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut appendix, mut last) = (String::new(), String::new());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("Phụ lục số ") {
            appendix = rest.chars().take(2).collect();
        }
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        if appendix.is_empty() || cells.len() < 5 {
            continue;
        }
        if let Ok(number) = cells[0].trim().trim_end_matches('.').parse::<u32>() {
            last = format!("{appendix}.{number}");
            out.insert(last.clone(), cells);
        } else if cells[0].trim().is_empty() {
            let row = out.get_mut(&last).expect("a row that goes on");
            row.iter_mut().zip(cells).for_each(|(old, more)| *old = format!("{old} {more}"));
        }
    }
    out
}

#[test]
fn the_districts_34_rows_are_as_printed() {
    let Some(text) = seed("002") else { return };
    let text = text.replace("<ul style=\"list-style-type: none\">", "").replace("</ul>", "");
    let rows = district_rows(&text);
    assert_eq!(rows.len(), 34);
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts/hoang-hoa-2023-all.csv")).expect("the table");
    for record in reader.records() {
        let record = record.expect("a row");
        let row = &rows[&record[1]];
        let (who, time) = if row.len() == 5 { ([&row[3]; 3], &row[4]) } else { ([&row[3], &row[4], &row[4]], &row[5]) };
        for (cell, printed) in record.iter().skip(2).zip(who.into_iter().chain([&row[2], time])) {
            for item in cell.split(" | ").filter(|item| !item.is_empty()) {
                assert!(fold(printed).contains(&fold(item)), "{}: “{item}” is not in “{printed}”", &record[0]);
            }
        }
    }
}

/// The numbers of a text, sorted, each once.
fn numbers(text: &str) -> Vec<String> {
    let mut out: Vec<String> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    out.sort();
    out.dedup();
    out
}

/// The numbered and lettered paragraphs of PHẦN II of a document, marks and titles left out.
fn printed_paragraphs(text: &str) -> Vec<String> {
    let from = text.find("II. NỘI DUNG").expect("PHẦN II");
    let to = text.find("thời gian thực hiện; kinh phí").expect("the end of PHẦN II");
    let mark = |line: &str| {
        let head = line.split(' ').next().unwrap_or("");
        head.strip_suffix(')').is_some_and(|letter| letter.chars().count() == 1) || head.starts_with("1.") && head.len() == 4
    };
    let lines = text[from..to].lines().filter(|line| mark(line));
    lines.map(|line| line.split_once(' ').map_or("", |(_, rest)| rest).to_owned()).collect()
}

fn leaves(parts: &[PartView], out: &mut Vec<String>) {
    for part in parts {
        if part.below.is_empty() && !part.mark.is_empty() {
            out.push(part.text.clone());
        }
        leaves(&part.below, out);
    }
}

#[test]
fn each_paragraph_of_part_two_has_the_numbers_of_the_issued_one() {
    let compiled = project::check_sources(support::corpus("thanh-hoa"));
    for (number, code) in [("000", "TH-2022"), ("002", "HH-2023")] {
        let Some(text) = seed(number) else { return };
        let plan = &compiled.derivations[compiled.model.find(code).expect("the plan").index()];
        let view = view::plan(&compiled.model, plan, &render::Options::default());
        let part = view.parts.iter().find(|part| part.mark == "II.").expect("PHẦN II");
        let mut own = Vec::new();
        leaves(&part.below, &mut own);
        let printed = printed_paragraphs(&text);
        assert_eq!(own.len(), printed.len(), "{code}");
        for (own, printed) in own.iter().zip(&printed) {
            assert_eq!(numbers(own), numbers(printed), "{code}:\n{own}\n{printed}");
        }
    }
}

/// Words as they are compared for copying: small, without marks.
fn words(text: &str) -> Vec<String> {
    let key = Key::new(&clean(text)).to_string();
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn texts(parts: &[Part], out: &mut Vec<String>) {
    for part in parts {
        out.push(part.text.clone());
        texts(&part.below, out);
    }
}

#[test]
fn no_run_of_14_words_of_the_prose_is_copied() {
    const RUN: usize = 14;
    let mut known: HashSet<Vec<String>> = HashSet::new();
    for number in ["000", "001", "002", "003", "004"] {
        let Some(text) = seed(number) else { return };
        known.extend(words(&text).windows(RUN).map(<[String]>::to_vec));
    }
    // a citation cannot be worded otherwise
    let number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let dated = |words: &[String]| words[0] == "ngày" && words[1..].iter().all(number);
    let symbol = |word: &String| ["qđ", "nđ", "nq"].iter().any(|kind| word.starts_with(kind));
    let cites = |run: &[String]| run.iter().any(symbol) || run.windows(4).any(dated);
    let compiled = project::check_sources(support::corpus("thanh-hoa"));
    for derivation in &compiled.derivations {
        let content = &derivation.content;
        let mut prose: Vec<String> = content.tasks.iter().filter_map(|task| Some(task.fields.content.as_ref()?.value.clone())).collect();
        prose.extend(content.targets.iter().map(|line| line.target.text.clone()));
        texts(&content.parts, &mut prose);
        for text in prose {
            for run in words(&text).windows(RUN) {
                assert!(!known.contains(run) || cites(run), "copied: {}", run.join(" "));
            }
        }
    }
}

/// The rows of the province's seven tables: number, and cells.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        inside |= line.starts_with("CÁC NHIỆM VỤ TRỌNG TÂM");
        let cells: Vec<String> = line.split(" | ").map(|cell| cell.trim_end_matches(" |").to_owned()).collect();
        let numbered = cells[0].trim_end_matches('.').parse::<u32>().is_ok();
        if inside && numbered && cells.len() >= 5 {
            out.push(cells);
        }
    }
    out
}

#[test]
fn the_provinces_54_tasks_carry_the_facts_of_their_rows() {
    let Some(text) = seed("000") else { return };
    let rows = rows(&text);
    let compiled = project::check_sources(support::corpus("thanh-hoa"));
    let plan = &compiled.derivations[compiled.model.find("TH-2022").expect("TH-2022").index()].content;
    assert_eq!((rows.len(), plan.tasks.len()), (54, 54));
    for (row, task) in rows.iter().zip(&plan.tasks) {
        let code = &task.code.text;
        let fields = &task.fields;
        // the seventh table has one column for leads, coordinators and who sums up
        let (who, time) = if row.len() == 5 { (row[3].clone(), &row[4]) } else { (format!("{}; {}", row[3], row[4]), &row[5]) };
        let holds = |cell: &str, words: &str| {
            assert!(fold(cell).contains(&fold(words)), "{code}: “{words}” is not in “{cell}”");
        };
        for product in fields.products.iter().flat_map(|piece| &piece.value) {
            holds(&row[2].replace("BTV", "Ban Thường vụ"), &product.text);
        }
        let read = compiled.model.registry.read_list(&clean(&who), false, Date::first_of_year(2022));
        for role in [&fields.leads, &fields.coordinators, &fields.synthesisers].into_iter().flatten().flat_map(|piece| &piece.value) {
            // the registry reads shortened and elided names; an open class is known by its words alone
            let known = read.iter().any(|listed| listed.body == role.body && !matches!(role.body, Body::Open | Body::Unknown));
            assert!(known || fold(&who).contains(&fold(&role.text)), "{code}: “{}” is not in “{who}”", role.text);
        }
        for entry in fields.deadline.iter().flat_map(|piece| &piece.value.entries) {
            holds(time, &entry.text);
        }
    }
}

/// The cells of the document that has one to a line, from the head of the score table on.
fn score_cells(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.replace('\u{a0}', "").trim().to_owned()).filter(|line| !line.is_empty());
    lines.skip_while(|line| line != "Điểm chuẩn").collect()
}

#[test]
fn the_table_of_119_scores_is_as_printed_and_in_its_order() {
    let Some(text) = seed("004") else { return };
    let cells = score_cells(&text);
    let mut from = 0;
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts/dak-nong-2022.csv")).expect("the table");
    for record in reader.records() {
        let record = record.expect("a row");
        let scores = [&record[1], &record[2], &record[3]];
        // number, title in one to three lines, scores
        let is_row = |at: usize| {
            let named = record[0].is_empty() || cells[at] == record[0];
            named && (1..5).any(|gap| cells.get(at + gap..at + gap + 3).is_some_and(|found| found == scores))
        };
        let at = (from..cells.len()).find(|at| is_row(*at)).unwrap_or_else(|| panic!("{} {scores:?} is not printed", &record[0]));
        from = at + 1;
    }
}

#[test]
fn the_list_of_21_tasks_is_as_printed() {
    let Some(text) = seed("003") else { return };
    let text = fold(&text);
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts/thai-nguyen-2020.csv")).expect("the table");
    for record in reader.records() {
        let record = record.expect("a row");
        for item in record.iter().skip(1).flat_map(|cell| cell.split(" | ")) {
            // several departments share one word: `Sở Tư pháp, Nội vụ`
            assert!(text.contains(&fold(item.trim_start_matches("Sở "))), "{}: “{item}” is not in the document", &record[0]);
        }
    }
}

/// The lettered tasks of the document in which they stand in the text: (group, letter, words).
fn lettered(text: &str) -> Vec<(usize, String, String)> {
    let mut out: Vec<(usize, String, String)> = Vec::new();
    let mut group = 0;
    let inside =
        text.lines().skip_while(|line| !line.starts_with("II. NHIỆM VỤ")).skip(1).take_while(|line| !line.starts_with("III. TỔ CHỨC"));
    for line in inside {
        let mark = line.split([')', '.']).next().unwrap_or("");
        if mark.parse::<u32>().is_ok() && line.contains(". ") && line.starts_with(|c: char| c.is_ascii_digit()) && mark.len() == 1 {
            group += 1;
        } else if line.contains(") ")
            && mark.chars().count() == 1
            && mark.chars().all(char::is_lowercase)
            && line.starts_with(&format!("{mark}) "))
        {
            out.push((group, mark.to_owned(), String::new()));
        }
        if let Some((.., words)) = out.last_mut() {
            words.push_str(line);
            words.push(' ');
        }
    }
    out
}

#[test]
fn the_tasks_of_the_eight_groups_have_the_printed_number_letters_and_bodies() {
    let Some(text) = seed("001") else { return };
    let printed = lettered(&text);
    let compiled = project::check_sources(support::corpus("quang-ngai"));
    let derivation = &compiled.derivations[compiled.model.find("QN-2022").expect("QN-2022").index()];
    let tasks = &derivation.content.tasks;
    assert_eq!(tasks.len(), printed.len());
    let view = view::plan(&compiled.model, derivation, &render::Options::default());
    let groups: Vec<&PartView> = view.parts[1].below.iter().filter(|node| node.title).collect();
    let letters =
        groups.iter().enumerate().flat_map(|(at, group)| group.below.iter().map(move |task| (at + 1, task.mark.replace(')', ""))));
    assert_eq!(letters.collect::<Vec<_>>(), printed.iter().map(|(group, letter, _)| (*group, letter.clone())).collect::<Vec<_>>());
    for (task, (_, _, words)) in tasks.iter().zip(&printed) {
        let words = fold(words);
        for role in [&task.fields.leads, &task.fields.coordinators].into_iter().flatten().flat_map(|piece| &piece.value) {
            // several bodies share one word: `UBND cấp huyện, cấp xã`
            assert!(
                words.contains(&fold(role.text.trim_start_matches("Sở ").trim_start_matches("UBND "))),
                "{}: “{}” is not in “{words}”",
                task.code.text,
                role.text
            );
        }
    }
}

/// The five documents with the corpus project whose registry knows their names.
const DOCUMENTS: [(&str, &str); 5] =
    [("000", "thanh-hoa"), ("001", "quang-ngai"), ("002", "thanh-hoa"), ("003", "thai-nguyen"), ("004", "dak-nong")];

/// The registry of a corpus project: its files without any plan.
fn registry_of(project: &str) -> Vec<(String, String)> {
    let mut files = support::corpus(project);
    files.retain(|(name, _)| name == "danh-ba.kh" || name.starts_with("don-vi"));
    files
}

/// Words as both sides are compared: without a list's mark and the final mark.
fn even(text: &str) -> String {
    let text = clean(&text.replace('\n', " ")).into_owned();
    Key::new(text.trim_start_matches(['-', '+', ' ']).trim_end_matches(['.', ';', '/', ',', ' '])).as_str().to_owned()
}

fn evened<'a>(list: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    list.into_iter().map(|text| even(text)).filter(|text| !text.is_empty()).collect()
}

/// What the plan that was written from a reading says otherwise than the reading, field by field.
fn differences(reading: &Reading, compiled: &Compiled, content: &Content) -> Vec<String> {
    let mut out = Vec::new();
    let mut same = |place: String, read: Vec<String>, own: Vec<String>| {
        if read != own {
            out.push(format!("{place}: {read:?} | {own:?}"));
        }
    };
    let printed = |list: &[String]| evened(list);
    if reading.criteria.is_empty() {
        let number = |task: &Task| task.fields.record.as_ref().and_then(|record| Some(even(&record.number.as_ref()?.value)));
        let own = content.tasks.iter().map(|task| number(task).unwrap_or_default());
        same("tasks".into(), reading.tasks.iter().map(|task| even(&task.row)).collect(), own.collect());
    }
    for (read, task) in reading.tasks.iter().zip(&content.tasks) {
        let code = &read.code;
        let items = |field: TaskField| field.items(&task.fields, &compiled.model.registry).unwrap_or_default();
        same(format!("{code} content"), vec![even(&read.content)], printed(&items(TaskField::Content)));
        // a product's own time stands in brackets in a document, and in the map of times in a plan
        let products: Vec<String> = read.products.iter().map(|one| kehoach::value::split_own_deadline(one).0.to_owned()).collect();
        same(format!("{code} Products"), printed(&products), printed(&items(TaskField::Products)));
        same(format!("{code} Targets"), printed(&read.targets), printed(&items(TaskField::Targets)));
        let mut duties = Vec::new();
        for (seat, list) in [(Seat::Lead, &read.leads), (Seat::Coordinator, &read.coordinators), (Seat::Synthesiser, &read.synthesisers)] {
            let roles: &[Role] = seat.of(&task.fields).map(|piece| piece.value.as_slice()).unwrap_or_default();
            same(format!("{code} {}", seat.word()), printed(list), roles.iter().map(|role| even(&role.text)).collect());
            duties.extend(roles.iter().filter_map(|role| Some((even(&role.text), even(role.duty.as_ref()?.trim_start_matches(':'))))));
        }
        let shown = |(body, duty): (String, String)| format!("{body}: {duty}");
        let read_duties = read.duties.iter().map(|one| (even(&one.body), even(&one.text)));
        same(format!("{code} duties"), read_duties.map(shown).collect(), duties.into_iter().map(shown).collect());
        let whole = |item: &DeadlineItem| if item.of.is_empty() { item.text.clone() } else { format!("{}: {}", item.of, item.text) };
        let times: Vec<String> = read.deadline_items.iter().map(whole).collect();
        same(format!("{code} Deadline"), vec![evened(&times).join("; ")], vec![printed(&items(TaskField::Deadline)).join("; ")]);
    }
    let appendices = content.appendices.iter().filter(|appendix| !appendix.group);
    same(
        "appendices".into(),
        reading.appendices.iter().map(|one| even(&one.caption)).collect(),
        appendices.map(|one| even(&one.title.value)).collect(),
    );
    out
}

/// What the score table of the plan says otherwise than the reading.
fn score_differences(reading: &Reading, compiled: &Compiled, derivation: &Derivation) -> Vec<String> {
    let printed = view::tagged(&view::plan(&compiled.model, derivation, &render::Options::default()));
    let tags: Vec<Tag> = printed.iter().filter_map(|one| Tag::parse(&one.tag)).filter(|tag| !tag.task.is_empty()).collect();
    let mut order: Vec<&str> = tags.iter().map(|tag| tag.task.as_str()).collect();
    order.dedup();
    let mut out = Vec::new();
    if order != reading.criteria.iter().map(|one| one.number.as_str()).collect::<Vec<_>>() {
        out.push(format!("criteria: {} | {}", reading.criteria.len(), order.len()));
    }
    // an item's mark and what parts items are no words
    let flat = |text: &str| words(text).join(" ");
    for one in &reading.criteria {
        let own = |field: &str| -> Vec<&str> {
            let of = |tag: Tag| tag.task == one.number && tag.field == field;
            printed.iter().filter(|value| Tag::parse(&value.tag).is_some_and(of)).map(|value| value.value()).collect()
        };
        for (field, read) in [
            ("name", &one.name),
            ("standard", &one.standard),
            ("previous", &one.previous),
            ("target", &one.target),
            ("solution", &one.solution),
            ("lead", &one.lead),
        ] {
            if flat(read) != flat(&own(field).join(" ")) {
                out.push(format!("{} {field}: {read} | {:?}", one.number, own(field)));
            }
        }
    }
    out
}

/// What a document that was printed again says otherwise than the one it was read from.
fn reread(first: &Reading, again: &Reading) -> Vec<String> {
    let task = |task: &kehoach::import::Task| {
        let lists = [&task.products, &task.leads, &task.coordinators, &task.synthesisers, &task.targets];
        // an item's mark and what parts items are no words
        let lists = lists.map(|list| words(&list.join(" ")).join(" ")).join(" | ");
        format!("{}: {} | {lists} | {}", task.row, words(&task.content).join(" "), words(&task.deadline).join(" "))
    };
    let criterion = |one: &kehoach::import::Criterion| {
        let fields = [&one.name, &one.standard, &one.previous, &one.target, &one.solution, &one.lead];
        format!("{}: {}", one.number, fields.map(|field| words(field).join(" ")).join(" | "))
    };
    let all = |reading: &Reading| -> Vec<String> { reading.tasks.iter().map(task).chain(reading.criteria.iter().map(criterion)).collect() };
    let (first, again) = (all(first), all(again));
    let differ = first.iter().zip(&again).filter(|(one, other)| one != other).map(|(one, other)| format!("{one}\n    {other}"));
    let count = (first.len() != again.len()).then(|| format!("{} | {}", first.len(), again.len()));
    differ.chain(count).collect()
}

#[test]
fn a_document_written_as_a_plan_and_printed_again_has_the_same_tasks_and_fields() {
    let mut faults = Vec::new();
    for (number, project) in DOCUMENTS {
        let Some(text) = seed(number) else { return };
        let files = registry_of(project);
        let known = project::check_sources(files.clone());
        let registry = &known.model.registry;
        let name = format!("{number}.txt");
        let reading = project::import_bytes(&name, text.as_bytes(), Revisions::default(), Some(registry)).expect("a document");
        let options = RecordOptions { file: &name, unit: None, code: None, year: None, registry: Some(registry) };
        let plan = record(&reading, &options);
        let laid_out = fmt::format_text(&plan).text;
        assert_eq!(laid_out, plan, "{number}: fmt changes what import wrote");
        let mut files = files;
        files.push(("ke-hoach.kh".to_owned(), plan));
        let compiled = project::check_sources(files);
        let errors: Vec<String> =
            compiled.findings.iter().filter(|one| one.severity == Severity::Error).map(|one| one.message.vi.clone()).collect();
        faults.extend(errors.iter().map(|error| format!("{number}: {error}")));
        let derivation = compiled.derivations.last().expect("the plan");
        faults.extend(differences(&reading, &compiled, &derivation.content).into_iter().map(|line| format!("{number}: {line}")));
        faults.extend(score_differences(&reading, &compiled, derivation).into_iter().filter(|_| !reading.criteria.is_empty()));
        let (printed, findings) = render::text(&compiled.model, derivation, &Templates::embedded(), &render::Options::default());
        assert_eq!(findings, [], "{number}");
        // what was printed is read as the same tasks and criteria
        let again = project::import_bytes(&name, printed.as_bytes(), Revisions::default(), Some(registry)).expect("our own text");
        faults.extend(reread(&reading, &again).into_iter().map(|line| format!("{number} printed: {line}")));
    }
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults.join("\n"));
}

/// The project whose registry knows the names of an issued document.
const REGISTRIES: &[(&str, &str)] = &[("001", "quang-ngai"), ("003", "thai-nguyen"), ("004", "dak-nong")];

/// Each finding on the issued documents, read beside its line: `right`, `minor` (right, and of little weight), `doubtful` (a reader may see it
/// otherwise) or `wrong`.
/// `cargo test --test seeds findings -- --nocapture` prints the counts.
#[test]
fn the_findings_on_issued_documents_are_those_that_were_read() {
    let Some(seeds) = std::env::var_os("KEHOACH_SEEDS").map(std::path::PathBuf::from) else { return };
    let mut wanted: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let mut judged: BTreeMap<String, usize> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts/findings.csv")).expect("the table");
    for record in reader.records() {
        let record = record.expect("a row");
        wanted.entry(record[0].to_owned()).or_default().push((record[1].parse().expect("a line"), record[2].to_owned()));
        *judged.entry(record[3].to_owned()).or_default() += 1;
    }
    let documents = seeds.parent().map(|folder| folder.join("documents")).filter(|folder| folder.is_dir());
    for (number, mut wanted) in wanted {
        let name = |folder: &std::path::Path| {
            let entries = std::fs::read_dir(folder).expect("a folder of documents").flatten();
            entries.map(|entry| entry.path()).find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&number)))
        };
        let Some(path) = name(&seeds).or_else(|| documents.as_deref().and_then(name)) else { continue };
        let registry = REGISTRIES.iter().find(|(known, _)| *known == number).map_or("thanh-hoa", |(_, project)| project);
        let input = Input::Folder(support::root().join("corpus").join(registry));
        let checked = project::check_document(&path, Some(&input), project::Options::default()).expect("the document is read");
        let line = |finding: &kehoach::diag::Diagnostic| {
            let loc = finding.primary.as_ref().expect("a place").loc;
            (checked.sources.get(loc.source).line_index(loc.span.start) + 1, finding.code.text().to_owned())
        };
        let mut found: Vec<(usize, String)> = checked.findings.iter().map(line).collect();
        found.sort();
        wanted.sort();
        assert_eq!(found, wanted, "{number}");
    }
    println!("findings on issued documents: {judged:?}");
    assert_eq!(judged.get("wrong"), None);
}
