//! From one year to the next: results of last year, tasks deferred to this year, roles that move to another level.

use serde::Serialize;

use super::{Code, Fields, Piece, PlanId, Role, TaskRef, Text};
use crate::base::{Key, Loc, Year};
use crate::value::Progress;

/// What a plan says, or has to answer, about the years before it. Empty where nothing does.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Roll {
    /// `Kết quả` of LẬP NĂM: the file of last year's results, as written.
    pub results_file: Option<Text>,
    /// Last year's results as the file gives them; `None` where no file is named or it could not be read (reported).
    pub results: Option<Results>,
    /// CHUYỂN CẤP, in source order: plain data, judged by nobody yet.
    pub moves: Vec<LevelMove>,
    /// Tasks that an earlier plan of the unit deferred to this plan's year (`lùi sang năm …`), in the order of the waivers.
    pub deferred: Vec<Deferred>,
}

/// Last year's results, by task code.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The file's name, relative to the project.
    pub file: String,
    /// Its rows, in order. A code may stand in several (reported): the first counts.
    pub rows: Vec<ResultRow>,
    /// The row of headings.
    pub loc: Loc,
}

impl Results {
    /// Returns the row that counts for a task or target of a plan.
    pub fn of(&self, plan: &Code, code: &Code) -> Option<&ResultRow> {
        self.rows.iter().find(|row| row.task.names(plan, code))
    }
}

/// One row of results.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRow {
    /// The task or target of last year's plan.
    pub task: TaskRef,
    /// How far it came; `None` where the row gives a figure only, or cannot be understood (reported).
    pub progress: Option<Progress>,
    /// Percentage in thousandths (92,5 % is 92500), as written.
    pub share: Option<i64>,
    /// A figure that was reached (`93,5%`, `3 đơn vị`), for targets.
    pub figure: Option<Text>,
    /// Note.
    pub note: Option<Text>,
    /// The row's number in the file, from 1.
    pub number: u32,
    /// The whole row.
    pub loc: Loc,
}

/// A task that an earlier plan of the unit waived until this plan's year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deferred {
    /// The earlier plan, which waived it.
    pub by: PlanId,
    /// The task of one of that plan's parents.
    pub task: TaskRef,
    /// To which year.
    pub year: Year,
    /// The waiver.
    pub loc: Loc,
}

/// The seats that a body can have in a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Cơ quan chủ trì.
    Lead,
    /// Cơ quan phối hợp.
    Coordinator,
    /// Cơ quan tổng hợp.
    Synthesiser,
}

impl Seat {
    /// All seats, in the order of a task's fields.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Coordinator, Self::Synthesiser];

    /// Returns the word that stands in brackets behind a task's code (`chủ trì`).
    pub fn word(self) -> &'static str {
        match self {
            Self::Lead => "chủ trì",
            Self::Coordinator => "phối hợp",
            Self::Synthesiser => "tổng hợp",
        }
    }

    /// Returns the seat that a word in brackets names, its label's other words allowed (`cơ quan chủ trì`).
    pub fn parse(word: &str) -> Option<Self> {
        let key = Key::new(word);
        let bare = key.as_str().strip_prefix("cơ quan ").unwrap_or(key.as_str());
        Self::ALL.into_iter().find(|seat| seat.word() == bare)
    }

    /// Returns a task's bodies in the seat.
    pub fn of(self, fields: &Fields) -> Option<&Piece<Vec<Role>>> {
        match self {
            Self::Lead => fields.leads.as_ref(),
            Self::Coordinator => fields.coordinators.as_ref(),
            Self::Synthesiser => fields.synthesisers.as_ref(),
        }
    }
}

/// CHUYỂN CẤP: roles of a level that is void go to another, or to none.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelMove {
    /// The level that is void, as written.
    pub from: Text,
    /// The level that takes over, as written; `None` for `không`.
    pub to: Option<Text>,
    /// The tasks, each with its role in brackets (`phối hợp`); `None` is all roles of the task.
    pub tasks: Vec<(TaskRef, Option<Text>)>,
    /// `Giao`: who takes the work over.
    pub assigned: Vec<Role>,
    /// `Căn cứ`.
    pub basis: Option<Text>,
    /// `Lý do`.
    pub reason: Option<Text>,
    /// The heading.
    pub loc: Loc,
}
