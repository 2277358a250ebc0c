//! One plan handed to many units, over the corpus: who receives what, and that a change above names exactly the units concerned.

mod support;

use std::collections::BTreeSet;

use kehoach::derive::{Reach, coverage};
use kehoach::diag::{Code, Diagnostic, Lang};
use kehoach::model::{Fields, PlanId};
use kehoach::project::{self, Compiled};
use kehoach::render::{self, Options, Templates};

const DISTRICTS: &str = "giao-huyen.kh";

/// What the communes' handing-on takes over for all in one line.
const COMMON_OF_COMMUNES: &str = "TTHC-02, TTHC-03, TTHC-04";

fn files() -> Vec<(String, String)> {
    support::corpus("thanh-hoa")
}

/// The corpus with one replacement in one file.
fn changed(name: &str, from: &str, to: &str) -> Compiled {
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(other, _)| other == name).expect("the file");
    assert!(text.contains(from), "{name} does not hold {from}");
    *text = text.replacen(from, to, 1);
    project::check_sources(files)
}

/// The units that findings of a code about a place name, accepted ones left out.
fn units(compiled: &Compiled, code: Code, place: &str) -> BTreeSet<String> {
    let about =
        |finding: &&Diagnostic| finding.code == code && finding.accepted.is_none() && finding.subject.place.as_deref() == Some(place);
    let named = compiled.findings.iter().filter(about).filter_map(|finding| finding.subject.unit.clone());
    named.flat_map(|units| units.split("; ").map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The names of a handing-on's units; `generated` leaves out those that write their own plan.
fn recipients(compiled: &Compiled, handing: &str, generated: bool) -> BTreeSet<String> {
    let handing = compiled.model.find_handing(handing).expect("the handing-on");
    let kept = handing.recipients.iter().filter(|recipient| !generated || recipient.own_file.is_none());
    kept.map(|recipient| compiled.model.registry.unit(recipient.unit).name.clone()).collect()
}

#[test]
fn each_district_and_each_commune_has_a_plan_without_open_findings_but_its_blanks() {
    let compiled = project::check_sources(files());
    assert_eq!(recipients(&compiled, "TH-2022-HUYỆN", false).len(), 27);
    assert_eq!(recipients(&compiled, "TH-2022-HUYỆN", true).len(), 26);
    assert_eq!(recipients(&compiled, "HH-2023-XÃ", true).len(), 37);
    let of_handings = |finding: &&Diagnostic| matches!(finding.subject.plan.as_deref(), Some("TH-2022-HUYỆN" | "HH-2023-XÃ"));
    let open: Vec<Code> =
        compiled.findings.iter().filter(of_handings).filter(|finding| finding.accepted.is_none()).map(|finding| finding.code).collect();
    assert_eq!(open, [Code::KH0030, Code::KH0030]);
}

#[test]
fn urban_districts_have_their_own_offices() {
    let compiled = project::check_sources(files());
    let lead = |plan: &str| {
        let id = compiled.model.find(plan).expect("the plan");
        let tasks = &compiled.derivations[id.index()].content.tasks;
        let task = tasks.iter().find(|task| task.code.text == "TC-03").expect("TC-03");
        task.fields.leads.as_ref().expect("a lead").value[0].text.clone()
    };
    assert_eq!(lead("BÁ-THƯỚC-2023"), "Phòng Kinh tế và Hạ tầng");
    for urban in ["TP-THANH-HÓA-2023", "TP-SẦM-SƠN-2023", "TX-BỈM-SƠN-2023", "TX-NGHI-SƠN-2023"] {
        assert_eq!(lead(urban), "Phòng Quản lý đô thị");
    }
}

/// Says whether a field that the parent fills is empty.
fn lost(upper: &Fields, own: &Fields) -> bool {
    let empty = |upper: Option<usize>, own: Option<usize>| upper.is_some_and(|count| count > 0) && own.is_none_or(|count| count == 0);
    let lines = |fields: &Fields| fields.deadline.as_ref().map(|piece| piece.value.entries.len());
    let products = |fields: &Fields| fields.products.as_ref().map(|piece| piece.value.len());
    let leads = |fields: &Fields| fields.leads.as_ref().map(|piece| piece.value.len());
    let content = |fields: &Fields| fields.content.as_ref().map(|piece| piece.value.len());
    [lines as fn(&Fields) -> _, products, leads, content].into_iter().any(|of| empty(of(upper), of(own)))
}

#[test]
fn generated_plans_print_without_holes() {
    let compiled = project::check_sources(files());
    let templates = Templates::embedded();
    for derivation in &compiled.derivations {
        let plan = compiled.model.plan(derivation.plan);
        if plan.generated.is_none() {
            continue;
        }
        let code = &plan.code.text;
        let (text, findings) = render::text(&compiled.model, derivation, &templates, &Options::default());
        assert_eq!(findings, [], "{code}");
        assert!(!text.contains(['{', '}']), "{code} prints a placeholder");
        for task in &derivation.content.tasks {
            for (parent, at) in &task.carries {
                let upper = &compiled.derivations[parent.index()].content.tasks[*at];
                assert!(!lost(&upper.fields, &task.fields), "{code} {}", task.code.text);
            }
        }
    }
}

#[test]
fn a_new_provincial_task_names_every_district() {
    let task = "NHIỆM VỤ CD-99: Sơ kết năm {năm}\nCơ quan chủ trì: Sở Nội vụ\nThời gian hoàn thành: Quý IV/2022\n\nNHIỆM VỤ CD-01:";
    let compiled = changed("th-2022.kh", "NHIỆM VỤ CD-01:", task);
    let mut named = units(&compiled, Code::KH3001, "CD-99");
    assert!(named.remove("tỉnh Thanh Hóa"), "the province's plan of next year");
    assert_eq!(named, recipients(&compiled, "TH-2022-HUYỆN", false));
    // one finding for those that are generated, one for the district that writes its own plan, one for the province's plan of next year
    assert_eq!(compiled.findings.iter().filter(|finding| finding.code == Code::KH3001).count(), 3);
}

#[test]
fn a_new_task_of_the_district_names_its_communes() {
    let task = "BỔ SUNG CD-H9: Sơ kết năm {năm}\nCơ quan chủ trì: Phòng Nội vụ\nThời gian hoàn thành: Quý IV/2023\n\nSỬA ĐỔI CD-02";
    let compiled = changed("huyen/hoang-hoa.kh", "SỬA ĐỔI CD-02", task);
    assert_eq!(units(&compiled, Code::KH3001, "CD-H9"), recipients(&compiled, "HH-2023-XÃ", true));
}

#[test]
fn an_earlier_provincial_deadline_names_the_districts_that_are_later() {
    let compiled = changed("th-2022.kh", "Thời gian hoàn thành: Quý III/2022", "Thời gian hoàn thành: Quý II/2022");
    // the district that writes its own plan has accepted its later day already
    assert_eq!(units(&compiled, Code::KH3005, "TC-08"), recipients(&compiled, "TH-2022-HUYỆN", true));
}

/// The corpus with a common `KẾ THỪA` replaced by one RIÊNG for each unit of a handing-on, but for one of them.
fn but_one(whole: &Compiled, (file, handing): (&str, &str), inherited: &str, but: &str) -> Compiled {
    let handing = whole.model.find_handing(handing).expect("the handing-on");
    let generated = handing.recipients.iter().filter(|recipient| recipient.own_file.is_none());
    let codes = generated.map(|recipient| whole.model.registry.unit(recipient.unit).code.as_str());
    let exceptions: String = codes.filter(|code| *code != but).map(|code| format!("\nRIÊNG {code}\nKẾ THỪA {inherited}\n")).collect();
    let mut files = files();
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).expect("the file");
    let common = format!("\nKẾ THỪA {inherited}\n");
    assert!(text.contains(&common), "{file} does not hold {common}");
    *text = text.replacen(&common, "\n", 1) + &exceptions;
    project::check_sources(files)
}

#[test]
fn a_removed_exception_names_its_unit_alone() {
    let whole = project::check_sources(files());
    let communes = ("giao-xa.kh", "HH-2023-XÃ");
    let commune = whole.model.find_handing(communes.1).and_then(|handing| handing.recipients.get(5)).expect("a commune").unit;
    let commune = whole.model.registry.unit(commune);
    for (file, inherited, but, expected) in [
        ((DISTRICTS, "TH-2022-HUYỆN"), "TC-09", "", vec![]),
        ((DISTRICTS, "TH-2022-HUYỆN"), "TC-09", "MƯỜNG-LÁT", vec!["huyện Mường Lát"]),
        ((DISTRICTS, "TH-2022-HUYỆN"), "TC-09", "TP-SẦM-SƠN", vec!["thành phố Sầm Sơn"]),
        (communes, COMMON_OF_COMMUNES, commune.code.as_str(), vec![commune.name.as_str()]),
    ] {
        let compiled = but_one(&whole, file, inherited, but);
        for task in inherited.split(", ") {
            let named = units(&compiled, Code::KH3001, task);
            assert_eq!(named.iter().map(String::as_str).collect::<Vec<_>>(), expected, "{task}");
        }
        let lost = compiled.findings.iter().filter(|finding| finding.code == Code::KH3001).count();
        assert_eq!(lost, expected.len() * inherited.split(", ").count());
    }
}

#[test]
fn a_provincial_task_that_the_district_takes_over_reaches_its_communes() {
    let task = "NHIỆM VỤ CD-99: Sơ kết năm {năm}\nCơ quan chủ trì: Sở Nội vụ\nThời gian hoàn thành: Quý IV/2022\n\nNHIỆM VỤ CD-01:";
    let mut files = files();
    for (name, from, to) in
        [("th-2022.kh", "NHIỆM VỤ CD-01:", task), ("huyen/hoang-hoa.kh", "SỬA ĐỔI CD-02", "KẾ THỪA CD-99\n\nSỬA ĐỔI CD-02")]
    {
        let (_, text) = files.iter_mut().find(|(other, _)| other == name).expect("the file");
        *text = text.replacen(from, to, 1);
    }
    let compiled = project::check_sources(files);
    let mut expected = recipients(&compiled, "TH-2022-HUYỆN", true);
    expected.extend(recipients(&compiled, "HH-2023-XÃ", true));
    let mut named = units(&compiled, Code::KH3001, "CD-99");
    assert!(named.remove("tỉnh Thanh Hóa"), "the province's plan of next year");
    assert_eq!(named, expected);
    assert_eq!(expected.len(), 26 + 37);
}

#[test]
fn two_exceptions_for_one_unit_clash_only_where_they_name_one_task() {
    for (second, expected) in [("KẾ THỪA TTHC-01", 0), ("KẾ THỪA TC-09", 1)] {
        let mut files = files();
        let (_, text) = files.iter_mut().find(|(name, _)| name == DISTRICTS).expect("the file");
        let first = "SỬA ĐỔI TC-09\nThời gian hoàn thành: Quý II/2023";
        *text = format!("{text}\nRIÊNG MƯỜNG-LÁT; QUAN-SƠN\n{first}\n\nRIÊNG QUAN-SƠN\n{second}\n");
        let compiled = project::check_sources(files);
        let clashes: Vec<&Diagnostic> = compiled.findings.iter().filter(|finding| finding.code == Code::KH3033).collect();
        assert_eq!(clashes.len(), expected, "{second}");
        for clash in clashes {
            assert_eq!((clash.subject.unit.as_deref(), clash.subject.place.as_deref()), (Some("huyện Quan Sơn"), Some("TC-09")));
        }
    }
}

fn reached(compiled: &Compiled, task: &str) -> Vec<Reach> {
    let plan: PlanId = compiled.model.find("TH-2022").expect("TH-2022");
    let tasks = &compiled.derivations[plan.index()].content.tasks;
    let at = tasks.iter().position(|other| other.code.text == task).expect("the task");
    let all = coverage(&compiled.model, &compiled.derivations, plan, at).into_iter();
    all.filter(|reach| !reach.next_year).collect()
}

#[test]
fn coverage_is_answered_over_three_levels() {
    let compiled = project::check_sources(files());
    let districts = reached(&compiled, "TC-08");
    assert_eq!(districts.len(), 27);
    let communes: Vec<&Reach> = districts.iter().flat_map(|district| &district.below).collect();
    assert_eq!(communes.len(), 37);
    assert!(!districts.iter().chain(communes).any(Reach::breaks));
    // the district takes it over, its communes do not
    let districts = reached(&compiled, "BM-10");
    assert!(!districts.iter().any(Reach::breaks));
    assert!(districts.iter().flat_map(|district| &district.below).all(Reach::breaks));
    let id = compiled.model.find("TH-2022").expect("TH-2022");
    let told = render::spread(&compiled.sources, &compiled.model, &compiled.derivations, id, "BM-10", Lang::Vi);
    assert!(told.contains("Cấp xã: 37 đơn vị") && told.contains("đứt ở đây; không áp dụng"), "{told}");
}
