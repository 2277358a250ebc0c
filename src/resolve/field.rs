//! Lists and simple values under labels.

use std::ops::Range;

use super::Context;
use crate::agency::{AgencyId, Body, Listed, Registry, Successor, Trouble};
use crate::base::{Date, Key, Loc, SourceId, Span};
use crate::diag::{Code as Kh, Diagnostic, Severity, msg};
use crate::model::{Role, Text};
use crate::syntax::ast;

/// One value of a list: a line's part or an item, with its place.
pub(super) struct Value<'a> {
    pub(super) text: &'a str,
    pub(super) loc: Loc,
    /// Whether it is a `-` item, in which `;` does not separate.
    pub(super) item: bool,
    pub(super) whole: &'a ast::Text,
    pub(super) offset: usize,
}

impl Value<'_> {
    /// Returns where bytes of the value's text stand.
    pub(super) fn part(&self, cx: &Context<'_>, range: Range<usize>) -> Loc {
        cx.within(self.loc.source, self.whole, self.offset + range.start, self.offset + range.end)
    }
}

/// Returns the text of a field's line and items, not split.
pub(super) fn lines<'a>(source: SourceId, field: &'a ast::Field) -> Vec<Value<'a>> {
    let line = field.value.iter().map(|text| (text, false));
    let items = field.items.iter().map(|item| (&item.text, true));
    line.chain(items)
        .filter(|(text, _)| !text.value.is_empty())
        .map(|(text, item)| Value { text: &text.value, loc: Loc::new(source, text.span), item, whole: text, offset: 0 })
        .collect()
}

/// Returns the values of a list: the line split at `;`, then the items.
pub(super) fn values<'a>(cx: &Context<'_>, source: SourceId, field: &'a ast::Field) -> Vec<Value<'a>> {
    let mut out = Vec::new();
    for line in lines(source, field) {
        if line.item {
            out.push(line);
            continue;
        }
        let mut at = 0;
        for piece in line.text.split(';') {
            let trimmed = piece.trim();
            let start = at + (piece.len() - piece.trim_start().len());
            if !trimmed.is_empty() {
                let loc = cx.within(source, line.whole, start, start + trimmed.len());
                out.push(Value { text: trimmed, loc, item: false, whole: line.whole, offset: start });
            }
            at += piece.len() + 1;
        }
    }
    out
}

/// Returns the single text of a field: its line and items joined by `; `.
pub(super) fn text(source: SourceId, field: &ast::Field) -> Option<Text> {
    let lines = lines(source, field);
    let first = lines.first()?;
    let span = lines.iter().fold(first.loc.span, |span, line| span.to(line.loc.span));
    let value = lines.iter().map(|line| line.text).collect::<Vec<_>>().join("; ");
    Some(Text { value, loc: Loc::new(source, span) })
}

/// Says whether a text is still to be filled.
pub(super) fn is_blank(text: &str) -> bool {
    let mut letters = text.chars().flat_map(char::to_uppercase);
    "CẦN BỔ SUNG".chars().all(|wanted| letters.next() == Some(wanted))
}

/// Reads the bodies of a role field, each with the field that a label in front of it names.
pub(super) fn roles(
    cx: &mut Context<'_>,
    registry: &Registry,
    date: Date,
    source: SourceId,
    field: &ast::Field,
    about: &About<'_>,
) -> Vec<(Option<RoleField>, Role)> {
    let mut out = Vec::new();
    for value in lines(source, field) {
        if is_blank(value.text) {
            continue;
        }
        for listed in registry.read_list(value.text, value.item, date) {
            let loc = cx.within(source, value.whole, value.offset + listed.start, value.offset + listed.end);
            report(cx, registry, date, &listed, loc, about);
            let named = listed.governed_by.as_deref().and_then(RoleField::named);
            let role = Role { body: listed.body, text: listed.text, duty: listed.duty, sector: listed.sector, label: listed.label, loc };
            out.push((named, role));
        }
    }
    out
}

/// The fields that hold bodies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RoleField {
    Leads,
    Coordinators,
    Synthesisers,
}

impl RoleField {
    /// Returns the field that a label inside a cell names (`Cơ quan phối hợp, theo dõi`).
    fn named(label: &str) -> Option<Self> {
        let key = Key::new(label);
        let says = |words: &str| key.as_str().contains(words);
        if says("tổng hợp") {
            Some(Self::Synthesisers)
        } else if says("chủ trì") || says("thực hiện") {
            Some(Self::Leads)
        } else if says("phối hợp") {
            Some(Self::Coordinators)
        } else {
            None
        }
    }
}

/// Whom a finding is about.
pub(super) struct About<'a> {
    pub(super) plan: &'a str,
    pub(super) unit: &'a str,
    pub(super) place: &'a str,
}

fn report(cx: &mut Context<'_>, registry: &Registry, date: Date, listed: &Listed, loc: Loc, about: &About<'_>) {
    let name = listed.text.as_str();
    let note = match &listed.trouble {
        None => return,
        Some(Trouble::Unknown { suggestion }) => {
            let mut note = Diagnostic::new(Kh::KH1001, loc, msg!("“{name}” chưa có trong danh bạ", "“{name}” is not in the registry"));
            note = match suggestion {
                Some(known) => note
                    .help(msg!("Có phải “{known}”? Nếu không, khai báo trong DANH BẠ", "Is it “{known}”? If not, declare it under DANH BẠ"))
                    .fix(msg!("thay bằng “{known}”", "replace by “{known}”"), loc, known.clone(), false),
                None => note.help(msg!(
                    "Khai báo CƠ QUAN hoặc NHÓM này trong DANH BẠ, hoặc thêm vào Tên khác",
                    "Declare it as CƠ QUAN or NHÓM under DANH BẠ, or add it to Tên khác"
                )),
            };
            note
        }
        Some(Trouble::NotInForce { agency }) => {
            let id = *agency;
            let agency = registry.agency(id);
            let validity = match (agency.validity.from, agency.validity.to) {
                (Some(from), Some(to)) => msg!("hiệu lực từ {from} đến {to}", "in force from {from} until {to}"),
                (Some(from), None) => msg!("hiệu lực từ {from}", "in force from {from}"),
                (None, Some(to)) => msg!("hiệu lực đến {to}", "in force until {to}"),
                (None, None) => msg!("khai ở đây", "declared here"),
            };
            let heirs = heirs_of(registry, id, date).join("; ");
            let mut note = Diagnostic::new(Kh::KH1002, loc, msg!("{name} không có vào ngày {date}", "{name} does not exist on {date}"))
                .related(agency.loc, validity);
            note = if heirs.is_empty() {
                note.help(msg!("Ghi cơ quan đang có vào ngày đó", "Name the body that exists on that day"))
            } else {
                note.help(msg!("Cơ quan kế tục: {heirs}", "Successors: {heirs}"))
            };
            note
        }
        Some(Trouble::OpenClass) => Diagnostic::new(
            Kh::KH1006,
            loc,
            msg!("“{name}” là nhóm mở, không liệt kê được", "“{name}” is an open class that cannot be listed"),
        ),
    };
    cx.note(note.about(about.plan, about.unit, about.place).quote(name));
}

/// Returns the names of those who have an agency's work at a date: its successors, or where its level ended those who could take over.
fn heirs_of(registry: &Registry, agency: AgencyId, date: Date) -> Vec<String> {
    let name = |body: Body| registry.name_with_level(body, None);
    match registry.successor(agency, None, date) {
        Successor::One(heir, _) => vec![registry.agency(heir).name.clone()],
        Successor::Several(heirs) => heirs.into_iter().map(|heir| registry.name_of(heir.body, None)).collect(),
        Successor::Same | Successor::None => {
            let body = Body::Agency(agency);
            let levels = registry.void_level_of(body, date).map(|level| registry.levels_around(level, date)).unwrap_or_default();
            let takers = levels.into_iter().flat_map(|level| registry.takers(body, None, level, date));
            takers.map(|heir| name(heir.body)).collect()
        }
    }
}

/// Reports a value that cannot be understood (KH0025).
pub(super) fn misread(cx: &mut Context<'_>, loc: Loc, label: &str, example: &str) {
    cx.note(
        Diagnostic::new(Kh::KH0025, loc, msg!("Không hiểu giá trị của “{label}”", "The value of “{label}” cannot be understood"))
            .help(msg!("Viết như: {label}: {example}", "Write it as: {label}: {example}")),
    );
}

/// Reports a `-` line that cannot be understood (KH0025).
pub(super) fn misshapen(cx: &mut Context<'_>, loc: Loc, example: &str) {
    cx.note(
        Diagnostic::new(Kh::KH0025, loc, msg!("Dòng này không đúng mẫu", "This line cannot be understood"))
            .help(msg!("Viết như: {example}", "Write it as: {example}")),
    );
}

/// Counts blanks of a block into `blanks`: `…` in Số and Ngày, `CẦN BỔ SUNG` in any value but Lý do.
pub(super) fn blanks(source: SourceId, block: &ast::Block, blanks: &mut Vec<Loc>) {
    let whole = block.title.iter().map(|title| (None, title));
    let nodes = block.nodes.iter().flat_map(|node| match node {
        ast::Node::Field(field) => {
            let texts = field.value.iter().chain(field.items.iter().map(|item| &item.text));
            texts.map(|text| (Some(field.label), text)).collect::<Vec<_>>()
        }
        ast::Node::Item(item) => vec![(None, &item.text)],
        ast::Node::Paragraph(paragraph) => vec![(None, &paragraph.text)],
    });
    for (label, text) in whole.chain(nodes) {
        let dots = matches!(label, Some(ast::Label::Number | ast::Label::Date)) && (text.value.contains('…') || text.value.contains("..."));
        let open = label != Some(ast::Label::Reason) && text.value.contains("CẦN BỔ SUNG");
        if dots || open {
            blanks.push(Loc::new(source, text.span));
        }
    }
}

/// Makes one finding of a plan's blanks: the count, and the first three places.
pub(super) fn report_blanks(cx: &mut Context<'_>, blanks: &[Loc], plan: &str, unit: &str) {
    let Some((first, rest)) = blanks.split_first() else { return };
    let count = blanks.len();
    let mut note = Diagnostic::new(
        Kh::KH0030,
        *first,
        msg!("Kế hoạch {plan} còn {count} chỗ chưa điền", "The plan {plan} has {count} blanks to fill"),
    )
    .with_severity(Severity::Warning)
    .about(plan, unit, "");
    for place in rest.iter().take(2) {
        note = note.related(*place, msg!("chưa điền", "blank"));
    }
    cx.note(note.help(msg!(
        "Điền trước khi ký; kehoach check --release coi là lỗi",
        "Fill them before signing; kehoach check --release takes them for errors"
    )));
}

/// Returns the empty place behind a block: where what it lacks is marked.
pub(super) fn end_of(source: SourceId, block: &ast::Block) -> Loc {
    Loc::new(source, Span::at(block.span.end as usize))
}
