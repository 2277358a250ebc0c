//! Whom a task addresses: whether one of its bodies is the child's level, or a class that contains it.

use crate::agency::{Body, Holder, LevelId, Registry, UnitId};
use crate::base::Key;
use crate::model::{Fields, Role};

/// Returns the first of `roles` that names the unit, its level, or a class that contains it.
pub fn addressed<'r>(roles: &'r [Role], unit: UnitId, registry: &Registry) -> Option<&'r Role> {
    let level = registry.unit(unit).level;
    roles.iter().find(|role| names(role, level, unit, registry))
}

/// Says whether any field of a task names the unit's level.
pub fn addresses(fields: &Fields, unit: UnitId, registry: &Registry) -> bool {
    let roles = [&fields.leads, &fields.coordinators, &fields.synthesisers];
    roles.into_iter().flatten().any(|piece| addressed(&piece.value, unit, registry).is_some())
}

fn names(role: &Role, level: LevelId, unit: UnitId, registry: &Registry) -> bool {
    match role.body {
        Body::Institution(_, Holder::All) => true,
        Body::Institution(_, Holder::Level(of)) => of == level,
        Body::Institution(_, Holder::Unit(of)) => of == unit,
        Body::Agency(id) => registry.agency(id).level == level,
        Body::Group(id) => registry.group(id).level == Some(level) || says_level(role, level, registry),
        Body::Open | Body::Unknown => says_level(role, level, registry),
    }
}

/// Says whether the words of a class name the level: `các cấp`, `cấp huyện`, `địa phương`.
fn says_level(role: &Role, level: LevelId, registry: &Registry) -> bool {
    let words = format!(" {} ", Key::new(&role.text).as_str().replace([',', ';', '(', ')'], " "));
    let name = Key::new(&registry.level(level).name);
    let of_level = format!(" cấp {name} ");
    let of_units = format!(" các {name} ");
    [of_level.as_str(), of_units.as_str(), " các cấp ", " địa phương "].iter().any(|phrase| words.contains(phrase))
}
