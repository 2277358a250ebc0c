//! KH3012: how much of the parent's text is taken over unchanged. A real rule forbids copying the upper plan; the share is reported.

use super::Subject;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, msg};

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let mut carried = 0usize;
    let mut copied = Vec::new();
    for (index, task) in on.tasks().iter().enumerate() {
        let Some(baseline) = on.baselines(index).find(|baseline| !on.is_last_year(baseline.parent.0)) else { continue };
        carried += 1;
        let upper = on.parent_task(baseline.parent);
        let (Some(own), Some(other)) = (&task.fields.content, &upper.fields.content) else { continue };
        if Key::new(&own.value) == Key::new(&other.value) {
            copied.push(task.code.text.as_str());
        }
    }
    if copied.is_empty() {
        return;
    }
    let (count, share) = (copied.len(), copied.len() * 100 / carried.max(1));
    let first: Vec<&str> = copied.iter().take(3).copied().collect();
    let mut list = first.join(", ");
    if copied.len() > 3 {
        list.push_str(", …");
    }
    let plan = &on.plan.code.text;
    out.push(
        on.note(
            Code::KH3012,
            on.plan.loc,
            msg!(
                "{plan} giữ nguyên câu chữ của cấp trên ở {count} trong {carried} nhiệm vụ nhận về ({share}%): {list}",
                "{plan} keeps the parent's words in {count} of {carried} tasks taken over ({share}%): {list}"
            ),
            "",
        )
        .help(msg!("Cụ thể hóa nội dung cho địa phương bằng SỬA ĐỔI", "Make the content local with SỬA ĐỔI")),
    );
}
