//! Prose that the plan itself writes: a PHẦN's title, a MỤC, an item, a paragraph.

use super::words::{rewritten, same};
use super::{Edit, FieldChange, Scene};
use crate::diag::{Message, msg};
use crate::model::Part;

/// Returns the edit of a piece of prose by its path (`II.2.1`).
pub(super) fn edits(scene: &Scene<'_>, path: &str, change: &FieldChange) -> Result<Vec<Edit>, Message> {
    let part = find(scene, path).ok_or_else(super::unfound)?;
    let loc = part.origin.stated;
    let inherited = !part.origin.steps.is_empty();
    if inherited || loc.source != scene.source {
        let number = path.split('.').next().unwrap_or(path);
        return Err(msg!(
            "đoạn này nhận từ cấp trên: viết PHẦN {number} riêng trong kế hoạch",
            "the words come from the parent: write a PHẦN {number} of the plan's own"
        ));
    }
    let (old, new) = (change.from.join(" "), change.to.join(" "));
    let written = scene.slice(loc.span);
    if part.depth == 1 && new == new.to_uppercase() {
        // the document prints titles in capitals: which letters are small is not known
        return Err(msg!("tên PHẦN in hoa: sửa tay trong tệp", "a title of a PHẦN is printed in capitals: edit it by hand"));
    }
    if same(&old, &new) {
        return Ok(Vec::new());
    }
    // a tie at the end ({TC-08}) is not printed
    let tie = written.find(" {").filter(|_| !part.tied.is_empty()).map_or("", |at| &written[at..]);
    let own = written.strip_suffix(tie).unwrap_or(written);
    Ok(vec![scene.edit(loc.span, format!("{}{tie}", rewritten(own, &old, &new)))])
}

fn find<'a>(scene: &Scene<'a>, path: &str) -> Option<&'a Part> {
    let mut steps = path.split('.');
    let first = steps.next()?;
    let mut part = scene.derivation.template.parts.iter().find(|part| part.number == first)?;
    for step in steps {
        let at: usize = step.parse().ok()?;
        part = part.below.get(at.checked_sub(1)?)?;
    }
    Some(part)
}
