//! KH3039, KH3040, KH3041: what a plan answered has changed since, measured against `kehoach.lock`: the parent's task or target, or the names that
//! the registry gives for it. A parent's task that is new or gone is totality's question (KH3001, KH3003).

use std::collections::BTreeMap;

use super::Subject;
use crate::base::{Key, Loc};
use crate::derive::Derivation;
use crate::diag::{Code, Diagnostic, Message, msg};
use crate::lock::{Answered, Lock, Name, Row, State, Upper, take};
use crate::model::{Cause, Model, Outcome, PlanId, TaskField, TaskRef};

/// Words of a changed text that are shown beside what differs.
const AROUND: usize = 3;

/// Reports for each plan of the lock what its parents changed since it answered them.
pub(super) fn check(model: &Model, derivations: &[Derivation], lock: &Lock, out: &mut Vec<Diagnostic>) {
    if lock.is_empty() {
        return;
    }
    let now = take(model, derivations, |plan| lock.answers(plan).is_some());
    for derivation in derivations {
        let on = Subject::new(model, derivations, derivation);
        let name = Name::new(on.plan.code.text.clone());
        if let (Some(before), Some(after)) = (lock.answers(&name), now.answers(&name)) {
            Comparison { on: &on, lock, now: &now, before, after }.check(out);
        }
    }
}

type Answers = BTreeMap<Upper, Answered>;

/// One plan: what its answers rested on, and what the same tasks and targets say now.
struct Comparison<'a> {
    on: &'a Subject<'a>,
    lock: &'a Lock,
    now: &'a Lock,
    before: &'a Answers,
    after: &'a Answers,
}

/// A name that the registry now turns into another: the parent's words, the former, the present ones.
type Turn = (String, Option<String>, String);

impl Comparison<'_> {
    fn check(&self, out: &mut Vec<Diagnostic>) {
        let mut turns: BTreeMap<Turn, Vec<(String, Loc, Option<Loc>)>> = BTreeMap::new();
        for fate in &self.on.derivation.fates {
            let task = &self.on.parent(fate.parent).template.tasks[fate.task];
            let Some((before, after, upper)) = self.states(fate.parent, false, &task.code.text) else { continue };
            let at = self.place(fate.parent, &fate.outcome, &upper);
            if before != after {
                out.push(self.changed(&upper, &fate.outcome, at, (before, after), |field| {
                    field.origin(&task.fields).map_or(task.loc, |origin| origin.stated)
                }));
            }
            for row in self.turned(&upper, &fate.outcome, (before, after)) {
                turns.entry(row.0).or_default().push((upper.code.text.clone(), at, row.1));
            }
        }
        for fate in &self.on.derivation.target_fates {
            let Some((before, after, upper)) = self.states(fate.parent, true, &fate.code.text) else { continue };
            if before != after {
                let at = self.place(fate.parent, &fate.outcome, &upper);
                out.push(self.changed(&upper, &fate.outcome, at, (before, after), |_| fate.code.loc));
            }
        }
        for (turn, tasks) in turns {
            out.extend(self.other_name(&turn, &tasks));
        }
    }

    /// Returns what a parent's task or target said when it was answered, and what it says now; `None` where the lock does not know it.
    fn states(&self, parent: PlanId, target: bool, code: &str) -> Option<(&State, &State, Upper)> {
        let plan = Name::new(self.on.model.plan(parent).code.text.clone());
        let upper = Upper { plan, target, code: Name::new(code) };
        let (before, after) = (self.before.get(&upper)?, self.after.get(&upper)?);
        Some((self.lock.state(&upper, before.state)?, self.now.state(&upper, after.state)?, upper))
    }

    /// Returns where this plan answers.
    fn place(&self, parent: PlanId, outcome: &Outcome, upper: &Upper) -> Loc {
        let statement = match outcome {
            Outcome::Carried { statement, .. }
            | Outcome::Waived { statement }
            | Outcome::Unreasoned { statement }
            | Outcome::Finished { statement } => Some(statement),
            Outcome::Repeated { statements, .. } => statements.first(),
            Outcome::Unanswered => None,
        };
        let Some(statement) = statement.and_then(|at| self.on.plan.statements.get(*at)) else { return self.on.plan.loc };
        let plan = &self.on.model.plan(parent).code;
        let references: Vec<&TaskRef> = statement.verb.tasks().into_iter().chain(statement.verb.targets()).collect();
        let named = references.iter().find(|one| one.code.key == *upper.code.key() && one.plan.as_ref().is_none_or(|own| own == plan));
        named.map_or(statement.loc, |one| one.code.loc)
    }

    fn who(&self) -> &str {
        if self.on.unit.is_empty() { &self.on.plan.code.text } else { &self.on.unit }
    }

    fn changed(
        &self,
        upper: &Upper,
        outcome: &Outcome,
        at: Loc,
        (before, after): (&State, &State),
        stated: impl Fn(TaskField) -> Loc,
    ) -> Diagnostic {
        let fields: Vec<TaskField> = TaskField::ALL
            .into_iter()
            .filter(|field| before.field(*field).map(|state| state.fingerprint) != after.field(*field).map(|state| state.fingerprint))
            .collect();
        let told: Vec<Message> = fields.iter().map(|field| difference(*field, upper.target, before, after)).collect();
        let vi = told.iter().map(|message| message.vi.as_str()).collect::<Vec<_>>().join("; ");
        let en = told.iter().map(|message| message.en.as_str()).collect::<Vec<_>>().join("; ");
        let (who, parent, code) = (self.who(), &upper.plan.text, &upper.code.text);
        let waived = matches!(outcome, Outcome::Waived { .. } | Outcome::Unreasoned { .. });
        let (kind, message) = if waived {
            let message = msg!(
                "{parent} đã đổi {code}: {vi}, sau khi {who} không áp dụng",
                "{parent} changed {code}: {en}, after it was waived by {who}"
            );
            (Code::KH3040, message)
        } else {
            let message =
                msg!("{parent} đã đổi {code}: {vi}, sau khi {who} trả lời", "{parent} changed {code}: {en}, after the answer of {who}");
            (Code::KH3039, message)
        };
        let mut note = self.on.note(kind, at, message, code);
        for field in &fields {
            note = note.related(stated(*field), msg!("nay ghi ở đây", "stated here now"));
        }
        note.related.dedup_by_key(|label| label.loc);
        let settle = if upper.target {
            msg!("chạy kehoach check --accept-changes", "run kehoach check --accept-changes")
        } else {
            msg!(
                "chạy kehoach derive {parent} --update {code} --unit …, hoặc kehoach check --accept-changes để nhận mọi thay đổi",
                "run kehoach derive {parent} --update {code} --unit …, or kehoach check --accept-changes for all changes"
            )
        };
        let Message { vi, en } = settle;
        let help = if waived {
            msg!("Xem lý do không áp dụng còn đúng không; xong thì {vi}", "See whether the reason still holds; then {en}")
        } else {
            msg!("Xem lại câu trả lời, sửa nếu cần; xong thì {vi}", "Read the answer again and mend it where needed; then {en}")
        };
        note.help(help).quote(code.clone())
    }

    /// Returns the names of an inherited field that the registry now turns into others, where the parent's words are the same.
    fn turned(&self, upper: &Upper, outcome: &Outcome, (before, after): (&State, &State)) -> Vec<(Turn, Option<Loc>)> {
        let Outcome::Carried { children, .. } = outcome else { return Vec::new() };
        let rows = |lock: &'_ Lock, answers: &Answers| -> Option<Vec<Row>> { lock.rows(answers.get(upper)?.rows?).map(<[Row]>::to_vec) };
        let (Some(old), Some(new)) = (rows(self.lock, self.before), rows(self.now, self.after)) else { return Vec::new() };
        if old.iter().map(Row::order).eq(new.iter().map(Row::order)) {
            return Vec::new();
        }
        let mut out = Vec::new();
        for field in TaskField::ALL {
            let same = before.field(field) == after.field(field);
            if !same || !children.iter().any(|child| self.inherits(*child, field)) {
                continue;
            }
            let of = |rows: &'_ [Row], from: &str| rows.iter().find(|row| row.field == field && row.from == from).map(|row| row.to.clone());
            for row in new.iter().filter(|row| row.field == field) {
                let former = of(&old, &row.from);
                if former.as_ref() != Some(&row.to) {
                    out.push(((row.from.clone(), former, row.to.clone()), row.at));
                }
            }
            for row in old.iter().filter(|row| row.field == field && of(&new, &row.from).is_none()) {
                out.push(((row.from.clone(), Some(row.to.clone()), row.from.clone()), None));
            }
        }
        out
    }

    fn inherits(&self, child: usize, field: TaskField) -> bool {
        let derivation = self.on.derivation;
        let origin = derivation.template.tasks.get(child).and_then(|task| field.origin(&task.fields));
        origin.is_some_and(|origin| origin.steps.iter().any(|step| step.cause == Cause::Inherited && step.plan == derivation.plan))
    }

    fn other_name(&self, (from, former, to): &Turn, tasks: &[(String, Loc, Option<Loc>)]) -> Option<Diagnostic> {
        let (_, at, row) = tasks.first()?;
        let mut codes: Vec<&str> = tasks.iter().map(|(code, ..)| code.as_str()).collect();
        codes.dedup();
        let more = if codes.len() > 3 { ", …" } else { "" };
        let list = format!("{}{more}", codes[..codes.len().min(3)].join(", "));
        let shown = |words: &str| {
            if words.is_empty() { msg!("không có cơ quan nào", "no body") } else { msg!("“{words}”", "“{words}”") }
        };
        // a name without a row stays as it is
        let former = shown(former.as_deref().unwrap_or(from));
        let to = shown(to);
        let who = self.who();
        let (vi, en) = (&former.vi, &former.en);
        let (now_vi, now_en) = (&to.vi, &to.en);
        let message = Message {
            vi: format!("“{from}” ở {list} nay thành {now_vi}, không còn là {vi} như khi có trả lời của {who}"),
            en: format!("“{from}” in {list} now becomes {now_en}, not {en} as at the answer of {who}"),
        };
        let mut note = self.on.note(Code::KH3041, *at, message, "").quote(from.clone());
        if let Some(row) = row {
            note = note.related(*row, msg!("dòng danh bạ nay quyết định", "the registry line that now decides"));
        }
        Some(note.help(msg!(
            "Xem kết quả mới có đúng không (kehoach why); xong thì chạy kehoach check --accept-changes",
            "See whether the new result is right (kehoach why); then run kehoach check --accept-changes"
        )))
    }
}

/// Tells how a field changed: from what to what, of lists only the items that differ.
fn difference(field: TaskField, target: bool, before: &State, after: &State) -> Message {
    let items = |state: &State| state.field(field).map(|state| state.items.clone()).unwrap_or_default();
    let (old, new) = (items(before), items(after));
    let without = |list: &[String], other: &[String]| -> Vec<String> {
        let other: Vec<Key> = other.iter().map(|item| Key::new(item)).collect();
        list.iter().filter(|item| !other.contains(&Key::new(item))).cloned().collect()
    };
    let (gone, come) = (without(&old, &new).join("; "), without(&new, &old).join("; "));
    let (vi, en) = if target { ("chỉ tiêu", "the target") } else { (field.label(), field.english()) };
    match (gone.is_empty(), come.is_empty()) {
        (false, false) => {
            let (from, to) = excerpt(&gone, &come);
            msg!("{vi} từ “{from}” thành “{to}”", "{en} from “{from}” to “{to}”")
        }
        (true, false) => msg!("{vi} thêm “{come}”", "{en} adds “{come}”"),
        (false, true) => msg!("{vi} bỏ “{gone}”", "{en} drops “{gone}”"),
        (true, true) => msg!("{vi} xếp lại thứ tự", "{en} stand in another order"),
    }
}

/// Returns two texts without the words that both begin and end with, but for a few around what differs.
fn excerpt(from: &str, to: &str) -> (String, String) {
    let (a, b): (Vec<&str>, Vec<&str>) = (from.split(' ').collect(), to.split(' ').collect());
    let head = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count().min(most);
    let (skip, drop) = (head.saturating_sub(AROUND), tail.saturating_sub(AROUND));
    let cut = |words: &[&str]| {
        let kept = words[skip..words.len() - drop].join(" ");
        format!("{}{kept}{}", if skip > 0 { "… " } else { "" }, if drop > 0 { " …" } else { "" })
    };
    (cut(&a), cut(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_told_by_what_differs() {
        let told = |from, to| {
            let (from, to) = excerpt(from, to);
            format!("{from} | {to}")
        };
        assert_eq!(told("Quý III/2022", "Quý II/2022"), "Quý III/2022 | Quý II/2022");
        assert_eq!(told("a b c d e f g h i k", "a b c d X f g h i k"), "… b c d e f g h … | … b c d X f g h …");
        assert_eq!(told("a b", "a b c"), "a b | a b c");
        assert_eq!(told("a a", "a a a"), "a a | a a a");
    }
}
