//! Drafts: what `derive` writes for each district of the corpus reads, keeps its layout, and leaves open only what a person decides.

mod support;

use kehoach::agency::UnitId;
use kehoach::base::Year;
use kehoach::diag::{Code, Diagnostic, Lang, Severity};
use kehoach::draft::{self, ChildOptions};
use kehoach::fmt;
use kehoach::project::{self, Compiled};

const PARENT: &str = "TH-2022";

/// The corpus without the plans below the province's.
fn province() -> Vec<(String, String)> {
    support::corpus("thanh-hoa").into_iter().filter(|(name, _)| !name.starts_with("huyen/")).collect()
}

fn districts(compiled: &Compiled) -> Vec<UnitId> {
    let registry = &compiled.model.registry;
    let level = registry.find_level("huyện").expect("the level huyện");
    registry.units().filter(|(_, unit)| unit.level == level).map(|(id, _)| id).collect()
}

fn drafted(compiled: &Compiled, unit: UnitId, year: Option<Year>) -> String {
    let parent = compiled.model.find(PARENT).expect("the province's plan");
    draft::child(&compiled.model, &compiled.derivations, parent, &ChildOptions { unit, code: None, year })
}

/// What only a person can say: a proposed waiver, a blank, who leads, which of several bodies is meant.
fn is_for_a_person(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::KH3010 | Code::KH0030 | Code::KH3008 | Code::KH1004)
}

#[test]
fn each_districts_draft_leaves_open_only_what_a_person_decides() {
    let files = province();
    let compiled = project::check_sources(files.clone());
    let units = districts(&compiled);
    assert_eq!(units.len(), 27);
    let mut faults = Vec::new();
    for unit in units {
        for year in [None, Some(2023)] {
            let name = &compiled.model.registry.unit(unit).name;
            let text = drafted(&compiled, unit, year);
            let laid_out = fmt::format_text(&text);
            if !laid_out.sound || laid_out.changed {
                faults.push(format!("{name}: the draft is not in the one layout\n{text}"));
            }
            let mut with_draft = files.clone();
            with_draft.push(("huyen/du-thao.kh".into(), text));
            let checked = project::check_sources(with_draft);
            let of_draft = |finding: &&Diagnostic| {
                finding.primary.as_ref().is_some_and(|label| checked.sources.get(label.loc.source).name() == "huyen/du-thao.kh")
            };
            for finding in checked.findings.iter().filter(of_draft) {
                if finding.severity == Severity::Error && !is_for_a_person(finding) {
                    faults.push(format!("{name} {year:?}: {} {}", finding.code, finding.message.get(Lang::Vi)));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_draft_moves_the_year_of_the_title_and_names_the_parent_among_the_bases() {
    let compiled = project::check_sources(province());
    let unit = compiled.model.registry.find_unit("huyện Hoằng Hóa", kehoach::base::Date::first_of_year(2022)).expect("the unit");
    let text = drafted(&compiled, unit, Some(2023));
    for line in [
        "KẾ HOẠCH HOẰNG-HÓA-2023: Cải cách hành chính năm 2023",
        "Ngày: …/12/2022",
        "Người ký: CHỦ TỊCH | CẦN BỔ SUNG (họ và tên)",
        "Trách nhiệm thi hành: CẦN BỔ SUNG (chức danh người đứng đầu các cơ quan, đơn vị)",
        "Chuyển năm: 2022 sang 2023",
        "- Quyết định số 5347/QĐ-UBND ngày 24/12/2021 của Chủ tịch UBND tỉnh Thanh Hóa",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}\n{text}");
    }
}
