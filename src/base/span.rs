//! Where something stands: a range of bytes, and the source that it is in.

use serde::{Deserialize, Serialize};

use super::SourceId;

/// A range of bytes `start..end` in one source. Both ends lie on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the span from `start` to `end`, in bytes. An end before the start gives an empty span.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// Returns the empty span at `at`.
    pub fn at(at: usize) -> Self {
        Self::new(at, at)
    }

    /// Returns the smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Returns the bytes as a range that slices text.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns how many bytes the span holds.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Says whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns the empty span behind this one: where a missing thing is marked.
    #[must_use]
    pub fn after(self) -> Self {
        Self { start: self.end, end: self.end }
    }
}

/// A span in a known source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Loc {
    /// The source.
    pub source: SourceId,
    /// The bytes in it.
    pub span: Span,
}

impl Loc {
    /// Returns the place `span` in `source`.
    pub fn new(source: SourceId, span: Span) -> Self {
        Self { source, span }
    }
}
