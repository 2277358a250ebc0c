//! Drawings of graphs: DOT, Mermaid, and SVG laid out here.
//!
//! Takes plain nodes and edges, gives text; knows no registry and no plans. Edges run from left to right, because names of bodies are long:
//! a column per layer lets them keep two or three lines. The same input gives the same bytes.

mod dot;
mod layout;
mod mermaid;
mod svg;
#[cfg(test)]
mod tests;

pub use dot::dot;
pub use mermaid::mermaid;
pub use svg::svg;

use unicode_width::UnicodeWidthStr;

/// A node to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnNode {
    /// Its name; wrapped where it is long.
    pub name: String,
    /// How it looks.
    pub shape: Shape,
    /// The first column in which it may stand, from 0: agencies of one level stand in one column or behind it.
    pub layer: usize,
}

/// The look of a node. Shapes differ, not only colours, so that a black-and-white print can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A box: an agency, a plan.
    Box,
    /// A box with round corners: a group, a unit.
    Rounded,
    /// An oval: a sector.
    Oval,
    /// A box with a heavy frame: a level, the plan in question.
    Heavy,
}

/// An edge to draw. One whose end does not exist is passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawnEdge {
    /// The node where it begins: index into the nodes.
    pub from: usize,
    /// The node where it ends.
    pub to: usize,
    /// Words on the edge; empty for none.
    pub label: String,
    /// How it looks.
    pub line: Line,
}

/// The look of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// Unbroken: lies below, follows.
    Solid,
    /// Dashed: succeeds, becomes.
    Dashed,
    /// Heavy: the edge in question.
    Heavy,
}

/// Columns of text in a node's line.
const LINE_WIDTH: usize = 24;

/// Splits a name into lines of at most [`LINE_WIDTH`] columns at spaces, as even as they come; a longer word stands alone.
fn wrap(name: &str) -> Vec<String> {
    let whole = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = whole.width().div_ceil(LINE_WIDTH).max(1);
    let even = whole.width().div_ceil(rows);
    // even lines first; where a word would make one line more, the full width
    [even, even + 4, LINE_WIDTH].into_iter().map(|width| fill(&whole, width.min(LINE_WIDTH))).min_by_key(Vec::len).unwrap_or_default()
}

fn fill(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.is_empty() || line.width() + 1 + word.width() <= width => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Returns the edges whose ends exist.
fn sound<'e>(nodes: &[DrawnNode], edges: &'e [DrawnEdge]) -> impl Iterator<Item = &'e DrawnEdge> {
    let count = nodes.len();
    edges.iter().filter(move |edge| edge.from < count && edge.to < count)
}
