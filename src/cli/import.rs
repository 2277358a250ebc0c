//! `import`: reads a document as it exists and says what it holds.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Status;
use super::session::Session;
use crate::diag::{Message, msg};
use crate::import::{Doubt, Reading};
use crate::project::{self, Compiled, Failure, Input, Options};

/// Doubts shown on the standard error for one file; the JSON holds all.
const SHOWN: usize = 20;

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Documents to read: text as copied from law sites
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How to write what was read
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    format: Form,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
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
        Form::Json => session.print(&project::import_json(&readings, session.lang))?,
    }
    for (name, reading) in &readings {
        tell(name, reading, session);
    }
    Ok(Status::Clean)
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
