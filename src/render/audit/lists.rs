//! The audit as rows: what is to be done, and what a person is asked.

use super::report::{Writer, is_bad, joined};
use super::view::{Entry, FieldChange, Question, Todo};
use super::wording::compared;
use crate::diag::{Message, msg};
use crate::matching::{AuditPlan, AuditRow, AuditTask, Change, DropClass, Effect, Link, TaskPart};

impl Writer<'_> {
    /// Returns what is not answered or was changed, unit by unit, the gravest first.
    pub(super) fn todo(&self) -> Vec<Todo> {
        let mut out = Vec::new();
        self.each(&self.audit.parent, &self.audit.children, &mut |parent, row| {
            let Some(plan) = &row.plan else {
                out.push(Todo { unit: row.unit.clone(), state: self.state(row, 0), ..Todo::default() });
                return;
            };
            for coordinates in [false, true] {
                let lost = |class, own| class == DropClass::Unanswered && own == coordinates;
                for dropped in row.dropped.iter().filter(|dropped| lost(dropped.class, dropped.coordinates)) {
                    let task = &parent.tasks[dropped.parent];
                    let mut why = self.say(&dropped.why);
                    if dropped.known {
                        why.push_str("; ");
                        why.push_str(&self.say(&msg!("đã có trong danh sách thiếu sót đã biết", "listed among the known gaps")));
                    }
                    out.push(Todo {
                        unit: row.unit.clone(),
                        task: task.code.clone(),
                        content: task.content.clone(),
                        state: self.drop_state(dropped.class, dropped.coordinates),
                        why,
                        ..Todo::default()
                    });
                }
            }
            for bad in [true, false] {
                for link in row.accepted() {
                    self.changed(parent, plan, row, link, bad, &mut out);
                }
            }
        });
        out
    }

    /// Adds the changes of a pair that make less of the task, or the others.
    fn changed(&self, parent: &AuditPlan, plan: &AuditPlan, row: &AuditRow, link: &Link, bad: bool, out: &mut Vec<Todo>) {
        let (upper, lower) = (tasks(parent, &link.parent), tasks(plan, &link.child));
        let told = |part, effect| part != TaskPart::Content || effect != Effect::Changed;
        for change in link.changes.iter().filter(|change| is_bad(change.effect) == bad && told(change.part, change.effect)) {
            let (letter, class) = if bad { ("▼", "bad2") } else { ("S", "ok2") };
            out.push(Todo {
                unit: row.unit.clone(),
                task: joined(&upper, |task| &task.code, ", "),
                content: joined(&upper, |task| &task.content, " | "),
                own: joined(&lower, |task| &task.code, ", "),
                state: self.made(letter, class, &change.effect.title()),
                field: self.say(&change.part.title()),
                from: change.from.clone(),
                to: change.to.clone(),
                why: self.matched(link),
            });
        }
    }

    /// Returns the title of what differs from the plan that the project derives for the unit, and the tasks.
    pub(super) fn drifted(&self, row: &AuditRow) -> (Message, Vec<Entry>) {
        let (Some(drift), Some(plan)) = (&row.drift, &row.plan) else { return (Message::default(), Vec::new()) };
        let code = &drift.plan;
        let title = msg!("Khác với bản dự án lập ({code})", "Other than the plan that the project derives ({code})");
        let entries = drift.lines.iter().map(|line| {
            let own = tasks(plan, &line.issued);
            let codes = [line.derived.join(", "), joined(&own, |task| &task.code, ", ")];
            let codes: Vec<&str> = codes.iter().map(String::as_str).filter(|codes| !codes.is_empty()).collect();
            let words = joined(&own, |task| &task.content, " | ");
            Entry {
                ids: Vec::new(),
                heading: codes.join(" → "),
                task: String::new(),
                state: self.made("≠", "ask", &line.kind.title()),
                upper: if line.derived.is_empty() { String::new() } else { line.content.clone() },
                lower: if own.is_empty() { Vec::new() } else { compared(&line.content, &words) },
                why: Vec::new(),
                changes: self.fields(&line.changes),
            }
        });
        (title, entries.collect())
    }

    /// Returns the fields that differ, but for contents that are shown whole.
    pub(super) fn fields(&self, changes: &[Change]) -> Vec<FieldChange> {
        let told = changes.iter().filter(|change| change.part != TaskPart::Content || change.effect != Effect::Changed);
        told.map(|change| FieldChange {
            field: self.say(&change.part.title()),
            effect: self.say(&change.effect.title()),
            bad: is_bad(change.effect),
            text: compared(&change.from, &change.to),
        })
        .collect()
    }

    /// Returns what differs from the plans that the project derives, unit by unit.
    pub(super) fn drifts(&self) -> Vec<Todo> {
        let mut out = Vec::new();
        self.each(&self.audit.parent, &self.audit.children, &mut |_, row| {
            let (Some(drift), Some(plan)) = (&row.drift, &row.plan) else { return };
            for line in &drift.lines {
                let own = tasks(plan, &line.issued);
                let whole = Todo {
                    unit: row.unit.clone(),
                    task: line.derived.iter().map(|code| format!("{}/{code}", drift.plan)).collect::<Vec<_>>().join(", "),
                    content: line.content.clone(),
                    own: joined(&own, |task| &task.code, ", "),
                    state: self.made("≠", "ask", &line.kind.title()),
                    ..Todo::default()
                };
                if line.changes.is_empty() {
                    out.push(whole.clone());
                }
                out.extend(line.changes.iter().map(|change| Todo {
                    state: self.made("≠", "ask", &change.effect.title()),
                    field: self.say(&change.part.title()),
                    from: change.from.clone(),
                    to: change.to.clone(),
                    ..whole.clone()
                }));
            }
        });
        out
    }

    /// Returns the doubtful pairs, unit by unit.
    pub(super) fn questions(&self) -> Vec<Question> {
        let mut out = Vec::new();
        self.each(&self.audit.parent, &self.audit.children, &mut |parent, row| {
            let Some(plan) = &row.plan else { return };
            for link in row.doubtful() {
                let (upper, lower) = (tasks(parent, &link.parent), tasks(plan, &link.child));
                let qualified = |plan: &AuditPlan, list: &[&AuditTask]| {
                    list.iter().map(|task| format!("{}/{}", plan.code, task.code)).collect::<Vec<_>>().join(", ")
                };
                out.push(Question {
                    unit: row.unit.clone(),
                    plan: plan.code.clone(),
                    file: plan.file.clone(),
                    upper_codes: qualified(parent, &upper),
                    upper: joined(&upper, |task| &task.content, " | "),
                    lower_codes: qualified(plan, &lower),
                    lower: joined(&lower, |task| &task.content, " | "),
                    score: self.score(link),
                    why: link.evidence.iter().map(|message| self.say(message)).collect::<Vec<_>>().join("; "),
                });
            }
        });
        out
    }

    fn each<'a>(&self, parent: &'a AuditPlan, rows: &'a [AuditRow], visit: &mut impl FnMut(&'a AuditPlan, &'a AuditRow)) {
        for row in rows {
            visit(parent, row);
        }
        for row in rows {
            self.each(row.plan.as_ref().unwrap_or(parent), &row.below, visit);
        }
    }
}

fn tasks<'a>(plan: &'a AuditPlan, list: &[usize]) -> Vec<&'a AuditTask> {
    list.iter().filter_map(|at| plan.tasks.get(*at)).collect()
}
