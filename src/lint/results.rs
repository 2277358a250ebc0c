//! KH4012 to KH4014: results of codes that do not exist, two rows for one task, a task of last year without a result.
//! KH4004, KH4009, KH4015: unfinished tasks that end, `Nối tiếp` of tasks that go on, targets below what was reached.

use std::collections::BTreeMap;

use super::{Subject, acceptance};
use crate::base::Key;
use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Code as TaskCode, Fate, Model, Outcome, ParentKind, PlanId, Results, Statement, TaskRef, Verb, WaiverClass};
use crate::value::{Progress, Target, print_thousandths};

/// Judges a file of results by the plans whose tasks it speaks of.
pub(super) fn of_file(model: &Model, derivations: &[Derivation], plans: &[PlanId], results: &Results) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let file = &results.file;
    let mut known: Vec<(&TaskCode, TaskCode, bool)> = Vec::new();
    for id in plans {
        let (plan, content) = (model.plan(*id), &derivations[id.index()].content);
        known.extend(content.tasks.iter().map(|task| (&plan.code, task.code.clone(), true)));
        let targets = content.targets.iter().filter(|line| !line.target.code.is_empty());
        known.extend(targets.map(|line| (&plan.code, TaskCode::new(line.target.code.clone(), line.loc), false)));
    }
    let names = plans.iter().map(|id| model.plan(*id).code.text.as_str()).collect::<Vec<_>>().join(", ");
    let mut seen: BTreeMap<(Option<&Key>, &Key), usize> = BTreeMap::new();
    for (at, row) in results.rows.iter().enumerate() {
        let (code, number) = (&row.task.code, row.number);
        let text = &code.text;
        let key = (row.task.plan.as_ref().map(|plan| &plan.key), &row.task.code.key);
        let first = *seen.entry(key).or_insert(at);
        if first < at {
            let first = &results.rows[first];
            let before = first.number;
            out.push(
                Diagnostic::new(
                    Code::KH4013,
                    code.loc,
                    msg!(
                        "{file}, dòng {number}: {text} đã có kết quả ở dòng {before}",
                        "{file}, row {number}: {text} has its result in row {before}"
                    ),
                )
                .related(first.loc, msg!("dòng được dùng", "the row that counts"))
                .help(msg!("Giữ một dòng cho mỗi nhiệm vụ", "Keep one row for each task"))
                .about("", "", text)
                .quote(text.clone()),
            );
            continue;
        }
        if known.iter().any(|(plan, own, _)| row.task.names(plan, own)) {
            continue;
        }
        let note = Diagnostic::new(
            Code::KH4012,
            code.loc,
            msg!(
                "{file}, dòng {number}: {names} không có nhiệm vụ hay chỉ tiêu {text}",
                "{file}, row {number}: {names} has no task or target {text}"
            ),
        );
        let wanted = code.key.toneless();
        let distance = |own: &TaskCode| strsim::damerau_levenshtein(&own.key.toneless(), &wanted);
        let near = known
            .iter()
            .map(|(_, own, _)| (distance(own), own))
            .filter(|(distance, _)| *distance <= 2)
            .min_by_key(|(distance, _)| *distance);
        let note = match near {
            Some((_, own)) => {
                let near = &own.text;
                note.help(msg!("Có phải {near}?", "Is it {near}?"))
            }
            None => note.help(msg!("Sửa mã cho đúng kế hoạch năm trước, hoặc xóa dòng này", "Mend the code, or delete the row")),
        };
        out.push(note.about("", "", text).quote(text.clone()));
    }
    let lacking: Vec<&str> =
        known.iter().filter(|(plan, own, task)| *task && results.of(plan, own).is_none()).map(|(_, own, _)| own.text.as_str()).collect();
    if let [first, ..] = lacking.as_slice() {
        let count = lacking.len();
        let mut list = lacking.iter().take(10).copied().collect::<Vec<_>>().join(", ");
        if count > 10 {
            list.push_str(", …");
        }
        out.push(
            Diagnostic::new(
                Code::KH4014,
                results.loc,
                msg!("{file} chưa có kết quả của {count} nhiệm vụ: {list}", "{file} has no result of {count} tasks: {list}"),
            )
            .help(msg!("Thêm mỗi nhiệm vụ một dòng", "Add a row for each of them"))
            .quote(*first),
        );
    }
    out
}

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let last: Vec<PlanId> = on.plan.parents.iter().filter(|link| link.kind == ParentKind::LastYear).map(|link| link.plan).collect();
    if let Some(results) = &on.plan.roll.results {
        let plan = &on.plan.code.text;
        let notes = of_file(on.model, on.all, &last, results).into_iter();
        out.extend(notes.map(|note| {
            let place = note.subject.place.clone().unwrap_or_default();
            note.about(plan, &on.unit, &place)
        }));
    }
    for fate in on.derivation.fates.iter().filter(|fate| on.is_last_year(fate.parent)) {
        match &fate.outcome {
            Outcome::Finished { statement } => finished(on, fate, &on.plan.statements[*statement], out),
            Outcome::Waived { statement } => called_done(on, fate, &on.plan.statements[*statement], out),
            Outcome::Unanswered | Outcome::Carried { .. } | Outcome::Unreasoned { .. } | Outcome::Repeated { .. } => {}
        }
    }
    for statement in &on.plan.statements {
        for reference in &statement.follows {
            out.extend(follows(on, reference, &last));
        }
    }
    below_result(on, out);
}

/// Judges KẾT THÚC of one task: by what the verb says came of it, else by the results.
fn finished(on: &Subject<'_>, fate: &Fate, statement: &Statement, out: &mut Vec<Diagnostic>) {
    let Verb::Finish { tasks, result } = &statement.verb else { return };
    let upper = &on.model.plan(fate.parent).code;
    let task = on.parent_task((fate.parent, fate.task));
    let code = &task.code.text;
    let at = tasks.iter().find(|one| one.names(upper, &task.code)).map_or(statement.loc, |one| one.code.loc);
    let row = on.plan.roll.results.as_ref().and_then(|results| results.of(upper, &task.code));
    let said = result.as_ref().and_then(|text| Progress::opening(&text.value).map(|progress| (progress, text.loc)));
    let recorded = row.and_then(|row| row.progress.map(|progress| (progress, row.loc)));
    match said.into_iter().chain(recorded).find(|(progress, _)| *progress != Progress::Done) {
        Some((progress, place)) => {
            let words = progress.text();
            let note = on
                .note(
                    Code::KH4004,
                    at,
                    msg!("KẾT THÚC {code} mà kết quả năm trước là “{words}”", "KẾT THÚC {code}, and last year's result is “{words}”"),
                    code,
                )
                .related(place, msg!("kết quả", "the result"))
                .help(msg!(
                    "Viết TIẾP TỤC {code}, hoặc KHÔNG ÁP DỤNG {code} có Loại và Lý do nếu không làm tiếp",
                    "Write TIẾP TỤC {code}, or KHÔNG ÁP DỤNG {code} with Loại and Lý do if it is dropped"
                ))
                .quote(code.clone());
            out.push(note);
        }
        // with a file, what it lacks is one finding at the file
        None if result.is_none() && statement.reason.is_none() && on.plan.roll.results_file.is_none() => out.push(
            on.note(Code::KH4014, at, msg!("KẾT THÚC {code} mà chưa ghi kết quả", "KẾT THÚC {code} without a result"), code)
                .related(task.loc, on.their_task(fate.parent))
                .help(msg!(
                    "Thêm dòng Kết quả: …, hoặc ghi tệp kết quả dưới LẬP NĂM",
                    "Add the line Kết quả: …, or name the file of results below LẬP NĂM"
                ))
                .quote(code.clone()),
        ),
        None => {}
    }
}

/// Judges a waiver that says of a task that it is done.
fn called_done(on: &Subject<'_>, fate: &Fate, statement: &Statement, out: &mut Vec<Diagnostic>) {
    let Verb::Waive { waiver, .. } = &statement.verb else { return };
    let upper = &on.model.plan(fate.parent).code;
    let task = on.parent_task((fate.parent, fate.task));
    let row = on.plan.roll.results.as_ref().and_then(|results| results.of(upper, &task.code));
    let Some(row) = row.filter(|_| waiver.class == Some(WaiverClass::Done)) else { return };
    let Some(progress) = row.progress.filter(|progress| *progress != Progress::Done) else { return };
    let (code, words) = (&task.code.text, progress.text());
    out.push(
        on.note(
            Code::KH4004,
            waiver.class_text.as_ref().map_or(statement.loc, |text| text.loc),
            msg!(
                "{code} ghi “đã hoàn thành” mà kết quả năm trước là “{words}”",
                "{code} is called done, and last year's result is “{words}”"
            ),
            code,
        )
        .related(row.loc, msg!("kết quả", "the result"))
        .help(msg!("Ghi Loại đúng với lý do không làm tiếp, hoặc viết TIẾP TỤC {code}", "Write the Loại that is true, or TIẾP TỤC {code}"))
        .quote(code.clone()),
    );
}

/// Returns the finding about a `Nối tiếp` that names no task of last year that ends.
fn follows(on: &Subject<'_>, reference: &TaskRef, last: &[PlanId]) -> Option<Diagnostic> {
    if on.plan.misses_parent {
        return None;
    }
    let code = &reference.code.text;
    let fate = on.derivation.fates.iter().filter(|fate| on.is_last_year(fate.parent)).find(|fate| {
        let task = on.parent_task((fate.parent, fate.task));
        reference.names(&on.model.plan(fate.parent).code, &task.code)
    });
    let names = last.iter().map(|id| on.model.plan(*id).code.text.as_str()).collect::<Vec<_>>().join(", ");
    let message = match fate.map(|fate| &fate.outcome) {
        Some(Outcome::Finished { .. } | Outcome::Waived { .. }) => return None,
        // what is not answered, or not once, is reported so
        Some(Outcome::Unanswered | Outcome::Unreasoned { .. } | Outcome::Repeated { .. }) => return None,
        Some(Outcome::Carried { .. }) => {
            msg!("Nối tiếp {code}, nhưng {code} vẫn được làm tiếp trong kế hoạch này", "Nối tiếp {code}, and {code} goes on in this plan")
        }
        None if names.is_empty() => {
            msg!(
                "Nối tiếp {code}, nhưng kế hoạch không lập từ kế hoạch năm trước nào",
                "Nối tiếp {code}, and the plan goes on from no plan of last year"
            )
        }
        None => msg!("Nối tiếp {code}, nhưng {names} không có nhiệm vụ này", "Nối tiếp {code}, and {names} has no such task"),
    };
    let note = on
        .note(Code::KH4009, reference.code.loc, message, code)
        .help(msg!(
            "Nối tiếp nêu mã một nhiệm vụ năm trước đã KẾT THÚC; nếu việc cũ vẫn làm thì dùng TIẾP TỤC hoặc SỬA ĐỔI",
            "Nối tiếp names a task of last year that ends; where the old task goes on, use TIẾP TỤC or SỬA ĐỔI"
        ))
        .quote(code.clone());
    Some(match fate {
        Some(fate) => note.related(on.parent_task((fate.parent, fate.task)).loc, on.their_task(fate.parent)),
        None => note,
    })
}

/// Reports targets that ask for less than what was reached last year.
fn below_result(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let Some(results) = &on.plan.roll.results else { return };
    for fate in on.derivation.target_fates.iter().filter(|fate| on.is_last_year(fate.parent)) {
        let Outcome::Carried { children, .. } = &fate.outcome else { continue };
        let upper = &on.model.plan(fate.parent).code;
        let Some(row) = results.of(upper, &fate.code) else { continue };
        let figure = row.figure.as_ref().map(|text| text.value.clone()).or(row.share.map(|share| format!("{}%", print_thousandths(share))));
        let Some(figure) = figure else { continue };
        let before = on.parent(fate.parent).content.targets.iter().find(|line| Key::new(&line.target.code) == fate.code.key);
        let Some(before) = before else { continue };
        // the figure in the place of last year's own: what was reached, in the words of what was asked
        let reached = before.target.with_measure(&Target::parse("", &figure));
        for line in children.iter().map(|at| &on.derivation.content.targets[*at]) {
            if line.target.is_lower_than(&before.target) == Some(true) || line.target.is_lower_than(&reached) != Some(true) {
                continue;
            }
            let (code, own) = (&fate.code.text, &line.target.text);
            let at = if on.holds(line.loc) { line.loc } else { on.target_verb(fate).unwrap_or(on.plan.loc) };
            out.push(
                on.note(
                    Code::KH4015,
                    at,
                    msg!(
                        "Chỉ tiêu “{own}” thấp hơn kết quả năm trước đã đạt ({figure})",
                        "The target “{own}” is below last year's result ({figure})"
                    ),
                    code,
                )
                .related(row.loc, msg!("kết quả năm trước", "last year's result"))
                .help(acceptance::or_accept(
                    &msg!("Đặt mức không thấp hơn kết quả đã đạt", "Ask for no less than was reached"),
                    Code::KH4015,
                    code,
                    own,
                ))
                .quote(own.clone()),
            );
        }
    }
}
