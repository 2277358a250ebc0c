//! `import`: reads a document as it exists and says what it holds.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::session::Session;
use super::{Status, roll};
use crate::agency::Registry;
use crate::base::{Date, Year};
use crate::diag::{Message, msg};
use crate::import::{self, Doubt, OpenOptions, Reading, RecordOptions, Revisions};
use crate::project::{self, Compiled, Failure, Input, Options, PairAnswers, Updated};
use crate::render;

/// Doubts shown on the standard error for one file; the JSON holds all.
const SHOWN: usize = 20;

/// Arguments of `import`.
#[derive(Debug, Args)]
pub(super) struct ImportArgs {
    /// Documents to read: .docx, .html, .xlsx, or text as copied from law sites; a filled form or an answered Excel report of audit is read back (explain KH5076)
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
    /// How to take tracked changes; else they are accepted, and each is told
    #[arg(long, value_name = "HOW")]
    revisions: Option<Tracked>,
    /// Bring the changes of an edited document, made by build --format docx, back into the project's .kh files
    #[arg(long, conflicts_with_all = ["output", "format", "unit", "code", "year"])]
    update: bool,
    /// With --update: show the changes, write nothing
    #[arg(long, requires = "update")]
    dry_run: bool,
}

/// `--revisions`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tracked {
    Accept,
    Reject,
}

impl ImportArgs {
    fn revisions(&self) -> Revisions {
        match self.revisions {
            None => Revisions::Report,
            Some(Tracked::Accept) => Revisions::Accept,
            Some(Tracked::Reject) => Revisions::Reject,
        }
    }
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Kh,
    Json,
}

pub(super) fn run(args: &ImportArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    if args.update {
        return update(args, session);
    }
    let compiled = registry(session)?;
    if let (Some(compiled), [path]) = (&compiled, args.files.as_slice())
        && let Some(answers) = project::pair_answers(path, compiled, &session.project()?.0)?
    {
        return answered(path, &answers, session);
    }
    if args.files.iter().any(|path| project::is_form(path)) {
        return form(args, session);
    }
    let registry = compiled.as_ref().map(|compiled| &compiled.model.registry);
    let mut readings: Vec<(String, Reading)> = Vec::new();
    for path in &args.files {
        let reading = project::import_document(path, args.revisions(), registry)?;
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

/// Writes the draft that a filled form asks for.
fn form(args: &ImportArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let [path] = args.files.as_slice() else {
        return Err(Failure::new(msg!(
            "Có phiếu đã điền trong các tệp: đọc từng phiếu một",
            "There is a filled form among the files: read forms one by one"
        )));
    };
    let (root, _) = session.project()?;
    let mut compiled = project::compile(&Input::Folder(root.clone()), Options::default());
    let named = |results: &str| roll::named(&root.join(results), args.output.as_deref(), &root);
    let Some(answered) = project::answered_form(path, &mut compiled, args.code.as_deref(), named)? else {
        let shown = path.display();
        return Err(Failure::new(msg!(
            "{shown} là phiếu mà bản kehoach này không biết: lập lại phiếu",
            "{shown} is a form that this version of kehoach does not know: make it again"
        )));
    };
    session.tell_findings(&answered.findings, &compiled.sources);
    let Some(text) = answered.text else { return Ok(Status::Findings) };
    match &args.output {
        None => session.print(&text)?,
        Some(target) => put(target, &text, args.force, session)?,
    }
    Ok(Status::Clean)
}

/// Stores what a person answered in the Excel twin of an audit's report.
fn answered(path: &Path, answers: &PairAnswers, session: &mut Session<'_>) -> Result<Status, Failure> {
    for line in &answers.told {
        let line = line.get(session.lang).to_owned();
        session.print(&format!("{line}\n"))?;
    }
    for (file, text) in &answers.files {
        put(file, text, true, session)?;
    }
    session.tell_findings(&answers.findings, &answers.sources);
    let (name, count, open) = (path.display(), answers.told.len(), answers.open);
    session.tell(&msg!(
        "{name}: {count} câu trả lời đã ghi, {open} cặp chưa trả lời",
        "{name}: {count} answers stored, {open} pairs unanswered"
    ));
    Ok(if answers.findings.is_empty() { Status::Clean } else { Status::Findings })
}

/// Brings edited documents back into the project's files.
fn update(args: &ImportArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let (root, config) = session.project()?;
    let mut status = Status::Clean;
    for path in &args.files {
        let mut compiled = project::compile(&Input::Folder(root.clone()), Options::default());
        let (document, doubts) = project::open_document(path, args.revisions())?;
        let name = path.display().to_string();
        for doubt in &doubts {
            let line = shown(&name, doubt);
            session.tell(&line);
        }
        let plan = project::plan_of_document(&compiled, &document)?;
        let folder = root.join(config.templates.as_deref().unwrap_or("templates"));
        let (own, _) = project::templates(&folder, &mut compiled.sources);
        let templates = super::templates::with_own(&own, &compiled.sources);
        let derivation = &compiled.derivations[plan.index()];
        let (bytes, _) = render::docx(&compiled.model, derivation, &templates, &render::Options::default());
        let printed = import::open("kehoach.docx", &bytes, OpenOptions::default()).ok().map(|out| out.document);
        let updated = project::update(&compiled, &document, printed.as_ref())?;
        status = status.max(tell_update(args, &updated, session)?);
        if args.dry_run {
            continue;
        }
        for (file, text) in &updated.files {
            put(&root.join(file), text, true, session)?;
        }
        if !updated.files.is_empty() {
            let again = project::compile(&Input::Folder(root.clone()), Options::default());
            session.summarize(&again.findings);
        }
    }
    Ok(status)
}

/// Lists what was changed, task by task, and what else differs.
fn tell_update(args: &ImportArgs, updated: &Updated, session: &mut Session<'_>) -> Result<Status, Failure> {
    for one in &updated.revised {
        let place = if one.task.is_empty() { &updated.plan } else { &one.task };
        let (field, from, to) = (one.field.get(session.lang), &one.from, &one.to);
        let mut line = format!("{place} · {field}: “{from}” → “{to}”\n");
        if let Some(why) = &one.left {
            let why = why.get(session.lang);
            line.push_str(msg!("  chưa ghi: {why}\n", "  not written: {why}\n").get(session.lang));
        }
        session.print(&line)?;
    }
    for beside in &updated.beside {
        session.print(&format!("{}\n", beside.get(session.lang)))?;
    }
    let (count, left, beside) =
        (updated.revised.len(), updated.revised.iter().filter(|one| one.left.is_some()).count(), updated.beside.len());
    let plan = &updated.plan;
    session.tell(&msg!("{plan}: {count} chỗ đã sửa", "{plan}: {count} values changed"));
    if left + beside > 0 {
        session.tell(&msg!(
            "{left} chỗ chưa ghi được, {beside} chỗ khác chỉ nêu ra",
            "{left} not written, {beside} other differences only told"
        ));
    }
    let differs = args.dry_run && count > 0;
    Ok(if differs || left + beside > 0 { Status::Findings } else { Status::Clean })
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
