//! What a plan contains: appendices, tasks with their fields, targets, prose.

use super::{Code, Origin, Record, Text};
use crate::agency::{Body, SectorId, UnitId};
use crate::base::{Loc, Span};
use crate::value::{Deadline, Product, Score, Target};

/// A group of tasks printed together: PHỤ LỤC, or NHÓM NHIỆM VỤ.
#[derive(Debug, Clone, PartialEq)]
pub struct Appendix {
    /// Number as written (`01`); empty where there is only one.
    pub number: String,
    /// The short name (`Cải cách thể chế`).
    pub title: Text,
    /// `Tiêu đề in`.
    pub printed_title: Option<Text>,
    /// `Tên gọi` in place of “Phụ lục”.
    pub called: Option<String>,
    /// `Lĩnh vực`.
    pub sector: Option<SectorId>,
    /// `Cơ quan đầu mối`.
    pub focal: Option<Role>,
    /// `Báo cáo`: when the focal body reports.
    pub report: Option<Text>,
    /// `Gửi qua`: through whom.
    pub via: Option<Role>,
    /// `Cột`, where stated.
    pub columns: Vec<Column>,
    /// `Kèm theo`.
    pub attached_to: Option<Text>,
    /// `Đánh số`: the printed number, where it differs.
    pub printed_number: Option<String>,
    /// Whether it is a NHÓM NHIỆM VỤ and not a PHỤ LỤC.
    pub group: bool,
    /// BẢNG ĐIỂM, where the appendix holds one.
    pub scores: Option<ScoreTable>,
    /// The heading.
    pub loc: Loc,
}

impl Appendix {
    /// Returns what findings call it: `PHỤ LỤC 01`, `NHÓM NHIỆM VỤ 2`, `PHỤ LỤC`.
    pub fn place(&self) -> String {
        let word = if self.group { "NHÓM NHIỆM VỤ" } else { "PHỤ LỤC" };
        format!("{word} {}", self.number).trim_end().to_owned()
    }
}

/// BẢNG ĐIỂM: the criteria above the leaves, which are tasks of the appendix.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreTable {
    /// Criteria with others below them, by number.
    pub criteria: Vec<Criterion>,
    /// The printed total of the whole table.
    pub total: Scores,
    /// The heading; a child's is its own, else the parent's.
    pub loc: Loc,
}

/// A criterion with others below it. What it asks for, its leaves ask for.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// Its dotted number (`1.3`).
    pub code: Code,
    /// Title (`content`), scores, measures, leads.
    pub fields: Fields,
    /// The heading.
    pub loc: Loc,
}

/// Returns the dotted number of a criterion as numbers, by which criteria are in order; `None` where it is none.
pub fn dotted_number(code: &str) -> Option<Vec<u32>> {
    code.split('.').map(|part| part.parse().ok()).collect()
}

/// The three scores of a criterion.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scores {
    /// `Điểm chuẩn`.
    pub standard: Option<Piece<Score>>,
    /// `Điểm năm trước`: a result of the unit itself, which no child takes over.
    pub previous: Option<Piece<Score>>,
    /// `Mục tiêu`.
    pub goal: Option<Piece<Score>>,
}

/// A column of a task table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Heading as printed.
    pub title: String,
    /// Fields joined in it, in order.
    pub fields: Vec<ColumnField>,
}

/// What a column shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnField {
    /// Running number.
    Number,
    /// The task's content.
    Content,
    /// Products.
    Products,
    /// Leads.
    Leads,
    /// Coordinators.
    Coordinators,
    /// Who sums up.
    Synthesisers,
    /// Deadline.
    Deadline,
    /// Targets.
    Targets,
    /// Budget.
    Budget,
    /// Note.
    Note,
    /// `Điểm chuẩn` of a criterion.
    Standard,
    /// `Điểm năm trước` of a criterion.
    Previous,
    /// `Mục tiêu` of a criterion.
    Goal,
    /// `Giải pháp` of a criterion.
    Measures,
    /// A column of the user's own, by name.
    Own(String),
}

/// A body in a role, as printed and as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Who.
    pub body: Body,
    /// The name as printed (without duty).
    pub text: String,
    /// Text behind the name that says what it does, printed as written behind the name.
    pub duty: Option<String>,
    /// The sector named in brackets behind the agency.
    pub sector: Option<SectorId>,
    /// A prefix or label words kept from the document (`Cơ quan tổng hợp: kiểm tra`), printed in front of the name.
    pub label: Option<String>,
    /// Where it is written: in the parent's file for a body that came down.
    pub loc: Loc,
}

/// The fields of a task. `None` is “not stated”; an empty list is “stated as nothing”.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields {
    /// What is to be done.
    pub content: Option<Piece<String>>,
    /// Products, in printed order.
    pub products: Option<Piece<Vec<Product>>>,
    /// Leads.
    pub leads: Option<Piece<Vec<Role>>>,
    /// Coordinators.
    pub coordinators: Option<Piece<Vec<Role>>>,
    /// Who sums up.
    pub synthesisers: Option<Piece<Vec<Role>>>,
    /// Deadline; per-product deadlines are entries of it.
    pub deadline: Option<Piece<Deadline>>,
    /// Targets.
    pub targets: Option<Piece<Vec<TargetLine>>>,
    /// Budget.
    pub budget: Option<Piece<String>>,
    /// `Lĩnh vực`, where the task states one of its own.
    pub sector: Option<Piece<SectorId>>,
    /// Citations as written.
    pub basis: Option<Piece<Vec<String>>>,
    /// Note.
    pub note: Option<Piece<String>>,
    /// Columns of the user's own: name and value, in order.
    pub own: Option<Piece<Vec<(String, String)>>>,
    /// Scores of a criterion.
    pub scores: Scores,
    /// `Giải pháp` of a criterion.
    pub measures: Option<Piece<Vec<String>>>,
    /// What record mode keeps beside the fields; `None` for a task of any other plan.
    pub record: Option<Box<Record>>,
}

/// A value with its origin and the place that findings about it point at.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece<T> {
    /// The value.
    pub value: T,
    /// Why it is what it is.
    pub origin: Origin,
}

/// A target line of a task.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetLine {
    /// Code, text and measure.
    pub target: Target,
    /// `bỏ`: removes the parent's target of this code.
    pub dropped: bool,
    /// Where it is written.
    pub loc: Loc,
    /// The unit that has to reach it, where a table names one.
    pub unit: Option<UnitId>,
}

/// A task: stated by NHIỆM VỤ or BỔ SUNG, or derived from a parent's.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Its code.
    pub code: Code,
    /// Index of its appendix in the plan's list; `None` where it stands under none.
    pub appendix: Option<usize>,
    /// What it says.
    pub fields: Fields,
    /// The statement in this plan that put the task here: its own heading, or the verb that took it over.
    pub loc: Loc,
    /// The parent tasks that it carries: (plan, index into that plan's derived tasks). Empty for a task without parent.
    pub carries: Vec<(super::PlanId, usize)>,
}

/// How what stands directly below a piece of prose is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    /// 1, 1.1
    Numbers,
    /// a), b), … đ)
    Letters,
    /// -
    Dashes,
}

/// A PHẦN, MỤC, TIỂU MỤC, item or paragraph of prose: a tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What kind of node: 1 PHẦN, 2 MỤC, 3 TIỂU MỤC, 4 item (`-`), 5 sub-item (`+`), 0 paragraph.
    pub depth: u8,
    /// Number as written for PHẦN (`II`); empty otherwise.
    pub number: String,
    /// `Đánh số`: the printed number or letter, where it differs.
    pub printed_number: Option<String>,
    /// Title of PHẦN and MỤC, or the text of an item or paragraph; placeholders unexpanded.
    pub text: String,
    /// The task to which a narrative item is tied (`{TC-08}` at its end, not part of `text`).
    pub tied: Vec<Code>,
    /// `Kiểu`, where stated.
    pub marking: Option<Marking>,
    /// What stands below, in order.
    pub below: Vec<Part>,
    /// Where a person wrote it, and how it came here.
    pub origin: Origin,
}

impl Part {
    /// Returns the span that findings about the part point at.
    pub fn span(&self) -> Span {
        self.origin.stated.span
    }
}
