//! Text to tree: lines, keywords, grammar, recovery.
//!
//! Takes the text of one `.kh` file, gives a [`Parse`]: the lines that cover it byte for byte, the tree, and findings of the family
//! `KH0`. Never fails, never looks at another file, never knows what a name means.

pub mod ast;
