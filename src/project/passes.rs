//! The passes, called in their order: text to tree to model to derivations to findings.
//!
//! The only place that names them, so that a pass's signature is met once.

use super::Options;
use crate::agency::UnitDecl;
use crate::base::{SourceId, Sources};
use crate::derive::Derivation;
use crate::diag::Diagnostic;
use crate::lock::Lock;
use crate::model::Model;
use crate::syntax::ast;

/// Text to tree.
pub(super) fn parse(source: SourceId, text: &str) -> (ast::File, Vec<Diagnostic>) {
    let parse = crate::syntax::parse(source, text);
    (parse.file, parse.diagnostics)
}

/// Trees and units in bulk to the model.
pub(super) fn resolve(sources: &Sources, files: &[(SourceId, &ast::File)], units: Vec<UnitDecl>) -> (Model, Vec<Diagnostic>) {
    crate::resolve::resolve(sources, files, units)
}

/// Model to derivations.
pub(super) fn derive(model: &Model) -> Vec<Derivation> {
    crate::derive::derive(model)
}

/// The text of a lock, read.
pub(super) fn lock(source: SourceId, text: &str) -> (Lock, Vec<Diagnostic>) {
    crate::lock::read(source, text)
}

/// All findings: what was reported earlier, judged together with the plans.
pub(super) fn lint(model: &Model, derivations: &[Derivation], lock: &Lock, earlier: Vec<Diagnostic>, options: Options) -> Vec<Diagnostic> {
    crate::lint::lint(model, derivations, lock, earlier, crate::lint::Options { release: options.release })
}

/// The findings of an audit.
pub(super) fn audited(audit: &crate::matching::Audit, known: &str) -> Vec<Diagnostic> {
    crate::lint::audited(audit, known)
}
