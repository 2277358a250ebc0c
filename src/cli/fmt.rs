//! `fmt`: writes `.kh` files in the one layout.

use std::path::PathBuf;

use clap::Args;

use super::session::Session;
use super::{Status, not_yet};
use crate::base::SourceId;
use crate::diag::msg;
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
    let mut jobs = Vec::new();
    if args.paths.is_empty() {
        let (root, _) = session.project()?;
        let compiled = project::compile(&Input::Folder(root.clone()), Options::default());
        let paths = compiled.files.iter().map(|parsed| (root.join(compiled.sources.get(parsed.source).name()), parsed.source));
        let paths: Vec<_> = paths.collect();
        jobs.extend(laid_out(&compiled, paths)?);
    }
    for path in &args.paths {
        let compiled = project::compile(&Input::File(path.clone()), Options::default());
        let Some(parsed) = compiled.files.first() else {
            session.tell_findings(&compiled.findings, &compiled.sources);
            return Ok(Status::Findings);
        };
        jobs.extend(laid_out(&compiled, vec![(path.clone(), parsed.source)])?);
    }
    let changed: Vec<&(PathBuf, String)> = jobs.iter().filter_map(|(job, changes)| changes.then_some(job)).collect();
    for (path, text) in &changed {
        if !args.check {
            project::write(path, text.as_bytes(), true)?;
        }
        session.print(&format!("{}\n", path.display()))?;
    }
    let (all, count) = (jobs.len(), changed.len());
    session.tell(&if args.check {
        msg!("{count} trên {all} tệp chưa đúng định dạng", "{count} of {all} files not in the layout")
    } else {
        msg!("Đã định dạng lại {count} trên {all} tệp", "{count} of {all} files laid out anew")
    });
    Ok(if args.check && count > 0 { Status::Findings } else { Status::Clean })
}

/// A file with its text in the one layout, and whether that is another text.
type Job = ((PathBuf, String), bool);

fn laid_out(compiled: &Compiled, paths: Vec<(PathBuf, SourceId)>) -> Result<Vec<Job>, Failure> {
    let one = |(path, source): (PathBuf, SourceId)| {
        let old = compiled.sources.get(source).text();
        let new = layout(old)?;
        let changes = new != old;
        Ok(((path, new), changes))
    };
    paths.into_iter().map(one).collect()
}

/// Returns the text of a file in the one layout. Call site of the room `fmt`.
fn layout(text: &str) -> Result<String, Failure> {
    let _ = text;
    Err(not_yet(&msg!("định dạng tệp", "lay files out")))
}
