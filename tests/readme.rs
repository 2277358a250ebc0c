//! The README holds: the commands that it shows run, and print what it shows.

use std::ffi::OsString;
use std::fs;
use std::path::Path;

use kehoach::base::Date;
use kehoach::cli::{Status, World, run};

/// A command line of the README, and the lines shown below it.
struct Shown {
    line: String,
    below: Vec<String>,
}

/// All lines that call the program: `kehoach …`, `$ kehoach …`, `cargo run --release -- …`. What a `text` block shows behind such a line,
/// or the next `text` block does, is its output.
fn shown(readme: &str) -> Vec<Shown> {
    let mut out: Vec<Shown> = Vec::new();
    let mut fence: Option<&str> = None;
    // whether what stands in the current block is output of the last command
    let mut takes = false;
    let mut awaited = false;
    for line in readme.lines() {
        if let Some(info) = line.strip_prefix("```") {
            takes = fence.is_none() && info == "text" && awaited;
            awaited = false;
            fence = if fence.is_some() { None } else { Some(info) };
            continue;
        }
        let Some(info) = fence else {
            // prose between a command and a block: the block shows something else
            awaited &= line.trim().is_empty();
            continue;
        };
        let plain = line.strip_prefix("$ ").unwrap_or(line);
        let rest = plain.strip_prefix("kehoach ").or_else(|| plain.strip_prefix("cargo run --release -- "));
        match rest {
            Some(rest) => {
                out.push(Shown { line: rest.to_owned(), below: Vec::new() });
                takes = info == "text";
                awaited = info == "sh";
            }
            None if takes => out.last_mut().map(|shown| shown.below.push(line.to_owned())).unwrap_or_default(),
            None => {}
        }
    }
    out
}

/// The words of a command line; double quotes hold spaces together.
fn words(line: &str) -> Vec<OsString> {
    let mut out = vec![OsString::from("kehoach")];
    for (at, part) in line.split('"').enumerate() {
        if at % 2 == 1 {
            out.push(part.into());
        } else {
            out.extend(part.split_whitespace().map(OsString::from));
        }
    }
    out
}

#[test]
fn its_commands_run_and_print_what_it_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let commands = shown(&fs::read_to_string(root.join("README.md")).unwrap());
    assert!(!commands.is_empty(), "the README shows no command");
    let mut faults = Vec::new();
    for Shown { line, below } in commands {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let world = World { out: &mut out, err: &mut err, colors: (false, false), lang: None, today: Date::first_of_year(2026) };
        let status = run(words(&line), world);
        let said = String::from_utf8_lossy(&out).into_owned() + &String::from_utf8_lossy(&err);
        if status == Status::Unable {
            faults.push(format!("kehoach {line}: {said}"));
        }
        let printed: Vec<&str> = said.lines().map(str::trim_end).collect();
        // `[…]` stands for what is left out
        for wanted in below.iter().map(|line| line.trim_end()).filter(|line| *line != "[…]") {
            if !printed.contains(&wanted) {
                faults.push(format!("kehoach {line}: does not print “{wanted}”"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
