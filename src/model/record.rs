//! What a task of a plan in record mode keeps beside its fields: the printed number, the words as printed, ties to a parent's tasks.

use super::{ColumnField, TaskRef, Text};

/// What record mode (`Chế độ: ghi nhận`) keeps of a task.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// `Số in`: the number as printed, marks included (`2.`).
    pub number: Option<Text>,
    /// `Nguồn`: where the document has it (`phu-luc.docx, bảng 1, hàng 2`).
    pub origin: Option<Text>,
    /// `Ứng với` and `Không ứng với`, in source order.
    pub ties: Vec<Tie>,
    /// The printed lines of each field that states some, whatever was understood of them or corrected since.
    pub words: Vec<(ColumnField, Vec<String>)>,
    /// The fields whose reading `Hiểu là` corrects.
    pub corrected: Vec<ColumnField>,
}

/// A tie of a task to a parent's task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The parent's task.
    pub task: TaskRef,
    /// What a person says of it.
    pub state: TieState,
}

/// What a person says of a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieState {
    /// `Ứng với: TC-08`: the task answers the parent's.
    Confirmed,
    /// `Ứng với: TC-08 ?`: it may; nobody has said so yet.
    Open,
    /// `Không ứng với: TC-08`: it does not.
    Denied,
}

impl Record {
    /// Returns the printed lines of a field; `None` where the document states none.
    pub fn words(&self, field: &ColumnField) -> Option<&[String]> {
        self.words.iter().find(|(own, _)| own == field).map(|(_, lines)| lines.as_slice())
    }

    /// Returns the parents' tasks that are tied in this state, in source order.
    pub fn tied(&self, state: TieState) -> impl Iterator<Item = &TaskRef> {
        self.ties.iter().filter(move |tie| tie.state == state).map(|tie| &tie.task)
    }
}
