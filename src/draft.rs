//! Drafts: what `derive` and `roll` write as `.kh`, and the edits that bring a document's changes back into one.
//!
//! Takes the model and its derivations, gives text in the language, to be laid out by `fmt`. A draft answers each task of its parent; where the parent
//! gives the child's level nothing to do it proposes a waiver (`Loại: đề xuất`), which stays an error until a person confirms it. A draft of the next year
//! answers each task of last year's plan as its results say.

mod answered;
mod child;
mod decision;
mod filled;
mod handing;
mod moved;
mod next_year;
mod tie;
mod update;

pub use answered::{Answers, answered};
pub use child::{ChildOptions, answer, child, waivers};
pub use filled::{Filled, FilledMove, Said};
pub use handing::handing_on;
pub use moved::{MoveAsked, moves_asked};
pub use next_year::{NextYearOptions, Proposed, next_year, proposals};
pub use tie::{PairAnswer, pair_answers};
pub use update::{Edit, FieldChange, Revision, apply, edits};
