//! Tracked changes: how they are read, and what is said of them.

use crate::diag::{Code, Message, msg};
use crate::import::doubt::shorten;
use crate::import::{Doubt, Place};

/// How tracked changes of a Word document are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Revisions {
    /// As if all were accepted, each listed as a KH5006.
    #[default]
    Report,
    /// As if all were accepted.
    Accept,
    /// As if all were rejected.
    Reject,
}

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::import) enum Change {
    Inserted,
    Deleted,
    MovedHere,
    MovedAway,
    /// A paragraph was split in two.
    Split,
    /// A paragraph was joined with the next.
    Joined,
    RowInserted,
    RowDeleted,
    Cell,
}

impl Change {
    /// Says whether it adds something: shown where changes are accepted, left out where they are rejected.
    pub(in crate::import) fn adds(self) -> bool {
        match self {
            Self::Inserted | Self::MovedHere | Self::Split | Self::RowInserted | Self::Cell => true,
            Self::Deleted | Self::MovedAway | Self::Joined | Self::RowDeleted => false,
        }
    }

    /// Returns the change that an element of WordprocessingML tells.
    pub(in crate::import) fn of(name: &str) -> Option<Self> {
        match name {
            "ins" => Some(Self::Inserted),
            "del" => Some(Self::Deleted),
            "moveTo" => Some(Self::MovedHere),
            "moveFrom" => Some(Self::MovedAway),
            _ => None,
        }
    }
}

/// A tracked change.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import) struct Revision {
    pub(in crate::import) change: Change,
    pub(in crate::import) author: String,
    pub(in crate::import) text: String,
    pub(in crate::import) place: Place,
    /// Whether unchanged text stands between it and the one before.
    pub(in crate::import) is_apart: bool,
}

/// The most changes that are listed one by one.
const LISTED: usize = 500;

/// Returns a doubt for each change; a deletion with an insertion in its place is one.
pub(in crate::import) fn doubts(revisions: Vec<Revision>, formats: usize) -> Vec<Doubt> {
    let mut out = Vec::new();
    let mut rest = revisions.into_iter().filter(|revision| !revision.text.trim().is_empty() || !has_text(revision.change)).peekable();
    let mut more = 0usize;
    while let Some(revision) = rest.next() {
        let replaces = |next: &Revision| {
            let changes = (revision.change, next.change);
            matches!(changes, (Change::Deleted, Change::Inserted) | (Change::Inserted, Change::Deleted))
                && !next.is_apart
                && next.author == revision.author
                && next.place == revision.place
        };
        let other = rest.next_if(replaces);
        if out.len() == LISTED {
            more += 1;
            continue;
        }
        out.push(doubt(&revision, other.as_ref()));
    }
    if more > 0 {
        out.push(Doubt::new(Code::KH5006, msg!("Còn {more} sửa đổi khác chưa liệt kê", "There are {more} more tracked changes")));
    }
    if formats > 0 {
        let message = msg!(
            "Có {formats} sửa đổi về định dạng (chữ, đoạn, bảng); không đổi nội dung",
            "There are {formats} tracked changes of formatting; they do not change the words"
        );
        out.push(Doubt::new(Code::KH5006, message));
    }
    out
}

fn has_text(change: Change) -> bool {
    match change {
        Change::Inserted | Change::Deleted | Change::MovedHere | Change::MovedAway => true,
        Change::Split | Change::Joined | Change::RowInserted | Change::RowDeleted | Change::Cell => false,
    }
}

fn doubt(revision: &Revision, other: Option<&Revision>) -> Doubt {
    let text = shorten(&revision.text);
    let (who, who_en) = match revision.author.trim() {
        "" => ("Có người".to_owned(), "Somebody".to_owned()),
        name => (name.to_owned(), name.to_owned()),
    };
    let message = match (revision.change, other) {
        (Change::Deleted, Some(inserted)) => {
            let new = shorten(&inserted.text);
            replaced(&who, &who_en, &text, &new)
        }
        (Change::Inserted, Some(deleted)) => {
            let old = shorten(&deleted.text);
            replaced(&who, &who_en, &old, &text)
        }
        (Change::Inserted, None) => msg!("{who} thêm “{text}”; đọc như đã chấp nhận", "{who_en} inserted “{text}”; read as accepted"),
        (Change::Deleted, _) => msg!("{who} xóa “{text}”; đọc như đã xóa", "{who_en} deleted “{text}”; read as deleted"),
        (Change::MovedHere, _) => {
            msg!("{who} chuyển “{text}” đến đây; đọc ở chỗ mới", "{who_en} moved “{text}” here; read at its new place")
        }
        (Change::MovedAway, _) => {
            msg!("{who} chuyển “{text}” đi khỏi đây; đọc ở chỗ mới", "{who_en} moved “{text}” away; read at its new place")
        }
        (Change::Split, _) => msg!("{who} tách đoạn ở đây; đọc thành hai đoạn", "{who_en} split the paragraph here; read as two"),
        (Change::Joined, _) => {
            msg!("{who} nối đoạn này với đoạn sau; đọc thành một đoạn", "{who_en} joined this paragraph with the next; read as one")
        }
        (Change::RowInserted, _) => msg!("{who} thêm hàng này; đọc như đã chấp nhận", "{who_en} inserted this row; read as accepted"),
        (Change::RowDeleted, _) => msg!("{who} xóa hàng “{text}”; đọc như đã xóa", "{who_en} deleted the row “{text}”; read as deleted"),
        (Change::Cell, _) => {
            msg!("{who} thêm, xóa hoặc gộp ô; đọc theo bảng hiện tại", "{who_en} inserted, deleted or merged a cell; read as it stands")
        }
    };
    let quote = other.filter(|other| other.change == Change::Inserted).map_or(revision.text.trim(), |other| other.text.trim());
    Doubt::new(Code::KH5006, message).at(revision.place).quote(quote)
}

fn replaced(who: &str, who_en: &str, old: &str, new: &str) -> Message {
    msg!("{who} thay “{old}” bằng “{new}”; đọc theo chữ mới", "{who_en} replaced “{old}” by “{new}”; read as the new words")
}
