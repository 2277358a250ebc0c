//! Units: type word and name, level, what they lie below, who succeeds them.

use std::collections::HashMap;

use super::{Builder, Member};
use crate::agency::institution::{Kind, known_kinds};
use crate::agency::registry::UnitNames;
use crate::agency::words::Words;
use crate::agency::{Declarations, LevelId, Named, Unit, UnitDecl, UnitHeir, UnitId, Validity, fault};
use crate::base::{Date, Key, Loc};
use crate::diag::{Code, Diagnostic, msg};

/// Cities that stand directly below the state.
const CENTRAL_CITIES: [&str; 6] = ["Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"];

impl Builder {
    /// Gathers the type words of units: those known, and the levels' own names.
    pub(super) fn kinds(&mut self) {
        let mut kinds: Vec<Kind> = Vec::new();
        for (id, level) in self.registry.levels() {
            for name in std::iter::once(level.name.as_str()).chain(known_kinds(&level.name).iter().copied()) {
                add_kind(&mut kinds, name, id, false);
            }
        }
        self.registry.kinds = kinds;
    }

    pub(super) fn units(&mut self, declarations: &Declarations) {
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
            let mut successors: Vec<UnitHeir> = Vec::new();
            for name in &unit.successors {
                let day = unit.validity.to.map(Date::tomorrow);
                match find(name, at, Validity { from: day, to: day }) {
                    Some(heir) => add_heir(&mut successors, UnitHeir { unit: heir, part: false, loc: name.loc }),
                    None => unknown.push((name, unit)),
                }
            }
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
        for (at, unit) in declared.iter().enumerate() {
            let day = unit.validity.from.map(Date::yesterday);
            for before in &unit.predecessors {
                match find(&before.unit, at, Validity { from: day, to: day }) {
                    Some(of) => {
                        let heir = UnitHeir { unit: UnitId::new(at), part: before.part, loc: before.unit.loc };
                        add_heir(&mut self.registry.units[of.index()].successors, heir);
                    }
                    None => unknown.push((&before.unit, unit)),
                }
            }
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
}

/// Returns the time in which both hold; where they do not meet, the first.
pub(super) fn within(a: Validity, b: Validity) -> Validity {
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

fn add_heir(heirs: &mut Vec<UnitHeir>, heir: UnitHeir) {
    if !heirs.iter().any(|other| other.unit == heir.unit) {
        heirs.push(heir);
    }
}

fn add_unit(names: &mut UnitNames, name: &str, unit: UnitId) {
    let words = Words::new(name);
    names.longest = names.longest.max(words.len());
    let units = names.units.entry(words.encode(0, words.len())).or_default();
    if units.last() != Some(&unit) {
        units.push(unit);
    }
}
