//! Tasks of a plan in record mode, printed in the document's own words: nothing lost, nothing improved.

use super::marks::Owner;
use super::schedule::{Labelled, label};
use super::wording::printed;
use super::{Cell, Mark, Row};
use crate::model::{Column, ColumnField, Record};

/// The column of a task's own that holds the headings above it in its table, the outermost first, apart by ` | `.
pub(super) const SECTION: &str = "Mục";

/// Returns a row for each heading that a task has and the one above it has not.
pub(super) fn sections(above: &[String], own: &[String], columns: usize) -> Vec<Row> {
    let parted = |lines: &[String]| lines.iter().flat_map(|line| line.split(" | ")).map(str::to_owned).collect::<Vec<String>>();
    let (above, own) = (parted(above), parted(own));
    let same = above.iter().zip(&own).take_while(|(a, b)| a == b).count();
    let row = |heading: &String| {
        let mut cells = vec![Cell::new(); columns];
        // behind the number
        if let Some(cell) = cells.get_mut(usize::from(columns > 1)) {
            cell.push(printed(heading));
        }
        Row { code: String::new(), marks: vec![Vec::new(); columns], cells, heading: true }
    };
    own.iter().skip(same).map(row).collect()
}

/// Returns the printed lines of a field, bullets included; empty where the document states none.
pub(super) fn values(record: &Record, field: &ColumnField, number: &str) -> Vec<String> {
    match field {
        ColumnField::Number => vec![record.number.as_ref().map_or_else(|| number.to_owned(), |number| printed(&number.value))],
        ColumnField::Content
        | ColumnField::Products
        | ColumnField::Leads
        | ColumnField::Coordinators
        | ColumnField::Synthesisers
        | ColumnField::Deadline
        | ColumnField::Targets
        | ColumnField::Budget
        | ColumnField::Note
        | ColumnField::Standard
        | ColumnField::Previous
        | ColumnField::Goal
        | ColumnField::Measures
        | ColumnField::Own(_) => record.words(field).unwrap_or_default().iter().map(|line| printed(line)).collect(),
    }
}

/// Returns one cell and the values in it. `spare` says that targets have no column of their own and stand below the content.
pub(super) fn cell(record: &Record, column: &Column, number: &str, spare: bool, owner: &Owner<'_>) -> (Cell, Vec<Mark>) {
    let mut lines = Vec::new();
    let mut marks = Vec::new();
    let mut add = |field: &ColumnField, labelled: bool| {
        for (at, value) in values(record, field, number).into_iter().enumerate() {
            let label = if labelled && at == 0 { format!("{}: ", label(field)) } else { String::new() };
            let line = format!("{label}{value}");
            marks.extend(owner.mark(field, lines.len(), label.len(), line.len()));
            lines.push(line);
        }
    };
    let filled: Vec<&ColumnField> = column.fields.iter().filter(|field| !values(record, field, number).is_empty()).collect();
    for field in &filled {
        add(field, filled.len() > 1);
    }
    if spare && column.fields.as_slice() == [ColumnField::Content] {
        add(&ColumnField::Targets, true);
    }
    if let ([], [field]) = (marks.as_slice(), column.fields.as_slice()) {
        marks.extend(owner.mark(field, 0, 0, 0));
    }
    (lines, marks)
}

/// Returns a field as a labelled line with its items below it; `None` where the document states none.
pub(super) fn labelled(record: &Record, label: &str, field: &ColumnField) -> Option<Labelled> {
    let mut values = values(record, field, "");
    let bullets = ['-', '+'];
    let start = label.len() + ": ".len();
    let opening = if values.first()?.starts_with(bullets) { String::new() } else { values.remove(0) };
    let items = values.iter().map(|line| line.trim_start_matches(bullets).trim_start().to_owned()).collect();
    let text = format!("{label}: {opening}");
    let text = text.trim_end().to_owned();
    Some(Labelled { start: start.min(text.len()), text, items, field: field.clone() })
}
