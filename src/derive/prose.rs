//! Prose: the parents' PHẦN, translated, unless the child writes its own with the same number.

use super::answer::unit_name;
use super::field::taken_over;
use super::plan::{Upper, cause};
use super::{Derivation, trouble};
use crate::base::{Key, Loc};
use crate::diag::Diagnostic;
use crate::model::{Cause, Fate, Model, Outcome, Part, Plan, PlanId, Rule, Step};
use crate::shift::{Shift, Trouble};

/// Derives the parts of a plan, in the parents' order, then its own that no parent has; sorted by number where all numbers are Roman.
///
/// A narrative item that is tied only to tasks which the child does not carry is left out; so is what says nothing but a target of `lost`, those
/// of the parents that the child does not carry.
pub(super) fn parts(
    model: &Model,
    plan: &Plan,
    id: PlanId,
    parents: &[Upper<'_>],
    fates: &[Fate],
    lost: &[Key],
    notes: &mut Vec<Diagnostic>,
) -> Vec<Part> {
    let mut out: Vec<Part> = plan.parts.clone();
    for Upper { derivation: parent, kind, shift } in parents {
        for part in &parent.template.parts {
            if out.iter().any(|own| Key::new(&own.number) == Key::new(&part.number)) {
                continue;
            }
            let mut troubles = Vec::new();
            let way = Way { parent, cause: cause(*kind), shift: *shift, id, verb: plan.loc, fates, lost };
            if let Some(part) = way.translate(part, &mut troubles) {
                let place = format!("PHẦN {}", part.number);
                let note = |trouble: &Trouble| {
                    trouble::note(trouble, plan.loc, &place, *kind).about(&plan.code.text, &unit_name(model, plan), &place)
                };
                notes.extend(troubles.iter().map(note));
                out.push(part);
            }
        }
    }
    if !parents.is_empty() && out.iter().all(|part| roman(&part.number).is_some()) {
        out.sort_by_key(|part| roman(&part.number));
    }
    out
}

/// How the prose of one parent comes down.
struct Way<'a> {
    parent: &'a Derivation,
    cause: Cause,
    shift: Option<&'a Shift<'a>>,
    id: PlanId,
    verb: Loc,
    fates: &'a [Fate],
    lost: &'a [Key],
}

impl Way<'_> {
    /// Returns the part as the child has it; `None` where nothing of it is left.
    fn translate(&self, part: &Part, troubles: &mut Vec<Trouble>) -> Option<Part> {
        if !part.tied.is_empty() && !part.tied.iter().any(|code| self.carries(code)) {
            return None;
        }
        let mut steps = Vec::new();
        let mut text = part.text.clone();
        if let Some(rest) = without_lost(&text, self.lost) {
            // what only introduces the items below it stays, to be reported
            if !rest.is_empty() || part.below.is_empty() {
                steps.push(self.left_out(&text, &rest));
                text = rest;
            }
            if text.is_empty() {
                return None;
            }
        }
        if let Some(shift) = self.shift {
            let shifted = shift.text(&text);
            troubles.extend(shifted.troubles);
            steps.extend(shifted.steps);
            text = shifted.value;
        }
        let mut below = Vec::new();
        for lower in &part.below {
            match self.translate(lower, troubles) {
                Some(lower) => below.push(lower),
                None => steps.push(self.left_out(&lower.text, "")),
            }
        }
        // a heading whose items were all left out says nothing any more
        if below.is_empty() && !part.below.is_empty() {
            return None;
        }
        let tied = part.tied.iter().filter(|code| self.carries(code)).cloned().collect();
        Some(Part { text, tied, below, origin: taken_over(&part.origin, self.cause, self.id, self.verb, steps), ..part.clone() })
    }

    fn carries(&self, code: &crate::model::Code) -> bool {
        let Some(task) = self.parent.template.tasks.iter().position(|task| task.code == *code) else { return true };
        let fate = self.fates.iter().find(|fate| fate.parent == self.parent.plan && fate.task == task);
        !fate.is_some_and(|fate| matches!(fate.outcome, Outcome::Waived { .. } | Outcome::Unreasoned { .. } | Outcome::Finished { .. }))
    }

    fn left_out(&self, from: &str, to: &str) -> Step {
        Step { cause: Cause::Rule(Rule::NotCarried), from: from.to_owned(), to: to.to_owned(), at: Some(self.verb), plan: self.id }
    }
}

/// Returns the text without the clauses that say a lost target; `None` where it names none that can be left out. A clause with another
/// placeholder stays whole.
fn without_lost(text: &str, lost: &[Key]) -> Option<String> {
    let mut out = String::new();
    let mut lead = "";
    let mut gone = false;
    for clause in clauses(text) {
        let names = names(clause);
        if names.is_empty() || !names.iter().all(|name| lost.contains(&Key::new(name))) {
            out.push_str(std::mem::take(&mut lead));
            out.push_str(clause);
            continue;
        }
        gone = true;
        // words that introduce the list stay with its next clause; the end of the list moves to the clause before
        if clause.trim_end().ends_with(';') {
            let open = clause.find('{').unwrap_or(0);
            if let Some(colon) = clause[..open].rfind(':') {
                lead = clause.get(..colon + 2).unwrap_or(&clause[..=colon]);
            }
        } else if let Some(kept) = out.trim_end().strip_suffix(';') {
            let end = if clause.trim_end().ends_with('.') { ". " } else { "" };
            out = format!("{kept}{end}");
        }
    }
    if !gone {
        return None;
    }
    let rest = out.trim();
    let mut chars = rest.chars();
    let opens_higher = text.chars().next().is_some_and(|c| c.is_uppercase() || c == '{');
    Some(match chars.next() {
        Some(first) if opens_higher => first.to_uppercase().chain(chars).collect(),
        _ => rest.to_owned(),
    })
}

/// Splits text behind `;` and at the ends of sentences.
fn clauses(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let ends = c == ';' || (c == '.' && text[end..].starts_with(' '));
        if ends {
            let end = end + text[end..].len() - text[end..].trim_start_matches(' ').len();
            out.push(&text[from..end]);
            from = end;
        }
    }
    out.push(&text[from..]);
    out
}

/// Returns the names of the placeholders in a text.
fn names(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name.trim()).collect()
}

/// Returns the value of a Roman number.
pub(crate) fn roman(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut last = 0;
    for c in text.trim().chars().rev() {
        let value = match c.to_ascii_uppercase() {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        };
        if value < last {
            total -= value;
        } else {
            total += value;
            last = value;
        }
    }
    (total > 0).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_clause_of_a_lost_target_goes() {
        let lost = [Key::new("bang-rong")];
        let rest = |text| without_lost(text, &lost);
        assert_eq!(rest("{bang-rong}; 2.500 lượt tập huấn.").as_deref(), Some("2.500 lượt tập huấn."));
        assert_eq!(rest("Phấn đấu: {bang-rong}; 80% hồ sơ.").as_deref(), Some("Phấn đấu: 80% hồ sơ."));
        assert_eq!(rest("80% hồ sơ; {bang-rong}.").as_deref(), Some("80% hồ sơ."));
        assert_eq!(rest("Phấn đấu {bang-rong}.").as_deref(), Some(""));
        assert_eq!(rest("{bang-rong} và {hai-long}"), None);
    }
}
