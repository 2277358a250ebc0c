//! What a document says, as far as it was understood: the contract `kehoach/import/1`.
//!
//! Plain data in the order of the document. Texts are as printed, spaces evened out; soft line breaks inside a text are `\n`. What was not
//! understood stands under `leftover`, what was uncertain under `doubts`; nothing is left out.

use serde::{Serialize, Serializer};

use super::{Doubt, Place};
use crate::base::{Date, Year};
use crate::diag::Lang;

/// What was read from one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Reading {
    /// The head of the document.
    pub header: Header,
    /// Prose, in order: numbered parts, their items, plain paragraphs.
    pub parts: Vec<Part>,
    /// Targets found in prose and in columns.
    pub targets: Vec<Target>,
    /// Appendices; a document without one has none.
    pub appendices: Vec<Appendix>,
    /// Tasks of tables and of running text, in order.
    pub tasks: Vec<Task>,
    /// Criteria of score tables, in order.
    pub criteria: Vec<Criterion>,
    /// Lines of score tables that sum up and bear no number.
    pub totals: Vec<Criterion>,
    /// What is uncertain.
    #[serde(skip)]
    pub doubts: Vec<Doubt>,
    /// What was not understood.
    pub leftover: Vec<Leftover>,
}

/// The head of a document. Empty where the document does not say it, or it was not found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Header {
    /// Number and symbol (`5347/QĐ-UBND`), as printed; an unfilled number keeps its dots.
    pub number: String,
    /// Day of signing.
    #[serde(serialize_with = "iso")]
    pub date: Option<Date>,
    /// Place of signing (`Thanh Hóa`).
    pub place: String,
    /// Issuing body with its unit (`Ủy ban nhân dân tỉnh Thanh Hóa`).
    pub issuer: String,
    /// Who decides, as the line above the legal bases says (`Chủ tịch Ủy ban nhân dân tỉnh Thanh Hóa`).
    pub authority: String,
    /// `Quyết định ban hành kế hoạch` or `Kế hoạch`; another form as the document names it (`Công văn`).
    pub form: String,
    /// The plan's title, without the word that names the form (`Cải cách hành chính năm 2022`).
    pub title: String,
    /// The year of the plan.
    pub year: Option<Year>,
    /// The years of a plan of several (`2026 - 2030`).
    pub period: Option<(Year, Year)>,
    /// Legal bases, one document each.
    pub legal_bases: Vec<LegalBasis>,
    /// Who proposed it, as printed behind `Theo đề nghị của`.
    pub proposer: String,
    /// `(Ban hành kèm theo Quyết định số …)` below the plan's title, as printed.
    pub attached: String,
    /// The articles of a decision.
    pub articles: Vec<Article>,
    /// Who carries it out, as printed before `chịu trách nhiệm thi hành`.
    pub responsible: String,
    /// `Nơi nhận`, one each.
    pub recipients: Vec<String>,
    /// Who signed.
    pub signer: Signer,
    /// The document's words about what it replaces (`thay thế Quyết định số 5137/QĐ-UBND …`): its number.
    pub replaces: String,
}

/// A legal basis.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct LegalBasis {
    /// As printed, without `Căn cứ` and the final mark.
    pub text: String,
    /// Number and symbol, as printed; empty where it is cited by name.
    pub number: String,
    /// Its day.
    #[serde(serialize_with = "iso")]
    pub date: Option<Date>,
    /// Where it stands.
    pub origin: Place,
}

/// An article of a decision.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Article {
    /// `1`.
    pub number: String,
    /// Its text, without `Điều 1.`.
    pub text: String,
    /// Where it stands.
    pub origin: Place,
}

/// A signature.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Signer {
    /// All lines above the name (`TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH`).
    pub title: String,
    /// The name.
    pub name: String,
}

/// A piece of prose. The list is flat: what follows a piece with a greater `depth` belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// How deep it stands: 0 for `I`, 1 below that, and so on.
    pub depth: u8,
    /// The number or mark as printed, without the stop or bracket behind it (`I`, `1`, `2.1`, `a`, `-`, `+`); empty for a plain paragraph.
    pub number: String,
    /// The heading; empty for an item or a paragraph, whose words are its text.
    pub title: String,
    /// The text; paragraphs of one piece apart by `\n`.
    pub text: String,
    /// The appendix in which it stands; empty for the plan itself.
    pub appendix: String,
    /// Where it stands.
    pub origin: Place,
}

/// What a piece of prose is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A part with a Roman number or a capital letter.
    Part,
    /// A section with an Arabic number (`1.`, `1.1.`).
    Section,
    /// An item with a letter (`a)`).
    Point,
    /// An item behind a dash or another bullet.
    Item,
    /// A second-level item behind a plus.
    Subitem,
    /// A paragraph without a mark.
    #[default]
    Paragraph,
}

/// A target.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Target {
    /// The sentence as printed, without its number or mark.
    pub text: String,
    /// The measure as printed (`tối thiểu 92%`); empty for a qualitative target.
    pub measure: String,
    /// Where it stands.
    pub origin: Place,
}

/// An appendix, or a list of tasks that bears another name (`Danh mục`).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Appendix {
    /// What tasks name: the printed number, or a running one where none is printed (`1`).
    pub number: String,
    /// The number as printed (`01`, `I`); empty where none is.
    pub printed: String,
    /// `Phụ lục`, `Danh mục`, `Biểu`, as printed.
    pub name: String,
    /// The caption as printed, lines apart by `\n`, without name and number.
    pub caption: String,
    /// `(Kèm theo Quyết định số …)`, as printed with its brackets.
    pub attached: String,
    /// The columns of its first task table, as printed.
    pub columns: Vec<String>,
    /// The body that a table's text names for it, where it does.
    pub focal: String,
    /// The report's day, where stated.
    pub report: String,
    /// Where it begins.
    pub origin: Place,
}

/// A task.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Task {
    /// `PL01.1`: the appendix and the printed row, made one of a kind; `NV.1` where no appendix is.
    pub code: String,
    /// The appendix's [`Appendix::number`]; empty in the plan itself.
    pub appendix: String,
    /// The printed number, without the stop (`1`, `1.1`, `a`); empty where none is.
    pub row: String,
    /// The nearest heading above it (`I. Cải cách thể chế`).
    pub section: String,
    /// All headings above it inside its table or text, the outermost first; the last is `section`.
    pub sections: Vec<String>,
    /// What is to be done.
    pub content: String,
    /// Products, one each.
    pub products: Vec<String>,
    /// Bodies that lead, one each.
    pub leads: Vec<String>,
    /// Bodies that coordinate, one each.
    pub coordinators: Vec<String>,
    /// Bodies that sum up, one each.
    pub synthesisers: Vec<String>,
    /// What a body does, where the field says it.
    pub duties: Vec<Duty>,
    /// The cost, as printed.
    pub budget: String,
    /// The deadline, as printed.
    pub deadline: String,
    /// What the deadline means.
    pub deadline_items: Vec<DeadlineItem>,
    /// Remarks, as printed.
    pub notes: String,
    /// Targets of a column of its own, one each.
    pub targets: Vec<String>,
    /// Legal bases of a column of its own, as printed.
    pub basis: String,
    /// Columns of the document's own.
    pub own: Vec<OwnColumn>,
    /// Each field's text as printed, before it was split: `(field, text)`, in the order of the document. Fields are `content`, `products`,
    /// `leads`, `coordinators`, `synthesisers`, `budget`, `deadline`, `notes`, `targets`, `basis`, `roles` (one column of several roles).
    pub printed: Vec<(String, String)>,
    /// Where it begins.
    pub origin: Place,
}

/// A body's duty inside a task.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// The body, as in the task's lists.
    pub body: String,
    /// What it does, as printed.
    pub text: String,
}

/// One time of a deadline.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DeadlineItem {
    /// The product, phase or step that it is of; empty for the whole task.
    #[serde(rename = "for")]
    pub of: String,
    /// The words of the time.
    pub text: String,
    /// `point`, `range`, `within`, `continuous`, `recurrent`, `conditional`, `after`, `external`, `remark` or `unknown`.
    pub kind: String,
    /// The first day that it may mean.
    #[serde(serialize_with = "iso")]
    pub earliest: Option<Date>,
    /// The last day.
    #[serde(serialize_with = "iso")]
    pub latest: Option<Date>,
}

/// A value of a column that no field takes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct OwnColumn {
    /// The column's heading.
    pub name: String,
    /// The cell.
    pub value: String,
}

/// A criterion of a score table. Scores are as printed; what a cell holds behind its number stays in the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Criterion {
    /// `1.1.2`; empty for a total.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The heading above it that has no dotted number of its own (`I. …`); empty where none is.
    pub section: String,
    /// Standard score.
    pub standard: String,
    /// Score of the year before.
    pub previous: String,
    /// Score aimed at.
    pub target: String,
    /// What is to be done for it.
    pub solution: String,
    /// The responsible body or bodies, as printed.
    pub lead: String,
    /// The same, one each.
    pub leads: Vec<String>,
    /// Columns of the document's own.
    pub own: Vec<OwnColumn>,
    /// Where it stands.
    pub origin: Place,
}

/// Words that were not understood.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Leftover {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub origin: Place,
}

impl Reading {
    /// Returns the reading as the contract's top object, to be serialised: `schema` first, doubts in one language.
    pub fn contract(&self, lang: Lang) -> impl Serialize + '_ {
        let doubts = self.doubts.iter().map(|doubt| ShownDoubt {
            code: doubt.code.text(),
            message: doubt.message.get(lang),
            quote: &doubt.quote,
            origin: doubt.place,
        });
        Contract { schema: "kehoach/import/1", reading: self, doubts: doubts.collect() }
    }
}

#[derive(Serialize)]
struct Contract<'a> {
    schema: &'static str,
    #[serde(flatten)]
    reading: &'a Reading,
    doubts: Vec<ShownDoubt<'a>>,
}

#[derive(Serialize)]
struct ShownDoubt<'a> {
    code: &'static str,
    message: &'a str,
    quote: &'a str,
    origin: Place,
}

#[expect(clippy::ref_option, reason = "the signature that serde calls")]
fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.serialize_some(&date.iso()),
        None => serializer.serialize_none(),
    }
}
