//! The audit as one HTML file: offline, printable, readable with scripts blocked; and a unit's part of it as a file of its own.

use super::super::Templates;
use super::report::report;
use super::text::above;
use crate::diag::{Diagnostic, Findings, Lang};
use crate::matching::{Audit, AuditRow};

/// Returns the report as HTML. `version` is the program's. KH6001 where the template fails; the text is then empty.
pub fn html(audit: &Audit, findings: &Findings, templates: &Templates, version: &str, lang: Lang) -> (String, Vec<Diagnostic>) {
    templates.render("audit/report.html.j2", &report(audit, findings, version, lang), 0)
}

/// Returns the part of the report that is about one unit alone, to be sent to it: the row at this place of [`Audit::rows`], without those below.
/// KH6001 as there; `None` beyond the last row.
pub fn unit_html(
    audit: &Audit,
    at: usize,
    findings: &Findings,
    templates: &Templates,
    version: &str,
    lang: Lang,
) -> Option<(String, Vec<Diagnostic>)> {
    let (_, row) = *audit.rows().get(at)?;
    let one = Audit {
        parent: above(audit, row).clone(),
        children: vec![AuditRow { below: Vec::new(), breaks: Vec::new(), ..row.clone() }],
        registry_date: audit.registry_date,
        unchecked: audit.unchecked.clone(),
        fingerprint: audit.fingerprint.clone(),
    };
    Some(html(&one, findings, templates, version, lang))
}
