//! `check`: reads a project and says what is wrong.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Status;
use super::arguments::Gate;
use super::session::{Session, status};
use crate::diag::{self, Findings, Severity, msg};
use crate::project::{self, Compiled, Failure, Input, Options};

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files or folders whose findings are shown; the whole project is read all the same
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: CheckFormat,
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
    let (input, shown) = input(&args.paths, session)?;
    let Compiled { sources, findings, .. } = project::compile(&input, Options { release: args.gate.release });
    let findings = match &shown {
        None => findings,
        Some(names) => {
            let is_shown = |name: &str| {
                names.iter().any(|shown| name == shown || name.strip_prefix(shown.as_str()).is_some_and(|rest| rest.starts_with('/')))
            };
            let kept = findings
                .into_iter()
                .filter(|finding| finding.primary.as_ref().is_none_or(|label| is_shown(sources.get(label.loc.source).name())));
            Findings::new(kept.collect(), &sources)
        }
    };
    let failing = if args.gate.strict { Severity::Warning } else { Severity::Error };
    let text = match args.format {
        CheckFormat::Text => session.drawn(&findings, &sources, false),
        CheckFormat::Json => diag::json(&findings, &sources, session.lang),
        CheckFormat::Sarif => diag::sarif(&findings, &sources, session.lang),
        CheckFormat::Junit => diag::junit(&findings, &sources, session.lang, failing),
        CheckFormat::Github => diag::github(&findings, &sources, session.lang),
    };
    session.print(&text)?;
    session.summarize(&findings);
    Ok(status(&findings, &args.gate))
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
        return Err(Failure::new(msg!("{shown} không phải tệp .kh", "{shown} is not a .kh file")));
    }
    Ok(())
}
