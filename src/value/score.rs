//! Scores of a criterion: numbers with a decimal comma, kept exactly.

use serde::{Deserialize, Serialize};

/// A score as written and as a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// The words (`8,5`).
    pub text: String,
    /// Value in ten-thousandths (8,5 is 85000): sums are exact.
    pub value: i64,
}

/// Digits behind the comma that a score can have.
const DIGITS: usize = 4;
/// One whole point.
const ONE: i64 = 10_000;

impl Score {
    /// Reads `8`, `8,5`, `2,7091`, `-0,5`, also with `điểm` behind it; `None` for anything else, a decimal point too.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number = text.strip_suffix("điểm").unwrap_or(text).trim_end();
        let (negative, digits) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let (whole, fraction) = digits.split_once(',').unwrap_or((digits, ""));
        let is_number = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || !is_number(whole) || !is_number(fraction) || fraction.len() > DIGITS {
            return None;
        }
        if digits.contains(',') && fraction.is_empty() {
            return None;
        }
        let value = whole.parse::<i64>().ok()? * ONE + format!("{fraction:0<DIGITS$}").parse::<i64>().ok()?;
        Some(Self { text: number.to_owned(), value: if negative { -value } else { value } })
    }

    /// Returns the score of a value, written with as many digits as it needs.
    pub fn of(value: i64) -> Self {
        let sign = if value < 0 { "-" } else { "" };
        let (whole, rest) = (value.abs() / ONE, value.abs() % ONE);
        let fraction = format!("{rest:0DIGITS$}");
        let fraction = fraction.trim_end_matches('0');
        let comma = if fraction.is_empty() { "" } else { "," };
        Self { text: format!("{sign}{whole}{comma}{fraction}"), value }
    }

    /// Says whether `sum` is this score: exactly, or rounded to two digits behind the comma, as score tables print what was computed finer.
    pub fn is_sum(&self, sum: i64) -> bool {
        let cent = ONE / 100;
        let rounded = (sum + if sum < 0 { -cent / 2 } else { cent / 2 }) / cent * cent;
        self.value == sum || self.value == rounded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_a_decimal_comma() {
        let value = |text| Score::parse(text).map(|score| score.value);
        assert_eq!(
            [value("8,5"), value("100"), value("2,7091 điểm"), value("-0,5")],
            [Some(85000), Some(1_000_000), Some(27091), Some(-5000)]
        );
        assert_eq!([value("8.5"), value("8,"), value(",5"), value("tám"), value("1,23456")], [None; 5]);
    }

    #[test]
    fn a_sum_is_written_with_the_digits_that_it_needs() {
        assert_eq!([12_600, 80_000, -5_000].map(|value| Score::of(value).text), ["1,26", "8", "-0,5"]);
    }

    #[test]
    fn a_sum_may_be_rounded_to_two_digits_and_no_coarser() {
        let is = |text, sum| Score::parse(text).is_some_and(|score| score.is_sum(sum));
        assert!(is("2,71", 27_091) && is("8", 80_000));
        assert!(!is("13,2", 132_400) && !is("1,21", 15_000));
    }
}
