//! What the block grammar eats: lines, as nom eats bytes.

use std::cell::{Cell, RefCell};

use nom::{Input, Needed};

use super::ast::{Keyword, Text};
use super::content::Content;
use super::line::{Line, LineKind, trim_spaces};
use super::report::Report;
use crate::base::{Loc, SourceId, Span};

/// What all lines of one source share.
#[derive(Debug)]
pub(super) struct Sheet<'s> {
    pub(super) source: SourceId,
    pub(super) text: &'s str,
    /// Findings, and what was passed over.
    pub(super) report: RefCell<Report>,
    /// Comments met inside a text that runs over lines; they go above the next node.
    pub(super) aside: RefCell<Vec<String>>,
    /// The block that is read.
    pub(super) block: Cell<Option<Keyword>>,
}

/// Lines still to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines<'s> {
    pub(super) sheet: &'s Sheet<'s>,
    pub(super) list: &'s [Line],
}

impl<'s> Lines<'s> {
    /// Returns the next line.
    pub(super) fn first(self) -> Option<Line> {
        self.list.first().copied()
    }

    /// Returns the kind of the next line.
    pub(super) fn kind(self) -> Option<LineKind> {
        self.list.first().map(|line| line.kind)
    }

    /// Returns the lines behind the next one.
    pub(super) fn skip_one(self) -> Self {
        Self { list: self.list.get(1..).unwrap_or(&[]), ..self }
    }

    /// Returns the lines behind blank lines and comments.
    pub(super) fn past_trivia(self) -> Self {
        self.past(|kind| matches!(kind, LineKind::Blank | LineKind::Comment))
    }

    /// Returns the lines behind comments.
    pub(super) fn past_comments(self) -> Self {
        self.past(|kind| kind == LineKind::Comment)
    }

    fn past(self, passes: impl Fn(LineKind) -> bool) -> Self {
        let at = self.list.iter().position(|line| !passes(line.kind)).unwrap_or(self.list.len());
        Self { list: &self.list[at..], ..self }
    }

    /// Returns the lines of `self` in front of `rest`, which is an end of it.
    pub(super) fn up_to(self, rest: Self) -> &'s [Line] {
        &self.list[..self.list.len().saturating_sub(rest.list.len())]
    }

    /// Returns the whole line, cleaned.
    pub(super) fn content(self, line: Line) -> Content<'s> {
        Content::new(self.sheet.text, line.text(), line.is_plain())
    }

    /// Returns what stands behind label, bullet or `\`, cleaned.
    pub(super) fn value(self, line: Line) -> Content<'s> {
        Content::new(self.sheet.text, self.value_span(line), line.is_plain())
    }

    /// Returns what stands behind label, bullet or `\` as a text of the tree; `None` where nothing is left.
    pub(super) fn text(self, line: Line) -> Option<Text> {
        let span = self.value_span(line);
        if line.is_plain() {
            let raw = self.sheet.text.get(span.range()).unwrap_or("");
            return (!raw.is_empty()).then(|| Text { value: raw.to_owned(), span });
        }
        let content = Content::new(self.sheet.text, span, false);
        let value = content.text();
        (!value.is_empty()).then(|| Text { value: value.to_owned(), span: content.span(value) })
    }

    fn value_span(self, line: Line) -> Span {
        let span = line.value();
        let raw = self.sheet.text.get(span.range()).unwrap_or("");
        let trimmed = trim_spaces(raw);
        if trimmed.is_empty() {
            return span.after();
        }
        let start = span.start as usize + (trimmed.as_ptr() as usize - raw.as_ptr() as usize);
        Span::new(start, start + trimmed.len())
    }

    /// Returns how many lines up to the next heading are of a kind.
    pub(super) fn count(self, of: impl Fn(LineKind) -> bool) -> usize {
        self.list.iter().map(|line| line.kind).take_while(|kind| !matches!(kind, LineKind::Heading(_))).filter(|kind| of(*kind)).count()
    }

    /// Returns how many items stand in front of the next label or heading.
    pub(super) fn count_items(self) -> usize {
        let kinds = self.list.iter().map(|line| line.kind);
        let below = kinds.take_while(|kind| !matches!(kind, LineKind::Heading(_) | LineKind::Label(_)));
        below.filter(|kind| matches!(kind, LineKind::Item(_))).count()
    }

    /// Returns a place in this source.
    pub(super) fn loc(self, span: Span) -> Loc {
        Loc::new(self.sheet.source, span)
    }
}

impl<'s> Input for Lines<'s> {
    type Item = Line;
    type Iter = std::iter::Copied<std::slice::Iter<'s, Line>>;
    type IterIndices = std::iter::Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.list.len()
    }

    fn take(&self, index: usize) -> Self {
        Self { list: &self.list[..index], ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        Self { list: &self.list[index..], ..*self }
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Line) -> bool>(&self, predicate: P) -> Option<usize> {
        self.list.iter().position(|line| predicate(*line))
    }

    fn iter_elements(&self) -> Self::Iter {
        self.list.iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if self.list.len() >= count { Ok(count) } else { Err(Needed::new(count - self.list.len())) }
    }
}
