//! Marks in front of headings, items and rows: `I.`, `1.1`, `a)`, `-`, `+`; what they are and which may follow which.

/// A mark, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// `I`, `II`.
    Roman(u32),
    /// `A`, `B`.
    Capital(u32),
    /// `1`, `1.1`: at least one number.
    Number(Vec<u32>),
    /// `a`, `đ`: place in the alphabet of such lists, from 1.
    Letter(u32),
    /// `-` and other bullets.
    Dash,
    /// `+`.
    Plus,
}

/// A text that begins with a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked<'a> {
    pub(super) mark: Mark,
    /// The mark as printed, without the stop or bracket behind it.
    pub(super) printed: &'a str,
    /// What stands behind.
    pub(super) rest: &'a str,
}

/// Letters of lists in their order, those that the decree leaves out among them.
const LETTERS: &str = "abcdđefghijklmnopqrstuvwxyz";

/// Letters that a list may leave out.
const LEFT_OUT: &str = "fjwz";

impl Mark {
    /// How deep the mark usually stands: less is higher.
    pub(super) fn rank(&self) -> u8 {
        match self {
            Self::Capital(_) => 0,
            Self::Roman(_) => 1,
            Self::Number(numbers) => u8::try_from(numbers.len()).unwrap_or(u8::MAX).saturating_add(1).min(7),
            Self::Letter(_) => 8,
            Self::Dash => 9,
            Self::Plus => 10,
        }
    }
}

/// Returns the mark that opens a text, where one does.
pub(super) fn opening(text: &str) -> Option<Marked<'_>> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let bullet = |mark| {
        let rest = &text[first.len_utf8()..];
        let spaced = rest.starts_with(' ') || rest.starts_with(|c: char| c.is_uppercase());
        (spaced && !rest.trim().is_empty()).then(|| Marked { mark, printed: &text[..first.len_utf8()], rest: rest.trim_start() })
    };
    match first {
        '-' | '–' | '—' | '•' | '*' | '·' | '●' | '▪' | '\u{f0b7}' => return bullet(Mark::Dash),
        '+' => return bullet(Mark::Plus),
        _ => {}
    }
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '.')).unwrap_or(text.len());
    let word = &text[..end];
    let behind = &text[end..];
    let dotted = word.ends_with('.');
    let (word, rest) = glued(word, behind, text);
    let bare = word.trim_end_matches('.');
    let closed = dotted || word.len() < end || rest_closes(behind);
    let rest = rest.trim_start_matches([')', '/']).trim_start();
    let rest = rest.strip_prefix("- ").unwrap_or(rest);
    if bare.is_empty() || rest.is_empty() {
        return None;
    }
    let mark = label(bare)?;
    let fits = match &mark {
        Mark::Roman(_) => closed || behind.starts_with(" -"),
        Mark::Capital(_) => closed && rest.starts_with(|c: char| c.is_uppercase()),
        Mark::Number(numbers) => closed || numbers.len() > 1,
        Mark::Letter(_) => closed,
        Mark::Dash | Mark::Plus => true,
    };
    fits.then_some(Marked { mark, printed: bare, rest })
}

fn rest_closes(behind: &str) -> bool {
    behind.starts_with(')') || behind.starts_with("/ ")
}

/// Takes `1.Nội` apart, where no space stands behind the stop.
fn glued<'a>(word: &'a str, behind: &'a str, text: &'a str) -> (&'a str, &'a str) {
    let Some(stop) = word.rfind('.') else { return (word, behind) };
    let next = &word[stop + 1..];
    if next.starts_with(|c: char| c.is_uppercase()) && next.chars().nth(1).is_some_and(char::is_lowercase) {
        return (&word[..=stop], &text[stop + 1..]);
    }
    (word, behind)
}

/// Returns what a word alone is as a mark (`I`, `1.1`, `a`), without stops or brackets around it.
pub(super) fn label(word: &str) -> Option<Mark> {
    if word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let numbers: Option<Vec<u32>> =
            word.split('.').map(|part| if (1..=2).contains(&part.len()) { part.parse().ok() } else { None }).collect();
        return numbers.map(Mark::Number).or_else(|| (word.len() == 3).then(|| word.parse().ok()).flatten().map(|n| Mark::Number(vec![n])));
    }
    if let Some(value) = roman(word) {
        return Some(Mark::Roman(value));
    }
    let mut chars = word.chars();
    let (one, more) = (chars.next()?, chars.next());
    if more.is_none() && one.is_uppercase() {
        return "ABCDEGH".chars().position(|c| c == one).and_then(|at| u32::try_from(at + 1).ok()).map(Mark::Capital);
    }
    if more.is_none() {
        return LETTERS.chars().position(|c| c == one).and_then(|at| u32::try_from(at + 1).ok()).map(Mark::Letter);
    }
    None
}

/// Returns what a whole cell or line is as a mark: `1`, `1.`, `(1)`, `I`, `a)`, `1.1`.
pub(super) fn whole(text: &str) -> Option<(Mark, &str)> {
    let bare = text.trim().trim_matches(['(', ')', '.', '/', ' ', ':']);
    label(bare).map(|mark| (mark, bare))
}

/// Returns the value of a Roman numeral in capitals, up to 39.
pub(super) fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 7 || !text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) {
        return None;
    }
    let value = |b: u8| match b {
        b'I' => 1,
        b'V' => 5,
        _ => 10,
    };
    let bytes = text.as_bytes();
    let mut sum = 0i32;
    for (at, byte) in bytes.iter().enumerate() {
        let own = value(*byte);
        let before_greater = bytes.get(at + 1).is_some_and(|next| value(*next) > own);
        sum += if before_greater { -own } else { own };
    }
    u32::try_from(sum).ok().filter(|sum| *sum > 0)
}

/// Returns how odd it is that `next` follows `before` as the mark of a row: 0 is in order, 4 is out of every order.
pub(super) fn oddness(before: Option<&Mark>, next: &Mark) -> f32 {
    let Some(before) = before else {
        let first = match next {
            Mark::Roman(n) | Mark::Capital(n) | Mark::Letter(n) => *n == 1,
            Mark::Number(numbers) => numbers.iter().all(|n| *n == 1),
            Mark::Dash | Mark::Plus => false,
        };
        return if first { 0.0 } else { 2.5 };
    };
    match (before, next) {
        (Mark::Roman(a), Mark::Roman(b)) | (Mark::Capital(a), Mark::Capital(b)) => step(*a, *b),
        (Mark::Letter(a), Mark::Letter(b)) => step(*a, b.saturating_sub(left_out(*a, *b))),
        (Mark::Number(a), Mark::Number(b)) => numbers(a, b),
        (Mark::Roman(_) | Mark::Capital(_), Mark::Number(b)) => {
            if b.as_slice() == [1] || b.ends_with(&[1]) {
                0.0
            } else {
                0.8
            }
        }
        (Mark::Capital(_), Mark::Roman(n)) | (Mark::Number(_), Mark::Letter(n)) => {
            if *n == 1 {
                0.0
            } else {
                2.0
            }
        }
        (Mark::Number(_) | Mark::Letter(_), Mark::Roman(_) | Mark::Capital(_)) | (Mark::Letter(_), Mark::Number(_)) => 0.4,
        (Mark::Roman(_), Mark::Letter(_) | Mark::Capital(_)) | (Mark::Capital(_), Mark::Letter(_)) => 1.0,
        (Mark::Dash | Mark::Plus, _) | (_, Mark::Dash | Mark::Plus) => 4.0,
    }
}

/// Counts letters between two that a list may leave out.
fn left_out(from: u32, to: u32) -> u32 {
    let between = LETTERS.chars().zip(1u32..).filter(|(c, at)| *at > from && *at < to && LEFT_OUT.contains(*c));
    u32::try_from(between.count()).unwrap_or(0)
}

fn step(from: u32, to: u32) -> f32 {
    match to.checked_sub(from) {
        Some(1) => 0.0,
        Some(2 | 3) => 1.5,
        _ if to == 1 => 2.0,
        _ => 4.0,
    }
}

fn numbers(a: &[u32], b: &[u32]) -> f32 {
    let common = a.len().min(b.len());
    if b.len() == a.len() + 1 && b.starts_with(a) {
        return if b.last() == Some(&1) { 0.1 } else { 2.5 };
    }
    if b.len() > a.len() {
        return 4.0;
    }
    match (a.get(..common - 1) == b.get(..common - 1), a.get(common - 1), b.get(common - 1)) {
        (true, Some(from), Some(to)) => step(*from, *to),
        _ => 4.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(text: &str) -> Option<(Mark, String)> {
        opening(text).map(|m| (m.mark, m.rest.to_owned()))
    }

    #[test]
    fn marks_are_told_from_words_and_numbers() {
        assert_eq!(marks("I. MỤC ĐÍCH"), Some((Mark::Roman(1), "MỤC ĐÍCH".into())));
        assert_eq!(marks("1.1. Tiếp tục"), Some((Mark::Number(vec![1, 1]), "Tiếp tục".into())));
        assert_eq!(marks("1.Nội dung"), Some((Mark::Number(vec![1]), "Nội dung".into())));
        assert_eq!(marks("đ) Rà soát"), Some((Mark::Letter(5), "Rà soát".into())));
        assert_eq!(marks("-Thời gian"), Some((Mark::Dash, "Thời gian".into())));
        assert_eq!(marks("10 năm"), None);
        assert_eq!(marks("3.000 lượt"), None);
        assert_eq!(marks("2022."), None);
        assert_eq!(marks("140/KH-UBND ngày"), None);
        assert_eq!(marks("24.12.2021 là"), None);
    }

    #[test]
    fn rows_follow_each_other() {
        let odd = |a: &str, b: &str| oddness(whole(a).map(|m| m.0).as_ref(), &whole(b).expect("a mark").0);
        assert!(odd("1.3", "2") < 0.5 && odd("1.3", "1.3.1") < 0.5 && odd("1.3.2", "1.4") < 0.5);
        assert!(odd("8", "2") > 3.0);
        assert!(odd("e)", "g)") < 0.5 && odd("e)", "f)") < 0.5 && odd("d", "đ") < 0.5 && odd("d", "e") > 1.2);
        assert!(odd("II", "1") < 0.5 && odd("5", "III") < 0.5);
        assert_eq!(whole("(1)").map(|m| m.0), Some(Mark::Number(vec![1])));
        assert_eq!((roman("IV"), roman("XIV"), roman("VIII")), (Some(4), Some(14), Some(8)));
    }
}
