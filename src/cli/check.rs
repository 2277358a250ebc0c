//! `check`: reads a project, or one document as it stands, and says what is wrong.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Status;
use super::arguments::Gate;
use super::session::{Session, status};
use crate::base::Sources;
use crate::diag::{self, Findings, Severity, msg};
use crate::lock::{FILE, Name};
use crate::project::{self, Accepted, Checked, Compiled, Failure, Input, Options, Written};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files or folders whose findings are shown; the whole project is read all the same. A .docx, .html, .txt or .md document is checked as it stands
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CheckFormat,
    /// Record that what the parents say now has been looked at (kehoach.lock): of the files named, else of the whole project
    #[arg(long)]
    accept_changes: bool,
    #[command(flatten)]
    gate: Gate,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Junit,
    Github,
}

pub(super) fn run(args: &CheckArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    if let Some(document) = document(&args.paths)? {
        return checked(document, args, session);
    }
    let (input, shown) = input(&args.paths, session)?;
    let options = Options { release: args.gate.release };
    let mut compiled = project::compile(&input, options);
    if args.accept_changes {
        accept(&input, &compiled, shown.as_deref(), session)?;
        compiled = project::compile(&input, options);
    }
    let Compiled { sources, findings, .. } = compiled;
    let findings = match &shown {
        None => findings,
        Some(names) => {
            let kept = findings
                .into_iter()
                .filter(|finding| finding.primary.as_ref().is_none_or(|label| is_below(names, sources.get(label.loc.source).name())));
            Findings::new(kept.collect(), &sources)
        }
    };
    shown_as(args, &findings, &sources, session)
}

/// Writes findings in the form that was asked for.
fn shown_as(args: &CheckArgs, findings: &Findings, sources: &Sources, session: &mut Session<'_>) -> Result<Status, Failure> {
    let failing = if args.gate.strict { Severity::Warning } else { Severity::Error };
    let text = match args.format {
        CheckFormat::Text => session.drawn(findings, sources, false),
        CheckFormat::Json => diag::json(findings, sources, session.lang),
        CheckFormat::Sarif => diag::sarif(findings, sources, session.lang),
        CheckFormat::Junit => diag::junit(findings, sources, session.lang, failing),
        CheckFormat::Github => diag::github(findings, sources, session.lang),
    };
    session.print(&text)?;
    session.summarize(findings);
    Ok(status(findings, &args.gate))
}

/// Checks a document as it stands, with the names of `--project`, else of the project around it or around the current folder.
fn checked(path: &Path, args: &CheckArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let root = if session.project_is_named() {
        Some(session.project()?.0)
    } else {
        project::find_root(path).ok().or_else(|| session.project().ok().map(|(root, _)| root))
    };
    let input = root.map(Input::Folder);
    let Checked { sources, findings, doubts } = project::check_document(path, input.as_ref(), Options { release: args.gate.release })?;
    let status = shown_as(args, &findings, &sources, session)?;
    let (count, shown) = (doubts.len(), path.display());
    if count > 0 {
        session.tell(&msg!(
            "{count} chỗ đọc chưa chắc; xem bằng kehoach import {shown} --format json",
            "{count} places were read with doubt; kehoach import {shown} --format json lists them"
        ));
    }
    Ok(status)
}

/// Returns the document that is to be checked; `None` where the paths are those of a project.
fn document(paths: &[PathBuf]) -> Result<Option<&Path>, Failure> {
    let is_document = |path: &Path| {
        let known = |ext: &std::ffi::OsStr| DOCUMENTS.iter().any(|one| ext.eq_ignore_ascii_case(one));
        path.extension().is_some_and(known) && !path.is_dir()
    };
    match paths {
        [one] if is_document(one) => Ok(Some(one)),
        several if several.iter().any(|path| is_document(path)) => {
            Err(Failure::new(msg!("Mỗi lần chỉ kiểm tra một văn bản ngoài dự án", "One document at a time is checked")))
        }
        _ => Ok(None),
    }
}

/// Endings of documents that are checked as they stand.
const DOCUMENTS: &[&str] = &["docx", "txt", "md", "html", "htm"];

/// Says whether a file is one of those named, or lies below one.
fn is_below(names: &[String], file: &str) -> bool {
    names.iter().any(|shown| file == shown || file.strip_prefix(shown.as_str()).is_some_and(|rest| rest.starts_with('/')))
}

/// Takes over what the parents say now, for the plans whose files are named or for all.
fn accept(input: &Input, compiled: &Compiled, names: Option<&[String]>, session: &mut Session<'_>) -> Result<(), Failure> {
    let Input::Folder(root) = input else {
        return Err(Failure::new(msg!(
            "--accept-changes cần một dự án (thư mục có kehoach.toml)",
            "--accept-changes needs a project (a folder with kehoach.toml)"
        )));
    };
    let Compiled { model, sources, .. } = compiled;
    let is_named = |plan: &Name| {
        let file = model.find(&plan.text).map(|id| sources.get(model.plan(id).loc.source).name());
        names.is_none_or(|names| file.is_some_and(|file| is_below(names, file)))
    };
    let accepted = project::accept(root, compiled, |plan, _| is_named(plan))?;
    tell_accepted(accepted, session);
    Ok(())
}

/// Says what became of the lock.
pub(super) fn tell_accepted(accepted: Accepted, session: &mut Session<'_>) {
    let count = accepted.changed;
    session.tell(&match (accepted.written, count) {
        (Written::Unchanged, _) => msg!("{FILE} không có gì thay đổi", "{FILE} stays as it is"),
        (Written::Written, 0) => msg!("Đã ghi {FILE}", "Wrote {FILE}"),
        (Written::Written, _) => {
            msg!("Đã ghi {FILE}: nhận {count} câu trả lời có thay đổi ở cấp trên", "Wrote {FILE}: {count} answers whose parent had changed")
        }
    });
}

/// Returns what to compile, and the names (relative to the project) whose findings are shown; `None` for all.
fn input(paths: &[PathBuf], session: &Session<'_>) -> Result<(Input, Option<Vec<String>>), Failure> {
    let Some(first) = paths.first() else {
        return Ok((Input::Folder(session.project()?.0), None));
    };
    for path in paths {
        known_kind(path)?;
    }
    let root = if session.project_is_named() {
        session.project()?.0
    } else {
        match project::find_root(first) {
            Ok(root) => root,
            // one file alone is a project of its own
            Err(failure) => match paths {
                [one] if one.is_file() => return Ok((Input::File(one.clone()), None)),
                _ => return Err(failure),
            },
        }
    };
    project::Config::read(&root)?;
    let mut names = Vec::new();
    for path in paths {
        let shown = path.display();
        let whole = std::fs::canonicalize(path).map_err(|_| Failure::new(msg!("Không có {shown}", "There is no {shown}")))?;
        let Ok(name) = whole.strip_prefix(&root) else {
            let root = root.display();
            return Err(Failure::new(msg!("{shown} không thuộc dự án {root}", "{shown} does not belong to the project {root}")));
        };
        if name.as_os_str().is_empty() {
            return Ok((Input::Folder(root), None));
        }
        names.push(name.to_string_lossy().replace('\\', "/"));
    }
    Ok((Input::Folder(root), Some(names)))
}

fn known_kind(path: &Path) -> Result<(), Failure> {
    let shown = path.display();
    if !path.exists() {
        return Err(Failure::new(msg!("Không có {shown}", "There is no {shown}")));
    }
    if path.is_file() && !path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("kh")) {
        return Err(Failure::new(msg!(
            "{shown} không phải tệp .kh, cũng không phải văn bản .docx, .html, .txt, .md",
            "{shown} is neither a .kh file nor a .docx, .html, .txt or .md document"
        )));
    }
    Ok(())
}
