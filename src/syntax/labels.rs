//! The closed list of labels: which block has which, synonyms, near misses.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::ast::{Keyword, Label};
use crate::base::{Key, toneless};

/// What the words in front of a colon are in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A label of this block.
    Own(Label),
    /// Nearly a label of this block.
    Near(Label),
    /// A label, but of other blocks.
    Foreign(Label),
    /// Text.
    None,
}

const PLAN: &[Label] = &[
    Label::Unit,
    Label::Year,
    Label::Period,
    Label::Form,
    Label::Layout,
    Label::Authority,
    Label::Number,
    Label::Date,
    Label::Signer,
    Label::Basis,
    Label::ProposedBy,
    Label::Opening,
    Label::Validity,
    Label::Responsible,
    Label::Recipients,
    Label::Parents,
    Label::YearShift,
    Label::Earlier,
    Label::Replaces,
    Label::RegistryDate,
    Label::Mode,
    Label::Columns,
    Label::Origin,
];
const NEXT_YEAR: &[Label] = &[Label::From, Label::Results];
const HAND_ON: &[Label] = &[Label::ToLevel, Label::IssueBy, Label::PlanCode, Label::PlanTitle];
const LEVEL: &[Label] = &[Label::Under, Label::Validity, Label::Basis];
const UNIT: &[Label] = &[Label::OtherNames, Label::OfficialCode, Label::Succession];
const GROUP: &[Label] = &[Label::OtherNames, Label::Conversion, Label::Kind];
const PART: &[Label] = &[Label::Section, Label::Subsection, Label::Marking, Label::Numbering];
const APPENDIX: &[Label] = &[
    Label::Sector,
    Label::Focal,
    Label::Report,
    Label::Via,
    Label::Columns,
    Label::Numbering,
    Label::AttachedTo,
    Label::PrintedTitle,
    Label::CalledAs,
];
const TASK: &[Label] = &[
    Label::Products,
    Label::Leads,
    Label::Coordinators,
    Label::Synthesisers,
    Label::Deadline,
    Label::Targets,
    Label::Budget,
    Label::Sector,
    Label::Basis,
    Label::Note,
    Label::Columns,
];
const RECORD: &[Label] = &[Label::Answers, Label::NotAnswers, Label::PrintedNumber, Label::Origin, Label::ReadAs];
/// A leaf of a score table is a task: verbs restate its scores and measures as they restate its lead.
const SCORES: &[Label] = &[Label::Standard, Label::Previous, Label::Goal, Label::Measures];
const TOTAL: &[Label] = &[Label::Standard, Label::Previous, Label::Goal];
const CRITERION: &[Label] = &[Label::Leads, Label::Sector, Label::Note, Label::Columns];
const WAIVER: &[Label] = &[Label::Kind, Label::Reason, Label::Basis, Label::ApprovedBy, Label::ApprovedOn];

/// The lists of a block's labels, in the order of the language's table.
fn lists(keyword: Keyword) -> &'static [&'static [Label]] {
    match keyword {
        Keyword::Registry => &[&[Label::Load]],
        Keyword::Plan => &[PLAN],
        Keyword::NextYear => &[PLAN, NEXT_YEAR],
        Keyword::HandOn => &[PLAN, HAND_ON],
        Keyword::Own => &[&[Label::File, Label::Note]],
        Keyword::Level => &[LEVEL],
        Keyword::Unit => &[LEVEL, UNIT],
        Keyword::Agency => &[LEVEL, UNIT, &[Label::LevelOf]],
        Keyword::Group => &[GROUP],
        Keyword::Sector | Keyword::Terms => &[],
        Keyword::Part => &[PART],
        Keyword::Appendix | Keyword::TaskGroup => &[APPENDIX],
        Keyword::Task => &[TASK, SCORES, RECORD],
        Keyword::Addition => &[TASK, SCORES, &[Label::Follows], RECORD],
        Keyword::Amend => &[TASK, SCORES, &[Label::Reason], RECORD],
        Keyword::Inherit | Keyword::Continue | Keyword::Split | Keyword::Merge => &[&[Label::Reason]],
        Keyword::InheritTarget | Keyword::ContinueTarget => &[&[Label::Reason]],
        Keyword::Finish | Keyword::FinishTarget => &[&[Label::Reason, Label::Results]],
        Keyword::Waive | Keyword::WaiveTarget => &[WAIVER],
        Keyword::Target | Keyword::AddTarget => &[&[Label::Note]],
        Keyword::AmendTarget => &[&[Label::Note, Label::Reason]],
        Keyword::MoveLevel => &[&[Label::AssignTo, Label::Basis, Label::Reason]],
        Keyword::ScoreTable => &[&[Label::Columns], TOTAL],
        Keyword::Criterion => &[SCORES, CRITERION, RECORD],
        Keyword::Accept => &[&[Label::At, Label::Reason]],
    }
}

/// Synonyms of labels found in real documents. `#` stands for a year.
pub const SYNONYMS: &[(&str, Label)] = &[
    ("Chủ trì", Label::Leads),
    ("Cơ quan chủ trì thực hiện", Label::Leads),
    ("Cơ quan chủ trì tham mưu", Label::Leads),
    ("Cơ quan chủ trì tham mưu thực hiện", Label::Leads),
    ("Cơ quan chủ trì thực hiện tiếp nhận", Label::Leads),
    ("Cơ quan chủ trì tham mưu thực hiện tiếp nhận", Label::Leads),
    ("Cơ quan chủ trì, tham mưu", Label::Leads),
    ("Cơ quan chủ trì, tham mưu thực hiện", Label::Leads),
    ("Cơ quan thực hiện", Label::Leads),
    ("Đơn vị chủ trì", Label::Leads),
    ("Đơn vị thực hiện", Label::Leads),
    ("Phối hợp", Label::Coordinators),
    ("Cơ quan phối hợp, theo dõi", Label::Coordinators),
    ("Cơ quan phối hợp thực hiện", Label::Coordinators),
    ("Đơn vị phối hợp", Label::Coordinators),
    ("Đơn vị tổng hợp", Label::Synthesisers),
    ("Sản phẩm/Kết quả", Label::Products),
    ("Kết quả/Sản phẩm", Label::Products),
    ("Kết quả, sản phẩm", Label::Products),
    ("Kết quả", Label::Products),
    ("Thời gian thực hiện", Label::Deadline),
    ("Thời gian thực hiện chậm nhất", Label::Deadline),
    ("Thời gian hoàn thành chậm nhất", Label::Deadline),
    ("Thời hạn", Label::Deadline),
    ("Thời hạn hoàn thành", Label::Deadline),
    ("Tiến độ", Label::Deadline),
    ("Xét đề nghị", Label::ProposedBy),
    ("Điểm # đạt được", Label::Previous),
    ("Điểm năm #", Label::Previous),
    ("Mục tiêu năm #", Label::Goal),
    ("Nhiệm vụ/giải pháp", Label::Measures),
];

/// Returns the labels that a block may hold, in the order of the language's table; empty for blocks of bare items.
pub fn labels_of(keyword: Keyword) -> impl Iterator<Item = Label> {
    lists(keyword).iter().flat_map(|list| list.iter().copied())
}

/// Says whether a block may hold a label.
pub(super) fn belongs(label: Label, keyword: Keyword) -> bool {
    static SETS: OnceLock<Vec<u128>> = OnceLock::new();
    let sets = SETS.get_or_init(|| Keyword::ALL.iter().map(|keyword| labels_of(*keyword).map(bit).fold(0, |all, one| all | one)).collect());
    sets.get(keyword as usize).is_some_and(|set| set & bit(label) != 0)
}

/// Returns a label as one bit of a set.
pub(super) fn bit(label: Label) -> u128 {
    1 << (label as u32)
}

/// Returns what `words`, which stand in front of a colon, are in a block.
pub(super) fn find(words: &str, keyword: Keyword) -> Found {
    if let Some(label) = exact(words)
        && belongs(label, keyword)
    {
        return Found::Own(label);
    }
    let prose = keyword == Keyword::Part;
    if words.len() > LONGEST || words.split(' ').count() > 9 {
        return Found::None;
    }
    let key = with_any_year(Key::new(words).as_str());
    let known = folded().get(key.as_str()).map_or(&[][..], Vec::as_slice);
    if let Some(label) = known.iter().find(|label| belongs(**label, keyword)) {
        return Found::Own(*label);
    }
    if prose {
        return near_in_prose(words).map_or(Found::None, Found::Near);
    }
    if let Some(label) = known.first() {
        return Found::Foreign(*label);
    }
    near(&key, keyword).map_or(Found::None, Found::Near)
}

/// Bytes of the longest words that are still looked up.
const LONGEST: usize = 96;

/// What the first words of a line of text may have been meant as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unmarked {
    /// A label of the block without its colon; the words end at this byte.
    NoColon(Label, usize),
    /// Words and a colon, as a label is written, but no label; the words end at this byte.
    NoLabel(usize),
}

/// Words that stand in front of a colon in a sentence.
const LEADS_ON: &[&str] =
    &["trong đó", "cụ thể", "gồm", "bao gồm", "như sau", "ví dụ", "lưu ý", "ghi chú", "riêng", "thứ", "trường hợp", "gồm có"];

/// Returns what the first words of the cleaned `text`, which continues what precedes it, may have been meant as.
pub(super) fn unmarked(text: &str, keyword: Keyword) -> Option<Unmarked> {
    if !text.starts_with(char::is_uppercase) {
        return None;
    }
    let own = labels_of(keyword).map(|label| (label.text(), label));
    let other = SYNONYMS.iter().filter(|(_, label)| belongs(*label, keyword)).copied();
    let ends: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).take(8).collect();
    let mut best: Option<(Label, usize)> = None;
    for (words, label) in own.chain(other) {
        let count = words.split(' ').count();
        let Some(&end) = ends.get(count - 1) else { continue };
        let written = text[..end].trim_end_matches(',');
        // short labels are common words: what follows must look like a value
        let value = count > 2 || (count > 1 && text[end + 1..].starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()));
        let same = Key::new(written) == Key::new(words) || (count > 2 && toneless(written) == toneless(words));
        if value && same && best.is_none_or(|(_, longest)| end > longest) {
            best = Some((label, end));
        }
    }
    if let Some((label, end)) = best {
        return Some(Unmarked::NoColon(label, end));
    }
    let colon = text.find(": ")?;
    let words = text[..colon].trim_end();
    let key = Key::new(words);
    let plain = words.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '/' | '-'));
    let leads_on = LEADS_ON.iter().any(|lead| key.as_str().starts_with(lead));
    let short = (2..=5).contains(&words.split(' ').count());
    (plain && short && !leads_on).then_some(Unmarked::NoLabel(words.len()))
}

/// Returns the label that is written exactly so.
fn exact(words: &str) -> Option<Label> {
    static BY_LENGTH: OnceLock<Vec<Vec<Label>>> = OnceLock::new();
    let by_length = BY_LENGTH.get_or_init(|| {
        let longest = Label::ALL.iter().map(|label| label.text().len()).max().unwrap_or(0);
        let mut table = vec![Vec::new(); longest + 1];
        for label in Label::ALL {
            table[label.text().len()].push(*label);
        }
        table
    });
    by_length.get(words.len())?.iter().copied().find(|label| label.text() == words)
}

/// Labels and synonyms by folded words. The labels' own words come first.
fn folded() -> &'static HashMap<String, Vec<Label>> {
    static FOLDED: OnceLock<HashMap<String, Vec<Label>>> = OnceLock::new();
    FOLDED.get_or_init(|| {
        let mut table: HashMap<String, Vec<Label>> = HashMap::new();
        let own = Label::ALL.iter().map(|label| (label.text(), *label));
        for (words, label) in own.chain(SYNONYMS.iter().copied()) {
            table.entry(Key::new(words).as_str().to_owned()).or_default().push(label);
        }
        table
    })
}

/// Replaces a year by `#`.
fn with_any_year(key: &str) -> String {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    if !key.split(' ').any(is_year) {
        return key.to_owned();
    }
    key.split(' ').map(|word| if is_year(word) { "#" } else { word }).collect::<Vec<_>>().join(" ")
}

/// Returns the label of the block that `key` is close to: equal but for tones, or one slip away (two in a long label).
fn near(key: &str, keyword: Keyword) -> Option<Label> {
    let words = toneless(key);
    let own = labels_of(keyword).map(|label| (toneless(label.text()), label));
    let other = SYNONYMS.iter().filter(|(_, label)| belongs(*label, keyword)).map(|(words, label)| (toneless(words), *label));
    let mut best: Option<(usize, Label)> = None;
    for (known, label) in own.chain(other) {
        let allowed = match known.len() {
            0..=5 => 0,
            6..=9 => 1,
            _ => 2,
        };
        if known.len().abs_diff(words.len()) > allowed {
            continue;
        }
        let distance = strsim::osa_distance(&known, &words);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, label));
        }
    }
    best.map(|(_, label)| label)
}

/// In prose only labels without tones count as near, MỤC and TIỂU MỤC only in capitals: `Mức: 5%` is prose.
fn near_in_prose(words: &str) -> Option<Label> {
    let capitals = words.chars().all(|c| !c.is_lowercase());
    let plain = toneless(words);
    match plain.as_str() {
        "muc" if capitals => Some(Label::Section),
        "tieu muc" if capitals => Some(Label::Subsection),
        "kieu" => Some(Label::Marking),
        "danh so" => Some(Label::Numbering),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_without_regard_to_case() {
        assert_eq!(find("Sản phẩm", Keyword::Task), Found::Own(Label::Products));
        assert_eq!(find("SẢN PHẨM", Keyword::Task), Found::Own(Label::Products));
        assert_eq!(find("Sản phẩm", Keyword::Inherit), Found::Foreign(Label::Products));
    }

    #[test]
    fn a_synonym_belongs_to_the_block_that_has_its_label() {
        assert_eq!(find("Kết quả", Keyword::Task), Found::Own(Label::Products));
        assert_eq!(find("Kết quả", Keyword::Finish), Found::Own(Label::Results));
        assert_eq!(find("Điểm 2021 đạt được", Keyword::Criterion), Found::Own(Label::Previous));
    }

    #[test]
    fn near_misses_are_few() {
        assert_eq!(find("Co quan chu tri", Keyword::Task), Found::Near(Label::Leads));
        assert_eq!(find("Cơ quan chủ chì", Keyword::Task), Found::Near(Label::Leads));
        assert_eq!(find("Trong đó", Keyword::Task), Found::None);
        assert_eq!(find("Mức", Keyword::Part), Found::None);
        assert_eq!(find("Sản phẩm", Keyword::Part), Found::None);
    }
}
