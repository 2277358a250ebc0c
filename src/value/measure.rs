//! Measures: comparator, number, unit and base in a target's text.

use std::ops::Range;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_while1;
use nom::character::complete::char;
use nom::combinator::{map, opt, recognize, value, verify};
use nom::sequence::{preceded, terminated};
use serde::{Deserialize, Serialize};

use super::word::{Read, any_of, decline, mark, phrase, space0, space1, taken, up_to, year};
use crate::base::{Key, Year};

/// The measure in a target's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// How the value bounds.
    pub comparator: Comparator,
    /// Value in thousandths (92,5 is 92500); `None` for `bằng hoặc cao hơn năm 2021`.
    pub value: Option<i64>,
    /// `%`, `đơn vị`, `bậc`, `điểm`, or the noun counted; empty where none.
    pub unit: String,
    /// `so với năm 2015`: the year compared with.
    pub base: Option<Year>,
    /// First byte of the measure in the text.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
}

/// How a measure's value bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Comparator {
    /// `tối thiểu`, `từ … trở lên`, `ít nhất`, `đạt`, a bare percentage.
    AtLeast,
    /// `trên`, `cao hơn`.
    MoreThan,
    /// `100%`, `phải đạt`.
    Exactly,
    /// `không quá`, `tối đa`.
    AtMost,
    /// `dưới`.
    LessThan,
    /// `thêm`, `tăng`: a growth by at least the value.
    IncreaseBy,
    /// `giảm`: a fall by at least the value.
    DecreaseBy,
    /// `không có`, `không để`.
    None,
}

impl Measure {
    /// Returns the bytes as a range that slices the target's text.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Says whether the value bounds from below, or exactly.
    pub fn is_floor(&self) -> bool {
        matches!(self.comparator, Comparator::AtLeast | Comparator::MoreThan | Comparator::Exactly)
    }

    /// Says whether this measure asks for less than `other`, its parent's: a lower floor, a higher ceiling, a smaller change. `None` where the
    /// two cannot be compared (other unit, other base, no number, a floor against a ceiling).
    pub fn is_lower_than(&self, other: &Self) -> Option<bool> {
        use Comparator::{AtLeast, AtMost, DecreaseBy, Exactly, IncreaseBy, LessThan, MoreThan, None as Never};
        if self.base.zip(other.base).is_some_and(|(a, b)| a != b) {
            return None;
        }
        let counts_nothing = self.comparator == Never || other.comparator == Never;
        if !counts_nothing && Key::new(&self.unit) != Key::new(&other.unit) {
            return None;
        }
        let (own, asked) = self.value.zip(other.value)?;
        match (other.comparator, self.comparator) {
            (AtLeast | Exactly, AtLeast | MoreThan | Exactly) | (MoreThan, MoreThan) => Some(own < asked),
            (MoreThan, AtLeast | Exactly) => Some(own <= asked),
            (AtMost, AtMost | LessThan | Exactly | Never) | (LessThan, LessThan) | (Never, Never | AtMost | LessThan | Exactly) => {
                Some(own > asked)
            }
            (LessThan, AtMost | Exactly | Never) => Some(own >= asked),
            (IncreaseBy, IncreaseBy) | (DecreaseBy, DecreaseBy) => Some(own < asked),
            (AtLeast | Exactly | MoreThan, AtMost | LessThan | IncreaseBy | DecreaseBy | Never)
            | (AtMost | LessThan | Never, AtLeast | MoreThan | IncreaseBy | DecreaseBy)
            | (IncreaseBy, AtLeast | MoreThan | Exactly | AtMost | LessThan | DecreaseBy | Never)
            | (DecreaseBy, AtLeast | MoreThan | Exactly | AtMost | LessThan | IncreaseBy | Never) => None,
        }
    }
}

/// Returns the number in thousandths with which a text opens, and what stands behind it.
pub(super) fn leading_number(text: &str) -> Option<(i64, &str)> {
    decimal(text).ok().map(|(rest, value)| (value, rest))
}

/// What was read of a measure.
struct Found {
    comparator: Comparator,
    value: Option<i64>,
    unit: String,
    /// Bytes at the start that tell how the value bounds and belong to the sentence (`phải đạt`).
    lead: usize,
}

/// Returns the one measure of a text: the leftmost with a number, else the leftmost without.
pub(super) fn measure(text: &str) -> Option<Measure> {
    let starts = crate::base::words(text);
    let with = |read: fn(&str) -> Read<'_, Found>| {
        starts.iter().find_map(|word| {
            let start = sign_in_front(text, word.start);
            let (rest, found) = read(&text[start..]).ok()?;
            let end = start + taken(&text[start..], rest);
            let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let base = base(clause(text, start, end));
            Some(Measure {
                comparator: found.comparator,
                value: found.value,
                unit: found.unit,
                base,
                start: byte(start + found.lead),
                end: byte(end),
            })
        })
    };
    with(counted).or_else(|| with(compared))
}

/// `≥ 90%` opens at its sign, which is no word.
fn sign_in_front(text: &str, at: usize) -> usize {
    let front = text[..at].trim_end_matches(' ');
    front.char_indices().next_back().filter(|(_, c)| matches!(c, '≥' | '≤' | '>' | '<')).map_or(at, |(at, _)| at)
}

/// Returns the clause in which a measure stands: from the separator in front of it to the one behind. A decimal comma separates nothing.
fn clause(text: &str, start: usize, end: usize) -> &str {
    let separator = |at: usize| matches!(text.as_bytes()[at], b',' | b';' | b'.') && text.as_bytes().get(at + 1).is_none_or(|b| *b == b' ');
    let from = (0..start).rev().find(|at| separator(*at)).map_or(0, |at| at + 1);
    let to = (end..text.len()).find(|at| separator(*at)).unwrap_or(text.len());
    &text[from..to]
}

/// Returns the year behind `so với năm` or `cao hơn năm`.
fn base(text: &str) -> Option<Year> {
    crate::base::words(text).into_iter().find_map(|word| {
        let lead = (
            any_of(&["so với", "cao hơn", "thấp hơn", "bằng", "hơn"]),
            space1,
            opt((any_of(&["cuối", "cùng kỳ", "kết quả", "chỉ số"]), space1)),
        );
        preceded((lead, phrase("năm"), space1), year).parse(&text[word.start..]).ok().map(|(_, year)| year)
    })
}

/// Reads a measure with a number.
fn counted(input: &str) -> Read<'_, Found> {
    alt((changed, bounded, bare_number)).parse(input)
}

/// Reads `tăng ít nhất 01 bậc`, `có thêm từ 02 đơn vị`, `giảm so với năm 2015 từ 10% trở lên`.
fn changed(input: &str) -> Read<'_, Found> {
    let grows = value(Comparator::IncreaseBy, any_of(&["có thêm", "tăng thêm", "thêm", "tăng"]));
    let falls = value(Comparator::DecreaseBy, any_of(&["giảm thêm", "cắt giảm", "giảm"]));
    let against =
        (space1, phrase("so với"), space1, opt((phrase("năm"), space1)), alt((map(year, |_| ()), map(phrase("năm trước"), |_| ()))));
    let floor =
        (space1, any_of(&["ít nhất từ", "tối thiểu từ", "ít nhất", "tối thiểu", "từ", "trên", "bình quân", "khoảng", "được", "đạt"]));
    let (rest, (comparator, _, _, _)) = (alt((grows, falls)), opt(against), opt(floor), space1).parse(input)?;
    let (rest, (number, unit)) = quantity(rest)?;
    let (rest, _) = opt(onwards_at_once).parse(rest)?;
    Ok((rest, Found { comparator, value: Some(number), unit, lead: 0 }))
}

const FLOORS: &[&str] =
    &["ít nhất từ", "tối thiểu từ", "tối thiểu đạt", "ít nhất đạt", "tối thiểu", "ít nhất", "không dưới", "không thấp hơn", "không ít hơn"];
const CEILINGS: &[&str] =
    &["không quá", "không vượt quá", "không vượt", "không cao hơn", "không lớn hơn", "không hơn", "tối đa", "nhiều nhất"];

/// Reads a comparator, a number, a unit, and `trở lên` or `trở xuống`.
fn bounded(input: &str) -> Read<'_, Found> {
    let words = alt((
        value(Comparator::AtLeast, any_of(FLOORS)),
        value(Comparator::AtMost, any_of(CEILINGS)),
        value(Comparator::MoreThan, any_of(&["cao hơn", "lớn hơn", "nhiều hơn", "vượt", "trên"])),
        value(Comparator::LessThan, any_of(&["thấp hơn", "nhỏ hơn", "ít hơn", "dưới"])),
        value(Comparator::Exactly, any_of(&["phải đạt", "đúng"])),
    ));
    let signs = alt((
        value(Comparator::AtLeast, alt((char('≥'), preceded(char('>'), char('='))))),
        value(Comparator::AtMost, alt((char('≤'), preceded(char('<'), char('='))))),
        value(Comparator::MoreThan, char('>')),
        value(Comparator::LessThan, char('<')),
    ));
    let mut stated = alt((terminated(words, space1), terminated(signs, space0)));
    if let Ok((rest, comparator)) = stated.parse(input) {
        let verb = phrase("phải đạt")(input).is_ok();
        let lead = if verb { taken(input, rest) } else { 0 };
        let (rest, (number, unit)) = quantity(rest)?;
        let (rest, _) = opt(onwards_at_once).parse(rest)?;
        return Ok((rest, Found { comparator, value: Some(number), unit, lead }));
    }
    let (rest, _) = (phrase("từ"), space1).parse(input)?;
    let (rest, (number, unit)) = quantity(rest)?;
    let percentage = unit == "%";
    match onwards(rest) {
        Ok((behind, comparator)) => Ok((behind, Found { comparator, value: Some(number), unit, lead: 0 })),
        // `từ 02 đơn vị` alone may be anything; a percentage is a floor
        Err(_) if percentage => Ok((rest, Found { comparator: Comparator::AtLeast, value: Some(number), unit, lead: 0 })),
        Err(error) => Err(error),
    }
}

/// Reads a number that no comparator announces: a percentage, points, or a number with `trở lên`.
fn bare_number(input: &str) -> Read<'_, Found> {
    if !input.starts_with(|c: char| c.is_ascii_digit()) {
        return decline(input);
    }
    let (rest, (number, unit)) = quantity(input)?;
    let stated = onwards(rest);
    let (rest, comparator) = match stated {
        Ok(stated) => stated,
        Err(_) if unit == "%" && number == 100_000 => (rest, Comparator::Exactly),
        Err(_) if matches!(unit.as_str(), "%" | "điểm" | "bậc") => (rest, Comparator::AtLeast),
        Err(error) => return Err(error),
    };
    Ok((rest, Found { comparator, value: Some(number), unit, lead: 0 }))
}

/// Reads `trở lên` or `trở xuống` directly behind a quantity.
fn onwards_at_once(input: &str) -> Read<'_, Comparator> {
    preceded(space0, alt((value(Comparator::AtLeast, phrase("trở lên")), value(Comparator::AtMost, phrase("trở xuống"))))).parse(input)
}

/// Reads `trở lên` or `trở xuống`. Behind words of the thing counted (`từ 02 đơn vị SNCL trở lên`) it says how the value bounds and is left
/// where it stands.
fn onwards(input: &str) -> Read<'_, Comparator> {
    if let Ok(read) = onwards_at_once(input) {
        return Ok(read);
    }
    let near = up_to(input, &[',', ';', '.', '(', ')', ':']);
    for word in crate::base::words(near).into_iter().take(8) {
        if let Ok((_, comparator)) = onwards_at_once(&input[word.start..]) {
            return Ok((input, comparator));
        }
        // another number begins another measure
        if input[word.start..].starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
    }
    decline(input)
}

/// Reads a measure without a number: `bằng hoặc cao hơn so với năm 2021`, `cao hơn năm 2019`, `đạt hoặc vượt`, `không có`.
fn compared(input: &str) -> Read<'_, Found> {
    let year_compared = || alt((map(year, |_| ()), map(phrase("trước"), |_| ())));
    let against = || (space1, opt((phrase("so với"), space1)), opt((phrase("cùng kỳ"), space1)), phrase("năm"), space1, year_compared());
    let floor = (any_of(&["bằng hoặc cao hơn", "bằng hoặc hơn", "cao hơn hoặc bằng", "không thấp hơn", "đạt hoặc vượt"]), opt(against()));
    let (rest, comparator) = alt((
        value(Comparator::AtLeast, floor),
        value(Comparator::MoreThan, (phrase("cao hơn"), against())),
        value(Comparator::LessThan, (phrase("thấp hơn"), against())),
        value(Comparator::IncreaseBy, (phrase("tăng"), against())),
        value(Comparator::DecreaseBy, (phrase("giảm"), against())),
        value(Comparator::None, any_of(&["không có", "không để", "không còn", "không phát sinh"])),
    ))
    .parse(input)?;
    let value = (comparator == Comparator::None).then_some(0);
    Ok((rest, Found { comparator, value, unit: String::new(), lead: 0 }))
}

/// Units that are known by name, longer ones first.
const UNITS: &[&str] = &[
    "đơn vị",
    "bậc",
    "điểm",
    "sáng kiến",
    "hồ sơ",
    "văn bản",
    "cuộc",
    "lớp",
    "đợt",
    "lần",
    "người",
    "cán bộ",
    "thủ tục",
    "dịch vụ",
    "mô hình",
    "xã",
    "huyện",
    "cơ quan",
    "cơ sở",
    "doanh nghiệp",
    "hợp tác xã",
    "sản phẩm",
    "tập dữ liệu",
    "vùng",
    "bài",
    "tin",
    "đề án",
    "nhiệm vụ",
    "tiêu chí",
    "ngày làm việc",
    "ngày",
    "giờ",
    "phút",
    "tháng",
    "triệu đồng",
    "tỷ đồng",
    "đồng",
    "phần trăm",
    "chỉ tiêu",
    "báo cáo",
    "kế hoạch",
];

/// Words that are no unit.
const NO_UNITS: &[&str] =
    &["trở", "so", "và", "của", "trong", "đến", "tuổi", "năm", "tại", "cho", "có", "được", "là", "ở", "thuộc", "theo", "trên"];

/// Reads a number in thousandths with its unit.
fn quantity(input: &str) -> Read<'_, (i64, String)> {
    let (rest, value) = decimal(input)?;
    // a scale (`86,26/100 điểm`) belongs to the unit of points
    let mut scale = (mark(&['/']), decimal, space0, phrase("điểm"));
    if let Ok((rest, _)) = scale.parse(rest) {
        return Ok((rest, (value, "điểm".to_owned())));
    }
    if rest.starts_with(['/', '-', ':']) {
        return decline(input);
    }
    if let Ok((rest, _)) = mark(&['%'])(rest) {
        // the space behind the sign is the sentence's
        let sign = &input[..taken(input, rest)];
        return Ok((&input[sign.trim_end().len()..], (value, "%".to_owned())));
    }
    let (rest, unit) = opt(preceded(space1, alt((any_of(UNITS), noun)))).parse(rest)?;
    let unit = unit.map(|u: &str| u.chars().map(super::word::lower).collect()).unwrap_or_default();
    Ok((rest, (value, unit)))
}

/// Reads the noun counted, where no list knows it: most have two syllables.
fn noun(input: &str) -> Read<'_, &str> {
    let syllable = |input| {
        let word = take_while1::<_, &str, nom::error::Error<&str>>(super::word::in_word);
        verify(word, |w: &str| w.starts_with(char::is_lowercase) && !NO_UNITS.contains(&w)).parse(input)
    };
    recognize((syllable, opt((space1, syllable)))).parse(input)
}

/// Reads `92`, `92,5`, `2.5`, `1.200`, `01` in thousandths.
fn decimal(input: &str) -> Read<'_, i64> {
    let digits = |input| take_while1::<_, &str, nom::error::Error<&str>>(|c: char| c.is_ascii_digit())(input);
    let (mut rest, whole) = digits(input)?;
    let mut whole = whole.to_owned();
    // points part thousands; a comma or a point with one or two digits behind it parts decimals
    while let Ok((behind, group)) = preceded(char('.'), digits).parse(rest) {
        if group.len() != 3 {
            break;
        }
        whole.push_str(group);
        rest = behind;
    }
    let mut thousandths = 0i64;
    if let Ok((behind, group)) = preceded(alt((char(','), char('.'))), digits).parse(rest)
        && group.len() <= 3
    {
        rest = behind;
        thousandths = format!("{group:0<3}").parse().unwrap_or(0);
    }
    let value = whole.parse::<i64>().ok().and_then(|n| n.checked_mul(1000)).and_then(|n| n.checked_add(thousandths));
    match value {
        Some(value) if !rest.starts_with(char::is_alphabetic) => Ok((rest, value)),
        Some(_) | None => decline(input),
    }
}
