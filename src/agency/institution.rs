//! The institutions that each unit has by rule: how documents name them, and how they are read.

use super::words::{Gap, Words};
use super::{Body, Holder, Institution, LevelId, Registry, UnitId};
use crate::base::Date;

/// Words that open an institution's name, for the automaton.
pub(super) const OPENINGS: [&str; 14] = [
    "ubnd",
    "ủy ban nhân dân",
    "chủ tịch",
    "hđnd",
    "hội đồng nhân dân",
    "thường trực",
    "ban thường vụ",
    "btv",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "thị ủy",
    "quận ủy",
    "đảng ủy",
];

/// Unit types that Vietnamese law knows, by the level that has them.
const KNOWN_KINDS: [(&str, &[&str]); 3] = [
    ("tỉnh", &["tỉnh", "thành phố"]),
    ("huyện", &["huyện", "quận", "thị xã", "thành phố"]),
    ("xã", &["xã", "phường", "thị trấn", "đặc khu"]),
];

/// The short word for a unit type in the party's names.
const PARTY_KINDS: [(&str, &str); 5] = [("tỉnh", "tỉnh"), ("thành", "thành phố"), ("huyện", "huyện"), ("thị", "thị xã"), ("quận", "quận")];

/// A unit type with the levels that have it.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    /// `thị xã`
    pub(super) name: String,
    /// Its words.
    pub(super) words: Vec<String>,
    /// Levels, from the top down; whether a unit of that type is declared there.
    pub(super) levels: Vec<(LevelId, bool)>,
}

/// Returns the unit types of a level's name that are known without being declared.
pub(super) fn known_kinds(level: &str) -> &'static [&'static str] {
    KNOWN_KINDS.iter().find(|(name, _)| *name == level).map_or(&[], |(_, kinds)| kinds)
}

impl Registry {
    /// Reads the institution whose name begins with the word at `at`, and the word behind it. `bare` says that `các xã, thị trấn` alone
    /// means their UBND, as it does in a list of bodies.
    pub(super) fn institution_at(&self, words: &Words, at: usize, date: Date, bare: bool) -> Option<(Body, usize)> {
        let (institution, next) = match opening(words, at) {
            Some((Institution::PartyStanding | Institution::Party, next)) => {
                let standing = next > at;
                let (holder, end) = self.party_at(words, next, date)?;
                let institution = if standing { Institution::PartyStanding } else { Institution::Party };
                return Some((Body::Institution(institution, holder), end));
            }
            Some(found) => found,
            None if bare && words.reads(at, &["các"]) => {
                let (holder, end) = self.holder_at(words, at, date)?;
                return Some((Body::Institution(Institution::Committee, holder), end));
            }
            None => return None,
        };
        if words.gap(next) == Gap::Join {
            let (holder, end) = self.holder_at(words, next, date)?;
            return Some((Body::Institution(institution, holder), end));
        }
        // `HĐND, UBND tỉnh`: the holder stands behind the last
        let shared = matches!(words.gap(next), Gap::Soft | Gap::Glue) && opening(words, next).is_some();
        let (Body::Institution(_, holder), _) = shared.then(|| self.institution_at(words, next, date, false))?? else { return None };
        Some((Body::Institution(institution, holder), next))
    }

    /// Reads whose institution it is: `cấp xã`, `các xã, thị trấn`, `huyện`, `huyện Hoằng Hóa`, `các cấp`.
    pub(super) fn holder_at(&self, words: &Words, at: usize, date: Date) -> Option<(Holder, usize)> {
        if words.reads(at, &["các", "cấp"]) {
            return Some((Holder::All, at + 2));
        }
        if let Some((level, end)) = self.level_at(words, at) {
            return Some((Holder::Level(level), end));
        }
        let many = words.key(at) == "các" || words.key(at).bytes().all(|b| b.is_ascii_digit()) && !words.key(at).is_empty();
        let first = if many { at + 1 } else { at };
        if many && words.gap(first) != Gap::Join {
            return None;
        }
        if !many && let Some((unit, end)) = self.unit_at(words, at, date) {
            return Some((Holder::Unit(unit), end));
        }
        let (kind, mut end) = self.kind_at(words, first)?;
        let mut levels = kind.levels.clone();
        while matches!(words.gap(end), Gap::Soft | Gap::Glue) {
            let Some((kind, next)) = self.kind_at(words, end) else { break };
            let shared: Vec<_> = levels.iter().filter(|(level, _)| kind.levels.iter().any(|(other, _)| other == level)).copied().collect();
            if shared.is_empty() || self.unit_at(words, end, date).is_some() {
                break;
            }
            (levels, end) = (shared, next);
        }
        // a proper name that no unit has: somebody else's institution
        let next = words.list.get(end);
        if words.gap(end) == Gap::Join && next.is_some_and(|word| word.upper) && !words.list[end - 1].caps {
            return None;
        }
        let order = |(level, declared): &&(LevelId, bool)| (self.level(*level).validity.holds(date), *declared, *level);
        levels.iter().max_by_key(order).map(|(level, _)| (Holder::Level(*level), end))
    }

    /// Reads `cấp huyện`.
    pub(super) fn level_at(&self, words: &Words, at: usize) -> Option<(LevelId, usize)> {
        if words.key(at) != "cấp" {
            return None;
        }
        let reads = |level: &[String]| {
            level.iter().enumerate().all(|(n, word)| words.key(at + 1 + n) == word && words.gap(at + 1 + n) == Gap::Join)
        };
        let (level, end) = self
            .level_words
            .iter()
            .filter(|(_, level)| reads(level))
            .map(|(id, level)| (*id, at + 1 + level.len()))
            .max_by_key(|(_, end)| *end)?;
        Some((level, end))
    }

    /// Reads a unit type.
    pub(super) fn kind_at(&self, words: &Words, at: usize) -> Option<(&Kind, usize)> {
        let reads = |kind: &Kind| {
            kind.words.iter().enumerate().all(|(n, word)| words.key(at + n) == word && (n == 0 || words.gap(at + n) == Gap::Join))
        };
        let kind = self.kinds.iter().filter(|kind| reads(kind)).max_by_key(|kind| kind.words.len())?;
        Some((kind, at + kind.words.len()))
    }

    /// Reads a unit's name with its type word, the longest that is known.
    pub(super) fn unit_at(&self, words: &Words, at: usize, date: Date) -> Option<(UnitId, usize)> {
        self.unit_among(words, at, date, &self.unit_names, |_| true)
    }

    /// Reads a unit's name without its type word, of a level and where one is given of a type.
    pub(super) fn proper_at(&self, words: &Words, at: usize, date: Date, level: LevelId, kind: Option<&str>) -> Option<(UnitId, usize)> {
        self.unit_among(words, at, date, &self.unit_propers, |id| {
            let unit = self.unit(id);
            unit.level == level && kind.is_none_or(|kind| unit.kind == kind)
        })
    }

    fn unit_among(
        &self,
        words: &Words,
        at: usize,
        date: Date,
        names: &super::registry::UnitNames,
        fits: impl Fn(UnitId) -> bool,
    ) -> Option<(UnitId, usize)> {
        let inside = |n: usize| n == at || matches!(words.gap(n), Gap::Join | Gap::Glue);
        let most = (at..words.len().min(at + names.longest)).take_while(|n| inside(*n)).count();
        let mut row = words.encode(at, at + most);
        for end in (at + 1..=at + most).rev() {
            if let Some(units) = names.units.get(&row) {
                let fitting = || units.iter().copied().filter(|id| fits(*id));
                let found = fitting().find(|id| self.unit(*id).validity.holds(date)).or_else(|| fitting().next());
                if let Some(unit) = found {
                    return Some((unit, end));
                }
            }
            row.truncate(row.rfind('\u{1}').unwrap_or(0));
        }
        None
    }

    fn party_at(&self, words: &Words, at: usize, date: Date) -> Option<(Holder, usize)> {
        let at = if words.reads(at, &["các"]) && words.gap(at + 1) == Gap::Join { at + 1 } else { at };
        if words.reads(at, &["đảng", "ủy"]) && words.gap(at + 2) == Gap::Join {
            return self.holder_at(words, at + 2, date);
        }
        if words.reads(at, &["cấp", "ủy"]) && words.gap(at + 2) == Gap::Join {
            return match self.holder_at(words, at + 2, date)? {
                found @ (Holder::All | Holder::Level(_), _) => Some(found),
                (Holder::Unit(_), _) => None,
            };
        }
        let kind_of = |at: usize| {
            let short = words.reads(at + 1, &["ủy"]) && words.gap(at + 1) == Gap::Join;
            let (_, kind) = PARTY_KINDS.iter().find(|(word, _)| short && words.key(at) == *word)?;
            self.kinds.iter().find(|known| known.name == *kind)
        };
        let kind = kind_of(at)?;
        let order = |(level, declared): &&(LevelId, bool)| (self.level(*level).validity.holds(date), *declared, *level);
        let (mut level, _) = *kind.levels.iter().max_by_key(order)?;
        let mut end = at + 2;
        if words.gap(end) == Gap::Join {
            let named = kind.levels.iter().find_map(|(level, _)| self.proper_at(words, end, date, *level, Some(&kind.name)));
            if let Some((unit, end)) = named {
                return Some((Holder::Unit(unit), end));
            }
        }
        while matches!(words.gap(end), Gap::Soft | Gap::Glue) {
            let Some(next) = kind_of(end) else { break };
            let shared = kind.levels.iter().filter(|(level, _)| next.levels.iter().any(|(other, _)| other == level)).max_by_key(order);
            let Some((shared, _)) = shared else { break };
            (level, end) = (*shared, end + 2);
        }
        Some((Holder::Level(level), end))
    }

    /// Returns the institution that the whole text names.
    pub(super) fn whole_institution(&self, words: &Words, date: Date) -> Option<Body> {
        let (body, end) = self.institution_at(words, 0, date, true)?;
        (end == words.len()).then_some(body)
    }

    /// Returns an institution's name as a document of `unit` prints it.
    pub(super) fn institution_name(&self, institution: Institution, holder: Holder, unit: Option<UnitId>) -> String {
        let party = |kind: &str, rest: &str| {
            let name = match kind {
                "tỉnh" => "Tỉnh ủy".to_owned(),
                "thành phố" => "Thành ủy".to_owned(),
                "huyện" => "Huyện ủy".to_owned(),
                "thị xã" => "Thị ủy".to_owned(),
                "quận" => "Quận ủy".to_owned(),
                other => format!("Đảng ủy {other}"),
            };
            if rest.is_empty() { name } else { format!("{name} {rest}") }
        };
        // the kind and proper name to print, or a phrase for a whole class
        let (kind, proper, class) = match holder {
            Holder::All => (String::new(), String::new(), Some("các cấp".to_owned())),
            Holder::Unit(id) if unit == Some(id) => (self.unit(id).kind.clone(), String::new(), None),
            Holder::Unit(id) => (self.unit(id).kind.clone(), self.unit(id).proper.clone(), None),
            Holder::Level(level) => match unit.and_then(|unit| self.upper_kind(unit, level)) {
                Some(kind) => (kind, String::new(), None),
                None if self.level(level).under.is_empty() => (self.level(level).name.clone(), String::new(), None),
                None => (self.level(level).name.clone(), String::new(), Some(format!("cấp {}", self.level(level).name))),
            },
        };
        let place = class.clone().unwrap_or_else(|| if proper.is_empty() { kind.clone() } else { format!("{kind} {proper}") });
        match institution {
            Institution::Committee => format!("UBND {place}"),
            Institution::Chair => format!("Chủ tịch UBND {place}"),
            Institution::Council => format!("HĐND {place}"),
            Institution::Party | Institution::PartyStanding => {
                let name = match (&class, known_party(&kind)) {
                    (Some(class), _) if holder == Holder::All => format!("cấp ủy {class}"),
                    (Some(class), false) => format!("Đảng ủy {class}"),
                    _ => party(&kind, &proper),
                };
                if institution == Institution::Party { capital(&name) } else { format!("Ban Thường vụ {name}") }
            }
        }
    }

    /// Returns the type word of the unit itself or of the one above it at a level; `None` where none is.
    fn upper_kind(&self, unit: UnitId, level: LevelId) -> Option<String> {
        let mut at = unit;
        for _ in 0..=self.levels.len() {
            if self.unit(at).level == level {
                return Some(self.unit(at).kind.clone());
            }
            at = self.unit(at).under.first()?.0;
        }
        None
    }
}

fn known_party(kind: &str) -> bool {
    PARTY_KINDS.iter().any(|(_, known)| *known == kind)
}

/// Returns the text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Reads the words that open an institution's name, and the word behind them. For the party's names the word behind is where its own
/// name begins: the same word where nothing stands in front of it.
fn opening(words: &Words, at: usize) -> Option<(Institution, usize)> {
    let committee = |at: usize| {
        let short = words.reads(at, &["ubnd"]).then_some(at + 1);
        short.or_else(|| words.reads(at, &["ủy", "ban", "nhân", "dân"]).then_some(at + 4))
    };
    let council = |at: usize| {
        let short = words.reads(at, &["hđnd"]).then_some(at + 1);
        short.or_else(|| words.reads(at, &["hội", "đồng", "nhân", "dân"]).then_some(at + 4))
    };
    let joined = |at: usize| words.gap(at) == Gap::Join;
    if words.reads(at, &["chủ", "tịch"]) && joined(at + 2) {
        return committee(at + 2).map(|next| (Institution::Chair, next));
    }
    if words.reads(at, &["thường", "trực"]) && joined(at + 2) {
        return council(at + 2).map(|next| (Institution::Council, next)).or_else(|| party(words, at + 2));
    }
    if words.reads(at, &["ban", "thường", "vụ"]) && joined(at + 3) {
        return party(words, at + 3);
    }
    if words.reads(at, &["btv"]) && joined(at + 1) {
        return party(words, at + 1);
    }
    let found = committee(at).map(|next| (Institution::Committee, next)).or_else(|| council(at).map(|next| (Institution::Council, next)));
    found.or_else(|| party(words, at))
}

fn party(words: &Words, at: usize) -> Option<(Institution, usize)> {
    let from = if words.reads(at, &["các"]) { at + 1 } else { at };
    let second = words.key(from + 1) == "ủy" && words.gap(from + 1) == Gap::Join;
    let first = PARTY_KINDS.iter().any(|(word, _)| *word == words.key(from)) || matches!(words.key(from), "đảng" | "cấp");
    (first && second).then_some((Institution::Party, at))
}
