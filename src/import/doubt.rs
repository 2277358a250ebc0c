//! Doubts: what a reader of documents was not sure of, left out or could not read.

use super::Place;
use crate::base::Legacy;
use crate::diag::{Code, Message, msg};

/// A doubt about a document, or the refusal of one. Readers give a list of them beside what they read, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Its code, of the family KH5.
    pub code: Code,
    /// What was uncertain, in the user's words; where needed a second sentence says how to go on.
    pub message: Message,
    /// Where. [`Place::default`] for the document as a whole.
    pub place: Place,
    /// The document's own words that it is about; empty where there are none.
    pub quote: String,
}

impl Doubt {
    /// Returns a doubt about the document as a whole.
    pub fn new(code: Code, message: Message) -> Self {
        Self { code, message, place: Place::default(), quote: String::new() }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// Says which words it is about.
    #[must_use]
    pub fn quote(mut self, words: impl Into<String>) -> Self {
        self.quote = words.into();
        self
    }
}

/// Doubts of one kind that are listed one by one.
pub(super) const LISTED: usize = 50;

/// Characters of a quote that a message shows.
const SHOWN: usize = 80;

/// Returns the beginning of a text, on one line.
pub(super) fn shorten(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Says that paragraphs in a font of an old encoding were converted.
pub(super) fn converted(legacy: Legacy, font: &str, count: usize) -> Doubt {
    let encoding = legacy.name();
    let message = msg!(
        "{count} đoạn dùng phông {font} (bảng mã {encoding}), đã chuyển sang Unicode. Đọc lại vài đoạn",
        "{count} paragraphs use the font {font} (encoding {encoding}) and were converted to Unicode. Read some of them again"
    );
    Doubt::new(Code::KH5005, message)
}

/// Lists what was hidden and left out, and what was struck out and read.
pub(super) fn hidden_and_struck(hidden: &[(Place, String)], struck: &[(Place, String)]) -> Vec<Doubt> {
    let mut out = listed(hidden, |words| Doubt::new(Code::KH5012, msg!("Bỏ qua chữ ẩn “{words}”", "Hidden text “{words}” was left out")));
    out.extend(listed(struck, |words| {
        let message = msg!("Chữ bị gạch ngang “{words}” vẫn được đọc", "Text that is struck out was read: “{words}”");
        Doubt::new(Code::KH5014, message)
    }));
    out
}

/// Returns a doubt for each place, up to [`LISTED`].
fn listed(places: &[(Place, String)], doubt: impl Fn(&str) -> Doubt) -> Vec<Doubt> {
    let places = places.iter().filter(|(_, words)| !words.trim().is_empty()).take(LISTED);
    places.map(|(place, words)| doubt(&shorten(words)).at(*place).quote(words.trim())).collect()
}
