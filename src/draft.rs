//! Drafts: what `derive` writes as `.kh`.
//!
//! Takes the model and its derivations, gives text in the language, to be laid out by `fmt`. A draft answers each task of its parent; where the parent
//! gives the child's level nothing to do it proposes a waiver (`Loại: đề xuất`), which stays an error until a person confirms it.

mod child;
mod handing;

pub use child::{ChildOptions, child, waivers};
pub use handing::handing_on;
