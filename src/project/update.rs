//! The round trip: an edited document compared with what the build prints now, and its changes brought back into `.kh`.
//!
//! A change is only written where the plan, compiled again with it, prints what the document says; all others are told with the reason. What
//! stands outside the tagged places, rows that were put in and rows that were taken out are told and never written.

mod compare;
mod ties;

use std::collections::BTreeSet;

use super::{Compiled, Failure, Input, Options, compile};
use crate::base::{Key, SourceId, clean};
use crate::derive::Derivation;
use crate::diag::{Message, msg};
use crate::draft::{self, FieldChange};
use crate::import::{Document, tagged};
use crate::model::{Model, PlanId, Tag};
use crate::render::view::{self, Printed};
use crate::syntax::ast;

use compare::{Sheet, sheet};

/// A value that a person changed in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised {
    /// The task's code or the criterion's number; empty for a value of the plan itself.
    pub task: String,
    /// The field, in the words of the language.
    pub field: Message,
    /// What the build prints now.
    pub from: String,
    /// What the document says.
    pub to: String,
    /// Why it was not written; `None` where it was.
    pub left: Option<Message>,
}

/// What comes of an edited document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Updated {
    /// The plan's code.
    pub plan: String,
    /// All changed values, in the document's order.
    pub revised: Vec<Revised>,
    /// What else differs: rows put in or taken out, words outside of tagged places. Told, never written.
    pub beside: Vec<Message>,
    /// The files that change: name as in the project, and the whole new text.
    pub files: Vec<(String, String)>,
}

/// Compares an edited document with the plan whose tags it bears, or the one that it is most like where only titles are left. `printed` is the same document as the build gives it now, where it is at hand: it
/// tells what stands outside of tagged places.
///
/// # Errors
/// Where the document bears no tags, or those of a plan that the project does not have.
pub fn update(compiled: &Compiled, edited: &Document, printed: Option<&Document>) -> Result<Updated, Failure> {
    let plan = plan_of_document(compiled, edited)?;
    let found =
        if ties::is_untied(edited) { tagged(&ties::tied(edited, &compiled.model.plan(plan).code.text, printed)) } else { tagged(edited) };
    let mut before = values(compiled, plan);
    let printed = printed.map(tagged);
    if let Some(printed) = &printed {
        // what a template leaves out is no loss
        before.retain(|one| printed.texts.iter().any(|text| text.tag == one.tag));
    }
    let after = sheet(&before, &found.texts);
    let code = compiled.model.plan(plan).code.text.clone();
    let mut out = Updated { plan: code.clone(), ..Updated::default() };
    let (changes, mut beside) = compare::changes(&code, &before, &after);
    beside.extend(compare::rows(&found, printed.as_ref()));
    beside.extend(compare::between(&found, printed.as_ref()));
    beside.extend(compare::loose(&found, printed.as_ref()));
    out.beside = beside;
    let mut left: Vec<Option<Message>> = vec![None; changes.len()];
    // what cannot be written, or does not print as the document says, is taken out until the rest holds
    for _ in 0..=changes.len() {
        let wanted: Vec<usize> = (0..changes.len()).filter(|at| left[*at].is_none()).collect();
        let list: Vec<FieldChange> = wanted.iter().map(|at| changes[*at].clone()).collect();
        let trees: Vec<(SourceId, &ast::File)> = compiled.files.iter().map(|parsed| (parsed.source, &parsed.file)).collect();
        let derivation = &compiled.derivations[plan.index()];
        let revision = draft::edits(&compiled.model, derivation, &compiled.sources, &trees, &list);
        let mut again = !revision.left.is_empty();
        for (at, why) in revision.left {
            left[wanted[at]] = Some(why);
        }
        let files = rewritten(compiled, &revision.edits);
        if !again {
            for at in failing(compiled, &files, &code, &after, &wanted, &changes) {
                left[at] = Some(msg!(
                    "ghi vào tệp thì bản in không ra đúng như văn bản: cần người sửa",
                    "written into the file it would not print as the document says: a person must edit it"
                ));
                again = true;
            }
        }
        if !again {
            out.files = files;
            break;
        }
    }
    out.revised = changes.iter().zip(left).map(|(change, left)| shown(change, left)).collect();
    Ok(out)
}

/// Returns the plan whose tags a document bears; where it has only titles, the plan whose values it says most of.
///
/// # Errors
/// Where it bears none, or those of a plan that the project does not have.
pub fn plan_of_document(compiled: &Compiled, document: &Document) -> Result<PlanId, Failure> {
    if ties::is_untied(document) {
        let all = ties::keys(document);
        let said: BTreeSet<&Key> = all.iter().filter(|key| !key.is_empty()).collect();
        // how much of both is the same, in millionths
        let likeness = |id: PlanId| {
            let own = values(compiled, id);
            let same = own.iter().filter(|one| said.contains(&Key::new(&clean(one.value())))).count();
            same * 1_000_000 / (own.len() + all.len()).max(1)
        };
        let all = compiled.model.plans().map(|(id, _)| id);
        let best = all.map(|id| (likeness(id), std::cmp::Reverse(id.index()), id)).max_by_key(|(likeness, first, _)| (*likeness, *first));
        if let Some((_, _, id)) = best.filter(|(likeness, ..)| *likeness > 0) {
            return Ok(id);
        }
    }
    plan_of(&compiled.model, tagged(document).texts.iter().map(|text| text.tag.as_str()))
}

fn shown(change: &FieldChange, left: Option<Message>) -> Revised {
    let join = |values: &[String]| values.join("; ");
    Revised { task: change.task.clone(), field: title(&change.field), from: join(&change.from), to: join(&change.to), left }
}

/// Returns the plan that most tags name.
fn plan_of<'t>(model: &Model, tags: impl Iterator<Item = &'t str>) -> Result<PlanId, Failure> {
    let mut seen: Vec<(Key, String, usize)> = Vec::new();
    for tag in tags {
        let Some(name) = tag.strip_prefix("kh:").and_then(|rest| rest.split('/').next()) else { continue };
        let key = Key::new(name);
        match seen.iter_mut().find(|(own, ..)| *own == key) {
            Some((.., count)) => *count += 1,
            None => seen.push((key, name.to_owned(), 1)),
        }
    }
    let Some((_, name, _)) = seen.iter().max_by_key(|(.., count)| *count) else {
        return Err(Failure::new(msg!(
            "Văn bản không có thẻ của chương trình, nên không biết ô nào là giá trị nào (LibreOffice trước bản 7.5 bỏ thẻ khi lưu: sửa bằng Word); nhập bằng kehoach import không có --update",
            "The document bears no tags of this program, so no cell is known to be a value (LibreOffice before 7.5 drops them: edit in Word); import it without --update"
        )));
    };
    model.find(name).ok_or_else(|| {
        Failure::new(msg!("Dự án không có kế hoạch {name} của văn bản", "The project has no plan {name}, which the document names"))
    })
}

/// Returns all tagged values as the build prints them.
fn values(compiled: &Compiled, plan: PlanId) -> Vec<Printed> {
    let derivation: &Derivation = &compiled.derivations[plan.index()];
    view::tagged(&view::plan(&compiled.model, derivation, &crate::render::Options::default()))
}

/// Returns the texts of the files that edits change.
fn rewritten(compiled: &Compiled, edits: &[draft::Edit]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (source, file) in compiled.sources.iter() {
        let own: Vec<draft::Edit> = edits.iter().filter(|edit| edit.loc.source == source).cloned().collect();
        if !own.is_empty() {
            out.push((file.name().to_owned(), draft::apply(file.text(), &own)));
        }
    }
    out
}

/// Returns the changes that the plan, compiled with the new files, does not print as the document says.
fn failing(
    compiled: &Compiled,
    files: &[(String, String)],
    plan: &str,
    wanted: &Sheet,
    indices: &[usize],
    changes: &[FieldChange],
) -> Vec<usize> {
    let text = |name: &str, old: &str| files.iter().find(|(own, _)| own == name).map_or_else(|| old.to_owned(), |(_, text)| text.clone());
    let all = compiled.sources.iter().map(|(_, file)| (file.name().to_owned(), text(file.name(), file.text()))).collect();
    let again = compile(&Input::Memory(all), Options::default());
    let Some(id) = again.model.find(plan) else { return indices.to_vec() };
    let printed = sheet(&values(&again, id), &[]);
    let mut out: Vec<usize> = indices
        .iter()
        .copied()
        .filter(|at| {
            let tag = Tag::new(plan, &changes[*at].task, &changes[*at].field).text();
            // the title stands several times, and only one of them was changed
            changes[*at].field != "title" && !compare::agree(printed.get(&tag), wanted.get(&tag))
        })
        .collect();
    // a fault of form that was not there before
    let faults = |compiled: &Compiled| compiled.findings.iter().filter(|finding| finding.code.text().starts_with("KH0")).count();
    if out.is_empty() && faults(&again) > faults(compiled) {
        out = indices.to_vec();
    }
    out
}

/// Returns a field's name.
fn title(field: &str) -> Message {
    match field {
        "content" => msg!("Nội dung", "Content"),
        "products" => msg!("Sản phẩm", "Products"),
        "leads" | "lead" => msg!("Cơ quan chủ trì", "Leads"),
        "coordinators" => msg!("Cơ quan phối hợp", "Coordinators"),
        "synthesisers" => msg!("Cơ quan tổng hợp", "Synthesisers"),
        "deadline" => msg!("Thời gian hoàn thành", "Deadline"),
        "targets" => msg!("Chỉ tiêu", "Targets"),
        "budget" => msg!("Kinh phí", "Budget"),
        "note" => msg!("Ghi chú", "Note"),
        "name" => msg!("Tên tiêu chí", "Name"),
        "standard" => msg!("Điểm chuẩn", "Standard score"),
        "previous" => msg!("Điểm năm trước", "Last year's score"),
        "target" => msg!("Mục tiêu", "Target score"),
        "solution" => msg!("Giải pháp", "Measures"),
        "number" => msg!("Số", "Number"),
        "date" => msg!("Ngày", "Date"),
        "title" => msg!("Tên kế hoạch", "Title"),
        "bases" => msg!("Căn cứ", "Legal bases"),
        "proposer" => msg!("Theo đề nghị", "Proposer"),
        "opening" => msg!("Lời dẫn", "Opening"),
        "effect" => msg!("Hiệu lực", "Effect"),
        "responsible" => msg!("Trách nhiệm thi hành", "Responsible"),
        "recipients" => msg!("Nơi nhận", "Recipients"),
        "office" | "signer" => msg!("Người ký", "Signer"),
        other => match (other.strip_prefix("target/"), other.strip_prefix("part/"), other.strip_prefix("own:")) {
            (Some(code), ..) => msg!("Chỉ tiêu {code}", "Target {code}"),
            (_, Some(path), _) => msg!("PHẦN {path}", "PHẦN {path}"),
            (.., Some(name)) => msg!("Cột {name}", "Column {name}"),
            (None, None, None) => msg!("{other}", "{other}"),
        },
    }
}
