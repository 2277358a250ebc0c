//! Source texts and their line tables.

use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use super::{Loc, Span, typed_id};

typed_id! {
    /// A source in [`Sources`].
    SourceId
}

/// A place as a person counts: both from 1; the column in grapheme clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in grapheme clusters, from 1.
    pub column: usize,
}

/// One text with its name (a path relative to the project, with `/`).
#[derive(Debug, Clone)]
pub struct Source {
    name: String,
    text: String,
    starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// Returns a source; the line table is made when first asked for.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into(), starts: OnceLock::new() }
    }

    /// Returns the name shown to people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the whole text as read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text of a span; empty where the span does not fit.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or("")
    }

    fn starts(&self) -> &[u32] {
        self.starts.get_or_init(|| {
            let ends = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
    }

    /// Returns the line (from 0) that holds byte `at`.
    pub fn line_index(&self, at: u32) -> usize {
        self.starts().partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// Returns the span of a line (from 0) without its line end; empty at the end for a line that does not exist.
    pub fn line_span(&self, line: usize) -> Span {
        let starts = self.starts();
        let Some(&start) = starts.get(line) else { return Span::at(self.text.len()) };
        let end = starts.get(line + 1).map_or(self.text.len(), |next| *next as usize - 1);
        let text = &self.text[start as usize..end];
        Span::new(start as usize, start as usize + text.trim_end_matches('\r').len())
    }

    /// Returns line and column of byte `at`, columns in grapheme clusters.
    pub fn line_column(&self, at: u32) -> LineColumn {
        let line = self.line_index(at);
        let start = self.starts()[line] as usize;
        let before = self.text.get(start..at as usize).unwrap_or("");
        LineColumn { line: line + 1, column: before.trim_start_matches('\u{feff}').graphemes(true).count() + 1 }
    }

    /// Returns how many lines there are (at least 1).
    pub fn line_count(&self) -> usize {
        self.starts().len()
    }
}

/// All sources of a project, by id.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    list: Vec<Source>,
}

impl Sources {
    /// Adds a source and returns its id.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.list.push(source);
        SourceId::new(self.list.len() - 1)
    }

    /// Returns how many there are: the index of the next.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Says whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns a source.
    ///
    /// # Panics
    /// Where the id comes from another arena.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.list[id.index()]
    }

    /// Returns all sources with their ids, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.list.iter().enumerate().map(|(at, source)| (SourceId::new(at), source))
    }

    /// Returns `file:line` of a place, as chains and reports print it.
    pub fn place(&self, loc: Loc) -> String {
        let source = self.get(loc.source);
        format!("{}:{}", source.name(), source.line_column(loc.span.start).line)
    }

    /// Returns the text of a place.
    pub fn slice(&self, loc: Loc) -> &str {
        self.get(loc.source).slice(loc.span)
    }
}
