//! Plans, tasks, roles and statements as the later passes see them; where a field comes from, and what became of a parent task.
//!
//! Plain data without behaviour beyond look-up: filled by `resolve`, extended by `derive`, judged by `lint`, shown by `render`.

mod content;
mod field;
mod handing;
mod origin;
mod plan;
mod record;
mod roll;
mod statement;
mod tag;

pub use content::{
    Appendix, Column, ColumnField, Criterion, Fields, Marking, Part, Piece, Role, ScoreTable, Scores, TargetLine, Task, dotted_number,
};
pub use field::TaskField;
pub use handing::{Exception, HandingId, HandingOn, Recipient};
pub use origin::{Cause, Fate, Origin, Outcome, Rule, Step, TargetFate};
pub use plan::{Acceptance, Authority, Code, Form, Header, Layout, Model, ParentKind, ParentLink, Plan, Text};
pub use record::{Record, Tie, TieState};
pub use roll::{Deferred, LevelMove, ResultRow, Results, Roll, Seat};
pub use statement::{Answer, Patch, Statement, TaskRef, Verb, Waiver, WaiverClass};
pub use tag::Tag;

use crate::base::typed_id;

typed_id! {
    /// A plan in [`Model::plans`].
    PlanId
}
