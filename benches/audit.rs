//! The whole `audit` of 559 communes' plans against TH-2022 as a process: from `.kh` files and from text documents; best time of some runs, beside
//! the yardstick of the same run (reading all the files, checking that they are NFC, and serde_json reading the same plans as JSON, on one core),
//! and peak memory where `/usr/bin/time` can tell it.
//!
//! The plans are those of Hoằng Hóa's communes, written without verbs for 559 made-up communes. `cargo bench --bench audit`

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measures")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{fs, io};

use kehoach::model::{Fields, Piece, Role};
use kehoach::project::{self, Input, Options};
use serde::Serialize;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kehoach");
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/thanh-hoa");
const COMMUNES: usize = 559;
const RUNS: usize = 5;

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let plans = write_project(folder.path())?;
    for kind in ["kh", "txt"] {
        let arguments = ["audit", "TH-2022", kind, "--format", "json"];
        // each in turn, so that a busy machine is busy for both
        let (mut best, mut plain) = (f64::MAX, f64::MAX);
        for _ in 0..RUNS {
            let start = Instant::now();
            Command::new(PROGRAM).args(arguments).current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
            best = best.min(start.elapsed().as_secs_f64());
            plain = plain.min(yardstick(&folder.path().join(kind), &plans)?);
        }
        println!("{COMMUNES} communes from .{kind}: best of {RUNS} runs {:.0} ms", best * 1e3);
        println!("  yardstick {:.0} ms (ratio {:.1})", plain * 1e3, best / plain);
        match peak(folder.path(), &arguments) {
            Some(kilobytes) => println!("  peak memory {:.0} MB", kilobytes as f64 / 1024.0),
            None => println!("  peak memory not known here (no /usr/bin/time)"),
        }
    }
    Ok(())
}

/// Returns the seconds that plainly reading the same words takes: the files of a folder, whether they are NFC, and the plans as JSON.
fn yardstick(folder: &Path, plans: &[String]) -> io::Result<f64> {
    let start = Instant::now();
    for entry in fs::read_dir(folder)? {
        let text = fs::read_to_string(entry?.path())?;
        std::hint::black_box(kehoach::base::composed(&text));
    }
    for plan in plans {
        std::hint::black_box(serde_json::from_str::<serde_json::Value>(plan)?);
    }
    Ok(start.elapsed().as_secs_f64())
}

fn peak(folder: &Path, arguments: &[&str]) -> Option<u64> {
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M", PROGRAM]).args(arguments).current_dir(folder).stdout(Stdio::null());
    let output = command.output().ok()?;
    String::from_utf8_lossy(&output.stderr).lines().last()?.trim().parse().ok()
}

/// The cells of a task.
#[derive(Serialize)]
struct Task {
    content: String,
    cells: [(&'static str, Vec<String>); 4],
}

/// Writes the project and returns its communes' plans as JSON.
fn write_project(folder: &Path) -> io::Result<Vec<String>> {
    let compiled = project::compile(&Input::Folder(CORPUS.into()), Options::default());
    let communes: Vec<Vec<Task>> = compiled
        .derivations
        .iter()
        .filter(|derivation| compiled.model.unit_name(derivation.plan).starts_with("xã "))
        .map(|derivation| derivation.content.tasks.iter().map(|task| read(&task.fields)).collect())
        .collect();
    fs::create_dir_all(folder.join("kh"))?;
    fs::create_dir_all(folder.join("txt"))?;
    fs::write(folder.join("kehoach.toml"), "")?;
    fs::copy(format!("{CORPUS}/th-2022.kh"), folder.join("th-2022.kh"))?;
    fs::copy(format!("{CORPUS}/don-vi-xa-hoang-hoa.csv"), folder.join("don-vi-xa-hoang-hoa.csv"))?;
    let mut plans = Vec::with_capacity(COMMUNES);
    let mut registry = fs::read_to_string(format!("{CORPUS}/danh-ba.kh"))?;
    for number in 0..COMMUNES {
        let _ = write!(registry, "\nĐƠN VỊ X{number}: xã Thử {number}\nThuộc: HOẰNG-HÓA\n");
        let tasks = &communes[number % communes.len()];
        fs::write(folder.join(format!("kh/{number:03}.kh")), plan(number, tasks))?;
        fs::write(folder.join(format!("txt/{number:03}.txt")), document(number, tasks))?;
        plans.push(serde_json::to_string(tasks)?);
    }
    fs::write(folder.join("danh-ba.kh"), registry)?;
    Ok(plans)
}

fn read(fields: &Fields) -> Task {
    let roles = |piece: &Option<Piece<Vec<Role>>>| piece.iter().flat_map(|piece| &piece.value).map(Role::printed).collect::<Vec<String>>();
    let entries = fields.deadline.iter().flat_map(|piece| &piece.value.entries);
    let deadline = entries.map(|entry| entry.of.as_ref().map_or(entry.text.clone(), |of| format!("{of}: {}", entry.text)));
    Task {
        content: fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default(),
        cells: [
            ("Sản phẩm", fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()).collect()),
            ("Cơ quan chủ trì", roles(&fields.leads)),
            ("Cơ quan phối hợp", roles(&fields.coordinators)),
            ("Thời gian hoàn thành", deadline.collect()),
        ],
    }
}

fn plan(number: usize, tasks: &[Task]) -> String {
    let mut out = format!("KẾ HOẠCH VB-{number}: Cải cách hành chính năm 2023\nĐơn vị: xã Thử {number}\nNăm: 2023\n");
    for (at, task) in tasks.iter().enumerate() {
        let _ = write!(out, "\nNHIỆM VỤ {}: {}\n", at + 1, task.content);
        for (label, items) in task.cells.iter().filter(|(_, items)| !items.is_empty()) {
            let _ = write!(out, "{label}:\n- {}\n", items.join("\n- "));
        }
    }
    out
}

fn document(number: usize, tasks: &[Task]) -> String {
    let mut out = format!(
        "ỦY BAN NHÂN DÂN\nXÃ THỬ {number}\n\nKẾ HOẠCH\nCải cách hành chính năm 2023\n\nPhụ lục số 01: Các nhiệm vụ năm 2023\n\n\
         TT\tNội dung thực hiện\tSản phẩm/Kết quả\tCơ quan chủ trì\tCơ quan phối hợp\tThời gian hoàn thành\n"
    );
    for (at, task) in tasks.iter().enumerate() {
        let cells: Vec<String> = task.cells.iter().map(|(_, items)| items.join("; ")).collect();
        let _ = writeln!(out, "{}.\t{}\t{}", at + 1, task.content, cells.join("\t"));
    }
    out
}
