//! Which verb answers which task: the fates table before any task is built.

use crate::base::Key;
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Model, Plan, PlanId, TaskRef};

use super::Derivation;

/// A parent's task.
pub(super) type Target = (usize, usize);

/// For each parent and task, the statements that name it, in source order.
pub(super) struct Answers {
    statements: Vec<Vec<Vec<usize>>>,
    /// The resolved references of each statement, in order; unknown ones are `None`.
    pub(super) refs: Vec<Vec<Option<Target>>>,
}

impl Answers {
    /// Returns the statements that name a task.
    pub(super) fn of(&self, (parent, task): Target) -> &[usize] {
        &self.statements[parent][task]
    }

    /// Says whether `statement` is the first that names the task: the one that counts.
    pub(super) fn counts(&self, target: Target, statement: usize) -> bool {
        self.of(target).first() == Some(&statement)
    }
}

/// Resolves all references of a plan's verbs. Findings: `KH3003`.
pub(super) fn answers(model: &Model, plan: &Plan, parents: &[&Derivation], notes: &mut Vec<Diagnostic>) -> Answers {
    let mut out = Answers {
        statements: parents.iter().map(|parent| vec![Vec::new(); parent.template.tasks.len()]).collect(),
        refs: Vec::with_capacity(plan.statements.len()),
    };
    for (at, statement) in plan.statements.iter().enumerate() {
        let mut refs = Vec::new();
        for reference in statement.verb.tasks() {
            let found = find(model, parents, reference);
            let target = match found.as_slice() {
                [one] => Some(*one),
                [] => {
                    // a parent that does not exist is reported at Theo, once
                    if !plan.misses_parent {
                        notes.extend(unknown(model, plan, parents, reference));
                    }
                    None
                }
                [first, ..] => {
                    notes.push(ambiguous(model, plan, parents, reference));
                    Some(*first)
                }
            };
            if let Some((parent, task)) = target {
                out.statements[parent][task].push(at);
            }
            refs.push(target);
        }
        out.refs.push(refs);
    }
    out
}

fn find(model: &Model, parents: &[&Derivation], reference: &TaskRef) -> Vec<Target> {
    let mut out = Vec::new();
    for (at, parent) in parents.iter().enumerate() {
        if reference.plan.as_ref().is_some_and(|plan| *plan != model.plan(parent.plan).code) {
            continue;
        }
        out.extend(parent.template.tasks.iter().position(|task| task.code == reference.code).map(|task| (at, task)));
    }
    out
}

fn parent_names(model: &Model, parents: &[&Derivation]) -> String {
    parents.iter().map(|parent| model.plan(parent.plan).code.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Returns the finding about a code that no parent has; `None` where the code is nearly one that the parent uses twice: that is the fault to mend.
fn unknown(model: &Model, plan: &Plan, parents: &[&Derivation], reference: &TaskRef) -> Option<Diagnostic> {
    let code = &reference.code.text;
    let loc = reference.code.loc;
    let unit = unit_name(model, plan);
    let names = parent_names(model, parents);
    let note = if parents.is_empty() {
        let own = &plan.code.text;
        Diagnostic::new(
            Kh::KH3003,
            loc,
            msg!(
                "Kế hoạch {own} không theo kế hoạch nào nên không có nhiệm vụ {code} để trả lời",
                "The plan {own} follows no plan, so there is no task {code} to answer"
            ),
        )
        .help(msg!("Thêm dòng Theo, hoặc viết NHIỆM VỤ {code}", "Add a Theo line, or write NHIỆM VỤ {code}"))
    } else if let Some(other) =
        reference.plan.as_ref().filter(|other| !parents.iter().any(|parent| model.plan(parent.plan).code == **other))
    {
        let other = &other.text;
        Diagnostic::new(Kh::KH3003, loc, msg!("Kế hoạch này không theo {other}", "This plan does not follow {other}")).help(msg!(
            "Sửa mã kế hoạch trước dấu “/”, hoặc thêm {other} vào Theo",
            "Mend the plan's code before “/”, or add {other} to Theo"
        ))
    } else {
        let wanted = Key::new(code).toneless();
        let near = parents
            .iter()
            .flat_map(|parent| parent.template.tasks.iter().map(|task| (*parent, task)))
            .map(|(parent, task)| (strsim::damerau_levenshtein(&task.code.key.toneless(), &wanted), parent, task))
            .filter(|(distance, ..)| *distance <= 2)
            .min_by_key(|(distance, ..)| *distance);
        if near.is_some_and(|(_, parent, task)| parent.is_repeated(&task.code)) {
            return None;
        }
        let near = near.map(|(.., task)| task);
        let note = Diagnostic::new(Kh::KH3003, loc, msg!("{names} không có nhiệm vụ {code}", "{names} has no task {code}"));
        match near {
            Some(task) => {
                let near = &task.code.text;
                note.related(task.loc, msg!("nhiệm vụ có mã gần giống", "the task with a similar code"))
                    .help(msg!("Có phải {near}?", "Is it {near}?"))
                    .fix(msg!("thay bằng {near}", "replace by {near}"), loc, reference.replaced_by(near), false)
            }
            None => note.help(msg!(
                "Sửa mã, hoặc dùng BỔ SUNG cho nhiệm vụ không có ở cấp trên",
                "Mend the code, or use BỔ SUNG for a task that the parent does not have"
            )),
        }
    };
    Some(note.about(&plan.code.text, &unit, code).quote(code))
}

fn ambiguous(model: &Model, plan: &Plan, parents: &[&Derivation], reference: &TaskRef) -> Diagnostic {
    let code = &reference.code.text;
    let names = parent_names(model, parents);
    let example = format!("{}/{code}", model.plan(parents[0].plan).code.text);
    Diagnostic::new(
        Kh::KH3003,
        reference.code.loc,
        msg!("Mã {code} có ở nhiều kế hoạch cấp trên ({names})", "The code {code} exists in several parent plans ({names})"),
    )
    .help(msg!("Ghi cả mã kế hoạch: {example}", "Write the plan's code too: {example}"))
    .about(&plan.code.text, &unit_name(model, plan), code)
    .quote(code)
}

/// Returns the name of a plan's unit, or nothing where it has none.
pub(super) fn unit_name(model: &Model, plan: &Plan) -> String {
    super::unit_of(&model.registry, plan).map(|unit| unit.name.clone()).unwrap_or_default()
}

/// Returns the id of a parent by its place in the list of parents.
pub(super) fn parent_id(parents: &[&Derivation], at: usize) -> PlanId {
    parents[at].plan
}
