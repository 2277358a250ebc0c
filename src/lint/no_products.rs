//! KH2034: a table of tasks none of which says what it leaves behind.

use super::Subject;
use crate::base::even;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Task;

/// Fewer tasks make no table.
const TABLE: usize = 5;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for (index, appendix) in on.derivation.content.appendices.iter().enumerate() {
        // what a criterion leaves behind is its score, and what came down is told with the parent
        // a list of targets says what is to be reached instead
        let of_targets = even(&appendix.title.value).contains("chỉ tiêu");
        if appendix.scores.is_some() || of_targets || !on.holds(appendix.loc) {
            continue;
        }
        let tasks: Vec<&Task> = on.tasks().iter().filter(|task| task.appendix == Some(index)).collect();
        let says =
            |task: &&Task| task.fields.products.as_ref().is_some_and(|piece| !piece.value.is_empty()) || task.fields.targets.is_some();
        let has_leads = tasks.iter().any(|task| task.fields.leads.is_some());
        if tasks.len() < TABLE || !has_leads || tasks.iter().any(says) {
            continue;
        }
        let (count, place) = (tasks.len(), appendix.place());
        out.push(
            on.note(
                Code::KH2034,
                appendix.title.loc,
                msg!("{count} nhiệm vụ của {place} không nêu sản phẩm", "None of the {count} tasks of {place} states a product"),
                &place,
            )
            .help(msg!("Thêm cột Sản phẩm, để biết việc đã xong", "Add a column Sản phẩm that tells when a task is done"))
            .quote(appendix.title.value.clone()),
        );
    }
}
