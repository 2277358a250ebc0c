//! Judgement: one file per finding, over the model and its derivations.
//!
//! Takes the [`Model`], the [`Derivation`]s, the [`Lock`] and what earlier passes reported; gives all findings, with severities raised for a release and what a person
//! has accepted marked as such. Changes neither model nor derivations.

mod acceptance;
mod arabic_appendix;
mod audited;
mod before_signing;
mod below_result;
mod broken_word;
mod caption;
mod changed;
mod citation;
mod cited_twice;
mod coordinator_leads;
mod copied;
mod damaged_word;
mod deadline_form;
mod double_label;
mod draft_title;
mod dropped;
mod duplicate;
mod early_report;
mod late_issue;
mod later;
mod lead_coordinates;
mod level;
mod lost;
mod lower;
mod many_units;
mod narrative;
mod near_name;
mod newer_document;
mod no_effect;
mod no_lead;
mod no_products;
mod numbering;
mod only_class;
mod outside_year;
mod parent_basis;
mod parent_unit;
mod promised;
mod promised_document;
mod repeated;
mod repeated_word;
mod results;
mod same_target;
mod score;
mod subject;
mod to_itself;
mod two_values;
mod unanswered;
mod unbalanced;
mod unchanged;
mod undated_product;
mod unnumbered;
mod unplaced;
mod unsigned;
mod upper_basis;
mod upper_words;
mod void_level;
mod waiver;
mod whole_year;
mod year_shift;

use rayon::prelude::*;

use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, Severity};
use crate::lock::Lock;
use crate::model::{Model, PlanId, Results};

use subject::Subject;

pub use audited::audited;
pub use dropped::{Answerer, dropped};

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
    // the faults of a document that was issued are told, and nobody can mend them
    let recorded: Vec<&str> = model.plans.iter().filter(|plan| plan.header.record).map(|plan| plan.code.text.as_str()).collect();
    for note in &mut out {
        let content = note.code.text().starts_with("KH2") || note.code == Code::KH3008;
        let own = note.subject.plan.as_deref().is_some_and(|plan| recorded.contains(&plan));
        if content && own && note.severity == Severity::Error {
            note.severity = Severity::Warning;
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
    repeated_word::check,
    unbalanced::check,
    numbering::check,
    caption::check,
    promised::check,
    to_itself::check,
    early_report::check,
    only_class::check,
    undated_product::check,
    cited_twice::check,
    narrative::check,
    promised_document::check,
    near_name::check,
    no_effect::check,
    results::check,
    newer_document::check,
    void_level::check,
    same_target::check,
    below_result::check,
    coordinator_leads::check,
    broken_word::check,
    damaged_word::check,
    unnumbered::check,
    arabic_appendix::check,
    double_label::check,
    draft_title::check,
    no_products::check,
    whole_year::check,
    upper_basis::check,
];
