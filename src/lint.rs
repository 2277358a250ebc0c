//! Judgement: one file per finding, over the model and its derivations.
//!
//! Takes the [`Model`], the [`Derivation`]s and what earlier passes reported; gives all findings, with severities raised for a release and what a person
//! has accepted marked as such. Changes neither model nor derivations.

mod acceptance;
mod before_signing;
mod citation;
mod copied;
mod deadline_form;
mod duplicate;
mod later;
mod lead_coordinates;
mod level;
mod lost;
mod lower;
mod no_lead;
mod outside_year;
mod parent_basis;
mod repeated;
mod subject;
mod two_values;
mod unanswered;
mod upper_words;
mod waiver;
mod year_shift;

use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::Model;

use subject::Subject;

/// How strictly to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The gate before signing: blanks and waivers without ground are errors.
    pub release: bool,
}

/// Judges all plans. `earlier` is what resolving reported; what derivation noted is added here.
///
/// Each finding bears its plan, unit and place; accepted ones stay in the list with their reason.
pub fn lint(model: &Model, derivations: &[Derivation], earlier: Vec<Diagnostic>, options: Options) -> Vec<Diagnostic> {
    let mut out = earlier;
    for derivation in derivations {
        let orphan = follows_unknown_plan(model, derivation, &out);
        // what answers a parent that is not there was reported with the parent: one cause, one message
        let silent = |note: &&Diagnostic| orphan && matches!(note.code, Code::KH3003 | Code::KH3015);
        out.extend(derivation.notes.iter().filter(|note| !silent(note)).cloned());
        let subject = Subject::new(model, derivations, derivation);
        for check in CHECKS {
            check(&subject, &mut out);
        }
    }
    if options.release {
        for note in &mut out {
            if matches!(note.code, Code::KH0030 | Code::KH3009) {
                note.severity = Severity::Error;
            }
        }
    }
    acceptance::apply(model, &mut out);
    out
}

/// Says whether resolving reported a parent of the plan as unknown (KH3021).
fn follows_unknown_plan(model: &Model, derivation: &Derivation, earlier: &[Diagnostic]) -> bool {
    let code = &model.plan(derivation.plan).code.text;
    earlier.iter().any(|note| note.code == Code::KH3021 && note.subject.plan.as_ref() == Some(code))
}

type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

const CHECKS: &[Check] = &[
    unanswered::check,
    repeated::check,
    waiver::check,
    lost::check,
    no_lead::check,
    level::check,
    later::check,
    lower::check,
    upper_words::check,
    copied::check,
    outside_year::check,
    before_signing::check,
    two_values::check,
    lead_coordinates::check,
    duplicate::check,
    citation::check,
    deadline_form::check,
    year_shift::check,
    parent_basis::check,
];
