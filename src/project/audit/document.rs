//! The files of an audit: which ones a path names, and documents read as plans in record mode.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::agency::{Registry, UnitId};
use crate::base::{Date, Key, Loc, Source, SourceId, Sources, Span, toneless};
use crate::diag::{Code, Diagnostic, msg};
use crate::import::{self, RecordOptions};
use crate::project::{Failure, files};
use crate::syntax;

/// A document, read.
pub(super) struct Document {
    name: String,
    code: String,
    /// What was read, as `.kh` in record mode.
    text: String,
    /// The document's own text, where it is one.
    printed: Option<String>,
    /// The issuing body as printed, and the unit as which it is read, where that is not its very name.
    near: Option<(String, String)>,
}

/// Returns the readable files of a path: itself, or all below it in the order of names.
pub(super) fn below(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let shown = path.display();
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    if !path.is_dir() {
        return Err(Failure::new(msg!("Không có {shown}", "There is no {shown}")));
    }
    let walker = ignore::WalkBuilder::new(path).standard_filters(false).hidden(true).follow_links(false).build();
    let mut out: Vec<PathBuf> =
        walker.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file())).map(ignore::DirEntry::into_path).collect();
    out.retain(|file| is_readable(file));
    out.sort();
    Ok(out)
}

/// Says whether a file of a folder is one that an audit reads.
fn is_readable(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    // what Word leaves beside an open document
    !name.starts_with("~$") && READ.iter().any(|ending| name.ends_with(ending))
}

/// Endings of the files that an audit takes from a folder.
const READ: &[&str] = &[".kh", ".txt", ".md", ".html", ".htm", ".docx", ".xlsx"];

/// Says whether a document's lines are lines of its text.
pub(in crate::project) fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ["txt", "md"].iter().any(|text| ext.eq_ignore_ascii_case(text)))
}

pub(super) fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("kh"))
}

/// Reads a document as a plan in record mode under a code.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn read(path: &Path, code: String, registry: &Registry, units: &UnitNames) -> Result<Document, Failure> {
    let name = shown(path);
    let reading = crate::project::import_document(path, crate::import::Revisions::default(), Some(registry))?;
    let date = reading.header.date.unwrap_or_else(|| Date::first_of_year(reading.header.year.unwrap_or(2022)));
    let near = units.near(&reading.header.issuer, registry, date);
    let near = near.map(|unit| (reading.header.issuer.clone(), registry.unit(unit).name.clone()));
    let unit = near.as_ref().map(|(_, unit)| unit.as_str());
    let options = RecordOptions { file: &name, unit, code: Some(&code), year: None, registry: Some(registry) };
    let text = import::record(&reading, &options);
    // a finding points into the document where it is text, else into what was read from it
    let printed = is_text(path).then(|| files::bytes(path).ok()).flatten().and_then(|bytes| syntax::decode(SourceId::new(0), &bytes).text);
    Ok(Document { name, code, text, printed, near })
}

/// Adds a document to the sources: what was read from it, and its own text where it is one. A unit read as a near one is a finding (KH5061).
pub(super) fn add(document: Document, sources: &mut Sources, notes: &mut Vec<Diagnostic>) -> (SourceId, Option<SourceId>) {
    let Document { name, code, text, printed, near } = document;
    let printed = printed.map(|text| sources.add(Source::new(name.clone(), text)));
    let source = sources.add(Source::new(if printed.is_some() { format!("{name}.kh") } else { name.clone() }, text));
    if let Some((issuer, unit)) = near {
        notes.push(
            Diagnostic::new(
                Code::KH5061,
                Loc::new(printed.unwrap_or(source), Span::default()),
                msg!("{name}: “{issuer}” được đọc là {unit}", "{name}: “{issuer}” is read as {unit}"),
            )
            .help(msg!("Xem lại tên đơn vị ở đầu văn bản", "Look at the unit's name at the head of the document"))
            .about(&code, &unit, ""),
        );
    }
    (source, printed)
}

/// Returns a file's name as findings show it.
pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Returns a plan code for a document: its name in capitals, with a number where that is taken.
pub(in crate::project) fn code_of(path: &Path, taken: &mut BTreeSet<Key>) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_uppercase()).unwrap_or_default();
    let base: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let base = format!("VB-{}", base.trim_matches('-'));
    let mut code = base.clone();
    let mut number = 2;
    while !taken.insert(Key::new(&code)) {
        code = format!("{base}-{number}");
        number += 1;
    }
    code
}

/// The names of all units, folded once for all documents.
pub(super) struct UnitNames(Vec<(UnitId, Key)>);

impl UnitNames {
    /// Folds the names of a registry.
    pub(super) fn of(registry: &Registry) -> Self {
        Self(registry.units().map(|(id, unit)| (id, Key::new(&unit.name))).collect())
    }

    /// Returns the one unit whose name differs from that of the issuing body in marks alone; `None` where a unit has the very name, or several are near.
    fn near(&self, issuer: &str, registry: &Registry, date: Date) -> Option<UnitId> {
        let key = Key::new(issuer);
        if self.0.iter().any(|(_, name)| key.as_str().ends_with(name.as_str())) {
            return None;
        }
        let words = format!(" {} ", toneless(key.as_str()));
        let near = |name: &Key| words.ends_with(&format!(" {} ", toneless(name.as_str())));
        let mut found = self.0.iter().filter(|(id, name)| registry.unit(*id).validity.holds(date) && near(name)).map(|(id, _)| *id);
        match (found.next(), found.next()) {
            (Some(one), None) => Some(one),
            (Some(_), Some(_)) | (None, _) => None,
        }
    }
}
