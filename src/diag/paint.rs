//! The few colours that results have.

use anstyle::{AnsiColor, Style};

/// What a word of a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// A heading.
    Head,
    /// What went.
    Gone,
    /// What came.
    Come,
}

impl Paint {
    /// Returns the text in its colour; as it is where colours are not wanted.
    pub fn on(self, text: &str, color: bool) -> String {
        if !color {
            return text.to_owned();
        }
        let style = match self {
            Self::Head => Style::new().bold(),
            Self::Gone => AnsiColor::Red.on_default(),
            Self::Come => AnsiColor::Green.on_default(),
        };
        format!("{style}{text}{style:#}")
    }
}
