//! Levels, from the top down.

use std::collections::HashMap;

use super::{Builder, Member};
use crate::agency::words::Words;
use crate::agency::{Digraph, Level, LevelDecl, LevelId, Named, Validity, fault};
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, msg};

impl Builder {
    pub(super) fn levels(&mut self, declared: &[LevelDecl]) {
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

    pub(super) fn unknown_level(&mut self, name: &Named) {
        let key = level_key(&name.text);
        let known: Vec<&str> = self.registry.levels.iter().map(|level| level.name.as_str()).collect();
        let near = known.iter().find(|level| strsim::osa_distance(&Key::new(level).toneless(), &key.toneless()) <= 1);
        let text = &name.text;
        let finding = Diagnostic::new(Code::KH1014, name.loc, msg!("Chưa khai cấp “{text}”", "Level “{text}” is not declared")).quote(text);
        self.findings.push(fault::with_suggestion(finding, name.loc, near.copied(), msg!("khai CẤP {text}", "declare CẤP {text}")));
    }

    pub(super) fn find_level(&mut self, name: &Named) -> Option<LevelId> {
        let found = self.registry.find_level(&name.text);
        if found.is_none() {
            self.unknown_level(name);
        }
        found
    }
}

pub(super) fn level_key(name: &str) -> Key {
    let key = Key::new(name);
    key.as_str().strip_prefix("cấp ").map_or_else(|| key.clone(), Key::new)
}
