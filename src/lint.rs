//! The room `lint`.
