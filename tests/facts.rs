//! The district's plan of the corpus against the facts of the table that the district issued: 34 rows, as sets.
//!
//! `facts/hoang-hoa-2023-all.csv` holds the cells as printed; `seeds.rs` holds it against the document.

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
