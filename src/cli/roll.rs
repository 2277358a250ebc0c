//! `roll`: drafts next year's plan from last year's and its results.

use std::path::{Path, PathBuf};

use clap::Args;

use super::session::Session;
use super::{Status, build, worksheet};
use crate::base::Year;
use crate::diag::msg;
use crate::draft::{self, NextYearOptions};
use crate::project::{self, Failure, Input, Options};

/// Arguments of `roll`.
#[derive(Debug, Args)]
pub(super) struct RollArgs {
    /// Code of last year's plan
    #[arg(value_name = "PLAN")]
    plan: String,
    /// The draft's year
    #[arg(long, value_name = "YEAR")]
    year: Year,
    /// Last year's results by task code, .csv or .xlsx
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    /// Write the decisions as an Excel form with drop-downs, to be filled in and read back by import
    #[arg(long)]
    worksheet: bool,
    /// The file to write; else the draft goes to the standard output
    #[arg(short = 'o', long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that differs
    #[arg(long)]
    force: bool,
}

pub(super) fn run(args: &RollArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    if args.worksheet {
        worksheet::needs_file(args.output.as_deref())?;
    }
    let (root, _) = session.project()?;
    let mut compiled = project::compile(&Input::Folder(root.clone()), Options::default());
    let plan = compiled.model.find(&args.plan).ok_or_else(|| build::no_plan(&args.plan, &compiled))?;
    let (code, year) = (compiled.model.plan(plan).code.text.clone(), args.year);
    if let Some(last) = compiled.model.plan(plan).header.year.filter(|last| *last >= year) {
        return Err(Failure::new(msg!(
            "{code} là kế hoạch năm {last}; --year phải là một năm sau đó",
            "{code} is a plan of {last}; --year is a year after that"
        )));
    }
    let mut status = Status::Clean;
    let mut results = None;
    if let Some(path) = &args.results {
        let (read, findings) = project::results(&mut compiled, plan, path)?;
        session.tell_findings(&findings, &compiled.sources);
        if findings.counts().errors > 0 {
            status = Status::Findings;
        }
        if read.is_none() {
            return Ok(Status::Findings);
        }
        results = read;
    }
    if let Some(path) =
        args.results.as_ref().filter(|path| !whole(path).zip(whole(&root)).is_some_and(|(path, root)| path.starts_with(root)))
    {
        let shown = path.display();
        session.tell(&msg!(
            "{shown} nằm ngoài dự án: chép vào dự án và sửa dòng Kết quả để kehoach check đọc được",
            "{shown} lies outside of the project: copy it there and mend the line Kết quả, so that kehoach check reads it"
        ));
    }
    // a form names the file from the project's folder: where the draft will lie is known when it is read back
    let beside = args.output.as_deref().filter(|_| !args.worksheet);
    let named = args.results.as_ref().map(|path| named(path, beside, &root));
    let options = NextYearOptions { year, results: results.as_ref(), results_file: named.as_deref() };
    let bytes = if args.worksheet {
        worksheet::of_next_year(&compiled, plan, options)?
    } else {
        draft::next_year(&compiled.model, &compiled.derivations, plan, options).into_bytes()
    };
    match &args.output {
        None => session.print(&String::from_utf8_lossy(&bytes))?,
        Some(path) => {
            project::write(path, &bytes, args.force)?;
            let shown = path.display();
            session.tell(&msg!("Đã ghi {shown}", "Wrote {shown}"));
        }
    }
    Ok(status)
}

/// Returns a path from the root of the disk; its last folders need not exist yet.
fn whole(path: &Path) -> Option<PathBuf> {
    if let Ok(whole) = std::fs::canonicalize(path) {
        return Some(whole);
    }
    let upper = path.parent().map(|upper| if upper.as_os_str().is_empty() { Path::new(".") } else { upper })?;
    Some(whole(upper)?.join(path.file_name()?))
}

/// Returns how the draft names a file: relative to the folder where the draft will lie; as given where the two have no folder of the project in common.
pub(super) fn named(file: &Path, output: Option<&Path>, root: &Path) -> String {
    let plain = |path: &Path| path.to_string_lossy().replace('\\', "/");
    let parent = |path: &Path| path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
    let folder = match output {
        Some(output) => whole(&parent(output)),
        None => whole(root),
    };
    let (Some(file_whole), Some(root), Some(folder)) = (whole(file), whole(root), folder) else { return plain(file) };
    let (Ok(file), Ok(folder)) = (file_whole.strip_prefix(&root), folder.strip_prefix(&root)) else { return plain(file) };
    let (mut file, mut folder): (Vec<_>, Vec<_>) = (file.components().collect(), folder.components().collect());
    while let (Some(a), Some(b)) = (file.first(), folder.first())
        && a == b
    {
        file.remove(0);
        folder.remove(0);
    }
    let up = "../".repeat(folder.len());
    let down: PathBuf = file.into_iter().collect();
    format!("{up}{}", plain(&down))
}
