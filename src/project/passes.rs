//! The passes, called in their order: text to tree to model to derivations to findings.
//!
//! The only place that names them, so that a pass's signature is met once.

use rayon::prelude::*;

use super::{Options, Parsed};
use crate::agency::{Registry, UnitDecl};
use crate::base::{SourceId, Sources};
use crate::derive::Derivation;
use crate::diag::Diagnostic;
use crate::lock::Lock;
use crate::model::{Code, Model, PlanId};
use crate::syntax::ast;

/// The texts of sources to trees, in their order.
pub(super) fn parse(sources: &Sources, list: &[SourceId]) -> (Vec<Parsed>, Vec<Diagnostic>) {
    let parses: Vec<_> = list.par_iter().map(|source| crate::syntax::parse(*source, sources.get(*source).text())).collect();
    let (mut parsed, mut notes) = (Vec::with_capacity(list.len()), Vec::new());
    for (source, parse) in list.iter().zip(parses) {
        parsed.push(Parsed { source: *source, file: parse.file });
        notes.extend(parse.diagnostics);
    }
    (parsed, notes)
}

/// Trees and units in bulk to the model.
pub(super) fn resolve(sources: &Sources, files: &[(SourceId, &ast::File)], units: Vec<UnitDecl>) -> (Model, Vec<Diagnostic>) {
    crate::resolve::resolve(sources, files, units)
}

/// Trees and units in bulk to the registry and the plans' codes.
pub(super) fn names(sources: &Sources, files: &[(SourceId, &ast::File)], units: Vec<UnitDecl>) -> (Registry, Vec<Code>) {
    crate::resolve::names(sources, files, units)
}

/// Model to derivations.
pub(super) fn derive(model: &Model) -> Vec<Derivation> {
    crate::derive::derive(model)
}

/// Model to the derivations of some plans and of those above them.
pub(super) fn derive_for(model: &Model, asked: &[PlanId]) -> Vec<Derivation> {
    crate::derive::derive_for(model, asked)
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
