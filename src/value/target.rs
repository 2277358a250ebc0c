//! Targets: one indicator each, with at most one measure wherever it stands in the sentence.

use serde::{Deserialize, Serialize};

use super::measure::{Measure, measure};
use super::word::{bare, trim};
use crate::base::{Key, Memo};

/// A target: one indicator with at most one measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Code that ties the same indicator over plans; empty where none is given.
    pub code: String,
    /// As printed.
    pub text: String,
    /// What is measured; `None` is a qualitative target.
    pub measure: Option<Measure>,
    /// `trừ …`, as printed.
    pub exception: Option<String>,
}

impl Target {
    /// Returns the target with a code (empty where there is none) and a text.
    pub fn parse(code: &str, text: &str) -> Self {
        static KNOWN: Memo<(), Target> = Memo::new();
        let text = trim(text);
        Self { code: code.trim().to_owned(), ..KNOWN.answer((), text, || Self::read(text)) }
    }

    fn read(text: &str) -> Self {
        let exception = super::qualifier::exception(text);
        let measure = match &exception {
            // a number inside the exception measures nothing
            Some(range) => measure(&text[..range.start]).or_else(|| measure(text).filter(|m| m.start as usize >= range.end)),
            None => measure(text),
        };
        Self { code: String::new(), text: text.to_owned(), measure, exception: exception.map(|range| text[range].to_owned()) }
    }

    /// Says whether the text is a measure and nothing else (`tối thiểu 95%`, `đạt 95%`), an exception aside.
    pub fn is_bare(&self) -> bool {
        // a number alone, or with the noun that it counts
        let Some(measure) = &self.measure else { return self.count().is_some_and(|(_, of)| of.split(' ').count() < 3) };
        let before = bare(&self.text[..measure.start as usize]);
        let after = &self.text[measure.end as usize..];
        let after = self.exception.as_deref().map_or_else(|| after.to_owned(), |exception| after.replacen(exception, "", 1));
        let verb = before.is_empty() || matches!(before.to_lowercase().as_str(), "đạt" | "phải đạt" | "là" | "có" | "bảo đảm" | "đảm bảo");
        verb && after.chars().all(|c| matches!(c, ' ' | '.' | ';' | ',' | '(' | ')'))
    }

    /// Returns the number in thousandths with which the text opens and the words of what it counts, where no comparator says how it bounds
    /// (`2.500 lượt cán bộ được tập huấn`, `300`).
    fn count(&self) -> Option<(i64, &str)> {
        let (value, behind) = super::measure::leading_number(&self.text)?;
        (behind.is_empty() || behind.starts_with(' ')).then(|| (value, bare(behind).trim()))
    }

    /// Says whether the target asks for less than `other`, its parent's: by their measures, or by the numbers with which they open, where both
    /// count the same. `None` where they cannot be compared.
    pub fn is_lower_than(&self, other: &Self) -> Option<bool> {
        if let (Some(own), Some(upper)) = (&self.measure, &other.measure) {
            return own.is_lower_than(upper);
        }
        if other.measure.is_some() {
            return None;
        }
        let (asked, of) = other.count()?;
        let (own, what) = match &self.measure {
            Some(measure) if measure.is_floor() => (measure.value?, measure.unit.as_str()),
            Some(_) => return None,
            None => self.count()?,
        };
        (what.is_empty() || opens_with(of, what) || opens_with(what, of)).then_some(own < asked)
    }

    /// Returns this target's sentence with the number of `bare`, which is a number alone, or one of the same things (`300 lượt`).
    fn with_count(&self, bare: &Self) -> Option<String> {
        match (&self.measure, &bare.measure) {
            // `90` into `tối thiểu 92% hài lòng`
            (Some(own), None) if own.value.is_some() && bare.count()?.1.is_empty() => {
                let words = &self.text[own.range()];
                let first = words.find(|c: char| c.is_ascii_digit())?;
                let length = words[first..].find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(words.len() - first);
                let end = own.start as usize + first + length;
                Some(format!("{}{}{}", &self.text[..own.start as usize + first], bare.text, &self.text[end..]))
            }
            (None, None) => {
                let ((_, own), (_, new)) = (self.count()?, bare.count()?);
                let behind = self.text.len() - self.text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')).len();
                let number = bare.text.split(' ').next()?;
                opens_with(own, new).then(|| format!("{number}{}", &self.text[behind..]))
            }
            (Some(_), None) | (_, Some(_)) => None,
        }
    }

    /// Returns this target with the measure of `bare` inside its sentence (`tối thiểu 95%` into `tối thiểu 92% tổ chức hài lòng`). Where
    /// `bare` is a sentence of its own, or this target has no measure, `bare` under this target's code.
    #[must_use]
    pub fn with_measure(&self, bare: &Self) -> Self {
        if let Some(text) = self.with_count(bare) {
            return Self::parse(&self.code, &text);
        }
        let (Some(own), Some(new), true) = (&self.measure, &bare.measure, bare.is_bare()) else {
            return Self { code: self.code.clone(), ..bare.clone() };
        };
        let mut text = self.text[..own.start as usize].to_owned();
        let words = &bare.text[new.range()];
        let capital = own.start == 0 && self.text.starts_with(char::is_uppercase);
        let mut letters = words.chars();
        match letters.next() {
            Some(first) if capital => text.extend(first.to_uppercase()),
            // a small letter inside the sentence
            Some(first) if !text.is_empty() => text.push(super::word::lower(first)),
            Some(first) => text.push(first),
            None => {}
        }
        text.push_str(letters.as_str());
        // a number alone keeps what the sentence counts
        if new.unit.is_empty() && !own.unit.is_empty() {
            text.push_str(if own.unit == "%" { "" } else { " " });
            text.push_str(&own.unit);
        }
        text.push_str(&self.text[own.end as usize..]);
        if let (None, Some(exception)) = (&self.exception, &bare.exception) {
            let stop = text.ends_with('.');
            text.truncate(text.trim_end_matches(['.', ' ']).len());
            text.push_str(&format!(" ({exception})"));
            text.push_str(if stop { "." } else { "" });
        }
        Self::parse(&self.code, &text)
    }
}

/// Says whether the words of `text` begin with those of `start`.
fn opens_with(text: &str, start: &str) -> bool {
    let (text, start) = (Key::new(text), Key::new(start));
    text.as_str().strip_prefix(start.as_str()).is_some_and(|rest| rest.is_empty() || start.is_empty() || rest.starts_with([' ', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Comparator;

    fn target(text: &str) -> Target {
        Target::parse("", text)
    }

    fn lower(own: &str, parents: &str) -> Option<bool> {
        let (own, parents) = (target(own).measure.expect(own), target(parents).measure.expect(parents));
        own.is_lower_than(&parents)
    }

    #[test]
    fn the_measure_is_found_wherever_it_stands() {
        let words = |text: &str| target(text).measure.map(|m| text[m.range()].to_owned());
        assert_eq!(words("Mức độ hài lòng đạt tối thiểu 92%").as_deref(), Some("tối thiểu 92%"));
        assert_eq!(words("Tối thiểu 90% hồ sơ mức độ 3").as_deref(), Some("Tối thiểu 90%"));
        assert_eq!(words("Chỉ số năm 2022 đạt 85% trở lên").as_deref(), Some("85% trở lên"));
        assert_eq!(words("dịch vụ công mức độ 3, mức độ 4 năm 2022"), None);
        assert_eq!(words("Kế hoạch số 140/KH-UBND ngày 14/10/2021"), None);
        assert_eq!(words("thời gian không quá 2,5 ngày làm việc").as_deref(), Some("không quá 2,5 ngày làm việc"));
    }

    #[test]
    fn a_number_in_an_exception_measures_nothing() {
        let read = target("Giải quyết đúng hạn (trừ 5% hồ sơ phức tạp)");
        assert_eq!((read.measure, read.exception.as_deref()), (None, Some("trừ 5% hồ sơ phức tạp")));
    }

    #[test]
    fn weaker_is_lower_for_floors_and_higher_for_ceilings() {
        assert_eq!(lower("tối thiểu 90%", "tối thiểu 92%"), Some(true));
        assert_eq!(lower("trên 92%", "tối thiểu 92%"), Some(false));
        assert_eq!(lower("tối thiểu 92%", "trên 92%"), Some(true));
        assert_eq!(lower("tối thiểu 95%", "100% hồ sơ"), Some(true));
        assert_eq!(lower("không quá 5 ngày", "không quá 3 ngày"), Some(true));
        assert_eq!(lower("không quá 3 ngày", "tối thiểu 92%"), None);
        assert_eq!(lower("tối đa 1%", "không có"), Some(true));
        assert_eq!(lower("giảm 5% so với năm 2021", "giảm 10% so với năm 2015"), None);
        assert_eq!(lower("ít nhất 01 bậc", "ít nhất 02 sáng kiến"), None);
    }

    #[test]
    fn plain_numbers_are_compared_where_both_count_the_same() {
        let lower = |own: &str, parents: &str| target(own).is_lower_than(&target(parents));
        assert_eq!(lower("300 lượt", "2.500 lượt cán bộ được tập huấn"), Some(true));
        assert_eq!(lower("tối thiểu 300 lượt", "2.500 lượt cán bộ được tập huấn"), Some(true));
        assert_eq!(lower("3.000 lượt cán bộ", "2.500 lượt cán bộ được tập huấn"), Some(false));
        assert_eq!(lower("3 báo cáo", "4 cuộc họp"), None);
        assert_eq!(lower("24/7 tiếp nhận", "30 hồ sơ"), None);
    }

    #[test]
    fn a_bare_measure_takes_its_place_in_the_sentence() {
        let put = |parents: &str, own: &str| target(parents).with_measure(&target(own)).text;
        assert_eq!(put("tối thiểu 92% tổ chức, doanh nghiệp hài lòng", "tối thiểu 95%"), "tối thiểu 95% tổ chức, doanh nghiệp hài lòng");
        assert_eq!(put("Tối thiểu 90% hồ sơ", "từ 95% trở lên"), "Từ 95% trở lên hồ sơ");
        assert_eq!(put("Mức độ hài lòng đạt 92%.", "đạt 95%"), "Mức độ hài lòng đạt 95%.");
        assert_eq!(put("Có thêm 02 đơn vị tự chủ", "thêm 03"), "Thêm 03 đơn vị tự chủ");
        assert_eq!(put("Tối thiểu 90% hồ sơ", "95% hồ sơ đúng hạn"), "95% hồ sơ đúng hạn");
        assert_eq!(put("2.500 lượt cán bộ được tập huấn", "300 lượt"), "300 lượt cán bộ được tập huấn");
        assert_eq!(put("2.500 lượt cán bộ được tập huấn", "300"), "300 lượt cán bộ được tập huấn");
        assert_eq!(put("2.500 lượt cán bộ được tập huấn", "12 lớp"), "12 lớp");
        assert_eq!(put("tối thiểu 92,5% hài lòng", "90"), "tối thiểu 90% hài lòng");
        let whole = target("Tối thiểu 90% hồ sơ").with_measure(&target("100%"));
        assert_eq!(whole.measure.map(|m| m.comparator), Some(Comparator::Exactly));
    }
}
