//! `audit`: what became of each of a parent's tasks in the plans below it.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Status;
use super::session::Session;
use crate::diag::{self, Code, Diagnostic, Findings, Severity, msg};
use crate::matching::Audit;
use crate::project::{self, Audited, Baseline, Failure, Input, Subject};
use crate::render;

/// Arguments of `audit`.
#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// The parent plan: its code, or a file
    #[arg(value_name = "PARENT")]
    parent: String,
    /// The plans below: codes of plans, the code of a handing-on, files or folders
    #[arg(value_name = "CHILD", required = true)]
    children: Vec<String>,
    /// How the result is written; baseline writes the list of known gaps
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: AuditFormat,
    /// The file to write; Excel needs one, all else goes to the standard output without it. With html a folder that exists: a short report, and a file for each unit
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that differs
    #[arg(long)]
    force: bool,
    /// The list of known gaps: a new gap is an error, a mended one must leave the list
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Columns of the report
    #[arg(long, value_name = "NUMBER")]
    width: Option<usize>,
    /// Warnings too end with exit status 1
    #[arg(long)]
    strict: bool,
}

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum AuditFormat {
    Text,
    Json,
    Html,
    Xlsx,
    Sarif,
    Junit,
    Baseline,
}

/// Findings about files, units and the baseline, which the text report does not hold.
const OUTSIDE: &[Code] = &[Code::KH0001, Code::KH5053, Code::KH5054, Code::KH5056, Code::KH5057, Code::KH5061, Code::KH5070, Code::KH5079];

pub(super) fn run(args: &AuditArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let parent = subject(&args.parent);
    let children: Vec<Subject> = args.children.iter().map(|child| subject(child)).collect();
    let (root, config) = session.project()?;
    if args.format == AuditFormat::Xlsx && args.output.is_none() {
        return Err(Failure::new(msg!("Báo cáo Excel cần tên tệp: thêm -o TỆP.xlsx", "An Excel report needs a file: add -o FILE.xlsx")));
    }
    let baseline = args.baseline.as_ref().map(read).transpose()?;
    let Audited { audit, sources, findings } = project::audit(&Input::Folder(root), &parent, &children, baseline.as_ref())?;
    let failing = if args.strict { Severity::Warning } else { Severity::Error };
    let width = args.width.or(config.width).unwrap_or_else(|| render::Options::default().width);
    let (version, lang) = (env!("CARGO_PKG_VERSION"), session.lang);
    let text = match args.format {
        AuditFormat::Text => render::audit::text(&audit, width, lang),
        // written below, row by row or as bytes
        AuditFormat::Json | AuditFormat::Xlsx => String::new(),
        AuditFormat::Html if args.output.as_deref().is_some_and(Path::is_dir) => String::new(),
        AuditFormat::Html => {
            let templates = render::Templates::embedded();
            let (text, faults) = render::audit::html(&audit, &findings, &templates, version, session.lang);
            whole(&faults)?;
            text
        }
        AuditFormat::Sarif => diag::sarif(&findings, &sources, session.lang),
        AuditFormat::Junit => diag::junit(&findings, &sources, session.lang, failing),
        AuditFormat::Baseline => project::known_gaps(&audit),
    };
    match &args.output {
        None if args.format == AuditFormat::Json => {
            session.print_with(|out| render::audit::json(&audit, &findings, &sources, lang, out))?;
        }
        None => session.print(&text)?,
        Some(path) if path.is_dir() && args.format == AuditFormat::Html => folder(args, path, &audit, &findings, session)?,
        Some(path) => {
            let mut bytes = text.into_bytes();
            if args.format == AuditFormat::Xlsx {
                let (book, faults) = render::audit::xlsx(&audit, &findings, version, lang);
                whole(&faults)?;
                bytes = book;
            } else if args.format == AuditFormat::Json {
                // memory takes all that is written
                let _ = render::audit::json(&audit, &findings, &sources, lang, &mut bytes);
            }
            project::write(path, &bytes, args.force)?;
            let shown = path.display();
            session.tell(&msg!("Đã ghi {shown}", "Wrote {shown}"));
        }
    }
    if args.format == AuditFormat::Text {
        // what is wrong with a unit's tasks stands in the report; what kept a file from being audited as it should does not
        let rest: Vec<Diagnostic> = findings.iter().filter(|finding| OUTSIDE.contains(&finding.code)).cloned().collect();
        if !rest.is_empty() {
            let shown = session.drawn(&Findings::new(rest, &sources), &sources, true);
            session.tell(&msg!("{shown}", "{shown}"));
        }
    }
    session.summarize(&findings);
    let counts = findings.counts();
    let fails = counts.errors > 0 || args.strict && counts.warnings > 0;
    // the run ends here: the system takes back at once what would be taken down piece by piece
    std::mem::forget((audit, findings, sources));
    Ok(if fails && args.format != AuditFormat::Baseline { Status::Findings } else { Status::Clean })
}

/// Writes the report into a folder: the whole in short, and a file for each unit.
fn folder(args: &AuditArgs, path: &Path, audit: &Audit, findings: &Findings, session: &mut Session<'_>) -> Result<(), Failure> {
    let mut count = 0;
    let (templates, lang) = (render::Templates::embedded(), session.lang);
    render::audit::html_files(audit, findings, &templates, env!("CARGO_PKG_VERSION"), lang, |name, text, faults| {
        whole(&faults)?;
        count += 1;
        project::write(&path.join(name), text.as_bytes(), args.force).map(|_| ())
    })?;
    let (count, shown) = (count - 1, path.display());
    session.tell(&msg!(
        "Đã ghi {shown}/doi-chieu.html và {count} tệp, mỗi đơn vị một tệp",
        "Wrote {shown}/doi-chieu.html and {count} files, one for each unit"
    ));
    Ok(())
}

/// Refuses a report that could not be written whole.
fn whole(faults: &[Diagnostic]) -> Result<(), Failure> {
    faults.first().map_or(Ok(()), |fault| Err(Failure::new(fault.message.clone())))
}

/// What stands on the disk is a file or folder; all else is a code.
fn subject(name: &str) -> Subject {
    let path = PathBuf::from(name);
    if path.exists() { Subject::Path(path) } else { Subject::Plan(name.to_owned()) }
}

fn read(path: &PathBuf) -> Result<Baseline, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::new(msg!("Không đọc được {shown}: {error}", "Cannot read {shown}: {error}")))?;
    Ok(Baseline { name: shown.to_string(), text })
}
