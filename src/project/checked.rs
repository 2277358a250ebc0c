//! A document checked as it stands: read, written as a plan in record mode in memory, judged, and each finding brought back to the document.

use std::path::Path;

use super::audit::document::{code_of, is_text, near_unit};
use super::printed::{Printed, Traced};
use super::{Failure, Input, Options, documents, files, load, passes};
use crate::base::{Date, Loc, Source, SourceId, Sources};
use crate::diag::{Code, Diagnostic, Findings, Message, msg};
use crate::import::{self, Doubt, RecordOptions, Revisions};
use crate::lock::Lock;
use crate::syntax::{Scope, ast};

/// A document with what is wrong in it.
#[derive(Debug)]
pub struct Checked {
    /// The document's own lines, and the files of the project that gave the names.
    pub sources: Sources,
    /// What is wrong, at the document's own words.
    pub findings: Findings,
    /// What was uncertain in reading it.
    pub doubts: Vec<Doubt>,
}

/// Reads a document as a plan and judges what it says. `project` gives the registry that knows its names; without one, no name is judged.
/// Whether a parent's tasks are answered is never judged: that is `audit`.
///
/// # Errors
/// Where the file cannot be read, or nothing in it can.
pub fn check_document(path: &Path, project: Option<&Input>, options: Options) -> Result<Checked, Failure> {
    let (document, doubts) = super::open_document(path, Revisions::default())?;
    let none = Input::Memory(Vec::new());
    let input = project.unwrap_or(&none);
    let mut sources = Sources::default();
    // what the project has to say about its own files is its own check's answer
    let texts = files::read(input, &mut sources, &mut Vec::new());
    let (mut parsed, _) = passes::parse(&sources, &texts);
    parsed.iter_mut().for_each(|parsed| registry_alone(&mut parsed.file));
    let units = load::units(input, &parsed, &mut sources, &mut Vec::new());
    let registry = {
        let trees: Vec<(SourceId, &ast::File)> = parsed.iter().map(|parsed| (parsed.source, &parsed.file)).collect();
        passes::resolve(&sources, &trees, units.clone()).0.registry
    };
    let reading = documents::understood(&document, doubts, project.map(|_| &registry));
    let name = path.to_string_lossy().replace('\\', "/");
    let own = is_text(path).then(|| files::bytes(path).ok()).flatten().and_then(|bytes| import::decode(&bytes));
    let printed = Printed::new(&name, own.map(|decoded| decoded.text), &document, &reading, &mut sources);
    let code = code_of(path, &mut std::collections::BTreeSet::new());
    let known = project.map(|_| &registry);
    let date = reading.header.date.unwrap_or_else(|| Date::first_of_year(reading.header.year.unwrap_or(2022)));
    let near = near_unit(&reading.header.issuer, &registry, date).map(|unit| registry.unit(unit).name.clone());
    let record = RecordOptions { file: &name, unit: near.as_deref(), code: Some(&code), year: None, registry: known };
    let text = import::record(&reading, &record);
    let recorded = sources.add(Source::new(format!("{name}.kh"), text));
    parsed.extend(passes::parse(&sources, &[recorded]).0);
    let trees: Vec<(SourceId, &ast::File)> = parsed.iter().map(|parsed| (parsed.source, &parsed.file)).collect();
    let (model, found) = passes::resolve(&sources, &trees, units);
    let derivations = passes::derive(&model);
    let found = passes::lint(&model, &derivations, &Lock::default(), found, options);
    let traced = Traced::new(&printed, recorded, &sources);
    let own = found
        .into_iter()
        .filter(|finding| of_content(finding.code) && finding.primary.as_ref().is_some_and(|at| at.loc.source == recorded));
    let mut findings: Vec<Diagnostic> = own.map(|finding| brought_back(finding, &traced, &printed, &code, &name, &sources)).collect();
    if let Some(unit) = near {
        misnamed(&mut findings, &reading.header.issuer, &unit, &printed);
    }
    let findings = Findings::new(findings, &sources);
    Ok(Checked { sources, findings, doubts: reading.doubts })
}

/// Puts the finding about a unit's name in other marks where the issuer is first named so: its head says the name before any sentence does.
fn misnamed(findings: &mut Vec<Diagnostic>, issuer: &str, unit: &str, printed: &Printed) {
    let count = unit.split_whitespace().count();
    let list: Vec<&str> = issuer.split_whitespace().collect();
    let words = list[list.len().saturating_sub(count)..].join(" ");
    let Some(at) = printed.first(&words) else { return };
    let note = msg!("“{words}” khác dấu với tên {unit}", "“{words}” bears other marks than the name {unit}");
    match findings.iter_mut().find(|finding| finding.code == Code::KH2023) {
        Some(finding) => finding.primary.iter_mut().for_each(|label| label.loc = at),
        None => findings.push(
            Diagnostic::new(Code::KH2023, at, note)
                .help(msg!("Có thể do quét văn bản: sửa thành {unit}", "Perhaps a scanning fault: write {unit}"))
                .quote(words),
        ),
    }
}

/// Keeps what a file says of the registry: the project's own plans are not judged together with a document.
fn registry_alone(file: &mut ast::File) {
    let mut scope = Scope::default();
    file.blocks.retain(|block| {
        scope = Scope::opened_by(block.heading.keyword).unwrap_or(scope);
        scope == Scope::Registry
    });
}

/// Says whether a finding is about what a document says, not about how a plan is written as `.kh` or answers another.
fn of_content(code: Code) -> bool {
    code.text().starts_with("KH2") || matches!(code, Code::KH3008 | Code::KH4005 | Code::KH4006)
}

/// Returns a finding at the document's own words. A ready edit would be one of the `.kh`, which nobody sees.
fn brought_back(mut finding: Diagnostic, traced: &Traced<'_>, printed: &Printed, code: &str, name: &str, sources: &Sources) -> Diagnostic {
    let move_to = |loc: &mut Loc| *loc = traced.place(*loc, sources);
    if let Some(primary) = &mut finding.primary {
        move_to(&mut primary.loc);
    }
    finding.related.iter_mut().for_each(|label| move_to(&mut label.loc));
    finding.fix = None;
    finding.quote = None;
    finding.subject.plan = None;
    finding.subject.place = finding.primary.as_ref().map(|at| printed.place(at.loc, sources)).filter(|place| !place.is_empty());
    let named = |message: &mut Message| {
        message.vi = message.vi.replace(code, name);
        message.en = message.en.replace(code, name);
    };
    named(&mut finding.message);
    finding.help.iter_mut().for_each(|help| {
        named(help);
        // what is issued is mended by its author: no line of .kh accepts it
        for text in [&mut help.vi, &mut help.en] {
            let head = text.find("CHẤP NHẬN").map(|at| text[..at].rfind([',', ';']).unwrap_or(0));
            if let Some(at) = head {
                text.truncate(at);
            }
        }
    });
    finding.help = finding.help.filter(|help| !help.vi.is_empty());
    finding.primary.iter_mut().chain(&mut finding.related).for_each(|label| named(&mut label.message));
    finding
}
