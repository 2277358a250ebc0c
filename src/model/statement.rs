//! The verbs of a plan: what its file does with each task and target.

use super::{Code, Fields, ParentKind, Text};
use crate::base::{Date, Loc, Year};

/// A reference to a task or target of a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRef {
    /// The parent's code in front of `/`, where stated.
    pub plan: Option<Code>,
    /// The task's or target's code.
    pub code: Code,
}

impl TaskRef {
    /// Says whether it names the task or target `code` of `plan`; without a plan in front it names those of all parents.
    pub fn names(&self, plan: &Code, code: &Code) -> bool {
        self.code == *code && self.plan.as_ref().is_none_or(|own| own == plan)
    }

    /// Returns the reference as written, with another code.
    pub fn replaced_by(&self, code: &str) -> String {
        self.plan.as_ref().map_or_else(|| code.to_owned(), |plan| format!("{}/{code}", plan.text))
    }
}

/// One verb or task heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// What it does.
    pub verb: Verb,
    /// Index of the stated appendix under which it stands, if it stands under one.
    pub appendix: Option<usize>,
    /// Which parents the verb answers, where its word says so: KẾ THỪA those of `Theo`, TIẾP TỤC and KẾT THÚC those of `Từ`.
    pub side: Option<ParentKind>,
    /// `Lý do` of the verb.
    pub reason: Option<Text>,
    /// `Nối tiếp` of BỔ SUNG: the ended tasks that it follows.
    pub follows: Vec<TaskRef>,
    /// The heading.
    pub loc: Loc,
}

/// The verbs.
#[derive(Debug, Clone, PartialEq)]
pub enum Verb {
    /// NHIỆM VỤ: a task of a plan without parents, or a result announced by TÁCH or GỘP.
    Task(Patch),
    /// BỔ SUNG: a task without parent.
    Add(Patch),
    /// KẾ THỪA, TIẾP TỤC: one child task for each code.
    Inherit(Vec<TaskRef>),
    /// KẾ THỪA a CÙNG b, TIẾP TỤC a CÙNG b: one child task that answers all (fields from the first).
    InheritTogether(Vec<TaskRef>),
    /// SỬA ĐỔI.
    Amend {
        /// The parent's task.
        from: TaskRef,
        /// What changes.
        patch: Patch,
    },
    /// TÁCH a THÀNH b, c.
    Split {
        /// The parent's task.
        from: TaskRef,
        /// The results' codes.
        into: Vec<Code>,
    },
    /// GỘP a, b THÀNH c.
    Merge {
        /// The parents' tasks.
        from: Vec<TaskRef>,
        /// The result's code.
        into: Code,
    },
    /// KHÔNG ÁP DỤNG.
    Waive {
        /// The parents' tasks.
        tasks: Vec<TaskRef>,
        /// Why.
        waiver: Waiver,
    },
    /// KẾT THÚC: tasks of last year's plan that end.
    Finish {
        /// Last year's tasks.
        tasks: Vec<TaskRef>,
        /// `Kết quả`: what came of them.
        result: Option<Text>,
    },
    /// A verb over plan-level targets.
    Targets {
        /// The parents' targets.
        codes: Vec<TaskRef>,
        /// What becomes of them.
        answer: Answer,
    },
}

impl Verb {
    /// Returns the parents' tasks that the verb answers, in order; none for a verb over targets.
    pub fn tasks(&self) -> Vec<&TaskRef> {
        match self {
            Self::Inherit(refs)
            | Self::InheritTogether(refs)
            | Self::Waive { tasks: refs, .. }
            | Self::Finish { tasks: refs, .. }
            | Self::Merge { from: refs, .. } => refs.iter().collect(),
            Self::Amend { from, .. } | Self::Split { from, .. } => vec![from],
            Self::Task(_) | Self::Add(_) | Self::Targets { .. } => Vec::new(),
        }
    }

    /// Returns the parents' plan-level targets that the verb answers, in order; none for a verb over tasks.
    pub fn targets(&self) -> &[TaskRef] {
        match self {
            Self::Targets { codes, .. } => codes,
            Self::Task(_)
            | Self::Add(_)
            | Self::Inherit(_)
            | Self::InheritTogether(_)
            | Self::Amend { .. }
            | Self::Split { .. }
            | Self::Merge { .. }
            | Self::Waive { .. }
            | Self::Finish { .. } => &[],
        }
    }

    /// Returns the codes of the tasks that TÁCH or GỘP announces.
    pub fn results(&self) -> Vec<&Code> {
        match self {
            Self::Split { into, .. } => into.iter().collect(),
            Self::Merge { into, .. } => vec![into],
            Self::Task(_)
            | Self::Add(_)
            | Self::Inherit(_)
            | Self::InheritTogether(_)
            | Self::Amend { .. }
            | Self::Waive { .. }
            | Self::Finish { .. }
            | Self::Targets { .. } => Vec::new(),
        }
    }
}

/// What becomes of plan-level targets.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// KẾ THỪA CHỈ TIÊU, TIẾP TỤC CHỈ TIÊU.
    Inherit,
    /// SỬA ĐỔI CHỈ TIÊU: the new text; a bare measure replaces the measure inside the parent's sentence.
    Amend(Text),
    /// KHÔNG ÁP DỤNG CHỈ TIÊU.
    Waive(Waiver),
    /// KẾT THÚC CHỈ TIÊU; `Kết quả`.
    Finish(Option<Text>),
}

/// A task's code and stated fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Patch {
    /// The code in the heading.
    pub code: Code,
    /// What is stated. Titles of headings are `fields.content`.
    pub fields: Fields,
}

/// `KHÔNG ÁP DỤNG`: why a task is not taken over.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Waiver {
    /// `Loại`, where stated and known.
    pub class: Option<WaiverClass>,
    /// `Loại` as written, with its place.
    pub class_text: Option<Text>,
    /// `Căn cứ`.
    pub basis: Option<Text>,
    /// `Người duyệt`.
    pub approved_by: Option<Text>,
    /// `Ngày duyệt`.
    pub approved_on: Option<Date>,
    /// Where the waiver's block ends: where a missing reason is marked. `None` where `Lý do` stands without a value, which is reported there.
    pub end: Option<Loc>,
}

/// The classes of waivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaiverClass {
    /// thẩm quyền cấp trên
    UpperCompetence,
    /// không có đối tượng
    NoSubject,
    /// giao đích danh đơn vị khác
    OtherUnit,
    /// đã hoàn thành
    Done,
    /// lồng ghép (mã hoặc văn bản)
    Folded(String),
    /// lùi sang năm …
    Deferred(Year),
    /// chờ hướng dẫn
    AwaitingGuidance,
    /// chưa có căn cứ: nobody knows why
    NoGround,
    /// đề xuất: written by `derive`, to be confirmed
    Proposed,
}

impl WaiverClass {
    /// Returns the words as written in `Loại`.
    pub fn text(&self) -> String {
        match self {
            Self::UpperCompetence => "thẩm quyền cấp trên".into(),
            Self::NoSubject => "không có đối tượng".into(),
            Self::OtherUnit => "giao đích danh đơn vị khác".into(),
            Self::Done => "đã hoàn thành".into(),
            Self::Folded(what) => format!("lồng ghép ({what})"),
            Self::Deferred(year) => format!("lùi sang năm {year}"),
            Self::AwaitingGuidance => "chờ hướng dẫn".into(),
            Self::NoGround => "chưa có căn cứ".into(),
            Self::Proposed => "đề xuất".into(),
        }
    }
}

impl Statement {
    /// Returns the place of the whole statement's heading.
    pub fn place(&self) -> Loc {
        self.loc
    }
}
