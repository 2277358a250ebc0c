//! Tasks in running text: an item, and below or behind it lines with labels (`- Cơ quan chủ trì: …`, `Thời gian hoàn thành: …`).

use super::block::Place;
use super::bodies::{beside_role, label_role};
use super::column::Role;
use super::field::Given;
use super::mark::{self, Mark};

/// An item of running text: a paragraph with its mark.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub(super) mark: Option<Mark>,
    /// The mark as printed.
    pub(super) printed: String,
    /// Its text without the mark.
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) bold: bool,
}

impl Item {
    /// Reads an item.
    pub(super) fn new(text: &str, place: Place, bold: bool) -> Self {
        match mark::opening(text) {
            Some(marked) => Self { mark: Some(marked.mark), printed: marked.printed.to_owned(), text: marked.rest.to_owned(), place, bold },
            None => Self { mark: None, printed: String::new(), text: text.to_owned(), place, bold },
        }
    }

    pub(super) fn rank(&self) -> u8 {
        self.mark.as_ref().map_or(11, Mark::rank)
    }
}

/// A task found in a run of items.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The items that are the task: first, and the one behind the last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Its number as printed.
    pub(super) row: String,
    pub(super) fields: Vec<Given>,
    /// The labels had no item above them.
    pub(super) headless: bool,
}

/// Returns the tasks of a run of items, in order.
pub(super) fn find(items: &[Item]) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut free = 0;
    let mut at = 0;
    while at < items.len() {
        if let Some(found) = labelled(items, at, free).or_else(|| inline(items, at)) {
            at = found.to;
            free = found.to;
            out.push(found);
        } else {
            at += 1;
        }
    }
    out
}

/// Returns the label of an item and what stands behind it.
fn label(item: &Item, beside: bool) -> Option<(Role, &str, &str)> {
    let (words, value) = item.text.split_once(':')?;
    let role = if beside { beside_role(words) } else { label_role(words) }?;
    Some((role, words.trim(), value.trim()))
}

/// Reads a task whose fields are items of their own, the first of them at `at`.
fn labelled(items: &[Item], at: usize, free: usize) -> Option<Found> {
    let (first, ..) = label(&items[at], true)?;
    // the task's own label may bear its number, the others stand below it
    let rank = match items.get(at + 1) {
        Some(next) if first == Role::Content => next.rank(),
        Some(_) | None => items[at].rank(),
    };
    let mut fields: Vec<Given> = Vec::new();
    let mut next = at;
    while let Some(item) = items.get(next) {
        if let Some((role, words, value)) = label(item, true).filter(|(role, ..)| {
            (item.rank() == rank || next == at) && !fields.iter().any(|field| field.role == *role && *role != Role::Own)
        }) {
            fields.push(Given { role, heading: words.to_owned(), text: value.to_owned(), place: item.place });
        } else if let Some(field) = fields.last_mut().filter(|field| belongs(item, rank, field)) {
            let bullet = if item.mark.is_some() { "- " } else { "" };
            field.text = format!("{}\n{bullet}{}", field.text, item.text).trim().to_owned();
        } else {
            break;
        }
        next += 1;
    }
    let mut roles: Vec<Role> = fields.iter().map(|field| field.role).collect();
    roles.sort_unstable();
    roles.dedup();
    let who = roles.iter().any(|role| role.is_body());
    let known = roles.iter().filter(|role| **role != Role::Content).count();
    if known < 2 || !(who || roles.contains(&Role::Deadline)) {
        return None;
    }
    if roles.contains(&Role::Content) {
        let row = items[at].printed.trim_matches(['-', '+', '•', '*']).to_owned();
        return Some(Found { from: at, to: next, row, fields, headless: false });
    }
    // the item above the labels, and all between
    let mut from = at;
    while from > free {
        from -= 1;
        let item = &items[from];
        if item.rank() < rank {
            break;
        }
        if item.rank() == rank || item.mark.is_none() && rank == 11 {
            // labels with the same mark as the item above them: only that item
            break;
        }
    }
    let headless = from == at;
    let mut content: Vec<String> = Vec::new();
    for (step, item) in items[from..at].iter().enumerate() {
        let shown = if step > 0 && item.mark.is_some() { format!("{} {}", item.printed, item.text) } else { item.text.clone() };
        content.push(shown);
    }
    let row = if headless { String::new() } else { items[from].printed.trim_matches(['-', '+', '•', '*']).to_owned() };
    let place = items[from].place;
    fields.insert(0, Given { role: Role::Content, heading: String::new(), text: content.join("\n"), place });
    Some(Found { from, to: next, row, fields, headless })
}

/// Says whether an item goes on with the field before it.
fn belongs(item: &Item, rank: u8, field: &Given) -> bool {
    if item.rank() == rank || label(item, true).is_some() {
        return false;
    }
    let deeper = item.rank() > rank && item.mark.is_some();
    let rest = item.mark.is_none() && (item.text.starts_with(char::is_lowercase) || (field.text.is_empty() && rank < 11));
    deeper || rest
}

/// Reads a task whose labels stand inside its own paragraph.
fn inline(items: &[Item], at: usize) -> Option<Found> {
    let item = &items[at];
    if item.text.len() > 20_000 {
        return None;
    }
    let parts = split(&item.text);
    let mut roles: Vec<Role> = parts.iter().map(|(role, ..)| *role).collect();
    roles.sort_unstable();
    roles.dedup();
    if roles.len() < 2 || !roles.iter().any(|role| role.is_body()) {
        return None;
    }
    let first = parts.first().map_or(0, |(_, start, ..)| *start);
    let content = item.text[..first].trim_matches([' ', '(', ';', ',', '-', '–']).to_owned();
    if content.is_empty() {
        return None;
    }
    let mut fields = vec![Given { role: Role::Content, heading: String::new(), text: content, place: item.place }];
    for (index, (role, start, value)) in parts.iter().enumerate() {
        let end = parts.get(index + 1).map_or(item.text.len(), |(_, next, _)| *next);
        let text = item.text[*value..end].trim_matches([' ', ';', ')', ',', '.', '-', '(']).to_owned();
        let heading = item.text[*start..*value].trim_matches([' ', ':', '(', '-']).to_owned();
        fields.push(Given { role: *role, heading, text, place: item.place });
    }
    let row = item.printed.trim_matches(['-', '+', '•', '*']).to_owned();
    Some(Found { from: at, to: at + 1, row, fields, headless: false })
}

/// Returns the labels inside a text: role, first byte of the label, first byte of the value.
fn split(text: &str) -> Vec<(Role, usize, usize)> {
    let mut out: Vec<(Role, usize, usize)> = Vec::new();
    for (colon, _) in text.match_indices(':') {
        let front = &text[..colon];
        let start = front.rfind(['.', ';', '(', ':', '\n', '-']).map_or(0, |at| at + 1);
        let Some(words) = text.get(start..colon) else { continue };
        let lead = words.len() - words.trim_start().len();
        if words.trim().chars().count() > 60 {
            continue;
        }
        if let Some(role) = label_role(words)
            && !out.iter().any(|(known, ..)| *known == role)
        {
            out.push((role, start + lead, colon + 1));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(lines: &[&str]) -> Vec<Item> {
        lines.iter().map(|line| Item::new(line, Place::default(), false)).collect()
    }

    fn shown(found: &Found) -> Vec<String> {
        found.fields.iter().map(|field| format!("{:?}: {}", field.role, field.text)).collect()
    }

    #[test]
    fn an_item_with_labelled_lines_is_a_task() {
        let items = items(&[
            "1. Cải cách thể chế",
            "a) Rà soát văn bản.",
            "- Cơ quan chủ trì thực hiện: Sở Tư pháp.",
            "- Sản phẩm:",
            "+ Kế hoạch.",
            "+ Báo cáo.",
            "-Thời gian thực hiện: Quý I năm 2022.",
            "b) Làm khác.",
            "- Cơ quan chủ trì: Sở Nội vụ.",
            "- Cơ quan phối hợp, theo dõi: Các sở.",
        ]);
        let found = find(&items);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].row, "a");
        assert_eq!(
            shown(&found[0]),
            ["Content: Rà soát văn bản.", "Lead: Sở Tư pháp.", "Product: - Kế hoạch.\n- Báo cáo.", "Deadline: Quý I năm 2022."]
        );
        assert_eq!(shown(&found[1])[2], "Coordinator: Các sở.");
    }

    #[test]
    fn labels_may_stand_in_the_paragraph_itself() {
        let items =
            items(&["2. Xây dựng đề án (Cơ quan chủ trì: Sở Nội vụ; cơ quan phối hợp: các sở, ngành; thời gian hoàn thành: Quý II/2023)."]);
        let found = find(&items);
        assert_eq!(shown(&found[0]), ["Content: Xây dựng đề án", "Lead: Sở Nội vụ", "Coordinator: các sở, ngành", "Deadline: Quý II/2023"]);
    }

    #[test]
    fn plain_text_is_no_task() {
        assert!(find(&items(&["1. Sở Nội vụ: chủ trì theo dõi.", "2. Kinh phí thực hiện: ngân sách.", "- Kết quả: tốt."])).is_empty());
    }
}
