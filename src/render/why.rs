//! `why`: the chain of statements and rules that made a field, each link with its file and line.

use crate::base::{Key, Loc, Sources};
use crate::derive::Derivation;
use crate::diag::{Lang, Message, msg};
use crate::model::{Cause, Fields, Model, Origin, Outcome, Piece, PlanId, ResultRow, Role, Rule, Task, Verb};

/// A field of a task that `why` can explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskField {
    /// Nội dung.
    Content,
    /// Sản phẩm.
    Products,
    /// Cơ quan chủ trì.
    Leads,
    /// Cơ quan phối hợp.
    Coordinators,
    /// Cơ quan tổng hợp.
    Synthesisers,
    /// Thời gian hoàn thành.
    Deadline,
    /// Chỉ tiêu.
    Targets,
    /// Điểm chuẩn of a criterion.
    Standard,
    /// Mục tiêu of a criterion.
    Goal,
    /// Giải pháp of a criterion.
    Measures,
}

impl TaskField {
    /// All fields, in the order in which they are explained.
    pub const ALL: [Self; 10] = [
        Self::Content,
        Self::Products,
        Self::Leads,
        Self::Coordinators,
        Self::Synthesisers,
        Self::Deadline,
        Self::Targets,
        Self::Standard,
        Self::Goal,
        Self::Measures,
    ];

    /// Returns the field with a name: Vietnamese (`chủ trì`, `Cơ quan chủ trì`, tones optional) or English (`lead`, `leads`).
    pub fn parse(name: &str) -> Option<Self> {
        let key = Key::new(name).toneless();
        Self::ALL.into_iter().find(|field| field.names().iter().any(|known| Key::new(known).toneless() == key))
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Content => &["nội dung", "content"],
            Self::Products => &["sản phẩm", "products", "product"],
            Self::Leads => &["cơ quan chủ trì", "chủ trì", "leads", "lead"],
            Self::Coordinators => &["cơ quan phối hợp", "phối hợp", "coordinators", "coordinator"],
            Self::Synthesisers => &["cơ quan tổng hợp", "tổng hợp", "synthesisers", "synthesiser"],
            Self::Deadline => &["thời gian hoàn thành", "thời gian", "thời hạn", "deadline"],
            Self::Targets => &["chỉ tiêu", "targets", "target"],
            Self::Standard => &["điểm chuẩn", "standard"],
            Self::Goal => &["mục tiêu", "goal"],
            Self::Measures => &["giải pháp", "measures", "measure"],
        }
    }

    /// Returns the field's title.
    pub fn title(self) -> Message {
        match self {
            Self::Content => msg!("Nội dung", "Content"),
            Self::Products => msg!("Sản phẩm", "Products"),
            Self::Leads => msg!("Cơ quan chủ trì", "Leads"),
            Self::Coordinators => msg!("Cơ quan phối hợp", "Coordinators"),
            Self::Synthesisers => msg!("Cơ quan tổng hợp", "Synthesisers"),
            Self::Deadline => msg!("Thời gian hoàn thành", "Deadline"),
            Self::Targets => msg!("Chỉ tiêu", "Targets"),
            Self::Standard => msg!("Điểm chuẩn", "Standard score"),
            Self::Goal => msg!("Mục tiêu", "Target score"),
            Self::Measures => msg!("Giải pháp", "Measures"),
        }
    }

    /// Returns the field's value as one line, and its origin; `None` where the task has none.
    fn value(self, fields: &Fields) -> Option<(String, &Origin)> {
        fn line<T>(piece: Option<&Piece<T>>, print: impl Fn(&T) -> String) -> Option<(String, &Origin)> {
            piece.map(|piece| (print(&piece.value), &piece.origin))
        }
        let roles = |roles: &Vec<Role>| join(roles.iter().map(Role::printed));
        match self {
            Self::Content => line(fields.content.as_ref(), String::clone),
            Self::Products => line(fields.products.as_ref(), |list| join(list.iter().map(|product| product.text.clone()))),
            Self::Leads => line(fields.leads.as_ref(), roles),
            Self::Coordinators => line(fields.coordinators.as_ref(), roles),
            Self::Synthesisers => line(fields.synthesisers.as_ref(), roles),
            Self::Deadline => line(fields.deadline.as_ref(), |deadline| {
                join(deadline.entries.iter().map(|entry| match &entry.of {
                    Some(of) => format!("{of}: {}", entry.text),
                    None => entry.text.clone(),
                }))
            }),
            Self::Targets => line(fields.targets.as_ref(), |lines| join(lines.iter().map(|line| line.target.text.clone()))),
            Self::Standard => line(fields.scores.standard.as_ref(), |score| score.text.clone()),
            Self::Goal => line(fields.scores.goal.as_ref(), |score| score.text.clone()),
            Self::Measures => line(fields.measures.as_ref(), |list| join(list.iter().cloned())),
        }
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

/// Returns the explanation of a task's field, or of all its fields; `None` where the plan has no such task, neither carried nor waived.
pub fn why(
    sources: &Sources,
    model: &Model,
    derivations: &[Derivation],
    plan: PlanId,
    task: &str,
    field: Option<TaskField>,
    lang: Lang,
) -> Option<String> {
    let derivation = &derivations[plan.index()];
    let key = Key::new(task);
    let cx = Why { sources, model, derivations, derivation, lang };
    let mut out = String::new();
    let carrying: Vec<&Task> = derivation
        .content
        .tasks
        .iter()
        .filter(|own| own.code.key == key || own.carries.iter().any(|parent| cx.parent(*parent).code.key == key))
        .collect();
    for own in &carrying {
        if field.is_none() {
            cx.follows(own, &mut out);
        }
        for field in field.map_or_else(|| TaskField::ALL.to_vec(), |field| vec![field]) {
            cx.field(own, field, &mut out);
        }
    }
    if carrying.is_empty() {
        cx.not_carried(&key, &mut out);
    }
    (!out.is_empty()).then_some(out)
}

struct Why<'a> {
    sources: &'a Sources,
    model: &'a Model,
    derivations: &'a [Derivation],
    derivation: &'a Derivation,
    lang: Lang,
}

impl Why<'_> {
    fn parent(&self, (plan, task): (PlanId, usize)) -> &Task {
        &self.derivations[plan.index()].content.tasks[task]
    }

    fn field(&self, task: &Task, field: TaskField, out: &mut String) {
        let plan = self.model.plan(self.derivation.plan);
        let title = field.title();
        let title = title.get(self.lang);
        let Some((value, origin)) = field.value(&task.fields) else { return };
        out.push_str(&format!("{} · {} · {title}\n", plan.code.text, task.code.text));
        let nothing = msg!("(không có)", "(none)");
        out.push_str(&format!("  {}\n", if value.is_empty() { nothing.get(self.lang) } else { &value }));
        let mut number = 0;
        let mut link = |at: Option<Loc>, words: &Message| {
            number += 1;
            let place = at.map_or_else(|| "-".to_owned(), |at| self.sources.place(at));
            out.push_str(&format!("  {number}. {place}: {}\n", words.get(self.lang)));
            if let Some(at) = at {
                out.push_str(&format!("     | {}\n", self.line(at)));
            }
        };
        let stated = self.plan_at(origin.stated).unwrap_or_default();
        link(Some(origin.stated), &msg!("{stated} ghi ở đây", "{stated} states it here"));
        for step in &origin.steps {
            let child = &self.model.plan(step.plan).code.text;
            let (from, to) = (&step.from, &step.to);
            let words = match step.cause {
                Cause::Inherited => msg!("{child} nhận về", "{child} takes it over"),
                Cause::Continued => msg!("{child} tiếp tục từ năm trước", "{child} goes on with it from last year"),
                Cause::Restated if from.is_empty() => msg!("{child} ghi lại", "{child} restates it"),
                Cause::Restated => msg!("{child} ghi lại, thay cho “{from}”", "{child} restates it in place of “{from}”"),
                Cause::Rule(rule) => {
                    let rule = describe(rule);
                    if to.is_empty() {
                        Message { vi: format!("{}: bỏ “{from}”", rule.vi), en: format!("{}: leaves out “{from}”", rule.en) }
                    } else {
                        Message {
                            vi: format!("{}: “{from}” → “{to}”", rule.vi), en: format!("{}: “{from}” → “{to}”", rule.en)
                        }
                    }
                }
            };
            link(step.at, &words);
        }
        out.push('\n');
    }

    /// Says which ended tasks a new task follows.
    fn follows(&self, task: &Task, out: &mut String) {
        let plan = self.model.plan(self.derivation.plan);
        let stated = plan.statements.iter().find(|statement| matches!(&statement.verb, Verb::Add(patch) if patch.code == task.code));
        let Some(statement) = stated.filter(|statement| !statement.follows.is_empty()) else { return };
        let (own, code) = (&plan.code.text, &task.code.text);
        let list = statement.follows.iter().map(|one| one.code.text.as_str()).collect::<Vec<_>>().join(", ");
        let place = self.sources.place(statement.follows[0].code.loc);
        out.push_str(msg!("{own} · {code} · Nối tiếp\n", "{own} · {code} · Follows\n").get(self.lang));
        out.push_str(&format!("  {list}\n  1. {place}: "));
        out.push_str(msg!("{own} bổ sung để nối tiếp việc đã kết thúc\n\n", "{own} adds it to follow what ended\n\n").get(self.lang));
    }

    fn not_carried(&self, key: &Key, out: &mut String) {
        let plan = self.model.plan(self.derivation.plan);
        for fate in &self.derivation.fates {
            let parent = self.parent((fate.parent, fate.task));
            if parent.code.key != *key {
                continue;
            }
            let upper = &self.model.plan(fate.parent).code.text;
            let (own, code) = (&plan.code.text, &parent.code.text);
            out.push_str(&format!("{own} · {code}\n  1. {}: ", self.sources.place(parent.loc)));
            out.push_str(msg!("{upper} ghi nhiệm vụ ở đây\n", "{upper} states the task here\n").get(self.lang));
            match &fate.outcome {
                Outcome::Waived { statement } | Outcome::Unreasoned { statement } => {
                    let statement = &plan.statements[*statement];
                    let reason = statement.reason.as_ref().map_or("…", |reason| reason.value.as_str());
                    out.push_str(&format!("  2. {}: ", self.sources.place(statement.loc)));
                    out.push_str(msg!("{own} không áp dụng; lý do: {reason}\n", "{own} waives it; reason: {reason}\n").get(self.lang));
                }
                Outcome::Finished { statement } => {
                    let statement = &plan.statements[*statement];
                    let result = match &statement.verb {
                        Verb::Finish { result: Some(result), .. } => result.value.clone(),
                        _ => plan
                            .roll
                            .results
                            .as_ref()
                            .and_then(|results| results.of(&self.model.plan(fate.parent).code, &parent.code))
                            .map_or("…".to_owned(), result_words),
                    };
                    out.push_str(&format!("  2. {}: ", self.sources.place(statement.loc)));
                    out.push_str(msg!("{own} kết thúc; kết quả: {result}\n", "{own} ends it; result: {result}\n").get(self.lang));
                }
                Outcome::Unanswered => {
                    out.push_str(&format!("  2. {}: ", self.sources.place(plan.loc)));
                    out.push_str(msg!("{own} chưa trả lời\n", "{own} does not answer it\n").get(self.lang));
                }
                Outcome::Carried { .. } | Outcome::Repeated { .. } => {}
            }
        }
    }

    /// Returns the code of the plan or handing-on in whose file part a place stands.
    fn plan_at(&self, at: Loc) -> Option<String> {
        let plan = self.model.plan(self.model.plan_at(at)?);
        Some(plan.generated.map_or(&plan.code, |handing| &self.model.handing(handing).code).text.clone())
    }

    /// Returns the lines of a place as one, cut where they are long.
    fn line(&self, at: Loc) -> String {
        let source = self.sources.get(at.source);
        let (first, last) = (source.line_index(at.span.start), source.line_index(at.span.end));
        let lines: Vec<&str> = (first..=last).map(|line| source.slice(source.line_span(line)).trim()).collect();
        let whole = lines.join(" ");
        let short: String = whole.chars().take(100).collect();
        if short.len() < whole.len() { format!("{short}…") } else { short }
    }
}

/// Returns what a row of results says, in the words of the file's language.
pub(super) fn result_words(row: &ResultRow) -> String {
    let progress = row.progress.map(|progress| progress.text().to_owned());
    let share = row.share.map(|share| format!("{}%", crate::value::print_thousandths(share)));
    let parts: Vec<String> = [progress, share].into_iter().flatten().collect();
    let mut out = parts.join(" ");
    if let Some(note) = &row.note {
        out.push_str(&format!(" ({})", note.value));
    }
    out
}

/// Returns the rule's words.
fn describe(rule: Rule) -> Message {
    match rule {
        Rule::Counterpart => msg!("bước 1, cơ quan cùng ngành", "step 1, the sector's body"),
        Rule::Successor => msg!("cơ quan kế tục", "the successor"),
        Rule::LevelChange => msg!("chuyển cấp theo quyết định", "moved to another level as decided"),
        Rule::NoCounterpart => msg!("bước 1, không có cơ quan tương ứng", "step 1, no counterpart"),
        Rule::GroupConversion => msg!("bước 2, quy đổi nhóm", "step 2, the group's conversion"),
        Rule::OwnLevel => msg!("bước 3, cấp của chính đơn vị", "step 3, the unit's own level"),
        Rule::NoneTwice => msg!("bước 4, không ghi hai lần", "step 4, none twice"),
        Rule::Issuer => msg!("bước 5, cơ quan ban hành", "step 5, the issuer"),
        Rule::UnitName => msg!("bước 6, tên đơn vị", "step 6, the unit's name"),
        Rule::NameInText => msg!("bước 6, tên cơ quan trong câu", "step 6, a body's name in text"),
        Rule::Term => msg!("bước 6, thuật ngữ", "step 6, a term"),
        Rule::YearShift => msg!("bước 7, chuyển năm", "step 7, the shift of years"),
        Rule::Earlier => msg!("bước 8, sớm hơn cấp trên", "step 8, earlier than the upper level"),
        Rule::NotCarried => msg!("nói về việc không áp dụng", "tells of what is not carried"),
    }
}
