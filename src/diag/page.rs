//! The page of a code, taken apart: what it means in both languages, a wrong and a right example.
//!
//! A page is a heading `# KHnnnn: title`, a Vietnamese and an English paragraph, and then either examples or
//! `<!-- no example: reason -->`. An example is a block opened by ` ```kh wrong ` or ` ```kh right `, followed by `alone` where it brings
//! its own registry and parent plan, and by a file name where it has several files. `tests/codes.rs` runs them all.

use super::{Code, Lang};

/// Returns what checking a document cannot see and a reader must find: a title, a paragraph, and one line (`- …`) for each kind of fault.
pub fn beyond(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => include_str!("beyond.vi.md"),
        Lang::En => include_str!("beyond.en.md"),
    }
}

/// A page, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The heading without `# `.
    pub heading: String,
    /// What the finding means, why it matters and how to go on, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Files that raise the finding; empty where the page has no example.
    pub wrong: Vec<ExampleFile>,
    /// The same files, repaired.
    pub right: Vec<ExampleFile>,
    /// Whether the examples bring their own registry and parent plan.
    pub alone: bool,
    /// Why there is no example.
    pub no_example: Option<String>,
}

/// A file of an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExampleFile {
    /// Its name; `ke-hoach.kh` where the page says none.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Page {
    /// Returns the page of a code.
    ///
    /// # Errors
    /// What does not fit the form of a page; `tests/codes.rs` keeps this from ever happening in a release.
    pub fn of(code: Code) -> Result<Self, String> {
        parse(code.page())
    }

    /// Returns the paragraph in a language.
    pub fn meaning(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

fn parse(text: &str) -> Result<Page, String> {
    let mut lines = text.lines().peekable();
    let heading = lines.next().and_then(|line| line.strip_prefix("# ")).ok_or("the first line is no heading")?.to_owned();
    let mut paragraphs: Vec<String> = Vec::new();
    let mut page =
        Page { heading, vi: String::new(), en: String::new(), wrong: Vec::new(), right: Vec::new(), alone: false, no_example: None };
    let mut fresh = true;
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```kh ") {
            let mut body = String::new();
            loop {
                match lines.next() {
                    Some("```") => break,
                    Some(line) => {
                        body.push_str(line);
                        body.push('\n');
                    }
                    None => return Err(format!("the block `{info}` is not closed")),
                }
            }
            example(&mut page, info, body)?;
        } else if let Some(reason) = line.strip_prefix("<!-- no example: ") {
            page.no_example = Some(reason.trim_end_matches("-->").trim().to_owned());
        } else if line.trim().is_empty() {
            fresh = true;
        } else {
            match paragraphs.last_mut() {
                Some(last) if !fresh => {
                    last.push(' ');
                    last.push_str(line.trim());
                }
                _ => paragraphs.push(line.trim().to_owned()),
            }
            fresh = false;
        }
    }
    let [vi, en] = paragraphs.try_into().map_err(|list: Vec<String>| format!("{} paragraphs instead of two", list.len()))?;
    match (page.no_example.is_some(), page.wrong.is_empty(), page.right.is_empty()) {
        (true, true, true) | (false, false, false) => Ok(Page { vi, en, ..page }),
        (_, _, _) => Err("a page has a wrong and a right example, or says why it has none".into()),
    }
}

fn example(page: &mut Page, info: &str, text: String) -> Result<(), String> {
    let mut words = info.split_whitespace();
    let kind = words.next().unwrap_or_default();
    let mut name = "ke-hoach.kh".to_owned();
    for word in words {
        match word {
            "alone" => page.alone = true,
            word if word.contains('.') => name = word.to_owned(),
            word => return Err(format!("`{word}` behind ```kh is not known")),
        }
    }
    let list = match kind {
        "wrong" => &mut page.wrong,
        "right" => &mut page.right,
        other => return Err(format!("an example is `wrong` or `right`, not `{other}`")),
    };
    list.push(ExampleFile { name, text });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_two_paragraphs_and_two_examples() {
        let text = "# KH1: Tên\n\nMột\nhai.\n\nOne.\n\n```kh wrong alone\na\n```\n\n```kh wrong b.kh\nb\n```\n\n```kh right\nc\n```\n";
        let page = parse(text).unwrap();
        assert_eq!((page.vi.as_str(), page.en.as_str(), page.alone), ("Một hai.", "One.", true));
        let wrong: Vec<_> = page.wrong.iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
        assert_eq!(wrong, [("ke-hoach.kh", "a\n"), ("b.kh", "b\n")]);
        assert_eq!(page.right[0].text, "c\n");
        assert!(parse("# KH1: Tên\n\nMột\n\nOne.\n").is_err());
    }
}
