//! The findings of this room: one function for each fault.

use super::ast::{Argument, CodeRef, Field, Heading, Keyword, Label, Node};
use super::content::Content;
use super::expected::Expected;
use super::heading::Reading;
use super::input::Lines;
use super::keywords::Body;
use super::labels::{Unmarked, labels_of, unmarked};
use super::line::{Line, LineKind};
use crate::base::{Loc, Span};
use crate::diag::{Code, Diagnostic, Message, msg};

fn add(i: Lines<'_>, finding: Diagnostic) {
    i.sheet.report.borrow_mut().add(finding);
}

/// KH0012.
pub(super) fn stray_head(i: Lines<'_>, first: Line) {
    let message = msg!("Chữ đứng trước tiêu đề đầu tiên nên không thuộc khối nào", "Text stands above the first heading, in no block");
    let help = msg!(
        "Đặt một tiêu đề ở trên, như `{}`, hoặc thêm `#` ở đầu dòng để thành ghi chú.",
        "Put a heading above, such as `{}`, or `#` in front to make it a comment.",
        Keyword::Plan.example()
    );
    add(i, Diagnostic::new(Code::KH0012, i.loc(first.text()), message).help(help));
}

/// KH0010: `error` says where the heading stops fitting.
pub(super) fn unfit_heading(i: Lines<'_>, error: &Expected) {
    let Some((keyword, words, found)) = error.heading else { return };
    let name = keyword.text();
    let wants = error.wants.words();
    let (vi, en) = (wants.vi, wants.en);
    let raw = i.sheet.text.get(found.range()).unwrap_or("");
    let quoted = raw.trim_start();
    let end = quoted.char_indices().enumerate().find(|(count, (_, c))| *count == 40 || matches!(c, ':' | '\n'));
    let found_words = quoted[..end.map_or(quoted.len(), |(_, (at, _))| at)].trim_end();
    let message = match (vi.is_empty(), found_words.is_empty()) {
        (true, _) => msg!("Dòng mở đầu bằng `{name}` không đúng mẫu", "A line that opens with `{name}` does not fit"),
        (false, true) => msg!("Dòng `{name}` còn thiếu {vi}", "The line `{name}` lacks {en}"),
        (false, false) => {
            msg!("Dòng `{name}` cần {vi} ở chỗ ghi “{found_words}”", "The line `{name}` needs {en} where it says “{found_words}”")
        }
    };
    let found_end = found.start as usize + (raw.len() - quoted.len()) + found_words.len();
    let place = words.to(Span::new(words.start as usize, found_end.max(words.end as usize)));
    let help = msg!(
        "Viết như `{}`; nếu là câu văn thì thêm dấu `\\` ở đầu dòng.",
        "Write it like `{}`; if it is prose, put `\\` in front.",
        keyword.example()
    );
    add(i, Diagnostic::new(Code::KH0010, i.loc(place), message).help(help).quote(found_words));
}

/// KH0011, with the line as it should be as fix.
pub(super) fn heading_in_dress(i: Lines<'_>, content: &Content<'_>, heading: &Heading, words: usize, reading: &Reading<'_>) {
    let behind = &content.text()[words + reading.end..];
    let title_at = reading.title.map_or(content.text().len(), |title| content.text().len() - title.len());
    let mut wanted = heading_text(heading);
    if reading.title.is_some() {
        wanted.push_str(if behind.is_empty() { ":" } else { ": " });
    }
    let place = content.span_of(0, title_at);
    let shown = wanted.trim_end();
    let message = msg!("Tiêu đề được hiểu là `{shown}`", "The heading is read as `{shown}`");
    let fix = msg!("Viết lại thành `{shown}`", "Rewrite it as `{shown}`");
    let help = msg!("Viết `{shown}`; nếu là câu văn thì thêm dấu `\\` ở đầu dòng.", "Write `{shown}`; if it is prose, put `\\` in front.");
    let marked = heading.span;
    let wanted = if reading.title.is_some_and(|title| !title.is_empty()) { wanted } else { shown.to_owned() };
    let place = if reading.title.is_some_and(|title| !title.is_empty()) {
        Span { end: content.span_of(title_at, title_at + 1).start, ..place }
    } else {
        place
    };
    add(i, Diagnostic::new(Code::KH0011, i.loc(marked), message).help(help).fix(fix, i.loc(place), wanted, true));
}

/// Returns a heading as the language writes it, without colon and title.
pub fn heading_text(heading: &Heading) -> String {
    let keyword = heading.keyword.text();
    let list = |codes: &[CodeRef], glue: &str| codes.iter().map(code_text).collect::<Vec<_>>().join(glue);
    match &heading.argument {
        Argument::None => keyword.to_owned(),
        Argument::Code(code) => format!("{keyword} {}", code_text(code)),
        Argument::Codes(codes) if heading.keyword == Keyword::Own => format!("{keyword} {}", list(codes, "; ")),
        Argument::Codes(codes) => format!("{keyword} {}", list(codes, ", ")),
        Argument::Together(codes) => format!("{keyword} {}", list(codes, " CÙNG ")),
        Argument::Split { from, into } => format!("{keyword} {} THÀNH {}", code_text(from), list(into, ", ")),
        Argument::Merge { from, into } => format!("{keyword} {} THÀNH {}", list(from, ", "), code_text(into)),
        Argument::Number(text) | Argument::Name(text) => format!("{keyword} {}", text.value),
        Argument::Move { from, to, tasks } => format!("{keyword} {} SANG {}: {}", from.value, to.value, list(tasks, ", ")),
        Argument::Accept { code, place } if place.value.is_empty() => format!("{keyword} {}", code.value),
        Argument::Accept { code, place } => format!("{keyword} {} {}", code.value, place.value),
    }
}

/// Returns a code as the language writes it: plan, code, bracket.
fn code_text(one: &CodeRef) -> String {
    let mut out = String::new();
    if let Some(plan) = &one.plan {
        out.push_str(plan);
        out.push('/');
    }
    out.push_str(&one.code);
    if let Some(bracket) = &one.bracket {
        out.push_str(" (");
        out.push_str(bracket);
        out.push(')');
    }
    out
}

/// KH0020.
pub(super) fn foreign_label(i: Lines<'_>, line: Line, label: Label, keyword: Keyword) {
    let (words, name) = (label.text(), keyword.text());
    let place = label_span(line);
    let homes: Vec<&str> =
        Keyword::ALL.iter().filter(|home| labels_of(**home).any(|own| own == label)).map(|home| home.text()).take(3).collect();
    let homes = homes.join(", ");
    let message = match keyword.body() {
        Body::Items => msg!("`{words}` không thuộc khối chỉ có gạch đầu dòng", "`{words}` stands in a block of bare items"),
        Body::Fields | Body::Prose => msg!("`{words}` không thuộc khối `{name}`", "`{words}` does not belong to a `{name}` block"),
    };
    let help = msg!(
        "Nhãn này thuộc {homes}: có thể thiếu một tiêu đề ở trên. Nếu là câu văn thì thêm dấu `\\` ở đầu dòng.",
        "This label belongs to {homes}: a heading may be missing above. If it is prose, put `\\` in front."
    );
    add(i, Diagnostic::new(Code::KH0020, i.loc(place), message).help(help).quote(words));
}

fn label_span(line: Line) -> Span {
    let label = line.label();
    Span { end: label.end.saturating_sub(1).max(label.start), ..label }
}

/// KH0021: marks the second, the gap in front of it and the first.
pub(super) fn label_twice(i: Lines<'_>, line: Line, label: Label, nodes: &[Node]) {
    let first = nodes.iter().rev().find_map(|node| match node {
        Node::Field(field) if field.label == label => Some(field.label_span),
        Node::Field(_) | Node::Item(_) | Node::Paragraph(_) => None,
    });
    let words = label.text();
    let gap = gap_above(i, line, first);
    let message = msg!("`{words}` đã ghi một lần ở trên trong cùng một khối", "`{words}` is already given in the same block");
    let help = msg!(
        "Thêm tiêu đề còn thiếu vào chỗ trống phía trên, hoặc gộp hai nhãn làm một; mỗi giá trị một gạch đầu dòng.",
        "Put the missing heading into the gap above, or make the two labels one with an item for each value."
    );
    let mut finding = Diagnostic::new(Code::KH0021, i.loc(label_span(line)), message)
        .help(help)
        .quote(words)
        .related(i.loc(gap), msg!("có thể thiếu một tiêu đề ở đây", "a heading may be missing here"));
    if let Some(first) = first {
        finding = finding.related(i.loc(first), msg!("ghi lần đầu ở đây", "first given here"));
    }
    add(i, finding);
}

/// The end of what stands above the last blank line between the first and the second label, else directly above the second.
fn gap_above(i: Lines<'_>, second: Line, first: Option<Span>) -> Span {
    let from = first.map_or(0, |span| span.end as usize);
    let between = i.sheet.text.get(from..second.text().start as usize).unwrap_or("");
    let mut end = between.trim_end().len();
    let mut at = 0;
    let mut above = 0;
    for line in between.split_inclusive('\n') {
        if line.trim().is_empty() && line.ends_with('\n') && above > 0 {
            end = above;
        } else if !line.trim().is_empty() {
            above = at + line.trim_end().len();
        }
        at += line.len();
    }
    Span::at(from + end)
}

/// KH0022.
pub(super) fn near_label(i: Lines<'_>, span: Span, label: Label) {
    let words = label.text();
    let written = i.sheet.text.get(span.range()).unwrap_or("");
    let message = msg!("`{written}` được hiểu là nhãn `{words}`", "`{written}` is read as the label `{words}`");
    let fix = msg!("Viết lại thành `{words}`", "Rewrite it as `{words}`");
    let help =
        msg!("Viết `{words}:`; nếu là câu văn thì thêm dấu `\\` ở đầu dòng.", "Write `{words}:`; if it is prose, put `\\` in front.");
    add(i, Diagnostic::new(Code::KH0022, i.loc(span), message).help(help).fix(fix, i.loc(span), words, true));
}

/// KH0023.
pub(super) fn stray_line(i: Lines<'_>, line: Line, keyword: Keyword) {
    let name = keyword.text();
    let (message, help) = match line.kind {
        LineKind::Item(_) => (
            msg!("Gạch đầu dòng không thuộc nhãn nào của khối `{name}`", "An item belongs to no label of the `{name}` block"),
            msg!("Thêm nhãn ở trên, như `Sản phẩm:`.", "Put a label above, such as `Sản phẩm:`."),
        ),
        LineKind::Blank | LineKind::Comment | LineKind::Heading(_) | LineKind::Label(_) | LineKind::Text => (
            msg!("Dòng này không thuộc nhãn nào của khối `{name}`", "This line belongs to no label of the `{name}` block"),
            msg!(
                "Bỏ dòng trống phía trên để nối với câu trước, hoặc thêm nhãn ở đầu dòng.",
                "Delete the blank line above to continue what precedes it, or put a label in front."
            ),
        ),
    };
    add(i, Diagnostic::new(Code::KH0023, i.loc(line.text()), message).help(help));
}

/// KH0023, for a line that opens like a label and would continue what precedes it.
pub(super) fn unmarked_label(i: Lines<'_>, line: Line) {
    let content = i.content(line);
    let Some(found) = i.sheet.block.get().and_then(|block| unmarked(content.text(), block)) else { return };
    let escape = msg!("nếu là câu văn thì thêm dấu `\\` ở đầu dòng.", "if it is prose, put `\\` in front.");
    let (escape_vi, escape_en) = (escape.vi, escape.en);
    let finding = match found {
        Unmarked::NoColon(label, end) => {
            let words = label.text();
            let place = content.span_of(0, end);
            let message = msg!("Nhãn `{words}` thiếu dấu hai chấm", "The label `{words}` lacks its colon");
            let help = msg!("Viết `{words}: …`; {escape_vi}", "Write `{words}: …`; {escape_en}");
            let fix = msg!("Thêm dấu hai chấm", "Add the colon");
            Diagnostic::new(Code::KH0023, i.loc(place), message).help(help).fix(fix, i.loc(place.after()), ":", true).quote(words)
        }
        Unmarked::NoLabel(end) => {
            let words = &content.text()[..end];
            let message = msg!("Không có nhãn `{words}`", "There is no label `{words}`");
            let help = msg!(
                "Dùng nhãn của khối này, như `Thời gian hoàn thành:`, `Ghi chú:`; {escape_vi}",
                "Use a label of this block, such as `Thời gian hoàn thành:`, `Ghi chú:`; {escape_en}"
            );
            Diagnostic::new(Code::KH0023, i.loc(content.span_of(0, end)), message).help(help).quote(words)
        }
    };
    add(i, finding);
}

/// KH0024.
pub(super) fn empty_label(i: Lines<'_>, field: &Field) {
    let words = field.label.text();
    let message = msg!("Nhãn `{words}` chưa có giá trị", "The label `{words}` has no value");
    let help = msg!("Ghi giá trị sau dấu hai chấm, hoặc bỏ dòng này.", "Write the value behind the colon, or delete the line.");
    add(i, Diagnostic::new(Code::KH0024, i.loc(field.label_span), message).help(help));
}

/// KH0024, for a bullet.
pub(super) fn empty_item(i: Lines<'_>, line: Line) {
    let message = msg!("Gạch đầu dòng không có chữ", "An item without text");
    let help = msg!("Ghi nội dung sau dấu gạch, hoặc bỏ dòng này.", "Write its text, or delete the line.");
    add(i, Diagnostic::new(Code::KH0024, i.loc(line.text()), message).help(help));
}

/// KH0013.
pub(super) fn misplaced(loc: Loc, keyword: Keyword, why: Message, help: Message) -> Diagnostic {
    let name = keyword.text();
    let (vi, en) = (why.vi, why.en);
    Diagnostic::new(Code::KH0013, loc, msg!("`{name}` {vi}", "`{name}` {en}")).help(help)
}

/// KH0031.
pub(super) fn repeated(loc: Loc, first: Loc, keyword: Keyword, code: &str) -> Diagnostic {
    let name = keyword.text();
    let message = msg!("`{name} {code}` đã có ở trên", "`{name} {code}` is already there above");
    let help = msg!("Đổi một trong hai mã, hoặc gộp hai khối làm một.", "Change one of the two codes, or make the two blocks one.");
    Diagnostic::new(Code::KH0031, loc, message).help(help).quote(code).related(first, msg!("dùng lần đầu ở đây", "first used here"))
}
