//! The audit as one HTML file: offline, printable, readable with scripts blocked; and a unit's part of it as a file of its own.

use super::super::Templates;
use super::report::{Pages, Writer, report};
use super::text::above;
use crate::diag::{Diagnostic, Findings, Lang};
use crate::matching::{Audit, AuditRow};

const TEMPLATE: &str = "audit/report.html.j2";

/// The name of the file that holds the whole.
const MAIN: &str = "doi-chieu.html";

/// Returns the report as HTML. `version` is the program's. KH6001 where the template fails; the text is then empty.
pub fn html(audit: &Audit, findings: &Findings, templates: &Templates, version: &str, lang: Lang) -> (String, Vec<Diagnostic>) {
    templates.render(TEMPLATE, &report(audit, findings, version, lang), 0)
}

/// Returns the report as files: first the whole in short, whose cells lead to the others, then the part about each unit that has a plan, to be sent
/// to it alone. The files' names are the units' codes; `write` takes each as it is made. Ends at the first error of `write`.
///
/// # Errors
/// What `write` returns.
pub fn html_files<E>(
    audit: &Audit,
    findings: &Findings,
    templates: &Templates,
    version: &str,
    lang: Lang,
    mut write: impl FnMut(&str, String, Vec<Diagnostic>) -> Result<(), E>,
) -> Result<(), E> {
    let mut files: Vec<(&AuditRow, String)> = Vec::new();
    for (_, row) in audit.rows().into_iter().filter(|(_, row)| row.plan.is_some()) {
        let named = if row.unit_code.is_empty() { &row.unit } else { &row.unit_code };
        let base: String = named.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let is_taken = |name: &str| name == MAIN || files.iter().any(|(_, known)| known == name);
        let mut name = format!("{base}.html");
        if is_taken(&name) {
            name = format!("{base}-{}.html", files.len() + 1);
        }
        files.push((row, name));
    }
    let main = Writer { audit, findings, lang, pages: Pages::Files(&files) }.report(version);
    let (text, faults) = templates.render(TEMPLATE, &main, 0);
    write(MAIN, text, faults)?;
    for (row, name) in &files {
        let one = Audit {
            parent: above(audit, row).clone(),
            children: vec![AuditRow { below: Vec::new(), breaks: Vec::new(), ..(*row).clone() }],
            registry_date: audit.registry_date,
            unchecked: audit.unchecked.clone(),
            fingerprint: audit.fingerprint.clone(),
        };
        let (text, faults) = html(&one, findings, templates, version, lang);
        write(name, text, faults)?;
    }
    Ok(())
}
