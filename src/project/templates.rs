//! Templates of a project's own: files that stand in for the embedded ones.

use std::fs;
use std::path::Path;

use super::{Failure, system};
use crate::diag::msg;

/// A template file found on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFile {
    /// Path below the templates' folder, with `/` (`text/decision.txt`): what decides which embedded one it stands in for.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Returns the template files below a folder, sorted by name; none where the folder does not exist. Hidden files are left out.
///
/// # Errors
/// Where a file cannot be read as UTF-8 text.
pub fn templates(folder: &Path) -> Result<Vec<TemplateFile>, Failure> {
    let mut out = Vec::new();
    if !folder.is_dir() {
        return Ok(out);
    }
    for entry in ignore::WalkBuilder::new(folder).standard_filters(false).hidden(true).build() {
        let entry = entry.map_err(|error| {
            let shown = folder.display();
            Failure::new(msg!("Không đọc được thư mục mẫu {shown}: {error}", "Cannot read the templates in {shown}: {error}"))
        })?;
        let path = entry.path();
        if path.is_dir() {
            continue;
        }
        let shown = path.display();
        let unread = msg!("Không đọc được mẫu {shown}", "Cannot read the template {shown}");
        let text = fs::read_to_string(path).map_err(|error| Failure::new(system::told(&unread, &error)))?;
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        out.push(TemplateFile { name, text });
    }
    out.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_does_not_exist_holds_no_templates() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(templates(&dir.path().join("templates")), Ok(vec![]));
        fs::create_dir(dir.path().join("text")).unwrap();
        fs::write(dir.path().join("text/decision.txt"), "x").unwrap();
        fs::write(dir.path().join(".DS_Store"), b"\xff").unwrap();
        assert_eq!(templates(dir.path()), Ok(vec![TemplateFile { name: "text/decision.txt".into(), text: "x".into() }]));
    }
}
