//! All names of agencies and groups, and what each means.

use std::collections::HashMap;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use super::words::{Words, decode, encode};
use super::{Body, LevelId, Validity};
use crate::base::{Date, toneless};

/// One meaning of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    pub(super) body: Body,
    pub(super) level: Option<LevelId>,
    pub(super) validity: Validity,
    /// Who said so: a name counts before an alias, an alias before what follows by rule.
    pub(super) rank: Rank,
}

/// How a name came to mean what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The declared name.
    Name,
    /// `Tên khác`.
    Alias,
    /// A form that follows from the name (`Thanh tra thị xã` from `Thanh tra huyện`, `Cơ quan liên quan` from `Các cơ quan liên quan`).
    Derived,
}

/// A name that stands in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit<'l> {
    /// First word.
    pub(super) start: usize,
    /// One past the last word.
    pub(super) end: usize,
    /// One past the last byte.
    pub(super) byte: usize,
    /// What it may mean; empty for words that open an institution (`UBND`, `Tỉnh ủy`).
    pub(super) senses: &'l [Sense],
}

/// Names, encoded as rows of words.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    ids: HashMap<String, usize>,
    patterns: Vec<String>,
    printed: Vec<String>,
    senses: Vec<Vec<Sense>>,
    /// Rows that open an institution.
    triggers: Vec<String>,
    automaton: OnceLock<Option<AhoCorasick>>,
    near: OnceLock<Vec<String>>,
}

impl Lexicon {
    /// Adds a meaning of a name. What follows by rule never stands beside what is declared.
    pub(super) fn add(&mut self, name: &str, sense: Sense) {
        let encoded = encode(name);
        if encoded.is_empty() {
            return;
        }
        let at = *self.ids.entry(encoded).or_insert_with_key(|encoded| {
            self.patterns.push(encoded.clone());
            self.printed.push(name.to_owned());
            self.senses.push(Vec::new());
            self.patterns.len() - 1
        });
        // suggestions may have been asked for while names still came
        self.near.take();
        let senses = &mut self.senses[at];
        let taken = |other: &Sense| other.rank < Rank::Derived && sense.rank == Rank::Derived && other.validity.overlaps(sense.validity);
        if !senses.iter().any(|other| other.body == sense.body || taken(other)) {
            senses.push(sense);
        }
    }

    /// Sets the words that open an institution.
    pub(super) fn set_triggers(&mut self, triggers: impl IntoIterator<Item = &'static str>) {
        self.triggers = triggers.into_iter().map(encode).collect();
    }

    /// Returns the meanings of an encoded name.
    pub(super) fn senses(&self, encoded: &str) -> &[Sense] {
        self.ids.get(encoded).map_or(&[], |at| self.senses[*at].as_slice())
    }

    /// Returns all names with what they mean, in the order of declaration.
    pub(super) fn names(&self) -> impl Iterator<Item = (&str, &str, &[Sense])> {
        let both = self.printed.iter().zip(&self.patterns).zip(&self.senses);
        both.map(|((printed, encoded), senses)| (printed.as_str(), encoded.as_str(), senses.as_slice()))
    }

    /// Returns the printed names without tones, in the order of [`Self::names`].
    pub(super) fn toneless(&self) -> &[String] {
        self.near.get_or_init(|| self.patterns.iter().map(|name| toneless(&decode(name).collect::<Vec<_>>().join(" "))).collect())
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        let build = || {
            let all = self.patterns.iter().chain(&self.triggers);
            let mut builder = AhoCorasickBuilder::new();
            builder.match_kind(MatchKind::LeftmostLongest).start_kind(StartKind::Both).kind(Some(AhoCorasickKind::ContiguousNFA));
            builder.build(all).ok()
        };
        self.automaton.get_or_init(build).as_ref()
    }

    /// Returns the longest name that begins with the word at `at`.
    pub(super) fn longest_at(&self, words: &Words, at: usize) -> Option<Hit<'_>> {
        self.search(words, at, Anchored::Yes).filter(|hit| !hit.senses.is_empty())
    }

    /// Returns the leftmost-longest name or opening of an institution from the word at `at` on.
    pub(super) fn next_from(&self, words: &Words, at: usize) -> Option<Hit<'_>> {
        self.search(words, at, Anchored::No)
    }

    fn search(&self, words: &Words, at: usize, anchored: Anchored) -> Option<Hit<'_>> {
        if at >= words.len() {
            return None;
        }
        let input = Input::new(words.encoded.as_str()).range(words.offset(at)..).anchored(anchored);
        let found = self.automaton()?.find(input)?;
        let (end, byte) = words.place(found.end());
        let senses = self.senses.get(found.pattern().as_usize()).map_or(&[] as &[Sense], Vec::as_slice);
        Some(Hit { start: words.at_offset(found.start()), end, byte, senses })
    }
}

/// Chooses among meanings: in force at the date before others, then of the level that is meant, then as declared. Says whether the
/// chosen one is in force; of those that are not, the nearest in time is chosen.
pub(super) fn choose(senses: &[Sense], date: Date, level: Option<LevelId>) -> Option<(Sense, bool)> {
    let order = |sense: &&Sense| (level.is_some() && sense.level != level, sense.rank, sense.level, sense.body);
    if let Some(sense) = senses.iter().filter(|sense| sense.validity.holds(date)).min_by_key(order) {
        return Some((*sense, true));
    }
    let ended = senses.iter().filter(|sense| sense.validity.to.is_some_and(|to| to < date)).max_by_key(|sense| sense.validity.to);
    let sense = ended.or_else(|| senses.iter().min_by_key(|sense| sense.validity.from))?;
    Some((*sense, false))
}
