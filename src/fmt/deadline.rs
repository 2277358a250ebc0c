//! Own deadlines of products: `Kế hoạch (hạn: Quý I/2022)` becomes an entry of the map under `Thời gian hoàn thành`, which means the same.

use crate::base::{Key, Span};
use crate::syntax::ast::{Block, Field, File, Item, Keyword, Label, Node, Text, Trivia};

/// Returns the tree with all own deadlines of products in the maps of their tasks; `None` where there is nothing to move.
///
/// Left alone where the move could change what the text means: a deadline that cannot be told for sure to be one, a product that the map
/// could not name, a task that may inherit the rest of its deadline from a parent.
pub(super) fn with_maps(file: &File) -> Option<File> {
    let mut inherits = false;
    let mut moves = Vec::new();
    for (at, block) in file.blocks.iter().enumerate() {
        match block.heading.keyword {
            Keyword::Plan => inherits = block.field(Label::Parents).is_some(),
            Keyword::HandOn | Keyword::NextYear => inherits = true,
            Keyword::Task | Keyword::Addition | Keyword::Amend if !inherits || block.field(Label::Deadline).is_some() => {
                moves.extend(moved(block).map(|block| (at, block)));
            }
            _ => {}
        }
    }
    if moves.is_empty() {
        return None;
    }
    let mut out = file.clone();
    for (at, block) in moves {
        out.blocks[at] = block;
    }
    Some(out)
}

/// Returns the task with its products' own deadlines in its map; `None` where it has none that can be moved.
fn moved(block: &Block) -> Option<Block> {
    let mut entries = Vec::new();
    let mut out = block.clone();
    let names: Vec<Key> = block.field(Label::Products).map(product_names).unwrap_or_default();
    for node in &mut out.nodes {
        let Node::Field(field) = node else { continue };
        if field.label != Label::Products {
            continue;
        }
        // one line may hold several products
        let value = field.value.iter_mut().filter(|value| !value.value.contains(';'));
        for text in value.chain(field.items.iter_mut().map(|item| &mut item.text)) {
            let Some((product, time)) = own_deadline(&text.value) else { continue };
            let name = Key::new(product);
            if names.iter().filter(|other| **other == name).count() == 1 {
                entries.push(format!("{product}: {time}"));
                text.value.truncate(product.len());
            }
        }
    }
    if entries.is_empty() {
        return None;
    }
    add_entries(&mut out, entries).then_some(out)
}

fn product_names(field: &Field) -> Vec<Key> {
    let texts = field.value.iter().chain(field.items.iter().map(|item| &item.text));
    texts.map(|text| Key::new(own_deadline(&text.value).map_or(text.value.as_str(), |(product, _)| product))).collect()
}

/// Returns product and time of `Kế hoạch (hạn: Quý I/2022)`.
fn own_deadline(text: &str) -> Option<(&str, &str)> {
    let (product, behind) = text.rsplit_once(" (hạn: ")?;
    let time = behind.strip_suffix(')')?;
    let plain = |part: &str| !part.is_empty() && !part.contains(['(', ')', ':', ';']);
    (plain(product) && plain(time) && opens_with_time(time)).then_some((product, time))
}

/// Says whether the words are for sure a deadline, so that the map's entry can be told from its name.
fn opens_with_time(time: &str) -> bool {
    let lower = time.to_lowercase();
    let openings = ["quý ", "tháng ", "trước ", "chậm nhất ", "trong năm", "năm ", "thường xuyên", "định kỳ", "hàng ", "hằng ", "ngày "];
    time.starts_with(|c: char| c.is_ascii_digit()) || openings.iter().any(|opening| lower.starts_with(opening))
}

/// Adds entries to the task's map, or a map behind its products and bodies. Says whether it could be done.
fn add_entries(block: &mut Block, entries: Vec<String>) -> bool {
    let items = entries.into_iter().map(as_item);
    let at = block.nodes.iter().position(|node| matches!(node, Node::Field(field) if field.label == Label::Deadline));
    if let Some(Node::Field(field)) = at.map(|at| &mut block.nodes[at]) {
        let names: Vec<Key> =
            field.items.iter().filter_map(|item| item.text.value.split_once(": ")).map(|(name, _)| Key::new(name)).collect();
        let items: Vec<Item> = items.collect();
        let is_named = |item: &Item| item.text.value.split_once(": ").is_some_and(|(name, _)| names.contains(&Key::new(name)));
        if field.value.as_ref().is_some_and(|value| value.value.contains([';', ':'])) || items.iter().any(is_named) {
            return false;
        }
        // the time of the whole task becomes the first entry
        if let Some(value) = field.value.take() {
            field.items.insert(0, Item { level: 1, text: value, trivia: Trivia::default() });
        }
        field.items.extend(items);
        return true;
    }
    let behind = |node: &Node| matches!(node, Node::Field(field) if matches!(field.label, Label::Products | Label::Leads | Label::Coordinators | Label::Synthesisers));
    let at = block.nodes.iter().rposition(behind).map_or(block.nodes.len(), |at| at + 1);
    let field = Field {
        label: Label::Deadline,
        value: None,
        items: items.collect(),
        label_span: Span::default(),
        span: Span::default(),
        trivia: Trivia::default(),
    };
    block.nodes.insert(at, Node::Field(field));
    true
}

fn as_item(value: String) -> Item {
    Item { level: 1, text: Text { value, span: Span::default() }, trivia: Trivia::default() }
}
