//! A pair of tasks, or one and several: how they relate, how sure it is, and why.

use serde::Serialize;

use crate::diag::{Message, msg};

/// Parent's tasks and the child's tasks that answer them.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Indices of the parent's tasks, ascending; several for a merge.
    pub parent: Vec<usize>,
    /// Indices of the child's tasks, ascending; several for a split.
    pub child: Vec<usize>,
    /// How the texts relate.
    pub relation: Relation,
    /// How sure it is, 0 to 1.
    pub score: f32,
    /// Whether it counts.
    pub state: State,
    /// Why, one sentence each, the weightiest first.
    pub evidence: Vec<Message>,
    /// What differs in the fields after translation; empty for doubtful pairs.
    pub changes: Vec<Change>,
}

/// How a child's text relates to its parent's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The parent's words, unchanged.
    Verbatim,
    /// The parent's words, but for names, level and year.
    Localised,
    /// Other words for the same task.
    Amended,
    /// A part of the parent's task.
    Narrowed,
    /// Several tasks for one of the parent.
    Split,
    /// One task for several of the parent.
    Merged,
}

/// Whether a pair counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It counts.
    Accepted,
    /// A person has to say.
    Doubtful,
}

/// A field of a task, as the report and the contract name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskPart {
    /// What is to be done.
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
}

/// What differs in a field: the parent's words after translation, and the child's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub part: TaskPart,
    /// The parent's value, translated; empty where it states none.
    pub from: String,
    /// The child's value; empty where it states none.
    pub to: String,
    /// What the change does.
    pub effect: Effect,
}

/// What a change of a field does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It is another value.
    Changed,
    /// The child states what the parent does not.
    Added,
    /// The child does not state what the parent states.
    Dropped,
    /// A deadline later than the parent's.
    Later,
    /// A deadline earlier than the parent's.
    Earlier,
    /// A target weaker than the parent's.
    Lowered,
    /// A target stronger than the parent's.
    Raised,
    /// Led by a body of another level.
    WrongLevel,
    /// The year is still the parent's.
    StaleYear,
    /// More than half of the words are others.
    Reworded,
}

impl Link {
    /// Says whether the pair counts.
    pub fn is_accepted(&self) -> bool {
        self.state == State::Accepted
    }
}

impl Relation {
    /// Returns the word for it.
    pub fn title(self) -> Message {
        match self {
            Self::Verbatim => msg!("chép nguyên", "verbatim"),
            Self::Localised => msg!("chuyển theo cấp", "localised"),
            Self::Amended => msg!("viết lại", "amended"),
            Self::Narrowed => msg!("thu hẹp", "narrowed"),
            Self::Split => msg!("tách", "split"),
            Self::Merged => msg!("gộp", "merged"),
        }
    }
}

impl TaskPart {
    /// Returns the field's label.
    pub fn title(self) -> Message {
        match self {
            Self::Content => msg!("Nội dung", "Content"),
            Self::Products => msg!("Sản phẩm", "Products"),
            Self::Leads => msg!("Cơ quan chủ trì", "Leads"),
            Self::Coordinators => msg!("Cơ quan phối hợp", "Coordinators"),
            Self::Synthesisers => msg!("Cơ quan tổng hợp", "Who sums up"),
            Self::Deadline => msg!("Thời gian hoàn thành", "Deadline"),
            Self::Targets => msg!("Chỉ tiêu", "Targets"),
        }
    }
}

impl Effect {
    /// Returns the word for it.
    pub fn title(self) -> Message {
        match self {
            Self::Changed => msg!("khác", "changed"),
            Self::Added => msg!("thêm", "added"),
            Self::Dropped => msg!("bỏ", "dropped"),
            Self::Later => msg!("muộn hơn", "later"),
            Self::Earlier => msg!("sớm hơn", "earlier"),
            Self::Lowered => msg!("thấp hơn", "lowered"),
            Self::Raised => msg!("cao hơn", "raised"),
            Self::WrongLevel => msg!("sai cấp", "wrong level"),
            Self::StaleYear => msg!("năm cũ", "stale year"),
            Self::Reworded => msg!("viết khác quá nửa", "more than half reworded"),
        }
    }
}
