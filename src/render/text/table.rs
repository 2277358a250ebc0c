//! Tables drawn with lines: column widths fitted to the content and the page.

use super::columns::centred;
use super::glue::units;
use super::measure::{filled, width_of};
use super::wrap::{hang_of, item, paragraph, words};
use crate::render::view::{Row, Table};

/// Returns the table as lines of exactly `width` columns. A table of more columns than fit is written row by row, each value behind its title.
pub(in crate::render) fn draw(table: &Table, width: usize) -> Vec<String> {
    let count = table.columns.len();
    if count == 0 {
        return Vec::new();
    }
    // two spaces and a rule for each column, one rule at the end; narrower than three letters no column can be read
    let Some(room) = width.checked_sub(3 * count + 1).filter(|room| *room >= 3 * count) else {
        return cards(table, width);
    };
    let widths = fit(table, room);
    let header: Vec<Vec<String>> = table.columns.iter().zip(&widths).map(|(column, width)| title(&column.title, *width)).collect();
    let mut out = vec![rule('┌', '┬', '┐', &widths)];
    out.extend(row(&header, &widths, true));
    for cells in &table.rows {
        out.push(rule('├', '┼', '┤', &widths));
        let columns = table.columns.iter().zip(&widths).enumerate();
        let set = columns.map(|(at, (column, width))| match cells.cells.get(at) {
            Some(cell) if column.centred => centred(cell, *width),
            Some(cell) => cell.iter().flat_map(|line| item(line, *width)).collect(),
            None => Vec::new(),
        });
        out.extend(row(&set.collect::<Vec<_>>(), &widths, false));
    }
    out.push(rule('└', '┴', '┘', &widths));
    out
}

/// Sets a column's title: `Sản phẩm/Kết quả` whole, or broken behind the stroke.
fn title(text: &str, width: usize) -> Vec<String> {
    if width_of(text) <= width { centred(&[text], width) } else { centred(&[apart(text)], width) }
}

/// Allows a break behind each stroke between letters.
fn apart(text: &str) -> String {
    text.replace('/', "/ ")
}

fn rule(left: char, middle: char, right: char, widths: &[usize]) -> String {
    let parts: Vec<String> = widths.iter().map(|width| "─".repeat(width + 2)).collect();
    format!("{left}{}{right}", parts.join(&middle.to_string()))
}

/// Joins the broken cells of one row; short cells of a heading stand in the middle of its height.
fn row(cells: &[Vec<String>], widths: &[usize], middle: bool) -> Vec<String> {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
    (0..height)
        .map(|line| {
            let parts = cells.iter().zip(widths).map(|(cell, width)| {
                let skip = if middle { (height - cell.len()) / 2 } else { 0 };
                let text = line.checked_sub(skip).and_then(|at| cell.get(at)).map_or("", String::as_str);
                format!(" {} ", filled(text, *width))
            });
            format!("│{}│", parts.collect::<Vec<_>>().join("│"))
        })
        .collect()
}

/// The widths of a line's words, and by how much what follows its first words hangs.
struct Line {
    hang: usize,
    /// What belongs together, without the dash, which stands outside the hanging block.
    units: Vec<Unit>,
}

/// Words that belong together: a single word, or `ngày 24/12/2021`.
struct Unit {
    width: usize,
    /// The words, where there are several.
    words: Vec<usize>,
}

impl Unit {
    fn new(text: &str) -> Self {
        let words = words(text);
        let several = words.len() > 1;
        Self { width: width_of(text), words: if several { words.into_iter().map(width_of).collect() } else { Vec::new() } }
    }

    /// Returns the widths of the pieces that a line of `room` takes it in.
    fn pieces(&self, room: usize) -> &[usize] {
        if self.width > room && !self.words.is_empty() { &self.words } else { std::slice::from_ref(&self.width) }
    }

    fn longest_word(&self) -> usize {
        self.words.iter().copied().max().unwrap_or(self.width)
    }
}

impl Line {
    fn new(text: &str) -> Self {
        let hang = hang_of(text);
        let units = units(text.get(hang..).unwrap_or("")).into_iter();
        Self { hang, units: units.map(Unit::new).collect() }
    }

    fn room(&self, width: usize) -> usize {
        width.saturating_sub(self.hang).max(1)
    }

    /// Returns how many units of several words are broken in `width`.
    fn broken(&self, width: usize) -> usize {
        let room = self.room(width);
        self.units.iter().filter(|unit| unit.pieces(room).len() > 1).count()
    }

    /// Returns how many lines it takes in `width`: as [`item`] breaks it, words counted and not written.
    fn height(&self, width: usize) -> usize {
        let room = self.room(width);
        let mut height = 1;
        let mut used = None;
        for word in self.units.iter().flat_map(|unit| unit.pieces(room)) {
            match used {
                Some(used_so_far) if used_so_far + 1 + word <= room => used = Some(used_so_far + 1 + word),
                other => {
                    let cuts = word.saturating_sub(1) / room;
                    height += usize::from(other.is_some()) + cuts;
                    used = Some(word - cuts * room);
                }
            }
        }
        height
    }
}

/// A column measured once: title, cells by row.
struct Measured {
    /// The title as it breaks.
    title: Line,
    /// As wide as that, the title takes one line.
    title_width: usize,
    cells: Vec<Vec<Line>>,
    /// Its longest word: narrower than that, words are cut.
    least: usize,
    /// As wide as that, its title takes two lines at most.
    easy: usize,
    /// Its longest line: wider than that, nothing is gained.
    most: usize,
    centred: bool,
}

impl Measured {
    fn new(table: &Table, at: usize) -> Self {
        let column = &table.columns[at];
        let cell = |row: &Row| row.cells.get(at).map_or_else(Vec::new, |cell| cell.iter().map(|text| Line::new(text)).collect());
        let cells: Vec<Vec<Line>> = table.rows.iter().map(cell).collect();
        let title = Line::new(&apart(&column.title));
        let title_width = width_of(&column.title);
        let all = || cells.iter().flatten().chain([&title]);
        let longest = all().flat_map(|line| line.units.iter().map(|unit| unit.longest_word() + line.hang)).max();
        let widest = all().map(|line| line.hang + line.units.iter().map(|unit| unit.width + 1).sum::<usize>().saturating_sub(1)).max();
        let least = longest.unwrap_or(1).max(1);
        let easy = (least..).find(|width| title.height(*width) <= 2).unwrap_or(least);
        Self { least, easy, most: widest.unwrap_or(1).max(easy), centred: column.centred, title, title_width, cells }
    }

    /// Returns the heights of title and cells in `width`.
    fn heights(&self, width: usize) -> Heights {
        let cells: Vec<usize> = self.cells.iter().map(|cell| cell.iter().map(|line| line.height(width)).sum()).collect();
        let title = if width >= self.title_width { 1 } else { self.title.height(width) };
        let broken = self.cells.iter().flatten().map(|line| line.broken(width)).sum();
        Heights { title, sum: cells.iter().sum(), cells, broken, cut: self.least.saturating_sub(width) }
    }
}

/// How tall a column is in some width.
struct Heights {
    title: usize,
    cells: Vec<usize>,
    sum: usize,
    /// How many units of several words are broken.
    broken: usize,
    /// By how much words are too long.
    cut: usize,
}

/// Shares `room` among the columns so that the table is as short as can be and no word is cut that need not be.
fn fit(table: &Table, room: usize) -> Vec<usize> {
    const STEPS: [usize; 5] = [1, 2, 3, 5, 8];
    let columns: Vec<Measured> = (0..table.columns.len()).map(|at| Measured::new(table, at)).collect();
    let mut widths = first_guess(&columns, room);
    // heights by column and width, each counted once
    let mut known: Vec<Vec<Option<Heights>>> = columns.iter().map(|_| (0..=room).map(|_| None).collect()).collect();
    let learn = |known: &mut Vec<Vec<Option<Heights>>>, widths: &[usize]| {
        for (at, column) in columns.iter().enumerate() {
            let near = STEPS.iter().flat_map(|step| [widths[at].saturating_sub(*step), widths[at] + step]).chain([widths[at]]);
            for width in near.filter(|width| (1..=room).contains(width)) {
                known[at][width].get_or_insert_with(|| column.heights(width));
            }
        }
    };
    learn(&mut known, &widths);
    let mut best = cost(&known, &widths);
    // each round moves some letters from one column to another where that shortens the table most
    for _ in 0..40 {
        let mut found: Option<(usize, Vec<usize>)> = None;
        let mut tried = widths.clone();
        for from in 0..columns.len() {
            for to in (0..columns.len()).filter(|to| *to != from) {
                for step in STEPS.into_iter().take_while(|step| *step < widths[from]) {
                    tried[from] -= step;
                    tried[to] += step;
                    let cost = cost(&known, &tried);
                    if cost < found.as_ref().map_or(best, |(cost, _)| *cost) {
                        found = Some((cost, tried.clone()));
                    }
                    tried[from] += step;
                    tried[to] -= step;
                }
            }
        }
        let Some((cost, better)) = found else { break };
        (best, widths) = (cost, better);
        learn(&mut known, &widths);
    }
    widths
}

/// Returns how bad a choice of widths is: cut letters first, then lines of the whole table and broken units alike, then lines of single cells.
fn cost(known: &[Vec<Option<Heights>>], widths: &[usize]) -> usize {
    let heights: Vec<&Heights> = known.iter().zip(widths).filter_map(|(column, width)| column.get(*width)?.as_ref()).collect();
    // INVARIANT: all widths that are tried have been learnt; an unknown one is never the best
    if heights.len() < widths.len() {
        return usize::MAX;
    }
    let rows = heights.first().map_or(0, |column| column.cells.len());
    let tallest = |row: usize| heights.iter().map(|column| column.cells[row]).max().unwrap_or(1).max(1);
    let title = heights.iter().map(|column| column.title).max().unwrap_or(1);
    let broken: usize = heights.iter().map(|column| column.broken).sum();
    let lines = title + (0..rows).map(tallest).sum::<usize>() + broken;
    let cut: usize = heights.iter().map(|column| column.cut).sum();
    let single: usize = heights.iter().map(|column| column.sum).sum();
    cut.saturating_mul(1_000_000_000).saturating_add(lines.saturating_mul(1000)).saturating_add(single.min(999))
}

/// Gives each column its longest word, and shares the rest by how much text there is.
fn first_guess(columns: &[Measured], room: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = columns.iter().map(|column| column.easy).collect();
    if widths.iter().sum::<usize>() > room {
        widths = columns.iter().map(|column| column.least).collect();
    }
    // too narrow for the longest words: the widest columns give way first
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = (0..widths.len()).max_by_key(|at| (widths[*at], usize::MAX - at)).filter(|at| widths[*at] > 1) else { break };
        widths[widest] -= 1;
    }
    let mass = |column: &Measured| column.cells.iter().flatten().flat_map(|line| &line.units).map(|unit| unit.width + 1).sum::<usize>();
    let masses: Vec<usize> = columns.iter().map(mass).collect();
    // one letter at a time to whom it is due most; beyond their longest line columns grow only where all are content
    for _ in widths.iter().sum::<usize>()..room {
        let hungry = (0..widths.len()).filter(|at| widths[*at] < columns[*at].most);
        let next = hungry.max_by_key(|at| (masses[*at] * 1000 / (widths[*at] * widths[*at]), usize::MAX - at));
        let spare = || (0..widths.len()).min_by_key(|at| (columns[*at].centred, widths[*at], *at));
        let Some(at) = next.or_else(spare) else { break };
        widths[at] += 1;
    }
    widths
}

/// Writes each row as lines `Title: value`.
fn cards(table: &Table, width: usize) -> Vec<String> {
    let mut out = Vec::new();
    for row in &table.rows {
        if !out.is_empty() {
            out.push(String::new());
        }
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            match cell.as_slice() {
                [] => {}
                [single] => out.extend(paragraph(&format!("{}: {single}", column.title), 0, width)),
                many => {
                    out.extend(paragraph(&format!("{}:", column.title), 0, width));
                    out.extend(many.iter().flat_map(|line| item(line, width)));
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::view::TableColumn;

    fn table(titles: &[&str], rows: &[&[&str]]) -> Table {
        let columns = titles.iter().map(|title| TableColumn { title: (*title).into(), centred: *title == "TT" }).collect();
        let rows = rows.iter().map(|row| Row { cells: row.iter().map(|cell| vec![(*cell).into()]).collect(), ..Row::default() });
        Table { columns, rows: rows.collect() }
    }

    #[test]
    fn a_table_fills_the_width_exactly() {
        let table = table(&["TT", "Nội dung", "Thời gian"], &[&["1", "Kiểm tra việc thực hiện ở các xã, thị trấn", "Quý IV/2023"]]);
        for width in 20..120 {
            assert!(draw(&table, width).iter().all(|line| width_of(line) == width), "{width}");
        }
    }

    #[test]
    fn a_column_is_at_least_as_wide_as_its_longest_word() {
        let table = table(&["TT", "Cơ quan"], &[&["1", "nghiêng"], &["2", "các phòng"]]);
        assert!(draw(&table, 18).iter().any(|line| line.contains("nghiêng")));
    }

    #[test]
    fn the_height_that_is_counted_is_the_height_that_is_drawn() {
        let dated = "Báo cáo của tỉnh Thanh Hóa: trước ngày 15/11/2022, Quý IV/2023";
        for text in
            ["Kiểm tra việc thực hiện ở các xã, thị trấn", "- Các phòng, ban, ngành cấp huyện;", "nghiêng-nghiêng-nghiêng a", dated, ""]
        {
            for width in 4..40 {
                assert_eq!(Line::new(text).height(width), item(text, width).len(), "{text:?} in {width}");
            }
        }
    }

    #[test]
    fn a_title_breaks_behind_its_stroke() {
        assert_eq!(title("Sản phẩm/Kết quả", 12).iter().map(|line| line.trim()).collect::<Vec<_>>(), ["Sản phẩm/", "Kết quả"]);
        assert_eq!(title("Sản phẩm/Kết quả", 16), ["Sản phẩm/Kết quả"]);
    }

    #[test]
    fn more_columns_than_fit_are_written_row_by_row() {
        let titles: Vec<String> = (0..20).map(|at| format!("Cột {at}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let table = table(&titles, &[&["x"; 20]]);
        assert_eq!(draw(&table, 60)[1], "Cột 1: x");
    }
}
