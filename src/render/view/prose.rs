//! The narrative as a numbered tree, generated passages included.
//!
//! Marks follow LANGUAGE section 3: numbers under PHẦN, letters under MỤC and TIỂU MỤC, dashes under lettered ones, unless `Kiểu` says otherwise.

use super::duty::{Duty, duties};
use super::marks::Owner;
use super::numbering::{Series, letter, roman};
use super::schedule::{Labelled, labelled_lines, task_content};
use super::standing::{Standing, is_unnumbered};
use super::wording::{bare, ended, printed};
use super::{Mark as Value, PartView};
use crate::base::{Key, Loc};
use crate::model::{Appendix, ColumnField, Layout, Marking, Part, TargetLine, Task};

/// Returns the PHẦN nodes of a plan with all that stands below them.
pub(super) fn parts(standing: &Standing<'_>) -> Vec<PartView> {
    let writer = Writer::new(standing);
    let mut series = Series::default();
    let parts = &standing.content.parts;
    let mut out: Vec<PartView> = parts.iter().map(|part| writer.part(part, &mut series)).collect();
    // what no placeholder names stands at the end of the PHẦN above it
    let above = |loc: Loc| {
        let found = parts.iter().rposition(|part| {
            let stated = part.origin.stated;
            stated.source == loc.source && stated.span.start < loc.span.start
        });
        found.or(parts.len().checked_sub(1))
    };
    for (at, appendix) in standing.content.appendices.iter().enumerate() {
        if !standing.in_body(appendix) || writer.is_listed(appendix) || standing.tasks(Some(at)).next().is_none() {
            continue;
        }
        let node = writer.group(at, appendix);
        match above(appendix.loc) {
            Some(part) => {
                let mut series = Series::default();
                for before in out[part].below.iter().filter(|node| node.depth == 2 && node.mark.ends_with('.')) {
                    series.resume(&before.mark);
                }
                let mark = node.mark(Mark::Number, "", &mut series);
                out[part].below.push(node.numbered(&mark, 2));
            }
            None => {
                let mark = node.number.as_ref().map_or_else(|| roman(out.len() + 1), Clone::clone);
                out.push(node.numbered(&with_point(&mark, Mark::Number), 1));
            }
        }
    }
    if standing.layout == Layout::InPlan && !writer.asked.contains(&Passage::Tasks(None)) {
        for (task, node) in standing.tasks(None).zip(writer.tasks(None, true)) {
            let letters = |nodes: &[PartView]| nodes.iter().filter(|node| node.depth == 2 && node.mark.ends_with(')')).count();
            match above(task.loc) {
                Some(part) => {
                    let mark = format!("{})", letter(letters(&out[part].below)));
                    out[part].below.push(node.numbered(&mark, 2));
                }
                None => out.push(node.numbered(&format!("{}.", roman(out.len() + 1)), 1)),
            }
        }
    }
    out
}

/// Ends the narrative with `./.`: behind the last paragraph, not behind a title.
pub(super) fn end_mark(parts: &mut [PartView]) {
    let Some(last) = parts.last_mut() else { return };
    if !last.below.is_empty() {
        end_mark(&mut last.below);
    } else if !last.title {
        let end = bare(&last.text).len();
        last.marks.iter_mut().for_each(|mark| mark.end = mark.end.min(end));
        last.text = format!("{}./.", &last.text[..end]);
    }
}

/// How one node is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Number,
    Letter,
    Dash,
    Plus,
}

/// A passage that a placeholder stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Passage {
    /// `{nhiệm vụ}`, `{nhiệm vụ: 01}`
    Tasks(Option<String>),
    /// `{trách nhiệm}`, `{trách nhiệm: Sở Nội vụ}`
    Duties(Option<String>),
    /// `{chỉ tiêu}`
    Targets,
}

/// A generated node before it has its mark.
struct Made {
    mark: Option<Mark>,
    /// `Đánh số`: the printed number.
    number: Option<String>,
    text: String,
    title: bool,
    marks: Vec<Value>,
    below: Vec<Made>,
}

impl Made {
    fn paragraph(mark: Option<Mark>, text: String) -> Self {
        Self { mark, number: None, text: ended(&text), title: false, marks: Vec::new(), below: Vec::new() }
    }

    /// Adds the value that the text is from a byte on, up to its end as it was before a full stop.
    fn valued(self, value: Option<Value>) -> Self {
        let end = self.text.len();
        let marks = value.map(|value| Value { start: value.start.min(end), end: value.end.min(end), ..value }).into_iter().collect();
        Self { marks, ..self }
    }

    /// Returns the mark of the node itself: the printed number, else the next one of its kind.
    fn mark(&self, usual: Mark, prefix: &str, series: &mut Series) -> String {
        let kind = self.mark.unwrap_or(usual);
        match &self.number {
            Some(number) => {
                series.resume(number);
                with_point(number, kind)
            }
            None => mark_text(kind, prefix, series),
        }
    }

    /// Marks the node itself and what stands below it.
    fn numbered(self, mark: &str, depth: u8) -> PartView {
        let mut series = Series::default();
        let prefix = number_of(mark);
        let below = self.below.into_iter().map(|node| {
            let mark = node.mark(Mark::Dash, &prefix, &mut series);
            node.numbered(&mark, depth + 1)
        });
        PartView { mark: mark.to_owned(), title: self.title, depth, below: below.collect(), text: self.text, marks: self.marks }
    }
}

/// Returns the number inside a mark (`2.1` of `2.1.`), which numbers below it extend; empty for Roman numbers, letters and dashes.
fn number_of(mark: &str) -> String {
    let number = mark.trim_end_matches('.');
    if number.starts_with(|c: char| c.is_ascii_digit()) && !number.ends_with(')') { number.to_owned() } else { String::new() }
}

fn mark_text(mark: Mark, prefix: &str, series: &mut Series) -> String {
    match mark {
        Mark::None => String::new(),
        Mark::Number if prefix.is_empty() => format!("{}.", series.number()),
        Mark::Number => format!("{prefix}.{}.", series.number()),
        Mark::Letter => format!("{})", series.letter()),
        Mark::Dash => "-".into(),
        Mark::Plus => "+".into(),
    }
}

/// What a node hands down to what stands below it.
struct Above<'p> {
    /// Number that lower numbers extend.
    prefix: String,
    /// How plain children are marked.
    children: Mark,
    depth: u8,
    /// The path of the node in tags (`II.2`).
    path: String,
    /// Titles above, which a generated paragraph need not repeat.
    titles: Vec<&'p str>,
}

impl<'p> Above<'p> {
    /// Returns the same at another place.
    fn at(&self, path: String) -> Self {
        Self { prefix: self.prefix.clone(), children: self.children, depth: self.depth, path, titles: self.titles.clone() }
    }
}

struct Writer<'s, 'a> {
    standing: &'s Standing<'a>,
    duties: Vec<Duty<'a>>,
    /// All passages that the narrative asks for.
    asked: Vec<Passage>,
}

impl<'s, 'a> Writer<'s, 'a> {
    fn new(standing: &'s Standing<'a>) -> Self {
        let mut asked = Vec::new();
        collect(&standing.content.parts, &mut asked);
        Self { standing, duties: duties(standing), asked }
    }

    /// Says whether a placeholder lists the appendix or group.
    fn is_listed(&self, appendix: &Appendix) -> bool {
        self.asked.iter().any(|passage| match passage {
            Passage::Tasks(None) => true,
            Passage::Tasks(Some(number)) => is_number(appendix, number),
            Passage::Duties(_) | Passage::Targets => false,
        })
    }

    fn part(&self, part: &Part, series: &mut Series) -> PartView {
        let next = series.number();
        let number = match (&part.printed_number, part.number.as_str()) {
            (Some(printed), _) => printed.clone(),
            (None, "") => roman(next),
            (None, number) => number.to_owned(),
        };
        let mark = with_point(&number, Mark::Number);
        let children = part.marking.map_or(Mark::Number, chosen);
        let path = if part.number.is_empty() { roman(next) } else { part.number.clone() };
        let text = printed(&part.text);
        let text = if self.standing.plan.header.record { text } else { text.to_uppercase() };
        let marks = self.prose(&path, &text);
        let above = Above { prefix: String::new(), children, depth: 1, path, titles: vec![&part.text] };
        PartView { mark, text, title: true, depth: 1, marks, below: self.below(&part.below, &above) }
    }

    /// Returns the mark over a piece of prose that the plan states.
    fn prose(&self, path: &str, text: &str) -> Vec<Value> {
        vec![Value::of_plan(&self.standing.plan.code.text, &format!("part/{path}"), 0, text.len())]
    }

    fn below<'p>(&self, parts: &'p [Part], above: &Above<'p>) -> Vec<PartView> {
        let mut series = Series::default();
        let mut out = Vec::new();
        for (place, part) in parts.iter().enumerate().filter(|(_, part)| !self.is_void(part)) {
            let path = format!("{}.{}", above.path, place + 1);
            match passage(&part.text) {
                Some((passage, before, after)) if before.is_empty() && after.is_empty() => {
                    let made = self.made(&passage, above, &part.text);
                    out.extend(made.into_iter().map(|node| {
                        let mark = node.mark(above.children, &above.prefix, &mut series);
                        node.numbered(&mark, above.depth + 1)
                    }));
                    // what a person wrote below the placeholder stays below what it made
                    let rest = self.below(&part.below, &above.at(path));
                    match out.last_mut() {
                        Some(last) if part.depth != 0 => last.below.extend(rest),
                        _ => out.extend(rest),
                    }
                }
                _ => out.push(self.node(part, above, path, &mut series)),
            }
        }
        out
    }

    /// Says whether a part has nothing but the paragraph of a body that has no duty here.
    fn is_void(&self, part: &Part) -> bool {
        let void_below = part.below.iter().all(|below| self.is_void(below));
        match passage(&part.text) {
            Some((Passage::Duties(Some(name)), "", "")) => {
                void_below && !self.duties.iter().any(|duty| duty.is_of(&name, self.standing.registry))
            }
            _ => matches!(part.depth, 2 | 3) && !part.below.is_empty() && void_below,
        }
    }

    fn node<'p>(&self, part: &'p Part, above: &Above<'p>, path: String, series: &mut Series) -> PartView {
        let own = if part.depth == 0 { Mark::None } else { above.children };
        let mark = match &part.printed_number {
            Some(printed) => {
                series.resume(printed);
                with_point(printed, own)
            }
            None => mark_text(own, &above.prefix, series),
        };
        let (text, made) = match passage(&part.text) {
            Some((passage, before, after)) => (format!("{before} {after}").trim().to_owned(), Some(passage)),
            None => (part.text.clone(), None),
        };
        let mut titles = above.titles.clone();
        titles.push(&part.text);
        let children = part.marking.map_or_else(|| usual(part.depth, own), |marking| nested(chosen(marking), own));
        let within = Above { prefix: number_of(&mark), children, depth: above.depth + 1, path, titles };
        let mut below: Vec<PartView> = Vec::new();
        if let Some(passage) = &made {
            let mut series = Series::default();
            below.extend(self.made(passage, &within, &part.text).into_iter().map(|node| {
                let mark = node.mark(within.children, &within.prefix, &mut series);
                node.numbered(&mark, within.depth + 1)
            }));
        }
        below.extend(self.below(&part.below, &within));
        // a whole sentence is a paragraph, whatever stands below it
        let sentence = text.trim_end().ends_with(['.', ';']);
        let title = matches!(part.depth, 2 | 3) && !below.is_empty() && !sentence;
        let text = printed(&text);
        let as_printed = title || !below.is_empty() || self.standing.plan.header.record;
        let text = if as_printed { text } else { ended(&text) };
        // words around a passage are not all that the node states
        let marks = if made.is_none() { self.prose(&within.path, &text) } else { Vec::new() };
        PartView { mark, text, title, depth: above.depth + 1, marks, below }
    }

    /// Returns what a placeholder stands for; the placeholder itself, to be seen, where it names nothing that exists.
    fn made(&self, passage: &Passage, above: &Above<'_>, written: &str) -> Vec<Made> {
        let appendices = || self.standing.content.appendices.iter().enumerate();
        let unknown = || vec![Made::paragraph(None, format!("[{}]", written.trim_matches(['{', '}'])))];
        match passage {
            Passage::Tasks(None) => {
                let mut out: Vec<Made> = appendices()
                    .filter(|(at, _)| self.standing.tasks(Some(*at)).next().is_some())
                    .map(|(at, x)| self.group(at, x))
                    .collect();
                out.extend(self.tasks(None, self.standing.layout == Layout::InPlan));
                out
            }
            Passage::Tasks(Some(number)) => {
                let found: Vec<_> = appendices().filter(|(_, appendix)| is_number(appendix, number)).collect();
                if found.is_empty() {
                    return unknown();
                }
                found.into_iter().flat_map(|(at, appendix)| self.tasks(Some(at), self.standing.in_body(appendix))).collect()
            }
            Passage::Duties(None) => {
                let apart = |duty: &&Duty<'_>| {
                    !self.asked.iter().any(|other| match other {
                        Passage::Duties(Some(name)) => duty.is_of(name, self.standing.registry),
                        Passage::Duties(None) | Passage::Tasks(_) | Passage::Targets => false,
                    })
                };
                self.duties.iter().filter(apart).map(|duty| Made::paragraph(None, duty.sentence(self.standing, false))).collect()
            }
            Passage::Duties(Some(name)) => {
                let registry = self.standing.registry;
                let Some(duty) = self.duties.iter().find(|duty| duty.is_of(name, registry)) else { return Vec::new() };
                let headed = above.titles.iter().any(|title| duty.is_of(title.trim_end_matches([':', ' ']), registry));
                vec![Made::paragraph(None, duty.sentence(self.standing, headed))]
            }
            Passage::Targets => {
                let lines = self.standing.content.targets.iter().filter(|line| !line.dropped);
                let made = |line: &TargetLine| {
                    let text = super::wording::upper_first(&printed(&line.target.text));
                    let code = &line.target.code;
                    let value = Value::of_plan(&self.standing.plan.code.text, &format!("target/{code}"), 0, text.len());
                    Made::paragraph(None, text).valued((!code.is_empty()).then_some(value))
                };
                lines.map(made).collect()
            }
        }
    }

    /// Returns the node of an appendix or group: its title, and its tasks as a), b), c).
    fn group(&self, at: usize, appendix: &Appendix) -> Made {
        let below = self.tasks(Some(at), self.standing.in_body(appendix));
        Made {
            mark: Some(Mark::Number),
            number: appendix.printed_number.clone(),
            text: printed(bare(&appendix.title.value)),
            title: true,
            marks: Vec::new(),
            below,
        }
    }

    /// Returns the tasks as lettered paragraphs. Tasks of a group have no table: their fields stand below as labelled lines.
    fn tasks(&self, appendix: Option<usize>, with_fields: bool) -> Vec<Made> {
        let stated = appendix.and_then(|at| self.standing.content.appendices.get(at));
        let criterion = stated.is_some_and(|appendix| appendix.scores.is_some());
        let line = |owner: &Owner<'_>, line: Labelled| {
            let item = |item: String| {
                let value = owner.mark(&line.field, 0, 0, item.len());
                Made::paragraph(Some(Mark::Plus), item).valued(value)
            };
            let value = owner.mark(&line.field, 0, line.start, line.text.len()).filter(|_| line.items.is_empty());
            let items = line.items.into_iter().map(item).collect();
            Made { below: items, ..Made::paragraph(Some(Mark::Dash), line.text).valued(value) }
        };
        let task = |task: &Task| {
            let owner = Owner { plan: &self.standing.plan.code.text, task: &task.code.text, criterion };
            let lines = if with_fields { labelled_lines(self.standing, stated, task) } else { Vec::new() };
            let below = lines.into_iter().map(|labelled| line(&owner, labelled)).collect();
            let content = task_content(task);
            let value = owner.mark(&ColumnField::Content, 0, 0, content.len());
            let made = Made { below, ..Made::paragraph(Some(Mark::Letter), content).valued(value) };
            match &task.fields.record {
                // as the document prints it, its end mark too
                Some(record) => {
                    let number = record.number.as_ref().map_or_else(|| "không".to_owned(), |number| number.value.clone());
                    Made { number: Some(number), text: task_content(task), ..made }
                }
                None => made,
            }
        };
        self.standing.tasks(appendix).map(task).collect()
    }
}

fn chosen(marking: Marking) -> Mark {
    match marking {
        Marking::Numbers => Mark::Number,
        Marking::Letters => Mark::Letter,
        Marking::Dashes => Mark::Dash,
    }
}

/// Returns how children are marked where no `Kiểu` says it.
fn usual(depth: u8, own: Mark) -> Mark {
    match (depth, own) {
        (_, Mark::Dash | Mark::Plus) => Mark::Plus,
        (2 | 3, Mark::Number | Mark::None) => Mark::Letter,
        (_, Mark::Number | Mark::None | Mark::Letter) => Mark::Dash,
    }
}

/// Dashes below a dash are plus signs.
fn nested(mark: Mark, own: Mark) -> Mark {
    if mark == Mark::Dash && matches!(own, Mark::Dash | Mark::Plus) { Mark::Plus } else { mark }
}

/// Returns a printed number or letter with the punctuation of its kind, unless it has its own.
fn with_point(printed: &str, mark: Mark) -> String {
    let printed = printed.trim();
    if is_unnumbered(printed) {
        return String::new();
    }
    if printed.is_empty() || printed.ends_with(['.', ')', '-', '+', ':']) {
        return printed.to_owned();
    }
    let point = if mark == Mark::Letter && !printed.starts_with(|c: char| c.is_ascii_digit()) { ')' } else { '.' };
    format!("{printed}{point}")
}

/// Says whether an appendix has this number: `1` is `01`.
fn is_number(appendix: &Appendix, number: &str) -> bool {
    let value = |text: &str| text.trim().parse::<u32>().ok();
    Key::new(&appendix.number) == Key::new(number) || (value(number).is_some() && value(&appendix.number) == value(number))
}

/// Finds the first placeholder for a passage, with the words before and behind it.
fn passage(text: &str) -> Option<(Passage, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let close = open + text[open..].find('}')?;
        let (name, argument) = match text[open + 1..close].split_once(':') {
            Some((name, argument)) => (name, Some(argument.trim().to_owned()).filter(|argument| !argument.is_empty())),
            None => (&text[open + 1..close], None),
        };
        let passage = match Key::new(name).as_str() {
            "nhiệm vụ" => Some(Passage::Tasks(argument)),
            "trách nhiệm" => Some(Passage::Duties(argument)),
            "chỉ tiêu" => Some(Passage::Targets),
            _ => None,
        };
        if let Some(passage) = passage {
            let after = text[close + 1..].trim_matches([' ', '.', ';']);
            return Some((passage, text[..open].trim(), after));
        }
        from = close + 1;
    }
}

fn collect(parts: &[Part], asked: &mut Vec<Passage>) {
    for part in parts {
        asked.extend(passage(&part.text).map(|(passage, ..)| passage));
        collect(&part.below, asked);
    }
}
