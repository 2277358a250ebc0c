//! The files of a project: which ones they are, and their text.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use rayon::prelude::*;

use super::{MANIFEST, system};
use crate::base::{Loc, Source, SourceId, Sources, Span};
use crate::diag::{Code, Diagnostic, Severity, msg};
use crate::syntax::{self, LARGEST_FILE};

/// Where the files of a project come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A folder: every `.kh` below it, but not in hidden folders, `target`, `node_modules` or another project.
    Folder(PathBuf),
    /// One `.kh` file that belongs to no project.
    File(PathBuf),
    /// Files in memory: name (a relative path with `/`) and text. Those that do not end in `.kh` are data.
    Memory(Vec<(String, String)>),
}

/// Why a file's bytes could not be had.
#[derive(Debug)]
pub(super) enum Refusal {
    /// There is no such file.
    Missing,
    /// It has more than [`LARGEST_FILE`].
    TooLarge,
    /// What the system says.
    Io(std::io::Error),
}

/// Reads all `.kh` files into `sources`, sorted by name, and returns those that are text. The others, and links to folders outside of the
/// project, are findings (KH0001 to KH0004); an empty one is parsed like any other, which reports it.
pub(super) fn read(input: &Input, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Vec<SourceId> {
    let names = names(input, sources, findings);
    let first = sources.len();
    let loaded: Vec<Loaded> = names
        .into_par_iter()
        .enumerate()
        .map(|(at, (name, place))| {
            let got = match place {
                Some(path) => bytes(&path),
                None => data(input, &name),
            };
            load(SourceId::new(first + at), name, got)
        })
        .collect();
    loaded.into_iter().filter_map(|one| one.into_sources(sources, findings)).collect()
}

/// Adds a file to the sources. Returns it unless it is no text, which is reported.
pub(super) fn add(name: &str, got: Result<Vec<u8>, Refusal>, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<SourceId> {
    load(SourceId::new(sources.len()), name.to_owned(), got).into_sources(sources, findings)
}

/// A file, read, that the sources do not hold yet.
struct Loaded {
    name: String,
    text: Option<String>,
    notes: Vec<Diagnostic>,
}

/// Reads a file that will stand at `id`.
fn load(id: SourceId, name: String, got: Result<Vec<u8>, Refusal>) -> Loaded {
    match got {
        Ok(bytes) => {
            let decoded = syntax::decode(id, &bytes);
            Loaded { name, text: decoded.text, notes: decoded.diagnostics }
        }
        Err(refusal) => {
            let notes = vec![refused(&refusal, &name, Loc::new(id, Span::default()))];
            Loaded { name, text: None, notes }
        }
    }
}

impl Loaded {
    fn into_sources(self, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Option<SourceId> {
        findings.extend(self.notes);
        let is_text = self.text.is_some();
        // what is no text has an empty source: the finding needs a place
        let id = sources.add(Source::new(self.name, self.text.unwrap_or_default()));
        is_text.then_some(id)
    }
}

/// Returns the finding about a file that could not be read, at `loc`.
pub(super) fn refused(refusal: &Refusal, name: &str, loc: Loc) -> Diagnostic {
    match refusal {
        Refusal::Missing => Diagnostic::new(Code::KH0001, loc, msg!("Không có tệp {name}", "There is no file {name}")),
        Refusal::Io(error) => {
            Diagnostic::new(Code::KH0001, loc, system::told(&msg!("Không đọc được tệp {name}", "Cannot read {name}"), error))
        }
        Refusal::TooLarge => {
            let most = LARGEST_FILE / 1024 / 1024;
            Diagnostic::new(Code::KH0002, loc, msg!("Tệp {name} lớn hơn {most} MB", "{name} is larger than {most} MB"))
                .help(msg!("Chia thành nhiều tệp: mỗi kế hoạch một tệp", "Split it: one file for each plan"))
        }
    }
}

/// Returns the bytes of a file of the project other than a `.kh` file, by its name relative to the project.
pub(super) fn data(input: &Input, name: &str) -> Result<Vec<u8>, Refusal> {
    match input {
        Input::Folder(root) => bytes(&root.join(name)),
        Input::File(path) => bytes(&path.parent().unwrap_or(Path::new("")).join(name)),
        Input::Memory(files) => {
            files.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone().into_bytes()).ok_or(Refusal::Missing)
        }
    }
}

/// Reads a file, but never more than the largest size: what grows while it is read, and devices without an end, stop there.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    let told = |error: std::io::Error| if error.kind() == std::io::ErrorKind::NotFound { Refusal::Missing } else { Refusal::Io(error) };
    // opening a pipe or a device may wait for ever: only files are opened
    let kind = fs::metadata(path).map_err(told)?;
    if !kind.is_file() {
        return Err(Refusal::Io(std::io::ErrorKind::Unsupported.into()));
    }
    if kind.len() > LARGEST_FILE {
        return Err(Refusal::TooLarge);
    }
    let file = fs::File::open(path).map_err(told)?;
    let mut out = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut out).map_err(told)?;
    if out.len() as u64 > LARGEST_FILE { Err(Refusal::TooLarge) } else { Ok(out) }
}

/// Returns the `.kh` files as (name shown, path on disk), sorted by name.
fn names(input: &Input, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Vec<(String, Option<PathBuf>)> {
    let mut out: Vec<(String, Option<PathBuf>)> = match input {
        Input::Memory(files) => files.iter().filter(|(name, _)| is_plan(Path::new(name))).map(|(name, _)| (name.clone(), None)).collect(),
        Input::File(path) => {
            let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
            vec![(name.into_owned(), Some(path.clone()))]
        }
        Input::Folder(root) => walk(root, sources, findings),
    };
    out.sort();
    out.dedup_by(|a, b| a.0 == b.0);
    out
}

fn is_plan(path: &Path) -> bool {
    path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("kh"))
}

fn walk(root: &Path, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Vec<(String, Option<PathBuf>)> {
    let top = root.to_path_buf();
    // files that git ignores are read: a plan must not fall out of the check by a line in .gitignore
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(false)
        .filter_entry(move |entry| {
            let folder = entry.file_type().is_some_and(|kind| kind.is_dir()) && entry.path() != top;
            !folder || (!matches!(entry.file_name().to_str(), Some("target" | "node_modules")) && !entry.path().join(MANIFEST).is_file())
        })
        .build();
    let mut out = Vec::new();
    for entry in walker {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let source = sources.add(Source::new(".", ""));
                let message = msg!("Không đọc được một thư mục: {error}", "A folder cannot be read: {error}");
                findings.push(Diagnostic::new(Code::KH0001, Loc::new(source, Span::default()), message));
                continue;
            }
        };
        let path = entry.path();
        if entry.path_is_symlink() && path.is_dir() {
            if !leads_inside(path, root) {
                let name = relative(path, root);
                let source = sources.add(Source::new(name.clone(), ""));
                let message =
                    msg!("Thư mục {name} dẫn ra ngoài dự án nên không được đọc", "{name} leads out of the project and is not read");
                findings.push(Diagnostic::new(Code::KH0001, Loc::new(source, Span::default()), message).with_severity(Severity::Warning));
            }
            // what lies inside is read under its own name
        } else if is_plan(path) && !entry.file_type().is_some_and(|kind| kind.is_dir()) {
            out.push((relative(path, root), Some(path.to_path_buf())));
        }
    }
    out
}

fn leads_inside(link: &Path, root: &Path) -> bool {
    match (fs::canonicalize(link), fs::canonicalize(root)) {
        (Ok(target), Ok(root)) => target.starts_with(root),
        _ => false,
    }
}

fn relative(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(root: &Path) -> (Vec<String>, Vec<(Code, String)>) {
        let (mut sources, mut findings) = (Sources::default(), Vec::new());
        let read = read(&Input::Folder(root.to_path_buf()), &mut sources, &mut findings);
        let names = read.iter().map(|id| sources.get(*id).name().to_owned()).collect();
        let found = findings.iter().map(|f| (f.code, sources.get(f.primary.as_ref().unwrap().loc.source).name().to_owned()));
        (names, found.collect())
    }

    #[test]
    fn every_plan_below_is_read_in_the_order_of_names() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for folder in ["huyen", "target", ".git", "khac"] {
            fs::create_dir(root.join(folder)).unwrap();
        }
        fs::write(root.join("khac").join(MANIFEST), "").unwrap();
        fs::write(root.join(".gitignore"), "*.kh\n").unwrap();
        for name in ["huyen/b.kh", "a.KH", "target/x.kh", ".git/x.kh", "khac/x.kh", "ghi-chu.txt"] {
            fs::write(root.join(name), "# x\n").unwrap();
        }
        assert_eq!(codes(root), (vec!["a.KH".into(), "huyen/b.kh".into()], vec![]));
    }

    #[test]
    fn what_cannot_be_read_is_a_finding_and_the_rest_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        fs::write(root.join("b.kh"), b"\xd0\xcf\x11\xe0").unwrap();
        fs::write(root.join("c.kh"), b"K\xd5 ho\xb9ch").unwrap();
        fs::File::create(root.join("d.kh")).unwrap().set_len(LARGEST_FILE + 1).unwrap();
        fs::write(root.join("e.kh"), "# x\n").unwrap();
        let found = [(Code::KH0003, "b.kh"), (Code::KH0004, "c.kh"), (Code::KH0002, "d.kh")];
        let found = found.map(|(code, name)| (code, name.to_owned())).to_vec();
        assert_eq!(codes(root), (vec!["e.kh".into()], found));
    }

    #[cfg(unix)]
    #[test]
    fn links_make_no_loop_and_lose_nothing_silently() {
        let (dir, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = dir.path();
        fs::write(root.join("a.kh"), "# x\n").unwrap();
        std::os::unix::fs::symlink(root, root.join("vong")).unwrap();
        std::os::unix::fs::symlink(outside.path(), root.join("xa")).unwrap();
        std::os::unix::fs::symlink(root.join("khong-co"), root.join("mat.kh")).unwrap();
        let found = vec![(Code::KH0001, "xa".to_owned()), (Code::KH0001, "mat.kh".to_owned())];
        assert_eq!(codes(root), (vec!["a.kh".into()], found));
    }
}
