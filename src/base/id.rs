//! Typed indices into arenas.

/// Declares a `u32` index type with `new`, `index` and the usual derives.
macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(u32);

        impl $name {
            /// Returns the id of the arena's entry at `index`.
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Returns the position in the arena.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

pub(crate) use typed_id;
