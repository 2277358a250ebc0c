//! Why two tasks are a pair, in words.

use super::align::{Found, Lower, TieAnswer, Upper};
use super::side::{Item, Who};
use super::translation::Translation;
use super::weigh::Weight;
use crate::diag::{Message, msg};

/// Returns what speaks for and against a pair or group, the weightiest first.
pub(super) fn evidence(
    upper: &Upper<'_>,
    lower: &Lower<'_>,
    translation: &Translation,
    items: &[Item],
    found: &Found,
    pairs: &[(usize, usize, Weight)],
) -> Vec<Message> {
    let mut out = Vec::new();
    match found.told {
        Some(TieAnswer::Yes) => out.push(msg!("người xem đã xác nhận (Ứng với)", "a person has confirmed it (Ứng với)")),
        Some(TieAnswer::Asked) => out.push(msg!("đã ghi Ứng với nhưng chưa xác nhận", "noted as Ứng với, not yet confirmed")),
        Some(TieAnswer::Verb) => out.push(msg!("kế hoạch trả lời bằng động từ", "the plan answers it by a verb")),
        Some(TieAnswer::No) | None => {}
    }
    for (parent, child, weight) in pairs {
        let named = pairs.len() > 1;
        let (p, c) = (&upper.derivation.content.tasks[*parent].code.text, &lower.side.content.tasks[*child].code.text);
        let (of_parent, of_child) = (percent(weight.likeness.of_parent), percent(weight.likeness.of_child));
        out.push(if named {
            msg!(
                "{p} và {c}: trùng {of_parent}% từ ngữ của cấp trên, {of_child}% từ ngữ của đơn vị",
                "{p} and {c}: {of_parent}% of the parent's words and {of_child}% of the child's are shared"
            )
        } else {
            msg!(
                "trùng {of_parent}% từ ngữ của cấp trên, {of_child}% từ ngữ của đơn vị",
                "{of_parent}% of the parent's words and {of_child}% of the child's are shared"
            )
        });
    }
    if let [(parent, child, weight)] = pairs {
        one(upper, lower, translation, items, (*parent, *child), *weight, &mut out);
    }
    if found.rival {
        out.push(msg!("còn nhiệm vụ khác gần giống như vậy", "another task is nearly as near"));
    }
    out
}

fn one(
    upper: &Upper<'_>,
    lower: &Lower<'_>,
    translation: &Translation,
    items: &[Item],
    (parent, child): (usize, usize),
    weight: Weight,
    out: &mut Vec<Message>,
) {
    let (above, below) = (&upper.items[parent], &items[child]);
    if weight.symbol
        && let Some(symbol) = above.wording.symbols.iter().find(|symbol| below.wording.symbols.contains(symbol))
    {
        let symbol = symbol.to_uppercase();
        out.push(msg!("cùng dẫn văn bản {symbol}", "both cite {symbol}"));
    }
    match weight.leads {
        Some(true) => {
            if let Some((from, to)) = answering(upper, lower, translation, items, parent, child) {
                out.push(if from == to {
                    msg!("cùng chủ trì: {to}", "the same lead: {to}")
                } else {
                    msg!("chủ trì {from} tương ứng với {to}", "the lead {from} corresponds to {to}")
                });
            }
        }
        Some(false) => out.push(msg!("chủ trì không tương ứng", "the leads do not correspond")),
        None => {}
    }
    match weight.field {
        Some(true) => out.push(msg!("cùng phụ lục về nội dung", "appendices of one field")),
        Some(false) => out.push(msg!("khác phụ lục", "appendices of different fields")),
        None => {}
    }
    if weight.product {
        out.push(msg!("có sản phẩm chung", "a product in common"));
    }
    if weight.deadline {
        out.push(msg!("cùng thời hạn sau khi chuyển năm", "the same deadline after the shift of years"));
    }
    if weight.number
        && let Some(number) = above.numbers.iter().find(|number| below.numbers.contains(number))
    {
        out.push(msg!("cùng số liệu {number}", "the same figure {number}"));
    }
    if weight.other_paper
        && let (Some(from), Some(to)) = (above.wording.makes, below.wording.makes)
    {
        let (from, to) = (from.name, to.name);
        out.push(msg!("khác loại văn bản: {from}, {to}", "other kinds of document: {from}, {to}"));
    }
}

/// Returns the names of the leads that answer each other: the parent's as written, and the child's.
fn answering(
    upper: &Upper<'_>,
    lower: &Lower<'_>,
    translation: &Translation,
    items: &[Item],
    parent: usize,
    child: usize,
) -> Option<(String, String)> {
    let moved = &translation.moved[parent].leads;
    let at = items[child].leads.iter().position(|who| moved.contains(who))?;
    let roles = &lower.side.content.tasks[child].fields.leads.as_ref()?.value;
    let to = roles.get(at)?.text.clone();
    let who = &items[child].leads[at];
    // the step that made the child's body names the parent's
    let piece = translation.fields[parent].leads.as_ref()?;
    let role = piece.value.iter().find(|role| Who::of(role, lower.side.registry, lower.side.unit) == *who)?;
    let from = piece.origin.steps.iter().find(|step| step.to == role.text).map_or_else(|| role.text.clone(), |step| step.from.clone());
    let _ = upper;
    Some((from, to))
}

fn percent(share: f32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share between 0 and 1")]
    let percent = (share.clamp(0.0, 1.0) * 100.0).round() as u32;
    percent
}
