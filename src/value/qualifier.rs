//! Qualifiers: words that narrow, condition or open a task or target. They are kept as written; this room only says where they stand.

use std::ops::Range;

use nom::Parser;
use nom::combinator::opt;
use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::word::{any_of, brackets, in_word, phrase, space1, taken, up_to};

/// Words that qualify what a text says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualifier {
    /// First byte in the text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// What the words do.
    pub kind: QualifierKind,
}

impl Qualifier {
    /// Returns the bytes as a range that slices the text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What qualifying words do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QualifierKind {
    /// `trừ hồ sơ thuộc phạm vi bí mật nhà nước`.
    Exception,
    /// `nếu có`.
    IfAny,
    /// `đủ điều kiện`.
    Eligible,
    /// `đang còn hiệu lực và có giá trị sử dụng`.
    StillValid,
    /// `thuộc diện sắp xếp`.
    InScope,
    /// `không thuộc diện sắp xếp`.
    NotInScope,
    /// `theo thẩm quyền của huyện`.
    ByCompetence,
    /// `theo quy định hiện hành`: the law, or nobody in particular.
    ByRule,
    /// `theo quy định của tỉnh`: the body's.
    ByRuleOf,
    /// `tại một số cơ quan, đơn vị`.
    Some,
    /// `xem xét điều chỉnh, bổ sung cho phù hợp`, `nếu có khó khăn, vướng mắc`: the way to change the plan.
    Amendment,
    /// `khi có văn bản chỉ đạo`.
    Condition,
    /// `thay thế Nghị quyết số …`.
    Replaces,
}

/// Returns the qualifiers of a text, in order, apart.
pub fn qualifiers(text: &str) -> Vec<Qualifier> {
    let mut out: Vec<Qualifier> = Vec::new();
    for word in crate::base::words(text) {
        if out.last().is_some_and(|last| word.start < last.end as usize) {
            continue;
        }
        if let Some((kind, length)) = at(text, word.start) {
            let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            out.push(Qualifier { start: byte(word.start), end: byte(word.start + length), kind });
        }
    }
    out
}

/// Returns where the first exception stands (`trừ …`, without brackets).
pub(super) fn exception(text: &str) -> Option<Range<usize>> {
    let starts = crate::base::words(text);
    starts.into_iter().find_map(|word| {
        at(text, word.start).filter(|(kind, _)| *kind == QualifierKind::Exception).map(|(_, n)| word.start..word.start + n)
    })
}

/// Returns the qualifier that opens at a byte: its kind and its length in bytes.
fn at(text: &str, start: usize) -> Option<(QualifierKind, usize)> {
    let input = &text[start..];
    let before = text[..start].trim_end();
    // inside brackets words run to the bracket's end, elsewhere to the clause's
    let clause = || match brackets(text).into_iter().find(|r| r.start < start && start < r.end) {
        Some(range) => text[start..range.end].trim_end_matches(')').trim_end(),
        None => up_to(input, &[';', '.', ')']),
    };
    let part = || up_to(clause(), &[',']);
    let fixed = |list: &'static [&'static str]| any_of(list)(input).ok().map(|(rest, _)| taken(input, rest));
    let opens = |list: &'static [&'static str]| any_of(list)(input).is_ok();

    if opens(&["trừ", "ngoại trừ", "không kể", "không bao gồm"])
        && !ends_with_word(before, &["loại", "khấu", "phòng", "bài", "giảm", "diệt", "ngoại"])
    {
        return Some((QualifierKind::Exception, clause().len()));
    }
    if opens(&["nếu có khó khăn", "nếu phát sinh", "nếu có vướng mắc", "nếu cần", "trường hợp cần"]) {
        return Some((QualifierKind::Amendment, clause().len()));
    }
    if let Some(length) = fixed(&["nếu có"]) {
        let alone = !input[length..].trim_start().starts_with(in_word);
        return alone.then_some((QualifierKind::IfAny, length));
    }
    if let Some(length) = fixed(&["đủ điều kiện", "có đủ điều kiện", "đáp ứng điều kiện"]) {
        return Some((QualifierKind::Eligible, length));
    }
    if let Ok((rest, _)) = (
        any_of(&["đang còn hiệu lực", "còn hiệu lực", "đang có hiệu lực"]),
        opt((space1, any_of(&["và có giá trị sử dụng", "và còn giá trị sử dụng"]))),
    )
        .parse(input)
    {
        return Some((QualifierKind::StillValid, taken(input, rest)));
    }
    if opens(&["không thuộc diện", "không thuộc phạm vi", "không thuộc đối tượng"]) {
        return Some((QualifierKind::NotInScope, part().len()));
    }
    if opens(&["thuộc diện", "thuộc đối tượng"]) {
        return Some((QualifierKind::InScope, part().len()));
    }
    if let Some(length) =
        fixed(&["theo đúng thẩm quyền", "theo thẩm quyền", "trong phạm vi thẩm quyền", "thuộc thẩm quyền giải quyết", "thuộc thẩm quyền"])
    {
        return Some((QualifierKind::ByCompetence, length + of_whom(&input[length..])));
    }
    if let Some(length) = fixed(&["theo đúng quy định hiện hành", "theo quy định hiện hành", "theo đúng quy định", "theo quy định"])
    {
        let of = of_whom(&input[length..]);
        let law = super::word::find(&input[length..length + of], &["pháp luật", "luật", "nhà nước"]).is_some();
        let kind = if of == 0 || law { QualifierKind::ByRule } else { QualifierKind::ByRuleOf };
        return Some((kind, length + of));
    }
    if let Ok((rest, _)) = (
        opt((phrase("tại"), space1)),
        phrase("một số"),
        space1,
        any_of(&["cơ quan", "đơn vị", "địa phương", "sở", "huyện", "xã", "lĩnh vực", "ngành"]),
    )
        .parse(input)
    {
        let listed = clause().len().min(taken(input, rest) + list_length(rest));
        return Some((QualifierKind::Some, listed));
    }
    if opens(&["xem xét điều chỉnh", "xem xét, điều chỉnh", "xem xét sửa đổi", "xem xét, sửa đổi", "đề xuất sửa đổi", "đề xuất điều chỉnh"])
    {
        return Some((QualifierKind::Amendment, clause().len()));
    }
    if opens(&["khi có", "khi được", "ngay khi có", "ngay khi"]) {
        return Some((QualifierKind::Condition, part().len()));
    }
    if let Ok((rest, _)) = (phrase("thay thế"), space1).parse(input) {
        let cited = Citation::find(rest);
        let last = cited.last().filter(|_| cited.first().is_some_and(|c| c.start == 0))?;
        return Some((
            QualifierKind::Replaces,
            (taken(input, rest) + last.end as usize).min(clause().len().max(taken(input, rest) + last.end as usize)),
        ));
    }
    None
}

/// Returns the length of ` của …` behind a rule or competence: a body's name.
fn of_whom(input: &str) -> usize {
    let Ok((rest, _)) = (space1, phrase("của"), space1).parse(input) else { return 0 };
    let law = any_of(&["văn bản quy phạm pháp luật", "văn bản quy định pháp luật", "pháp luật", "luật"])(rest);
    law.or_else(|_| super::body::body(rest)).map_or(0, |(behind, _)| taken(input, behind))
}

/// Returns the length of the rest of a list of short names (`, đơn vị, địa phương`).
fn list_length(input: &str) -> usize {
    let more = any_of(&["cơ quan", "đơn vị", "địa phương", "tổ chức", "sở", "ban", "ngành", "huyện", "xã", "lĩnh vực"]);
    let mut rest = input;
    while let Ok((behind, _)) = more(rest.trim_start_matches([' ', ',']).strip_prefix("và ").unwrap_or(rest.trim_start_matches([' ', ','])))
    {
        rest = behind;
    }
    taken(input, rest)
}

fn ends_with_word(text: &str, list: &[&str]) -> bool {
    crate::base::words(text).last().is_some_and(|w| w.end == text.len() && list.contains(&text[w.clone()].to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(QualifierKind, &str)> {
        qualifiers(text).into_iter().map(|q| (q.kind, &text[q.range()])).collect()
    }

    #[test]
    fn qualifiers_are_found_where_they_stand() {
        assert_eq!(
            found("100% hồ sơ (trừ hồ sơ mật, hồ sơ giấy) đủ điều kiện"),
            [(QualifierKind::Exception, "trừ hồ sơ mật, hồ sơ giấy"), (QualifierKind::Eligible, "đủ điều kiện")]
        );
        assert_eq!(
            found("Hợp đồng (nếu có); nếu có khó khăn, vướng mắc thì báo cáo"),
            [(QualifierKind::IfAny, "nếu có"), (QualifierKind::Amendment, "nếu có khó khăn, vướng mắc thì báo cáo")]
        );
        assert_eq!(
            found("theo quy định của tỉnh, theo quy định của pháp luật"),
            [(QualifierKind::ByRuleOf, "theo quy định của tỉnh"), (QualifierKind::ByRule, "theo quy định của pháp luật")]
        );
        assert_eq!(found("phòng trừ sâu bệnh, sửa đổi một số điều"), []);
        assert_eq!(
            found("(thay thế Nghị quyết số 182/2019/NQ-HĐND)"),
            [(QualifierKind::Replaces, "thay thế Nghị quyết số 182/2019/NQ-HĐND")]
        );
    }
}
