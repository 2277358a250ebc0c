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
mod late_issue;
mod later;
mod lead_coordinates;
mod level;
mod lost;
mod lower;
mod many_units;
mod newer_document;
mod no_lead;
mod outside_year;
mod parent_basis;
mod parent_unit;
mod repeated;
mod results;
mod score;
mod subject;
mod two_values;
mod unanswered;
mod unchanged;
mod unplaced;
mod unsigned;
mod upper_words;
mod void_level;
mod waiver;
mod year_shift;

use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, Severity};
use crate::model::{Model, PlanId, Results};

use subject::Subject;

/// How strictly to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// The gate before signing: blanks and waivers without ground are errors.
    pub release: bool,
}

/// Judges all plans. `earlier` is what resolving reported; what derivation noted is added here.
///
/// Each finding bears its plan, unit and place; accepted ones stay in the list with their reason. What one statement of a handing-on causes in
/// many plans is one finding.
pub fn lint(model: &Model, derivations: &[Derivation], earlier: Vec<Diagnostic>, options: Options) -> Vec<Diagnostic> {
    let mut out = earlier;
    for derivation in derivations {
        out.extend(derivation.notes.iter().cloned());
        let subject = Subject::new(model, derivations, derivation);
        for check in CHECKS {
            check(&subject, &mut out);
        }
        unsigned::check(&subject, options.release, &mut out);
    }
    late_issue::check(model, &mut out);
    if options.release {
        for note in &mut out {
            if matches!(note.code, Code::KH0030 | Code::KH3009 | Code::KH3037) {
                note.severity = Severity::Error;
            }
        }
    }
    acceptance::apply(model, &mut out);
    many_units::gather(model, out)
}

/// Judges a file of last year's results by the plans whose tasks it speaks of (`KH4012` to `KH4014`).
pub fn results(model: &Model, derivations: &[Derivation], plans: &[PlanId], results: &Results) -> Vec<Diagnostic> {
    results::of_file(model, derivations, plans, results)
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
    void_level::check,
    results::check,
    newer_document::check,
];
