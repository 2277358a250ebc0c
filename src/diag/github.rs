//! Findings as workflow commands of GitHub Actions: annotations beside the lines.

use super::place::{Column, extent};
use super::{Findings, Lang, Severity};
use crate::base::Sources;

/// Returns one `::error …` line for each finding that nobody accepted; infos become notices.
pub fn github(findings: &Findings, sources: &Sources, lang: Lang) -> String {
    let mut out = String::new();
    for finding in findings.iter().filter(|finding| finding.accepted.is_none()) {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties = Vec::new();
        if let Some(primary) = &finding.primary {
            let source = sources.get(primary.loc.source);
            let at = extent(source, primary.loc.span, Column::CodePoints);
            properties.push(format!("file={}", property(source.name())));
            properties.push(format!("line={},endLine={}", at.line, at.end_line));
            if at.line == at.end_line {
                // columns are only read where both stand on one line
                properties.push(format!("col={},endColumn={}", at.column, at.end_column));
            }
        }
        let title = format!("{}: {}", finding.code, finding.code.title(lang));
        properties.push(format!("title={}", property(&title)));
        let mut text = finding.message.get(lang).to_owned();
        if let Some(help) = &finding.help {
            text.push('\n');
            text.push_str(help.get(lang));
        }
        out.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&text)));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Loc, Source, Span};
    use crate::diag::{Code, Diagnostic, msg};

    #[test]
    fn commas_percents_and_line_ends_are_escaped() {
        let mut sources = Sources::default();
        let id = sources.add(Source::new("a,b.kh", "một hai"));
        let loc = Loc::new(id, Span::new("một ".len(), "một hai".len()));
        let finding = Diagnostic::new(Code::KH3006, loc, msg!("Thấp hơn 92%", "Below 92%")).help(msg!("Nâng lên", "Raise it"));
        let text = github(&Findings::new(vec![finding], &sources), &sources, Lang::Vi);
        let expected = "::warning file=a%2Cb.kh,line=1,endLine=1,col=5,endColumn=8,title=KH3006%3A Chỉ tiêu kém hơn cấp trên::Thấp hơn 92%25%0ANâng lên\n";
        assert_eq!(text, expected);
    }
}
