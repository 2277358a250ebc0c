//! Who has an agency's work at another level; what groups and terms become there.

use super::entry::Line;
use super::{AgencyId, Body, Counterpart, GroupId, LevelId, Place, Registry, SectorId, TermRule};
use crate::base::{Date, Key, Loc, Year};

impl Registry {
    /// Returns who has an agency's sector at another level. Candidates are bodies: sectors that lead to one body are not several. Between
    /// several bodies `sector` decides if it is one of the agency's own. An agency that is part of another and has no sector takes the
    /// other's answer. At its own level it is the agency itself.
    pub fn counterpart(&self, agency: AgencyId, sector: Option<SectorId>, to: &Place, date: Date) -> Counterpart {
        let own = self.agency(agency);
        if own.level == to.level {
            return Counterpart::One(Body::Agency(agency), own.loc);
        }
        let (agency, sectors) = self.with_sectors(agency, date);
        let mut found: Vec<(SectorId, Body, Loc)> = Vec::new();
        for sector in &sectors {
            for line in self.lines_at(&self.sector_lines[sector.index()], to, date) {
                let there = line.bodies.iter().find(|body| self.is_in_force(**body, date) && **body != Body::Agency(agency));
                found.extend(there.map(|body| (*sector, *body, line.loc)));
            }
        }
        if let Some(answer) = one_body(&found) {
            return answer;
        }
        match sector.filter(|sector| sectors.contains(sector)) {
            Some(sector) => {
                found.retain(|(of, ..)| *of == sector);
                one_body(&found).unwrap_or(Counterpart::Several(found))
            }
            None => Counterpart::Several(found),
        }
    }

    /// Returns the lines that hold at a place and date and name a body in force: those of the unit's type where there are some, else those of any
    /// type. Where no unit is meant and every line is of some type, all of them.
    pub(super) fn lines_at<'l>(&self, lines: &'l [Line], to: &Place, date: Date) -> Vec<&'l Line> {
        let holds = |line: &&Line| line.level == to.level && line.validity.holds(date);
        let in_force = |line: &&Line| line.bodies.iter().any(|body| self.is_in_force(*body, date));
        let here: Vec<&Line> = lines.iter().filter(holds).filter(in_force).collect();
        let of_kind = |kind: &str| {
            let same = |line: &&&Line| line.kinds.iter().any(|other| other.as_str() == kind);
            here.iter().filter(same).copied().collect::<Vec<_>>()
        };
        let typed = to.kind.as_deref().map(of_kind).unwrap_or_default();
        if !typed.is_empty() {
            return typed;
        }
        let any: Vec<&Line> = here.iter().filter(|line| line.kinds.is_empty()).copied().collect();
        if any.is_empty() && to.kind.is_none() { here } else { any }
    }

    /// Returns the agency itself with its sectors, or the nearest above it that has some.
    pub(super) fn with_sectors(&self, agency: AgencyId, date: Date) -> (AgencyId, Vec<SectorId>) {
        let mut at = agency;
        // INVARIANT: agencies inside agencies have no cycle; `build` cuts them (KH1010).
        loop {
            let sectors = self.sectors_of(at, date);
            let above = self.agency(at).parents.iter().find(|(_, validity)| validity.holds(date));
            match above {
                Some((upper, _)) if sectors.is_empty() => at = *upper,
                Some(_) | None => return (at, sectors),
            }
        }
    }

    /// Returns what a group becomes at a level (`Quy đổi`), and the line that says so. `None` where it says nothing for that level.
    pub fn convert(&self, group: GroupId, to: &Place, date: Date) -> Option<(Body, Loc)> {
        let lines = self.lines_at(self.group_lines.get(group.index())?, to, date);
        lines.into_iter().find_map(|line| {
            let body = line.bodies.iter().find(|body| self.is_in_force(**body, date))?;
            Some((*body, line.loc))
        })
    }

    /// Returns the class of a level's own bodies (`Các phòng, ban, ngành cấp huyện`): the group to which another group's `Quy đổi` leads at
    /// that level; at a level to which none leads, the group of that level that has a `Quy đổi`. `None` where no NHÓM is one.
    pub fn class_of_level(&self, level: LevelId, date: Date) -> Option<(GroupId, Loc)> {
        let group = |line: &Line| line.bodies.iter().find_map(|body| if let Body::Group(id) = body { Some(*id) } else { None });
        let lines = self.group_lines.iter().flatten().filter(|line| line.level == level && line.validity.holds(date));
        let led = lines.into_iter().find_map(|line| group(line).map(|id| (id, line.loc)));
        led.or_else(|| {
            let mut own = self.groups().filter(|(id, group)| group.level == Some(level) && !self.group_lines[id.index()].is_empty());
            own.next().map(|(id, group)| (id, group.loc))
        })
    }

    /// Returns the terms that change with a year alone, at any level, and hold in `year`; the later year counts. Longest phrase first.
    pub fn dated_terms(&self, year: Option<Year>) -> Vec<TermRule> {
        let mut out: Vec<TermRule> = Vec::new();
        for term in &self.terms {
            let begun = |from: Year| year.is_some_and(|year| from <= year);
            let holding =
                term.lines.iter().filter(|line| line.level.is_none() && line.kinds.is_empty() && line.from_year.is_some_and(begun));
            let best = holding.max_by_key(|line| line.from_year);
            out.extend(best.map(|line| TermRule { from: term.from.clone(), to: line.to.clone(), loc: term.loc }));
        }
        out.sort_by_key(|rule| std::cmp::Reverse(rule.from.chars().count()));
        out
    }

    /// Returns the terms that change at a place in a plan year, longest phrase first.
    pub fn terms(&self, to: &Place, year: Option<Year>) -> Vec<TermRule> {
        let kind = to.kind.as_deref().map(Key::new);
        let mut out: Vec<TermRule> = Vec::new();
        for term in &self.terms {
            let fits = |kinds: &[Key]| kinds.is_empty() || kind.as_ref().is_some_and(|kind| kinds.contains(kind));
            let begun = |from: Option<Year>| from.is_none_or(|from| year.is_some_and(|year| from <= year));
            let at_level = term.lines.iter().filter(|line| line.level.is_none_or(|level| level == to.level));
            let holding = at_level.filter(|line| fits(&line.kinds) && begun(line.from_year));
            // the narrower line counts: of the level, of the unit type, then the later year
            let best = holding.max_by_key(|line| (line.level.is_some(), !line.kinds.is_empty(), line.from_year));
            out.extend(best.map(|line| TermRule { from: term.from.clone(), to: line.to.clone(), loc: term.loc }));
        }
        out.sort_by_key(|rule| std::cmp::Reverse(rule.from.chars().count()));
        out
    }
}

/// Returns the answer where the candidates are one body or none.
fn one_body(found: &[(SectorId, Body, Loc)]) -> Option<Counterpart> {
    match found {
        [] => Some(Counterpart::None),
        [(_, body, loc), rest @ ..] => rest.iter().all(|(_, other, _)| other == body).then_some(Counterpart::One(*body, *loc)),
    }
}
