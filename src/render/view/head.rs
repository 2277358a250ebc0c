//! What stands before and around the plan: national heading, title, bases, articles, recipients, signature.

use super::standing::Standing;
use super::wording::{bare, lower_first, printed};
use super::{Article, Heading, Mark, PlanHead, Signature, Title};
use crate::model::{Authority, Form, Text};

/// Returns the head of the first page.
pub(super) fn heading(standing: &Standing<'_>) -> Heading {
    let [day, month, year] = standing.date();
    let plan = standing.plan.code.text.as_str();
    let number = format!("Số: {}", standing.number());
    let place = standing.proper_name();
    let place_date = format!("{place}, ngày {day} tháng {month} năm {year}");
    Heading {
        superior: Vec::new(),
        issuer: vec!["ỦY BAN NHÂN DÂN".into(), standing.unit_name().to_uppercase()],
        nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".into(),
        motto: "Độc lập - Tự do - Hạnh phúc".into(),
        number_marks: vec![Mark::of_plan(plan, "number", "Số: ".len(), number.len())],
        number,
        date_marks: vec![Mark::of_plan(plan, "date", place.len() + ", ".len(), place_date.len())],
        place_date,
    }
}

/// Returns type and subject of the signed document.
pub(super) fn title(standing: &Standing<'_>) -> Title {
    let (subject, marks) = match standing.form {
        Form::Decision => (format!("Ban hành {}", standing.named()), Vec::new()),
        Form::Plan => titled(standing),
    };
    Title { kind: standing.kind().to_uppercase(), subject, marks }
}

/// Returns the plan's subject and the mark over it.
fn titled(standing: &Standing<'_>) -> (String, Vec<Mark>) {
    let subject = standing.subject();
    let mark = Mark::of_plan(&standing.plan.code.text, "title", 0, subject.len());
    (subject, vec![mark])
}

/// Returns the head of the plan behind its decision.
pub(super) fn plan_head(standing: &Standing<'_>) -> PlanHead {
    let attached = match standing.form {
        Form::Decision => format!("(Ban hành kèm theo {})", standing.citation()),
        Form::Plan => String::new(),
    };
    let (subject, marks) = titled(standing);
    PlanHead { kind: "KẾ HOẠCH".into(), subject, marks, attached }
}

/// Returns bases and proposal, each with the mark over what the plan states: each ends in `;`, the last one of a decision in `.`.
pub(super) fn bases(standing: &Standing<'_>) -> Vec<(String, Vec<Mark>)> {
    let header = &standing.plan.header;
    let opened = |text: &str, words: &str, known: &[&str], field: &str| {
        let text = printed(bare(text));
        let stands = known.iter().any(|known| text.to_lowercase().starts_with(known));
        let start = if stands { 0 } else { words.len() + 1 };
        let text = if stands { text } else { format!("{words} {text}") };
        let mark = Mark::of_plan(&standing.plan.code.text, field, start, text.len());
        (text, vec![mark])
    };
    let mut out: Vec<(String, Vec<Mark>)> = header
        .bases
        .iter()
        .map(|basis| opened(&basis.value, "Căn cứ", &["căn cứ", "thực hiện", "xét", "theo đề nghị"], "bases"))
        .chain(
            header
                .proposed_by
                .iter()
                .map(|by| opened(&by.value, "Theo đề nghị của", &["theo đề nghị", "xét đề nghị", "theo "], "proposer")),
        )
        .collect();
    let last = out.len().saturating_sub(1);
    // a plan issued directly goes on with its opening sentence
    let end = if standing.form == Form::Plan { ';' } else { '.' };
    out.iter_mut().enumerate().for_each(|(at, (text, _))| text.push(if at == last { end } else { ';' }));
    out
}

/// Returns the paragraphs that open the plan; where a plan issued directly states none, the usual sentence.
pub(super) fn opening(standing: &Standing<'_>) -> Vec<(String, Vec<Mark>)> {
    let stated = &standing.plan.header.opening;
    if stated.is_empty() && standing.form == Form::Plan {
        return vec![(format!("{} ban hành {} như sau:", standing.issuer(), standing.named()), Vec::new())];
    }
    let marked = |text: &Text| {
        let text = printed(&text.value);
        let mark = Mark::of_plan(&standing.plan.code.text, "opening", 0, text.len());
        (text, vec![mark])
    };
    stated.iter().map(marked).collect()
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
    let marked = |text: String, field: &str, value: Option<&str>| {
        let found = value.and_then(|value| text.find(value).map(|start| (start, start + value.len())));
        let mark = found.map(|(start, end)| Mark::of_plan(&standing.plan.code.text, field, start, end));
        (text, mark.into_iter().collect::<Vec<Mark>>())
    };
    let value = |text: &Option<Text>| text.as_ref().map(|text| printed(bare(&text.value)));
    let (held, duties) = (value(&header.effect), value(&header.responsible));
    // behind its opening words a value begins small
    let held = held.map(|held| if effect.as_ref().is_some_and(|effect| effect.contains(&held)) { held } else { lower_first(&held) });
    let effect = effect.map(|effect| marked(format!("{effect}."), "effect", held.as_deref()));
    let last = marked(format!("{responsible}./."), "responsible", duties.as_deref());
    let texts = std::iter::once((first, Vec::new())).chain(effect).chain([last]);
    texts.enumerate().map(|(at, (text, marks))| Article { label: format!("Điều {}.", at + 1), text, marks }).collect()
}

/// Returns recipients and signature. Without `Nơi nhận` the two lines stand that every document has.
pub(super) fn signature(standing: &Standing<'_>) -> Signature {
    let header = &standing.plan.header;
    let mut recipients: Vec<String> = header.recipients.iter().map(|to| printed(bare(&to.value))).collect();
    if recipients.is_empty() {
        let articles = matches!(standing.form, Form::Decision).then(|| format!("Như Điều {}", articles(standing).len()));
        recipients = articles.into_iter().chain(["Lưu: VT".to_owned()]).collect();
    }
    let stated = !header.recipients.is_empty();
    let last = recipients.len().saturating_sub(1);
    let recipients: Vec<String> =
        recipients.iter().enumerate().map(|(at, to)| format!("- {to}{}", if at == last { "." } else { ";" })).collect();

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
    let name = name.unwrap_or_default();
    let of_plan = |field: &str, line: usize, text: &str| Mark { line, ..Mark::of_plan(&standing.plan.code.text, field, 0, text.len()) };
    let recipient_marks = recipients.iter().enumerate().filter(|_| stated).map(|(at, to)| of_plan("recipients", at, to)).collect();
    // lines that the plan does not state have no place to be read back from
    let own = |line: &String| lines.iter().any(|stated| stated.to_uppercase() == *line);
    let title_marks = titles.iter().enumerate().filter(|(_, line)| own(line)).map(|(at, line)| of_plan("office", at, line)).collect();
    let name_marks = vec![of_plan("signer", 0, &name)];
    Signature { recipients, recipient_marks, titles, title_marks, name, name_marks }
}
