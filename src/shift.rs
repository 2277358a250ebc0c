//! The room `shift`.
