//! The room `render`.
pub mod why;
