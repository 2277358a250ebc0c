//! Roman numbers, the Vietnamese letter series, and marks that follow each other.

/// The letters that number items: the alphabet without ă, â, ê, ô, ơ, ư and without f, j, w, z (Decree 30/2020; settled practice).
const LETTERS: [&str; 23] =
    ["a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "x", "y"];

/// Returns the letter of the item at `index` (from 0): `a` … `y`, then `aa`, `ab` ….
pub(super) fn letter(index: usize) -> String {
    let count = LETTERS.len();
    match index.checked_sub(count) {
        None => LETTERS[index].to_owned(),
        Some(rest) => format!("{}{}", letter(rest / count), LETTERS[rest % count]),
    }
}

/// Returns `number` in Roman numerals; numbers that they do not write (0, 4000 and more) in Arabic ones.
pub(super) fn roman(number: usize) -> String {
    const STEPS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// Counts the marks of one list of siblings.
#[derive(Debug, Default)]
pub(super) struct Series {
    numbers: usize,
    letters: usize,
}

impl Series {
    /// Returns the next number.
    pub(super) fn number(&mut self) -> usize {
        self.numbers += 1;
        self.numbers
    }

    /// Returns the next letter.
    pub(super) fn letter(&mut self) -> String {
        self.letters += 1;
        letter(self.letters - 1)
    }

    /// Goes on behind a printed number or letter (`Đánh số: 7`): the next sibling is 8.
    pub(super) fn resume(&mut self, printed: &str) {
        let last = printed.trim_end_matches(['.', ')', ' ']).rsplit('.').next().unwrap_or("").trim();
        if let Ok(number) = last.parse::<usize>() {
            self.numbers = number;
        } else if let Some(at) = LETTERS.iter().position(|letter| *letter == last.to_lowercase()) {
            self.letters = at + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_follow_the_vietnamese_series() {
        let first: Vec<String> = (0..8).map(letter).collect();
        assert_eq!(first, ["a", "b", "c", "d", "đ", "e", "g", "h"]);
        assert_eq!((letter(22), letter(23), letter(46)), ("y".into(), "aa".into(), "ba".into()));
    }

    #[test]
    fn roman_numbers_subtract() {
        assert_eq!([4, 9, 14, 40].map(roman), ["IV", "IX", "XIV", "XL"]);
    }
}
