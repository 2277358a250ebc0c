//! The layout of pages as templates call it: filters and functions over strings and tables.
//!
//! | in a template | does |
//! |---|---|
//! | `text \| paragraph(width, first=4)` | breaks into lines, the first one indented |
//! | `lines \| centre(width)` | centres one line or several |
//! | `lines \| underlined(share)` | adds a rule of `share` percent below the last line |
//! | `two_columns(left, right, width, "left", share=55)` | sets two columns side by side, the left one centred unless told, and of `share` percent |
//! | `table \| draw(width)` | draws a table with lines |
//! | `page_break(width)` | the rule between pages |

use minijinja::value::{Kwargs, Serde, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

use super::text::{Align, centred, draw, paragraph, ruled, two_columns};
use super::view::Table;

/// Widths that templates ask for are kept within these: a slip of the pen must not fill the memory.
const WIDEST: usize = 1000;

/// Adds all filters and functions.
pub(super) fn add(env: &mut Environment<'_>) {
    env.add_filter("paragraph", |text: String, width: usize, options: Kwargs| -> Result<String, Error> {
        let first = options.get::<Option<usize>>("first")?.unwrap_or(4);
        options.assert_all_used()?;
        Ok(paragraph(&text, first, kept(width)).join("\n"))
    });
    env.add_filter("centre", |lines: Value, width: usize| -> Result<String, Error> { Ok(centred(&list(&lines)?, kept(width)).join("\n")) });
    env.add_filter("underlined", |lines: Value, share: usize| -> Result<Vec<String>, Error> { Ok(ruled(list(&lines)?, share)) });
    env.add_filter("draw", |table: Serde<Table>, width: usize| draw(&table.0, kept(width)).join("\n"));
    env.add_function(
        "two_columns",
        |left: Value, right: Value, width: usize, align: Option<String>, options: Kwargs| -> Result<String, Error> {
            let share = options.get::<Option<usize>>("share")?;
            options.assert_all_used()?;
            let align = match align.as_deref() {
                None | Some("centre") => Align::Centre,
                Some("left") => Align::Left,
                Some(other) => return Err(Error::new(ErrorKind::InvalidOperation, format!("\"left\", \"centre\" ≠ {other:?}"))),
            };
            Ok(two_columns(&list(&left)?, &list(&right)?, align, share, kept(width)).join("\n"))
        },
    );
    env.add_function("page_break", |width: usize| "═".repeat(kept(width)));
}

fn kept(width: usize) -> usize {
    width.clamp(1, WIDEST)
}

/// Returns one line or a list of lines as lines.
fn list(value: &Value) -> Result<Vec<String>, Error> {
    match value.kind() {
        ValueKind::Seq | ValueKind::Iterable => value.try_iter()?.map(|line| text(&line)).collect(),
        _ => Ok(vec![text(value)?]),
    }
}

fn text(value: &Value) -> Result<String, Error> {
    if value.is_undefined() {
        return Err(Error::from(ErrorKind::UndefinedError));
    }
    Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}
