//! Aligns the tasks of two plans of any origin and says why.
//!
//! Takes two lists of tasks with their agencies, gives pairs with evidence, score and relation. Weak pairs are doubtful, never accepted;
//! a person's answers (`Ứng với`, `Không ứng với`) settle them. Judges nothing: what was dropped is `lint`'s question.
//!
//! Also holds [`Audit`], the plain data of a whole audit, which `project` fills and `render` shows.

mod address;
mod align;
mod assign;
mod audit;
mod change;
mod evidence;
mod group;
mod link;
mod relation;
mod side;
mod token;
mod translation;
mod vector;
mod weigh;
mod wording;

pub use address::{addressed, addresses};
pub use align::{Lower, Tie, TieAnswer, Upper};
pub use audit::{Audit, AuditAppendix, AuditPlan, AuditRow, AuditTask, Break, Drift, DriftKind, DriftLine, DropClass, Dropped, Waived};
pub use link::{Change, Effect, Link, Relation, State, TaskPart};
pub use side::Side;
