//! Prose: the flat lines of a PHẦN to a tree.

use super::Context;
use super::field::misread;
use crate::base::{Key, Loc, SourceId};
use crate::model::{Code, Marking, Origin, Part};
use crate::syntax::ast::{Argument, Block, Label, Node};

/// Placeholders that never tie a line to a task.
const FIXED: [&str; 6] = ["đơn vị", "mã đơn vị", "địa bàn", "năm", "năm trước", "năm sau"];

/// Reads a PHẦN. `targets` are the codes of the plan's targets, whose placeholders are no ties.
pub(super) fn part(cx: &mut Context<'_>, source: SourceId, block: &Block, targets: &[Key]) -> Part {
    let (number, span) = match &block.heading.argument {
        Argument::Number(text) => (text.value.clone(), block.heading.span),
        _ => (String::new(), block.heading.span),
    };
    let title = block.title.as_ref();
    let mut root = node(1, title.map_or("", |text| &text.value), Loc::new(source, title.map_or(span, |text| text.span)), targets);
    root.number = number;
    // the path of open MỤC and TIỂU MỤC below the root, as indices; items hang below the last of them
    let mut stack: Vec<Part> = vec![root];
    for line in &block.nodes {
        match line {
            Node::Field(field) => {
                let text = field.value.as_ref();
                let value = text.map_or("", |text| text.value.as_str());
                let loc = Loc::new(source, text.map_or(field.label_span, |text| text.span));
                match field.label {
                    Label::Section => open(&mut stack, node(2, value, loc, targets)),
                    Label::Subsection => open(&mut stack, node(3, value, loc, targets)),
                    Label::Marking => match Key::new(value).as_str() {
                        "số" => marking(&mut stack, Marking::Numbers),
                        "chữ" => marking(&mut stack, Marking::Letters),
                        "gạch" => marking(&mut stack, Marking::Dashes),
                        _ => misread(cx, loc, "Kiểu", "số, chữ hoặc gạch"),
                    },
                    Label::Numbering => {
                        close_to(&mut stack, 4);
                        if let Some(last) = stack.last_mut() {
                            last.printed_number = Some(value.to_owned());
                        }
                    }
                    _ => {}
                }
            }
            Node::Item(item) => {
                let depth = if item.level >= 2 { 5 } else { 4 };
                open(&mut stack, node(depth, &item.text.value, Loc::new(source, item.text.span), targets));
            }
            Node::Paragraph(paragraph) => {
                close_to(&mut stack, 4);
                let text = node(0, &paragraph.text.value, Loc::new(source, paragraph.text.span), targets);
                if let Some(last) = stack.last_mut() {
                    last.below.push(text);
                }
            }
        }
    }
    close_to(&mut stack, 2);
    stack.swap_remove(0)
}

/// Closes all open nodes of `depth` and deeper into their parents.
fn close_to(stack: &mut Vec<Part>, depth: u8) {
    while stack.len() > 1 && stack.last().is_some_and(|last| last.depth >= depth) {
        if let (Some(closed), Some(above)) = (stack.pop(), stack.last_mut()) {
            above.below.push(closed);
        }
    }
}

fn open(stack: &mut Vec<Part>, part: Part) {
    close_to(stack, part.depth);
    stack.push(part);
}

fn marking(stack: &mut Vec<Part>, marking: Marking) {
    close_to(stack, 4);
    if let Some(last) = stack.last_mut() {
        last.marking = Some(marking);
    }
}

fn node(depth: u8, text: &str, loc: Loc, targets: &[Key]) -> Part {
    let (text, tied) = split_ties(text, loc, targets);
    Part { depth, number: String::new(), printed_number: None, text, tied, marking: None, below: Vec::new(), origin: Origin::stated(loc) }
}

/// Splits `… {TC-08, TC-09}` at the end of a line into the text and the codes that it is tied to.
fn split_ties(text: &str, loc: Loc, targets: &[Key]) -> (String, Vec<Code>) {
    let mut rest = text.trim_end();
    let mut tied = Vec::new();
    while let Some(open) = rest.ends_with('}').then(|| rest.rfind('{')).flatten() {
        let inside = &rest[open + 1..rest.len() - 1];
        let codes: Vec<&str> = inside.split([',', ';']).map(str::trim).collect();
        if !codes.iter().all(|code| is_task_code(code, targets)) {
            break;
        }
        tied.splice(0..0, codes.iter().map(|code| Code::new(*code, loc)));
        rest = rest[..open].trim_end();
    }
    (rest.to_owned(), tied)
}

fn is_task_code(text: &str, targets: &[Key]) -> bool {
    let key = Key::new(text);
    let shaped = !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '/'))
        && text.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
    shaped && !FIXED.contains(&key.as_str()) && !targets.contains(&key)
}
