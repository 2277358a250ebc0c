//! What a task's text says, without what a move of level or year changes.
//!
//! Vietnamese writes one syllable per word, so the unit here is the syllable. Level words, unit names, years and dates fall away; abbreviations
//! that every office uses are written out; formulae (`tăng cường thực hiện`) stay with little weight. Diacritics are kept.

use std::sync::Arc;

use super::token::{Opens, Paper, Shape, Tokens};

/// A syllable or number of a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Syllable {
    /// Folded, lower case.
    pub(super) text: Arc<str>,
    /// How much it says, 0 to 1, before its rarity counts.
    pub(super) weight: f32,
}

/// A text, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Wording {
    /// Syllables and numbers in order.
    pub(super) syllables: Vec<Syllable>,
    /// Amounts (`98%`, `120`), sorted, each once.
    pub(super) numbers: Vec<String>,
    /// Symbols of cited documents (`15/2020/qđ-ubnd`), sorted, each once.
    pub(super) symbols: Vec<String>,
    /// The first document that it makes (`Xây dựng Quy chế …`).
    pub(super) makes: Option<Paper>,
    /// Words of all kinds of document that it names.
    pub(super) papers: Vec<&'static str>,
    /// Where a clause ends (`;`, `.`), as a count of syllables, ascending.
    ends: Vec<usize>,
}

/// Weight of a formula's syllable.
const FORMULA: f32 = 0.3;
/// Weight of a word that says nothing alone.
const STOP: f32 = 0.1;

impl Wording {
    /// Reads a text. `names` are the proper names of the units whose plans are compared, as syllables: they fall away behind a level word.
    pub(super) fn read(text: &str, names: &[Vec<String>]) -> Self {
        let tokens = Tokens::of(text);
        let (syllables, ends) = weighed(&tokens, names);
        Self {
            syllables,
            numbers: tokens.numbers.clone(),
            symbols: tokens.symbols.clone(),
            makes: tokens.makes,
            papers: tokens.papers.clone(),
            ends,
        }
    }

    /// Returns a text that two wordings share only where they have the same syllables, weights and clauses.
    pub(super) fn identity(&self) -> String {
        let mut out = String::with_capacity(self.syllables.len() * 8);
        let mut ends = self.ends.iter().copied().peekable();
        for (at, syllable) in self.syllables.iter().enumerate() {
            while ends.next_if(|end| *end <= at).is_some() {
                out.push(';');
            }
            out.push_str(&syllable.text);
            // marks that no syllable holds
            out.push(match syllable.weight {
                FORMULA => '~',
                STOP => '.',
                _ => ' ',
            });
        }
        ends.for_each(|_| out.push(';'));
        out
    }

    /// Returns the clauses, where there are several that say something.
    pub(super) fn clauses(&self) -> Vec<Self> {
        let mut out = Vec::new();
        let mut start = 0;
        for end in self.ends.iter().copied().chain([self.syllables.len()]) {
            let part = &self.syllables[start.min(end)..end];
            if part.iter().filter(|syllable| syllable.weight >= 1.0).count() >= 3 {
                out.push(Self { syllables: part.to_vec(), ..Self::default() });
            }
            start = end;
        }
        if out.len() > 1 { out } else { Vec::new() }
    }
}

/// Drops level words and unit names, and weighs the rest. The second list says where clauses end.
fn weighed(tokens: &Tokens, names: &[Vec<String>]) -> (Vec<Syllable>, Vec<usize>) {
    let list = &tokens.list;
    let (mut out, mut ends) = (Vec::with_capacity(list.len()), Vec::new());
    let mut at = 0;
    while at < list.len() {
        let (length, weight) = match list[at].opens {
            Opens::Level(length) => (length + name_behind(tokens, at + length, names), 0.0),
            Opens::Formula(length) => (length, FORMULA),
            Opens::Stop => (1, STOP),
            Opens::Nothing => (1, 1.0),
        };
        for token in &list[at..at + length] {
            match token.shape {
                Shape::Break => ends.push(out.len()),
                Shape::Word | Shape::Number if weight > 0.0 => out.push(Syllable { text: Arc::clone(&token.text), weight }),
                Shape::Word | Shape::Number => {}
            }
        }
        at += length;
    }
    (out, ends)
}

/// Returns how many tokens the name of a unit has that stands at `at`; 0 where none does.
fn name_behind(tokens: &Tokens, at: usize, names: &[Vec<String>]) -> usize {
    let behind = &tokens.list[at..];
    let stands = |name: &&Vec<String>| {
        let reads = |(token, word): (&super::token::Token, &String)| token.shape == Shape::Word && *token.text == **word;
        !name.is_empty() && name.len() <= behind.len() && behind.iter().zip(*name).all(reads)
    };
    names.iter().find(stands).map_or(0, Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heavy(text: &str, names: &[&str]) -> String {
        let names: Vec<Vec<String>> = names.iter().map(|name| name.split(' ').map(str::to_owned).collect()).collect();
        let kept: Vec<String> =
            Wording::read(text, &names).syllables.into_iter().filter(|s| s.weight >= 1.0).map(|s| s.text.to_string()).collect();
        kept.join(" ")
    }

    #[test]
    fn what_a_level_or_a_year_changes_falls_away() {
        let upper = heavy("Triển khai Đề án phổ biến pháp luật trên địa bàn tỉnh Thanh Hóa, giai đoạn 2022 - 2026", &["thanh hóa"]);
        let lower = heavy("Triển khai Đề án phổ biến pháp luật trên địa bàn huyện Hoằng Hóa năm 2023", &["hoằng hóa"]);
        assert_eq!(upper, lower);
        assert_eq!(heavy("Hợp tác xã và xã hội ở xã", &[]), "hợp tác xã xã hội");
    }

    #[test]
    fn symbols_amounts_and_abbreviations_are_read() {
        let read = Wording::read("Giải quyết TTHC đạt 98% theo Quyết định số 15/2020/QĐ-UBND ngày 20/5/2020, Quý IV/2023", &[]);
        assert_eq!(read.symbols, ["15/2020/qđ-ubnd"]);
        assert_eq!(read.numbers, ["98%"]);
        assert!(read.syllables.windows(2).any(|pair| &*pair[0].text == "thủ" && &*pair[1].text == "tục"));
    }
}
