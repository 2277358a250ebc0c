//! The registry: its entries, found by id, name and place.

use std::collections::HashMap;

use super::entry::{Line, Term};
use super::institution::Kind;
use super::lexicon::Lexicon;
use super::{
    Agency, AgencyId, Body, Digraph, Found, Group, GroupId, Holder, Level, LevelId, Link, Listed, Node, Sector, SectorId, Unit, UnitId,
};
use crate::base::{Date, Key, Memo};

/// Levels, units, agencies, sectors, groups, terms, and the graph over them.
#[derive(Debug, Default)]
pub struct Registry {
    pub(super) levels: Vec<Level>,
    pub(super) units: Vec<Unit>,
    pub(super) agencies: Vec<Agency>,
    pub(super) sectors: Vec<Sector>,
    pub(super) groups: Vec<Group>,
    pub(super) level_keys: HashMap<Key, LevelId>,
    pub(super) level_words: Vec<(LevelId, Vec<String>)>,
    /// Codes, official codes and names, in declared order.
    pub(super) unit_keys: HashMap<Key, Vec<UnitId>>,
    pub(super) unit_names: UnitNames,
    pub(super) unit_propers: UnitNames,
    /// Units below each unit at any time, in declared order.
    pub(super) units_below: Vec<Vec<UnitId>>,
    pub(super) agency_codes: HashMap<Key, AgencyId>,
    /// Sectors of each agency at its own level, with the line's index.
    pub(super) agency_sectors: Vec<Vec<(SectorId, usize)>>,
    pub(super) sector_keys: HashMap<Key, SectorId>,
    pub(super) sector_lines: Vec<Vec<Line>>,
    pub(super) group_keys: HashMap<Key, GroupId>,
    pub(super) group_lines: Vec<Vec<Line>>,
    pub(super) terms: Vec<Term>,
    pub(super) kinds: Vec<Kind>,
    /// First words that several agencies' names share (`sở`, `phòng`).
    pub(super) heads: Vec<String>,
    pub(super) lexicon: Lexicon,
    pub(super) graph: Digraph<Node, Link>,
    /// Lists that were read. INVARIANT: nothing reads lists before the registry is built, and nothing changes it afterwards.
    pub(super) listed: Memo<(bool, Date, Option<LevelId>), Vec<Listed>>,
    /// Names that were found in texts. INVARIANT: as for `listed`.
    pub(super) found: Memo<Date, Vec<Found>>,
}

/// Units by name, names as encoded rows of words.
#[derive(Debug, Default)]
pub(super) struct UnitNames {
    pub(super) units: HashMap<String, Vec<UnitId>>,
    /// Words in the longest name.
    pub(super) longest: usize,
}

impl Registry {
    /// Returns a level.
    pub fn level(&self, id: LevelId) -> &Level {
        &self.levels[id.index()]
    }

    /// Returns a unit.
    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.index()]
    }

    /// Returns an agency.
    pub fn agency(&self, id: AgencyId) -> &Agency {
        &self.agencies[id.index()]
    }

    /// Returns a sector.
    pub fn sector(&self, id: SectorId) -> &Sector {
        &self.sectors[id.index()]
    }

    /// Returns a group.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }

    /// Returns all levels from the top down.
    pub fn levels(&self) -> impl Iterator<Item = (LevelId, &Level)> {
        self.levels.iter().enumerate().map(|(at, x)| (LevelId::new(at), x))
    }

    /// Returns all units in declared order.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        self.units.iter().enumerate().map(|(at, x)| (UnitId::new(at), x))
    }

    /// Returns all agencies in declared order.
    pub fn agencies(&self) -> impl Iterator<Item = (AgencyId, &Agency)> {
        self.agencies.iter().enumerate().map(|(at, x)| (AgencyId::new(at), x))
    }

    /// Returns all sectors in declared order.
    pub fn sectors(&self) -> impl Iterator<Item = (SectorId, &Sector)> {
        self.sectors.iter().enumerate().map(|(at, x)| (SectorId::new(at), x))
    }

    /// Returns all groups in declared order; behind them those that only a `Quy đổi` names.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        self.groups.iter().enumerate().map(|(at, x)| (GroupId::new(at), x))
    }

    /// Returns the graph of levels, units, agencies, sectors and groups, for drawings: edges run from the upper to the lower, from a
    /// sector or group to its bodies, from a predecessor to its successor.
    pub fn graph(&self) -> &Digraph<Node, Link> {
        &self.graph
    }

    /// Returns the level with a name (`huyện`, `cấp huyện`).
    pub fn find_level(&self, name: &str) -> Option<LevelId> {
        let key = Key::new(name);
        let bare = key.as_str().strip_prefix("cấp ").unwrap_or(key.as_str());
        self.level_keys.get(&key).or_else(|| self.level_keys.get(bare)).copied()
    }

    /// Returns the unit with a code, official code or name (`huyện Hoằng Hóa`) that is in force at `date`; one that is not in force
    /// only where no other fits.
    pub fn find_unit(&self, name: &str, date: Date) -> Option<UnitId> {
        let fitting = self.unit_keys.get(&Key::new(name))?;
        fitting.iter().find(|id| self.unit(**id).validity.holds(date)).or_else(|| fitting.first()).copied()
    }

    /// Returns the agency with a code.
    pub fn find_agency(&self, code: &str) -> Option<AgencyId> {
        self.agency_codes.get(&Key::new(code)).copied()
    }

    /// Returns the sector with a name.
    pub fn find_sector(&self, name: &str) -> Option<SectorId> {
        self.sector_keys.get(&Key::new(name)).copied()
    }

    /// Returns the group with a name.
    pub fn find_group(&self, name: &Key) -> Option<GroupId> {
        self.group_keys.get(name).copied()
    }

    /// Says whether `lower` lies below `upper` at `date`.
    pub fn is_below(&self, lower: LevelId, upper: LevelId, date: Date) -> bool {
        let above = self.level(lower).under.iter().filter(|(_, validity)| validity.holds(date));
        above.into_iter().any(|(level, _)| *level == upper || self.is_below(*level, upper, date))
    }

    /// Returns the unit directly above a unit at a date.
    pub fn unit_above(&self, unit: UnitId, date: Date) -> Option<UnitId> {
        self.unit(unit).under.iter().find(|(_, validity)| validity.holds(date)).map(|(upper, _)| *upper)
    }

    /// Says whether a unit can follow the plan of another: it is that unit or lies below it at `date`. Where no `Thuộc` says so, the levels decide.
    pub fn can_follow(&self, unit: UnitId, upper: UnitId, date: Date) -> bool {
        let top = self.unit(upper).level;
        let mut at = unit;
        // a cycle of units is reported with the registry
        for _ in 0..=self.levels.len() {
            if at == upper {
                return true;
            }
            match self.unit_above(at, date) {
                Some(next) if self.unit(at).level != top => at = next,
                Some(_) | None => break,
            }
        }
        let own = self.unit(at).level;
        own != top && self.is_below(own, top, date)
    }

    /// Returns the units directly below a unit at a date, in declared order.
    pub fn units_below(&self, unit: UnitId, date: Date) -> Vec<UnitId> {
        let below = self.units_below.get(unit.index()).into_iter().flatten().copied();
        below
            .filter(|id| {
                let lower = self.unit(*id);
                lower.validity.holds(date) && lower.under.iter().any(|(upper, validity)| *upper == unit && validity.holds(date))
            })
            .collect()
    }

    /// Returns the sectors of an agency at its own level and a date, in declared order.
    pub fn sectors_of(&self, agency: AgencyId, date: Date) -> Vec<SectorId> {
        let mut out: Vec<SectorId> = self.own_lines(agency, date).map(|(sector, _)| sector).collect();
        out.dedup();
        out
    }

    /// Returns the lines of NGÀNH that give an agency its sectors, in declared order.
    pub(super) fn own_lines(&self, agency: AgencyId, date: Date) -> impl Iterator<Item = (SectorId, &Line)> {
        let lines = self.agency_sectors.get(agency.index()).into_iter().flatten();
        let lines = lines.map(|(sector, line)| (*sector, &self.sector_lines[sector.index()][*line]));
        lines.filter(move |(_, line)| line.validity.holds(date))
    }

    /// Returns the level to which a body belongs: an agency's, a group's, an institution's; `None` for open classes and all levels.
    pub fn level_of(&self, body: Body) -> Option<LevelId> {
        match body {
            Body::Agency(id) => Some(self.agency(id).level),
            Body::Group(id) => self.group(id).level,
            Body::Institution(_, Holder::Level(level)) => Some(level),
            Body::Institution(_, Holder::Unit(unit)) => Some(self.unit(unit).level),
            Body::Institution(_, Holder::All) | Body::Open | Body::Unknown => None,
        }
    }

    /// Says whether a body exists at a date; groups, open classes and what is not known always do.
    pub fn is_in_force(&self, body: Body, date: Date) -> bool {
        self.validity_of(body).holds(date)
    }

    /// Returns when a body exists.
    pub(super) fn validity_of(&self, body: Body) -> super::Validity {
        match body {
            Body::Agency(id) => self.agency(id).validity,
            Body::Institution(_, Holder::Level(level)) => self.level(level).validity,
            Body::Institution(_, Holder::Unit(unit)) => self.unit(unit).validity,
            Body::Institution(_, Holder::All) | Body::Group(_) | Body::Open | Body::Unknown => super::Validity::default(),
        }
    }

    /// Returns the name of a body as a document of `unit` (or of nobody in particular) prints it.
    ///
    /// Empty for open classes and for what is not known: only their own words name them.
    pub fn name_of(&self, body: Body, unit: Option<UnitId>) -> String {
        match body {
            Body::Agency(id) => self.agency_name(id, unit),
            Body::Institution(institution, holder) => self.institution_name(institution, holder, unit),
            Body::Group(id) => self.group(id).name.clone(),
            Body::Open | Body::Unknown => String::new(),
        }
    }

    /// `Thanh tra huyện` in a document of a thị xã is `Thanh tra thị xã`.
    fn agency_name(&self, id: AgencyId, unit: Option<UnitId>) -> String {
        let agency = self.agency(id);
        let Some(unit) = unit.map(|unit| self.unit(unit)).filter(|unit| unit.level == agency.level && !unit.kind.is_empty()) else {
            return agency.name.clone();
        };
        let lower = agency.name.to_lowercase();
        let of_level = |kind: &&Kind| kind.levels.iter().any(|(level, _)| *level == agency.level);
        let tails = self.kinds.iter().filter(of_level).filter(|kind| lower.ends_with(&format!(" {}", kind.name)));
        match tails.max_by_key(|kind| kind.name.len()) {
            Some(kind) if lower.len() == agency.name.len() && kind.name != unit.kind => {
                let head = agency.name[..agency.name.len() - kind.name.len()].trim_end();
                if head.ends_with("cấp") { agency.name.clone() } else { format!("{head} {}", unit.kind) }
            }
            Some(_) | None => agency.name.clone(),
        }
    }
}
