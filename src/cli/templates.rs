//! `templates`: copies the program's templates into a project, and checks a project's own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::session::Session;
use super::{Status, not_yet};
use crate::base::Sources;
use crate::diag::{Diagnostic, Findings, msg};
use crate::project::{self, Failure, TemplateFile};

/// Arguments of `templates`.
#[derive(Debug, Args)]
pub(super) struct TemplatesArgs {
    #[command(subcommand)]
    action: Action,
}

/// What to do with templates.
#[derive(Debug, Subcommand)]
enum Action {
    /// Copy the program's templates into the project, to be changed there
    #[command(alias = "lay-ra")]
    Eject {
        /// The folder; else the project's templates folder
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Replace files that differ
        #[arg(long)]
        force: bool,
    },
    /// Check the project's own templates
    #[command(alias = "kiem-tra")]
    Check,
}

pub(super) fn run(args: &TemplatesArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    match &args.action {
        Action::Eject { folder, force } => {
            let folder = match folder {
                Some(folder) => folder.clone(),
                None => own(session)?,
            };
            for (name, text) in embedded()? {
                let path = folder.join(name);
                project::write(&path, text.as_bytes(), *force)?;
                session.print(&format!("{}\n", path.display()))?;
            }
            Ok(Status::Clean)
        }
        Action::Check => {
            let folder = own(session)?;
            let mut sources = Sources::default();
            let (files, mut findings) = project::templates(&folder, &mut sources);
            findings.extend(faults(&files, &sources)?);
            let findings = Findings::new(findings, &sources);
            let text = session.drawn(&findings, &sources, false);
            session.print(&text)?;
            session.summarize(&findings);
            Ok(if findings.counts().errors > 0 { Status::Findings } else { Status::Clean })
        }
    }
}

/// Returns the folder of the project's own templates.
fn own(session: &Session<'_>) -> Result<PathBuf, Failure> {
    let (root, config) = session.project()?;
    Ok(root.join(config.templates.as_deref().unwrap_or("templates")))
}

/// Returns the program's templates: path and text. Call site of `render::names`.
fn embedded() -> Result<&'static [(&'static str, &'static str)], Failure> {
    Err(not_yet(&msg!("có mẫu văn bản", "have templates")))
}

/// Returns what is wrong with templates. Call site of `render::Templates::with_override` and `findings`.
fn faults(files: &[TemplateFile], sources: &Sources) -> Result<Vec<Diagnostic>, Failure> {
    let _ = (files, sources);
    Err(not_yet(&msg!("kiểm tra mẫu văn bản", "check templates")))
}
