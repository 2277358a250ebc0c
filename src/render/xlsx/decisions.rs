//! The form on which a person decides about each task of an upper or earlier plan. Its columns are described in `form.rs`.

use super::form::{FormColumn, FormSheet};
use crate::base::Year;
use crate::derive::Content;
use crate::model::WaiverClass;
use crate::render::view;

/// What is proposed for a task or target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// A verb as the language writes it (`KẾ THỪA`).
    pub verb: String,
    /// `Loại`, of a waiver.
    pub class: String,
    /// `Lý do`.
    pub reason: String,
}

/// What a form of decisions offers.
#[derive(Debug, Clone, Copy)]
pub struct Verbs<'a> {
    /// Verbs for tasks.
    pub tasks: &'a [&'a str],
    /// Verbs for plan-level targets.
    pub targets: &'a [&'a str],
    /// Those of them that ask for a reason.
    pub reasoned: &'a [&'a str],
}

/// Returns the sheets `Nhiệm vụ` and, where the plan has targets, `Chỉ tiêu`. The decisions are those of `content`'s tasks and targets, in its
/// order; `year` is the year of the plan that is drafted, and `lines` stand above each table.
pub fn decisions(
    content: &Content,
    verbs: Verbs<'_>,
    tasks: &[Decision],
    targets: &[Decision],
    year: Option<Year>,
    lines: &[String],
) -> Vec<FormSheet> {
    let answered = |decision: Option<&Decision>| {
        let Decision { verb, class, reason } = decision.cloned().unwrap_or_default();
        [verb, class, reason, String::new()]
    };
    let rows = content.tasks.iter().enumerate().map(|(at, task)| {
        let [content, leads, deadline] = view::decided(task);
        [task.code.text.clone(), content, leads, deadline].into_iter().chain(answered(tasks.get(at))).collect()
    });
    let asked = [column("Mã", 12), column("Nội dung", 48), column("Cơ quan chủ trì", 24), column("Thời gian hoàn thành", 20)];
    let mut out = vec![FormSheet {
        name: "Nhiệm vụ".into(),
        lines: lines.to_vec(),
        columns: asked.into_iter().chain(answers(verbs.tasks, verbs.reasoned, year)).collect(),
        rows: rows.collect(),
    }];
    let rows: Vec<Vec<String>> = content
        .targets
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.dropped && !line.target.code.is_empty())
        .map(|(at, line)| [line.target.code.clone(), line.target.text.clone()].into_iter().chain(answered(targets.get(at))).collect())
        .collect();
    if !rows.is_empty() {
        let asked = [column("Mã", 16), column("Nội dung", 72)];
        let columns = asked.into_iter().chain(answers(verbs.targets, verbs.reasoned, year)).collect();
        out.push(FormSheet { name: "Chỉ tiêu".into(), lines: lines.to_vec(), columns, rows });
    }
    out
}

fn column(title: &str, width: u16) -> FormColumn {
    FormColumn { title: title.into(), width, ..FormColumn::default() }
}

/// Returns the columns that a person fills in.
fn answers(verbs: &[&str], reasoned: &[&str], year: Option<Year>) -> Vec<FormColumn> {
    const VERB: &str = "Cách xử lý";
    let open = |title: &str, width: u16| FormColumn { open: true, ..column(title, width) };
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let asked = Some((VERB.to_owned(), list(reasoned)));
    vec![
        FormColumn { choices: list(verbs), ..open(VERB, 18) },
        FormColumn { choices: classes(year), free: true, required: asked.clone(), ..open("Loại", 24) },
        FormColumn { required: asked, ..open("Lý do", 36) },
        open("Ghi chú", 24),
    ]
}

fn classes(year: Option<Year>) -> Vec<String> {
    use WaiverClass::{AwaitingGuidance, Deferred, Done, Folded, NoGround, NoSubject, OtherUnit, Proposed, UpperCompetence};
    let deferred = year.map(|year| Deferred(year.saturating_add(1)));
    let all = [UpperCompetence, NoSubject, OtherUnit, Done, Folded("…".into())].into_iter().chain(deferred);
    all.chain([AwaitingGuidance, NoGround, Proposed]).map(|class| class.text()).collect()
}
