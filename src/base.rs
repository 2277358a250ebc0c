//! The ground floor: places in text, names as keys, dates.
//!
//! Takes nothing from any other room and knows nothing of plans. Third-party types (jiff, unicode tables) stay
//! inside; what leaves is ours.

mod date;
mod fold;
mod id;
mod key;
mod legacy;
mod memo;
mod source;
mod span;

pub use date::{Date, Quarter, Year};
pub use fold::{clean, composed, even, in_word, is_blank, lower_letter, toneless, words};
pub use key::Key;
pub use legacy::Legacy;
pub use memo::Memo;
pub use source::{LineColumn, Source, SourceId, Sources};
pub use span::{Loc, Span};

pub(crate) use id::typed_id;
