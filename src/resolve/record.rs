//! Record mode: a task as a document has it, with what a person says of its reading, and doubts in place of faults.
//!
//! The printed words stand in the fields; this file says which of them are items, which reading a person corrects, and to which tasks of a
//! parent the task is tied. What is not understood is counted, never refused: the document was issued as it stands.

use super::field::{self, Value};
use super::header::column_field;
use super::{Context, PlanDraft};
use crate::base::{Key, Loc, SourceId, Span};
use crate::diag::{Code as Kh, Diagnostic, Message, msg};
use crate::model::{Code, ColumnField, Patch, Plan, Record, TaskRef, Tie, TieState, Verb};
use crate::syntax::ast::{self, Block, Field, Item, Label, Node, Trivia};
use crate::value::{self, Time};

/// The labels that only record mode has.
const LABELS: [Label; 5] = [Label::Answers, Label::NotAnswers, Label::PrintedNumber, Label::Origin, Label::ReadAs];

/// Returns a task's block as it is to be read, run-on items apart and corrections in place, and what is kept beside its fields. Findings:
/// `KH5038`, `KH5040`.
pub(super) fn read(cx: &mut Context<'_>, draft: &PlanDraft<'_>, block: &Block) -> (Block, Record) {
    let source = draft.source;
    let single = |label| block.field(label).and_then(|field| field::text(source, field));
    let mut record = Record {
        number: single(Label::PrintedNumber),
        origin: single(Label::Origin),
        ties: ties(cx, source, block),
        words: words(block),
        corrected: Vec::new(),
    };
    report_contradictions(cx, draft, &record);
    let mut out = block.clone();
    for node in &mut out.nodes {
        if let Node::Field(field) = node
            && holds_list(field.label)
        {
            *field = apart(field);
        }
    }
    for (field, text, loc) in corrections(cx, draft, block) {
        correct(
            &mut out,
            &mut record,
            field,
            Item { level: 1, text: ast::Text { value: text, span: loc.span }, trivia: Trivia::default() },
        );
    }
    (out, record)
}

/// Reports labels of record mode in a plan that is none (KH5039).
pub(super) fn report_labels(cx: &mut Context<'_>, draft: &PlanDraft<'_>, block: &Block, about: &field::About<'_>) {
    for field in block.fields().filter(|field| LABELS.contains(&field.label)) {
        let words = field.label.text();
        cx.note(
            Diagnostic::new(
                Kh::KH5039,
                Loc::new(draft.source, field.label_span),
                msg!("`{words}` chỉ dùng trong kế hoạch ghi nhận", "`{words}` only stands in a plan in record mode"),
            )
            .help(msg!(
                "Bỏ dòng này, hoặc thêm `Chế độ: ghi nhận` dưới KẾ HOẠCH",
                "Delete the line, or write `Chế độ: ghi nhận` below KẾ HOẠCH"
            ))
            .about(about.plan, about.unit, about.place)
            .quote(words),
        );
    }
}

/// The fields whose lines may hold several items.
fn holds_list(label: Label) -> bool {
    matches!(
        label,
        Label::Products | Label::Leads | Label::Coordinators | Label::Synthesisers | Label::Targets | Label::Measures | Label::Basis
    )
}

/// Returns a field whose run-on items stand apart.
fn apart(field: &Field) -> Field {
    let mut out = Field { value: None, items: Vec::new(), ..field.clone() };
    let value = field.value.iter().map(|text| (text, None));
    for (text, item) in value.chain(field.items.iter().map(|item| (&item.text, Some(item)))) {
        let ranges = value::run_on(&text.value);
        match (ranges.as_slice(), item) {
            // a line that is one item still parts at `;` as everywhere
            ([one], None) if out.value.is_none() && out.items.is_empty() => {
                let value = text.value[one.clone()].to_owned();
                out.value = Some(ast::Text { value, span: within(text, one.clone()) });
            }
            ([], None) => {}
            ([] | [_], Some(item)) => out.items.push(item.clone()),
            _ => out.items.extend(ranges.into_iter().map(|range| Item {
                level: item.map_or(1, |item| item.level),
                text: ast::Text { value: text.value[range.clone()].to_owned(), span: within(text, range) },
                trivia: Trivia::default(),
            })),
        }
    }
    out
}

/// Returns the span of a part of a text: exact where the tree has the source's own bytes, else the whole.
fn within(text: &ast::Text, range: std::ops::Range<usize>) -> Span {
    if text.span.len() != text.value.len() {
        return text.span;
    }
    let start = text.span.start as usize;
    Span::new(start + range.start, start + range.end)
}

/// Returns the printed lines of each field: bullets of items in front.
fn words(block: &Block) -> Vec<(ColumnField, Vec<String>)> {
    let mut out: Vec<(ColumnField, Vec<String>)> = Vec::new();
    if let Some(title) = &block.title {
        out.push((ColumnField::Content, vec![title.value.clone()]));
    }
    for field in block.fields() {
        if field.label == Label::Columns {
            for text in field.value.iter().chain(field.items.iter().map(|item| &item.text)) {
                let (name, value) = text.value.split_once('=').unwrap_or((&text.value, ""));
                out.push((ColumnField::Own(name.trim().to_owned()), vec![value.trim().to_owned()]));
            }
            continue;
        }
        let Some(column) = column_of(field.label) else { continue };
        let item = |item: &Item| format!("{} {}", if item.level >= 2 { "+" } else { "-" }, item.text.value);
        let lines = field.value.iter().map(|text| text.value.clone()).chain(field.items.iter().map(item));
        out.push((column, lines.collect()));
    }
    out
}

/// Returns the column that shows what stands under a label; `None` for what no table shows.
fn column_of(label: Label) -> Option<ColumnField> {
    Some(match label {
        Label::Products => ColumnField::Products,
        Label::Leads => ColumnField::Leads,
        Label::Coordinators => ColumnField::Coordinators,
        Label::Synthesisers => ColumnField::Synthesisers,
        Label::Deadline => ColumnField::Deadline,
        Label::Targets => ColumnField::Targets,
        Label::Budget => ColumnField::Budget,
        Label::Note => ColumnField::Note,
        Label::Standard => ColumnField::Standard,
        Label::Previous => ColumnField::Previous,
        Label::Goal => ColumnField::Goal,
        Label::Measures => ColumnField::Measures,
        _ => return None,
    })
}

/// Returns what stands under a column's name; `None` for columns that `Hiểu là` cannot correct.
fn label_of(column: &ColumnField) -> Option<Label> {
    Some(match column {
        ColumnField::Products => Label::Products,
        ColumnField::Leads => Label::Leads,
        ColumnField::Coordinators => Label::Coordinators,
        ColumnField::Synthesisers => Label::Synthesisers,
        ColumnField::Deadline => Label::Deadline,
        ColumnField::Targets => Label::Targets,
        ColumnField::Budget => Label::Budget,
        ColumnField::Note => Label::Note,
        ColumnField::Standard => Label::Standard,
        ColumnField::Previous => Label::Previous,
        ColumnField::Goal => Label::Goal,
        ColumnField::Measures => Label::Measures,
        ColumnField::Number | ColumnField::Content | ColumnField::Own(_) => return None,
    })
}

/// Reads `Ứng với: TC-08, TH-2022/TC-09 ?` and `Không ứng với: TC-10`.
fn ties(cx: &Context<'_>, source: SourceId, block: &Block) -> Vec<Tie> {
    let mut out = Vec::new();
    for field in block.fields().filter(|field| matches!(field.label, Label::Answers | Label::NotAnswers)) {
        for value in field::values(cx, source, field) {
            let mut at = 0;
            for part in value.text.split(',') {
                let start = at + (part.len() - part.trim_start().len());
                at += part.len() + 1;
                let (code, open) = match part.trim().strip_suffix('?') {
                    Some(code) => (code.trim_end(), true),
                    None => (part.trim(), false),
                };
                if code.is_empty() {
                    continue;
                }
                let loc = value.part(cx, start, start + code.len());
                let (plan, code) = code.split_once('/').map_or((None, code), |(plan, code)| (Some(plan.trim()), code.trim()));
                let task = TaskRef { plan: plan.map(|plan| Code::new(plan, loc)), code: Code::new(code, loc) };
                let state = match (field.label, open) {
                    (Label::NotAnswers, _) => TieState::Denied,
                    (_, true) => TieState::Open,
                    (_, false) => TieState::Confirmed,
                };
                out.push(Tie { task, state });
            }
        }
    }
    out
}

/// Reports a task that is said both to answer a parent's task and not to (KH5040).
fn report_contradictions(cx: &mut Context<'_>, draft: &PlanDraft<'_>, record: &Record) {
    for denied in record.tied(TieState::Denied) {
        let both = record.ties.iter().find(|tie| tie.state != TieState::Denied && tie.task == *denied);
        let Some(other) = both else { continue };
        let code = &denied.code.text;
        cx.note(
            Diagnostic::new(
                Kh::KH5040,
                denied.code.loc,
                msg!("Vừa ghi ứng với {code}, vừa ghi không ứng với {code}", "The task is said both to answer {code} and not to"),
            )
            .related(other.task.code.loc, msg!("ghi ứng với ở đây", "said to answer it here"))
            .help(msg!("Giữ một trong hai", "Keep one of the two"))
            .about(&draft.code.text, "", "")
            .quote(code),
        );
    }
}

/// Returns what `Hiểu là: chủ trì = …` says: the field, the value, its place. Several lines about one field are its values. Findings: `KH5038`.
fn corrections(cx: &mut Context<'_>, draft: &PlanDraft<'_>, block: &Block) -> Vec<(ColumnField, String, Loc)> {
    let Some(field) = block.field(Label::ReadAs) else { return Vec::new() };
    let mut out = Vec::new();
    let mut faults = Vec::new();
    for line in field::lines(draft.source, field) {
        for (start, end) in pairs(line.text) {
            let pair = &line.text[start..end];
            let loc = line.part(cx, start, end);
            let Some((name, text)) = pair.split_once('=') else {
                faults.push((pair.to_owned(), loc));
                continue;
            };
            let column = column_field(name.trim());
            if column != ColumnField::Content && label_of(&column).is_none() {
                faults.push((pair.to_owned(), loc));
                continue;
            }
            let from = end - text.trim_start().len();
            out.push((column, text.trim().to_owned(), line.part(cx, from, end)));
        }
    }
    for (quote, loc) in faults {
        cx.note(
            Diagnostic::new(Kh::KH5038, loc, msg!("Không rõ “{quote}” sửa mục nào", "It is unclear which field “{quote}” corrects"))
                .help(msg!(
                    "Viết như: Hiểu là: chủ trì = Sở Nội vụ; được các mục: nội dung, sản phẩm, chủ trì, phối hợp, tổng hợp, thời gian, chỉ tiêu, kinh phí, ghi chú, điểm chuẩn, điểm năm trước, mục tiêu, giải pháp",
                    "Write it as: Hiểu là: chủ trì = Sở Nội vụ; fields: nội dung, sản phẩm, chủ trì, phối hợp, tổng hợp, thời gian, chỉ tiêu, kinh phí, ghi chú, điểm chuẩn, điểm năm trước, mục tiêu, giải pháp"
                ))
                .about(&draft.code.text, "", "")
                .quote(quote),
        );
    }
    out
}

/// Returns the byte ranges of the `field = value` pairs of a line: `;` parts them only where another pair follows.
fn pairs(line: &str) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    for piece in line.split(';') {
        let start = at + (piece.len() - piece.trim_start().len());
        let end = at + piece.trim_end().len();
        at += piece.len() + 1;
        if start >= end {
            continue;
        }
        match out.last_mut() {
            Some(last) if !piece.contains('=') => last.1 = end,
            Some(_) | None => out.push((start, end)),
        }
    }
    out
}

/// Puts a person's reading in the place of the printed words.
fn correct(block: &mut Block, record: &mut Record, column: ColumnField, item: Item) {
    let first = !record.corrected.contains(&column);
    if column == ColumnField::Content {
        block.title = Some(item.text);
    } else if let Some(label) = label_of(&column) {
        let at = block.nodes.iter().position(|node| matches!(node, Node::Field(field) if field.label == label));
        match at.map(|at| &mut block.nodes[at]) {
            Some(Node::Field(field)) => {
                if first {
                    (field.value, field.items) = (None, Vec::new());
                }
                field.items.push(item);
            }
            _ => {
                let span = item.text.span;
                let field = Field { label, value: None, items: vec![item], label_span: span, span, trivia: Trivia::default() };
                block.nodes.push(Node::Field(field));
            }
        }
    }
    if first {
        record.corrected.push(column);
    }
}

/// Turns what resolving reported about a plan in record mode since `from` into doubts: one for names, one for values, each with its count.
/// Also counts deadlines that are not understood, and ties that nobody has confirmed. Findings: `KH5035` to `KH5037`.
pub(super) fn settle(cx: &mut Context<'_>, from: usize, plan: &Plan, unit: &str) {
    let mut names = Vec::new();
    let mut values = Vec::new();
    let notes = cx.notes.split_off(from);
    for note in notes {
        let Some(at) = note.primary.as_ref().map(|label| label.loc) else {
            cx.notes.push(note);
            continue;
        };
        let words = note.quote.clone().unwrap_or_else(|| cx.sources.get(at.source).slice(at.span).trim().to_owned());
        match note.code {
            Kh::KH1001 | Kh::KH1002 | Kh::KH1016 => names.push((words, at)),
            // what the document does not say, nobody can mend
            Kh::KH0025 => values.push((words, at)),
            Kh::KH0026 => values.push((note.message.vi, at)),
            _ => cx.notes.push(note),
        }
    }
    for patch in patches(plan) {
        let Some(piece) = &patch.fields.deadline else { continue };
        let unknown = piece.value.entries.iter().filter(|entry| entry.time == Time::Unknown && !field::is_blank(&entry.text));
        values.extend(unknown.map(|entry| (entry.text.clone(), piece.origin.stated)));
    }
    let open: Vec<(String, Loc)> = patches(plan)
        .filter_map(|patch| patch.fields.record.as_deref().map(|record| (patch, record)))
        .flat_map(|(patch, record)| {
            record.tied(TieState::Open).map(|tie| (format!("{} ~ {}", patch.code.text, tie.code.text), tie.code.loc))
        })
        .collect();
    let code = &plan.code.text;
    let count = |list: &[(String, Loc)]| list.len();
    let (n, m, k) = (count(&names), count(&values), count(&open));
    let said = [
        (
            Kh::KH5035,
            names,
            msg!("{code}: {n} chỗ có tên chưa hiểu", "{code}: names are not understood in {n} places"),
            msg!(
                "Khai báo trong DANH BẠ (CƠ QUAN, NHÓM, Tên khác), hoặc ghi dưới nhiệm vụ: Hiểu là: chủ trì = tên đúng",
                "Declare them under DANH BẠ (CƠ QUAN, NHÓM, Tên khác), or write below the task: Hiểu là: chủ trì = the right name"
            ),
        ),
        (
            Kh::KH5036,
            values,
            msg!("{code}: {m} giá trị chưa hiểu", "{code}: {m} values are not understood"),
            msg!(
                "Ghi dưới nhiệm vụ, như: Hiểu là: thời gian = Quý III/2022",
                "Write below the task, such as: Hiểu là: thời gian = Quý III/2022"
            ),
        ),
        (
            Kh::KH5037,
            open,
            msg!("{code}: {k} chỗ “Ứng với” chưa được xác nhận", "{code}: {k} ties are not confirmed"),
            msg!("Bỏ dấu ? nếu đúng; nếu không đúng thì ghi Không ứng với", "Delete the ? where it is right; else write Không ứng với"),
        ),
    ];
    for (kind, list, message, help) in said {
        if let Some(note) = counted(kind, &list, &message) {
            cx.note(note.help(help).about(code, unit, ""));
        }
    }
}

/// Returns one finding for a list of places: the first three words in the message, the first three places marked.
fn counted(code: Kh, list: &[(String, Loc)], message: &Message) -> Option<Diagnostic> {
    let (first, rest) = list.split_first()?;
    let mut shown: Vec<&str> = Vec::new();
    for (words, _) in list {
        if !shown.iter().any(|other| Key::new(other) == Key::new(words)) {
            shown.push(words);
        }
    }
    let quoted: Vec<String> = shown.iter().take(3).map(|words| format!("“{words}”")).collect();
    let more = if shown.len() > 3 { ", …" } else { "" };
    let list = format!("{}{more}", quoted.join(", "));
    let message = Message { vi: format!("{}: {list}", message.vi), en: format!("{}: {list}", message.en) };
    let mut note = Diagnostic::new(code, first.1, message);
    for (_, at) in rest.iter().take(2) {
        note = note.related(*at, msg!("cũng ở đây", "here too"));
    }
    Some(note)
}

fn patches(plan: &Plan) -> impl Iterator<Item = &Patch> {
    plan.statements.iter().filter_map(|statement| match &statement.verb {
        Verb::Task(patch) | Verb::Add(patch) | Verb::Amend { patch, .. } => Some(patch),
        Verb::Inherit(_)
        | Verb::InheritTogether(_)
        | Verb::Split { .. }
        | Verb::Merge { .. }
        | Verb::Waive { .. }
        | Verb::Finish { .. }
        | Verb::Targets { .. } => None,
    })
}

impl Value<'_> {
    /// Returns the place of bytes of the value.
    fn part(&self, cx: &Context<'_>, start: usize, end: usize) -> Loc {
        cx.within(self.loc.source, self.whole, self.offset + start, self.offset + end)
    }
}
