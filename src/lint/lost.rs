//! KH3007: a product, target or lead of the parent that the child drops without a reason. What a translation step leaves out is not dropped.

use super::Subject;
use crate::agency::Body;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Fields, Outcome, Role};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for fate in &on.derivation.fates {
        let Outcome::Carried { children, .. } = &fate.outcome else { continue };
        let parent = (fate.parent, fate.task);
        let Some(statement) = on.verb(parent).filter(|statement| statement.reason.is_none()) else { continue };
        let Some(baseline) = on.derivation.baselines.iter().find(|baseline| baseline.parent == parent) else { continue };
        let own: Vec<&Fields> = children.iter().map(|child| &on.derivation.template.tasks[*child].fields).collect();
        let upper = on.parent_task(parent);
        let code = &upper.code.text;
        let mut report = |what: &str, what_en: &str, name: &str| {
            let at = children.first().map_or(statement.loc, |child| on.tasks()[*child].code.loc);
            out.push(
                on.note(
                    Code::KH3007,
                    at,
                    msg!(
                        "Nhiệm vụ {code} bỏ {what} “{name}” của cấp trên mà không nêu lý do",
                        "Task {code} drops the parent's {what_en} “{name}” without a reason"
                    ),
                    code,
                )
                .related(upper.loc, msg!("nhiệm vụ của cấp trên", "the parent's task"))
                .help(msg!("Thêm Lý do, hoặc giữ lại", "Add Lý do, or keep it"))
                .quote(name),
            );
        };
        for product in baseline.fields.products.iter().flat_map(|piece| &piece.value) {
            let key = Key::new(&product.text);
            let kept = own.iter().filter_map(|fields| fields.products.as_ref()).flat_map(|piece| &piece.value);
            if !kept.into_iter().any(|other| Key::new(&other.text) == key) {
                report("sản phẩm", "product", &product.text);
            }
        }
        for lead in baseline.fields.leads.iter().flat_map(|piece| &piece.value) {
            let kept = own.iter().filter_map(|fields| fields.leads.as_ref()).flat_map(|piece| &piece.value);
            if !kept.into_iter().any(|other| same(lead, other)) {
                report("cơ quan chủ trì", "lead", &lead.text);
            }
        }
        for line in baseline.fields.targets.iter().flat_map(|piece| &piece.value) {
            let key = Key::new(&line.target.code);
            let kept = own.iter().filter_map(|fields| fields.targets.as_ref()).flat_map(|piece| &piece.value);
            let same_text = Key::new(&line.target.text);
            if !kept
                .into_iter()
                .any(|other| if key.is_empty() { Key::new(&other.target.text) == same_text } else { Key::new(&other.target.code) == key })
            {
                report("chỉ tiêu", "target", &line.target.text);
            }
        }
    }
}

fn same(a: &Role, b: &Role) -> bool {
    match (a.body, b.body) {
        (Body::Open | Body::Unknown, _) | (_, Body::Open | Body::Unknown) => Key::new(&a.text) == Key::new(&b.text),
        (a, b) => a == b,
    }
}
