//! KH3035: a RIÊNG without which each of its units' plans would say the same.

use rayon::prelude::*;

use super::{Content, Derivation, plan};
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Exception, Fields, HandingOn, Model, Outcome, Part, Plan, Verb};

/// Reports the RIÊNG that change no derived plan, with the first plan that each concerns.
pub(super) fn report(model: &Model, done: &mut [Option<Derivation>]) {
    let asked: Vec<(&HandingOn, &Exception)> = model
        .handings
        .iter()
        .flat_map(|handing| handing.exceptions.iter().map(move |exception| (handing, exception)))
        .filter(|(_, exception)| !exception.own_file && !exception.faulty)
        .collect();
    let before: &[Option<Derivation>] = done;
    let idle: Vec<bool> = asked.par_iter().map(|(_, exception)| !changes(model, before, exception)).collect();
    for ((handing, exception), _) in asked.into_iter().zip(idle).filter(|(_, idle)| *idle) {
        let Some((id, _)) = exception.without.first() else { continue };
        let note =
            Diagnostic::new(Kh::KH3035, exception.loc, msg!("RIÊNG này không làm kế hoạch nào khác đi", "This RIÊNG changes no plan"))
                .help(msg!(
                    "Bỏ khối RIÊNG này, hoặc ghi điều khác với phần chung",
                    "Remove this RIÊNG, or state what differs from the common part"
                ))
                .about(&handing.code.text, "", "");
        if let Some(derivation) = &mut done[id.index()] {
            derivation.notes.push(note);
        }
    }
}

/// Says whether one of the plans that a RIÊNG concerns would say something else without it.
fn changes(model: &Model, done: &[Option<Derivation>], exception: &Exception) -> bool {
    exception.without.iter().any(|(id, without)| {
        let own = model.plan(*id);
        let Some(with) = &done[id.index()] else { return true };
        let alone = plan::derive(model, without, *id, done);
        says(own, with) != says(without, &alone)
    })
}

/// Returns all that a plan says and accepts, as words: where a word comes from does not count.
fn says(plan: &Plan, derivation: &Derivation) -> Vec<String> {
    let Content { appendices, tasks, targets, parts } = &derivation.content;
    let mut out = Vec::new();
    for appendix in appendices {
        out.push(format!("{} {}", appendix.place(), appendix.title.value));
        out.extend([&appendix.printed_title, &appendix.report, &appendix.attached_to].into_iter().flatten().map(|text| text.value.clone()));
        out.extend([&appendix.focal, &appendix.via].into_iter().flatten().map(crate::model::Role::printed));
        out.extend([&appendix.called, &appendix.printed_number].into_iter().flatten().cloned());
        out.push(format!("{:?} {:?}", appendix.sector, appendix.columns));
    }
    for task in tasks {
        out.push(format!("{} {:?}", task.code.text, task.appendix));
        words(&task.fields, &mut out);
    }
    out.extend(targets.iter().map(|line| format!("{} {}", line.target.code, line.target.text)));
    parts.iter().for_each(|part| prose(part, &mut out));
    for fate in &derivation.fates {
        out.push(format!("{:?} {} {}", fate.parent, fate.task, answer(plan, &fate.outcome)));
    }
    for fate in &derivation.target_fates {
        out.push(format!("{:?} {} {}", fate.parent, fate.code.text, answer(plan, &fate.outcome)));
    }
    out.extend(plan.acceptances.iter().map(|one| format!("{} {} {:?}", one.code, one.place, one.quote)));
    // what is reported about a RIÊNG is not reported again as idle
    out.push(derivation.notes.len().to_string());
    out
}

fn words(fields: &Fields, out: &mut Vec<String>) {
    let roles = [&fields.leads, &fields.coordinators, &fields.synthesisers];
    for (at, piece) in roles.into_iter().enumerate() {
        out.extend(piece.iter().flat_map(|piece| &piece.value).map(|role| format!("{at} {}", role.printed())));
    }
    for piece in [&fields.content, &fields.budget, &fields.note].into_iter().flatten() {
        out.push(piece.value.clone());
    }
    out.extend(fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()));
    out.extend(fields.deadline.iter().flat_map(|piece| &piece.value.entries).map(|entry| format!("{:?} {}", entry.of, entry.text)));
    out.extend(fields.targets.iter().flat_map(|piece| &piece.value).map(|line| format!("{} {}", line.target.code, line.target.text)));
    out.extend(fields.basis.iter().flat_map(|piece| &piece.value).cloned());
    out.extend(fields.own.iter().flat_map(|piece| &piece.value).map(|(name, value)| format!("{name} {value}")));
    out.extend(fields.sector.iter().map(|piece| format!("{:?}", piece.value)));
}

fn prose(part: &Part, out: &mut Vec<String>) {
    out.push(format!("{} {} {}", part.depth, part.number, part.text));
    part.below.iter().for_each(|below| prose(below, out));
}

/// Returns how a parent's task or target is answered: the verb, and a waiver's reasons.
fn answer(plan: &Plan, outcome: &Outcome) -> String {
    let waiver = |at: usize| {
        let statement = &plan.statements[at];
        let reason = statement.reason.as_ref().map_or("", |reason| reason.value.as_str());
        match &statement.verb {
            Verb::Waive { waiver, .. } => format!("{reason} {:?} {:?}", waiver.class, waiver.basis.as_ref().map(|basis| &basis.value)),
            _ => reason.to_owned(),
        }
    };
    match outcome {
        Outcome::Unanswered => "unanswered".to_owned(),
        Outcome::Carried { statement, children } => {
            let reason = plan.statements[*statement].reason.as_ref().map(|reason| &reason.value);
            format!("carried {children:?} {reason:?}")
        }
        Outcome::Waived { statement } | Outcome::Unreasoned { statement } => format!("waived {}", waiver(*statement)),
        Outcome::Finished { statement } => format!("finished {}", waiver(*statement)),
        Outcome::Repeated { children, .. } => format!("repeated {children:?}"),
    }
}
