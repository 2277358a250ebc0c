//! What differs in the fields of a pair, after translation.
//!
//! Several tasks on one side count together: a split loses a product only where none of its parts has it.

use similar::TextDiff;

use super::align::{Found, Lower, Upper};
use super::link::{Change, Effect, Relation, TaskPart};
use super::relation::{moved_content, unit_name, words_of};
use super::side::{Item, Who, canonical};
use super::translation::Translation;
use crate::agency::{Body, Holder};
use crate::base::{Date, Key, Memo, Year};
use crate::model::{Fields, Piece, Role};
use crate::value::{Deadline, Entry, Target, YearClass, years};

/// Returns the changes of an accepted pair, in the order of the fields.
pub(super) fn changes(
    upper: &Upper<'_>,
    translation: &Translation,
    lower: &Lower<'_>,
    items: &[Item],
    found: &Found,
    relation: Relation,
) -> Vec<Change> {
    let from: Vec<&Fields> = found.parent.iter().map(|at| &translation.fields[*at]).collect();
    let to: Vec<&Fields> = found.child.iter().map(|at| &lower.side.content.tasks[*at].fields).collect();
    // the issued form of the same plan: nothing was translated, so that each word counts
    let exact = upper.side.unit.is_some() && (upper.side.unit, upper.side.year) == (lower.side.unit, lower.side.year);
    let one = Pair { upper, translation, lower, exact, names: lower.side.names(), from, to };
    let mut out = Vec::new();
    one.content(items, found, relation, &mut out);
    one.products(found, &mut out);
    one.roles(TaskPart::Leads, |fields| fields.leads.as_ref(), &mut out);
    one.roles(TaskPart::Coordinators, |fields| fields.coordinators.as_ref(), &mut out);
    one.roles(TaskPart::Synthesisers, |fields| fields.synthesisers.as_ref(), &mut out);
    one.deadline(found, &mut out);
    one.targets(found, &mut out);
    out
}

struct Pair<'p> {
    upper: &'p Upper<'p>,
    translation: &'p Translation,
    lower: &'p Lower<'p>,
    /// Whether values are compared word by word.
    exact: bool,
    names: Vec<Vec<String>>,
    /// The parent's fields, translated.
    from: Vec<&'p Fields>,
    to: Vec<&'p Fields>,
}

impl Pair<'_> {
    fn localise(&self, text: &str) -> String {
        self.translation.localise(text, unit_name(self.lower))
    }

    fn content(&self, items: &[Item], found: &Found, relation: Relation, out: &mut Vec<Change>) {
        let from: Vec<String> = found.parent.iter().map(|at| moved_content(self.translation, self.lower, *at)).collect();
        let to: Vec<&str> = found.child.iter().map(|at| words_of(self.lower, *at)).collect();
        let (from, to) = (from.join("; "), to.join("; "));
        let written = self.written(found, |fields| fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default());
        if self.keeps_year(&written, &from, &to) {
            out.push(Change { part: TaskPart::Content, from, to, effect: Effect::StaleYear });
            return;
        }
        let effect = match relation {
            Relation::Localised if self.exact && Key::new(&from) != Key::new(&to) => Effect::Changed,
            Relation::Verbatim | Relation::Localised => return,
            Relation::Amended | Relation::Narrowed if reworded(self.upper, items, found) => Effect::Reworded,
            Relation::Amended | Relation::Narrowed | Relation::Split | Relation::Merged => Effect::Changed,
        };
        out.push(Change { part: TaskPart::Content, from, to, effect });
    }

    /// Says whether a child's words keep a year that translation moves: the parent's words name it, their translation no longer does.
    fn keeps_year(&self, written: &str, moved: &str, own: &str) -> bool {
        let Some((old, new)) = self.upper.side.year.zip(self.lower.side.year).filter(|(old, new)| old != new) else { return false };
        let names = |text: &str, year: Year| {
            // the digits are looked for first: most texts name no year
            text.contains(&year.to_string()) && years(text).iter().any(|word| word.class == YearClass::Single && word.year == year)
        };
        names(own, old) && names(written, old) && !names(own, new) && !names(moved, old)
    }

    /// Returns the parent's words of a field before translation.
    fn written(&self, found: &Found, words: impl Fn(&Fields) -> String) -> String {
        found.parent.iter().map(|at| words(&self.upper.derivation.content.tasks[*at].fields)).collect::<Vec<_>>().join("; ")
    }

    fn products(&self, found: &Found, out: &mut Vec<Change>) {
        let from: Vec<(String, String)> =
            self.values(&self.from, |fields| fields.products.as_ref(), |product| self.localise(&product.text));
        let to: Vec<(String, String)> = self.values(&self.to, |fields| fields.products.as_ref(), |product| product.text.clone());
        if from.is_empty() && to.is_empty() {
            return;
        }
        let names = |fields: &Fields| {
            fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.as_str()).collect::<Vec<_>>().join("; ")
        };
        let (before, after) = (joined(&from), joined(&to));
        if self.keeps_year(&self.written(found, names), &before, &after) {
            out.push(Change { part: TaskPart::Products, from: before, to: after, effect: Effect::StaleYear });
            return;
        }
        let missing = from.iter().any(|one| !to.iter().any(|other| alike(one, other)));
        let added = to.iter().any(|one| !from.iter().any(|other| alike(other, one)));
        push(out, TaskPart::Products, before, after, (from.len(), to.len()), missing, added);
    }

    /// Returns the values of a list field as (words, canonical words), each once.
    fn values<'f, T>(
        &self,
        fields: &[&'f Fields],
        get: impl Fn(&'f Fields) -> Option<&'f Piece<Vec<T>>>,
        words: impl Fn(&T) -> String,
    ) -> Vec<(String, String)>
    where
        T: 'f,
    {
        let mut out: Vec<(String, String)> = Vec::new();
        for value in fields.iter().filter_map(|fields| get(fields)).flat_map(|piece| &piece.value) {
            let words = words(value);
            let key = if self.exact { Key::new(&words).as_str().to_owned() } else { canonical(&words, &self.names) };
            if !out.iter().any(|(other, known)| *known == key && (!key.is_empty() || Key::new(other) == Key::new(&words))) {
                out.push((words, key));
            }
        }
        out
    }

    fn roles<'f>(&'f self, part: TaskPart, get: impl Fn(&'f Fields) -> Option<&'f Piece<Vec<Role>>>, out: &mut Vec<Change>) {
        let registry = self.lower.side.registry;
        let list = |fields: &[&'f Fields]| {
            let mut list: Vec<(&'f Role, Who)> = Vec::new();
            for role in fields.iter().filter_map(|fields| get(fields)).flat_map(|piece| &piece.value) {
                let who = Who::of(role, registry, self.lower.side.unit);
                if !list.iter().any(|(_, known)| *known == who) {
                    list.push((role, who));
                }
            }
            list
        };
        let (from, to) = (list(&self.from), list(&self.to));
        if from.is_empty() && to.is_empty() {
            return;
        }
        // a class without members, such as “các cơ quan liên quan”, is nobody whom a plan could lose
        let open = |who: &Who| match who {
            Who::Known(Body::Group(id)) => registry.group(*id).open,
            Who::Known(Body::Open) => true,
            Who::Known(Body::Agency(_) | Body::Institution(..) | Body::Unknown) | Who::Named(_) => false,
        };
        let missing = from.iter().any(|(role, who)| role.body != Body::Open && !open(who) && !to.iter().any(|(_, other)| other == who));
        let added = to.iter().any(|(_, who)| !from.iter().any(|(_, other)| other == who));
        // a label (`Cơ quan phối hợp: …` in a column of several roles) says what the field's own name says
        let words = |role: &Role| Role { label: None, ..role.clone() }.printed();
        let before: Vec<(String, String)> = from.iter().map(|(role, _)| (self.localise(&words(role)), String::new())).collect();
        let after: Vec<(String, String)> = to.iter().map(|(role, _)| (words(role), String::new())).collect();
        let strange =
            part == TaskPart::Leads && to.iter().any(|(_, who)| !from.iter().any(|(_, other)| other == who) && self.is_above(who));
        if strange {
            out.push(Change { part, from: joined(&before), to: joined(&after), effect: Effect::WrongLevel });
            return;
        }
        push(out, part, joined(&before), joined(&after), (from.len(), to.len()), missing, added);
    }

    /// Says whether a body is of a level above the child's.
    fn is_above(&self, who: &Who) -> bool {
        let Who::Known(body) = who else { return false };
        let registry = self.lower.side.registry;
        let (Some(level), Some(unit)) = (registry.level_of(*body), self.lower.side.unit) else { return false };
        let own = registry.unit(unit).level;
        let committee = matches!(body, Body::Institution(_, Holder::Unit(of)) if *of == unit);
        level != own && !committee && registry.is_below(own, level, self.lower.side.date)
    }

    fn deadline(&self, found: &Found, out: &mut Vec<Change>) {
        let year = self.lower.side.year;
        let from: Vec<&Deadline> = self.from.iter().filter_map(|fields| fields.deadline.as_ref()).map(|piece| &piece.value).collect();
        let to: Vec<&Deadline> = self.to.iter().filter_map(|fields| fields.deadline.as_ref()).map(|piece| &piece.value).collect();
        let (before, after) = (self.localise(&printed(&from)), printed(&to));
        if from.is_empty() && to.is_empty() || Key::new(&before) == Key::new(&after) {
            return;
        }
        let written = self.written(found, |fields| fields.deadline.as_ref().map(|piece| printed(&[&piece.value])).unwrap_or_default());
        if self.keeps_year(&written, &before, &after) {
            out.push(Change { part: TaskPart::Deadline, from: before, to: after, effect: Effect::StaleYear });
            return;
        }
        let latest = |list: &[&Deadline]| list.iter().filter_map(|deadline| deadline.latest(year)).max();
        let effect = match (from.as_slice(), to.as_slice()) {
            (_, []) => Effect::Dropped,
            ([], _) => Effect::Added,
            ([one], [other]) if one.same_as(other) => return,
            _ => match (latest(&from), latest(&to)) {
                (Some(upper), Some(own)) if upper == own => match self.of_one_step(&from, &to) {
                    Some(effect) => effect,
                    None if self.exact => Effect::Changed,
                    None => return,
                },
                (upper, Some(own)) if self.is_stale(found, upper, own) => Effect::StaleYear,
                (Some(upper), Some(own)) if own > upper || self.of_one_step(&from, &to) == Some(Effect::Later) => Effect::Later,
                (Some(_), Some(_)) => Effect::Earlier,
                _ => Effect::Changed,
            },
        };
        out.push(Change { part: TaskPart::Deadline, from: before, to: after, effect });
    }

    /// Says whether a day is still that of an earlier year: the parent's own words before translation, or before the plan's year. `upper` is the
    /// parent's day after translation.
    fn is_stale(&self, found: &Found, upper: Option<Date>, own: Date) -> bool {
        let (Some(old), Some(new)) = (self.upper.side.year, self.lower.side.year) else { return false };
        let written = found
            .parent
            .iter()
            .filter_map(|at| self.upper.derivation.content.tasks[*at].fields.deadline.as_ref())
            .filter_map(|piece| piece.value.latest(self.upper.side.year))
            .max();
        if old != new && written == Some(own) {
            return true;
        }
        self.is_gone_by(upper, own)
    }

    /// Returns what happens to the day of a single product or step, where the latest days of all are the same.
    fn of_one_step(&self, from: &[&Deadline], to: &[&Deadline]) -> Option<Effect> {
        let days = |list: &[&Deadline]| -> Vec<(String, Date)> {
            let entries = list.iter().flat_map(|deadline| &deadline.entries);
            let day = |entry: &Entry| {
                let day = Deadline { entries: vec![entry.clone()] }.latest(self.lower.side.year)?;
                Some((canonical(entry.of.as_ref()?, &self.names), day))
            };
            entries.filter_map(day).collect()
        };
        let (upper, own) = (days(from), days(to));
        upper.iter().find_map(|(of, day)| {
            let upper = Some(*day).filter(|_| upper.iter().filter(|(other, _)| other == of).count() == 1)?;
            let (_, own) = own.iter().find(|(other, _)| other == of)?;
            if self.is_gone_by(Some(upper), *own) {
                return Some(Effect::StaleYear);
            }
            (*own > upper).then_some(Effect::Later)
        })
    }

    /// Says whether a day lies before the plan's year though the parent's does not.
    fn is_gone_by(&self, upper: Option<Date>, own: Date) -> bool {
        let Some(new) = self.lower.side.year else { return false };
        // where the parent itself asks for a day of an earlier year, the child has it from there
        if own.year() >= new || upper.is_some_and(|upper| upper.year() < new) {
            return false;
        }
        // a plan is often made in the autumn before its year, but nobody is half a year ahead of what is asked
        let ahead = upper.is_some_and(|upper| upper.months_earlier(6) > own);
        ahead || own < Date::first_of_month(new - 1, 10).unwrap_or(own)
    }

    fn targets(&self, found: &Found, out: &mut Vec<Change>) {
        let lines = |fields: &Fields| -> Vec<Target> {
            fields.targets.iter().flat_map(|piece| &piece.value).map(|line| line.target.clone()).collect()
        };
        let mut from: Vec<Target> = Vec::new();
        for (fields, at) in self.from.iter().zip(&found.parent) {
            from.extend(lines(fields));
            from.extend(measured(&moved_content(self.translation, self.lower, *at)));
        }
        let mut to: Vec<Target> = Vec::new();
        for (fields, at) in self.to.iter().zip(&found.child) {
            to.extend(lines(fields));
            to.extend(measured(words_of(self.lower, *at)));
        }
        let mut left: Vec<&Target> = to.iter().collect();
        for upper in &from {
            let Some(at) = self.nearest(upper, &left) else { continue };
            let own = left.swap_remove(at);
            let effect = match (own.is_lower_than(upper), upper.is_lower_than(own)) {
                (Some(true), _) => Effect::Lowered,
                (_, Some(true)) => Effect::Raised,
                _ => continue,
            };
            out.push(Change { part: TaskPart::Targets, from: upper.text.clone(), to: own.text.clone(), effect });
        }
    }

    /// Returns which of the child's targets speaks of the same thing: by code, else the one with most words in common, at least half.
    fn nearest(&self, upper: &Target, own: &[&Target]) -> Option<usize> {
        let code = Key::new(&upper.code);
        if !code.is_empty()
            && let Some(at) = own.iter().position(|target| Key::new(&target.code) == code)
        {
            return Some(at);
        }
        let words = |target: &Target| -> Vec<String> {
            let text = target.text.replace(|c: char| c.is_ascii_digit() || c == '%', " ");
            canonical(&text, &self.names).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let wanted = words(upper);
        let share = |target: &Target| {
            let found = words(target);
            let shared = wanted.iter().filter(|word| found.contains(word)).count();
            (shared * 100).checked_div(wanted.len().min(found.len()).max(1)).unwrap_or(0)
        };
        let best = own.iter().enumerate().map(|(at, target)| (share(target), at)).max_by_key(|(share, at)| (*share, usize::MAX - at))?;
        (best.0 >= 60).then_some(best.1)
    }
}

/// Returns the clauses of a content that measure something, as targets.
fn measured(text: &str) -> Vec<Target> {
    static KNOWN: Memo<(), Vec<Target>> = Memo::new();
    KNOWN.answer((), text, || {
        let parts = text.split([';', '.']).flat_map(|part| part.split(", "));
        parts.map(|part| Target::parse("", part.trim())).filter(|target| target.measure.is_some()).collect()
    })
}

/// Says whether more than half of the parent's words are others in the child.
fn reworded(upper: &Upper<'_>, items: &[Item], found: &Found) -> bool {
    let ([parent], [child]) = (found.parent.as_slice(), found.child.as_slice()) else { return false };
    fn words(item: &Item) -> Vec<&str> {
        item.wording.syllables.iter().map(|syllable| &*syllable.text).collect()
    }
    let (from, to) = (words(&upper.items[*parent]), words(&items[*child]));
    TextDiff::from_slices(&from, &to).ratio() < 0.5
}

/// Says whether two values are the same thing: equal, or one the other with more words.
fn alike(a: &(String, String), b: &(String, String)) -> bool {
    if a.1.is_empty() || b.1.is_empty() {
        return Key::new(&a.0) == Key::new(&b.0);
    }
    a.1 == b.1
}

fn push(out: &mut Vec<Change>, part: TaskPart, from: String, to: String, counts: (usize, usize), missing: bool, added: bool) {
    let effect = match (counts, missing, added) {
        ((_, 0), true, _) => Effect::Dropped,
        ((0, _), _, true) => Effect::Added,
        (_, true, true) => Effect::Changed,
        (_, true, false) => Effect::Dropped,
        (_, false, true) => Effect::Added,
        (_, false, false) => return,
    };
    out.push(Change { part, from, to, effect });
}

fn joined(list: &[(String, String)]) -> String {
    list.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>().join("; ")
}

fn printed(list: &[&Deadline]) -> String {
    let entries = list.iter().flat_map(|deadline| &deadline.entries).map(|entry| match &entry.of {
        Some(of) => format!("{of}: {}", entry.text),
        None => entry.text.clone(),
    });
    entries.collect::<Vec<_>>().join("; ")
}
