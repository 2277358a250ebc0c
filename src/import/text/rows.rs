//! Tables whose rows are lines: cells apart by `|` or by tabs.

use super::line::{Kind, Line};
use super::{Raw, cell, one_line};
use crate::import::block::{Place, Row, Table};

/// Lines that a row's cell may run over.
const ROW_LINES: usize = 40;

/// Returns the table that begins at a line, and the line behind it.
pub(super) fn table(lines: &[Line], at: usize) -> Option<(Raw, usize)> {
    if is_piped(&lines[at].text) {
        return piped(lines, at);
    }
    tabbed(lines, at)
}

fn is_piped(text: &str) -> bool {
    let bars = text.matches('|').count();
    let edged = text.starts_with('|') || text.ends_with('|');
    bars >= 2 || (bars == 1 && edged)
}

fn piped(lines: &[Line], at: usize) -> Option<(Raw, usize)> {
    let first = lines[at].text.matches('|').count();
    let edged = lines[at].text.starts_with('|');
    let mut wanted = first;
    let mut out: Vec<Row> = Vec::new();
    let mut end = at;
    let mut next = at;
    while let Some(line) = lines.get(next) {
        if line.kind != Kind::Text {
            // one blank line between rows of the same width
            let goes_on = line.kind != Kind::Bar
                && lines.get(next + 1).is_some_and(|line| line.kind == Kind::Text && line.text.matches('|').count() == wanted);
            if goes_on && !out.is_empty() {
                next += 1;
                continue;
            }
            break;
        }
        let (text, taken) = whole_row(lines, next, wanted);
        if !is_piped(&text) {
            break;
        }
        // where the rows above open without a bar, one in front parts an empty first cell from the rest
        let cells = split(&text, !edged && text.matches('|').count() <= first);
        if cells.iter().all(|cell| is_ruling(cell)) {
            if let Some(row) = out.last_mut() {
                row.heading = true;
            }
        } else {
            wanted = wanted.max(text.matches('|').count());
            out.push(Row { cells: cells.iter().map(|text| cell(one_line(text, line), line.number)).collect(), heading: false });
        }
        next += taken;
        end = next;
    }
    made(out, lines[at].number).map(|raw| (raw, end))
}

/// Returns a row that may run over several lines, where the line alone has too few bars and does not end with one.
fn whole_row(lines: &[Line], at: usize, wanted: usize) -> (String, usize) {
    let line = &lines[at].text;
    let own = line.matches('|').count();
    if own == 0 || own >= wanted || line.ends_with('|') {
        return (line.clone(), 1);
    }
    let mut text = line.clone();
    let mut bars = own;
    for (taken, next) in lines[at + 1..].iter().take_while(|line| line.kind == Kind::Text).take(ROW_LINES).enumerate() {
        bars += next.text.matches('|').count();
        if bars > wanted {
            break;
        }
        let item = crate::import::mark::opening(&next.text).is_some();
        text.push(if item { '\n' } else { ' ' });
        text.push_str(&next.text);
        if bars == wanted && next.text.ends_with('|') {
            return (text, taken + 2);
        }
    }
    (line.clone(), 1)
}

fn split(text: &str, empty_first: bool) -> Vec<String> {
    let inner = text.strip_prefix('|').filter(|_| !empty_first).unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    inner.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// `---`, `:--:`: what markdown draws below a heading.
fn is_ruling(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' ' | '=')) && cell.contains(['-', '='])
}

fn tabbed(lines: &[Line], at: usize) -> Option<(Raw, usize)> {
    let columns = lines[at].text.matches('\t').count() + 1;
    if columns < 3 {
        return None;
    }
    let mut out: Vec<Row> = Vec::new();
    let mut end = at;
    for (next, line) in lines.iter().enumerate().skip(at) {
        if line.kind != Kind::Text || !line.text.contains('\t') {
            break;
        }
        let cells: Vec<&str> = line.text.split('\t').collect();
        end = next + 1;
        if cells.iter().all(|cell| is_ruling(cell.trim())) {
            continue;
        }
        out.push(Row { cells: cells.into_iter().map(|text| cell(one_line(text, line), line.number)).collect(), heading: false });
    }
    made(out, lines[at].number).map(|raw| (raw, end))
}

fn made(rows: Vec<Row>, line: u32) -> Option<Raw> {
    (!rows.is_empty()).then(|| Raw { table: Table { rows, place: Place { line, ..Place::default() } }, short: Vec::new() })
}
