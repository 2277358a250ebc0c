//! `kehoach.toml`: where a project begins, and what is set for all of it.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Failure, system};
use crate::diag::msg;

/// The name of the file that makes a folder a project.
pub const MANIFEST: &str = "kehoach.toml";

/// What `kehoach.toml` says. Everything may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The project's name, for reports.
    #[serde(default)]
    pub name: Option<String>,
    /// Folder of the project's own templates, below the project; `templates` where not said.
    #[serde(default)]
    pub templates: Option<String>,
    /// Columns of text documents.
    #[serde(default)]
    pub width: Option<usize>,
}

impl Config {
    /// Reads the configuration of the project at `root`.
    ///
    /// # Errors
    /// Where the file cannot be read, or says something unknown.
    pub fn read(root: &Path) -> Result<Self, Failure> {
        let path = root.join(MANIFEST);
        let shown = path.display();
        let unread = msg!("Không đọc được {shown}", "Cannot read {shown}");
        let text = fs::read_to_string(&path).map_err(|error| Failure::new(system::told(&unread, &error)))?;
        Self::parse(&text).map_err(|reason| Failure::new(msg!("{shown} có chỗ chưa đúng: {reason}", "{shown} does not fit: {reason}")))
    }

    fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string().trim().to_owned())
    }
}

/// Returns the project that `start` (a file or a folder) belongs to: the nearest folder upwards that holds `kehoach.toml`.
///
/// # Errors
/// Where there is none, or `start` does not exist.
pub fn find_root(start: &Path) -> Result<PathBuf, Failure> {
    let shown = start.display();
    let here = fs::canonicalize(start).map_err(|_| Failure::new(msg!("Không có {shown}", "There is no {shown}")))?;
    let found = here.ancestors().find(|folder| folder.join(MANIFEST).is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        Failure::new(msg!(
            "Chưa có dự án: không thấy {MANIFEST} ở {shown} hay thư mục nào bên trên. Tạo dự án mới bằng: kehoach init THƯ-MỤC",
            "No project: there is no {MANIFEST} in {shown} or above it. Make one with: kehoach init DIR"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_folder_with_a_manifest_is_the_project() {
        let outer = tempfile::tempdir().unwrap();
        let inner = outer.path().join("tinh/huyen");
        fs::create_dir_all(&inner).unwrap();
        fs::write(outer.path().join("tinh").join(MANIFEST), "name = \"thử\"\n").unwrap();
        let root = find_root(&inner).unwrap();
        assert!(root.ends_with("tinh"));
        assert_eq!(Config::read(&root).unwrap().name.as_deref(), Some("thử"));
        assert!(find_root(outer.path()).unwrap_err().message.vi.contains("kehoach init"));
    }

    #[test]
    fn an_unknown_setting_is_refused_by_name() {
        assert!(Config::parse("nam = 1").unwrap_err().contains("nam"));
    }
}
