//! KH2028: a syllable that never stands alone, without the one that makes it a word (`và triển thực hiện`).

use super::Subject;
use super::subject::part_of;
use crate::base::{even, words};
use crate::diag::{Code, Diagnostic, msg};

/// A syllable, what may stand in front of it, and what may follow.
type Bound = (&'static str, &'static [&'static str], &'static [&'static str]);

/// Syllables of official prose that are half a word. Names are written with capitals and are left out.
const BOUND: &[Bound] = &[
    (
        "bảo",
        &["đảm", "dạy", "chỉ", "quốc", "gia"],
        &[
            "an", "ban", "chứng", "chưng", "dưỡng", "đảm", "hành", "hiểm", "hiến", "hộ", "lãnh", "lưu", "mật", "mẫu", "quản", "tàng",
            "thủ", "toàn", "tồn", "trì", "trợ", "vật", "vệ",
        ],
    ),
    ("khuyến", &[], &["cáo", "công", "diêm", "dụ", "học", "khích", "lâm", "mại", "mãi", "nghị", "ngư", "nông", "tài", "thiện"]),
    ("triển", &["phát", "tiến"], &["hạn", "khai", "lãm", "vọng"]),
    ("tuyên", &["lời"], &["án", "bố", "cáo", "dương", "đọc", "giáo", "huấn", "ngôn", "phạt", "thệ", "truyền", "úy"]),
    ("thẩm", &["bồi", "giám", "hội", "phúc", "sơ", "tái"], &["âm", "định", "mỹ", "phán", "quyền", "thấu", "tra", "vấn"]),
    ("khảo", &["đồng", "điều", "tham", "thi", "tra"], &["cổ", "cứu", "hạch", "luận", "nghiệm", "sát", "thí", "thi"]),
    ("hoạch", &["kế", "quy", "thu"], &["định", "toán"]),
    ("giám", &["thái"], &["định", "đốc", "hiệu", "hộ", "khảo", "mục", "sát", "thị"]),
    ("lĩnh", &["bản", "cương", "thống", "thủ", "tướng"], &["hội", "lương", "vực", "xướng"]),
    ("nhũng", &["tham"], &["nhiễu", "lạm", "loạn"]),
];

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    for own in on.own_texts() {
        if !BOUND.iter().any(|(syllable, _, _)| own.text.contains(syllable)) {
            continue;
        }
        let low = even(own.text);
        let (ranges, low_ranges) = (words(own.text), words(&low));
        if ranges.len() != low_ranges.len() {
            continue;
        }
        for (at, range) in ranges.iter().enumerate() {
            let word = &own.text[range.clone()];
            let Some((_, before, behind)) = BOUND.iter().find(|(syllable, _, _)| *syllable == word) else { continue };
            let beside = |other: usize, known: &[&str]| {
                let (a, b) = (other.min(at), other.max(at));
                let joined = own.text.get(ranges[a].end..ranges[b].start).is_some_and(|gap| gap.trim().is_empty());
                joined && known.contains(&&low[low_ranges[other].clone()])
            };
            let whole = at.checked_sub(1).is_some_and(|other| beside(other, before)) || (at + 1 < ranges.len() && beside(at + 1, behind));
            if whole {
                continue;
            }
            let (first, last) = (at.saturating_sub(1), (at + 1).min(ranges.len() - 1));
            let quote = &own.text[ranges[first].start..ranges[last].end];
            out.push(
                on.note(
                    Code::KH2028,
                    part_of(own.loc, own.text, range.clone()),
                    msg!("“{quote}”: chữ “{word}” thiếu chữ đi cùng", "“{quote}”: “{word}” lacks the syllable that makes it a word"),
                    &own.place,
                )
                .help(msg!("Bổ sung chữ còn thiếu theo bản gốc", "Supply what is missing from the original"))
                .quote(quote),
            );
        }
    }
}
