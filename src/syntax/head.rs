//! Heading lines: from the words of [`super::heading`] to the tree, over lines where a code list needs them.

use nom::Err;

use super::ast::{Argument, CodeRef, Heading, Keyword, Text};
use super::content::Content;
use super::expected::{Expected, Wants, decline};
use super::fault;
use super::grammar::{Parsed, continued, set_aside};
use super::heading::{Piece, Reading, Reference, Style, is_code_list, is_evident, read};
use super::input::Lines;
use super::keywords::Shape;
use super::line::{Line, LineKind};

/// Whether a title may follow on the next lines, and what of it stands on the heading's own.
#[derive(Debug)]
pub(super) enum TitleStart {
    /// No colon: no title.
    None,
    /// Behind the colon; the text may be missing.
    Colon(Option<Text>),
}

/// A heading line: keyword and argument; codes may run over lines. Cuts where the argument does not fit.
pub(super) fn heading(i: Lines<'_>) -> Parsed<'_, (Heading, TitleStart)> {
    let Some(line) = i.first() else { return decline(&i, Wants::default()) };
    let LineKind::Heading(keyword) = line.kind else { return decline(&i, Wants::default()) };
    let (i, content) = with_more_lines(i, line, keyword);
    let words = line.keyword_len();
    let Some((as_written, rest)) = content.text().split_at_checked(words) else { return decline(&i, Wants::default()) };
    let strict = if as_written == keyword.text() { read(keyword, Style::Strict, rest) } else { read(keyword, Style::Dress, rest) };
    let in_dress = line.is_near() || strict.is_err();
    let reading = strict.or_else(|error| read(keyword, Style::Dress, rest).map_err(|_| error));
    let unfit = |left: usize, wants: Wants| {
        let from = content.text().len() - left.min(content.text().len());
        let found = content.span_of(from, content.text().len());
        let heading = Some((keyword, content.span_of(0, words), found));
        Err::Failure(Expected { left: i.list.len(), wants, heading })
    };
    let reading = reading.map_err(|error| match first_word(rest) {
        // `NHIỆM VỤ của đơn vị`: the word is no code, whatever is missing behind it
        Some(word) if takes_code(keyword) && error.wants == Wants::COLON && !is_evident(word) => {
            unfit(rest.trim_start().len(), Wants::CODE)
        }
        Some(_) | None => unfit(error.left, error.wants),
    })?;
    if line.is_in_prose()
        && let Some(doubtful) = reading.piece.references().into_iter().find(|one| !is_evident(one.code))
    {
        let from = doubtful.whole.as_ptr() as usize - content.text().as_ptr() as usize;
        return Result::Err(unfit(content.text().len() - from, Wants::CODE));
    }
    let span = content.span_of(0, words + reading.end);
    let heading = Heading { keyword, argument: argument(&content, &reading), span };
    if in_dress {
        fault::heading_in_dress(i, &content, &heading, words, &reading);
    }
    let start = match reading.title {
        Some("") => TitleStart::Colon(None),
        Some(title) => TitleStart::Colon(Some(Text { value: title.to_owned(), span: content.span(title) })),
        None => TitleStart::None,
    };
    Ok((i, (heading, start)))
}

/// The title, continued on the lines below; none without a colon.
pub(super) fn title(i: Lines<'_>, start: TitleStart) -> Parsed<'_, Option<Text>> {
    match start {
        TitleStart::None => Ok((i, None)),
        // a line below PHẦN opens a paragraph
        TitleStart::Colon(title) if i.first().is_some_and(Line::is_in_prose) => Ok((i, title)),
        TitleStart::Colon(title) => continued(i, title),
    }
}

/// The heading's line, and the lines below on which its codes or its name go on.
fn with_more_lines<'s>(i: Lines<'s>, line: Line, keyword: Keyword) -> (Lines<'s>, Content<'s>) {
    let mut content = i.content(line);
    let mut i = i.skip_one();
    let is_list = keyword.takes_list();
    // a name goes on below, it does not begin there: in prose such a line opens no block
    let begun = content.text().len() > line.keyword_len();
    let is_name = keyword.shape() == Shape::Name && begun && !content.text().contains(':');
    if !is_list && !is_name {
        return (i, content);
    }
    let mut listed = false;
    loop {
        let next = i.past_comments();
        let Some(more) = next.first() else { return (i, content) };
        let words = next.value(more);
        let open = content.text().len() == line.keyword_len() || content.text().ends_with([':', ',', ';']);
        let glue = match more.kind {
            LineKind::Text if is_name || is_code_list(words.text()) || (open && listed_above(&content, line)) => " ",
            // one code on each line, as lists may be
            LineKind::Item(_) if is_list && (listed || open) && is_code_list(words.text()) => {
                let first = !listed && !content.text().ends_with([',', ';']);
                listed = true;
                if first { " " } else { ", " }
            }
            LineKind::Text | LineKind::Item(_) | LineKind::Blank | LineKind::Comment | LineKind::Heading(_) | LineKind::Label(_) => {
                return (i, content);
            }
        };
        set_aside(i, next);
        content.join(glue, &words);
        i = next.skip_one();
    }
}

/// Returns the word behind a keyword that takes codes.
fn first_word(rest: &str) -> Option<&str> {
    rest.trim_start().split([' ', ':', ',', ';']).next().filter(|word| !word.is_empty())
}

fn takes_code(keyword: Keyword) -> bool {
    matches!(keyword.shape(), Shape::Code | Shape::Reference | Shape::References | Shape::Together)
}

fn listed_above(content: &Content<'_>, line: Line) -> bool {
    content.text().len() > line.keyword_len() && content.text().ends_with([',', ';'])
}

fn argument(content: &Content<'_>, reading: &Reading<'_>) -> Argument {
    let text = |part: &str| Text { value: part.to_owned(), span: content.span(part) };
    let code = |one: &Reference<'_>| CodeRef {
        plan: one.plan.map(str::to_owned),
        code: one.code.to_owned(),
        bracket: one.bracket.map(str::to_owned),
        span: content.span(one.whole),
    };
    let codes = |all: &[Reference<'_>]| all.iter().map(code).collect();
    match &reading.piece {
        Piece::None => Argument::None,
        Piece::Code(one) => Argument::Code(code(one)),
        Piece::Codes(all) => Argument::Codes(codes(all)),
        Piece::Together(all) => Argument::Together(codes(all)),
        Piece::Split(from, into) => Argument::Split { from: code(from), into: codes(into) },
        Piece::Merge(from, into) => Argument::Merge { from: codes(from), into: code(into) },
        Piece::Number(number, whole) if whole.is_empty() && number.is_empty() => Argument::None,
        Piece::Number(number, whole) => Argument::Number(Text { value: number.clone().into_owned(), span: content.span(whole) }),
        Piece::Name(name) => Argument::Name(text(name)),
        Piece::Move(from, to, tasks) => Argument::Move { from: text(from), to: text(to), tasks: codes(tasks) },
        Piece::Accept(code, "") => {
            let code = text(code);
            let place = Text { value: String::new(), span: code.span.after() };
            Argument::Accept { code, place }
        }
        Piece::Accept(code, place) => Argument::Accept { code: text(code), place: text(place) },
    }
}
