//! `import`: reads a document as it exists and says what it holds.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Status;
use super::session::Session;
use crate::agency::Registry;
use crate::base::{Date, Year};
use crate::diag::{Message, msg};
use crate::import::{self, Doubt, Reading, RecordOptions};
use crate::project::{self, Compiled, Failure, Input, Options};

/// Doubts shown on the standard error for one file; the JSON holds all.
const SHOWN: usize = 20;

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Documents to read: text as copied from law sites
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How to write what was read: a plan in record mode, or JSON
    #[arg(long, value_name = "FORMAT", default_value = "kh")]
    format: Form,
    /// The file to write, or a folder for one file per document; without it one document goes to the standard output
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace files that differ
    #[arg(long)]
    force: bool,
    /// Code or name of the unit whose plan it is; else the issuer's
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// The plan's code; else one of the unit and the year, or of the file's name
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// The plan's year; else the document's
    #[arg(long, value_name = "YEAR")]
    year: Option<Year>,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Kh,
    Json,
}

pub(super) fn run(args: &ImportArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let compiled = registry(session)?;
    let registry = compiled.as_ref().map(|compiled| &compiled.model.registry);
    let mut readings: Vec<(String, Reading)> = Vec::new();
    for path in &args.files {
        let reading = project::import_document(path, registry)?;
        readings.push((path.display().to_string(), reading));
    }
    match args.format {
        Form::Json => {
            let text = project::import_json(&readings, session.lang);
            match &args.output {
                None => session.print(&text)?,
                Some(path) => put(path, &text, args.force, session)?,
            }
        }
        Form::Kh => plans(args, &readings, registry, session)?,
    }
    for (name, reading) in &readings {
        tell(name, reading, session);
    }
    Ok(Status::Clean)
}

/// Writes each document as a plan in record mode.
fn plans(args: &ImportArgs, readings: &[(String, Reading)], registry: Option<&Registry>, session: &mut Session<'_>) -> Result<(), Failure> {
    let folder = args.output.as_deref().filter(|path| path.is_dir() || readings.len() > 1);
    if readings.len() > 1 && (args.output.is_none() || args.code.is_some()) {
        return Err(Failure::new(msg!(
            "Nhiều văn bản thì nêu thư mục ghi bằng -o, và không nêu --code",
            "For several documents name a folder with -o, and no --code"
        )));
    }
    let mut written: Vec<PathBuf> = Vec::new();
    for (name, reading) in readings {
        let path = Path::new(name);
        let file = path.file_name().map_or_else(|| name.clone(), |file| file.to_string_lossy().into_owned());
        let date = reading.header.date.unwrap_or_else(|| Date::first_of_year(args.year.or(reading.header.year).unwrap_or(2022)));
        let known = |unit: &String| registry.and_then(|registry| registry.find_unit(unit, date).map(|id| registry.unit(id).name.clone()));
        let unit = args.unit.as_ref().map(|unit| known(unit).unwrap_or_else(|| unit.clone()));
        let options = RecordOptions { file: &file, unit: unit.as_deref(), code: args.code.as_deref(), year: args.year, registry };
        let text = import::record(reading, &options);
        let target = match (folder, &args.output) {
            (Some(folder), _) => folder.join(path.file_stem().unwrap_or_default()).with_extension("kh"),
            (None, Some(file)) => file.clone(),
            (None, None) => {
                session.print(&text)?;
                continue;
            }
        };
        if written.contains(&target) {
            let shown = target.display();
            return Err(Failure::new(msg!("Hai văn bản cùng ghi vào {shown}", "Two documents would be written to {shown}")));
        }
        put(&target, &text, args.force, session)?;
        written.push(target);
    }
    Ok(())
}

fn put(path: &Path, text: &str, force: bool, session: &mut Session<'_>) -> Result<(), Failure> {
    project::write(path, text.as_bytes(), force)?;
    let shown = path.display();
    session.tell(&msg!("Đã ghi {shown}", "Wrote {shown}"));
    Ok(())
}

/// Returns the project whose registry knows names: that of `--project`, else one around the current folder, where there is one.
fn registry(session: &Session<'_>) -> Result<Option<Compiled>, Failure> {
    let compiled = |root| project::compile(&Input::Folder(root), Options::default());
    if session.project_is_named() {
        return session.project().map(|(root, _)| Some(compiled(root)));
    }
    Ok(session.project().ok().map(|(root, _)| compiled(root)))
}

/// Says what was found, and what a person should look at.
fn tell(name: &str, reading: &Reading, session: &mut Session<'_>) {
    for doubt in reading.doubts.iter().take(SHOWN) {
        let line = shown(name, doubt);
        session.tell(&line);
    }
    let (tasks, criteria, parts) = (reading.tasks.len(), reading.criteria.len(), reading.parts.len());
    let (doubts, more) = (reading.doubts.len(), reading.doubts.len().saturating_sub(SHOWN));
    if more > 0 {
        session.tell(&msg!("… và {more} chỗ khác, có đủ trong kết quả JSON", "… and {more} more, all in the JSON"));
    }
    session.tell(&msg!(
        "{name}: {tasks} nhiệm vụ, {criteria} tiêu chí, {parts} đoạn; {doubts} chỗ cần xem lại",
        "{name}: {tasks} tasks, {criteria} criteria, {parts} pieces of text; {doubts} places to look at"
    ));
}

fn shown(name: &str, doubt: &Doubt) -> Message {
    let place = doubt.place;
    let (code, line, table, row) = (doubt.code, place.line, place.table, place.row);
    let quote = if doubt.quote.is_empty() { String::new() } else { format!(" “{}”", doubt.quote.chars().take(80).collect::<String>()) };
    let (vi, en) = (&doubt.message.vi, &doubt.message.en);
    match (line, table) {
        (0, _) => msg!("{name}: {code} {vi}{quote}", "{name}: {code} {en}{quote}"),
        (_, 0) => msg!("{name}:{line}: {code} {vi}{quote}", "{name}:{line}: {code} {en}{quote}"),
        _ => msg!(
            "{name}:{line} (bảng {table}, hàng {row}): {code} {vi}{quote}",
            "{name}:{line} (table {table}, row {row}): {code} {en}{quote}"
        ),
    }
}
