//! What a parent's task said, which registry rows a translation used, and their fingerprints.

use std::fmt;

use crate::base::{Key, Loc, clean};
use crate::model::TaskField;

/// A shortened blake3 hash: 48 bits, written as 12 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Digits as written.
    const DIGITS: usize = 12;

    /// Returns the fingerprint of texts in this order.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in texts {
            hasher.update(text.as_bytes());
            // no text holds it: what is apart stays apart
            hasher.update(b"\n");
        }
        let bytes = hasher.finalize();
        Self(bytes.as_bytes()[..6].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    /// Reads a fingerprint as [`fmt::Display`] writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == Self::DIGITS && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// A field as it was, and its fingerprint: of the keys of its items, so that spaces, case and the place of tone marks change nothing.
/// Two are equal where their fingerprints are.
#[derive(Debug, Clone)]
pub struct FieldState {
    /// Which field.
    pub field: TaskField,
    /// As printed, one line each; at least one.
    pub items: Vec<String>,
    /// The field's fingerprint.
    pub fingerprint: Fingerprint,
}

impl FieldState {
    /// Returns the state of a field with these items; `None` where nothing is in them.
    pub fn new(field: TaskField, items: impl IntoIterator<Item = String>) -> Option<Self> {
        let items: Vec<String> = items.into_iter().map(|item| clean(&item).into_owned()).filter(|item| !item.is_empty()).collect();
        let keys: Vec<Key> = items.iter().map(|item| Key::new(item)).collect();
        let fingerprint = Fingerprint::of(keys.iter().map(Key::as_str));
        (!items.is_empty()).then_some(Self { field, items, fingerprint })
    }
}

impl PartialEq for FieldState {
    fn eq(&self, other: &Self) -> bool {
        (self.field, self.fingerprint) == (other.field, other.fingerprint)
    }
}

impl Eq for FieldState {}

/// What a parent's task or target said: its fields before translation, in the order of [`TaskField::ALL`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The fields that say something.
    pub fields: Vec<FieldState>,
}

impl State {
    /// Returns the field's state; `None` where it says nothing.
    pub fn field(&self, field: TaskField) -> Option<&FieldState> {
        self.fields.iter().find(|state| state.field == field)
    }

    /// Returns the fingerprint of all fields.
    pub fn fingerprint(&self) -> Fingerprint {
        let parts: Vec<String> = self.fields.iter().map(|state| format!("{} {}", state.field.label(), state.fingerprint)).collect();
        Fingerprint::of(parts.iter().map(String::as_str))
    }
}

/// What the registry made of a name or term in a field of a parent's task at the child's level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The field.
    pub field: TaskField,
    /// The parent's words.
    pub from: String,
    /// The child's words; empty where the name is left out.
    pub to: String,
    /// The registry line that decides; `None` where none does, and in a lock that was read from its file.
    pub at: Option<Loc>,
}

impl Row {
    /// Returns what is compared and sorted by.
    pub fn order(&self) -> (TaskField, &str, &str) {
        (self.field, &self.from, &self.to)
    }
}

/// Returns the fingerprint of sorted rows.
pub(super) fn rows_fingerprint(rows: &[Row]) -> Fingerprint {
    Fingerprint::of(rows.iter().flat_map(|row| [row.field.label(), &row.from, &row.to]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_of_what_is_said_not_of_how_it_is_typed() {
        let of =
            |items: &[&str]| FieldState::new(TaskField::Leads, items.iter().map(|item| (*item).to_owned())).map(|state| state.fingerprint);
        assert_eq!(of(&["Sở Tư pháp", "UBND thành phố Thanh Hóa"]), of(&["sở Tư  pháp", "UBND thành phố Thanh Hoá;"]));
        assert_ne!(of(&["Sở Tư pháp", "Sở Nội vụ"]), of(&["Sở Nội vụ", "Sở Tư pháp"]));
        assert_ne!(of(&["Hoằng Phú"]), of(&["Hoằng Phụ"]));
        assert_eq!(of(&[" "]), None);
    }

    #[test]
    fn a_fingerprint_reads_as_it_is_written() {
        let one = Fingerprint::of(["Quý III/2022"]);
        assert_eq!(Fingerprint::parse(&one.to_string()), Some(one));
        for bad in ["", "8c1d2e3f4a5", "8C1D2E3F4A5B", "8c1d2e3f4a5b0", "8c1d2e3f4a5g"] {
            assert_eq!(Fingerprint::parse(bad), None, "{bad}");
        }
    }
}
