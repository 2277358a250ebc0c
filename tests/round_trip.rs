//! A plan that was printed is read back as the same plan: head, prose, tasks in their order with every field, criteria with their scores.
//!
//! What a document cannot say is left out of the comparison: capitals (titles of PHẦN stand in capitals), the final `.` or `;` of an item, fields
//! that no column of the plan prints; where a deadline or legal basis holds `;` itself, whether it is one or two; the label of a
//! line in running text (`Cơ quan phối hợp, theo dõi: …`), of which only the role is read.

mod support;

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kehoach::base::{Key, clean};
use kehoach::derive::Derivation;
use kehoach::import::{self, OpenOptions, Reading};
use kehoach::model::{Fields, Piece, Role, Tag, TaskField};
use kehoach::project::{self, Compiled, check_sources};
use kehoach::render::view::{self, Printed};
use kehoach::render::{self, Options, Templates};

const PROJECTS: [&str; 4] = ["thanh-hoa", "quang-ngai", "thai-nguyen", "dak-nong"];

/// The project, compiled once for all tests.
fn compiled(project: &'static str) -> &'static Compiled {
    static DONE: Mutex<BTreeMap<&str, &Compiled>> = Mutex::new(BTreeMap::new());
    let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
    done.entry(project).or_insert_with(|| Box::leak(Box::new(check_sources(support::corpus(project)))))
}

/// The derivations of the plans that have a file of their own.
fn plans() -> Vec<(&'static Compiled, &'static Derivation)> {
    let all = PROJECTS.into_iter().map(compiled);
    let of = |compiled: &'static Compiled| {
        let own = compiled.derivations.iter().filter(|one| compiled.model.plan(one.plan).generated.is_none());
        own.map(move |one| (compiled, one)).collect::<Vec<_>>()
    };
    let plans: Vec<_> = all.flat_map(of).collect();
    assert!(plans.len() >= 8, "{}", plans.len());
    plans
}

/// Words as both sides are compared: without a list's mark, without the final mark.
fn fold(text: &str) -> String {
    let text = clean(&text.replace('\n', " ")).into_owned();
    let text = text.trim().trim_start_matches(['-', '+', ' ']).trim_end_matches(['.', ';', '/', ' ', ',']).to_owned();
    Key::new(&text).as_str().to_owned()
}

fn folded<'a>(list: impl IntoIterator<Item = &'a String>) -> Vec<String> {
    list.into_iter().map(|text| fold(text)).filter(|text| !text.is_empty()).collect()
}

/// What differs, as `where: printed | read`.
#[derive(Default)]
struct Differences(Vec<String>);

impl Differences {
    fn same(&mut self, place: &str, printed: &str, read: &str) {
        if fold(printed) != fold(read) {
            self.0.push(format!("{place}: {printed} | {read}"));
        }
    }

    fn all<'a>(&mut self, place: &str, printed: impl IntoIterator<Item = &'a String>, read: impl IntoIterator<Item = &'a String>) {
        let (printed, read) = (folded(printed), folded(read));
        if printed != read {
            self.0.push(format!("{place}: {printed:?} | {read:?}"));
        }
    }
}

impl Differences {
    /// Compares lists whose items may themselves hold what parts them.
    fn joined<'a>(&mut self, place: &str, printed: &[String], read: impl IntoIterator<Item = &'a String>) {
        self.same(place, &folded(printed).join("; "), &folded(read).join("; "));
    }

    /// Compares bodies by name, their duties, and the labels that they bear.
    fn roles(&mut self, place: &str, printed: &[Role], read: &[String], task: &import::Task) {
        self.all(place, printed.iter().map(|role| &role.text), read);
        for role in printed {
            if let Some(duty) = &role.duty {
                let words = fold(duty.trim_start_matches(':'));
                if !task.duties.iter().any(|one| fold(&one.body) == fold(&role.text) && fold(&one.text) == words) {
                    self.0.push(format!("{place} duty: {}: {duty} | {:?}", role.text, task.duties));
                }
            }
            if let Some(label) = role.label.as_ref().filter(|_| task.origin.table > 0)
                && !task.printed.iter().any(|(_, text)| fold(text).contains(&fold(label.trim_end_matches(':'))))
            {
                self.0.push(format!("{place} label: {label} | {:?}", task.printed));
            }
        }
    }
}

/// The values of a field as the document prints them.
fn values(printed: &[Printed], tag: &Tag) -> Vec<String> {
    let tag = tag.text();
    printed.iter().filter(|one| one.tag == tag).map(|one| one.value().to_owned()).filter(|value| !value.is_empty()).collect()
}

/// Compares a plan with what was read from its document.
fn compare(compiled: &Compiled, derivation: &Derivation, reading: &Reading) -> Vec<String> {
    let view = view::plan(&compiled.model, derivation, &Options::default());
    let printed = view::tagged(&view);
    let plan = compiled.model.plan(derivation.plan);
    let mut out = Differences::default();
    let head = |field: &str| values(&printed, &Tag::new(&plan.code.text, "", field));
    let read = &reading.header;
    out.same("number", &head("number").concat(), &read.number);
    let date = plan.header.date.map(kehoach::base::Date::iso).unwrap_or_default();
    out.same("date", &date, &read.date.map(kehoach::base::Date::iso).unwrap_or_default());
    let unit = plan.unit.map(|unit| compiled.model.registry.unit(unit).name.as_str()).unwrap_or_default();
    if !read.issuer.ends_with(unit) {
        out.0.push(format!("issuer: {unit} | {}", read.issuer));
    }
    out.same("issuer", &view.heading.issuer.join(" "), &read.issuer);
    out.same("title", head("title").first().map_or("", String::as_str), &read.title);
    out.joined("bases", &head("bases"), read.legal_bases.iter().map(|basis| &basis.text));
    out.same("proposer", &head("proposer").concat(), &read.proposer);
    out.all("recipients", &head("recipients"), &read.recipients);
    out.same("office", &view.signature.titles.join(" "), &read.signer.title);
    out.same("signer", &head("signer").concat(), &read.signer.name);
    prose(&printed, reading, &mut out);
    let scored = derivation.content.appendices.iter().any(|appendix| appendix.scores.is_some());
    if scored {
        criteria(&plan.code.text, &printed, reading, &mut out);
    } else {
        tasks(compiled, derivation, &printed, reading, &mut out);
    }
    out.0.iter().map(|line| format!("{}: {line}", plan.code.text)).collect()
}

/// The PHẦN with all that stands below them, in order.
fn prose(printed: &[Printed], reading: &Reading, out: &mut Differences) {
    let own: Vec<String> =
        printed.iter().filter(|one| one.tag.contains("//part/")).map(|one| fold(one.value())).filter(|text| !text.is_empty()).collect();
    let read: Vec<String> = reading
        .parts
        .iter()
        .filter(|part| part.appendix.is_empty())
        .flat_map(|part| [part.title.as_str()].into_iter().chain(part.text.lines()))
        .map(fold)
        .filter(|text| !text.is_empty())
        .collect();
    let mut rest = read.iter();
    for text in own {
        if !rest.clone().any(|other| *other == text) {
            out.0.push(format!("prose: {text}"));
        } else {
            rest.by_ref().find(|other| **other == text);
        }
    }
}

/// The fields that a document prints for a task.
fn stated(printed: &[Printed], plan: &str, code: &str, field: TaskField) -> bool {
    let name = field.column().and_then(|column| column.tag_name(false));
    name.is_some_and(|name| !values(printed, &Tag::new(plan, code, &name)).is_empty())
}

fn tasks(compiled: &Compiled, derivation: &Derivation, printed: &[Printed], reading: &Reading, out: &mut Differences) {
    let plan = &compiled.model.plan(derivation.plan).code.text;
    // in the order of the document, appendix by appendix
    let mut order: Vec<String> = Vec::new();
    for tag in printed.iter().filter_map(|one| Tag::parse(&one.tag)).filter(|tag| !tag.task.is_empty()) {
        if !order.contains(&tag.task) {
            order.push(tag.task);
        }
    }
    let (own, read) = (order.len(), reading.tasks.len());
    if own != read {
        out.0.push(format!("tasks: {own} | {read}"));
    }
    for (code, read) in order.iter().zip(&reading.tasks) {
        let task = derivation.content.tasks.iter().find(|task| task.code.text == *code).expect("the task of a tag");
        let fields: &Fields = &task.fields;
        let items = |field: TaskField| -> Vec<String> {
            if !stated(printed, plan, code, field) {
                return Vec::new();
            }
            field.items(fields, &compiled.model.registry).unwrap_or_default()
        };
        let place = |name: &str| format!("{code} {name}");
        let content = values(printed, &Tag::new(plan, code, "content"));
        // the narrative may print it too
        let content = content.first().cloned().unwrap_or_default();
        out.same(&place("content"), &content, &read.content);
        out.all(&place("products"), &items(TaskField::Products), &read.products);
        let roles = |field: TaskField, list: &Option<Piece<Vec<Role>>>| -> Vec<Role> {
            let shown = list.as_ref().filter(|_| stated(printed, plan, code, field));
            shown.map(|piece| piece.value.clone()).unwrap_or_default()
        };
        out.roles(&place("leads"), &roles(TaskField::Leads, &fields.leads), &read.leads, read);
        out.roles(&place("coordinators"), &roles(TaskField::Coordinators, &fields.coordinators), &read.coordinators, read);
        out.roles(&place("synthesisers"), &roles(TaskField::Synthesisers, &fields.synthesisers), &read.synthesisers, read);
        let whole =
            |item: &import::DeadlineItem| if item.of.is_empty() { item.text.clone() } else { format!("{}: {}", item.of, item.text) };
        let times: Vec<String> = read.deadline_items.iter().map(whole).collect();
        out.joined(&place("deadline"), &items(TaskField::Deadline), &times);
    }
}

fn criteria(plan: &str, printed: &[Printed], reading: &Reading, out: &mut Differences) {
    let mut order: Vec<String> = Vec::new();
    for tag in printed.iter().filter_map(|one| Tag::parse(&one.tag)).filter(|tag| !tag.task.is_empty()) {
        if !order.contains(&tag.task) {
            order.push(tag.task);
        }
    }
    let read: Vec<String> = reading.criteria.iter().map(|one| one.number.clone()).collect();
    if order != read {
        out.0.push(format!("criteria: {order:?} | {read:?}"));
    }
    for (code, read) in order.iter().zip(&reading.criteria) {
        let value = |field: &str| values(printed, &Tag::new(plan, code, field)).join(" ");
        for (field, text) in [("name", &read.name), ("standard", &read.standard), ("previous", &read.previous), ("target", &read.target)] {
            out.same(&format!("{code} {field}"), &value(field), text);
        }
        let flat = |text: &str| fold(text).replace("; ", " ").replace("- ", "");
        out.same(&format!("{code} solution"), &flat(&value("solution")), &flat(&read.solution));
        out.same(&format!("{code} lead"), &flat(&value("lead")), &flat(&read.lead));
    }
}

fn differences(name: &str, print: impl Fn(&Compiled, &Derivation) -> Vec<u8>) -> Vec<String> {
    let mut out = Vec::new();
    for (compiled, derivation) in plans() {
        let opened = import::open(name, &print(compiled, derivation), OpenOptions::default()).expect("a document");
        let reading = import::read(&opened.document, Some(&compiled.model.registry));
        out.extend(compare(compiled, derivation, &reading));
    }
    out
}

fn docx(compiled: &Compiled, derivation: &Derivation) -> Vec<u8> {
    render::docx(&compiled.model, derivation, &Templates::embedded(), &Options::default()).0
}

#[test]
fn a_word_document_says_the_whole_plan() {
    let differences = differences("a.docx", docx);
    assert!(differences.is_empty(), "{}\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn a_web_page_says_the_whole_plan() {
    let differences = differences("a.html", |compiled, derivation| {
        let page = render::markup(render::Markup::Html, &compiled.model, derivation, &Templates::embedded(), &Options::default()).0;
        page.into_bytes()
    });
    assert!(differences.is_empty(), "{}\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn a_text_says_the_whole_plan_at_every_width() {
    let mut out = Vec::new();
    for width in [80, 100, 120] {
        let found = differences("a.txt", |compiled, derivation| {
            let options = Options { width, ..Options::default() };
            render::text(&compiled.model, derivation, &Templates::embedded(), &options).0.into_bytes()
        });
        out.extend(found.into_iter().map(|line| format!("{width}: {line}")));
    }
    assert!(out.is_empty(), "{}\n{}", out.len(), out.join("\n"));
}

/// The files that LibreOffice saved again, in the folder that `KEHOACH_LIBREOFFICE` names, one `CODE.docx` for each plan.
#[test]
fn a_copy_of_libreoffice_says_the_whole_plan() {
    let Some(folder) = std::env::var_os("KEHOACH_LIBREOFFICE") else { return };
    let mut out = Vec::new();
    for (compiled, derivation) in plans() {
        let code = &compiled.model.plan(derivation.plan).code.text;
        let bytes = std::fs::read(std::path::Path::new(&folder).join(format!("{code}.docx"))).expect("the copy");
        let opened = import::open("a.docx", &bytes, OpenOptions::default()).expect("a document");
        out.extend(compare(compiled, derivation, &import::read(&opened.document, Some(&compiled.model.registry))));
        let printed = docx(compiled, derivation);
        let printed = import::open("b.docx", &printed, OpenOptions::default()).expect("a document").document;
        let updated = project::update(compiled, &opened.document, Some(&printed)).expect("titles");
        assert_eq!(updated.plan, *code);
        assert_eq!((updated.revised, updated.files), (Vec::new(), Vec::new()), "{code}");
        out.extend(updated.beside.iter().map(|message| format!("{code}: {}", message.en)));
    }
    assert!(out.is_empty(), "{}\n{}", out.len(), out.join("\n"));
}
