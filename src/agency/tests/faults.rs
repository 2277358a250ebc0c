//! Registries that do not hold together.

use super::*;
use crate::diag::Code;

fn codes(book: &Book) -> Vec<(Code, usize)> {
    let (_, findings) = book.build();
    findings.iter().map(|finding| (finding.code, finding.related.len())).collect()
}

/// Three levels and one sector, with no fault.
fn small() -> Book {
    let mut book = Book::default();
    book.level("tỉnh", "", "");
    book.level("huyện", "tỉnh", "-30/6/2025");
    book.agency("SNV", "tỉnh", "Sở Nội vụ", "", "");
    book.agency("P-NV", "huyện", "Phòng Nội vụ", "", "-30/6/2025");
    book.sector("nội vụ", &["tỉnh: Sở Nội vụ", "huyện: Phòng Nội vụ"]);
    book
}

#[test]
fn a_sound_registry_has_no_findings() {
    assert_eq!(codes(&small()), []);
    let (_, findings) = book().build();
    let grave: Vec<_> = findings.iter().filter(|finding| finding.code != Code::KH1012).map(|finding| &finding.message.vi).collect();
    assert_eq!(grave, [""; 0]);
}

#[test]
fn cycles_are_cut_and_show_every_place() {
    let mut levels = small();
    levels.all.levels[0].under = levels.under("huyện");
    assert_eq!(codes(&levels), [(Code::KH1010, 1)]);

    let mut units = small();
    units.unit("A", "huyện A", "B", "", "");
    units.unit("B", "huyện B", "C", "", "");
    units.unit("C", "huyện C", "A", "", "");
    let (registry, findings) = units.build();
    assert_eq!(findings.iter().map(|finding| (finding.code, finding.related.len())).collect::<Vec<_>>(), [(Code::KH1010, 2)]);
    assert!(findings[0].message.vi.contains("huyện A → huyện C → huyện B → huyện A"), "{}", findings[0].message.vi);
    assert!(registry.graph().order().is_ok());

    let mut parts = small();
    parts.all.agencies[0].under = parts.under("Ban Thi đua");
    parts.part("BTĐ", "tỉnh", "Ban Thi đua", "", "Sở Nội vụ");
    assert_eq!(codes(&parts), [(Code::KH1010, 1)]);

    let mut successors = small();
    successors.agency("A", "tỉnh", "Sở A", "", "-28/2/2025");
    successors.succeeds("Sở B");
    successors.agency("B", "tỉnh", "Sở B", "", "-30/6/2025");
    successors.succeeds("Sở A");
    successors.sector("a", &["tỉnh: Sở A"]);
    assert_eq!(codes(&successors), [(Code::KH1010, 1)]);
}

#[test]
fn two_parents_on_one_day_are_a_fault() {
    let mut book = small();
    book.level("xã", "huyện; tỉnh @1/7/2025-", "");
    assert_eq!(codes(&book), [(Code::KH1011, 1)]);
    let mut book = small();
    book.level("xã", "huyện @-30/6/2025; tỉnh @1/7/2025-", "");
    assert_eq!(codes(&book), []);
    book.unit("TH", "tỉnh Thanh Hóa", "", "", "");
    book.unit("NA", "tỉnh Nghệ An", "", "", "");
    book.unit("A", "huyện A", "TH; NA", "", "");
    assert_eq!(codes(&book), [(Code::KH1011, 1)]);
}

#[test]
fn an_agency_in_no_sector_is_reported_unless_something_leads_to_it() {
    let mut book = small();
    book.agency("SYT", "tỉnh", "Sở Y tế", "", "");
    assert_eq!(codes(&book), [(Code::KH1012, 0)]);
    let mut book = small();
    book.part("BTĐ", "tỉnh", "Ban Thi đua", "", "Sở Nội vụ");
    book.agency("A", "tỉnh", "Sở A", "", "-28/2/2025");
    book.succeeds("Sở B");
    book.agency("B", "tỉnh", "Sở B", "", "");
    book.sector("a", &["tỉnh: Sở A"]);
    assert_eq!(codes(&book), []);
}

#[test]
fn one_name_belongs_to_one_entry_of_a_level_at_a_time() {
    let mut book = small();
    book.agency("SNV2", "tỉnh", "Sở NV", "Sở Nội vụ", "1/3/2025-");
    book.sector("b", &["tỉnh: Sở NV"]);
    assert_eq!(codes(&book), [(Code::KH1013, 1)]);
    let mut book = small();
    book.all.agencies[0].validity = time("-28/2/2025");
    book.agency("SNV2", "tỉnh", "Sở Nội vụ", "", "1/3/2025-");
    book.unit("TH", "tỉnh Hoằng Hóa", "", "", "");
    book.unit("A", "huyện Hoằng Hóa", "TH", "-30/6/2025", "");
    assert_eq!(codes(&book), []);
    book.unit("B", "huyện Hoằng Hóa", "TH", "-30/6/2025", "");
    assert_eq!(codes(&book), [(Code::KH1013, 1)]);
}

#[test]
fn names_that_nobody_declares_are_reported_with_the_nearest() {
    let mut book = small();
    book.sector("tư pháp", &["tỉnh: Sở Nội vu", "huyện: Sở Nội vụ", "quận huyện: Phòng Nội vụ"]);
    book.unit("A", "huyện A", "B", "", "C");
    book.agency("X", "tỉnh", "Ban X", "", "-28/2/2025");
    book.succeeds("Sở Nội vụ (nội vu)");
    book.part("Y", "", "Ban Y", "", "Văn phòng Đảng ủy");
    book.group("Các sở", "", false, &["huyện: Các phòng", "huyện: Phòng Y"]);
    let (registry, findings) = book.build();
    let count = |code: Code| findings.iter().filter(|finding| finding.code == code).count();
    assert_eq!((count(Code::KH1014), count(Code::KH0026)), (8, 1), "{findings:#?}");
    let suggested: Vec<&str> = findings.iter().filter_map(|finding| finding.fix.as_ref()).map(|fix| fix.text.as_str()).collect();
    assert_eq!(suggested, ["Sở Nội vụ", "nội vụ"]);
    assert!(registry.find_group(&crate::base::Key::new("Các phòng")).is_some(), "a class that a Quy đổi names is a group");
    for finding in &findings {
        assert!(finding.help.as_ref().is_some_and(|help| !help.vi.is_empty() && !help.en.is_empty()), "{finding:?}");
    }
}

#[test]
fn the_graph_holds_every_entry_and_edge() {
    let registry = registry();
    let graph = registry.graph();
    let count = |kind: LinkKind| graph.edges().filter(|(.., link)| link.kind == kind).count();
    assert_eq!((count(LinkKind::Successor), count(LinkKind::Conversion)), (8, 3));
    assert!(count(LinkKind::Sector) > 20 && count(LinkKind::Under) > 10);
    assert!(graph.order().is_ok());
}
