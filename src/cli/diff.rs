//! `diff`: two plans compared by task and field.

use clap::{Args, ValueEnum};

use super::session::Session;
use super::{Status, build};
use crate::diag::msg;
use crate::project::{self, Failure, Input, Options};
use crate::render::diff;

/// Arguments of `diff`.
#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The first plan's code
    #[arg(value_name = "PLAN")]
    from: String,
    /// The second plan's code
    #[arg(value_name = "PLAN")]
    to: String,
    /// How the comparison is written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: DiffFormat,
}

/// How the comparison is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    Text,
    Json,
}

pub(super) fn run(args: &DiffArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let (root, _) = session.project()?;
    let compiled = project::compile(&Input::Folder(root), Options::default());
    let find = |code: &str| compiled.model.find(code).ok_or_else(|| build::no_plan(code, &compiled));
    let difference = diff::compare(&compiled.model, &compiled.derivations, find(&args.from)?, find(&args.to)?);
    match args.format {
        DiffFormat::Json => session.print(&format!("{:#}\n", diff::json(&difference)))?,
        DiffFormat::Text if difference.is_empty() => {
            let (a, b) = (&difference.a.code, &difference.b.code);
            session.tell(&msg!("{a} và {b} không khác nhau", "{a} and {b} do not differ"));
        }
        DiffFormat::Text => {
            let text = diff::text(&difference, session.lang, session.shows_colors());
            session.print(&text)?;
            session.tell(&diff::summary(&difference));
        }
    }
    Ok(if difference.is_empty() { Status::Clean } else { Status::Findings })
}
