//! Why a parent's task is not answered: the classes of a drop, for an audit of plans that this program did not derive.
//!
//! A drop accuses only where the parent names the child's level; the words that decided are part of the answer.

use crate::agency::{Body, Counterpart, Holder, LevelId, Place, Registry, UnitId};
use crate::base::Date;
use crate::diag::{Message, Severity, msg};
use crate::matching::{DropClass, Dropped, addressed};
use crate::model::{Fields, Piece, Role};

/// Who should have answered.
#[derive(Debug, Clone, Copy)]
pub struct Answerer<'a> {
    /// The registry.
    pub registry: &'a Registry,
    /// The unit; `None` where it could not be read.
    pub unit: Option<UnitId>,
    /// The unit of the plan that asks.
    pub above: Option<UnitId>,
    /// The day as of which counterparts are looked up.
    pub date: Date,
}

/// Returns why a parent's task (`fields`, index `parent`) is not answered by a unit.
///
/// `unanswered` is an error where the unit's level stands among the leads, a warning where it stands among the others alone.
pub fn dropped(who: Answerer<'_>, parent: usize, fields: &Fields) -> Dropped {
    let (class, severity, why) = judge(who, fields);
    let coordinates = class == DropClass::Unanswered && severity == Severity::Warning;
    Dropped { parent, class, severity, coordinates, why, known: false }
}

fn judge(who: Answerer<'_>, fields: &Fields) -> (DropClass, Severity, Message) {
    let Some(unit) = who.unit else {
        let why = msg!("chưa biết kế hoạch này của đơn vị nào, cấp nào", "it is not known whose plan this is");
        // that the unit is not known is reported once, not for each task
        return (DropClass::Unanswered, Severity::Info, why);
    };
    if who.above == Some(unit) {
        let why = msg!("kế hoạch của chính đơn vị có nhiệm vụ này", "the unit's own plan has this task");
        return (DropClass::Unanswered, Severity::Error, why);
    }
    let level = who.registry.unit(unit).level;
    let name = &who.registry.level(level).name;
    let (leads, coordinators, others) = (roles(&fields.leads), roles(&fields.coordinators), roles(&fields.synthesisers));
    let named = |list: &[Role]| addressed(list, unit, who.registry).map(|role| role.text.clone());
    if let Some(words) = named(leads) {
        let why = msg!("“{words}” đứng trong Cơ quan chủ trì", "“{words}” stands among the leads");
        return (DropClass::Unanswered, Severity::Error, why);
    }
    if let Some(words) = named(coordinators) {
        let why = msg!("chỉ phối hợp: “{words}” đứng trong Cơ quan phối hợp", "only coordinates: “{words}” stands among the coordinators");
        return (DropClass::Unanswered, Severity::Warning, why);
    }
    if let Some(words) = named(others) {
        let why = msg!("chỉ tổng hợp: “{words}” đứng trong Cơ quan tổng hợp", "only sums up: “{words}” stands among those who sum up");
        return (DropClass::Unanswered, Severity::Warning, why);
    }
    if let Some((words, at)) = named_in_person(leads, unit, level, who) {
        let why = msg!("giao đích danh {at} (“{words}”)", "given to {at} by name (“{words}”)");
        return (DropClass::UpperOnly, Severity::Info, why);
    }
    let place = Place { level, kind: Some(who.registry.unit(unit).kind.clone()) };
    let alone = |role: &Role| match role.body {
        Body::Agency(agency) => who.registry.counterpart(agency, role.sector, &place, who.date) == Counterpart::None,
        Body::Institution(..) | Body::Group(_) | Body::Open | Body::Unknown => false,
    };
    if !leads.is_empty() && leads.iter().all(alone) {
        let words = said(leads);
        let why = msg!(
            "cơ quan chủ trì ({words}) không có cơ quan tương ứng ở cấp {name}",
            "the lead ({words}) has no counterpart at the level {name}"
        );
        return (DropClass::NoCounterpart, Severity::Info, why);
    }
    let words = said(leads);
    let why = if words.is_empty() {
        msg!("không mục nào nêu cấp {name}", "no field names the level {name}")
    } else {
        msg!(
            "chủ trì, phối hợp không nêu cấp {name} (chủ trì: {words})",
            "neither leads nor coordinators name the level {name} (lead: {words})"
        )
    };
    (DropClass::UpperOnly, Severity::Info, why)
}

fn roles(piece: &Option<Piece<Vec<Role>>>) -> &[Role] {
    piece.as_ref().map_or(&[], |piece| &piece.value)
}

/// Returns a lead that is another unit of the same level, by name.
fn named_in_person(leads: &[Role], unit: UnitId, level: LevelId, who: Answerer<'_>) -> Option<(String, String)> {
    leads.iter().find_map(|role| match role.body {
        Body::Institution(_, Holder::Unit(of)) if of != unit && who.registry.unit(of).level == level => {
            Some((role.text.clone(), who.registry.unit(of).name.clone()))
        }
        Body::Institution(..) | Body::Agency(_) | Body::Group(_) | Body::Open | Body::Unknown => None,
    })
}

/// Returns the first three names of a list.
fn said(list: &[Role]) -> String {
    let mut out = list.iter().take(3).map(|role| role.text.as_str()).collect::<Vec<_>>().join("; ");
    if list.len() > 3 {
        out.push_str("; …");
    }
    out
}
