//! Agencies: names and the forms that follow from them, what they are part of, who succeeds them.

use std::collections::HashMap;

use super::unit::within;
use super::{Builder, Member};
use crate::agency::institution::{Kind, OPENINGS};
use crate::agency::lexicon::{Rank, Sense};
use crate::agency::words::{Words, encode};
use crate::agency::{Agency, AgencyId, Body, Declarations, LevelId, Named, Validity, fault};
use crate::base::{Date, Key};
use crate::diag::{Code, Diagnostic, msg};

impl Builder {
    pub(super) fn agencies(&mut self, declarations: &Declarations) {
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

    /// Finds the agencies that others name under `Thuộc` and `Kế tục`.
    pub(super) fn agency_links(&mut self, declarations: &Declarations) {
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
}
