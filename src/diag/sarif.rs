//! Findings as SARIF 2.1.0, for code scanning.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::place::{Column, extent};
use super::{Code, Diagnostic, Findings, Lang, Page, Severity};
use crate::base::{Loc, Sources};

/// Returns one run with a rule for each code that occurs, its page as help, and all findings. Accepted ones are suppressed results with
/// the person's reason as justification. Columns count code points, as the run says.
pub fn sarif(findings: &Findings, sources: &Sources, lang: Lang) -> String {
    let codes: BTreeSet<Code> = findings.iter().map(|finding| finding.code).collect();
    let index: BTreeMap<Code, usize> = codes.iter().enumerate().map(|(at, code)| (*code, at)).collect();
    let rules: Vec<Value> = codes.iter().map(|code| rule(*code, lang)).collect();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, index.get(&finding.code).copied(), sources, lang)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "kehoach",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "language": match lang { Lang::Vi => "vi", Lang::En => "en" },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).unwrap_or_default();
    out.push('\n');
    out
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rule(code: Code, lang: Lang) -> Value {
    let meaning = Page::of(code).map_or_else(|_| code.page().to_owned(), |page| page.meaning(lang).to_owned());
    json!({
        "id": code.text(),
        "name": code.text(),
        "shortDescription": { "text": code.title(lang) },
        "help": { "text": meaning, "markdown": code.page() },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn result(finding: &Diagnostic, rule: Option<usize>, sources: &Sources, lang: Lang) -> Value {
    let mut text = finding.message.get(lang).to_owned();
    if let Some(help) = &finding.help {
        text.push_str(". ");
        text.push_str(help.get(lang));
    }
    let mut out = json!({
        "ruleId": finding.code.text(),
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": text },
    });
    let mut set = |key: &str, value: Value| {
        if let Some(object) = out.as_object_mut() {
            object.insert(key.to_owned(), value);
        }
    };
    if let Some(primary) = &finding.primary {
        let mut place = location(primary.loc, sources);
        if let (Some(object), Some(path)) = (place.as_object_mut(), finding.subject.path()) {
            object.insert("logicalLocations".into(), json!([{ "fullyQualifiedName": path }]));
        }
        set("locations", json!([place]));
    }
    if !finding.related.is_empty() {
        let related = finding.related.iter().enumerate().map(|(at, label)| {
            let mut place = location(label.loc, sources);
            if let Some(object) = place.as_object_mut() {
                object.insert("id".into(), json!(at + 1));
                object.insert("message".into(), json!({ "text": label.message.get(lang) }));
            }
            place
        });
        set("relatedLocations", related.collect());
    }
    if let Some(fix) = &finding.fix {
        let change = json!({
            "artifactLocation": artifact(fix.loc, sources),
            "replacements": [{ "deletedRegion": region(fix.loc, sources), "insertedContent": { "text": fix.text } }],
        });
        set("fixes", json!([{ "description": { "text": fix.message.get(lang) }, "artifactChanges": [change] }]));
    }
    if let Some(reason) = &finding.accepted {
        set("suppressions", json!([{ "kind": "inSource", "status": "accepted", "justification": reason }]));
    }
    out
}

fn location(loc: Loc, sources: &Sources) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(loc, sources), "region": region(loc, sources) } })
}

fn artifact(loc: Loc, sources: &Sources) -> Value {
    json!({ "uri": uri(sources.get(loc.source).name()) })
}

fn region(loc: Loc, sources: &Sources) -> Value {
    let at = extent(sources.get(loc.source), loc.span, Column::CodePoints);
    json!({ "startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column })
}

/// Returns a relative path as a URI reference: everything but letters, digits and `-._~/` is percent-encoded.
fn uri(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;
    use crate::base::{Source, Span};
    use crate::diag::msg;

    #[test]
    fn an_accepted_finding_is_a_suppressed_result_with_its_reason() {
        let mut sources = Sources::default();
        let text: String = "Sở Nội vụ".nfd().collect();
        let id = sources.add(Source::new("kế.kh", text.clone()));
        let at = text.find('v').unwrap();
        let mut finding = Diagnostic::new(Code::KH1003, Loc::new(id, Span::new(at, text.len())), msg!("Khác cấp", "Other level"));
        finding.accepted = Some("Tỉnh giao".into());
        let log: Value = serde_json::from_str(&sarif(&Findings::new(vec![finding], &sources), &sources, Lang::Vi)).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(result["suppressions"][0]["justification"], "Tỉnh giao");
        assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "k%E1%BA%BF.kh");
        // S, o, horn, hook above, space, N, o, circumflex, dot below, i, space
        assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startColumn"], 12);
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!((rule["id"].as_str(), result["ruleIndex"].as_u64()), (Some("KH1003"), Some(0)));
    }
}
