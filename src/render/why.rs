//! `why`: the chain of statements and rules that made a field, each link with its file and line.

use crate::base::{Key, Loc, Sources};
use crate::derive::Derivation;
use crate::diag::{Lang, Message, msg};
use crate::model::{Cause, Model, Outcome, PlanId, ResultRow, Rule, Task, TaskField, TieState, Verb};

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
        cx.ties(own, &mut out);
        match field {
            Some(field) => cx.field(own, field, &mut out),
            None => {
                cx.follows(own, &mut out);
                cx.task(own, &mut out);
            }
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

    /// Tells all fields: those that stand as the plan states them in one block, one line each; then the chain of each that came from elsewhere.
    fn task(&self, task: &Task, out: &mut String) {
        let came = |field: &TaskField| {
            let origin = field.origin(&task.fields);
            origin.is_some_and(|origin| !origin.steps.is_empty() || origin.stated.source != task.loc.source)
        };
        let stated: Vec<String> = TaskField::ALL
            .into_iter()
            .filter(|field| !came(field))
            .filter_map(|field| Some((field, field.items(&task.fields, &self.model.registry)?)))
            .map(|(field, items)| format!("  {}: {}\n", field_title(field).get(self.lang), items.join("; ")))
            .collect();
        if !stated.is_empty() {
            let (plan, code, place) = (&self.model.plan(self.derivation.plan).code.text, &task.code.text, self.sources.place(task.loc));
            out.push_str(msg!("{plan} · {code} · ghi ở {place}\n", "{plan} · {code} · stated at {place}\n").get(self.lang));
            stated.iter().for_each(|line| out.push_str(line));
            out.push('\n');
        }
        for field in TaskField::ALL.into_iter().filter(came) {
            self.field(task, field, out);
        }
    }

    fn field(&self, task: &Task, field: TaskField, out: &mut String) {
        let plan = self.model.plan(self.derivation.plan);
        let (title, registry) = (field_title(field), &self.model.registry);
        let title = title.get(self.lang);
        let (Some(items), Some(origin)) = (field.items(&task.fields, registry), field.origin(&task.fields)) else { return };
        let value = items.join("; ");
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
        if let Some(record) = &task.fields.record {
            let words = field.column().and_then(|column| record.words(&column)).unwrap_or_default().join(" / ");
            let place = record.origin.as_ref().map(|origin| format!(" ({})", origin.value)).unwrap_or_default();
            if !words.is_empty() && (words != value || !place.is_empty()) {
                let at = record.origin.as_ref().map(|origin| origin.loc);
                link(at, &msg!("văn bản in “{words}”{place}", "the document prints “{words}”{place}"));
            }
        }
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

    /// Tells to which parents' tasks a task of a plan in record mode is tied.
    fn ties(&self, task: &Task, out: &mut String) {
        let ties = task.fields.record.iter().flat_map(|record| &record.ties);
        let own = &self.model.plan(self.derivation.plan).code.text;
        for (number, tie) in ties.enumerate() {
            let (code, parent) = (&task.code.text, &tie.task.code.text);
            let words = match tie.state {
                TieState::Confirmed => msg!("{code} ứng với {parent}", "{code} answers {parent}"),
                TieState::Open => msg!("{code} có thể ứng với {parent}, chưa xác nhận", "{code} may answer {parent}; not confirmed"),
                TieState::Denied => msg!("{code} không ứng với {parent}", "{code} does not answer {parent}"),
            };
            let opening = if number == 0 { format!("{own} · {code}\n") } else { String::new() };
            out.push_str(&format!("{opening}  {}: {}\n", self.sources.place(tie.task.code.loc), words.get(self.lang)));
        }
        if task.fields.record.as_ref().is_some_and(|record| !record.ties.is_empty()) {
            out.push('\n');
        }
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

/// Returns a field's title.
pub(super) fn field_title(field: TaskField) -> Message {
    Message { vi: field.label().to_owned(), en: field.english().to_owned() }
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
