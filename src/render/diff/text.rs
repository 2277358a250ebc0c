//! A comparison as a person reads it: one block per pair that differs, words that went and came marked, then what stands in one plan only.

use super::words::{self, Run};
use super::{Alone, By, Change, Difference, Pair, Side};
use crate::base::Key;
use crate::diag::{Lang, Message, Paint, msg};
use crate::model::TaskField;

/// Words in common from which two items of a list are one item that changed.
const ALIKE: f32 = 0.5;

/// Returns the comparison as text. With colours what went is red and what came is green; without, it stands in `[-…-]` and `{+…+}`.
pub fn text(difference: &Difference, lang: Lang, color: bool) -> String {
    let cx = Writer { difference, lang, color };
    let mut out = format!("{}\n{}\n", cx.side("−", &difference.a, Paint::Gone), cx.side("+", &difference.b, Paint::Come));
    for pair in difference.tasks.iter().filter(|pair| !pair.changes.is_empty()) {
        cx.pair(pair, &mut out);
    }
    cx.targets(&mut out);
    cx.alone(&difference.only_a, &difference.a, &mut out);
    cx.alone(&difference.only_b, &difference.b, &mut out);
    out
}

/// Returns the counts in one sentence.
pub fn summary(difference: &Difference) -> Message {
    let (a, b) = (&difference.a.code, &difference.b.code);
    let (pairs, one, other) = (difference.tasks.len(), difference.only_a.len(), difference.only_b.len());
    let differ = difference.tasks.iter().filter(|pair| !pair.changes.is_empty()).count();
    let targets = difference.targets.len();
    msg!(
        "{pairs} cặp nhiệm vụ, {differ} cặp khác nhau; {one} nhiệm vụ chỉ có ở {a}, {other} chỉ có ở {b}; {targets} chỉ tiêu khác nhau",
        "{pairs} pairs of tasks, {differ} of them differ; {one} tasks only in {a}, {other} only in {b}; {targets} targets differ"
    )
}

struct Writer<'a> {
    difference: &'a Difference,
    lang: Lang,
    color: bool,
}

impl Writer<'_> {
    fn paint(&self, paint: Paint, text: &str) -> String {
        paint.on(text, self.color)
    }

    fn side(&self, sign: &str, side: &Side, paint: Paint) -> String {
        let unit = if side.unit.is_empty() { String::new() } else { format!(" · {}", side.unit) };
        let count = side.tasks;
        let tasks = msg!("{count} nhiệm vụ", "{count} tasks");
        self.paint(paint, &format!("{sign} {}{unit} · {} · {}", side.code, side.title, tasks.get(self.lang)))
    }

    fn pair(&self, pair: &Pair, out: &mut String) {
        let (a, b) = (&pair.a, &pair.b);
        let codes = if Key::new(a) == Key::new(b) { a.clone() } else { format!("{a} ↔ {b}") };
        let places =
            if pair.places.0 == pair.places.1 { pair.places.0.clone() } else { format!("{} ↔ {}", pair.places.0, pair.places.1) };
        let by = match pair.by {
            By::Derivation => String::new(),
            By::Code => format!(" · {}", msg!("cùng mã", "by code").get(self.lang)),
            By::Place => format!(" · {}", msg!("cùng chỗ", "by place").get(self.lang)),
        };
        out.push_str(&format!("\n{} ({places}{by})\n", self.paint(Paint::Head, &codes)));
        for change in &pair.changes {
            self.change(change, out);
        }
    }

    fn change(&self, change: &Change, out: &mut String) {
        let name = match (change.field, self.lang) {
            (Some(field), Lang::Vi) => field.label().to_owned(),
            (Some(field), Lang::En) => field.english().to_owned(),
            (None, _) => msg!("Phụ lục", "Appendix").get(self.lang).to_owned(),
        };
        if let ([from], [to]) = (change.from.as_slice(), change.to.as_slice()) {
            out.push_str(&format!("  {name}: {}\n", self.between(change.field, from, to)));
            return;
        }
        out.push_str(&format!("  {name}:\n"));
        let lines = items(&change.from, &change.to);
        if lines.iter().all(|line| matches!(line, Line::Same(_))) {
            let order = msg!("cùng nội dung, khác thứ tự", "the same, in another order");
            out.push_str(&format!("    {}\n", order.get(self.lang)));
            return;
        }
        for line in lines {
            let text = match line {
                Line::Same(text) => format!("    {text}"),
                Line::Gone(text) => format!("  {}", self.paint(Paint::Gone, &format!("- {text}"))),
                Line::Come(text) => format!("  {}", self.paint(Paint::Come, &format!("+ {text}"))),
                Line::Changed(from, to) => format!("  ~ {}", self.between(None, &from, &to)),
            };
            out.push_str(&format!("{text}\n"));
        }
    }

    /// Shows a changed text: whole where little is left of it or it is a time, else word by word.
    fn between(&self, field: Option<TaskField>, from: &str, to: &str) -> String {
        let runs = words::runs(from, to);
        let only_stops = runs.iter().all(|run| matches!(run, Run::Same(_)));
        if field == Some(TaskField::Deadline) || only_stops || words::share(from, to) < ALIKE {
            return format!("{} → {}", self.marked(Paint::Gone, from), self.marked(Paint::Come, to));
        }
        let runs = runs.into_iter().map(|run| match run {
            Run::Same(words) => words,
            Run::Gone(words) => self.marked(Paint::Gone, &words),
            Run::Come(words) => self.marked(Paint::Come, &words),
        });
        runs.collect::<Vec<_>>().join(" ")
    }

    fn marked(&self, paint: Paint, text: &str) -> String {
        match (self.color, paint) {
            (true, _) => self.paint(paint, text),
            (false, Paint::Gone) => format!("[-{text}-]"),
            (false, Paint::Come) => format!("{{+{text}+}}"),
            (false, Paint::Head) => text.to_owned(),
        }
    }

    fn targets(&self, out: &mut String) {
        if self.difference.targets.is_empty() {
            return;
        }
        out.push_str(&format!("\n{}\n", self.paint(Paint::Head, msg!("Chỉ tiêu", "Targets").get(self.lang))));
        for (code, from, to) in &self.difference.targets {
            let line = match (from, to) {
                (Some(from), Some(to)) => format!("~ {code}: {}", self.between(None, from, to)),
                (Some(from), None) => self.paint(Paint::Gone, &format!("- {code}: {from}")),
                (None, to) => self.paint(Paint::Come, &format!("+ {code}: {}", to.as_deref().unwrap_or_default())),
            };
            out.push_str(&format!("  {line}\n"));
        }
    }

    fn alone(&self, list: &[Alone], side: &Side, out: &mut String) {
        if list.is_empty() {
            return;
        }
        let (code, count) = (&side.code, list.len());
        let head = msg!("Chỉ có ở {code}: {count} nhiệm vụ", "Only in {code}: {count} tasks");
        out.push_str(&format!("\n{}\n", self.paint(Paint::Head, head.get(self.lang))));
        for task in list {
            out.push_str(&format!("  {} ({}): {}\n", task.code, task.place, task.content));
            if let Some(why) = &task.waived {
                let other = if side == &self.difference.a { &self.difference.b.code } else { &self.difference.a.code };
                let line = msg!("{other} không áp dụng: {why}", "{other} waives it: {why}");
                out.push_str(&format!("    {}\n", line.get(self.lang)));
            }
        }
    }
}

/// A line of a list that differs.
enum Line {
    Same(String),
    Gone(String),
    Come(String),
    Changed(String, String),
}

/// Returns the items of two lists: those in both, those that changed their words, those of one alone, in the second list's order behind what went.
fn items(from: &[String], to: &[String]) -> Vec<Line> {
    let key = |item: &String| Key::new(item);
    let mut left: Vec<&String> = from.iter().filter(|item| !to.iter().any(|other| key(other) == key(item))).collect();
    let mut lines = Vec::new();
    for item in to {
        if from.iter().any(|other| key(other) == key(item)) {
            lines.push(Line::Same(item.clone()));
            continue;
        }
        let near = left.iter().position(|other| words::share(other, item) >= ALIKE);
        lines.push(match near {
            Some(at) => Line::Changed(left.remove(at).clone(), item.clone()),
            None => Line::Come(item.clone()),
        });
    }
    left.into_iter().map(|item| Line::Gone(item.clone())).chain(lines).collect()
}
