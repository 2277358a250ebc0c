//! KH2025: two indicators of nearly the same words that ask for different values, in two places of the plan's text.
//!
//! Two values in one paragraph are told apart by whoever wrote it, and so are those that name another level, year or number. Whether two that
//! are left are one indicator is for a reader to say.

use super::Subject;
use super::subject::{OwnText, part_of};
use crate::base::{Loc, even, words};
use crate::diag::{Code, Diagnostic, msg};
use crate::value::{Comparator, Measure, Target};

/// Share of common words from which two indicators may be one.
const ALIKE: f64 = 0.6;

/// Fewest words that tell an indicator.
const FEWEST: usize = 6;

/// Words that say how an indicator is told, not what it is.
const EMPTY: &[&str] = &[
    "các", "có", "của", "được", "đạt", "độ", "mức", "tỷ", "lệ", "về", "với", "và", "trong", "cho", "là", "sự", "việc", "từ", "trở", "lên",
    "tối", "thiểu", "đối", "theo", "tại", "bằng", "phấn", "đấu", "duy", "trì", "bảo", "đảm", "hiện", "thực",
];

/// Words that tell one share of an indicator from another: levels, and who or what is counted.
const TELLING: &[&str] = &[
    "trung ương",
    "tỉnh",
    "huyện",
    "xã",
    "phường",
    "cán bộ",
    "công chức",
    "viên chức",
    "lãnh đạo",
    "người dân",
    "doanh nghiệp",
    "hộ",
    "học sinh",
    "giáo viên",
    "bệnh nhân",
    "hồ sơ",
    "văn bản",
    "dữ liệu",
    "lĩnh vực",
    "y tế",
    "giáo dục",
    "đất đai",
];

/// An indicator with its value.
struct Indicator {
    measure: Measure,
    words: Vec<String>,
    /// Levels and numbers that it names.
    marks: Vec<String>,
    /// The words as printed, their place, and the paragraph in which they stand.
    said: String,
    at: Loc,
    place: String,
    paragraph: usize,
}

pub(super) fn check(on: &Subject<'_>, out: &mut Vec<Diagnostic>) {
    let mut all: Vec<Indicator> = Vec::new();
    for (paragraph, own) in on.own_texts().iter().enumerate() {
        all.extend(indicators(own, paragraph));
    }
    let mut told: Vec<(usize, i64)> = Vec::new();
    for (at, one) in all.iter().enumerate() {
        let Some(first) = all[..at].iter().position(|other| other.differs(one)) else { continue };
        // the same value once more is the same fault
        let value = one.measure.value.unwrap_or_default();
        if told.contains(&(first, value)) {
            continue;
        }
        told.push((first, value));
        let (text, other) = (&one.said, &all[first].said);
        let mut note = on
            .note(
                Code::KH2025,
                one.at,
                msg!(
                    "“{text}” và “{other}” có thể là một chỉ tiêu với hai giá trị",
                    "“{text}” and “{other}” may be one indicator with two values"
                ),
                &one.place,
            )
            .related(all[first].at, msg!("giá trị kia", "the other value"))
            .help(msg!(
                "Thống nhất một giá trị, hoặc nói rõ hai chỉ tiêu khác nhau ở điểm nào",
                "Settle on one value, or say in what the two differ"
            ))
            .quote(text.clone());
        let again = all[at + 1..].iter().filter(|more| more.measure.value == one.measure.value && all[first].differs(more));
        for more in again.take(3) {
            note = note.related(more.at, msg!("lại giá trị này", "this value again"));
        }
        out.push(note);
    }
}

impl Indicator {
    /// Says whether another may be the same indicator with another value.
    fn differs(&self, other: &Self) -> bool {
        let common = self.words.iter().filter(|word| other.words.contains(word)).count() as f64;
        self.paragraph != other.paragraph
            && self.measure.value != other.measure.value
            && self.marks == other.marks
            && 2.0 * common >= ALIKE * (self.words.len() + other.words.len()) as f64
    }
}

/// Returns the shares that the clauses of a text ask for, one of a clause.
fn indicators(own: &OwnText<'_>, paragraph: usize) -> Vec<Indicator> {
    let mut out = Vec::new();
    if !own.text.contains('%') {
        return out;
    }
    for clause in clauses(own.text) {
        let text = &own.text[clause.clone()];
        // a clause of two shares asks for something that one number does not say
        if text.matches('%').count() != 1 {
            continue;
        }
        let Some(measure) = Target::parse("", text).measure else { continue };
        let floor = matches!(measure.comparator, Comparator::AtLeast | Comparator::MoreThan | Comparator::Exactly);
        if measure.value.is_none() || measure.unit != "%" || !floor {
            continue;
        }
        let Some((head, tail)) = text.get(..measure.start as usize).zip(text.get(measure.end as usize..)) else { continue };
        let rest = even(&format!("{head} {tail}"));
        let list: Vec<&str> = words(&rest).into_iter().map(|range| &rest[range]).collect();
        let numbers = list.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(|word| (*word).to_owned());
        let spaced = format!(" {} ", list.join(" "));
        let telling = TELLING.iter().filter(|word| spaced.contains(&format!(" {word} "))).map(|word| (*word).to_owned());
        let marks = once(numbers.chain(telling).collect());
        let words = once(list.iter().filter(|word| !EMPTY.contains(word)).map(|word| (*word).to_owned()).collect());
        if words.len() < FEWEST {
            continue;
        }
        let from = clause.start + (text.len() - text.trim_start().len());
        let range = from..from + text.trim().len();
        let said = short(text);
        out.push(Indicator { measure, words, marks, said, at: part_of(own.loc, own.text, range), place: own.place.clone(), paragraph });
    }
    out
}

/// Returns the clauses of a text as ranges of bytes: parted by `;` and by the ends of sentences.
fn clauses(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if c == ';' || (c == '.' && text[at + 1..].starts_with(' ')) {
            out.push(start..at);
            start = at + c.len_utf8();
        }
    }
    out.push(start..text.len());
    out
}

fn once(mut list: Vec<String>) -> Vec<String> {
    list.sort_unstable();
    list.dedup();
    list
}

fn short(text: &str) -> String {
    let list: Vec<&str> = text.split_whitespace().collect();
    let text = if list.len() <= 16 { list.join(" ") } else { format!("{} …", list[..16].join(" ")) };
    text.trim_end_matches(['.', ',']).to_owned()
}
