//! KH2003: one indicator with two values in one plan.

use super::Subject;
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::Target;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: Vec<(Key, &Target, Loc)> = Vec::new();
    let plan = on.derivation.content.targets.iter().map(|line| (line, String::new(), on.plan.loc));
    let tasks = on.tasks().iter().flat_map(|task| {
        let lines = task.fields.targets.iter().flat_map(|piece| &piece.value);
        lines.map(|line| (line, task.code.text.clone(), task.code.loc))
    });
    for (line, place, stands) in plan.chain(tasks) {
        let key = Key::new(&line.target.code);
        let Some(measure) = line.target.measure.as_ref().filter(|_| !key.is_empty()) else { continue };
        let first = seen.iter().find(|(other, _, _)| *other == key);
        match first {
            None => seen.push((key, &line.target, line.loc)),
            Some((_, other, at)) => {
                let differs = other.measure.as_ref().is_some_and(|other| other.value != measure.value || other.unit != measure.unit);
                // two values of one parent are reported with the parent
                let came_down = !on.holds(line.loc) && !on.holds(*at) && on.plan_at(line.loc) == on.plan_at(*at);
                // a target of its own with a parent's code is reported as such (KH0031)
                let repeats = place.is_empty() && on.plan.targets.iter().any(|own| own.loc == line.loc);
                if !differs || came_down || repeats {
                    continue;
                }
                let (code, text, first) = (&line.target.code, &line.target.text, &other.text);
                let place = if place.is_empty() { code.as_str() } else { &place };
                out.push(
                    on.note(
                        Code::KH2003,
                        if on.holds(line.loc) { line.loc } else { stands },
                        msg!(
                            "Chỉ tiêu {code} có hai giá trị: “{first}” và “{text}”",
                            "The indicator {code} has two values: “{first}” and “{text}”"
                        ),
                        place,
                    )
                    .related(*at, msg!("giá trị kia", "the other value"))
                    .help(msg!("Thống nhất một giá trị", "Settle on one value"))
                    .quote(text.clone()),
                );
            }
        }
    }
}
