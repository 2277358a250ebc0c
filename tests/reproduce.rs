//! The steps of translation against a real district: with the 23 pairs left as plain KẾ THỪA, how much of the issued table comes out.
//!
//! The truth is `facts/hoang-hoa-2023.csv`: the cells of the issued plan as printed. What is not reproduced is printed; those are the district's
//! own choices, and stand in the corpus as SỬA ĐỔI.

mod support;

use std::collections::BTreeSet;

use kehoach::agency::{Body, Registry};
use kehoach::base::{Date, Key, clean};
use kehoach::model::Role;
use kehoach::project;
use kehoach::value::{Deadline, Product};

struct Row {
    task: String,
    leads: Vec<String>,
    coordinators: Vec<String>,
    products: Vec<String>,
    deadlines: Vec<String>,
}

fn truth() -> Vec<Row> {
    let items = |cell: &str| cell.split(" | ").map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect();
    let mut reader = csv::Reader::from_path(support::root().join("tests/facts/hoang-hoa-2023.csv")).expect("the table");
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row");
            Row {
                task: record[0].to_owned(),
                leads: items(&record[2]),
                coordinators: items(&record[3]),
                products: items(&record[4]),
                deadlines: items(&record[5]),
            }
        })
        .collect()
}

/// The province's plan and registry with a district plan that only inherits.
fn plain() -> project::Compiled {
    let files = support::corpus("thanh-hoa");
    let mut plan = String::from(
        "KẾ HOẠCH HH-2023: Cải cách hành chính năm 2023\nĐơn vị: huyện Hoằng Hóa\nNăm: 2023\nTheo: TH-2022\nChuyển năm: 2022 sang 2023\n\n",
    );
    let tasks: Vec<String> = truth().into_iter().map(|row| row.task).collect();
    plan.push_str(&format!("KẾ THỪA {}\n", tasks.join(", ")));
    project::check_sources(support::with(&files, "huyen/hoang-hoa.kh", plan))
}

/// A body as a set's member: itself, or its words where only they say who.
fn body(registry: &Registry, body: Body, text: &str) -> String {
    match body {
        Body::Open | Body::Unknown => Key::new(text).to_string(),
        body => registry.name_of(body, None),
    }
}

fn printed(registry: &Registry, items: &[String]) -> BTreeSet<String> {
    let date = Date::first_of_year(2023);
    // an elided prefix (`phòng Tư pháp, Tài chính, Văn hóa - TT`) spans items: read them as the one list that they were
    let cell = items.join("; ");
    let list = registry.read_list(&clean(&cell), false, date);
    list.iter().map(|listed| body(registry, listed.body, &listed.text)).collect()
}

fn derived(registry: &Registry, roles: &[Role]) -> BTreeSet<String> {
    roles.iter().map(|role| body(registry, role.body, &role.text)).collect()
}

fn product(text: &str) -> Key {
    // the scan of the issued plan has “đơn đốc” for “đôn đốc”
    Key::new(&Product::parse(&clean(text)).text.replace("đơn đốc", "đôn đốc"))
}

#[test]
fn the_steps_alone_reproduce_most_of_the_issued_table() {
    let compiled = plain();
    let registry = &compiled.model.registry;
    let plan = &compiled.derivations[compiled.model.find("HH-2023").expect("HH-2023").index()];
    let mut same = [0usize; 4];
    let mut empty = 0;
    let mut differing = Vec::new();
    let rows = truth();
    assert_eq!(rows.len(), 23);
    for row in &rows {
        let task = plan.content.tasks.iter().find(|task| task.code.key == Key::new(&row.task)).expect("the task is carried");
        let fields = &task.fields;
        let leads = fields.leads.as_ref().map_or_else(BTreeSet::new, |piece| derived(registry, &piece.value));
        let coordinators = fields.coordinators.as_ref().map_or_else(BTreeSet::new, |piece| derived(registry, &piece.value));
        let products: BTreeSet<Key> = fields.products.iter().flat_map(|piece| &piece.value).map(|own| product(&own.text)).collect();
        let wanted = [printed(registry, &row.leads), printed(registry, &row.coordinators)];
        let real_products: BTreeSet<Key> = row.products.iter().map(|text| product(text)).collect();
        let texts: Vec<String> = row.deadlines.iter().map(|text| clean(text).into_owned()).collect();
        let real_deadline = Deadline::parse(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let deadline = fields.deadline.as_ref().map(|piece| piece.value.clone()).expect("a deadline");
        let results = [leads == wanted[0], coordinators == wanted[1], products == real_products, deadline.same_as(&real_deadline)];
        if results[1] && wanted[1].is_empty() {
            empty += 1;
        }
        for (at, equal) in results.into_iter().enumerate() {
            same[at] += usize::from(equal);
        }
        let show = |name: &str, ours: String, real: String| format!("{} {name}: ours {ours} | issued {real}", row.task);
        if !results[0] {
            differing.push(show("leads", format!("{leads:?}"), format!("{:?}", wanted[0])));
        }
        if !results[1] {
            differing.push(show("coordinators", format!("{coordinators:?}"), format!("{:?}", wanted[1])));
        }
        if !results[2] {
            differing.push(show("products", format!("{products:?}"), format!("{real_products:?}")));
        }
        if !results[3] {
            let words = |deadline: &Deadline| deadline.entries.iter().map(|entry| entry.text.clone()).collect::<Vec<_>>().join("; ");
            differing.push(show("deadline", words(&deadline), words(&real_deadline)));
        }
    }
    let [leads, coordinators, products, deadlines] = same;
    println!(
        "reproduced of 23: {leads} leads, {coordinators} coordinators ({empty} of them empty), {products} products, {deadlines} deadlines"
    );
    println!("not reproduced:\n{}", differing.join("\n"));
    assert!(leads >= 19, "{leads} leads");
    assert!(coordinators >= 16, "{coordinators} sets of coordinators");
    assert!(products >= 16, "{products} sets of products");
    assert!(deadlines >= 10, "{deadlines} deadlines");
}
