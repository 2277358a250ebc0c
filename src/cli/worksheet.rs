//! `--worksheet`: the decisions of a draft as an Excel form, which `import` reads back.

use std::path::Path;

use crate::agency::UnitId;
use crate::base::Year;
use crate::diag::msg;
use crate::draft::{self, NextYearOptions};
use crate::model::{PlanId, WaiverClass};
use crate::project::{Compiled, Failure};
use crate::render::{self, Decision, FormSheet, LevelDecision, Verbs};

const INHERIT: &str = "KẾ THỪA";
const CONTINUE: &str = "TIẾP TỤC";
const FINISH: &str = "KẾT THÚC";
const AMEND: &str = "SỬA ĐỔI";
const WAIVE: &str = "KHÔNG ÁP DỤNG";

/// What stands above each table of decisions.
const HOW: [&str; 3] = [
    "Chọn cách xử lý từng dòng; ô đỏ là ô còn phải điền. Không sửa cột Mã; được xếp lại hàng và cột.",
    "TÁCH: ở cột Thành ghi mỗi dòng một nhiệm vụ mới, “mã: nội dung” (Alt+Enter để xuống dòng).",
    "GỘP: ở cột Thành ghi cùng một mã mới cho các dòng cùng gộp, một dòng ghi thêm nội dung sau dấu hai chấm.",
];

/// What stands above the table of roles.
const WHERE: [&str; 2] = [
    "Mỗi dòng một vai trò của cấp không còn: chọn cấp nhận việc, hoặc “không” và ghi lý do. Nơi chưa rõ cơ quan thì ghi ở cột Giao.",
    "Việc không tiếp tục thì bỏ qua. Không sửa cột Mã và cột Vai trò; được xếp lại hàng và cột.",
];

/// Refuses a form that no file is named for.
pub(super) fn needs_file(output: Option<&Path>) -> Result<(), Failure> {
    match output {
        Some(_) => Ok(()),
        None => Err(Failure::new(msg!(
            "Phiếu Excel không in ra màn hình được; nêu tệp cần ghi: -o TỆP.xlsx",
            "An Excel form cannot be shown here; name the file to write: -o FILE.xlsx"
        ))),
    }
}

/// Returns the form of a unit's plan that follows `parent`.
pub(super) fn of_child(compiled: &Compiled, parent: PlanId, unit: UnitId, year: Option<Year>) -> Result<Vec<u8>, Failure> {
    let Compiled { model, derivations, .. } = compiled;
    let upper = model.plan(parent);
    let year = year.or(upper.header.year);
    let content = &derivations[parent.index()].content;
    let inherit = |code: &str| Decision { code: code.to_owned(), verb: INHERIT.into(), ..Decision::default() };
    let waivers = draft::waivers(model, derivations, parent, unit, year);
    let tasks: Vec<_> = content
        .tasks
        .iter()
        .zip(waivers)
        .map(|(task, waived)| {
            let inherit = inherit(&task.code.text);
            let decision = match waived {
                None => inherit,
                Some(reason) => Decision { verb: WAIVE.into(), class: WaiverClass::Proposed.text(), reason, ..inherit },
            };
            (task, decision)
        })
        .collect();
    let stated = content.targets.iter().filter(|line| !line.dropped && !line.target.code.is_empty());
    let targets: Vec<_> = stated.map(|line| (line, inherit(&line.target.code))).collect();
    let verbs = Verbs { tasks: &[INHERIT, AMEND, "TÁCH", "GỘP", WAIVE], targets: &[INHERIT, AMEND, WAIVE], results: None };
    let (code, unit) = (&upper.code.text, model.registry.unit(unit));
    let shown = year.map(|year| year.to_string()).unwrap_or_default();
    let title = format!("Phiếu xử lý nhiệm vụ của kế hoạch {code}");
    let lines = above(&[&title.to_uppercase(), &format!("{}, năm {shown}", unit.name)], &HOW);
    let sheets = render::decisions(&tasks, &targets, verbs, year, &lines);
    let about = [("kind", "derive"), ("parent", code.as_str()), ("unit", unit.code.as_str()), ("year", shown.as_str())];
    written(&title, &sheets, &about)
}

/// Returns the form of the plan of `options.year` that goes on from `plan`; `options.results_file` is named from the project's folder.
pub(super) fn of_next_year(compiled: &Compiled, plan: PlanId, options: NextYearOptions<'_>) -> Result<Vec<u8>, Failure> {
    let Compiled { model, derivations, .. } = compiled;
    let (code, year) = (&model.plan(plan).code.text, options.year);
    let (tasks, targets) = draft::proposals(model, derivations, plan, options);
    let decision = |one: &draft::Proposed| Decision {
        code: one.code.clone(),
        result: one.said.clone(),
        verb: if one.goes_on { CONTINUE } else { FINISH }.into(),
        ..Decision::default()
    };
    let contents = |plan: PlanId| &derivations[plan.index()].content;
    let tasks: Vec<_> = tasks.iter().map(|one| (&contents(one.plan).tasks[one.index], decision(one))).collect();
    let targets: Vec<_> = targets.iter().map(|one| (&contents(one.plan).targets[one.index], decision(one))).collect();
    let verbs = Verbs {
        tasks: &[CONTINUE, FINISH, AMEND, "TÁCH", "GỘP", WAIVE],
        targets: &[CONTINUE, FINISH, AMEND],
        results: Some(options.results.is_none()),
    };
    let title = format!("Phiếu lập kế hoạch năm {year} từ kế hoạch {code}");
    let lines = above(&[&title.to_uppercase()], &HOW);
    let mut sheets = render::decisions(&tasks, &targets, verbs, Some(year), &lines);
    sheets.extend(moves(compiled, plan, year, &title));
    let shown = year.to_string();
    let mut about = vec![("kind", "roll"), ("plan", code.as_str()), ("year", shown.as_str())];
    about.extend(options.results_file.map(|file| ("results", file)));
    written(&title, &sheets, &about)
}

/// Returns the sheet of roles of void levels, where there are some.
fn moves(compiled: &Compiled, plan: PlanId, year: Year, title: &str) -> Option<FormSheet> {
    let Compiled { model, derivations, .. } = compiled;
    let asked = draft::moves_asked(model, derivations, plan, year);
    let tasks = &derivations[plan.index()].content.tasks;
    let mut choices: Vec<String> = Vec::new();
    for choice in asked.iter().flat_map(|one| &one.choices) {
        if !choices.contains(choice) {
            choices.push(choice.clone());
        }
    }
    let rows: Vec<_> = asked
        .into_iter()
        .map(|one| {
            let task = &tasks[one.task];
            let (code, role) = (task.code.text.clone(), one.role.to_owned());
            (task, LevelDecision { code, role, level: one.level, bodies: one.bodies, takers: one.takers })
        })
        .collect();
    (!rows.is_empty()).then(|| render::level_decisions(&rows, &choices, &above(&[&title.to_uppercase()], &WHERE)))
}

/// Returns the lines above a table: what it is, then how it is filled in.
fn above(title: &[&str], how: &[&str]) -> Vec<String> {
    title.iter().chain(how).map(|line| (*line).to_owned()).collect()
}

fn written(title: &str, sheets: &[FormSheet], about: &[(&str, &str)]) -> Result<Vec<u8>, Failure> {
    let (bytes, findings) = render::worksheet(title, sheets, about);
    match findings.into_iter().next() {
        None => Ok(bytes),
        Some(finding) => Err(Failure::new(finding.message)),
    }
}
