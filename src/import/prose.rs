//! Prose: numbered parts, their items and paragraphs, with the headings above each; tasks and targets found in it.

use super::doubt::Doubt;
use super::mark::{self, Mark};
use super::reading::{Part, PartKind, Target};
use super::running::{self, Item};
use super::table::{Group, RawTask};
use super::target;
use crate::diag::{Code, msg};

/// Prose, read piece by piece.
#[derive(Debug, Default)]
pub(super) struct Prose {
    items: Vec<Item>,
    /// Headings above the next item.
    groups: Vec<Group>,
    pub(super) parts: Vec<Part>,
    pub(super) targets: Vec<Target>,
    pub(super) doubts: Vec<Doubt>,
}

impl Prose {
    /// Adds a paragraph; its soft lines that begin with a mark are items of their own.
    pub(super) fn push(&mut self, text: &str, place: super::block::Place, bold: bool) {
        let mut whole = String::new();
        for line in text.split('\n') {
            if !whole.is_empty()
                && (mark::opening(line).is_some()
                    || line.contains(':') && super::bodies::label_role(line.split(':').next().unwrap_or("")).is_some())
            {
                self.items.push(Item::new(&whole, place, bold));
                whole.clear();
            }
            if !whole.is_empty() {
                whole.push(' ');
            }
            whole.push_str(line.trim());
        }
        if !whole.is_empty() {
            self.items.push(Item::new(&whole, place, bold));
        }
    }

    /// Returns the headings above what comes next.
    pub(super) fn above(&mut self, appendix: &str) -> (Vec<Group>, Vec<RawTask>) {
        let tasks = self.flush(appendix);
        (self.groups.clone(), tasks)
    }

    /// Reads what was added since the last time, and returns the tasks in it. Headings stay open.
    pub(super) fn flush(&mut self, appendix: &str) -> Vec<RawTask> {
        let items = std::mem::take(&mut self.items);
        let found = running::find(&items);
        let mut tasks = Vec::new();
        let mut at = 0;
        let mut next = found.into_iter().peekable();
        while at < items.len() {
            if let Some(task) = next.next_if(|task| task.from == at) {
                if task.headless {
                    let message =
                        msg!("Các dòng có nhãn này không có nội dung nhiệm vụ ở trên.", "These lines with labels have no task above them.");
                    let quote = task.fields.get(1).map(|field| field.text.clone()).unwrap_or_default();
                    self.doubts.push(Doubt::new(Code::KH5015, message).at(items[at].place).quote(quote));
                }
                tasks.push(RawTask {
                    appendix: appendix.to_owned(),
                    row: task.row,
                    groups: self.groups.clone(),
                    fields: task.fields,
                    place: items[at].place,
                });
                at = task.to;
                continue;
            }
            let task_below = next.peek().is_some_and(|task| task.from == at + 1);
            self.part(&items[at], items.get(at + 1), task_below, appendix);
            at += 1;
        }
        tasks
    }

    /// Forgets the headings: another appendix begins.
    pub(super) fn end(&mut self) {
        self.groups.clear();
    }

    /// Doubts a number that does not follow the one before it: a heading may have been lost in copying.
    fn order(&mut self, item: &Item, mark: &Mark) {
        if matches!(mark, Mark::Dash | Mark::Plus) {
            return;
        }
        let before = self.groups.iter().find(|group| group.rank == item.rank()).and_then(|group| mark::label(&group.number));
        let lower = self.groups.iter().any(|group| group.rank > item.rank());
        // `2.2` may follow `2` directly where `2.1` was lost
        let odd = match (&before, lower) {
            (None, true) => 0.0,
            (found, _) => mark::oddness(found.as_ref(), mark),
        };
        let parent = match mark {
            Mark::Number(numbers) if numbers.len() > 1 && before.is_none() => numbers.last() == Some(&1),
            _ => odd <= 1.2,
        };
        if !parent {
            let number = &item.printed;
            let message = msg!(
                "Số “{number}” không nối tiếp; có thể một tiêu đề hoặc một mục bị mất khi chép.",
                "The number “{number}” does not follow; a heading or an item may have been lost in copying."
            );
            let quote: String = item.text.chars().take(100).collect();
            self.doubts.push(Doubt::new(Code::KH5023, message).at(item.place).quote(quote));
        }
    }

    fn part(&mut self, item: &Item, next: Option<&Item>, task_below: bool, appendix: &str) {
        let rank = item.rank();
        let kind = match &item.mark {
            Some(Mark::Roman(_) | Mark::Capital(_)) => PartKind::Part,
            Some(Mark::Number(_)) => PartKind::Section,
            Some(Mark::Letter(_)) => PartKind::Point,
            Some(Mark::Dash) => PartKind::Item,
            Some(Mark::Plus) => PartKind::Subitem,
            None => PartKind::Paragraph,
        };
        let title = is_title(item, next, task_below);
        if let Some(mark) = &item.mark {
            self.order(item, mark);
            self.groups.retain(|group| group.rank < rank);
        }
        let above = self.groups.len();
        let depth = u8::try_from(above).unwrap_or(u8::MAX);
        let wanted = self.groups.iter().any(|group| target::is_heading(&group.text));
        if !title && wanted && appendix.is_empty() {
            let named = self.groups.last().is_some_and(|group| {
                let key = crate::base::even(&group.text);
                super::column::holds(&key, "chỉ tiêu") || super::column::holds(&key, "mục tiêu cụ thể")
            });
            let found = target::targets(&item.text, item.place);
            self.targets.extend(found.into_iter().filter(|target| named || !target.measure.is_empty()));
        }
        if item.mark.is_some() {
            self.groups.push(Group { rank, number: item.printed.clone(), text: if title { item.text.clone() } else { String::new() } });
        }
        let (heading, text) = if title { (item.text.clone(), String::new()) } else { (String::new(), item.text.clone()) };
        self.parts.push(Part {
            kind,
            depth,
            number: item.printed.clone(),
            title: heading,
            text,
            appendix: appendix.to_owned(),
            origin: item.place,
        });
    }
}

/// Says whether an item is a heading and not a sentence.
fn is_title(item: &Item, next: Option<&Item>, task_below: bool) -> bool {
    let length = item.text.chars().count();
    if matches!(item.mark, Some(Mark::Dash | Mark::Plus)) || length > 300 {
        return false;
    }
    let upper = item.text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let deeper = next.is_some_and(|next| next.rank() > item.rank());
    if item.mark.is_none() {
        return false;
    }
    if matches!(item.mark, Some(Mark::Roman(_) | Mark::Capital(_))) || upper {
        return length < 250;
    }
    let sentence = item.text.ends_with(['.', ';', ',']);
    (item.bold || task_below || deeper) && !sentence && length < 250
}
