//! The room `draft`.
