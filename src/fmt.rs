//! The one layout of `.kh` text, with a soundness check.
//!
//! Takes a tree or a text, gives text: headings and labels in the language's own words, `-` bullets, one line for each text, a blank line
//! between blocks, comments kept. A text is changed only if the new one reads as the same tree with the same comments; never
//! otherwise, and never where lines of it do not fit the grammar.

mod deadline;
mod print;
mod quarter;

use std::borrow::Cow;

use crate::base::SourceId;
use crate::diag::{Message, msg};
use crate::syntax::ast::{File, Node, Trivia};
use crate::syntax::{Parse, parse};

/// A text in the one layout, or as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatted {
    /// The text; the one given where it was left alone.
    pub text: String,
    /// Whether it differs from the text given.
    pub changed: bool,
    /// Whether the text is known to mean what the one given means. Where not, it was left alone.
    pub sound: bool,
    /// Why it was left alone.
    pub reason: Option<Message>,
}

/// Returns a tree in the one layout; empty for a tree without blocks and comments. Own deadlines of products (`(hạn: …)`) stand under
/// `Thời gian hoàn thành`, where that changes nothing else.
///
/// ```
/// use kehoach::base::SourceId;
/// let file = kehoach::syntax::parse(SourceId::new(0), "KẾ HOẠCH A-1 : Tên\n  NĂM:  2022\n").file;
/// assert_eq!(kehoach::fmt::format(&file), "KẾ HOẠCH A-1: Tên\nNăm: 2022\n");
/// ```
pub fn format(file: &File) -> String {
    print::print(&laid_out(file))
}

/// Returns a text in the one layout, or as it is where that cannot be done soundly.
pub fn format_text(text: &str) -> Formatted {
    let source = SourceId::new(0);
    format_parse(text, &parse(source, text))
}

/// Returns a text, of which `parse` is the reading, in the one layout, or as it is where that cannot be done soundly.
pub fn format_parse(text: &str, parse: &Parse) -> Formatted {
    let leave = |reason| Formatted { text: text.to_owned(), changed: false, sound: false, reason: Some(reason) };
    if !parse.skipped.is_empty() {
        return leave(msg!(
            "Tệp còn dòng không đúng mẫu nên chưa sắp xếp lại; sửa lỗi trước",
            "The file holds lines that do not fit, so it was left alone; mend them first"
        ));
    }
    let wanted = laid_out(&parse.file);
    let new = print::print(&wanted);
    let again = crate::syntax::parse(SourceId::new(0), &new);
    if !again.skipped.is_empty() || again.file != *wanted || comments(&again.file) != comments(&parse.file) {
        return leave(msg!(
            "Sắp xếp lại sẽ làm đổi nội dung nên để nguyên tệp",
            "The one layout would change the content, so the file was left alone"
        ));
    }
    Formatted { changed: new != text, text: new, sound: true, reason: None }
}

/// Returns the tree as it is printed.
fn laid_out(file: &File) -> Cow<'_, File> {
    let file = quarter::with_quarters(file).map_or(Cow::Borrowed(file), Cow::Owned);
    match deadline::with_maps(&file) {
        Some(moved) => Cow::Owned(moved),
        None => file,
    }
}

/// Returns all comments in order.
fn comments(file: &File) -> Vec<&str> {
    let mut out = Vec::new();
    for block in &file.blocks {
        extend(&mut out, &block.trivia);
        for node in &block.nodes {
            extend(&mut out, node.trivia());
            if let Node::Field(field) = node {
                for item in &field.items {
                    extend(&mut out, &item.trivia);
                }
            }
        }
    }
    extend(&mut out, &file.tail);
    out
}

fn extend<'f>(out: &mut Vec<&'f str>, trivia: &'f Trivia) {
    out.extend(trivia.comments.iter().map(String::as_str).filter(|comment| !comment.is_empty()));
}
