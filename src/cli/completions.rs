//! `completions`: a script that completes commands in a shell.

use clap::{Args, ValueEnum};
use clap_complete::Shell;

use super::session::Session;
use super::{Status, language};
use crate::project::Failure;

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: ShellName,
}

/// Shells that can be completed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ShellName {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

pub(super) fn run(args: &CompletionsArgs, session: &mut Session<'_>) -> Result<Status, Failure> {
    let shell = match args.shell {
        ShellName::Bash => Shell::Bash,
        ShellName::Zsh => Shell::Zsh,
        ShellName::Fish => Shell::Fish,
        ShellName::Powershell => Shell::PowerShell,
        ShellName::Elvish => Shell::Elvish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut language::command(session.lang), "kehoach", &mut script);
    session.print(&String::from_utf8_lossy(&script))?;
    Ok(Status::Clean)
}
