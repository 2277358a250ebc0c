//! The appendices of a child: the parents', translated, with what the child restates.

use crate::model::{Appendix, Role, Text};
use crate::shift::{Shift, Trouble};
use crate::value::Deadline;

/// The appendices of a child, and where those of its parents and its own stand among them.
pub(super) struct Appendices {
    pub(super) list: Vec<Appendix>,
    /// For each parent, its appendices' places in `list`.
    pub(super) of_parent: Vec<Vec<usize>>,
    /// The places of the child's stated appendices in `list`.
    pub(super) stated: Vec<usize>,
    /// What translation of `Cơ quan đầu mối` and `Gửi qua` left open and the child does not restate: place in `list`, and what.
    pub(super) troubles: Vec<(usize, Trouble)>,
}

/// Merges the parents' appendices (number by number) and what the child states.
pub(super) fn appendices(parents: &[(&[Appendix], Option<&Shift<'_>>)], stated: &[Appendix]) -> Appendices {
    let mut out = Appendices { list: Vec::new(), of_parent: Vec::new(), stated: Vec::new(), troubles: Vec::new() };
    for (list, shift) in parents {
        let mut places = Vec::new();
        for appendix in *list {
            let found = out.list.iter().position(|other| same_number(other, appendix));
            places.push(found.unwrap_or(out.list.len()));
            if found.is_some() {
                continue;
            }
            let own = stated.iter().find(|own| same_number(own, appendix));
            let (translated, troubles) = translate(appendix, *shift, own);
            out.troubles.extend(troubles.into_iter().map(|trouble| (out.list.len(), trouble)));
            out.list.push(translated);
        }
        out.of_parent.push(places);
    }
    for appendix in stated {
        let place = out.list.iter().position(|other| same_number(other, appendix));
        match place {
            Some(place) if !out.stated.contains(&place) => {
                restate(&mut out.list[place], appendix);
                out.stated.push(place);
            }
            Some(place) => out.stated.push(place),
            None => {
                out.list.push(appendix.clone());
                out.stated.push(out.list.len() - 1);
            }
        }
    }
    out
}

/// Says whether two appendices bear one number (`1` and `01` are one).
pub(super) fn same_number(a: &Appendix, b: &Appendix) -> bool {
    let number = |appendix: &Appendix| appendix.number.trim_start_matches('0').to_uppercase();
    a.group == b.group && number(a) == number(b)
}

/// Translates a parent's appendix. What the child's `own` appendix restates causes no trouble.
fn translate(appendix: &Appendix, shift: Option<&Shift<'_>>, own: Option<&Appendix>) -> (Appendix, Vec<Trouble>) {
    let mut out = appendix.clone();
    out.attached_to = None;
    let mut troubles = Vec::new();
    let Some(shift) = shift else { return (out, troubles) };
    let sector = own.and_then(|own| own.sector).or(appendix.sector);
    for text in std::iter::once(&mut out.title).chain(&mut out.printed_title) {
        text.value = shift.text(&text.value).value;
    }
    let mut role = |role: &Option<Role>, sector, restated: bool| {
        let shifted = shift.role(role.as_ref()?, sector);
        if !restated {
            troubles.extend(shifted.troubles);
        }
        shifted.value
    };
    out.focal = role(&appendix.focal, sector, own.is_some_and(|own| own.focal.is_some()));
    out.via = role(&appendix.via, None, own.is_some_and(|own| own.via.is_some()));
    out.report = appendix.report.as_ref().map(|report| {
        let moved = shift.deadline(&Deadline::parse(&[report.value.as_str()])).value;
        let words: Vec<String> = moved.entries.into_iter().map(|entry| entry.text).collect();
        Text { value: words.join("; "), loc: report.loc }
    });
    (out, troubles)
}

fn restate(appendix: &mut Appendix, own: &Appendix) {
    if !own.title.value.is_empty() {
        appendix.title = own.title.clone();
    }
    fn over<T: Clone>(slot: &mut Option<T>, own: &Option<T>) {
        if own.is_some() {
            slot.clone_from(own);
        }
    }
    over(&mut appendix.printed_title, &own.printed_title);
    over(&mut appendix.called, &own.called);
    over(&mut appendix.sector, &own.sector);
    over(&mut appendix.focal, &own.focal);
    over(&mut appendix.report, &own.report);
    over(&mut appendix.via, &own.via);
    over(&mut appendix.attached_to, &own.attached_to);
    over(&mut appendix.printed_number, &own.printed_number);
    if !own.columns.is_empty() {
        appendix.columns.clone_from(&own.columns);
    }
    appendix.loc = own.loc;
}
