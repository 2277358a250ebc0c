//! A child's draft from decisions that a person made in a form: the verbs as chosen, nothing added.

use super::child::{ChildOptions, flush, opening};
use crate::base::Key;
use crate::derive::Derivation;
use crate::diag::{Message, msg};
use crate::model::{Model, PlanId};

/// A decision about one task or target of the parent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// Where the form has it, for messages (`Nhiệm vụ, hàng 7`).
    pub place: String,
    /// The parent's code.
    pub code: String,
    /// Whether it is of a target and not of a task.
    pub target: bool,
    /// The verb as written; empty where none was chosen.
    pub verb: String,
    /// Class of a waiver.
    pub class: String,
    /// Reason.
    pub reason: String,
    /// Whatever else the person says.
    pub note: String,
}

/// Returns the child's draft as `.kh` text, in the parent's order whatever the form's. A row without verb leaves its task unanswered, which `check`
/// tells; so does one without row.
///
/// # Errors
/// Codes that the parent does not have, codes that stand twice, verbs that do not exist: all of them, nothing is written then.
pub fn answered(
    model: &Model,
    derivations: &[Derivation],
    parent: PlanId,
    options: &ChildOptions,
    rows: &[Answered],
) -> Result<String, Vec<Message>> {
    let content = &derivations[parent.index()].template;
    let upper = &model.plan(parent).code.text;
    let mut faults = Vec::new();
    let mut seen: Vec<(bool, Key)> = Vec::new();
    for row in rows {
        let key = Key::new(&row.code);
        let known = if row.target {
            content.targets.iter().any(|line| Key::new(&line.target.code) == key)
        } else {
            content.tasks.iter().any(|task| task.code.key == key)
        };
        let (place, code) = (&row.place, &row.code);
        if !known {
            faults.push(msg!("{place}: {upper} không có mã “{code}”", "{place}: {upper} has no code “{code}”"));
        } else if seen.contains(&(row.target, key.clone())) {
            faults.push(msg!("{place}: mã {code} đã có ở hàng khác", "{place}: the code {code} stands in another row too"));
        }
        seen.push((row.target, key));
        if verb(&row.verb).is_none() && !row.verb.is_empty() {
            let verb = &row.verb;
            faults.push(msg!("{place}: không có cách xử lý “{verb}”", "{place}: there is no verb “{verb}”"));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut out = opening(model, parent, options);
    let mut line = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    let of = |target: bool, key: &Key| rows.iter().find(|row| row.target == target && Key::new(&row.code) == *key);
    let mut run: Vec<&str> = Vec::new();
    for target in &content.targets {
        if let Some(row) = of(true, &Key::new(&target.target.code)) {
            write(row, &target.target.code, &mut run, &mut line);
        }
    }
    inherit(&mut run, true, &mut line);
    let mut places: Vec<Option<usize>> = (0..content.appendices.len()).map(Some).collect();
    if content.tasks.iter().any(|task| task.appendix.is_none()) {
        places.insert(0, None);
    }
    for place in places {
        if let Some(at) = place {
            let appendix = &content.appendices[at];
            line("");
            line(format!("{} {}", if appendix.group { "NHÓM NHIỆM VỤ" } else { "PHỤ LỤC" }, appendix.number).trim_end());
        }
        for task in content.tasks.iter().filter(|task| task.appendix == place) {
            if let Some(row) = of(false, &task.code.key) {
                write(row, &task.code.text, &mut run, &mut line);
            }
        }
        inherit(&mut run, false, &mut line);
    }
    Ok(out)
}

/// The verbs of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    Inherit,
    Amend,
    Split,
    Merge,
    Waive,
}

fn verb(text: &str) -> Option<Chosen> {
    match Key::new(text).as_str() {
        "kế thừa" => Some(Chosen::Inherit),
        "sửa đổi" => Some(Chosen::Amend),
        "tách" => Some(Chosen::Split),
        "gộp" => Some(Chosen::Merge),
        "không áp dụng" => Some(Chosen::Waive),
        _ => None,
    }
}

fn inherit(run: &mut Vec<&str>, target: bool, line: &mut impl FnMut(&str)) {
    if target && !run.is_empty() {
        line("");
        line(&format!("KẾ THỪA CHỈ TIÊU {}", run.join(", ")));
        run.clear();
    }
    flush(run, line);
}

fn write<'a>(row: &Answered, code: &'a str, run: &mut Vec<&'a str>, line: &mut impl FnMut(&str)) {
    let Some(chosen) = verb(&row.verb) else {
        inherit(run, row.target, line);
        line("");
        line(&format!("# {code}: chưa chọn cách xử lý"));
        return remark(row, line);
    };
    if chosen == Chosen::Inherit && row.note.is_empty() && row.reason.is_empty() {
        run.push(code);
        return;
    }
    inherit(run, row.target, line);
    line("");
    remark(row, line);
    let of = if row.target { " CHỈ TIÊU" } else { "" };
    match chosen {
        Chosen::Inherit => line(&format!("KẾ THỪA{of} {code}")),
        Chosen::Amend => {
            line("# ghi điều sửa đổi dưới dòng này");
            line(&format!("SỬA ĐỔI{of} {code}"));
        }
        // the results are for a person to write; until then the task is unanswered
        Chosen::Split => return line(&format!("# TÁCH {code} THÀNH …: viết mã và nội dung từng nhiệm vụ")),
        Chosen::Merge => return line(&format!("# GỘP {code}, … THÀNH …: viết mã và nội dung nhiệm vụ chung")),
        Chosen::Waive => {
            line(&format!("KHÔNG ÁP DỤNG{of} {code}"));
            if !row.class.is_empty() {
                line(&format!("Loại: {}", row.class));
            }
        }
    }
    if !row.reason.is_empty() {
        line(&format!("Lý do: {}", row.reason.lines().collect::<Vec<_>>().join(" ")));
    }
}

fn remark(row: &Answered, line: &mut impl FnMut(&str)) {
    for words in row.note.lines() {
        line(&format!("# {words}"));
    }
}
