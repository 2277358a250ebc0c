//! Marks: which stretch of a printed text is which value of the plan, so that an edited document can be read back.

use serde::{Deserialize, Serialize};

use crate::model::{ColumnField, Tag};

/// A stretch of a text, or of one line of several, that is a value of the plan. In bytes; start and end are equal where the value is not stated.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Index of the line; 0 in a text of one.
    pub line: usize,
    /// First byte.
    pub start: usize,
    /// The byte behind the last one.
    pub end: usize,
    /// The tag, as [`Tag::text`] gives it.
    pub tag: String,
}

impl Mark {
    /// Returns the mark of a value of the plan itself.
    pub(super) fn of_plan(plan: &str, field: &str, start: usize, end: usize) -> Self {
        Self { line: 0, start, end, tag: Tag::new(plan, "", field).text() }
    }
}

/// The task or criterion whose fields a row or paragraph prints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner<'a> {
    pub(super) plan: &'a str,
    pub(super) task: &'a str,
    /// Whether it is a criterion of a score table.
    pub(super) criterion: bool,
}

impl Owner<'_> {
    /// Returns the mark of a field; none for a running number.
    pub(super) fn mark(&self, field: &ColumnField, line: usize, start: usize, end: usize) -> Option<Mark> {
        let field = field.tag_name(self.criterion)?;
        Some(Mark { line, start, end, tag: Tag::new(self.plan, self.task, &field).text() })
    }

    /// Returns one mark per line, over the whole of it; an empty one where there is no line.
    pub(super) fn whole(&self, field: &ColumnField, lines: &[String]) -> Vec<Mark> {
        if lines.is_empty() {
            return self.mark(field, 0, 0, 0).into_iter().collect();
        }
        lines.iter().enumerate().filter_map(|(at, line)| self.mark(field, at, 0, line.len())).collect()
    }
}
