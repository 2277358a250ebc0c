//! The walls of the house: one crate has none between its modules, so this test is them.
//!
//! It reads the room table at the head of `src/lib.rs` and every path in `src`, and fails where code goes where the table has no arrow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kehoach::diag::{Code, Lang};

/// Where each dependency may be named. A dependency without a row is a failure, so that the row is written with the first use.
const CRATES: &[(&str, &[&str])] = &[
    ("nom", &["syntax", "value"]),
    ("memchr", &["base", "syntax"]),
    ("serde", ROOMS),
    ("serde_json", &["diag", "render", "draft", "project", "cli"]),
    ("toml", &["project"]),
    ("petgraph", &["agency"]),
    ("minijinja", &["render"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("miette", &["diag"]),
    ("unicode_normalization", &["base"]),
    ("unicode_segmentation", &["base", "diag", "render"]),
    ("unicode_width", &["diag", "render"]),
    ("strsim", &["syntax", "agency", "resolve", "derive", "lint", "render", "project", "cli"]),
    ("aho_corasick", &["agency", "shift", "lint"]),
    ("jiff", &["base"]),
    ("csv", &["project", "import"]),
    ("ignore", &["project"]),
    ("tempfile", &["project"]),
    ("anstream", &["cli"]),
    ("anstyle", &["diag", "cli"]),
    ("quick_junit", &["diag"]),
    ("calamine", &["import"]),
    ("rust_xlsxwriter", &["render"]),
    ("zip", &["import", "render"]),
    ("quick_xml", &["import", "render"]),
    ("scraper", &["import"]),
    ("encoding_rs", &["import"]),
    ("chardetng", &["import"]),
    ("pathfinding", &["matching"]),
    ("indicatif", &["cli"]),
    ("rayon", &["resolve", "derive", "matching", "lint", "project"]),
    ("similar", &["render", "matching", "lint"]),
    ("blake3", &["lock"]),
];

/// What of the standard library touches the world, and where it may.
const WORLD: &[(&str, &[&str])] = &[
    ("std::fs", &["project", "cli"]),
    ("std::env", &["cli"]),
    ("std::process", &["cli"]),
    ("std::time::SystemTime", &["cli"]),
    ("std::io::stdout", &["cli"]),
    ("std::io::stderr", &["cli"]),
    ("println!", &["cli"]),
    ("eprintln!", &["cli"]),
    ("print!", &["cli"]),
    ("eprint!", &["cli"]),
    ("dbg!", &[]),
    ("todo!", &[]),
];

const ROOMS: &[&str] = &["*"];

/// A file longer than this is split by noun.
const LINES: usize = 800;

/// Words that say nothing about what a file holds.
const EMPTY_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "types", "misc", "stuff"];

struct File {
    /// Path below the project, with `/`.
    path: String,
    text: String,
}

impl File {
    /// The room that the file belongs to; `None` for `lib.rs` and `main.rs`.
    fn room(&self) -> Option<&str> {
        let first = self.path.strip_prefix("src/")?.split('/').next()?;
        let room = first.strip_suffix(".rs").unwrap_or(first);
        (!matches!(room, "lib" | "main")).then_some(room)
    }

    /// How many modules deep the file's own module is: 1 for `src/diag.rs`, 2 for `src/diag/json.rs`.
    fn depth(&self) -> usize {
        self.path.split('/').count() - 1
    }

    /// Lines of code with their numbers: no comments, and nothing behind the first `#[cfg(test)]`.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines.take_while(|(_, line)| line.trim() != "#[cfg(test)]").filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<File> {
    let mut out = Vec::new();
    let mut open = vec![root().join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                out.push(File { path: below_root(&path), text: fs::read_to_string(&path).unwrap_or_default() });
            }
        }
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn below_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// The table of `src/lib.rs`: room → rooms that it may use.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap_or_default();
    let rows = text.lines().filter_map(|line| line.strip_prefix("//! | `"));
    rows.filter_map(|row| {
        let cells: Vec<&str> = row.trim_end_matches('|').split('|').collect();
        let (room, uses) = (cells.first()?.trim().trim_end_matches('`'), cells.last()?);
        Some((room.to_owned(), uses.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()))
    })
    .collect()
}

/// The first names of all paths behind `crate::`, groups opened.
fn crate_paths(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, found) in text.match_indices("crate::") {
        if text[..at].ends_with('$') || text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &text[at + found.len()..];
        match rest.strip_prefix('{') {
            Some(group) => out.extend(group_heads(group)),
            None => out.push(name(rest)),
        }
    }
    out
}

fn name(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first name of each member of a group, up to its closing brace.
fn group_heads(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let (mut depth, mut fresh) = (0usize, true);
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            c if c.is_whitespace() => {}
            _ if fresh => {
                out.push(name(&text[at..]));
                fresh = false;
            }
            _ => {}
        }
    }
    out
}

/// Whether `text` names `path` at the start of a word.
fn mentions(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '"' | '$')))
}

fn report(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn each_module_is_a_room_and_each_room_a_module() {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let modules: BTreeSet<String> =
        text.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned())).collect();
    let rooms: BTreeSet<String> = table().into_keys().collect();
    assert_eq!(modules, rooms);
}

#[test]
fn a_room_uses_only_rooms_that_stand_above_it_in_the_table() {
    // the table's order is the order of the house: nothing can then go round in a circle
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let order: Vec<String> = text.lines().filter_map(|line| line.strip_prefix("//! | `")).map(name).collect();
    let place = |room: &str| order.iter().position(|name| name == room);
    let mut faults = Vec::new();
    for (room, uses) in table() {
        for used in uses.iter().filter(|used| place(used).is_none() || place(used) >= place(&room)) {
            faults.push(format!("{room} uses {used}, which does not stand above it"));
        }
    }
    report(&faults);
}

#[test]
fn code_goes_only_where_the_table_has_an_arrow() {
    let table = table();
    let mut faults = Vec::new();
    for file in sources() {
        let Some(room) = file.room() else { continue };
        let Some(allowed) = table.get(room) else {
            faults.push(format!("{}: no room of this name in src/lib.rs", file.path));
            continue;
        };
        // a group of `use crate::{…}` may run over lines: the file is read as one text
        let code: String = file.code().map(|(_, line)| format!("{line}\n")).collect();
        for used in crate_paths(&code) {
            if used != room && !allowed.contains(&used) {
                faults.push(format!("{}: uses crate::{used}, for which {room} has no arrow", file.path));
            }
        }
        let climb = "super::".repeat(file.depth());
        for (line, _) in file.code().filter(|(_, line)| mentions(line, &climb)) {
            faults.push(format!("{}:{line}: `{climb}` leaves the room round the table", file.path));
        }
    }
    report(&faults);
}

#[test]
fn dependencies_stay_in_their_rooms() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let section = manifest.split("[dependencies]").nth(1).and_then(|rest| rest.split("\n[").next()).unwrap();
    let named = section.lines().filter(|line| !line.starts_with('#')).filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")));
    let mut faults: Vec<String> = named
        .filter(|name| !CRATES.iter().any(|(known, _)| known == name))
        .map(|name| format!("Cargo.toml: {name} has no row in tests/tidy.rs"))
        .collect();
    for file in sources() {
        let Some(room) = file.room() else { continue };
        let code: String = file.code().map(|(_, line)| format!("{line}\n")).collect();
        for (at, found) in code.match_indices("std::{") {
            for head in group_heads(&code[at + found.len()..]) {
                // a group may hide what a plain path shows
                if WORLD.iter().any(|(path, rooms)| *path == format!("std::{head}") && !rooms.contains(&room)) {
                    faults.push(format!("{}: std::{head} does not belong into {room}", file.path));
                }
            }
        }
        for (line, text) in file.code() {
            let crates = CRATES.iter().map(|(name, rooms)| (format!("{name}::"), *rooms));
            let world = WORLD.iter().map(|(path, rooms)| ((*path).to_owned(), *rooms));
            for (path, rooms) in crates.chain(world) {
                if !rooms.contains(&"*") && !rooms.contains(&room) && mentions(text, &path) {
                    faults.push(format!("{}:{line}: {path} does not belong into {room}", file.path));
                }
            }
        }
    }
    report(&faults);
}

#[test]
fn files_are_short_and_named_after_what_they_hold() {
    let mut faults = Vec::new();
    for file in sources() {
        let lines = file.text.lines().count();
        if lines > LINES {
            faults.push(format!("{}: {lines} lines; split it by noun", file.path));
        }
        let stem = file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".rs")).unwrap_or_default();
        if EMPTY_NAMES.contains(&stem) {
            faults.push(format!("{}: the name does not say what the file holds", file.path));
        }
        if stem != "tests" && !file.text.trim_start().starts_with("//!") {
            faults.push(format!("{}: no module doc at its head", file.path));
        }
    }
    report(&faults);
}

#[test]
fn codes_and_pages_are_the_same_set() {
    let folder = root().join("src/diag/codes");
    let pages: BTreeSet<String> =
        fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{code}.md")).collect();
    assert_eq!(pages, codes);
    let ascending = Code::ALL.windows(2).all(|pair| pair[0].text() < pair[1].text());
    assert!(ascending, "the rows of codes.rs stand in ascending order");
}

#[test]
fn every_message_says_the_same_in_both_languages() {
    let mut faults = Vec::new();
    for code in Code::ALL {
        if code.title(Lang::Vi).trim().is_empty() || code.title(Lang::En).trim().is_empty() {
            faults.push(format!("{code}: a title is empty"));
        }
    }
    for file in sources().iter().filter(|file| file.path != "src/diag/message.rs") {
        let code: String = file.code().map(|(_, line)| format!("{line}\n")).collect();
        for (at, found) in code.match_indices("msg!(") {
            let line = code[..at].lines().count();
            let Some((vi, rest)) = literal(&code[at + found.len()..]) else {
                faults.push(format!("{}: msg! near code line {line} does not begin with a text", file.path));
                continue;
            };
            let Some((en, _)) = rest.trim_start().strip_prefix(',').and_then(literal) else {
                faults.push(format!("{}: “{vi}” has no English text", file.path));
                continue;
            };
            if vi.trim().is_empty() || en.trim().is_empty() {
                faults.push(format!("{}: one language of “{vi}{en}” is empty", file.path));
            }
            // a part that differs by language bears `_en` in English
            let en_holes: Vec<String> = holes(en).into_iter().map(in_both).collect();
            let vi_holes: Vec<String> = holes(vi).into_iter().map(in_both).collect();
            if vi_holes != en_holes {
                faults.push(format!("{}: “{vi}” and “{en}” do not name the same values", file.path));
            }
        }
    }
    report(&faults);
}

/// The name of a value without its language.
fn in_both(name: impl AsRef<str>) -> String {
    let name = name.as_ref();
    if name == "en" { "vi".to_owned() } else { name.trim_end_matches("_en").to_owned() }
}

/// The text literal at the head of `code`, and what stands behind it.
fn literal(code: &str) -> Option<(&str, &str)> {
    let body = code.trim_start().strip_prefix('"')?;
    let mut escaped = false;
    for (at, c) in body.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return Some((&body[..at], &body[at + 1..])),
            _ => escaped = false,
        }
    }
    None
}

/// What stands between braces, sorted. Values that are words have one name for each language: `{what}` and `{what_en}`, `{vi}` and `{en}`.
fn holes(text: &str) -> BTreeSet<&str> {
    let text = text.split("{{").flat_map(|part| part.split("}}"));
    let names = text.flat_map(|part| part.split('{').skip(1).filter_map(|rest| rest.split('}').next()));
    names.map(|name| if matches!(name, "vi" | "en") { "" } else { name.trim_end_matches("_vi").trim_end_matches("_en") }).collect()
}
