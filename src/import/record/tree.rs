//! Pieces of a tree made from text of a document.

use super::super::Place;
use crate::base::{Key, Span, clean};
use crate::syntax::ast::{Argument, Block, CodeRef, Field, Heading, Item, Keyword, Label, Node, Paragraph, Text, Trivia};

/// Returns text as one line of the language: lines joined, spaces evened out.
pub(super) fn one_line(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| clean(line).trim().to_owned()).filter(|line| !line.is_empty()).collect();
    clean(&lines.join(" ")).into_owned()
}

/// Returns the lines of a text that say something, spaces evened out.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
}

/// Returns a text of the tree.
pub(super) fn text(value: &str) -> Text {
    Text { value: one_line(value), span: Span::default() }
}

/// Returns a number as argument of a heading.
pub(super) fn number(value: &str) -> Argument {
    Argument::Number(text(value))
}

/// Returns a code as argument of a heading: letters, digits, `.` and `-` of `value`, runs of others as one `-`.
pub(super) fn code(value: &str) -> Argument {
    Argument::Code(CodeRef { plan: None, code: as_code(value), bracket: None, span: Span::default() })
}

/// Returns the text as a code: what no code can hold becomes `-`.
pub(super) fn as_code(value: &str) -> String {
    let mut out = String::new();
    for c in clean(value).chars() {
        let plain = c.is_alphanumeric() || c == '.';
        if plain {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_matches(['.', '-']).to_owned();
    if out.is_empty() { "X-1".to_owned() } else { out }
}

/// Returns a block without fields; an empty title is none.
pub(super) fn block(keyword: Keyword, argument: Argument, title: &str) -> Block {
    let title = Some(text(title)).filter(|title| !title.value.is_empty());
    let heading = Heading { keyword, argument, span: Span::default() };
    Block { heading, title, nodes: Vec::new(), span: Span::default(), trivia: Trivia { comments: Vec::new(), blank: true } }
}

/// Returns an item; its level is that of its bullet.
pub(super) fn item(line: &str, level: u8) -> Item {
    Item { level, text: text(line), trivia: Trivia::default() }
}

/// Returns a field.
pub(super) fn field(label: Label, value: Option<&str>, items: Vec<Item>) -> Node {
    let span = Span::default();
    Node::Field(Field { label, value: value.map(text), items, label_span: span, span, trivia: Trivia::default() })
}

/// Puts a value under a label; nothing where there is none.
pub(super) fn put(block: &mut Block, label: Label, value: &str) {
    let value = one_line(value);
    if !value.is_empty() {
        block.nodes.push(field(label, Some(&value), Vec::new()));
    }
}

/// Puts values under a label, one on its line, several as items.
pub(super) fn put_list<S: AsRef<str>>(block: &mut Block, label: Label, values: &[S]) {
    let values: Vec<String> = values.iter().map(|value| one_line(value.as_ref())).filter(|value| !value.is_empty()).collect();
    match values.as_slice() {
        [] => {}
        // `;` would part it on the line
        [one] if !one.contains(';') => put(block, label, one),
        several => block.nodes.push(field(label, None, several.iter().map(|value| item(value, 1)).collect())),
    }
}

/// Returns a paragraph of prose.
pub(super) fn paragraph(value: &str) -> Node {
    Node::Paragraph(Paragraph { text: text(value), trivia: Trivia { comments: Vec::new(), blank: true } })
}

/// Gives headings of one kind that bear one code codes of their own: `PL01.1`, `PL01.1-2`. A number that was taken goes on counting.
pub(super) fn tell_codes_apart(blocks: &mut [(Place, Block)]) {
    let mut seen: Vec<(Keyword, Key)> = Vec::new();
    for (_, block) in blocks {
        let keyword = block.heading.keyword;
        let own = match &block.heading.argument {
            Argument::Code(code) => code.code.clone(),
            Argument::Number(number) => number.value.clone(),
            _ => continue,
        };
        let folded = |code: &str| match keyword {
            Keyword::Appendix | Keyword::TaskGroup => Key::new(code.trim_start_matches('0')),
            _ => Key::new(code),
        };
        let mut free = own.clone();
        let mut next = 2u32;
        while seen.contains(&(keyword, folded(&free))) {
            free = match keyword {
                Keyword::Appendix | Keyword::TaskGroup => (own.parse::<u32>().unwrap_or(0) + next - 1).to_string(),
                Keyword::Criterion => sibling(&own, next),
                _ => format!("{own}-{next}"),
            };
            next += 1;
        }
        seen.push((keyword, folded(&free)));
        match &mut block.heading.argument {
            Argument::Code(code) => code.code = free,
            Argument::Number(number) => number.value = free,
            _ => {}
        }
    }
}

/// Returns the dotted number that stands `by - 1` places behind `number`.
fn sibling(number: &str, by: u32) -> String {
    let (above, last) = number.rsplit_once('.').map_or((None, number), |(above, last)| (Some(above), last));
    let next = last.parse::<u32>().unwrap_or(0).saturating_add(by - 1);
    above.map_or_else(|| next.to_string(), |above| format!("{above}.{next}"))
}
