//! Text as a row of folded words: what names are compared by.
//!
//! A name is the row of its words. `và`, `,`, `-`, `&` and `/` between them say nothing about who is meant (`Phòng Văn hóa - Thông tin`
//! and `Phòng Văn hóa và Thông tin` are one), so they are passed over; brackets count, and any other mark parts names. Diacritics stay.

use crate::base::{Key, words};

/// A word with its place in the text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    /// Folded as [`Key`] folds.
    pub(super) key: String,
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Whether it begins with a capital letter.
    pub(super) upper: bool,
    /// Whether it has two letters or more and all are capital: perhaps an abbreviation.
    pub(super) caps: bool,
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Spaces only: one name goes on.
    Join,
    /// A dash, `&` or `/` without a space on both sides, or ` & `: inside a name.
    Glue,
    /// `,`, `và` or ` - `: between two items, or inside a name.
    Soft,
    /// `;` or `.`: between two items.
    Hard,
    /// `; -` or `. -`: a new item even on one line.
    Break,
    /// `:`
    Colon,
    /// `(`
    Open,
    /// Any other mark.
    Other,
    /// The end of the text.
    End,
}

impl Gap {
    /// Says whether a list can go on behind it with another item.
    pub(super) fn separates(self) -> bool {
        match self {
            Self::Soft | Self::Hard | Self::Break | Self::End => true,
            Self::Join | Self::Glue | Self::Colon | Self::Open | Self::Other => false,
        }
    }
}

/// A text as words, with the same row encoded for the automaton.
#[derive(Debug)]
pub(super) struct Words<'t> {
    /// The text.
    pub(super) text: &'t str,
    /// Its words, without `và`.
    pub(super) list: Vec<Word>,
    /// Each word as `\u{1}word\u{2}`: a pattern of whole words can only match whole words.
    pub(super) encoded: String,
    offsets: Vec<usize>,
    marks: Vec<Mark>,
}

/// Where an encoded word or bracket ends.
#[derive(Debug)]
struct Mark {
    encoded: usize,
    words: usize,
    byte: usize,
}

impl<'t> Words<'t> {
    /// Reads a text. Places are bytes of `text` as given.
    pub(super) fn new(text: &'t str) -> Self {
        let mut out =
            Self { text, list: Vec::new(), encoded: String::with_capacity(text.len() * 2), offsets: Vec::new(), marks: Vec::new() };
        let mut end = 0;
        for range in words(text) {
            let slice = &text[range.clone()];
            let key = fold_word(slice);
            if key == "và" {
                continue;
            }
            if !out.list.is_empty() {
                out.encode_gap(end, range.start);
            }
            let upper = slice.chars().next().is_some_and(char::is_uppercase);
            let caps = slice.chars().nth(1).is_some() && !slice.chars().any(|c| c.is_lowercase() || c.is_numeric());
            end = range.end;
            if key == "tp" {
                out.push("thành".into(), &range, true, false);
                out.push("phố".into(), &range, true, false);
            } else {
                out.push(key, &range, upper, caps);
            }
        }
        out.encode_gap(end, text.len());
        out
    }

    fn push(&mut self, key: String, range: &std::ops::Range<usize>, upper: bool, caps: bool) {
        self.offsets.push(self.encoded.len());
        encode_word(&key, &mut self.encoded);
        self.list.push(Word { key, start: range.start, end: range.end, upper, caps });
        self.marks.push(Mark { encoded: self.encoded.len(), words: self.list.len(), byte: range.end });
    }

    fn encode_gap(&mut self, from: usize, to: usize) {
        let raw = &self.text[from..to];
        if raw.bytes().all(|b| matches!(b, b' ' | b',' | b'-' | b'&' | b'/')) {
            return;
        }
        if raw == "." && self.last_is_short() {
            return;
        }
        for (at, c) in raw.char_indices() {
            match c {
                '(' => self.encoded.push(OPEN),
                ')' => {
                    self.encoded.push(CLOSE);
                    self.marks.push(Mark { encoded: self.encoded.len(), words: self.list.len(), byte: from + at + 1 });
                }
                c if is_passed_over(c) => {}
                _ => self.encoded.push('\u{3}'),
            }
        }
    }

    /// `TP.` and `TX.`: the dot belongs to the short form.
    fn last_is_short(&self) -> bool {
        self.list.last().is_some_and(|word| matches!(self.text[word.start..word.end].to_lowercase().as_str(), "tp" | "tx"))
    }

    /// Returns how many words there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Returns the folded word at `at`; empty behind the last.
    pub(super) fn key(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |word| word.key.as_str())
    }

    /// Says whether the words at `at` are these, with nothing but spaces between them.
    pub(super) fn reads(&self, at: usize, keys: &[&str]) -> bool {
        keys.iter().enumerate().all(|(n, key)| self.key(at + n) == *key && (n == 0 || self.gap(at + n) == Gap::Join))
    }

    /// Returns what stands in front of the word at `at`; at the number of words, what stands behind the last.
    pub(super) fn gap(&self, at: usize) -> Gap {
        if at >= self.len() {
            return Gap::End;
        }
        let Some(before) = at.checked_sub(1).map(|n| &self.list[n]) else { return Gap::Break };
        if before.start == self.list[at].start {
            return Gap::Join;
        }
        self.gap_between(before.end, self.list[at].start)
    }

    /// Returns what stands between two places.
    pub(super) fn gap_between(&self, from: usize, to: usize) -> Gap {
        let raw = self.text.get(from..to).unwrap_or("");
        let dash = |c: char| matches!(c, '-' | '+' | '•' | '*' | '\u{2010}'..='\u{2015}');
        let stop = raw.rfind([';', '.', '…']);
        if raw.trim().is_empty() || (raw.trim_end() == "." && self.short_before(from)) {
            Gap::Join
        } else if raw.contains('(') {
            Gap::Open
        } else if let Some(stop) = stop {
            if raw[stop..].contains(dash) { Gap::Break } else { Gap::Hard }
        } else if raw.contains(':') {
            Gap::Colon
        } else if raw.contains(',') || raw.contains(char::is_alphabetic) {
            Gap::Soft
        } else if raw.contains(dash) {
            if raw.starts_with(char::is_whitespace) && raw.ends_with(char::is_whitespace) { Gap::Soft } else { Gap::Glue }
        } else if raw.contains(['&', '/']) {
            Gap::Glue
        } else {
            Gap::Other
        }
    }

    fn short_before(&self, end: usize) -> bool {
        let head = &self.text[..end];
        let word = head.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        matches!(word.to_lowercase().as_str(), "tp" | "tx")
    }

    /// Returns the first byte of the word at `at`; the text's length behind the last.
    pub(super) fn start(&self, at: usize) -> usize {
        self.list.get(at).map_or(self.text.len(), |word| word.start)
    }

    /// Returns one past the last byte of the word in front of `at`.
    pub(super) fn end(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|n| self.list.get(n)).map_or(0, |word| word.end)
    }

    /// Returns the text in front of the word at `at`, from the end of the word before. Both words of `TP` are one place, with nothing between.
    pub(super) fn between(&self, at: usize) -> &'t str {
        self.text.get(self.end(at)..self.start(at)).unwrap_or("")
    }

    /// Returns the first word that begins at or behind a byte.
    pub(super) fn word_from(&self, byte: usize) -> usize {
        self.list.partition_point(|word| word.start < byte)
    }

    /// Returns the printed text of the words `from..to`.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'t str {
        self.text.get(self.start(from)..self.end(to)).unwrap_or("")
    }

    /// Returns where the word at `at` begins in the encoded row.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.offsets.get(at).copied().unwrap_or(self.encoded.len())
    }

    /// Returns the number of words in front of an end in the encoded row, and the byte of the text there.
    pub(super) fn place(&self, encoded_end: usize) -> (usize, usize) {
        let at = self.marks.partition_point(|mark| mark.encoded < encoded_end);
        self.marks.get(at).map_or((self.len(), self.text.len()), |mark| (mark.words, mark.byte))
    }

    /// Returns the word that begins at an offset of the encoded row.
    pub(super) fn at_offset(&self, offset: usize) -> usize {
        self.offsets.partition_point(|start| *start < offset)
    }

    /// Returns the words `from..to` encoded, without what stands between them.
    pub(super) fn encode(&self, from: usize, to: usize) -> String {
        let mut out = String::new();
        for word in &self.list[from.min(self.len())..to.min(self.len())] {
            encode_word(&word.key, &mut out);
        }
        out
    }
}

const OPEN: char = '\u{4}';
const CLOSE: char = '\u{5}';

fn is_passed_over(c: char) -> bool {
    c.is_whitespace() || c.is_alphabetic() || matches!(c, ',' | '-' | '&' | '/' | '\u{300}'..='\u{36f}' | '\u{2010}'..='\u{2015}')
}

fn encode_word(key: &str, out: &mut String) {
    out.push('\u{1}');
    out.push_str(key);
    out.push('\u{2}');
}

/// Returns a name encoded as its words; empty for a name without words.
pub(super) fn encode(name: &str) -> String {
    let mut encoded = Words::new(name).encoded;
    // marks at the end of a name (`;`, `.`) are not part of it
    encoded.truncate(encoded.trim_end_matches('\u{3}').len());
    encoded
}

/// Returns the words of an encoded name.
pub(super) fn decode(encoded: &str) -> impl Iterator<Item = &str> {
    encoded.split('\u{1}').filter_map(|part| part.split('\u{2}').next()).filter(|word| !word.is_empty() && !word.starts_with(OPEN))
}

/// Folds one word as [`Key`] does. Words come by the million: whatever needs no Unicode tables is folded here.
pub(super) fn fold_word(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut last = [' '; 2];
    for c in word.chars() {
        let lower = match c {
            'A'..='Z' => c.to_ascii_lowercase(),
            '0'..='9' | 'a'..='z' => c,
            'ð' | 'Ð' => 'đ',
            '\u{c0}'..='\u{17f}' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'..='\u{1ef9}' => {
                let mut lower = c.to_lowercase();
                match (lower.next(), lower.next()) {
                    (Some(one), None) => one,
                    _ => return Key::new(word).as_str().to_owned(),
                }
            }
            _ => return Key::new(word).as_str().to_owned(),
        };
        out.push(lower);
        last = [last[1], lower];
    }
    let [first, second] = last;
    let moved = (first == 'o' && "àáảãạèéẻẽẹ".contains(second)) || (first == 'u' && "ỳýỷỹỵ".contains(second));
    if moved { Key::new(&out).as_str().to_owned() } else { out }
}
