//! `kehoach.lock`: read with the project, written only when a person takes over what the parents say now.

use std::path::Path;

use super::files::{self, Refusal};
use super::{Compiled, Failure, Input, Written, passes, write};
use crate::base::{Loc, Sources, Span};
use crate::diag::{Code, Diagnostic, Severity, msg};
use crate::lock::{self, FILE, Lock, Name, Upper};

/// What became of a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// How many answers now rest on something else than before.
    pub changed: usize,
    /// Whether the file is new or has another content.
    pub written: Written,
}

/// Reads the project's lock; without one it is empty. Findings: KH0001 to KH0004, KH3042, KH3043.
pub(super) fn read(input: &Input, sources: &mut Sources, findings: &mut Vec<Diagnostic>) -> Lock {
    if let Input::File(_) = input {
        // one file alone is no project
        return Lock::default();
    }
    let bytes = match files::data(input, FILE) {
        Err(Refusal::Missing) => return Lock::default(),
        Err(refusal) => {
            let source = sources.add(crate::base::Source::new(FILE, ""));
            findings.push(files::refused(&refusal, FILE, Loc::new(source, Span::default())));
            return Lock::default();
        }
        Ok(bytes) => bytes,
    };
    let Some(source) = files::add(FILE, Ok(bytes), sources, findings) else { return Lock::default() };
    let (lock, more) = passes::lock(source, sources.get(source).text());
    findings.extend(more);
    lock
}

/// Writes what the parents of the project in `root` say now into its lock, for the answers that `is_meant` names: all of the file or nothing.
/// Plans that the project does not have any more are forgotten, answers that are not meant stay.
///
/// # Errors
/// Where a file of the project or the lock itself cannot be read whole, so that something could be lost; where the system refuses.
pub fn accept(root: &Path, compiled: &Compiled, is_meant: impl Fn(&Name, &Upper) -> bool) -> Result<Accepted, Failure> {
    if let Some(fault) = compiled.findings.iter().find(|finding| keeps_from_writing(finding)) {
        let (code, place) = (fault.code, fault.primary.as_ref().map(|label| compiled.sources.place(label.loc)).unwrap_or_default());
        return Err(Failure::new(msg!(
            "Chưa ghi {FILE}: còn lỗi {code} ở {place}; sửa lỗi đó trước, nếu không nội dung đã lưu có thể mất",
            "{FILE} is not written: there is still {code} at {place}; mend it first, else what is kept could be lost"
        )));
    }
    let now = lock::take(&compiled.model, &compiled.derivations, |_| true);
    let mut kept = compiled.lock.clone();
    kept.forget_missing(&compiled.model);
    let changed = kept.accept(&now, is_meant);
    let written = write(&root.join(FILE), lock::print(&kept).as_bytes(), true)?;
    Ok(Accepted { changed, written })
}

/// Says whether a finding means that something was not read: files, syntax, the lock itself.
fn keeps_from_writing(finding: &Diagnostic) -> bool {
    let unread = match finding.code {
        Code::KH3042 | Code::KH3043 => true,
        // a blank is no fault of reading, and a code used twice or an unknown placeholder hides no plan
        Code::KH0030 | Code::KH0031 | Code::KH0033 => false,
        code => code.text().starts_with("KH0"),
    };
    unread && finding.severity == Severity::Error
}
