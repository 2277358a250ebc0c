//! An audit of the size of a province: 27 district plans and 559 commune plans, printed as text without codes, rows shuffled, damaged at known
//! places, read again and audited against the province's plan, all levels at once. Every damage is found and none is invented; of a thousand at most
//! one may be a question.
//!
//! `KEHOACH_SCALE` names how many districts take part with their communes, 27 where it does not.

#[path = "support/damage.rs"]
mod damage;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kehoach::derive::Derivation;
use kehoach::matching::{AuditRow, DropClass};
use kehoach::project::{self, Audited, Compiled, Input, Subject};
use kehoach::render::{self, Options, Templates};
use rayon::prelude::*;

use damage::{FAULTS, Fault, Flat, Made, Seeded, Told, damage, flat};

const PROVINCE: &str = "TH-2022";

/// The corpus with the communes of all districts: each district hands its plan on.
fn project_files() -> Vec<(String, String)> {
    let kept =
        ["danh-ba.kh", "don-vi-xa-hoang-hoa.csv", "don-vi-xa-2022.csv", "th-2022.kh", "giao-huyen.kh", "giao-xa.kh", "huyen/hoang-hoa.kh"];
    let mut files: Vec<_> = support::corpus("thanh-hoa").into_iter().filter(|(name, _)| kept.contains(&name.as_str())).collect();
    assert_eq!(files.len(), kept.len());
    let template = include_str!("scale/giao-xa.kh");
    let registry = support::text(&files, "danh-ba.kh").to_owned();
    let communes = support::text(&files, "don-vi-xa-2022.csv").to_owned();
    let mut unit = ("", "");
    for line in registry.lines() {
        if let Some(found) = line.strip_prefix("ĐƠN VỊ ").and_then(|rest| rest.split_once(": ")) {
            unit = found;
        }
        let Some(number) = line.strip_prefix("Mã hành chính: ") else { continue };
        let is_below = |row: &&str| row.split(',').nth(2).is_some_and(|under| under.split(' ').next() == Some(number));
        let below: Vec<String> =
            communes.lines().filter(is_below).map(|row| format!("- {}", row.split(',').next().unwrap_or(""))).collect();
        if !below.is_empty() {
            let (code, name) = unit;
            let text = template.replace("<mã>", code).replace("<huyện>", name).replace("<xã>", &below.join("\n"));
            files.push((format!("xa/{number}.kh"), text));
        }
    }
    files.push(("danh-ba-xa.kh".to_owned(), "DANH BẠ XÃ-2022: Đơn vị cấp xã\nNạp: don-vi-xa-2022.csv\n".to_owned()));
    files
}

/// A unit's plan: as it was compiled, and as rows.
#[derive(Clone)]
struct Issued {
    /// Its derivation.
    at: usize,
    code: String,
    /// The code of the district's plan above a commune's.
    above: Option<String>,
    plan: Flat,
}

/// The plans of the first `count` districts and of their communes.
fn issued(compiled: &Compiled, count: usize) -> Vec<Issued> {
    let mut out: Vec<Issued> = Vec::new();
    let mut districts: BTreeSet<String> = BTreeSet::new();
    for (at, derivation) in compiled.derivations.iter().enumerate() {
        let plan = compiled.model.plan(derivation.plan);
        let Some(above) = plan.parents.first().map(|link| compiled.model.plan(link.plan).code.text.clone()) else { continue };
        let above = (above != PROVINCE).then_some(above);
        let code = plan.code.text.clone();
        match &above {
            None if districts.len() < count => districts.insert(code.clone()),
            Some(above) if districts.contains(above) => true,
            None | Some(_) => continue,
        };
        // several communes have one name
        let unit = compiled.model.registry.unit(plan.unit.expect("a unit")).code.clone();
        out.push(Issued { at, code, above, plan: Flat { unit, ..flat(&compiled.model, derivation) } });
    }
    out
}

/// A plan as a document: the rows of `plan` in place of the derivation's own.
fn document(compiled: &Compiled, derivation: &Derivation, plan: &Flat, templates: &Templates) -> String {
    let mut derivation = derivation.clone();
    let tasks = std::mem::take(&mut derivation.content.tasks);
    for row in plan.rows() {
        let mut task = tasks[row.task].clone();
        row.put(&mut task.fields);
        derivation.content.tasks.push(task);
    }
    let (text, findings) = render::text(&compiled.model, &derivation, templates, &Options::default());
    assert!(findings.is_empty(), "{findings:?}");
    text
}

/// Audits plans that are written as `.kh` without verbs, or as documents.
fn audit(files: &[(String, String)], folder: &Path) -> Audited {
    let registry = |name: &str| name.ends_with(".csv") || name.starts_with("danh-ba") || name == "th-2022.kh";
    let known: Vec<_> = files.iter().filter(|(name, _)| registry(name)).cloned().collect();
    let (parent, child) = (Subject::Plan(PROVINCE.to_owned()), Subject::Path(folder.to_path_buf()));
    project::audit(&Input::Memory(known), &parent, &[child], None).expect("an audit")
}

/// What an audit says of each plan, by the code of its unit.
fn told<'a>(
    audited: &'a Audited,
    plans: &'a [Issued],
    compiled: &Compiled,
    above: &'a BTreeMap<Option<String>, Vec<String>>,
) -> BTreeMap<&'a str, Told<'a>> {
    let rows: BTreeMap<&str, &AuditRow> = audited.audit.rows().into_iter().map(|(_, row)| (row.unit_code.as_str(), row)).collect();
    let one = |issued: &'a Issued| {
        let plan = compiled.model.plan(compiled.derivations[issued.at].plan);
        let unit = &compiled.model.registry.unit(plan.unit.expect("a unit")).code;
        let row = rows.get(unit.as_str()).unwrap_or_else(|| panic!("no row of {unit}"));
        (issued.code.as_str(), Told::new(row, &above[&issued.above], &issued.plan))
    };
    plans.iter().map(one).collect()
}

/// The origins of each plan's tasks as they are written, by the plan's code; of the province's under no code.
fn origins(audited: &Audited, plans: &[Issued]) -> BTreeMap<Option<String>, Vec<String>> {
    let mut out: BTreeMap<Option<String>, Vec<String>> =
        plans.iter().filter(|issued| issued.above.is_none()).map(|issued| (Some(issued.code.clone()), issued.plan.origins())).collect();
    out.insert(None, audited.audit.parent.tasks.iter().map(|task| task.code.clone()).collect());
    out
}

#[test]
fn every_damage_in_the_plans_of_a_whole_province_is_found_and_none_is_invented() {
    let wanted: usize = std::env::var("KEHOACH_SCALE").ok().and_then(|count| count.parse().ok()).unwrap_or(27);
    let files = project_files();
    let compiled = project::check_sources(files.clone());
    let plans = issued(&compiled, wanted);
    if wanted >= 27 {
        assert_eq!((plans.iter().filter(|one| one.above.is_none()).count(), plans.len()), (27, 27 + 559));
    }

    // as `.kh` without verbs, undamaged: what any of them says of its parent
    let folder = tempfile::tempdir().expect("a folder");
    for issued in &plans {
        std::fs::write(folder.path().join(format!("{}.kh", issued.code)), issued.plan.text()).expect("written");
    }
    let whole = audit(&files, folder.path());
    let above = origins(&whole, &plans);
    let before = told(&whole, &plans, &compiled, &above);

    // one fault in each of some appendices of each plan, never in a task of which the district's plan has one
    let mut seeded = Seeded(2022);
    let mut damaged = plans.clone();
    let mut made: Vec<Made> = Vec::new();
    let mut touched: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut turn = 0;
    let late: BTreeSet<(Option<String>, String)> = plans
        .iter()
        .flat_map(|issued| issued.plan.rows().map(move |row| (Some(issued.code.clone()), row)))
        .filter(|(_, row)| row.deadline.iter().any(|line| line.contains("2022")))
        .map(|(code, row)| (code, row.origin.clone()))
        .collect();
    for issued in &mut damaged {
        let told = &before[issued.code.as_str()];
        let mut spoilt = issued.above.as_ref().and_then(|above| touched.get(above)).cloned().unwrap_or_default();
        for (number, _, rows) in &mut issued.plan.appendices {
            if rows.is_empty() || seeded.next(3) > 0 {
                continue;
            }
            let from = seeded.next(rows.len());
            let found = (0..FAULTS.len()).find_map(|step| {
                let fault = FAULTS[(turn + step) % FAULTS.len()];
                // a year that the district's plan has too is nothing that the commune did
                let is_old = |origin: &str| fault == Fault::StaleYear && late.contains(&(issued.above.clone(), origin.to_owned()));
                let sure = told.sure(fault.least());
                let free = |origin: &str| sure.contains(origin) && !spoilt.contains(origin) && !is_old(origin);
                damage(rows, fault, from, &free).map(|origins| (fault, origins))
            });
            turn += 1;
            if let Some((fault, origins)) = found {
                spoilt.extend(origins.iter().cloned());
                touched.entry(issued.code.clone()).or_default().extend(origins.iter().cloned());
                made.push(Made { unit: issued.code.clone(), fault, appendix: number.clone(), origins });
            }
        }
        issued.plan.shuffle(seeded.next(1 << 20) as u64);
    }
    for fault in FAULTS {
        assert!(made.iter().any(|made| made.fault == fault), "{fault:?} was never made");
    }

    // printed, read again, audited
    let folder = tempfile::tempdir().expect("a folder");
    damaged.par_iter().for_each_init(Templates::embedded, |templates, issued| {
        let text = document(&compiled, &compiled.derivations[issued.at], &issued.plan, templates);
        std::fs::write(folder.path().join(format!("{}.txt", issued.code)), text).expect("written");
    });
    let audited = audit(&files, folder.path());
    let above = origins(&audited, &damaged);
    let after = told(&audited, &damaged, &compiled, &above);

    let mut faults: Vec<String> = Vec::new();
    for issued in &damaged {
        let upper: Vec<&Made> = made.iter().filter(|made| Some(&made.unit) == issued.above.as_ref()).collect();
        faults.extend(after[issued.code.as_str()].faults(&issued.code, &before[issued.code.as_str()], &made, &upper));
    }
    // a task that a district dropped is named as the broken link, with the communes that the province names
    let top = &audited.audit.parent.tasks;
    for made in made.iter().filter(|made| made.fault == Fault::TaskDropped && above.contains_key(&Some(made.unit.clone()))) {
        let row = after[made.unit.as_str()].row;
        let Some(dropped) = row.dropped.iter().find(|drop| top[drop.parent].code == made.origins[0]) else { continue };
        let task = &top[dropped.parent];
        let named = task.leads.iter().chain(&task.coordinators).chain(&task.synthesisers).any(|body| body.contains("cấp xã"));
        let below = if named { row.below.len() } else { 0 };
        let wanted = (dropped.class == DropClass::Unanswered && (named || !dropped.coordinates)).then_some(below);
        let found = row.breaks.iter().find(|broken| broken.task == dropped.parent).map(|broken| broken.below);
        if wanted != found {
            faults.push(format!("the broken link: {made:?}: {found:?}, not {wanted:?}"));
        }
    }
    let asked = made.iter().filter(|made| after[made.unit.as_str()].asks(made)).count();
    println!("{} plans, {} damages: {asked} asked about, {} not as expected", damaged.len(), made.len(), faults.len());
    assert!(asked * 1000 <= made.len(), "{asked} of {} are only asked about", made.len());
    assert!(faults.is_empty(), "{}\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
}
