//! The colours of states, for the page and for its Excel twin.
//!
//! A state is never told by colour alone: each has a letter and words. The contrast of every pair is held by a test.

use serde::Serialize;

/// The colours of a class of states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(in crate::render) struct Tone {
    /// The class: that of states, and of the page's style.
    pub(in crate::render) class: &'static str,
    /// The ground as six hexadecimal digits.
    pub(in crate::render) ground: &'static str,
    /// The letters on it, likewise.
    pub(in crate::render) ink: &'static str,
}

/// All classes.
pub(in crate::render) const TONES: [Tone; 8] = [
    tone("ok", "e6f4ea", "0d5327"),
    tone("ok2", "e3edfd", "0b3d91"),
    tone("wv", "eceef1", "3a4148"),
    tone("no", "ffffff", "4a5058"),
    tone("ask", "fff4ce", "5c4300"),
    tone("bad2", "fde3cf", "7a2e00"),
    tone("bad", "b3261e", "ffffff"),
    tone("none", "fbe0de", "7a1a14"),
];

const fn tone(class: &'static str, ground: &'static str, ink: &'static str) -> Tone {
    Tone { class, ground, ink }
}

impl Tone {
    /// Returns the colours of a class; those of plain text for one that does not exist.
    pub(in crate::render) fn of(class: &str) -> Self {
        TONES.iter().copied().find(|tone| tone.class == class).unwrap_or(tone("", "ffffff", "1b1f24"))
    }
}
