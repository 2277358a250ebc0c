//! A task with its printed words, its number and place, and how it was read where the words alone would be read otherwise.

use super::super::{OwnColumn, Task};
use super::{Writer, tree};
use crate::base::Key;
use crate::syntax::ast::{Block, Field, Item, Keyword, Label, Node};
use crate::value::{run_on, split_own_deadline};

/// Returns NHIỆM VỤ with all that the document says of the task.
pub(super) fn block(cx: &Writer<'_>, task: &Task) -> Block {
    let printed = |name: &str| task.printed.iter().find(|(field, _)| field == name).map(|(_, text)| text.as_str());
    let mut out = tree::block(Keyword::Task, tree::code(&task.code), &task.content);
    // one column of several roles stands whole under the first of them
    let roles = printed("roles");
    let leads = printed("leads").or(roles).map_or_else(|| task.leads.join("\n"), str::to_owned);
    let list = |name: &str, values: &[String]| match printed(name) {
        Some(text) => text.to_owned(),
        None if roles.is_some() => String::new(),
        None => values.join("\n"),
    };
    put_list(cx, &mut out, Label::Products, &printed("products").map_or_else(|| task.products.join("\n"), str::to_owned), &task.products);
    put_list(cx, &mut out, Label::Leads, &leads, &task.leads);
    put_list(cx, &mut out, Label::Coordinators, &list("coordinators", &task.coordinators), &task.coordinators);
    put_list(cx, &mut out, Label::Synthesisers, &list("synthesisers", &task.synthesisers), &task.synthesisers);
    put_words(&mut out, Label::Deadline, printed("deadline").unwrap_or(&task.deadline));
    put_list(cx, &mut out, Label::Targets, &printed("targets").map_or_else(|| task.targets.join("\n"), str::to_owned), &task.targets);
    tree::put(&mut out, Label::Budget, printed("budget").unwrap_or(&task.budget));
    tree::put_list(&mut out, Label::Basis, &tree::lines(printed("basis").unwrap_or(&task.basis)));
    tree::put(&mut out, Label::Note, printed("notes").unwrap_or(&task.notes));
    let mut own = task.own.clone();
    if task.origin.table > 0 && !task.sections.is_empty() {
        let words: Vec<String> = task.sections.iter().map(|section| tree::one_line(section)).collect();
        own.push(OwnColumn { name: SECTION.to_owned(), value: words.join(" | ") });
    }
    put_own(&mut out, &own);
    tree::put(&mut out, Label::PrintedNumber, &task.row);
    tree::put(&mut out, Label::Origin, &cx.origin(task.origin));
    let read = [
        (Label::Products, &task.products),
        (Label::Leads, &task.leads),
        (Label::Coordinators, &task.coordinators),
        (Label::Synthesisers, &task.synthesisers),
    ];
    put_readings(cx, &mut out, &read);
    out
}

/// The column under which the headings stand that a table has above a row.
const SECTION: &str = "Mục";

/// Puts a field's printed words: one line behind the label, several as items.
pub(super) fn put_words(block: &mut Block, label: Label, text: &str) {
    let lines = tree::lines(text);
    match lines.as_slice() {
        [] => {}
        [one] => block.nodes.push(tree::field(label, Some(one), Vec::new())),
        several => block.nodes.push(tree::field(label, None, several.iter().map(|line| as_item(line)).collect())),
    }
}

/// Returns a line as an item, its own bullet gone.
fn as_item(line: &str) -> Item {
    match line.strip_prefix(['-', '+']).filter(|rest| rest.starts_with(' ')) {
        Some(rest) => tree::item(rest, if line.starts_with('+') { 2 } else { 1 }),
        None => tree::item(line, 1),
    }
}

/// Puts a field's printed words so that they are read as `values`: as they stand, else one item for each value where that keeps all words.
fn put_list(cx: &Writer<'_>, block: &mut Block, label: Label, text: &str, values: &[String]) {
    let from = block.nodes.len();
    put_words(block, label, text);
    let Some(Node::Field(field)) = block.nodes.last() else { return };
    if block.nodes.len() == from || reads_as(cx, field, values).unwrap_or(true) {
        return;
    }
    let items = tree::field(label, None, values.iter().map(|value| tree::item(value, 1)).collect());
    let Node::Field(other) = &items else { return };
    if letters(text) == letters(&values.concat()) && reads_as(cx, other, values).unwrap_or(true) {
        block.nodes[from] = items;
    }
}

fn letters(text: &str) -> String {
    Key::new(text).as_str().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Puts columns of the document's own as `Cột: tên = giá trị`.
pub(super) fn put_own(block: &mut Block, own: &[OwnColumn]) {
    let pairs: Vec<String> = own
        .iter()
        .filter(|one| !one.value.trim().is_empty())
        .map(|one| format!("{} = {}", one.name.replace('=', "-"), one.value))
        .collect();
    if !pairs.is_empty() {
        block.nodes.push(tree::field(Label::Columns, None, pairs.iter().map(|pair| tree::item(pair, 1)).collect()));
    }
}

/// Puts `Hiểu là` for the fields whose printed words would be read as other values. Bodies can only be told where a registry is at hand.
pub(super) fn put_readings(cx: &Writer<'_>, block: &mut Block, read: &[(Label, &Vec<String>)]) {
    let mut said = Vec::new();
    for (label, values) in read {
        let field = block.field(*label);
        let same = match field {
            Some(field) => reads_as(cx, field, values),
            // a column of several roles is read for all of them under the first
            None if values.is_empty() || cx.options.registry.is_none() => None,
            None => block.field(Label::Leads).and_then(|leads| names_all(cx, leads, values)),
        };
        if same == Some(false) {
            said.extend(values.iter().map(|value| tree::item(&format!("{} = {value}", name_of(*label)), 1)));
        }
    }
    if !said.is_empty() {
        block.nodes.push(tree::field(Label::ReadAs, None, said));
    }
}

fn name_of(label: Label) -> &'static str {
    match label {
        Label::Products => "sản phẩm",
        Label::Coordinators => "phối hợp",
        Label::Synthesisers => "tổng hợp",
        _ => "chủ trì",
    }
}

/// Returns the items of a field as record mode parts them: text, and whether it is an item of its own.
fn parted(field: &Field) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    let value = field.value.iter().map(|text| (text, false));
    for (text, item) in value.chain(field.items.iter().map(|item| (&item.text, true))) {
        let ranges = run_on(&text.value);
        let alone = ranges.len() <= 1;
        out.extend(ranges.into_iter().map(|range| (text.value[range].to_owned(), item || !alone)));
    }
    out
}

/// Says whether a field is read as these values; `None` where it cannot be told.
fn reads_as(cx: &Writer<'_>, field: &Field, values: &[String]) -> Option<bool> {
    let keys = |texts: &[String]| texts.iter().map(|text| Key::new(text)).collect::<Vec<_>>();
    let wanted: Vec<String> = values.iter().map(|value| tree::one_line(value)).collect();
    match field.label {
        Label::Leads | Label::Coordinators | Label::Synthesisers => Some(keys(&names(cx, field)?) == keys(&wanted)),
        _ => {
            let mut read = Vec::new();
            for (text, item) in parted(field) {
                let parts: Vec<&str> = if item { vec![&text] } else { text.split(';').collect() };
                read.extend(parts.into_iter().map(|part| split_own_deadline(part.trim()).0.to_owned()).filter(|part| !part.is_empty()));
            }
            let wanted: Vec<String> = wanted.iter().map(|value| split_own_deadline(value).0.to_owned()).collect();
            Some(keys(&read) == keys(&wanted))
        }
    }
}

/// Returns the bodies that the registry finds under a label, in order; `None` without a registry.
fn names(cx: &Writer<'_>, field: &Field) -> Option<Vec<String>> {
    let registry = cx.options.registry?;
    let lists = parted(field).into_iter().flat_map(|(text, item)| registry.read_list(&text, item, cx.date));
    // what another label governs belongs to that field
    let own = |label: &Option<String>| label.as_deref().is_none_or(|label| role_of(label) == Some(field.label));
    Some(lists.filter(|listed| own(&listed.governed_by)).map(|listed| listed.text).collect())
}

/// Says whether the bodies of `values` all stand under a label, whatever governs them.
fn names_all(cx: &Writer<'_>, field: &Field, values: &[String]) -> Option<bool> {
    let registry = cx.options.registry?;
    let found: Vec<Key> = parted(field)
        .into_iter()
        .flat_map(|(text, item)| registry.read_list(&text, item, cx.date))
        .map(|listed| Key::new(&listed.text))
        .collect();
    Some(values.iter().all(|value| found.contains(&Key::new(&tree::one_line(value)))))
}

/// Returns the field that a label in front of a body names.
fn role_of(label: &str) -> Option<Label> {
    let key = Key::new(label);
    let says = |words: &str| key.as_str().contains(words);
    if says("tổng hợp") {
        Some(Label::Synthesisers)
    } else if says("chủ trì") || says("thực hiện") {
        Some(Label::Leads)
    } else if says("phối hợp") {
        Some(Label::Coordinators)
    } else {
        None
    }
}
