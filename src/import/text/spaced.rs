//! Columns that only blanks part, as converters of PDF print them: tables below headings, and the two columns of a letterhead or a signature.

use std::ops::Range;

use super::line::{Kind, Line};
use super::paragraph::{Breaking, paragraphs};
use super::{Raw, cell};
use crate::base::even;
use crate::import::block::{Cell, Place, Row, Table};
use crate::import::column::{Role, role};
use crate::import::mark;

/// Blanks that part the two columns of a letterhead.
const WIDE: usize = 5;

/// A run of words in a line, with its first and last column.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    columns: Range<usize>,
    text: String,
}

/// Returns the words of a line that at least `gap` blanks part.
fn segments(line: &Line, gap: usize) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    let mut blanks = gap;
    for (at, c) in line.text.chars().enumerate() {
        let column = line.indent + at;
        if c == ' ' {
            blanks += 1;
            continue;
        }
        match out.last_mut() {
            Some(last) if blanks < gap => {
                last.text.extend(std::iter::repeat_n(' ', blanks));
                last.text.push(c);
                last.columns.end = column + 1;
            }
            Some(_) | None => out.push(Segment { columns: column..column + 1, text: c.to_string() }),
        }
        blanks = 0;
    }
    out
}

/// Returns the table whose headings stand in a line, and the line behind its last row.
pub(super) fn table(lines: &[Line], at: usize, breaking: Breaking) -> Option<(Raw, usize)> {
    let heads = segments(&lines[at], 2);
    let known = heads.iter().filter(|head| role(&head.text).is_some()).count();
    if heads.len() < 3 || known < 3 || role(&heads[0].text) != Some(Role::Number) {
        return None;
    }
    let end = region(lines, at, &heads);
    let edges = edges(lines, at, end, &heads);
    let mut rows: Vec<Vec<Vec<Line>>> = Vec::new();
    let mut heading: Vec<Vec<Line>> = vec![Vec::new(); heads.len()];
    let blocks = by_blanks(lines, at, end, &edges);
    let mut in_heading = true;
    let mut fresh = true;
    for line in &lines[at..end] {
        if line.kind != Kind::Text {
            fresh = true;
            continue;
        }
        if is_page_number(line, &edges) {
            continue;
        }
        let cells = cut(line, &edges);
        let first = &cells[0];
        if role(first) == Some(Role::Number) {
            // the headings again on the next page
            in_heading = true;
            if rows.is_empty() {
                put(&mut heading, &cells, line);
            }
            fresh = false;
            continue;
        }
        let labelled = mark::whole(first).is_some();
        if in_heading && !labelled && !(blocks && fresh) {
            if rows.is_empty() {
                put(&mut heading, &cells, line);
            }
            continue;
        }
        in_heading = false;
        let new_row = if blocks { fresh } else { labelled };
        if new_row || rows.is_empty() {
            rows.push(vec![Vec::new(); heads.len()]);
        }
        if let Some(row) = rows.last_mut() {
            put(row, &cells, line);
        }
        fresh = false;
    }
    if rows.is_empty() {
        return None;
    }
    let made = |cells: &[Vec<Line>], heading: bool| Row {
        cells: cells
            .iter()
            .map(|lines| cell(paragraphs(lines, Breaking { wrapped: true, ..breaking }.in_cell()), first_line(lines)))
            .collect(),
        heading,
    };
    let mut table = Table { rows: vec![made(&heading, true)], place: Place { line: lines[at].number, ..Place::default() } };
    table.rows.extend(rows.iter().map(|row| made(row, false)));
    Some((Raw { table, short: Vec::new() }, end))
}

fn first_line(lines: &[Line]) -> u32 {
    lines.first().map_or(0, |line| line.number)
}

/// Puts the cells of one line below those of the lines before.
fn put(row: &mut [Vec<Line>], cells: &[String], line: &Line) {
    for (slot, text) in row.iter_mut().zip(cells) {
        if !text.is_empty() {
            slot.push(Line { text: text.clone(), indent: 0, ..line.clone() });
        }
    }
}

/// Returns the line behind the table: text over all columns ends it.
fn region(lines: &[Line], at: usize, heads: &[Segment]) -> usize {
    let second = heads.get(1).map_or(0, |head| head.columns.start);
    let mut end = at + 1;
    let mut blanks = 0;
    for (next, line) in lines.iter().enumerate().skip(at + 1) {
        match line.kind {
            Kind::Empty | Kind::Filler => {
                blanks += 1;
                if blanks > 3 {
                    break;
                }
            }
            Kind::Rule | Kind::Bar => break,
            Kind::Text => {
                let parts = segments(line, 2);
                let Some(first) = parts.first() else { break };
                let numbered = mark::whole(&first.text).is_some() || role(&first.text) == Some(Role::Number);
                let inside = first.columns.start + 2 >= second;
                let tight = parts.len() == 1 && first.columns.start + 2 < second && !numbered;
                // `1 Nâng cấp …`: number and text with one blank between
                let glued = mark::whole(first.text.split(' ').next().unwrap_or("")).is_some() && first.columns.end > second;
                if tight && !glued || !(numbered || inside || glued || parts.len() > 1) {
                    break;
                }
                if ["PHỤ LỤC", "Phụ lục", "Nơi nhận", "DANH MỤC"].iter().any(|word| first.text.starts_with(word)) {
                    break;
                }
                blanks = 0;
                end = next + 1;
            }
        }
    }
    end
}

/// Returns where each column but the first begins: in the middle of the widest blank river before it.
fn edges(lines: &[Line], at: usize, end: usize, heads: &[Segment]) -> Vec<usize> {
    let texts: Vec<&Line> = lines[at..end].iter().filter(|line| line.kind == Kind::Text && segments(line, 2).len() > 1).collect();
    let width = texts.iter().map(|line| line.indent + line.text.chars().count()).max().unwrap_or(0);
    let mut filled = vec![0usize; width + 1];
    for line in &texts {
        for segment in segments(line, 2) {
            for count in &mut filled[segment.columns.clone()] {
                *count += 1;
            }
        }
    }
    let few = texts.len() / 12;
    heads
        .windows(2)
        .map(|pair| {
            let (from, to) = (pair[0].columns.start + 1, pair[1].columns.end.min(width));
            let mut best: Range<usize> = 0..0;
            let mut column = from;
            while column < to {
                let run = (column..to).take_while(|at| filled.get(*at).is_none_or(|count| *count <= few)).count();
                if run > best.len() {
                    best = column..column + run;
                }
                column += run.max(1);
            }
            if best.is_empty() { pair[1].columns.start } else { best.end }
        })
        .collect()
}

/// Cuts a line at the edges of the columns; words that run over an edge stay in the column where they begin.
fn cut(line: &Line, edges: &[usize]) -> Vec<String> {
    let mut out = vec![String::new(); edges.len() + 1];
    for segment in segments(line, 2) {
        let mut part = String::new();
        let mut slot = edges.iter().filter(|edge| **edge <= segment.columns.start).count();
        let mut before = ' ';
        for (column, c) in (segment.columns.start..).zip(segment.text.chars()) {
            let here = edges.iter().filter(|edge| **edge <= column).count();
            if here > slot && before == ' ' {
                add(&mut out[slot], &part);
                part.clear();
                slot = here;
            }
            part.push(c);
            before = c;
        }
        add(&mut out[slot], &part);
    }
    out
}

fn add(cell: &mut String, text: &str) {
    let text = text.trim();
    if !text.is_empty() {
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(text);
    }
}

fn is_page_number(line: &Line, edges: &[usize]) -> bool {
    let alone = line.text.trim_matches(['-', ' ', '–']);
    let number = !alone.is_empty() && alone.chars().all(|c| c.is_ascii_digit());
    number && edges.first().is_some_and(|edge| line.indent >= *edge)
}

/// Says whether blank lines part the rows: each block of lines has one number, wherever in the block it stands.
fn by_blanks(lines: &[Line], at: usize, end: usize, edges: &[usize]) -> bool {
    let (mut blocks, mut single, mut labels) = (0usize, 0usize, 0usize);
    let mut close = |labels: &mut usize, any: bool| {
        if any {
            blocks += 1;
            single += usize::from(*labels == 1);
        }
        *labels = 0;
    };
    let mut any = false;
    for line in &lines[at..end] {
        if line.kind == Kind::Text {
            let first = &cut(line, edges)[0];
            any |= role(first) != Some(Role::Number);
            labels += usize::from(mark::whole(first).is_some());
        } else {
            close(&mut labels, any);
            any = false;
        }
    }
    close(&mut labels, any);
    // the headings are a block too
    single >= 2 && single + 1 >= blocks
}

/// Returns the two columns that stand side by side from a line on (a letterhead, a signature) as a table of one row.
pub(super) fn pair(lines: &[Line], at: usize, breaking: Breaking) -> Option<(Raw, usize)> {
    let first = segments(&lines[at], WIDE);
    let [_, right] = first.as_slice() else { return None };
    let mut edge = right.columns.start;
    let (mut end, mut doubles, mut blanks, mut signed) = (at + 1, 1usize, 0usize, false);
    let mut left_end = first[0].columns.end;
    let mut right_end = right.columns.end;
    // below `Nơi nhận:` recipients stand alone for as long as the signature leaves room
    let signing = even(&first[0].text).starts_with("nơi nhận");
    for (next, line) in lines.iter().enumerate().skip(at + 1).take(40) {
        let parts = segments(line, WIDE);
        match (line.kind, parts.as_slice()) {
            (Kind::Empty | Kind::Filler, _) => {
                blanks += 1;
                if blanks > 4 {
                    break;
                }
                continue;
            }
            (Kind::Rule | Kind::Bar, _) => continue,
            (Kind::Text, [one, other]) if other.columns.start + 12 >= edge && one.columns.end < edge.max(other.columns.start) => {
                edge = edge.min(other.columns.start);
                left_end = left_end.max(one.columns.end);
                right_end = right_end.max(other.columns.end);
                doubles += 1;
                end = next + 1;
            }
            (Kind::Text, [one]) if one.columns.start > left_end && in_right(one, edge, right_end) => {
                signed = true;
                end = next + 1;
            }
            (Kind::Text, [one]) if one.columns.end < edge && one.columns.start < 8 && (doubles > 1 || signing) => {
                left_end = left_end.max(one.columns.end);
                // a line of the left column alone counts only where the block goes on
                if blanks > 1 {
                    break;
                }
                if one.text.starts_with(['-', '+']) {
                    end = next + 1;
                }
            }
            (Kind::Text, _) => break,
        }
        blanks = 0;
    }
    if doubles < 2 && !(signing && signed) {
        return None;
    }
    let mut columns: [Vec<Line>; 2] = [Vec::new(), Vec::new()];
    for line in lines[at..end].iter().filter(|line| line.kind == Kind::Text) {
        for part in segments(line, WIDE) {
            let side = usize::from(part.columns.start + 12 >= edge && in_right(&part, edge, right_end));
            let indent = part.columns.start;
            match columns[side].last_mut() {
                // what hangs below an item is the item's
                Some(open) if open.text.starts_with(['-', '+']) && indent == open.indent + 2 && mark::opening(&part.text).is_none() => {
                    open.text = format!("{} {}", open.text, part.text);
                }
                Some(_) | None => columns[side].push(Line { text: part.text, indent, ..line.clone() }),
            }
        }
    }
    // each line is one of a letterhead's or a signature's own
    let made = |lines: &Vec<Line>| -> Cell {
        let each = lines.iter().flat_map(|line| paragraphs(std::slice::from_ref(line), breaking)).collect();
        cell(each, first_line(lines))
    };
    let row = Row { cells: columns.iter().map(made).collect(), heading: false };
    let table = Table { rows: vec![row], place: Place { line: lines[at].number, ..Place::default() } };
    Some((Raw { table, short: Vec::new() }, end))
}

/// Says whether words stand in the right column: their middle is nearer to the middle of that column than to the page's.
fn in_right(segment: &Segment, edge: usize, right_end: usize) -> bool {
    let middle = segment.columns.start + segment.columns.end;
    middle.abs_diff(edge + right_end) < middle.abs_diff(right_end)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    fn shown(raw: &Raw) -> Vec<String> {
        let text = |cell: &Cell| cell.paragraphs.iter().map(|p| p.text.clone()).collect::<Vec<_>>().join("/");
        raw.table.rows.iter().map(|row| row.cells.iter().map(text).collect::<Vec<_>>().join("|")).collect()
    }

    const PLAIN: Breaking = Breaking { wrapped: false, width: 80, cell: false };

    #[test]
    fn columns_of_blanks_are_a_table() {
        let text = "\
 TT   Nội dung nhiệm vụ            Cơ quan chủ trì     Thời gian
                                                       hoàn thành
 I    HẠ TẦNG
 1    Nâng cấp đường truyền tại    Phòng Văn hóa và    Quý II/2024
      các xã                       Thông tin
 2    Mua máy                      Văn phòng           Tháng 6/2024

Các phòng thực hiện nghiêm túc Kế hoạch này theo chức năng được giao.";
        let lines = lines(text);
        let (raw, end) = table(&lines, 0, PLAIN).expect("a table");
        assert_eq!(end, 6);
        assert_eq!(
            shown(&raw),
            [
                "TT|Nội dung nhiệm vụ|Cơ quan chủ trì|Thời gian hoàn thành",
                "I|HẠ TẦNG||",
                "1|Nâng cấp đường truyền tại các xã|Phòng Văn hóa và Thông tin|Quý II/2024",
                "2|Mua máy|Văn phòng|Tháng 6/2024"
            ]
        );
    }

    #[test]
    fn a_number_in_the_middle_of_its_row_is_the_rows() {
        let text = "\
 TT   Nội dung nhiệm vụ            Cơ quan chủ trì     Thời gian

      Nâng cấp đường truyền tại    Phòng Văn hóa và
 1                                                     Quý II/2024
      các xã                       Thông tin

      Mua máy tính cho các         Văn phòng
 2                                                     Tháng 6/2024
      phòng";
        let lines = lines(text);
        let (raw, _) = table(&lines, 0, PLAIN).expect("a table");
        assert_eq!(
            shown(&raw)[1..],
            [
                "1|Nâng cấp đường truyền tại các xã|Phòng Văn hóa và Thông tin|Quý II/2024",
                "2|Mua máy tính cho các phòng|Văn phòng|Tháng 6/2024"
            ]
        );
    }

    #[test]
    fn a_letterhead_is_two_columns() {
        let text = "\
ỦY BAN NHÂN DÂN                     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
HUYỆN BÌNH AN                            Độc lập - Tự do - Hạnh phúc
Số: 25/KH-UBND                      Bình An, ngày 10 tháng 01 năm 2024

                              KẾ HOẠCH";
        let lines = lines(text);
        let (raw, end) = pair(&lines, 0, PLAIN).expect("two columns");
        assert_eq!(end, 3);
        assert_eq!(
            shown(&raw),
            [
                "ỦY BAN NHÂN DÂN/HUYỆN BÌNH AN/Số: 25/KH-UBND|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/Độc lập - Tự do - Hạnh phúc/Bình An, ngày 10 tháng 01 năm 2024"
            ]
        );
    }
}
