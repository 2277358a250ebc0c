//! Messages: both languages side by side, so that a missing one does not compile.

/// A language of messages, help and reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese, the default.
    #[default]
    Vi,
    /// English.
    En,
}

/// A sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Message {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Message {
    /// Returns the sentence in a language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// Says whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty() && self.en.is_empty()
    }
}

/// Makes a [`Message`] from two format strings: `msg!("Tệp {name} trống", "File {name} is empty")`. Both capture variables from the
/// surroundings; further arguments go to both (`msg!("… {}", "… {}", x)`).
macro_rules! msg {
    ($vi:literal, $en:literal $(, $arg:expr)* $(,)?) => {
        $crate::diag::Message { vi: format!($vi $(, $arg)*), en: format!($en $(, $arg)*) }
    };
}

pub(crate) use msg;
