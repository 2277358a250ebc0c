//! Which verb answers which task: the fates table before any task is built.

use crate::base::Key;
use crate::diag::{Code as Kh, Diagnostic, msg};
use crate::model::{Model, ParentKind, Plan, Statement, TaskRef, Verb};

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

/// A parent as answering sees it.
pub(super) struct Parent<'a> {
    pub(super) derivation: &'a Derivation,
    /// How the plan is its parent.
    pub(super) kind: ParentKind,
    /// The tasks that have to be answered, where not all: those that an earlier plan deferred to this year.
    pub(super) only: Option<Vec<usize>>,
}

impl Parent<'_> {
    /// Says whether a task of the parent has to be answered.
    pub(super) fn asks(&self, task: usize) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&task))
    }
}

/// Resolves all references of a plan's verbs. Findings: `KH3003`, `KH4001`.
pub(super) fn answers(model: &Model, plan: &Plan, sources: &[Parent<'_>], notes: &mut Vec<Diagnostic>) -> Answers {
    let parents: Vec<&Derivation> = sources.iter().filter(|parent| parent.only.is_none()).map(|parent| parent.derivation).collect();
    let mut out = Answers {
        statements: sources.iter().map(|parent| vec![Vec::new(); parent.derivation.template.tasks.len()]).collect(),
        refs: Vec::with_capacity(plan.statements.len()),
    };
    for (at, statement) in plan.statements.iter().enumerate() {
        let mut refs = Vec::new();
        let together = matches!(statement.verb, Verb::InheritTogether(_));
        for (place, reference) in statement.verb.tasks().into_iter().enumerate() {
            // TIẾP TỤC a CÙNG b answers last year's plan by its first code, any parent by the others
            let side = statement.side.filter(|_| !together || place == 0);
            let (mut found, fits) = find(model, sources, reference, side);
            found.retain(|target| !together || !refs.contains(&Some(*target)));
            let target = match found.as_slice() {
                [one] => {
                    if let (false, Some(side)) = (fits, side) {
                        notes.push(wrong_verb(model, plan, statement, &sources[one.0], reference, side));
                    }
                    Some(*one)
                }
                [] => {
                    // a parent that does not exist is reported at Theo or Từ, once
                    if !plan.misses_parent {
                        notes.extend(unknown(model, plan, &parents, reference));
                    }
                    None
                }
                [first, ..] => {
                    let all: Vec<&Derivation> = found.iter().map(|(parent, _)| sources[*parent].derivation).collect();
                    notes.push(ambiguous(model, plan, &all, reference));
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

/// Resolves a reference outside of the verbs (KH3003).
pub(super) fn one(model: &Model, plan: &Plan, sources: &[Parent<'_>], reference: &TaskRef, notes: &mut Vec<Diagnostic>) -> Option<Target> {
    let (found, _) = find(model, sources, reference, None);
    match found.as_slice() {
        [one] => Some(*one),
        [] => {
            let parents: Vec<&Derivation> = sources.iter().filter(|parent| parent.only.is_none()).map(|parent| parent.derivation).collect();
            if !plan.misses_parent {
                notes.extend(unknown(model, plan, &parents, reference));
            }
            None
        }
        [first, ..] => {
            let all: Vec<&Derivation> = found.iter().map(|(parent, _)| sources[*parent].derivation).collect();
            notes.push(ambiguous(model, plan, &all, reference));
            Some(*first)
        }
    }
}

/// Returns the parents' tasks that a reference outside of the verbs names; several where it names no plan.
pub(super) fn named(model: &Model, sources: &[Parent<'_>], reference: &TaskRef) -> Vec<Target> {
    find(model, sources, reference, None).0
}

/// Returns the tasks that a reference names: those of the parents that the verb is for, where there are some, and whether there are.
fn find(model: &Model, sources: &[Parent<'_>], reference: &TaskRef, side: Option<ParentKind>) -> (Vec<Target>, bool) {
    let mut out = Vec::new();
    for (at, parent) in sources.iter().enumerate() {
        let derivation = parent.derivation;
        if reference.plan.as_ref().is_some_and(|plan| *plan != model.plan(derivation.plan).code) {
            continue;
        }
        let task = derivation.template.tasks.iter().position(|task| task.code == reference.code);
        out.extend(task.filter(|task| parent.asks(*task)).map(|task| (at, task)));
    }
    let of_side = |target: &Target| side.is_none_or(|side| sources[target.0].kind == side || sources[target.0].only.is_some());
    let fitting: Vec<Target> = out.iter().copied().filter(of_side).collect();
    if fitting.is_empty() { (out, false) } else { (fitting, true) }
}

/// Reports KẾ THỪA of last year's task, TIẾP TỤC or KẾT THÚC of the upper level's.
fn wrong_verb(model: &Model, plan: &Plan, statement: &Statement, parent: &Parent<'_>, reference: &TaskRef, side: ParentKind) -> Diagnostic {
    let code = &reference.code.text;
    let upper = &model.plan(parent.derivation.plan).code.text;
    let finish = matches!(statement.verb, Verb::Finish { .. });
    let (word, right) = match (side, finish) {
        (ParentKind::Upper, _) => ("KẾ THỪA", "TIẾP TỤC"),
        (ParentKind::LastYear, true) => ("KẾT THÚC", "KHÔNG ÁP DỤNG"),
        (ParentKind::LastYear, false) => ("TIẾP TỤC", "KẾ THỪA"),
    };
    let message = match side {
        ParentKind::Upper => msg!(
            "{word} dùng cho nhiệm vụ của cấp trên, còn {code} là của kế hoạch năm trước {upper}",
            "{word} is for tasks of the upper level, and {code} belongs to last year's plan {upper}"
        ),
        ParentKind::LastYear => msg!(
            "{word} dùng cho nhiệm vụ của năm trước, còn {code} là của kế hoạch cấp trên {upper}",
            "{word} is for last year's tasks, and {code} belongs to the upper level's plan {upper}"
        ),
    };
    Diagnostic::new(Kh::KH4001, reference.code.loc, message)
        .help(msg!("Viết {right} {code}", "Write {right} {code}"))
        .about(&plan.code.text, &unit_name(model, plan), code)
        .quote(code)
}

fn parent_names(model: &Model, parents: &[&Derivation]) -> String {
    parents.iter().map(|parent| model.plan(parent.plan).code.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Returns the finding about a code that no parent has; `None` where the code is nearly one that the parent uses twice: that is the fault to mend.
pub(super) fn unknown(model: &Model, plan: &Plan, parents: &[&Derivation], reference: &TaskRef) -> Option<Diagnostic> {
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
        msg!("Mã {code} có ở nhiều kế hoạch ({names})", "The code {code} exists in several plans ({names})"),
    )
    .help(msg!("Ghi cả mã kế hoạch: {example}", "Write the plan's code too: {example}"))
    .about(&plan.code.text, &unit_name(model, plan), code)
    .quote(code)
}

/// Returns the name of a plan's unit, or nothing where it has none.
pub(super) fn unit_name(model: &Model, plan: &Plan) -> String {
    super::unit_of(&model.registry, plan).map(|unit| unit.name.clone()).unwrap_or_default()
}
