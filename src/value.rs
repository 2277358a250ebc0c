//! What the values of a task mean: deadlines, products, targets, citations, qualifiers.
//!
//! Each type keeps the printed words beside what was understood. The grammars (nom) read cleaned text of one value and never
//! fail: what is not understood becomes the type's open form, which the caller reports. Knows no agencies and no plans.

pub mod types;
pub use types::*;
