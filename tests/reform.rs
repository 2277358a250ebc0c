//! The reform of 2025 from end to end: a plan of 2024 rolled to 2026, and handed from the province straight to the communes.

mod support;

use kehoach::base::Date;
use kehoach::derive;
use kehoach::diag::{Code, Severity};
use kehoach::draft::{self, ChildOptions, NextYearOptions};
use kehoach::model::Seat;
use kehoach::project::{self, Compiled};
use kehoach::render::{self, Options, Templates};

const ROLLED: &str = "2026/th-2026.kh";

/// The registry and the plans of 2024 and 2026: no other plan of the project is concerned.
fn files() -> Vec<(String, String)> {
    let concerned =
        |name: &str| name.starts_with("don-vi") || name.starts_with("2026/") || ["danh-ba.kh", "sap-xep-2025.kh"].contains(&name);
    support::corpus("thanh-hoa").into_iter().filter(|(name, _)| concerned(name)).collect()
}

fn without(files: &[(String, String)], name: &str) -> Vec<(String, String)> {
    files.iter().filter(|(other, _)| other != name).cloned().collect()
}

/// Findings of a code as (place, quote).
fn said(compiled: &Compiled, code: Code) -> Vec<(String, String)> {
    let of_code = compiled.findings.iter().filter(|finding| finding.code == code);
    of_code.map(|finding| (finding.subject.place.clone().unwrap_or_default(), finding.quote.clone().unwrap_or_default())).collect()
}

#[test]
fn the_eight_communes_get_plans_without_a_word_of_the_districts() {
    let compiled = project::check_sources(files());
    let generated: Vec<_> = compiled.derivations.iter().filter(|one| compiled.model.plan(one.plan).generated.is_some()).collect();
    assert_eq!(generated.len(), 8);
    let templates = Templates::embedded();
    for derivation in compiled.derivations.iter().filter(|one| compiled.model.plan(one.plan).header.year == Some(2026)) {
        let code = &compiled.model.plan(derivation.plan).code.text;
        let (text, _) = render::text(&compiled.model, derivation, &templates, &Options::default());
        for gone in ["huyện", "thị trấn", "Kế hoạch và Đầu tư", "Thông tin và Truyền thông", "Lao động - Thương binh"]
        {
            assert!(!text.to_lowercase().contains(&gone.to_lowercase()), "{code}: {gone}");
        }
        for task in &derivation.content.tasks {
            for (field, piece) in [("leads", &task.fields.leads), ("coordinators", &task.fields.coordinators)] {
                let filled = piece.as_ref().is_some_and(|piece| !piece.value.is_empty());
                assert!(filled, "{code}: {} has no {field}", task.code.text);
            }
        }
    }
    let open: Vec<&str> = compiled
        .findings
        .iter()
        .filter(|finding| finding.accepted.is_none() && finding.severity != Severity::Info && finding.code != Code::KH0030)
        .map(|finding| finding.message.vi.as_str())
        .collect();
    assert_eq!(open, [""; 0]);
}

#[test]
fn a_decision_that_is_taken_away_is_missed_at_its_task_and_role_alone() {
    let files = files();
    let text = support::text(&files, ROLLED).replace("TT-03, BM-02", "BM-02");
    let compiled = project::check_sources(support::with(&files, ROLLED, text));
    assert_eq!(said(&compiled, Code::KH4020), [("TT-03".to_owned(), "UBND cấp huyện".to_owned())]);
}

#[test]
fn the_worksheet_lists_each_role_of_the_districts_with_those_who_could_take_over() {
    let compiled = project::check_sources(files());
    let (model, plan) = (&compiled.model, compiled.model.find("TH-2024").expect("TH-2024"));
    let sheet = derive::decisions(model, &compiled.derivations, plan, Date::first_of_year(2026));
    let tasks = &compiled.derivations[plan.index()].template.tasks;
    let line = |code: &str| {
        let one = sheet.iter().find(|one| tasks[one.task].code.text == code).expect("a decision");
        let names = one.choices.iter().flat_map(|(_, heirs)| heirs).map(|heir| model.registry.name_of(heir.body, None));
        (one.seat, names.collect::<Vec<_>>().join("; "))
    };
    assert_eq!(sheet.len(), 13);
    assert_eq!(line("TT-02"), (Seat::Lead, "UBND cấp xã; UBND tỉnh".to_owned()));
    assert_eq!(line("BM-04"), (Seat::Coordinator, "Thanh tra tỉnh".to_owned()));
    assert_eq!(line("TC-01"), (Seat::Coordinator, "Phòng Kinh tế; Phòng Kinh tế, Hạ tầng và Đô thị; Sở Tài chính".to_owned()));
    // none while the districts stand
    assert_eq!(derive::decisions(model, &compiled.derivations, plan, Date::first_of_year(2025)), []);
}

#[test]
fn a_draft_of_the_next_year_asks_for_each_decision_and_is_an_error_until_they_are_made() {
    let files = without(&without(&files(), ROLLED), "2026/giao-xa-2026.kh");
    let compiled = project::check_sources(files.clone());
    let plan = compiled.model.find("TH-2024").expect("TH-2024");
    let options = NextYearOptions { year: 2026, results: None, results_file: None };
    let text = draft::next_year(&compiled.model, &compiled.derivations, plan, options);
    assert!(text.contains("# UBND cấp huyện có thể sang: xã (UBND cấp xã); tỉnh (ghi Giao)"), "{text}");
    let mut all = files;
    all.push(("2026/du-thao.kh".to_owned(), text));
    let drafted = project::check_sources(all);
    assert_eq!(said(&drafted, Code::KH4020).len(), 13);
    let errors = drafted.findings.iter().filter(|finding| finding.severity == Severity::Error && finding.code != Code::KH4020);
    assert_eq!(errors.map(|finding| finding.message.vi.as_str()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn a_commune_that_follows_the_plan_of_2024_is_told_to_wait_for_the_decisions() {
    let files = without(&without(&files(), ROLLED), "2026/giao-xa-2026.kh");
    let compiled = project::check_sources(files);
    let model = &compiled.model;
    let unit = model.registry.find_unit("xã Hoằng Lộc", Date::first_of_year(2026)).expect("a unit");
    let options = ChildOptions { unit, code: None, year: Some(2026) };
    let text = draft::child(model, &compiled.derivations, model.find("TH-2024").expect("TH-2024"), &options);
    assert!(text.contains("# TH-2024 còn giao việc cho cấp huyện, không còn vào ngày của kế hoạch này: TT-01 (phối hợp)"), "{text}");
}
