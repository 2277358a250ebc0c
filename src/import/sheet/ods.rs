//! `.ods`: each cell has the text that a person sees beside its value.

use super::hidden::Hidden;
use super::number::iso;
use super::{Book, Builder, Merge, Sheet, cell_name, refusal};
use crate::diag::{Code, msg};
use crate::import::archive::{Archive, Fault};
use crate::import::xml::{Node, Space, Tree, text_of};
use crate::import::{Doubt, Place, Style};

/// How often a filled row or cell may be repeated; the format fills sheets to their ends with repeated empty ones.
const REPEATED: u32 = 1_000;

pub(super) fn read(name: &str, archive: &mut Archive<'_>) -> Result<Book, Doubt> {
    let refuse = |fault| refusal(name, fault);
    let manifest = archive.part("META-INF/manifest.xml").map_err(refuse)?;
    if manifest.is_some_and(|part| text_of(part.bytes).contains("encryption-data")) {
        return Err(refuse(Fault::Locked));
    }
    let part = archive.part("content.xml").map_err(refuse)?.ok_or_else(|| refuse(Fault::Broken))?;
    let text = text_of(part.bytes);
    let tree = Tree::parse(&text).map_err(refuse)?;
    let mut book = Book::default();
    if !tree.whole || !part.whole {
        let message =
            msg!("Tệp “{name}” hỏng giữa chừng; chỉ đọc được phần đầu", "The file “{name}” breaks off; only its beginning could be read");
        book.doubts.push(Doubt::new(Code::KH5011, message));
    }
    let hidden: Vec<String> = tree
        .root()
        .below()
        .filter(|node| is_hidden_style(*node))
        .filter_map(|node| node.attribute("name").map(|name| name.into_owned()))
        .collect();
    let mut count = 0;
    let tables = tree.root().below().filter(|node| node.name() == "spreadsheet").flat_map(|sheets| sheets.children());
    for (table, number) in tables.filter(|node| node.name() == "table").zip(1u32..) {
        let title = table.attribute("name").unwrap_or_default();
        let is_hidden = table.attribute("style-name").is_some_and(|style| hidden.iter().any(|name| *name == style));
        let mut reader = Reader {
            builder: Builder::new(name, &title, is_hidden, number, &mut count),
            row: 1,
            merges: Vec::new(),
            hidden: Hidden::default(),
            doubts: &mut book.doubts,
        };
        reader.rows(table)?;
        reader.columns(table, 1);
        let hides = reader.hidden;
        let sheet: Sheet = reader.builder.finish(reader.merges)?;
        if !is_hidden {
            book.doubts.extend(hides.doubt(&sheet, number));
        }
        book.sheets.push(sheet);
    }
    Ok(book)
}

/// Says whether an element is the style of a hidden sheet.
fn is_hidden_style(node: Node<'_>) -> bool {
    node.name() == "style"
        && node
            .children()
            .any(|child| child.name() == "table-properties" && child.attribute("display").is_some_and(|shown| shown == "false"))
}

struct Reader<'a, 'b> {
    builder: Builder<'a>,
    /// The next row's number.
    row: u32,
    merges: Vec<Merge>,
    hidden: Hidden,
    doubts: &'b mut Vec<Doubt>,
}

impl Reader<'_, '_> {
    fn rows(&mut self, node: Node<'_>) -> Result<(), Doubt> {
        for child in node.children() {
            match child.name() {
                "table-row" => {
                    let times = child.number("number-rows-repeated").unwrap_or(1).max(1);
                    let is_filled = child.children().any(|cell| cell.children().next().is_some());
                    for again in 0..if is_filled { times.min(REPEATED) } else { 0 } {
                        self.cells(child, self.row.saturating_add(again))?;
                    }
                    if is_collapsed(child) {
                        self.hidden.rows.push((self.row, self.row.saturating_add(times - 1)));
                    }
                    self.row = self.row.saturating_add(times);
                }
                "table-header-rows" | "table-rows" | "table-row-group" => self.rows(child)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Notes which columns are hidden, from column `at` on; returns the next column.
    fn columns(&mut self, node: Node<'_>, mut at: u32) -> u32 {
        for child in node.children() {
            match child.name() {
                "table-column" => {
                    let times = child.number("number-columns-repeated").unwrap_or(1).max(1);
                    if is_collapsed(child) {
                        self.hidden.columns.push((at, at.saturating_add(times - 1)));
                    }
                    at = at.saturating_add(times);
                }
                "table-columns" | "table-header-columns" | "table-column-group" => at = self.columns(child, at),
                _ => {}
            }
        }
        at
    }

    fn cells(&mut self, node: Node<'_>, row: u32) -> Result<(), Doubt> {
        let mut column = 1u32;
        for cell in node.children().filter(|child| matches!(child.name(), "table-cell" | "covered-table-cell")) {
            let times = cell.number("number-columns-repeated").unwrap_or(1).max(1);
            let text = shown(cell);
            if cell.name() == "table-cell" && !text.trim().is_empty() {
                for again in 0..times.min(REPEATED) {
                    self.builder.put(row, column.saturating_add(again), &text, Style::default())?;
                }
                if text.starts_with('#') && cell.attribute("formula").is_some() || text.starts_with("Err:") {
                    self.error(row, column, &text);
                }
                let span = |name: &str| cell.number(name).unwrap_or(1).max(1);
                let (down, right) = (span("number-rows-spanned"), span("number-columns-spanned"));
                if down > 1 || right > 1 {
                    let (bottom, right) = (row.saturating_add(down - 1), column.saturating_add(right - 1));
                    self.merges.push(Merge { top: row, left: column, bottom, right });
                }
            }
            column = column.saturating_add(times);
        }
        Ok(())
    }

    fn error(&mut self, row: u32, column: u32, text: &str) {
        let (cell, name) = (cell_name(row, column), &self.builder.sheet.name);
        let message = msg!("Ô {cell} của trang tính “{name}” có lỗi {text}", "Cell {cell} of the sheet “{name}” holds the error {text}");
        let place = Place { line: row, table: self.builder.number, row, column };
        self.doubts.push(Doubt::new(Code::KH5013, message).at(place).quote(text));
    }
}

/// Says whether a row or column is hidden, or left out by a filter.
fn is_collapsed(node: Node<'_>) -> bool {
    node.attribute("visibility").is_some_and(|shown| matches!(shown.as_ref(), "collapse" | "filter"))
}

/// Returns what a cell shows, with dates day first and a decimal comma whatever the language of the file.
fn shown(cell: Node<'_>) -> String {
    let text = words(cell);
    match cell.attribute("value-type").as_deref() {
        Some("date") => cell.attribute("date-value").map_or(text, |date| iso(&date)),
        Some("float" | "percentage" | "currency") => {
            let value = cell.attribute("value").and_then(|value| value.parse::<f64>().ok());
            value.map_or(text.clone(), |value| with_comma(&text, value))
        }
        _ => text,
    }
}

/// Returns the text of a number with a decimal comma, where its value shows that its dot is one.
fn with_comma(text: &str, value: f64) -> String {
    let number: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let Some((_, fraction)) = number.split_once('.') else { return text.to_owned() };
    let value = if text.contains('%') { value * 100.0 } else { value };
    let tolerance = 0.6 * 0.1f64.powi(i32::try_from(fraction.len()).unwrap_or(15));
    let is_decimal = number.parse::<f64>().is_ok_and(|read| (read - value).abs() <= tolerance);
    if is_decimal { text.replace(',', "").replace('.', ",") } else { text.to_owned() }
}

/// Returns the text of a cell: its paragraphs on lines of their own, notes left out.
fn words(cell: Node<'_>) -> String {
    let paragraphs = cell.children().filter(|child| matches!(child.name(), "p" | "h"));
    paragraphs.map(paragraph).collect::<Vec<_>>().join("\n")
}

fn paragraph(node: Node<'_>) -> String {
    let mut out = String::new();
    for child in node.children() {
        match (child.space(), child.name()) {
            // a line end in the file is a blank
            (Space::Text, _) => out
                .push_str(&child.text().split_inclusive(['\n', '\t']).map(|part| part.trim_end_matches(['\n', '\t'])).collect::<String>()),
            (_, "s") => out.extend(std::iter::repeat_n(' ', child.number("c").unwrap_or(1).min(100) as usize)),
            (_, "tab") => out.push('\t'),
            (_, "line-break") => out.push('\n'),
            (_, "annotation" | "note") => {}
            _ => out.push_str(&paragraph(child)),
        }
    }
    out
}
