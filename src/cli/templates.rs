//! `templates`: copies the program's templates into a project, and checks a project's own.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Status;
use super::session::Session;
use crate::base::Sources;
use crate::diag::Findings;
use crate::project::{self, Failure, TemplateFile};
use crate::render::{self, Templates};

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
            for (name, text) in render::names() {
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
            findings.extend(with_own(&files, &sources).findings().to_vec());
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

/// Returns the program's templates with a project's own in their place.
pub(super) fn with_own(files: &[TemplateFile], sources: &Sources) -> Templates {
    let whole = |templates: Templates, file: &TemplateFile| match &file.document {
        Some(bytes) => templates.with_stationery(&file.name, bytes, file.source),
        None => templates.with_override(&file.name, sources.get(file.source).text(), file.source),
    };
    files.iter().fold(Templates::embedded(), whole)
}
