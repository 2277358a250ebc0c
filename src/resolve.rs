//! From trees to the model: names, dates, values, did-you-mean.
//!
//! Takes the trees of all files (and units loaded in bulk), gives the [`Model`] and findings. First the registry, since every name needs it; then
//! the plans, each with the date as of which its names are looked up. Changes no text and judges no content: what a value means is
//! asked here once, and whether it is right is `lint`'s question.

mod compose;
mod field;
mod handing;
mod header;
mod part;
mod plan;
mod recipient;
mod record;
mod registry;
mod roll;
mod score;
mod task;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::agency::{self, Registry, UnitDecl};
use crate::base::{Key, Loc, SourceId, Sources, Span};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Code, Model, Plan, PlanId, Text};
use crate::syntax::ast::{self, Keyword};

/// Resolves the files of a project. `units` are rows of bulk data, added to the declared units.
///
/// Findings: `KH0025`, `KH0026`, `KH0030`, `KH0031`, `KH0033`, `KH1…`, `KH3016`, `KH3020`, `KH3021`, `KH3026`, `KH3032` to `KH3036`, `KH4008`.
pub fn resolve(sources: &Sources, files: &[(SourceId, &ast::File)], units: Vec<UnitDecl>) -> (Model, Vec<Diagnostic>) {
    let mut cx = Context { sources, notes: Vec::new() };
    let Named { registry, drafts, units, handed, codes } = named(&mut cx, files, units);
    let names: Vec<Code> = codes.iter().cloned().chain(handed.iter().map(|one| one.draft.code.clone())).collect();
    report_repeated_plans(&mut cx, &names);
    // each plan is read by itself; what there is to say of them comes back in their order
    let read: Vec<(Plan, Vec<Diagnostic>)> = drafts
        .par_iter()
        .zip(&units)
        .map(|(draft, unit)| {
            let mut own = Context { sources, notes: Vec::new() };
            (plan::plan(&mut own, &registry, &codes, draft, unit.as_ref()), own.notes)
        })
        .collect();
    let mut plans = Vec::with_capacity(codes.len());
    for (plan, notes) in read {
        plans.push(plan);
        cx.notes.extend(notes);
    }
    let handings = handing::expand(&mut cx, &registry, &codes, &handed, &mut plans);
    let mut model = Model { registry, plans, handings };
    break_cycles(&mut cx, &mut model);
    roll::settle(&mut cx, &mut model);
    (model, cx.notes)
}

/// Returns the registry of a project and the codes of its plans, generated ones included: what [`resolve`] asks first, for those who need no more.
pub fn names(sources: &Sources, files: &[(SourceId, &ast::File)], units: Vec<UnitDecl>) -> (Registry, Vec<Code>) {
    let named = named(&mut Context { sources, notes: Vec::new() }, files, units);
    (named.registry, named.codes)
}

/// What all plans are read by.
struct Named<'a> {
    registry: Registry,
    drafts: Vec<PlanDraft<'a>>,
    /// The text of each draft's unit.
    units: Vec<Option<Text>>,
    handed: Vec<recipient::Handed<'a>>,
    /// The codes of the drafts, then of the generated plans.
    codes: Vec<Code>,
}

fn named<'a>(cx: &mut Context<'_>, files: &[(SourceId, &'a ast::File)], units: Vec<UnitDecl>) -> Named<'a> {
    let mut declarations = registry::declarations(cx, files);
    declarations.units.extend(units);
    let (registry, faults) = agency::build(&declarations);
    cx.notes.extend(faults);

    let drafts: Vec<PlanDraft<'_>> = files.iter().flat_map(|(source, file)| plan_drafts(*source, file)).collect();
    let (handings, drafts): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|draft| draft.head.heading.keyword == Keyword::HandOn);
    let units = roll::units(cx, &drafts);
    let mut codes: Vec<Code> = drafts.iter().map(|draft| draft.code.clone()).collect();
    let handed = recipient::settle(cx, &registry, (&drafts, &units), handings, &mut codes);
    Named { registry, drafts, units, handed, codes }
}

/// What all functions of the room share.
struct Context<'a> {
    sources: &'a Sources,
    notes: Vec<Diagnostic>,
}

impl Context<'_> {
    fn note(&mut self, note: Diagnostic) {
        self.notes.push(note);
    }

    /// Returns the place of bytes `start..end` of a tree text: exact where the tree keeps the source's own bytes, else the whole text.
    fn within(&self, source: SourceId, text: &ast::Text, start: usize, end: usize) -> Loc {
        let raw = self.sources.get(source).slice(text.span);
        if raw.len() == text.value.len() && raw == text.value && end <= raw.len() {
            let from = text.span.start as usize;
            return Loc::new(source, Span::new(from + start, from + end));
        }
        Loc::new(source, text.span)
    }
}

/// The blocks of one plan, not yet read.
struct PlanDraft<'a> {
    source: SourceId,
    code: Code,
    head: &'a ast::Block,
    blocks: &'a [ast::Block],
}

fn plan_drafts<'a>(source: SourceId, file: &'a ast::File) -> Vec<PlanDraft<'a>> {
    let opens =
        |block: &ast::Block| matches!(block.heading.keyword, Keyword::Registry | Keyword::Plan | Keyword::HandOn | Keyword::NextYear);
    let mut out = Vec::new();
    for (at, head) in file.blocks.iter().enumerate() {
        match head.heading.keyword {
            Keyword::Plan | Keyword::HandOn | Keyword::NextYear => {
                let ast::Argument::Code(code) = &head.heading.argument else { continue };
                let rest = &file.blocks[at + 1..];
                let end = rest.iter().position(opens).unwrap_or(rest.len());
                let code = Code::new(code.code.clone(), Loc::new(source, code.span));
                out.push(PlanDraft { source, code, head, blocks: &rest[..end] });
            }
            _ => {}
        }
    }
    out
}

fn report_repeated_plans(cx: &mut Context<'_>, codes: &[Code]) {
    let mut seen: BTreeMap<&Key, &Code> = BTreeMap::new();
    for code in codes {
        let first = *seen.entry(&code.key).or_insert(code);
        if !std::ptr::eq(first, code) {
            let text = &code.text;
            cx.note(
                Diagnostic::new(Kh::KH0031, code.loc, msg!("Mã kế hoạch {text} đã dùng", "The plan code {text} is already used"))
                    .related(first.loc, msg!("dùng lần đầu ở đây", "first used here"))
                    .help(msg!("Đặt mã khác cho một trong hai kế hoạch", "Give one of the two plans another code"))
                    .about(text, "", ""),
            );
        }
    }
}

/// Reports plans that follow each other in a cycle, and cuts the edge that closes it.
fn break_cycles(cx: &mut Context<'_>, model: &mut Model) {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    fn visit(at: usize, marks: &mut [Mark], model: &Model, cut: &mut Vec<(usize, usize)>) {
        marks[at] = Mark::Open;
        for (edge, link) in model.plans[at].parents.iter().enumerate() {
            match marks[link.plan.index()] {
                Mark::New => visit(link.plan.index(), marks, model, cut),
                Mark::Open => cut.push((at, edge)),
                Mark::Done => {}
            }
        }
        marks[at] = Mark::Done;
    }
    let mut marks = vec![Mark::New; model.plans.len()];
    let mut cut = Vec::new();
    for at in 0..model.plans.len() {
        if marks[at] == Mark::New {
            visit(at, &mut marks, model, &mut cut);
        }
    }
    for (plan, edge) in cut.into_iter().rev() {
        let link = model.plans[plan].parents.remove(edge);
        model.plans[plan].misses_parent = true;
        model.plans[link.plan.index()].misses_parent = true;
        let child = model.plans[plan].code.text.clone();
        let parent = model.plan(link.plan).code.clone();
        let parent_text = &parent.text;
        cx.note(
            Diagnostic::new(
                Kh::KH3020,
                link.loc,
                msg!(
                    "Kế hoạch {child} và {parent_text} theo nhau thành vòng",
                    "The plans {child} and {parent_text} follow each other in a cycle"
                ),
            )
            .related(parent.loc, msg!("{parent_text} cũng theo {child}", "{parent_text} follows {child} too"))
            .help(msg!("Bỏ một trong các dòng Theo, Từ", "Remove one of the Theo or Từ lines"))
            .about(&child, "", ""),
        );
    }
}

/// Returns the plan with a code among all plans' codes.
fn find_plan(codes: &[Code], text: &str) -> Option<PlanId> {
    let key = Key::new(text);
    codes.iter().position(|code| code.key == key).map(PlanId::new)
}
