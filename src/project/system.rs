//! What the system says, in the user's language.

use std::io::{Error, ErrorKind};

use crate::diag::{Message, msg};

/// Returns `what` with the system's reason behind it.
pub(super) fn told(what: &Message, error: &Error) -> Message {
    let reason = reason(error);
    Message { vi: format!("{}: {}", what.vi, reason.vi), en: format!("{}: {}", what.en, reason.en) }
}

fn reason(error: &Error) -> Message {
    match error.kind() {
        ErrorKind::NotFound => msg!("không có tệp hay thư mục này", "no such file or folder"),
        ErrorKind::PermissionDenied => msg!("không có quyền", "permission denied"),
        ErrorKind::AlreadyExists => msg!("đã có tệp này", "the file exists"),
        ErrorKind::IsADirectory => msg!("đây là một thư mục", "it is a folder"),
        ErrorKind::NotADirectory => msg!("một phần của đường dẫn không phải thư mục", "a part of the path is not a folder"),
        ErrorKind::ReadOnlyFilesystem => msg!("ổ đĩa chỉ cho đọc", "the disk is read-only"),
        ErrorKind::StorageFull => msg!("ổ đĩa đã đầy", "the disk is full"),
        ErrorKind::InvalidData => msg!("không phải văn bản UTF-8", "not UTF-8 text"),
        ErrorKind::Unsupported => msg!("không phải tệp thường", "not a regular file"),
        // the system's own words are better than none
        _ => msg!("{error}", "{error}"),
    }
}
