//! What stands before and around the plan: national heading, title, bases, articles, recipients, signature.

use super::standing::Standing;
use super::wording::{bare, lower_first, printed};
use super::{Article, Heading, PlanHead, Signature, Title};
use crate::model::{Authority, Form};

/// Returns the head of the first page.
pub(super) fn heading(standing: &Standing<'_>) -> Heading {
    let [day, month, year] = standing.date();
    Heading {
        superior: Vec::new(),
        issuer: vec!["ỦY BAN NHÂN DÂN".into(), standing.unit_name().to_uppercase()],
        nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".into(),
        motto: "Độc lập - Tự do - Hạnh phúc".into(),
        number: format!("Số: {}", standing.number()),
        place_date: format!("{}, ngày {day} tháng {month} năm {year}", standing.proper_name()),
    }
}

/// Returns type and subject of the signed document.
pub(super) fn title(standing: &Standing<'_>) -> Title {
    let subject = match standing.form {
        Form::Decision => format!("Ban hành {}", standing.named()),
        Form::Plan => standing.subject(),
    };
    Title { kind: standing.kind().to_uppercase(), subject }
}

/// Returns the head of the plan behind its decision.
pub(super) fn plan_head(standing: &Standing<'_>) -> PlanHead {
    let attached = match standing.form {
        Form::Decision => format!("(Ban hành kèm theo {})", standing.citation()),
        Form::Plan => String::new(),
    };
    PlanHead { kind: "KẾ HOẠCH".into(), subject: standing.subject(), attached }
}

/// Returns bases and proposal: each ends in `;`, the last one of a decision in `.`.
pub(super) fn bases(standing: &Standing<'_>) -> Vec<String> {
    let header = &standing.plan.header;
    let opened = |text: &str, words: &str, known: &[&str]| {
        let text = printed(bare(text));
        if known.iter().any(|known| text.to_lowercase().starts_with(known)) { text } else { format!("{words} {text}") }
    };
    let mut out: Vec<String> = header
        .bases
        .iter()
        .map(|basis| opened(&basis.value, "Căn cứ", &["căn cứ", "thực hiện", "xét", "theo đề nghị"]))
        .chain(header.proposed_by.iter().map(|by| opened(&by.value, "Theo đề nghị của", &["theo đề nghị", "xét đề nghị", "theo "])))
        .collect();
    let last = out.len().saturating_sub(1);
    // a plan issued directly goes on with its opening sentence
    let end = if standing.form == Form::Plan { ';' } else { '.' };
    out.iter_mut().enumerate().for_each(|(at, text)| text.push(if at == last { end } else { ';' }));
    out
}

/// Returns the sentence that opens a plan issued directly.
pub(super) fn opening(standing: &Standing<'_>) -> String {
    format!("{} ban hành {} như sau:", standing.issuer(), standing.named())
}

/// Returns the articles: what is issued, from when it holds and what it replaces where the plan says so, who carries it out.
pub(super) fn articles(standing: &Standing<'_>) -> Vec<Article> {
    let header = &standing.plan.header;
    let mut effect = header.effect.as_ref().map(|text| {
        let text = printed(bare(&text.value));
        if text.to_lowercase().starts_with("quyết định") {
            text
        } else {
            format!("Quyết định này có hiệu lực thi hành {}", lower_first(&text))
        }
    });
    if let Some(replaced) = &header.replaces {
        let replaced = printed(bare(&replaced.value));
        let named = replaced.to_lowercase().starts_with("quyết định") || replaced.to_lowercase().starts_with("kế hoạch");
        let replaced = format!("thay thế {}{replaced}", if named { "" } else { "Quyết định số " });
        effect = Some(effect.map_or_else(|| format!("Quyết định này {replaced}"), |effect| format!("{effect} và {replaced}")));
    }
    let duty = "chịu trách nhiệm thi hành Quyết định này";
    let responsible = match &header.responsible {
        None => format!("[CẦN BỔ SUNG: trách nhiệm thi hành] {duty}"),
        Some(text) if text.value.contains("chịu trách nhiệm") => printed(bare(&text.value)),
        Some(text) => format!("{} {duty}", printed(bare(&text.value))),
    };
    let first = format!("Ban hành kèm theo Quyết định này {}.", standing.named());
    let texts = std::iter::once(first).chain(effect.map(|effect| format!("{effect}."))).chain([format!("{responsible}./.")]);
    texts.enumerate().map(|(at, text)| Article { label: format!("Điều {}.", at + 1), text }).collect()
}

/// Returns recipients and signature. Without `Nơi nhận` the two lines stand that every document has.
pub(super) fn signature(standing: &Standing<'_>) -> Signature {
    let header = &standing.plan.header;
    let mut recipients: Vec<String> = header.recipients.iter().map(|to| printed(bare(&to.value))).collect();
    if recipients.is_empty() {
        let articles = matches!(standing.form, Form::Decision).then(|| format!("Như Điều {}", articles(standing).len()));
        recipients = articles.into_iter().chain(["Lưu: VT".to_owned()]).collect();
    }
    let last = recipients.len().saturating_sub(1);
    let recipients = recipients.iter().enumerate().map(|(at, to)| format!("- {to}{}", if at == last { "." } else { ";" })).collect();

    let mut lines: Vec<String> = header.signer.iter().map(|line| printed(line.trim())).filter(|line| !line.is_empty()).collect();
    // a single line in capitals is the office; the name is still to come
    let is_office = |line: &String| *line == line.to_uppercase() && line.chars().any(char::is_alphabetic);
    let name = if lines.last().is_some_and(|line| !is_office(line)) { lines.pop() } else { None };
    let mut titles: Vec<String> = lines.iter().map(|line| line.to_uppercase()).collect();
    if titles.is_empty() {
        titles.push("CHỦ TỊCH".into());
    }
    if standing.authority == Authority::Committee && !titles[0].starts_with("TM.") {
        titles.insert(0, "TM. ỦY BAN NHÂN DÂN".into());
    }
    Signature { recipients, titles, name: name.unwrap_or_default() }
}
