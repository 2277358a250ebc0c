//! Fixed-width pages: words measured in grapheme clusters, broken at spaces, set in columns and drawn in tables.
//!
//! Takes strings and plain tables, gives lines that are never longer than the width asked for and never end in spaces. Knows no plans and no
//! templates.

mod columns;
mod glue;
mod measure;
mod table;
mod wrap;

pub(super) use columns::{Align, centred, ruled, two_columns};
pub(super) use glue::units;
pub(super) use table::draw;
pub(super) use wrap::paragraph;

#[cfg(test)]
pub(super) use measure::width_of;
