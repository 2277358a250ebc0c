//! The arguments: what clap reads. Help texts here are the English ones; `vietnamese.rs` holds the others.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::session::Session;
use super::{
    Status, agency, audit, build, check, completions, derive, diff, explain, fmt, graph, import, init, language, roll, templates, why,
};
use crate::diag::Lang;
use crate::project::Failure;

/// Compiles the yearly plans of Vietnamese public administration
#[derive(Debug, Parser)]
#[command(name = "kehoach", version)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) common: Common,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// The project's folder; else the nearest folder upwards with kehoach.toml
    #[arg(long, global = true, value_name = "DIR", display_order = 901)]
    pub(super) project: Option<PathBuf>,
    /// Language of help, messages and reports; also KEHOACH_LANG
    #[arg(long, global = true, value_name = "LANG", display_order = 902)]
    pub(super) lang: Option<LangChoice>,
    /// Whether to use colours; NO_COLOR is honoured
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 903)]
    pub(super) color: ColorWanted,
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LangChoice {
    Vi,
    En,
}

impl LangChoice {
    pub(super) fn lang(self) -> Lang {
        match self {
            Self::Vi => Lang::Vi,
            Self::En => Lang::En,
        }
    }
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorWanted {
    Auto,
    Always,
    Never,
}

/// How strictly findings decide the exit status.
#[derive(Debug, Args)]
pub(super) struct Gate {
    /// Warnings too end with exit status 1
    #[arg(long)]
    pub(super) strict: bool,
    /// The gate before signing: blanks and unconfirmed waivers are errors
    #[arg(long)]
    pub(super) release: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a small project that passes check at once
    #[command(alias = "tao")]
    Init(init::InitArgs),
    /// Check a project and write nothing
    #[command(alias = "kiem-tra")]
    Check(check::CheckArgs),
    /// Render plans as documents
    #[command(alias = "xuat")]
    Build(build::BuildArgs),
    /// Draft a unit's plan from its parent's: one verb for each task
    #[command(alias = "giao")]
    Derive(derive::DeriveArgs),
    /// Compare a parent plan with plans or documents below it: what became of each task
    #[command(alias = "doi-chieu")]
    Audit(audit::AuditArgs),
    /// Compare two plans by task and field; exit status 1 where they differ
    #[command(alias = "so-sanh")]
    Diff(diff::DiffArgs),
    /// Draft next year's plan from last year's and its results: one verb for each task
    #[command(alias = "lap-nam")]
    Roll(roll::RollArgs),
    /// Read a document as it exists and say what it holds
    #[command(alias = "nhap")]
    Import(import::ImportArgs),
    /// Show the statements and rules that made a task or a field
    #[command(alias = "vi-sao")]
    Why(why::WhyArgs),
    /// Look a body up in the registry: successors and counterparts
    #[command(alias = "co-quan")]
    Agency(agency::AgencyArgs),
    /// Draw the agencies or the cascade of plans
    #[command(alias = "so-do")]
    Graph(graph::GraphArgs),
    /// Write .kh files in the one layout
    #[command(alias = "dinh-dang")]
    Fmt(fmt::FmtArgs),
    /// Say what a finding means, with a wrong and a right example
    #[command(alias = "giai-thich")]
    Explain(explain::ExplainArgs),
    /// Copy the document templates into the project, or check its own
    #[command(alias = "mau")]
    Templates(templates::TemplatesArgs),
    /// Print a completion script for a shell
    #[command(alias = "goi-y-lenh")]
    Completions(completions::CompletionsArgs),
    /// Print help for the program or a command
    #[command(alias = "tro-giup")]
    Help(HelpArgs),
}

/// Arguments of `help`.
#[derive(Debug, Args)]
pub(super) struct HelpArgs {
    /// The command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

impl Command {
    pub(super) fn run(&self, session: &mut Session<'_>) -> Result<Status, Failure> {
        match self {
            Self::Init(args) => init::run(args, session),
            Self::Check(args) => check::run(args, session),
            Self::Build(args) => build::run(args, session),
            Self::Derive(args) => derive::run(args, session),
            Self::Audit(args) => audit::run(args, session),
            Self::Diff(args) => diff::run(args, session),
            Self::Roll(args) => roll::run(args, session),
            Self::Import(args) => import::run(args, session),
            Self::Why(args) => why::run(args, session),
            Self::Agency(args) => agency::run(args, session),
            Self::Graph(args) => graph::run(args, session),
            Self::Fmt(args) => fmt::run(args, session),
            Self::Explain(args) => explain::run(args, session),
            Self::Templates(args) => templates::run(args, session),
            Self::Completions(args) => completions::run(args, session),
            Self::Help(args) => help(args, session),
        }
    }
}

/// Reads a command line; the error's words and help are in the language.
pub(super) fn parse(args: &[OsString], lang: Lang) -> Result<Arguments, clap::Error> {
    let matches = language::command(lang).try_get_matches_from(args)?;
    Arguments::from_arg_matches(&matches)
}

fn help(args: &HelpArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let mut line = vec![OsString::from("kehoach")];
    line.extend(args.command.as_ref().map(OsString::from));
    line.push("--help".into());
    match parse(&line, session.lang) {
        // asking for help always ends in the "error" that carries it
        Ok(_) => Ok(Status::Clean),
        Err(error) => session.answer(&error),
    }
}
