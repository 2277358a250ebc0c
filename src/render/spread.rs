//! What became of a task at the levels below: one line per way in which units answered it. Those that break the chain are all named,
//! of the others the first three.

use crate::base::{Key, Loc, Sources};
use crate::derive::{Derivation, Reach, coverage};
use crate::diag::{Lang, Message, msg};
use crate::model::{Model, Outcome, PlanId};

/// Units named of those that go on with a task.
const SHOWN: usize = 3;

/// Units that did the same with a task, by the same statement.
struct Row {
    depth: usize,
    level: String,
    next_year: bool,
    breaks: bool,
    what: Message,
    at: Option<Loc>,
    units: Vec<String>,
}

/// Returns what became of a plan's task in the plans that follow it; empty where none follows or the plan has no such task.
pub fn spread(sources: &Sources, model: &Model, derivations: &[Derivation], plan: PlanId, task: &str, lang: Lang) -> String {
    let key = Key::new(task);
    let mut out = String::new();
    let tasks = derivations[plan.index()].content.tasks.iter().enumerate();
    for (at, task) in tasks.filter(|(_, task)| task.code.key == key) {
        let mut rows: Vec<Row> = Vec::new();
        collect(model, derivations, &coverage(model, derivations, plan, at), 0, &mut rows);
        if rows.is_empty() {
            continue;
        }
        rows.sort_by_key(|row| (row.depth, row.next_year));
        let (own, code) = (&model.plan(plan).code.text, &task.code.text);
        let title = if rows.iter().any(|row| row.next_year) {
            msg!("{own} · {code} · Ở cấp dưới và năm sau\n", "{own} · {code} · At the levels below and in later years\n")
        } else {
            msg!("{own} · {code} · Ở cấp dưới\n", "{own} · {code} · At the levels below\n")
        };
        out.push_str(title.get(lang));
        let mut last: Option<(usize, bool, &str)> = None;
        for row in &rows {
            if last != Some((row.depth, row.next_year, &row.level)) {
                let same =
                    rows.iter().filter(|other| (other.depth, other.next_year, &other.level) == (row.depth, row.next_year, &row.level));
                let count: usize = same.map(|other| other.units.len()).sum();
                let level = &row.level;
                let heading = if row.next_year {
                    msg!("  Năm sau, cấp {level}: {count} đơn vị\n", "  The next year, level {level}: {count} units\n")
                } else {
                    msg!("  Cấp {level}: {count} đơn vị\n", "  Level {level}: {count} units\n")
                };
                out.push_str(heading.get(lang));
                last = Some((row.depth, row.next_year, &row.level));
            }
            let place = row.at.map_or_else(|| "-".to_owned(), |at| sources.place(at));
            // who broke the chain is named in full
            let (count, shown) = (row.units.len(), if row.breaks { row.units.len() } else { SHOWN.min(row.units.len()) });
            let units = format!("{}{}", row.units[..shown].join(", "), if shown < count { ", …" } else { "" });
            let mark = if row.breaks { msg!("đứt ở đây; ", "breaks here; ") } else { Message::default() };
            out.push_str(&format!("    {place}: {}{}", mark.get(lang), row.what.get(lang)));
            out.push_str(msg!(" ({count} đơn vị: {units})\n", " ({count} units: {units})\n").get(lang));
        }
        out.push('\n');
    }
    out
}

fn collect(model: &Model, derivations: &[Derivation], reaches: &[Reach], depth: usize, rows: &mut Vec<Row>) {
    for reach in reaches {
        let unit = reach.unit.map(|unit| model.registry.unit(unit));
        let level = unit.map_or_else(String::new, |unit| model.registry.level(unit.level).name.clone());
        let name = unit.map(|unit| unit.name.clone());
        let code = reach.plan.map(|plan| model.plan(plan).code.text.clone());
        let units = vec![name.or(code).unwrap_or_default()];
        let (what, at) = told(model, derivations, reach);
        let breaks = reach.breaks();
        let next_year = reach.next_year;
        let same = |row: &&mut Row| {
            row.depth == depth
                && row.next_year == next_year
                && row.level == level
                && row.breaks == breaks
                && row.what == what
                && row.at == at
        };
        match rows.iter_mut().find(same) {
            Some(row) => row.units.extend(units),
            None => rows.push(Row { depth, level, next_year, breaks, what, at, units }),
        }
        collect(model, derivations, &reach.below, depth + 1, rows);
    }
}

/// Returns what a unit did with the task, and the statement that says so.
fn told(model: &Model, derivations: &[Derivation], reach: &Reach) -> (Message, Option<Loc>) {
    let (Some(id), Some(outcome)) = (reach.plan, &reach.outcome) else {
        return (msg!("chưa có kế hoạch", "no plan"), None);
    };
    let plan = model.plan(id);
    let codes = |children: &[usize]| {
        let tasks = &derivations[id.index()].content.tasks;
        children.iter().filter_map(|at| tasks.get(*at)).map(|task| task.code.text.as_str()).collect::<Vec<_>>().join(", ")
    };
    match outcome {
        Outcome::Unanswered => (msg!("bỏ sót", "not answered"), plan.parents.first().map(|link| link.loc)),
        Outcome::Carried { statement, children } => {
            let codes = codes(children);
            (msg!("nhận về thành {codes}", "taken over as {codes}"), Some(plan.statements[*statement].loc))
        }
        Outcome::Repeated { statements, children } => {
            let codes = codes(children);
            let at = statements.first().map(|at| plan.statements[*at].loc);
            (msg!("trả lời nhiều lần, nhận về thành {codes}", "answered more than once, taken over as {codes}"), at)
        }
        Outcome::Finished { statement } => (msg!("kết thúc", "ended"), Some(plan.statements[*statement].loc)),
        Outcome::Waived { statement } | Outcome::Unreasoned { statement } => {
            let statement = &plan.statements[*statement];
            let reason = statement.reason.as_ref().map_or("…", |reason| reason.value.as_str());
            (msg!("không áp dụng: {reason}", "waived: {reason}"), Some(statement.loc))
        }
    }
}
