//! Changes of a plan that GIAO KẾ HOẠCH generates: an answer of the unit's own, below its RIÊNG.

use super::list::{self, Wanted, amended};
use super::{Edit, FieldChange, Placed, Revision, Scene, apply, block, one};
use crate::base::{Key, Loc, Span};
use crate::diag::{Message, msg};
use crate::model::Verb;
use crate::syntax::ast::{Argument, Block, CodeRef, Keyword, Label};

/// Returns the edits that bring changes of a generated plan into the file of its handing-on: `scene` holds all blocks of that.
///
/// A common answer that takes the task over or amends it is answered anew below a RIÊNG of the unit alone; what already stands below such a RIÊNG is
/// changed there. All else is left with the reason: what a RIÊNG cannot say, and what several units share.
pub(super) fn edits(scene: &Scene<'_>, changes: &[FieldChange]) -> Revision {
    let mut out = Revision::default();
    let mut common: Vec<(Common<'_>, Vec<usize>)> = Vec::new();
    let mut taken_over: Vec<Wanted<'_>> = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        match place(scene, change) {
            Err(why) => out.left.push((at, why)),
            Ok(Answer::Own(edits)) => out.edits.extend(edits),
            Ok(Answer::OwnList(block, code)) => taken_over.push(Wanted { change: at, block, code }),
            Ok(Answer::Common(answer)) => match common.iter_mut().find(|(other, _)| *other == answer) {
                Some((_, list)) => list.push(at),
                None => common.push((answer, vec![at])),
            },
        }
    }
    out.edits.extend(list::take_apart(scene, changes, &taken_over, &mut out.left));
    let mut answers = String::new();
    for (answer, list) in common {
        let mine: Vec<&FieldChange> = list.iter().map(|at| &changes[*at]).collect();
        match again(scene, &answer, &mine) {
            Ok(text) => answers.push_str(&format!("\n\n{text}")),
            Err(why) => out.left.extend(list.into_iter().map(|at| (at, why.clone()))),
        }
    }
    if !answers.is_empty() {
        out.edits.push(match own(scene) {
            // in front of what stands below it: a PHỤ LỤC there would take the task
            Some(own) => scene.edit(Span::at(own.span.end as usize), answers),
            None => {
                let end = scene.blocks.last().map_or(scene.head.span.end, |block| block.span.end);
                let unit = scene.model.plan(scene.derivation.plan).unit;
                let code = unit.map(|unit| scene.model.registry.unit(unit).code.as_str()).unwrap_or_default();
                scene.edit(Span::at(end as usize), format!("\n\nRIÊNG {code}{answers}"))
            }
        });
    }
    out
}

/// Where a change belongs.
enum Answer<'a> {
    /// Below the unit's own RIÊNG: these edits make it.
    Own(Vec<Edit>),
    /// A list verb below the unit's own RIÊNG takes the task over.
    OwnList(&'a Block, CodeRef),
    /// A common answer.
    Common(Common<'a>),
}

/// A common answer, to be given anew.
struct Common<'a> {
    /// Its block.
    block: &'a Block,
    /// The code as a list verb has it; `None` for SỬA ĐỔI.
    listed: Option<&'a str>,
}

impl PartialEq for Common<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.block.heading.span == other.block.heading.span && self.listed == other.listed
    }
}

/// Returns the RIÊNG of the unit alone, where there is one.
fn own<'a>(scene: &Scene<'a>) -> Option<&'a Block> {
    scene.blocks.iter().find(|block| block.heading.keyword == Keyword::Own && block.field(Label::File).is_none() && is_alone(scene, block))
}

/// Says whether a RIÊNG names the plan's unit and no other.
fn is_alone(scene: &Scene<'_>, block: &Block) -> bool {
    let plan = scene.model.plan(scene.derivation.plan);
    let loc = Loc::new(scene.source, block.heading.span);
    let handing = plan.generated.map(|id| scene.model.handing(id));
    let exception = handing.and_then(|handing| handing.exceptions.iter().find(|one| one.loc == loc));
    exception.is_some_and(|one| plan.unit.is_some_and(|unit| one.units == [unit]))
}

/// Returns the RIÊNG below which a block stands.
fn above<'a>(scene: &Scene<'a>, block: &Block) -> Option<&'a Block> {
    let before = scene.blocks.iter().take_while(|other| other.heading.span.start <= block.heading.span.start);
    before.filter(|other| other.heading.keyword == Keyword::Own).last()
}

fn place<'a>(scene: &Scene<'a>, change: &FieldChange) -> Result<Answer<'a>, Message> {
    if change.to.iter().all(|value| value.trim().is_empty()) {
        return Err(super::emptied());
    }
    if change.task.is_empty() && !change.field.starts_with("target/") {
        return Err(msg!(
            "GIAO KẾ HOẠCH ghi phần này cho mọi đơn vị: sửa ở GIAO KẾ HOẠCH, hoặc để đơn vị tự viết kế hoạch (RIÊNG … với Tệp)",
            "GIAO KẾ HOẠCH says this for all units: change it there, or let the unit write its own plan (RIÊNG … with Tệp)"
        ));
    }
    let placed = one(scene, change)?;
    let block = match &placed {
        Placed::TakenOver(block, _) => Some(*block),
        Placed::Edits(_) | Placed::Prose(_) => answering(scene, change),
    };
    let Some(block) = block else {
        let task = &change.task;
        return Err(msg!(
            "{task} là kết quả TÁCH, GỘP hoặc BỔ SUNG chung: viết lại cả động từ đó dưới RIÊNG của đơn vị",
            "{task} comes of a common TÁCH, GỘP or BỔ SUNG: write that whole verb again below a RIÊNG of the unit"
        ));
    };
    match (above(scene, block), placed) {
        (Some(shared), _) if !is_alone(scene, shared) => {
            let line = scene.sources.get(scene.source).line_column(shared.heading.span.start).line;
            Err(msg!(
                "RIÊNG ở dòng {line} trả lời việc này cho nhiều đơn vị: tách đơn vị này ra một RIÊNG khác",
                "the RIÊNG on line {line} answers this for several units: give this unit a RIÊNG of its own"
            ))
        }
        (Some(_), Placed::TakenOver(block, code)) => Ok(Answer::OwnList(block, code)),
        (Some(_), Placed::Edits(edits)) => Ok(Answer::Own(edits)),
        (None, Placed::TakenOver(block, code)) => Ok(Answer::Common(Common { block, listed: Some(scene.slice(code.span)) })),
        (None, Placed::Edits(_)) => Ok(Answer::Common(Common { block, listed: None })),
        (_, Placed::Prose(_)) => Err(super::unfound()),
    }
}

/// Returns the SỬA ĐỔI that answers a change's task or target; of BỔ SUNG and NHIỆM VỤ only one below a RIÊNG, where it can be changed.
fn answering<'a>(scene: &Scene<'a>, change: &FieldChange) -> Option<&'a Block> {
    let plan = scene.model.plan(scene.derivation.plan);
    if let Some(code) = change.field.strip_prefix("target/") {
        let named = |block: &&Block| {
            let is = |one: &CodeRef| Key::new(&one.code) == Key::new(code);
            block.heading.keyword == Keyword::AmendTarget
                && matches!(&block.heading.argument, Argument::Code(one) if is(one))
                && scene.counts(block)
        };
        return scene.blocks.iter().find(named);
    }
    let key = Key::new(&change.task);
    let statement = plan.statements.iter().find(|statement| match &statement.verb {
        Verb::Task(patch) | Verb::Add(patch) | Verb::Amend { patch, .. } => patch.code.key == key,
        Verb::Inherit(_)
        | Verb::InheritTogether(_)
        | Verb::Split { .. }
        | Verb::Merge { .. }
        | Verb::Waive { .. }
        | Verb::Finish { .. }
        | Verb::Targets { .. } => false,
    })?;
    let block = scene.block_at(statement.loc.span)?;
    let own = above(scene, block).is_some();
    (block.heading.keyword == Keyword::Amend || own).then_some(block)
}

/// Returns the answer as text, with the changes made.
fn again(scene: &Scene<'_>, answer: &Common<'_>, changes: &[&FieldChange]) -> Result<String, Message> {
    if let Some(code) = answer.listed {
        return amended(answer.block.heading.keyword, code, changes);
    }
    // an answer of the unit's own replaces the common one whole: all that it states is said again
    let base = answer.block.span.start;
    let mut edits: Vec<Edit> = Vec::new();
    for change in changes {
        edits.extend(if change.field.starts_with("target/") {
            block::set_title(scene, answer.block, change)?
        } else {
            block::set(scene, answer.block, change)?
        });
    }
    edits.sort_by_key(|edit| (edit.loc.span.start, edit.loc.span.end));
    for edit in &mut edits {
        let (start, end) = (edit.loc.span.start.saturating_sub(base), edit.loc.span.end.saturating_sub(base));
        edit.loc.span = Span::new(start as usize, end as usize);
    }
    Ok(apply(scene.slice(answer.block.span), &edits))
}
