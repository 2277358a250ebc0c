//! A plan's header, and the model of a whole project.

use serde::{Deserialize, Serialize};

use super::{Appendix, Column, HandingId, HandingOn, Part, PlanId, Role, Roll, Statement, TargetLine};
use crate::agency::{LevelId, Registry, UnitId};
use crate::base::{Date, Key, Loc, Year};

/// A text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The words.
    pub value: String,
    /// Where they stand.
    pub loc: Loc,
}

/// A code with its key and place. Compared by key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Code {
    /// As written.
    pub text: String,
    /// For comparison.
    pub key: Key,
    /// Where it stands.
    pub loc: Loc,
}

impl Code {
    /// Returns the code written at `loc`.
    pub fn new(text: impl Into<String>, loc: Loc) -> Self {
        let text = text.into();
        Self { key: Key::new(&text), text, loc }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Code {}

/// How a plan is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// Quyết định ban hành kế hoạch.
    #[default]
    Decision,
    /// Kế hoạch, issued directly.
    Plan,
}

/// How tasks are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// phụ lục: narrative, and one table per appendix.
    #[default]
    Appendices,
    /// trong kế hoạch: tasks as a), b), c) in the body.
    InPlan,
    /// danh mục: one table.
    List,
    /// bảng điểm: criteria with scores.
    Scores,
}

/// In whose name a plan is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// Chủ tịch UBND.
    #[default]
    Chair,
    /// UBND, signed TM.
    Committee,
}

/// What stands at the head of a plan. A missing value is `None` or empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Header {
    /// `Năm`.
    pub year: Option<Year>,
    /// `Giai đoạn`: first and last year.
    pub period: Option<(Year, Year)>,
    /// `Hình thức`; `None` is not stated (a child takes its parent's).
    pub form: Option<Form>,
    /// `Trình bày`.
    pub layout: Option<Layout>,
    /// `Thẩm quyền`.
    pub authority: Option<Authority>,
    /// `Số` as written, blanks included (`…/QĐ-UBND`).
    pub number: Option<Text>,
    /// `Ngày` as written (`…/12/2022`).
    pub date_text: Option<Text>,
    /// `Ngày` where it is a whole date.
    pub date: Option<Date>,
    /// `Người ký`: title lines and name, split at `|` (`CHỦ TỊCH`, `Đỗ Minh Tuấn`).
    pub signer: Vec<String>,
    /// `Căn cứ`, one per line.
    pub bases: Vec<Text>,
    /// `Theo đề nghị`.
    pub proposed_by: Option<Text>,
    /// `Lời dẫn`: the paragraphs that open the plan, in front of its first part; empty where the usual sentence stands.
    pub opening: Vec<Text>,
    /// `Hiệu lực`.
    pub effect: Option<Text>,
    /// `Trách nhiệm thi hành`.
    pub responsible: Option<Text>,
    /// `Nơi nhận`.
    pub recipients: Vec<Text>,
    /// `Thay thế`.
    pub replaces: Option<Text>,
    /// `Sớm hơn cấp trên`, in months.
    pub earlier_months: Option<(u32, Loc)>,
    /// `Danh bạ ngày`.
    pub registry_date: Option<Date>,
    /// `Chế độ: ghi nhận`.
    pub record: bool,
    /// `Nguồn`: the document that the plan was read from.
    pub origin: Option<Text>,
    /// `Cột` of the plan.
    pub columns: Vec<Column>,
}

/// Why a plan has another as its parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParentKind {
    /// `Theo`: the plan of the upper level.
    Upper,
    /// `Từ`: the unit's own plan of the year before.
    LastYear,
}

/// An edge to a parent plan (`Theo`, `Từ`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentLink {
    /// The parent.
    pub plan: PlanId,
    /// By which label it is named.
    pub kind: ParentKind,
    /// `Chuyển năm` of this edge: from, to.
    pub years: Option<(Year, Year)>,
    /// Where the parent is named.
    pub loc: Loc,
    /// Where `Chuyển năm` stands, if it does.
    pub years_loc: Option<Loc>,
}

/// `CHẤP NHẬN`: a finding that a person accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance {
    /// The finding's code (`KH3005`).
    pub code: String,
    /// The task, part, appendix or plan, without the plan's own code in front (`TTHC-03`, `PHẦN II`, empty for the plan).
    pub place: String,
    /// `Tại`: the quoted words.
    pub quote: Option<String>,
    /// `Lý do`.
    pub reason: Option<Text>,
    /// The heading.
    pub loc: Loc,
}

/// One plan as its file states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Its code.
    pub code: Code,
    /// Its title (`Cải cách hành chính năm 2022`).
    pub title: Text,
    /// The unit whose plan it is; `None` where missing or unknown (reported).
    pub unit: Option<UnitId>,
    /// The unit's level.
    pub level: Option<LevelId>,
    /// The head.
    pub header: Header,
    /// Parents, in order: those of `Từ`, then those of `Theo`.
    pub parents: Vec<ParentLink>,
    /// Whether `Theo` or `Từ` also names a plan that does not exist or follows this one (reported): what its tasks are cannot be known.
    pub misses_parent: bool,
    /// Stated appendices and groups, in order.
    pub appendices: Vec<Appendix>,
    /// Stated prose: PHẦN nodes, in order.
    pub parts: Vec<Part>,
    /// Stated plan-level targets (CHỈ TIÊU), in order.
    pub targets: Vec<TargetLine>,
    /// Verbs and tasks, in source order.
    pub statements: Vec<Statement>,
    /// Findings that a person accepts.
    pub acceptances: Vec<Acceptance>,
    /// What it says about the years before it.
    pub roll: Roll,
    /// The handing-on that the plan is generated from; `None` for one that a file states.
    pub generated: Option<HandingId>,
    /// The heading.
    pub loc: Loc,
}

impl Header {
    /// Returns the day as of which names are looked up: `Danh bạ ngày`, else `Ngày`, else 1 January of the plan's first year.
    pub fn registry_date(&self) -> Date {
        let year = self.year.or(self.period.map(|(first, _)| first));
        self.registry_date.or(self.date).unwrap_or_else(|| Date::first_of_year(year.unwrap_or(2022)))
    }

    /// Returns the first day on which the plan can have been signed: its date, or the first of its month where only the day is blank.
    pub fn signed_from(&self) -> Option<Date> {
        self.date.or_else(|| {
            let mut parts = self.date_text.as_ref()?.value.rsplit('/').map(str::trim);
            let (year, month) = (parts.next()?, parts.next()?);
            Date::first_of_month(year.parse().ok()?, month.parse().ok()?)
        })
    }
}

impl Plan {
    /// Says how a plan is its parent; `None` where neither `Theo` nor `Từ` names it.
    pub fn link_to(&self, parent: PlanId) -> Option<&ParentLink> {
        self.parents.iter().find(|link| link.plan == parent)
    }

    /// Returns the day as of which names are looked up: [`Header::registry_date`].
    pub fn registry_date(&self) -> Date {
        self.header.registry_date()
    }

    /// Returns the first and last day of the plan's year or period; `None` where neither is stated.
    pub fn span_of_years(&self) -> Option<(Date, Date)> {
        let (first, last) = self.header.period.or(self.header.year.map(|y| (y, y)))?;
        Some((Date::first_of_year(first), Date::last_of_year(last)))
    }
}

/// All that a project's files say, resolved.
#[derive(Debug, Default)]
pub struct Model {
    /// Levels, units, agencies, sectors, groups, terms.
    pub registry: Registry,
    /// Plans in the order of their files and headings; behind them those generated by handings-on, an upper one's before a lower one's.
    pub plans: Vec<Plan>,
    /// Handings-on, an upper one before those under it.
    pub handings: Vec<HandingOn>,
}

impl Model {
    /// Returns a plan.
    pub fn plan(&self, id: PlanId) -> &Plan {
        &self.plans[id.index()]
    }

    /// Returns a handing-on.
    pub fn handing(&self, id: HandingId) -> &HandingOn {
        &self.handings[id.index()]
    }

    /// Returns the handing-on with a code.
    pub fn find_handing(&self, code: &str) -> Option<&HandingOn> {
        let key = Key::new(code);
        self.handings.iter().find(|handing| handing.code.key == key)
    }

    /// Returns the plan in whose blocks a place stands: the last heading of a plan or handing-on above it. Of the plans that one handing-on
    /// generates, the first.
    pub fn plan_at(&self, at: Loc) -> Option<PlanId> {
        let mut found: Option<(PlanId, Loc)> = None;
        for (id, plan) in self.plans() {
            let above = plan.loc.source == at.source && plan.loc.span.start <= at.span.start;
            if above && found.is_none_or(|(_, last)| last.span.start < plan.loc.span.start) {
                found = Some((id, plan.loc));
            }
        }
        found.map(|(id, _)| id)
    }

    /// Returns all plans with their ids.
    pub fn plans(&self) -> impl Iterator<Item = (PlanId, &Plan)> {
        self.plans.iter().enumerate().map(|(at, plan)| (PlanId::new(at), plan))
    }

    /// Returns the plan with a code.
    pub fn find(&self, code: &str) -> Option<PlanId> {
        let key = Key::new(code);
        self.plans.iter().position(|plan| plan.code.key == key).map(PlanId::new)
    }

    /// Returns the name of the unit that a role or report speaks of (`huyện Hoằng Hóa`), or the plan's code where it has none.
    pub fn unit_name(&self, plan: PlanId) -> String {
        let plan = self.plan(plan);
        plan.unit.map_or_else(|| plan.code.text.clone(), |unit| self.registry.unit(unit).name.clone())
    }
}

/// A role printed in full: label, name and duty.
impl Role {
    /// Returns what a cell prints.
    pub fn printed(&self) -> String {
        let mut out = String::new();
        if let Some(label) = &self.label {
            out.push_str(label);
            out.push_str(": ");
        }
        out.push_str(&self.text);
        if let Some(duty) = &self.duty {
            if !duty.starts_with([',', ':', '(']) {
                out.push(' ');
            }
            out.push_str(duty);
        }
        out
    }
}
