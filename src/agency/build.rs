//! From declarations to the registry: names become ids; what does not hold together is reported and left out.

use std::collections::HashMap;

use super::entry::{Line, Term, TermChoice};
use super::institution::{Kind, OPENINGS, known_kinds};
use super::lexicon::{Rank, Sense};
use super::words::{Words, encode};
use super::{
    Agency, AgencyId, Body, Declarations, Digraph, Group, GroupId, Level, LevelDecl, LevelId, LevelLine, Named, Registry, Sector, SectorId,
    Unit, UnitDecl, UnitId, Validity, fault,
};
use crate::base::{Date, Key, Loc};
use crate::diag::{Code, Diagnostic, msg};

/// Cities that stand directly below the state.
const CENTRAL_CITIES: [&str; 6] = ["Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"];

/// Checks declarations and builds the registry from all that hold together.
///
/// Findings: the family `KH1` (KH1010 to KH1014), each with both places where two disagree, and KH0026 for an agency without level. What a
/// finding names is left out of the registry.
pub fn build(declarations: &Declarations) -> (Registry, Vec<Diagnostic>) {
    let mut builder = Builder { registry: Registry::default(), findings: Vec::new(), upper_locs: Vec::new() };
    builder.levels(&declarations.levels);
    builder.kinds();
    builder.units(declarations);
    builder.agencies(declarations);
    builder.groups(declarations);
    builder.sectors(declarations);
    builder.agency_links(declarations);
    builder.terms(declarations);
    let Builder { mut registry, mut findings, upper_locs } = builder;
    findings.extend(fault::same_names(&registry, declarations));
    fault::cut_cycles(&mut registry, &upper_locs, &mut findings);
    if !declarations.sectors.is_empty() {
        findings.extend(fault::unreached(&registry));
    }
    finish(&mut registry);
    findings.sort_by_key(|finding| finding.primary.as_ref().map(|label| label.loc));
    (registry, findings)
}

/// The place of a `Thuộc`: the node that says so, the upper node, the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UpperLoc {
    pub(super) lower: Member,
    pub(super) upper: Member,
    pub(super) loc: Loc,
}

/// An entry that can lie below another of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Level(LevelId),
    Unit(UnitId),
    Agency(AgencyId),
}

struct Builder {
    registry: Registry,
    findings: Vec<Diagnostic>,
    upper_locs: Vec<UpperLoc>,
}

impl Builder {
    fn levels(&mut self, declared: &[LevelDecl]) {
        let mut at_key: HashMap<Key, usize> = HashMap::new();
        for (at, level) in declared.iter().enumerate() {
            at_key.entry(level_key(&level.name.text)).or_insert(at);
        }
        // from the top down: the ids' order is the hierarchy's
        let mut graph: Digraph<(), Loc> = Digraph::new();
        for _ in declared {
            graph.add_node(());
        }
        let mut under: Vec<Vec<(usize, Validity, Loc)>> = vec![Vec::new(); declared.len()];
        for (at, level) in declared.iter().enumerate() {
            for (name, validity) in &level.under {
                match at_key.get(&level_key(&name.text)) {
                    Some(upper) => {
                        graph.add_edge(*upper, at, name.loc);
                        under[at].push((*upper, *validity, name.loc));
                    }
                    None => self.unknown_level(name),
                }
            }
        }
        let order = loop {
            match graph.order() {
                Ok(order) => break order,
                Err(cycle) => {
                    let names: Vec<&str> = cycle.iter().map(|at| declared[*at].name.text.as_str()).collect();
                    let locs: Vec<Loc> = fault::cycle_edges(&cycle).filter_map(|(from, to)| graph.edge(from, to).copied()).collect();
                    self.findings.extend(fault::cycle(&names, &locs));
                    let (from, to) = fault::closing_edge(&cycle);
                    under[to].retain(|(upper, ..)| *upper != from);
                    graph = Digraph::new();
                    for _ in declared {
                        graph.add_node(());
                    }
                    for (at, uppers) in under.iter().enumerate() {
                        uppers.iter().for_each(|(upper, _, loc)| graph.add_edge(*upper, at, *loc));
                    }
                }
            }
        };
        let mut ids: HashMap<usize, LevelId> = HashMap::new();
        let kept = order.into_iter().filter(|at| at_key.get(&level_key(&declared[*at].name.text)) == Some(at));
        for (id, at) in kept.enumerate() {
            let (id, level) = (LevelId::new(id), &declared[at]);
            ids.insert(at, id);
            let mut uppers: Vec<(LevelId, Validity)> = Vec::new();
            for (upper, validity, loc) in &under[at] {
                let Some(upper) = ids.get(upper) else { continue };
                self.upper(Member::Level(id), Member::Level(*upper), *loc);
                uppers.push((*upper, *validity));
            }
            let locs: Vec<Loc> = under[at].iter().map(|(.., loc)| *loc).collect();
            let uppers = self.one_at_a_time(&level.name.text, uppers, &locs);
            self.registry.level_keys.insert(level_key(&level.name.text), id);
            let words = Words::new(level_key(&level.name.text).as_str()).list.iter().map(|word| word.key.clone()).collect();
            self.registry.level_words.push((id, words));
            let name = level_key(&level.name.text).as_str().to_owned();
            self.registry.levels.push(Level { name, validity: level.validity, under: uppers, loc: level.name.loc });
        }
    }

    fn upper(&mut self, lower: Member, upper: Member, loc: Loc) {
        self.upper_locs.push(UpperLoc { lower, upper, loc });
    }

    /// Keeps the first of two parents that hold on one day, and reports the other (KH1011).
    fn one_at_a_time<T: Copy + PartialEq>(&mut self, name: &str, all: Vec<(T, Validity)>, locs: &[Loc]) -> Vec<(T, Validity)> {
        let mut kept: Vec<(T, Validity, Loc)> = Vec::new();
        for ((upper, validity), loc) in all.into_iter().zip(locs) {
            match kept.iter().find(|(_, other, _)| other.overlaps(validity)) {
                Some((first, _, other)) => {
                    if *first != upper {
                        self.findings.push(fault::two_parents(name, *loc, *other));
                    }
                }
                None => kept.push((upper, validity, *loc)),
            }
        }
        kept.into_iter().map(|(upper, validity, _)| (upper, validity)).collect()
    }

    fn unknown_level(&mut self, name: &Named) {
        let key = level_key(&name.text);
        let known: Vec<&str> = self.registry.levels.iter().map(|level| level.name.as_str()).collect();
        let near = known.iter().find(|level| strsim::osa_distance(&Key::new(level).toneless(), &key.toneless()) <= 1);
        let text = &name.text;
        let finding = Diagnostic::new(Code::KH1014, name.loc, msg!("Chưa khai cấp “{text}”", "Level “{text}” is not declared")).quote(text);
        self.findings.push(fault::with_suggestion(finding, name.loc, near.copied(), msg!("khai CẤP {text}", "declare CẤP {text}")));
    }

    fn find_level(&mut self, name: &Named) -> Option<LevelId> {
        let found = self.registry.find_level(&name.text);
        if found.is_none() {
            self.unknown_level(name);
        }
        found
    }

    /// Gathers the type words of units: those known, and the levels' own names.
    fn kinds(&mut self) {
        let mut kinds: Vec<Kind> = Vec::new();
        for (id, level) in self.registry.levels() {
            for name in std::iter::once(level.name.as_str()).chain(known_kinds(&level.name).iter().copied()) {
                add_kind(&mut kinds, name, id, false);
            }
        }
        self.registry.kinds = kinds;
    }

    fn units(&mut self, declarations: &Declarations) {
        let declared = &declarations.units;
        let parts: Vec<(String, String)> = declared.iter().map(|unit| self.split_name(&unit.name.text)).collect();
        let mut keys: HashMap<Key, Vec<UnitId>> = HashMap::with_capacity(declared.len() * 2);
        for (at, unit) in declared.iter().enumerate() {
            let names = [Some(&unit.code.text), unit.official_code.as_ref(), Some(&unit.name.text)].into_iter().flatten();
            for name in names.chain(unit.other_names.iter().map(|name| &name.text)) {
                let fitting = keys.entry(Key::new(name)).or_default();
                if fitting.last() != Some(&UnitId::new(at)) {
                    fitting.push(UnitId::new(at));
                }
            }
        }
        let find = |name: &Named, own: usize, validity: Validity| -> Option<UnitId> {
            let others = || keys.get(&Key::new(&name.text)).into_iter().flatten().copied().filter(|id| id.index() != own);
            others().find(|id| declared[id.index()].validity.overlaps(validity)).or_else(|| others().next())
        };
        let mut uppers: Vec<Vec<(UnitId, Validity, Loc)>> = Vec::with_capacity(declared.len());
        let mut has_lower = vec![false; declared.len()];
        let mut unknown: Vec<(&Named, &UnitDecl)> = Vec::new();
        for (at, unit) in declared.iter().enumerate() {
            let mut found = Vec::new();
            for (name, validity) in &unit.under {
                match find(name, at, within(*validity, unit.validity)) {
                    Some(upper) => {
                        has_lower[upper.index()] = true;
                        found.push((upper, *validity, name.loc));
                    }
                    None => unknown.push((name, unit)),
                }
            }
            uppers.push(found);
        }
        let levels = self.unit_levels(declared, &parts, &uppers, &has_lower);
        let mut kept: Vec<bool> = Vec::new();
        for (at, unit) in declared.iter().enumerate() {
            let (kind, proper) = &parts[at];
            let id = UnitId::new(at);
            let level = levels[at];
            kept.push(level.is_some());
            if level.is_none() {
                self.findings.push(fault::unit_without_level(unit));
            }
            let level = level.unwrap_or(LevelId::new(0));
            let successors = unit.successors.iter().filter_map(|name| {
                let day = unit.validity.to.map(Date::tomorrow);
                let found = find(name, at, Validity { from: day, to: day });
                if found.is_none() {
                    unknown.push((name, unit));
                }
                found
            });
            let successors = successors.collect();
            for (upper, _, loc) in &uppers[at] {
                self.upper(Member::Unit(id), Member::Unit(*upper), *loc);
            }
            let locs: Vec<Loc> = uppers[at].iter().map(|(.., loc)| *loc).collect();
            let under = uppers[at].iter().map(|(upper, validity, _)| (*upper, *validity)).collect();
            let under = self.one_at_a_time(&unit.name.text, under, &locs);
            if !kind.is_empty() && !self.registry.levels.is_empty() {
                add_kind(&mut self.registry.kinds, kind, level, true);
            }
            self.registry.units.push(Unit {
                code: unit.code.text.clone(),
                name: if kind.is_empty() { proper.clone() } else { format!("{kind} {proper}") },
                kind: kind.clone(),
                proper: proper.clone(),
                level,
                official_code: unit.official_code.clone(),
                under,
                validity: unit.validity,
                successors,
                loc: unit.name.loc,
            });
        }
        // a unit without level is left out of every search; its id stays so that others keep theirs
        self.registry.unit_keys = keys;
        for (at, unit) in declared.iter().enumerate().filter(|(at, _)| kept[*at]) {
            let (_, proper) = &parts[at];
            for name in std::iter::once(&unit.name.text).chain(unit.other_names.iter().map(|name| &name.text)) {
                add_unit(&mut self.registry.unit_names, name, UnitId::new(at));
            }
            add_unit(&mut self.registry.unit_propers, proper, UnitId::new(at));
        }
        for (name, unit) in unknown {
            let near = self.registry.suggest_unit(&name.text);
            let (text, of) = (&name.text, &unit.name.text);
            let message = msg!("Chưa khai đơn vị “{text}” mà {of} nhắc đến", "Unit “{text}”, which {of} names, is not declared");
            let finding =
                Diagnostic::new(Code::KH1014, name.loc, message).quote(text).related(unit.name.loc, msg!("nhắc ở đây", "named here"));
            self.findings.push(fault::with_suggestion(finding, name.loc, near.as_deref(), msg!("khai ĐƠN VỊ này", "declare this ĐƠN VỊ")));
        }
    }

    /// Splits `thị xã Bỉm Sơn` into type word and name.
    fn split_name(&self, name: &str) -> (String, String) {
        let words = Words::new(name);
        match self.registry.kind_at(&words, 0) {
            Some((kind, next)) if next < words.len() => (kind.name.clone(), name.get(words.start(next)..).unwrap_or("").trim().to_owned()),
            Some(_) | None => (String::new(), name.trim().to_owned()),
        }
    }

    /// Finds each unit's level: by its type word; where several levels have it, by the unit above, by whether units lie below, and for
    /// cities by name.
    fn unit_levels(
        &self,
        declared: &[UnitDecl],
        parts: &[(String, String)],
        uppers: &[Vec<(UnitId, Validity, Loc)>],
        has_lower: &[bool],
    ) -> Vec<Option<LevelId>> {
        let candidates = |at: usize| -> Vec<LevelId> {
            let kind = self.registry.kinds.iter().find(|kind| kind.name == parts[at].0);
            kind.map(|kind| kind.levels.iter().map(|(level, _)| *level).collect()).unwrap_or_default()
        };
        let mut levels: Vec<Option<LevelId>> = (0..declared.len())
            .map(|at| match candidates(at).as_slice() {
                [one] => Some(*one),
                _ => None,
            })
            .collect();
        // units below others wait until the upper one is known; the hierarchy is as deep as there are levels
        for _ in 0..=self.registry.levels.len() {
            for at in 0..declared.len() {
                if levels[at].is_some() {
                    continue;
                }
                let all = candidates(at);
                let above = uppers[at].first().map(|(upper, validity, _)| (levels[upper.index()], *validity));
                levels[at] = match above {
                    Some((Some(upper), validity)) => {
                        let below = |level: &LevelId| {
                            let under = &self.registry.level(*level).under;
                            under.iter().any(|(above, time)| *above == upper && time.overlaps(within(validity, declared[at].validity)))
                        };
                        all.iter().copied().find(below).or_else(|| self.registry.levels().map(|(id, _)| id).find(below))
                    }
                    Some((None, _)) => None,
                    None if all.is_empty() => None,
                    None => {
                        let central = CENTRAL_CITIES.iter().any(|city| Key::new(city) == Key::new(&parts[at].1));
                        let holds_districts = has_lower[at]
                            && uppers.iter().enumerate().any(|(lower, above)| {
                                let second = all.get(1).is_some_and(|second| levels[lower] == Some(*second));
                                second && above.iter().any(|(upper, ..)| upper.index() == at)
                            });
                        let top = central || holds_districts;
                        if top { all.first().copied() } else { all.last().copied() }
                    }
                };
            }
        }
        levels
    }

    fn agencies(&mut self, declarations: &Declarations) {
        let by_name: HashMap<Key, usize> =
            declarations.agencies.iter().enumerate().rev().map(|(at, agency)| (Key::new(&agency.name.text), at)).collect();
        for (at, agency) in declarations.agencies.iter().enumerate() {
            let of_parent = || {
                let parent = agency.under.iter().find_map(|(name, _)| by_name.get(&Key::new(&name.text)))?;
                declarations.agencies[*parent].level.as_ref()
            };
            let level = match agency.level.as_ref().or_else(of_parent) {
                Some(name) => self.find_level(name),
                None => {
                    self.findings.push(fault::agency_without_level(agency));
                    None
                }
            };
            // the id stays, so that ids follow the declarations; without a level no search finds it
            let known = level.is_some();
            let level = level.unwrap_or(LevelId::new(0));
            let id = AgencyId::new(at);
            self.registry.agencies.push(Agency {
                code: agency.code.text.clone(),
                name: agency.name.text.clone(),
                level,
                under: None,
                parents: Vec::new(),
                validity: agency.validity,
                successors: Vec::new(),
                successor_locs: Vec::new(),
                loc: agency.name.loc,
            });
            if !known {
                continue;
            }
            self.registry.agency_codes.entry(Key::new(&agency.code.text)).or_insert(id);
            let sense = |rank| Sense { body: Body::Agency(id), level: Some(level), validity: agency.validity, rank };
            self.registry.lexicon.add(&agency.name.text, sense(Rank::Name));
            for name in &agency.other_names {
                self.registry.lexicon.add(&name.text, sense(Rank::Alias));
            }
        }
        // forms by rule come behind all that is declared
        for (at, agency) in
            declarations.agencies.iter().enumerate().filter(|(_, agency)| !self.registry.levels.is_empty() && agency.level.is_some())
        {
            let id = AgencyId::new(at);
            let level = self.registry.agency(id).level;
            let sense = Sense { body: Body::Agency(id), level: Some(level), validity: agency.validity, rank: Rank::Derived };
            for name in std::iter::once(&agency.name).chain(&agency.other_names) {
                for form in self.forms(&name.text, level) {
                    self.registry.lexicon.add(&form, sense);
                }
            }
        }
        let mut heads: Vec<String> = self.registry.agencies.iter().map(|agency| Words::new(&agency.name).key(0).to_owned()).collect();
        heads.sort();
        let shared = heads.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
        self.registry.heads = shared.filter_map(|same| same.first().cloned()).collect();
        self.registry.lexicon.set_triggers(OPENINGS);
    }

    /// Returns the other forms of a name that ends in a level or unit type: `Thanh tra thị xã`, `Thanh tra cấp huyện` for `Thanh tra huyện`.
    fn forms(&self, name: &str, level: LevelId) -> Vec<String> {
        let words = Words::new(name);
        let of_level: Vec<&Kind> = self.registry.kinds.iter().filter(|kind| kind.levels.iter().any(|(other, _)| *other == level)).collect();
        let tail = (1..words.len()).find(|at| {
            let kind = self
                .registry
                .kind_at(&words, *at)
                .filter(|(kind, end)| *end == words.len() && of_level.iter().any(|of| of.name == kind.name));
            let whole = self.registry.level_at(&words, *at).filter(|(of, end)| *end == words.len() && *of == level);
            kind.is_some() || whole.is_some()
        });
        let Some(tail) = tail else { return Vec::new() };
        let head = words.slice(0, tail);
        let class = format!("{head} cấp {}", self.registry.level(level).name);
        let mut out: Vec<String> = of_level.iter().map(|kind| format!("{head} {}", kind.name)).chain([class]).collect();
        if tail >= 3 {
            out.push(head.to_owned());
        }
        out
    }

    fn groups(&mut self, declarations: &Declarations) {
        for (at, group) in declarations.groups.iter().enumerate() {
            let id = GroupId::new(at);
            let level = self.level_in(&group.name.text);
            self.registry.groups.push(Group { name: group.name.text.clone(), open: group.open, level, loc: group.name.loc });
            self.registry.group_lines.push(Vec::new());
            self.name_group(id, &group.name.text, Rank::Name);
            for name in &group.other_names {
                self.name_group(id, &name.text, Rank::Alias);
            }
        }
        for (at, group) in declarations.groups.iter().enumerate() {
            for line in &group.conversions {
                let Some(resolved) = self.line(line, true) else { continue };
                for body in &resolved.bodies {
                    if let Body::Group(target) = body {
                        let target = &mut self.registry.groups[target.index()];
                        target.level = target.level.or(Some(resolved.level));
                    }
                }
                self.registry.group_lines[at].push(resolved);
            }
            // a group without level word stands directly above the highest level to which it is converted
            let highest = self.registry.group_lines[at].iter().map(|line| line.level).min();
            let above = highest.and_then(|level| self.registry.level(level).under.first().map(|(upper, _)| *upper));
            let own = &mut self.registry.groups[at];
            own.level = own.level.or(above);
        }
    }

    fn name_group(&mut self, id: GroupId, name: &str, rank: Rank) {
        self.registry.group_keys.entry(Key::new(name)).or_insert(id);
        let words = Words::new(name);
        // `NHÓM UBND cấp huyện` declares what exists by rule
        if self.registry.whole_institution(&words, Date::first_of_year(1)).is_some() {
            return;
        }
        let level = self.registry.groups[id.index()].level;
        let sense = |rank| Sense { body: Body::Group(id), level, validity: Validity::default(), rank };
        self.registry.lexicon.add(name, sense(rank));
        if words.reads(0, &["các"]) && words.len() > 2 {
            self.registry.lexicon.add(words.slice(1, words.len()), sense(Rank::Derived));
        }
    }

    /// Returns the level that a group's name says (`cấp tỉnh` or a type word at its end).
    fn level_in(&self, name: &str) -> Option<LevelId> {
        let words = Words::new(name);
        (0..words.len()).find_map(|at| {
            let whole = self.registry.level_at(&words, at).map(|(level, _)| level);
            let tail = || self.registry.kind_at(&words, at).filter(|(kind, end)| *end == words.len() && kind.levels.len() == 1);
            whole.or_else(|| tail().map(|(kind, _)| kind.levels[0].0))
        })
    }

    fn sectors(&mut self, declarations: &Declarations) {
        self.registry.agency_sectors = vec![Vec::new(); self.registry.agencies.len()];
        for (at, sector) in declarations.sectors.iter().enumerate() {
            let id = SectorId::new(at);
            self.registry.sectors.push(Sector { name: sector.name.text.clone(), loc: sector.name.loc });
            for name in std::iter::once(&sector.name).chain(&sector.other_names) {
                self.registry.sector_keys.entry(Key::new(&name.text)).or_insert(id);
            }
            let mut lines: Vec<Line> = Vec::new();
            for line in sector.lines.iter().filter_map(|line| self.line(line, false)).collect::<Vec<_>>() {
                for body in &line.bodies {
                    if let Body::Agency(agency) = body
                        && self.registry.agency(*agency).level == line.level
                    {
                        self.registry.agency_sectors[agency.index()].push((id, lines.len()));
                    }
                }
                lines.push(line);
            }
            self.registry.sector_lines.push(lines);
        }
    }

    /// Resolves a line of NGÀNH or `Quy đổi`. A class that only a `Quy đổi` names is a group from then on.
    fn line(&mut self, line: &LevelLine, classes: bool) -> Option<Line> {
        let level = self.find_level(&line.level)?;
        let mut kinds = Vec::new();
        for kind in &line.unit_types {
            let key = Key::new(kind);
            if self.registry.kinds.iter().any(|known| known.name == key.as_str()) {
                kinds.push(key);
            } else {
                self.findings.push(fault::unknown_kind(kind, line.loc));
            }
        }
        if kinds.is_empty() && !line.unit_types.is_empty() {
            return None;
        }
        let bodies = self.bodies(&line.body, level, line.validity, classes)?;
        Some(Line { level, bodies, kinds, validity: line.validity, loc: line.loc })
    }

    fn bodies(&mut self, name: &Named, level: LevelId, validity: Validity, classes: bool) -> Option<Vec<Body>> {
        let words = Words::new(&name.text);
        let date = validity.from.or(validity.to).unwrap_or(Date::first_of_year(1));
        if let Some(body) = self.registry.whole_institution(&words, date) {
            return Some(vec![body]);
        }
        let senses = self.registry.lexicon.senses(&encode(&name.text));
        let there: Vec<&Sense> = senses.iter().filter(|sense| sense.level.is_none_or(|of| of == level)).collect();
        let mut fitting: Vec<Body> = there.iter().filter(|sense| sense.validity.overlaps(validity)).map(|sense| sense.body).collect();
        if fitting.is_empty() {
            fitting = there.iter().map(|sense| sense.body).collect();
        }
        if !fitting.is_empty() {
            return Some(fitting);
        }
        let elsewhere = senses.first().and_then(|sense| match sense.body {
            Body::Agency(id) => Some((self.registry.agency(id).loc, self.registry.level(self.registry.agency(id).level).name.clone())),
            Body::Group(_) | Body::Institution(..) | Body::Open | Body::Unknown => None,
        });
        let near = self.registry.suggest(&name.text);
        if classes && elsewhere.is_none() && words.reads(0, &["các"]) && !near.as_deref().is_some_and(|near| misspelt(near, &name.text)) {
            let id = GroupId::new(self.registry.groups.len());
            self.registry.groups.push(Group { name: name.text.clone(), open: false, level: Some(level), loc: name.loc });
            self.registry.group_lines.push(Vec::new());
            self.name_group(id, &name.text, Rank::Name);
            return Some(vec![Body::Group(id)]);
        }
        let text = &name.text;
        let at = &self.registry.level(level).name;
        let finding = match elsewhere {
            Some((loc, other)) => {
                let message = msg!("“{text}” là cơ quan cấp {other}, không phải cấp {at}", "“{text}” is of level {other}, not {at}");
                let help = msg!(
                    "sửa tên cấp trong dòng này, hoặc khai CƠ QUAN cùng tên ở cấp {at}",
                    "mend the level in this line, or declare a CƠ QUAN of that name at level {at}"
                );
                Diagnostic::new(Code::KH1014, name.loc, message).related(loc, msg!("khai ở đây", "declared here")).help(help)
            }
            None => {
                let message = msg!("Chưa khai cơ quan hay nhóm “{text}”", "Neither agency nor group “{text}” is declared");
                let help = msg!("khai CƠ QUAN hoặc NHÓM này", "declare this CƠ QUAN or NHÓM");
                fault::with_suggestion(Diagnostic::new(Code::KH1014, name.loc, message), name.loc, near.as_deref(), help)
            }
        };
        self.findings.push(finding.quote(text));
        None
    }

    /// Finds the agencies that others name under `Thuộc` and `Kế tục`.
    fn agency_links(&mut self, declarations: &Declarations) {
        for (at, agency) in declarations.agencies.iter().enumerate() {
            let id = AgencyId::new(at);
            let mut parents: Vec<(AgencyId, Validity)> = Vec::new();
            let mut locs = Vec::new();
            for (name, validity) in &agency.under {
                if let Some(parent) = self.agency_named(name, id, within(*validity, agency.validity)) {
                    self.upper(Member::Agency(id), Member::Agency(parent), name.loc);
                    parents.push((parent, *validity));
                    locs.push(name.loc);
                }
            }
            let parents = self.one_at_a_time(&agency.name.text, parents, &locs);
            let day = agency.validity.to.map(Date::tomorrow);
            for (name, sectors) in &agency.successors {
                let successor = self.agency_named(name, id, Validity { from: day, to: day });
                let mut of = Vec::new();
                for sector in sectors {
                    match self.registry.find_sector(&sector.text) {
                        Some(sector) => of.push(sector),
                        None => self.unknown_sector(sector),
                    }
                }
                // with no known sector left the successor would take all
                if let Some(successor) = successor
                    && (sectors.is_empty() || !of.is_empty())
                {
                    let own = &mut self.registry.agencies[at];
                    own.successors.push((successor, of));
                    own.successor_locs.push(name.loc);
                }
            }
            let own = &mut self.registry.agencies[at];
            own.under = parents.first().map(|(parent, _)| *parent);
            own.parents = parents;
        }
    }

    /// Returns another agency by name or code: of those that exist in the time, of the same level first.
    fn agency_named(&mut self, name: &Named, own: AgencyId, validity: Validity) -> Option<AgencyId> {
        let level = self.registry.agency(own).level;
        let senses = self.registry.lexicon.senses(&encode(&name.text));
        let agencies = senses.iter().filter_map(|sense| match sense.body {
            Body::Agency(id) if id != own => Some((sense, id)),
            Body::Agency(_) | Body::Group(_) | Body::Institution(..) | Body::Open | Body::Unknown => None,
        });
        let order = |(sense, id): &(&Sense, AgencyId)| (!sense.validity.overlaps(validity), sense.level != Some(level), sense.rank, *id);
        let found = agencies.min_by_key(order).map(|(_, id)| id).or_else(|| self.registry.find_agency(&name.text).filter(|id| *id != own));
        if found.is_none() {
            let near = self.registry.suggest(&name.text);
            let (text, of) = (&name.text, &self.registry.agency(own).name);
            let message = msg!("Chưa khai cơ quan “{text}” mà {of} nhắc đến", "Agency “{text}”, which {of} names, is not declared");
            let finding = Diagnostic::new(Code::KH1014, name.loc, message).quote(text);
            let finding = finding.related(self.registry.agency(own).loc, msg!("nhắc ở đây", "named here"));
            self.findings.push(fault::with_suggestion(
                finding,
                name.loc,
                near.as_deref(),
                msg!("khai CƠ QUAN này", "declare this CƠ QUAN"),
            ));
        }
        found
    }

    fn unknown_sector(&mut self, name: &Named) {
        let wanted = Key::new(&name.text).toneless();
        let most = (wanted.chars().count() / 5).max(1);
        let near =
            self.registry.sectors.iter().map(|sector| (strsim::osa_distance(&wanted, &Key::new(&sector.name).toneless()), &sector.name));
        let near = near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, name)| name.as_str());
        let text = &name.text;
        let finding =
            Diagnostic::new(Code::KH1014, name.loc, msg!("Chưa khai ngành “{text}”", "Sector “{text}” is not declared")).quote(text);
        self.findings.push(fault::with_suggestion(finding, name.loc, near, msg!("khai NGÀNH {text}", "declare NGÀNH {text}")));
    }

    fn terms(&mut self, declarations: &Declarations) {
        for term in &declarations.terms {
            let mut lines = Vec::new();
            for line in &term.lines {
                let level = match &line.level {
                    Some(name) => match self.find_level(&Named { text: name.clone(), loc: term.loc }) {
                        Some(level) => Some(level),
                        None => continue,
                    },
                    None => None,
                };
                let kinds = line.unit_types.iter().map(|kind| Key::new(kind)).collect();
                lines.push(TermChoice { level, kinds, from_year: line.from_year, to: line.to.clone() });
            }
            self.registry.terms.push(Term { from: term.from.text.clone(), lines, loc: term.loc });
        }
    }
}

/// Fills the tables that only answer questions.
fn finish(registry: &mut Registry) {
    let mut below: Vec<Vec<UnitId>> = vec![Vec::new(); registry.units.len()];
    for (id, unit) in registry.units() {
        for (upper, _) in &unit.under {
            if below[upper.index()].last() != Some(&id) {
                below[upper.index()].push(id);
            }
        }
    }
    registry.units_below = below;
}

/// Says whether two names differ by so little that one must be meant for the other.
fn misspelt(known: &str, name: &str) -> bool {
    let same_words = Words::new(known).len() == Words::new(name).len();
    same_words && strsim::osa_distance(&Key::new(known).toneless(), &Key::new(name).toneless()) <= 2
}

fn level_key(name: &str) -> Key {
    let key = Key::new(name);
    key.as_str().strip_prefix("cấp ").map_or_else(|| key.clone(), Key::new)
}

/// Returns the time in which both hold; where they do not meet, the first.
fn within(a: Validity, b: Validity) -> Validity {
    if !a.overlaps(b) {
        return a;
    }
    let to = [a.to, b.to].into_iter().flatten().min();
    Validity { from: a.from.max(b.from), to }
}

fn add_kind(kinds: &mut Vec<Kind>, name: &str, level: LevelId, declared: bool) {
    let at = kinds.iter().position(|kind| kind.name == name).unwrap_or_else(|| {
        let words = Words::new(name).list.iter().map(|word| word.key.clone()).collect();
        kinds.push(Kind { name: name.to_owned(), words, levels: Vec::new() });
        kinds.len() - 1
    });
    let levels = &mut kinds[at].levels;
    match levels.iter_mut().find(|(other, _)| *other == level) {
        Some((_, was)) => *was |= declared,
        None => levels.push((level, declared)),
    }
    levels.sort_unstable();
}

fn add_unit(names: &mut super::registry::UnitNames, name: &str, unit: UnitId) {
    let words = Words::new(name);
    names.longest = names.longest.max(words.len());
    let units = names.units.entry(words.encode(0, words.len())).or_default();
    if units.last() != Some(&unit) {
        units.push(unit);
    }
}
