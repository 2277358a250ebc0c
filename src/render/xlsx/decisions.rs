//! The form on which a person decides about each task of an upper or earlier plan. Its columns are described in `form.rs`.

use super::form::{FormColumn, FormSheet};
use crate::base::Year;
use crate::model::{TargetLine, Task, WaiverClass};
use crate::render::view;

/// A row of the form: what is proposed for a task or target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// The code as the form and its reading back name it.
    pub code: String,
    /// What came of it last year.
    pub result: String,
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
    /// Whether the rows have results; where they do, whether a person may write them.
    pub results: Option<bool>,
}

/// What waives, and asks for a reason.
const WAIVE: &str = "KHÔNG ÁP DỤNG";

/// Returns the sheets `Nhiệm vụ` and, where there are targets, `Chỉ tiêu`; `year` is the year of the plan that is drafted, and `lines` stand above
/// each table.
pub fn decisions(
    tasks: &[(&Task, Decision)],
    targets: &[(&TargetLine, Decision)],
    verbs: Verbs<'_>,
    year: Option<Year>,
    lines: &[String],
) -> Vec<FormSheet> {
    let answered = |decision: &Decision| {
        let Decision { result, verb, class, reason, .. } = decision.clone();
        let result = verbs.results.map(|_| result);
        result.into_iter().chain([verb, String::new(), class, reason, String::new()])
    };
    let result = || verbs.results.map(|open| FormColumn { open, ..column("Kết quả", 24) });
    let rows = tasks.iter().map(|(task, decision)| {
        let [content, leads, deadline] = view::decided(task);
        [decision.code.clone(), content, leads, deadline].into_iter().chain(answered(decision)).collect()
    });
    let asked = [column("Mã", 12), column("Nội dung", 48), column("Cơ quan chủ trì", 24), column("Thời gian hoàn thành", 20)];
    let mut out = vec![FormSheet {
        name: "Nhiệm vụ".into(),
        lines: lines.to_vec(),
        columns: asked.into_iter().chain(result()).chain(answers(verbs.tasks, &["TÁCH", "GỘP"], year)).collect(),
        rows: rows.collect(),
    }];
    let rows: Vec<Vec<String>> = targets
        .iter()
        .map(|(line, decision)| [decision.code.clone(), line.target.text.clone()].into_iter().chain(answered(decision)).collect())
        .collect();
    if !rows.is_empty() {
        let asked = [column("Mã", 16), column("Nội dung", 72)];
        let columns = asked.into_iter().chain(result()).chain(answers(verbs.targets, &["SỬA ĐỔI"], year)).collect();
        out.push(FormSheet { name: "Chỉ tiêu".into(), lines: lines.to_vec(), columns, rows });
    }
    out
}

/// A row of the form about the levels that are void: one role of one task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelDecision {
    /// The task's code.
    pub code: String,
    /// The role (`chủ trì`).
    pub role: String,
    /// The void level.
    pub level: String,
    /// Its bodies in the role.
    pub bodies: Vec<String>,
    /// Who could take over, a level each.
    pub takers: Vec<String>,
}

/// Returns the sheet `Chuyển cấp`. `choices` are what can be chosen: levels and `không`; `lines` stand above the table.
pub fn level_decisions(rows: &[(&Task, LevelDecision)], choices: &[String], lines: &[String]) -> FormSheet {
    let open = |title: &str, width: u16| FormColumn { open: true, ..column(title, width) };
    let roles: Vec<String> = rows.iter().map(|(_, row)| row.role.clone()).collect();
    let columns = vec![
        column("Mã", 12),
        column("Nội dung", 40),
        column("Vai trò", 12),
        column("Cấp không còn", 12),
        column("Cơ quan", 24),
        column("Có thể nhận", 36),
        FormColumn { choices: choices.to_vec(), required: Some(("Vai trò".into(), distinct(roles))), ..open("Chuyển sang", 14) },
        open("Giao", 28),
        open("Căn cứ", 24),
        FormColumn { required: Some(("Chuyển sang".into(), vec!["không".into()])), ..open("Lý do", 30) },
        open("Ghi chú", 20),
    ];
    let rows = rows.iter().map(|(task, row)| {
        let [content, ..] = view::decided(task);
        let LevelDecision { code, role, level, bodies, takers } = row.clone();
        let asked = [code, content, role, level, bodies.join("\n"), takers.join("\n")];
        asked.into_iter().chain(std::iter::repeat_n(String::new(), 5)).collect()
    });
    FormSheet { name: "Chuyển cấp".into(), lines: lines.to_vec(), columns, rows: rows.collect() }
}

fn distinct(list: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for one in list {
        if !out.contains(&one) {
            out.push(one);
        }
    }
    out
}

fn column(title: &str, width: u16) -> FormColumn {
    FormColumn { title: title.into(), width, ..FormColumn::default() }
}

/// Returns the columns that a person fills in; `becoming` are the verbs that ask what the row becomes.
fn answers(verbs: &[&str], becoming: &[&str], year: Option<Year>) -> Vec<FormColumn> {
    const VERB: &str = "Cách xử lý";
    let open = |title: &str, width: u16| FormColumn { open: true, ..column(title, width) };
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<String>>();
    let asked = |words: &[&str]| Some((VERB.to_owned(), list(words)));
    vec![
        FormColumn { choices: list(verbs), ..open(VERB, 18) },
        FormColumn { required: asked(becoming), ..open("Thành", 30) },
        FormColumn { choices: classes(year), free: true, required: asked(&[WAIVE]), ..open("Loại", 24) },
        FormColumn { required: asked(&[WAIVE]), ..open("Lý do", 36) },
        open("Ghi chú", 24),
    ]
}

fn classes(year: Option<Year>) -> Vec<String> {
    use WaiverClass::{AwaitingGuidance, Deferred, Done, Folded, NoGround, NoSubject, OtherUnit, Proposed, UpperCompetence};
    let deferred = year.map(|year| Deferred(year.saturating_add(1)));
    let all = [UpperCompetence, NoSubject, OtherUnit, Done, Folded("…".into())].into_iter().chain(deferred);
    all.chain([AwaitingGuidance, NoGround, Proposed]).map(|class| class.text()).collect()
}
