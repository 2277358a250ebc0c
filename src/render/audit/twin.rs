//! The Excel twin of the report: the same words as rows that can be filtered, and the questions that a person answers in it.
//!
//! Sheets, where they hold something: summary, one matrix for each plan with others below it, to do, waivers, broken chains, drift from the plans of the project, doubtful pairs, what was
//! not checked. The sheet of doubtful pairs is a form (`kehoach/worksheet/1`, `kind` = `audit`): the hidden sheet names the file of each plan that
//! is asked about under [`ABOUT_FILE`] and its code, and `import` reads the answers back by the titles in [`PAIR_TITLES`].

use super::report::{Pages, Writer};
use super::view::{Question, Report, Todo};
use crate::diag::{Diagnostic, Findings, Lang, Message, msg};
use crate::matching::Audit;

/// `kind` of the form.
pub const KIND: &str = "audit";

/// What stands before a plan's code in the hidden sheet, where its file is named.
pub const ABOUT_FILE: &str = "file ";

/// The titles by which answers are read back, in each language: the upper plan's tasks, the unit's tasks, the answer.
pub const PAIR_TITLES: [[&str; 3]; 2] =
    [["Mã cấp trên", "Mã của đơn vị", "Ứng với? (có/không)"], ["Upper code", "Unit's code", "A pair? (yes/no)"]];

/// What the file holds.
#[derive(Debug)]
pub(in crate::render) struct Twin {
    pub(in crate::render) report: Report,
    pub(in crate::render) todo: Vec<Todo>,
    /// What differs from the plans that the project derives.
    pub(in crate::render) drifts: Vec<Todo>,
    pub(in crate::render) questions: Vec<Question>,
    pub(in crate::render) lang: Lang,
}

impl Twin {
    pub(in crate::render) fn say(&self, message: &Message) -> String {
        message.get(self.lang).to_owned()
    }

    /// Returns the titles of the columns that are read back.
    pub(in crate::render) fn pair_titles(&self) -> [&'static str; 3] {
        match self.lang {
            Lang::Vi => PAIR_TITLES[0],
            Lang::En => PAIR_TITLES[1],
        }
    }

    /// Returns what can be answered.
    pub(in crate::render) fn answers(&self) -> Vec<String> {
        [msg!("có", "yes"), msg!("không", "no")].iter().map(|word| self.say(word)).collect()
    }
}

/// Returns the report as an Excel file. `version` is the program's. Empty and KH6004 where Excel has no room for it.
pub fn xlsx(audit: &Audit, findings: &Findings, version: &str, lang: Lang) -> (Vec<u8>, Vec<Diagnostic>) {
    let writer = Writer { audit, findings, lang, pages: Pages::None };
    let twin = Twin { report: writer.report(version), todo: writer.todo(), drifts: writer.drifts(), questions: writer.questions(), lang };
    crate::render::xlsx::audit(&twin)
}
