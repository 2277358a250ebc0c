//! The audit as plain data: what became of each of a parent's tasks in the plans below it.
//!
//! Texts and indices only, so that a report needs neither model nor registry. `project` fills it, `lint` decides the classes of what was
//! dropped, `render` shows it. Indices of tasks count within the plan of the same row.

use serde::Serialize;

use super::{Change, Link};
use crate::base::{Date, Loc, Year};
use crate::diag::{Message, Severity, msg};

/// An audit: one parent, and a row for each unit below it.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// The parent plan.
    pub parent: AuditPlan,
    /// One row per unit, in the registry's order; units whose plan could not be assigned stand last.
    pub children: Vec<AuditRow>,
    /// The day as of which the registry was read.
    pub registry_date: Date,
    /// What was not checked, one sentence each.
    pub unchecked: Vec<Message>,
    /// The fingerprint of all texts that were compared: twelve hexadecimal digits.
    pub fingerprint: String,
}

/// A plan as the report shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AuditPlan {
    /// Its code; for a document, the one that reading gave it.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Name of its unit (`huyện Hoằng Hóa`); empty where it could not be read.
    pub unit: String,
    /// Code of its unit; empty where it could not be read.
    pub unit_code: String,
    /// Name of its level; empty where it could not be read.
    pub level: String,
    /// Number and symbol as written; empty where there is none.
    pub number: String,
    /// Day of issue.
    pub date: Option<Date>,
    /// Plan year.
    pub year: Option<Year>,
    /// Name of the file, relative to where it was read.
    pub file: String,
    /// Its appendices in printed order.
    pub appendices: Vec<AuditAppendix>,
    /// Its tasks in printed order.
    pub tasks: Vec<AuditTask>,
    /// The heading; `None` only where the plan is not known.
    pub loc: Option<Loc>,
    /// Whether it answers its parent by verbs: what they say is true, and nothing was guessed.
    pub verbs: bool,
}

/// An appendix as the report shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditAppendix {
    /// What findings call it (`PHỤ LỤC 01`).
    pub place: String,
    /// Its short title.
    pub title: String,
}

/// A task as the report shows it: the words as written.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditTask {
    /// Its code.
    pub code: String,
    /// Index into the plan's appendices.
    pub appendix: Option<usize>,
    /// What is to be done.
    pub content: String,
    /// Products.
    pub products: Vec<String>,
    /// Leads.
    pub leads: Vec<String>,
    /// Coordinators.
    pub coordinators: Vec<String>,
    /// Who sums up.
    pub synthesisers: Vec<String>,
    /// Deadline, one line per entry.
    pub deadline: Vec<String>,
    /// Targets.
    pub targets: Vec<String>,
    /// Where the document has it (`bảng 2, hàng 3, dòng 190`); empty for a plan that is no document.
    pub origin: String,
    /// Where it is written: the line of a text document, else of what was read from the document.
    pub loc: Loc,
}

/// A unit: its plan, and what became of the parent's tasks in it.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditRow {
    /// The unit's name; the file's name where the unit could not be read.
    pub unit: String,
    /// The unit's code; empty where it could not be read.
    pub unit_code: String,
    /// Its plan; `None` for a unit without one.
    pub plan: Option<AuditPlan>,
    /// Whether the baseline lists that it has no plan.
    pub known: bool,
    /// Pairs, accepted and doubtful, in the parent's order.
    pub links: Vec<Link>,
    /// Parent's tasks that nothing answers, in the parent's order.
    pub dropped: Vec<Dropped>,
    /// Parent's tasks that the plan waives by a verb, in the parent's order.
    pub waived: Vec<Waived>,
    /// The plan's own tasks: in no pair, accepted or doubtful.
    pub new: Vec<usize>,
    /// The plans below, audited against this unit's plan; for a unit without plan, against the nearest plan above it.
    pub below: Vec<AuditRow>,
    /// Where a chain of levels ends: tasks of the topmost parent that no longer come down from here.
    pub breaks: Vec<Break>,
    /// How the issued plan differs from the one that the project derives for the unit; `None` where the project derives none.
    pub drift: Option<Drift>,
}

/// How an issued plan differs from the plan that was derived for its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Drift {
    /// Code of the derived plan.
    pub plan: String,
    /// What differs, in the order of the derived plan; what only the issued plan has stands last. Empty where nothing does.
    pub lines: Vec<DriftLine>,
}

/// A task that differs between a derived plan and the issued one.
#[derive(Debug, Clone, PartialEq)]
pub struct DriftLine {
    /// What became of it.
    pub kind: DriftKind,
    /// Codes of the derived plan's tasks; empty where it has none.
    pub derived: Vec<String>,
    /// Indices of the issued plan's tasks; empty where it has none.
    pub issued: Vec<usize>,
    /// What the derived plan wants done; the issued plan's words where only that has the task.
    pub content: String,
    /// The fields that differ: `from` as derived, `to` as issued. Only of [`DriftKind::Changed`].
    pub changes: Vec<Change>,
}

/// Kinds of a difference between a derived plan and the issued one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftKind {
    /// Fields of the task differ.
    Changed,
    /// The issued plan has a task that may be it.
    Doubtful,
    /// The issued plan does not have it.
    Missing,
    /// The derived plan does not have it.
    Added,
}

impl DriftKind {
    /// Returns the words for it.
    pub fn title(self) -> Message {
        match self {
            Self::Changed => msg!("đã sửa", "changed"),
            Self::Doubtful => msg!("có thể đã viết lại", "perhaps rewritten"),
            Self::Missing => msg!("không còn trong bản ban hành", "not in the issued plan"),
            Self::Added => msg!("chỉ có trong bản ban hành", "only in the issued plan"),
        }
    }
}

/// A parent's task that nothing answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    /// The parent's task.
    pub parent: usize,
    /// What kind of drop it is.
    pub class: DropClass,
    /// How grave it is.
    pub severity: Severity,
    /// Whether the level stands among the coordinators alone (“chỉ phối hợp”).
    pub coordinates: bool,
    /// The rule that decided, with the words that it read.
    pub why: Message,
    /// Whether the baseline lists it.
    pub known: bool,
}

/// Kinds of a drop, as PRODUCT defines them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DropClass {
    /// The parent names the child's level, and nothing answers.
    Unanswered,
    /// The parent names the child's level neither among the leads nor among the coordinators.
    UpperOnly,
    /// The acting body has no counterpart at the child's level.
    NoCounterpart,
    /// Done, by the results.
    Done,
}

/// A parent's task that a verb waives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waived {
    /// The parent's task.
    pub parent: usize,
    /// The waiver's class as written; empty where none is.
    pub class: String,
    /// The reason as written; empty where none is.
    pub reason: String,
    /// The ground as written; empty where none is.
    pub basis: String,
    /// The waiver.
    pub loc: Loc,
}

/// A task of the topmost plan that comes down no further than a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The topmost plan's task.
    pub task: usize,
    /// How many units below would have had to carry it.
    pub below: usize,
}

impl AuditRow {
    /// Returns the accepted pairs.
    pub fn accepted(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| link.is_accepted())
    }

    /// Returns the pairs that a person has to settle.
    pub fn doubtful(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| !link.is_accepted())
    }

    /// Returns the changes of all accepted pairs, each with its pair.
    pub fn changes(&self) -> impl Iterator<Item = (&Link, &Change)> {
        self.accepted().flat_map(|link| link.changes.iter().map(move |change| (link, change)))
    }
}

impl Audit {
    /// Returns all rows, each before those below it, with its depth (0 for the parent's children).
    pub fn rows(&self) -> Vec<(usize, &AuditRow)> {
        fn visit<'a>(rows: &'a [AuditRow], depth: usize, out: &mut Vec<(usize, &'a AuditRow)>) {
            for row in rows {
                out.push((depth, row));
                visit(&row.below, depth + 1, out);
            }
        }
        let mut out = Vec::new();
        visit(&self.children, 0, &mut out);
        out
    }
}
