//! Files written whole or not at all, and never over what a person may have written.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::{Failure, system};
use crate::diag::msg;

/// What became of a file that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is new, or its content is.
    Written,
    /// It held these bytes already.
    Unchanged,
}

/// Writes a file, its folders included, by a neighbour that takes its name when it is complete. A file that stands there with other content
/// is only replaced with `force`; its permissions stay.
///
/// # Errors
/// Where the file stands there and `force` is not given, or the system refuses.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Result<Written, Failure> {
    let shown = path.display();
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(Written::Unchanged);
    }
    let standing = fs::symlink_metadata(path).ok();
    if standing.is_some() && !force {
        return Err(Failure::new(msg!(
            "Tệp {shown} đã có và khác nội dung sẽ ghi; dùng --force nếu muốn thay",
            "{shown} exists and differs from what would be written; use --force to replace it"
        )));
    }
    let unwritten = msg!("Không ghi được {shown}", "Cannot write {shown}");
    let told = |error: std::io::Error| Failure::new(system::told(&unwritten, &error));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(told)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kehoach-");
    #[cfg(unix)]
    let open = <fs::Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666);
    #[cfg(unix)]
    // as any new file, less the umask; temporary files are private otherwise
    builder.permissions(open);
    let mut draft = builder.tempfile_in(folder).map_err(told)?;
    draft.write_all(bytes).map_err(told)?;
    draft.as_file().sync_all().map_err(told)?;
    match standing {
        Some(old) => {
            if old.is_file() {
                fs::set_permissions(draft.path(), old.permissions()).map_err(told)?;
            }
            draft.persist(path).map_err(|error| told(error.error))?;
        }
        // a file that appeared meanwhile stays
        None => {
            draft.persist_noclobber(path).map_err(|error| told(error.error))?;
        }
    }
    Ok(Written::Written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_differs_is_only_replaced_by_force() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("huyen/a.kh");
        assert_eq!(write(&path, b"x", false), Ok(Written::Written));
        assert_eq!(write(&path, b"x", false), Ok(Written::Unchanged));
        assert!(write(&path, b"y", false).unwrap_err().message.vi.contains("--force"));
        assert_eq!(fs::read(&path).unwrap(), b"x");
        assert_eq!(write(&path, b"y", true), Ok(Written::Written));
        assert_eq!(fs::read(&path).unwrap(), b"y");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_readable_by_others() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.kh");
        write(&path, b"x", false).unwrap();
        fs::write(dir.path().join("b.kh"), b"x").unwrap();
        let mode = |name| fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("a.kh"), mode("b.kh"));
    }
}
