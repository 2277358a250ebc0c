//! Word documents by Decree 30/2020/NĐ-CP: A4, Times New Roman, the decree's margins and sizes.
//!
//! Takes a plan's view, lays it out by the templates in `docx/` and packs what they give into one file. A decision stands in a section of its own, the
//! plan that it issues in the next, each appendix in one in landscape; pages are numbered in each section from the second on, in the middle of
//! the upper margin. Values of the plan stand in content controls, whose tags are described at [`crate::model::Tag`]: `import --update` reads an
//! edited document back by them.
//!
//! A Word file of the project's own (`docx/template.docx` among its templates) gives styles, headers and footers.
//!
//! Two runs give the same bytes. XML that is not well-formed, which only a template of the project's own can make, is never written (KH6003).

mod filters;
mod grid;
mod measure;
mod package;
mod run;
mod stationery;

pub(super) use filters::add;
pub(super) use grid::{grid, lines};
pub(super) use stationery::{Stationery, read};

use serde::Serialize;

use self::package::{Part, Relation, archive, fault, finished};
use super::{Options, Templates, view};
use crate::base::SourceId;
use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Model, PlanId};

/// Returns a plan as a Word document: a decision with its plan, or a plan issued directly, and the appendices. Empty where a template fails, which
/// KH6001 or KH6003 says.
pub fn docx(model: &Model, derivation: &Derivation, templates: &Templates, options: &Options) -> (Vec<u8>, Vec<Diagnostic>) {
    let view = view::plan(model, derivation, options);
    let creator = view.heading.issuer.join(" ");
    document("docx/document.xml.j2", &view, &view.plan.subject, &creator, templates)
}

/// Returns one body's tasks and deadlines as a Word document; empty where a template fails (KH6001, KH6003).
pub fn docx_for_body(
    model: &Model,
    derivation: &Derivation,
    body: &str,
    templates: &Templates,
    options: &Options,
) -> (Vec<u8>, Vec<Diagnostic>) {
    let view = view::for_body(model, derivation, body, options);
    document("docx/for_body.xml.j2", &view, &view.title, "", templates)
}

/// Returns the table of amendments and waivers of `plan` as a Word document; empty where a template fails (KH6001, KH6003). `derivations` holds
/// one derivation per plan, at the plan's index.
pub fn docx_changes(
    model: &Model,
    derivations: &[Derivation],
    plan: PlanId,
    templates: &Templates,
    options: &Options,
) -> (Vec<u8>, Vec<Diagnostic>) {
    let view = view::changes(model, derivations, plan, options);
    document("docx/changes.xml.j2", &view, &view.title, "", templates)
}

fn document<T: Serialize>(name: &str, view: &T, title: &str, creator: &str, templates: &Templates) -> (Vec<u8>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut texts = Vec::new();
    for name in [name, "docx/styles.xml.j2", "docx/header.xml.j2", "docx/header_first.xml.j2", "docx/settings.xml.j2"] {
        let (text, more) = templates.render(name, view, 0);
        let text = finished(&text);
        if more.is_empty()
            && let Some((reason, near)) = fault(&text)
        {
            findings.push(malformed(name, &reason, &near));
        }
        findings.extend(more);
        texts.push(text);
    }
    let Ok([body, styles, header, first, settings]) = <[String; 5]>::try_from(texts) else { return (Vec::new(), findings) };
    if !findings.is_empty() {
        return (Vec::new(), findings);
    }
    let relation = |id: &str, kind: &str, target: &str| Relation { id: id.into(), kind: kind.into(), target: target.into() };
    let mut relations = vec![relation("rId1", "styles", "styles.xml"), relation("rId2", "settings", "settings.xml")];
    let mut pages = String::new();
    let (mut body, mut styles) = (body, styles);
    let mut more = Vec::new();
    let paper = templates.stationery();
    if let Some(paper) = paper {
        let merged = paper.merged(&styles);
        body = merged.renamed(&body);
        styles = merged.text;
        relations.extend(paper.relations.iter().cloned());
        more.extend(paper.parts.iter().cloned());
        pages.push_str(&paper.references);
    }
    match paper.and_then(|paper| paper.first_page) {
        // the project's headers decide whether the first page has one of its own
        Some(true) => {}
        Some(false) => body = body.replace("<w:titlePg/>", ""),
        None => {
            pages.push_str("<w:headerReference w:type=\"default\" r:id=\"rId3\"/><w:headerReference w:type=\"first\" r:id=\"rId4\"/>");
            relations.push(relation("rId3", "header", "header1.xml"));
            relations.push(relation("rId4", "header", "header2.xml"));
            more.push(Part::word("word/header1.xml", "header", header));
            more.push(Part::word("word/header2.xml", "header", first));
        }
    }
    let mut parts = vec![
        Part::word("word/document.xml", "document.main", body.replace("<w:sectPr>", &format!("<w:sectPr>{pages}"))),
        Part::word("word/styles.xml", "styles", styles),
        Part::word("word/settings.xml", "settings", settings),
    ];
    parts.extend(more);
    match archive(title, creator, &parts, &relations) {
        Some(bytes) => (bytes, findings),
        None => {
            let message = msg!("Văn bản quá lớn, không đóng được thành tệp Word", "The document is too large for a Word file");
            (Vec::new(), vec![Diagnostic::nowhere(Code::KH6003, message)])
        }
    }
}

/// Returns what a project's Word file lacks of the styles that documents use (KH6006); nothing where it lacks none.
pub(super) fn lacking(paper: &Stationery, templates: &Templates, source: SourceId) -> Option<Diagnostic> {
    let (own, _) = templates.render("docx/styles.xml.j2", &(), 0);
    paper.lacks(&own, source)
}

fn malformed(name: &str, reason: &str, near: &str) -> Diagnostic {
    let message = msg!("Mẫu {name} cho XML sai quy cách: {reason}", "Template {name} gives malformed XML: {reason}");
    Diagnostic::nowhere(Code::KH6003, message).quote(near).help(msg!(
        "Xem chỗ sau “{near}”; hoặc xóa mẫu riêng để dùng mẫu có sẵn",
        "Look behind “{near}”; or remove the template of your own to use the built-in one"
    ))
}
