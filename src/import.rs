//! Documents as they exist (Word, Excel, web pages, text) read into blocks, understood as a plan, and given on as `.kh` in record mode.
//!
//! Takes bytes and a name, gives what was read with its doubts; never refuses a file that holds text and never guesses silently: what was
//! uncertain is a doubt with its place and words, what was not understood is kept and listed. Executes nothing, fetches nothing.

mod archive;
mod block;
mod bodies;
mod caption;
mod column;
mod doubt;
mod field;
#[cfg(test)]
mod fixture;
mod grid;
mod header;
mod mark;
mod prose;
mod read;
mod reading;
mod record;
mod running;
mod score;
pub mod sheet;
mod table;
mod target;
mod text;

pub use block::{Block, Cell, Document, Paragraph, Place, Row, Style, Table};
pub use doubt::Doubt;
pub use read::read;
pub use reading::{
    Appendix, Article, Criterion, DeadlineItem, Duty, Header, Leftover, LegalBasis, OwnColumn, Part, PartKind, Reading, Signer, Target,
    Task,
};
pub use record::{RecordOptions, record};
pub use text::read_text;
