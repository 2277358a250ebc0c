//! numbering.xml: the marks that Word sets in front of list paragraphs, computed as Word does.
//!
//! Lists that share a definition share its counters; a list with a start of its own begins anew where it is first used. A level begins anew
//! after a paragraph of a higher one, unless its definition says after which.

use std::collections::{BTreeMap, BTreeSet};

use super::super::symbol;
use super::super::xml::Node;

/// Levels of a list.
const LEVELS: usize = 9;

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// `%1.%2)`
    text: String,
    /// All numbers of the mark in Arabic digits.
    is_legal: bool,
    /// The level (from 1) after which it begins anew; 0 for never.
    restart: Option<u32>,
    /// The paragraph style that is this level.
    style: Option<String>,
    font: String,
}

impl Level {
    fn read(node: Node<'_>) -> (usize, Self) {
        let place = node.number("ilvl").unwrap_or(0) as usize;
        let value = |name: &str| node.word(name).and_then(|child| child.val().map(|value| value.into_owned()));
        let level = Self {
            start: node.word("start").and_then(|start| start.number("val")).unwrap_or(0),
            // a format of the user's own stands in an alternative with a plain one beside it
            format: value("numFmt").unwrap_or_else(|| "decimal".to_owned()),
            text: value("lvlText").unwrap_or_default(),
            is_legal: node.word("isLgl").is_some_and(super::style::is_on),
            restart: node.word("lvlRestart").and_then(|restart| restart.number("val")),
            style: value("pStyle"),
            font: node.word("rPr").map(super::style::Look::of_run).and_then(|look| look.font).unwrap_or_default(),
        };
        (place, level)
    }
}

#[derive(Debug, Default)]
struct Definition {
    levels: BTreeMap<usize, Level>,
    /// The style that names this definition, and the one that this definition takes its levels from.
    style: Option<String>,
    from_style: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: u32,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// All lists, with what was counted so far.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<u32, Definition>,
    lists: BTreeMap<u32, List>,
    /// Counters of each definition; `None` where a level was not used since it began anew.
    counters: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists whose own starts were used.
    started: BTreeSet<(u32, usize)>,
}

impl Numbering {
    /// Reads `w:numbering`.
    pub(super) fn read(top: Node<'_>) -> Self {
        let mut out = Self::default();
        for node in top.children() {
            if let (true, Some(id)) = (node.is_word("abstractNum"), node.number("abstractNumId")) {
                let value = |name: &str| node.word(name).and_then(|child| child.val().map(|value| value.into_owned()));
                let levels = node.children().filter(|child| child.is_word("lvl")).map(Level::read).collect();
                out.definitions.insert(id, Definition { levels, style: value("styleLink"), from_style: value("numStyleLink") });
            }
            if let (true, Some(id)) = (node.is_word("num"), node.number("numId")) {
                let definition = node.word("abstractNumId").and_then(|id| id.number("val")).unwrap_or(u32::MAX);
                let mut list = List { definition, ..List::default() };
                for own in node.children().filter(|child| child.is_word("lvlOverride")) {
                    let place = own.number("ilvl").unwrap_or(0) as usize;
                    if let Some(level) = own.word("lvl") {
                        list.levels.insert(place, Level::read(level).1);
                    }
                    if let Some(start) = own.word("startOverride").and_then(|start| start.number("val")) {
                        list.starts.insert(place, start);
                    }
                }
                out.lists.insert(id, list);
            }
        }
        out
    }

    /// Returns the definition whose levels and counters a list uses.
    fn definition(&self, list: &List) -> Option<(u32, &Definition)> {
        let found = self.definitions.get(&list.definition)?;
        let named =
            |style: &String| self.definitions.iter().find(|(_, other)| other.style.as_ref() == Some(style) && !other.levels.is_empty());
        match found.from_style.as_ref().and_then(named) {
            Some((id, other)) if found.levels.is_empty() => Some((*id, other)),
            _ => Some((list.definition, found)),
        }
    }

    fn level(&self, list: &List, place: usize) -> Option<Level> {
        list.levels.get(&place).or_else(|| self.definition(list)?.1.levels.get(&place)).cloned()
    }

    /// Returns the level of a list that is tied to a paragraph style.
    pub(super) fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let (_, definition) = self.definition(self.lists.get(&list)?)?;
        let place = definition.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style))?.0;
        u8::try_from(*place).ok()
    }

    /// Counts a paragraph of a list and returns its mark (`1.`, `a)`, `-`); empty where the level shows none. `None` for an unknown list.
    pub(super) fn mark(&mut self, list_id: u32, place: u8) -> Option<String> {
        let place = usize::from(place).min(LEVELS - 1);
        let list = self.lists.get(&list_id)?;
        let levels: Vec<Option<Level>> = (0..LEVELS).map(|place| self.level(list, place)).collect();
        let (definition, _) = self.definition(list)?;
        let own_start = list.starts.get(&place).copied();
        let level = levels[place].clone()?;
        let counters = self.counters.entry(definition).or_default();
        let is_fresh = own_start.is_some() && self.started.insert((list_id, place));
        counters[place] = Some(match (own_start, counters[place]) {
            (Some(start), _) if is_fresh => start,
            (_, Some(count)) => count.saturating_add(1),
            (own, None) => own.unwrap_or(level.start),
        });
        for (below, level) in levels.iter().enumerate().skip(place + 1) {
            let restart = level.as_ref().and_then(|level| level.restart).unwrap_or(below as u32) as usize;
            if restart > place {
                counters[below] = None;
            }
        }
        if level.format == "bullet" {
            return Some(level.text.chars().map(|c| symbol::letter(&level.font, c).unwrap_or(c)).collect());
        }
        let mut mark = String::new();
        let mut chars = level.text.chars();
        while let Some(c) = chars.next() {
            if c != '%' {
                mark.push(c);
                continue;
            }
            let rest = chars.as_str();
            let Some(digit) = rest.chars().next().and_then(|digit| digit.to_digit(10)).filter(|digit| (1..=9).contains(digit)) else {
                mark.push(c);
                continue;
            };
            chars.next();
            let shown = digit as usize - 1;
            let format = levels[shown].as_ref().map_or("decimal", |level| level.format.as_str());
            let start = levels[shown].as_ref().map_or(1, |level| level.start);
            let format = if level.is_legal && format != "none" { "decimal" } else { format };
            mark.push_str(&written(counters[shown].unwrap_or(start), format));
        }
        Some(mark.trim().to_owned())
    }
}

/// Returns a number in one of Word's formats; in digits where the format is not known.
pub(in crate::import) fn written(number: u32, format: &str) -> String {
    match format {
        "none" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerLetter" => letters(number).to_lowercase(),
        "vietnameseCounting" => ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
            .get(number as usize)
            .map_or_else(|| number.to_string(), |word| (*word).to_owned()),
        _ => number.to_string(),
    }
}

/// Returns A to Z, then AA, BB and so on, as Word counts.
fn letters(number: u32) -> String {
    let Some(at) = number.checked_sub(1) else { return String::new() };
    let letter = char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    std::iter::repeat_n(letter, (at / 26 + 1).min(30) as usize).collect()
}

pub(in crate::import) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > 9_999 {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}
