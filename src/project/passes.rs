//! The passes, called in their order: text to tree to model to derivations to findings.
//!
//! The only place that names them, so that a pass's signature is met once.

use super::Options;
use crate::agency::UnitDecl;
use crate::base::{SourceId, Sources};
use crate::derive::Derivation;
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::syntax::ast;

/// Call site of `syntax::parse(source, text)`.
pub(super) fn parse(source: SourceId, text: &str) -> (ast::File, Vec<Diagnostic>) {
    let _ = (source, text);
    (ast::File::default(), Vec::new())
}

/// Call site of `resolve::resolve(sources, files, units)`.
pub(super) fn resolve(sources: &Sources, files: &[(SourceId, &ast::File)], units: Vec<UnitDecl>) -> (Model, Vec<Diagnostic>) {
    let _ = (sources, files, units);
    (Model::default(), Vec::new())
}

/// Call site of `derive::derive(model)`.
pub(super) fn derive(model: &Model) -> Vec<Derivation> {
    let _ = model;
    Vec::new()
}

/// Call site of `lint::lint(model, derivations, earlier, lint::Options { release })`, which adds the derivations' notes.
pub(super) fn lint(model: &Model, derivations: &[Derivation], earlier: Vec<Diagnostic>, options: Options) -> Vec<Diagnostic> {
    let _ = (model, derivations, options);
    earlier
}
