//! Pages that would take a parser of tag soup hours or all memory, told before it starts.
//!
//! A parser opens formatting that was never closed again in every paragraph, and looks through all open elements for each new one: its work grows
//! with tags times depth. This scan counts both roughly, in one pass.

/// The most start tags of a page.
const TAGS: u64 = 1_500_000;

/// How deep elements may lie in each other.
const DEPTH: u64 = 3_000;

/// The most that tags times open formatting may come to, and tags times depth.
const FORMATTING: u64 = 30_000_000;
const NESTING: u64 = 500_000_000;

const FORMATS: &[&str] = &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements without an end, or whose end a parser sets by itself.
const ENDLESS: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "p", "li", "td", "th",
    "tr", "dt", "dd", "option", "optgroup", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body",
];

/// Says whether a page can be parsed in bounded time and memory.
pub(super) fn is_bounded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut tags, mut depth, mut formats, mut nesting, mut formatting) = (0u64, 0u64, 0u64, 0u64, 0u64);
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += found + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let start = at + usize::from(closes);
        let length = bytes[start..].iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if length == 0 {
            continue;
        }
        let name = text.get(start..start + length).unwrap_or_default().to_ascii_lowercase();
        let (is_format, is_endless) = (FORMATS.contains(&name.as_str()), ENDLESS.contains(&name.as_str()));
        if closes {
            formats = formats.saturating_sub(u64::from(is_format));
            depth = depth.saturating_sub(u64::from(!is_endless));
            continue;
        }
        tags += 1;
        formats += u64::from(is_format);
        depth += u64::from(!is_endless);
        nesting += depth;
        formatting += formats;
        if tags > TAGS || depth > DEPTH || nesting > NESTING || formatting > FORMATTING {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_pages_pass_and_towers_do_not() {
        assert!(is_bounded(&"<tr><td><p><b>Nhiệm vụ</b><br>hai".repeat(20_000)));
        assert!(!is_bounded(&"<div>".repeat(5_000)));
        let many: String = (0..2_000).map(|n| format!("<b id={n}>")).chain((0..50_000).map(|_| "<p>x".to_owned())).collect();
        assert!(!is_bounded(&many));
    }
}
