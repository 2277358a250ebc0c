//! The fields of a task, taken apart: bodies, products, deadlines; each cell's words are kept beside what was understood.

use super::block::Place;
use super::bodies::{self, Named};
use super::column::Role;
use super::doubt::Doubt;
use super::reading::{DeadlineItem, Duty, OwnColumn, Task};
use crate::agency::{Registry, Trouble};
use crate::base::{Date, Key, Year, clean};
use crate::diag::{Code, msg};
use crate::value::{Bound, Deadline, Product, Time};

/// Bytes of a field that is taken apart: grammars of values are made for cells, not for books.
const LONGEST: usize = 16_000;

/// What fields are read with.
pub(super) struct Context<'a> {
    /// Names that are known.
    pub(super) registry: Option<&'a Registry>,
    /// The day at which names are looked up.
    pub(super) date: Date,
    /// The plan's year.
    pub(super) year: Option<Year>,
}

/// A field as a table or a labelled line gives it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    /// What it is.
    pub(super) role: Role,
    /// The heading or label.
    pub(super) heading: String,
    /// Its text, lines apart by `\n`.
    pub(super) text: String,
    /// Where it stands.
    pub(super) place: Place,
}

/// Fills a task with what was given, and returns what is uncertain.
pub(super) fn fill(task: &mut Task, given: &[Given], context: &Context<'_>) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let mut bodies: Vec<(Role, Named)> = Vec::new();
    for field in given {
        let text = lines(&field.text).join("\n");
        if text.is_empty() {
            continue;
        }
        if let Some(name) = name_of(field.role) {
            task.printed.push((name.to_owned(), text.clone()));
        }
        if text.len() > LONGEST && !matches!(field.role, Role::Content | Role::Number) {
            let message =
                msg!("Ô này quá dài nên không tách; chữ vẫn được giữ.", "This cell is too long to be taken apart; its words are kept.");
            doubts.push(Doubt::new(Code::KH5015, message).at(field.place).quote(text.chars().take(100).collect::<String>()));
            task.own.push(OwnColumn { name: clean(&field.heading.replace('\n', " ")).into_owned(), value: text });
            continue;
        }
        match field.role {
            Role::Number => {}
            Role::Content => {
                // targets of the task stand below what is to be done
                for line in text.lines() {
                    match line.strip_prefix("Chỉ tiêu:") {
                        Some(targets) => {
                            let each = targets.split(';').map(|target| target.trim_matches([' ', '.', ',']).to_owned());
                            task.targets.extend(each.filter(|target| !target.is_empty()));
                        }
                        None => push_line(&mut task.content, line),
                    }
                }
            }
            Role::Product => task.products.extend(products(&text)),
            Role::Lead | Role::Coordinator | Role::Synthesiser | Role::Roles => {
                let default = if field.role == Role::Roles { Role::Lead } else { field.role };
                let read = read_bodies(&text, context);
                doubts.extend(body_doubts(&read, &text, field.place, context));
                let placed = |body: Named| {
                    let role = body.role.filter(|role| *role != Role::Roles).unwrap_or(default);
                    (role, body)
                };
                bodies.extend(read.into_iter().map(placed));
            }
            Role::Deadline => {
                push_line(&mut task.deadline, &text);
                let items = deadline(&text, &field.heading, context.year);
                if items.iter().any(|item| item.kind == "unknown") {
                    let message = msg!(
                        "Thời hạn này không theo mẫu nào đã biết nên không tính được ngày.",
                        "This deadline follows no known form, so no day can be reckoned from it."
                    );
                    doubts.push(Doubt::new(Code::KH5018, message).at(field.place).quote(text.replace('\n', " ")));
                }
                task.deadline_items.extend(items);
            }
            Role::Budget => push_line(&mut task.budget, &text),
            Role::Note => push_line(&mut task.notes, &text),
            Role::Basis => push_line(&mut task.basis, &text),
            Role::Target => task.targets.extend(products(&text)),
            Role::Standard | Role::Previous | Role::Goal | Role::Solution | Role::Own => {
                let name = clean(&field.heading.replace('\n', " ")).into_owned();
                task.own.push(OwnColumn { name, value: text });
            }
        }
    }
    for (role, body) in bodies {
        if !body.duty.is_empty() {
            task.duties.push(Duty { body: body.name.clone(), text: body.duty });
        }
        let list = match role {
            Role::Coordinator => &mut task.coordinators,
            Role::Synthesiser => &mut task.synthesisers,
            _ => &mut task.leads,
        };
        list.push(body.name);
    }
    doubts
}

/// The name under which a field's printed words are kept.
fn name_of(role: Role) -> Option<&'static str> {
    match role {
        Role::Content => Some("content"),
        Role::Product => Some("products"),
        Role::Lead => Some("leads"),
        Role::Coordinator => Some("coordinators"),
        Role::Synthesiser => Some("synthesisers"),
        Role::Roles => Some("roles"),
        Role::Deadline => Some("deadline"),
        Role::Budget => Some("budget"),
        Role::Note => Some("notes"),
        Role::Target => Some("targets"),
        Role::Basis => Some("basis"),
        Role::Number | Role::Standard | Role::Previous | Role::Goal | Role::Solution | Role::Own => None,
    }
}

/// Returns the lines of a field, cleaned, a line that only goes on with the one before joined to it.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = clean(line);
        if line.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some(last) if line.starts_with(char::is_lowercase) && !last.ends_with(['.', ';', ':']) => {
                last.push(' ');
                last.push_str(&line);
            }
            Some(_) | None => out.push(line.into_owned()),
        }
    }
    out
}

fn push_line(target: &mut String, text: &str) {
    if !target.is_empty() {
        target.push('\n');
    }
    target.push_str(text);
}

/// Returns the products of a field, one each.
pub(super) fn products(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in lines(text) {
        let line = line.trim_start_matches(['-', '+', '•', '*', '–', ' ']);
        for (at, product) in Product::parse_list(line).into_iter().enumerate() {
            let text = product.text.trim_matches([' ', '.', ';', ',']);
            match out.last_mut() {
                // `… của các sở, ban, ngành; UBND các huyện`: a body is no product
                Some(last) if at > 0 && (bodies::opens_body(text) || goes_on(text)) => {
                    last.push_str("; ");
                    last.push_str(text);
                }
                Some(_) | None if !text.is_empty() => out.push(text.to_owned()),
                Some(_) | None => {}
            }
        }
    }
    out
}

/// Says whether words behind a `;` go on with the product before it: `…; được niêm yết tại …`.
fn goes_on(text: &str) -> bool {
    ["được ", "để ", "nhằm ", "trong đó", "gồm ", "bao gồm ", "theo ", "tại ", "trên ", "và "].iter().any(|word| text.starts_with(word))
}

/// Returns what a deadline means.
pub(super) fn deadline(text: &str, heading: &str, year: Option<Year>) -> Vec<DeadlineItem> {
    let lines = lines(text);
    let refs: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut read = Deadline::parse(&refs);
    if super::column::holds(Key::new(heading).as_str(), "chậm nhất") {
        read = read.bounded(Bound::Latest);
    }
    let items = read.entries.iter().map(|entry| DeadlineItem {
        of: entry.of.clone().unwrap_or_default(),
        text: entry.text.trim_matches([' ', '.', ';', ',']).to_owned(),
        kind: kind(&entry.time).to_owned(),
        earliest: entry.earliest(year),
        latest: entry.latest(year),
    });
    items.collect()
}

fn kind(time: &Time) -> &'static str {
    match time {
        Time::Point { .. } => "point",
        Time::Range { .. } => "range",
        Time::Within(_) => "within",
        Time::Continuous(_) => "continuous",
        Time::Recurrent { .. } => "recurrent",
        Time::Conditional => "conditional",
        Time::After => "after",
        Time::External => "external",
        Time::Remark => "remark",
        Time::Unknown => "unknown",
    }
}

/// Returns the bodies of a field: by the registry where it knows them all, else by the words alone.
pub(super) fn read_bodies(text: &str, context: &Context<'_>) -> Vec<Named> {
    let plain = || bodies::read(text);
    let Some(registry) = context.registry else { return plain() };
    let mut known: Vec<Named> = Vec::new();
    let mut role = None;
    for line in text.lines() {
        let line = clean(line);
        let item = line.starts_with(['-', '+', '•']);
        let bare = line.trim_start_matches(['-', '+', '•', ' ']);
        for listed in registry.read_list(bare, item, context.date) {
            if matches!(listed.trouble, Some(Trouble::Unknown { .. })) {
                return plain();
            }
            if let Some(label) = listed.governed_by.as_deref().or(listed.label.as_deref()) {
                role = bodies::label_role(label).filter(|role| role.is_body()).or(role);
            }
            let duty = listed.duty.as_deref().unwrap_or("").trim_matches([':', ' ', '(', ')', ';', '.', ',']).to_owned();
            known.push(Named { name: listed.text.clone(), duty, role, doubtful: false });
        }
    }
    if known.is_empty() { plain() } else { known }
}

/// Says which names are uncertain.
fn body_doubts(read: &[Named], text: &str, place: Place, context: &Context<'_>) -> Vec<Doubt> {
    let mut out = Vec::new();
    let names: Vec<&str> = read.iter().filter(|body| body.doubtful).map(|body| body.name.as_str()).collect();
    if !names.is_empty() {
        let shown = names.iter().take(3).copied().collect::<Vec<_>>().join("; ");
        let message =
            msg!("Không chắc “{shown}” là một cơ quan hay nhiều cơ quan.", "It is not sure whether “{shown}” is one body or several.");
        out.push(Doubt::new(Code::KH5017, message).at(place).quote(text.replace('\n', " ")));
    }
    if let Some(registry) = context.registry {
        for body in read.iter().filter(|body| !body.doubtful) {
            let listed = registry.read_list(&body.name, true, context.date);
            let Some(Trouble::Unknown { suggestion }) = listed.iter().find_map(|listed| listed.trouble.as_ref()) else { continue };
            let name = &body.name;
            let message = match suggestion {
                Some(near) => {
                    msg!("Danh bạ không có “{name}”; gần nhất là “{near}”.", "The registry has no “{name}”; the nearest is “{near}”.")
                }
                None => msg!("Danh bạ không có “{name}”.", "The registry has no “{name}”."),
            };
            out.push(Doubt::new(Code::KH5029, message).at(place).quote(name.clone()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn context() -> Context<'static> {
        Context { registry: None, date: Date::first_of_year(2022), year: Some(2022) }
    }

    #[test]
    fn a_column_of_all_roles_is_taken_apart() {
        let text = "- Cơ quan thực hiện: Sở Nội vụ; các sở ban, ngành cấp tỉnh; UBND cấp huyện. - Cơ quan phối hợp: Văn phòng UBND tỉnh, Sở Tư pháp.";
        let given = Given { role: Role::Roles, heading: "Cơ quan thực hiện".into(), text: text.into(), place: Place::default() };
        let mut task = Task::default();
        let doubts = fill(&mut task, &[given], &context());
        assert_eq!(task.leads, ["Sở Nội vụ", "các sở ban, ngành cấp tỉnh", "UBND cấp huyện"]);
        assert_eq!(task.coordinators, ["Văn phòng UBND tỉnh", "Sở Tư pháp"]);
        assert!(doubts.is_empty(), "{doubts:?}");
    }

    #[test]
    fn targets_below_what_is_to_be_done_are_the_tasks() {
        let text = "Giải quyết hồ sơ đúng hạn.\nChỉ tiêu: từ 98% trở lên đúng hạn; 100% hồ sơ được số hóa.";
        let given = Given { role: Role::Content, heading: "Nội dung".into(), text: text.into(), place: Place::default() };
        let mut task = Task::default();
        fill(&mut task, &[given], &context());
        assert_eq!((task.content.as_str(), task.targets.len()), ("Giải quyết hồ sơ đúng hạn.", 2));
    }

    #[test]
    fn deadlines_and_products_are_split() {
        let items = deadline("- Tổ chức thực hiện: thường xuyên. - Báo cáo kết quả thực hiện: định kỳ hàng quý.", "", Some(2022));
        assert_eq!(
            items.iter().map(|i| (i.of.as_str(), i.kind.as_str())).collect::<Vec<_>>(),
            [("Tổ chức thực hiện", "continuous"), ("Báo cáo kết quả thực hiện", "recurrent")]
        );
        assert_eq!(deadline("2026", "", None)[0].latest, Date::new(2026, 12, 31));
        assert_eq!(deadline("2025 - 2035", "", None)[0].kind, "range");
        assert_eq!(
            products("Thủ tục đăng trên Cổng; được niêm yết tại trụ sở. - Báo cáo"),
            ["Thủ tục đăng trên Cổng; được niêm yết tại trụ sở", "Báo cáo"]
        );
        assert_eq!(products("Báo cáo; Phương án của cơ quan có thẩm quyền."), ["Báo cáo", "Phương án của cơ quan có thẩm quyền"]);
    }
}
