//! Places as machine formats write them: lines and columns from 1, ends exclusive.

use crate::base::{Source, Span};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// Grapheme clusters, as a person counts and as terminal findings print.
    Graphemes,
    /// Unicode code points, as SARIF and GitHub count.
    CodePoints,
}

/// From where to where a span goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    /// First line.
    pub(super) line: usize,
    /// First column.
    pub(super) column: usize,
    /// Last line.
    pub(super) end_line: usize,
    /// One past the last column.
    pub(super) end_column: usize,
}

/// Returns the extent of a span.
pub(super) fn extent(source: &Source, span: Span, count: Column) -> Extent {
    let (line, column) = one(source, span.start, count);
    let (end_line, end_column) = one(source, span.end, count);
    Extent { line, column, end_line, end_column }
}

fn one(source: &Source, at: u32, count: Column) -> (usize, usize) {
    match count {
        Column::Graphemes => {
            let place = source.line_column(at);
            (place.line, place.column)
        }
        Column::CodePoints => {
            let line = source.line_index(at);
            let before = source.slice(Span { start: source.line_span(line).start, end: at });
            (line + 1, before.trim_start_matches('\u{feff}').chars().count() + 1)
        }
    }
}
