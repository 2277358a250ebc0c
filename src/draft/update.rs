//! Changes of a document brought back into `.kh`: each changes one value where it is written and touches nothing else.
//!
//! Takes the plan, the trees of its files and what was changed by task and field; gives edits of text, and for each change that cannot be
//! written without a person the reason why. In a child plan the edit of a task that is only taken over becomes SỬA ĐỔI with that field alone;
//! a list of codes is taken apart for it.

mod block;
mod handed;
mod head;
mod list;
mod prose;
mod words;

use crate::base::{Loc, SourceId, Sources, Span};
use crate::derive::Derivation;
use crate::diag::{Message, msg};
use crate::model::{Model, Verb};
use crate::syntax::ast::{self, Argument, Block, Keyword};

/// A field whose printed words were changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The task's code or the criterion's number; empty for a value of the plan itself.
    pub task: String,
    /// The field as tags name it (`deadline`, `own:Nguồn vốn`, `part/II.1`).
    pub field: String,
    /// The values as the build prints them now, one each; marks of lists are not part of a value.
    pub from: Vec<String>,
    /// The values as the document has them.
    pub to: Vec<String>,
}

/// A replacement of text in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty where text is put in.
    pub loc: Loc,
    /// The new text.
    pub text: String,
}

/// What comes of a list of changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// Edits that do not overlap, by file and place.
    pub edits: Vec<Edit>,
    /// Changes that were not written: index into the changes, and why.
    pub left: Vec<(usize, Message)>,
}

/// What all parts share.
struct Scene<'a> {
    model: &'a Model,
    derivation: &'a Derivation,
    sources: &'a Sources,
    /// The file that states the plan.
    source: SourceId,
    /// The plan's heading and the blocks below it.
    head: &'a Block,
    blocks: &'a [Block],
}

impl<'a> Scene<'a> {
    fn slice(&self, span: Span) -> &'a str {
        self.sources.slice(Loc::new(self.source, span))
    }

    fn edit(&self, span: Span, text: impl Into<String>) -> Edit {
        Edit { loc: Loc::new(self.source, span), text: text.into() }
    }

    /// Says whether a verb is one of the plan's: of a handing-on not all are every unit's.
    fn counts(&self, block: &Block) -> bool {
        self.model.plan(self.derivation.plan).statements.iter().any(|statement| statement.loc == Loc::new(self.source, block.heading.span))
    }

    /// Returns the block whose heading stands at a place.
    fn block_at(&self, span: Span) -> Option<&'a Block> {
        self.blocks.iter().find(|block| block.heading.span == span)
    }
}

/// Returns the edits that bring changes of one plan into the file that states it. `files` are the trees of the project.
pub fn edits(
    model: &Model,
    derivation: &Derivation,
    sources: &Sources,
    files: &[(SourceId, &ast::File)],
    changes: &[FieldChange],
) -> Revision {
    let plan = model.plan(derivation.plan);
    let all = |why: &Message| Revision { edits: Vec::new(), left: (0..changes.len()).map(|at| (at, why.clone())).collect() };
    let found = files.iter().find(|(source, _)| *source == plan.loc.source).and_then(|(source, file)| {
        let at = file.blocks.iter().position(|block| block.heading.span == plan.loc.span)?;
        let rest = &file.blocks[at + 1..];
        let opens =
            |block: &Block| matches!(block.heading.keyword, Keyword::Registry | Keyword::Plan | Keyword::HandOn | Keyword::NextYear);
        let end = rest.iter().position(opens).unwrap_or(rest.len());
        Some(Scene { model, derivation, sources, source: *source, head: &file.blocks[at], blocks: &rest[..end] })
    });
    let Some(scene) = found else {
        return all(&msg!("không thấy tệp của kế hoạch", "the plan's file is not found"));
    };
    let mut out = if plan.generated.is_some() { handed::edits(&scene, changes) } else { written(&scene, changes) };
    out.edits.sort_by_key(|edit| (edit.loc.source, edit.loc.span.start, edit.loc.span.end));
    out.left.sort_by_key(|(at, _)| *at);
    out
}

/// Returns the edits of a plan that a file states.
fn written(scene: &Scene<'_>, changes: &[FieldChange]) -> Revision {
    let mut out = Revision::default();
    let mut taken_over: Vec<list::Wanted<'_>> = Vec::new();
    let mut inherited: Vec<(String, Vec<usize>)> = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        match one(scene, change) {
            Ok(Placed::Edits(edits)) => out.edits.extend(edits),
            Ok(Placed::Prose(number)) => match inherited.iter_mut().find(|(other, _)| *other == number) {
                Some((_, list)) => list.push(at),
                None => inherited.push((number, vec![at])),
            },
            Ok(Placed::TakenOver(block, code)) => taken_over.push(list::Wanted { change: at, block, code }),
            Err(why) => out.left.push((at, why)),
        }
    }
    for (_, list) in inherited {
        let mine: Vec<&FieldChange> = list.iter().map(|at| &changes[*at]).collect();
        match prose::own_part(scene, &mine) {
            Ok(edit) => out.edits.push(edit),
            Err(why) => out.left.extend(list.into_iter().map(|at| (at, why.clone()))),
        }
    }
    out.edits.extend(list::take_apart(scene, changes, &taken_over, &mut out.left));
    out
}

/// Where a change belongs.
enum Placed<'a> {
    /// These edits make it.
    Edits(Vec<Edit>),
    /// The plan takes the task or target over by this verb, under this code as written.
    TakenOver(&'a Block, ast::CodeRef),
    /// It lies in the PHẦN with this number, which came from the parent.
    Prose(String),
}

fn one<'a>(scene: &Scene<'a>, change: &FieldChange) -> Result<Placed<'a>, Message> {
    let is_empty = change.to.iter().all(|value| value.trim().is_empty());
    if let Some(path) = change.field.strip_prefix("part/") {
        if is_empty {
            return Err(emptied());
        }
        let number = path.split('.').next().unwrap_or(path).to_owned();
        return Ok(prose::edits(scene, path, change)?.map_or(Placed::Prose(number), Placed::Edits));
    }
    if is_empty && (change.task.is_empty() || change.field == "content" || change.field == "name") {
        return Err(emptied());
    }
    if let Some(code) = change.field.strip_prefix("target/") {
        return target(scene, code, change);
    }
    if change.task.is_empty() {
        return head::edits(scene, change).map(Placed::Edits);
    }
    let plan = scene.model.plan(scene.derivation.plan);
    let key = crate::base::Key::new(&change.task);
    for statement in &plan.statements {
        let Some(block) = scene.block_at(statement.loc.span) else { continue };
        match &statement.verb {
            Verb::Task(patch) | Verb::Add(patch) if patch.code.key == key && is_empty => {
                return block::remove(scene, block, change).map(Placed::Edits);
            }
            Verb::Amend { patch, .. } if patch.code.key == key && is_empty => return Err(not_dropped()),
            Verb::Inherit(refs) if is_empty && refs.iter().any(|one| one.code.key == key) => return Err(not_dropped()),
            Verb::Task(patch) | Verb::Add(patch) | Verb::Amend { patch, .. } if patch.code.key == key => {
                return block::set(scene, block, change).map(Placed::Edits);
            }
            Verb::Inherit(refs) if refs.iter().any(|one| one.code.key == key) => {
                return taken_over(block, &key).ok_or_else(unfound);
            }
            Verb::InheritTogether(refs) if refs.iter().any(|one| one.code.key == key) => {
                let line = scene.sources.get(scene.source).line_column(block.heading.span.start).line;
                return Err(msg!(
                    "dòng {line} nhận việc này bằng CÙNG, không sửa được từng mục: đổi thành GỘP … THÀNH một mã, rồi ghi các mục dưới NHIỆM VỤ của mã đó",
                    "line {line} takes the task over with CÙNG, which amends no field: make it GỘP … THÀNH one code and state the fields under its NHIỆM VỤ"
                ));
            }
            Verb::Task(_)
            | Verb::Add(_)
            | Verb::Amend { .. }
            | Verb::Inherit(_)
            | Verb::InheritTogether(_)
            | Verb::Split { .. }
            | Verb::Merge { .. }
            | Verb::Waive { .. }
            | Verb::Finish { .. }
            | Verb::Targets { .. } => {}
        }
    }
    let criterion = scene.blocks.iter().find(|block| {
        block.heading.keyword == Keyword::Criterion
            && matches!(&block.heading.argument, Argument::Number(number) if number.value == change.task)
    });
    match criterion {
        Some(block) if is_empty => block::remove(scene, block, change).map(Placed::Edits),
        Some(block) => block::set(scene, block, change).map(Placed::Edits),
        None => Err(unfound()),
    }
}

/// Why a place without which there is no task, plan or passage is not emptied.
fn emptied() -> Message {
    msg!(
        "văn bản để trống chỗ này mà không bỏ được: ghi lại nội dung, hoặc sửa tay trong tệp",
        "the document leaves this empty, which it cannot be: write it again, or edit the file by hand"
    )
}

/// Why a field of the parent is not emptied.
fn not_dropped() -> Message {
    msg!(
        "văn bản để trống mục nhận từ cấp trên: SỬA ĐỔI chỉ thay được mục, không bỏ được; ghi nội dung thay thế",
        "the document empties a field that comes from the parent: SỬA ĐỔI replaces a field and drops none; write what stands instead"
    )
}

fn unfound() -> Message {
    msg!("không thấy chỗ ghi trong tệp của kế hoạch", "its place in the plan's file is not found")
}

fn taken_over<'a>(block: &'a Block, key: &crate::base::Key) -> Option<Placed<'a>> {
    let Argument::Codes(codes) = &block.heading.argument else { return None };
    let code = codes.iter().find(|code| crate::base::Key::new(&code.code) == *key)?;
    Some(Placed::TakenOver(block, code.clone()))
}

fn target<'a>(scene: &Scene<'a>, code: &str, change: &FieldChange) -> Result<Placed<'a>, Message> {
    let key = crate::base::Key::new(code);
    let names = |one: &ast::CodeRef| crate::base::Key::new(&one.code) == key;
    for block in scene.blocks {
        match (block.heading.keyword, &block.heading.argument) {
            (Keyword::AmendTarget | Keyword::InheritTarget | Keyword::ContinueTarget, _) if !scene.counts(block) => {}
            (Keyword::Target | Keyword::AddTarget | Keyword::AmendTarget, Argument::Code(one)) if names(one) => {
                return block::set_title(scene, block, change).map(Placed::Edits);
            }
            (Keyword::InheritTarget | Keyword::ContinueTarget, Argument::Codes(codes)) => {
                if let Some(one) = codes.iter().find(|one| names(one)) {
                    return Ok(Placed::TakenOver(block, one.clone()));
                }
            }
            _ => {}
        }
    }
    Err(unfound())
}

/// Returns a file's text with edits made; `edits` are of that file, sorted, and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.loc.span.start as usize, edit.loc.span.end as usize);
        // an edit inside one that is already made would tear it
        let Some(between) = text.get(at..start) else { continue };
        out.push_str(between);
        out.push_str(&edit.text);
        at = end.max(start);
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
