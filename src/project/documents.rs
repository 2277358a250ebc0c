//! Documents from elsewhere: read from a file, understood as a plan.

use std::path::Path;

use super::files::{Refusal, bytes};
use super::{Failure, system};
use crate::agency::Registry;
use crate::diag::{Lang, msg};
use crate::import::{self, Document, Doubt, OpenOptions, Reading, Revisions};
use crate::syntax::LARGEST_FILE;

/// Reads a document of any kind into blocks, and what was uncertain in that.
///
/// # Errors
/// Where the file cannot be read, or nothing in it can.
pub fn open_document(path: &Path, revisions: Revisions) -> Result<(Document, Vec<Doubt>), Failure> {
    let shown = path.display().to_string();
    let bytes = bytes(path).map_err(|refusal| match refusal {
        Refusal::Missing => Failure::new(msg!("Không có tệp {shown}", "There is no file {shown}")),
        Refusal::Io(error) => Failure::new(system::told(&msg!("Không đọc được tệp {shown}", "Cannot read {shown}"), &error)),
        Refusal::TooLarge => {
            let most = LARGEST_FILE / 1024 / 1024;
            Failure::new(msg!("Tệp {shown} lớn hơn {most} MB", "{shown} is larger than {most} MB"))
        }
    })?;
    let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
    let out = import::open(&name, &bytes, OpenOptions { revisions }).map_err(|doubt| Failure::new(doubt.message))?;
    Ok((out.document, out.doubts))
}

/// Reads a document and says what it holds. `registry` gives the names that are known; without one, bodies are told apart by the words alone.
///
/// # Errors
/// Where the file cannot be read, or nothing in it can.
pub fn import_document(path: &Path, revisions: Revisions, registry: Option<&Registry>) -> Result<Reading, Failure> {
    let (document, doubts) = open_document(path, revisions)?;
    Ok(understood(&document, doubts, registry))
}

/// Does as [`import_document`] with bytes that stand in memory.
///
/// # Errors
/// As there.
pub fn import_bytes(name: &str, bytes: &[u8], revisions: Revisions, registry: Option<&Registry>) -> Result<Reading, Failure> {
    let out = import::open(name, bytes, OpenOptions { revisions }).map_err(|doubt| Failure::new(doubt.message))?;
    Ok(understood(&out.document, out.doubts, registry))
}

/// Says what a document holds; what was uncertain in opening it stands among the doubts.
pub(super) fn understood(document: &Document, doubts: Vec<Doubt>, registry: Option<&Registry>) -> Reading {
    let mut reading = import::read(document, registry);
    reading.doubts.extend(doubts);
    reading.doubts.sort_by_key(|doubt| (doubt.place.line, doubt.place.table, doubt.place.row, doubt.place.column));
    reading
}

/// Returns readings as JSON, contract `kehoach/import/1`: one object for one file, a list for several; each says its `file`.
pub fn import_json(readings: &[(String, Reading)], lang: Lang) -> String {
    let shown = |(name, reading): &(String, Reading)| {
        let mut value = serde_json::to_value(reading.contract(lang)).unwrap_or_default();
        if let Some(object) = value.as_object_mut() {
            object.insert("file".to_owned(), name.clone().into());
        }
        value
    };
    let value = match readings {
        [one] => shown(one),
        several => several.iter().map(shown).collect(),
    };
    // plain strings and numbers: serialisation has nothing to fail on
    let mut out = serde_json::to_string_pretty(&value).unwrap_or_default();
    out.push('\n');
    out
}
