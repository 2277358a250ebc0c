//! Score tables of a child: the parent's criteria translated, their scores summed anew from the leaves that the child carries.

use crate::model::{Appendix, Criterion, Fields, Origin, Piece, ScoreTable, Scores, Task, dotted_number};
use crate::shift::Shift;
use crate::value::Score;

/// Which of the three scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScoreKind {
    Standard,
    Previous,
    Goal,
}

impl ScoreKind {
    /// All three, in printed order.
    pub(crate) const ALL: [Self; 3] = [Self::Standard, Self::Previous, Self::Goal];

    /// Returns the label under which it is written.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Standard => "Điểm chuẩn",
            Self::Previous => "Điểm năm trước",
            Self::Goal => "Mục tiêu",
        }
    }

    /// Returns the score of this kind.
    pub(crate) fn of(self, scores: &Scores) -> Option<&Piece<Score>> {
        match self {
            Self::Standard => scores.standard.as_ref(),
            Self::Previous => scores.previous.as_ref(),
            Self::Goal => scores.goal.as_ref(),
        }
    }

    fn slot(self, scores: &mut Scores) -> &mut Option<Piece<Score>> {
        match self {
            Self::Standard => &mut scores.standard,
            Self::Previous => &mut scores.previous,
            Self::Goal => &mut scores.goal,
        }
    }
}

/// Translates the parent's table. What the parent scored last year is its own; sums wait for the child's leaves.
pub(super) fn translate(table: &ScoreTable, shift: &Shift<'_>) -> ScoreTable {
    let criteria = table.criteria.iter().map(|criterion| {
        let mut fields = Fields { content: criterion.fields.content.clone(), ..Fields::default() };
        if let Some(content) = &mut fields.content {
            let shifted = shift.text(&content.value);
            content.value = shifted.value;
            content.origin.steps.extend(shifted.steps);
        }
        Criterion { code: criterion.code.clone(), fields, loc: criterion.loc }
    });
    ScoreTable { criteria: criteria.collect(), total: Scores::default(), loc: table.loc }
}

/// Puts what the child states itself over the parent's criteria of the same numbers.
pub(super) fn restate(table: &mut Option<ScoreTable>, own: &Option<ScoreTable>) {
    let Some(own) = own else { return };
    let Some(table) = table else {
        *table = Some(own.clone());
        return;
    };
    table.total.clone_from(&own.total);
    table.loc = own.loc;
    for criterion in &own.criteria {
        match table.criteria.iter_mut().find(|other| other.code == criterion.code) {
            Some(other) => *other = criterion.clone(),
            None => table.criteria.push(criterion.clone()),
        }
    }
    table.criteria.sort_by_key(|criterion| dotted_number(&criterion.code.text));
}

/// Drops criteria below which the plan has no task, and fills the scores that nobody states with the sums of what stands below, where all of
/// that has a score.
pub(super) fn settle(appendices: &mut [Appendix], tasks: &[Task]) {
    for (at, appendix) in appendices.iter_mut().enumerate() {
        let Some(table) = &mut appendix.scores else { continue };
        let leaves: Vec<&Task> = tasks.iter().filter(|task| task.appendix == Some(at)).collect();
        table.criteria.retain(|criterion| leaves.iter().any(|leaf| is_below(&leaf.code.text, &criterion.code.text)));
        // from the deepest criteria up
        let mut order: Vec<usize> = (0..table.criteria.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(table.criteria[*at].code.text.split('.').count()));
        for at in order {
            let criterion = &table.criteria[at];
            let sums =
                ScoreKind::ALL.map(|kind| sum_below(Some(&criterion.code.text), &table.criteria, &leaves, kind).filter(|sum| sum.whole));
            let stated = criterion.loc;
            let criterion = &mut table.criteria[at];
            for (kind, sum) in ScoreKind::ALL.into_iter().zip(sums) {
                let slot = kind.slot(&mut criterion.fields.scores);
                if slot.is_none() {
                    *slot = sum.map(|sum| Piece { value: Score::of(sum.value), origin: Origin::stated(stated) });
                }
            }
        }
        for kind in ScoreKind::ALL {
            let sum = sum_below(None, &table.criteria, &leaves, kind).filter(|sum| sum.whole);
            let slot = kind.slot(&mut table.total);
            if slot.is_none() {
                *slot = sum.map(|sum| Piece { value: Score::of(sum.value), origin: Origin::stated(table.loc) });
            }
        }
    }
}

/// What the scores directly below a criterion add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sum {
    /// In ten-thousandths of a point.
    pub(crate) value: i64,
    /// Whether all of them have a score.
    pub(crate) whole: bool,
}

/// Says whether the criterion `number` stands below `above`, at any depth.
fn is_below(number: &str, above: &str) -> bool {
    number.strip_prefix(above).is_some_and(|rest| rest.starts_with('.'))
}

/// Returns the sum of the scores that stand directly below a criterion, or at the top of the table; `None` where none has a score.
pub(crate) fn sum_below(above: Option<&str>, criteria: &[Criterion], leaves: &[&Task], kind: ScoreKind) -> Option<Sum> {
    let inside = |number: &str| above.is_none_or(|above| is_below(number, above));
    let directly = |number: &str| {
        let between = |other: &Criterion| inside(&other.code.text) && is_below(number, &other.code.text);
        inside(number) && !criteria.iter().any(between)
    };
    let inner = criteria.iter().map(|criterion| (&criterion.code.text, &criterion.fields));
    let outer = leaves.iter().map(|leaf| (&leaf.code.text, &leaf.fields));
    let below: Vec<_> = inner.chain(outer).filter(|(number, _)| directly(number)).collect();
    let values: Vec<i64> = below.iter().filter_map(|(_, fields)| kind.of(&fields.scores)).map(|score| score.value.value).collect();
    (!values.is_empty()).then(|| Sum { value: values.iter().sum(), whole: values.len() == below.len() })
}
