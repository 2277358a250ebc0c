//! Documents: from a derived plan to text, Word, web pages, markdown, Excel and JSON.
//!
//! Takes the model and derivations, builds plain [`view`] structs and hands them to templates that lay out pages; Excel files are written from the same
//! structs. Gives bytes and findings of the family `KH6`. Reads no files, decides nothing about content, and prints nothing itself. minijinja stays
//! inside.

mod archive;
pub mod audit;
pub mod diff;
mod docx;
pub mod drawing;
mod filters;
pub mod graph;
mod json;
mod markup;
mod spread;
mod templates;
mod text;
pub mod view;
mod why;
mod xlsx;

pub use docx::{docx, docx_changes, docx_for_body};
pub use json::json;
pub use markup::{Markup, markup, markup_changes, markup_for_body};
pub use spread::spread;
pub use templates::{STATIONERY, Templates, names};
pub use why::why;
pub use xlsx::{
    Decision, FormColumn, FormSheet, LevelDecision, Verbs, decisions, level_decisions, worksheet, xlsx, xlsx_changes, xlsx_for_body,
};

use crate::derive::Derivation;
use crate::diag::{Diagnostic, Lang};
use crate::model::{Form, Model, PlanId};

/// The narrowest page: two columns of the national heading fit.
pub const NARROWEST: usize = 60;

/// How documents are rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Width of a page in columns; below [`NARROWEST`] it is taken as that.
    pub width: usize,
    /// Language of the tables for one body and of changes; plans themselves are Vietnamese.
    pub lang: Lang,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 100, lang: Lang::Vi }
    }
}

impl Options {
    fn page(&self) -> usize {
        self.width.max(NARROWEST)
    }
}

/// Returns a plan as a document of fixed width: a decision with its plan, or a plan issued directly, and the appendices.
///
/// No line is longer than the width with the program's own templates. Where a template fails the text is empty and KH6001 says why. The layout
/// (`Trình bày`) is the plan's own, else that of the nearest parent that states one.
pub fn text(model: &Model, derivation: &Derivation, templates: &Templates, options: &Options) -> (String, Vec<Diagnostic>) {
    let view = view::plan(model, derivation, options);
    let name = match view.form {
        Form::Decision => "text/decision.txt.j2",
        Form::Plan => "text/plan.txt.j2",
    };
    templates.render(name, &view, options.page())
}

/// Returns one body's tasks and deadlines as a table. KH6001 where a template fails.
pub fn for_body(model: &Model, derivation: &Derivation, body: &str, templates: &Templates, options: &Options) -> (String, Vec<Diagnostic>) {
    templates.render("text/for_body.txt.j2", &view::for_body(model, derivation, body, options), options.page())
}

/// Returns the table of amendments and waivers of `plan`. `derivations` holds one derivation per plan, at the plan's index. KH6001 where a
/// template fails.
pub fn changes(
    model: &Model,
    derivations: &[Derivation],
    plan: PlanId,
    templates: &Templates,
    options: &Options,
) -> (String, Vec<Diagnostic>) {
    templates.render("text/changes.txt.j2", &view::changes(model, derivations, plan, options), options.page())
}

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
