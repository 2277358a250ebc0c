//! The head of a plan: KẾ HOẠCH and its labels.

use super::field::{self, misread};
use super::{Context, PlanDraft, find_plan};
use crate::base::{Key, Loc, Year};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Authority, Code, Column, ColumnField, Form, Header, Layout, ParentKind, ParentLink, Text};
use crate::syntax::ast::{self, Label, Node};
use crate::value;

/// What the head says beside the header proper.
pub(super) struct Head {
    pub(super) header: Header,
    pub(super) unit: Option<Text>,
    pub(super) parents: Vec<ParentLink>,
    /// Whether `Theo` or `Từ` names a plan that does not exist.
    pub(super) misses_parent: bool,
    /// `Kết quả`.
    pub(super) results_file: Option<Text>,
}

/// Reads the labels below KẾ HOẠCH.
pub(super) fn head(cx: &mut Context<'_>, codes: &[Code], draft: &PlanDraft<'_>) -> Head {
    let source = draft.source;
    let mut out = Head { header: Header::default(), unit: None, parents: Vec::new(), misses_parent: false, results_file: None };
    let header = &mut out.header;
    let mut shift: Option<(Option<(Year, Year)>, Loc)> = None;
    for node in &draft.head.nodes {
        let Node::Field(field) = node else { continue };
        let Some(text) = field::text(source, field) else { continue };
        match field.label {
            Label::Unit => out.unit = Some(text),
            Label::Year => match value::read_year(&text.value) {
                Some(year) => header.year = Some(year),
                None => misread(cx, text.loc, "Năm", "2023"),
            },
            Label::Period => match value::read_period(&text.value) {
                Some(period) => header.period = Some(period),
                None => misread(cx, text.loc, "Giai đoạn", "2021 - 2025"),
            },
            Label::Form => match Key::new(&text.value).as_str() {
                "quyết định ban hành kế hoạch" => header.form = Some(Form::Decision),
                "kế hoạch" => header.form = Some(Form::Plan),
                _ => misread(cx, text.loc, "Hình thức", "Quyết định ban hành kế hoạch"),
            },
            Label::Layout => {
                header.layout = layout(&text.value);
                if header.layout.is_none() {
                    misread(cx, text.loc, "Trình bày", "phụ lục");
                }
            }
            Label::Authority => match Key::new(&text.value).as_str() {
                "chủ tịch" | "chủ tịch ubnd" => header.authority = Some(Authority::Chair),
                "ubnd" | "ủy ban nhân dân" => header.authority = Some(Authority::Committee),
                _ => misread(cx, text.loc, "Thẩm quyền", "Chủ tịch"),
            },
            Label::Number => header.number = Some(text),
            Label::Date => {
                header.date = value::read_date(&text.value);
                if header.date.is_none() && !text.value.contains('…') && !text.value.contains("..") && !field::is_blank(&text.value) {
                    misread(cx, text.loc, "Ngày", "24/12/2021");
                }
                header.date_text = Some(text);
            }
            Label::Signer => header.signer = text.value.split('|').map(|part| part.trim().to_owned()).collect(),
            Label::Basis => header.bases = texts(cx, draft, field),
            Label::ProposedBy => header.proposed_by = Some(text),
            Label::Opening => header.opening = texts(cx, draft, field),
            Label::Validity => header.effect = Some(text),
            Label::Responsible => header.responsible = Some(text),
            Label::Recipients => header.recipients = texts(cx, draft, field),
            Label::Replaces => header.replaces = Some(text),
            Label::Parents => add_parents(cx, codes, draft, field, ParentKind::Upper, &mut out.parents, &mut out.misses_parent),
            Label::From => add_parents(cx, codes, draft, field, ParentKind::LastYear, &mut out.parents, &mut out.misses_parent),
            Label::Results => out.results_file = Some(text).filter(|text| !field::is_blank(&text.value)),
            Label::YearShift => {
                let years = value::read_year_shift(&text.value);
                if years.is_none() {
                    misread(cx, text.loc, "Chuyển năm", "2022 sang 2023");
                }
                shift = Some((years, text.loc));
            }
            Label::Earlier => match value::read_months(&text.value) {
                Some(months) => header.earlier_months = Some((months, text.loc)),
                None => misread(cx, text.loc, "Sớm hơn cấp trên", "1 tháng"),
            },
            Label::RegistryDate => match value::read_date(&text.value) {
                Some(date) => header.registry_date = Some(date),
                None => misread(cx, text.loc, "Danh bạ ngày", "01/01/2023"),
            },
            Label::Mode => {
                header.record = Key::new(&text.value).as_str() == "ghi nhận";
                if !header.record {
                    misread(cx, text.loc, "Chế độ", "ghi nhận");
                }
            }
            Label::Origin => header.origin = Some(text),
            Label::Columns => header.columns = columns(cx, draft.source, field),
            _ => {}
        }
    }
    // last year's plan first: what the upper level asks for comes beside it
    out.parents.sort_by_key(|link| link.kind == ParentKind::Upper);
    if let Some((years, loc)) = shift {
        for link in &mut out.parents {
            if link.years_loc.is_none() {
                link.years = years;
                link.years_loc = Some(loc);
            }
        }
    }
    out
}

fn layout(text: &str) -> Option<Layout> {
    match Key::new(text).as_str() {
        "phụ lục" => Some(Layout::Appendices),
        "trong kế hoạch" => Some(Layout::InPlan),
        "danh mục" => Some(Layout::List),
        "bảng điểm" => Some(Layout::Scores),
        _ => None,
    }
}

fn texts(cx: &Context<'_>, draft: &PlanDraft<'_>, field: &ast::Field) -> Vec<Text> {
    let values = field::values(cx, draft.source, field);
    values.into_iter().map(|value| Text { value: value.text.to_owned(), loc: value.loc }).collect()
}

/// Returns what `Theo` names: the code, what stands in brackets behind it, and where.
pub(super) fn named_parents<'a>(cx: &Context<'_>, draft: &PlanDraft<'a>) -> Vec<(&'a str, Option<&'a str>, Loc)> {
    named_under(cx, draft, Label::Parents)
}

/// Returns what `Theo` or `Từ` names.
pub(super) fn named_under<'a>(cx: &Context<'_>, draft: &PlanDraft<'a>, label: Label) -> Vec<(&'a str, Option<&'a str>, Loc)> {
    draft.head.field(label).map(|field| named(cx, draft, field)).unwrap_or_default()
}

fn named<'a>(cx: &Context<'_>, draft: &PlanDraft<'_>, field: &'a ast::Field) -> Vec<(&'a str, Option<&'a str>, Loc)> {
    let mut texts = Vec::new();
    for value in field::values(cx, draft.source, field) {
        if value.item || !value.text.contains(',') {
            texts.push((value.text, value.loc));
        } else {
            texts.extend(value.text.split(',').map(|part| (part.trim(), value.loc)));
        }
    }
    let parted = texts.into_iter().map(|(text, loc)| match text.split_once('(') {
        Some((name, bracket)) => (name.trim(), Some(bracket.trim_end_matches(')')), loc),
        None => (text, None, loc),
    });
    parted.collect()
}

/// Adds the parents of one label that exist to `out`; `lacks_one` says whether one does not.
fn add_parents(
    cx: &mut Context<'_>,
    codes: &[Code],
    draft: &PlanDraft<'_>,
    field: &ast::Field,
    kind: ParentKind,
    out: &mut Vec<ParentLink>,
    lacks_one: &mut bool,
) {
    let label = field.label.text();
    for (name, bracket, loc) in named(cx, draft, field) {
        let years = bracket.and_then(value::read_year_shift);
        if bracket.is_some() && years.is_none() {
            misread(cx, loc, label, "TH-2022 (2022 sang 2023)");
        }
        match find_plan(codes, name) {
            Some(plan) => match out.iter().find(|link| link.plan == plan) {
                Some(first) => cx.note(
                    Diagnostic::new(Kh::KH0031, loc, msg!("{label} nêu {name} hai lần", "{label} names {name} twice"))
                        .related(first.loc, msg!("lần đầu ở đây", "first named here"))
                        .help(msg!("Giữ một lần", "Keep one"))
                        .about(&draft.code.text, "", ""),
                ),
                None => out.push(ParentLink { plan, kind, years, loc, years_loc: bracket.map(|_| loc) }),
            },
            None => {
                *lacks_one = true;
                let near = codes
                    .iter()
                    .filter(|code| **code != draft.code)
                    .map(|code| (strsim::levenshtein(&code.key.toneless(), &Key::new(name).toneless()), code))
                    .filter(|(distance, _)| *distance <= 3)
                    .min_by_key(|(distance, _)| *distance)
                    .map(|(_, code)| code.text.clone());
                let mut note = Diagnostic::new(Kh::KH3021, loc, msg!("Không có kế hoạch {name}", "There is no plan {name}"))
                    .about(&draft.code.text, "", "")
                    .quote(name);
                note = match near {
                    Some(near) => note.help(msg!("Có phải {near}?", "Is it {near}?")).fix(
                        msg!("thay bằng {near}", "replace by {near}"),
                        loc,
                        near.clone(),
                        false,
                    ),
                    None => note.help(msg!(
                        "Đặt tệp của kế hoạch đó vào dự án, hoặc sửa mã ở dòng {label}",
                        "Put that plan's file into the project, or mend the code on the {label} line"
                    )),
                };
                cx.note(note);
            }
        }
    }
}

/// Reads `Cột: TT; Nhiệm vụ cụ thể = nội dung; Cơ quan thực hiện = chủ trì, phối hợp`.
pub(super) fn columns(cx: &mut Context<'_>, source: crate::base::SourceId, field: &ast::Field) -> Vec<Column> {
    let mut out = Vec::new();
    for value in field::values(cx, source, field) {
        let (title, names) = value.text.split_once('=').unwrap_or((value.text, value.text));
        let fields = names.split([',', '+']).map(|name| column_field(name.trim())).collect();
        out.push(Column { title: title.trim().to_owned(), fields });
    }
    out
}

/// Returns the column with a name; a name that is none of the fields' is a column of the user's own.
pub(super) fn column_field(name: &str) -> ColumnField {
    match Key::new(name).as_str() {
        "tt" | "stt" | "số tt" | "số thứ tự" => ColumnField::Number,
        "nội dung" | "nội dung thực hiện" | "nhiệm vụ" | "nhiệm vụ cụ thể" | "nội dung công việc" | "tên nhiệm vụ" | "tiêu chí" => {
            ColumnField::Content
        }
        "sản phẩm" | "sản phẩm/kết quả" | "kết quả" => ColumnField::Products,
        "chủ trì" | "cơ quan chủ trì" | "cơ quan thực hiện" | "đơn vị chủ trì" => ColumnField::Leads,
        "phối hợp" | "cơ quan phối hợp" | "đơn vị phối hợp" => ColumnField::Coordinators,
        "tổng hợp" | "cơ quan tổng hợp" => ColumnField::Synthesisers,
        "thời gian" | "thời gian hoàn thành" | "thời gian thực hiện" | "thời hạn" | "tiến độ" => ColumnField::Deadline,
        "chỉ tiêu" => ColumnField::Targets,
        "kinh phí" => ColumnField::Budget,
        "ghi chú" => ColumnField::Note,
        "điểm chuẩn" | "điểm tối đa" => ColumnField::Standard,
        "điểm năm trước" => ColumnField::Previous,
        "mục tiêu" => ColumnField::Goal,
        "giải pháp" | "nhiệm vụ/giải pháp" | "nhiệm vụ, giải pháp" => ColumnField::Measures,
        _ => ColumnField::Own(name.to_owned()),
    }
}
