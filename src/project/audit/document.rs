//! The files of an audit: which ones a path names, and documents read as plans in record mode.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::namesake::{Namesakes, namesakes};
use crate::agency::{Registry, UnitId};
use crate::base::{Date, Key, Loc, Source, SourceId, Sources, Span, toneless};
use crate::diag::{Code, Diagnostic, msg};
use crate::import::{self, RecordOptions};
use crate::project::{Failure, files};
use crate::syntax;
use crate::syntax::ast::{Block, Keyword, Label};

/// A document, read.
pub(super) struct Document {
    name: String,
    code: String,
    /// What was read, as `.kh` in record mode.
    text: String,
    /// The document's own text, where it is one.
    printed: Option<String>,
    issuer: Issuer,
}

/// What is not sure about whose plan a document is.
#[derive(Default)]
struct Issuer {
    /// The issuing body as printed.
    printed: String,
    /// The unit as which it is read, where that is not its very name.
    near: Option<String>,
    /// The units that all have the name, each with the one above it, where nothing says which it is.
    namesakes: Vec<String>,
}

/// Returns the readable files of a path: itself, or all below it in the order of names; what was recorded of a document in the document's stead.
pub(super) fn below(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let shown = path.display();
    if path.is_file() {
        return Ok(vec![recorded(path).unwrap_or_else(|| path.to_path_buf())]);
    }
    if !path.is_dir() {
        return Err(Failure::new(msg!("Không có {shown}", "There is no {shown}")));
    }
    let walker = ignore::WalkBuilder::new(path).standard_filters(false).hidden(true).follow_links(false).build();
    let mut out: Vec<PathBuf> =
        walker.flatten().filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file())).map(ignore::DirEntry::into_path).collect();
    out.retain(|file| is_readable(file) && !is_form(file));
    // what a person recorded stands for the document itself
    let mut out: Vec<PathBuf> = out.into_iter().map(|file| recorded(&file).unwrap_or(file)).collect();
    out.sort();
    out.dedup();
    Ok(out)
}

/// Returns the `.kh` file beside a document that records it: `a.docx.kh` or `a.kh`, in record mode, whose `Nguồn` names the document.
pub(super) fn recorded(document: &Path) -> Option<PathBuf> {
    if is_source(document) {
        return None;
    }
    let own = Key::new(&document.file_name()?.to_string_lossy());
    [beside(document), document.with_extension("kh")].into_iter().filter(|path| path.is_file()).find(|path| {
        let Some(text) = files::bytes(path).ok().and_then(|bytes| syntax::decode(SourceId::new(0), &bytes).text) else { return false };
        let file = syntax::parse(SourceId::new(0), &text).file;
        file.blocks.iter().filter(|block| is_record(block)).any(|block| {
            let origin = block.field(Label::Origin).and_then(|field| field.value.as_ref());
            let name = origin.and_then(|text| Path::new(&text.value).file_name());
            name.is_some_and(|name| Key::new(&name.to_string_lossy()) == own)
        })
    })
}

/// Returns the document that a file of answers stands beside: `a.docx` of `a.docx.kh`.
pub(super) fn original(file: &Path) -> Option<PathBuf> {
    let document = is_source(file).then(|| file.with_extension(""))?;
    document.is_file().then_some(document).filter(|document| recorded(document).as_deref() == Some(file))
}

/// Says whether a document has other tasks than what was recorded of it.
pub(super) fn stale(recorded: &Path, document: &Path, registry: &Registry) -> bool {
    let titles = |text: &str| -> BTreeSet<Key> {
        let file = syntax::parse(SourceId::new(0), text).file;
        let tasks = file.blocks.iter().filter(|block| matches!(block.heading.keyword, Keyword::Task | Keyword::Criterion));
        tasks.filter_map(|block| block.title.as_ref()).map(|title| Key::new(&title.value)).collect()
    };
    let old = files::bytes(recorded).ok().and_then(|bytes| syntax::decode(SourceId::new(0), &bytes).text);
    // what cannot be read any more is told where it is read
    old.zip(record(document, "A", registry).ok()).is_some_and(|(old, new)| titles(&old) != titles(&new))
}

/// Returns the name under which a document is recorded: its own with `.kh` behind it.
pub(super) fn beside(document: &Path) -> PathBuf {
    let mut name = document.as_os_str().to_owned();
    name.push(".kh");
    PathBuf::from(name)
}

/// Says whether a block is the heading of a plan in record mode.
pub(super) fn is_record(block: &Block) -> bool {
    let mode = block.field(Label::Mode).and_then(|field| field.value.as_ref());
    block.heading.keyword == Keyword::Plan && mode.is_some_and(|text| Key::new(&text.value).as_str() == "ghi nhận")
}

/// Says whether a file is a form or report of this program, which is no plan.
fn is_form(path: &Path) -> bool {
    if !path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("xlsx")) {
        return false;
    }
    let book = files::bytes(path).ok().and_then(|bytes| import::sheet::book("", &bytes).ok());
    book.is_some_and(|book| import::form(&book, "").is_some())
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
    let (text, issuer) = written(path, &name, &code, registry, units)?;
    // a finding points into the document where it is text, else into what was read from it
    let printed = is_text(path).then(|| files::bytes(path).ok()).flatten().and_then(|bytes| syntax::decode(SourceId::new(0), &bytes).text);
    Ok(Document { name, code, text, printed, issuer })
}

/// Returns a document as `.kh` in record mode under a code, as it stands beside the document.
///
/// # Errors
/// Where the file cannot be read.
pub(super) fn record(path: &Path, code: &str, registry: &Registry) -> Result<String, Failure> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    written(path, &name, code, registry, &UnitNames::of(registry)).map(|(text, _)| text)
}

/// Returns a document as `.kh`; `name` is what `Nguồn` shows. Also what is not sure about whose it is.
fn written(path: &Path, name: &str, code: &str, registry: &Registry, units: &UnitNames) -> Result<(String, Issuer), Failure> {
    let reading = crate::project::import_document(path, crate::import::Revisions::default(), Some(registry))?;
    let date = reading.header.date.unwrap_or_else(|| Date::first_of_year(reading.header.year.unwrap_or(2022)));
    let mut issuer = Issuer { printed: reading.header.issuer.clone(), ..Issuer::default() };
    let unit = match namesakes(&reading, path, registry, date) {
        Namesakes::None => {
            issuer.near = units.near(&issuer.printed, registry, date).map(|unit| registry.unit(unit).name.clone());
            issuer.near.clone()
        }
        Namesakes::Told(unit) => Some(registry.unit(unit).code.clone()),
        Namesakes::Untold(units) => {
            let name = |unit: UnitId| registry.unit(unit).name.clone();
            let whole = |unit: &UnitId| match registry.unit_above(*unit, date) {
                Some(above) => format!("{} ({})", name(*unit), name(above)),
                None => name(*unit),
            };
            issuer.namesakes = units.iter().map(whole).collect();
            // no unit rather than a wrong one
            Some(String::new())
        }
    };
    let options = RecordOptions { file: name, unit: unit.as_deref(), code: Some(code), year: None, registry: Some(registry) };
    Ok((import::record(&reading, &options), issuer))
}

/// Adds a document to the sources: what was read from it, and its own text where it is one. A unit read as a near one is a finding (KH5061), and
/// so is a name that several units have (KH5070).
pub(super) fn add(document: Document, sources: &mut Sources, notes: &mut Vec<Diagnostic>) -> (SourceId, Option<SourceId>) {
    let Document { name, code, text, printed, issuer: Issuer { printed: issuer, near, namesakes } } = document;
    let printed = printed.map(|text| sources.add(Source::new(name.clone(), text)));
    let source = sources.add(Source::new(if printed.is_some() { format!("{name}.kh") } else { name.clone() }, text));
    let at = Loc::new(printed.unwrap_or(source), Span::default());
    if let Some(unit) = near {
        notes.push(
            Diagnostic::new(Code::KH5061, at, msg!("{name}: “{issuer}” được đọc là {unit}", "{name}: “{issuer}” is read as {unit}"))
                .help(msg!("Xem lại tên đơn vị ở đầu văn bản", "Look at the unit's name at the head of the document"))
                .about(&code, &unit, ""),
        );
    }
    if !namesakes.is_empty() {
        let units = namesakes.join("; ");
        notes.push(
            Diagnostic::new(
                Code::KH5070,
                at,
                msg!(
                    "{name}: “{issuer}” có thể là {units}; văn bản không cho biết là đơn vị nào",
                    "{name}: “{issuer}” may be {units}; the document does not say which"
                ),
            )
            .help(msg!(
                "Để tệp trong thư mục mang tên đơn vị cấp trên, hoặc ghi mã đơn vị vào tên tệp",
                "Put the file into a folder with the name of the upper unit, or the unit's code into the file's name"
            ))
            .about(&code, "", ""),
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

/// Returns the one unit whose name differs from that of the issuing body in marks alone; `None` where a unit has the very name, or several are near.
pub(in crate::project) fn near_unit(issuer: &str, registry: &Registry, date: Date) -> Option<UnitId> {
    UnitNames::of(registry).near(issuer, registry, date)
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
