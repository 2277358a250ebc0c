//! View structs: the contract with templates.
//!
//! Built from a plan and its derivation; hold nothing but finished text, so that a template decides where words stand and never which words.
//! Adding a field keeps old templates working; renaming or removing one breaks them.

mod bodies;
mod changes;
mod duty;
mod head;
mod level_change;
mod marks;
mod numbering;
mod prose;
mod recorded;
mod schedule;
mod standing;
mod tagged;
mod wording;

use serde::{Deserialize, Serialize};

pub use bodies::{BodyView, for_body};
pub use changes::{ChangesView, changes};
pub use marks::Mark;

pub use tagged::{Printed, tagged};

use super::Options;
use crate::derive::Derivation;
use crate::model::{ColumnField, Form, Model, Task};

/// A plan as a document: all that `text/decision.txt.j2`, `text/plan.txt.j2`, `docx/document.xml.j2`, `html/document.html.j2` and
/// `md/document.md.j2` see as `view`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlanView {
    /// The plan's code (`TH-2022`); not printed in documents.
    pub code: String,
    /// How it is issued: `decision` or `plan`.
    pub form: Form,
    /// The head of the first page.
    pub heading: Heading,
    /// Type and subject of the document that is signed.
    pub title: Title,
    /// In whose name a decision is made, in capitals; empty for a plan issued directly.
    pub authority: String,
    /// Legal bases and proposal with their punctuation, one paragraph each; may be empty.
    pub bases: Vec<String>,
    /// The values in each of them.
    pub basis_marks: Vec<Vec<Mark>>,
    /// The paragraphs that open the plan; a decision has them only where the plan states them.
    pub opening: Vec<String>,
    /// The values in each of them.
    pub opening_marks: Vec<Vec<Mark>>,
    /// Articles of a decision; empty for a plan issued directly.
    pub articles: Vec<Article>,
    /// Recipients and signature.
    pub signature: Signature,
    /// The head of the plan that a decision issues; for a plan issued directly `attached` is empty.
    pub plan: PlanHead,
    /// The narrative: PHẦN nodes, numbered.
    pub parts: Vec<PartView>,
    /// Appendices with at least one task, in printed order.
    pub appendices: Vec<AppendixView>,
}

/// The head of the first page: issuing body on the left, national heading on the right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// The superior body in capitals, one line each. Empty for UBND of any level, who print none (Decree 30/2020, box 2).
    pub superior: Vec<String>,
    /// The issuing body in capitals, one line each (`ỦY BAN NHÂN DÂN`, `TỈNH THANH HÓA`).
    pub issuer: Vec<String>,
    /// Quốc hiệu.
    pub nation: String,
    /// Tiêu ngữ.
    pub motto: String,
    /// `Số: 5347/QĐ-UBND`.
    pub number: String,
    /// The value in it.
    pub number_marks: Vec<Mark>,
    /// `Thanh Hóa, ngày 24 tháng 12 năm 2021`.
    pub place_date: String,
    /// The value in it.
    pub date_marks: Vec<Mark>,
}

/// Type and subject of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Title {
    /// `QUYẾT ĐỊNH`, `KẾ HOẠCH`.
    pub kind: String,
    /// `Ban hành Kế hoạch cải cách hành chính năm 2022`.
    pub subject: String,
    /// The plan's title in it, where it stands there as the plan states it.
    pub marks: Vec<Mark>,
}

/// An article of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Article {
    /// `Điều 1.`
    pub label: String,
    /// Its text; the last one ends in `./.`.
    pub text: String,
    /// The values in it.
    pub marks: Vec<Mark>,
}

/// Recipients and signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Recipients with dash and punctuation, one line each.
    pub recipients: Vec<String>,
    /// The values in them.
    pub recipient_marks: Vec<Mark>,
    /// Lines above the signature, in capitals (`TM. ỦY BAN NHÂN DÂN`, `CHỦ TỊCH`).
    pub titles: Vec<String>,
    /// The values in them.
    pub title_marks: Vec<Mark>,
    /// The signer's name; empty where none is stated.
    pub name: String,
    /// The value in it.
    pub name_marks: Vec<Mark>,
}

/// The head of a plan that is attached to a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanHead {
    /// `KẾ HOẠCH`.
    pub kind: String,
    /// `Cải cách hành chính năm 2022`.
    pub subject: String,
    /// The value in it.
    pub marks: Vec<Mark>,
    /// `(Ban hành kèm theo Quyết định số … ngày … của …)`.
    pub attached: String,
}

/// A node of the narrative with what stands below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// Its mark with punctuation (`I.`, `2.1.`, `đ)`, `-`); empty for a plain paragraph.
    pub mark: String,
    /// Its text, placeholders replaced; capitals for a PHẦN.
    pub text: String,
    /// Whether it is a title with text below, and not a paragraph.
    pub title: bool,
    /// 1 for PHẦN, 2 for what stands directly below, and so on.
    pub depth: u8,
    /// The values in its text.
    pub marks: Vec<Mark>,
    /// What stands below, in order.
    pub below: Vec<PartView>,
}

/// An appendix.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AppendixView {
    /// `Phụ lục I`; `Phụ lục` where there is only one.
    pub caption: String,
    /// Its title in capitals.
    pub title: String,
    /// `(Kèm theo Quyết định số … ngày … của …)`.
    pub attached: String,
    /// Its tasks.
    pub table: Table,
}

/// The lines of a cell, each a paragraph. An item of several begins with `- `.
pub type Cell = Vec<String>;

/// A table of tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Columns, left to right.
    pub columns: Vec<TableColumn>,
    /// Rows, top down; each has one cell per column.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Its title.
    pub title: String,
    /// Whether its cells stand in the middle (running numbers).
    pub centred: bool,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The task's code; not printed in documents.
    pub code: String,
    /// Its cells, one per column.
    pub cells: Vec<Cell>,
    /// The values in each cell; fewer lists than cells where the last ones hold none.
    pub marks: Vec<Vec<Mark>>,
    /// Whether it stands over other rows or sums them up: the title of a section, an inner criterion, a total.
    pub heading: bool,
}

/// Returns the view of a plan. Blanks are printed where a document cannot do without a value; nothing is invented.
pub fn plan(model: &Model, derivation: &Derivation, options: &Options) -> PlanView {
    // documents are Vietnamese whatever language the messages have
    let _ = options;
    let standing = standing::Standing::new(model, derivation);
    let decision = standing.form == Form::Decision;
    let mut parts = prose::parts(&standing);
    if !standing.plan.header.record {
        prose::end_mark(&mut parts);
    }
    let (opening, opening_marks) = head::opening(&standing).into_iter().unzip();
    let (bases, basis_marks) = head::bases(&standing).into_iter().unzip();
    PlanView {
        code: standing.plan.code.text.clone(),
        form: standing.form,
        heading: head::heading(&standing),
        title: head::title(&standing),
        authority: if decision { standing.authority_line() } else { String::new() },
        bases,
        basis_marks,
        opening,
        opening_marks,
        articles: if decision { head::articles(&standing) } else { Vec::new() },
        signature: head::signature(&standing),
        plan: head::plan_head(&standing),
        parts,
        appendices: schedule::appendices(&standing),
    }
}

/// Returns all tasks of a plan as tables in the plan's order, one per appendix or group whatever the layout is. Empty where it has no task.
pub fn sheets(model: &Model, derivation: &Derivation) -> Vec<AppendixView> {
    schedule::sheets(&standing::Standing::new(model, derivation))
}

/// Returns what a person needs to decide about a task: content, leads and deadline, items one per line.
pub(super) fn decided(task: &Task) -> [String; 3] {
    let lines = |field: &ColumnField| schedule::values(task, field, 0).join("\n");
    [schedule::task_content(task), lines(&ColumnField::Leads), lines(&ColumnField::Deadline)]
}
