//! The closed list of headings: where each counts, what stands behind it, what stands below it.

use super::ast::Keyword;
use crate::base::toneless;

/// What a heading's argument looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing (BẢNG ĐIỂM).
    None,
    /// One code that is declared here.
    Code,
    /// One code of a parent, which may be qualified.
    Reference,
    /// Codes of parents, which may be qualified.
    References,
    /// The same; or `a CÙNG b`.
    Together,
    /// `a THÀNH b, c`.
    Split,
    /// `a, b THÀNH c`.
    Merge,
    /// A name up to the end of the line.
    Name,
    /// `huyện SANG xã: codes`.
    Move,
    /// I, II, III.
    Roman,
    /// 01, or nothing.
    NumberOrNone,
    /// 2.
    Number,
    /// 1.1.
    Dotted,
    /// `KH3005 TTHC-03`.
    Accept,
}

/// What stands below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Body {
    /// Fields under labels.
    Fields,
    /// Bare items.
    Items,
    /// MỤC, items and paragraphs.
    Prose,
}

/// What the headings around a line belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// No heading that opens a registry or a plan stands above.
    #[default]
    Nothing,
    /// Below DANH BẠ.
    Registry,
    /// Below KẾ HOẠCH.
    Plan,
    /// Below GIAO KẾ HOẠCH.
    HandOn,
    /// Below LẬP NĂM.
    NextYear,
}

impl Scope {
    /// Returns the scope that a heading opens, if it opens one.
    pub fn opened_by(keyword: Keyword) -> Option<Self> {
        match keyword {
            Keyword::Registry => Some(Self::Registry),
            Keyword::Plan => Some(Self::Plan),
            Keyword::HandOn => Some(Self::HandOn),
            Keyword::NextYear => Some(Self::NextYear),
            _ => None,
        }
    }
}

impl Keyword {
    /// Says whether the heading counts only below DANH BẠ.
    pub fn is_of_registry(self) -> bool {
        matches!(self, Self::Level | Self::Unit | Self::Agency | Self::Sector | Self::Group | Self::Terms)
    }

    pub(super) fn shape(self) -> Shape {
        match self {
            Self::Registry
            | Self::Plan
            | Self::HandOn
            | Self::NextYear
            | Self::Unit
            | Self::Agency
            | Self::Task
            | Self::Addition
            | Self::Target
            | Self::AddTarget => Shape::Code,
            Self::Amend | Self::AmendTarget => Shape::Reference,
            Self::Waive | Self::WaiveTarget | Self::Finish | Self::FinishTarget | Self::Own => Shape::References,
            Self::Inherit | Self::InheritTarget | Self::Continue | Self::ContinueTarget => Shape::Together,
            Self::Split => Shape::Split,
            Self::Merge => Shape::Merge,
            Self::Level | Self::Sector | Self::Group => Shape::Name,
            Self::MoveLevel => Shape::Move,
            Self::Part => Shape::Roman,
            Self::Appendix => Shape::NumberOrNone,
            Self::TaskGroup => Shape::Number,
            Self::Criterion => Shape::Dotted,
            Self::ScoreTable | Self::Terms => Shape::None,
            Self::Accept => Shape::Accept,
        }
    }

    /// Returns the heading that says the same of targets.
    pub(super) fn for_targets(self) -> Option<Self> {
        match self {
            Self::Addition => Some(Self::AddTarget),
            Self::Inherit => Some(Self::InheritTarget),
            Self::Amend => Some(Self::AmendTarget),
            Self::Waive => Some(Self::WaiveTarget),
            Self::Continue => Some(Self::ContinueTarget),
            Self::Finish => Some(Self::FinishTarget),
            _ => None,
        }
    }

    /// Says whether codes stand behind it, which may run over lines.
    pub(super) fn takes_list(self) -> bool {
        matches!(self.shape(), Shape::References | Shape::Together | Shape::Split | Shape::Merge | Shape::Move)
    }

    pub(super) fn body(self) -> Body {
        match self {
            Self::Part => Body::Prose,
            Self::Sector | Self::Terms => Body::Items,
            _ => Body::Fields,
        }
    }

    /// Returns a heading line that fits, for messages.
    pub fn example(self) -> &'static str {
        match self {
            Self::Registry => "DANH BẠ THANH-HÓA: Danh bạ cơ quan tỉnh Thanh Hóa",
            Self::Plan => "KẾ HOẠCH TH-2022: Cải cách hành chính năm 2022",
            Self::HandOn => "GIAO KẾ HOẠCH TH-2022-HUYỆN: Giao kế hoạch đến các huyện",
            Self::NextYear => "LẬP NĂM TH-2023: Cải cách hành chính năm 2023",
            Self::Level => "CẤP huyện",
            Self::Unit => "ĐƠN VỊ HOẰNG-HÓA: huyện Hoằng Hóa",
            Self::Agency => "CƠ QUAN SNV: Sở Nội vụ",
            Self::Sector => "NGÀNH tư pháp",
            Self::Group => "NHÓM Các cơ quan liên quan",
            Self::Terms => "THUẬT NGỮ",
            Self::Part => "PHẦN II: Nội dung",
            Self::Appendix => "PHỤ LỤC 01: Cải cách thể chế",
            Self::TaskGroup => "NHÓM NHIỆM VỤ 2: Cải cách thủ tục hành chính",
            Self::Task => "NHIỆM VỤ TC-08: Xây dựng Đề án",
            Self::Addition => "BỔ SUNG BS-01: Duy trì hệ thống quản lý chất lượng",
            Self::Inherit => "KẾ THỪA TC-09, TTHC-01",
            Self::Amend => "SỬA ĐỔI TC-08",
            Self::Split => "TÁCH TTHC-02 THÀNH TTHC-02a, TTHC-02b",
            Self::Merge => "GỘP TTHC-03, TTHC-04 THÀNH TTHC-34",
            Self::Waive => "KHÔNG ÁP DỤNG TC-01, TC-02",
            Self::Continue => "TIẾP TỤC TC-09, TTHC-01",
            Self::Finish => "KẾT THÚC TC-07, TC-08",
            Self::Target => "CHỈ TIÊU hai-long: tối thiểu 92%",
            Self::AddTarget => "BỔ SUNG CHỈ TIÊU so-hoa: 100% hồ sơ",
            Self::InheritTarget => "KẾ THỪA CHỈ TIÊU hai-long",
            Self::AmendTarget => "SỬA ĐỔI CHỈ TIÊU hai-long: tối thiểu 95%",
            Self::WaiveTarget => "KHÔNG ÁP DỤNG CHỈ TIÊU hai-long",
            Self::ContinueTarget => "TIẾP TỤC CHỈ TIÊU hai-long",
            Self::FinishTarget => "KẾT THÚC CHỈ TIÊU hai-long",
            Self::Own => "RIÊNG MƯỜNG-LÁT; QUAN-SƠN",
            Self::MoveLevel => "CHUYỂN CẤP huyện SANG xã: TTHC-01, TTHC-02 (phối hợp)",
            Self::ScoreTable => "BẢNG ĐIỂM",
            Self::Criterion => "TIÊU CHÍ 1.1: Ban hành kế hoạch",
            Self::Accept => "CHẤP NHẬN KH3005 TTHC-03",
        }
    }

    /// Returns the heading with which `text` opens, in capitals and with its tones; the longest wins. What follows is no letter or digit.
    pub(super) fn opening(text: &str) -> Option<Self> {
        let candidates: &[Self] = match text.as_bytes().first()? {
            b'B' => &[Self::AddTarget, Self::Addition, Self::ScoreTable],
            b'C' => &[Self::MoveLevel, Self::Accept, Self::Target, Self::Agency, Self::Level],
            b'D' => &[Self::Registry],
            b'G' => &[Self::HandOn, Self::Merge],
            b'K' => &[Self::WaiveTarget, Self::InheritTarget, Self::FinishTarget, Self::Waive, Self::Plan, Self::Inherit, Self::Finish],
            b'L' => &[Self::NextYear],
            b'N' => &[Self::TaskGroup, Self::Task, Self::Sector, Self::Group],
            b'P' => &[Self::Appendix, Self::Part],
            b'R' => &[Self::Own],
            b'S' => &[Self::AmendTarget, Self::Amend],
            b'T' => &[Self::ContinueTarget, Self::Continue, Self::Terms, Self::Criterion, Self::Split],
            // Đ
            0xc4 => &[Self::Unit],
            _ => return None,
        };
        candidates.iter().copied().find(|keyword| {
            text.strip_prefix(keyword.text()).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        })
    }

    /// Returns the heading whose words without tones are `words` (lower case, one space between words).
    pub(super) fn without_tones(words: &str) -> Option<Self> {
        let at = TONELESS.binary_search_by(|(known, _)| (*known).cmp(words)).ok()?;
        Some(TONELESS[at].1)
    }

    /// Returns the heading whose words differ from `words` (lower case, no tones) by one slip, or two in a long heading.
    pub(super) fn misspelt(words: &str) -> Option<Self> {
        let mut best: Option<(usize, Self)> = None;
        for (known, keyword) in TONELESS {
            let allowed = if known.len() >= 12 { 2 } else { 1 };
            if known.len() < 6 || known.len().abs_diff(words.len()) > allowed {
                continue;
            }
            let distance = strsim::osa_distance(known, words);
            if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
                best = Some((distance, *keyword));
            }
        }
        best.map(|(_, keyword)| keyword)
    }

    /// Says whether some heading begins with the word `word`.
    pub(super) fn may_open_with(word: &str) -> bool {
        let word = toneless(word);
        TONELESS.iter().any(|(known, _)| known.strip_prefix(word.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    }
}

/// Headings without tones, sorted.
const TONELESS: &[(&str, Keyword)] = &[
    ("bang diem", Keyword::ScoreTable),
    ("bo sung", Keyword::Addition),
    ("bo sung chi tieu", Keyword::AddTarget),
    ("cap", Keyword::Level),
    ("chap nhan", Keyword::Accept),
    ("chi tieu", Keyword::Target),
    ("chuyen cap", Keyword::MoveLevel),
    ("co quan", Keyword::Agency),
    ("danh ba", Keyword::Registry),
    ("don vi", Keyword::Unit),
    ("giao ke hoach", Keyword::HandOn),
    ("gop", Keyword::Merge),
    ("ke hoach", Keyword::Plan),
    ("ke thua", Keyword::Inherit),
    ("ke thua chi tieu", Keyword::InheritTarget),
    ("ket thuc", Keyword::Finish),
    ("ket thuc chi tieu", Keyword::FinishTarget),
    ("khong ap dung", Keyword::Waive),
    ("khong ap dung chi tieu", Keyword::WaiveTarget),
    ("lap nam", Keyword::NextYear),
    ("nganh", Keyword::Sector),
    ("nhiem vu", Keyword::Task),
    ("nhom", Keyword::Group),
    ("nhom nhiem vu", Keyword::TaskGroup),
    ("phan", Keyword::Part),
    ("phu luc", Keyword::Appendix),
    ("rieng", Keyword::Own),
    ("sua doi", Keyword::Amend),
    ("sua doi chi tieu", Keyword::AmendTarget),
    ("tach", Keyword::Split),
    ("thuat ngu", Keyword::Terms),
    ("tiep tuc", Keyword::Continue),
    ("tiep tuc chi tieu", Keyword::ContinueTarget),
    ("tieu chi", Keyword::Criterion),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_opens_a_line_and_is_known_without_tones() {
        for keyword in Keyword::ALL {
            assert_eq!(Keyword::opening(keyword.example()), Some(*keyword));
            assert_eq!(Keyword::without_tones(&toneless(keyword.text())), Some(*keyword));
        }
        assert!(TONELESS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(TONELESS.len(), Keyword::ALL.len());
    }

    #[test]
    fn a_heading_ends_where_its_words_end() {
        assert_eq!(Keyword::opening("TÁCHBẠCH"), None);
        assert_eq!(Keyword::opening("NHÓM NHIỆM VỤ 2"), Some(Keyword::TaskGroup));
    }
}
