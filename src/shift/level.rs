//! Roles of a level that is void, moved where a person decided (CHUYỂN CẤP).

use super::{Shift, Shifted, Trouble};
use crate::agency::{Body, Heir, Institution, LevelId, SectorId};
use crate::base::{Key, Loc};
use crate::model::{Role, Rule};

/// Where the roles of a void level go.
#[derive(Debug, Clone, Copy)]
pub struct LevelChange<'a> {
    /// The void level.
    pub from: LevelId,
    /// The level that takes over; `None` leaves the role out.
    pub to: Option<LevelId>,
    /// `Giao`: who takes over; empty for those who correspond.
    pub assigned: &'a [Role],
    /// The decision.
    pub at: Loc,
}

impl Shift<'_> {
    /// Says whether a body is of a level that is void at the child's date. Such a body waits for a person's decision.
    pub(super) fn is_void(&self, body: Body) -> bool {
        self.stays_at_level() && self.registry.void_level_of(body, self.date).is_some()
    }

    /// Returns the level of a body that stood at the parent's date and is void at the child's, which is of another level: nobody decided where its
    /// work goes.
    pub(super) fn ended(&self, body: Body) -> Option<LevelId> {
        let level = self.registry.void_level_of(body, self.date)?;
        (!self.stays_at_level() && self.registry.level(level).validity.holds(self.from_date)).then_some(level)
    }

    /// Moves the roles of a void level: to who is assigned, else to who corresponds at the new level by sector, group or territory. Where the
    /// registry knows none or several, the role is left out with a [`Trouble::NoTaker`].
    pub fn moved(&self, roles: &[Role], sector: Option<SectorId>, change: LevelChange<'_>) -> Shifted<Vec<Role>> {
        let mut out = Shifted { value: Vec::new(), steps: Vec::new(), troubles: Vec::new() };
        let mut assigned = false;
        for role in roles {
            if self.registry.void_level_of(role.body, self.date) != Some(change.from) {
                out.value.push(role.clone());
                continue;
            }
            let takers = match change.to {
                None => Vec::new(),
                Some(_) if !change.assigned.is_empty() => {
                    // several bodies of the void level give way to the assigned ones once
                    if std::mem::replace(&mut assigned, true) { Vec::new() } else { self.assigned(role, change.assigned) }
                }
                Some(to) => self.corresponding(role, sector, to, change.at).unwrap_or_else(|trouble| {
                    out.troubles.push(trouble);
                    Vec::new()
                }),
            };
            let names: Vec<&str> = takers.iter().map(|role| role.text.as_str()).collect();
            out.steps.push(self.step(Rule::LevelChange, role.text.clone(), names.join("; "), Some(change.at)));
            out.value.extend(takers);
        }
        let mut once: Vec<Role> = Vec::new();
        for role in out.value {
            let same = |other: &&mut Role| Key::new(&other.text) == Key::new(&role.text);
            match once.iter_mut().find(same) {
                Some(first) => {
                    out.steps.push(self.step(Rule::NoneTwice, role.text.clone(), "", None));
                    first.duty = first.duty.take().or(role.duty);
                }
                None => once.push(role),
            }
        }
        Shifted { value: once, steps: out.steps, troubles: out.troubles }
    }

    fn assigned(&self, role: &Role, assigned: &[Role]) -> Vec<Role> {
        let taken = |to: &Role| Role {
            duty: to.duty.clone().or_else(|| role.duty.clone()),
            label: role.label.clone(),
            loc: role.loc,
            ..to.clone()
        };
        assigned.iter().map(taken).collect()
    }

    fn corresponding(&self, role: &Role, sector: Option<SectorId>, to: LevelId, at: Loc) -> Result<Vec<Role>, Trouble> {
        let takers = self.registry.takers(role.body, role.sector.or(sector), to, self.date);
        // the plan's own UBND gives work to others: it takes none over unless somebody says so
        let own =
            |heir: &Heir| to == self.level() && matches!(heir.body, Body::Institution(Institution::Committee | Institution::Chair, _));
        let rivals = takers.iter().enumerate().any(|(n, heir)| takers[..n].iter().any(|other| alternative(heir, other)));
        if takers.is_empty() || rivals || takers.iter().any(own) {
            let list = takers.iter().filter(|heir| !own(heir)).map(|heir| {
                let name = self.registry.name_of(heir.body, Some(self.to));
                let sectors: Vec<&str> = heir.sectors.iter().map(|sector| self.registry.sector(*sector).name.as_str()).collect();
                if sectors.is_empty() { name } else { format!("{name} ({})", sectors.join(", ")) }
            });
            let level = self.registry.level(to).name.clone();
            return Err(Trouble::NoTaker { name: role.text.clone(), at: role.loc, decided: at, level, choices: list.collect() });
        }
        let taken = takers.into_iter().map(|heir| {
            let name = if to == self.level() {
                self.registry.name_of(heir.body, Some(self.to))
            } else {
                self.registry.name_with_level(heir.body, Some(self.to))
            };
            let text = format!("{name}{}", self.narrowed(role));
            Role { body: heir.body, text, sector: None, ..role.clone() }
        });
        Ok(taken.collect())
    }

    /// What narrows a group (`liên quan`) narrows the one that takes over.
    fn narrowed(&self, role: &Role) -> String {
        let narrows = matches!(role.body, Body::Group(_)).then(|| self.registry.qualifier_of(&role.text)).flatten();
        narrows.map(|words| format!(" {words}")).unwrap_or_default()
    }
}

/// Says whether two bodies would take over the same work: they do not stand side by side in units of different types, or of several units.
fn alternative(a: &Heir, b: &Heir) -> bool {
    let agencies = matches!((a.body, b.body), (Body::Agency(_), Body::Agency(_)));
    let apart = !a.kinds.is_empty() && !b.kinds.is_empty() && !a.kinds.iter().any(|kind| b.kinds.contains(kind));
    agencies && !apart
}
