//! A new project: a small registry and a plan that pass `check` at once.

/// A file of a new project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectFile {
    /// Path inside the project, with `/`.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Returns the files of a small project: configuration, registry, a province's plan and a district's.
pub fn project() -> Vec<ProjectFile> {
    vec![
        ProjectFile { path: "kehoach.toml", text: include_str!("project/kehoach.toml") },
        ProjectFile { path: "danh-ba.kh", text: include_str!("project/danh-ba.kh") },
        ProjectFile { path: "tinh-2026.kh", text: include_str!("project/tinh-2026.kh") },
        ProjectFile { path: "xa-2026.kh", text: include_str!("project/xa-2026.kh") },
    ]
}
