//! Letters of the fonts Symbol and Wingdings that stand in lists and boxes, as Unicode.

/// Returns what a letter of a symbol font shows. Such letters come as they are or moved to U+F000–U+F0FF; `None` where the letter is no symbol
/// or not one of the known ones.
pub(super) fn letter(font: &str, c: char) -> Option<char> {
    let code = u32::from(c);
    let moved = (0xf000..=0xf0ff).contains(&code);
    let low = if moved { code - 0xf000 } else { code };
    let font = font.to_lowercase();
    if font.starts_with("wingdings") {
        return find(WINGDINGS, low);
    }
    if font == "symbol" {
        // letters of ASCII that were not moved are words in a wrong font
        return if moved || low > 0x7f { find(SYMBOL, low) } else { None };
    }
    if font.starts_with("courier") && c == 'o' {
        return Some('◦');
    }
    // the font's name was lost: the bullets of Word's own lists
    if moved { find(SYMBOL, low).or_else(|| find(WINGDINGS, low)) } else { None }
}

fn find(table: &[(u32, char)], code: u32) -> Option<char> {
    table.iter().find(|(known, _)| *known == code).map(|(_, letter)| *letter)
}

const SYMBOL: &[(u32, char)] = &[
    (0x2d, '−'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xae, '→'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xb8, '÷'),
    (0xb9, '≠'),
    (0xbb, '≈'),
    (0xde, '⇒'),
    (0xe5, '∑'),
];

const WINGDINGS: &[(u32, char)] = &[
    (0x2a, '✉'),
    (0x6c, '●'),
    (0x6d, '❍'),
    (0x6e, '■'),
    (0x6f, '□'),
    (0x71, '❑'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0xa7, '▪'),
    (0xa8, '◻'),
    (0xd8, '➢'),
    (0xdc, '➔'),
    (0xe0, '→'),
    (0xe8, '➔'),
    (0xf0, '⇨'),
    (0xfb, '✗'),
    (0xfc, '✓'),
    (0xfd, '☒'),
    (0xfe, '☑'),
];
