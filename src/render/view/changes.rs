//! What a plan does differently from its parents: the table that goes with the Tờ trình.

use serde::Serialize;

use super::level_change;
use super::schedule::{joined, label, task_content, values};
use super::standing::Standing;
use super::wording::{bare, items, printed};
use super::{Cell, Row, Table, TableColumn};
use crate::derive::Derivation;
use crate::diag::{Lang, Message, msg};
use crate::model::{Answer, ColumnField, Fields, Model, Outcome, ParentKind, PlanId, Statement, Task, Verb, Waiver};
use crate::render::Options;
use crate::render::why::result_words;

/// Amendments and waivers of a plan: what `text/changes.txt.j2` sees as `view`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangesView {
    /// The title in capitals.
    pub title: String,
    /// The plan and its unit.
    pub plan: String,
    /// Each parent with number and date.
    pub against: Vec<String>,
    /// One line of counts: inherited, amended, split, merged, waived, added.
    pub summary: String,
    /// One row per changed parent task, in the parents' order, then roles of levels that ended, then changed targets; no rows where all is inherited.
    pub table: Table,
}

/// How a parent's task is answered, as far as the table tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Inherited,
    Amended,
    Split,
    Merged,
    Waived,
    Finished,
}

/// Returns the changes of `plan` against its parents. `derivations` holds one derivation per plan, at the plan's index.
pub fn changes(model: &Model, derivations: &[Derivation], plan: PlanId, options: &Options) -> ChangesView {
    let lang = options.lang;
    let mut rows: Vec<Row> = Vec::new();
    let mut counts = [0usize; 6];
    let mut head = String::new();
    let mut against = Vec::new();
    let (mut added, mut moved) = (0, 0);
    if let Some(derivation) = derivations.get(plan.index()) {
        let standing = Standing::new(model, derivation);
        head = msg!("{} của {}", "{} of {}", standing.named(), standing.unit_name()).get(lang).to_owned();
        let parents = standing.plan.parents.iter().filter_map(|parent| derivations.get(parent.plan.index()));
        against.extend(parents.map(|parent| {
            let parent = Standing::new(model, parent);
            msg!("So với {} ({})", "Against {} ({})", parent.named(), parent.citation()).get(lang).to_owned()
        }));
        added = standing.plan.statements.iter().filter(|statement| matches!(statement.verb, Verb::Add(_))).count();
        for fate in &derivation.fates {
            let Some((at, children)) = answered(&fate.outcome) else { continue };
            let Some(statement) = standing.plan.statements.get(at) else { continue };
            let Some(kind) = kind(&statement.verb) else { continue };
            counts[kind as usize] += 1;
            let Some(parent) = derivations.get(fate.parent.index()).and_then(|parent| parent.content.tasks.get(fate.task)) else {
                continue;
            };
            if kind == Kind::Inherited {
                continue;
            }
            let children: Vec<&Task> = children.iter().filter_map(|child| derivation.content.tasks.get(*child)).collect();
            let result = standing
                .plan
                .roll
                .results
                .as_ref()
                .and_then(|results| results.of(&model.plan(fate.parent).code, &parent.code))
                .map(result_words);
            rows.push(row(rows.len() + 1, parent, statement, &children, result, lang));
        }
        let moves = level_change::rows(&standing, derivation, derivations, rows.len(), lang);
        moved = moves.len();
        rows.extend(moves);
        rows.extend(targets(&standing, derivation, derivations, rows.len(), lang));
    }
    let [inherited, amended, split, merged, waived, finished] = counts;
    let of = model.plan(plan);
    let next_year = of.parents.iter().any(|link| link.kind == ParentKind::LastYear);
    let upper = of.parents.iter().any(|link| link.kind == ParentKind::Upper);
    let whose = match (upper, next_year) {
        (true, true) => msg!("năm trước và cấp trên", "last year's and the upper"),
        (false, true) => msg!("năm trước", "last year's"),
        (_, false) => msg!("cấp trên", "the upper"),
    };
    let (vi, en) = (whose.vi, whose.en);
    let summary = if next_year {
        msg!(
            "Nhiệm vụ {vi}: tiếp tục, kế thừa {inherited}, sửa đổi {amended}, tách {split}, gộp {merged}, kết thúc {finished}, không áp dụng {waived}. Bổ sung {added}.",
            "Tasks of {en} plan: taken over {inherited}, amended {amended}, split {split}, merged {merged}, ended {finished}, waived {waived}. Added {added}."
        )
    } else {
        msg!(
            "Nhiệm vụ cấp trên: kế thừa {inherited}, sửa đổi {amended}, tách {split}, gộp {merged}, không áp dụng {waived}. Bổ sung {added}.",
            "Parent tasks: inherited {inherited}, amended {amended}, split {split}, merged {merged}, waived {waived}. Added {added}."
        )
    };
    let told = msg!("Chuyển cấp {moved} vai trò.", "{moved} roles moved to another level.");
    let title = if next_year {
        msg!("Nội dung sửa đổi, kết thúc, không áp dụng so với kế hoạch {vi}", "Amended, ended and waived against {en} plan")
    } else {
        msg!("Nội dung sửa đổi, không áp dụng so với kế hoạch cấp trên", "Amendments and waivers against the upper plan")
    };
    let task_title = if next_year {
        msg!("Nhiệm vụ của {vi}", "Task of {en} plan")
    } else {
        msg!("Nhiệm vụ của cấp trên", "Task of the upper level")
    };
    let titles = [
        msg!("TT", "No."),
        task_title,
        msg!("Cách xử lý", "Answer"),
        msg!("Nội dung thay đổi", "What changes"),
        msg!("Lý do, căn cứ", "Reason, ground"),
    ];
    let columns = titles.iter().enumerate().map(|(at, title)| TableColumn { title: title.get(lang).to_owned(), centred: at == 0 });
    ChangesView {
        title: title.get(lang).to_uppercase(),
        plan: head,
        against,
        summary: if moved > 0 { format!("{} {}", summary.get(lang), told.get(lang)) } else { summary.get(lang).to_owned() },
        table: Table { columns: columns.collect(), rows },
    }
}

/// Returns the statement that answers and the children that come of it; the first where several answer.
fn answered(outcome: &Outcome) -> Option<(usize, &[usize])> {
    match outcome {
        Outcome::Unanswered => None,
        Outcome::Carried { statement, children } => Some((*statement, children)),
        Outcome::Waived { statement } | Outcome::Unreasoned { statement } | Outcome::Finished { statement } => Some((*statement, &[])),
        Outcome::Repeated { statements, children } => statements.first().map(|first| (*first, children.as_slice())),
    }
}

fn kind(verb: &Verb) -> Option<Kind> {
    match verb {
        Verb::Inherit(_) | Verb::InheritTogether(_) => Some(Kind::Inherited),
        Verb::Amend { .. } => Some(Kind::Amended),
        Verb::Split { .. } => Some(Kind::Split),
        Verb::Merge { .. } => Some(Kind::Merged),
        Verb::Waive { .. } => Some(Kind::Waived),
        Verb::Finish { .. } => Some(Kind::Finished),
        Verb::Task(_) | Verb::Add(_) | Verb::Targets { .. } => None,
    }
}

fn row(number: usize, parent: &Task, statement: &Statement, children: &[&Task], result: Option<String>, lang: Lang) -> Row {
    let child = |task: &&Task| format!("{}: {}", task.code.text, bare(&task_content(task)));
    let (verb, changed, waiver) = match &statement.verb {
        Verb::Amend { patch, .. } => {
            let changed = children.first().map(|child| differences(&patch.fields, parent, child, lang)).unwrap_or_default();
            (msg!("Sửa đổi", "Amended"), changed, None)
        }
        Verb::Split { .. } => {
            (msg!("Tách thành {} nhiệm vụ", "Split into {} tasks", children.len()), items(children.iter().map(child)), None)
        }
        Verb::Merge { from, .. } => {
            let others = from.iter().filter(|other| other.code != parent.code).map(|other| other.code.text.clone());
            let others = others.collect::<Vec<_>>().join(", ");
            (msg!("Gộp với {others}", "Merged with {others}"), items(children.iter().map(child)), None)
        }
        Verb::Waive { waiver, .. } => (msg!("Không áp dụng", "Waived"), Vec::new(), Some(waiver)),
        Verb::Finish { .. } => (msg!("Kết thúc", "Ended"), Vec::new(), None),
        // none of them is a change of a parent's task
        Verb::Task(_) | Verb::Add(_) | Verb::Inherit(_) | Verb::InheritTogether(_) | Verb::Targets { .. } => {
            (Message::default(), Vec::new(), None)
        }
    };
    Row {
        code: parent.code.text.clone(),
        cells: vec![
            vec![number.to_string()],
            vec![format!("{}: {}", parent.code.text, bare(&task_content(parent)))],
            vec![verb.get(lang).to_owned()],
            changed,
            reasons(came_of(&statement.verb, result, lang), statement.reason.as_ref().map(|text| text.value.as_str()), waiver, lang),
        ],
        ..Row::default()
    }
}

/// Returns what came of a task that ends: as the verb says, else as the results do.
fn came_of(verb: &Verb, recorded: Option<String>, lang: Lang) -> Option<String> {
    let Verb::Finish { result, .. } = verb else { return None };
    let text = result.as_ref().map(|text| text.value.clone()).or(recorded)?;
    Some(result_line(&text, lang))
}

fn result_line(text: &str, lang: Lang) -> String {
    format!("{}: {}", msg!("Kết quả", "Result").get(lang), printed(bare(text)))
}

/// Returns what came of it, class, reason and ground, one line each.
fn reasons(came_of: Option<String>, reason: Option<&str>, waiver: Option<&Waiver>, lang: Lang) -> Cell {
    let class = waiver.and_then(|waiver| match (&waiver.class, &waiver.class_text) {
        (Some(class), _) => Some(class.text()),
        (None, Some(text)) => Some(text.value.clone()),
        (None, None) => None,
    });
    let line = |label: Message, text: &str| format!("{}: {}", label.get(lang), printed(bare(text)));
    let class = class.map(|class| line(msg!("Loại", "Class"), &class));
    let basis = waiver.and_then(|waiver| waiver.basis.as_ref()).map(|basis| line(msg!("Căn cứ", "Ground"), &basis.value));
    let approved = waiver.and_then(|waiver| {
        let by = waiver.approved_by.as_ref()?;
        let on = waiver.approved_on.map(|day| format!(", {day}")).unwrap_or_default();
        Some(line(msg!("Người duyệt", "Approved by"), &format!("{}{on}", by.value)))
    });
    let reason = reason.map(|reason| if waiver.is_some() { line(msg!("Lý do", "Reason"), reason) } else { printed(reason) });
    items([came_of, class, reason, basis, approved].into_iter().flatten())
}

/// Returns one line per restated field that differs: what it was, what it is.
fn differences(stated: &Fields, parent: &Task, child: &Task, lang: Lang) -> Cell {
    use ColumnField::{Budget, Content, Coordinators, Deadline, Leads, Note, Own, Products, Synthesisers, Targets};
    let mut fields: Vec<ColumnField> = [
        (Content, stated.content.is_some()),
        (Products, stated.products.is_some()),
        (Leads, stated.leads.is_some()),
        (Coordinators, stated.coordinators.is_some()),
        (Synthesisers, stated.synthesisers.is_some()),
        (Deadline, stated.deadline.is_some()),
        (Targets, stated.targets.is_some()),
        (Budget, stated.budget.is_some()),
        (Note, stated.note.is_some()),
    ]
    .into_iter()
    .filter_map(|(field, stated)| stated.then_some(field))
    .collect();
    fields.extend(stated.own.iter().flat_map(|own| &own.value).map(|(name, _)| Own(name.clone())));
    let joined = |task: &Task, field: &ColumnField| {
        let values = values(task, field, 0);
        joined(&values.iter().map(|value| bare(value)).collect::<Vec<_>>())
    };
    items(fields.iter().filter_map(|field| {
        let (from, to) = (joined(parent, field), joined(child, field));
        // the first column shows the old content already
        if *field == Content {
            return (from != to).then(|| format!("{}: {to}", msg!("Nội dung mới", "New content").get(lang)));
        }
        (from != to).then(|| arrow(&field_name(field, lang), &from, &to))
    }))
}

/// Writes a change as `Thời gian hoàn thành: Quý III/2022 → Quý IV/2023`.
fn arrow(name: &str, from: &str, to: &str) -> String {
    let shown = |text: &str| if text.is_empty() { "(…)".to_owned() } else { text.to_owned() };
    format!("{name}: {} → {}", shown(from), shown(to))
}

fn field_name(field: &ColumnField, lang: Lang) -> String {
    let english = match field {
        ColumnField::Number => "No.",
        ColumnField::Content => "Content",
        ColumnField::Products => "Products",
        ColumnField::Leads => "Leads",
        ColumnField::Coordinators => "Coordinators",
        ColumnField::Synthesisers => "Sums up",
        ColumnField::Deadline => "Deadline",
        ColumnField::Targets => "Targets",
        ColumnField::Budget => "Budget",
        ColumnField::Note => "Note",
        ColumnField::Standard => "Standard score",
        ColumnField::Previous => "Last year's score",
        ColumnField::Goal => "Target score",
        ColumnField::Measures => "Measures",
        ColumnField::Own(name) => name,
    };
    match lang {
        Lang::Vi => label(field).to_owned(),
        Lang::En => english.to_owned(),
    }
}

/// Returns the rows of plan-level targets that are amended or waived.
fn targets(standing: &Standing<'_>, derivation: &Derivation, derivations: &[Derivation], before: usize, lang: Lang) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for fate in &derivation.target_fates {
        let Some((at, children)) = answered(&fate.outcome) else { continue };
        let Some(statement) = standing.plan.statements.get(at) else { continue };
        let Verb::Targets { answer, .. } = &statement.verb else { continue };
        let text = |content: &crate::derive::Content, at: Option<usize>| {
            let line = match at {
                Some(at) => content.targets.get(at),
                None => content.targets.iter().find(|line| crate::base::Key::new(&line.target.code) == fate.code.key),
            };
            // the code is the file's own word for it; documents show what the target says
            line.map_or_else(|| fate.code.text.clone(), |line| printed(bare(&line.target.text)))
        };
        let from = derivations.get(fate.parent.index()).map_or_else(|| fate.code.text.clone(), |parent| text(&parent.content, None));
        let ended = match answer {
            Answer::Finish(result) => result.as_ref().map(|text| result_line(&text.value, lang)),
            Answer::Inherit | Answer::Amend(_) | Answer::Waive(_) => None,
        };
        let (verb, changed, waiver) = match answer {
            Answer::Inherit => continue,
            Answer::Amend(_) => {
                let to = text(&derivation.content, children.first().copied());
                (msg!("Sửa đổi chỉ tiêu", "Target amended"), vec![format!("{}: {to}", msg!("Chỉ tiêu mới", "New target").get(lang))], None)
            }
            Answer::Waive(waiver) => (msg!("Không áp dụng chỉ tiêu", "Target waived"), Vec::new(), Some(waiver)),
            Answer::Finish(_) => (msg!("Kết thúc chỉ tiêu", "Target ended"), Vec::new(), None),
        };
        rows.push(Row {
            code: fate.code.text.clone(),
            cells: vec![
                vec![(before + rows.len() + 1).to_string()],
                vec![format!("{}: {from}", msg!("Chỉ tiêu", "Target").get(lang))],
                vec![verb.get(lang).to_owned()],
                changed,
                reasons(ended, statement.reason.as_ref().map(|text| text.value.as_str()), waiver, lang),
            ],
            ..Row::default()
        });
    }
    rows
}
