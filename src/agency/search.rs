//! Names looked for: in free text, one by one, by abbreviation, and the nearest to a misspelt one.

use super::lexicon::{Sense, choose};
use super::words::{Gap, Words, decode};
use super::{Body, Found, Holder, LevelId, Match, Registry};
use crate::base::{Date, Key, toneless};

/// Words behind a group's name that narrow it and leave it the same group.
const QUALIFIERS: [&[&str]; 2] = [&["có", "liên", "quan"], &["liên", "quan"]];

/// Words between a body and whose it is.
const OF: [&[&str]; 6] = [&["trực", "thuộc"], &["trên", "địa", "bàn"], &["của"], &["thuộc"], &["tại"], &["trong"]];

impl Registry {
    /// Returns the bodies named in free text, leftmost-longest, not overlapping, whole words. A name with its unit or level behind it
    /// (`Phòng Nội vụ huyện Hoằng Hóa`) is found with them; `liên quan` behind a group is not part of what is found.
    pub fn find_names(&self, text: &str, date: Date) -> Vec<Found> {
        self.found.answer(date, text, || self.find_new_names(text, date))
    }

    fn find_new_names(&self, text: &str, date: Date) -> Vec<Found> {
        let words = Words::new(text);
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(hit) = self.lexicon.next_from(&words, at) {
            let start = words.start(hit.start);
            let found = match choose(hit.senses, date, None) {
                Some((sense, _)) => {
                    // what stands behind `của`, `thuộc` is found and translated by itself
                    let alone = matches!(sense.body, Body::Group(_)) && OF.iter().any(|of| words.reads(hit.end, of));
                    let end = if alone { None } else { self.extended(&words, hit.end, sense.body, date) }.unwrap_or(hit.end);
                    Some((sense.body, end, hit.byte.max(words.end(end))))
                }
                None if in_symbol(&words, hit.start) => None,
                None => self.institution_at(&words, hit.start, date, false).map(|(body, end)| (body, end, words.end(end))),
            };
            match found {
                Some((body, next, end)) => {
                    out.push(Found { start, end, body });
                    at = next;
                }
                None => at = hit.start + 1,
            }
        }
        out
    }

    /// Returns the word behind the level or unit that follows a name and says whose it is; `None` where nothing of that kind follows.
    pub(super) fn extended(&self, words: &Words, end: usize, body: Body, date: Date) -> Option<usize> {
        if words.gap(end) != Gap::Join {
            return None;
        }
        let of = OF.iter().find(|of| words.reads(end, of)).map_or(0, |of| of.len());
        let at = end + of;
        if of > 0 && words.gap(at) != Gap::Join {
            return None;
        }
        let own = self.level_of(body);
        let fits = |level: LevelId| own.is_none_or(|own| own == level);
        match body {
            Body::Agency(_) if of > 1 => None,
            Body::Group(_) if of > 0 => {
                let office = self.institution_at(words, at, date, false);
                let place =
                    self.holder_at(words, at, date).map(|(holder, end)| (Body::Institution(super::Institution::Committee, holder), end));
                let found = office.or(place).filter(|(body, _)| self.level_of(*body).is_none_or(fits));
                found.map(|(_, end)| end)
            }
            Body::Agency(_) | Body::Group(_) => {
                if let Body::Group(_) = body
                    && let Some((office, end)) = self.institution_at(words, at, date, false)
                {
                    return self.level_of(office).is_none_or(fits).then_some(end);
                }
                match self.holder_at(words, at, date) {
                    Some((Holder::Level(level), end)) if fits(level) => Some(end),
                    Some((Holder::Unit(unit), end)) if fits(self.unit(unit).level) => Some(end),
                    Some((Holder::Level(_) | Holder::Unit(_) | Holder::All, _)) => None,
                    None => self.proper_at(words, at, date, own?, None).map(|(_, end)| end),
                }
            }
            Body::Institution(..) if of == 0 => None,
            Body::Institution(..) => self.holder_at(words, at, date).map(|(_, end)| end),
            Body::Open | Body::Unknown => None,
        }
    }

    /// Returns the word behind `liên quan` or `có liên quan`, where that follows.
    pub(super) fn qualified(words: &Words, end: usize) -> Option<usize> {
        let joined = words.gap(end) == Gap::Join;
        QUALIFIERS.iter().find(|phrase| joined && words.reads(end, phrase)).map(|phrase| end + phrase.len())
    }

    /// Says whether words that narrow a name, or say whose it is, begin at a word.
    pub(super) fn narrows(&self, words: &Words, at: usize) -> bool {
        QUALIFIERS.iter().chain(&OF).any(|phrase| words.reads(at, phrase)) || self.level_at(words, at).is_some()
    }

    /// Returns the words behind a group's name that narrow it (`liên quan`, `có liên quan`), as printed: a translation keeps them.
    pub fn qualifier_of<'t>(&self, text: &'t str) -> Option<&'t str> {
        let words = Words::new(text);
        let n = words.len();
        let phrase = QUALIFIERS.iter().find(|phrase| n > phrase.len() && words.reads(n - phrase.len(), phrase))?;
        Some(words.slice(n - phrase.len(), n))
    }

    /// Returns all that bears a name, over all dates: agencies (by name, alias, abbreviation or code), groups, institutions, units'
    /// institutions. In the order of the registry; empty for a name that nothing bears.
    pub fn look_up(&self, name: &str) -> Vec<Match> {
        let words = Words::new(name);
        let mut bodies: Vec<Body> = Vec::new();
        // a type word such as `thành phố` can mean another level at another time
        let times = [Date::first_of_year(1), Date::last_of_year(9999)];
        bodies.extend(times.iter().filter_map(|date| self.whole_institution(&words, *date)));
        if let Some(hit) = self.lexicon.longest_at(&words, 0) {
            let whole = |sense: &&Sense| {
                hit.end == words.len() || times.iter().any(|date| self.extended(&words, hit.end, sense.body, *date) == Some(words.len()))
            };
            bodies.extend(hit.senses.iter().filter(whole).map(|sense| sense.body));
        }
        if bodies.is_empty() {
            bodies.extend(self.find_agency(name).map(Body::Agency));
            bodies.extend(self.by_abbreviation(&words, 0, words.len(), None).iter().map(|sense| sense.body));
        }
        bodies.sort_unstable();
        bodies.dedup();
        let loc = |body: Body| match body {
            Body::Agency(id) => Some(self.agency(id).loc),
            Body::Group(id) => Some(self.group(id).loc),
            Body::Institution(..) | Body::Open | Body::Unknown => None,
        };
        bodies.into_iter().map(|body| Match { body, validity: self.validity_of(body), loc: loc(body) }).collect()
    }

    /// Returns the meanings of all names that the words `from..to` abbreviate behind `head`: a word in capitals stands for the words
    /// whose first letters it holds (`TB&XH`, `QLKKT`), `VP` and the like included.
    pub(super) fn by_abbreviation(&self, words: &Words, from: usize, to: usize, head: Option<&str>) -> Vec<Sense> {
        let short: Vec<(&str, bool)> = words.list[from..to].iter().map(|word| (word.key.as_str(), word.caps)).collect();
        if !short.iter().any(|(_, caps)| *caps) {
            return Vec::new();
        }
        let mut out: Vec<Sense> = Vec::new();
        for (_, encoded, senses) in self.lexicon.names() {
            let mut full = decode(encoded);
            if head.is_some_and(|head| full.next() != Some(head)) {
                continue;
            }
            let full: Vec<&str> = full.collect();
            if abbreviates(&short, &full) {
                out.extend(senses.iter().filter(|sense| !out.iter().any(|other| other.body == sense.body)).copied().collect::<Vec<_>>());
            }
        }
        out
    }

    /// Returns the one body that the words abbreviate; `None` where several in force fit.
    pub(super) fn abbreviated(
        &self,
        words: &Words,
        from: usize,
        to: usize,
        head: Option<&str>,
        date: Date,
        level: Option<LevelId>,
    ) -> Option<(Sense, bool)> {
        let senses = self.by_abbreviation(words, from, to, head);
        one_of(&senses, date, level)
    }

    /// Returns the nearest known name, tones ignored, where one is near.
    ///
    /// Near is: at most one letter in five differs, or the name begins with all the words given, or is them behind one word more.
    pub fn suggest(&self, name: &str) -> Option<String> {
        self.near_names(name).into_iter().next()
    }

    /// Returns the nearest known name like [`Registry::suggest`], or all names that begin with the words given; in declared order, each body
    /// once.
    pub fn suggestions(&self, name: &str) -> Vec<String> {
        let mut out = self.near_names(name);
        // of several names of one body the first is enough
        let mut seen: Vec<Body> = Vec::new();
        out.retain(|printed| {
            let bodies: Vec<Body> = self.look_up(printed).into_iter().map(|found| found.body).collect();
            let new = bodies.is_empty() || bodies.iter().any(|body| !seen.contains(body));
            seen.extend(bodies);
            new
        });
        out
    }

    /// Returns the names that may be meant. Looks nothing up: it is asked while the registry is still being built.
    fn near_names(&self, name: &str) -> Vec<String> {
        let key = Key::new(name);
        let wanted = toneless(&Words::new(name).list.iter().map(|word| word.key.as_str()).collect::<Vec<_>>().join(" "));
        let length = wanted.chars().count();
        if length < 3 {
            return Vec::new();
        }
        let most = (length / 5).clamp(1, 6);
        let near = |other: &str| {
            // distances cost more than lengths
            let gap = other.chars().count().abs_diff(length);
            (gap <= most).then(|| strsim::osa_distance(&wanted, other)).filter(|distance| *distance <= most)
        };
        let declared = self.lexicon.names().zip(self.lexicon.toneless());
        let declared = declared.filter_map(|((printed, ..), other)| Some((near(other)?, printed.to_owned())));
        let by_rule = self.rule_names().into_iter().filter_map(|name| Some((near(&toneless(&name))?, name)));
        let toned = |printed: &str| strsim::osa_distance(key.as_str(), Key::new(printed).as_str());
        let chosen = declared.chain(by_rule).min_by_key(|(distance, printed)| (*distance, toned(printed))).map(|(_, printed)| printed);
        let mut out: Vec<String> = chosen.into_iter().collect();
        if out.is_empty() && Words::new(name).len() >= 2 {
            // the beginning of a longer name, or a name without its first word (`Tài chính` for `Sở Tài chính`)
            let (longer, tail) = (format!("{wanted} "), format!(" {wanted}"));
            let begins = |other: &str| other.starts_with(&longer);
            let ends = |other: &str| other.strip_suffix(&tail).is_some_and(|head| !head.contains(' '));
            let names = || self.lexicon.names().zip(self.lexicon.toneless());
            out.extend(names().filter(|(_, other)| begins(other)).map(|((printed, ..), _)| printed.to_owned()));
            if out.is_empty() {
                out.extend(names().find(|(_, other)| ends(other)).map(|((printed, ..), _)| printed.to_owned()));
            }
        }
        out
    }

    /// Returns the sectors whose names are nearly the one given, tones ignored, or hold its words; in declared order.
    pub fn suggest_sectors(&self, name: &str) -> Vec<String> {
        let wanted = toneless(Key::new(name).as_str());
        let most = (wanted.chars().count() / 5).clamp(1, 4);
        let fits = |other: &str| {
            let other = toneless(Key::new(other).as_str());
            (wanted.len() >= 3 && other.contains(&wanted)) || strsim::osa_distance(&wanted, &other) <= most
        };
        self.sectors().map(|(_, sector)| sector.name.clone()).filter(|name| fits(name)).collect()
    }

    /// Returns the nearest name of a unit, tones ignored, where one is near.
    pub fn suggest_unit(&self, name: &str) -> Option<String> {
        let wanted = toneless(Key::new(name).as_str());
        let length = wanted.chars().count();
        if length < 3 {
            return None;
        }
        let most = (length / 5).clamp(1, 4);
        let distance = |other: &str| {
            let gap = other.len().abs_diff(wanted.len());
            (gap <= most).then(|| strsim::osa_distance(&wanted, other)).filter(|distance| *distance <= most)
        };
        let near = self.units.iter().filter_map(|unit| {
            let named = distance(&toneless(&unit.name)).map(|distance| (distance, unit.name.as_str()));
            let proper = distance(&toneless(&unit.proper)).map(|distance| (distance, unit.name.as_str()));
            let coded = distance(&toneless(&unit.code)).map(|distance| (distance, unit.code.as_str()));
            named.or(proper).or(coded)
        });
        near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name.to_owned())
    }

    /// Names that exist by rule at each level.
    fn rule_names(&self) -> Vec<String> {
        use super::Institution::{Chair, Committee, Council, Party, PartyStanding};
        let levels = self.levels().map(|(id, _)| Holder::Level(id)).chain([Holder::All]);
        levels
            .flat_map(|holder| [Committee, Chair, Council, PartyStanding, Party].map(|it| self.institution_name(it, holder, None)))
            .collect()
    }
}

/// Returns the one body among meanings, those in force first; `None` where several remain.
pub(super) fn one_of(senses: &[Sense], date: Date, level: Option<LevelId>) -> Option<(Sense, bool)> {
    let (best, holds) = choose(senses, date, level)?;
    let rival =
        |other: &Sense| other.body != best.body && other.validity.holds(date) == holds && (level.is_none() || other.level == best.level);
    (!senses.iter().any(rival)).then_some((best, holds))
}

/// `QĐ-UBND` is part of a document's symbol and names nobody.
fn in_symbol(words: &Words, at: usize) -> bool {
    let before = &words.text[..words.start(at)];
    before.ends_with(['-', '/', '–']) && at > 0 && !matches!(words.key(at - 1), "hđnd" | "dân")
}

/// Says whether a row of words stands for a longer one. A word in capitals stands for as many words as it has letters.
fn abbreviates(short: &[(&str, bool)], full: &[&str]) -> bool {
    let Some(((word, caps), rest)) = short.split_first() else { return full.is_empty() };
    if full.first() == Some(word) && abbreviates(rest, &full[1..]) {
        return true;
    }
    let letters = word.chars().count();
    *caps
        && letters <= full.len()
        && word.chars().zip(full).all(|(letter, word)| word.chars().next().is_some_and(|first| first_letter(first) == first_letter(letter)))
        && abbreviates(rest, &full[letters..])
}

/// A letter as abbreviations write it: `Ủ` as `u`, `Đ` as `đ`.
fn first_letter(letter: char) -> char {
    if letter == 'đ' { 'đ' } else { toneless(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(letter) }
}
