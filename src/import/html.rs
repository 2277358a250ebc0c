//! Web pages (`.html`), as law sites serve them and as Word saves them, to blocks.
//!
//! Takes text, gives paragraphs, lists and tables as a browser lays them out. Scripts are not run, nothing is fetched, hidden text and menus are left
//! out and named. The tree is walked without recursion, so that depth costs no stack.

mod grid;
mod guard;
mod look;
#[cfg(test)]
mod tests;

use scraper::{ElementRef, Html, Node};

use self::grid::{Building, COPIED};
use self::look::{List, Look, Show, breaks_page, list, show, within};
use super::block::{Block, Document, Paragraph, Place, Style};
use super::docx::numbering;
use super::docx::revision::{self, Change, Revision};
use super::doubt::{converted, hidden_and_struck};
use super::line::Line;
use super::{Doubt, Out, Revisions};
use crate::base::Legacy;
use crate::diag::{Code, msg};

/// Pages with less text than this, in bytes, and with pictures may be scans.
const LITTLE: usize = 500;

/// The most pieces of text that are quoted of what is left out.
const WORDS: usize = 50;

/// Reads a page.
///
/// # Errors
/// KH5004 where it is nested so that parsing would not end in reasonable time.
pub(super) fn read(name: &str, text: &str, revisions: Revisions) -> Result<Out, Doubt> {
    if !guard::is_bounded(text) {
        let message = msg!(
            "Trang “{name}” lồng nhau quá nhiều tầng hoặc có quá nhiều thẻ nên không đọc. Mở bằng trình duyệt, chép chữ sang Word rồi đọc lại",
            "The page “{name}” has too many levels or tags and is not read. Open it in a browser, copy its text to Word and read that"
        );
        return Err(Doubt::new(Code::KH5004, message));
    }
    let page = Html::parse_document(text);
    let mut reader = Reader::new(revisions);
    let mut node = page.tree.root();
    'walk: loop {
        let words = || ElementRef::wrap(node).map(|element| element.text().take(WORDS).collect::<String>()).unwrap_or_default();
        let enters = reader.open(node.value(), words);
        if enters && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        loop {
            reader.close(node.value());
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => break 'walk,
            }
        }
    }
    reader.flush();
    Ok(reader.finish(name))
}

struct Reader {
    mode: Revisions,
    out: Vec<Block>,
    tables: Vec<Building>,
    /// How the open elements look, innermost last.
    looks: Vec<Look>,
    line: Line,
    /// A blank that is written if text follows on the line.
    blank: bool,
    /// Mark and depth of the list item whose first paragraph is still to come.
    item: Option<(String, u8)>,
    lists: Vec<List>,
    lines: u32,
    copies: usize,
    hidden: Vec<(Place, String)>,
    struck: Vec<(Place, String)>,
    revisions: Vec<Revision>,
    pictures: usize,
    legacy: Vec<(Legacy, String, usize)>,
}

impl Reader {
    fn new(mode: Revisions) -> Self {
        Self {
            mode,
            out: Vec::new(),
            tables: Vec::new(),
            looks: vec![Look::default()],
            line: Line::default(),
            blank: false,
            item: None,
            lists: Vec::new(),
            lines: 1,
            copies: COPIED,
            hidden: Vec::new(),
            struck: Vec::new(),
            revisions: Vec::new(),
            pictures: 0,
            legacy: Vec::new(),
        }
    }

    fn look(&self) -> Look {
        self.looks.last().cloned().unwrap_or_default()
    }

    fn place(&self) -> Place {
        Place { line: self.lines, ..Place::default() }
    }

    /// Meets a node; says whether its children are to be read. `words` gives the text below it.
    fn open(&mut self, node: &Node, words: impl Fn() -> String) -> bool {
        let element = match node {
            Node::Element(element) => element,
            Node::Text(text) => {
                self.write(text);
                return false;
            }
            Node::Document | Node::Fragment => return true,
            Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_) => return false,
        };
        let show = show(element);
        match show {
            Show::Skip => return false,
            Show::Hide => {
                self.hidden.push((self.place(), words()));
                return false;
            }
            Show::Block => self.flush(),
            Show::Inline => {}
        }
        if let Some(change) = Change::of(element.name()) {
            if self.mode == Revisions::Report {
                let text = words();
                self.revisions.push(Revision { change, author: String::new(), text, place: self.place(), is_apart: true });
            }
            if change.adds() == (self.mode == Revisions::Reject) {
                return false;
            }
        }
        if breaks_page(element) && self.tables.is_empty() {
            self.flush();
            self.out.push(Block::Break);
        }
        let look = within(element, &self.look());
        match element.name() {
            "br" => self.line_break(),
            "img" => self.pictures += 1,
            "ul" | "ol" => self.lists.push(list(element)),
            "li" => self.list_item(element.attr("value")),
            "table" => self.tables.push(Building::default()),
            "thead" => self.in_head(true),
            "tbody" | "tfoot" => self.in_head(false),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.open_row();
                }
            }
            name @ ("td" | "th") => {
                let number = |name: &str| element.attr(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1);
                let (span, rows) = (number("colspan"), number("rowspan"));
                if let Some(table) = self.tables.last_mut() {
                    table.open_cell(span, rows, name == "th", &mut self.copies);
                }
            }
            _ => {}
        }
        self.looks.push(look);
        true
    }

    /// Leaves a node that [`Self::open`] met.
    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        let show = show(element);
        if matches!(show, Show::Skip | Show::Hide) {
            return;
        }
        if Change::of(element.name()).is_some_and(|change| change.adds() == (self.mode == Revisions::Reject)) {
            return;
        }
        if show == Show::Block {
            self.flush();
        }
        self.looks.pop();
        match element.name() {
            "ul" | "ol" => {
                self.lists.pop();
            }
            "li" => self.item = None,
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_cell();
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_row(&mut self.copies);
                }
            }
            "table" => {
                if let Some(table) = self.tables.pop() {
                    let blocks = table.close(self.tables.len(), &mut self.copies);
                    self.target().extend(blocks);
                }
            }
            _ => {}
        }
    }

    fn in_head(&mut self, is_head: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.in_head = is_head;
        }
    }

    fn list_item(&mut self, value: Option<&str>) {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let Some(list) = self.lists.last_mut() else {
            self.item = Some(("-".to_owned(), 0));
            return;
        };
        let mark = match &mut list.numbers {
            None => "-".to_owned(),
            Some(numbers) => {
                let number = value.and_then(|value| value.trim().parse().ok()).unwrap_or(numbers.next);
                numbers.next = number.saturating_add(1);
                format!("{}.", numbering::written(number, numbers.format))
            }
        };
        self.item = Some((if list.bare { String::new() } else { mark }, depth));
    }

    /// A line break; a second one ends the paragraph.
    fn line_break(&mut self) {
        self.blank = false;
        if self.line.ends_with('\n') {
            self.flush();
        } else if !self.line.is_empty() {
            self.line.push("\n", self.look().dress());
        }
    }

    fn write(&mut self, text: &str) {
        let look = self.look();
        if look.struck && !text.trim().is_empty() {
            self.struck.push((self.place(), text.to_owned()));
        }
        if look.verbatim {
            self.line.push(text, look.dress());
            return;
        }
        let is_blank = |c: char| matches!(c, ' ' | '\n' | '\t' | '\r' | '\u{c}');
        let mut words = String::with_capacity(text.len());
        for c in text.chars() {
            if is_blank(c) {
                self.blank = true;
                continue;
            }
            if std::mem::take(&mut self.blank) {
                let at_start = words.is_empty() && (self.line.is_empty() || self.line.ends_with('\n'));
                if !at_start {
                    words.push(' ');
                }
            }
            words.push(c);
        }
        if !words.is_empty() {
            self.line.push(&words, look.dress());
        }
    }

    /// Where blocks go: the open cell, else the page. What stands in a table outside its cells comes before it.
    fn target(&mut self) -> &mut Vec<Block> {
        let Self { tables, out, .. } = self;
        tables.iter_mut().rev().find_map(Building::content).unwrap_or(out)
    }

    fn flush(&mut self) {
        self.blank = false;
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return;
        }
        let finished = line.finish();
        if finished.text.is_empty() {
            return;
        }
        if let Some((legacy, font)) = finished.legacy {
            match self.legacy.iter_mut().find(|(known, ..)| *known == legacy) {
                Some((.., count)) => *count += 1,
                None => self.legacy.push((legacy, font, 1)),
            }
        }
        let look = self.look();
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let (mark, depth) = self.item.take().unwrap_or((String::new(), depth));
        let style = Style { bold: finished.bold, italic: finished.italic, centred: look.centred, heading: look.heading };
        let paragraph = Paragraph { text: finished.text, mark, depth, style, tag: None, place: self.place() };
        self.lines += 1;
        self.target().push(Block::Paragraph(paragraph));
    }

    fn finish(mut self, name: &str) -> Out {
        self.flush();
        let mut doubts = Vec::new();
        for (legacy, font, count) in &self.legacy {
            doubts.push(converted(*legacy, font, *count));
        }
        let size: usize = self.out.iter().map(grid::size).sum();
        if self.pictures > 0 && size < LITTLE {
            let count = self.pictures;
            let message =
                msg!("Có {count} ảnh; chữ bên trong không đọc được", "There are {count} pictures; words inside them cannot be read");
            doubts.push(Doubt::new(Code::KH5010, message));
        }
        doubts.extend(hidden_and_struck(&self.hidden, &self.struck));
        doubts.extend(revision::doubts(self.revisions, 0));
        doubts.sort_by_key(|doubt| doubt.place);
        number(&mut self.out);
        Out { document: Document { name: name.to_owned(), blocks: self.out }, doubts }
    }
}

/// Numbers the tables and tells each cell and paragraph where it stands.
fn number(blocks: &mut [Block]) {
    let tables = blocks.iter_mut().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) | Block::Break => None,
    });
    for (table, number) in tables.zip(1u32..) {
        table.place.table = number;
        for (row, at) in table.rows.iter_mut().zip(1u32..) {
            for cell in &mut row.cells {
                let column = cell.place.column;
                let line = cell.paragraphs.first().map_or(0, |paragraph| paragraph.place.line);
                cell.place = Place { line, table: number, row: at, column };
                for paragraph in &mut cell.paragraphs {
                    paragraph.place = Place { table: number, row: at, column, ..paragraph.place };
                }
            }
        }
        let first = table.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.place.line).find(|line| *line > 0);
        table.place.line = first.unwrap_or(0);
    }
}
