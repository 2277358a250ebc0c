//! Who follows whom: agencies by sector, units by territory, the bodies of a void level at the levels around it.
//!
//! The question is always (who, sector, date). Nothing is picked: several answers stay several, for a person to choose.

use super::entry::Line;
use super::words::Words;
use super::{AgencyId, Body, Heir, Holder, LevelId, Place, Registry, SectorId, Successor, UnitHeir, UnitId};
use crate::base::{Date, Key};

impl Registry {
    /// Returns who has an agency's work at a date. `Kế tục` says so first; where it says nothing, or leaves several between whom `sector`
    /// decides, the lines of NGÀNH at the agency's own level do. An agency in force that has handed a sector over is followed by who has it.
    pub fn successor(&self, agency: AgencyId, sector: Option<SectorId>, date: Date) -> Successor {
        let own = self.agency(agency);
        let sector = sector.filter(|sector| self.sectors_ever(agency).contains(sector));
        if own.validity.holds(date) {
            let heirs =
                if self.has_handed_over(agency, sector, date) { self.by_sector(agency, sector, own.level, date) } else { Vec::new() };
            return if heirs.is_empty() { Successor::Same } else { answered(heirs) };
        }
        if own.validity.to.is_none_or(|to| date <= to) {
            return Successor::None;
        }
        let mut found = once(self.declared(agency, sector, date));
        if found.len() != 1 {
            let by_sector = self.by_sector(agency, sector, own.level, date);
            if found.is_empty() || by_sector.len() == 1 {
                found = by_sector;
            }
        }
        answered(found)
    }

    /// Follows `Kế tục` to the agencies in force at a date.
    fn declared(&self, agency: AgencyId, sector: Option<SectorId>, date: Date) -> Vec<Heir> {
        let own = self.agency(agency);
        if own.validity.to.is_none_or(|to| date <= to) {
            return Vec::new();
        }
        let named = |sectors: &Vec<SectorId>| sector.is_some_and(|sector| sectors.contains(&sector));
        let decided = own.successors.iter().any(|(_, sectors)| named(sectors));
        let mut out = Vec::new();
        for ((id, sectors), loc) in own.successors.iter().zip(&own.successor_locs) {
            if decided && !named(sectors) {
                continue;
            }
            if self.agency(*id).validity.holds(date) {
                out.push(Heir { body: Body::Agency(*id), sectors: sectors.clone(), kinds: Vec::new(), loc: *loc });
                continue;
            }
            // INVARIANT: successors have no cycle; `build` cuts them (KH1010).
            let later = self.declared(*id, sector, date);
            out.extend(
                later.into_iter().map(|heir| if heir.sectors.is_empty() { Heir { sectors: sectors.clone(), ..heir } } else { heir }),
            );
        }
        out
    }

    /// Says whether an agency had a sector before a date and has it no longer.
    fn has_handed_over(&self, agency: AgencyId, sector: Option<SectorId>, date: Date) -> bool {
        let lines = self.agency_sectors.get(agency.index()).into_iter().flatten().filter(|(of, _)| Some(*of) == sector);
        let mut lines = lines.map(|(of, line)| self.sector_lines[of.index()][*line].validity).peekable();
        lines.peek().is_some() && lines.all(|validity| validity.to.is_some_and(|to| to < date))
    }

    /// Returns all sectors that an agency has or had at its own level, in declared order.
    fn sectors_ever(&self, agency: AgencyId) -> Vec<SectorId> {
        let mut out: Vec<SectorId> = self.agency_sectors.get(agency.index()).into_iter().flatten().map(|(sector, _)| *sector).collect();
        out.dedup();
        out
    }

    /// Returns who has the sectors of an agency at a level and date, or one of them; the agency itself is none of them.
    fn by_sector(&self, agency: AgencyId, sector: Option<SectorId>, level: LevelId, date: Date) -> Vec<Heir> {
        let last = self.agency(agency).validity.to.map_or(date, |to| to.min(date));
        let sectors = match sector {
            Some(one) => vec![one],
            None => self.with_sectors(agency, last).1,
        };
        let place = Place { level, kind: None };
        let mut out = Vec::new();
        for of in sectors {
            for Line { bodies, kinds, loc, .. } in self.lines_at(&self.sector_lines[of.index()], &place, date) {
                let there = bodies.iter().find(|body| self.is_in_force(**body, date) && **body != Body::Agency(agency));
                let kinds = kinds.iter().map(ToString::to_string).collect();
                out.extend(there.map(|body| Heir { body: *body, sectors: vec![of], kinds, loc: *loc }));
            }
        }
        once(out)
    }

    /// Returns the level of a body if that level is not in force at a date.
    pub fn void_level_of(&self, body: Body, date: Date) -> Option<LevelId> {
        self.level_of(body).filter(|level| !self.level(*level).validity.holds(date))
    }

    /// Returns the levels in force to which the work of a void level can go: those below it on its last day, then those above.
    pub fn levels_around(&self, level: LevelId, date: Date) -> Vec<LevelId> {
        let last = self.level(level).validity.to.map_or(date, |to| to.min(date));
        let other = |id: &LevelId| *id != level && self.level(*id).validity.holds(date);
        let all = || self.levels().map(|(id, _)| id).filter(other);
        let below = all().filter(|id| self.is_below(*id, level, last));
        below.chain(all().filter(|id| self.is_below(level, *id, last))).collect()
    }

    /// Returns who can take over the work of a body of a void level at another level: by sector for an agency, by `Quy đổi` for a group, by
    /// territory for the institution of one unit, else the institution of that level. Empty where the registry knows none.
    ///
    /// Several are alternatives where their sectors differ, and stand side by side where their unit types do.
    pub fn takers(&self, body: Body, sector: Option<SectorId>, level: LevelId, date: Date) -> Vec<Heir> {
        match body {
            Body::Agency(agency) => {
                let held = sector.filter(|sector| self.sectors_ever(agency).contains(sector));
                let found = self.by_sector(agency, held, level, date);
                if !found.is_empty() {
                    return found;
                }
                // without a sector of its own: those that followed it while the level stood
                let last = self.level(self.agency(agency).level).validity.to.map_or(date, |to| to.min(date));
                let before = once(self.declared(agency, sector, last));
                let later = before.iter().filter_map(|heir| if let Body::Agency(id) = heir.body { Some(id) } else { None });
                once(later.flat_map(|id| self.by_sector(id, None, level, date)).collect())
            }
            Body::Group(group) => {
                let place = Place { level, kind: None };
                let down = self.convert(group, &place, date).filter(|(to, _)| self.level_of(*to) == Some(level));
                let up = || {
                    let leads_here = |lines: &Vec<Line>| lines.iter().any(|line| line.bodies.contains(&body));
                    let mut upper = self.groups().filter(|(id, one)| one.level == Some(level) && leads_here(&self.group_lines[id.index()]));
                    upper.next().map(|(id, one)| (Body::Group(id), one.loc))
                };
                down.or_else(up).map(|(body, loc)| Heir { body, sectors: Vec::new(), kinds: Vec::new(), loc }).into_iter().collect()
            }
            Body::Institution(institution, Holder::Unit(unit)) => {
                let heir = |unit: UnitId, loc| {
                    let body = Body::Institution(institution, Holder::Unit(unit));
                    Heir { body, sectors: Vec::new(), kinds: Vec::new(), loc }
                };
                let last = self.unit(unit).validity.to.map_or(date, |to| to.min(date));
                let above = std::iter::successors(self.unit_above(unit, last), |unit| self.unit_above(*unit, last)).take(self.levels.len());
                let above: Vec<UnitId> = above.filter(|id| self.unit(*id).level == level).collect();
                if !above.is_empty() {
                    return above.into_iter().map(|id| heir(id, self.unit(id).loc)).collect();
                }
                let here = self.unit_successors(unit, date).into_iter().filter(|heir| self.unit(heir.unit).level == level);
                here.map(|one| heir(one.unit, one.loc)).collect()
            }
            Body::Institution(institution, Holder::Level(_)) => {
                let body = Body::Institution(institution, Holder::Level(level));
                vec![Heir { body, sectors: Vec::new(), kinds: Vec::new(), loc: self.level(level).loc }]
            }
            Body::Institution(_, Holder::All) | Body::Open | Body::Unknown => Vec::new(),
        }
    }

    /// Returns the units that have a unit's territory at a date, in declared order: itself while it is in force, else those that succeed it. A
    /// unit for which nobody is named is followed by those that follow the units below it. Empty where none is known.
    pub fn unit_successors(&self, unit: UnitId, date: Date) -> Vec<UnitHeir> {
        let mut seen = vec![false; self.units.len()];
        let mut out = Vec::new();
        let own = UnitHeir { unit, part: false, loc: self.unit(unit).loc };
        self.follow(own, date, &mut seen, &mut out);
        out.sort_by_key(|heir| heir.unit);
        out
    }

    fn follow(&self, at: UnitHeir, date: Date, seen: &mut [bool], out: &mut Vec<UnitHeir>) {
        let unit = self.unit(at.unit);
        if unit.validity.holds(date) {
            match out.iter_mut().find(|heir| heir.unit == at.unit) {
                Some(known) => known.part &= at.part,
                None => out.push(at),
            }
            return;
        }
        let Some(last) = unit.validity.to.filter(|to| *to < date) else { return };
        if std::mem::replace(&mut seen[at.unit.index()], true) {
            return;
        }
        for heir in &unit.successors {
            self.follow(UnitHeir { part: heir.part || at.part, ..*heir }, date, seen, out);
        }
        if unit.successors.is_empty() {
            for below in self.units_below(at.unit, last) {
                self.follow(UnitHeir { unit: below, part: at.part, loc: self.unit(below).loc }, date, seen, out);
            }
        }
    }

    /// Says whether units of a type have an agency: all of its lines of NGÀNH may name other types (`Phòng Quản lý đô thị (thị xã, thành phố)`).
    pub fn is_in_units_of(&self, agency: AgencyId, kind: &str, date: Date) -> bool {
        let mut lines = self.own_lines(agency, date).map(|(_, line)| &line.kinds).peekable();
        lines.peek().is_none() || lines.any(|kinds| kinds.is_empty() || kinds.iter().any(|one| one.as_str() == kind))
    }

    /// Returns the name of a body as a plan of another level prints it: an agency's with its level, where the name does not say it
    /// (`Phòng Kinh tế cấp xã`, `Đài truyền thanh xã`).
    pub fn name_with_level(&self, body: Body, unit: Option<UnitId>) -> String {
        let name = self.name_of(body, unit);
        let Body::Agency(id) = body else { return name };
        let words = Words::new(&name);
        let says = (0..words.len()).any(|at| {
            let ends = |end: usize| end == words.len();
            self.kind_at(&words, at).is_some_and(|(_, end)| ends(end)) || self.level_at(&words, at).is_some_and(|(_, end)| ends(end))
        });
        if says { name } else { format!("{name} cấp {}", self.level(self.agency(id).level).name) }
    }

    /// Returns the unit types that nobody has at a date though some had: those of void levels only, and those whose units all ended (`thị trấn`).
    pub fn gone_kinds(&self, date: Date) -> Vec<String> {
        let gone = self.kinds.iter().filter(|kind| {
            let void = kind.levels.iter().all(|(level, _)| !self.level(*level).validity.holds(date));
            let mut units =
                self.units.iter().filter(|unit| unit.kind == kind.name && unit.validity.to.is_some_and(|to| to < date)).peekable();
            let one_level = kind.levels.len() == 1 && units.peek().is_some();
            void || one_level && !self.units.iter().any(|unit| unit.kind == kind.name && unit.validity.holds(date))
        });
        gone.map(|kind| kind.name.clone()).collect()
    }

    /// Returns the units that a unit succeeds directly, in declared order.
    pub fn unit_predecessors(&self, unit: UnitId) -> Vec<UnitHeir> {
        let of = |one: &UnitHeir| one.unit == unit;
        let all = self
            .units()
            .filter_map(|(id, before)| before.successors.iter().find(|heir| of(heir)).map(|heir| UnitHeir { unit: id, ..*heir }));
        all.collect()
    }

    /// Returns all units with a name, code or official code, over all dates, in declared order; a name may leave its type word out.
    pub fn units_named(&self, name: &str) -> Vec<UnitId> {
        let whole = self.unit_keys.get(&Key::new(name)).cloned().unwrap_or_default();
        if !whole.is_empty() {
            return whole;
        }
        let words = Words::new(name);
        self.unit_propers.units.get(&words.encode(0, words.len())).cloned().unwrap_or_default()
    }
}

/// Returns each body once, with all its sectors and unit types.
fn once(found: Vec<Heir>) -> Vec<Heir> {
    let mut out: Vec<Heir> = Vec::new();
    for heir in found {
        match out.iter_mut().find(|other| other.body == heir.body) {
            Some(other) => {
                other.sectors.extend(heir.sectors.into_iter().filter(|sector| !other.sectors.contains(sector)).collect::<Vec<_>>());
                // a line for any type covers the others
                if heir.kinds.is_empty() {
                    other.kinds.clear();
                } else if !other.kinds.is_empty() {
                    other.kinds.extend(heir.kinds.into_iter().filter(|kind| !other.kinds.contains(kind)).collect::<Vec<_>>());
                }
            }
            None => out.push(heir),
        }
    }
    out
}

fn answered(heirs: Vec<Heir>) -> Successor {
    let agencies: Vec<Heir> = heirs.into_iter().filter(|heir| matches!(heir.body, Body::Agency(_))).collect();
    match agencies.as_slice() {
        [] => Successor::None,
        [Heir { body: Body::Agency(id), loc, .. }] => Successor::One(*id, *loc),
        [_, ..] => Successor::Several(agencies),
    }
}
