//! Tables of tasks: which columns an appendix has, and what stands in each cell.

use super::marks::Owner;
use super::numbering::roman;
use super::recorded;
use super::standing::Standing;
use super::wording::{bare, ended, items, lower_first, printed};
use super::{AppendixView, Cell, Mark, Row, Table, TableColumn};
use crate::model::{Appendix, Column, ColumnField, Fields, Layout, Piece, Role, ScoreTable, Task, dotted_number};
use crate::value::{Deadline, Score};

/// Returns the appendices in printed order. Tasks that stand under none come last, in an appendix of their own: nothing is left out.
///
/// In the layout `danh mục` all tasks stand in one table; in `trong kế hoạch` the narrative has them, but for score tables.
pub(super) fn appendices(standing: &Standing<'_>) -> Vec<AppendixView> {
    let printed = standing.printed_appendices();
    let loose: Vec<&Task> = standing.tasks(None).collect();
    if standing.layout == Layout::List {
        let (scored, plain): (Vec<_>, Vec<_>) = printed.into_iter().partition(|(_, appendix)| appendix.scores.is_some());
        let list = match (plain.as_slice(), loose.is_empty()) {
            ([], true) => None,
            ([(at, appendix)], true) => Some(one(standing, *at, appendix)),
            (several, _) => Some(list(standing, several, &loose)),
        };
        return list.into_iter().chain(scored.into_iter().map(|(at, appendix)| one(standing, at, appendix))).collect();
    }
    let mut out: Vec<AppendixView> = printed.into_iter().map(|(at, appendix)| one(standing, at, appendix)).collect();
    if !loose.is_empty() && standing.layout != Layout::InPlan {
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

/// Returns all tasks as tables, one per appendix or group, also those that the narrative prints, and one for those that stand under none.
pub(super) fn sheets(standing: &Standing<'_>) -> Vec<AppendixView> {
    let all = standing.content.appendices.iter().enumerate();
    let filled = all.filter(|(at, _)| standing.tasks(Some(*at)).next().is_some());
    let mut out: Vec<AppendixView> = filled.map(|(at, appendix)| one(standing, at, appendix)).collect();
    let loose: Vec<&Task> = standing.tasks(None).collect();
    if !loose.is_empty() {
        let caption = if out.is_empty() { "Nhiệm vụ" } else { "Nhiệm vụ khác" };
        let title = format!("Danh mục nhiệm vụ {}", standing.years()).trim_end().to_uppercase();
        let attached = format!("(Kèm theo {})", standing.citation());
        out.push(AppendixView { caption: caption.into(), title, attached, table: table(standing, None, &loose) });
    }
    out
}

fn one(standing: &Standing<'_>, at: usize, appendix: &Appendix) -> AppendixView {
    let tasks: Vec<&Task> = standing.tasks(Some(at)).collect();
    AppendixView {
        caption: standing.caption(at),
        title: if standing.plan.header.record { printed(&appendix.title.value) } else { title(standing, appendix).to_uppercase() },
        attached: attached(standing, appendix),
        table: match &appendix.scores {
            Some(scores) => score_table(standing, appendix, scores, &tasks),
            None => table(standing, Some(appendix), &tasks),
        },
    }
}

/// Returns the one table of the layout `danh mục` where its tasks stand under several appendices or groups: each opens with a row of its title.
fn list(standing: &Standing<'_>, appendices: &[(usize, &Appendix)], loose: &[&Task]) -> AppendixView {
    let of = |at: usize| standing.tasks(Some(at)).collect::<Vec<_>>();
    let all: Vec<&Task> = appendices.iter().flat_map(|(at, _)| of(*at)).chain(loose.iter().copied()).collect();
    let first = appendices.first().map(|(_, appendix)| *appendix);
    let mut table = table(standing, first, &all);
    let mut from = 0;
    for (place, (at, appendix)) in appendices.iter().enumerate() {
        let number = appendix.printed_number.clone().unwrap_or_else(|| roman(place + 1));
        table.rows.insert(from, section(standing, first, &table.columns, &number, &printed(bare(&appendix.title.value))));
        from += of(*at).len() + 1;
    }
    AppendixView {
        caption: standing.list_caption(first),
        title: format!("Nhiệm vụ {}", lower_first(&standing.subject())).to_uppercase(),
        attached: format!("(Kèm theo {})", standing.citation()),
        table,
    }
}

/// Returns a row that names the tasks below it.
fn section(standing: &Standing<'_>, appendix: Option<&Appendix>, columns: &[TableColumn], number: &str, title: &str) -> Row {
    let stated = stated_columns(standing, appendix);
    let place = |field: ColumnField| stated.iter().position(|column| column.fields.contains(&field));
    // the usual columns open with number and content
    let (first, second) = if stated.is_empty() { (Some(0), Some(1)) } else { (place(ColumnField::Number), place(ColumnField::Content)) };
    let mut cells = vec![Cell::new(); columns.len()];
    let text = if first.is_some() { title.to_owned() } else { format!("{number}. {title}") };
    for (at, text) in [(first, number.to_owned()), (second.or(Some(0)), text)] {
        if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
            cell.push(text);
        }
    }
    Row { code: String::new(), cells, marks: Vec::new(), heading: true }
}

/// Returns the table of criteria: those with others below them and the leaves by number, and the total.
fn score_table(standing: &Standing<'_>, appendix: &Appendix, scores: &ScoreTable, leaves: &[&Task]) -> Table {
    let inner = scores.criteria.iter().map(|criterion| (criterion.code.text.as_str(), &criterion.fields));
    let mut all: Vec<(&str, &Fields)> = inner.chain(leaves.iter().map(|leaf| (leaf.code.text.as_str(), &leaf.fields))).collect();
    all.sort_by_key(|(number, _)| dotted_number(number));
    let stated = stated_columns(standing, Some(appendix));
    let usual;
    let columns = if stated.is_empty() {
        usual = usual_score_columns(standing, &all);
        usual.as_slice()
    } else {
        stated
    };
    let plan = standing.plan.code.text.as_str();
    let mut rows: Vec<Row> = all
        .iter()
        .map(|(number, fields)| {
            let owner = Owner { plan, task: number, criterion: true };
            let (mut cells, mut marks): (Vec<Cell>, Vec<Vec<Mark>>) =
                columns.iter().map(|column| cell(fields, column, number, false, &owner)).unzip();
            // the fields of work stand out, as in the tables that are issued
            let names = columns.iter().position(|column| column.fields.as_slice() == [ColumnField::Content]);
            if let Some(at) = names.filter(|_| !number.contains('.') && fields.record.is_none()) {
                cells[at].iter_mut().for_each(|line| *line = line.to_uppercase());
                marks[at] = owner.whole(&ColumnField::Content, &cells[at]);
            }
            let heading = scores.criteria.iter().any(|criterion| criterion.code.text == *number);
            Row { code: (*number).to_owned(), cells, marks, heading }
        })
        .collect();
    let total = Fields { scores: scores.total.clone(), ..Fields::default() };
    if total != Fields::default() {
        let cells = columns.iter().map(|column| match column.fields.as_slice() {
            [ColumnField::Content] => vec!["TỔNG ĐIỂM".to_owned()],
            _ => cell(&total, column, "", false, &Owner { plan, task: "", criterion: true }).0,
        });
        rows.push(Row { code: String::new(), cells: cells.collect(), marks: Vec::new(), heading: true });
    }
    Table { columns: headed(columns), rows }
}

/// Returns the usual columns of a score table: scores and measures only where one is stated.
fn usual_score_columns(standing: &Standing<'_>, rows: &[(&str, &Fields)]) -> Vec<Column> {
    let year = standing.plan.header.year;
    let column = |title: String, field: ColumnField| Column { title, fields: vec![field] };
    let any = |field: &ColumnField| rows.iter().any(|(_, fields)| !field_values(fields, field, "").is_empty());
    let mut out = vec![
        column("STT".into(), ColumnField::Number),
        column("Lĩnh vực/Tiêu chí/Tiêu chí thành phần".into(), ColumnField::Content),
        column("Điểm chuẩn".into(), ColumnField::Standard),
        column(year.map_or_else(|| "Điểm năm trước".into(), |year| format!("Điểm {} đạt được", year - 1)), ColumnField::Previous),
        column(year.map_or_else(|| "Mục tiêu".into(), |year| format!("Mục tiêu năm {year}")), ColumnField::Goal),
        column("Nhiệm vụ/giải pháp".into(), ColumnField::Measures),
        column("Đơn vị chủ trì".into(), ColumnField::Leads),
        column("Đơn vị phối hợp".into(), ColumnField::Coordinators),
        column("Thời gian hoàn thành".into(), ColumnField::Deadline),
        column("Ghi chú".into(), ColumnField::Note),
    ];
    out.retain(|column| column.fields.iter().all(|field| matches!(field, ColumnField::Number | ColumnField::Content) || any(field)));
    out
}

fn title(standing: &Standing<'_>, appendix: &Appendix) -> String {
    if let Some(title) = &appendix.printed_title {
        return printed(&title.value);
    }
    let short = printed(bare(&appendix.title.value));
    let lower = short.to_lowercase();
    let whole = if appendix.scores.is_some() || lower.starts_with("nhiệm vụ") || lower.starts_with("các nhiệm vụ") {
        short
    } else {
        format!("Nhiệm vụ {}", lower_first(&short))
    };
    let years = standing.years();
    if years.is_empty() || lower.contains(" năm ") || lower.contains("giai đoạn") { whole } else { format!("{whole} {years}") }
}

fn attached(standing: &Standing<'_>, appendix: &Appendix) -> String {
    match &appendix.attached_to {
        None if standing.plan.header.record => String::new(),
        None => format!("(Kèm theo {})", standing.citation()),
        Some(text) if text.value.starts_with('(') => printed(&text.value),
        Some(text) if text.value.to_lowercase().contains("kèm theo") => format!("({})", printed(&text.value)),
        Some(text) => format!("(Kèm theo {})", printed(&text.value)),
    }
}

/// Returns the columns of the appendix, else of the plan; empty where neither states some.
fn stated_columns<'a>(standing: &Standing<'a>, appendix: Option<&'a Appendix>) -> &'a [Column] {
    let own = appendix.map_or(&[][..], |appendix| appendix.columns.as_slice());
    if own.is_empty() { standing.columns } else { own }
}

fn headed(columns: &[Column]) -> Vec<TableColumn> {
    let centred = |column: &Column| {
        matches!(column.fields.as_slice(), [ColumnField::Number | ColumnField::Standard | ColumnField::Previous | ColumnField::Goal])
    };
    columns.iter().map(|column| TableColumn { title: printed(&column.title), centred: centred(column) }).collect()
}

/// Returns the table of some tasks: columns of the appendix, else of the plan, else the usual ones.
fn table(standing: &Standing<'_>, appendix: Option<&Appendix>, tasks: &[&Task]) -> Table {
    let stated = stated_columns(standing, appendix);
    let usual;
    let (columns, spare) = if stated.is_empty() {
        usual = usual_columns(tasks);
        (usual.as_slice(), true)
    } else {
        (stated, false)
    };
    let mut rows = Vec::new();
    let mut above: &[String] = &[];
    for (at, task) in tasks.iter().enumerate() {
        // a document prints its own numbers, and no others
        let (number, sections) = match &task.fields.record {
            Some(record) => (String::new(), record.words(&ColumnField::Own(recorded::SECTION.to_owned())).unwrap_or_default()),
            None => ((at + 1).to_string(), &[][..]),
        };
        rows.extend(recorded::sections(above, sections, columns.len()));
        above = sections;
        let owner = Owner { plan: &standing.plan.code.text, task: &task.code.text, criterion: false };
        let (cells, marks) = columns.iter().map(|column| cell(&task.fields, column, &number, spare, &owner)).unzip();
        rows.push(Row { code: task.code.text.clone(), cells, marks, heading: false });
    }
    Table { columns: headed(columns), rows }
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
    let any = |field: &ColumnField| tasks.iter().any(|task| !field_values(&task.fields, field, "").is_empty());
    if any(&ColumnField::Synthesisers) {
        out.insert(5, column("Cơ quan tổng hợp", &[ColumnField::Synthesisers]));
    }
    if any(&ColumnField::Budget) {
        out.push(column("Kinh phí", &[ColumnField::Budget]));
    }
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in tasks.iter().filter_map(|task| task.fields.own.as_ref()).flat_map(|own| &own.value) {
        let is_row = name == recorded::SECTION && tasks.iter().any(|task| task.fields.record.is_some());
        if !names.contains(&name) && !is_row {
            names.push(name);
        }
    }
    out.extend(names.into_iter().map(|name| column(name, &[ColumnField::Own(name.clone())])));
    if any(&ColumnField::Note) {
        out.push(column("Ghi chú", &[ColumnField::Note]));
    }
    out
}

/// Returns one cell and the values in it. `spare` says that targets have no column of their own and stand below the content.
fn cell(fields: &Fields, column: &Column, number: &str, spare: bool, owner: &Owner<'_>) -> (Cell, Vec<Mark>) {
    if let Some(record) = &fields.record {
        return recorded::cell(record, column, number, spare, owner);
    }
    if let [field] = column.fields.as_slice() {
        let mut lines = items(field_values(fields, field, number));
        let targets = field_values(fields, &ColumnField::Targets, number);
        let below = spare && *field == ColumnField::Content && !targets.is_empty();
        if below {
            lines.iter_mut().for_each(|line| *line = ended(line));
        }
        let mut marks = owner.whole(field, &lines);
        if below {
            let label = "Chỉ tiêu: ";
            let line = format!("{label}{}", targets.iter().map(|target| bare(target)).collect::<Vec<_>>().join("; "));
            marks.extend(owner.mark(&ColumnField::Targets, lines.len(), label.len(), line.len()));
            lines.push(format!("{line}."));
        }
        return (lines, marks);
    }
    let filled: Vec<(&ColumnField, Vec<String>)> =
        column.fields.iter().map(|field| (field, field_values(fields, field, number))).filter(|(_, values)| !values.is_empty()).collect();
    // the column's title says already what a lone list of leads or text is
    if let [(field @ (ColumnField::Leads | ColumnField::Content), values)] = filled.as_slice() {
        let lines = items(values.clone());
        let marks = owner.whole(field, &lines);
        return (lines, marks);
    }
    let lines =
        filled.into_iter().flat_map(|(field, values)| labelled_as(label(field), &values).into_iter().map(move |line| (field, line)));
    let lines: Vec<(&ColumnField, (String, usize))> = lines.filter(|(_, (text, _))| !bare(text).is_empty()).collect();
    let dash = if lines.len() > 1 { "- ".len() } else { 0 };
    let marks = lines.iter().enumerate();
    let marks = marks.filter_map(|(at, (field, (text, start)))| owner.mark(field, at, dash + start, dash + bare(text).len().max(*start)));
    let marks = marks.collect();
    (items(lines.into_iter().map(|(_, (text, _))| text)), marks)
}

/// Joins the values of a field behind its label, and says at which byte they begin; values that bring a label of their own stand for themselves.
fn labelled_as(label: &str, values: &[String]) -> Vec<(String, usize)> {
    let opens = label.to_lowercase();
    // one line for each label, in the order in which they come
    let mut lines: Vec<(&str, Vec<&str>)> = Vec::new();
    for value in values {
        let own = value.split_once(": ").filter(|(words, _)| !opens.is_empty() && words.to_lowercase().starts_with(&opens));
        let (label, value) = own.unwrap_or((label, value));
        match lines.iter_mut().find(|(other, _)| *other == label) {
            Some((_, values)) => values.push(bare(value)),
            None => lines.push((label, vec![bare(value)])),
        }
    }
    // what bears the field's own label comes first
    lines.sort_by_key(|(other, _)| *other != label);
    let line = |(own, values): (&str, Vec<&str>)| {
        if own.is_empty() {
            return (joined(&values), 0);
        }
        let start = if own == label { own.len() + ": ".len() } else { 0 };
        (format!("{own}: {}", joined(&values)), start)
    };
    lines.into_iter().map(line).collect()
}

/// Joins values in one sentence. A class (`Các sở, ngành`) is no proper name: behind the first value it begins small.
pub(super) fn joined(values: &[&str]) -> String {
    let inner = |at: usize, value: &str| if at > 0 && opens_class(value) { lower_first(value) } else { value.to_owned() };
    values.iter().enumerate().map(|(at, value)| inner(at, value)).collect::<Vec<_>>().join("; ")
}

fn opens_class(value: &str) -> bool {
    ["Các ", "Cơ quan liên quan", "Đơn vị liên quan", "Cơ quan, ", "Đơn vị, ", "Tổ chức, "].iter().any(|words| value.starts_with(words))
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
        ColumnField::Standard => "Điểm chuẩn",
        ColumnField::Previous => "Điểm năm trước",
        ColumnField::Goal => "Mục tiêu",
        ColumnField::Measures => "Giải pháp",
        ColumnField::Own(name) => name,
    }
}

/// Returns the printed values of a field; empty where it is not stated.
pub(super) fn values(task: &Task, field: &ColumnField, number: usize) -> Vec<String> {
    field_values(&task.fields, field, &number.to_string())
}

/// Returns the printed values of a field of a task or criterion; empty where it is not stated.
pub(super) fn field_values(fields: &Fields, field: &ColumnField, number: &str) -> Vec<String> {
    if let Some(record) = &fields.record {
        return recorded::values(record, field, number);
    }
    let score = |piece: &Option<Piece<Score>>| piece.iter().map(|piece| piece.value.text.clone()).collect();
    let one = |piece: &Option<Piece<String>>| piece.iter().map(|piece| printed(&piece.value)).filter(|text| !text.is_empty()).collect();
    match field {
        ColumnField::Number => vec![number.to_owned()],
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
        ColumnField::Standard => score(&fields.scores.standard),
        ColumnField::Previous => score(&fields.scores.previous),
        ColumnField::Goal => score(&fields.scores.goal),
        ColumnField::Measures => fields.measures.iter().flat_map(|list| &list.value).map(|text| printed(text)).collect(),
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

/// A line `Cơ quan chủ trì: …` of a task that no table shows; `items` stand below it where one line would not be readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Labelled {
    pub(super) text: String,
    /// Where in the text the value begins.
    pub(super) start: usize,
    pub(super) items: Vec<String>,
    pub(super) field: ColumnField,
}

/// Letters up to which several products stand in one line.
const ONE_LINE: usize = 160;

/// Returns the fields of a task as labelled lines: those that `Cột` chooses, in its words, else all that are stated.
pub(super) fn labelled_lines(standing: &Standing<'_>, appendix: Option<&Appendix>, task: &Task) -> Vec<Labelled> {
    use ColumnField::{
        Budget, Content, Coordinators, Deadline, Goal, Leads, Measures, Note, Number, Previous, Products, Standard, Synthesisers, Targets,
    };
    let stated = stated_columns(standing, appendix);
    let chosen: Vec<(String, &ColumnField)> = stated
        .iter()
        .flat_map(|column| {
            let alone = column.fields.len() == 1;
            column.fields.iter().map(move |field| (if alone { printed(&column.title) } else { label(field).to_owned() }, field))
        })
        .collect();
    let usual: Vec<ColumnField>;
    let lines = if chosen.is_empty() {
        let own = task.fields.own.iter().flat_map(|own| &own.value).map(|(name, _)| ColumnField::Own(name.clone()));
        let fields = [Leads, Coordinators, Synthesisers, Products, Standard, Previous, Goal, Measures, Targets, Deadline, Budget];
        usual = fields.into_iter().chain(own).chain([Note]).collect();
        usual.iter().map(|field| (label(field).to_owned(), field)).collect()
    } else {
        chosen
    };
    let lines = lines.into_iter().filter(|(_, field)| !matches!(field, Number | Content));
    if let Some(record) = &task.fields.record {
        return lines.filter_map(|(label, field)| recorded::labelled(record, &label, field)).collect();
    }
    lines.flat_map(|(label, field)| labelled_field(&label, field, values(task, field, 0))).collect()
}

fn labelled_field(label: &str, field: &ColumnField, values: Vec<String>) -> Vec<Labelled> {
    let is_text = matches!(field, ColumnField::Products | ColumnField::Measures | ColumnField::Targets);
    let long = values.iter().map(|value| value.chars().count()).sum::<usize>() > ONE_LINE || values.iter().any(|value| value.contains(';'));
    if is_text && values.len() > 1 && long {
        let text = format!("{label}:");
        return vec![Labelled { start: text.len(), text, items: values, field: field.clone() }];
    }
    let lines = labelled_as(label, &values).into_iter();
    lines.map(|(text, start)| Labelled { text, start, items: Vec::new(), field: field.clone() }).collect()
}
