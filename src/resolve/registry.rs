//! DANH BẠ: blocks to declarations.

use super::Context;
use super::field::{self, misread, misshapen};
use crate::agency::{AgencyDecl, Declarations, GroupDecl, LevelDecl, LevelLine, Named, SectorDecl, TermDecl, TermLine, UnitDecl, Validity};
use crate::base::{Loc, SourceId};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::syntax::ast::{self, Argument, Block, Keyword, Label, Node};
use crate::value;

/// Reads all DANH BẠ of a project.
pub(super) fn declarations(cx: &mut Context<'_>, files: &[(SourceId, &ast::File)]) -> Declarations {
    let mut out = Declarations::default();
    for (source, file) in files {
        let mut inside = false;
        for block in &file.blocks {
            match block.heading.keyword {
                Keyword::Registry => inside = true,
                Keyword::Plan | Keyword::HandOn | Keyword::NextYear => inside = false,
                Keyword::Level if inside => out.levels.extend(level(cx, *source, block)),
                Keyword::Unit if inside => out.units.extend(unit(cx, *source, block)),
                Keyword::Agency if inside => out.agencies.extend(agency(cx, *source, block)),
                Keyword::Sector if inside => out.sectors.extend(sector(cx, *source, block)),
                Keyword::Group if inside => out.groups.extend(group(cx, *source, block)),
                Keyword::Terms if inside => out.terms.extend(terms(cx, *source, block)),
                _ => {}
            }
        }
    }
    out
}

fn fields(block: &Block) -> impl Iterator<Item = &ast::Field> {
    block.nodes.iter().filter_map(|node| match node {
        Node::Field(field) => Some(field),
        Node::Item(_) | Node::Paragraph(_) => None,
    })
}

fn name_argument(source: SourceId, block: &Block) -> Option<Named> {
    match &block.heading.argument {
        Argument::Name(text) => Some(Named { text: text.value.clone(), loc: Loc::new(source, text.span) }),
        _ => None,
    }
}

fn code_and_title(cx: &mut Context<'_>, source: SourceId, block: &Block) -> Option<(Named, Named)> {
    let Argument::Code(code) = &block.heading.argument else { return None };
    let code = Named { text: code.code.clone(), loc: Loc::new(source, code.span) };
    let Some(title) = block.title.as_ref().filter(|title| !title.value.is_empty()) else {
        let word = block.heading.keyword.text();
        let text = &code.text;
        cx.note(
            Diagnostic::new(
                Kh::KH0026,
                Loc::new(source, block.heading.span.after()),
                msg!("{word} {text} chưa có tên", "{word} {text} has no name"),
            )
            .help(msg!("Viết: {word} {text}: tên đầy đủ", "Write: {word} {text}: the full name")),
        );
        return None;
    };
    Some((code, Named { text: title.value.clone(), loc: Loc::new(source, title.span) }))
}

/// Splits `huyện đến 30/6/2025` into the name and its validity.
fn dated(text: &str) -> (&str, Validity) {
    let (name, (from, to)) = value::split_validity(text);
    (name, Validity { from, to })
}

fn dated_names(cx: &Context<'_>, source: SourceId, field: &ast::Field) -> Vec<(Named, Validity)> {
    let mut out = Vec::new();
    for value in field::values(cx, source, field) {
        let (name, validity) = dated(value.text);
        out.push((Named { text: name.to_owned(), loc: value.loc }, validity));
    }
    out
}

fn validity(cx: &mut Context<'_>, source: SourceId, field: &ast::Field) -> Validity {
    let Some(text) = field::text(source, field) else { return Validity::default() };
    match value::read_validity(&text.value) {
        Some((from, to)) => Validity { from, to },
        None => {
            misread(cx, text.loc, "Hiệu lực", "từ 01/3/2025 đến 30/6/2025");
            Validity::default()
        }
    }
}

fn names(cx: &Context<'_>, source: SourceId, field: &ast::Field) -> Vec<Named> {
    field::values(cx, source, field).into_iter().map(|value| Named { text: value.text.to_owned(), loc: value.loc }).collect()
}

fn basis(source: SourceId, field: &ast::Field) -> Option<Named> {
    field::text(source, field).map(|text| Named { text: text.value, loc: text.loc })
}

fn level(cx: &mut Context<'_>, source: SourceId, block: &Block) -> Option<LevelDecl> {
    let mut out = LevelDecl { name: name_argument(source, block)?, under: Vec::new(), validity: Validity::default() };
    for field in fields(block) {
        match field.label {
            Label::Under => out.under = dated_names(cx, source, field),
            Label::Validity => out.validity = validity(cx, source, field),
            _ => {}
        }
    }
    Some(out)
}

fn unit(cx: &mut Context<'_>, source: SourceId, block: &Block) -> Option<UnitDecl> {
    let (code, name) = code_and_title(cx, source, block)?;
    let mut out = UnitDecl {
        code,
        name,
        other_names: Vec::new(),
        official_code: None,
        under: Vec::new(),
        validity: Validity::default(),
        successors: Vec::new(),
        predecessors: Vec::new(),
        basis: None,
    };
    for field in fields(block) {
        match field.label {
            Label::Under => out.under = dated_names(cx, source, field),
            Label::OfficialCode => out.official_code = field::text(source, field).map(|text| text.value).filter(|code| code != "…"),
            Label::OtherNames => out.other_names = names(cx, source, field),
            Label::Validity => out.validity = validity(cx, source, field),
            Label::Succession => out.successors = names(cx, source, field).into_iter().filter(|name| name.text != "…").collect(),
            Label::Basis => out.basis = basis(source, field),
            _ => {}
        }
    }
    Some(out)
}

fn agency(cx: &mut Context<'_>, source: SourceId, block: &Block) -> Option<AgencyDecl> {
    let (code, name) = code_and_title(cx, source, block)?;
    let mut out = AgencyDecl {
        code,
        name,
        other_names: Vec::new(),
        level: None,
        under: Vec::new(),
        validity: Validity::default(),
        successors: Vec::new(),
        basis: None,
    };
    for field in fields(block) {
        match field.label {
            Label::LevelOf => out.level = basis(source, field),
            Label::Under => out.under = dated_names(cx, source, field),
            Label::OtherNames => out.other_names = names(cx, source, field),
            Label::Validity => out.validity = validity(cx, source, field),
            Label::Succession => out.successors = successors(cx, source, field),
            Label::Basis => out.basis = basis(source, field),
            _ => {}
        }
    }
    Some(out)
}

/// Reads `Sở Khoa học và Công nghệ (công nghệ thông tin; viễn thông)`: the name, and the sectors in brackets.
fn successors(cx: &Context<'_>, source: SourceId, field: &ast::Field) -> Vec<(Named, Vec<Named>)> {
    let mut out = Vec::new();
    for value in values_outside_brackets(cx, source, field) {
        let (name, bracket) = split_bracket(&value.text);
        let sectors = bracket.map_or_else(Vec::new, |inside| {
            inside.split(';').map(|part| Named { text: part.trim().to_owned(), loc: value.loc }).filter(|n| !n.text.is_empty()).collect()
        });
        out.push((Named { text: name.to_owned(), loc: value.loc }, sectors));
    }
    out
}

/// Splits a list at the `;` that stand outside brackets.
fn values_outside_brackets(cx: &Context<'_>, source: SourceId, field: &ast::Field) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    for value in field::values(cx, source, field) {
        match out.last_mut() {
            Some(last) if last.text.matches('(').count() > last.text.matches(')').count() => {
                last.text.push_str("; ");
                last.text.push_str(value.text);
                last.loc = Loc::new(source, last.loc.span.to(value.loc.span));
            }
            _ => out.push(Named { text: value.text.to_owned(), loc: value.loc }),
        }
    }
    out
}

fn split_bracket(text: &str) -> (&str, Option<&str>) {
    let Some(open) = text.rfind('(') else { return (text, None) };
    match text[open..].strip_suffix(')') {
        Some(inside) => (text[..open].trim(), Some(inside[1..].trim())),
        None => (text, None),
    }
}

fn sector(cx: &mut Context<'_>, source: SourceId, block: &Block) -> Option<SectorDecl> {
    let mut out = SectorDecl { name: name_argument(source, block)?, other_names: Vec::new(), lines: Vec::new() };
    for node in &block.nodes {
        match node {
            Node::Item(item) => out.lines.extend(level_line(cx, source, &item.text)),
            Node::Field(field) if field.label == Label::OtherNames => out.other_names = names(cx, source, field),
            Node::Field(_) | Node::Paragraph(_) => {}
        }
    }
    Some(out)
}

fn group(cx: &mut Context<'_>, source: SourceId, block: &Block) -> Option<GroupDecl> {
    let mut out = GroupDecl { name: name_argument(source, block)?, other_names: Vec::new(), open: false, conversions: Vec::new() };
    for field in fields(block) {
        match field.label {
            Label::OtherNames => out.other_names = names(cx, source, field),
            Label::Kind => match field::text(source, field) {
                Some(kind) if kind.value.to_lowercase() == "mở" => out.open = true,
                Some(kind) => misread(cx, kind.loc, "Loại", "mở"),
                None => {}
            },
            Label::Conversion => {
                let lines = field.value.iter().chain(field.items.iter().map(|item| &item.text));
                out.conversions = lines.filter_map(|text| level_line(cx, source, text)).collect();
            }
            _ => {}
        }
    }
    Some(out)
}

/// Reads `huyện: Phòng Kinh tế (quận, thị xã) (đến 28/02/2025)`.
fn level_line(cx: &mut Context<'_>, source: SourceId, text: &ast::Text) -> Option<LevelLine> {
    let loc = Loc::new(source, text.span);
    let Some((level, body)) = text.value.split_once(':') else {
        misshapen(cx, loc, "- huyện: Phòng Nội vụ");
        return None;
    };
    let start = level.len() + 1 + (body.len() - body.trim_start().len());
    let mut name = body.trim();
    let mut unit_types = Vec::new();
    let mut validity = Validity::default();
    while let (rest, Some(inside)) = split_bracket(name) {
        if let Some((from, to)) = value::read_validity(inside) {
            validity = Validity { from, to };
        } else if is_unit_types(inside) {
            unit_types.splice(0..0, inside.split([',', ';']).map(|kind| kind.trim().to_owned()));
        } else {
            break;
        }
        name = rest;
    }
    let body = Named { text: name.to_owned(), loc: cx.within(source, text, start, start + name.len()) };
    let level = Named { text: level.trim().to_owned(), loc: cx.within(source, text, 0, level.len()) };
    Some(LevelLine { level, body, unit_types, validity, loc })
}

const UNIT_TYPES: [&str; 9] = ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"];

fn is_unit_types(text: &str) -> bool {
    text.split([',', ';']).all(|kind| UNIT_TYPES.contains(&kind.trim().to_lowercase().as_str()))
}

fn terms(cx: &mut Context<'_>, source: SourceId, block: &Block) -> Vec<TermDecl> {
    let mut out = Vec::new();
    for node in &block.nodes {
        let Node::Item(item) = node else { continue };
        let loc = Loc::new(source, item.text.span);
        match term(source, &item.text) {
            Some(term) => out.push(term),
            None => misshapen(cx, loc, "- trên địa bàn tỉnh: huyện = trên địa bàn huyện"),
        }
    }
    out
}

fn term(source: SourceId, text: &ast::Text) -> Option<TermDecl> {
    let (from, rest) = text.value.split_once(':')?;
    let mut lines = Vec::new();
    for piece in rest.split(';').map(str::trim).filter(|piece| !piece.is_empty()) {
        let (head, to) = piece.split_once('=')?;
        let (head, bracket) = split_bracket(head.trim());
        let (level, from_year) = match head.split_once("từ ") {
            Some((level, year)) => (level.trim(), Some(value::read_year(year)?)),
            None => (head, None),
        };
        let unit_types = bracket.map_or_else(Vec::new, |b| b.split([',', ';']).map(|kind| kind.trim().to_owned()).collect());
        let level = (!level.is_empty()).then(|| level.to_owned());
        lines.push(TermLine { level, unit_types, from_year, to: to.trim().to_owned() });
    }
    let loc = Loc::new(source, text.span);
    let from = Named { text: from.trim().to_owned(), loc };
    (!lines.is_empty() && !from.text.is_empty()).then_some(TermDecl { from, lines, loc })
}
