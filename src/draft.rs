//! Drafts: what `derive` writes as `.kh`, and the edits that bring a document's changes back into one.
//!
//! Takes the model and its derivations, gives text in the language, to be laid out by `fmt`. A draft answers each task of its parent; where the parent
//! gives the child's level nothing to do it proposes a waiver (`Loại: đề xuất`), which stays an error until a person confirms it.

mod answered;
mod child;
mod handing;
mod update;

pub use answered::{Answered, answered};
pub use child::{ChildOptions, child};
pub use handing::handing_on;
pub use update::{Edit, FieldChange, Revision, apply, edits};
