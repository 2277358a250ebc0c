//! Capitals taken back: titles and issuers are printed in capitals, the text below names them as they are written.

use crate::base::{even, is_blank, words};

/// What the running text of a document says about small and capital letters.
#[derive(Debug, Default)]
pub(in crate::import) struct Cases {
    /// Running text, and the same evened out, of the same length in characters.
    text: String,
    low: Vec<char>,
    printed: Vec<char>,
}

impl Cases {
    /// Takes up the running text of a document; texts in capitals say nothing.
    pub(in crate::import) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut out = Self::default();
        for text in texts {
            if out.text.len() > 200_000 {
                break;
            }
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            let capitals = text.chars().filter(|c| c.is_uppercase()).count();
            if letters > 0 && capitals * 2 < letters {
                // a no-break space parts words like any other
                out.text.extend(text.chars().map(|c| if c != '\n' && is_blank(c) { ' ' } else { c }));
                out.text.push('\n');
            }
        }
        out.printed = out.text.chars().collect();
        out.low = even(&out.text).chars().collect();
        if out.low.len() != out.printed.len() {
            out.low.clone_from(&out.printed);
        }
        out
    }

    /// Returns a text in capitals as running text writes it: the longest runs of words that the document holds, else small letters; behind
    /// the type of a unit each word begins with a capital.
    pub(in crate::import) fn lowered(&self, text: &str) -> String {
        if text.chars().any(char::is_lowercase) {
            return text.to_owned();
        }
        let low = even(text);
        let ranges = words(&low);
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let mut end = 0;
        let mut proper = false;
        while at < ranges.len() {
            // one word alone says little; what two words do not hold, three do not
            let mut found = None;
            for count in 2..=(ranges.len() - at).min(12) {
                let span = ranges[at].start..ranges[at + count - 1].end;
                let Some(printed) = self.printed_as(&low[span.clone()]) else { break };
                found = Some((count, span, printed));
            }
            let (count, span, printed) = found.unwrap_or_else(|| {
                let span = ranges[at].clone();
                let word = &low[span.clone()];
                (1, span, if proper { capital(word) } else { word.to_owned() })
            });
            out.push_str(&low[end..span.start]);
            let last = even(&printed);
            proper = UNITS.iter().any(|unit| last == *unit || last.ends_with(&format!(" {unit}"))) || (proper && count == 1);
            out.push_str(&printed);
            end = span.end;
            at += count;
        }
        out.push_str(&low[end..]);
        capital(&out)
    }

    /// Returns how running text most often writes a phrase; `None` where it does not hold it.
    fn printed_as(&self, phrase: &str) -> Option<String> {
        let wanted: Vec<char> = phrase.chars().collect();
        let mut found: Vec<(String, usize)> = Vec::new();
        let mut at = 0;
        while at + wanted.len() <= self.low.len() {
            let Some(skip) = self.low[at..].iter().position(|c| *c == wanted[0]) else { break };
            at += skip;
            let end = at + wanted.len();
            let whole = self.low.get(at..end) == Some(wanted.as_slice())
                && (at == 0 || !self.low[at - 1].is_alphanumeric())
                && self.low.get(end).is_none_or(|c| !c.is_alphanumeric());
            if whole {
                let first = at == 0 || matches!(self.low[at - 1], '\n') || at >= 2 && matches!(self.low[at - 2], '.' | ':');
                let mut printed: String = self.printed[at..end].iter().collect();
                let proper = printed.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase));
                if first && !proper {
                    // the capital of a sentence is not the word's own
                    let mut chars = printed.chars();
                    printed = chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default();
                }
                match found.iter_mut().find(|(text, _)| *text == printed) {
                    Some((_, count)) => *count += 1,
                    None => found.push((printed, 1)),
                }
                at = end;
            } else {
                at += 1;
            }
        }
        found.into_iter().max_by_key(|(_, count)| *count).map(|(text, _)| text)
    }
}

const UNITS: [&str; 9] = ["tỉnh", "huyện", "xã", "phường", "thành phố", "quận", "thị xã", "thị trấn", "đặc khu"];

/// Returns a text with its first letter a capital.
pub(in crate::import) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_taken_back_as_the_text_writes_the_words() {
        let cases = Cases::of(["Kế hoạch cải cách hành chính năm 2022 của UBND tỉnh Thái Nguyên. Ủy ban nhân dân các cấp."].into_iter());
        assert_eq!(cases.lowered("CẢI CÁCH HÀNH CHÍNH NĂM 2022 TỈNH THÁI NGUYÊN"), "Cải cách hành chính năm 2022 tỉnh Thái Nguyên");
        assert_eq!(Cases::default().lowered("ỦY BAN NHÂN DÂN TỈNH THANH HÓA"), "Ủy ban nhân dân tỉnh Thanh Hóa");
        assert_eq!(cases.lowered("Đã thường"), "Đã thường");
        let joined = Cases::of(["Kế hoạch của Ủy ban nhân dân tỉnh Thái\u{a0}Nguyên"].into_iter());
        assert_eq!(joined.lowered("ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN"), "Ủy ban nhân dân tỉnh Thái Nguyên");
    }
}
