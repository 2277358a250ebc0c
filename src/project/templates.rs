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
    /// Its text, for places in findings.
    pub source: SourceId,
}

/// Adds the template files below a folder to the sources and returns them, sorted by name; none where the folder does not exist. Hidden
/// files are left out; what cannot be read is reported (KH0001 to KH0004).
pub fn templates(folder: &Path, sources: &mut Sources) -> (Vec<TemplateFile>, Vec<Diagnostic>) {
    let (mut out, mut findings) = (Vec::new(), Vec::new());
    if !folder.is_dir() {
        return (out, findings);
    }
    let shown = folder.file_name().map_or_else(|| "templates".into(), |name| name.to_string_lossy().into_owned());
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
        if let Some((source, _)) = files::add(&format!("{shown}/{name}"), files::bytes(&path), sources, &mut findings) {
            out.push(TemplateFile { name, source });
        }
    }
    (out, findings)
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
        let (found, findings) = templates(&folder, &mut sources);
        let names: Vec<_> = found.iter().map(|file| (file.name.as_str(), sources.get(file.source).name())).collect();
        assert_eq!(names, [("text/decision.txt.j2", "templates/text/decision.txt.j2")]);
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::KH0004]);
    }
}
