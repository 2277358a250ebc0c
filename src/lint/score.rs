//! KH2010: a criterion's score is not the sum of the scores below it.

use super::Subject;
use crate::base::Loc;
use crate::derive::{ScoreKind, sum_below};
use crate::diag::{Code, Diagnostic, msg};
use crate::model::{Criterion, Scores, Task};
use crate::value::Score;

/// Judges the scores that the plan itself states, at every level and for the whole table.
pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for (at, appendix) in on.derivation.content.appendices.iter().enumerate() {
        let Some(table) = &appendix.scores else { continue };
        let leaves: Vec<&Task> = on.tasks().iter().filter(|task| task.appendix == Some(at)).collect();
        let mut judge = |above: Option<&Criterion>, scores: &Scores, place: &str| {
            let number = above.map(|criterion| criterion.code.text.as_str());
            for kind in ScoreKind::ALL {
                let Some(score) = kind.of(scores).filter(|score| on.holds(score.origin.stated)) else { continue };
                let Some(sum) = sum_below(number, &table.criteria, &leaves, kind) else { continue };
                if !score.value.is_sum(sum.value) {
                    out.push(note(on, number, place, kind, &score.value, &Score::of(sum.value), score.origin.stated));
                }
            }
        };
        for criterion in &table.criteria {
            judge(Some(criterion), &criterion.fields.scores, &criterion.code.text);
        }
        judge(None, &table.total, &appendix.place());
    }
}

fn note(on: &Subject<'_>, number: Option<&str>, place: &str, kind: ScoreKind, score: &Score, sum: &Score, at: Loc) -> Diagnostic {
    let (label, text, sum) = (kind.label(), &score.text, &sum.text);
    let (message, help) = match number {
        Some(number) => (
            msg!(
                "{label} của tiêu chí {number} là {text}, các tiêu chí ngay dưới cộng lại là {sum}",
                "{label} of criterion {number} is {text}, those directly below it add up to {sum}"
            ),
            msg!(
                "Đối chiếu điểm của tiêu chí {number} với các tiêu chí ngay dưới, rồi sửa chỗ sai",
                "Compare criterion {number} with those directly below it, and mend what is wrong"
            ),
        ),
        None => (
            msg!(
                "{label} của cả bảng là {text}, các tiêu chí cấp cao nhất cộng lại là {sum}",
                "{label} of the whole table is {text}, its top criteria add up to {sum}"
            ),
            msg!(
                "Đối chiếu tổng điểm với các tiêu chí cấp cao nhất, rồi sửa chỗ sai",
                "Compare the total with the top criteria, and mend what is wrong"
            ),
        ),
    };
    on.note(Code::KH2010, at, message, place).help(help).quote(text.clone())
}
