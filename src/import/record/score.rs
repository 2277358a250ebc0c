//! BẢNG ĐIỂM: criteria with their scores as printed.

use super::super::{Criterion, Place};
use super::{Writer, task, tree};
use crate::syntax::ast::{Argument, Block, Keyword, Label};
use crate::value::Score;

/// Returns the score table, criteria in the document's order; empty where there is none.
pub(super) fn blocks(cx: &Writer<'_>) -> Vec<(Place, Block)> {
    let criteria = &cx.reading.criteria;
    let Some(first) = criteria.first() else { return Vec::new() };
    let mut table = tree::block(Keyword::ScoreTable, Argument::None, "");
    let named = criteria.iter().find(|criterion| !is_dotted(&criterion.number) && is_total(criterion));
    let total = named.or_else(|| cx.reading.totals.iter().find(|row| is_total(row) || adds_up(row, criteria)));
    if let Some(total) = total {
        scores(&mut table, total);
    }
    let mut out = vec![(first.origin, table)];
    let mut section = "";
    for criterion in criteria {
        let mut said = Vec::new();
        if criterion.section != section {
            section = &criterion.section;
            said.push(format!("# {}", tree::one_line(section)));
        }
        if !is_dotted(&criterion.number) {
            if !is_total(criterion) {
                said.push(format!("# {} {}", tree::one_line(&criterion.number), tree::one_line(&criterion.name)));
            }
            if let Some((_, last)) = out.last_mut() {
                last.trivia.comments.extend(said);
            }
            continue;
        }
        let number = criterion.number.trim_end_matches('.');
        let mut block = tree::block(Keyword::Criterion, tree::number(number), &criterion.name);
        block.trivia.comments.extend(said);
        scores(&mut block, criterion);
        task::put_words(&mut block, Label::Measures, &criterion.solution);
        task::put_words(&mut block, Label::Leads, &criterion.lead);
        task::put_own(&mut block, &criterion.own);
        tree::put(&mut block, Label::PrintedNumber, &criterion.number);
        tree::put(&mut block, Label::Origin, &cx.origin(criterion.origin));
        task::put_readings(cx, &mut block, &[(Label::Leads, &criterion.leads)]);
        out.push((criterion.origin, block));
    }
    out
}

/// Says whether a row without a number has the sum of the top criteria as its standard: a total whose name scanning has damaged.
fn adds_up(row: &Criterion, criteria: &[Criterion]) -> bool {
    let top = |criterion: &&Criterion| is_dotted(&criterion.number) && !criterion.number.trim_end_matches('.').contains('.');
    let scores: Option<Vec<i64>> =
        criteria.iter().filter(top).map(|criterion| Score::parse(&criterion.standard).map(|score| score.value)).collect();
    let sum = scores.filter(|scores| scores.len() > 1).map(|scores| scores.iter().sum());
    sum.zip(Score::parse(&row.standard)).is_some_and(|(sum, standard)| standard.is_sum(sum))
}

fn scores(block: &mut Block, criterion: &Criterion) {
    tree::put(block, Label::Standard, &criterion.standard);
    tree::put(block, Label::Previous, &criterion.previous);
    tree::put(block, Label::Goal, &criterion.target);
}

fn is_dotted(number: &str) -> bool {
    let number = number.trim_end_matches('.');
    !number.is_empty() && number.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_total(criterion: &Criterion) -> bool {
    let name = criterion.name.to_lowercase();
    name.starts_with("tổng") || name.starts_with("cộng")
}
