//! GIAO KẾ HOẠCH: one plan handed to many units, and who receives it.

use super::{Code, Plan, PlanId};
use crate::agency::{LevelId, UnitId};
use crate::base::{Date, Loc, typed_id};

typed_id! {
    /// A handing-on in [`super::Model::handings`].
    HandingId
}

/// A handing-on, expanded: each recipient's plan stands among the model's plans.
#[derive(Debug, Clone, PartialEq)]
pub struct HandingOn {
    /// Its code.
    pub code: Code,
    /// `Đến cấp`; `None` where missing or unknown (reported).
    pub level: Option<LevelId>,
    /// Last day on which a unit's plan may be issued (`Hạn ban hành`), and where it is written.
    pub issue_by: Option<(Date, Loc)>,
    /// Who receives the plan, in the registry's or the list's order.
    pub recipients: Vec<Recipient>,
    /// The RIÊNG blocks, in source order.
    pub exceptions: Vec<Exception>,
    /// The heading.
    pub loc: Loc,
}

/// A unit to which a plan is handed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The unit.
    pub unit: UnitId,
    /// Its plan, generated or its own; `None` where the file that a RIÊNG names holds none (reported).
    pub plan: Option<PlanId>,
    /// The plans that its plan follows, one per line of `Theo` that reaches the unit.
    pub follows: Vec<PlanId>,
    /// Where `Tệp` says that the unit writes its plan itself.
    pub own_file: Option<Loc>,
}

/// RIÊNG: what differs for some units.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    /// Its units.
    pub units: Vec<UnitId>,
    /// Whether `Tệp` says that the units write their plans themselves.
    pub own_file: bool,
    /// Whether something of it could not be used, which is reported.
    pub faulty: bool,
    /// The plans of its units as they would be without it: what tells whether it changes anything.
    pub without: Vec<(PlanId, Plan)>,
    /// The heading.
    pub loc: Loc,
}
