//! Runs the page of every code: its wrong example raises exactly its code, the repaired one nothing.
//!
//! Examples stand beside the registry and the parent plans in `tests/prelude`, unless they say `alone`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kehoach::diag::{Code, ExampleFile, Lang, Look, Page, terminal};
use kehoach::project::{Compiled, check_sources};

/// Letters that English does not have: what tells the Vietnamese paragraph from the other.
const VIETNAMESE: &str = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơư";

fn prelude() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prelude");
    let read = |name: &str| (name.to_owned(), fs::read_to_string(folder.join(name)).unwrap_or_default());
    vec![read("danh-ba.kh"), read("tinh.kh")]
}

fn compile(files: &[ExampleFile], alone: bool) -> Compiled {
    let mut all = if alone { Vec::new() } else { prelude() };
    all.extend(files.iter().map(|file| (file.name.clone(), file.text.clone())));
    check_sources(all)
}

/// The codes that nobody accepted.
fn raised(compiled: &Compiled) -> BTreeSet<&'static str> {
    compiled.findings.iter().filter(|finding| finding.accepted.is_none()).map(|finding| finding.code.text()).collect()
}

fn drawn(compiled: &Compiled) -> String {
    terminal(&compiled.findings, &compiled.sources, Lang::Vi, Look::default())
}

#[test]
fn the_prelude_itself_is_clean() {
    let compiled = compile(&[], false);
    assert!(raised(&compiled).is_empty(), "{}", drawn(&compiled));
}

#[test]
fn every_page_is_complete() {
    let mut faults = Vec::new();
    for code in Code::ALL.iter().copied() {
        let page = match Page::of(code) {
            Ok(page) => page,
            Err(reason) => {
                faults.push(format!("{code}: {reason}"));
                continue;
            }
        };
        if page.heading != format!("{code}: {}", code.title(Lang::Vi)) {
            faults.push(format!("{code}: the heading is not its title"));
        }
        if !page.vi.to_lowercase().contains(|c| VIETNAMESE.contains(c)) {
            faults.push(format!("{code}: the first paragraph is not Vietnamese"));
        }
        let words: Vec<&str> = page.en.split(|c: char| !c.is_alphabetic()).collect();
        if !["the", "a", "is", "it"].iter().any(|word| words.contains(word)) {
            faults.push(format!("{code}: the second paragraph is not English"));
        }
        let names = |files: &[ExampleFile]| files.iter().map(|file| file.name.clone()).collect::<BTreeSet<_>>();
        if names(&page.wrong).len() != page.wrong.len() || names(&page.wrong) != names(&page.right) {
            faults.push(format!("{code}: the two examples are not the same files"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_wrong_example_raises_exactly_its_code_and_the_repaired_one_nothing() {
    let mut faults = Vec::new();
    for code in Code::ALL.iter().copied() {
        let Ok(page) = Page::of(code) else { continue };
        if page.no_example.is_some() {
            continue;
        }
        let wrong = compile(&page.wrong, page.alone);
        if raised(&wrong) != BTreeSet::from([code.text()]) {
            faults.push(format!("{code}: the wrong example raises {:?}\n{}", raised(&wrong), drawn(&wrong)));
        }
        let right = compile(&page.right, page.alone);
        if !raised(&right).is_empty() {
            faults.push(format!("{code}: the right example raises {:?}\n{}", raised(&right), drawn(&right)));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
