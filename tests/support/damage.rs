//! Plans taken apart into rows as a foreign plan writes them, faults made in them at known places, and what an audit says of them.

#![allow(dead_code, reason = "each test uses its own part")]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kehoach::agency::Body;
use kehoach::base::Year;
use kehoach::derive::Derivation;
use kehoach::matching::{AuditRow, Effect, Link, Relation, TaskPart};
use kehoach::model::{Fields, Model, Piece, Role};
use kehoach::value::{Deadline, Product};

/// A task as a foreign plan writes it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    /// The code in the corpus, which the written plan does not show.
    pub(crate) origin: String,
    /// The task in the plan that was taken apart.
    pub(crate) task: usize,
    pub(crate) content: String,
    pub(crate) products: Vec<String>,
    pub(crate) leads: Vec<String>,
    pub(crate) coordinators: Vec<String>,
    pub(crate) synthesisers: Vec<String>,
    pub(crate) deadline: Vec<String>,
    pub(crate) targets: Vec<String>,
}

/// A plan as rows: number, title and rows of each appendix.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flat {
    pub(crate) code: String,
    pub(crate) unit: String,
    pub(crate) year: Year,
    pub(crate) appendices: Vec<(String, String, Vec<Row>)>,
}

fn names(piece: Option<&Piece<Vec<Role>>>) -> Vec<String> {
    piece.iter().flat_map(|piece| &piece.value).map(Role::printed).collect()
}

fn times(deadline: &Deadline) -> Vec<String> {
    deadline.entries.iter().map(|entry| entry.of.as_ref().map_or(entry.text.clone(), |of| format!("{of}: {}", entry.text))).collect()
}

impl Row {
    fn new(origin: &str, task: usize, fields: &Fields) -> Self {
        Self {
            origin: origin.to_owned(),
            task,
            content: fields.content.as_ref().map(|piece| piece.value.clone()).unwrap_or_default(),
            products: fields.products.iter().flat_map(|piece| &piece.value).map(|product| product.text.clone()).collect(),
            leads: names(fields.leads.as_ref()),
            coordinators: names(fields.coordinators.as_ref()),
            synthesisers: names(fields.synthesisers.as_ref()),
            deadline: fields.deadline.iter().flat_map(|piece| times(&piece.value)).collect(),
            targets: fields.targets.iter().flat_map(|piece| &piece.value).map(|line| line.target.text.clone()).collect(),
        }
    }

    /// Writes the row back into the fields that it came from.
    pub(crate) fn put(&self, fields: &mut Fields) {
        let lines: Vec<&str> = self.deadline.iter().map(String::as_str).collect();
        if let Some(piece) = &mut fields.content {
            piece.value.clone_from(&self.content);
        }
        if let Some(piece) = &mut fields.products {
            piece.value = self.products.iter().map(|text| Product::parse(text)).collect();
        }
        if let Some(piece) = fields.leads.as_mut().filter(|piece| names(Some(piece)) != self.leads) {
            let loc = piece.origin.stated;
            let role = |text: &String| Role { body: Body::Unknown, text: text.clone(), duty: None, sector: None, label: None, loc };
            piece.value = self.leads.iter().map(role).collect();
        }
        if let Some(piece) = fields.deadline.as_mut().filter(|piece| times(&piece.value) != self.deadline) {
            piece.value = Deadline::parse(&lines);
        }
        for (line, text) in fields.targets.iter_mut().flat_map(|piece| &mut piece.value).zip(&self.targets) {
            line.target.text.clone_from(text);
        }
    }
}

/// Takes a plan apart.
pub(crate) fn flat(model: &Model, derivation: &Derivation) -> Flat {
    let plan = model.plan(derivation.plan);
    let content = &derivation.content;
    let mut out = Flat {
        code: format!("VB-{}", plan.code.text),
        unit: model.unit_name(derivation.plan),
        year: plan.header.year.expect("a year"),
        appendices: content.appendices.iter().map(|one| (one.number.clone(), one.title.value.clone(), Vec::new())).collect(),
    };
    for (at, task) in content.tasks.iter().enumerate() {
        out.appendices[task.appendix.expect("an appendix")].2.push(Row::new(&task.code.text, at, &task.fields));
    }
    out
}

/// Numbers that are the same on every run.
pub(crate) struct Seeded(pub(crate) u64);

impl Seeded {
    pub(crate) fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("small") % below
    }
}

impl Flat {
    /// Shuffles the rows of each appendix.
    pub(crate) fn shuffle(&mut self, seed: u64) {
        let mut seeded = Seeded(seed);
        for (_, _, rows) in &mut self.appendices {
            for at in (1..rows.len()).rev() {
                rows.swap(at, seeded.next(at + 1));
            }
        }
    }

    /// The plan as `.kh` without verbs; tasks are numbered as they stand.
    pub(crate) fn text(&self) -> String {
        let mut out = format!("KẾ HOẠCH {}: Cải cách hành chính năm {}\nĐơn vị: {}\nNăm: {}\n", self.code, self.year, self.unit, self.year);
        for (number, title, rows) in &self.appendices {
            let _ = write!(out, "\nPHỤ LỤC {number}: {title}\n");
            for (at, row) in rows.iter().enumerate() {
                let _ = write!(out, "\nNHIỆM VỤ {number}.{}: {}\n", at + 1, row.content);
                let lists = [
                    ("Sản phẩm", &row.products),
                    ("Cơ quan chủ trì", &row.leads),
                    ("Cơ quan phối hợp", &row.coordinators),
                    ("Cơ quan tổng hợp", &row.synthesisers),
                    ("Thời gian hoàn thành", &row.deadline),
                ];
                for (label, items) in lists {
                    if !items.is_empty() {
                        let _ = write!(out, "{label}:\n- {}\n", items.join("\n- "));
                    }
                }
                if !row.targets.is_empty() {
                    let targets: Vec<String> = row.targets.iter().enumerate().map(|(at, text)| format!("- c{at}: {text}\n")).collect();
                    let _ = write!(out, "Chỉ tiêu:\n{}", targets.concat());
                }
            }
        }
        out
    }

    /// The rows in the order in which they are written.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.appendices.iter().flat_map(|(_, _, rows)| rows)
    }

    /// The corpus codes of its tasks, as they are written.
    pub(crate) fn origins(&self) -> Vec<String> {
        self.rows().map(|row| row.origin.clone()).collect()
    }
}

/// What can happen to a task on its way into a plan below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    TaskDropped,
    FieldDropped,
    DeadlineLater,
    TargetLowered,
    LeadAbove,
    MergedIntoAnother,
    SplitInTwo,
    Reworded,
    StaleYear,
}

pub(crate) const FAULTS: [Fault; 9] = [
    Fault::TaskDropped,
    Fault::FieldDropped,
    Fault::DeadlineLater,
    Fault::TargetLowered,
    Fault::LeadAbove,
    Fault::MergedIntoAnother,
    Fault::SplitInTwo,
    Fault::Reworded,
    Fault::StaleYear,
];

impl Fault {
    /// From which score on a pair bears the fault: a witness less, or half of the words, makes a question of a pair that barely counts.
    pub(crate) fn least(self) -> f32 {
        match self {
            Self::TaskDropped | Self::FieldDropped | Self::DeadlineLater | Self::TargetLowered | Self::StaleYear | Self::Reworded => 0.0,
            Self::LeadAbove | Self::MergedIntoAnother | Self::SplitInTwo => 0.8,
        }
    }

    /// The field that it changes, and what an audit calls the change; `None` where the task as a whole is concerned.
    pub(crate) fn field(self) -> Option<(TaskPart, Effect)> {
        match self {
            Self::FieldDropped => Some((TaskPart::Products, Effect::Dropped)),
            Self::DeadlineLater => Some((TaskPart::Deadline, Effect::Later)),
            Self::TargetLowered => Some((TaskPart::Targets, Effect::Lowered)),
            Self::LeadAbove => Some((TaskPart::Leads, Effect::WrongLevel)),
            Self::StaleYear => Some((TaskPart::Deadline, Effect::StaleYear)),
            Self::TaskDropped | Self::MergedIntoAnother | Self::SplitInTwo | Self::Reworded => None,
        }
    }
}

/// A fault that was made: in which unit and appendix, to which tasks.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) unit: String,
    pub(crate) fault: Fault,
    pub(crate) appendix: String,
    pub(crate) origins: Vec<String>,
}

/// Words of other fields of work, for a text that says something else in half of its words.
const OTHER: &str = "phối trộn nguyên liệu sạch cho bếp ăn tập thể rồi vận chuyển đến kho lạnh trước mùa mưa bão hằng tuần theo lịch trực";

/// Makes a fault in one appendix, in the first task that allows it from `from` on; `None` where none does. `sure` says which tasks may be touched.
pub(crate) fn damage(rows: &mut Vec<Row>, fault: Fault, from: usize, sure: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let fits = |row: &Row| {
        sure(&row.origin)
            && match fault {
                Fault::TaskDropped | Fault::LeadAbove | Fault::MergedIntoAnother | Fault::Reworded => true,
                Fault::FieldDropped => !row.products.is_empty(),
                Fault::DeadlineLater => row.deadline.len() == 1 && row.deadline[0].contains("/2023"),
                Fault::TargetLowered => row.targets.iter().any(|target| target.contains("98%")),
                Fault::SplitInTwo => halves(&row.content).is_some(),
                Fault::StaleYear => row.deadline.iter().any(|line| line.contains("2023")),
            }
    };
    let count = rows.len();
    let at = (0..count).map(|step| (from + step) % count).find(|at| fits(&rows[*at]))?;
    let origin = rows[at].origin.clone();
    match fault {
        Fault::TaskDropped => {
            rows.remove(at);
        }
        Fault::FieldDropped => rows[at].products.clear(),
        Fault::DeadlineLater => rows[at].deadline = vec!["Tháng 02/2024".to_owned()],
        Fault::TargetLowered => rows[at].targets.iter_mut().for_each(|target| *target = target.replace("98%", "90%")),
        Fault::LeadAbove => rows[at].leads = vec!["Sở Nội vụ".to_owned()],
        Fault::MergedIntoAnother => {
            let other = (0..count).find(|other| *other != at && sure(&rows[*other].origin))?;
            let second = rows.remove(other);
            let first = rows.iter_mut().find(|row| row.origin == origin).expect("the first");
            first.content = format!("{}; {}", first.content, second.content);
            for product in second.products.into_iter().filter(|product| !first.products.contains(product)).collect::<Vec<_>>() {
                first.products.push(product);
            }
            return Some(vec![origin, second.origin]);
        }
        Fault::SplitInTwo => {
            let (one, other) = halves(&rows[at].content).expect("two halves");
            let mut second = rows[at].clone();
            rows[at].content = one;
            second.content = other;
            rows.push(second);
        }
        Fault::Reworded => {
            let words: Vec<&str> = rows[at].content.split(' ').collect();
            let mut others = OTHER.split(' ').cycle();
            let mixed: Vec<&str> =
                words.iter().enumerate().map(|(n, word)| if n % 20 < 11 { others.next().expect("words") } else { *word }).collect();
            rows[at].content = mixed.join(" ");
        }
        Fault::StaleYear => rows[at].deadline.iter_mut().for_each(|line| *line = line.replace("2023", "2022")),
    }
    Some(vec![origin])
}

/// Cuts a text at the joint nearest to its middle; `None` where both sides would be short.
fn halves(text: &str) -> Option<(String, String)> {
    let joints = text.match_indices("; ").map(|(at, mark)| (at, mark.len()));
    let (at, length) = joints.min_by_key(|(at, _)| at.abs_diff(text.len() / 2))?;
    let (one, other) = (text[..at].to_owned(), text[at + length..].to_owned());
    (one.split(' ').count() >= 6 && other.split(' ').count() >= 6).then_some((one, other))
}

/// A row of an audit in the codes of the corpus: `above` and `below` are the origins of the two plans' tasks, as they were written.
pub(crate) struct Told<'a> {
    pub(crate) row: &'a AuditRow,
    above: &'a [String],
    below: Vec<String>,
}

impl<'a> Told<'a> {
    /// A row about a plan, against the plan of which `above` are the tasks.
    pub(crate) fn new(row: &'a AuditRow, above: &'a [String], plan: &Flat) -> Self {
        let below = plan.origins();
        assert_eq!(row.plan.as_ref().map(|plan| plan.tasks.len()), Some(below.len()), "{} is not read whole", plan.unit);
        Self { row, above, below }
    }

    fn parents(&self, link: &Link) -> Vec<&str> {
        link.parent.iter().map(|at| self.above[*at].as_str()).collect()
    }

    fn links(&self, origin: &str) -> Vec<&Link> {
        self.row.links.iter().filter(|link| self.parents(link).contains(&origin)).collect()
    }

    fn is_dropped(&self, origin: &str) -> bool {
        self.row.dropped.iter().any(|dropped| self.above[dropped.parent] == origin)
    }

    /// The pairs: parents, children, state.
    pub(crate) fn pairs(&self) -> BTreeSet<String> {
        let children = |link: &Link| link.child.iter().map(|at| self.below[*at].as_str()).collect::<Vec<_>>().join("+");
        self.row.links.iter().map(|link| format!("{}={}:{:?}", self.parents(link).join("+"), children(link), link.state)).collect()
    }

    /// The origins whose pair is accepted with a score of at least `least`: what a unit worded anew may be doubtful without any damage.
    pub(crate) fn sure(&self, least: f32) -> BTreeSet<String> {
        let own = |link: &&Link| match (link.parent.as_slice(), link.child.as_slice()) {
            ([above], [below]) => self.above[*above] == self.below[*below],
            _ => false,
        };
        self.row.accepted().filter(own).filter(|link| link.score >= least).map(|link| self.above[link.parent[0]].clone()).collect()
    }

    /// Says whether a fault is named.
    pub(crate) fn names(&self, made: &Made) -> bool {
        let origin = &made.origins[0];
        let links = self.links(origin);
        let changed = |part: TaskPart, effect: Effect| {
            links.iter().any(|link| link.is_accepted() && link.changes.iter().any(|change| change.part == part && change.effect == effect))
        };
        match made.fault {
            Fault::TaskDropped => self.is_dropped(origin),
            Fault::FieldDropped | Fault::DeadlineLater | Fault::TargetLowered | Fault::LeadAbove | Fault::StaleYear => {
                made.fault.field().is_some_and(|(part, effect)| changed(part, effect))
            }
            Fault::MergedIntoAnother => {
                links.iter().any(|link| link.relation == Relation::Merged && self.parents(link).contains(&made.origins[1].as_str()))
            }
            Fault::SplitInTwo => links.iter().any(|link| {
                let own = self.row.new.iter().any(|at| self.below[*at] == *origin);
                // a half in other words than the parent's is told as the unit's own, beside a task that is narrowed
                link.relation == Relation::Split && link.child.len() == 2 || link.relation == Relation::Narrowed && own
            }),
            // a text of which less than half is left may be anybody's question, but it is one
            Fault::Reworded => {
                changed(TaskPart::Content, Effect::Reworded) || links.iter().any(|link| !link.is_accepted()) || self.is_dropped(origin)
            }
        }
    }

    /// Says whether a task that was dropped is asked about: another one of the unit is so alike that the audit does not say which is missing.
    pub(crate) fn asks(&self, made: &Made) -> bool {
        made.fault == Fault::TaskDropped && self.links(&made.origins[0]).iter().any(|link| !link.is_accepted())
    }

    /// Returns which faults of a plan are neither named nor asked about, what else is said than before they were made, and what is not said any more. Where the plan
    /// above it was damaged too (`upper`), what those faults concern is left out.
    pub(crate) fn faults(&self, plan: &str, before: &Told<'_>, made: &[Made], upper: &[&Made]) -> Vec<String> {
        let own: Vec<&Made> = made.iter().filter(|made| made.unit == plan).collect();
        let mut out: Vec<String> = own.iter().filter(|made| !self.names(made) && !self.asks(made)).map(|made| self.unnamed(made)).collect();
        let (mut whole, mut parts) = (BTreeSet::new(), Vec::new());
        for made in own.iter().chain(upper) {
            match made.fault.field() {
                Some((part, _)) => parts.push((made.origins[0].clone(), part)),
                None => whole.extend(made.origins.iter().cloned()),
            }
        }
        let (now, then) = (self.said(&whole, &parts), before.said(&whole, &parts));
        out.extend(now.difference(&then).map(|line| format!("invented: {plan} {line}")));
        out.extend(then.difference(&now).map(|line| format!("gone: {plan} {line}")));
        out
    }

    /// A fault that is not named, with what is said of its tasks instead.
    fn unnamed(&self, made: &Made) -> String {
        let all = self.said(&BTreeSet::new(), &[]).into_iter();
        let said: Vec<String> = all.filter(|line| made.origins.iter().any(|origin| line.contains(origin.as_str()))).collect();
        format!("not named: {made:?}: {said:?}")
    }

    /// What is said of tasks: pairs with their changes, and drops. Tasks of `whole` are left out, of the others the fields of `parts`.
    pub(crate) fn said(&self, whole: &BTreeSet<String>, parts: &[(String, TaskPart)]) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        for link in &self.row.links {
            let codes = self.parents(link);
            if codes.iter().any(|code| whole.contains(*code)) {
                continue;
            }
            let told = link
                .changes
                .iter()
                .filter(|change| !parts.iter().any(|(code, part)| codes.contains(&code.as_str()) && *part == change.part));
            let changes: Vec<String> = told.map(|change| format!("{:?} {:?}", change.part, change.effect)).collect();
            let children: Vec<&str> = link.child.iter().map(|at| self.below[*at].as_str()).collect();
            // how rare the words of a plan are depends on all its tasks, and with it how much of a text another has
            let relation = if link.relation == Relation::Narrowed { Relation::Amended } else { link.relation };
            out.insert(format!("{} = {} {:?} {relation:?} {changes:?}", codes.join("+"), children.join("+"), link.state));
        }
        let dropped = self.row.dropped.iter().map(|dropped| (&self.above[dropped.parent], dropped));
        out.extend(dropped.filter(|(code, _)| !whole.contains(*code)).map(|(code, dropped)| format!("{code} {:?}", dropped.class)));
        out
    }
}
