//! Doubts: what a reader of documents was not sure of, left out or could not read.

use super::Place;
use crate::diag::{Code, Message};

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
