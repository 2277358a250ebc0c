//! `Key`: the one way in which names, labels, keywords and codes are compared.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::fold;

/// A name folded for comparison (LANGUAGE section 1): NFC, lower case, one placement of tone marks, `ð` as `đ`,
/// runs of spaces as one, any dash as `-` without spaces around it, no final `.` or `;`.
///
/// Diacritics are kept: `Hoằng Phú` and `Hoằng Phụ` are two communes.
///
/// ```
/// use kehoach::base::Key;
/// assert_eq!(Key::new("Uỷ ban  nhân dân;"), Key::new("ủy ban nhân dân"));
/// assert_ne!(Key::new("Hoằng Phú"), Key::new("Hoằng Phụ"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Key(String);

impl Key {
    /// Returns the key of `text`. Idempotent: the key of a key's text is the key.
    pub fn new(text: &str) -> Self {
        Self(fold::key(text))
    }

    /// Returns the folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Says whether nothing is left of the name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the key without any diacritics, for suggestions only.
    pub fn toneless(&self) -> String {
        fold::toneless(&self.0)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}
