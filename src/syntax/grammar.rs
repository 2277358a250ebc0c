//! The grammar of blocks, over lines.
//!
//! `task(i)` parses or declines, `expected(…)` cuts, [`or_skip`] reports: the one place where reading goes on after a fault.

use nom::multi::fold_many0;
use nom::sequence::pair;
use nom::{Err, IResult, Input, Parser};

use super::ast::{Block, Field, File, Item, Keyword, Label, Node, Paragraph, Text, Trivia};
use super::expected::{Expected, Wants, decline};
use super::fault;
use super::head::{heading, title};
use super::input::Lines;
use super::keywords::Body;
use super::labels::bit;
use super::line::{Line, LineKind};
use super::place::Places;
use crate::base::{Key, Span, clean, is_blank};

pub(super) type Parsed<'s, T> = IResult<Lines<'s>, T, Expected>;

/// All blocks, and what stands behind the last. Never declines.
pub(super) fn file(i: Lines<'_>) -> Parsed<'_, File> {
    let (i, ()) = stray_head(i)?;
    let headings = i.list.iter().filter(|line| matches!(line.kind, LineKind::Heading(_))).count();
    let room = || Vec::with_capacity(headings);
    let mut places = Places::default();
    let (i, blocks) = fold_many0(or_skip(block), room, |mut all: Vec<Block>, block| {
        if let Some(block) = block {
            places.check(i.sheet, &block);
            all.push(block);
        }
        all
    })
    .parse(i)?;
    let (i, tail) = trivia(i)?;
    Ok((i, File { blocks, tail }))
}

/// Text in front of the first heading belongs nowhere.
fn stray_head(i: Lines<'_>) -> Parsed<'_, ()> {
    let to = i.position(|line| matches!(line.kind, LineKind::Heading(_))).unwrap_or(i.input_len());
    let (rest, head) = i.take_split(to);
    let is_stray = |line: &&Line| !matches!(line.kind, LineKind::Blank | LineKind::Comment);
    let (Some(first), Some(last)) = (head.list.iter().find(is_stray), head.list.iter().rfind(is_stray)) else { return Ok((i, ())) };
    fault::stray_head(i, *first);
    i.sheet.report.borrow_mut().skip(first.span.to(last.span));
    Ok((rest, ()))
}

/// Reports why `parser` cut, skips to the next heading, and gives nothing.
fn or_skip<'s, T>(mut parser: impl FnMut(Lines<'s>) -> Parsed<'s, T>) -> impl FnMut(Lines<'s>) -> Parsed<'s, Option<T>> {
    move |i| match parser(i) {
        Ok((i, value)) => Ok((i, Some(value))),
        Err(Err::Failure(error)) => {
            fault::unfit_heading(i, &error);
            let opening = i.past_trivia();
            let behind = opening.skip_one();
            let to = behind.position(|line| matches!(line.kind, LineKind::Heading(_))).unwrap_or(behind.input_len());
            let rest = behind.take_from(to);
            if let (Some(first), Some(last)) = (opening.first(), opening.up_to(rest).last()) {
                i.sheet.report.borrow_mut().skip(first.span.to(last.span));
            }
            Ok((rest, None))
        }
        Err(error @ (Err::Error(_) | Err::Incomplete(_))) => Err(error),
    }
}

/// A heading and what stands below it.
fn block(i: Lines<'_>) -> Parsed<'_, Block> {
    let Some(LineKind::Heading(keyword)) = i.past_trivia().kind() else { return decline(&i, Wants::default()) };
    let (i, (trivia, (heading, title_start))) = pair(trivia, heading).parse(i)?;
    i.sheet.block.set(Some(keyword));
    let (i, title) = title(i, title_start)?;
    let (behind, nodes) = match keyword.body() {
        Body::Fields => fields(i, keyword)?,
        Body::Items => bare_items(i, keyword)?,
        Body::Prose => prose(i)?,
    };
    let end = i.up_to(behind).last().map(|line| line.text()).or(title.as_ref().map(|title| title.span)).unwrap_or(heading.span);
    let span = heading.span.to(end);
    Ok((behind, Block { heading, title, nodes, span, trivia }))
}

/// Fields under labels; anything else is reported and passed over.
fn fields(mut i: Lines<'_>, keyword: Keyword) -> Parsed<'_, Vec<Node>> {
    let mut nodes = Vec::with_capacity(i.count(|kind| matches!(kind, LineKind::Label(_))));
    let mut seen = 0u128;
    let mut foreign_before = false;
    let mut twice_before = false;
    loop {
        let next = i.past_trivia();
        let Some(line) = next.first() else { return Ok((i, nodes)) };
        match line.kind {
            LineKind::Heading(_) | LineKind::Blank | LineKind::Comment => return Ok((i, nodes)),
            LineKind::Label(label) => {
                let twice = seen & bit(label) != 0;
                let (behind, field) = field(i)?;
                if line.is_foreign() {
                    // several in a row have one cause: a heading is missing
                    if !foreign_before {
                        fault::foreign_label(next, line, label, keyword);
                    }
                    pass_over(next, behind);
                } else if twice {
                    if !twice_before {
                        fault::label_twice(i, line, label, &nodes);
                    }
                    pass_over(next, behind);
                } else {
                    seen |= bit(label);
                    nodes.push(Node::Field(field));
                }
                foreign_before = line.is_foreign();
                twice_before |= twice;
                i = behind;
            }
            LineKind::Item(_) | LineKind::Text => {
                let (behind, ()) = stray_lines(next)?;
                fault::stray_line(next, line, keyword);
                pass_over(next, behind);
                i = behind;
            }
        }
    }
}

/// Items without a label (NGÀNH, THUẬT NGỮ).
fn bare_items(mut i: Lines<'_>, keyword: Keyword) -> Parsed<'_, Vec<Node>> {
    let mut nodes = Vec::with_capacity(i.count(|kind| matches!(kind, LineKind::Item(_))));
    loop {
        let next = i.past_trivia();
        let Some(line) = next.first() else { return Ok((i, nodes)) };
        let behind = match line.kind {
            LineKind::Heading(_) | LineKind::Blank | LineKind::Comment => return Ok((i, nodes)),
            LineKind::Item(_) => {
                let (behind, item) = item(i)?;
                nodes.extend(item.map(Node::Item));
                behind
            }
            LineKind::Label(label) => {
                let (behind, _) = field(i)?;
                fault::foreign_label(next, line, label, keyword);
                pass_over(next, behind);
                behind
            }
            LineKind::Text => {
                let (behind, ()) = stray_lines(next)?;
                fault::stray_line(next, line, keyword);
                pass_over(next, behind);
                behind
            }
        };
        i = behind;
    }
}

/// MỤC, TIỂU MỤC, items and paragraphs of a PHẦN, flat and in source order.
fn prose(mut i: Lines<'_>) -> Parsed<'_, Vec<Node>> {
    let mut nodes = Vec::with_capacity(i.count(|kind| matches!(kind, LineKind::Item(_) | LineKind::Label(_) | LineKind::Text)));
    let mut seen = 0u128;
    loop {
        let next = i.past_trivia();
        let Some(line) = next.first() else { return Ok((i, nodes)) };
        i = match line.kind {
            LineKind::Heading(_) | LineKind::Blank | LineKind::Comment => return Ok((i, nodes)),
            LineKind::Item(_) => {
                let (behind, item) = item(i)?;
                nodes.extend(item.map(Node::Item));
                behind
            }
            LineKind::Text => {
                let (behind, paragraph) = paragraph(i)?;
                nodes.push(Node::Paragraph(paragraph));
                behind
            }
            LineKind::Label(label) => {
                // what may stand once below PHẦN may stand once below each MỤC and TIỂU MỤC
                if matches!(label, Label::Section | Label::Subsection) {
                    seen = 0;
                }
                let (behind, field) = title_field(i)?;
                if seen & bit(label) != 0 {
                    fault::label_twice(i, line, label, &nodes);
                    pass_over(next, behind);
                } else {
                    seen |= bit(label);
                    nodes.push(Node::Field(field));
                }
                behind
            }
        };
    }
}

/// A label with its value, and the items below it.
#[inline]
fn field(i: Lines<'_>) -> Parsed<'_, Field> {
    let (i, mut field) = title_field(i)?;
    let value_start = field.value.take();
    let (mut i, value) = continued(i, value_start)?;
    field.value = value;
    let mut end = field.value.as_ref().map_or(field.span, |value| field.span.to(value.span));
    if !matches!(i.kind(), Some(LineKind::Label(_))) {
        field.items.reserve_exact(i.count_items());
    }
    while let Some(LineKind::Item(_)) = i.past_trivia().kind() {
        let (behind, item) = item(i)?;
        if let Some(item) = item {
            end = end.to(item.text.span);
            field.items.push(item);
        }
        i = behind;
    }
    field.span = end;
    if field.value.is_none() && field.items.is_empty() {
        fault::empty_label(i, &field);
    }
    if field.label == Label::Deadline && is_latest(i, field.label_span) {
        sets_bound(&mut field);
    }
    Ok((i, field))
}

/// A label with what stands on its own line (MỤC, Kiểu): the line below opens a paragraph.
#[inline]
fn title_field(i: Lines<'_>) -> Parsed<'_, Field> {
    let (i, trivia) = trivia(i)?;
    let Some(line) = i.first() else { return decline(&i, Wants::default()) };
    let LineKind::Label(label) = line.kind else { return decline(&i, Wants::default()) };
    let raw = i.sheet.text.get(line.label().range()).unwrap_or("");
    let words = raw.trim_end_matches(':').trim_end_matches(is_blank);
    let start = line.label().start as usize;
    let label_span = Span::new(start, start + words.len());
    if line.is_near() {
        fault::near_label(i, label_span, label);
    }
    let value = i.text(line);
    let field = Field { label, value, items: Vec::new(), label_span, span: line.text(), trivia };
    if line.is_in_prose() && field.value.is_none() {
        fault::empty_label(i, &field);
    }
    Ok((i.skip_one(), field))
}

/// A bullet with its text; `None` where nothing stands behind the bullet.
#[inline]
fn item(i: Lines<'_>) -> Parsed<'_, Option<Item>> {
    let (i, trivia) = trivia(i)?;
    let Some(line) = i.first() else { return decline(&i, Wants::default()) };
    let LineKind::Item(level) = line.kind else { return decline(&i, Wants::default()) };
    let (behind, text) = continued(i.skip_one(), i.text(line))?;
    match text {
        Some(text) => Ok((behind, Some(Item { level, text, trivia }))),
        None => {
            fault::empty_item(i, line);
            pass_over(i, behind);
            Ok((behind, None))
        }
    }
}

/// Lines of text up to a blank line, a bullet, a label or a heading.
fn paragraph(i: Lines<'_>) -> Parsed<'_, Paragraph> {
    let (i, trivia) = trivia(i)?;
    match continued(i, None)? {
        (behind, Some(text)) => Ok((behind, Paragraph { text, trivia })),
        (behind, None) => decline(&behind, Wants::default()),
    }
}

/// Text lines that continue what precedes them, joined by one space. Comments between them go above the next node.
#[inline]
pub(super) fn continued(i: Lines<'_>, start: Option<Text>) -> Parsed<'_, Option<Text>> {
    match i.kind() {
        Some(LineKind::Text | LineKind::Comment) => text_lines(i, start),
        Some(LineKind::Blank | LineKind::Heading(_) | LineKind::Label(_) | LineKind::Item(_)) | None => Ok((i, start)),
    }
}

/// Joins text lines to `start`.
fn text_lines(mut i: Lines<'_>, start: Option<Text>) -> Parsed<'_, Option<Text>> {
    let mut whole = start;
    loop {
        let next = i.past_comments();
        let Some(line) = next.first().filter(|line| line.kind == LineKind::Text) else { return Ok((i, whole)) };
        set_aside(i, next);
        if line.is_unmarked() {
            // what was meant for another field would spoil this one
            fault::unmarked_label(next, line);
            i = next.skip_one();
            pass_over(next, i);
            continue;
        }
        if let Some(more) = next.text(line) {
            match &mut whole {
                Some(whole) => {
                    whole.value.push(' ');
                    whole.value.push_str(&more.value);
                    whole.span = whole.span.to(more.span);
                }
                None => whole = Some(more),
            }
        }
        i = next.skip_one();
    }
}

/// Keeps the comments between `i` and `next` for the next node.
pub(super) fn set_aside<'s>(i: Lines<'s>, next: Lines<'s>) {
    let comments = i.up_to(next).iter().filter(|line| line.kind == LineKind::Comment);
    let mut comments = comments.map(|line| i.content(*line).text().to_owned()).peekable();
    if comments.peek().is_some() {
        i.sheet.aside.borrow_mut().extend(comments);
    }
}

/// Comments and blank lines.
#[inline]
fn trivia(i: Lines<'_>) -> Parsed<'_, Trivia> {
    match i.kind() {
        Some(LineKind::Heading(_) | LineKind::Label(_) | LineKind::Item(_) | LineKind::Text) if i.sheet.aside.borrow().is_empty() => {
            Ok((i, Trivia::default()))
        }
        Some(LineKind::Blank | LineKind::Comment | LineKind::Heading(_) | LineKind::Label(_) | LineKind::Item(_) | LineKind::Text)
        | None => blank_or_comment_lines(i),
    }
}

/// Gathers comments and blank lines, after comments that were set aside.
fn blank_or_comment_lines(i: Lines<'_>) -> Parsed<'_, Trivia> {
    let mut out = Trivia::default();
    {
        let mut aside = i.sheet.aside.borrow_mut();
        if !aside.is_empty() {
            out.comments.append(&mut aside);
        }
    }
    let rest = i.past_trivia();
    for line in i.up_to(rest) {
        match line.kind {
            LineKind::Comment => out.comments.push(i.content(*line).text().to_owned()),
            LineKind::Blank if out.comments.is_empty() => out.blank = true,
            LineKind::Blank if out.comments.last().is_some_and(|last| !last.is_empty()) => out.comments.push(String::new()),
            LineKind::Blank | LineKind::Heading(_) | LineKind::Label(_) | LineKind::Item(_) | LineKind::Text => {}
        }
    }
    Ok((rest, out))
}

/// Lines that belong to nothing, up to a blank line, a label or a heading.
fn stray_lines(i: Lines<'_>) -> Parsed<'_, ()> {
    let to = i.position(|line| !matches!(line.kind, LineKind::Item(_) | LineKind::Text | LineKind::Comment)).unwrap_or(i.input_len());
    Ok((i.take_from(to), ()))
}

/// Notes that the tree does not hold the lines between `i` and `behind`.
fn pass_over<'s>(i: Lines<'s>, behind: Lines<'s>) {
    if let [first, .., last] | [first @ last] = i.up_to(behind) {
        i.sheet.report.borrow_mut().skip(first.span.to(last.span));
    }
}

/// Says whether the label's words set a bound (`Thời gian hoàn thành chậm nhất`).
fn is_latest(i: Lines<'_>, label: Span) -> bool {
    let words = i.sheet.text.get(label.range()).unwrap_or("");
    words.len() != Label::Deadline.text().len() && Key::new(&clean(words)).as_str().ends_with("chậm nhất")
}

/// Writes the bound into the times, where they do not say one themselves.
fn sets_bound(field: &mut Field) {
    let texts = field.value.iter_mut().chain(field.items.iter_mut().map(|item| &mut item.text));
    for text in texts {
        let (of, time) = match text.value.rsplit_once(": ") {
            Some((of, time)) => (Some(of), time),
            None => (None, text.value.as_str()),
        };
        let lower = time.to_lowercase();
        let opens_with = ["ngày ", "tháng ", "năm "].iter().find(|word| lower.starts_with(**word));
        if opens_with.is_none() && !lower.starts_with("quý ") && !time.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let time = opens_with.map_or_else(|| time.to_owned(), |word| format!("{word}{}", &time[word.len()..]));
        text.value = of.map_or_else(|| format!("Chậm nhất {time}"), |of| format!("{of}: Chậm nhất {time}"));
    }
}
