//! Findings as JUnit XML: one suite for each file, one case for each code found in it.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{Code, Diagnostic, Findings, Lang, Severity, msg};
use crate::base::Sources;

/// Returns the report. A case fails where one of its findings is at least as grave as `failing`; a case whose findings are all accepted
/// is skipped with the reason; a file without findings has one case that passes.
pub fn junit(findings: &Findings, sources: &Sources, lang: Lang, failing: Severity) -> String {
    let mut files: BTreeMap<&str, BTreeMap<Code, Vec<&Diagnostic>>> = BTreeMap::new();
    for (_, source) in sources.iter() {
        files.entry(source.name()).or_default();
    }
    for finding in findings {
        let file = finding.primary.as_ref().map_or("", |label| sources.get(label.loc.source).name());
        files.entry(file).or_default().entry(finding.code).or_default().push(finding);
    }
    let mut report = Report::new("kehoach");
    for (file, codes) in files {
        let mut suite = TestSuite::new(if file.is_empty() { "kehoach" } else { file });
        if codes.is_empty() {
            let name = msg!("không có phát hiện", "no findings");
            suite.add_test_case(case(name.get(lang), file, TestCaseStatus::success()));
        }
        for (code, list) in codes {
            suite.add_test_case(of_code(code, &list, file, sources, lang, failing));
        }
        report.add_test_suite(suite);
    }
    // the writer is memory and the texts are cleaned: nothing to fail on
    report.to_string().unwrap_or_default()
}

fn of_code(code: Code, list: &[&Diagnostic], file: &str, sources: &Sources, lang: Lang, failing: Severity) -> TestCase {
    let open: Vec<&Diagnostic> = list.iter().copied().filter(|finding| finding.accepted.is_none()).collect();
    let lines: Vec<String> = list.iter().map(|finding| line(finding, sources, lang)).collect();
    let name = format!("{code}: {}", code.title(lang));
    if open.iter().any(|finding| finding.severity >= failing) {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        let first = open.first().map_or("", |finding| finding.message.get(lang));
        status.set_message(first).set_type(code.text()).set_description(lines.join("\n"));
        return case(&name, file, status);
    }
    let mut status = if open.is_empty() { TestCaseStatus::skipped() } else { TestCaseStatus::success() };
    if let (true, Some(reason)) = (open.is_empty(), list.first().and_then(|finding| finding.accepted.as_deref())) {
        status.set_message(reason);
    }
    let mut out = case(&name, file, status);
    out.set_system_out(lines.join("\n"));
    out
}

fn case(name: &str, file: &str, status: TestCaseStatus) -> TestCase {
    let mut out = TestCase::new(name, status);
    out.set_classname(if file.is_empty() { "kehoach" } else { file });
    out
}

fn line(finding: &Diagnostic, sources: &Sources, lang: Lang) -> String {
    let place = finding.primary.as_ref().map_or(String::new(), |label| format!("{}: ", sources.place(label.loc)));
    let help = finding.help.as_ref().map_or(String::new(), |help| format!(". {}", help.get(lang)));
    format!("{place}{}{help}", finding.message.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Loc, Source, Span};

    #[test]
    fn files_are_suites_and_codes_are_cases() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("b.kh", "một\nhai\n"));
        sources.add(Source::new("a.kh", "ba\n"));
        let loc = |start| Loc::new(id, Span::new(start, start + 1));
        let error = Diagnostic::new(Code::KH3001, loc(6), msg!("Bỏ sót TC-08", "TC-08 dropped"));
        let mut accepted = Diagnostic::new(Code::KH3005, loc(0), msg!("Muộn", "Late"));
        accepted.accepted = Some("Tỉnh đồng ý".into());
        let findings = Findings::new(vec![error, accepted], &sources);
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kehoach" tests="3" failures="1" errors="0">
    <testsuite name="a.kh" tests="1" disabled="0" errors="0" failures="0">
        <testcase name="no findings" classname="a.kh">
        </testcase>
    </testsuite>
    <testsuite name="b.kh" tests="2" disabled="1" errors="0" failures="1">
        <testcase name="KH3001: A parent task is not answered" classname="b.kh">
            <failure message="TC-08 dropped" type="KH3001">b.kh:2: TC-08 dropped</failure>
        </testcase>
        <testcase name="KH3005: A deadline is later than the parent&apos;s" classname="b.kh">
            <skipped message="Tỉnh đồng ý"/>
            <system-out>b.kh:1: Late</system-out>
        </testcase>
    </testsuite>
</testsuites>
"#;
        assert_eq!(junit(&findings, &sources, Lang::En, Severity::Error), expected);
    }
}
