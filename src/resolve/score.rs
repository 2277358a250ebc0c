//! BẢNG ĐIỂM and TIÊU CHÍ: criteria with others below them, and leaves, which are tasks.

use super::field;
use super::header;
use super::plan::{Reader, fields};
use super::task;
use super::{Context, PlanDraft};
use crate::base::Loc;
use crate::model::{Appendix, Code, Criterion, ScoreTable, Scores, Text, Verb, dotted_number};
use crate::syntax::ast::{Argument, Block, Keyword, Label, Text as Word};

impl Reader<'_> {
    /// Reads BẢNG ĐIỂM: it belongs to the PHỤ LỤC above it, or stands as one of its own.
    pub(super) fn score_table(&mut self, cx: &mut Context<'_>, block: &Block, loc: Loc) {
        let source = self.draft.source;
        let at = match self.appendix {
            Some(at) => at,
            None => {
                let title = Text { value: "Bảng điểm".into(), loc };
                self.plan.appendices.push(Appendix {
                    number: String::new(),
                    title,
                    printed_title: None,
                    called: None,
                    sector: None,
                    focal: None,
                    report: None,
                    via: None,
                    columns: Vec::new(),
                    attached_to: None,
                    printed_number: None,
                    group: false,
                    scores: None,
                    loc,
                });
                self.plan.appendices.len() - 1
            }
        };
        self.appendix = Some(at);
        let mut total = Scores::default();
        for entry in fields(block) {
            let text = field::text(source, entry);
            match entry.label {
                Label::Columns => self.plan.appendices[at].columns = header::columns(cx, source, entry),
                Label::Standard => total.standard = task::score(cx, text.as_ref(), "Điểm chuẩn"),
                Label::Previous => total.previous = task::score(cx, text.as_ref(), "Điểm năm trước"),
                Label::Goal => total.goal = task::score(cx, text.as_ref(), "Mục tiêu"),
                _ => {}
            }
        }
        let appendix = &mut self.plan.appendices[at];
        // a second table of one appendix goes on with the first
        if appendix.scores.is_none() {
            appendix.scores = Some(ScoreTable { criteria: Vec::new(), total, loc });
        }
    }

    /// Reads TIÊU CHÍ: a task where no other criterion stands below it.
    pub(super) fn criterion(&mut self, cx: &mut Context<'_>, block: &Block, number: &Word) {
        // outside BẢNG ĐIỂM it is reported by the grammar
        let Some(at) = self.plan.appendices.iter().rposition(|appendix| appendix.scores.is_some()) else { return };
        self.appendix = Some(at);
        let loc = Loc::new(self.draft.source, block.heading.span);
        let code = Code::new(number.value.clone(), Loc::new(self.draft.source, number.span));
        let patch = task::patch(cx, self.draft, block, code, &self.around);
        if block.title.is_none() {
            self.without_text(cx, block);
        }
        if is_leaf(self.draft, &number.value) {
            self.push(cx, block, loc, Verb::Task(patch));
            return;
        }
        if let Some(table) = &mut self.plan.appendices[at].scores {
            table.criteria.push(Criterion { code: patch.code, fields: patch.fields, loc });
            table.criteria.sort_by_key(|criterion| dotted_number(&criterion.code.text));
        }
    }
}

/// Says whether no criterion of the plan stands below the one with this number.
fn is_leaf(draft: &PlanDraft<'_>, number: &str) -> bool {
    let below = format!("{number}.");
    !draft.blocks.iter().any(|block| {
        block.heading.keyword == Keyword::Criterion
            && matches!(&block.heading.argument, Argument::Number(other) if other.value.starts_with(&below))
    })
}
