//! Audits of plans that were damaged at known places: the 27 district plans of the corpus written out as foreign plans, without verbs and
//! codes, rows shuffled, each with one seeded fault.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kehoach::derive::Derivation;
use kehoach::matching::{AuditRow, Effect, Link, Relation, TaskPart};
use kehoach::model::{Model, Role};
use kehoach::project::{self, Audited, Input, Subject};

/// A task as a foreign plan writes it.
#[derive(Debug, Clone, Default)]
struct Row {
    /// The code in the corpus, which the written plan does not show.
    origin: String,
    content: String,
    products: Vec<String>,
    leads: Vec<String>,
    coordinators: Vec<String>,
    synthesisers: Vec<String>,
    deadline: Vec<String>,
    targets: Vec<String>,
}

/// A plan as a foreign plan is written.
#[derive(Debug, Clone, Default)]
struct Flat {
    code: String,
    unit: String,
    year: i16,
    appendices: Vec<(String, String, Vec<Row>)>,
}

fn flat(model: &Model, derivation: &Derivation) -> Flat {
    let plan = model.plan(derivation.plan);
    let content = &derivation.content;
    let mut out = Flat {
        code: format!("VB-{}", plan.code.text),
        unit: model.unit_name(derivation.plan),
        year: plan.header.year.expect("a year"),
        appendices: content.appendices.iter().map(|one| (one.number.clone(), one.title.value.clone(), Vec::new())).collect(),
    };
    for task in &content.tasks {
        let fields = &task.fields;
        let roles = |piece: &Option<kehoach::model::Piece<Vec<Role>>>| {
            piece.iter().flat_map(|piece| &piece.value).map(Role::printed).collect::<Vec<_>>()
        };
        let entries = fields.deadline.iter().flat_map(|piece| &piece.value.entries);
        let row = Row {
            origin: task.code.text.clone(),
            content: fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default(),
            products: fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()).collect(),
            leads: roles(&fields.leads),
            coordinators: roles(&fields.coordinators),
            synthesisers: roles(&fields.synthesisers),
            deadline: entries.map(|entry| entry.of.as_ref().map_or(entry.text.clone(), |of| format!("{of}: {}", entry.text))).collect(),
            targets: fields.targets.iter().flat_map(|piece| &piece.value).map(|line| line.target.text.clone()).collect(),
        };
        out.appendices[task.appendix.expect("an appendix")].2.push(row);
    }
    out
}

/// Numbers that are the same on every run.
struct Seeded(u64);

impl Seeded {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % below
    }
}

impl Flat {
    fn shuffle(&mut self, seed: u64) {
        let mut seeded = Seeded(seed);
        for (_, _, rows) in &mut self.appendices {
            for at in (1..rows.len()).rev() {
                rows.swap(at, seeded.next(at + 1));
            }
        }
    }

    /// The plan as text; tasks are numbered as they stand.
    fn text(&self) -> String {
        let mut out = format!("KẾ HOẠCH {}: Cải cách hành chính năm {}\nĐơn vị: {}\nNăm: {}\n", self.code, self.year, self.unit, self.year);
        for (number, title, rows) in &self.appendices {
            let _ = write!(out, "\nPHỤ LỤC {number}: {title}\n");
            for (at, row) in rows.iter().enumerate() {
                let _ = write!(out, "\nNHIỆM VỤ {number}.{}: {}\n", at + 1, row.content);
                let lists = [
                    ("Sản phẩm", &row.products),
                    ("Cơ quan chủ trì", &row.leads),
                    ("Cơ quan phối hợp", &row.coordinators),
                    ("Cơ quan tổng hợp", &row.synthesisers),
                    ("Thời gian hoàn thành", &row.deadline),
                ];
                for (label, items) in lists {
                    if !items.is_empty() {
                        let _ = write!(out, "{label}:\n- {}\n", items.join("\n- "));
                    }
                }
                if !row.targets.is_empty() {
                    let targets: Vec<String> = row.targets.iter().enumerate().map(|(at, text)| format!("- c{at}: {text}\n")).collect();
                    let _ = write!(out, "Chỉ tiêu:\n{}", targets.concat());
                }
            }
        }
        out
    }

    /// The code of the task that came of a corpus task.
    fn code_of(&self, origin: &str) -> String {
        let rows = self.appendices.iter().flat_map(|(number, _, rows)| rows.iter().enumerate().map(move |(at, row)| (number, at, row)));
        let found = rows.into_iter().find(|(_, _, row)| row.origin == origin);
        found.map_or_else(|| "-".to_owned(), |(number, at, _)| format!("{number}.{}", at + 1))
    }
}

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

/// The pairs of a row by codes: parents, children, state, relation.
fn pairs(audited: &Audited, row: &AuditRow) -> BTreeSet<String> {
    let plan = row.plan.as_ref().expect("a plan");
    row.links
        .iter()
        .map(|link| {
            let above: Vec<&str> = link.parent.iter().map(|at| audited.audit.parent.tasks[*at].code.as_str()).collect();
            let below: Vec<&str> = link.child.iter().map(|at| plan.tasks[*at].code.as_str()).collect();
            format!("{}={}:{:?}", above.join("+"), below.join("+"), link.state)
        })
        .collect()
}

/// What can happen to a task on its way into a district's plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    TaskDropped,
    FieldDropped,
    DeadlineLater,
    TargetLowered,
    LeadAbove,
    MergedIntoAnother,
    SplitInTwo,
    Reworded,
    StaleYear,
}

const FAULTS: [Fault; 9] = [
    Fault::TaskDropped,
    Fault::FieldDropped,
    Fault::DeadlineLater,
    Fault::TargetLowered,
    Fault::LeadAbove,
    Fault::MergedIntoAnother,
    Fault::SplitInTwo,
    Fault::Reworded,
    Fault::StaleYear,
];

/// A fault that was made: in which unit, to which tasks of the province.
#[derive(Debug, Clone)]
struct Made {
    unit: String,
    fault: Fault,
    appendix: String,
    origins: Vec<String>,
}

/// Words of other fields of work, for a text that says something else in half of its words.
const OTHER: &str = "phối trộn nguyên liệu sạch cho bếp ăn tập thể rồi vận chuyển đến kho lạnh trước mùa mưa bão hằng tuần theo lịch trực";

/// Makes a fault in one appendix, in the first task that allows it; `None` where none does.
fn damage(rows: &mut Vec<Row>, fault: Fault, sure: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let fits = |row: &Row| {
        sure(&row.origin)
            && match fault {
                Fault::TaskDropped | Fault::LeadAbove | Fault::MergedIntoAnother | Fault::Reworded => true,
                Fault::FieldDropped => !row.products.is_empty(),
                Fault::DeadlineLater => row.deadline.len() == 1 && row.deadline[0].contains("/2023"),
                Fault::TargetLowered => row.targets.iter().any(|target| target.contains("98%")),
                Fault::SplitInTwo => halves(&row.content).is_some(),
                Fault::StaleYear => row.deadline.iter().any(|line| line.contains("2023")),
            }
    };
    let at = rows.iter().position(fits)?;
    let origin = rows[at].origin.clone();
    match fault {
        Fault::TaskDropped => {
            rows.remove(at);
        }
        Fault::FieldDropped => rows[at].products.clear(),
        Fault::DeadlineLater => rows[at].deadline = vec!["Tháng 02/2024".to_owned()],
        Fault::TargetLowered => rows[at].targets.iter_mut().for_each(|target| *target = target.replace("98%", "90%")),
        Fault::LeadAbove => rows[at].leads = vec!["Sở Nội vụ".to_owned()],
        Fault::MergedIntoAnother => {
            let other = (0..rows.len()).find(|other| *other != at && sure(&rows[*other].origin))?;
            let second = rows.remove(other);
            let first = rows.iter_mut().find(|row| row.origin == origin).expect("the first");
            first.content = format!("{}; {}", first.content, second.content);
            for product in second.products.into_iter().filter(|product| !first.products.contains(product)).collect::<Vec<_>>() {
                first.products.push(product);
            }
            return Some(vec![origin, second.origin]);
        }
        Fault::SplitInTwo => {
            let (one, other) = halves(&rows[at].content).expect("two halves");
            let mut second = rows[at].clone();
            rows[at].content = one;
            second.content = other;
            rows.push(second);
        }
        Fault::Reworded => {
            let words: Vec<&str> = rows[at].content.split(' ').collect();
            let mut others = OTHER.split(' ').cycle();
            let mixed: Vec<&str> =
                words.iter().enumerate().map(|(n, word)| if n % 20 < 11 { others.next().expect("words") } else { *word }).collect();
            rows[at].content = mixed.join(" ");
        }
        Fault::StaleYear => rows[at].deadline.iter_mut().for_each(|line| *line = line.replace("2023", "2022")),
    }
    Some(vec![origin])
}

/// Cuts a text at the joint nearest to its middle; `None` where both sides would be short.
fn halves(text: &str) -> Option<(String, String)> {
    let joints = text.match_indices("; ").map(|(at, mark)| (at, mark.len()));
    let (at, length) = joints.min_by_key(|(at, _)| at.abs_diff(text.len() / 2))?;
    let (one, other) = (text[..at].to_owned(), text[at + length..].to_owned());
    (one.split(' ').count() >= 6 && other.split(' ').count() >= 6).then_some((one, other))
}

/// Says whether the audit names what was done.
fn is_named(audited: &Audited, made: &Made) -> bool {
    let row = row(audited, &made.unit);
    let above = &audited.audit.parent.tasks;
    let of = |link: &Link| link.parent.iter().map(|at| above[*at].code.clone()).collect::<Vec<_>>();
    let origin = &made.origins[0];
    let links: Vec<&Link> = row.links.iter().filter(|link| of(link).contains(origin)).collect();
    let changed = |part: TaskPart, effect: Effect| {
        links.iter().any(|link| link.is_accepted() && link.changes.iter().any(|change| change.part == part && change.effect == effect))
    };
    let dropped = |code: &str| row.dropped.iter().any(|dropped| above[dropped.parent].code == code);
    match made.fault {
        Fault::TaskDropped => dropped(origin),
        Fault::FieldDropped => changed(TaskPart::Products, Effect::Dropped),
        Fault::DeadlineLater => changed(TaskPart::Deadline, Effect::Later),
        Fault::TargetLowered => changed(TaskPart::Targets, Effect::Lowered),
        Fault::LeadAbove => changed(TaskPart::Leads, Effect::WrongLevel),
        Fault::StaleYear => changed(TaskPart::Deadline, Effect::StaleYear),
        Fault::MergedIntoAnother => links.iter().any(|link| link.relation == Relation::Merged && of(link).contains(&made.origins[1])),
        Fault::SplitInTwo => links.iter().any(|link| link.relation == Relation::Split && link.child.len() == 2),
        // a text of which less than half is left may be anybody's question, but it is one
        Fault::Reworded => changed(TaskPart::Content, Effect::Reworded) || links.iter().any(|link| !link.is_accepted()) || dropped(origin),
    }
}

/// What an audit says of a row's tasks other than some: pairs with their changes, and drops.
fn said(audited: &Audited, unit: &str, but: &BTreeSet<String>) -> BTreeSet<String> {
    let row = row(audited, unit);
    let above = &audited.audit.parent.tasks;
    let mut out = BTreeSet::new();
    for link in &row.links {
        let codes: Vec<&str> = link.parent.iter().map(|at| above[*at].code.as_str()).collect();
        if codes.iter().any(|code| but.contains(*code)) {
            continue;
        }
        let changes: Vec<String> = link.changes.iter().map(|change| format!("{:?} {:?}", change.part, change.effect)).collect();
        out.insert(format!("{} {:?} {:?} {changes:?}", codes.join("+"), link.state, link.relation));
    }
    let dropped = row.dropped.iter().map(|dropped| (&above[dropped.parent].code, dropped));
    out.extend(dropped.filter(|(code, _)| !but.contains(*code)).map(|(code, dropped)| format!("{code} {:?}", dropped.class)));
    out
}

fn shuffled(plans: &[Flat]) -> Vec<Flat> {
    let mut out = plans.to_vec();
    for (at, plan) in out.iter_mut().enumerate() {
        plan.shuffle(at as u64 + 1);
    }
    out
}

/// The origins whose pair is accepted in an undamaged copy: what a district worded anew may be doubtful without any damage.
fn sure(audited: &Audited, plan: &Flat) -> BTreeSet<String> {
    let found = pairs(audited, row(audited, &plan.unit));
    let origins = plan.appendices.iter().flat_map(|(_, _, rows)| rows).map(|row| row.origin.clone());
    origins.filter(|origin| found.contains(&format!("{origin}={}:Accepted", plan.code_of(origin)))).collect()
}

#[test]
fn copies_are_matched_whole_and_each_seeded_fault_is_named_and_no_other() {
    let corpus = corpus();
    assert_eq!(corpus.districts.len(), 27);
    let plans = shuffled(&corpus.districts);
    let whole = audit(&corpus.files, &plans);
    let above: BTreeSet<&str> = whole.audit.parent.tasks.iter().map(|task| task.code.as_str()).collect();

    // undamaged: what came of the province's tasks is found again, and nothing else is
    let (mut carried, mut accepted, mut doubtful) = (0, 0, 0);
    for plan in &plans {
        let found = pairs(&whole, row(&whole, &plan.unit));
        for task in plan.appendices.iter().flat_map(|(_, _, rows)| rows).filter(|task| above.contains(task.origin.as_str())) {
            let pair = format!("{}={}", task.origin, plan.code_of(&task.origin));
            carried += 1;
            accepted += usize::from(found.contains(&format!("{pair}:Accepted")));
            doubtful += usize::from(found.contains(&format!("{pair}:Doubtful")));
        }
        let origins: BTreeSet<String> = plan.appendices.iter().flat_map(|(_, _, rows)| rows).map(|row| row.origin.clone()).collect();
        let wrong: Vec<&String> = found
            .iter()
            .filter(|pair| pair.ends_with(":Accepted"))
            .filter(|pair| !origins.iter().any(|origin| **pair == format!("{origin}={}:Accepted", plan.code_of(origin))))
            .collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", plan.unit);
    }
    println!("undamaged: {carried} tasks carried, {accepted} accepted, {doubtful} doubtful, {} lost", carried - accepted - doubtful);
    assert_eq!(accepted + doubtful, carried);
    assert!(accepted * 10 >= carried * 9, "{accepted} of {carried}");

    // every kind of fault in every appendix that allows it, each unit with one fault in each appendix
    let mut damaged = corpus.districts.clone();
    let mut made: Vec<Made> = Vec::new();
    for (at, plan) in damaged.iter_mut().enumerate() {
        let sure = sure(&whole, &plans[at]);
        let unit = plan.unit.clone();
        for (place, (number, _, rows)) in plan.appendices.iter_mut().enumerate() {
            let first = at + place;
            let found = (0..FAULTS.len()).find_map(|turn| {
                let fault = FAULTS[(first + turn) % FAULTS.len()];
                damage(rows, fault, &|origin| sure.contains(origin)).map(|origins| (fault, origins))
            });
            if let Some((fault, origins)) = found {
                made.push(Made { unit: unit.clone(), fault, appendix: number.clone(), origins });
            }
        }
    }
    let damaged = shuffled(&damaged);
    let audited = audit(&corpus.files, &damaged);
    let mut faults: Vec<String> = Vec::new();
    for one in &made {
        if !is_named(&audited, one) {
            faults.push(format!("not named: {one:?}"));
        }
    }
    for plan in &damaged {
        let touched: BTreeSet<String> = made.iter().filter(|made| made.unit == plan.unit).flat_map(|made| made.origins.clone()).collect();
        let (before, after) = (said(&whole, &plan.unit, &touched), said(&audited, &plan.unit, &touched));
        faults.extend(after.difference(&before).map(|line| format!("invented: {} {line}", plan.unit)));
        faults.extend(before.difference(&after).map(|line| format!("gone: {} {line}", plan.unit)));
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
        let sure = sure(&whole, plan);
        for code in changed.iter().filter(|code| sure.contains(**code)) {
            let row = row(&later, &plan.unit);
            let link = row.links.iter().find(|link| link.parent.iter().any(|at| later.audit.parent.tasks[*at].code == **code));
            let named = link.is_some_and(|link| link.changes.iter().any(|change| change.part == TaskPart::Content) || !link.is_accepted());
            assert!(named, "{}: {code} does not show that the province changed it", plan.unit);
        }
    }
}
