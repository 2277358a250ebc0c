//! A list of findings: one order, nothing twice, counts.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Lang, Severity, msg};
use crate::base::{Loc, SourceId, Sources, Span};

/// How many findings of one file are shown before [`Findings::capped`] says how many more there are.
pub const SHOWN_PER_FILE: usize = 100;

/// Findings of one run, in the order of files and places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    list: Vec<Diagnostic>,
}

/// How many findings there are of each severity; accepted ones are counted apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Must be mended.
    pub errors: usize,
    /// To be looked at.
    pub warnings: usize,
    /// Worth knowing.
    pub infos: usize,
    /// Accepted by CHẤP NHẬN.
    pub accepted: usize,
}

impl Findings {
    /// Returns the findings sorted by file name, place and code, each once. Findings without a place come first.
    pub fn new(mut list: Vec<Diagnostic>, sources: &Sources) -> Self {
        list.sort_by(|a, b| order(a, sources).cmp(&order(b, sources)));
        list.dedup();
        Self { list }
    }

    /// Returns the findings in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Says whether there is none, accepted ones included.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Returns how many there are, accepted ones included.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the same findings with others among them.
    #[must_use]
    pub fn with(mut self, more: Vec<Diagnostic>, sources: &Sources) -> Self {
        self.list.extend(more);
        Self::new(self.list, sources)
    }

    /// Returns the counts by severity.
    pub fn counts(&self) -> Counts {
        let mut out = Counts::default();
        for finding in &self.list {
            match (&finding.accepted, finding.severity) {
                (Some(_), _) => out.accepted += 1,
                (None, Severity::Error) => out.errors += 1,
                (None, Severity::Warning) => out.warnings += 1,
                (None, Severity::Info) => out.infos += 1,
            }
        }
        out
    }

    /// Returns at most `limit` findings of each file and a KH0006 that says how many are left out, at the place of the first of them. The
    /// gravest are kept, so that the exit status is the same. For people: what machines read is complete.
    #[must_use]
    pub fn capped(&self, limit: usize, sources: &Sources) -> Self {
        let mut by_file: BTreeMap<Option<SourceId>, Vec<&Diagnostic>> = BTreeMap::new();
        for finding in self.list.iter().filter(|finding| finding.accepted.is_none()) {
            by_file.entry(finding.primary.as_ref().map(|label| label.loc.source)).or_default().push(finding);
        }
        let mut kept: Vec<Diagnostic> = self.list.iter().filter(|finding| finding.accepted.is_some()).cloned().collect();
        for (source, mut list) in by_file {
            // stable: findings of one severity stay in the order of the file
            list.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
            let rest = list.split_off(limit.min(list.len()));
            kept.extend(list.into_iter().cloned());
            let Some(gravest) = rest.first() else { continue };
            let count = rest.len();
            let message = msg!("Còn {count} phát hiện nữa trong tệp này", "{count} more findings in this file");
            let mut more = match source {
                Some(source) => {
                    let at = gravest.primary.as_ref().map_or(Span::default(), |label| label.loc.span);
                    Diagnostic::new(Code::KH0006, Loc::new(source, at), message)
                }
                None => Diagnostic::nowhere(Code::KH0006, message),
            };
            more = more.with_severity(gravest.severity);
            kept.push(more.help(msg!("Sửa những chỗ đã nêu rồi kiểm tra lại", "Mend what is listed, then check again")));
        }
        Self::new(kept, sources)
    }
}

impl IntoIterator for Findings {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl Counts {
    /// Returns the summary line without a full stop: `2 lỗi, 1 cảnh báo, 3 thông tin`. Severities that do not occur are left out.
    pub fn summary(self, lang: Lang) -> String {
        let parts = [
            (self.errors, ["lỗi", "error", "errors"]),
            (self.warnings, ["cảnh báo", "warning", "warnings"]),
            (self.infos, ["thông tin", "note", "notes"]),
        ];
        let shown: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, [vi, one, many])| match (lang, count) {
                (Lang::Vi, _) => format!("{count} {vi}"),
                (Lang::En, 1) => format!("{count} {one}"),
                (Lang::En, _) => format!("{count} {many}"),
            })
            .collect();
        let mut out = match (shown.is_empty(), lang) {
            (false, _) => shown.join(", "),
            (true, Lang::Vi) => "Không có phát hiện nào".to_owned(),
            (true, Lang::En) => "No findings".to_owned(),
        };
        if self.accepted > 0 {
            let accepted = self.accepted;
            let message = msg!(" ({accepted} phát hiện đã được chấp nhận)", " ({accepted} accepted)");
            out.push_str(message.get(lang));
        }
        out
    }
}

/// What decides the order: file, place, code; the rest only so that equal lists have one order.
type Order<'a> = (Option<(&'a str, Span)>, Code, &'a str, Option<Loc>, Option<&'a str>);

fn order<'a>(finding: &'a Diagnostic, sources: &'a Sources) -> Order<'a> {
    let place = finding.primary.as_ref().map(|label| (sources.get(label.loc.source).name(), label.loc.span));
    let other = finding.related.first().map(|label| label.loc);
    (place, finding.code, &finding.message.vi, other, finding.accepted.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Source;

    fn project() -> (Sources, SourceId, SourceId) {
        let mut sources = Sources::default();
        let late = sources.add(Source::new("b.kh", "một\nhai\n"));
        let early = sources.add(Source::new("a.kh", "ba\n"));
        (sources, late, early)
    }

    fn at(code: Code, source: SourceId, start: usize) -> Diagnostic {
        Diagnostic::new(code, Loc::new(source, Span::new(start, start + 1)), msg!("x", "x"))
    }

    #[test]
    fn order_is_file_place_code_and_nothing_stands_twice() {
        let (sources, b, a) = project();
        let list =
            vec![at(Code::KH3008, b, 4), at(Code::KH3001, b, 4), at(Code::KH3008, b, 0), at(Code::KH1001, a, 0), at(Code::KH3001, b, 4)];
        let findings = Findings::new(list, &sources);
        let codes: Vec<_> = findings.iter().map(|f| f.code).collect();
        assert_eq!(codes, [Code::KH1001, Code::KH3008, Code::KH3001, Code::KH3008]);
    }

    #[test]
    fn the_cap_keeps_errors_and_tells_the_rest() {
        let (sources, b, a) = project();
        let mut list: Vec<_> = (0..5).map(|n| at(Code::KH3005, b, n)).collect();
        list.push(at(Code::KH3001, b, 6));
        list.push(at(Code::KH3005, a, 0));
        let capped = Findings::new(list, &sources).capped(2, &sources);
        let shown: Vec<_> = capped.iter().map(|f| (f.code, f.severity)).collect();
        assert_eq!(
            shown,
            [
                (Code::KH3005, Severity::Warning),
                (Code::KH3005, Severity::Warning),
                (Code::KH0006, Severity::Warning),
                (Code::KH3001, Severity::Error)
            ]
        );
        assert!(capped.iter().any(|f| f.message.vi == "Còn 4 phát hiện nữa trong tệp này"));
    }

    #[test]
    fn the_summary_counts_in_both_languages() {
        let counts = Counts { errors: 2, warnings: 1, infos: 3, accepted: 0 };
        assert_eq!(counts.summary(Lang::Vi), "2 lỗi, 1 cảnh báo, 3 thông tin");
        assert_eq!(counts.summary(Lang::En), "2 errors, 1 warning, 3 notes");
        let one = Counts { errors: 1, accepted: 1, ..Counts::default() };
        assert_eq!(one.summary(Lang::Vi), "1 lỗi (1 phát hiện đã được chấp nhận)");
        assert_eq!(one.summary(Lang::En), "1 error (1 accepted)");
        assert_eq!(Counts::default().summary(Lang::En), "No findings");
    }
}
