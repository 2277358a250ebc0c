//! Plans of the corpus against the facts of the tables that were issued: the district's 34 rows as sets, a list of 21 tasks, a table of 119 scores.
//!
//! `facts/` holds the cells as printed; `seeds.rs` holds them against the documents.

mod support;

use std::collections::BTreeSet;

use kehoach::agency::{Body, Registry};
use kehoach::base::{Date, Key, clean};
use kehoach::model::{Piece, Role, Task};
use kehoach::project;
use kehoach::value::{Deadline, Product};

/// A body as a set's member: itself, or its words where only they say who.
fn named(registry: &Registry, body: Body, text: &str) -> String {
    match body {
        Body::Open | Body::Unknown => Key::new(text).to_string(),
        Body::Agency(_) | Body::Group(_) | Body::Institution(..) => registry.name_of(body, None),
    }
}

fn printed(registry: &Registry, cell: &str) -> BTreeSet<String> {
    let list = registry.read_list(&clean(&cell.replace(" | ", "; ")), false, Date::first_of_year(2023));
    list.iter().map(|listed| named(registry, listed.body, &listed.text)).collect()
}

fn carried(registry: &Registry, roles: Option<&Piece<Vec<Role>>>) -> BTreeSet<String> {
    roles.iter().flat_map(|piece| &piece.value).map(|role| named(registry, role.body, &role.text)).collect()
}

fn product(text: &str) -> Key {
    // the scan of the issued plan has “đơn đốc” for “đôn đốc”
    Key::new(&Product::parse(&clean(text)).text.replace("đơn đốc", "đôn đốc"))
}

fn deadline(cell: &str) -> Deadline {
    let items: Vec<String> = cell.split(" | ").map(|item| clean(item).into_owned()).collect();
    Deadline::parse(&items.iter().map(String::as_str).collect::<Vec<_>>())
}

fn differences(registry: &Registry, task: &Task, row: &csv::StringRecord) -> Vec<String> {
    let fields = &task.fields;
    let mut out = Vec::new();
    let roles = [("leads", &fields.leads, 2), ("coordinators", &fields.coordinators, 3), ("synthesisers", &fields.synthesisers, 4)];
    for (name, own, column) in roles {
        let (own, issued) = (carried(registry, own.as_ref()), printed(registry, &row[column]));
        if own != issued {
            out.push(format!("{} {name}: {own:?}, issued {issued:?}", &row[0]));
        }
    }
    let own: BTreeSet<Key> = fields.products.iter().flat_map(|piece| &piece.value).map(|own| product(&own.text)).collect();
    let issued: BTreeSet<Key> = row[5].split(" | ").map(product).collect();
    if own != issued {
        out.push(format!("{} products: {own:?}, issued {issued:?}", &row[0]));
    }
    let issued = deadline(&row[6]);
    match &fields.deadline {
        Some(own) if own.value.same_as(&issued) => {}
        own => out.push(format!("{} deadline: {own:?}, issued {issued:?}", &row[0])),
    }
    out
}

#[test]
fn all_34_rows_of_the_district_carry_the_facts_of_the_issued_table() {
    let compiled = project::check_sources(support::corpus("thanh-hoa"));
    let content = &compiled.derivations[compiled.model.find("HH-2023").expect("HH-2023").index()].content;
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts/hoang-hoa-2023-all.csv")).expect("the table");
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 34);

    let mut faults = Vec::new();
    let mut before: (String, usize) = Default::default();
    assert_eq!(content.tasks.len(), rows.len());
    for (task, row) in content.tasks.iter().zip(&rows) {
        // the place in the table: appendix and running number
        let number = task.appendix.map_or("", |at| &content.appendices[at].number);
        let running = if before.0 == number { before.1 + 1 } else { 1 };
        before = (number.to_owned(), running);
        assert_eq!((task.code.text.as_str(), format!("{number}.{running}")), (&row[0], row[1].to_owned()));
        faults.extend(differences(&compiled.model.registry, task, row));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The rows of a table of facts.
fn table(name: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts").join(name)).expect("the table");
    reader.records().map(|record| record.expect("a row")).collect()
}

fn compiled(project: &str, plan: &str) -> (project::Compiled, usize) {
    let compiled = project::check_sources(support::corpus(project));
    let at = compiled.model.find(plan).expect("the plan").index();
    (compiled, at)
}

fn words(cell: &str) -> Vec<Key> {
    cell.split(" | ").filter(|item| !item.is_empty()).map(Key::new).collect()
}

fn names(roles: Option<&Piece<Vec<Role>>>) -> Vec<Key> {
    roles.iter().flat_map(|piece| &piece.value).map(|role| Key::new(&role.printed())).collect()
}

#[test]
fn the_list_of_21_tasks_has_the_issued_ones_in_their_order() {
    let (compiled, at) = compiled("thai-nguyen", "TN-2020");
    let tasks = &compiled.derivations[at].content.tasks;
    let rows = table("thai-nguyen-2020.csv");
    assert_eq!((tasks.len(), rows.len()), (21, 21));
    for (task, row) in tasks.iter().zip(&rows) {
        let fields = &task.fields;
        assert_eq!(names(fields.leads.as_ref()), words(&row[1]), "{}", &row[0]);
        assert_eq!(names(fields.coordinators.as_ref()), words(&row[2]), "{}", &row[0]);
        let deadline = fields.deadline.as_ref().expect("a deadline");
        assert!(deadline.value.same_as(&self::deadline(&row[3])), "{}", &row[0]);
    }
}

#[test]
fn the_119_criteria_have_the_issued_scores_and_the_90_leaves_their_leads() {
    let (compiled, at) = compiled("dak-nong", "DN-2022");
    let content = &compiled.derivations[at].content;
    let rows = table("dak-nong-2022.csv");
    let scores = content.appendices[0].scores.as_ref().expect("a score table");
    assert_eq!((scores.criteria.len(), content.tasks.len(), rows.len()), (29, 90, 120));
    let text = |score: Option<&Piece<kehoach::value::Score>>| score.map_or_else(String::new, |score| score.value.text.clone());
    let cells = |scores: &kehoach::model::Scores| [&scores.standard, &scores.previous, &scores.goal].map(|score| text(score.as_ref()));
    for row in &rows {
        let printed = [&row[1], &row[2], &row[3]].map(str::to_owned);
        let leaf = content.tasks.iter().find(|task| task.code.text == row[0]);
        let inner = scores.criteria.iter().find(|criterion| criterion.code.text == row[0]);
        let own = match (leaf, inner) {
            (Some(leaf), None) => {
                let leads: Vec<String> = leaf.fields.leads.iter().flat_map(|piece| &piece.value).map(Role::printed).collect();
                assert_eq!(leads.join(", "), row[4], "{}", &row[0]);
                &leaf.fields.scores
            }
            (None, Some(inner)) => &inner.fields.scores,
            (None, None) => &scores.total,
            (Some(_), Some(_)) => panic!("{} is a leaf and none", &row[0]),
        };
        assert_eq!(cells(own), printed, "{}", &row[0]);
    }
}
