//! Tables of tasks: which columns an appendix has, and what stands in each cell.

use super::standing::Standing;
use super::wording::{bare, ended, items, lower_first, printed};
use super::{AppendixView, Cell, Row, Table, TableColumn};
use crate::model::{Appendix, Column, ColumnField, Fields, Piece, Role, Task};
use crate::value::Deadline;

/// Returns the appendices in printed order. Tasks that stand under none come last, in an appendix of their own: nothing is left out.
pub(super) fn appendices(standing: &Standing<'_>) -> Vec<AppendixView> {
    let mut out: Vec<AppendixView> = standing
        .printed_appendices()
        .into_iter()
        .map(|(at, appendix)| AppendixView {
            caption: standing.caption(at),
            title: title(standing, appendix).to_uppercase(),
            attached: attached(standing, appendix),
            table: table(standing, Some(appendix), &standing.tasks(Some(at)).collect::<Vec<_>>()),
        })
        .collect();
    let loose: Vec<&Task> = standing.tasks(None).collect();
    if !loose.is_empty() {
        let title = format!("Danh mục nhiệm vụ {}", standing.years());
        out.push(AppendixView {
            caption: if out.is_empty() { "Phụ lục".into() } else { "Phụ lục khác".into() },
            title: title.trim_end().to_uppercase(),
            attached: format!("(Kèm theo {})", standing.citation()),
            table: table(standing, None, &loose),
        });
    }
    out
}

fn title(standing: &Standing<'_>, appendix: &Appendix) -> String {
    if let Some(title) = &appendix.printed_title {
        return printed(&title.value);
    }
    let short = printed(bare(&appendix.title.value));
    let lower = short.to_lowercase();
    let whole = if lower.starts_with("nhiệm vụ") || lower.starts_with("các nhiệm vụ") {
        short
    } else {
        format!("Nhiệm vụ {}", lower_first(&short))
    };
    let years = standing.years();
    if years.is_empty() || lower.contains(" năm ") || lower.contains("giai đoạn") { whole } else { format!("{whole} {years}") }
}

fn attached(standing: &Standing<'_>, appendix: &Appendix) -> String {
    match &appendix.attached_to {
        None => format!("(Kèm theo {})", standing.citation()),
        Some(text) if text.value.starts_with('(') => printed(&text.value),
        Some(text) if text.value.to_lowercase().contains("kèm theo") => format!("({})", printed(&text.value)),
        Some(text) => format!("(Kèm theo {})", printed(&text.value)),
    }
}

/// Returns the table of some tasks: columns of the appendix, else of the plan, else the usual ones.
fn table(standing: &Standing<'_>, appendix: Option<&Appendix>, tasks: &[&Task]) -> Table {
    let stated = appendix.map_or(&[][..], |appendix| appendix.columns.as_slice());
    let stated = if stated.is_empty() { standing.columns } else { stated };
    let usual;
    let (columns, spare) = if stated.is_empty() {
        usual = usual_columns(tasks);
        (usual.as_slice(), true)
    } else {
        (stated, false)
    };
    let rows = tasks.iter().enumerate().map(|(at, task)| Row {
        code: task.code.text.clone(),
        cells: columns.iter().map(|column| cell(task, column, at + 1, spare)).collect(),
    });
    let titles = columns
        .iter()
        .map(|column| TableColumn { title: printed(&column.title), centred: column.fields.as_slice() == [ColumnField::Number] });
    Table { columns: titles.collect(), rows: rows.collect() }
}

/// Returns the usual six columns, and one more for each further field that a task has.
fn usual_columns(tasks: &[&Task]) -> Vec<Column> {
    let column = |title: &str, fields: &[ColumnField]| Column { title: title.into(), fields: fields.to_vec() };
    let mut out = vec![
        column("TT", &[ColumnField::Number]),
        column("Nội dung thực hiện", &[ColumnField::Content]),
        column("Sản phẩm/Kết quả", &[ColumnField::Products]),
        column("Cơ quan chủ trì", &[ColumnField::Leads]),
        column("Cơ quan phối hợp", &[ColumnField::Coordinators]),
        column("Thời gian hoàn thành", &[ColumnField::Deadline]),
    ];
    let any = |has: fn(&Fields) -> bool| tasks.iter().any(|task| has(&task.fields));
    if any(|fields| fields.synthesisers.as_ref().is_some_and(|list| !list.value.is_empty())) {
        out.insert(5, column("Cơ quan tổng hợp", &[ColumnField::Synthesisers]));
    }
    if any(|fields| fields.budget.as_ref().is_some_and(|text| !text.value.is_empty())) {
        out.push(column("Kinh phí", &[ColumnField::Budget]));
    }
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in tasks.iter().filter_map(|task| task.fields.own.as_ref()).flat_map(|own| &own.value) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    out.extend(names.into_iter().map(|name| column(name, &[ColumnField::Own(name.clone())])));
    if any(|fields| fields.note.as_ref().is_some_and(|text| !text.value.is_empty())) {
        out.push(column("Ghi chú", &[ColumnField::Note]));
    }
    out
}

/// Returns one cell. `spare` says that targets have no column of their own and stand below the content.
fn cell(task: &Task, column: &Column, number: usize, spare: bool) -> Cell {
    if let [field] = column.fields.as_slice() {
        let mut lines = items(values(task, field, number));
        let targets = values(task, &ColumnField::Targets, number);
        if spare && *field == ColumnField::Content && !targets.is_empty() {
            lines.iter_mut().for_each(|line| *line = ended(line));
            lines.push(format!("Chỉ tiêu: {}.", targets.iter().map(|target| bare(target)).collect::<Vec<_>>().join("; ")));
        }
        return lines;
    }
    let filled: Vec<(&ColumnField, Vec<String>)> =
        column.fields.iter().map(|field| (field, values(task, field, number))).filter(|(_, values)| !values.is_empty()).collect();
    // the column's title says already what a lone list of leads or text is
    if let [(ColumnField::Leads | ColumnField::Content, values)] = filled.as_slice() {
        return items(values.clone());
    }
    items(filled.into_iter().flat_map(|(field, values)| labelled(field, &values)))
}

/// Joins the values of a field behind its label; values that bring a label of their own stand for themselves.
fn labelled(field: &ColumnField, values: &[String]) -> Vec<String> {
    let label = label(field);
    let opens = label.to_lowercase();
    let (own, plain): (Vec<&String>, Vec<&String>) = values.iter().partition(|value| value.to_lowercase().starts_with(&opens));
    let plain: Vec<&str> = plain.iter().map(|value| bare(value)).collect();
    let joined = joined(&plain);
    let first = match (plain.is_empty(), label.is_empty()) {
        (true, _) => None,
        (false, true) => Some(joined),
        (false, false) => Some(format!("{label}: {joined}")),
    };
    first.into_iter().chain(own.into_iter().cloned()).collect()
}

/// Joins values in one sentence. A class (`Các sở, ngành`) is no proper name: behind the first value it begins small.
pub(super) fn joined(values: &[&str]) -> String {
    let inner = |at: usize, value: &str| if at > 0 && opens_class(value) { lower_first(value) } else { value.to_owned() };
    values.iter().enumerate().map(|(at, value)| inner(at, value)).collect::<Vec<_>>().join("; ")
}

fn opens_class(value: &str) -> bool {
    ["Các ", "Cơ quan liên quan", "Đơn vị liên quan"].iter().any(|words| value.starts_with(words))
}

/// Returns the label of a field as the language writes it.
pub(super) fn label(field: &ColumnField) -> &str {
    match field {
        ColumnField::Number => "",
        ColumnField::Content => "Nội dung",
        ColumnField::Products => "Sản phẩm",
        ColumnField::Leads => "Cơ quan chủ trì",
        ColumnField::Coordinators => "Cơ quan phối hợp",
        ColumnField::Synthesisers => "Cơ quan tổng hợp",
        ColumnField::Deadline => "Thời gian hoàn thành",
        ColumnField::Targets => "Chỉ tiêu",
        ColumnField::Budget => "Kinh phí",
        ColumnField::Note => "Ghi chú",
        ColumnField::Own(name) => name,
    }
}

/// Returns the printed values of a field; empty where it is not stated.
pub(super) fn values(task: &Task, field: &ColumnField, number: usize) -> Vec<String> {
    let fields = &task.fields;
    let one = |piece: &Option<Piece<String>>| piece.iter().map(|piece| printed(&piece.value)).filter(|text| !text.is_empty()).collect();
    match field {
        ColumnField::Number => vec![number.to_string()],
        ColumnField::Content => one(&fields.content),
        ColumnField::Products => fields.products.iter().flat_map(|list| &list.value).map(|product| printed(&product.text)).collect(),
        ColumnField::Leads => roles(fields.leads.as_ref()),
        ColumnField::Coordinators => roles(fields.coordinators.as_ref()),
        ColumnField::Synthesisers => roles(fields.synthesisers.as_ref()),
        ColumnField::Deadline => fields.deadline.as_ref().map(|deadline| times(&deadline.value)).unwrap_or_default(),
        ColumnField::Targets => {
            let lines = fields.targets.iter().flat_map(|list| &list.value).filter(|line| !line.dropped);
            lines.map(|line| printed(&line.target.text)).collect()
        }
        ColumnField::Budget => one(&fields.budget),
        ColumnField::Note => one(&fields.note),
        ColumnField::Own(name) => {
            let pairs = fields.own.iter().flat_map(|own| &own.value);
            pairs.filter(|(key, _)| key == name).map(|(_, value)| printed(value)).collect()
        }
    }
}

fn roles(list: Option<&Piece<Vec<Role>>>) -> Vec<String> {
    list.iter().flat_map(|list| &list.value).map(|role| printed(&role.printed())).collect()
}

/// Returns the lines of a deadline: the time alone, or the product, phase or step that it is of in front.
pub(super) fn times(deadline: &Deadline) -> Vec<String> {
    let line = |of: &Option<String>, text: &str| match of {
        None => printed(text),
        Some(of) => format!("{}: {}", printed(bare(of)), printed(text)),
    };
    deadline.entries.iter().map(|entry| line(&entry.of, &entry.text)).collect()
}

/// Returns what a task says is to be done; its code where it says nothing, so that it is seen.
pub(super) fn task_content(task: &Task) -> String {
    values(task, &ColumnField::Content, 0).pop().unwrap_or_else(|| format!("[{}]", task.code.text))
}

/// Returns the fields of a task as lines `Cơ quan chủ trì: …`, for tasks that no table shows.
pub(super) fn labelled_lines(task: &Task) -> Vec<String> {
    use ColumnField::{Budget, Coordinators, Deadline, Leads, Note, Products, Synthesisers, Targets};
    let own = task.fields.own.iter().flat_map(|own| &own.value).map(|(name, _)| ColumnField::Own(name.clone()));
    let fields = [Leads, Coordinators, Synthesisers, Products, Targets, Deadline, Budget].into_iter().chain(own).chain([Note]);
    fields.flat_map(|field| labelled(&field, &values(task, &field, 0))).collect()
}
