//! Coverage is universal: whatever is done to the answer of any one of the 54 provincial tasks, `check` says so, naming the task, its place in
//! the province's plan and the district.

mod support;

use std::path::Path;
use std::process::Command;

use kehoach::model::Outcome;
use kehoach::project;

const PLAN: &str = "huyen/hoang-hoa.kh";

/// The province's tasks with their places, from the derived plan itself.
fn tasks(files: &[(String, String)]) -> Vec<(String, String)> {
    let compiled = project::check_sources(files.to_vec());
    let id = compiled.model.find("TH-2022").expect("TH-2022");
    let content = &compiled.derivations[id.index()].content;
    let mut rows = vec![0; content.appendices.len()];
    let mut out = Vec::new();
    for task in &content.tasks {
        let at = task.appendix.expect("each task stands in an appendix");
        rows[at] += 1;
        out.push((task.code.text.clone(), format!("Phụ lục {}, số {}", content.appendices[at].number, rows[at])));
    }
    out
}

/// A verb's heading line that answers `code`: its place among the lines.
fn answer(lines: &[&str], code: &str) -> usize {
    let verbs = ["KẾ THỪA ", "SỬA ĐỔI ", "KHÔNG ÁP DỤNG "];
    let names = |line: &str| {
        let head = verbs.iter().find_map(|verb| line.strip_prefix(verb));
        head.is_some_and(|rest| !rest.starts_with("CHỈ TIÊU") && rest.split(':').next().unwrap_or("").split(',').any(|c| c.trim() == code))
    };
    lines.iter().position(|line| names(line)).unwrap_or_else(|| panic!("no answer of {code}"))
}

/// The end of the block that opens at `start`.
fn block_end(lines: &[&str], start: usize) -> usize {
    let opens = |line: &str| {
        ["KẾ THỪA ", "SỬA ĐỔI ", "KHÔNG ÁP DỤNG ", "BỔ SUNG ", "PHỤ LỤC ", "CHẤP NHẬN "].iter().any(|verb| line.starts_with(verb))
    };
    (start + 1..lines.len()).find(|at| opens(lines[*at])).unwrap_or(lines.len())
}

fn removed(text: &str, code: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let at = answer(&lines, code);
    let (verb, rest) = ["KẾ THỪA ", "SỬA ĐỔI ", "KHÔNG ÁP DỤNG "]
        .iter()
        .find_map(|verb| lines[at].strip_prefix(verb).map(|rest| (*verb, rest)))
        .expect("a verb");
    let others: Vec<&str> = rest.split(',').map(str::trim).filter(|other| *other != code).collect();
    if rest.contains(',') && !rest.contains(':') && !others.is_empty() {
        let line = format!("{verb}{}", others.join(", "));
        lines[at] = &line;
        return lines.join("\n");
    }
    let end = block_end(&lines, at);
    lines.drain(at..end);
    lines.join("\n")
}

fn twice(text: &str, code: &str) -> String {
    format!("{text}\nKẾ THỪA {code}\n")
}

fn misspelt(text: &str, code: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let at = answer(&lines, code);
    let mut out: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    out[at] = out[at].replacen(code, &format!("{code}9"), 1);
    out.join("\n")
}

/// The waiver's reason emptied; `None` where the task is not waived.
fn without_reason(text: &str, code: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let at = answer(&lines, code);
    if !lines[at].starts_with("KHÔNG ÁP DỤNG") {
        return None;
    }
    let end = block_end(&lines, at);
    let kept = lines.iter().enumerate().filter(|(line, words)| !((at..end).contains(line) && words.starts_with("Lý do:")));
    Some(kept.map(|(_, words)| *words).collect::<Vec<_>>().join("\n"))
}

/// Runs the program on the project and returns its status and what it printed.
fn check(folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_kehoach"))
        .args(["check", "--format", "json", "--project"])
        .arg(folder)
        .output()
        .expect("the program runs");
    (output.status.code(), String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn no_damage_to_any_answer_goes_unnoticed() {
    // the district's plan alone: what hangs below it is held by tests/handing_on.rs
    let mut files = support::corpus("thanh-hoa");
    files.retain(|(name, _)| !name.starts_with("giao-"));
    let text = support::text(&files, PLAN).to_owned();
    let tasks = tasks(&files);
    assert_eq!(tasks.len(), 54);
    let mut damages = Vec::new();
    for (code, place) in &tasks {
        damages.push((code, place, "removed", removed(&text, code), "KH3001"));
        damages.push((code, place, "answered twice", twice(&text, code), "KH3002"));
        damages.push((code, place, "misspelt", misspelt(&text, code), "KH3001"));
        if let Some(text) = without_reason(&text, code) {
            damages.push((code, place, "without reason", text, "KH3004"));
        }
    }
    assert_eq!(damages.len(), 54 * 3 + 31);
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in &files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    assert_eq!(check(folder.path()).0, Some(0), "the corpus itself has no error");
    for (code, place, damage, damaged, finding) in damages {
        std::fs::write(folder.path().join(PLAN), damaged).expect("a file");
        let (status, printed) = check(folder.path());
        assert_eq!(status, Some(1), "{code} {damage}");
        let report: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
        let found = report["findings"].as_array().expect("a list").iter().any(|note| {
            let message = note["message"].as_str().unwrap_or("");
            note["code"] == finding
                && note["severity"] == "error"
                && message.contains(&format!("{code} "))
                && message.contains("TH-2022")
                && message.contains(place.as_str())
                && message.contains("huyện Hoằng Hóa")
        });
        assert!(found, "{code} {damage}: {finding} names neither the task, its place {place} nor the district\n{printed}");
    }
}

/// The pairs (province's task → the district's row) that the issued plans show.
const PAIRS: [(&str, &str, usize); 23] = [
    ("TC-08", "01", 2),
    ("TC-09", "01", 3),
    ("TTHC-01", "02", 1),
    ("TTHC-02", "02", 2),
    ("TTHC-03", "02", 3),
    ("TTHC-04", "02", 4),
    ("TTHC-05", "02", 5),
    ("TTHC-06", "02", 6),
    ("TTHC-07", "02", 7),
    ("BM-02", "03", 1),
    ("BM-06", "03", 3),
    ("BM-10", "03", 2),
    ("TCC-01", "05", 1),
    ("TCC-05", "05", 3),
    ("TCC-06", "05", 2),
    ("CQS-04", "06", 3),
    ("CQS-06", "06", 4),
    ("CQS-09", "06", 5),
    ("CQS-10", "06", 6),
    ("CD-01", "07", 1),
    ("CD-02", "07", 2),
    ("CD-03", "07", 3),
    ("CD-04", "07", 4),
];

#[test]
fn the_23_pairs_are_carried_at_their_rows_and_the_rest_is_waived() {
    let compiled = project::check_sources(support::corpus("thanh-hoa"));
    let upper = &compiled.derivations[compiled.model.find("TH-2022").expect("TH-2022").index()].content;
    let lower = &compiled.derivations[compiled.model.find("HH-2023").expect("HH-2023").index()];
    assert_eq!(lower.content.tasks.len(), 34);
    let mut pairs = Vec::new();
    let mut waived = 0;
    for fate in &lower.fates {
        match &fate.outcome {
            Outcome::Carried { children, .. } => {
                assert_eq!(children.len(), 1);
                let task = &lower.content.tasks[children[0]];
                let at = task.appendix.expect("an appendix");
                let row = lower.content.tasks[..=children[0]].iter().filter(|other| other.appendix == Some(at)).count();
                pairs.push((upper.tasks[fate.task].code.text.as_str(), lower.content.appendices[at].number.as_str(), row));
            }
            Outcome::Waived { .. } => waived += 1,
            other => panic!("{}: {other:?}", upper.tasks[fate.task].code.text),
        }
    }
    assert_eq!(pairs, PAIRS);
    assert_eq!(waived, 31);
}
