//! KH2011: a word written twice in a row (`các các`), in the plan's own words.
//!
//! Vietnamese compounds may rightly meet with equal syllables (`quy định định mức`, `hành vi vi phạm`), and some words are doubled on purpose
//! (`luôn luôn`). A doubled particle is a slip anywhere; another syllable is one only where the plan elsewhere joins it with what follows and
//! never with what precedes.

use std::collections::BTreeSet;

use super::Subject;
use super::subject::part_of;
use crate::base::{even, words};
use crate::diag::{Code, Diagnostic, msg};

/// Words that join or count others: never doubled on purpose.
const PARTICLES: &[&str] = &[
    "bằng", "bị", "bởi", "bao", "các", "cho", "chưa", "có", "còn", "của", "do", "dưới", "đã", "đang", "đến", "để", "đối", "được", "giữa",
    "hoặc", "hơn", "khi", "không", "là", "mà", "mỗi", "một", "những", "này", "nên", "ở", "phải", "qua", "ra", "sau", "sẽ", "tại", "theo",
    "thì", "trên", "trong", "trước", "từ", "và", "vào", "về", "với",
];

/// Words that are doubled on purpose.
const DOUBLED: &[&str] = &["dần", "đều", "hoài", "luôn", "mãi", "ngày", "người", "nhà", "nhanh", "riêng", "thường", "từng", "xa"];

/// Compounds whose last syllable may open the next word (`hành vi vi phạm`, `đơn vị vị trí việc làm`).
const WHOLE: &[&str] = &[
    "báo cáo",
    "bảo đảm",
    "chỉ định",
    "chỉ tiêu",
    "chính sách",
    "chức danh",
    "chương trình",
    "công chức",
    "công tác",
    "công trình",
    "công vụ",
    "dịch vụ",
    "đánh giá",
    "địa phương",
    "đơn vị",
    "giải pháp",
    "hành động",
    "hành vi",
    "hiệu quả",
    "hợp tác",
    "kế hoạch",
    "kết quả",
    "kiểm tra",
    "lĩnh vực",
    "lộ trình",
    "lực lượng",
    "mục tiêu",
    "người dân",
    "nhân dân",
    "nhiệm vụ",
    "nhu cầu",
    "ổn định",
    "phát hiện",
    "phát triển",
    "quản lý",
    "quyết định",
    "quy định",
    "quy hoạch",
    "quy trình",
    "sử dụng",
    "thanh tra",
    "thành lập",
    "thành viên",
    "thẩm định",
    "thông tin",
    "thủ tục",
    "thực hiện",
    "tổ chức",
    "trực tiếp",
    "viên chức",
    "xác định",
    "xử lý",
    "yêu cầu",
];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let texts = on.own_texts();
    let mut doubled = Vec::new();
    for (at, own) in texts.iter().enumerate() {
        let low = even(own.text);
        let low_words = words(&low);
        // `even` keeps the count of characters, not of bytes: the words of both stand in the same order
        let own_words = words(own.text);
        for i in 1..low_words.len().min(own_words.len()) {
            let apart = own.text.get(own_words[i - 1].end..own_words[i].start);
            if low[low_words[i - 1].clone()] == low[low_words[i].clone()] && apart == Some(" ") {
                doubled.push((at, i, low_words.iter().map(|range| low[range.clone()].to_owned()).collect::<Vec<_>>()));
            }
        }
    }
    if doubled.is_empty() {
        return;
    }
    let pairs = pairs(on, &texts);
    for (at, i, low) in doubled {
        let (own, word) = (&texts[at], low[i].as_str());
        if !is_slip(&low, i, &pairs) {
            continue;
        }
        let ranges = words(own.text);
        let range = ranges[i - 1].start..ranges[i].end;
        let (place, quote) = (&own.place, own.text.get(range.clone()).unwrap_or(word));
        out.push(
            on.note(
                Code::KH2011,
                part_of(own.loc, own.text, range.clone()),
                msg!("“{word}” viết hai lần liền nhau", "“{word}” stands twice in a row"),
                place,
            )
            .help(msg!("Bỏ một chữ", "Remove one"))
            .quote(quote),
        );
    }
}

/// Says whether the words `i - 1` and `i`, which are equal, are a slip.
fn is_slip(low: &[String], i: usize, pairs: &BTreeSet<(String, String)>) -> bool {
    let word = low[i].as_str();
    if word.chars().all(|c| c.is_ascii_digit()) || DOUBLED.contains(&word) || word.chars().count() == 1 && !PARTICLES.contains(&word) {
        return false;
    }
    if PARTICLES.contains(&word) {
        return true;
    }
    let joins = |a: Option<&String>, b: Option<&String>| a.zip(b).is_some_and(|(a, b)| pairs.contains(&(a.clone(), b.clone())));
    let before = i.checked_sub(2).and_then(|at| low.get(at));
    let whole = before.is_some_and(|before| WHOLE.contains(&format!("{before} {word}").as_str()));
    !whole && joins(low.get(i), low.get(i + 1)) && !joins(before, low.get(i - 1))
}

/// Returns all pairs of neighbouring words of the texts and of names in the registry, those beside a doubled word left out.
fn pairs(on: &Subject<'_>, texts: &[super::subject::OwnText<'_>]) -> BTreeSet<(String, String)> {
    let mut out = BTreeSet::new();
    let names = on.model.registry.agencies().map(|(_, agency)| agency.name.as_str());
    for text in texts.iter().map(|own| own.text).chain(names) {
        let low = even(text);
        let ranges = words(&low);
        let list: Vec<&str> = ranges.iter().map(|range| &low[range.clone()]).collect();
        for i in 1..list.len() {
            // words that a mark parts are no compound
            if low.get(ranges[i - 1].end..ranges[i].start) != Some(" ") {
                continue;
            }
            let beside = list[i - 1] == list[i] || (i >= 2 && list[i - 2] == list[i - 1]) || list.get(i + 1) == Some(&list[i]);
            if !beside {
                out.insert((list[i - 1].to_owned(), list[i].to_owned()));
            }
        }
    }
    out
}
