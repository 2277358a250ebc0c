//! Where a field comes from, and what became of a parent task.

use serde::Serialize;

use super::{Code, PlanId};
use crate::base::Loc;

/// Why a field is what it is: the statement that set it and the steps that changed it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The first statement: where a person wrote the value.
    pub stated: Loc,
    /// What happened since, oldest first. Empty for a value that stands as written.
    pub steps: Vec<Step>,
}

impl Origin {
    /// Returns the origin of a value written at `stated`.
    pub fn stated(stated: Loc) -> Self {
        Self { stated, steps: Vec::new() }
    }
}

/// One change of a value on its way down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What made the change.
    pub cause: Cause,
    /// The words before (a body, a date, a phrase); empty where the step adds.
    pub from: String,
    /// The words after; empty where the step leaves out.
    pub to: String,
    /// The statement or registry line that decided, where there is one.
    pub at: Option<Loc>,
    /// The plan in which it happened.
    pub plan: PlanId,
}

/// What made a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A verb of the child plan took the field over.
    Inherited,
    /// A verb of next year's plan took the field over from last year's.
    Continued,
    /// A verb restated the field.
    Restated,
    /// A rule of translation.
    Rule(Rule),
}

impl Cause {
    /// Says whether a verb took the field over from a parent, whichever kind of parent it is.
    pub fn takes_over(self) -> bool {
        match self {
            Self::Inherited | Self::Continued => true,
            Self::Restated | Self::Rule(_) => false,
        }
    }
}

/// The steps of translation, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// 1: an agency becomes its sector's agency at the child's level.
    Counterpart,
    /// An agency that no longer exists becomes its successor.
    Successor,
    /// CHUYỂN CẤP: a role of a level that is void goes where a person decided.
    LevelChange,
    /// 1: an agency without counterpart is left out.
    NoCounterpart,
    /// 2: a group becomes its `Quy đổi`.
    GroupConversion,
    /// 3: the child's own level among the leads or coordinators.
    OwnLevel,
    /// 4: no body twice, a leader does not coordinate.
    NoneTwice,
    /// 5: the issuer or addressee of a product moves down.
    Issuer,
    /// 6: the unit's name.
    UnitName,
    /// 6: a name of an agency or group in text.
    NameInText,
    /// 6: a term.
    Term,
    /// 7: the year moves.
    YearShift,
    /// 8: earlier than the upper level.
    Earlier,
    /// Prose that tells of a task or target which the child does not carry.
    NotCarried,
}

/// What became of one task of a parent at one recipient. Exactly one exists for each (parent task, child plan).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    /// The parent plan.
    pub parent: PlanId,
    /// The parent's task: index into the parent's derived tasks.
    pub task: usize,
    /// What became of it.
    pub outcome: Outcome,
}

/// The outcomes of a parent task. The default is [`Outcome::Unanswered`], which is an error.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Outcome {
    /// No verb names it.
    #[default]
    Unanswered,
    /// Taken over; `children` are indices into the child's derived tasks.
    Carried {
        /// The verb's statement: index into the child plan's statements.
        statement: usize,
        /// The child's tasks that carry it; at least one.
        children: Vec<usize>,
    },
    /// Explicitly not taken over: index into the child plan's statements, whose verb is a waiver with a reason.
    Waived {
        /// The waiver's statement.
        statement: usize,
    },
    /// Waived without a reason: counts as unanswered.
    Unreasoned {
        /// The waiver's statement.
        statement: usize,
    },
    /// Ended by KẾT THÚC: index into the child plan's statements. Only for tasks of last year's plan.
    Finished {
        /// The statement.
        statement: usize,
    },
    /// Several verbs name it: their statements, in source order, at least two. The first counts for what follows.
    Repeated {
        /// All statements that name it.
        statements: Vec<usize>,
        /// The child's tasks that come of the first.
        children: Vec<usize>,
    },
}

/// What became of one plan-level target of a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetFate {
    /// The parent plan.
    pub parent: PlanId,
    /// The target's code.
    pub code: Code,
    /// What became of it; `children` are indices into the child's derived targets.
    pub outcome: Outcome,
}
