//! Prose and the tasks that stand in it: PHẦN, MỤC, TIỂU MỤC with the printed numbers, NHÓM NHIỆM VỤ for the headings above tasks.

use super::super::{Part, PartKind, Place, Reading, Task};
use super::{Writer, task, tree};
use crate::base::Key;
use crate::syntax::ast::{Block, Item, Keyword, Label, Node, Trivia};

/// Returns the prose of the plan (`appendix` empty) or of an appendix, with the tasks that no appendix holds, in the document's order.
pub(super) fn blocks(cx: &Writer<'_>, appendix: &str) -> Vec<(Place, Block)> {
    let opening = if appendix.is_empty() { opening(cx.reading).len() } else { 0 };
    let mut parts = cx.reading.parts.iter().filter(|part| part.appendix == appendix).skip(opening).peekable();
    let mut tasks = cx.reading.tasks.iter().filter(|task| task.appendix == appendix).peekable();
    let parted = cx.reading.parts.iter().any(|part| part.appendix == appendix && part.kind == PartKind::Part);
    let headings: Vec<Key> = cx
        .reading
        .tasks
        .iter()
        .filter(|task| task.appendix == appendix && task.origin.table == 0)
        .flat_map(|task| &task.sections)
        .map(|section| Key::new(section))
        .collect();
    let mut out = Prose {
        cx,
        blocks: Vec::new(),
        pending: Vec::new(),
        romans: 0,
        base: 0,
        title: Key::new(""),
        group: Vec::new(),
        groups: 0,
        at: 0,
        marked: false,
        parted,
    };
    loop {
        let before = match (parts.peek(), tasks.peek()) {
            (Some(part), Some(task)) => part.origin.line <= task.origin.line || task.origin.line == 0,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => break,
        };
        if before {
            if let Some(part) = parts.next() {
                out.part(part, &headings);
            }
        } else if let Some(task) = tasks.next() {
            out.task(task);
        }
    }
    out.blocks
}

struct Prose<'w, 'a> {
    cx: &'w Writer<'a>,
    blocks: Vec<(Place, Block)>,
    /// Comments for the next block: words in front of the first PHẦN.
    pending: Vec<String>,
    romans: usize,
    /// The depth of the open PHẦN.
    base: u8,
    /// The title of the open PHẦN.
    title: Key,
    /// The headings above the tasks of the open group; empty where none is open.
    group: Vec<String>,
    groups: u32,
    /// Where among the nodes of the open PHẦN the words below its last title begin.
    at: usize,
    /// Whether `Kiểu` stands there.
    marked: bool,
    /// Whether the document has parts with Roman numbers or capital letters.
    parted: bool,
}

impl Prose<'_, '_> {
    fn part(&mut self, part: &Part, headings: &[Key]) {
        let titled = matches!(part.kind, PartKind::Part | PartKind::Section | PartKind::Point);
        let heading = printed_heading(part);
        // where the document has parts of its own, sections that stand before the first of them open none
        let opens = if self.parted {
            part.kind == PartKind::Part && (self.romans == 0 || part.depth <= self.base)
        } else {
            titled && (self.romans == 0 || part.depth <= self.base)
        };
        if titled && !opens && headings.contains(&Key::new(&heading)) {
            // the heading of a group of tasks
            return;
        }
        if opens {
            return self.open(part);
        }
        let in_prose = self.blocks.last().is_some_and(|(_, block)| block.heading.keyword == Keyword::Part);
        if !in_prose {
            if self.romans == 0 && !titled {
                self.pending.push(format!("# {}", tree::one_line(&heading)));
                return;
            }
            // words behind the tasks of a group: the PHẦN goes on
            self.go_on(part);
        }
        let below = part.depth.saturating_sub(self.base);
        match part.kind {
            PartKind::Part | PartKind::Section | PartKind::Point if below <= 2 => self.titled(part, below),
            PartKind::Part | PartKind::Section | PartKind::Point => self.paragraph(&heading),
            PartKind::Item => self.item(&heading_text(part), 1),
            PartKind::Subitem => self.item(&heading_text(part), 2),
            PartKind::Paragraph => tree::lines(&heading_text(part)).iter().for_each(|line| self.paragraph(line)),
        }
    }

    fn open(&mut self, part: &Part) {
        self.romans += 1;
        let roman = roman(self.romans);
        let mut texts = tree::lines(&part.text);
        let title = if part.title.is_empty() && !texts.is_empty() { texts.remove(0) } else { tree::one_line(&part.title) };
        let mut block = tree::block(Keyword::Part, tree::number(&roman), &title);
        block.trivia.comments.append(&mut self.pending);
        let mark = mark(part);
        if mark != roman {
            // no number is printed for a heading without one
            tree::put(&mut block, Label::Numbering, if mark.is_empty() { "không" } else { &mark });
        }
        self.at = block.nodes.len();
        self.marked = false;
        self.base = part.depth;
        self.title = Key::new(&printed_heading(part));
        self.group.clear();
        self.blocks.push((part.origin, block));
        texts.iter().for_each(|line| self.paragraph(line));
    }

    /// Opens a PHẦN without title and number for words that stand behind tasks.
    fn go_on(&mut self, part: &Part) {
        self.romans += 1;
        let mut block = tree::block(Keyword::Part, tree::number(&roman(self.romans)), "");
        tree::put(&mut block, Label::Numbering, "không");
        block.trivia.comments.append(&mut self.pending);
        (self.at, self.marked) = (block.nodes.len(), false);
        self.base = part.depth.saturating_sub(1);
        self.group.clear();
        self.blocks.push((part.origin, block));
    }

    fn nodes(&mut self) -> Option<&mut Vec<Node>> {
        self.blocks.last_mut().map(|(_, block)| &mut block.nodes)
    }

    fn titled(&mut self, part: &Part, below: u8) {
        let mut texts = tree::lines(&part.text);
        let title = if part.title.is_empty() && !texts.is_empty() { texts.remove(0) } else { tree::one_line(&part.title) };
        let title = if title.is_empty() { "…".to_owned() } else { title };
        let mark = mark(part);
        let label = if below <= 1 { Label::Section } else { Label::Subsection };
        let Some(nodes) = self.nodes() else { return };
        nodes.push(tree::field(label, Some(&title), Vec::new()));
        nodes.push(tree::field(Label::Numbering, Some(if mark.is_empty() { "không" } else { &mark }), Vec::new()));
        let at = nodes.len();
        (self.at, self.marked) = (at, false);
        texts.iter().for_each(|line| self.paragraph(line));
    }

    fn item(&mut self, words: &str, level: u8) {
        let (at, marked) = (self.at, self.marked);
        let Some(nodes) = self.nodes() else { return };
        if !marked {
            nodes.insert(at, tree::field(Label::Marking, Some("gạch"), Vec::new()));
        }
        let text = tree::text(words);
        if !text.value.is_empty() {
            nodes.push(Node::Item(Item { level, text, trivia: Trivia::default() }));
        }
        self.marked = true;
    }

    fn paragraph(&mut self, words: &str) {
        if let Some(nodes) = self.nodes()
            && !words.trim().is_empty()
        {
            nodes.push(tree::paragraph(words));
        }
    }

    fn task(&mut self, one: &Task) {
        let sections: Vec<String> = if one.origin.table == 0 { one.sections.clone() } else { Vec::new() };
        // a heading that is the PHẦN's own title needs no group
        let own = sections.last().is_none_or(|last| Key::new(last) == self.title);
        if !own && sections != self.group || (own && !self.group.is_empty()) {
            self.groups += 1;
            let last = sections.last().map_or("", String::as_str);
            let (number, title) = split_number(last);
            let mut block =
                tree::block(Keyword::TaskGroup, tree::number(&self.groups.to_string()), if title.is_empty() { "…" } else { title });
            block.trivia.comments.append(&mut self.pending);
            tree::put(&mut block, Label::Numbering, if number.is_empty() { "không" } else { number });
            self.blocks.push((one.origin, block));
            self.group = sections;
        }
        let mut block = task::block(self.cx, one);
        block.trivia.comments.append(&mut self.pending);
        self.blocks.push((one.origin, block));
    }
}

/// Returns the paragraphs in front of the plan's first heading and task.
pub(super) fn opening(reading: &Reading) -> Vec<&Part> {
    let first = reading.tasks.iter().filter(|task| task.appendix.is_empty()).map(|task| task.origin.line).min().unwrap_or(u32::MAX);
    let opens = |part: &&Part| part.kind == PartKind::Paragraph && part.title.is_empty() && part.origin.line < first;
    reading.parts.iter().filter(|part| part.appendix.is_empty()).take_while(opens).collect()
}

/// Returns the mark as printed: a bracket behind a letter, as documents have it.
fn mark(part: &Part) -> String {
    let number = tree::one_line(&part.number);
    if part.kind == PartKind::Point && !number.is_empty() { format!("{number})") } else { number }
}

/// Returns heading and text of a part, without its number.
fn heading_text(part: &Part) -> String {
    [part.title.as_str(), part.text.as_str()].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join("\n")
}

/// Returns a heading with its number as sections name it (`1. Cải cách thể chế`).
fn printed_heading(part: &Part) -> String {
    let words = if part.title.is_empty() { &part.text } else { &part.title };
    let number = mark(part);
    match part.kind {
        PartKind::Part | PartKind::Section if !number.is_empty() => format!("{number}. {words}"),
        _ if number.is_empty() => words.clone(),
        _ => format!("{number} {words}"),
    }
}

/// Splits `1. Cải cách thể chế` into number and title.
fn split_number(section: &str) -> (&str, &str) {
    let Some((number, title)) = section.split_once([' ', '\t']) else { return ("", section) };
    let bare = number.trim_end_matches(['.', ')', ':', '-']);
    let is_number = bare.len() < number.len()
        && !bare.is_empty()
        && bare.chars().all(|c| c.is_ascii_digit() || c == '.' || c.is_uppercase() || bare.chars().count() == 1);
    if is_number { (number.trim_end_matches('.'), title.trim()) } else { ("", section) }
}

/// Returns a number below 100 in Roman numerals; greater ones begin anew.
fn roman(number: usize) -> String {
    const TENS: [&str; 10] = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"];
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let number = if number >= 100 { 99 } else { number };
    format!("{}{}", TENS[number / 10 % 10], ONES[number % 10])
}
