//! The lines around the labels of one finding, as one text that a printer can underline.
//!
//! Takes labels in any number of files, gives regions of a few lines each, long lines cut to a window around what is underlined. What a
//! printer sees is small whatever the file's size, and holds nothing that steers a terminal.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use super::Label;
use crate::base::{LineColumn, Source, SourceId, Sources, Span};

/// Columns to which tabs are expanded.
const TAB: usize = 4;

/// Bytes of a line before and behind a label that are looked at: more than any window holds.
const REACH: usize = 2_000;

/// The excerpt of one finding: regions one behind the other in one text.
#[derive(Debug, Default)]
pub(super) struct Excerpt {
    /// All regions' lines; each ends with `\n`.
    pub(super) text: String,
    /// Where each region lies, in the order of `text`. The first holds the first label.
    pub(super) regions: Vec<Region>,
    /// The labels, in the order given.
    pub(super) marks: Vec<Mark>,
}

/// Neighbouring lines of one file.
#[derive(Debug)]
pub(super) struct Region {
    /// The file's name.
    pub(super) name: String,
    /// Bytes in the excerpt's text.
    pub(super) range: Range<usize>,
    /// The first line's index in the file, from 0.
    pub(super) line: usize,
    /// How many lines there are.
    pub(super) lines: usize,
}

/// A label's place in the excerpt.
#[derive(Debug)]
pub(super) struct Mark {
    /// Bytes in the excerpt's text: the label's first line at most.
    pub(super) range: Range<usize>,
    /// Line and column in the file.
    pub(super) place: LineColumn,
    /// Columns in front of it in its excerpt line.
    pub(super) indent: usize,
}

/// A label with its place, clipped to its first line.
#[derive(Debug, Clone, Copy)]
struct Spot {
    index: usize,
    source: SourceId,
    line: usize,
    span: Span,
}

/// Returns the excerpt of the labels; the first is the primary one. `width` counts columns of a line's text.
pub(super) fn excerpt(labels: &[&Label], sources: &Sources, width: usize) -> Excerpt {
    let mut out = Excerpt::default();
    let mut marks: Vec<Option<Mark>> = labels.iter().map(|_| None).collect();
    for cluster in clusters(labels, sources) {
        region(&cluster, sources, width, &mut out, &mut marks);
    }
    out.marks = marks.into_iter().flatten().collect();
    out
}

/// Returns the labels grouped by neighbouring lines, the group of the first label first, the others in the order of their first label.
fn clusters(labels: &[&Label], sources: &Sources) -> Vec<Vec<Spot>> {
    let mut spots: Vec<Spot> = labels.iter().enumerate().map(|(index, label)| spot(index, label, sources)).collect();
    spots.sort_by_key(|spot| (spot.source, spot.line, spot.span, spot.index));
    let mut out: Vec<Vec<Spot>> = Vec::new();
    for spot in spots {
        match out.last_mut() {
            Some(cluster) if cluster.last().is_some_and(|last| last.source == spot.source && spot.line <= last.line + 3) => {
                cluster.push(spot)
            }
            _ => out.push(vec![spot]),
        }
    }
    out.sort_by_key(|cluster| cluster.iter().map(|spot| spot.index).min());
    out
}

fn spot(index: usize, label: &Label, sources: &Sources) -> Spot {
    let source = sources.get(label.loc.source);
    let (start, end) = (label.loc.span.start as usize, label.loc.span.end as usize);
    let start = floor(source.text(), start);
    let line = source.line_index(u32::try_from(start).unwrap_or(u32::MAX));
    let last = source.line_span(line).end as usize;
    let start = start.min(last);
    Spot { index, source: label.loc.source, line, span: Span::new(start, floor(source.text(), end).clamp(start, last.max(start))) }
}

/// Returns the last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn region(cluster: &[Spot], sources: &Sources, width: usize, out: &mut Excerpt, marks: &mut [Option<Mark>]) {
    let (Some(first), Some(last)) = (cluster.first(), cluster.last()) else { return };
    let source = sources.get(first.source);
    let is_blank = |line: usize| source.slice(source.line_span(line)).trim().is_empty();
    let from = if first.line > 0 && !is_blank(first.line - 1) { first.line - 1 } else { first.line };
    let to = if last.line + 1 < source.line_count() && !is_blank(last.line + 1) { last.line + 1 } else { last.line };
    let start = out.text.len();
    for line in from..=to {
        let spots: Vec<&Spot> = cluster.iter().filter(|spot| spot.line == line).collect();
        let focus = spots.iter().min_by_key(|spot| spot.index).map(|spot| spot.span);
        let shown = Shown::new(source, line, focus, width);
        for spot in spots {
            let range = shown.locate(spot.span);
            let indent = columns(&shown.text[..range.start]);
            let range = out.text.len() + range.start..out.text.len() + range.end;
            if let Some(mark) = marks.get_mut(spot.index) {
                *mark = Some(Mark { range, place: source.line_column(spot.span.start), indent });
            }
        }
        out.text.push_str(&shown.text);
        out.text.push('\n');
    }
    out.regions.push(Region { name: printable(source.name()), range: start..out.text.len(), line: from, lines: to - from + 1 });
}

/// One line as shown: tabs expanded, control characters replaced, cut to a window.
struct Shown {
    text: String,
    /// For each grapheme shown: its bytes in the source and where it begins in `text`.
    cells: Vec<(Range<usize>, usize)>,
    /// Where the shown graphemes end in `text`: before a final `…`.
    end: usize,
    /// Whether a `…` stands in front, and behind.
    cut: (bool, bool),
}

impl Shown {
    fn new(source: &Source, line: usize, focus: Option<Span>, width: usize) -> Self {
        let full = source.line_span(line).range();
        let text = source.text();
        let eye = focus.map_or(full.start, |span| span.start as usize);
        let near = floor(text, eye.saturating_sub(REACH)).max(full.start)..floor(text, eye.saturating_add(REACH)).min(full.end);
        let mut cells = Vec::new();
        let mut column = 0;
        for (at, grapheme) in text[near.clone()].grapheme_indices(true) {
            let shown = if grapheme == "\t" { " ".repeat(TAB - column % TAB) } else { printable(grapheme) };
            let wide = columns(&shown);
            cells.push((near.start + at..near.start + at + grapheme.len(), shown, column));
            column += wide;
        }
        let whole = near == full && column <= width;
        let window = if whole { 0..column } else { window(&cells, column, focus, width) };
        let inside = |cell: &(Range<usize>, String, usize)| cell.2 >= window.start && cell.2 + columns(&cell.1) <= window.end;
        let kept: Vec<_> = cells.iter().filter(|cell| inside(cell)).collect();
        let before = kept.first().is_some_and(|cell| cell.0.start > full.start);
        let after = kept.last().is_some_and(|cell| cell.0.end < full.end);
        let mut out = Self { text: if before { "…".into() } else { String::new() }, cells: Vec::new(), end: 0, cut: (before, after) };
        for (bytes, shown, _) in kept {
            out.cells.push((bytes.clone(), out.text.len()));
            out.text.push_str(shown);
        }
        out.end = out.text.len();
        if after {
            out.text.push('…');
        }
        out
    }

    /// Returns where bytes of the source stand in the shown text; what lies outside the window is at the `…` on its side.
    fn locate(&self, span: Span) -> Range<usize> {
        let (start, end) = (span.start as usize, span.end as usize);
        let first = self.cells.first().map_or(0, |cell| cell.1);
        let begins = self.cells.iter().find(|cell| cell.0.end > start).map_or(self.end, |cell| cell.1);
        let ends = self.cells.iter().find(|cell| cell.0.start >= end).map_or(self.end, |cell| cell.1);
        if begins == self.end && self.cut.1 {
            return self.end..self.text.len();
        }
        if ends == first && self.cut.0 {
            return 0..first;
        }
        begins..ends.max(begins)
    }
}

/// Returns the columns to show of a line of `total` columns: the focus in the middle, or its beginning where it is too long.
fn window(cells: &[(Range<usize>, String, usize)], total: usize, focus: Option<Span>, width: usize) -> Range<usize> {
    let room = width.saturating_sub(2).max(8);
    let column_at = |byte: usize| cells.iter().find(|cell| cell.0.end > byte).map_or(total, |cell| cell.2);
    let (from, to) = focus.map_or((0, 0), |span| (column_at(span.start as usize), column_at(span.end as usize)));
    let wanted = to.saturating_sub(from).min(room);
    let start = from.saturating_sub((room - wanted) / 2).min(total.saturating_sub(room));
    // what is underlined must begin inside, also where it is longer than the window
    let start = if wanted == room { from.saturating_sub(room / 6) } else { start };
    start..start + room
}

/// Returns the columns that a text takes, as the printer counts them.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Returns the text without what steers a terminal: control characters and changes of direction become `\u{fffd}`.
pub(super) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
            c if c.is_control() => '\u{fffd}',
            c => c,
        })
        .collect()
}
