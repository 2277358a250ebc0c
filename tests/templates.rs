//! A project's own templates, from files to pages: one file replaced, a fault at its place, a name that nothing asks for.

mod support;

use std::fs;
use std::path::Path;

use kehoach::base::Sources;
use kehoach::diag::{Code, Diagnostic};
use kehoach::project::{self, check_sources};
use kehoach::render::{self, Options, Templates};

/// Writes one template below `folder` and renders the province's plan with it: the page, what is wrong, and the sources of both.
fn rendered(folder: &Path, name: &str, text: &str) -> (String, Vec<Diagnostic>, Sources) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a template");
    let mut compiled = check_sources(support::corpus("thanh-hoa"));
    let (own, mut findings) = project::templates(folder, &mut compiled.sources);
    let templates = own.iter().fold(Templates::embedded(), |templates, file| {
        templates.with_override(&file.name, compiled.sources.get(file.source).text(), file.source)
    });
    findings.extend(templates.findings().to_vec());
    let plan = &compiled.derivations[compiled.model.find("TH-2022").expect("TH-2022").index()];
    let (page, more) = render::text(&compiled.model, plan, &templates, &Options::default());
    findings.extend(more);
    (page, findings, compiled.sources)
}

fn place(finding: &Diagnostic, sources: &Sources) -> String {
    sources.place(finding.primary.as_ref().expect("a place").loc)
}

#[test]
fn one_template_of_the_project_replaces_the_programs_and_the_others_stay() {
    let dir = tempfile::tempdir().expect("a folder");
    let (page, findings, _) = rendered(dir.path(), "text/signature.txt.j2", "Ký bởi {{ view.signature.name }}\n");
    assert_eq!(findings, []);
    assert!(page.contains("\nKý bởi Đỗ Minh Tuấn\n") && !page.contains("Nơi nhận:"), "{page}");
    assert!(page.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && page.contains("Phụ lục VII\n"));
}

#[test]
fn a_fault_in_a_template_is_reported_at_its_line() {
    let dir = tempfile::tempdir().expect("a folder");
    let text = "{{ appendix.caption | centre(width) }}\n{{ appendix.titel }}\n";
    let (page, findings, sources) = rendered(dir.path(), "text/appendix.txt.j2", text);
    assert_eq!((page.as_str(), findings.len(), findings[0].code), ("", 1, Code::KH6001));
    let place = place(&findings[0], &sources);
    assert!(place.ends_with("text/appendix.txt.j2:2"), "{place}");
    assert!(findings[0].message.vi.contains("appendix.titel"), "{findings:?}");
}

#[test]
fn a_template_that_cannot_be_read_leaves_the_page_as_it_was() {
    let dir = tempfile::tempdir().expect("a folder");
    let (page, findings, sources) = rendered(dir.path(), "text/heading.txt.j2", "x\n{% for %}\n");
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::KH6001]);
    assert!(place(&findings[0], &sources).ends_with("text/heading.txt.j2:2"));
    assert!(page.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
}

#[test]
fn a_name_that_no_document_asks_for_is_reported_with_the_one_meant() {
    let dir = tempfile::tempdir().expect("a folder");
    let (page, findings, sources) = rendered(dir.path(), "text/signatur.txt.j2", "x\n");
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::KH6002]);
    assert!(findings[0].help.as_ref().expect("help").vi.contains("text/signature.txt.j2"), "{findings:?}");
    assert!(place(&findings[0], &sources).contains("text/signatur.txt.j2"));
    assert!(page.contains("Nơi nhận:"));
}
