//! Documents as they exist (Word, Excel, web pages, text) read into blocks, understood as a plan, and given on as `.kh` in record mode.
//!
//! Takes bytes and a name, gives what was read with its doubts; never refuses a file that holds text and never guesses silently: what was
//! uncertain is a doubt with its place and words, what was not understood is kept and listed. Executes nothing, fetches nothing.

mod archive;
#[cfg(test)]
mod bent;
mod block;
mod bodies;
mod caption;
mod column;
mod docx;
mod doubt;
mod encoding;
mod field;
#[cfg(test)]
mod fixture;
mod form;
mod grid;
mod header;
mod html;
mod kind;
mod line;
mod mark;
mod open;
mod prose;
mod read;
mod reading;
mod record;
mod running;
mod score;
pub mod sheet;
mod symbol;
mod table;
mod tables;
mod tagged;
mod target;
mod text;
mod xml;

pub use block::{Block, Cell, Control, Document, Paragraph, Place, Row, Style, Table};
pub use docx::Revisions;
pub use doubt::Doubt;
pub use encoding::{Decoded, decode};
pub use form::{Form, FormRow, FormTable, form};
pub use open::{OpenOptions, open};
pub use read::read;
pub use reading::{
    Appendix, Article, Criterion, DeadlineItem, Duty, Header, Leftover, LegalBasis, OwnColumn, Part, PartKind, Reading, Signer, Target,
    Task,
};
pub use record::{RecordOptions, record};
pub(crate) use tagged::is_tied;
pub use tagged::{Tagged, TaggedText, tagged};
pub use text::read_text;

/// What a reader gives.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Out {
    /// The document as paragraphs and tables.
    pub document: Document,
    /// What was uncertain, left out or could not be read, by place; what concerns the whole file first.
    pub doubts: Vec<Doubt>,
}
