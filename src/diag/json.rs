//! Findings as JSON: the contract `kehoach/findings/1`.

use serde::Serialize;

use super::place::{Column, Extent, extent};
use super::{Code, Diagnostic, Findings, Lang, Severity};
use crate::base::{Loc, Sources};

/// Returns all findings, accepted ones included, in one language, as pretty JSON with a final newline. Columns count grapheme clusters;
/// lines and columns begin at 1; ends are exclusive. The shape is a contract: keys are added, never renamed.
pub fn json(findings: &Findings, sources: &Sources, lang: Lang) -> String {
    let counts = findings.counts();
    let report = Report {
        schema: "kehoach/findings/1",
        findings: findings.iter().map(|finding| FindingShown::new(finding, sources, lang)).collect(),
        counts: Counted { errors: counts.errors, warnings: counts.warnings, infos: counts.infos, accepted: counts.accepted },
    };
    // plain strings and numbers: serialisation has nothing to fail on
    let mut out = serde_json::to_string_pretty(&report).unwrap_or_default();
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    findings: Vec<FindingShown<'a>>,
    counts: Counted,
}

#[derive(Serialize)]
struct Counted {
    errors: usize,
    warnings: usize,
    infos: usize,
    accepted: usize,
}

/// A finding in the shape of the contract: for reports that hold findings among other things.
#[derive(Serialize)]
pub struct FindingShown<'a> {
    code: Code,
    severity: Severity,
    message: &'a str,
    /// `null` only where no file is concerned.
    location: Option<Location<'a>>,
    unit: Option<&'a str>,
    related: Vec<Related<'a>>,
    help: Option<&'a str>,
    fix: Option<Edit<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
struct Location<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// The words that the finding is about: what `Tại` of CHẤP NHẬN takes.
    quote: &'a str,
    /// What CHẤP NHẬN names: `HH-2023/TTHC-03`.
    place: Option<String>,
}

#[derive(Serialize)]
struct Related<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    quote: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Edit<'a> {
    message: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
    safe: bool,
}

impl<'a> FindingShown<'a> {
    /// Returns a finding as it is written in a language.
    pub fn new(finding: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Self {
        let find = |loc: Loc| {
            let source = sources.get(loc.source);
            (source.name(), extent(source, loc.span, Column::Graphemes), source.slice(loc.span))
        };
        let location = finding.primary.as_ref().map(|label| {
            let (file, Extent { line, column, end_line, end_column }, words) = find(label.loc);
            let quote = finding.quote.as_deref().unwrap_or(words);
            Location { file, line, column, end_line, end_column, quote, place: finding.subject.path() }
        });
        let related = finding.related.iter().map(|label| {
            let (file, Extent { line, column, end_line, end_column }, quote) = find(label.loc);
            Related { file, line, column, end_line, end_column, quote, message: label.message.get(lang) }
        });
        let fix = finding.fix.as_ref().map(|fix| {
            let (file, Extent { line, column, end_line, end_column }, _) = find(fix.loc);
            Edit { message: fix.message.get(lang), file, line, column, end_line, end_column, text: &fix.text, safe: fix.safe }
        });
        Self {
            code: finding.code,
            severity: finding.severity,
            message: finding.message.get(lang),
            location,
            unit: finding.subject.unit.as_deref(),
            related: related.collect(),
            help: finding.help.as_ref().map(|help| help.get(lang)),
            fix,
            accepted: finding.accepted.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Source, Span};
    use crate::diag::msg;

    #[test]
    fn the_contract_holds_place_words_fix_and_acceptance() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("huyen/hh.kh", "KẾ HOẠCH HH: A\nThời gian hoàn thành: Quý IV/2023\n"));
        let at = sources.get(id).text().find("Quý").unwrap();
        let loc = Loc::new(id, Span::new(at, at + "Quý IV/2023".len()));
        let mut finding = Diagnostic::new(Code::KH3005, loc, msg!("Muộn hơn tỉnh", "Later than the province"))
            .related(Loc::new(id, Span::new(0, 4)), msg!("đây", "here"))
            .help(msg!("Đưa lên sớm", "Move it"))
            .fix(msg!("Sửa hạn", "Mend"), loc, "Quý III/2023", true)
            .about("HH", "huyện Hoằng Hóa", "TTHC-03");
        finding.accepted = Some("Tỉnh đồng ý".into());
        let text = json(&Findings::new(vec![finding], &sources), &sources, Lang::En);
        let expected = r#"{
  "schema": "kehoach/findings/1",
  "findings": [
    {
      "code": "KH3005",
      "severity": "warning",
      "message": "Later than the province",
      "location": {
        "file": "huyen/hh.kh",
        "line": 2,
        "column": 23,
        "end_line": 2,
        "end_column": 34,
        "quote": "Quý IV/2023",
        "place": "HH/TTHC-03"
      },
      "unit": "huyện Hoằng Hóa",
      "related": [
        {
          "file": "huyen/hh.kh",
          "line": 1,
          "column": 1,
          "end_line": 1,
          "end_column": 3,
          "quote": "KẾ",
          "message": "here"
        }
      ],
      "help": "Move it",
      "fix": {
        "message": "Mend",
        "file": "huyen/hh.kh",
        "line": 2,
        "column": 23,
        "end_line": 2,
        "end_column": 34,
        "text": "Quý III/2023",
        "safe": true
      },
      "accepted": "Tỉnh đồng ý"
    }
  ],
  "counts": {
    "errors": 0,
    "warnings": 0,
    "infos": 0,
    "accepted": 1
  }
}
"#;
        assert_eq!(text, expected);
    }
}
