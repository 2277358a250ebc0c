//! The corpus as a person gets it: `check` is clean, and documents, tables of changes, JSON and findings are the golden files in `expected/`.
//!
//! `KEHOACH_BLESS=1` writes the golden files anew. They are read before they are committed, and the commit says why they changed.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use kehoach::diag::{self, Lang};
use kehoach::fmt;
use kehoach::model::Plan;
use kehoach::project::{self, Compiled};
use kehoach::render::{self, Options, Templates};

/// Names of the projects below `corpus/`, sorted: the folders with a manifest.
fn projects() -> Vec<String> {
    let folder = support::root().join("corpus");
    let entries = fs::read_dir(folder).expect("the corpus").flatten();
    let mut out: Vec<String> = entries
        .filter(|entry| entry.path().join(project::MANIFEST).is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    out.sort();
    assert!(!out.is_empty(), "no project in the corpus");
    out
}

fn compiled(project: &str) -> Compiled {
    project::check_sources(support::corpus(project))
}

/// Generated plans that have golden files: a rural district, an urban one, a commune, and two communes of 2026. The others differ from these by their names
/// only.
const STORED: [&str; 5] = ["BÁ-THƯỚC-2023", "TX-BỈM-SƠN-2023", "15871-2023", "15961-2026", "16000-2026"];

/// Says whether a plan is stated by a file, or one of the generated ones that stand for all.
fn is_stored(plan: &Plan) -> bool {
    plan.generated.is_none() || STORED.contains(&plan.code.text.as_str())
}

/// All that a project gives, as (file name, text): one file per plan and kind, and the findings.
fn outputs(compiled: &Compiled) -> Vec<(String, String)> {
    let templates = Templates::embedded();
    assert_eq!(templates.findings(), []);
    let options = Options::default();
    let mut out = Vec::new();
    for derivation in &compiled.derivations {
        let plan = compiled.model.plan(derivation.plan);
        if !is_stored(plan) {
            continue;
        }
        let code = &plan.code.text;
        let (text, findings) = render::text(&compiled.model, derivation, &templates, &options);
        assert_eq!(findings, [], "{code}");
        out.push((format!("{code}.txt"), text));
        if !plan.parents.is_empty() {
            let (text, findings) = render::changes(&compiled.model, &compiled.derivations, derivation.plan, &templates, &options);
            assert_eq!(findings, [], "{code}");
            out.push((format!("{code}.changes.txt"), text));
        }
        let value = render::json(&compiled.model, derivation, &compiled.sources);
        assert_eq!(value["schema"], "kehoach/plan/1");
        out.push((format!("{code}.json"), format!("{value:#}\n")));
    }
    out.push(("findings.json".into(), diag::json(&compiled.findings, &compiled.sources, Lang::Vi)));
    out
}

fn expected(project: &str) -> PathBuf {
    support::root().join("corpus").join(project).join("expected")
}

/// Says where two texts part: the first line that differs.
fn difference(expected: &str, actual: &str) -> String {
    let mut pairs = expected.lines().zip(actual.lines()).enumerate();
    match pairs.find(|(_, (old, new))| old != new) {
        Some((at, (old, new))) => format!("line {}:\n  expected {old}\n  is       {new}", at + 1),
        None => format!("{} lines expected, {} lines are", expected.lines().count(), actual.lines().count()),
    }
}

fn bless(folder: &Path, outputs: &[(String, String)]) {
    fs::create_dir_all(folder).expect("the folder");
    for entry in fs::read_dir(folder).expect("the folder").flatten() {
        fs::remove_file(entry.path()).expect("an old file goes");
    }
    for (name, text) in outputs {
        fs::write(folder.join(name), text).expect("a golden file");
    }
}

#[test]
fn what_a_project_gives_equals_its_golden_files() {
    for project in projects() {
        let outputs = outputs(&compiled(&project));
        let folder = expected(&project);
        if std::env::var_os("KEHOACH_BLESS").is_some_and(|value| value == "1") {
            bless(&folder, &outputs);
        }
        let mut faults = Vec::new();
        for (name, text) in &outputs {
            match fs::read_to_string(folder.join(name)) {
                Ok(golden) if golden == *text => {}
                Ok(golden) => faults.push(format!("{project}/{name}, {}", difference(&golden, text))),
                Err(_) => faults.push(format!("{project}/{name} has no golden file")),
            }
        }
        let spare = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        faults.extend(spare.filter(|name| !outputs.iter().any(|(known, _)| known == name)).map(|name| format!("{name} is left over")));
        assert!(faults.is_empty(), "{}\nKEHOACH_BLESS=1 writes them anew", faults.join("\n"));
    }
}

#[test]
fn the_corpus_has_no_error_and_no_idle_acceptance() {
    for project in projects() {
        let compiled = compiled(&project);
        let open = |finding: &&diag::Diagnostic| {
            finding.accepted.is_none() && (finding.severity == diag::Severity::Error || finding.code == diag::Code::KH3022)
        };
        let faults: Vec<String> =
            compiled.findings.iter().filter(open).map(|finding| format!("{} {}", finding.code, finding.message.vi)).collect();
        assert!(faults.is_empty(), "{project}:\n{}", faults.join("\n"));
    }
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    for project in projects() {
        assert_eq!(outputs(&compiled(&project)), outputs(&compiled(&project)), "{project}");
    }
}

#[test]
fn corpus_files_stand_in_the_one_layout() {
    for project in projects() {
        for (name, text) in support::corpus(&project).into_iter().filter(|(name, _)| name.ends_with(".kh")) {
            let once = fmt::format_text(&text);
            assert!(once.sound, "{project}/{name}: {:?}", once.reason);
            assert!(!once.changed, "{project}/{name}, {}", difference(&once.text, &text));
        }
    }
}

#[test]
fn a_second_formatting_changes_nothing() {
    for project in projects() {
        for (name, text) in support::corpus(&project).into_iter().filter(|(name, _)| name.ends_with(".kh")) {
            // every line pushed in, so that the first pass has work to do
            let disturbed: String =
                text.lines().map(|line| if line.is_empty() { "\n\n".to_owned() } else { format!("  {line}\n") }).collect();
            let once = fmt::format_text(&disturbed);
            assert!(once.sound && once.changed, "{project}/{name}: {:?}", once.reason);
            assert_eq!(once.text, fmt::format_text(&once.text).text, "{project}/{name}");
        }
    }
}

#[test]
fn documents_fit_pages_of_any_width() {
    for project in projects() {
        let compiled = compiled(&project);
        for width in [60, 80, 100, 120, 160] {
            let shown = compiled.derivations.iter().filter(|derivation| is_stored(compiled.model.plan(derivation.plan)));
            for derivation in shown {
                let options = Options { width, ..Options::default() };
                let (text, _) = render::text(&compiled.model, derivation, &Templates::embedded(), &options);
                // composed letters: one scalar is one column
                let wide: Vec<&str> = text.lines().filter(|line| line.chars().count() > width).collect();
                assert!(wide.is_empty(), "{width}: {wide:?}");
            }
        }
    }
}
