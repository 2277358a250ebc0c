//! The layout: which words, which lines, which blank lines.

use crate::syntax::ast::{Block, Field, File, Item, Keyword, Label, Node, Text, Trivia};
use crate::syntax::{Scope, heading_text, reads_as_text};

/// Whether a blank line stands above something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Always.
    Blank,
    /// Where the author put one.
    AsWritten,
    /// Only above comments where the author put one.
    Tight,
}

/// Returns the text of a tree.
pub(super) fn print(file: &File) -> String {
    let mut page = Page { out: String::new() };
    let mut scope = Scope::Nothing;
    let mut before: Option<&Block> = None;
    for block in &file.blocks {
        scope = Scope::opened_by(block.heading.keyword).unwrap_or(scope);
        page.trivia(&block.trivia, gap_between(before, block));
        page.block(block, scope);
        before = Some(block);
    }
    page.trivia(&file.tail, Gap::Tight);
    while page.out.ends_with("\n\n") {
        page.out.pop();
    }
    page.out
}

/// Blocks stand apart; those of one line and one kind as the author has them.
fn gap_between(before: Option<&Block>, block: &Block) -> Gap {
    match before {
        Some(before) if before.heading.keyword == block.heading.keyword && before.nodes.is_empty() && block.nodes.is_empty() => {
            Gap::AsWritten
        }
        Some(_) => Gap::Blank,
        None => Gap::Tight,
    }
}

struct Page {
    out: String,
}

impl Page {
    fn line(&mut self, parts: &[&str]) {
        for part in parts {
            self.out.push_str(part);
        }
        self.out.push('\n');
    }

    /// Writes the blank line and the comments above something.
    fn trivia(&mut self, trivia: &Trivia, gap: Gap) {
        let blank = match gap {
            Gap::Blank => true,
            Gap::AsWritten => trivia.blank,
            Gap::Tight => trivia.blank && !trivia.comments.is_empty(),
        };
        if blank && !self.out.is_empty() {
            self.line(&[]);
        }
        for comment in &trivia.comments {
            self.line(&[comment]);
        }
    }

    fn block(&mut self, block: &Block, scope: Scope) {
        let heading = heading_text(&block.heading);
        match &block.title {
            Some(title) => self.line(&[&heading, ": ", &title.value]),
            None => self.line(&[&heading]),
        }
        let keyword = block.heading.keyword;
        let mut before: Option<&Node> = None;
        for node in &block.nodes {
            self.trivia(node.trivia(), if keyword == Keyword::Part { gap_in_prose(before, node) } else { Gap::Tight });
            match node {
                Node::Field(field) => self.field(field),
                Node::Item(item) => self.item(item),
                Node::Paragraph(paragraph) => self.paragraph(&paragraph.text, scope, keyword),
            }
            before = Some(node);
        }
    }

    fn field(&mut self, field: &Field) {
        match &field.value {
            Some(value) => self.line(&[field.label.text(), ": ", &value.value]),
            None => self.line(&[field.label.text(), ":"]),
        }
        for item in &field.items {
            self.trivia(&item.trivia, Gap::Tight);
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item) {
        self.line(&[if item.level >= 2 { "+ " } else { "- " }, &item.text.value]);
    }

    /// Writes a paragraph, with `\` in front where it would not read as one.
    fn paragraph(&mut self, text: &Text, scope: Scope, keyword: Keyword) {
        let escape = if reads_as_text(&text.value, scope, keyword) { "" } else { "\\" };
        self.line(&[escape, &text.value]);
    }
}

/// A paragraph needs a blank line above where text stands there, MỤC gets one; what may stand either way stays as it is.
fn gap_in_prose(before: Option<&Node>, node: &Node) -> Gap {
    let below_text = matches!(before, Some(Node::Item(_) | Node::Paragraph(_)));
    match node {
        Node::Field(field) => match field.label {
            Label::Section | Label::Subsection if below_text => Gap::Blank,
            Label::Section | Label::Subsection => Gap::AsWritten,
            _ => Gap::Tight,
        },
        Node::Paragraph(_) if below_text => Gap::Blank,
        Node::Item(_) | Node::Paragraph(_) => Gap::AsWritten,
    }
}
