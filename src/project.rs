//! The one entry: files (from a disk or from memory), configuration, the passes in order, and what they gave.
//!
//! `cli` and the tests are visitors of this room; none of them calls a pass. This room reads and writes files and decides nothing about
//! plans. What is wrong with a file or a plan is a finding; a [`Failure`] is only what keeps the work from being done at all.

mod audit;
mod checked;
mod config;
mod csv_units;
mod documents;
mod files;
mod form;
mod load;
mod locked;
mod passes;
mod placeholders;
mod printed;
mod results;
mod rows;
mod system;
mod templates;
mod update;
mod write;

pub use audit::{Audited, Baseline, PairAnswers, Subject, audit, known_gaps, pair_answers};
pub use checked::{Checked, check_document};
pub use config::{Config, MANIFEST, find_root};
pub use documents::{import_bytes, import_document, import_json, open_document};
pub use files::Input;
pub use form::{AnsweredForm, answered_form, is_form};
pub use locked::{Accepted, accept};
pub use results::results;
pub use templates::{TemplateFile, templates};
pub use update::{Revised, Updated, plan_of_document, update};
pub use write::{Written, write};

use crate::base::{SourceId, Sources};
use crate::derive::Derivation;
use crate::diag::{Diagnostic, Findings, Message};
use crate::lock::Lock;
use crate::model::Model;
use crate::syntax::ast;

/// Why the work could not be done: exit status 2, never a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// One sentence for the user.
    pub message: Message,
}

impl Failure {
    /// Returns the failure with a sentence.
    pub fn new(message: Message) -> Self {
        Self { message }
    }
}

/// How a project is compiled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// The gate before signing: what is still blank or unconfirmed is an error.
    pub release: bool,
}

/// A parsed file of the project.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// Its source.
    pub source: SourceId,
    /// Its tree.
    pub file: ast::File,
}

/// A project and all that its files came to.
#[derive(Debug, Default)]
pub struct Compiled {
    /// All files read, bulk data and files that could not be read included, in the order of their names.
    pub sources: Sources,
    /// The trees of the `.kh` files that could be read, in the same order.
    pub files: Vec<Parsed>,
    /// What the files say.
    pub model: Model,
    /// What each plan contains, parents before children.
    pub derivations: Vec<Derivation>,
    /// What the parents said when the plans answered them; empty where there is no `kehoach.lock`.
    pub lock: Lock,
    /// What is wrong, in order, each once.
    pub findings: Findings,
}

/// Reads and compiles a project. Never fails: what cannot be read is a finding of the family `KH000`.
pub fn compile(input: &Input, options: Options) -> Compiled {
    let mut sources = Sources::default();
    let mut findings: Vec<Diagnostic> = Vec::new();
    let texts = files::read(input, &mut sources, &mut findings);
    let (files, more) = passes::parse(&sources, &texts);
    findings.extend(more);
    let units = load::units(input, &files, &mut sources, &mut findings);
    let trees: Vec<(SourceId, &ast::File)> = files.iter().map(|parsed| (parsed.source, &parsed.file)).collect();
    let (mut model, more) = passes::resolve(&sources, &trees, units);
    findings.extend(more);
    results::attach(input, &mut model, &mut sources, &mut findings);
    let derivations = passes::derive(&model);
    let lock = locked::read(input, &mut sources, &mut findings);
    let mut findings = passes::lint(&model, &derivations, &lock, findings, options);
    placeholders::narrow(&mut findings, &sources);
    let findings = Findings::new(findings, &sources);
    Compiled { sources, files, model, derivations, lock, findings }
}

/// Compiles files that stand in memory, as (name, text): what tests and page examples need.
pub fn check_sources(files: Vec<(String, String)>) -> Compiled {
    compile(&Input::Memory(files), Options::default())
}
