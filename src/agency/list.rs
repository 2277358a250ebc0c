//! Lists of bodies as cells and fields write them.
//!
//! Names hold the very marks that part items (`Sở Văn hóa, Thể thao và Du lịch`), so a list is read from left to right, the longest known
//! name first, and split only where a name has ended. What stands behind a name is its sector, its duty or a narrowing; a class in front
//! of `:` lends its first word to the short names behind it.

mod name;
mod vocabulary;

use self::vocabulary::DUTIES;
use super::words::{Gap, Word, Words};
use super::{AgencyId, Body, LevelId, Listed, Registry, SectorId, Trouble};
use crate::base::Date;

impl Registry {
    /// Reads the text of one list item or one-line list of bodies (LANGUAGE sections 1 and 7): longest known name first, separators `;`,
    /// `,`, `và`, ` - `; prefix lists (`Các Sở: Nội vụ, Tài chính`), brackets, elisions, abbreviations, duties, labels in front. `item`
    /// says that the text is a `-` item, in which `;` ends no duty. Never empty for text that is not blank.
    pub fn read_list(&self, text: &str, item: bool, date: Date) -> Vec<Listed> {
        self.read_list_at(text, item, date, None)
    }

    /// Does as [`Self::read_list`]; where one name means bodies of several levels, that of `level` is meant.
    pub fn read_list_at(&self, text: &str, item: bool, date: Date, level: Option<LevelId>) -> Vec<Listed> {
        self.listed.answer((item, date, level), text, || self.read_new_list(text, item, date, level))
    }

    fn read_new_list(&self, text: &str, item: bool, date: Date, level: Option<LevelId>) -> Vec<Listed> {
        let words = Words::new(text);
        let reader = Reader {
            registry: self,
            words: &words,
            item,
            date,
            level,
            label: None,
            fresh_label: None,
            prefix: None,
            implied: None,
            last: None,
            out: Vec::new(),
        };
        let mut out = reader.read();
        if out.is_empty() && !text.trim().is_empty() {
            let start = text.len() - text.trim_start().len();
            let trouble = Some(Trouble::Unknown { suggestion: None });
            let text = text.trim().to_owned();
            let end = start + text.len();
            out.push(Listed { body: Body::Unknown, text, duty: None, label: None, governed_by: None, sector: None, start, end, trouble });
        }
        out
    }
}

/// A body that begins at some word.
#[derive(Debug, Clone)]
struct Known {
    body: Body,
    /// The word behind it, and the byte.
    next: usize,
    end: usize,
    in_force: bool,
    /// Word lent by a prefix (`Sở`), to be printed in front.
    head: Option<String>,
}

struct Reader<'r, 't> {
    registry: &'r Registry,
    words: &'r Words<'t>,
    item: bool,
    date: Date,
    level: Option<LevelId>,
    /// The label in front of what is read now.
    label: Option<String>,
    /// The same, until an item has taken it.
    fresh_label: Option<String>,
    /// Words that a class in front of `:` lends to short names.
    prefix: Option<Vec<String>>,
    /// The first word of the agency in front, and its level.
    implied: Option<(String, LevelId)>,
    /// First word and next word of the name in front.
    last: Option<(usize, usize, Body)>,
    out: Vec<Listed>,
}

impl Reader<'_, '_> {
    fn read(mut self) -> Vec<Listed> {
        let mut at = 0;
        while at < self.words.len() {
            let gap = self.words.gap(at);
            if gap == Gap::Break && at > 0 {
                (self.label, self.fresh_label, self.prefix, self.implied, self.last) = (None, None, None, None, None);
            } else if gap == Gap::Hard {
                self.implied = None;
            }
            if matches!(self.words.key(at), "hoặc" | "cùng") && self.known_at(at).is_none() {
                at += 1;
                continue;
            }
            if let Some((label, next)) = self.label_at(at) {
                (self.label, self.prefix) = (Some(label.clone()), None);
                self.fresh_label = Some(label);
                at = next;
                continue;
            }
            let short = self.prefix.as_ref().and_then(|heads| self.completed_by(at, heads, None));
            let elided = || self.elided_at(at);
            let implied =
                || self.implied.as_ref().and_then(|(head, level)| self.completed_by(at, std::slice::from_ref(head), Some(*level)));
            at = match short.or_else(|| self.known_at(at)).or_else(elided).or_else(implied) {
                Some(known) => self.after(at, known),
                None => self.stretch(at),
            };
        }
        self.out
    }

    /// Goes on behind a known name: sector or duty, a list that it opens, or more words that make it something else.
    fn after(&mut self, at: usize, known: Known) -> usize {
        let class = self.is_class_body(at, &known);
        let ends_in_bracket = known.next < self.words.len() && known.end > self.words.end(known.next);
        let gap =
            if ends_in_bracket { self.words.gap_between(known.end, self.words.start(known.next)) } else { self.words.gap(known.next) };
        match gap {
            Gap::End => self.add(at, known, None, None),
            Gap::Open => self.bracket(at, known),
            Gap::Colon if class && self.opens_list(at, known.next) => known.next,
            Gap::Colon => {
                let from = known.end;
                self.duty(at, known, from)
            }
            Gap::Join => {
                let from = self.words.start(known.next);
                let word = &self.words.list[known.next];
                let verb = DUTIES.iter().any(|duty| self.words.reads(known.next, duty));
                let agency = matches!(known.body, Body::Agency(_));
                if verb || (agency && !word.upper) {
                    self.duty(at, known, from)
                } else if matches!(word.key.as_str(), "hoặc" | "cùng") {
                    self.add(at, known, None, None)
                } else {
                    self.stretch(at)
                }
            }
            Gap::Glue => self.stretch(at),
            Gap::Other => {
                let from = known.end;
                self.duty(at, known, from)
            }
            Gap::Soft | Gap::Hard | Gap::Break => self.add(at, known, None, None),
        }
    }

    /// Reads a bracket behind a name: the agency that it is part of, its sector, or words to keep.
    fn bracket(&mut self, at: usize, mut known: Known) -> usize {
        let text = self.words.text;
        let Some(open) = text[known.end..].find('(').map(|n| known.end + n) else { return self.add(at, known, None, None) };
        let Some(close) = text[open..].find(')').map(|n| open + n) else {
            return self.duty(at, known, open);
        };
        let inner = text[open + 1..close].trim();
        let next = self.words.word_from(close);
        let upper = self.registry.look_up(inner);
        let part_of = upper.iter().any(|found| match (known.body, found.body) {
            (Body::Agency(part), Body::Agency(whole)) => self.registry.agency(part).parents.iter().any(|(parent, _)| *parent == whole),
            (Body::Agency(_) | Body::Group(_) | Body::Institution(..) | Body::Open | Body::Unknown, _) => false,
        });
        let gap = if next < self.words.len() { self.words.gap_between(close + 1, self.words.start(next)) } else { Gap::End };
        if part_of && gap != Gap::Join {
            (known.next, known.end) = (next, close + 1);
            return if gap == Gap::Colon { self.duty(at, known, close + 1) } else { self.add(at, known, None, None) };
        }
        match self.registry.find_sector(inner) {
            Some(sector) if gap == Gap::Join => {
                let from = self.words.start(next);
                let end = self.duty_end(from, next);
                self.add(at, known, Some(sector), Some((from, end)))
            }
            Some(sector) if gap == Gap::Colon => {
                let end = self.duty_end(close + 1, next);
                self.add(at, known, Some(sector), Some((close + 1, end)))
            }
            Some(sector) => {
                known.next = next;
                self.add(at, known, Some(sector), None)
            }
            None if gap.separates() => {
                let end = (close + 1, next);
                self.add(at, known, None, Some((open, end)))
            }
            None => self.duty(at, known, open),
        }
    }

    /// Adds a name whose duty begins at byte `from`.
    fn duty(&mut self, at: usize, known: Known, from: usize) -> usize {
        let end = self.duty_end(from, known.next);
        self.add(at, known, None, Some((from, end)))
    }

    /// Returns where a duty ends: at `;` on a one-line list, at a new item, or with the text. Byte, and the word behind.
    fn duty_end(&self, from: usize, next: usize) -> (usize, usize) {
        let first = self.words.word_from(from).max(next);
        let ends = |n: &usize| match self.words.gap(*n) {
            Gap::Break => true,
            Gap::Hard => !self.item && self.words.between(*n).contains(';'),
            Gap::Join | Gap::Glue | Gap::Soft | Gap::Colon | Gap::Open | Gap::Other | Gap::End => false,
        };
        match (first + 1..self.words.len()).find(ends) {
            Some(next) => (self.words.end(next) + self.closing(next), next),
            None => (self.words.text.len(), self.words.len()),
        }
    }

    /// Returns how many bytes behind the word in front of `next` still belong to it: closing brackets and quotes.
    fn closing(&self, next: usize) -> usize {
        let raw = self.words.between(next);
        raw.len() - raw.trim_start_matches([')', '"', '”', '%']).len()
    }

    /// Reads a class or an unknown name, up to where an item can begin.
    fn stretch(&mut self, at: usize) -> usize {
        let class = self.is_class(at) || (self.out.last().is_some_and(|last| is_class_or_group(last.body)) && !self.words.list[at].upper);
        let mut depth = 0usize;
        let mut next = self.words.len();
        let mut duty = None;
        for n in at + 1..self.words.len() {
            let raw = self.words.between(n);
            depth = (depth + raw.matches('(').count()).saturating_sub(raw.matches(')').count());
            let gap = self.words.gap(n);
            if depth > 0 {
                continue;
            }
            let verb = [DUTIES[0], DUTIES[1]].iter().any(|duty| self.words.reads(n, duty));
            match gap {
                Gap::Hard | Gap::Break => next = n,
                Gap::Colon if class && self.opens_list(at, n) => return n,
                Gap::Colon => (next, duty) = (n, Some(self.words.end(n))),
                Gap::Join if verb => (next, duty) = (n, Some(self.words.start(n))),
                Gap::Soft if self.begins_item(n) => next = n,
                Gap::Join | Gap::Glue | Gap::Soft | Gap::Open | Gap::Other | Gap::End => continue,
            }
            break;
        }
        let end = if next >= self.words.len() { self.whole_end() } else { self.words.end(next) + self.closing(next) };
        let known = Known { body: if class { Body::Open } else { Body::Unknown }, next, end, in_force: true, head: None };
        match duty {
            Some(from) => self.duty(at, known, from),
            None => self.add(at, known, None, None),
        }
    }

    /// Returns the end of the text without the marks that close a list.
    fn whole_end(&self) -> usize {
        let last = self.words.end(self.words.len());
        let tail = &self.words.text[last..];
        last + tail.len() - tail.trim_start_matches([')', '"', '”']).len()
    }

    /// Says whether an item can begin at a word behind a `,` or `và` in a name that is not known.
    fn begins_item(&self, at: usize) -> bool {
        let word = &self.words.list[at];
        let joined = self.words.gap(at + 1) == Gap::Join;
        // `và các Khu công nghiệp` goes on with a proper name; `các Sở`, `các Ban` begin a class
        let proper = self.words.list.get(at + 1).is_some_and(|next| next.upper && !self.registry.heads.contains(&next.key));
        (self.words.reads(at, &["các"]) && !proper)
            || self.known_at(at).is_some_and(|known| known.next > at + 1 || word.upper)
            || self.elided_at(at).is_some()
            || (word.upper && joined && self.registry.heads.contains(&word.key))
            || self.prefix.as_ref().is_some_and(|heads| self.completed_by(at, heads, None).is_some())
    }

    /// Says whether a list of names begins behind the `:` of a class, and keeps the words that the class lends them.
    fn opens_list(&mut self, at: usize, next: usize) -> bool {
        let lent = |word: &&Word| self.registry.heads.contains(&word.key);
        let mut heads: Vec<String> = self.words.list[at..next].iter().filter(lent).map(|word| word.key.clone()).collect();
        heads.dedup();
        let short = self.completed_by(next, &heads, None).is_some();
        if short || self.known_at(next).is_some_and(|known| !matches!(known.body, Body::Group(_))) {
            self.prefix = Some(heads);
            return true;
        }
        false
    }

    fn is_class_body(&self, at: usize, known: &Known) -> bool {
        is_class_or_group(known.body) || (matches!(known.body, Body::Institution(..)) && self.is_class(at))
    }

    /// Adds an item and returns the word behind it. `duty` is its first byte, its last and the word behind.
    fn add(&mut self, at: usize, known: Known, sector: Option<SectorId>, duty: Option<(usize, (usize, usize))>) -> usize {
        let text = self.words.text;
        let start = self.words.start(at);
        let printed = &text[start..known.end];
        let name = known.head.as_ref().map_or_else(|| printed.to_owned(), |head| format!("{} {printed}", head.trim_end()));
        let trouble = match known.body {
            Body::Unknown => Some(Trouble::Unknown { suggestion: self.registry.suggest(&name) }),
            Body::Open => Some(Trouble::OpenClass),
            Body::Agency(agency) if !known.in_force => Some(Trouble::NotInForce { agency }),
            Body::Agency(_) | Body::Group(_) | Body::Institution(..) => None,
        };
        let words = duty.and_then(|(from, (to, _))| text.get(from..to));
        let words = words
            .map(|words| words.trim().trim_end_matches([';', '.', ' ', '/']).to_owned())
            .filter(|words| !words.trim_matches(':').is_empty());
        self.implied = match known.body {
            Body::Agency(id) => self.head_of(id).map(|head| (head, self.registry.agency(id).level)),
            Body::Group(_) | Body::Institution(..) | Body::Open | Body::Unknown => None,
        };
        if known.head.is_none() {
            self.last = Some((at, known.next, known.body));
        }
        let next = duty.map_or(known.next, |(_, (_, next))| next);
        let label = self.fresh_label.take();
        let governed_by = self.label.clone();
        self.out.push(Listed { body: known.body, text: name, duty: words, label, governed_by, sector, start, end: known.end, trouble });
        next.max(at + 1)
    }

    /// Returns the first word of an agency's name, where it is one that many names share (`Sở`, `Phòng`).
    fn head_of(&self, id: AgencyId) -> Option<String> {
        let first = Words::new(&self.registry.agency(id).name).key(0).to_owned();
        self.registry.heads.contains(&first).then_some(first)
    }
}

fn is_class_or_group(body: Body) -> bool {
    match body {
        Body::Group(_) | Body::Open => true,
        Body::Agency(_) | Body::Institution(..) | Body::Unknown => false,
    }
}
