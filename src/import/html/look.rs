//! How the elements of a page look: by their names, attributes and inline styles.

use scraper::node::Element;

use crate::import::line::Dress;

/// What is done with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    /// Runs on in its line.
    Inline,
    /// Begins and ends a paragraph.
    Block,
    /// Left out without a word: no text of the page.
    Skip,
    /// Left out and named: hidden, or a menu.
    Hide,
}

/// How text looks at a place.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) caps: bool,
    pub(super) centred: bool,
    pub(super) struck: bool,
    /// Blanks and line ends count.
    pub(super) verbatim: bool,
    pub(super) heading: u8,
    pub(super) font: String,
}

impl Look {
    pub(super) fn dress(&self) -> Dress<'_> {
        Dress { bold: self.bold, italic: self.italic, caps: self.caps, font: &self.font }
    }
}

/// A list that is open.
#[derive(Debug, Clone)]
pub(super) struct List {
    /// `None` for bullets.
    pub(super) numbers: Option<Numbers>,
    /// No marks are shown.
    pub(super) bare: bool,
}

/// The marks of a numbered list.
#[derive(Debug, Clone)]
pub(super) struct Numbers {
    pub(super) format: &'static str,
    pub(super) next: u32,
}

/// Says what is done with an element.
pub(super) fn show(element: &Element) -> Show {
    match element.name() {
        "script" | "style" | "template" | "noscript" | "head" | "iframe" | "object" | "embed" | "svg" | "canvas" | "audio" | "video"
        | "select" | "button" | "input" | "textarea" | "datalist" | "map" => return Show::Skip,
        "nav" => return Show::Hide,
        _ => {}
    }
    let style = property(element, "display").unwrap_or_default();
    let is_invisible = style == "none"
        || property(element, "visibility").is_some_and(|value| value == "hidden")
        || property(element, "mso-hide").is_some_and(|value| value == "all")
        || element.attr("hidden").is_some()
        || element.attr("role") == Some("navigation");
    if is_invisible {
        return Show::Hide;
    }
    match element.name() {
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "ul" | "ol" | "dl" | "dt" | "dd" | "table" | "caption" | "td"
        | "th" | "tr" | "blockquote" | "section" | "article" | "header" | "footer" | "main" | "aside" | "form" | "fieldset" | "center"
        | "pre" | "hr" | "address" | "figure" | "figcaption" | "details" | "summary" | "body" | "html" => Show::Block,
        _ if style == "block" => Show::Block,
        _ => Show::Inline,
    }
}

/// Returns how text in an element looks, by how it looks around it.
pub(super) fn within(element: &Element, around: &Look) -> Look {
    let mut look = around.clone();
    match element.name() {
        "b" | "strong" => look.bold = true,
        "i" | "em" | "cite" => look.italic = true,
        "s" | "strike" => look.struck = true,
        "center" => look.centred = true,
        "pre" => look.verbatim = true,
        "th" => (look.bold, look.centred) = (true, true),
        "td" => (look.bold, look.centred, look.heading) = (false, false, 0),
        "font" => {
            if let Some(face) = element.attr("face") {
                look.font = first_name(face);
            }
        }
        heading @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
            look.heading = heading.as_bytes()[1] - b'0';
            look.bold = true;
        }
        _ => {}
    }
    if let Some(align) = element.attr("align") {
        look.centred = align.eq_ignore_ascii_case("center");
    }
    for (name, value) in declarations(element) {
        match name.as_str() {
            "font-weight" => look.bold = value.starts_with("bold") || value.parse::<u32>().is_ok_and(|weight| weight >= 600),
            "font-style" => look.italic = value.starts_with("italic") || value.starts_with("oblique"),
            "text-align" => look.centred = value == "center",
            "text-transform" => look.caps = value == "uppercase",
            "text-decoration" | "text-decoration-line" => look.struck |= value.contains("line-through"),
            "white-space" => look.verbatim = value.starts_with("pre") && value != "pre-line",
            "font-family" => look.font = first_name(&value),
            _ => {}
        }
    }
    look
}

/// Returns the marks of a list.
pub(super) fn list(element: &Element) -> List {
    let style = property(element, "list-style-type").or_else(|| property(element, "list-style")).unwrap_or_default();
    let bare = style.starts_with("none");
    if element.name() != "ol" {
        return List { numbers: None, bare };
    }
    let format = match (element.attr("type").unwrap_or_default(), style.as_str()) {
        ("a", _) | (_, "lower-alpha" | "lower-latin") => "lowerLetter",
        ("A", _) | (_, "upper-alpha" | "upper-latin") => "upperLetter",
        ("i", _) | (_, "lower-roman") => "lowerRoman",
        ("I", _) | (_, "upper-roman") => "upperRoman",
        _ => "decimal",
    };
    let next = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
    List { numbers: Some(Numbers { format, next }), bare }
}

/// Says whether a page of paper ends before or behind an element.
pub(super) fn breaks_page(element: &Element) -> bool {
    ["page-break-before", "page-break-after", "break-before", "break-after"]
        .into_iter()
        .any(|name| property(element, name).is_some_and(|value| matches!(value.as_str(), "always" | "page" | "left" | "right")))
}

fn declarations(element: &Element) -> impl Iterator<Item = (String, String)> {
    let pairs = element.attr("style").unwrap_or_default().split(';').filter_map(|part| part.split_once(':'));
    pairs.map(|(name, value)| {
        let value = value.trim().trim_end_matches("!important").trim_end();
        // the names of fonts keep their case: it tells .VnTimeH
        let is_font = name.trim().eq_ignore_ascii_case("font-family");
        (name.trim().to_ascii_lowercase(), if is_font { value.to_owned() } else { value.to_ascii_lowercase() })
    })
}

fn property(element: &Element, name: &str) -> Option<String> {
    declarations(element).filter(|(known, _)| known == name).last().map(|(_, value)| value)
}

fn first_name(fonts: &str) -> String {
    fonts.split(',').next().unwrap_or_default().trim().trim_matches(['"', '\'']).to_owned()
}
