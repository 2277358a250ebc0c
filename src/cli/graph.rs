//! `graph`: drawings of the agencies or of the cascade of plans.

use clap::{Args, ValueEnum};

use super::Status;
use super::session::Session;
use crate::base::Date;
use crate::diag::{Lang, msg};
use crate::project::{self, Compiled, Failure, Input, Options};
use crate::render::{drawing, graph};

/// Arguments of `graph`.
#[derive(Debug, Args)]
pub(super) struct GraphArgs {
    /// What is drawn
    #[arg(long, value_name = "WHAT", default_value = "agencies")]
    what: GraphOf,
    /// The drawing's language
    #[arg(long, value_name = "FORMAT", default_value = "dot")]
    format: GraphFormat,
    /// The day as of which agencies are drawn (d/m/yyyy); today where not said
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
}

/// What can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphOf {
    Agencies,
    Cascade,
}

/// Languages of drawings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    Dot,
    Mermaid,
    Svg,
}

pub(super) fn run(args: &GraphArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let date = day(args.date.as_deref(), session)?;
    let (root, _) = session.project()?;
    let compiled = project::compile(&Input::Folder(root), Options::default());
    let text = drawing(&compiled, args.what, args.format, date, session.lang);
    session.print(&text)?;
    Ok(Status::Clean)
}

/// Returns the day said, or today.
pub(super) fn day(said: Option<&str>, session: &Session<'_>) -> Result<Date, Failure> {
    let Some(text) = said else { return Ok(session.today()) };
    Date::parse(text).ok_or_else(|| {
        Failure::new(msg!("“{text}” không phải một ngày; viết như 30/6/2025", "“{text}” is not a day; write it as 30/6/2025"))
    })
}

/// Returns the drawing as text.
fn drawing(compiled: &Compiled, what: GraphOf, format: GraphFormat, date: Date, lang: Lang) -> String {
    let drawing = match what {
        GraphOf::Agencies => drawing::agencies(&compiled.model.registry, date, lang),
        GraphOf::Cascade => drawing::cascade(&compiled.model, &compiled.derivations, lang),
    };
    match format {
        GraphFormat::Dot => graph::dot(&drawing.nodes, &drawing.edges),
        GraphFormat::Mermaid => graph::mermaid(&drawing.nodes, &drawing.edges),
        GraphFormat::Svg => graph::svg(&drawing.title, &drawing.nodes, &drawing.edges),
    }
}
