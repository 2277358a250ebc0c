//! The command line: the only room that prints, writes, reads the clock and knows clap.
//!
//! [`main`] gives [`run`] the process's arguments, streams and day; tests give it their own. Every command answers with a [`Status`]; results go to
//! the standard output, progress and summaries to the standard error. Vietnamese is the default; `--lang en` and `KEHOACH_LANG=en` are
//! complete too.

mod agency;
mod arguments;
mod audit;
mod build;
mod check;
mod completions;
mod derive;
mod diff;
mod explain;
mod fmt;
mod graph;
mod import;
mod init;
mod language;
mod progress;
mod refusal;
mod roll;
mod session;
mod templates;
mod update;
mod vietnamese;
mod why;
mod worksheet;

use std::ffi::OsString;
use std::io::Write;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use anstream::{AutoStream, ColorChoice};

use crate::base::Date;
use crate::diag::msg;
use crate::project::Failure;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Nothing to mend: exit status 0.
    Clean,
    /// Findings or differences: 1.
    Findings,
    /// The work could not be done: 2.
    Unable,
}

impl Status {
    /// Returns the exit status.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Unable => 2,
        }
    }
}

/// What the program finds around it.
pub struct World<'a> {
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where progress and summaries go.
    pub err: &'a mut dyn Write,
    /// Whether each of the two shows colours when nobody says.
    pub colors: (bool, bool),
    /// `KEHOACH_LANG`.
    pub lang: Option<String>,
    /// Today.
    pub today: Date,
}

/// Where a panic happened, for the sentence that stands in for it.
static PANICKED_AT: Mutex<String> = Mutex::new(String::new());

/// Runs the program on the process's arguments. A panic becomes a sentence and exit status 2.
pub fn main() -> ExitCode {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        *PANICKED_AT.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }));
    let shows = |choice: ColorChoice| choice != ColorChoice::Never;
    let colors = (shows(AutoStream::choice(&std::io::stdout())), shows(AutoStream::choice(&std::io::stderr())));
    // colours are decided here and by --color; the streams only translate them for old consoles
    let mut out = std::io::BufWriter::new(AutoStream::always(std::io::stdout()));
    let mut err = AutoStream::always(std::io::stderr());
    let lang = std::env::var("KEHOACH_LANG").ok();
    let args: Vec<OsString> = std::env::args_os().collect();
    let world = World { out: &mut out, err: &mut err, colors, lang: lang.clone(), today: today() };
    let status = panic::catch_unwind(AssertUnwindSafe(|| run(args.clone(), world))).unwrap_or_else(|_| {
        let place = PANICKED_AT.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let message = msg!(
            "Chương trình gặp lỗi của chính nó tại {place}. Không tệp nào bị ghi dở; hãy báo cho người bảo trì kèm dòng này",
            "The program met a fault of its own at {place}. No file is half written; please report this line to the maintainers"
        );
        // nothing is left to do where even this cannot be written
        let _ = writeln!(std::io::stderr(), "{}", message.get(language::wanted(&args, lang.as_deref())));
        Status::Unable
    });
    let _ = out.flush();
    ExitCode::from(status.code())
}

/// Returns the day in Viet Nam (UTC+7), whose plans these are.
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs());
    Date::from_unix_days(i64::try_from((seconds + 7 * 3600) / 86_400).unwrap_or(0))
}

/// Runs a command line (program name first) in a world. Does not read the process's environment.
pub fn run(args: Vec<OsString>, world: World<'_>) -> Status {
    let lang = language::wanted(&args, world.lang.as_deref());
    let parsed = match arguments::parse(&args, lang) {
        Ok(parsed) => parsed,
        Err(error) => return refusal::show(&error, lang, world),
    };
    if let (Some(said), None) = (world.lang.as_deref(), parsed.common.lang)
        && language::read(said).is_none()
    {
        let failure = Failure::new(msg!("KEHOACH_LANG phải là vi hoặc en, không phải “{said}”", "KEHOACH_LANG is vi or en, not “{said}”"));
        return session::Session::new(world, lang, &parsed.common).refuse(&failure);
    }
    let mut session = session::Session::new(world, lang, &parsed.common);
    let done = parsed.command.run(&mut session);
    let status = match done {
        Ok(status) => status,
        Err(failure) => session.refuse(&failure),
    };
    session.close().map_or_else(|failure| session.refuse(&failure), |()| status)
}
