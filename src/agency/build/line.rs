//! Sectors, groups and terms: lines that say what holds at each level.

use super::Builder;
use crate::agency::entry::{Line, Term, TermChoice};
use crate::agency::lexicon::{Rank, Sense};
use crate::agency::words::{Words, encode};
use crate::agency::{Body, Declarations, Group, GroupId, LevelId, LevelLine, Named, Sector, SectorId, Validity, fault};
use crate::base::{Date, Key};
use crate::diag::{Code, Diagnostic, msg};

impl Builder {
    pub(super) fn groups(&mut self, declarations: &Declarations) {
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
        // `Các sở, ban, ngành cấp tỉnh` is also named without its level
        let class = (2..words.len()).find(|at| self.registry.level_at(&words, *at).is_some_and(|(_, end)| end == words.len()));
        if let Some(class) = class {
            // while its level is in force: another level may have a group of that name later
            let validity = level.map_or_else(Validity::default, |level| self.registry.level(level).validity);
            self.registry.lexicon.add(words.slice(0, class), Sense { validity, ..sense(Rank::Derived) });
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

    pub(super) fn sectors(&mut self, declarations: &Declarations) {
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

    pub(super) fn unknown_sector(&mut self, name: &Named) {
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

    pub(super) fn terms(&mut self, declarations: &Declarations) {
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

/// Says whether two names differ by so little that one must be meant for the other.
fn misspelt(known: &str, name: &str) -> bool {
    let same_words = Words::new(known).len() == Words::new(name).len();
    same_words && strsim::osa_distance(&Key::new(known).toneless(), &Key::new(name).toneless()) <= 2
}
