//! The room `fmt`.
