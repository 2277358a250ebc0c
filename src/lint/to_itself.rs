//! KH2016: a body that is told to report through itself (`Phòng Nội vụ … báo cáo … (qua Phòng Nội vụ)`).

use super::Subject;
use super::subject::part_of;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::Part;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for part in &on.derivation.content.parts {
        walk(on, part, &format!("PHẦN {}", part.number), None, out);
    }
}

fn walk(on: &Subject<'_>, part: &Part, place: &str, above: Option<&str>, out: &mut Vec<Diagnostic>) {
    let own = subject_of(on, &part.text);
    let subject = own.or(above);
    if let Some(name) = subject.filter(|_| on.wrote(&part.origin)) {
        for (at, words) in part.text.match_indices("qua ") {
            let behind = &part.text[at + words.len()..];
            let end = behind.find([')', ';', ',', '.']).unwrap_or(behind.len());
            let via = behind[..end].trim();
            if Key::new(via) != Key::new(name) || !part.text[..at].to_lowercase().contains("báo cáo") {
                continue;
            }
            if others_report(&part.text[..at]) {
                continue;
            }
            let range = at..at + words.len() + end;
            out.push(
                on.note(
                    Code::KH2016,
                    part_of(part.origin.stated, &part.text, range.clone()),
                    msg!("{name} được giao báo cáo qua chính mình", "{name} is told to report through itself"),
                    place,
                )
                .help(msg!(
                    "Bỏ “qua {via}”, hoặc nêu đúng cơ quan nhận báo cáo",
                    "Remove “qua {via}”, or name the body that receives the report"
                ))
                .quote(part.text.get(range).unwrap_or(via)),
            );
        }
    }
    for below in &part.below {
        walk(on, below, place, subject, out);
    }
}

/// Says whether the clause before `qua` lets other bodies report, although it stands among the duties of one.
fn others_report(head: &str) -> bool {
    let low = head.to_lowercase();
    let told = low.rfind("báo cáo").and_then(|at| low.get(..at)).unwrap_or("");
    let clause = told.rsplit([';', '.']).next().unwrap_or("").trim_start();
    // the bodies are named first, or behind the case in which they report
    let first = ["các cơ quan", "các sở", "các đơn vị", "trong quá trình", "ubnd các"].iter().any(|bodies| clause.starts_with(bodies));
    // heads of bodies are named by whoever lets them report, never by the body of itself
    first || ["thủ trưởng", "chủ tịch ubnd các"].iter().any(|heads| clause.contains(heads))
}

/// Returns the body whose duties a paragraph or title tells: the name at its head.
fn subject_of<'t>(on: &Subject<'_>, text: &'t str) -> Option<&'t str> {
    let head = text.strip_prefix("Giao ").or_else(|| text.strip_prefix("Trách nhiệm của ")).unwrap_or(text);
    let mut names = on.model.registry.find_names(head, on.plan.registry_date()).into_iter();
    let found = names.next().filter(|found| found.start == 0)?;
    // a list of bodies tells the duties of each: none of them reports through itself alone
    let between = names.next().and_then(|next| head.get(found.end..next.start)).unwrap_or("");
    let next = head[found.end..].trim_start();
    let alone = !matches!(between.trim(), "," | ";" | "và") && !next.starts_with(';') && !next.starts_with("và ");
    alone.then(|| &head[found.start..found.end])
}
