//! Text to tree: lines, keywords, grammar, recovery.
//!
//! Takes the text of one `.kh` file, gives a [`Parse`]: the lines that cover it byte for byte, the tree, and findings of the family
//! `KH0`. Never fails, never looks at another file, never knows what a name means.
//!
//! The text is cut into lines, each classified by its first words (`line`); a grammar over lines makes blocks of them (`grammar`), a grammar
//! over the words of a heading line reads its argument (`heading`). `grammar/kh.ebnf` states both.

pub mod ast;

mod content;
mod decode;
mod expected;
mod fault;
mod grammar;
mod head;
mod heading;
mod input;
mod keywords;
mod labels;
mod line;
mod near;
mod number;
mod place;
mod report;

use std::cell::{Cell, RefCell};

use crate::base::{Loc, SourceId, Span};
use crate::diag::{Code, Diagnostic, msg};

pub use decode::{Decoded, LARGEST_FILE, decode};
pub use fault::heading_text;
pub use keywords::Scope;
pub use labels::{SYNONYMS, labels_of};
pub use line::{Line, LineKind};
pub use report::MOST_FINDINGS;

/// What one text gives.
#[derive(Debug, Clone)]
pub struct Parse {
    /// All lines in order; their spans cover the text.
    pub lines: Vec<Line>,
    /// The tree of all that could be read.
    pub file: ast::File,
    /// Findings by place, at most [`MOST_FINDINGS`] and one KH0006.
    pub diagnostics: Vec<Diagnostic>,
    /// Bytes that the tree does not hold, because their lines do not fit; each was reported. Ascending, may be empty.
    pub skipped: Vec<Span>,
}

/// Returns lines, tree and findings of a text. Raises KH0005, KH0006, KH0010 to KH0013, KH0020 to KH0024, KH0031.
///
/// ```
/// use kehoach::base::SourceId;
/// let parse = kehoach::syntax::parse(SourceId::new(0), "KẾ HOẠCH TH-2022: Cải cách hành chính năm 2022\nNăm: 2022\n");
/// assert!(parse.diagnostics.is_empty());
/// assert_eq!(parse.file.blocks.len(), 1);
/// ```
pub fn parse(source: SourceId, text: &str) -> Parse {
    let lines = line::lines(text);
    let sheet = input::Sheet { source, text, report: RefCell::default(), aside: RefCell::default(), block: Cell::default() };
    let file = match grammar::file(input::Lines { sheet: &sheet, list: &lines }) {
        Ok((_, file)) => file,
        Err(_) => ast::File::default(),
    };
    if lines.iter().all(|line| matches!(line.kind, LineKind::Blank | LineKind::Comment)) {
        let message = msg!("Tệp chưa có nội dung", "The file has no content");
        let help = msg!("Thêm nội dung, hoặc xóa tệp.", "Write something, or delete the file.");
        sheet.report.borrow_mut().add(Diagnostic::new(Code::KH0005, Loc::new(source, Span::at(0)), message).help(help));
    }
    let (diagnostics, skipped) = sheet.report.into_inner().finish(source);
    Parse { lines, file, diagnostics, skipped }
}

/// Says whether `text`, one line long, would be read as text where `block` stands above it: not as heading, label, bullet or comment.
pub fn reads_as_text(text: &str, scope: Scope, block: ast::Keyword) -> bool {
    !text.starts_with('\\') && line::kind_of(text, scope, Some(block)) == LineKind::Text
}
