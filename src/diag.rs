//! Findings: what is wrong, where, why it matters, how to go on.
//!
//! A [`Diagnostic`] is plain data in both languages; printers turn lists of them into bytes. Each code is one row in `codes.rs` and one page in
//! `codes/`. This room prints nothing itself and knows no plans.

mod codes;
mod excerpt;
mod findings;
mod github;
mod json;
mod junit;
mod message;
mod page;
mod paint;
mod place;
mod sarif;
mod terminal;

pub use codes::Code;
pub use findings::{Counts, Findings, SHOWN_PER_FILE};
pub use github::github;
pub use json::{FindingShown, json};
pub use junit::junit;
pub(crate) use message::msg;
pub use message::{Lang, Message};
pub use page::{ExampleFile, Page, beyond};
pub use paint::Paint;
pub use sarif::sarif;
pub use terminal::{Look, terminal};

use serde::Serialize;

use crate::base::{Loc, Span};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; never changes the exit status.
    Info,
    /// To be looked at; exit status 1 with `--strict`.
    Warning,
    /// Must be mended; exit status 1.
    Error,
}

/// A place with a word about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub loc: Loc,
    /// What is there; empty where the message says it all.
    pub message: Message,
}

/// An edit that mends a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does.
    pub message: Message,
    /// The place to replace.
    pub loc: Loc,
    /// The new text.
    pub text: String,
    /// Whether it can be applied without a person's look.
    pub safe: bool,
}

/// What a finding is about, for reports and for CHẤP NHẬN: never shown in place of a label.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Subject {
    /// The plan's code.
    pub plan: Option<String>,
    /// The unit that has to act (`huyện Hoằng Hóa`).
    pub unit: Option<String>,
    /// The task, part (`PHẦN II`), appendix (`PHỤ LỤC 01`) or target; empty for the plan itself.
    pub place: Option<String>,
}

impl Subject {
    /// Returns what CHẤP NHẬN names: `HH-2023/TTHC-03`, `HH-2023` for the plan itself. `None` where nothing is known.
    pub fn path(&self) -> Option<String> {
        match (&self.plan, &self.place) {
            (Some(plan), Some(place)) => Some(format!("{plan}/{place}")),
            (Some(one), None) | (None, Some(one)) => Some(one.clone()),
            (None, None) => None,
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its code.
    pub code: Code,
    /// Its severity: the code's own unless a pass knows better.
    pub severity: Severity,
    /// One short sentence in the user's words.
    pub message: Message,
    /// The smallest text that is wrong. `None` only where no text exists (a file that cannot be read).
    pub primary: Option<Label>,
    /// Other places: the parent's task, the registry line.
    pub related: Vec<Label>,
    /// How to go on, in the imperative.
    pub help: Option<Message>,
    /// A ready edit.
    pub fix: Option<Fix>,
    /// The words that the finding quotes, for `Tại` of CHẤP NHẬN.
    pub quote: Option<String>,
    /// What it is about.
    pub subject: Subject,
    /// Set where a CHẤP NHẬN accepts it: the reason.
    pub accepted: Option<String>,
}

impl Diagnostic {
    /// Returns a finding of `code` at `loc`, with the code's own severity.
    pub fn new(code: Code, loc: Loc, message: Message) -> Self {
        Self {
            code,
            severity: code.severity(),
            message,
            primary: Some(Label { loc, message: Message::default() }),
            related: Vec::new(),
            help: None,
            fix: None,
            quote: None,
            subject: Subject::default(),
            accepted: None,
        }
    }

    /// Returns a finding without a place: a file that cannot be read.
    pub fn nowhere(code: Code, message: Message) -> Self {
        let mut out = Self::new(code, Loc::new(crate::base::SourceId::new(0), Span::default()), message);
        out.primary = None;
        out
    }

    /// Adds a word at the primary place.
    #[must_use]
    pub fn label(mut self, message: Message) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.message = message;
        }
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, loc: Loc, message: Message) -> Self {
        self.related.push(Label { loc, message });
        self
    }

    /// Adds how to go on.
    #[must_use]
    pub fn help(mut self, message: Message) -> Self {
        self.help = Some(message);
        self
    }

    /// Adds a ready edit.
    #[must_use]
    pub fn fix(mut self, message: Message, loc: Loc, text: impl Into<String>, safe: bool) -> Self {
        self.fix = Some(Fix { message, loc, text: text.into(), safe });
        self
    }

    /// Says which words the finding quotes.
    #[must_use]
    pub fn quote(mut self, words: impl Into<String>) -> Self {
        self.quote = Some(words.into());
        self
    }

    /// Says what the finding is about.
    #[must_use]
    pub fn about(mut self, plan: &str, unit: &str, place: &str) -> Self {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        self.subject = Subject { plan: some(plan), unit: some(unit), place: some(place) };
        self
    }

    /// Returns the same finding with another severity.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
