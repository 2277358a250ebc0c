//! The contract `kehoach/audit/1`.
//!
//! Keys are added, never renamed. Tasks are named by code; days are `yyyy-mm-dd`; sentences are in the language asked for. The report of a
//! province's communes has tens of megabytes: what is shown of a row stands in memory only while the row is written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::AuditCounts;
use crate::base::{Sources, Year};
use crate::diag::{Diagnostic, FindingShown, Findings, Lang, Message, Severity};
use crate::matching::{
    Audit, AuditPlan, AuditRow, AuditTask, Change, Drift, DriftKind, DropClass, Effect, Link, Relation, State, TaskPart,
};

/// Bytes that are gathered before they go out.
const BUFFER: usize = 1 << 16;

/// Writes the audit as pretty JSON with a final newline. `findings` of a row are those about its unit and plan, in the shape of
/// `kehoach/findings/1`; those about no row stand at the top.
///
/// # Errors
/// Where `out` refuses.
pub fn json(audit: &Audit, findings: &Findings, sources: &Sources, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    let rows: BTreeSet<Subject<'_>> = audit.rows().into_iter().map(|(_, row)| of_row(row)).collect();
    let (mut about, mut rest) = (BTreeMap::<Subject<'_>, Vec<&Diagnostic>>::new(), Vec::new());
    for finding in findings {
        let subject = (finding.subject.plan.as_deref(), finding.subject.unit.as_deref());
        if rows.contains(&subject) {
            about.entry(subject).or_default().push(finding);
        } else {
            rest.push(FindingShown::new(finding, sources, lang));
        }
    }
    let writer = Writer { about, sources, lang };
    let report = ReportShown {
        schema: "kehoach/audit/1",
        parent: writer.plan(&audit.parent),
        children: Rows { writer: &writer, parent: &audit.parent, list: &audit.children },
        findings: rest,
        fingerprint: &audit.fingerprint,
        registry_date: audit.registry_date.iso(),
        unchecked: writer.said(&audit.unchecked),
    };
    let mut out = io::BufWriter::with_capacity(BUFFER, out);
    serde_json::to_writer_pretty(&mut out, &report)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// What a finding or a row is about: the plan's code and the unit's name.
type Subject<'a> = (Option<&'a str>, Option<&'a str>);

fn of_row(row: &AuditRow) -> Subject<'_> {
    (row.plan.as_ref().map(|plan| plan.code.as_str()), Some(row.unit.as_str()))
}

#[derive(Serialize)]
struct ReportShown<'a> {
    schema: &'static str,
    parent: PlanShown<'a>,
    children: Rows<'a>,
    findings: Vec<FindingShown<'a>>,
    fingerprint: &'a str,
    registry_date: String,
    unchecked: Vec<&'a str>,
}

/// Rows that are still to be shown, one after the other.
struct Rows<'a> {
    writer: &'a Writer<'a>,
    parent: &'a AuditPlan,
    list: &'a [AuditRow],
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.list.iter().map(|row| self.writer.row(self.parent, row)))
    }
}

#[derive(Serialize)]
struct PlanShown<'a> {
    code: &'a str,
    title: &'a str,
    unit: &'a str,
    unit_code: &'a str,
    level: &'a str,
    number: &'a str,
    date: Option<String>,
    year: Option<Year>,
    file: &'a str,
    tasks: Vec<TaskShown<'a>>,
}

#[derive(Serialize)]
struct TaskShown<'a> {
    code: &'a str,
    appendix: Option<&'a str>,
    content: &'a str,
    products: &'a [String],
    leads: &'a [String],
    coordinators: &'a [String],
    synthesisers: &'a [String],
    deadline: &'a [String],
    targets: &'a [String],
    at: String,
    origin: &'a str,
}

#[derive(Serialize)]
struct RowShown<'a> {
    unit: &'a str,
    unit_code: &'a str,
    plan: Option<PlanShown<'a>>,
    counts: AuditCounts,
    links: Vec<LinkShown<'a>>,
    dropped: Vec<DroppedShown<'a>>,
    waived: Vec<WaivedShown<'a>>,
    new: Vec<&'a str>,
    breaks: Vec<BreakShown>,
    drift: Option<DriftShown<'a>>,
    below: Rows<'a>,
    findings: Vec<FindingShown<'a>>,
}

#[derive(Serialize)]
struct LinkShown<'a> {
    parent: Vec<&'a str>,
    child: Vec<&'a str>,
    relation: Relation,
    score: f64,
    state: State,
    evidence: Vec<&'a str>,
    changes: Vec<ChangeShown<'a>>,
}

#[derive(Serialize)]
struct ChangeShown<'a> {
    field: TaskPart,
    from: &'a str,
    to: &'a str,
    effect: Effect,
}

#[derive(Serialize)]
struct DroppedShown<'a> {
    parent: &'a str,
    class: DropClass,
    severity: Severity,
    coordinates: bool,
    known: bool,
    why: &'a str,
}

#[derive(Serialize)]
struct WaivedShown<'a> {
    parent: &'a str,
    class: &'a str,
    reason: &'a str,
    basis: &'a str,
}

#[derive(Serialize)]
struct DriftShown<'a> {
    plan: &'a str,
    lines: Vec<DriftLineShown<'a>>,
}

#[derive(Serialize)]
struct DriftLineShown<'a> {
    kind: DriftKind,
    derived: &'a [String],
    issued: Vec<&'a str>,
    changes: Vec<ChangeShown<'a>>,
}

#[derive(Serialize)]
struct BreakShown {
    task: usize,
    below: usize,
}

struct Writer<'a> {
    about: BTreeMap<Subject<'a>, Vec<&'a Diagnostic>>,
    sources: &'a Sources,
    lang: Lang,
}

impl<'a> Writer<'a> {
    fn said(&self, messages: &'a [Message]) -> Vec<&'a str> {
        messages.iter().map(|message| message.get(self.lang)).collect()
    }

    fn plan(&self, plan: &'a AuditPlan) -> PlanShown<'a> {
        PlanShown {
            code: &plan.code,
            title: &plan.title,
            unit: &plan.unit,
            unit_code: &plan.unit_code,
            level: &plan.level,
            number: &plan.number,
            date: plan.date.map(|date| date.iso()),
            year: plan.year,
            file: &plan.file,
            tasks: plan.tasks.iter().map(|task| self.task(plan, task)).collect(),
        }
    }

    fn task(&self, plan: &'a AuditPlan, task: &'a AuditTask) -> TaskShown<'a> {
        TaskShown {
            code: &task.code,
            appendix: task.appendix.and_then(|at| plan.appendices.get(at)).map(|appendix| appendix.place.as_str()),
            content: &task.content,
            products: &task.products,
            leads: &task.leads,
            coordinators: &task.coordinators,
            synthesisers: &task.synthesisers,
            deadline: &task.deadline,
            targets: &task.targets,
            at: self.sources.place(task.loc),
            origin: &task.origin,
        }
    }

    fn row(&'a self, parent: &'a AuditPlan, row: &'a AuditRow) -> RowShown<'a> {
        let own = row.plan.as_ref();
        let about = self.about.get(&of_row(row)).into_iter().flatten();
        RowShown {
            unit: &row.unit,
            unit_code: &row.unit_code,
            plan: own.map(|plan| self.plan(plan)),
            counts: AuditCounts::of(parent, row),
            links: row.links.iter().map(|link| self.link(parent, own, link)).collect(),
            dropped: row
                .dropped
                .iter()
                .map(|dropped| DroppedShown {
                    parent: code(parent, dropped.parent),
                    class: dropped.class,
                    severity: dropped.severity,
                    coordinates: dropped.coordinates,
                    known: dropped.known,
                    why: dropped.why.get(self.lang),
                })
                .collect(),
            waived: row
                .waived
                .iter()
                .map(|waived| WaivedShown {
                    parent: code(parent, waived.parent),
                    class: &waived.class,
                    reason: &waived.reason,
                    basis: &waived.basis,
                })
                .collect(),
            new: row.new.iter().map(|at| own.map_or("", |plan| code(plan, *at))).collect(),
            breaks: row.breaks.iter().map(|one| BreakShown { task: one.task, below: one.below }).collect(),
            drift: row.drift.as_ref().map(|drift| drifted(drift, own)),
            below: Rows { writer: self, parent: own.unwrap_or(parent), list: &row.below },
            findings: about.map(|finding| FindingShown::new(finding, self.sources, self.lang)).collect(),
        }
    }

    fn link(&self, parent: &'a AuditPlan, own: Option<&'a AuditPlan>, link: &'a Link) -> LinkShown<'a> {
        LinkShown {
            parent: link.parent.iter().map(|at| code(parent, *at)).collect(),
            child: link.child.iter().map(|at| own.map_or("", |plan| code(plan, *at))).collect(),
            relation: link.relation,
            score: (f64::from(link.score) * 100.0).round() / 100.0,
            state: link.state,
            evidence: self.said(&link.evidence),
            changes: link.changes.iter().map(changed).collect(),
        }
    }
}

fn changed(change: &Change) -> ChangeShown<'_> {
    ChangeShown { field: change.part, from: &change.from, to: &change.to, effect: change.effect }
}

fn drifted<'a>(drift: &'a Drift, own: Option<&'a AuditPlan>) -> DriftShown<'a> {
    let lines = drift.lines.iter().map(|line| DriftLineShown {
        kind: line.kind,
        derived: &line.derived,
        issued: line.issued.iter().map(|at| own.map_or("", |plan| code(plan, *at))).collect(),
        changes: line.changes.iter().map(changed).collect(),
    });
    DriftShown { plan: &drift.plan, lines: lines.collect() }
}

fn code(plan: &AuditPlan, at: usize) -> &str {
    plan.tasks.get(at).map_or("", |task| task.code.as_str())
}
