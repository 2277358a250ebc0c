//! KH3038: SỬA ĐỔI that leaves a task or target as inheritance alone would.

use super::Subject;
use crate::base::Key;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Answer, Fields, Outcome, Piece, PlanId, Role, Statement, TargetLine, Verb};
use crate::value;

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for fate in &on.derivation.fates {
        let Outcome::Carried { statement, children } = &fate.outcome else { continue };
        let statement = &on.plan.statements[*statement];
        let ([child], Verb::Amend { patch, .. }) = (children.as_slice(), &statement.verb) else { continue };
        let baseline = on.baselines(*child).find(|baseline| baseline.parent == (fate.parent, fate.task));
        let task = &on.derivation.template.tasks[*child];
        // a text with a year that is written again says that the year is right (KH3024)
        let confirms = patch.fields.content.as_ref().is_some_and(|content| !value::years(&content.value).is_empty());
        if confirms {
            continue;
        }
        if baseline.is_some_and(|baseline| is_same(&task.fields, &baseline.fields)) {
            report(on, statement, &patch.code.text, &format!("{} {}", takes_over(on, fate.parent), patch.code.text), out);
        }
    }
    for fate in &on.derivation.target_fates {
        let Outcome::Carried { statement, children } = &fate.outcome else { continue };
        let statement = &on.plan.statements[*statement];
        if !matches!(&statement.verb, Verb::Targets { answer: Answer::Amend(_), .. }) {
            continue;
        }
        let upper = on.parent(fate.parent).template.targets.iter().find(|line| Key::new(&line.target.code) == fate.code.key);
        let own = children.first().map(|child| &on.derivation.template.targets[*child]);
        if own.zip(upper).is_some_and(|(own, upper)| Key::new(&own.target.text) == Key::new(&upper.target.text)) {
            let code = &fate.code.text;
            report(on, statement, code, &format!("{} CHỈ TIÊU {code}", takes_over(on, fate.parent)), out);
        }
    }
}

/// Returns the verb that takes a parent's task over as it is.
fn takes_over(on: &Subject<'_>, parent: PlanId) -> &'static str {
    if on.is_last_year(parent) { "TIẾP TỤC" } else { "KẾ THỪA" }
}

fn report(on: &Subject<'_>, statement: &Statement, code: &str, instead: &str, out: &mut Vec<Diagnostic>) {
    out.push(
        on.note(Code::KH3038, statement.loc, msg!("SỬA ĐỔI {code} không làm gì khác đi", "SỬA ĐỔI {code} changes nothing"), code)
            .help(msg!("Viết {instead}, hoặc ghi điều thay đổi", "Write {instead}, or state what changes"))
            .quote(code),
    );
}

/// Says whether all values are the same, wherever they come from.
fn is_same(own: &Fields, upper: &Fields) -> bool {
    let Fields {
        content,
        products,
        leads,
        coordinators,
        synthesisers,
        deadline,
        targets,
        budget,
        sector,
        basis,
        note,
        own: columns,
        scores,
        measures,
    } = own;
    let text = |a: &String, b: &String| Key::new(a) == Key::new(b);
    let texts = |a: &Vec<String>, b: &Vec<String>| a == b;
    let roles =
        |a: &Vec<Role>, b: &Vec<Role>| all(a, b, |a, b| a.body == b.body && Key::new(&a.text) == Key::new(&b.text) && a.duty == b.duty);
    let lines = |a: &Vec<TargetLine>, b: &Vec<TargetLine>| all(a, b, |a, b| a.target == b.target);
    same(content, &upper.content, text)
        && same(products, &upper.products, |a, b| all(a, b, |a, b| Key::new(&a.text) == Key::new(&b.text)))
        && same(leads, &upper.leads, roles)
        && same(coordinators, &upper.coordinators, roles)
        && same(synthesisers, &upper.synthesisers, roles)
        && same(deadline, &upper.deadline, |a, b| a.same_as(b))
        && same(targets, &upper.targets, lines)
        && same(budget, &upper.budget, text)
        && same(sector, &upper.sector, |a, b| a == b)
        && same(basis, &upper.basis, texts)
        && same(note, &upper.note, text)
        && same(columns, &upper.own, |a, b| a == b)
        && *scores == upper.scores
        && same(measures, &upper.measures, texts)
}

fn same<T>(own: &Option<Piece<T>>, upper: &Option<Piece<T>>, equal: impl Fn(&T, &T) -> bool) -> bool {
    match (own, upper) {
        (Some(own), Some(upper)) => equal(&own.value, &upper.value),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

fn all<T>(own: &[T], upper: &[T], equal: impl Fn(&T, &T) -> bool) -> bool {
    own.len() == upper.len() && own.iter().zip(upper).all(|(own, upper)| equal(own, upper))
}
