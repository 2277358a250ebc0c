//! One body's share of a plan: its tasks, in which role, and until when.

use serde::Serialize;

use super::schedule::{task_content, times};
use super::standing::Standing;
use super::wording::{bare, printed};
use super::{Cell, Row, Table, TableColumn};
use crate::agency::Body;
use crate::base::Key;
use crate::derive::Derivation;
use crate::diag::{Lang, msg};
use crate::model::{Model, Piece, Role, Task};
use crate::render::Options;

/// A body's tasks: what `text/for_body.txt.j2` sees as `view`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BodyView {
    /// The body as asked for (`Phòng Tư pháp`).
    pub body: String,
    /// The title in capitals.
    pub title: String,
    /// The plan that gives the tasks, with number and date.
    pub plan: String,
    /// One line of counts by role.
    pub summary: String,
    /// Number, appendix, content, role, products, deadline; no rows where the body has no task.
    pub table: Table,
}

/// In which role a task concerns a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    Lead,
    Coordinator,
    Synthesiser,
}

/// Returns the tasks of `body` in printed order: as lead, coordinator, synthesiser, or as a member of a group named in one of these roles.
///
/// The body is found by the names of the registry, else by its words.
pub fn for_body(model: &Model, derivation: &Derivation, body: &str, options: &Options) -> BodyView {
    let standing = Standing::new(model, derivation);
    let wanted = Wanted::new(model, body);
    let lang = options.lang;
    let mut rows = Vec::new();
    let mut counts = [0usize; 4];
    for task in &derivation.content.tasks {
        let shares = wanted.shares(task);
        let Some((first, through)) = shares.first() else { continue };
        counts[through.as_ref().map_or(*first as usize, |_| 3)] += 1;
        let role: Cell = super::wording::items(shares.iter().map(|(share, through)| match through {
            None => share_name(*share, lang),
            Some(group) => format!("{} ({})", share_name(*share, lang), printed(group)),
        }));
        let products = task.fields.products.iter().flat_map(|list| &list.value).map(|product| printed(&product.text));
        let deadline = task.fields.deadline.as_ref().map(|deadline| times(&deadline.value)).unwrap_or_default();
        rows.push(Row {
            code: task.code.text.clone(),
            cells: vec![
                vec![(rows.len() + 1).to_string()],
                task.appendix.map(|at| standing.caption(at)).into_iter().collect(),
                content(task),
                role,
                super::wording::items(products),
                super::wording::items(deadline),
            ],
            ..Row::default()
        });
    }
    let titles = [
        msg!("TT", "No."),
        msg!("Phụ lục", "Appendix"),
        msg!("Nội dung thực hiện", "Task"),
        msg!("Vai trò", "Role"),
        msg!("Sản phẩm/Kết quả", "Product"),
        msg!("Thời gian hoàn thành", "Deadline"),
    ];
    let columns = titles.iter().enumerate().map(|(at, title)| TableColumn { title: title.get(lang).to_owned(), centred: at == 0 });
    let [lead, coordinator, synthesiser, grouped] = counts;
    let total = rows.len();
    let name = printed(bare(body));
    let summary = if total == 0 {
        msg!("Kế hoạch không giao nhiệm vụ nào cho {name}.", "The plan gives no task to {name}.")
    } else {
        msg!(
            "Tổng số {total} nhiệm vụ: chủ trì {lead}, phối hợp {coordinator}, tổng hợp {synthesiser}, giao chung theo nhóm {grouped}.",
            "{total} tasks in all: leads {lead}, coordinates {coordinator}, sums up {synthesiser}, as a member of a group {grouped}."
        )
    };
    BodyView {
        title: msg!("Nhiệm vụ của {name}", "Tasks of {name}").get(lang).to_uppercase(),
        plan: msg!("Theo {} ({})", "By {} ({})", standing.named(), standing.citation()).get(lang).to_owned(),
        summary: summary.get(lang).to_owned(),
        table: Table { columns: columns.collect(), rows },
        body: name,
    }
}

/// Returns what a task says is to be done, and below it the measures of a criterion.
fn content(task: &Task) -> Cell {
    let measures = task.fields.measures.iter().flat_map(|list| &list.value);
    std::iter::once(task_content(task)).chain(super::wording::items(measures.map(|text| printed(text)))).collect()
}

fn share_name(share: Share, lang: Lang) -> String {
    let name = match share {
        Share::Lead => msg!("Chủ trì", "Lead"),
        Share::Coordinator => msg!("Phối hợp", "Coordinator"),
        Share::Synthesiser => msg!("Tổng hợp", "Sums up"),
    };
    name.get(lang).to_owned()
}

/// The body asked for, as words and as the registry knows it.
struct Wanted<'a> {
    model: &'a Model,
    key: Key,
    bodies: Vec<Body>,
}

impl<'a> Wanted<'a> {
    fn new(model: &'a Model, body: &str) -> Self {
        let bodies = model.registry.look_up(body).into_iter().map(|found| found.body);
        Self { model, key: Key::new(body), bodies: bodies.collect() }
    }

    fn is(&self, role: &Role) -> bool {
        self.bodies.contains(&role.body) || Key::new(&role.text) == self.key
    }

    /// Says whether the role names a group to which the body belongs: a closed group of the body's own level.
    fn is_member(&self, role: &Role) -> bool {
        let registry = &self.model.registry;
        let Body::Group(group) = role.body else { return false };
        let group = registry.group(group);
        let Some(level) = group.level.filter(|_| !group.open) else { return false };
        self.bodies.iter().any(|body| match body {
            Body::Agency(agency) => registry.agency(*agency).level == level,
            Body::Institution(..) | Body::Group(_) | Body::Open | Body::Unknown => false,
        })
    }

    /// Returns the body's shares of a task: its own roles; those of its groups, with their names, only where it has none of its own.
    fn shares<'t>(&self, task: &'t Task) -> Vec<(Share, Option<String>)> {
        let fields = &task.fields;
        let roles = [
            (Share::Lead, fields.leads.as_ref()),
            (Share::Coordinator, fields.coordinators.as_ref()),
            (Share::Synthesiser, fields.synthesisers.as_ref()),
        ];
        let listed = |list: Option<&'t Piece<Vec<Role>>>| list.map_or(&[][..], |list| list.value.as_slice());
        let own = roles.iter().filter(|(_, list)| listed(*list).iter().any(|role| self.is(role)));
        let own: Vec<_> = own.map(|(share, _)| (*share, None)).collect();
        if !own.is_empty() {
            return own;
        }
        let through = roles.iter().flat_map(|(share, list)| listed(*list).iter().map(move |role| (*share, role)));
        through.filter(|(_, role)| self.is_member(role)).map(|(share, role)| (share, Some(role.text.clone()))).collect()
    }
}
