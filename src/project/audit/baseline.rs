//! The list of known gaps: a new gap fails, a mended one must leave the list.
//!
//! One gap per line: the unit's code, the task's code (`-` for a unit without plan), the kind; parted by one space, sorted, `#` opens a comment.

use super::{Baseline, add_source};
use crate::base::{Loc, Sources, Span};
use crate::diag::{Code, Diagnostic, Severity, msg};
use crate::matching::{Audit, AuditPlan, AuditRow, DropClass};

/// The kinds of a gap as the list writes them.
const LEADS: &str = "unanswered";
const COORDINATES: &str = "unanswered-coordinates";
const NO_PLAN: &str = "no-plan";

/// A gap as a line.
fn line(unit: &str, task: &str, kind: &str) -> String {
    // codes hold no spaces; the name of a file in place of a unit may
    format!("{} {task} {kind}", unit.replace(' ', "_"))
}

/// Returns all gaps of an audit as the list writes them, sorted.
pub(super) fn list(audit: &Audit) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut rows = audit.children.clone();
    each(&audit.parent, &mut rows, &mut |gap, _| out.push(gap));
    out.sort();
    out.dedup();
    let mut text = String::from("# đơn-vị nhiệm-vụ loại\n");
    for gap in out {
        text.push_str(&gap);
        text.push('\n');
    }
    text
}

/// What of a row a gap is.
enum Gap<'g> {
    Row(&'g mut bool),
    Drop(&'g mut crate::matching::Dropped),
}

fn each(parent: &AuditPlan, rows: &mut [AuditRow], visit: &mut impl FnMut(String, Gap<'_>)) {
    for row in rows {
        let unit = if row.unit_code.is_empty() { row.unit.clone() } else { row.unit_code.clone() };
        if row.plan.is_none() {
            visit(line(&unit, "-", NO_PLAN), Gap::Row(&mut row.known));
        }
        for dropped in &mut row.dropped {
            match dropped.class {
                DropClass::Unanswered if dropped.severity != Severity::Info => {}
                DropClass::Unanswered | DropClass::UpperOnly | DropClass::NoCounterpart | DropClass::Done => continue,
            }
            let kind = if dropped.coordinates { COORDINATES } else { LEADS };
            let task = parent.tasks.get(dropped.parent).map_or("?", |task| task.code.as_str());
            visit(line(&unit, task, kind), Gap::Drop(dropped));
        }
        let below = row.plan.clone();
        each(below.as_ref().unwrap_or(parent), &mut row.below, visit);
    }
}

/// Marks the gaps that the list knows, makes the others errors, and reports lines that match no gap any more (KH5056) or cannot be read
/// (KH5057).
pub(super) fn apply(baseline: &Baseline, audit: &mut Audit, sources: &mut Sources) -> Vec<Diagnostic> {
    let source = add_source(sources, baseline);
    let mut out = Vec::new();
    let mut known: Vec<(String, Loc, bool)> = Vec::new();
    let mut at = 0;
    for raw in baseline.text.split_inclusive('\n') {
        let text = raw.trim_start_matches('\u{feff}').trim();
        let start = at + (raw.len() - raw.trim_start_matches(['\u{feff}', ' ', '\t']).len());
        let loc = Loc::new(source, Span::new(start, start + text.len()));
        at += raw.len();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.len() == 3 && [LEADS, COORDINATES, NO_PLAN].contains(&words[2]) {
            known.push((words.join(" "), loc, false));
        } else {
            out.push(
                Diagnostic::new(Code::KH5057, loc, msg!("Dòng này không phải một thiếu sót: “{text}”", "This line is no gap: “{text}”"))
                    .help(msg!("Viết: mã-đơn-vị mã-nhiệm-vụ unanswered", "Write: unit-code task-code unanswered")),
            );
        }
    }
    let parent = audit.parent.clone();
    each(&parent, &mut audit.children, &mut |gap, what| {
        let listed = known.iter_mut().find(|(line, ..)| *line == gap);
        let is_known = listed.is_some();
        if let Some((_, _, seen)) = listed {
            *seen = true;
        }
        match what {
            Gap::Row(mark) => *mark = is_known,
            Gap::Drop(dropped) => {
                dropped.known = is_known;
                if !is_known {
                    // what a unit only coordinates is a warning by itself; a gap that is new fails
                    dropped.severity = Severity::Error;
                    let (name, vi, en) = (&baseline.name, &dropped.why.vi, &dropped.why.en);
                    dropped.why = msg!("{vi}; mới, chưa có trong {name}", "{en}; new, not in {name}");
                }
            }
        }
    });
    for (line, loc, _) in known.into_iter().filter(|(.., seen)| !seen) {
        out.push(
            Diagnostic::new(Code::KH5056, loc, msg!("Thiếu sót này không còn: “{line}”", "This gap is no longer there: “{line}”"))
                .help(msg!("Xóa dòng này khỏi danh sách", "Remove the line from the list")),
        );
    }
    out
}
