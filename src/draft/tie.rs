//! A person's answers about pairs of tasks, written as `Ứng với` and `Không ứng với` below the tasks of a plan in record mode.
//!
//! Touches nothing else of the file. The last answer counts: what was said of the same two tasks before is replaced.

use super::{Edit, Revision};
use crate::base::{Key, Loc, SourceId, Span};
use crate::diag::msg;
use crate::syntax::ast::{Argument, Block, File, Keyword, Label};

/// An answer about two tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairAnswer {
    /// The plan's own task, by its code or the number of its criterion.
    pub task: String,
    /// The upper task with its plan (`TH-2022/TC-08`).
    pub upper: String,
    /// Whether the one answers the other.
    pub yes: bool,
}

/// Returns the edits that write answers into the plan `plan` of a file; each answer that has no place there is left with the reason.
pub fn pair_answers(source: SourceId, file: &File, plan: &str, answers: &[PairAnswer]) -> Revision {
    let mut out = Revision::default();
    let own = blocks(file, plan);
    let mut changed: Vec<(&Block, Vec<Tie>)> = Vec::new();
    for (at, answer) in answers.iter().enumerate() {
        let Some(block) = own.iter().find(|block| states(block, &answer.task)) else {
            let task = &answer.task;
            out.left.push((at, msg!("{plan} không có nhiệm vụ {task}", "{plan} has no task {task}")));
            continue;
        };
        let known = changed.iter().position(|(other, _)| std::ptr::eq(*other, *block)).unwrap_or_else(|| {
            changed.push((block, ties(block)));
            changed.len() - 1
        });
        let list = &mut changed[known].1;
        list.retain(|tie| !same(&tie.upper, &answer.upper));
        list.push(Tie { upper: answer.upper.clone(), denied: !answer.yes });
    }
    for (block, ties) in changed {
        out.edits.extend(written(source, block, &ties));
    }
    out.edits.sort_by_key(|edit| edit.loc.span.start);
    out
}

/// A tie as written.
struct Tie {
    /// With its question mark, where it has one.
    upper: String,
    denied: bool,
}

/// Returns the blocks of a plan: those between its heading and the next one of a plan.
fn blocks<'f>(file: &'f File, plan: &str) -> Vec<&'f Block> {
    let key = Key::new(plan);
    let opens = |block: &&Block| matches!(block.heading.keyword, Keyword::Registry | Keyword::Plan | Keyword::HandOn | Keyword::NextYear);
    let named = |block: &Block| matches!(&block.heading.argument, Argument::Code(code) if Key::new(&code.code) == key);
    let Some(at) = file.blocks.iter().position(|block| opens(&block) && named(block)) else { return Vec::new() };
    file.blocks[at + 1..].iter().take_while(|block| !opens(block)).collect()
}

fn states(block: &Block, task: &str) -> bool {
    let key = Key::new(task);
    match (block.heading.keyword, &block.heading.argument) {
        (Keyword::Task | Keyword::Addition | Keyword::Amend, Argument::Code(code)) => Key::new(&code.code) == key,
        (Keyword::Criterion, Argument::Number(number)) => Key::new(&number.value) == key,
        _ => false,
    }
}

fn ties(block: &Block) -> Vec<Tie> {
    let mut out = Vec::new();
    for field in block.fields().filter(|field| is_tie(field.label)) {
        for text in field.value.iter().chain(field.items.iter().map(|item| &item.text)) {
            let parts = text.value.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
            out.extend(parts.map(|part| Tie { upper: part.to_owned(), denied: field.label == Label::NotAnswers }));
        }
    }
    out
}

fn is_tie(label: Label) -> bool {
    matches!(label, Label::Answers | Label::NotAnswers)
}

/// Says whether two references name one task: a plan counts where both name it.
fn same(a: &str, b: &str) -> bool {
    fn parts(text: &str) -> (Option<Key>, Key) {
        let text = text.trim_end_matches(['?', ' ']);
        text.rsplit_once('/').map_or((None, Key::new(text)), |(plan, code)| (Some(Key::new(plan)), Key::new(code)))
    }
    let ((a_plan, a_code), (b_plan, b_code)) = (parts(a), parts(b));
    a_code == b_code && (a_plan.is_none() || b_plan.is_none() || a_plan == b_plan)
}

/// Returns the edits that make a block's ties these: in place of the first line that states some, else behind the last line.
fn written(source: SourceId, block: &Block, ties: &[Tie]) -> Vec<Edit> {
    let line = |denied: bool| {
        let list: Vec<&str> = ties.iter().filter(|tie| tie.denied == denied).map(|tie| tie.upper.as_str()).collect();
        let label = if denied { Label::NotAnswers } else { Label::Answers };
        (!list.is_empty()).then(|| format!("{}: {}", label.text(), list.join(", ")))
    };
    let text = [line(false), line(true)].into_iter().flatten().collect::<Vec<_>>().join("\n");
    let edit = |span: Span, text: String| Edit { loc: Loc::new(source, span), text };
    let mut fields = block.fields().filter(|field| is_tie(field.label));
    let Some(first) = fields.next() else {
        return vec![edit(Span::at(block.span.end as usize), format!("\n{text}"))];
    };
    let mut out = vec![edit(first.span, text)];
    // the lines of the others are left empty; the layout takes them out
    out.extend(fields.map(|field| edit(field.span, String::new())));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::apply;

    const PLAN: &str = "KẾ HOẠCH A: x\nChế độ: ghi nhận\n\n# lời\nNHIỆM VỤ 1: một\nSố in: 1.\n\nNHIỆM VỤ 2: hai\nỨng với: P/T2 ?, P/T3\nKhông ứng với: T4\n";

    fn after(answers: &[(&str, &str, bool)]) -> (String, usize) {
        let file = crate::syntax::parse(SourceId::new(0), PLAN).file;
        let list: Vec<PairAnswer> = answers
            .iter()
            .map(|(task, upper, yes)| PairAnswer { task: (*task).to_owned(), upper: (*upper).to_owned(), yes: *yes })
            .collect();
        let revision = pair_answers(SourceId::new(0), &file, "a", &list);
        (apply(PLAN, &revision.edits), revision.left.len())
    }

    #[test]
    fn an_answer_stands_below_its_task_and_nothing_else_changes() {
        let (text, left) = after(&[("1", "P/T1", true), ("9", "P/T1", true)]);
        assert_eq!((text, left), (PLAN.replace("Số in: 1.\n", "Số in: 1.\nỨng với: P/T1\n"), 1));
    }

    #[test]
    fn the_last_answer_about_a_pair_counts() {
        let (text, _) = after(&[("2", "P/T2", false), ("2", "P/T4", true)]);
        assert!(text.contains("NHIỆM VỤ 2: hai\nỨng với: P/T3, P/T4\nKhông ứng với: P/T2\n"), "{text}");
    }
}
