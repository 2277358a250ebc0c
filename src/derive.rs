//! Derivation: from a parent's content and a child's verbs to the child's content and the fates table.
//!
//! Takes the [`crate::model::Model`], gives one [`Derivation`] per plan, parents before children. Reads no files, reports nothing itself but what
//! derivation alone can see (`notes`); `lint` judges. A plan without parents derives to what it states.

use crate::diag::Diagnostic;
use crate::model::{Appendix, Fate, Part, PlanId, TargetFate, TargetLine, Task};

/// What a plan contains after derivation.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// Appendices in printed order.
    pub appendices: Vec<Appendix>,
    /// Tasks in printed order: by appendix, then by place.
    pub tasks: Vec<Task>,
    /// Plan-level targets in printed order.
    pub targets: Vec<TargetLine>,
    /// Prose: PHẦN nodes.
    pub parts: Vec<Part>,
}

/// One plan, derived.
#[derive(Debug, Clone)]
pub struct Derivation {
    /// Which plan.
    pub plan: PlanId,
    /// Placeholders expanded for the plan's unit and year: what documents show and findings judge.
    pub content: Content,
    /// Placeholders kept: what children derive from. Same shape as `content`.
    pub template: Content,
    /// One entry per (parent, parent's task), in the parents' order. Total by construction.
    pub fates: Vec<Fate>,
    /// One entry per (parent, parent's target).
    pub target_fates: Vec<TargetFate>,
    /// What derivation itself has to report (`KH3…`).
    pub notes: Vec<Diagnostic>,
}
