//! Judgement: one file per finding, over the model and its derivations.
//!
//! Takes the [`Model`], the [`Derivation`]s, the [`Lock`] and what earlier passes reported; gives all findings, with severities raised for a release and what a person
//! has accepted marked as such. Changes neither model nor derivations.

mod acceptance;
mod before_signing;
mod changed;
mod citation;
mod copied;
mod deadline_form;
mod duplicate;
mod late_issue;
mod later;
mod lead_coordinates;
mod level;
mod lost;
mod lower;
mod many_units;
mod no_lead;
mod outside_year;
mod parent_basis;
mod parent_unit;
mod repeated;
mod score;
mod subject;
mod two_values;
mod unanswered;
mod unchanged;
mod unplaced;
mod unsigned;
mod upper_words;
mod waiver;
mod year_shift;

use rayon::prelude::*;

use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, Severity};
use crate::lock::Lock;
use crate::model::Model;

use subject::Subject;

/// How strictly to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The gate before signing: blanks, waivers without ground and changes of the parent that nobody has looked at are errors.
    pub release: bool,
}

/// Judges all plans. `lock` is what the parents said when they were answered, `earlier` what resolving reported; what derivation noted is added here.
///
/// Each finding bears its plan, unit and place; accepted ones stay in the list with their reason. What one statement of a handing-on causes in
/// many plans is one finding.
pub fn lint(model: &Model, derivations: &[Derivation], lock: &Lock, earlier: Vec<Diagnostic>, options: Options) -> Vec<Diagnostic> {
    let mut out = earlier;
    // each plan is judged by itself; the findings come back in the plans' order
    let judged: Vec<Vec<Diagnostic>> = derivations
        .par_iter()
        .map(|derivation| {
            let mut out = derivation.notes.clone();
            let subject = Subject::new(model, derivations, derivation);
            for check in CHECKS {
                check(&subject, &mut out);
            }
            unsigned::check(&subject, options.release, &mut out);
            out
        })
        .collect();
    out.extend(judged.into_iter().flatten());
    late_issue::check(model, &mut out);
    changed::check(model, derivations, lock, &mut out);
    if options.release {
        for note in &mut out {
            if matches!(note.code, Code::KH0030 | Code::KH3009 | Code::KH3037 | Code::KH3039 | Code::KH3040 | Code::KH3041) {
                note.severity = Severity::Error;
            }
        }
    }
    acceptance::apply(model, &mut out);
    many_units::gather(model, out)
}

type Check = fn(&Subject<'_>, &mut Vec<Diagnostic>);

const CHECKS: &[Check] = &[
    unanswered::check,
    repeated::check,
    waiver::check,
    lost::check,
    unchanged::check,
    unplaced::check,
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
    parent_unit::check,
    score::check,
];
