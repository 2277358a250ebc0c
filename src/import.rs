//! Documents as they exist (Word, Excel, web pages, text) read into blocks, understood as a plan, and given on as `.kh` in record mode.
//!
//! Takes bytes and a name, gives what was read with its doubts; never refuses a file that holds text and never guesses silently: what was
//! uncertain is a doubt with its place and words, what was not understood is kept and listed. Executes nothing, fetches nothing.

mod archive;
mod block;
mod doubt;
#[cfg(test)]
mod fixture;
pub mod sheet;

pub use block::{Block, Cell, Document, Paragraph, Place, Row, Style, Table};
pub use doubt::Doubt;
