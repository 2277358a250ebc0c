//! `import` of large documents as a process: a `.docx` of a hundred pages and a sheet of 10,000 rows; best time of some runs, and how
//! many times as long as unpacking the file and running over its XML alone takes.
//!
//! The documents are made here: six times the tasks of TH-2022 in appendices, and prose as long. `cargo bench --bench import`; with `KEHOACH_KEEP=FOLDER` they are
//! left there, to be opened (LibreOffice counts 100 pages).

#![allow(clippy::print_stdout, reason = "a benchmark prints what it measures")]

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{fs, io};

use kehoach::model::{Fields, Piece, Role};
use kehoach::project::{self, Compiled, Input, Options};
use kehoach::render::{self, Templates};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kehoach");
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/thanh-hoa");
const COPIES: usize = 6;
const ROWS: usize = 10_000;
const RUNS: usize = 7;

fn main() -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let compiled = project::compile(&Input::Folder(CORPUS.into()), Options::default());
    let tasks = tasks(&compiled);
    fs::write(folder.path().join("kehoach.toml"), "")?;
    fs::copy(format!("{CORPUS}/danh-ba.kh"), folder.path().join("danh-ba.kh"))?;
    fs::copy(format!("{CORPUS}/don-vi-xa-hoang-hoa.csv"), folder.path().join("don-vi-xa-hoang-hoa.csv"))?;
    for (name, bytes) in [("lon.docx", document(&compiled, &tasks)), ("lon.xlsx", sheet(&tasks))] {
        fs::write(folder.path().join(name), &bytes)?;
        if let Some(kept) = std::env::var_os("KEHOACH_KEEP") {
            fs::write(Path::new(&kept).join(name), &bytes)?;
        }
        let (yardstick, size) = best(|| run_over(&bytes));
        for (place, project) in [("with a registry", folder.path()), ("without a project", Path::new("/"))] {
            let file = folder.path().join(name);
            let (time, status) = best(|| {
                let mut command = Command::new(PROGRAM);
                command.args(["import", &file.display().to_string(), "--format", "json"]).current_dir(project);
                command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
            });
            assert!(status, "{name} is not imported");
            let (time, yardstick) = (time * 1e3, yardstick * 1e3);
            println!("{name} {place}: best of {RUNS} runs {time:.0} ms; {:.1} times the XML alone ({yardstick:.0} ms)", time / yardstick);
        }
        println!("  {} KB, {} KB of XML", bytes.len() / 1024, size / 1024);
    }
    Ok(())
}

/// Returns the shortest time of some runs in seconds, and what the last one gave.
fn best<T: Default>(mut work: impl FnMut() -> T) -> (f64, T) {
    let (mut best, mut out) = (f64::MAX, T::default());
    for _ in 0..RUNS {
        let start = Instant::now();
        out = work();
        best = best.min(start.elapsed().as_secs_f64());
    }
    (best, out)
}

/// The yardstick: unpacks an archive and runs over the events of its XML; returns how many bytes of XML there were.
fn run_over(bytes: &[u8]) -> usize {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return 0 };
    let mut size = 0;
    for at in 0..archive.len() {
        let mut text = Vec::new();
        let Ok(mut file) = archive.by_index(at) else { continue };
        if !file.name().is_ok_and(|name| name.ends_with(".xml")) || file.read_to_end(&mut text).is_err() {
            continue;
        }
        let mut reader = quick_xml::Reader::from_reader(text.as_slice());
        let mut events = 0usize;
        while let Ok(event) = reader.read_event() {
            if matches!(event, quick_xml::events::Event::Eof) {
                break;
            }
            events += 1;
        }
        size += if events > 0 { text.len() } else { 0 };
    }
    size
}

/// The cells of a task: content, products, leads, coordinators, deadline.
type Row = [Vec<String>; 5];

fn tasks(compiled: &Compiled) -> Vec<Row> {
    let derivation = compiled.model.find("TH-2022").map(|plan| &compiled.derivations[plan.index()]);
    derivation.into_iter().flat_map(|derivation| &derivation.content.tasks).map(|task| row(&task.fields)).collect()
}

fn row(fields: &Fields) -> Row {
    let roles = |piece: &Option<Piece<Vec<Role>>>| piece.iter().flat_map(|piece| &piece.value).map(Role::printed).collect::<Vec<String>>();
    let entries = fields.deadline.iter().flat_map(|piece| &piece.value.entries);
    [
        fields.content.iter().map(|piece| piece.value.clone()).collect(),
        fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()).collect(),
        roles(&fields.leads),
        roles(&fields.coordinators),
        entries.map(|entry| entry.of.as_ref().map_or(entry.text.clone(), |of| format!("{of}: {}", entry.text))).collect(),
    ]
}

const LABELS: [&str; 5] = ["Nội dung thực hiện", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"];

/// Returns the printed document of a plan with all tasks several times.
fn document(compiled: &Compiled, tasks: &[Row]) -> Vec<u8> {
    let mut text =
        "KẾ HOẠCH LON-2022: Cải cách hành chính năm 2022\nĐơn vị: tỉnh Thanh Hóa\nNăm: 2022\nSố: 1/QĐ-UBND\nNgày: 24/12/2021\n".to_owned();
    for (copy, mark) in ["I", "II", "III", "IV", "V", "VI"].iter().take(COPIES).enumerate() {
        let _ = write!(text, "\nPHẦN {mark}: Nội dung {}\n", copy + 1);
        for task in tasks {
            let _ = write!(text, "MỤC: {}\n{}; {}.\n", task[0].concat(), task[1].join("; "), task[3].join("; "));
        }
    }
    for copy in 1..=COPIES {
        let _ = write!(text, "\nPHỤ LỤC {copy:02}: Nhiệm vụ đợt {copy}\n");
        for (at, task) in tasks.iter().enumerate() {
            let _ = write!(text, "\nNHIỆM VỤ A{copy}-{}: {}\n", at + 1, task[0].concat());
            for (label, items) in LABELS.iter().zip(task).skip(1).filter(|(_, items)| !items.is_empty()) {
                let _ = write!(text, "{label}:\n- {}\n", items.join("\n- "));
            }
        }
    }
    let registry = compiled
        .sources
        .iter()
        .map(|(_, source)| source)
        .filter(|source| matches!(source.name(), "danh-ba.kh" | "don-vi-xa-hoang-hoa.csv"));
    let mut files: Vec<(String, String)> = registry.map(|source| (source.name().to_owned(), source.text().to_owned())).collect();
    files.push(("lon.kh".to_owned(), text));
    let large = project::check_sources(files);
    let plan = large.model.find("LON-2022").map(|plan| &large.derivations[plan.index()]);
    plan.map(|plan| render::docx(&large.model, plan, &Templates::embedded(), &render::Options::default()).0).unwrap_or_default()
}

/// Returns a sheet with a row for each task, over and over.
fn sheet(tasks: &[Row]) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let titles = ["TT"].into_iter().chain(LABELS);
    let mut put = |row: usize, column: usize, text: &str| {
        let (row, column) = (u32::try_from(row).unwrap_or(0), u16::try_from(column).unwrap_or(0));
        let _ = sheet.write_string(row, column, text);
    };
    titles.enumerate().for_each(|(at, title)| put(0, at, title));
    for (at, task) in tasks.iter().cycle().take(ROWS).enumerate() {
        put(at + 1, 0, &(at + 1).to_string());
        task.iter().enumerate().for_each(|(column, items)| put(at + 1, column + 1, &items.join("\n")));
    }
    book.save_to_buffer().unwrap_or_default()
}
