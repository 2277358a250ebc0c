//! What the audit's report shows, as plain values: the contract with its template and its Excel twin.

use std::collections::BTreeMap;

use serde::Serialize;

use super::palette::Tone;
use super::wording::Piece;

/// The whole report.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Report {
    /// `vi` or `en`.
    pub(in crate::render) lang: &'static str,
    /// The colours of the classes of states.
    pub(in crate::render) palette: &'static [Tone],
    /// The labels of the page, by name.
    pub(in crate::render) words: BTreeMap<&'static str, String>,
    /// What was audited.
    pub(in crate::render) title: String,
    /// Name and value of what identifies the run.
    pub(in crate::render) identity: Vec<(String, String)>,
    /// The counts, and what each counts.
    pub(in crate::render) cards: Vec<(usize, String)>,
    /// How the counts were made.
    pub(in crate::render) denominator: String,
    /// Letters, classes and words of the states that occur.
    pub(in crate::render) legend: Vec<State>,
    /// One matrix for each plan with others below it.
    pub(in crate::render) matrices: Vec<Matrix>,
    /// One page for each unit.
    pub(in crate::render) units: Vec<UnitPage>,
    /// Where chains of levels end.
    pub(in crate::render) breaks: Vec<String>,
    /// All waivers.
    pub(in crate::render) waivers: Vec<WaiverLine>,
    /// What was not checked.
    pub(in crate::render) unchecked: Vec<String>,
}

/// A state of a task in a plan: never told by colour alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(in crate::render) struct State {
    /// One letter or sign.
    pub(in crate::render) letter: &'static str,
    /// The class of its colour.
    pub(in crate::render) class: &'static str,
    /// Its words.
    pub(in crate::render) label: String,
}

/// Units against the tasks of one plan.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Matrix {
    /// What is compared with what.
    pub(in crate::render) title: String,
    /// Tasks, left to right.
    pub(in crate::render) columns: Vec<Column>,
    /// The tasks in full, as the columns.
    pub(in crate::render) tasks: Vec<UpperTask>,
    /// The appendices of the tasks, for the filter.
    pub(in crate::render) appendices: Vec<String>,
    /// Units, top down.
    pub(in crate::render) rows: Vec<MatrixRow>,
}

/// A task of the upper plan in full.
#[derive(Debug, Serialize)]
pub(in crate::render) struct UpperTask {
    /// Its code and place.
    pub(in crate::render) heading: String,
    /// What is to be done.
    pub(in crate::render) content: String,
    /// Who leads.
    pub(in crate::render) leads: String,
    /// By when.
    pub(in crate::render) deadline: String,
}

/// A task of the upper plan as a column.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Column {
    /// Its code.
    pub(in crate::render) code: String,
    /// Its first words.
    pub(in crate::render) short: String,
    /// Index of its appendix among the matrix's; empty for none.
    pub(in crate::render) appendix: String,
}

/// A unit's row.
#[derive(Debug, Serialize)]
pub(in crate::render) struct MatrixRow {
    /// The anchor of its page.
    pub(in crate::render) id: String,
    /// Where its page stands.
    pub(in crate::render) href: String,
    /// Its name.
    pub(in crate::render) unit: String,
    /// Its name without tones, for the filter.
    pub(in crate::render) search: String,
    /// One per column.
    pub(in crate::render) cells: Vec<MatrixCell>,
    /// Tasks answered.
    pub(in crate::render) answered: usize,
    /// Tasks lost.
    pub(in crate::render) lost: usize,
}

/// A cell of a matrix.
#[derive(Debug, Serialize)]
pub(in crate::render) struct MatrixCell {
    /// Its state.
    pub(in crate::render) state: State,
    /// Where it is explained.
    pub(in crate::render) href: String,
}

/// A unit's page.
#[derive(Debug, Serialize)]
pub(in crate::render) struct UnitPage {
    /// Its anchor.
    pub(in crate::render) id: String,
    /// Its name.
    pub(in crate::render) unit: String,
    /// Its plan's number, date, file; that there is none.
    pub(in crate::render) about: String,
    /// Counts in words.
    pub(in crate::render) counts: Vec<(usize, String)>,
    /// Groups of tasks in the order in which they matter; empty ones left out.
    pub(in crate::render) groups: Vec<Group>,
    /// What is wrong in the plan's own words.
    pub(in crate::render) findings: Vec<FindingLine>,
}

/// Tasks of one kind.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Group {
    /// What they have in common.
    pub(in crate::render) title: String,
    /// The class of its colour.
    pub(in crate::render) class: &'static str,
    /// Whether its entries are rows of a table: nothing differs in them.
    pub(in crate::render) brief: bool,
    /// Whether it stands open at first.
    pub(in crate::render) open: bool,
    /// The tasks.
    pub(in crate::render) entries: Vec<Entry>,
}

/// A task of the upper plan, or a pair.
#[derive(Debug, Serialize)]
pub(in crate::render) struct Entry {
    /// Its anchors: one for each task of the upper plan.
    pub(in crate::render) ids: Vec<String>,
    /// The codes: `TC-08`, or `TC-08 → PL01.2`.
    pub(in crate::render) heading: String,
    /// The anchor of the first of the upper plan's tasks; empty where there is none.
    pub(in crate::render) task: String,
    /// Its state.
    pub(in crate::render) state: State,
    /// The upper plan's words.
    pub(in crate::render) upper: String,
    /// The child's words, compared; empty where there are none.
    pub(in crate::render) lower: Vec<Piece>,
    /// Why, one sentence each.
    pub(in crate::render) why: Vec<String>,
    /// Fields that differ: label, effect, and the words compared.
    pub(in crate::render) changes: Vec<FieldChange>,
}

/// A field that differs.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FieldChange {
    /// The field.
    pub(in crate::render) field: String,
    /// What the change does.
    pub(in crate::render) effect: String,
    /// Whether it makes less of the task.
    pub(in crate::render) bad: bool,
    /// From and to, by word.
    pub(in crate::render) text: Vec<Piece>,
}

/// A waiver.
#[derive(Debug, Serialize)]
pub(in crate::render) struct WaiverLine {
    /// Who.
    pub(in crate::render) unit: String,
    /// What.
    pub(in crate::render) task: String,
    /// `Loại`.
    pub(in crate::render) class: String,
    /// `Lý do`, with its ground.
    pub(in crate::render) reason: String,
}

/// A finding about a plan.
#[derive(Debug, Serialize)]
pub(in crate::render) struct FindingLine {
    /// Its code.
    pub(in crate::render) code: String,
    /// What.
    pub(in crate::render) message: String,
    /// Where.
    pub(in crate::render) place: String,
    /// The words.
    pub(in crate::render) quote: String,
}

/// Something that is not answered or was changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render) struct Todo {
    /// Who.
    pub(in crate::render) unit: String,
    /// Codes of the upper plan's tasks; empty for a unit without plan.
    pub(in crate::render) task: String,
    /// Their words.
    pub(in crate::render) content: String,
    /// Codes of the unit's tasks; empty where nothing answers.
    pub(in crate::render) own: String,
    /// What is the matter.
    pub(in crate::render) state: State,
    /// The field that differs.
    pub(in crate::render) field: String,
    /// The upper plan's words of the field after translation.
    pub(in crate::render) from: String,
    /// The unit's.
    pub(in crate::render) to: String,
    /// The rule that decided, or why the two are a pair.
    pub(in crate::render) why: String,
}

/// A doubtful pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::render) struct Question {
    /// Whose plan.
    pub(in crate::render) unit: String,
    /// The plan's code.
    pub(in crate::render) plan: String,
    /// The file in which it stands.
    pub(in crate::render) file: String,
    /// Codes of the upper plan's tasks with the plan's (`TH-2022/TC-08`), parted by commas.
    pub(in crate::render) upper_codes: String,
    /// Their words.
    pub(in crate::render) upper: String,
    /// Codes of the unit's tasks, likewise.
    pub(in crate::render) lower_codes: String,
    /// Their words.
    pub(in crate::render) lower: String,
    /// How alike they are (`45%`).
    pub(in crate::render) score: String,
    /// What speaks for and against it.
    pub(in crate::render) why: String,
}
