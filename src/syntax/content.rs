//! Cleaned text that still knows where in the source each of its pieces stands.

use std::borrow::Cow;

use crate::base::{Span, clean, is_blank};

/// Cleaned text of one line, or of several joined by one space.
#[derive(Debug, Clone)]
pub(super) struct Content<'s> {
    text: Cow<'s, str>,
    map: Map,
}

#[derive(Debug, Clone)]
enum Map {
    /// The text stands in the source as it is, from this byte on.
    Direct(usize),
    /// Pieces: first byte in the cleaned text, bytes in the source. Ascending.
    Pieces(Vec<(usize, Span)>),
}

impl<'s> Content<'s> {
    /// Returns the cleaned text of `span`. `plain` says that cleaning changes nothing.
    pub(super) fn new(source: &'s str, span: Span, plain: bool) -> Self {
        let raw = source.get(span.range()).unwrap_or("");
        if plain {
            return Self { text: Cow::Borrowed(raw), map: Map::Direct(span.start as usize) };
        }
        match clean(raw) {
            Cow::Borrowed(text) => {
                let skipped = text.as_ptr() as usize - raw.as_ptr() as usize;
                Self { text: Cow::Borrowed(text), map: Map::Direct(span.start as usize + skipped) }
            }
            Cow::Owned(text) => {
                let pieces = pieces(raw, &text, span);
                Self { text: Cow::Owned(text), map: Map::Pieces(pieces) }
            }
        }
    }

    /// Returns the cleaned text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Appends another line's text behind `glue`.
    pub(super) fn join(&mut self, glue: &str, other: &Self) {
        let mut all = self.all_pieces();
        let shift = self.text.len() + glue.len();
        all.extend(other.all_pieces().into_iter().map(|(at, span)| (at + shift, span)));
        let mut text = std::mem::take(&mut self.text).into_owned();
        text.push_str(glue);
        text.push_str(&other.text);
        self.text = Cow::Owned(text);
        self.map = Map::Pieces(all);
    }

    /// Returns the place of `part`, which is a slice of [`Self::text`].
    pub(super) fn span(&self, part: &str) -> Span {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        self.span_of(start, (start + part.len()).min(self.text.len()))
    }

    /// Returns the place of the cleaned bytes from `start` to `end`.
    pub(super) fn span_of(&self, start: usize, end: usize) -> Span {
        match &self.map {
            Map::Direct(at) => Span::new(at + start, at + end),
            Map::Pieces(pieces) => {
                let holding =
                    |byte: usize| pieces.get(pieces.partition_point(|(at, _)| *at <= byte).saturating_sub(1)).map(|(_, span)| *span);
                let Some(first) = holding(start) else { return Span::default() };
                if start >= self.text.len() {
                    return first.after();
                }
                let last = if end > start { holding(end - 1).unwrap_or(first) } else { Span { end: first.start, ..first } };
                Span { start: first.start, end: last.end.max(first.start) }
            }
        }
    }

    /// Pieces that map every byte; a directly mapped text is cut at its characters.
    fn all_pieces(&self) -> Vec<(usize, Span)> {
        match &self.map {
            Map::Direct(from) => self.text.char_indices().map(|(at, c)| (at, Span::new(from + at, from + at + c.len_utf8()))).collect(),
            Map::Pieces(pieces) => pieces.clone(),
        }
    }
}

/// Maps the cleaned text piece by piece: a letter with its marks is one piece. Where that fails, all of it is one piece.
fn pieces(raw: &str, cleaned: &str, span: Span) -> Vec<(usize, Span)> {
    let is_mark = |c: char| matches!(c, '\u{300}'..='\u{36f}');
    let mut out = Vec::with_capacity(cleaned.len());
    let mut done = 0;
    let mut chars = raw.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if is_blank(c) {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, mark)) = chars.next_if(|(_, next)| is_mark(*next)) {
            end = at + mark.len_utf8();
        }
        let piece = clean(&raw[start..end]);
        while cleaned[done..].starts_with(' ') {
            done += 1;
        }
        if !cleaned[done..].starts_with(piece.as_ref()) {
            return vec![(0, span)];
        }
        out.push((done, Span::new(span.start as usize + start, span.start as usize + end)));
        done += piece.len();
    }
    if out.is_empty() { vec![(0, span)] } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cleaned_word_is_found_in_its_source() {
        let source = "x NHIE\u{323}\u{302}M\u{a0} VU\u{323} \u{201c}a\u{201d}";
        let content = Content::new(source, Span::new(2, source.len()), false);
        assert_eq!(content.text(), "NHIỆM VỤ \"a\"");
        let at = content.text().find("VỤ").unwrap_or(0);
        let span = content.span(&content.text()[at..at + "VỤ".len()]);
        assert_eq!(&source[span.range()], "VU\u{323}");
    }

    #[test]
    fn joined_lines_keep_their_places() {
        let source = "a,\n bc";
        let mut content = Content::new(source, Span::new(0, 2), true);
        content.join(" ", &Content::new(source, Span::new(4, 6), true));
        assert_eq!(content.text(), "a, bc");
        assert_eq!(content.span_of(3, 5), Span::new(4, 6));
    }
}
