//! Findings of one file: kept up to a number, counted beyond it.

use crate::base::{Loc, SourceId, Span};
use crate::diag::{Code, Diagnostic, msg};

/// How many findings of one file are kept; one more (KH0006) then says how many there are.
pub const MOST_FINDINGS: usize = 100;

/// Findings as they come, and the bytes that the tree does not hold.
#[derive(Debug, Default)]
pub(super) struct Report {
    kept: Vec<Diagnostic>,
    count: usize,
    skipped: Vec<Span>,
}

impl Report {
    /// Adds a finding.
    pub(super) fn add(&mut self, finding: Diagnostic) {
        self.count += 1;
        if self.kept.len() < MOST_FINDINGS {
            self.kept.push(finding);
        }
    }

    /// Notes that the tree does not hold these bytes.
    pub(super) fn skip(&mut self, span: Span) {
        match self.skipped.last_mut() {
            Some(last) if last.end >= span.start => *last = last.to(span),
            _ => self.skipped.push(span),
        }
    }

    /// Returns the findings in the order of their places, and the skipped bytes, ascending.
    pub(super) fn finish(mut self, source: SourceId) -> (Vec<Diagnostic>, Vec<Span>) {
        self.kept.sort_by_key(|finding| finding.primary.as_ref().map(|label| label.loc.span));
        if self.count > MOST_FINDINGS {
            let end = self.kept.last().and_then(|last| last.primary.as_ref()).map_or(Span::default(), |label| label.loc.span);
            let all = self.count;
            let message = msg!(
                "Tệp có {all} lỗi về cú pháp; chỉ nêu {MOST_FINDINGS} lỗi đầu",
                "The file has {all} syntax findings; only the first {MOST_FINDINGS} are shown"
            );
            let help = msg!("Sửa những lỗi đầu rồi kiểm tra lại.", "Mend the first ones, then check again.");
            self.kept.push(Diagnostic::new(Code::KH0006, Loc::new(source, end), message).help(help));
        }
        (self.kept, self.skipped)
    }
}
