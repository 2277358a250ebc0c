//! styles.xml: how a paragraph or run of a style looks, what it is based on taken into account.

use std::collections::BTreeMap;

use super::super::line::Dress;
use super::super::xml::Node;

/// How far a chain of styles based on each other is followed.
const CHAIN: usize = 30;

/// What properties say about looks; `None` where they say nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    /// Shown in capitals.
    pub(super) caps: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) struck: Option<bool>,
    /// Font of letters beyond ASCII; empty for one of the theme.
    pub(super) font: Option<String>,
    pub(super) centred: Option<bool>,
    /// Heading level from 1, 0 for body text.
    pub(super) heading: Option<u8>,
    /// Number of the list; 0 for none.
    pub(super) list: Option<u32>,
    /// Level in the list.
    pub(super) level: Option<u8>,
    pub(super) breaks_before: Option<bool>,
}

impl Look {
    /// Returns what `self` says, and where it says nothing what `below` says.
    pub(super) fn over(self, below: &Self) -> Self {
        Self {
            bold: self.bold.or(below.bold),
            italic: self.italic.or(below.italic),
            caps: self.caps.or(below.caps),
            hidden: self.hidden.or(below.hidden),
            struck: self.struck.or(below.struck),
            font: self.font.or_else(|| below.font.clone()),
            centred: self.centred.or(below.centred),
            heading: self.heading.or(below.heading),
            list: self.list.or(below.list),
            level: self.level.or(below.level),
            breaks_before: self.breaks_before.or(below.breaks_before),
        }
    }

    /// Returns how text looks so.
    pub(super) fn dress(&self) -> Dress<'_> {
        let is = |value: Option<bool>| value == Some(true);
        Dress { bold: is(self.bold), italic: is(self.italic), caps: is(self.caps), font: self.font.as_deref().unwrap_or_default() }
    }

    /// Reads the properties of a run (`w:rPr`).
    pub(super) fn of_run(properties: Node<'_>) -> Self {
        let mut out = Self::default();
        for child in properties.children() {
            match child.name() {
                "b" => out.bold = Some(is_on(child)),
                "i" => out.italic = Some(is_on(child)),
                "caps" => out.caps = Some(is_on(child)),
                "vanish" => out.hidden = Some(is_on(child)),
                "strike" | "dstrike" => out.struck = Some(is_on(child) || out.struck == Some(true)),
                "rFonts" => {
                    let theme = child.attribute("hAnsiTheme").map(|_| String::new());
                    let named = || child.attribute("hAnsi").or_else(|| child.attribute("ascii")).map(|name| name.into_owned());
                    out.font = theme.or_else(named);
                }
                _ => {}
            }
        }
        out
    }

    /// Reads the properties of a paragraph (`w:pPr`), those of its mark left out.
    pub(super) fn of_paragraph(properties: Node<'_>) -> Self {
        let mut out = Self::default();
        for child in properties.children() {
            match child.name() {
                "jc" => out.centred = child.val().map(|value| value == "center"),
                "outlineLvl" => out.heading = child.number("val").map(|level| if level < 9 { level as u8 + 1 } else { 0 }),
                "pageBreakBefore" => out.breaks_before = Some(is_on(child)),
                "numPr" => {
                    out.list = child.word("numId").and_then(|id| id.number("val"));
                    out.level = child.word("ilvl").and_then(|level| level.number("val")).map(|level| level.min(8) as u8);
                }
                _ => {}
            }
        }
        out
    }
}

/// Says whether a switch such as `w:b` is on.
pub(super) fn is_on(node: Node<'_>) -> bool {
    node.val().is_none_or(|value| !matches!(value.as_ref(), "0" | "false" | "off" | "none"))
}

#[derive(Debug, Default)]
struct Definition {
    based_on: Option<String>,
    look: Look,
}

/// All styles.
#[derive(Debug, Default)]
pub(super) struct Styles {
    resolved: BTreeMap<String, Look>,
    defaults: Look,
    paragraph: Option<String>,
}

impl Styles {
    /// Reads `w:styles`.
    pub(super) fn read(top: Node<'_>) -> Self {
        let mut out = Self::default();
        let mut definitions: BTreeMap<String, Definition> = BTreeMap::new();
        for node in top.children() {
            if node.is_word("docDefaults") {
                let run = node.word("rPrDefault").and_then(|run| run.word("rPr")).map(Look::of_run).unwrap_or_default();
                let paragraph = node.word("pPrDefault").and_then(|paragraph| paragraph.word("pPr")).map(Look::of_paragraph);
                out.defaults = run.over(&paragraph.unwrap_or_default());
            }
            let (true, Some(id)) = (node.is_word("style"), node.attribute("styleId")) else { continue };
            let run = node.word("rPr").map(Look::of_run).unwrap_or_default();
            let paragraph = node.word("pPr").map(Look::of_paragraph).unwrap_or_default();
            let mut look = run.over(&paragraph);
            let name = node.word("name").and_then(|name| name.val().map(|name| name.to_lowercase())).unwrap_or_default();
            look.heading = look.heading.or_else(|| match name.as_str() {
                "title" => Some(1),
                name => name.strip_prefix("heading ")?.trim().parse().ok().filter(|level| (1..=9).contains(level)),
            });
            let is_default = node.attribute("default").is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"));
            if is_default && node.attribute("type").is_some_and(|kind| kind == "paragraph") {
                out.paragraph = Some(id.clone().into_owned());
            }
            let based_on = node.word("basedOn").and_then(|base| base.val().map(|id| id.into_owned()));
            definitions.insert(id.into_owned(), Definition { based_on, look });
        }
        for id in definitions.keys() {
            let mut look = Look::default();
            let mut next = Some(id);
            for _ in 0..CHAIN {
                let Some(definition) = next.and_then(|id| definitions.get(id)) else { break };
                look = look.over(&definition.look);
                next = definition.based_on.as_ref();
            }
            out.resolved.insert(id.clone(), look);
        }
        out
    }

    /// Returns how a paragraph of this style looks, document defaults included; `None` is the default style.
    pub(super) fn paragraph(&self, id: Option<&str>) -> Look {
        let id = id.or(self.paragraph.as_deref());
        id.and_then(|id| self.resolved.get(id)).map_or_else(|| self.defaults.clone(), |look| look.clone().over(&self.defaults))
    }

    /// Returns what a character style says.
    pub(super) fn character(&self, id: &str) -> Option<&Look> {
        self.resolved.get(id)
    }
}
