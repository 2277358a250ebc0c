//! The contract `kehoach/audit/1`.
//!
//! Keys are added, never renamed. Tasks are named by code; days are `yyyy-mm-dd`; sentences are in the language asked for.

use serde_json::{Value, json};

use super::AuditCounts;
use crate::base::Sources;
use crate::diag::{Diagnostic, Findings, Lang, json_list};
use crate::matching::{Audit, AuditPlan, AuditRow, AuditTask, Change, Link};

/// Returns the audit as pretty JSON with a final newline. `findings` of a row are those about its unit and plan, in the shape of
/// `kehoach/findings/1`; those about no row stand at the top.
pub fn json(audit: &Audit, findings: &Findings, sources: &Sources, lang: Lang) -> String {
    let writer = Writer { findings, sources, lang };
    let all = audit.rows();
    let rest = findings.iter().filter(|finding| !all.iter().any(|(_, row)| is_about(finding, row)));
    let report = json!({
        "schema": "kehoach/audit/1",
        "parent": writer.plan(&audit.parent),
        "children": writer.rows(&audit.parent, &audit.children),
        "findings": json_list(rest, sources, lang),
        "fingerprint": audit.fingerprint,
        "registry_date": audit.registry_date.iso(),
        "unchecked": audit.unchecked.iter().map(|message| message.get(lang)).collect::<Vec<_>>(),
    });
    // plain strings and numbers: serialisation has nothing to fail on
    let mut out = serde_json::to_string_pretty(&report).unwrap_or_default();
    out.push('\n');
    out
}

struct Writer<'a> {
    findings: &'a Findings,
    sources: &'a Sources,
    lang: Lang,
}

/// Says whether a finding is about a row.
fn is_about(finding: &Diagnostic, row: &AuditRow) -> bool {
    let plan = row.plan.as_ref().map(|plan| plan.code.as_str());
    finding.subject.plan.as_deref() == plan && finding.subject.unit.as_deref() == Some(row.unit.as_str())
}

impl Writer<'_> {
    fn plan(&self, plan: &AuditPlan) -> Value {
        json!({
            "code": plan.code,
            "title": plan.title,
            "unit": plan.unit,
            "unit_code": plan.unit_code,
            "level": plan.level,
            "number": plan.number,
            "date": plan.date.map(|date| date.iso()),
            "year": plan.year,
            "file": plan.file,
            "tasks": plan.tasks.iter().map(|task| self.task(plan, task)).collect::<Vec<_>>(),
        })
    }

    fn task(&self, plan: &AuditPlan, task: &AuditTask) -> Value {
        let appendix = task.appendix.and_then(|at| plan.appendices.get(at)).map(|appendix| appendix.place.as_str());
        json!({
            "code": task.code,
            "appendix": appendix,
            "content": task.content,
            "products": task.products,
            "leads": task.leads,
            "coordinators": task.coordinators,
            "synthesisers": task.synthesisers,
            "deadline": task.deadline,
            "targets": task.targets,
            "at": self.sources.place(task.loc),
            "origin": task.origin,
        })
    }

    fn rows(&self, parent: &AuditPlan, rows: &[AuditRow]) -> Vec<Value> {
        rows.iter().map(|row| self.row(parent, row)).collect()
    }

    fn row(&self, parent: &AuditPlan, row: &AuditRow) -> Value {
        let code = |plan: &AuditPlan, at: usize| plan.tasks.get(at).map(|task| task.code.clone()).unwrap_or_default();
        let own = row.plan.as_ref();
        let child = |at: usize| own.map(|plan| code(plan, at)).unwrap_or_default();
        let change = |change: &Change| json!({ "field": change.part, "from": change.from, "to": change.to, "effect": change.effect });
        let link = |link: &Link| {
            let score = (f64::from(link.score) * 100.0).round() / 100.0;
            json!({
                "parent": link.parent.iter().map(|at| code(parent, *at)).collect::<Vec<_>>(),
                "child": link.child.iter().map(|at| child(*at)).collect::<Vec<_>>(),
                "relation": link.relation,
                "score": score,
                "state": link.state,
                "evidence": link.evidence.iter().map(|message| message.get(self.lang)).collect::<Vec<_>>(),
                "changes": link.changes.iter().map(change).collect::<Vec<_>>(),
            })
        };
        let counts = AuditCounts::of(parent, row);
        let about = self.findings.iter().filter(|finding| is_about(finding, row));
        json!({
            "unit": row.unit,
            "unit_code": row.unit_code,
            "plan": own.map(|plan| self.plan(plan)),
            "counts": {
                "tasks": counts.tasks, "answered": counts.answered, "doubtful": counts.doubtful, "dropped": counts.dropped,
                "coordinates": counts.coordinates, "not_given": counts.not_given, "waived": counts.waived, "new": counts.new,
            },
            "links": row.links.iter().map(link).collect::<Vec<_>>(),
            "dropped": row.dropped.iter().map(|dropped| json!({
                "parent": code(parent, dropped.parent),
                "class": dropped.class,
                "severity": dropped.severity,
                "coordinates": dropped.coordinates,
                "known": dropped.known,
                "why": dropped.why.get(self.lang),
            })).collect::<Vec<_>>(),
            "waived": row.waived.iter().map(|waived| json!({
                "parent": code(parent, waived.parent), "class": waived.class, "reason": waived.reason, "basis": waived.basis,
            })).collect::<Vec<_>>(),
            "new": row.new.iter().map(|at| child(*at)).collect::<Vec<_>>(),
            "breaks": row.breaks.iter().map(|one| json!({ "task": one.task, "below": one.below })).collect::<Vec<_>>(),
            "drift": row.drift.as_ref().map(|drift| json!({
                "plan": drift.plan,
                "lines": drift.lines.iter().map(|line| json!({
                    "kind": line.kind,
                    "derived": line.derived,
                    "issued": line.issued.iter().map(|at| child(*at)).collect::<Vec<_>>(),
                    "changes": line.changes.iter().map(change).collect::<Vec<_>>(),
                })).collect::<Vec<_>>(),
            })),
            "below": self.rows(own.unwrap_or(parent), &row.below),
            "findings": json_list(about, self.sources, self.lang),
        })
    }
}
