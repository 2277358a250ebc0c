//! Results of a task: how far it came, and in what percentage.

use serde::{Deserialize, Serialize};

use super::measure::leading_number;
use super::word::bare;
use crate::base::Key;

/// How far a task came in its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// chưa hoàn thành
    NotDone,
    /// hoàn thành một phần
    Partly,
    /// hoàn thành
    Done,
}

/// Words for results, those that begin with others first; English ones behind.
const WORDS: &[(&str, Progress)] = &[
    ("hoàn thành một phần", Progress::Partly),
    ("hoàn thành chưa đầy đủ", Progress::Partly),
    ("hoàn thành cơ bản", Progress::Partly),
    ("cơ bản hoàn thành", Progress::Partly),
    ("đang thực hiện", Progress::Partly),
    ("đang triển khai", Progress::Partly),
    ("thực hiện một phần", Progress::Partly),
    ("một phần", Progress::Partly),
    ("chưa hoàn thành", Progress::NotDone),
    ("không hoàn thành", Progress::NotDone),
    ("chưa thực hiện", Progress::NotDone),
    ("không thực hiện", Progress::NotDone),
    ("chưa triển khai", Progress::NotDone),
    ("chưa đạt", Progress::NotDone),
    ("không đạt", Progress::NotDone),
    ("đã hoàn thành", Progress::Done),
    ("hoàn thành", Progress::Done),
    ("đã thực hiện", Progress::Done),
    ("vượt", Progress::Done),
    ("đạt", Progress::Done),
    ("partly done", Progress::Partly),
    ("partly", Progress::Partly),
    ("partial", Progress::Partly),
    ("in progress", Progress::Partly),
    ("ongoing", Progress::Partly),
    ("not done", Progress::NotDone),
    ("not started", Progress::NotDone),
    ("done", Progress::Done),
    ("completed", Progress::Done),
    ("complete", Progress::Done),
];

impl Progress {
    /// Returns what words say; `None` for words that say no result.
    pub fn parse(text: &str) -> Option<Self> {
        let key = Key::new(text);
        WORDS.iter().find(|(words, _)| key.as_str() == *words).map(|(_, progress)| *progress)
    }

    /// Returns what a text opens with (`hoàn thành, Quyết định số …`); `None` where it opens with no result.
    pub fn opening(text: &str) -> Option<Self> {
        let key = Key::new(text);
        let opens = |words: &str| key.as_str().strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
        WORDS.iter().find(|(words, _)| opens(words)).map(|(_, progress)| *progress)
    }

    /// Returns what a percentage says: all, nothing, or a part.
    pub fn of_share(share: i64) -> Self {
        match share {
            100_000.. => Self::Done,
            1..100_000 => Self::Partly,
            _ => Self::NotDone,
        }
    }

    /// Returns the words for it.
    pub fn text(self) -> &'static str {
        match self {
            Self::NotDone => "chưa hoàn thành",
            Self::Partly => "hoàn thành một phần",
            Self::Done => "hoàn thành",
        }
    }
}

/// Reads a percentage (`85%`, `85`, `92,5 %`) in thousandths. `None` for a text that is none, and for one below 0 or above 100.
pub fn read_share(text: &str) -> Option<i64> {
    let (value, behind) = leading_number(bare(text))?;
    let rest = bare(behind).trim();
    (matches!(rest, "" | "%") && (0..=100_000).contains(&value)).then_some(value)
}

/// Writes a number of thousandths with a decimal comma (92500 is `92,5`).
pub fn print_thousandths(value: i64) -> String {
    let (whole, rest) = (value / 1000, (value % 1000).abs());
    if rest == 0 { whole.to_string() } else { format!("{whole},{}", format!("{rest:03}").trim_end_matches('0')) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_results_are_read_whole() {
        assert_eq!(Progress::parse("Hoàn thành"), Some(Progress::Done));
        assert_eq!(Progress::parse("hoàn thành một phần"), Some(Progress::Partly));
        assert_eq!(Progress::parse("CHƯA THỰC HIỆN."), Some(Progress::NotDone));
        assert_eq!(Progress::parse("hoàn thành tốt lắm"), None);
        assert_eq!(Progress::opening("Chưa hoàn thành, còn chờ thẩm định"), Some(Progress::NotDone));
        assert_eq!(Progress::opening("Quyết định số 12/QĐ-UBND"), None);
    }

    #[test]
    fn a_percentage_lies_between_0_and_100() {
        assert_eq!(["85%", "92,5 %", "0", "100"].map(read_share), [Some(85_000), Some(92_500), Some(0), Some(100_000)]);
        assert_eq!(["140%", "-5", "gần xong", "", "85 hồ sơ"].map(read_share), [None; 5]);
        assert_eq!([92_500, 85_000, 50].map(print_thousandths), ["92,5", "85", "0,05"]);
    }
}
