//! What several tests need: the corpus as files in memory, and a plan's answers as text.

#![allow(dead_code, reason = "each test uses its own part")]

pub(crate) mod audited;

use std::path::{Path, PathBuf};

/// Returns the folder of the crate.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns all files of a corpus project as (name, text), sorted by name.
pub(crate) fn corpus(project: &str) -> Vec<(String, String)> {
    fn walk(base: &Path, folder: &Path, out: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("the corpus folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "expected") {
                    walk(base, &path, out);
                }
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let name = path.strip_prefix(base).expect("below the base").to_string_lossy().replace('\\', "/");
                out.push((name, text));
            }
        }
    }
    let base = root().join("corpus").join(project);
    let mut out = Vec::new();
    walk(&base, &base, &mut out);
    out.sort();
    out
}

/// Returns the files with the text of one replaced.
pub(crate) fn with(files: &[(String, String)], name: &str, text: String) -> Vec<(String, String)> {
    files.iter().map(|(other, old)| (other.clone(), if other == name { text.clone() } else { old.clone() })).collect()
}

/// Returns the text of a file.
pub(crate) fn text<'a>(files: &'a [(String, String)], name: &str) -> &'a str {
    files.iter().find(|(other, _)| other == name).map_or_else(|| panic!("no {name}"), |(_, text)| text.as_str())
}
