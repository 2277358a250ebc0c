//! Rows and columns that a program hides: they are read as all others, and told.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{COLUMNS, Sheet, cell_name};
use crate::diag::{Code, msg};
use crate::import::archive::Part;
use crate::import::xml::{Tree, text_of};
use crate::import::{Doubt, Place};

/// The most ranges that are kept of a sheet; a sheet with more is told with the first of them.
const RANGES: usize = 20_000;

/// How many rows and columns a finding names.
const NAMED: usize = 5;

/// What a sheet hides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hidden {
    /// First and last row of each run, ascending.
    pub(super) rows: Vec<(u32, u32)>,
    /// First and last column of each run.
    pub(super) columns: Vec<(u32, u32)>,
}

impl Hidden {
    /// Returns what to say of the hidden rows and columns of a sheet that hold something; `None` where none does.
    pub(super) fn doubt(&self, sheet: &Sheet, number: u32) -> Option<Doubt> {
        let hides = |ranges: &[(u32, u32)], at: u32| ranges.iter().any(|(first, last)| (*first..=*last).contains(&at));
        let mut ranges = self.rows.iter().copied().peekable();
        let mut rows: Vec<u32> = Vec::new();
        for line in sheet.rows.iter().filter(|line| line.cells.iter().any(|entry| !entry.text.is_empty())) {
            while ranges.next_if(|(_, last)| *last < line.number).is_some() {}
            if ranges.peek().is_some_and(|(first, _)| *first <= line.number) {
                rows.push(line.number);
            }
        }
        let widest = sheet.rows.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        let is_filled = |column: &u32| sheet.rows.iter().any(|line| !line.text(*column).is_empty());
        let last = u32::try_from(widest).unwrap_or(COLUMNS);
        let columns: Vec<u32> = (1..=last).filter(|column| hides(&self.columns, *column)).filter(is_filled).collect();
        if rows.is_empty() && columns.is_empty() {
            return None;
        }
        let first = |list: &[u32]| list.first().copied().unwrap_or(0);
        let place = Place { table: number, row: first(&rows), column: first(&columns), line: 0 };
        let (name, down, right) = (&sheet.name, rows.len(), columns.len());
        let rows = named(&rows, u32::to_string);
        let columns = named(&columns, |column| cell_name(1, *column).trim_end_matches('1').to_owned());
        let message = match (down, right) {
            (_, 0) => msg!(
                "Trang tính “{name}” có {down} hàng ẩn hoặc bị lọc ({rows}); vẫn được đọc",
                "The sheet “{name}” has {down} hidden or filtered rows ({rows}); they were read too"
            ),
            (0, _) => msg!(
                "Trang tính “{name}” có {right} cột ẩn ({columns}); vẫn được đọc",
                "The sheet “{name}” has {right} hidden columns ({columns}); they were read too"
            ),
            _ => msg!(
                "Trang tính “{name}” có {down} hàng ẩn hoặc bị lọc ({rows}) và {right} cột ẩn ({columns}); vẫn được đọc",
                "The sheet “{name}” has {down} hidden or filtered rows ({rows}) and {right} hidden columns ({columns}); they were read too"
            ),
        };
        Some(Doubt::new(Code::KH5069, message).at(Place { line: place.row, ..place }))
    }
}

/// Names the first of a list.
fn named<T>(list: &[T], name: impl Fn(&T) -> String) -> String {
    let names: Vec<String> = list.iter().take(NAMED).map(name).collect();
    let more = if list.len() > NAMED { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}

/// The parts of an `.xlsx` that say what is hidden, gathered while the archive is swept.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    book: String,
    relations: String,
    /// Names of parts in small letters, and what each hides.
    sheets: Vec<(String, Hidden)>,
}

impl Gathered {
    /// Looks at a part; `name` is in small letters.
    pub(super) fn look(&mut self, name: &str, part: &Part) {
        if name == "xl/workbook.xml" {
            self.book = text_of(part.bytes.clone());
        } else if name == "xl/_rels/workbook.xml.rels" {
            self.relations = text_of(part.bytes.clone());
        } else if name.contains("worksheets/") && name.ends_with(".xml") {
            let hidden = of_part(&part.bytes);
            if hidden != Hidden::default() {
                self.sheets.push((name.to_owned(), hidden));
            }
        }
    }

    /// Returns the names of the sheets that hide something, as the workbook writes them, and what each hides.
    pub(super) fn named(&self) -> Vec<(String, &Hidden)> {
        let (Ok(book), Ok(relations)) = (Tree::parse(&self.book), Tree::parse(&self.relations)) else { return Vec::new() };
        let sheets = book.root().below().filter(|node| node.name() == "sheet");
        let part_of = |id: &str| {
            let mut all = relations.root().below().filter(|node| node.name() == "Relationship");
            let target = all.find(|node| node.attribute("Id").is_some_and(|own| own == id))?.attribute("Target")?;
            Some(target.trim_start_matches('/').trim_start_matches("xl/").to_ascii_lowercase())
        };
        let found = sheets.filter_map(|sheet| {
            let part = format!("xl/{}", part_of(&sheet.attribute("id")?)?);
            let hidden = self.sheets.iter().find(|(name, _)| *name == part).map(|(_, hidden)| hidden)?;
            Some((sheet.attribute("name")?.into_owned(), hidden))
        });
        found.collect()
    }
}

/// Returns what a worksheet hides: rows and columns that say so, or that have no height or width.
fn of_part(bytes: &[u8]) -> Hidden {
    let mut out = Hidden::default();
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let mut row = 0;
    loop {
        let event = match reader.read_event() {
            Ok(Event::Start(event) | Event::Empty(event)) => event,
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => continue,
        };
        let number = |name: &str| value(&event, name).and_then(|text| text.trim().parse::<u32>().ok());
        match event.local_name().as_ref() {
            "col" if is_hidden(&event, "width") => {
                let (first, last) = (number("min").unwrap_or(0), number("max").unwrap_or(0));
                push(&mut out.columns, first, last);
            }
            "row" => {
                // a row without a number stands below the one before
                row = number("r").unwrap_or(row + 1);
                if is_hidden(&event, "ht") {
                    push(&mut out.rows, row, row);
                }
            }
            _ => {}
        }
    }
}

fn value(event: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = event.attributes().with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Says whether an element hides what it names; `size` is its attribute that is 0 where nothing can be seen.
fn is_hidden(event: &BytesStart<'_>, size: &str) -> bool {
    let says = value(event, "hidden").is_some_and(|text| matches!(text.trim(), "1" | "true"));
    says || value(event, size).is_some_and(|text| text.trim().parse::<f64>().is_ok_and(|size| size == 0.0))
}

/// Adds a run to those before it.
fn push(ranges: &mut Vec<(u32, u32)>, first: u32, last: u32) {
    if let Some(before) = ranges.last_mut().filter(|before| before.1.checked_add(1) == Some(first)) {
        before.1 = last;
    } else if ranges.len() < RANGES {
        ranges.push((first, last));
    }
}
