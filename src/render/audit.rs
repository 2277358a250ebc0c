//! An audit as a report: text, HTML and Excel for people, JSON as the contract `kehoach/audit/1`.

mod html;
mod json;
mod lists;
mod palette;
mod report;
mod text;
mod twin;
mod view;
mod wording;
mod words;

pub use html::{html, html_files};
pub use json::json;
pub use text::text;
pub use twin::{ABOUT_FILE, KIND, PAIR_TITLES, xlsx};

pub(in crate::render) use palette::Tone;
pub(in crate::render) use twin::Twin;
pub(in crate::render) use view::{Matrix, State, Todo};

use serde::Serialize;

use crate::matching::{Audit, AuditPlan, AuditRow, DropClass};

/// Returns the rows that are compared with one plan: these, and for a unit without plan those below it, behind it.
fn compared(rows: &[AuditRow]) -> Vec<&AuditRow> {
    let mut out = Vec::new();
    for row in rows {
        out.push(row);
        if row.plan.is_none() {
            out.extend(compared(&row.below));
        }
    }
    out
}

/// The counts of a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct AuditCounts {
    /// The parent's tasks.
    pub tasks: usize,
    /// Of them, answered by an accepted pair.
    pub answered: usize,
    /// In a doubtful pair alone.
    pub doubtful: usize,
    /// Unanswered, though the level leads.
    pub dropped: usize,
    /// Unanswered, where the level only coordinates.
    pub coordinates: usize,
    /// Not given to the level, without counterpart there, or done.
    pub not_given: usize,
    /// Waived by a verb.
    pub waived: usize,
    /// The child's own tasks.
    pub new: usize,
}

impl AuditCounts {
    /// Counts a row against its parent's tasks. Every task of the parent is in exactly one of the counts that follow `tasks`, but for `new`.
    pub fn of(parent: &AuditPlan, row: &AuditRow) -> Self {
        let is_in = |at: usize, accepted: bool| row.links.iter().any(|link| link.is_accepted() == accepted && link.parent.contains(&at));
        let answered = (0..parent.tasks.len()).filter(|at| is_in(*at, true)).count();
        let doubtful = (0..parent.tasks.len()).filter(|at| is_in(*at, false) && !is_in(*at, true)).count();
        let unanswered = |coordinates: bool| {
            row.dropped.iter().filter(|dropped| dropped.class == DropClass::Unanswered && dropped.coordinates == coordinates).count()
        };
        Self {
            tasks: parent.tasks.len(),
            answered,
            doubtful,
            dropped: unanswered(false),
            coordinates: unanswered(true),
            not_given: row.dropped.iter().filter(|dropped| dropped.class != DropClass::Unanswered).count(),
            waived: row.waived.len(),
            new: row.new.len(),
        }
    }

    /// Sums the counts of all rows that are audited against the parent itself.
    pub fn sum(audit: &Audit) -> Self {
        compared(&audit.children).into_iter().filter(|row| row.plan.is_some()).map(|row| Self::of(&audit.parent, row)).fold(
            Self::default(),
            |sum, one| Self {
                tasks: sum.tasks + one.tasks,
                answered: sum.answered + one.answered,
                doubtful: sum.doubtful + one.doubtful,
                dropped: sum.dropped + one.dropped,
                coordinates: sum.coordinates + one.coordinates,
                not_given: sum.not_given + one.not_given,
                waived: sum.waived + one.waived,
                new: sum.new + one.new,
            },
        )
    }
}
