//! One name in a list: known, abbreviated, completed from what stands in front.

use super::vocabulary::{GENERIC, QUANTIFIERS, ROLES};
use super::{Known, Reader};
use crate::agency::institution::capital;
use crate::agency::lexicon::{Sense, choose};
use crate::agency::search::one_of;
use crate::agency::words::{Gap, encode};
use crate::agency::{Body, LevelId, Registry};

impl Reader<'_, '_> {
    /// Reads a label in front of names: `Cơ quan tổng hợp: kiểm tra:`.
    pub(super) fn label_at(&self, at: usize) -> Option<(String, usize)> {
        if !matches!(self.words.gap(at), Gap::Break | Gap::Hard | Gap::Soft) {
            return None;
        }
        let role = |at: usize| ROLES.iter().any(|role| self.words.reads(at, role));
        let opens = |at: usize| {
            let body =
                self.words.reads(at, &["cơ", "quan"]) || self.words.reads(at, &["đơn", "vị"]) || self.words.reads(at, &["bộ", "phận"]);
            if body { role(at + 2) } else { role(at) }
        };
        let mut end = None;
        let mut from = at;
        while opens(from) {
            let colon = (from + 1..self.words.len().min(from + 12))
                .take_while(|n| !matches!(self.words.gap(*n), Gap::Hard | Gap::Break))
                .find(|n| self.words.gap(*n) == Gap::Colon);
            let Some(colon) = colon else { break };
            end = Some(colon);
            from = colon;
        }
        end.map(|end| (self.words.slice(at, end).to_owned(), end))
    }

    /// Reads the longest known name, with whose it is and what narrows it.
    pub(super) fn known_at(&self, at: usize) -> Option<Known> {
        let institution = self.registry.institution_at(self.words, at, self.date, true).map(|(body, next)| Known {
            body,
            next,
            end: self.words.end(next),
            in_force: true,
            head: None,
        });
        let named = self.registry.lexicon.longest_at(self.words, at).and_then(|hit| {
            let (sense, in_force) = choose(hit.senses, self.date, self.level)?;
            Some(Known { body: sense.body, next: hit.end, end: hit.byte, in_force, head: None })
        });
        let known = [institution, named].into_iter().flatten().max_by_key(|known| known.next);
        let short = self.abbreviation_from(at, known.as_ref().map_or(at, |known| known.next));
        let mut known = short.or(known)?;
        self.widen(&mut known);
        self.absorb(&mut known);
        self.widen(&mut known);
        Some(known)
    }

    /// Takes in the classes that an open group goes on with (`Các cơ quan, đơn vị, địa phương liên quan`).
    fn absorb(&self, known: &mut Known) {
        let open = matches!(known.body, Body::Group(id) if self.registry.group(id).open);
        while open && self.words.gap(known.next) == Gap::Soft {
            let Some(class) = GENERIC.iter().find(|class| self.words.reads(known.next, class)) else { return };
            if self.registry.lexicon.longest_at(self.words, known.next).is_some_and(|hit| hit.end > known.next + class.len()) {
                return;
            }
            known.next += class.len();
            known.end = self.words.end(known.next);
        }
    }

    /// Takes in what stands behind a name and says whose it is (`Phòng Nội vụ huyện Hoằng Hóa`) or narrows it (`liên quan`).
    fn widen(&self, known: &mut Known) {
        for _ in 0..3 {
            let wider = self.registry.extended(self.words, known.next, known.body, self.date);
            let Some(next) = wider.or_else(|| Registry::qualified(self.words, known.next)) else { break };
            (known.next, known.end) = (next, self.words.end(next));
        }
    }

    /// Reads an abbreviated name that reaches further than `than`.
    fn abbreviation_from(&self, at: usize, than: usize) -> Option<Known> {
        let caps = |to: usize| self.words.list[at..to].iter().any(|word| word.caps);
        self.ends_from(at).into_iter().rev().filter(|end| *end > than && caps(*end)).find_map(|end| {
            let (sense, in_force) = self.registry.abbreviated(self.words, at, end, None, self.date, self.level)?;
            Some(Known { body: sense.body, next: end, end: self.words.end(end), in_force, head: None })
        })
    }

    /// Returns the words behind which an item that begins at `at` can end, ascending.
    fn ends_from(&self, at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        for end in at + 1..=self.words.len().min(at + 16) {
            match self.words.gap(end) {
                Gap::Join if self.registry.narrows(self.words, end) => out.push(end),
                Gap::Join | Gap::Glue => {}
                Gap::Soft => out.push(end),
                Gap::Hard | Gap::Break | Gap::Colon | Gap::Open | Gap::Other | Gap::End => {
                    out.push(end);
                    break;
                }
            }
        }
        out
    }

    /// Reads a short name behind one of the words that stand in front of the list.
    pub(super) fn completed_by(&self, at: usize, heads: &[String], level: Option<LevelId>) -> Option<Known> {
        let fits = |senses: &[Sense]| {
            let agencies =
                senses.iter().filter(|sense| matches!(sense.body, Body::Agency(_)) && level.is_none_or(|level| sense.level == Some(level)));
            choose(&agencies.copied().collect::<Vec<_>>(), self.date, self.level)
        };
        let ends = self.ends_from(at);
        for exact in [true, false] {
            for end in ends.iter().rev() {
                for head in heads {
                    let row = encode(head) + &self.words.encode(at, *end);
                    let found = if exact { fits(self.registry.lexicon.senses(&row)) } else { self.begun_by(&row, at, *end, head, level) };
                    if let Some((sense, in_force)) = found {
                        return Some(Known {
                            body: sense.body,
                            next: *end,
                            end: self.words.end(*end),
                            in_force,
                            head: Some(capital(head)),
                        });
                    }
                }
            }
        }
        None
    }

    /// Returns the one agency that an abbreviation means, or whose name begins with the words.
    fn begun_by(&self, row: &str, at: usize, end: usize, head: &str, level: Option<LevelId>) -> Option<(Sense, bool)> {
        let list = self.words;
        let short: Vec<(&str, bool)> = list.list[at..end].iter().map(|word| (word.key.as_str(), word.caps)).collect();
        let agencies = |senses: &[Sense]| {
            let fits = |sense: &&Sense| matches!(sense.body, Body::Agency(_)) && level.is_none_or(|level| sense.level == Some(level));
            senses.iter().filter(fits).copied().collect::<Vec<_>>()
        };
        let abbreviated = agencies(&self.registry.by_abbreviation(list, at, end, Some(head)));
        if let Some(found) = one_of(&abbreviated, self.date, self.level) {
            return Some(found);
        }
        // a word of its own that opens a name, or a class, completes nothing
        let a_name = list.list[at].upper || short.len() > 1;
        if !a_name || self.is_class(at) {
            return None;
        }
        let mut longer: Vec<Sense> = Vec::new();
        for (_, _, senses) in self.registry.lexicon.names().filter(|(_, encoded, _)| encoded.starts_with(row)) {
            longer.extend(
                agencies(senses).into_iter().filter(|sense| !longer.iter().any(|other| other.body == sense.body)).collect::<Vec<_>>(),
            );
        }
        one_of(&longer, self.date, self.level).filter(|(_, in_force)| *in_force)
    }

    /// Reads what leaves out the words of the name in front: `cấp xã` behind `UBND cấp huyện`.
    pub(super) fn elided_at(&self, at: usize) -> Option<Known> {
        let (first, next, body) = self.last?;
        if self.words.gap(at) != Gap::Soft {
            return None;
        }
        match body {
            Body::Institution(institution, _) => {
                let (holder, end) = self.registry.holder_at(self.words, at, self.date)?;
                let holder_words = (first + 1..next).find(|n| self.registry.holder_at(self.words, *n, self.date).is_some());
                let head = holder_words.map(|n| self.words.slice(first, n).to_owned());
                let body = Body::Institution(institution, holder);
                Some(Known { body, next: end, end: self.words.end(end), in_force: true, head })
            }
            Body::Agency(_) => {
                let (_, end) = self.registry.level_at(self.words, at)?;
                let tail = |n: &usize| self.registry.level_at(self.words, *n).is_some() || self.registry.kind_at(self.words, *n).is_some();
                let kind = (first + 1..next).rev().find(tail)?;
                let stem = if self.words.key(kind - 1) == "cấp" { kind - 1 } else { kind };
                let row = self.words.encode(first, stem) + &self.words.encode(at, end);
                let (sense, in_force) = choose(self.registry.lexicon.senses(&row), self.date, self.level)?;
                let head = Some(self.words.slice(first, stem).to_owned());
                Some(Known { body: sense.body, next: end, end: self.words.end(end), in_force, head })
            }
            Body::Group(_) | Body::Open | Body::Unknown => None,
        }
    }

    pub(super) fn is_class(&self, at: usize) -> bool {
        QUANTIFIERS.iter().chain(&GENERIC).any(|class| self.words.reads(at, class))
    }
}
