//! Matching on pairs of plans that were labelled before it was written: `tests/pairs/*.md`.
//!
//! A pair is marked for development (`Nửa: phát triển`) or kept back (`Nửa: để dành`); weights were set on the first half alone. The figures are
//! printed by `cargo test --test matching -- --nocapture`; `KEHOACH_PAIRS=all` lists every pair.

#![allow(clippy::print_stdout, reason = "the figures are what a person runs these tests for")]

mod support;

use std::collections::BTreeMap;
use std::fs;

use kehoach::matching::{Link, Lower, Side, State, Upper};
use kehoach::project::{Compiled, check_sources};

/// A labelled pair of plans.
struct Labelled {
    name: String,
    kept_back: bool,
    compiled: Compiled,
    /// Parent's task to the child's tasks that answer it, by code; a merge stands under each of its parents.
    truth: BTreeMap<String, Vec<String>>,
}

fn block<'t>(text: &'t str, info: &str) -> &'t str {
    let from = text.find(&format!("```{info}\n")).unwrap_or_else(|| panic!("no block {info}")) + info.len() + 4;
    &text[from..from + text[from..].find("```").expect("the end of a block")]
}

fn pairs() -> Vec<Labelled> {
    let folder = support::root().join("tests/pairs");
    let registry = fs::read_to_string(folder.join("danh-ba.kh")).expect("the registry");
    let mut files: Vec<_> = fs::read_dir(&folder).expect("the pairs").flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "md"));
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("a pair");
        let sources = vec![
            ("danh-ba.kh".to_owned(), registry.clone()),
            ("tren.kh".to_owned(), block(&text, "kh tren.kh").to_owned()),
            ("duoi.kh".to_owned(), block(&text, "kh duoi.kh").to_owned()),
        ];
        let mut truth: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in block(&text, "labels").lines() {
            let (from, to) = line.split_once('=').expect("a label");
            let list = |text: &str| text.split('+').map(|code| code.trim().to_owned()).filter(|code| !code.is_empty()).collect::<Vec<_>>();
            for parent in list(from) {
                truth.insert(parent, list(to));
            }
        }
        let kept_back = text.contains("Nửa: để dành");
        assert!(kept_back || text.contains("Nửa: phát triển"), "{} says which half it belongs to", path.display());
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        Labelled { name, kept_back, compiled: check_sources(sources), truth }
    };
    files.iter().map(read).collect()
}

/// Returns the links of the child `to` with its parent `from`, and both sides' codes.
fn links(compiled: &Compiled, from: &str, to: &str) -> (Vec<Link>, Vec<String>, Vec<String>) {
    let side = |code: &str| {
        let id = compiled.model.find(code).unwrap_or_else(|| panic!("no plan {code}"));
        let (plan, derivation) = (compiled.model.plan(id), &compiled.derivations[id.index()]);
        let side = Side {
            registry: &compiled.model.registry,
            unit: plan.unit,
            year: plan.header.year,
            date: plan.registry_date(),
            content: &derivation.content,
        };
        (plan, derivation, side)
    };
    let (plan, derivation, upper) = side(from);
    let (_, _, lower) = side(to);
    let codes = |side: &Side<'_>| side.content.tasks.iter().map(|task| task.code.text.clone()).collect::<Vec<_>>();
    let prepared = Upper::new(plan, derivation, upper);
    let mut found = prepared.align(&[Lower { side: lower, ties: Vec::new(), tied: false }]);
    (found.remove(0), codes(&upper), codes(&lower))
}

#[derive(Debug, Default, Clone, Copy)]
struct Count {
    /// Single pairs (parent's task, child's task) of the labels.
    wanted: usize,
    accepted: usize,
    accepted_right: usize,
    doubtful: usize,
    doubtful_right: usize,
    parents: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.wanted += other.wanted;
        self.accepted += other.accepted;
        self.accepted_right += other.accepted_right;
        self.doubtful += other.doubtful;
        self.doubtful_right += other.doubtful_right;
        self.parents += other.parents;
    }

    fn print(&self, name: &str) {
        let part = |of: usize, whole: usize| if whole == 0 { 100.0 } else { of as f64 * 100.0 / whole as f64 };
        println!(
            "{name:<16} {:>3} tasks, {:>3} pairs: accepted {:>3}, right {:>3} (precision {:.0}%), recall {:.0}%; doubtful {:>2} ({:.0}% of tasks), {} of them right; recall with doubtful {:.0}%",
            self.parents,
            self.wanted,
            self.accepted,
            self.accepted_right,
            part(self.accepted_right, self.accepted),
            part(self.accepted_right, self.wanted),
            self.doubtful,
            part(self.doubtful, self.parents),
            self.doubtful_right,
            part(self.accepted_right + self.doubtful_right, self.wanted),
        );
    }
}

fn count(pair: &Labelled, list: bool) -> Count {
    let (links, above, below) = links(&pair.compiled, "TRÊN", "DƯỚI");
    let mut out = Count { parents: pair.truth.len(), wanted: pair.truth.values().map(Vec::len).sum(), ..Count::default() };
    for link in &links {
        for parent in &link.parent {
            for child in &link.child {
                let right = pair.truth.get(&above[*parent]).is_some_and(|truth| truth.contains(&below[*child]));
                match link.state {
                    State::Accepted => {
                        out.accepted += 1;
                        out.accepted_right += usize::from(right);
                    }
                    State::Doubtful => {
                        out.doubtful += 1;
                        out.doubtful_right += usize::from(right);
                    }
                }
                if list {
                    let evidence: Vec<&str> = link.evidence.iter().map(|message| message.vi.as_str()).collect();
                    println!(
                        "  {} {} {:?} {} {} {:.2} {:?} | {}",
                        if right { " " } else { "✗" },
                        pair.name,
                        link.state,
                        above[*parent],
                        below[*child],
                        link.score,
                        link.relation,
                        evidence.join("; ")
                    );
                }
            }
        }
    }
    if list {
        for (parent, children) in &pair.truth {
            for child in children {
                let found = links
                    .iter()
                    .any(|link| link.parent.iter().any(|at| above[*at] == *parent) && link.child.iter().any(|at| below[*at] == *child));
                if !found {
                    println!("  - {} {parent} {child} not found", pair.name);
                }
            }
        }
    }
    out
}

#[test]
fn labelled_pairs_are_found_and_false_ones_are_not_accepted() {
    let wanted = std::env::var("KEHOACH_PAIRS").unwrap_or_default();
    let (mut development, mut kept_back) = (Count::default(), Count::default());
    for pair in pairs() {
        // the half kept back is not looked at while weights are set
        if wanted == "development" && pair.kept_back {
            continue;
        }
        let errors: Vec<_> =
            pair.compiled.findings.iter().filter(|f| f.code.text().starts_with("KH0") || f.code.text() == "KH1001").collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", pair.name);
        let count = count(&pair, !wanted.is_empty());
        count.print(&pair.name);
        if pair.kept_back { kept_back.add(count) } else { development.add(count) }
    }
    development.print("development");
    kept_back.print("kept back");
    if wanted == "development" {
        return;
    }
    assert_eq!(development.accepted_right, development.accepted, "a false pair of the development half is accepted");
    // figures of the half kept back are what they were when it was first looked at: one near miss among 36 is taken
    assert!(kept_back.accepted - kept_back.accepted_right <= 1, "{kept_back:?}");
    for half in [development, kept_back] {
        assert!(half.accepted_right * 100 >= half.wanted * 80, "{half:?}");
        assert!((half.accepted_right + half.doubtful_right) * 100 >= half.wanted * 90, "{half:?}");
        assert!(half.doubtful * 100 <= half.parents * 25, "{half:?}");
    }
}
