//! Tables drawn with lines: `┌──┬──┐` and `│`, single, double or heavy, or `+---+---+` and `|`.
//!
//! The rules say where columns lie and rows end; a cell's lines are joined where its width broke them. Cells may go over several columns or rows.
//! A table that a page cuts without a rule goes on behind the cut.

use std::ops::Range;

use super::line::{Kind, Line};
use super::paragraph::opens_item;
use super::{Raw, cell};
use crate::import::block::{Cell, Paragraph, Place, Row, Table};
use crate::import::column::role;
use crate::import::mark;

/// Lines that a page's end may put between two rows.
const PAGE_LINES: usize = 6;

/// Columns that a drawn table may have: more is a picture.
const COLUMNS: usize = 60;

/// Rules drawn with plain signs are taken for such from here on.
const SHORTEST: usize = 3;

/// Returns the lines of each drawn table, in order.
pub(super) fn ranges(lines: &[Line]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let end = if is_rule(&lines[at]) { end(lines, at) } else { at };
        // a rule without rows is an ornament
        if end > at + 1 {
            out.push(at..end);
        }
        at = end.max(at + 1);
    }
    out
}

/// Returns the table of a range of [`ranges`].
pub(super) fn table(lines: &[Line], range: &Range<usize>) -> Option<Raw> {
    let lines = &lines[range.clone()];
    let mut edges: Vec<usize> = lines.iter().filter(|line| is_rule(line)).flat_map(corners).collect();
    edges.sort_unstable();
    edges.dedup();
    if edges.len() < 2 || edges.len() > COLUMNS + 1 {
        return None;
    }
    let mut drawn = Drawn { edges, ..Drawn::default() };
    let mut next = 0;
    while next < lines.len() {
        let line = &lines[next];
        let ruled = drawn.ruled(line);
        if ruled.contains(&true) {
            drawn.rule(line, &ruled);
            next += 1;
            continue;
        }
        let stop = (next..lines.len()).find(|at| drawn.ruled(&lines[*at]).contains(&true)).unwrap_or(lines.len());
        drawn.rows(&lines[next..stop]);
        next = stop;
    }
    drawn.close(lines.first().map_or(0, |line| line.number))
}

fn is_across(c: char) -> bool {
    matches!(c, '─' | '━' | '═' | '╌' | '╍' | '┄' | '┅' | '┈' | '┉' | '-' | '=')
}

fn is_down(c: char) -> bool {
    matches!(c, '│' | '┃' | '║' | '╎' | '╏' | '┆' | '┇' | '┊' | '┋' | '|')
}

/// Says whether a sign is one where lines meet.
fn is_corner(c: char) -> bool {
    c == '+' || (matches!(c, '\u{2500}'..='\u{257f}') && !is_across(c) && !is_down(c))
}

/// Says whether a line is a rule over the whole table.
fn is_rule(line: &Line) -> bool {
    let text = line.text.trim_end();
    line.kind == Kind::Text
        && text.starts_with(is_corner)
        && text.ends_with(is_corner)
        && text.chars().filter(|c| is_across(*c)).count() >= SHORTEST
        && text.chars().all(|c| is_corner(c) || is_across(c))
}

/// Says whether a line stands between the outer lines of a table: a rule, cells, or both.
fn is_inside(line: &Line) -> bool {
    let outer = |c: Option<char>| c.is_some_and(|c| is_down(c) || is_corner(c));
    let text = line.text.trim_end();
    line.kind == Kind::Text && outer(text.chars().next()) && outer(text.chars().next_back()) && text.chars().nth(1).is_some()
}

/// Returns the line behind the table that begins with a rule.
fn end(lines: &[Line], at: usize) -> usize {
    let shape = |line: &Line| line.text.chars().filter(|c| is_down(*c) || is_corner(*c)).count();
    let mut end = at + 1;
    while end < lines.len() {
        if is_inside(&lines[end]) {
            end += 1;
            continue;
        }
        if is_rule(&lines[end - 1]) {
            break;
        }
        // between two rules only a page's end and its number part the lines
        let page = |line: &Line| line.kind != Kind::Text || line.text.trim_matches([' ', '-', '–']).parse::<u16>().is_ok();
        let gap = lines[end..].iter().take(PAGE_LINES + 1).take_while(|line| page(line)).count();
        let goes_on = gap > 0 && gap <= PAGE_LINES;
        let Some(next) = lines.get(end + gap).filter(|next| goes_on && is_inside(next) && shape(next) == shape(&lines[end - 1])) else {
            break;
        };
        // a rule there begins another table
        if is_rule(next) && next.text.starts_with(['┌', '╔', '┏', '╭']) {
            break;
        }
        end += gap;
    }
    end
}

/// Returns the columns of the page where lines meet in a rule.
fn corners(line: &Line) -> Vec<usize> {
    (line.indent..).zip(line.text.chars()).filter(|(_, c)| is_corner(*c)).map(|(at, _)| at).collect()
}

/// A line of a cell.
struct Part {
    /// Blanks in front.
    indent: usize,
    text: String,
    number: u32,
}

/// A cell with its lines.
#[derive(Default)]
struct DrawnCell {
    column: usize,
    span: usize,
    parts: Vec<Part>,
}

/// A table on its way.
#[derive(Default)]
struct Drawn {
    /// Columns of the page where the lines between columns stand.
    edges: Vec<usize>,
    boxes: Vec<DrawnCell>,
    /// The cells of each row, left to right, each with whether it goes on from the row above.
    rows: Vec<Vec<(usize, bool)>>,
    /// The cells that no rule has closed.
    open: Vec<usize>,
    /// Rows above a double rule.
    heads: Option<usize>,
    /// Whether the last line was a rule, so that the next cells are a row's first.
    fresh: bool,
    /// Whether a single rule was seen: then a double one says something.
    single: bool,
}

impl Drawn {
    fn columns(&self) -> usize {
        self.edges.len() - 1
    }

    /// Says for each column whether a line is a rule there.
    fn ruled(&self, line: &Line) -> Vec<bool> {
        let chars: Vec<char> = line.text.chars().collect();
        let at = |column: usize| column.checked_sub(line.indent).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        if !line.text.starts_with(is_corner) && !line.text.contains(is_corner) {
            return vec![false; self.columns()];
        }
        let whole = |pair: &[usize]| {
            let between = pair[0] + 1..pair[1];
            let meets = is_corner(at(pair[0])) && is_corner(at(pair[1]));
            meets && !between.is_empty() && between.clone().all(|column| is_across(at(column)) || is_corner(at(column)))
        };
        self.edges.windows(2).map(whole).collect()
    }

    /// Takes a rule, which may leave columns open.
    fn rule(&mut self, line: &Line, ruled: &[bool]) {
        if !ruled.contains(&false) {
            let double = line.text.contains(['═', '=']);
            self.single |= !double;
            if double && !self.rows.is_empty() && self.heads.is_none() {
                self.heads = Some(self.rows.len());
            }
            self.open.clear();
        } else {
            let boxes = &self.boxes;
            self.open.retain(|at| ruled[boxes[*at].column..][..boxes[*at].span].contains(&false));
            let parts = self.split(line);
            for (column, _, part) in parts.into_iter().filter(|(column, ..)| !ruled[*column]) {
                self.put(column, part);
            }
        }
        self.fresh = true;
    }

    /// Takes the lines between two rules: one row, or one for each number in the first column.
    fn rows(&mut self, lines: &[Line]) {
        let split: Vec<Vec<(usize, usize, Part)>> =
            lines.iter().filter(|line| line.kind == Kind::Text).map(|line| self.split(line)).filter(|parts| !parts.is_empty()).collect();
        let first = |parts: &[(usize, usize, Part)]| parts.first().map_or("", |(.., part)| part.text.as_str()).to_owned();
        let numbered = split.iter().filter(|parts| mark::whole(&first(parts)).is_some()).count();
        for parts in split {
            if self.fresh || (numbered > 1 && !first(&parts).is_empty()) {
                if !self.fresh {
                    self.open.clear();
                }
                self.row(&parts);
            }
            for (column, _, part) in parts {
                self.put(column, part);
            }
        }
    }

    /// Opens a row; cells that no rule has closed go on.
    fn row(&mut self, parts: &[(usize, usize, Part)]) {
        let mut row = Vec::new();
        for (column, span, _) in parts {
            let going = self.open.iter().copied().find(|at| self.boxes[*at].covers(*column));
            let at = going.unwrap_or_else(|| {
                self.boxes.push(DrawnCell { column: *column, span: *span, parts: Vec::new() });
                self.boxes.len() - 1
            });
            if row.last().is_none_or(|(last, _)| *last != at) {
                row.push((at, going.is_some()));
            }
        }
        self.open = row.iter().map(|(at, _)| *at).collect();
        self.rows.push(row);
        self.fresh = false;
    }

    fn put(&mut self, column: usize, part: Part) {
        let at = self.open.iter().copied().find(|at| self.boxes[*at].covers(column));
        if let Some(at) = at.filter(|_| !part.text.is_empty()) {
            self.boxes[at].parts.push(part);
        }
    }

    /// Cuts a line at the lines between columns: column, columns covered, words.
    fn split(&self, line: &Line) -> Vec<(usize, usize, Part)> {
        let chars: Vec<char> = line.text.trim_end().chars().collect();
        let stroke = |at: &usize| is_down(chars[*at]) || is_corner(chars[*at]) && self.edges.contains(&(line.indent + at));
        let strokes: Vec<usize> = (0..chars.len()).filter(stroke).collect();
        // as many strokes as columns need stand between them, wherever letters of other widths have pushed them
        let cuts: Vec<(usize, usize)> = if strokes.len() == self.edges.len() {
            strokes.into_iter().enumerate().map(|(column, at)| (at, column)).collect()
        } else {
            let edge = |at: usize| self.edges.iter().position(|edge| *edge == line.indent + at);
            strokes.into_iter().filter_map(|at| edge(at).map(|column| (at, column))).collect()
        };
        let part = |from: usize, to: usize| {
            let inner = chars.get(from + 1..to).unwrap_or_default();
            let text: String = inner.iter().collect();
            let indent = inner.iter().take_while(|c| **c == ' ').count();
            Part { indent, text: text.trim().replace('\u{ffe8}', "|"), number: line.number }
        };
        cuts.windows(2).map(|pair| (pair[0].1, pair[1].1 - pair[0].1, part(pair[0].0, pair[1].0))).collect()
    }

    fn close(self, line: u32) -> Option<Raw> {
        let heads = self.heads.filter(|_| self.single).unwrap_or(0);
        let width = |one: &DrawnCell| (self.edges[one.column + one.span] - self.edges[one.column]).saturating_sub(3);
        let cells: Vec<Cell> = self
            .boxes
            .iter()
            .map(|one| {
                let first = one.parts.first().map_or(0, |part| part.number);
                Cell { span: u32::try_from(one.span).unwrap_or(1), ..cell(joined(&one.parts, width(one)), first) }
            })
            .collect();
        let row = |(at, row): (usize, &Vec<(usize, bool)>)| Row {
            cells: row.iter().map(|(cell, merged)| Cell { merged: *merged, ..cells[*cell].clone() }).collect(),
            heading: at < heads,
        };
        let rows: Vec<Row> = self.rows.iter().enumerate().map(row).collect();
        (!rows.is_empty()).then(|| Raw { table: Table { rows, place: Place { line, ..Place::default() } }, short: Vec::new() })
    }
}

impl DrawnCell {
    fn covers(&self, column: usize) -> bool {
        (self.column..self.column + self.span).contains(&column)
    }
}

/// Returns the paragraphs of a cell's lines, which `width` letters fit into.
fn joined(parts: &[Part], width: usize) -> Vec<Paragraph> {
    let left = parts.iter().map(|part| part.indent).min().unwrap_or(0);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Part> = None;
    // by how much the lines of an item hang
    let mut hang = None;
    for part in parts {
        let goes_on = before.is_some_and(|before| goes_on(before, part, hang, left, width));
        match (out.last_mut().filter(|_| goes_on), before) {
            (Some(open), Some(before)) => {
                if !is_cut(before, part, width) {
                    open.text.push(' ');
                }
                open.text.push_str(&part.text);
            }
            (Some(_) | None, _) => {
                let item = part.text.starts_with(['-', '+', '•', '–', '*']);
                hang = item.then(|| part.indent + part.text.chars().skip(1).take_while(|c| *c == ' ').count() + 1);
                out.push(Paragraph {
                    text: part.text.clone(),
                    place: Place { line: part.number, ..Place::default() },
                    ..Paragraph::default()
                });
            }
        }
        before = Some(part);
    }
    for paragraph in &mut out {
        paragraph.text = paragraph.text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    }
    out
}

/// Says whether a line of a cell goes on with the one before. `hang` is by how much the lines of an open item hang.
fn goes_on(before: &Part, part: &Part, hang: Option<usize>, left: usize, width: usize) -> bool {
    let text = part.text.as_str();
    let ended = before.text.ends_with(['.', ';', ':']);
    if opens_item(text, &before.text, ended) {
        // `1.` at the front of a hanging line is an item's own number
        return hang == Some(part.indent) && !text.starts_with(['-', '+', '•', '–', '*']);
    }
    if let Some(hang) = hang {
        if part.indent == hang {
            return true;
        }
        // flush below an item that hangs
        if part.indent + 2 == hang && before.indent == hang {
            return false;
        }
    }
    // set in the middle: a heading, a number, a day
    if before.indent > left || part.indent > left {
        return !ended;
    }
    let room = width.saturating_sub(before.text.chars().count() + 1);
    if text.split(' ').next().unwrap_or("").chars().count() > room {
        // a sentence may end where the line does, and a label begin
        return !(ended && is_labelled(text));
    }
    if before.text.ends_with(['.', ';']) {
        return false;
    }
    // words that stay together (`Nghi Sơn`, `Quý I/2025`, `2021 - 2025`) go down as one
    let together = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '-' | '–' | '('));
    let mut words = text.split(' ');
    let first = words.next().unwrap_or("").chars().count();
    let held = first + words.take_while(together).map(|word| word.chars().count() + 1).sum::<usize>();
    let open = text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()) || before.text.ends_with([',', '-']);
    held > room || (open && !ended)
}

/// Says whether words begin with a label (`Chỉ tiêu: …`).
fn is_labelled(text: &str) -> bool {
    text.split_once(':').is_some_and(|(label, _)| label.chars().count() < 40 && role(label).is_some())
}

/// Says whether a line ends inside a word: one that is too long for its column, or broken behind its stroke.
fn is_cut(before: &Part, part: &Part, width: usize) -> bool {
    let word = before.text.rsplit(' ').next().unwrap_or("");
    let (Some(last), Some(first)) = (word.chars().next_back(), part.text.chars().next()) else { return false };
    let stroke = word.strip_suffix('/').is_some_and(|word| word.ends_with(char::is_alphabetic));
    let full = before.text.chars().count() >= width && word.len() == before.text.len();
    // a symbol goes on in capitals and figures; no syllable has more than seven letters
    let symbol = |c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '-');
    let long = first.is_lowercase() && last.is_lowercase() && word.chars().count() > 7;
    (stroke && first.is_alphabetic()) || (full && (long || symbol(first) && symbol(last)))
}
