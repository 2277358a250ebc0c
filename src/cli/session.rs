//! One run of a command: its language, its colours, its project, where its words go.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use super::arguments::{ColorWanted, Common, Gate};
use super::progress::Progress;
use super::{Status, World, refusal};
use crate::base::{Date, Sources};
use crate::diag::{Findings, Lang, Look, Message, SHOWN_PER_FILE, msg, terminal};
use crate::project::{Config, Failure, find_root};

/// Columns of findings on a terminal.
const WIDTH: usize = 100;

/// One run of a command.
pub(super) struct Session<'a> {
    world: World<'a>,
    /// Language of all that is said.
    pub(super) lang: Lang,
    colors: (bool, bool),
    project: Option<PathBuf>,
    /// Whether the reader of the standard output went away: what follows is not written, and the exit status stays what it would have been.
    closed: bool,
}

impl<'a> Session<'a> {
    pub(super) fn new(world: World<'a>, lang: Lang, common: &Common) -> Self {
        let lang = common.lang.map_or(lang, super::arguments::LangChoice::lang);
        let colors = match common.color {
            ColorWanted::Auto => world.colors,
            ColorWanted::Always => (true, true),
            ColorWanted::Never => (false, false),
        };
        Self { world, lang, colors, project: common.project.clone(), closed: false }
    }

    /// Returns today's day.
    pub(super) fn today(&self) -> Date {
        self.world.today
    }

    /// Says whether results have colours.
    pub(super) fn shows_colors(&self) -> bool {
        self.colors.0
    }

    /// Writes a result.
    ///
    /// # Errors
    /// Where the system refuses; not where the reader went away.
    pub(super) fn print(&mut self, text: &str) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let done = self.world.out.write_all(text.as_bytes());
        self.written(done)
    }

    /// Lets `write` write a result piece by piece.
    ///
    /// # Errors
    /// As [`Session::print`].
    pub(super) fn print_with(&mut self, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Failure> {
        if self.closed {
            return Ok(());
        }
        let done = write(self.world.out);
        self.written(done)
    }

    /// Writes what is still held back.
    pub(super) fn close(&mut self) -> Result<(), Failure> {
        let done = if self.closed { Ok(()) } else { self.world.out.flush() };
        self.written(done)
    }

    /// Lets results out before something is said on the standard error: both may go to one file. What cannot be written is found when the run closes.
    fn settle(&mut self) {
        if !self.closed {
            let _ = self.world.out.flush();
        }
    }

    fn written(&mut self, done: std::io::Result<()>) -> Result<(), Failure> {
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            Err(error) => Err(Failure::new(msg!("Không ghi được kết quả: {error}", "Cannot write the result: {error}"))),
            Ok(()) => Ok(()),
        }
    }

    /// Writes a line of progress or a summary to the standard error.
    pub(super) fn tell(&mut self, message: &Message) {
        self.settle();
        // where even this cannot be written there is nobody to tell
        let _ = writeln!(self.world.err, "{}", message.get(self.lang));
    }

    /// Returns what shows how far long work of so many steps is: a bar on a terminal, nothing elsewhere or for a few steps.
    pub(super) fn progress(&self, steps: usize) -> Progress {
        Progress::new(steps, self.colors.1)
    }

    /// Says why the work could not be done.
    pub(super) fn refuse(&mut self, failure: &Failure) -> Status {
        self.settle();
        let heading = msg!("Lỗi", "Error");
        let _ = writeln!(self.world.err, "{}: {}", heading.get(self.lang), failure.message.get(self.lang));
        Status::Unable
    }

    /// Shows what clap answers with: help, or what is wrong with a line.
    pub(super) fn answer(&mut self, error: &clap::Error) -> Result<Status, Failure> {
        let world = World {
            out: &mut *self.world.out,
            err: &mut *self.world.err,
            colors: self.world.colors,
            lang: self.world.lang.clone(),
            today: self.world.today,
        };
        Ok(refusal::show(error, self.lang, world))
    }

    /// Returns the project of `--project`, else the one around the current folder.
    ///
    /// # Errors
    /// Where there is none, or its configuration cannot be read.
    pub(super) fn project(&self) -> Result<(PathBuf, Config), Failure> {
        let root = match &self.project {
            Some(folder) => {
                let root = find_root(folder)?;
                let shown = folder.display();
                let same = std::fs::canonicalize(folder).is_ok_and(|folder| folder == root);
                if !same {
                    return Err(Failure::new(msg!("{shown} không có kehoach.toml", "There is no kehoach.toml in {shown}")));
                }
                root
            }
            None => find_root(std::path::Path::new("."))?,
        };
        let config = Config::read(&root)?;
        Ok((root, config))
    }

    /// Says whether the project was named by `--project`.
    pub(super) fn project_is_named(&self) -> bool {
        self.project.is_some()
    }

    /// Returns findings as a person reads them; `err` says on which stream.
    pub(super) fn drawn(&self, findings: &Findings, sources: &Sources, err: bool) -> String {
        let look = Look { color: if err { self.colors.1 } else { self.colors.0 }, width: WIDTH };
        terminal(&findings.capped(SHOWN_PER_FILE, sources), sources, self.lang, look)
    }

    /// Shows findings and their summary on the standard error: for commands whose result is something else.
    pub(super) fn tell_findings(&mut self, findings: &Findings, sources: &Sources) {
        if findings.is_empty() {
            return;
        }
        self.settle();
        let text = self.drawn(findings, sources, true);
        let _ = self.world.err.write_all(text.as_bytes());
        let summary = findings.counts().summary(self.lang);
        let _ = writeln!(self.world.err, "\n{summary}");
    }

    /// Writes the summary line of findings to the standard error.
    pub(super) fn summarize(&mut self, findings: &Findings) {
        self.settle();
        let summary = findings.counts().summary(self.lang);
        let _ = writeln!(self.world.err, "{summary}");
    }
}

/// Returns how findings end a command: errors always count, warnings with `--strict`.
pub(super) fn status(findings: &Findings, gate: &Gate) -> Status {
    let counts = findings.counts();
    if counts.errors > 0 || (gate.strict && counts.warnings > 0) { Status::Findings } else { Status::Clean }
}
