//! The fields of a task.

use std::ops::Range;

use super::field::{self, About, RoleField};
use super::{Context, PlanDraft, record};
use crate::agency::Registry;
use crate::base::{Date, Key, Loc};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Code, Fields, Origin, Patch, Piece, Role, TargetLine, Text};
use crate::syntax::ast::{Block, Label, Node};
use crate::value::{self, Deadline, Entry, Product, Score, Target};

/// What reading a task needs to know of its plan.
pub(super) struct Surroundings<'a> {
    pub(super) registry: &'a Registry,
    pub(super) date: Date,
    pub(super) unit: &'a str,
    /// Whether the plan is in record mode.
    pub(super) record: bool,
}

/// Reads the fields below NHIỆM VỤ, BỔ SUNG, SỬA ĐỔI or TIÊU CHÍ. The title is the content.
pub(super) fn patch(cx: &mut Context<'_>, draft: &PlanDraft<'_>, block: &Block, code: Code, around: &Surroundings<'_>) -> Patch {
    let source = draft.source;
    let about = About { plan: &draft.code.text, unit: around.unit, place: &code.text };
    let mut out = Fields::default();
    let kept = around.record.then(|| record::read(cx, draft, block));
    let (block, record) = kept.as_ref().map_or((block, None), |(block, record)| (block, Some(Box::new(record.clone()))));
    if record.is_none() {
        record::report_labels(cx, draft, block, &about);
    }
    out.record = record;
    if let Some(title) = block.title.as_ref().filter(|title| !title.value.is_empty() && !field::is_blank(&title.value)) {
        out.content = Some(piece(title.value.clone(), Loc::new(source, title.span)));
    }
    let mut own = Vec::new();
    let mut own_loc = None;
    let mut product_times = Vec::new();
    for node in &block.nodes {
        let Node::Field(entry) = node else { continue };
        let single = field::text(source, entry);
        let loc = single.as_ref().map_or_else(|| Loc::new(source, entry.span), |text| text.loc);
        match entry.label {
            Label::Products => {
                let mut products = Vec::new();
                for value in field::values(cx, source, entry).into_iter().filter(|value| !field::is_blank(value.text)) {
                    let (text, time) = value::split_own_deadline(value.text);
                    let product = Product::parse(text);
                    if let Some(time) = time {
                        product_times.push((product.text.clone(), time.to_owned(), value.loc));
                    }
                    products.push(product);
                }
                out.products = Some(piece(products, loc));
            }
            Label::Leads | Label::Coordinators | Label::Synthesisers => {
                let own = match entry.label {
                    Label::Coordinators => RoleField::Coordinators,
                    Label::Synthesisers => RoleField::Synthesisers,
                    _ => RoleField::Leads,
                };
                let roles = field::roles(cx, around.registry, around.date, source, entry, &about);
                put_roles(&mut out, own, roles, loc);
            }
            Label::Deadline => {
                let lines: Vec<_> = field::lines(source, entry).into_iter().filter(|line| !field::is_blank(line.text)).collect();
                let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
                let place = |at: usize, range: Range<usize>| Some(lines.get(at)?.part(cx, range));
                if !texts.is_empty() {
                    out.deadline = Some(piece(Deadline::parse_at(&texts, place), loc));
                }
            }
            Label::Targets => {
                let mut lines = Vec::new();
                for value in field::values(cx, source, entry) {
                    lines.push(target_line(value.text, value.loc));
                }
                out.targets = Some(piece(lines, loc));
            }
            Label::Budget => out.budget = single.map(|text| piece(text.value, text.loc)),
            Label::Note => out.note = single.map(|text| piece(text.value, text.loc)),
            Label::Basis => {
                let bases = field::values(cx, source, entry).into_iter().map(|value| value.text.to_owned()).collect();
                out.basis = Some(piece(bases, loc));
            }
            Label::Standard => out.scores.standard = score(cx, single.as_ref(), "Điểm chuẩn"),
            Label::Previous => out.scores.previous = score(cx, single.as_ref(), "Điểm năm trước"),
            Label::Goal => out.scores.goal = score(cx, single.as_ref(), "Mục tiêu"),
            Label::Measures => {
                let lines = field::lines(source, entry).into_iter().filter(|line| !field::is_blank(line.text));
                out.measures = Some(piece(lines.map(|line| line.text.to_owned()).collect(), loc));
            }
            Label::Sector => {
                let Some(text) = single else { continue };
                match around.registry.find_sector(&text.value) {
                    Some(sector) => out.sector = Some(piece(sector, text.loc)),
                    None if field::is_blank(&text.value) => {}
                    None => unknown_sector(cx, &text.value, text.loc, &about),
                }
            }
            Label::Columns => {
                for value in field::values(cx, source, entry) {
                    let (name, value) = value.text.split_once('=').unwrap_or((value.text, ""));
                    own.push((name.trim().to_owned(), value.trim().to_owned()));
                }
                own_loc = Some(loc);
            }
            _ => {}
        }
    }
    if let Some(loc) = own_loc {
        out.own = Some(piece(own, loc));
    }
    add_product_times(&mut out, product_times);
    Patch { code, fields: out }
}

/// Puts bodies into the field under which they stand, or into the one that a label in front of them names.
fn put_roles(fields: &mut Fields, own: RoleField, roles: Vec<(Option<RoleField>, Role)>, loc: Loc) {
    slot(fields, own).get_or_insert_with(|| piece(Vec::new(), loc));
    for (named, mut role) in roles {
        let field = named.unwrap_or(own);
        // a label that says no more than the field does is not kept
        if field == own && role.label.as_deref().is_some_and(|label| SAYS_NO_MORE.contains(&Key::new(label).as_str())) {
            role.label = None;
        }
        slot(fields, field).get_or_insert_with(|| piece(Vec::new(), loc)).value.push(role);
    }
}

const SAYS_NO_MORE: [&str; 4] = ["cơ quan chủ trì", "cơ quan thực hiện", "cơ quan phối hợp", "cơ quan tổng hợp"];

fn slot(fields: &mut Fields, field: RoleField) -> &mut Option<Piece<Vec<Role>>> {
    match field {
        RoleField::Leads => &mut fields.leads,
        RoleField::Coordinators => &mut fields.coordinators,
        RoleField::Synthesisers => &mut fields.synthesisers,
    }
}

/// Puts the deadlines written behind products into the deadline map: they are one thing.
fn add_product_times(fields: &mut Fields, times: Vec<(String, String, Loc)>) {
    let Some((_, _, first)) = times.first() else { return };
    let mut entries: Vec<Entry> = Vec::new();
    for (product, time, loc) in &times {
        for mut entry in Deadline::parse(&[time.as_str()]).entries {
            entry.of = Some(product.clone());
            entry.at = Some(*loc);
            entries.push(entry);
        }
    }
    match &mut fields.deadline {
        Some(deadline) => deadline.value.entries.extend(entries),
        None => fields.deadline = Some(piece(Deadline { entries }, *first)),
    }
}

/// Reads a score; one that cannot be understood is reported where it stands.
pub(super) fn score(cx: &mut Context<'_>, text: Option<&Text>, label: &str) -> Option<Piece<Score>> {
    let text = text.filter(|text| !field::is_blank(&text.value))?;
    let score = Score::parse(&text.value);
    if score.is_none() {
        field::misread(cx, text.loc, label, "8,5");
    }
    score.map(|score| piece(score, text.loc))
}

/// Reads `hai-long: tối thiểu 92%`; a text without a code in front has none.
pub(super) fn target_line(text: &str, loc: Loc) -> TargetLine {
    let (code, text) = match text.split_once(':') {
        Some((code, rest)) if is_code(code.trim()) => (code.trim(), rest.trim()),
        _ => ("", text),
    };
    let dropped = Key::new(text).as_str() == "bỏ";
    TargetLine { target: Target::parse(code, text), dropped, loc, unit: None }
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

/// Reports a NGÀNH that is not declared.
pub(super) fn unknown_sector(cx: &mut Context<'_>, name: &str, loc: Loc, about: &About<'_>) {
    cx.note(
        Diagnostic::new(Kh::KH1001, loc, msg!("Chưa có ngành “{name}” trong danh bạ", "There is no sector “{name}” in the registry"))
            .help(msg!("Khai báo: NGÀNH {name}", "Declare it: NGÀNH {name}"))
            .about(about.plan, about.unit, about.place)
            .quote(name),
    );
}

/// Returns a value as stated at `loc`.
pub(super) fn piece<T>(value: T, loc: Loc) -> Piece<T> {
    Piece { value, origin: Origin::stated(loc) }
}
