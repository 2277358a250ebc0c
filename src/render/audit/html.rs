//! The audit as one HTML file: offline, printable, readable with scripts blocked.

use super::super::Templates;
use super::report::report;
use crate::diag::{Diagnostic, Findings, Lang};
use crate::matching::Audit;

/// Returns the report as HTML. `version` is the program's. KH6001 where the template fails; the text is then empty.
pub fn html(audit: &Audit, findings: &Findings, templates: &Templates, version: &str, lang: Lang) -> (String, Vec<Diagnostic>) {
    templates.render("audit/report.html.j2", &report(audit, findings, version, lang), 0)
}
