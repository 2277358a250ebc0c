//! `Nạp`: units in bulk, from the files that DANH BẠ names.

use super::files::{self, Refusal};
use super::{Input, Parsed, csv_units};
use crate::agency::UnitDecl;
use crate::base::{Loc, Sources};
use crate::diag::{Code, Diagnostic, msg};
use crate::syntax::ast::{Keyword, Label, Node, Text};

/// Reads the files named by `Nạp` in any DANH BẠ, relative to the `.kh` file, each once. What cannot be read is a finding at the name
/// (KH0001, KH0002) or in the file (KH0003, KH0004, KH1015).
pub(super) fn units(input: &Input, parsed: &[Parsed], sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Vec<UnitDecl> {
    let mut out = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for file in parsed {
        let folder = sources.get(file.source).name().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        for name in named(file) {
            let loc = Loc::new(file.source, name.span);
            let Some(path) = join(&folder, &name.value) else {
                let value = &name.value;
                let message = msg!("Tệp {value} nằm ngoài dự án", "{value} lies outside of the project");
                findings.push(Diagnostic::new(Code::KH0001, loc, message));
                continue;
            };
            if !path.to_lowercase().ends_with(".csv") {
                findings.push(
                    Diagnostic::new(Code::KH1015, loc, msg!("Chỉ nạp được tệp .csv", "Only .csv files can be loaded"))
                        .help(msg!("Trong Excel, lưu bảng với dạng “CSV UTF-8”", "In Excel, save the table as “CSV UTF-8”")),
                );
                continue;
            }
            if seen.contains(&path) {
                continue;
            }
            match files::data(input, &path) {
                Err(refusal @ (Refusal::Missing | Refusal::Io(_) | Refusal::TooLarge)) => {
                    findings.push(files::refused(&refusal, &path, loc))
                }
                Ok(bytes) => {
                    if let Some(source) = files::add(&path, Ok(bytes), sources, findings) {
                        out.extend(csv_units::read(source, sources.get(source).text(), findings));
                    }
                }
            }
            seen.push(path);
        }
    }
    out
}

/// Returns the texts of all `Nạp` fields of a file.
fn named(parsed: &Parsed) -> Vec<&Text> {
    let registries = parsed.file.blocks.iter().filter(|block| block.heading.keyword == Keyword::Registry);
    let fields = registries.flat_map(|block| &block.nodes).filter_map(|node| match node {
        Node::Field(field) if field.label == Label::Load => Some(field),
        Node::Field(_) | Node::Item(_) | Node::Paragraph(_) => None,
    });
    fields.flat_map(|field| field.value.iter().chain(field.items.iter().map(|item| &item.text))).collect()
}

/// Returns the path relative to the project; `None` where it leads out of it.
pub(super) fn join(folder: &str, name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    if name.starts_with('/') || name.contains(':') {
        return None;
    }
    let mut out: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                out.pop()?;
            }
            part => out.push(part),
        }
    }
    Some(out.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_relative_to_their_file_and_stay_inside() {
        assert_eq!(join("tinh", "../don-vi.csv").as_deref(), Some("don-vi.csv"));
        assert_eq!(join("", r"bang\a.csv").as_deref(), Some("bang/a.csv"));
        assert_eq!(join("", "../a.csv"), None);
        assert_eq!(join("", "/etc/passwd"), None);
        assert_eq!(join("", r"C:\a.csv"), None);
    }
}
