//! What stands in a document, and where: the document's own lines as a source, and the way back to them from `.kh` that was read from it.
//!
//! The way back is by words: record mode keeps the words of a document, so that each line of it is found again as a run of the same words,
//! nearest to the place that its block names (`Nguồn`), else behind what stood before. Nothing is guessed: words that are not found have no place.

use std::collections::BTreeMap;

use crate::base::{Key, Loc, Source, SourceId, Sources, Span};
use crate::import::{Block, Document, Paragraph, Place, Reading};

/// Words of a document that are tried as the beginning of a line, and after which a line goes on where words were set otherwise.
const NEAR: usize = 8;

/// A document as lines of text.
#[derive(Debug)]
pub(super) struct Printed {
    source: SourceId,
    words: Vec<Word>,
    /// The place of each line in the document's tables and appendices, by line (from 1).
    places: BTreeMap<u32, Place>,
    /// The printed name of each appendix, by the line at which it begins.
    appendices: BTreeMap<u32, String>,
}

/// A run of letters and digits.
#[derive(Debug, Clone, PartialEq)]
struct Word {
    key: Key,
    span: Span,
}

impl Printed {
    /// Adds the document's own lines to the sources, each at the number that places name.
    /// `text` is the file's own text where its lines are those that places name; else each paragraph becomes a line.
    pub(super) fn new(name: &str, text: Option<String>, document: &Document, reading: &Reading, sources: &mut Sources) -> Self {
        let mut lines: BTreeMap<u32, String> = BTreeMap::new();
        let mut places = BTreeMap::new();
        let mut put = |paragraph: &Paragraph, place: Place| {
            let line = lines.entry(paragraph.place.line.max(1)).or_default();
            if !line.is_empty() {
                line.push('\t');
            }
            if !paragraph.mark.is_empty() {
                line.push_str(&paragraph.mark);
                line.push(' ');
            }
            line.push_str(&paragraph.text.replace(['\n', '\r'], " "));
            if place.table > 0 {
                places.entry(paragraph.place.line).or_insert(place);
            }
        };
        for block in &document.blocks {
            match block {
                Block::Paragraph(paragraph) => put(paragraph, paragraph.place),
                Block::Table(table) => {
                    for cell in table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.merged) {
                        cell.paragraphs.iter().for_each(|paragraph| put(paragraph, cell.place));
                    }
                }
                Block::Break => {}
            }
        }
        // tables that only reading found, in documents of lines
        for task in reading.tasks.iter().filter(|task| task.origin.table > 0) {
            places.entry(task.origin.line).or_insert(task.origin);
        }
        let text = text.unwrap_or_else(|| joined(&lines));
        let name_of = |appendix: &crate::import::Appendix| format!("{} {}", appendix.name, appendix.printed).trim().to_owned();
        let appendices = reading.appendices.iter().map(|appendix| (appendix.origin.line, name_of(appendix))).collect();
        let words = words(&text);
        let source = sources.add(Source::new(name, text));
        Self { source, words, places, appendices }
    }

    /// Returns the place of a line as a person looks it up: `Phụ lục I, bảng 2, hàng 5, cột 3`; empty in running text.
    pub(super) fn place(&self, loc: Loc, sources: &Sources) -> String {
        if loc.source != self.source {
            return String::new();
        }
        let line = u32::try_from(sources.get(self.source).line_index(loc.span.start) + 1).unwrap_or(u32::MAX);
        let appendix = self.appendices.range(..=line).next_back().map(|(_, name)| name.clone());
        let mut out: Vec<String> = appendix.into_iter().filter(|name| !name.is_empty()).collect();
        // a line between two of one row belongs to that row; a heading behind the table does not
        let exact = self.places.get(&line);
        let around = || {
            let before = self.places.range(..line).next_back().map(|(_, place)| *place)?;
            let behind = self.places.range(line..).next().map(|(_, place)| *place)?;
            (before.table == behind.table && before.row + 1 >= behind.row).then_some(Place { column: 0, ..before })
        };
        if let Some(mut place) = exact.copied().or_else(around) {
            let source = sources.get(self.source);
            let span = source.line_span(line as usize - 1);
            match column(source.slice(span), (loc.span.start - span.start) as usize) {
                0 => {}
                several => place.column = several,
            }
            for (word, number) in [("bảng", place.table), ("hàng", place.row), ("cột", place.column)] {
                if number > 0 {
                    out.push(format!("{word} {number}"));
                }
            }
        }
        out.join(", ")
    }

    /// Returns where a run of words first stands; `None` where it never does.
    pub(super) fn first(&self, text: &str) -> Option<Loc> {
        let wanted = words(text);
        let (first, last) = (wanted.first()?, wanted.len() - 1);
        let at = self
            .words
            .windows(wanted.len())
            .position(|run| run[0].key == first.key && run.iter().zip(&wanted).all(|(word, wanted)| word.key == wanted.key))?;
        Some(Loc::new(self.source, self.words[at].span.to(self.words[at + last].span)))
    }

    /// Returns the words of a line (from 1) of the document.
    fn line(&self, line: u32, sources: &Sources) -> Loc {
        let source = sources.get(self.source);
        let span = source.line_span((line as usize).saturating_sub(1));
        let text = source.slice(span);
        let from = span.start as usize + (text.len() - text.trim_start().len());
        Loc::new(self.source, Span::new(from, from + text.trim().len()))
    }

    /// Returns the first word of a line (from 1).
    fn word_of(&self, line: u32, sources: &Sources) -> usize {
        let start = self.line(line, sources).span.start;
        self.words.partition_point(|word| word.span.start < start)
    }

    /// Finds where a run of words stands: the longest, the nearest behind `from` first. Returns one place for each word.
    fn find(&self, wanted: &[Word], from: usize) -> Option<Vec<Option<usize>>> {
        let first = wanted.first()?;
        let mut best: Option<(usize, (bool, usize), usize)> = None;
        for at in self.words.iter().enumerate().filter(|(_, word)| word.key == first.key).map(|(at, _)| at) {
            let length = self.words[at..].iter().zip(wanted).take(64).take_while(|(word, wanted)| word.key == wanted.key).count();
            let distance = (at < from, at.abs_diff(from));
            if best.as_ref().is_none_or(|(known, near, _)| length > *known || (length == *known && distance < *near)) {
                best = Some((length, distance, at));
            }
        }
        let (length, _, start) = best?;
        if length < wanted.len().min(3) {
            return None;
        }
        let mut out = Vec::with_capacity(wanted.len());
        let mut next = start;
        for word in wanted {
            let near = self.words.iter().enumerate().skip(next).take(NEAR).find(|(_, printed)| printed.key == word.key);
            out.push(near.map(|(at, _)| at));
            if let Some((at, _)) = near {
                next = at + 1;
            }
        }
        Some(out)
    }
}

/// The way from `.kh` that was read from a document to the document's own lines.
#[derive(Debug)]
pub(super) struct Traced<'a> {
    printed: &'a Printed,
    recorded: SourceId,
    /// The words of the `.kh` that stand in the document: where, and which word it is.
    words: Vec<(Span, usize)>,
    /// The lines of the `.kh` at which a block begins, with the document's line that its `Nguồn` names (0 where none).
    blocks: Vec<(usize, u32)>,
}

impl<'a> Traced<'a> {
    /// Finds the lines of the `.kh` again in the document.
    pub(super) fn new(printed: &'a Printed, recorded: SourceId, sources: &Sources) -> Self {
        let source = sources.get(recorded);
        let line = |at: usize| source.slice(source.line_span(at));
        // blocks are parted by blank lines
        let mut blocks: Vec<(usize, u32)> = Vec::new();
        for at in 0..source.line_count() {
            if at == 0 || (line(at - 1).trim().is_empty() && !line(at).trim().is_empty()) {
                blocks.push((at, 0));
            }
            if let (Some(place), Some(block)) = (line(at).strip_prefix("Nguồn:"), blocks.last_mut()) {
                block.1 = place.rsplit_once("dòng ").and_then(|(_, number)| number.trim().parse().ok()).unwrap_or(0);
            }
        }
        let mut out = Vec::new();
        let mut cursor = 0;
        for (number, (first, origin)) in blocks.iter().enumerate() {
            let end = blocks.get(number + 1).map_or(source.line_count(), |(next, _)| *next);
            let from = if *origin > 0 { printed.word_of(*origin, sources) } else { cursor };
            let mut last = from;
            for at in *first..end {
                let text = line(at);
                if text.trim().is_empty() || text.starts_with(['#']) || text.starts_with("Nguồn:") {
                    continue;
                }
                let value = value(text);
                let base = source.line_span(at).start as usize + value;
                let mut wanted = words(&text[value..]);
                for word in &mut wanted {
                    word.span = Span::new(base + word.span.start as usize, base + word.span.end as usize);
                }
                if text.starts_with("Đánh số:") {
                    // a number stands in front of the words that it numbers, which the line above holds
                    if let Some(found) = printed.before(&wanted, last) {
                        out.extend(wanted.iter().zip(found).map(|(word, at)| (word.span, at)));
                        continue;
                    }
                }
                let Some(found) = printed.find(&wanted, from) else { continue };
                // the head is told in another order than it is printed
                if let Some(at) = found.iter().flatten().next() {
                    last = *at;
                    if number > 0 {
                        cursor = *at;
                    }
                }
                out.extend(wanted.iter().zip(found).filter_map(|(word, at)| Some((word.span, at?))));
            }
        }
        out.sort_by_key(|(span, at)| (span.start, *at));
        Self { printed, recorded, words: out, blocks }
    }

    /// Returns where the words of a place in the `.kh` stand in the document; else the first words of their line, of their block, or the
    /// line that the block names. Places in other files stay.
    pub(super) fn place(&self, loc: Loc, sources: &Sources) -> Loc {
        if loc.source != self.recorded {
            return loc;
        }
        let source = sources.get(self.recorded);
        let line = source.line_index(loc.span.start);
        let block = self.blocks.partition_point(|(first, _)| *first <= line).saturating_sub(1);
        let (first, origin) = self.blocks.get(block).copied().unwrap_or_default();
        let end = self.blocks.get(block + 1).map_or(source.line_count(), |(next, _)| *next).saturating_sub(1);
        let whole = Span { start: source.line_span(first).start, end: source.line_span(end).end };
        let whole_line = self.words_in(source.line_span(line)).filter(|_| origin == 0 || line != first);
        self.words_in(loc.span)
            .or(whole_line)
            .or_else(|| self.words_in(source.line_span(first)))
            .or_else(|| (origin > 0).then(|| self.printed.line(origin, sources)))
            .or_else(|| self.words_in(whole))
            .unwrap_or_else(|| self.head(sources))
    }

    /// Returns the run of words of the document for a range of the `.kh`.
    fn words_in(&self, span: Span) -> Option<Loc> {
        let from = self.words.partition_point(|(word, _)| word.end <= span.start);
        let inside = || self.words[from..].iter().take_while(|(word, _)| word.start < span.end).map(|(_, at)| *at);
        let start = inside().next()?;
        // one finding stands on one line: what a long text says elsewhere is not its place
        let source = start;
        let last = inside().filter(|at| *at >= source && *at - source < 400).last()?;
        let words = &self.printed.words;
        Some(Loc::new(self.printed.source, words.get(start)?.span.to(words.get(last)?.span)))
    }

    /// Returns the first line of the document that says something.
    fn head(&self, sources: &Sources) -> Loc {
        let start = self.printed.words.first().map_or(0, |word| word.span.start);
        let line = sources.get(self.printed.source).line_index(start) + 1;
        self.printed.line(u32::try_from(line).unwrap_or(1), sources)
    }
}

impl Printed {
    /// Returns the places of a number that stands right before a word.
    fn before(&self, number: &[Word], at: usize) -> Option<Vec<usize>> {
        let from = at.checked_sub(number.len())?;
        let printed = self.words.get(from..at)?;
        let same = !number.is_empty() && printed.iter().zip(number).all(|(one, other)| one.key == other.key);
        same.then(|| (from..at).collect())
    }
}

/// Returns the byte at which what the document says begins on a line of `.kh`: behind a heading's code, a label, a bullet.
fn value(line: &str) -> usize {
    let bare = line.trim_start();
    let indent = line.len() - bare.len();
    if let Some(rest) = bare.strip_prefix(['-', '+']) {
        return indent + bare.len() - rest.len();
    }
    match line.find(": ") {
        // labels and headings are short; a colon farther on is the document's own
        Some(at) if line[..at].chars().count() <= 40 && line.starts_with(char::is_uppercase) => at + 2,
        Some(_) | None => 0,
    }
}

/// Returns lines as one text, each at its number.
fn joined(lines: &BTreeMap<u32, String>) -> String {
    let mut out = String::new();
    let mut next = 1;
    for (line, words) in lines {
        // a place that lies far beyond is no line of a text
        while next < *line && next < 1_000_000 {
            out.push('\n');
            next += 1;
        }
        out.push_str(words);
    }
    out
}

/// Returns the column (from 1) of a table's row on one line in which a byte of it stands; 0 where the line holds one cell.
fn column(line: &str, at: usize) -> u32 {
    let mark = if line.contains('|') { '|' } else { '\t' };
    let bare = line.trim_start().trim_start_matches(mark);
    let head = line.get(line.len() - bare.len()..at.min(line.len())).unwrap_or("");
    if bare.contains(mark) { u32::try_from(head.matches(mark).count() + 1).unwrap_or(0) } else { 0 }
}

/// Returns the runs of letters and digits of a text.
fn words(text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || unicode_mark(c);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(Word { key: Key::new(&text[from..at]), span: Span::new(from, at) });
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    out
}

/// Says whether a character is one of the marks that stand alone behind a letter in decomposed text.
fn unicode_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
