//! Doubts: what a reader was not sure of, with the place and the words.

use crate::diag::{Code, Message};

use super::Place;

/// One thing that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// Its code, of the family `KH50`.
    pub code: Code,
    /// One short sentence.
    pub message: Message,
    /// Where it stands.
    pub place: Place,
    /// The words as printed; empty where none are concerned.
    pub quote: String,
}
