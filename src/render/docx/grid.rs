//! Widths of table columns, and which rows may be parted over two pages.

use super::measure::width;
use crate::render::text::units;
use crate::render::view::{Cell, Row, Table};

/// Size of the letters in tables, in points.
const SIZE: u32 = 12;
/// Left and right margin of a cell together, in twips; the style of tables has the same.
const MARGINS: u32 = 170;
/// By how much a column is tried wider or narrower, in twips.
const STEP: u32 = 140;
/// Rows of up to so many lines stay on one page.
const WHOLE: u32 = 16;
/// Names and dates of up to so many letters are kept on one line in a cell.
pub(super) const GLUED: usize = 12;

/// The words of one cell, measured.
struct Measured {
    /// One list per line of the cell.
    lines: Vec<Vec<u32>>,
}

/// Returns column widths in twips that fill `room`: each at least as wide as its longest word, the rest so that the table is short.
pub(in crate::render) fn grid(table: &Table, room: u32) -> Vec<u32> {
    let count = u32::try_from(table.columns.len()).unwrap_or(u32::MAX);
    if count == 0 {
        return Vec::new();
    }
    let columns: Vec<Vec<Measured>> = (0..table.columns.len()).map(|at| column(table, at)).collect();
    let least: Vec<u32> = columns.iter().map(|cells| longest(cells) + MARGINS + 20).collect();
    let mut widths = shared(&columns, &least, room);
    shorten(&columns, &least, &mut widths);
    widths
}

/// Says whether a row is so short that it stays on one page.
pub(super) fn is_short(row: &Row, widths: &[u32]) -> bool {
    lines(&row.cells, widths) <= WHOLE
}

/// Returns how many lines of text a row takes in columns of these widths.
pub(in crate::render) fn lines(cells: &[Cell], widths: &[u32]) -> u32 {
    let cells = cells.iter().zip(widths);
    cells.map(|(cell, width)| height(&measured(cell, false), width.saturating_sub(MARGINS))).max().unwrap_or(0)
}

fn column(table: &Table, at: usize) -> Vec<Measured> {
    let title = table.columns.get(at).map(|column| column.title.replace('/', "/ "));
    let cells = table.rows.iter().filter_map(|row| Some(measured(row.cells.get(at)?, row.heading)));
    title.iter().map(|title| measured(std::slice::from_ref(title), true)).chain(cells).collect()
}

fn measured(lines: &[String], bold: bool) -> Measured {
    let words = |line: &String| {
        let units = units(line).into_iter();
        let words = units.flat_map(|unit| if unit.chars().count() > GLUED { unit.split(' ').collect() } else { vec![unit] });
        words.map(|word| width(word, SIZE, bold)).collect()
    };
    Measured { lines: lines.iter().map(words).collect() }
}

fn longest(cells: &[Measured]) -> u32 {
    cells.iter().flat_map(|cell| &cell.lines).flatten().copied().max().unwrap_or(0)
}

/// Returns how many lines a cell takes in a width.
fn height(cell: &Measured, width: u32) -> u32 {
    let space = self::width(" ", SIZE, false);
    let line = |words: &Vec<u32>| {
        let (mut lines, mut used) = (1u32, 0u32);
        for word in words {
            if used > 0 && used.saturating_add(space).saturating_add(*word) > width {
                lines += 1;
                used = *word;
            } else {
                used = used.saturating_add(if used > 0 { space } else { 0 }).saturating_add(*word);
            }
        }
        lines
    };
    cell.lines.iter().map(line).sum()
}

/// Gives each column its longest word, and shares the rest by how much text there is.
fn shared(columns: &[Vec<Measured>], least: &[u32], room: u32) -> Vec<u32> {
    let needed: u64 = least.iter().map(|width| u64::from(*width)).sum();
    if needed > u64::from(room) {
        // too many columns: all give way alike, and long words break
        let part = |width: u32| u32::try_from(u64::from(width) * u64::from(room) / needed.max(1)).unwrap_or(0).max(1);
        return least.iter().map(|width| part(*width)).collect();
    }
    let mass = |cells: &Vec<Measured>| cells.iter().flat_map(|cell| &cell.lines).flatten().map(|word| u64::from(*word)).sum::<u64>();
    let widest = |cells: &Vec<Measured>| {
        let space = width(" ", SIZE, false);
        let line = |words: &Vec<u32>| words.iter().fold(0u32, |sum, word| sum.saturating_add(*word).saturating_add(space));
        cells.iter().flat_map(|cell| &cell.lines).map(line).max().unwrap_or(0).saturating_add(MARGINS)
    };
    let masses: Vec<u64> = columns.iter().map(mass).collect();
    let most: Vec<u32> = columns.iter().map(widest).collect();
    let mut widths = least.to_vec();
    let mut rest = room.saturating_sub(widths.iter().sum());
    while rest > 0 {
        let step = STEP.min(rest);
        let hungry = (0..widths.len()).filter(|at| widths[*at] < most[*at]);
        let due = |at: &usize| (masses[*at] * 1000 / u64::from(widths[*at]).pow(2).max(1), usize::MAX - *at);
        // where all are content the widest column takes what is left
        let next = hungry.max_by_key(due).or_else(|| (0..widths.len()).max_by_key(|at| (widths[*at], usize::MAX - *at)));
        let Some(at) = next else { break };
        widths[at] += step;
        rest -= step;
    }
    widths
}

/// Moves width between columns as long as the table becomes shorter by it.
fn shorten(columns: &[Vec<Measured>], least: &[u32], widths: &mut [u32]) {
    const ROUNDS: usize = 60;
    // so many cells may be measured in all: a table of thousands of rows keeps its first widths
    const CELLS: usize = 400_000;
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let pairs = columns.len() * columns.len();
    let rounds = ROUNDS.min(CELLS / (rows * pairs).max(1));
    let of = |at: usize, width: u32| columns[at].iter().map(|cell| height(cell, width.saturating_sub(MARGINS))).collect::<Vec<u32>>();
    let mut heights: Vec<Vec<u32>> = (0..columns.len()).map(|at| of(at, widths[at])).collect();
    let total = |heights: &[Vec<u32>]| {
        let tallest = |row: usize| heights.iter().filter_map(|column| column.get(row)).max().copied().unwrap_or(0);
        (0..rows).map(|row| u64::from(tallest(row))).sum::<u64>()
    };
    let mut best = total(&heights);
    for _ in 0..rounds {
        let mut found = None;
        for from in 0..widths.len() {
            if widths[from] < least[from] + STEP {
                continue;
            }
            let narrower = of(from, widths[from] - STEP);
            for to in (0..widths.len()).filter(|to| *to != from) {
                let old = [
                    std::mem::replace(&mut heights[from], narrower.clone()),
                    std::mem::replace(&mut heights[to], of(to, widths[to] + STEP)),
                ];
                let now = total(&heights);
                if now < best {
                    best = now;
                    found = Some((from, to));
                }
                let [first, second] = old;
                heights[to] = second;
                heights[from] = first;
            }
        }
        let Some((from, to)) = found else { break };
        widths[from] -= STEP;
        widths[to] += STEP;
        heights[from] = of(from, widths[from]);
        heights[to] = of(to, widths[to]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::view::TableColumn;

    fn table(titles: &[&str], rows: &[&[&str]]) -> Table {
        let columns = titles.iter().map(|title| TableColumn { title: (*title).into(), centred: false }).collect();
        let row = |row: &&[&str]| Row { cells: row.iter().map(|cell| vec![(*cell).to_owned()]).collect(), ..Row::default() };
        Table { columns, rows: rows.iter().map(row).collect() }
    }

    #[test]
    fn columns_fill_the_page_and_the_longer_text_has_more() {
        let long = "Kiểm tra việc thực hiện nhiệm vụ cải cách hành chính ở các xã, thị trấn trên địa bàn huyện".repeat(2);
        let widths = grid(&table(&["TT", "Nội dung", "Thời gian"], &[&["1", &long, "Quý IV/2023"]]), 14000);
        assert_eq!(widths.iter().sum::<u32>(), 14000);
        assert!(widths[1] > widths[2] && widths[2] > widths[0], "{widths:?}");
    }

    #[test]
    fn no_word_is_wider_than_its_column() {
        let widths = grid(&table(&["TT", "A", "B"], &[&["1", &"nghiêng ".repeat(400), "nghiêng"]]), 6000);
        assert!(widths[2] >= width("nghiêng", SIZE, false) + MARGINS, "{widths:?}");
    }

    #[test]
    fn more_columns_than_fit_share_the_page() {
        let titles = ["nghiêng"; 40];
        let widths = grid(&table(&titles, &[]), 6000);
        assert!(widths.len() == 40 && widths.iter().sum::<u32>() <= 6000, "{widths:?}");
    }

    #[test]
    fn a_tall_row_may_be_parted_and_a_low_one_not() {
        let row = |words: usize| Row { cells: vec![vec!["nghiêng ".repeat(words)]], ..Row::default() };
        assert!(is_short(&row(5), &[1500]) && !is_short(&row(50), &[1500]));
    }
}
