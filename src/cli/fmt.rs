//! `fmt`: writes `.kh` files in the one layout.

use std::path::PathBuf;

use clap::Args;

use super::Status;
use super::session::Session;
use crate::diag::{Message, msg};
use crate::fmt::{Formatted, format_text};
use crate::project::{self, Compiled, Failure, Input, Options};

/// Arguments of `fmt`.
#[derive(Debug, Args)]
pub(super) struct FmtArgs {
    /// Files to format; without any, all files of the project
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; exit status 1 where a file is not in the layout
    #[arg(long)]
    check: bool,
}

pub(super) fn run(args: &FmtArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let mut jobs: Vec<(PathBuf, Formatted)> = Vec::new();
    if args.paths.is_empty() {
        let (root, _) = session.project()?;
        let Compiled { sources, files, .. } = project::compile(&Input::Folder(root.clone()), Options::default());
        for parsed in &files {
            let source = sources.get(parsed.source);
            jobs.push((root.join(source.name()), format_text(source.text())));
        }
    }
    for path in &args.paths {
        let Compiled { sources, files, findings, .. } = project::compile(&Input::File(path.clone()), Options::default());
        let Some(parsed) = files.first() else {
            session.tell_findings(&findings, &sources);
            return Ok(Status::Findings);
        };
        jobs.push((path.clone(), format_text(sources.get(parsed.source).text())));
    }
    let mut left = 0usize;
    let mut count = 0usize;
    for (path, formatted) in &jobs {
        if let Some(reason) = &formatted.reason {
            left += 1;
            let shown = path.display();
            session.tell(&Message { vi: format!("{shown}: {}", reason.vi), en: format!("{shown}: {}", reason.en) });
        }
        if formatted.changed {
            count += 1;
            if !args.check {
                project::write(path, formatted.text.as_bytes(), true)?;
            }
            session.print(&format!("{}\n", path.display()))?;
        }
    }
    let all = jobs.len();
    session.tell(&if args.check {
        msg!("{count} trên {all} tệp chưa đúng định dạng", "{count} of {all} files not in the layout")
    } else {
        msg!("Đã định dạng lại {count} trên {all} tệp", "{count} of {all} files laid out anew")
    });
    Ok(if left > 0 || (args.check && count > 0) { Status::Findings } else { Status::Clean })
}
