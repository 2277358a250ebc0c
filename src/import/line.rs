//! A paragraph while it is read: its pieces with their looks, put together at its end.

use super::symbol;
use crate::base::{Legacy, composed};

/// How text looks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dress<'a> {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// Shown in capitals.
    pub(super) caps: bool,
    /// Font of letters beyond ASCII; empty where it is not said.
    pub(super) font: &'a str,
}

/// Text of one look.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    bold: bool,
    italic: bool,
    caps: bool,
    font: String,
}

/// The pieces of a paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    pieces: Vec<Piece>,
}

/// What a paragraph came to.
#[derive(Debug, Default)]
pub(super) struct Finished {
    /// NFC, trimmed.
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// The encoding that was decoded, with the name of a font of it.
    pub(super) legacy: Option<(Legacy, String)>,
    /// Symbols that are not known.
    pub(super) unknown: usize,
}

impl Line {
    /// Adds text that looks so.
    pub(super) fn push(&mut self, text: &str, dress: Dress<'_>) {
        let Dress { bold, italic, caps, font } = dress;
        if let Some(last) = self.pieces.last_mut()
            && (last.bold, last.italic, last.caps) == (bold, italic, caps)
            && last.font == font
        {
            last.text.push_str(text);
        } else {
            self.pieces.push(Piece { text: text.to_owned(), bold, italic, caps, font: font.to_owned() });
        }
    }

    /// Says whether it ends with this character.
    pub(super) fn ends_with(&self, c: char) -> bool {
        self.pieces.last().is_some_and(|piece| piece.text.ends_with(c))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Adds the pieces of another paragraph behind its own.
    pub(super) fn append(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
    }

    /// Puts the pieces together. Text in a font of an old encoding is decoded, unless the paragraph holds Vietnamese letters of Unicode in that
    /// font: then only the font's name is old.
    pub(super) fn finish(&self) -> Finished {
        let mut out = Finished { bold: true, italic: true, ..Finished::default() };
        let is_unicode = self.pieces.iter().any(|piece| Legacy::of_font(&piece.font).is_some() && piece.text.chars().any(is_beyond_latin));
        let mut whole = String::new();
        let mut seen = false;
        for piece in &self.pieces {
            let legacy = Legacy::of_font(&piece.font).filter(|_| !is_unicode);
            let text = match legacy {
                Some(legacy) => {
                    let text = legacy.decode_font(&piece.font, &unmoved(&piece.text));
                    if text != piece.text {
                        out.legacy.get_or_insert_with(|| (legacy, piece.font.clone()));
                    }
                    text
                }
                None => symbols(&piece.text, &piece.font, &mut out.unknown),
            };
            if piece.caps {
                whole.extend(text.chars().flat_map(char::to_uppercase))
            } else {
                whole.push_str(&text)
            }
            if text.chars().any(|c| !c.is_whitespace()) {
                seen = true;
                out.bold &= piece.bold;
                out.italic &= piece.italic;
            }
        }
        out.bold &= seen;
        out.italic &= seen;
        out.text = composed(whole.trim_matches(is_blank)).into_owned();
        out
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// Says whether a letter shows that a text is Unicode: Vietnamese letters that Latin-1 does not have.
fn is_beyond_latin(c: char) -> bool {
    matches!(c, '\u{102}'..='\u{1b0}' | '\u{300}'..='\u{323}' | '\u{1ea0}'..='\u{1ef9}')
}

/// Returns letters that were moved to U+F020–U+F0FF, as Word does with fonts that it takes for symbols, where they belong.
fn unmoved(text: &str) -> String {
    let back = |c: char| match u32::from(c) {
        code @ 0xf020..=0xf0ff => char::from_u32(code - 0xf000).unwrap_or(c),
        _ => c,
    };
    text.chars().map(back).collect()
}

/// Replaces letters of symbol fonts by what they show.
fn symbols(text: &str, font: &str, unknown: &mut usize) -> String {
    // where a word may be parted is no part of it
    let text = &text.replace('\u{ad}', "");
    let is_symbol_font = matches!(font.to_lowercase().as_str(), "symbol" | "wingdings" | "wingdings 2" | "wingdings 3" | "webdings");
    if !is_symbol_font && !text.contains(|c| ('\u{f000}'..='\u{f0ff}').contains(&c)) {
        return text.to_owned();
    }
    let mut shown = |c: char| match symbol::letter(font, c) {
        Some(letter) => letter,
        None if ('\u{f000}'..='\u{f0ff}').contains(&c) => {
            *unknown += 1;
            '□'
        }
        None => c,
    };
    text.chars().map(|c| if c.is_whitespace() { c } else { shown(c) }).collect()
}
