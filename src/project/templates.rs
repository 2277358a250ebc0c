//! Templates of a project's own: files that stand in for the embedded ones.

use std::path::Path;

use super::files;
use crate::base::{Loc, Source, SourceId, Sources, Span};
use crate::diag::{Code, Diagnostic, msg};

/// A template file found on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// Path below the templates' folder, with `/` (`text/decision.txt.j2`): what decides which embedded one it stands in for.
    pub name: String,
    /// Its text, for places in findings; empty for a Word file.
    pub source: SourceId,
    /// The bytes of a Word file.
    pub document: Option<Vec<u8>>,
}

/// The name of the one Word file that templates may hold.
const WORD: &str = "docx/template.docx";

/// Adds the template files below a folder to the sources and returns them, sorted by name; none where the folder does not exist. In place of a
/// folder it may be a Word file, which then is the only one. Hidden files and those that Word makes while one is open are left out; what cannot be
/// read is reported (KH0001 to KH0004).
pub fn templates(folder: &Path, sources: &mut Sources) -> (Vec<TemplateFile>, Vec<Diagnostic>) {
    let (mut out, mut findings) = (Vec::new(), Vec::new());
    let shown = folder.file_name().map_or_else(|| "templates".into(), |name| name.to_string_lossy().into_owned());
    if is_word(folder) && folder.is_file() {
        out.extend(word(folder, WORD.to_owned(), &shown, sources, &mut findings));
    }
    if !folder.is_dir() {
        return (out, findings);
    }
    let mut paths = Vec::new();
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).hidden(true).build() {
        match entry {
            Ok(entry) if entry.path().is_dir() => {}
            Ok(entry) => paths.push(entry.into_path()),
            Err(error) => {
                let source = sources.add(Source::new(shown.clone(), ""));
                let message = msg!("Không đọc được thư mục mẫu {shown}: {error}", "Cannot read the templates in {shown}: {error}");
                findings.push(Diagnostic::new(Code::KH0001, Loc::new(source, Span::default()), message));
            }
        }
    }
    paths.sort();
    for path in paths {
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let place = format!("{shown}/{name}");
        if is_word(&path) {
            let open = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("~$"));
            let file = if open { None } else { word(&path, name, &place, sources, &mut findings) };
            out.extend(file);
        } else if let Some(source) = files::add(&place, files::bytes(&path), sources, &mut findings) {
            out.push(TemplateFile { name, source, document: None });
        }
    }
    (out, findings)
}

fn is_word(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("docx"))
}

/// Reads a Word file, whose source is empty: findings about it need a place.
fn word(path: &Path, name: String, shown: &str, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<TemplateFile> {
    let source = sources.add(Source::new(shown, ""));
    match files::bytes(path) {
        Ok(bytes) => Some(TemplateFile { name, source, document: Some(bytes) }),
        Err(refusal) => {
            findings.push(files::refused(&refusal, shown, Loc::new(source, Span::default())));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn own_templates_are_found_by_their_path_below_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("templates");
        let mut sources = Sources::default();
        assert_eq!(templates(&folder, &mut sources), (vec![], vec![]));
        fs::create_dir_all(folder.join("text")).unwrap();
        fs::write(folder.join("text/decision.txt.j2"), "x").unwrap();
        fs::write(folder.join("b.j2"), b"\xff").unwrap();
        fs::write(folder.join(".DS_Store"), b"\xff").unwrap();
        fs::create_dir_all(folder.join("docx")).unwrap();
        fs::write(folder.join("docx/template.docx"), b"PK").unwrap();
        fs::write(folder.join("docx/~$mplate.docx"), b"x").unwrap();
        let (found, findings) = templates(&folder, &mut sources);
        let names: Vec<_> = found.iter().map(|file| (file.name.as_str(), sources.get(file.source).name())).collect();
        let word = ("docx/template.docx", "templates/docx/template.docx");
        assert_eq!(names, [word, ("text/decision.txt.j2", "templates/text/decision.txt.j2")]);
        assert_eq!(found.iter().map(|file| file.document.is_some()).collect::<Vec<_>>(), [true, false]);
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::KH0004]);
    }
}
