//! The passes, called in their order: text to tree to model to derivations to findings.
//!
//! The only place that names them, so that a pass's signature is met once.

use super::Options;
use crate::agency::UnitDecl;
use crate::base::SourceId;
use crate::derive::Derivation;
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::syntax::ast;

/// Call site of `syntax::parse(source, text)`.
pub(super) fn parse(source: SourceId, text: &str) -> (ast::File, Vec<Diagnostic>) {
    let _ = (source, text);
    (ast::File::default(), Vec::new())
}

/// Call site of `resolve::resolve(files, units)`.
pub(super) fn resolve(files: &[(SourceId, &ast::File)], units: Vec<UnitDecl>) -> (Model, Vec<Diagnostic>) {
    let _ = (files, units);
    (Model::default(), Vec::new())
}

/// Call site of `derive::derive(model)`.
pub(super) fn derive(model: &Model) -> Vec<Derivation> {
    let _ = model;
    Vec::new()
}

/// Call site of `lint::lint(model, derivations, lint::Options { release })`.
pub(super) fn lint(model: &Model, derivations: &[Derivation], options: Options) -> Vec<Diagnostic> {
    let _ = (model, derivations, options);
    Vec::new()
}
