//! Small rules of official writing: quotes, blanks, first letters, end marks.

/// What a blank looks like on paper.
pub(super) const BLANK: &str = "……";

/// Returns text from a source as documents print it: straight double quotes as “…” pairs, `CẦN BỔ SUNG (gợi ý)` as `[CẦN BỔ SUNG: gợi ý]`,
/// control characters left out.
pub(in crate::render) fn printed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut opens = true;
    for c in missing(text).chars() {
        match c {
            '"' => {
                let behind_space = out.chars().next_back().is_none_or(|before| before.is_whitespace() || "([{-–/".contains(before));
                opens = if opens { behind_space || !out.contains('“') } else { false };
                out.push(if opens { '“' } else { '”' });
                opens = !opens;
            }
            c if c.is_whitespace() => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Puts what is still to be filled into square brackets.
fn missing(text: &str) -> String {
    const WORDS: &str = "CẦN BỔ SUNG";
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(WORDS) {
        out.push_str(&rest[..at]);
        rest = &rest[at + WORDS.len()..];
        let hint = rest.trim_start().strip_prefix('(').and_then(closed);
        match hint {
            Some((hint, tail)) => {
                out.push_str(&format!("[{WORDS}: {}]", hint.trim()));
                rest = tail;
            }
            None => out.push_str(&format!("[{WORDS}]")),
        }
    }
    out.push_str(rest);
    out
}

/// Splits text behind an opening bracket at the one that closes it.
fn closed(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return Some((&text[..at], &text[at + 1..])),
            ')' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Returns a value of `Số` or `Ngày` with its blanks (`…`, `...`, `__`) widened to be seen.
pub(super) fn blanks(text: &str) -> String {
    let mut out = String::new();
    let mut in_blank = false;
    let dots = text.replace("...", "…").replace("__", "…");
    for c in dots.chars() {
        let blank = matches!(c, '…' | '.' | '_') && (c == '…' || in_blank);
        if blank && !in_blank {
            out.push_str(BLANK);
        } else if !blank {
            out.push(c);
        }
        in_blank = blank;
    }
    out
}

/// Returns text whose first letter is small, except where the first word is an abbreviation (`UBND`).
pub(in crate::render) fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    if chars.clone().next().is_some_and(char::is_uppercase) {
        return text.to_owned();
    }
    first.to_lowercase().chain(chars).collect()
}

/// Returns text whose first letter is a capital.
pub(super) fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Returns text without its final `.`, `;` or `,`; an abbreviation (`v.v.`) keeps its point.
pub(in crate::render) fn bare(text: &str) -> &str {
    let text = text.trim_end();
    let text = text.strip_suffix("./.").unwrap_or(text);
    if text.ends_with("v.v.") { text } else { text.trim_end_matches(['.', ';', ',', ' ']) }
}

/// Returns a sentence that ends in a mark: its own, also inside a closing bracket or quote, or a full stop.
pub(super) fn ended(text: &str) -> String {
    let text = text.trim_end();
    let inner = text.trim_end_matches([')', ']', '”', '"']);
    if text.is_empty() || inner.ends_with(['.', '!', '?']) || text.ends_with(['.', ';', ':', ',', '!', '?', '…']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

/// Returns the lines of a cell: a single item plain, several as `- …;` with a full stop behind the last. Empty items are left out.
pub(super) fn items<I: IntoIterator<Item = String>>(items: I) -> Vec<String> {
    let list: Vec<String> = items.into_iter().map(|item| bare(&item).to_owned()).filter(|item| !item.is_empty()).collect();
    let last = list.len().saturating_sub(1);
    if last == 0 {
        return list;
    }
    list.iter().enumerate().map(|(at, item)| format!("- {item}{}", if at == last { "." } else { ";" })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_quotes_become_pairs() {
        assert_eq!(printed("Cuộc thi \"Một cửa\" và \"Sáng kiến\" (\"đợt 1\")"), "Cuộc thi “Một cửa” và “Sáng kiến” (“đợt 1”)");
    }

    #[test]
    fn a_value_to_be_filled_is_seen() {
        assert_eq!(printed("CẦN BỔ SUNG (số (ngày) quyết định) và CẦN BỔ SUNG"), "[CẦN BỔ SUNG: số (ngày) quyết định] và [CẦN BỔ SUNG]");
    }

    #[test]
    fn blanks_of_any_spelling_are_widened() {
        assert_eq!(
            ["…/QĐ-UBND", ".../12/2022", "____/KH-UBND", "12/QĐ-UBND."].map(blanks),
            ["……/QĐ-UBND", "……/12/2022", "……/KH-UBND", "12/QĐ-UBND."]
        );
    }

    #[test]
    fn a_sentence_in_brackets_needs_no_second_full_stop() {
        assert_eq!(["(Xem phụ lục.)", "Báo cáo (nếu có)", "“Xong.”"].map(ended), ["(Xem phụ lục.)", "Báo cáo (nếu có).", "“Xong.”"]);
    }

    #[test]
    fn one_item_is_plain_and_several_are_listed() {
        assert_eq!(items(["Báo cáo.".to_owned()]), ["Báo cáo"]);
        assert_eq!(items(["Kế hoạch;".to_owned(), "Báo cáo".to_owned()]), ["- Kế hoạch;", "- Báo cáo."]);
    }
}
