//! The corpus and the tables of facts against the issued documents, where these are at hand: set `KEHOACH_SEEDS` to their folder.

mod support;

use kehoach::agency::Body;
use kehoach::base::{Date, Key, clean};
use kehoach::project;

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
            holds(&row[2], &product.text);
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
