//! What templates of Word documents call: filters and functions that give finished pieces of WordprocessingML.
//!
//! | in a template | does |
//! |---|---|
//! | `text \| runs(marks=…, bold=true)` | runs of text; what a mark covers stands in a content control |
//! | `lines \| paragraphs("KHCell", marks=…, keep=true)` | one paragraph per line, at least one; `keep` keeps it with what follows |
//! | `rule(text, within=9354, share=40, size=14, bold=true)` | a rule in the middle of a column of `within` twips, of `share` percent of the text |
//! | `table \| grid(14286)` | column widths in twips that fill the room |
//! | `row \| is_short(widths)` | whether the row should stay on one page |

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, Error};

use super::grid::{self, GLUED};
use super::measure::width;
use super::run::{Letters, paragraphs, runs};
use crate::render::view::{Mark, Row, Table};

/// Adds all filters and functions.
pub(in crate::render) fn add(env: &mut Environment<'_>) {
    env.add_filter("runs", |text: String, options: Kwargs| -> Result<Value, Error> {
        let marks = marks(&options)?;
        let letters = letters(&options, 0)?;
        options.assert_all_used()?;
        Ok(Value::from_safe_string(runs(&text, &marks.iter().collect::<Vec<_>>(), letters)))
    });
    env.add_filter("paragraphs", |lines: Vec<String>, style: String, options: Kwargs| -> Result<Value, Error> {
        let marks = marks(&options)?;
        let letters = letters(&options, GLUED)?;
        let keep = options.get::<Option<bool>>("keep")?.unwrap_or(false);
        options.assert_all_used()?;
        Ok(Value::from_safe_string(paragraphs(&lines, &marks, &style, letters, keep)))
    });
    env.add_function("rule", |text: String, options: Kwargs| -> Result<Value, Error> {
        let within: u32 = options.get("within")?;
        let share: u32 = options.get("share")?;
        let size: u32 = options.get("size")?;
        let bold = options.get::<Option<bool>>("bold")?.unwrap_or(false);
        options.assert_all_used()?;
        Ok(Value::from_safe_string(rule(width(&text, size, bold).min(within), within, share)))
    });
    env.add_filter("grid", |table: Serde<Table>, room: u32| grid::grid(&table.0, room));
    env.add_filter("is_short", |row: Serde<Row>, widths: Vec<u32>| grid::is_short(&row.0, &widths));
}

fn marks(options: &Kwargs) -> Result<Vec<Mark>, Error> {
    Ok(options.get::<Option<Serde<Vec<Mark>>>>("marks")?.map(|marks| marks.0).unwrap_or_default())
}

fn letters(options: &Kwargs, glue: usize) -> Result<Letters, Error> {
    Ok(Letters { bold: options.get::<Option<bool>>("bold")?.unwrap_or(false), glue })
}

/// Returns an empty paragraph whose upper border is the rule: it stands as long as told whatever the reader's program does with underlines.
fn rule(text: u32, within: u32, share: u32) -> String {
    let length = u32::try_from(u64::from(text) * u64::from(share.min(100)) / 100).unwrap_or(within).min(within);
    let side = (within - length) / 2;
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"KHRule\"/><w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"auto\"/></w:pBdr>\
         <w:ind w:left=\"{side}\" w:right=\"{side}\"/></w:pPr></w:p>"
    )
}
