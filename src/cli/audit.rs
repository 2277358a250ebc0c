//! `audit`: what became of each of a parent's tasks in the plans below it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Status;
use super::session::Session;
use crate::diag::{self, Code, Diagnostic, Findings, Severity, msg};
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
    Sarif,
    Junit,
    Baseline,
}

/// Findings about files, units and the baseline, which the text report does not hold.
const OUTSIDE: &[Code] = &[Code::KH0001, Code::KH5053, Code::KH5054, Code::KH5056, Code::KH5057, Code::KH5061];

pub(super) fn run(args: &AuditArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let parent = subject(&args.parent);
    let children: Vec<Subject> = args.children.iter().map(|child| subject(child)).collect();
    let (root, config) = session.project()?;
    let baseline = args.baseline.as_ref().map(read).transpose()?;
    let Audited { audit, sources, findings } = project::audit(&Input::Folder(root), &parent, &children, baseline.as_ref())?;
    let failing = if args.strict { Severity::Warning } else { Severity::Error };
    let width = args.width.or(config.width).unwrap_or_else(|| render::Options::default().width);
    let lang = session.lang;
    let text = match args.format {
        AuditFormat::Text => render::audit::text(&audit, width, session.lang),
        AuditFormat::Json => {
            session.print_with(|out| render::audit::json(&audit, &findings, &sources, lang, out))?;
            String::new()
        }
        AuditFormat::Html => {
            let templates = render::Templates::embedded();
            let (text, faults) = render::audit::html(&audit, &findings, &templates, env!("CARGO_PKG_VERSION"), session.lang);
            if let Some(fault) = faults.first() {
                return Err(Failure::new(fault.message.clone()));
            }
            text
        }
        AuditFormat::Sarif => diag::sarif(&findings, &sources, session.lang),
        AuditFormat::Junit => diag::junit(&findings, &sources, session.lang, failing),
        AuditFormat::Baseline => project::known_gaps(&audit),
    };
    session.print(&text)?;
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
