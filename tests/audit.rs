//! Audits of plans that were damaged at known places: the 27 district plans of the corpus written out as foreign plans, without verbs and
//! codes, rows shuffled, each with one seeded fault.

#[path = "support/damage.rs"]
mod damage;
mod support;

use std::collections::BTreeSet;

use kehoach::derive::Derivation;
use kehoach::matching::{AuditRow, TaskPart};
use kehoach::project::{self, Audited, Input, Subject};

use damage::{FAULTS, Fault, Flat, Made, Told, damage, flat};

/// The corpus: the province's file, the registry, and each district's plan written out.
struct Corpus {
    files: Vec<(String, String)>,
    districts: Vec<Flat>,
}

fn corpus() -> Corpus {
    let files = support::corpus("thanh-hoa");
    let compiled = project::check_sources(files.clone());
    let top = compiled.model.find("TH-2022").expect("the province's plan");
    let is_district = |at: &Derivation| {
        let plan = compiled.model.plan(at.plan);
        let level = plan.level.map(|level| compiled.model.registry.level(level).name.as_str());
        level == Some("huyện") && plan.parents.iter().any(|link| link.plan == top)
    };
    let districts = compiled
        .derivations
        .iter()
        .filter(|derivation| is_district(derivation))
        .map(|derivation| flat(&compiled.model, derivation))
        .collect();
    let kept = ["danh-ba.kh", "don-vi-xa-hoang-hoa.csv", "th-2022.kh"];
    Corpus { files: files.into_iter().filter(|(name, _)| kept.contains(&name.as_str())).collect(), districts }
}

fn audit(files: &[(String, String)], plans: &[Flat]) -> Audited {
    let mut all = files.to_vec();
    all.extend(plans.iter().enumerate().map(|(at, plan)| (format!("vb/{at:03}.kh"), plan.text())));
    let children: Vec<Subject> = plans.iter().map(|plan| Subject::Plan(plan.code.clone())).collect();
    project::audit(&Input::Memory(all), &Subject::Plan("TH-2022".to_owned()), &children, None).expect("an audit")
}

fn row<'a>(audited: &'a Audited, unit: &str) -> &'a AuditRow {
    audited.audit.children.iter().find(|row| row.unit == unit).expect("a row")
}

fn told<'a>(audited: &'a Audited, above: &'a [String], plan: &Flat) -> Told<'a> {
    Told::new(row(audited, &plan.unit), above, plan)
}

/// The codes of the parent's tasks.
fn codes(audited: &Audited) -> Vec<String> {
    audited.audit.parent.tasks.iter().map(|task| task.code.clone()).collect()
}

fn shuffled(plans: &[Flat]) -> Vec<Flat> {
    let mut out = plans.to_vec();
    for (at, plan) in out.iter_mut().enumerate() {
        plan.shuffle(at as u64 + 1);
    }
    out
}

#[test]
fn copies_are_matched_whole_and_each_seeded_fault_is_named_and_no_other() {
    let corpus = corpus();
    assert_eq!(corpus.districts.len(), 27);
    let plans = shuffled(&corpus.districts);
    let whole = audit(&corpus.files, &plans);
    let above = codes(&whole);

    // undamaged: what came of the province's tasks is found again, and nothing else is
    let (mut carried, mut accepted, mut doubtful) = (0, 0, 0);
    for plan in &plans {
        let found = told(&whole, &above, plan).pairs();
        for task in plan.rows().filter(|task| above.contains(&task.origin)) {
            let pair = format!("{0}={0}", task.origin);
            carried += 1;
            accepted += usize::from(found.contains(&format!("{pair}:Accepted")));
            doubtful += usize::from(found.contains(&format!("{pair}:Doubtful")));
        }
        let origins = plan.origins();
        let right = |pair: &String| origins.iter().any(|origin| *pair == format!("{origin}={origin}:Accepted"));
        let wrong: Vec<&String> = found.iter().filter(|pair| pair.ends_with(":Accepted") && !right(pair)).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", plan.unit);
    }
    println!("undamaged: {carried} tasks carried, {accepted} accepted, {doubtful} doubtful, {} lost", carried - accepted - doubtful);
    assert_eq!(accepted + doubtful, carried);
    assert!(accepted * 10 >= carried * 9, "{accepted} of {carried}");

    // every kind of fault in every appendix that allows it, each unit with one fault in each appendix
    let mut damaged = corpus.districts.clone();
    let mut made: Vec<Made> = Vec::new();
    for (at, plan) in damaged.iter_mut().enumerate() {
        let sure = told(&whole, &above, &plans[at]).sure(0.0);
        let unit = plan.unit.clone();
        for (place, (number, _, rows)) in plan.appendices.iter_mut().enumerate() {
            let first = at + place;
            let found = (0..FAULTS.len()).find_map(|turn| {
                let fault = FAULTS[(first + turn) % FAULTS.len()];
                damage(rows, fault, 0, &|origin| sure.contains(origin)).map(|origins| (fault, origins))
            });
            if let Some((fault, origins)) = found {
                made.push(Made { unit: unit.clone(), fault, appendix: number.clone(), origins });
            }
        }
    }
    let damaged = shuffled(&damaged);
    let audited = audit(&corpus.files, &damaged);
    let mut faults: Vec<String> = Vec::new();
    for (plan, before) in damaged.iter().zip(&plans) {
        let before = told(&whole, &above, before);
        faults.extend(told(&audited, &above, plan).faults(&plan.unit, &before, &made, &[]));
    }
    let kinds: BTreeSet<(Fault, &str)> = made.iter().map(|made| (made.fault, made.appendix.as_str())).collect();
    println!("{} faults of {} kinds and appendices: {} not as expected", made.len(), kinds.len(), faults.len());
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    for fault in FAULTS {
        assert!(made.iter().any(|made| made.fault == fault), "{fault:?} was never made");
    }

    // the province's text changes after the districts have written theirs
    let changed = ["TC-08", "TTHC-04", "BM-02", "TCC-01", "CQS-06", "CD-04"];
    let mut files = corpus.files.clone();
    let (_, text) = files.iter_mut().find(|(name, _)| name == "th-2022.kh").expect("the province");
    for code in changed {
        let from = text.find(&format!("NHIỆM VỤ {code}:")).expect("a task");
        let end = from + text[from..].find('\n').expect("a line");
        text.insert_str(end, "; công khai kết quả trên trang tin điện tử");
    }
    let later = audit(&files, &plans);
    for plan in &plans {
        let sure = told(&whole, &above, plan).sure(0.0);
        for code in changed.iter().filter(|code| sure.contains(**code)) {
            let row = row(&later, &plan.unit);
            let link = row.links.iter().find(|link| link.parent.iter().any(|at| later.audit.parent.tasks[*at].code == **code));
            let named = link.is_some_and(|link| link.changes.iter().any(|change| change.part == TaskPart::Content) || !link.is_accepted());
            assert!(named, "{}: {code} does not show that the province changed it", plan.unit);
        }
    }
}

/// The appendices in which the district wrote its own tasks: it answers none of the province's there for sure.
const OWN: &str = "none of its tasks surely answers one of the province's";

/// Faults that no task of an appendix of the district can have, each with the reason. The other districts have most of them.
const IMPOSSIBLE: &[(Fault, &str, &str)] = &[
    (Fault::TaskDropped, "03", OWN),
    (Fault::TaskDropped, "04", OWN),
    (Fault::FieldDropped, "03", OWN),
    (Fault::FieldDropped, "04", OWN),
    (Fault::DeadlineLater, "03", OWN),
    (Fault::DeadlineLater, "04", OWN),
    (Fault::DeadlineLater, "07", "its deadlines are of several steps, or recur"),
    (Fault::TargetLowered, "01", "no task of the appendix has a target"),
    (Fault::TargetLowered, "03", OWN),
    (Fault::TargetLowered, "04", OWN),
    (Fault::TargetLowered, "05", "no task of the appendix has a target"),
    (Fault::TargetLowered, "06", "no task of the appendix has a target"),
    (Fault::TargetLowered, "07", "no task of the appendix has a target"),
    (Fault::LeadAbove, "03", OWN),
    (Fault::LeadAbove, "04", OWN),
    (Fault::MergedIntoAnother, "03", OWN),
    (Fault::MergedIntoAnother, "04", OWN),
    (Fault::SplitInTwo, "01", "no task of the appendix has two clauses"),
    (Fault::SplitInTwo, "03", OWN),
    (Fault::SplitInTwo, "04", OWN),
    (Fault::SplitInTwo, "05", "no task of the appendix has two clauses"),
    (Fault::Reworded, "03", OWN),
    (Fault::Reworded, "04", OWN),
    (Fault::StaleYear, "03", OWN),
    (Fault::StaleYear, "04", OWN),
];

#[test]
fn each_fault_in_each_appendix_of_one_district_is_named_or_cannot_be_made() {
    let corpus = corpus();
    let mut plan = corpus.districts.into_iter().find(|plan| plan.unit == "huyện Hoằng Hóa").expect("the district");
    plan.shuffle(7);
    let whole = audit(&corpus.files, std::slice::from_ref(&plan));
    let above = codes(&whole);
    let before = told(&whole, &above, &plan);
    let mut wrong: Vec<String> = Vec::new();
    let mut missing: Vec<(Fault, String)> = Vec::new();
    for fault in FAULTS {
        let sure = before.sure(fault.least());
        let mut damaged = plan.clone();
        let mut made: Vec<Made> = Vec::new();
        for (number, _, rows) in &mut damaged.appendices {
            match damage(rows, fault, 1, &|origin| sure.contains(origin)) {
                Some(origins) => made.push(Made { unit: plan.unit.clone(), fault, appendix: number.clone(), origins }),
                None => missing.push((fault, number.clone())),
            }
        }
        damaged.shuffle(8);
        let audited = audit(&corpus.files, std::slice::from_ref(&damaged));
        let told = told(&audited, &above, &damaged);
        wrong.extend(made.iter().filter(|made| !told.names(made)).map(|made| format!("{made:?}")));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
    let listed: Vec<(Fault, String)> = IMPOSSIBLE.iter().map(|(fault, appendix, _)| (*fault, (*appendix).to_owned())).collect();
    assert_eq!(missing, listed);
}
