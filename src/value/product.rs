//! Products: what a task leaves behind.

use nom::Parser;
use nom::combinator::opt;
use nom::sequence::preceded;
use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::word::{any_of, bare, brackets, find, inside, phrase, space1, trim};

/// A product of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// As printed, without its own deadline.
    pub text: String,
    /// What kind of thing.
    pub kind: ProductKind,
    /// The body behind `của`, as printed (`UBND tỉnh`), where the product is a document.
    pub issuer: Option<String>,
    /// The body to whom it is `trình`, as printed.
    pub submitted_to: Option<String>,
    /// `(nếu có)`.
    pub optional: bool,
}

/// What a product is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProductKind {
    /// Quyết định, Nghị quyết, Kế hoạch, Đề án, Văn bản …
    Document,
    /// Báo cáo.
    Report,
    /// Laid before a body (`Báo cáo, trình HĐND tỉnh`).
    Submission,
    /// Hội nghị, cuộc thi …: something done.
    Activity,
    /// A state or a target reached.
    State,
    /// Results by another document (`Kết quả theo Kế hoạch số 140/KH-UBND`).
    External,
}

const DOCUMENTS: &[&str] = &[
    "quyết định",
    "nghị quyết",
    "kế hoạch",
    "đề án",
    "phương án",
    "văn bản",
    "công văn",
    "hướng dẫn",
    "quy chế",
    "quy định",
    "thông báo",
    "chương trình",
    "chỉ thị",
    "tờ trình",
    "hợp đồng",
    "danh mục",
    "biên bản",
    "hồ sơ",
    "dự thảo",
    "kết luận",
    "thông tư",
    "luật",
    "nghị định",
    "quy trình",
    "sổ tay",
    "tài liệu",
    "giấy",
    "phiếu",
    "bảng",
    "dự án",
    "dự toán",
    "đề cương",
    "phụ lục",
    "ý kiến",
    "kiến nghị",
    "bộ chỉ số",
    "bộ tiêu chí",
    "khung",
    "nội quy",
    "quy hoạch",
    "điều lệ",
    "công điện",
    "giấy mời",
    "bản",
    "bài viết",
    "thư",
];

const ACTIVITIES: &[&str] = &[
    "hội nghị",
    "hội thảo",
    "cuộc thi",
    "hội thi",
    "lớp",
    "đợt",
    "buổi",
    "tổ chức",
    "tập huấn",
    "tuyên truyền",
    "chuyên mục",
    "chuyên đề",
    "phóng sự",
    "kiểm tra",
    "thanh tra",
    "đoàn",
    "cuộc",
    "tọa đàm",
    "toạ đàm",
    "lễ",
    "chiến dịch",
    "hoạt động",
    "khảo sát",
    "diễn đàn",
    "phong trào",
    "triển khai",
    "thực hiện",
    "tham mưu",
    "xây dựng",
    "tin, bài",
    "tin bài",
];

/// What may stand in front of the word that says the kind.
const FRONT: &[&str] = &["các", "những", "việc", "bộ", "sản phẩm", "kết quả là", "01", "02", "03", "1", "2", "3", "hệ thống"];

impl Product {
    /// Returns what a product's text means. The text is kept as it stands; take its own deadline off first ([`split_own_deadline`]).
    pub fn parse(text: &str) -> Self {
        let text = trim(text);
        let named = unlabelled(text);
        let submitted_to = addressee(text);
        let kind = kind(named, submitted_to.is_some());
        let issuer = match kind {
            ProductKind::Document | ProductKind::Report | ProductKind::Submission => issuer(text),
            ProductKind::Activity | ProductKind::State | ProductKind::External => None,
        };
        let optional = find(text, &["nếu có"]).is_some_and(|r| !text[r.end..].trim_start().starts_with(super::word::in_word));
        Self { text: text.to_owned(), kind, issuer: issuer.map(str::to_owned), submitted_to: submitted_to.map(str::to_owned), optional }
    }

    /// Returns the products of a one-line list: apart by `;`, `; -`, `. -`, and by a comma where another document with its issuer follows
    /// (`Nghị quyết của HĐND, Quyết định của UBND các cấp`). Never empty for text that is not blank.
    pub fn parse_list(line: &str) -> Vec<Self> {
        let closed = brackets(line);
        let mut out = Vec::new();
        let mut start = 0;
        for (at, c) in line.char_indices().filter(|(at, _)| !inside(&closed, *at)) {
            let behind = line[at + c.len_utf8()..].trim_start();
            let parts = match c {
                ';' => true,
                '.' => behind.starts_with("- ") || behind.starts_with("+ "),
                ',' => {
                    any_of(DOCUMENTS)(behind).is_ok_and(|(rest, _)| phrase("của")(rest.trim_start()).is_ok())
                        && issuer(&line[start..at]).is_some()
                }
                _ => false,
            };
            if parts {
                out.push(&line[start..at]);
                start = at + c.len_utf8();
            }
        }
        out.push(&line[start..]);
        let clean = |part: &str| part.trim().trim_start_matches("- ").trim_start_matches("+ ").trim().to_owned();
        out.into_iter().map(clean).filter(|part| !bare(part).is_empty()).map(|part| Self::parse(&part)).collect()
    }
}

/// Returns a product's text without its own deadline in brackets at the end, and the words of that deadline: `Kế hoạch (hạn: Quý I/2022)`.
pub fn split_own_deadline(text: &str) -> (&str, Option<&str>) {
    let trimmed = text.trim().trim_end_matches(['.', ';', ' ']);
    let own = brackets(trimmed).into_iter().next_back().filter(|r| r.end == trimmed.len()).and_then(|range| {
        let inner = trimmed[range.clone()].strip_prefix('(')?.strip_suffix(')')?.trim();
        let (rest, _) = any_of(&["hạn", "thời hạn", "thời gian", "thời gian hoàn thành"])(inner).ok()?;
        let words = rest.trim_start().strip_prefix(':')?.trim();
        Some((trimmed[..range.start].trim_end(), words))
    });
    own.map_or((text.trim(), None), |(text, words)| (text, Some(words)))
}

fn unlabelled(text: &str) -> &str {
    let label = any_of(&["sản phẩm/kết quả", "sản phẩm", "kết quả"])(text).ok();
    label.and_then(|(rest, _)| rest.trim_start().strip_prefix(':')).map_or(text, str::trim_start)
}

fn kind(text: &str, submitted: bool) -> ProductKind {
    let mut head = text.trim_start_matches(['-', '+', ' ']);
    while let Ok((rest, _)) = (any_of(FRONT), space1).parse(head) {
        head = rest;
    }
    let by_another =
        |text| (opt((any_of(&["kết quả", "kết quả thực hiện", "thực hiện"]), space1)), phrase("theo"), space1).parse(text).is_ok();
    if by_another(text) {
        return ProductKind::External;
    }
    if phrase("báo cáo")(head).is_ok() || phrase("trình")(head).is_ok() {
        return if submitted { ProductKind::Submission } else { ProductKind::Report };
    }
    if any_of(DOCUMENTS)(head).is_ok() {
        return ProductKind::Document;
    }
    if any_of(ACTIVITIES)(head).is_ok() {
        return ProductKind::Activity;
    }
    ProductKind::State
}

/// Words in front of `trình` that make it part of another word.
const BEFORE_SUBMIT: &[&str] = &[
    "tờ", "chương", "quy", "công", "quá", "lộ", "giáo", "tiến", "hành", "lịch", "phát", "duy", "thuyết", "tường", "hình", "khởi", "giải",
    "đệ",
];

/// Words behind `trình` that make it part of another word.
const BEHIND_SUBMIT: &[&str] = &["độ", "tự", "bày", "diễn", "chiếu", "báo"];

/// Words behind a body's name that open what it shall do.
const BEHIND_ADDRESSEE: &[&str] = &[
    "xem xét",
    "quyết định",
    "phê duyệt",
    "ban hành",
    "thông qua",
    "cho ý kiến",
    "cho chủ trương",
    "về",
    "nếu có",
    "tại",
    "theo",
    "đề án",
    "dự thảo",
    "kế hoạch",
];

fn addressee(text: &str) -> Option<&str> {
    let mut before = "";
    for word in crate::base::words(text) {
        let part = &text[word.clone()];
        let submits = phrase("trình")(part).is_ok() && !BEFORE_SUBMIT.iter().any(|w| phrase(w)(before).is_ok());
        before = part;
        if !submits {
            continue;
        }
        let behind = text[word.end..].trim_start();
        let behind = preceded((any_of(&["ký", "duyệt", "phê duyệt", "ban hành"]), space1), nom::combinator::rest)
            .parse(behind)
            .map_or(behind, |(_, rest)| rest);
        let body = run(behind, BEHIND_ADDRESSEE);
        if !body.is_empty() && any_of(BEHIND_SUBMIT)(behind).is_err() {
            return Some(body);
        }
    }
    None
}

/// Words behind an issuer that open the subject.
const BEHIND_ISSUER: &[&str] = &[
    "phê duyệt",
    "ban hành",
    "về",
    "quy định",
    "theo",
    "nếu có",
    "công bố",
    "thành lập",
    "giao",
    "triển khai",
    "thực hiện",
    "sửa đổi",
    "trình",
    "được",
    "kèm theo",
    "đối với",
    "cho",
    "năm",
    "giai đoạn",
    "tại",
    "trong",
    "để",
];

/// What cannot issue anything.
const NO_ISSUER: &[&str] =
    &["năm", "quý", "tháng", "đề án", "kế hoạch", "chương trình", "dự án", "nhiệm vụ", "việc", "pháp luật", "quyết định", "nghị quyết"];

fn issuer(text: &str) -> Option<&str> {
    let cited: Vec<_> = Citation::find(text).iter().map(Citation::range).collect();
    let closed = brackets(text);
    let own = crate::base::words(text)
        .into_iter()
        .find(|w| phrase("của")(&text[w.clone()]).is_ok() && !inside(&cited, w.start) && !inside(&closed, w.start))?;
    let behind = text[own.end..].trim_start();
    let body = run(behind, BEHIND_ISSUER);
    (!body.is_empty() && any_of(NO_ISSUER)(behind).is_err()).then_some(body)
}

/// Returns a run of words up to a bracket, `;`, a stop, one of `ends`, or a comma behind which another document begins.
fn run<'a>(text: &'a str, ends: &'static [&'static str]) -> &'a str {
    let stop = text.char_indices().find(|(at, c)| {
        let behind = text[at + c.len_utf8()..].trim_start();
        match c {
            '(' | ')' | ';' | ':' => true,
            '.' => behind.is_empty() || text[at + 1..].starts_with(' '),
            ',' => {
                any_of(DOCUMENTS)(behind).is_ok()
                    || any_of(ends)(behind).is_ok()
                    || phrase("trình")(behind).is_ok()
                    || phrase("báo cáo")(behind).is_ok()
            }
            _ => false,
        }
    });
    let text = &text[..stop.map_or(text.len(), |(at, _)| at)];
    let end = find(text, ends).map_or(text.len(), |r| r.start);
    trim(&text[..end.min(text.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issuer_and_addressee_are_read() {
        let read = |text: &str| {
            let p = Product::parse(text);
            (p.kind, p.issuer, p.submitted_to)
        };
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(read("Quyết định của UBND tỉnh phê duyệt Đề án"), (ProductKind::Document, some("UBND tỉnh"), None));
        assert_eq!(read("Kế hoạch CCHC 2022 của các cơ quan, đơn vị"), (ProductKind::Document, some("các cơ quan, đơn vị"), None));
        assert_eq!(read("Báo cáo, trình Ban Thường vụ Tỉnh ủy"), (ProductKind::Submission, None, some("Ban Thường vụ Tỉnh ủy")));
        assert_eq!(read("Đề án trình Chủ tịch UBND tỉnh"), (ProductKind::Document, None, some("Chủ tịch UBND tỉnh")));
        assert_eq!(read("Chương trình hành động"), (ProductKind::Document, None, None));
        assert_eq!(read("Báo cáo kết quả thực hiện"), (ProductKind::Report, None, None));
        assert_eq!(
            read("Nghị quyết của Ban Quản lý Khu Văn hóa, Thể thao"),
            (ProductKind::Document, some("Ban Quản lý Khu Văn hóa, Thể thao"), None)
        );
    }

    #[test]
    fn a_product_may_bring_its_own_deadline() {
        assert_eq!(split_own_deadline("Kế hoạch (hạn: Quý I/2022);"), ("Kế hoạch", Some("Quý I/2022")));
        assert_eq!(split_own_deadline("Hợp đồng (nếu có) (hạn: trong năm (2022))"), ("Hợp đồng (nếu có)", Some("trong năm (2022)")));
        assert_eq!(split_own_deadline("Hợp đồng (nếu có)"), ("Hợp đồng (nếu có)", None));
    }

    #[test]
    fn a_comma_parts_documents_of_several_bodies() {
        let list = Product::parse_list("Nghị quyết của HĐND, Quyết định của UBND các cấp theo thẩm quyền");
        assert_eq!(list.iter().map(|p| p.issuer.as_deref().unwrap_or("")).collect::<Vec<_>>(), ["HĐND", "UBND các cấp"]);
        assert_eq!(Product::parse_list("- Kế hoạch; - Báo cáo kết quả thực hiện.").len(), 2);
        assert_eq!(Product::parse_list("Tin, bài; Hợp đồng (tờ rơi; quảng cáo)").len(), 2);
    }
}
