//! KẾ HOẠCH: code, title and what stands on the first pages.

use super::super::Article;
use super::{Writer, prose, tree};
use crate::base::Key;
use crate::syntax::ast::{Block, Keyword, Label};

/// Returns the plan's heading with its labels. What no label takes stands as a comment above.
pub(super) fn block(cx: &Writer<'_>) -> Block {
    let header = &cx.reading.header;
    let year = cx.options.year.or(header.year);
    let unit = cx.options.unit.map_or_else(|| unit_of(&header.issuer), str::to_owned);
    let mut out = tree::block(Keyword::Plan, tree::code(&code(cx, &unit)), &header.title);
    tree::put(&mut out, Label::Unit, &unit);
    match (header.period, year) {
        (Some((first, last)), _) if cx.options.year.is_none() => tree::put(&mut out, Label::Period, &format!("{first} - {last}")),
        (_, Some(year)) => tree::put(&mut out, Label::Year, &year.to_string()),
        (_, None) => {}
    }
    tree::put(&mut out, Label::Form, &header.form);
    tree::put(&mut out, Label::Layout, layout(cx));
    if !header.signer.title.is_empty() {
        tree::put(&mut out, Label::Authority, if header.signer.title.contains("TM.") { "UBND" } else { "Chủ tịch" });
    }
    tree::put(&mut out, Label::Number, &header.number);
    tree::put(&mut out, Label::Date, &header.date.map(|date| date.to_string()).unwrap_or_default());
    let mut signer: Vec<String> = tree::lines(&header.signer.title);
    signer.retain(|line| !line.starts_with("TM."));
    signer.extend(tree::lines(&header.signer.name));
    tree::put(&mut out, Label::Signer, &signer.join(" | "));
    let bases: Vec<&str> = header.legal_bases.iter().map(|basis| basis.text.as_str()).collect();
    tree::put_list(&mut out, Label::Basis, &bases);
    tree::put(&mut out, Label::ProposedBy, &header.proposer);
    let opening: Vec<String> = prose::opening(cx.reading).iter().flat_map(|part| tree::lines(&part.text)).collect();
    tree::put_list(&mut out, Label::Opening, &opening);
    tree::put(&mut out, Label::Validity, effect(&header.articles).unwrap_or_default());
    tree::put(&mut out, Label::Replaces, &header.replaces);
    tree::put(&mut out, Label::Responsible, &header.responsible);
    tree::put_list(&mut out, Label::Recipients, &header.recipients);
    tree::put(&mut out, Label::Mode, "ghi nhận");
    tree::put(&mut out, Label::Origin, cx.options.file);
    if !header.issuer.is_empty() {
        out.trivia.comments.push(format!("# Cơ quan ban hành: {}", tree::one_line(&header.issuer)));
    }
    if !header.place.is_empty() {
        out.trivia.comments.push(format!("# Nơi ký: {}", tree::one_line(&header.place)));
    }
    for article in &header.articles {
        out.trivia.comments.push(format!("# Điều {}. {}", article.number, tree::one_line(&article.text)));
    }
    out
}

/// Returns the plan's code: the one asked for, else the unit's with the year, else the document's name.
fn code(cx: &Writer<'_>, unit: &str) -> String {
    if let Some(code) = cx.options.code {
        return code.to_owned();
    }
    let year = cx.options.year.or(cx.reading.header.year).or(cx.reading.header.period.map(|(first, _)| first));
    let known = cx.options.registry.and_then(|registry| registry.find_unit(unit, cx.date).map(|id| registry.unit(id).code.clone()));
    let stem = cx.options.file.rsplit(['/', '\\']).next().unwrap_or("").split('.').next().unwrap_or("").to_uppercase();
    match (known, year) {
        (Some(code), Some(year)) => format!("{code}-{year}"),
        (Some(code), None) => code,
        (None, _) => stem,
    }
}

/// Returns the unit whose body issued the document (`tỉnh Thanh Hóa` for `Ủy ban nhân dân tỉnh Thanh Hóa`).
fn unit_of(issuer: &str) -> String {
    let words = tree::one_line(issuer);
    let key = Key::new(&words);
    let spaced = |count: usize| words.split(' ').skip(count).collect::<Vec<_>>().join(" ");
    for (opening, count) in [("chủ tịch ủy ban nhân dân ", 6), ("chủ tịch ubnd ", 3), ("ủy ban nhân dân ", 4), ("ubnd ", 1)]
    {
        if key.as_str().starts_with(opening) {
            return lowered(&spaced(count));
        }
    }
    words
}

/// Returns a unit's name in capitals (`TỈNH THANH HÓA`) as names are written; any other as it is.
fn lowered(name: &str) -> String {
    let capitals = !name.chars().any(char::is_lowercase);
    let mut out: Vec<String> = name.split(' ').map(str::to_owned).collect();
    if capitals {
        for word in &mut out {
            let mut letters = word.chars();
            *word = letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default();
        }
    }
    let levels = ["Tỉnh", "Thành", "Huyện", "Thị", "Quận", "Xã", "Phường"];
    if let Some(first) = out.first_mut().filter(|first| levels.contains(&first.as_str())) {
        *first = first.to_lowercase();
    }
    if let Some(second) = out.get_mut(1).filter(|second| matches!(second.as_str(), "Phố" | "Xã" | "Trấn")) {
        *second = second.to_lowercase();
    }
    out.join(" ")
}

/// Returns from when a decision holds, where an article says it.
fn effect(articles: &[Article]) -> Option<&str> {
    let found =
        articles.iter().find_map(|article| article.text.split_once("có hiệu lực thi hành ").or(article.text.split_once("có hiệu lực ")));
    let words = found?.1.split(['.', ';', '\n']).next()?;
    Some(words.split(" và thay thế").next().unwrap_or(words).trim())
}

fn layout(cx: &Writer<'_>) -> &'static str {
    let reading = cx.reading;
    if reading.tasks.is_empty() && !reading.criteria.is_empty() {
        "bảng điểm"
    } else if reading.tasks.iter().any(|task| task.appendix.is_empty() && task.origin.table == 0) {
        "trong kế hoạch"
    } else if reading.appendices.is_empty() || reading.appendices.iter().all(|one| Key::new(&one.name).as_str() == "danh mục") {
        "danh mục"
    } else {
        "phụ lục"
    }
}
