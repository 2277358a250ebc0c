//! Values of the plan itself, below KẾ HOẠCH.

use super::words::{rewritten, same};
use super::{Edit, FieldChange, Scene, block};
use crate::base::Span;
use crate::diag::{Message, msg};
use crate::syntax::ast::{Field, Label};

/// Returns the edits that set a value of the plan's head.
pub(super) fn edits(scene: &Scene<'_>, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    match change.field.as_str() {
        "title" => title(scene, change),
        "number" => Ok(set(scene, Label::Number, &change.to.join(" "))),
        "date" => date(scene, change),
        "proposer" => Ok(text(scene, Label::ProposedBy, change)),
        "effect" => Ok(text(scene, Label::Validity, change)),
        "responsible" => Ok(text(scene, Label::Responsible, change)),
        "bases" => list(scene, Label::Basis, change),
        "opening" => list(scene, Label::Opening, change),
        "recipients" => list(scene, Label::Recipients, change),
        "office" | "signer" => Ok(signer(scene, change)),
        field => Err(msg!("không rõ mục “{field}”", "the field “{field}” is unknown")),
    }
}

fn title(scene: &Scene<'_>, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    // the title stands several times: the one that a person changed counts
    let mut changed = change.to.iter().filter(|new| !change.from.iter().any(|old| same(new, old)));
    let (Some(new), None, Some(old)) = (changed.next(), changed.next(), change.from.first()) else {
        return Err(msg!("tên kế hoạch in nhiều chỗ không giống nhau", "the plan's title is printed in several ways"));
    };
    let one = FieldChange { from: vec![old.clone()], to: vec![new.clone()], ..change.clone() };
    block::set_title(scene, scene.head, &one)
}

fn set(scene: &Scene<'_>, label: Label, value: &str) -> Vec<Edit> {
    match scene.head.field(label) {
        Some(Field { value: Some(old), items, .. }) if items.is_empty() => vec![scene.edit(old.span, rewritten(&old.value, "", value))],
        Some(field) => vec![scene.edit(field.span, block::lines(label, &[value.to_owned()]))],
        None => {
            let line = format!("\n{}: {}", label.text(), rewritten("", "", value));
            vec![scene.edit(Span::at(scene.head.span.end as usize), line)]
        }
    }
}

fn text(scene: &Scene<'_>, label: Label, change: &FieldChange) -> Vec<Edit> {
    let new = change.to.join(" ");
    match scene.head.field(label) {
        Some(Field { value: Some(old), items, .. }) if items.is_empty() => {
            vec![scene.edit(old.span, rewritten(&old.value, &change.from.join(" "), &new))]
        }
        _ => set(scene, label, &new),
    }
}

/// Reads `ngày 24 tháng 12 năm 2021`; an unfilled day keeps its dots.
fn date(scene: &Scene<'_>, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    let words = change.to.join(" ");
    let after = |word: &str| {
        let lower = words.to_lowercase();
        let at = lower.find(word)? + word.len();
        lower.get(at..)?.trim_start().split([' ', ',']).next().map(str::to_owned).filter(|part| !part.is_empty())
    };
    let figures = |part: Option<String>| part.filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let (Some(month), Some(year)) = (figures(after("tháng")), figures(after("năm"))) else {
        return Err(msg!("không hiểu ngày “{words}”", "the date “{words}” cannot be understood"));
    };
    let day = figures(after("ngày")).unwrap_or_else(|| "…".to_owned());
    Ok(set(scene, Label::Date, &format!("{day}/{month}/{year}")))
}

fn list(scene: &Scene<'_>, label: Label, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    match scene.head.field(label) {
        Some(field) => block::replaced(scene, field, change),
        None => Ok(vec![scene.edit(Span::at(scene.head.span.end as usize), format!("\n{}", block::lines(label, &change.to)))]),
    }
}

/// `Người ký` holds the lines above the signature and the name, apart by `|`.
fn signer(scene: &Scene<'_>, change: &FieldChange) -> Vec<Edit> {
    let old = scene.head.field(Label::Signer).and_then(|field| field.value.as_ref()).map_or("", |text| text.value.as_str());
    let mut parts: Vec<String> = old.split('|').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
    let capitals = |part: &String| *part == part.to_uppercase();
    let name = parts.pop_if(|last| !capitals(last));
    if change.field == "signer" {
        parts.extend(change.to.iter().cloned());
    } else {
        parts = change.to.iter().filter(|line| !line.starts_with("TM.")).cloned().collect();
        parts.extend(name);
    }
    set(scene, Label::Signer, &parts.join(" | "))
}
