//! A value inside a block that this plan states: the title, or a field under its label.

use super::words::{rewritten, same};
use super::{Edit, FieldChange, Scene};
use crate::base::Span;
use crate::diag::{Message, msg};
use crate::syntax::ast::{Block, Field, Item, Keyword, Label};

/// Returns the label under which a field stands; `None` for the content, columns and unknown fields.
pub(super) fn label_of(field: &str) -> Option<Label> {
    Some(match field {
        "products" => Label::Products,
        "leads" | "lead" => Label::Leads,
        "coordinators" => Label::Coordinators,
        "synthesisers" => Label::Synthesisers,
        "deadline" => Label::Deadline,
        "targets" => Label::Targets,
        "budget" => Label::Budget,
        "note" => Label::Note,
        "standard" => Label::Standard,
        "previous" => Label::Previous,
        "target" => Label::Goal,
        "solution" => Label::Measures,
        _ => return None,
    })
}

/// Returns the edits that set a field of a task or criterion which the block states or amends.
pub(super) fn set(scene: &Scene<'_>, block: &Block, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    if matches!(change.field.as_str(), "content" | "name") {
        return set_title(scene, block, change);
    }
    if let Some(name) = change.field.strip_prefix("own:") {
        return set_own(scene, block, name, change);
    }
    let label = label_of(&change.field).ok_or_else(|| {
        let field = &change.field;
        msg!("không rõ mục “{field}”", "the field “{field}” is unknown")
    })?;
    check_times(block, label)?;
    let mut out = match block.field(label) {
        Some(field) => replaced(scene, field, change)?,
        None => vec![scene.edit(Span::at(block.span.end as usize), format!("\n{}", lines(label, &change.to)))],
    };
    if block.heading.keyword == Keyword::Amend && block.field(Label::Reason).is_none() && drops(change) {
        out.push(scene.edit(Span::at(block.span.end as usize), format!("\n{REASON}")));
    }
    Ok(out)
}

/// Returns the edits that take a field out of a block which states it: a person emptied its place.
pub(super) fn remove(scene: &Scene<'_>, block: &Block, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    if let Some(name) = change.field.strip_prefix("own:") {
        return Err(msg!("bỏ cột {name} thì sửa tay ở nhãn Cột", "to drop the column {name} edit the label Cột by hand"));
    }
    let label = label_of(&change.field).ok_or_else(super::unfound)?;
    check_times(block, label)?;
    let Some(field) = block.field(label) else { return Err(super::unfound()) };
    // with the line end above: what stands around it closes up
    let text = scene.sources.get(scene.source).text();
    let start = text.get(..field.span.start as usize).and_then(|above| above.rfind('\n')).unwrap_or(field.span.start as usize);
    Ok(vec![scene.edit(Span::new(start, field.span.end as usize), "")])
}

/// What stands for a reason that a person has to give.
pub(super) const REASON: &str = "Lý do: CẦN BỔ SUNG";

/// Says whether a change drops a product or body, for which the language asks a reason.
pub(super) fn drops(change: &FieldChange) -> bool {
    matches!(change.field.as_str(), "products" | "leads" | "lead" | "targets")
        && change.from.iter().any(|old| !change.to.iter().any(|new| same(old, new)))
}

/// A product with its own time and a map that is rewritten would say one thing twice.
fn check_times(block: &Block, label: Label) -> Result<(), Message> {
    let timed =
        |field: &Field| field.value.iter().chain(field.items.iter().map(|item| &item.text)).any(|text| text.value.contains("(hạn:"));
    if label == Label::Deadline && block.field(Label::Products).is_some_and(timed) {
        return Err(msg!(
            "sản phẩm có hạn riêng ghi trong ngoặc: chạy kehoach fmt rồi cập nhật lại, hoặc sửa tay",
            "a product has its own deadline in brackets: run kehoach fmt and update again, or edit by hand"
        ));
    }
    Ok(())
}

/// Returns the edit of a heading's title.
pub(super) fn set_title(scene: &Scene<'_>, block: &Block, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    let new = change.to.join(" ");
    let printed = change.from.join(" ");
    match &block.title {
        Some(title) => Ok(vec![scene.edit(title.span, rewritten(&title.value, &printed, &new))]),
        None => {
            let end = block.heading.span.end as usize;
            let behind = scene.sources.get(scene.source).text().get(end..).unwrap_or("");
            let colon = behind.len() - behind.trim_start_matches([' ', '\t']).len();
            let has_colon = behind[colon..].starts_with(':');
            let span = Span::new(end, if has_colon { end + colon + 1 } else { end });
            Ok(vec![scene.edit(span, format!(": {}", rewritten("", &printed, &new)))])
        }
    }
}

fn set_own(scene: &Scene<'_>, block: &Block, name: &str, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    let new = change.to.join(" ");
    let Some(field) = block.field(Label::Columns) else {
        return Ok(vec![scene.edit(Span::at(block.span.end as usize), format!("\nCột: {name} = {new}"))]);
    };
    let named = |text: &str| text.split_once('=').is_some_and(|(own, _)| same(own, name));
    let items = field.items.iter().map(|item| &item.text).chain(field.value.iter().filter(|value| !value.value.contains(';')));
    if let Some(text) = items.clone().find(|text| named(&text.value)) {
        let value = text.value.split_once('=').map_or("", |(_, value)| value.trim());
        return Ok(vec![scene.edit(text.span, format!("{name} = {}", rewritten(value, &change.from.join(" "), &new)))]);
    }
    if field.value.is_none() {
        return Ok(vec![scene.edit(Span::at(field.span.end as usize), format!("\n- {name} = {new}"))]);
    }
    Err(msg!("nhiều cột ghi trên một dòng: sửa tay", "several columns stand on one line: edit by hand"))
}

/// Returns a field as lines of the language: one value on the line where it can stand there, else items.
pub(super) fn lines(label: Label, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| rewritten("", "", value)).collect();
    match values.as_slice() {
        [one] if !one.contains(';') || !is_list(label) => format!("{}: {one}", label.text()),
        several => {
            let items: String = several.iter().map(|value| format!("\n- {value}")).collect();
            format!("{}:{items}", label.text())
        }
    }
}

fn is_list(label: Label) -> bool {
    !matches!(label, Label::Budget | Label::Note)
}

/// Returns the edits that make a field's values those of the document: item by item where items and values are the same in number before.
pub(super) fn replaced(scene: &Scene<'_>, field: &Field, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    let codes = |text: &str| {
        text.split_once(": ").map(|(code, _)| code.to_owned()).filter(|code| field.label == Label::Targets && !code.contains(' '))
    };
    if field.value.is_none() && field.items.len() == change.from.len() && !field.items.is_empty() {
        return Ok(by_items(scene, &field.items, change, &codes));
    }
    let coded = field.value.iter().chain(field.items.iter().map(|item| &item.text)).any(|text| codes(&text.value).is_some());
    let behind = Span::new(colon(scene, field), field.span.end as usize);
    match (&field.value, field.items.is_empty(), change.from.as_slice(), change.to.as_slice()) {
        (Some(value), true, [old], [new]) => {
            let code = codes(&value.value).map(|code| format!("{code}: ")).unwrap_or_default();
            let own = value.value.strip_prefix(&code).unwrap_or(&value.value);
            let new = rewritten(own, old, new);
            if new.contains(';') && is_list(field.label) && !own.contains(';') {
                return Ok(vec![scene.edit(behind, format!("\n- {code}{new}"))]);
            }
            Ok(vec![scene.edit(value.span, format!("{code}{new}"))])
        }
        _ if coded => {
            Err(msg!("số chỉ tiêu thay đổi: sửa tay để giữ mã", "the number of targets changed: edit by hand, to keep their codes"))
        }
        (_, _, _, to) => {
            let whole = lines(field.label, to);
            let text = whole.strip_prefix(field.label.text()).and_then(|text| text.strip_prefix(':')).unwrap_or(&whole).to_owned();
            Ok(vec![scene.edit(behind, text)])
        }
    }
}

/// Returns the byte behind a label's colon.
fn colon(scene: &Scene<'_>, field: &Field) -> usize {
    let end = field.label_span.end as usize;
    let text = scene.sources.get(scene.source).text();
    text.get(end..).and_then(|behind| behind.find(':')).map_or(end, |at| end + at + 1)
}

/// Returns the edits of single items: what stands on both sides of the change stays as it is, comments between items too.
fn by_items(scene: &Scene<'_>, items: &[Item], change: &FieldChange, codes: &impl Fn(&str) -> Option<String>) -> Vec<Edit> {
    let (old, new) = (&change.from, &change.to);
    let front = old.iter().zip(new).take_while(|(a, b)| same(a, b)).count();
    let back = old[front..].iter().rev().zip(new[front..].iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let (old_end, new_end) = (old.len() - back, new.len() - back);
    let mut out = Vec::new();
    let both = (old_end - front).min(new_end - front);
    for at in front..front + both {
        let item = &items[at].text;
        let code = codes(&item.value).map(|code| format!("{code}: ")).unwrap_or_default();
        let own = item.value.strip_prefix(&code).unwrap_or(&item.value);
        // a product keeps its own time
        let (own, time) = own.split_once(" (hạn:").map_or((own, String::new()), |(own, time)| (own, format!(" (hạn:{time}")));
        if !same(&old[at], &new[at]) {
            out.push(scene.edit(item.span, format!("{code}{}{time}", rewritten(own, &old[at], &new[at]))));
        }
    }
    let text = scene.sources.get(scene.source).text();
    for item in items.iter().take(old_end).skip(front + both) {
        // with the line end above: what is put in behind the block stays apart
        let start = text.get(..item.text.span.start as usize).and_then(|above| above.rfind('\n')).unwrap_or(item.text.span.start as usize);
        out.push(scene.edit(Span::new(start, item.text.span.end as usize), ""));
    }
    let more: String = new[front + both..new_end].iter().map(|value| format!("\n- {}", rewritten("", "", value))).collect();
    if !more.is_empty() {
        let behind = items[..front + both].last().or(items.first()).map_or(0, |item| item.text.span.end as usize);
        out.push(scene.edit(Span::at(behind), more));
    }
    out
}
