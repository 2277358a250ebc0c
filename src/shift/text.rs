//! Steps 5 to 7 in text: issuers, names, terms, years.

use std::ops::Range;

use super::phrase::{self, Edit, Folded};
use super::{Shift, Shifted, Trouble};
use crate::agency::{Body, Found, Holder, Institution};
use crate::base::{Key, Loc};
use crate::model::{Rule, Step};
use crate::value::{self, Citation, Product, YearClass};

impl Shift<'_> {
    /// Translates running text: the unit's name, names of agencies and groups, terms, then years. Citations and `theo quy định|hướng dẫn của …`
    /// stay as they are.
    pub fn text(&self, text: &str) -> Shifted<String> {
        let folded = Folded::new(text);
        let mut work = Work { taken: self.untouched(&folded), edits: Vec::new(), steps: Vec::new() };
        let mut troubles = Vec::new();
        if self.stays_at_level() {
            self.successors(text, &mut work, &mut troubles);
        } else {
            self.unit_names(&folded, &mut work);
            self.names(text, &mut work);
            self.terms(&folded, &mut work);
        }
        self.years(text, &mut work, &mut troubles);
        let Work { mut edits, steps, .. } = work;
        let value = if edits.is_empty() { text.to_owned() } else { phrase::apply(text, &mut edits) };
        Shifted { value, steps, troubles }
    }

    /// Translates products (step 5): as text, none twice.
    pub fn products(&self, products: &[Product]) -> Shifted<Vec<Product>> {
        let mut out = Shifted { value: Vec::<Product>::new(), steps: Vec::new(), troubles: Vec::new() };
        for product in products {
            let shifted = self.text(&product.text);
            out.steps.extend(shifted.steps);
            out.troubles.extend(shifted.troubles);
            let product = if shifted.value == product.text { product.clone() } else { Product::parse(&shifted.value) };
            if out.value.iter().any(|other| Key::new(&other.text) == Key::new(&product.text)) {
                out.steps.push(self.step(Rule::NoneTwice, product.text.clone(), "", None));
            } else {
                out.value.push(product);
            }
        }
        out
    }

    /// Returns what must stay: citations, phrases behind `theo quy định|hướng dẫn của`, and to whom the child's own UBND reports.
    fn untouched(&self, folded: &Folded<'_>) -> Vec<Range<usize>> {
        let text = folded.text;
        let mut out: Vec<Range<usize>> =
            Citation::find(text).iter().map(|citation| citation.start as usize..citation.subject_end(text, &[';'])).collect();
        for lead in ["theo quy định của", "theo hướng dẫn của", "theo đúng quy định của", "theo đúng hướng dẫn của"]
        {
            for found in folded.find(lead) {
                let end = text[found.end..].find([',', ';', '.', ')', '(']).map_or(text.len(), |at| found.end + at);
                out.push(found.start..end);
            }
        }
        let names = self.registry.find_names(text, self.from_date);
        for name in names.iter().filter(|name| matches!(name.body, Body::Institution(..))) {
            if value::is_issuer_between(&text[..name.start].to_lowercase(), &text[name.end..].to_lowercase()) {
                out.push(name.start..name.end);
            }
        }
        for report in ["báo cáo", "trình"].iter().flat_map(|word| folded.find(word)) {
            let sentence = text[..report.start].rfind(['.', ';']).map_or(0, |at| at + 1);
            let sender = names.iter().rfind(|name| name.start >= sentence && name.end <= report.start);
            if !sender.is_some_and(|name| self.is_own_committee(name.body)) {
                continue;
            }
            // the child's own UBND reports to those above it, whatever level sends the others' reports
            let receiver = names.iter().find(|name| name.start >= report.end && text[report.end..name.start].trim().is_empty());
            let Some(receiver) = receiver else { continue };
            let route = text[receiver.end..].trim_start().starts_with("(qua ").then(|| text[receiver.end..].find(')')).flatten();
            out.push(report.start..route.map_or(receiver.end, |at| receiver.end + at + 1));
        }
        out
    }

    fn is_own_committee(&self, body: Body) -> bool {
        match body {
            Body::Institution(Institution::Committee | Institution::Chair, Holder::Level(level)) => level == self.level(),
            Body::Institution(Institution::Committee | Institution::Chair, Holder::Unit(unit)) => unit == self.to,
            _ => false,
        }
    }

    /// Replaces names of bodies that no longer exist by their successors, and dated terms by what holds in the plan's year.
    fn successors(&self, text: &str, work: &mut Work, troubles: &mut Vec<Trouble>) {
        for name in self.registry.find_names(text, self.from_date) {
            let Body::Agency(agency) = name.body else { continue };
            let range = name.start..name.end;
            if self.registry.agency(agency).validity.holds(self.date) || work.is_taken(&range) {
                continue;
            }
            let heirs = self.heirs(agency, None);
            let printed = |body: Body| self.registry.name_of(body, Some(self.to));
            match heirs.as_slice() {
                [(_, body, at)] => {
                    let to = phrase::in_case_of(&text[range.clone()], &printed(*body));
                    work.replace(text, range, to, |from, to| self.step(Rule::Successor, from, to, Some(*at)));
                }
                several => troubles.push(Trouble::Gone {
                    name: text[range].to_owned(),
                    heirs: several.iter().map(|(_, body, _)| printed(*body)).collect(),
                }),
            }
        }
        let folded = Folded::new(text);
        for term in self.registry.dated_terms(self.year) {
            for range in folded.find(&term.from) {
                let to = phrase::in_case_of(&text[range.clone()], &term.to);
                work.replace(text, range, to, |from, to| self.step(Rule::Term, from, to, Some(term.loc)));
            }
        }
    }

    fn unit_names(&self, folded: &Folded<'_>, work: &mut Work) {
        let text = folded.text;
        let from = self.registry.unit(self.from);
        let to = self.registry.unit(self.to);
        for range in folded.find(&from.name) {
            let name = phrase::in_case_of(&text[range.clone()], &to.name);
            work.replace(text, range, name, |from, to| self.step(Rule::UnitName, from, to, Some(self.registry.unit(self.to).loc)));
        }
    }

    fn names(&self, text: &str, work: &mut Work) {
        let found = self.registry.find_names(text, self.from_date);
        for name in &found {
            self.listed(text, name, work);
        }
        // the body before, where only separators stand between: its end, and what it has become
        let mut before: Option<(usize, String, bool)> = None;
        for name in found {
            let range = name.start..name.end;
            if work.is_taken(&range) {
                before = None;
                continue;
            }
            let turn = self.name(&name);
            let words = &text[range.clone()];
            let follows = before.take().filter(|(end, _, _)| is_separator(&text[*end..range.start]));
            match turn {
                NameTurn::Stays => before = Some((range.end, words.to_owned(), self.is_own(name.body))),
                NameTurn::Becomes(to, rule, at) => {
                    let to = phrase::in_case_of(words, &to);
                    match follows {
                        Some((end, other, own)) if Key::new(&other) == Key::new(&to) => {
                            work.replace(text, end..range.end, String::new(), |from, to| self.step(Rule::NoneTwice, from, to, None));
                            before = Some((range.end, other, own));
                        }
                        _ => {
                            work.replace(text, range.clone(), to.clone(), |from, to| self.step(rule, from, to, at));
                            before = Some((range.end, to, true));
                        }
                    }
                }
                NameTurn::Own(to) => match follows {
                    Some((end, other, true)) => {
                        work.replace(text, end..range.end, String::new(), |from, to| {
                            self.step(Rule::OwnLevel, from, to, Some(self.level_loc()))
                        });
                        before = Some((range.end, other, true));
                    }
                    _ => {
                        work.replace(text, range.clone(), to.clone(), |from, to| {
                            self.step(Rule::OwnLevel, from, to, Some(self.level_loc()))
                        });
                        before = Some((range.end, to, true));
                    }
                },
            }
        }
    }

    /// Translates a list whose members share the first word of the first (`các Sở Tư pháp, Tài chính`) name by name; where one of them has no
    /// single counterpart the list stays for a person to read.
    fn listed(&self, text: &str, first: &Found, work: &mut Work) {
        let Body::Agency(_) = first.body else { return };
        let Some(before) = text[..first.start].strip_suffix(' ') else { return };
        let Some(head) = before.char_indices().rev().nth(2).map(|(at, _)| at).filter(|at| Key::new(&before[*at..]).as_str() == "các")
        else {
            return;
        };
        let end = text[first.start..].find([';', '.', ':', '(']).map_or(text.len(), |at| first.start + at);
        let written = &text[first.start..end];
        let level = self.registry.level_of(first.body);
        let members: Vec<_> = self
            .registry
            .read_list_at(written, false, self.from_date, level)
            .into_iter()
            .take_while(|member| matches!(member.body, Body::Agency(_)) && member.trouble.is_none())
            .collect();
        let ([opening, .., last], Some(level)) = (members.as_slice(), level) else { return };
        if opening.start != 0 || opening.end > last.start || !self.is_above(level) {
            return;
        }
        let range = head..first.start + last.end;
        let behind = written[last.end..].trim_start_matches([' ', ',']);
        let more = behind.strip_prefix("và ").unwrap_or(behind);
        if more.len() < written[last.end..].trim_start().len() && more.starts_with(char::is_uppercase) {
            // the list goes on with what is not known
            work.taken.push(range);
            return;
        }
        let mut names: Vec<String> = Vec::new();
        for member in &members {
            let Body::Agency(agency) = member.body else { return };
            let heirs = self.heirs(agency, member.sector);
            let [(_, body, _)] = heirs.as_slice() else {
                work.taken.push(range);
                return;
            };
            let name = self.registry.name_of(*body, Some(self.to));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let joined = match names.as_slice() {
            [others @ .., last] if !others.is_empty() => format!("{} và {last}", others.join(", ")),
            _ => names.concat(),
        };
        work.replace(text, range, joined, |from, to| self.step(Rule::NameInText, from, to, None));
    }

    fn name(&self, found: &Found) -> NameTurn {
        match found.body {
            Body::Agency(agency) => {
                match self.heirs(agency, None).as_slice() {
                    [(_, body, at)] if *body != found.body => {
                        NameTurn::Becomes(self.registry.name_of(*body, Some(self.to)), Rule::NameInText, Some(*at))
                    }
                    // where no body corresponds, or several do, the sentence stays for a person to read
                    _ => NameTurn::Stays,
                }
            }
            Body::Group(group) => match self.registry.level_of(found.body) {
                Some(level) if !self.is_above(level) => NameTurn::Stays,
                _ => match self.registry.convert(group, &self.place(), self.date) {
                    Some((body, at)) if body != found.body => {
                        NameTurn::Becomes(self.registry.name_of(body, Some(self.to)), Rule::NameInText, Some(at))
                    }
                    _ => NameTurn::Stays,
                },
            },
            Body::Institution(institution, Holder::Level(level)) => {
                let own = Body::Institution(institution, Holder::Level(self.level()));
                if self.is_above(level) {
                    NameTurn::Becomes(self.registry.name_of(own, Some(self.to)), Rule::Issuer, Some(self.level_loc()))
                } else if level == self.level() {
                    NameTurn::Own(self.registry.name_of(own, Some(self.to)))
                } else {
                    NameTurn::Stays
                }
            }
            Body::Institution(institution, Holder::Unit(unit)) if unit == self.from => {
                let own = Body::Institution(institution, Holder::Unit(self.to));
                NameTurn::Becomes(self.registry.name_of(own, Some(self.to)), Rule::Issuer, Some(self.level_loc()))
            }
            Body::Institution(_, Holder::Unit(_) | Holder::All) | Body::Open | Body::Unknown => NameTurn::Stays,
        }
    }

    fn terms(&self, folded: &Folded<'_>, work: &mut Work) {
        let text = folded.text;
        for term in self.registry.terms(&self.place(), self.year) {
            for range in folded.find(&term.from) {
                let to = phrase::in_case_of(&text[range.clone()], &term.to);
                work.replace(text, range, to, |from, to| self.step(Rule::Term, from, to, Some(term.loc)));
            }
        }
    }

    fn years(&self, text: &str, work: &mut Work, troubles: &mut Vec<Trouble>) {
        let Some((from, to, at)) = self.years else { return };
        let delta = to - from;
        if delta == 0 {
            return;
        }
        for word in value::years(text) {
            let near = (word.year - from).abs() <= 1;
            let moves = match word.class {
                YearClass::Single => near,
                YearClass::Horizon => word.year == from,
                YearClass::ComparedWith => word.year == from - 1,
                YearClass::RangePart | YearClass::InCitation | YearClass::InDate => false,
            };
            if !moves {
                continue;
            }
            let range = word.start as usize..word.end as usize;
            let moved = (word.year + delta).to_string();
            if word.class == YearClass::ComparedWith {
                troubles.push(Trouble::ComparedYear { from: text[range.clone()].to_owned(), to: moved.clone() });
            }
            work.replace(text, range, moved, |from, to| self.step(Rule::YearShift, from, to, Some(at)));
        }
    }
}

enum NameTurn {
    Stays,
    Becomes(String, Rule, Option<Loc>),
    Own(String),
}

/// Edits so far, and the bytes that no later rule may touch.
struct Work {
    taken: Vec<Range<usize>>,
    edits: Vec<Edit>,
    steps: Vec<Step>,
}

impl Work {
    fn is_taken(&self, range: &Range<usize>) -> bool {
        self.taken.iter().any(|taken| range.start < taken.end && taken.start < range.end)
    }

    fn replace(&mut self, text: &str, range: Range<usize>, to: String, step: impl FnOnce(&str, &str) -> Step) {
        if self.is_taken(&range) || text[range.clone()] == to {
            return;
        }
        self.steps.push(step(&text[range.clone()], &to));
        self.taken.push(range.clone());
        self.edits.push(Edit { range, to });
    }
}

fn is_separator(text: &str) -> bool {
    !text.is_empty() && text.split([' ', ',', ';']).all(|word| matches!(word, "" | "và" | "-"))
}
