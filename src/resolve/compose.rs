//! The common answers of a handing-on and the RIÊNG of one unit, put together: a RIÊNG replaces each common answer to a task that it names.

use crate::base::Loc;
use crate::model::{Acceptance, Answer, Appendix, Code, Part, Plan, Statement, TargetLine, TaskRef, Verb};

/// What the plan of one unit states.
pub(super) struct Body {
    pub(super) appendices: Vec<Appendix>,
    pub(super) parts: Vec<Part>,
    pub(super) targets: Vec<TargetLine>,
    pub(super) statements: Vec<Statement>,
    pub(super) acceptances: Vec<Acceptance>,
}

/// A TÁCH or GỘP that a RIÊNG replaces in part.
#[derive(Debug, Clone)]
pub(super) struct Partial {
    /// The common statement.
    pub(super) common: usize,
    /// What the RIÊNG names.
    pub(super) at: Loc,
    /// The parents' tasks that it has to answer too.
    pub(super) missing: Vec<String>,
}

/// Returns the body of a unit's plan: the common one with what its RIÊNG blocks replace and add.
pub(super) fn compose(common: &Plan, owns: &[&Plan]) -> Body {
    let mut appendices = common.appendices.clone();
    let mut pool: Vec<Option<Statement>> = Vec::new();
    let mut answered: Vec<(TaskRef, bool)> = Vec::new();
    for own in owns {
        let places: Vec<usize> = own.appendices.iter().map(|appendix| put(&mut appendices, appendix)).collect();
        let mut more = Vec::new();
        for statement in own.statements.iter().flat_map(singles) {
            // what an earlier RIÊNG answers stays answered: the overlap is reported
            let named = names(&statement.verb);
            if named.iter().any(|one| answered.iter().any(|other| same(one, other))) {
                continue;
            }
            more.extend(named);
            pool.push(Some(Statement { appendix: statement.appendix.map(|at| places[at]), ..statement }));
        }
        answered.extend(more);
    }
    let replaces = |reference: &TaskRef, target: bool| answered.iter().any(|other| same(&(reference.clone(), target), other));

    let mut dropped: Vec<&Code> = Vec::new();
    for statement in &common.statements {
        if statement.verb.tasks().iter().any(|one| replaces(one, false)) {
            dropped.extend(statement.verb.results());
        }
    }
    let added: Vec<Code> = pool.iter().flatten().filter_map(|statement| stated(&statement.verb).cloned()).collect();
    let mut statements = Vec::new();
    for statement in &common.statements {
        match &statement.verb {
            Verb::Inherit(_) | Verb::Waive { .. } | Verb::Finish { .. } | Verb::Targets { .. } => {
                // one answer per code: runs of those that stay keep their statement
                let mut run = Vec::new();
                for single in singles(statement) {
                    let Some(name) = names(&single.verb).into_iter().next() else { continue };
                    if replaces(&name.0, name.1) {
                        flush(&mut run, &mut statements);
                        statements.extend(take(&mut pool, &name, statement.appendix));
                    } else {
                        run.push(single);
                    }
                }
                flush(&mut run, &mut statements);
            }
            Verb::Amend { .. } | Verb::Split { .. } | Verb::Merge { .. } | Verb::InheritTogether(_) => {
                let named = names(&statement.verb);
                if named.iter().any(|(one, target)| replaces(one, *target)) {
                    for name in &named {
                        statements.extend(take(&mut pool, name, statement.appendix));
                    }
                } else {
                    statements.push(statement.clone());
                }
            }
            Verb::Task(patch) if dropped.contains(&&patch.code) => {}
            Verb::Add(patch) if added.contains(&patch.code) => {}
            Verb::Task(_) | Verb::Add(_) => statements.push(statement.clone()),
        }
    }
    statements.extend(pool.into_iter().flatten());

    let mut parts: Vec<Part> = common.parts.clone();
    let mut targets: Vec<TargetLine> = common.targets.clone();
    let mut acceptances = common.acceptances.clone();
    for own in owns {
        parts.retain(|part| !own.parts.iter().any(|other| other.number.eq_ignore_ascii_case(&part.number)));
        parts.extend(own.parts.iter().cloned());
        targets.retain(|line| !own.targets.iter().any(|other| other.target.code == line.target.code));
        targets.extend(own.targets.iter().cloned());
        acceptances.extend(own.acceptances.iter().cloned());
    }
    Body { appendices, parts, targets, statements, acceptances }
}

/// Says whether a plan's verbs name a task.
pub(super) fn answers(own: &Plan, task: &TaskRef) -> bool {
    own.statements.iter().flat_map(|statement| statement.verb.tasks()).any(|other| same_task(other, task))
}

/// Returns the TÁCH and GỘP of `common` that `own` replaces in part: it names some of their tasks, or of their results, and not all tasks but
/// those that `elsewhere` says are answered beside it.
pub(super) fn partials(common: &Plan, own: &Plan, elsewhere: impl Fn(&TaskRef) -> bool) -> Vec<Partial> {
    let mut out = Vec::new();
    let mut named: Vec<&TaskRef> = own.statements.iter().flat_map(|statement| statement.verb.tasks()).collect();
    let announced: Vec<&Code> = own.statements.iter().flat_map(|statement| statement.verb.results()).collect();
    let stated = own.statements.iter().filter_map(|statement| match &statement.verb {
        Verb::Task(patch) if !announced.contains(&&patch.code) => Some(&patch.code),
        _ => None,
    });
    let stated: Vec<&Code> = stated.collect();
    named.sort_by_key(|one| one.code.loc);
    for (at, statement) in common.statements.iter().enumerate() {
        let whole = matches!(statement.verb, Verb::Merge { .. } | Verb::Split { .. } | Verb::InheritTogether(_));
        if !whole {
            continue;
        }
        let from = statement.verb.tasks();
        let results = statement.verb.results();
        let is_named = |one: &TaskRef| named.iter().any(|other| same_task(other, one));
        let missing: Vec<String> = from.iter().filter(|one| !is_named(one) && !elsewhere(one)).map(|one| one.code.text.clone()).collect();
        if missing.is_empty() {
            continue;
        }
        // a result may bear its parent's code: then the parent is meant
        let of_result = |code: &Code| results.contains(&code) && !from.iter().any(|one| one.code == *code);
        let by_task = named.iter().find(|other| from.iter().any(|one| same_task(other, one)) || of_result(&other.code));
        let by_result = stated.iter().find(|code| results.contains(*code));
        if let Some(at_own) = by_task.map(|one| one.code.loc).or_else(|| by_result.map(|code| code.loc)) {
            out.push(Partial { common: at, at: at_own, missing });
        }
    }
    out
}

/// Takes out of `own` all that names a task or result of these common statements.
pub(super) fn withdraw(own: &mut Plan, common: &Plan, partials: &[Partial]) {
    let verbs: Vec<&Verb> = partials.iter().map(|partial| &common.statements[partial.common].verb).collect();
    let concerns =
        |code: &Code| verbs.iter().any(|verb| verb.results().contains(&code) || verb.tasks().iter().any(|one| one.code == *code));
    let kept = own.statements.iter().flat_map(singles).filter(|statement| {
        let verb = &statement.verb;
        !verb.tasks().iter().any(|one| concerns(&one.code)) && !matches!(verb, Verb::Task(patch) if concerns(&patch.code))
    });
    own.statements = kept.collect();
}

/// Returns the tasks and targets that two RIÊNG both answer, each by its code in the second.
pub(super) fn overlaps<'a>(first: &Plan, second: &'a Plan) -> Vec<(&'a Code, Loc)> {
    let all = |plan: &Plan| plan.statements.iter().flat_map(|statement| names(&statement.verb)).collect::<Vec<_>>();
    let before = all(first);
    let mut out: Vec<(&Code, Loc)> = Vec::new();
    for statement in &second.statements {
        let target = matches!(statement.verb, Verb::Targets { .. });
        for one in references(&statement.verb) {
            let clash = before.iter().find(|other| same(&(one.clone(), target), other));
            if let Some((other, _)) = clash.filter(|_| !out.iter().any(|(code, _)| *code == &one.code)) {
                out.push((&one.code, other.code.loc));
            }
        }
    }
    out
}

/// Returns what a verb answers: tasks, or targets of a verb over targets.
fn references(verb: &Verb) -> Vec<&TaskRef> {
    match verb {
        Verb::Targets { codes, .. } => codes.iter().collect(),
        other => other.tasks(),
    }
}

fn names(verb: &Verb) -> Vec<(TaskRef, bool)> {
    let target = matches!(verb, Verb::Targets { .. });
    references(verb).into_iter().map(|one| (one.clone(), target)).collect()
}

fn same((one, target): &(TaskRef, bool), (other, other_target): &(TaskRef, bool)) -> bool {
    target == other_target && same_task(one, other)
}

fn same_task(one: &TaskRef, other: &TaskRef) -> bool {
    let plans = one.plan.as_ref().zip(other.plan.as_ref());
    one.code == other.code && plans.is_none_or(|(one, other)| one == other)
}

fn stated(verb: &Verb) -> Option<&Code> {
    match verb {
        Verb::Add(patch) => Some(&patch.code),
        _ => None,
    }
}

/// Returns a list verb as one statement per code; any other as it is.
fn singles(statement: &Statement) -> Vec<Statement> {
    let with = |verb: Verb| Statement { verb, ..statement.clone() };
    match &statement.verb {
        Verb::Inherit(refs) => refs.iter().map(|one| with(Verb::Inherit(vec![one.clone()]))).collect(),
        Verb::Waive { tasks, waiver } => {
            tasks.iter().map(|one| with(Verb::Waive { tasks: vec![one.clone()], waiver: waiver.clone() })).collect()
        }
        Verb::Finish { tasks, result } => {
            tasks.iter().map(|one| with(Verb::Finish { tasks: vec![one.clone()], result: result.clone() })).collect()
        }
        Verb::Targets { codes, answer } => {
            codes.iter().map(|one| with(Verb::Targets { codes: vec![one.clone()], answer: answer.clone() })).collect()
        }
        _ => vec![statement.clone()],
    }
}

/// Puts a run of answers that stay back into one statement.
fn flush(run: &mut Vec<Statement>, out: &mut Vec<Statement>) {
    let mut run = std::mem::take(run).into_iter();
    let Some(mut whole) = run.next() else { return };
    for more in run {
        match (&mut whole.verb, more.verb) {
            (Verb::Inherit(refs), Verb::Inherit(more)) => refs.extend(more),
            (Verb::Waive { tasks, .. }, Verb::Waive { tasks: more, .. })
            | (Verb::Finish { tasks, .. }, Verb::Finish { tasks: more, .. }) => {
                tasks.extend(more);
            }
            (Verb::Targets { codes, .. }, Verb::Targets { codes: more, .. }) => codes.extend(more),
            _ => {}
        }
    }
    out.push(whole);
}

/// Takes the answers to one task or target out of the pool; those that stand under no appendix take the place of the common answer.
fn take(pool: &mut [Option<Statement>], name: &(TaskRef, bool), appendix: Option<usize>) -> Vec<Statement> {
    let mut out = Vec::new();
    for slot in pool {
        let answers = slot.as_ref().is_some_and(|statement| {
            let single = match &statement.verb {
                Verb::Inherit(_) | Verb::Amend { .. } | Verb::Waive { .. } | Verb::Finish { .. } => true,
                Verb::Targets { answer, .. } => match answer {
                    Answer::Inherit | Answer::Amend(_) | Answer::Waive(_) | Answer::Finish(_) => true,
                },
                Verb::Task(_) | Verb::Add(_) | Verb::InheritTogether(_) | Verb::Split { .. } | Verb::Merge { .. } => false,
            };
            single && names(&statement.verb).iter().any(|one| same(one, name))
        });
        if answers && let Some(statement) = slot.take() {
            out.push(Statement { appendix: statement.appendix.or(appendix), ..statement });
        }
    }
    out
}

/// Puts an appendix of a RIÊNG among the common ones and returns its place: one with the same number is restated.
fn put(list: &mut Vec<Appendix>, own: &Appendix) -> usize {
    let number = |appendix: &Appendix| appendix.number.trim_start_matches('0').to_uppercase();
    let Some(at) = list.iter().position(|other| other.group == own.group && number(other) == number(own)) else {
        list.push(own.clone());
        return list.len() - 1;
    };
    fn over<T: Clone>(slot: &mut Option<T>, own: &Option<T>) {
        if own.is_some() {
            slot.clone_from(own);
        }
    }
    let place = &mut list[at];
    if !own.title.value.is_empty() {
        place.title = own.title.clone();
    }
    over(&mut place.printed_title, &own.printed_title);
    over(&mut place.called, &own.called);
    over(&mut place.sector, &own.sector);
    over(&mut place.focal, &own.focal);
    over(&mut place.report, &own.report);
    over(&mut place.via, &own.via);
    over(&mut place.attached_to, &own.attached_to);
    over(&mut place.printed_number, &own.printed_number);
    if !own.columns.is_empty() {
        place.columns.clone_from(&own.columns);
    }
    at
}
