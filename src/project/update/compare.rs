//! Values of two documents by tag: what was changed, what is missing, what was put in.

use std::collections::BTreeMap;

use crate::base::{Key, clean};
use crate::diag::{Message, msg};
use crate::draft::FieldChange;
use crate::import::{Tagged, TaggedText};
use crate::model::Tag;
use crate::render::view::Printed;

/// The values of a document by tag, without the marks of lists and without the words that stand around a value.
pub(super) type Sheet = BTreeMap<String, Vec<String>>;

/// Returns the values that `texts` have, read as `printed` shows that they are written; without texts those of `printed` itself.
pub(super) fn sheet(printed: &[Printed], texts: &[TaggedText]) -> Sheet {
    let mut out = Sheet::new();
    let tags: Vec<&str> = if texts.is_empty() {
        printed.iter().map(|one| one.tag.as_str()).collect()
    } else {
        texts.iter().map(|text| text.tag.as_str()).collect()
    };
    for tag in tags {
        if out.contains_key(tag) {
            continue;
        }
        let forms: Vec<&Printed> = printed.iter().filter(|one| one.tag == tag).collect();
        let lines: Vec<String> = if texts.is_empty() {
            forms.iter().map(|form| form.value().to_owned()).collect()
        } else {
            texts
                .iter()
                .filter(|text| text.tag == tag)
                .enumerate()
                .map(|(at, text)| value(text, forms.get(at).or(forms.last()).copied()))
                .collect()
        };
        let in_one_line = is_list(tag) && forms.len() <= 1;
        let mut values: Vec<String> = Vec::new();
        for line in lines {
            let line = if is_list(tag) { item(&line) } else { line.trim().to_owned() };
            let split = in_one_line && !line.contains('(');
            values
                .extend(line.split(if split { "; " } else { "\n" }).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()));
        }
        // a value that is printed several times is changed where it says something new
        if !is_list(tag) && !is_repeated(tag) && forms.len() > 1 {
            values = distinct(values);
            if values.len() > 1 {
                let old: Vec<Key> = forms.iter().map(|form| Key::new(form.value())).collect();
                values.retain(|value| !old.contains(&Key::new(value)));
            }
        }
        // a single value may stand in several paragraphs
        if !is_list(tag) && !is_repeated(tag) && values.len() > 1 {
            values = vec![values.join(" ")];
        }
        if field(tag) == "title" {
            values = distinct(values);
        }
        out.insert(tag.to_owned(), values);
    }
    out
}

/// Returns values without those that stood before.
fn distinct(values: Vec<String>) -> Vec<String> {
    let mut seen: Vec<Key> = Vec::new();
    let mut is_new = |value: &String| {
        let key = Key::new(value);
        let new = !seen.contains(&key);
        seen.push(key);
        new
    };
    values.into_iter().filter(|value| is_new(value)).collect()
}

/// Returns the value of a place. Its own words are it, as long as the words around are as printed: a person may have written beside the place.
fn value(text: &TaggedText, form: Option<&Printed>) -> String {
    let whole = inner(&text.text, form);
    let Some(inside) = &text.inside else { return whole };
    let around = form.map(|form| {
        let around = |line: &str, part: &str| Key::new(&clean(line)) == Key::new(&clean(part));
        around(&text.text, &format!("{}{inside}{}", form.line.get(..form.start).unwrap_or(""), form.line.get(form.end..).unwrap_or("")))
            || text.text == *inside
    });
    if around == Some(false) { whole } else { inside.clone() }
}

/// Returns what of a paragraph is the value: the words that the build prints around it are taken off where they still stand.
fn inner(text: &str, form: Option<&Printed>) -> String {
    let mut text = clean(text).trim().to_owned();
    let Some(form) = form else { return text };
    let before = clean(&form.line[..form.start.min(form.line.len())]).trim().to_owned();
    let behind = clean(&form.line[form.end.min(form.line.len())..]).trim().to_owned();
    let mark = clean(&form.mark).into_owned();
    for words in [mark.as_str(), before.as_str()] {
        if let Some(rest) = text.strip_prefix(words).filter(|_| !words.is_empty()) {
            text = rest.trim_start().to_owned();
        }
    }
    if let Some(rest) = text.strip_suffix(behind.as_str()).filter(|_| !behind.is_empty()) {
        text = rest.trim_end().to_owned();
    }
    text
}

/// Takes bullet and final mark off an item.
fn item(line: &str) -> String {
    let line = line.trim();
    let line = line.strip_prefix("- ").or(line.strip_prefix("+ ")).unwrap_or(line);
    line.trim_end().trim_end_matches([';', ' ']).trim_end_matches('.').trim_end().to_owned()
}

fn field(tag: &str) -> &str {
    tag.splitn(3, '/').nth(2).unwrap_or("")
}

fn is_list(tag: &str) -> bool {
    matches!(
        field(tag),
        "products"
            | "leads"
            | "lead"
            | "coordinators"
            | "synthesisers"
            | "deadline"
            | "targets"
            | "solution"
            | "bases"
            | "opening"
            | "recipients"
    )
}

/// The title is printed several times; the lines above a signature are several.
fn is_repeated(tag: &str) -> bool {
    matches!(field(tag), "title" | "office")
}

/// Says whether two lists of values are the same words.
pub(super) fn agree(a: Option<&Vec<String>>, b: Option<&Vec<String>>) -> bool {
    let keys = |values: Option<&Vec<String>>| -> Vec<Key> {
        values.into_iter().flatten().map(|value| Key::new(clean(value).trim_end_matches(['.', ';', ' ']))).collect()
    };
    keys(a) == keys(b)
}

/// Returns the changed values in the order of the printed document, and what is missing in the other.
pub(super) fn changes(plan: &str, printed: &[Printed], after: &Sheet) -> (Vec<FieldChange>, Vec<Message>) {
    let before = sheet(printed, &[]);
    let mut out = Vec::new();
    let mut beside = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    let mut gone: Vec<String> = Vec::new();
    let tasks: Vec<String> =
        printed.iter().filter_map(|one| Tag::parse(&one.tag)).map(|tag| tag.task).filter(|task| !task.is_empty()).collect();
    for one in printed {
        let tag = one.tag.as_str();
        if done.contains(&tag) {
            continue;
        }
        done.push(tag);
        let Some(to) = after.get(tag) else {
            let task = Tag::parse(tag).map(|tag| tag.task).unwrap_or_default();
            if task.is_empty() {
                if before.get(tag).is_some_and(|values| !values.is_empty()) {
                    let words = before.get(tag).map(|values| values.join("; ")).unwrap_or_default();
                    beside.push(msg!("Không thấy đoạn “{words}”", "The passage “{words}” is missing"));
                }
            } else if !gone.contains(&task) {
                gone.push(task);
            }
            continue;
        };
        if agree(before.get(tag), Some(to)) {
            continue;
        }
        // tags that Word cut short are known by those of the plan
        let whole = Tag::parse(tag).or_else(|| long(plan, tag, &tasks));
        match whole {
            Some(whole) => {
                let from = before.get(tag).cloned().unwrap_or_default();
                out.push(FieldChange { task: whole.task, field: whole.field, from, to: to.clone() });
            }
            None => {
                let words = to.join("; ");
                beside.push(msg!("Ô có thẻ dài không rõ mục: “{words}”", "A cell with a long tag names no known field: “{words}”"));
            }
        }
    }
    for task in gone {
        let all = printed.iter().filter(|one| Tag::parse(&one.tag).is_some_and(|tag| tag.task == task));
        let whole = all.clone().all(|one| !after.contains_key(&one.tag));
        beside.push(if whole {
            msg!(
                "Văn bản bỏ hàng {task}: không ghi gì; nếu đúng là bỏ thì xóa nhiệm vụ, hoặc KHÔNG ÁP DỤNG {task}",
                "The document leaves out the row {task}: nothing is written; to drop it, delete the task or write KHÔNG ÁP DỤNG {task}"
            )
        } else {
            msg!("Hàng {task} thiếu một số ô có thẻ", "The row {task} lacks some of its tagged cells")
        });
    }
    let foreign = after.keys().filter(|tag| !printed.iter().any(|one| one.tag == **tag));
    let mut named: Vec<String> = foreign.map(|tag| tag.trim_start_matches("kh:").to_owned()).collect();
    named.dedup();
    if !named.is_empty() {
        let (count, first) = (named.len(), named.iter().take(3).cloned().collect::<Vec<_>>().join(", "));
        beside.push(msg!(
            "{count} ô có thẻ mà kế hoạch không in nữa: {first}",
            "{count} cells bear tags that the plan does not print any more: {first}"
        ));
    }
    (out, beside)
}

/// Finds the whole of a tag that was cut: own columns have long names.
fn long(plan: &str, tag: &str, tasks: &[String]) -> Option<Tag> {
    let rest = tag.strip_prefix("kh:")?.strip_prefix(plan)?.strip_prefix('/')?;
    let task = tasks.iter().filter(|task| rest.starts_with(&format!("{task}/"))).max_by_key(|task| task.len())?;
    let field = rest.strip_prefix(task.as_str())?.strip_prefix('/')?;
    Some(Tag::new(plan, task, field)).filter(|found| found.text() == tag)
}

/// Tells rows that were put in without a tag.
pub(super) fn rows(found: &Tagged, printed: Option<&Tagged>) -> Vec<Message> {
    let same = |cells: &[String], other: &[String]| Key::new(&clean(&cells.join(" "))) == Key::new(&clean(&other.join(" ")));
    let known = |cells: &[String]| printed.is_some_and(|printed| printed.rows.iter().any(|(_, other)| same(cells, other)));
    let told = found.rows.iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()) && !known(cells));
    told.map(|(place, cells)| {
        let words = cells.iter().filter(|cell| !cell.trim().is_empty()).map(|cell| cell.trim()).collect::<Vec<_>>().join(" | ");
        let (table, row) = (place.table, place.row);
        msg!(
            "Hàng không có thẻ (bảng {table}, hàng {row}): “{words}”; nếu là việc mới thì viết BỔ SUNG",
            "A row without tags (table {table}, row {row}): “{words}”; if it is a new task, write BỔ SUNG"
        )
    })
    .collect()
}

/// Tells words that were changed between the places of one paragraph.
pub(super) fn between(found: &Tagged, printed: Option<&Tagged>) -> Vec<Message> {
    let Some(printed) = printed else { return Vec::new() };
    // an empty place leaves no trace in the words
    let words = |text: &str| Key::new(&clean(&text.replace('…', " ")));
    let changed = found.around.iter().filter(|(tags, text)| {
        let mut same = printed.around.iter().filter(|(other, _)| other == tags).peekable();
        same.peek().is_some() && !same.any(|(_, other)| words(other) == words(text))
    });
    changed
        .map(|(_, text)| {
            msg!(
                "Giữa các ô có thẻ của một đoạn, văn bản có chữ đã sửa: “{text}” (… là các ô); không ghi vào tệp",
                "Between the tagged places of a paragraph the document's words changed: “{text}” (… are the places); they are not written"
            )
        })
        .collect()
}

/// Tells words outside of tagged places that the build does not print, and those that it prints and the document has not.
pub(super) fn loose(found: &Tagged, printed: Option<&Tagged>) -> Vec<Message> {
    let Some(printed) = printed else { return Vec::new() };
    let texts = |tagged: &Tagged| -> Vec<String> {
        let rows = tagged.rows.iter().map(|(_, cells)| cells.join(" | "));
        tagged.loose.iter().map(|(_, text)| text.clone()).chain(rows).collect()
    };
    let (own, other) = (texts(found), texts(printed));
    let lacks = |list: &[String], text: &String| !list.iter().any(|one| Key::new(&clean(one)) == Key::new(&clean(text)));
    let loose: Vec<String> = found.loose.iter().map(|(_, text)| text.clone()).collect();
    let put_in = loose.iter().filter(|text| lacks(&other, text));
    let taken_out = other.iter().filter(|text| lacks(&own, text));
    let put_in = put_in.map(|text| {
        msg!(
            "Ngoài các ô có thẻ, văn bản có: “{text}”; không ghi vào tệp",
            "Outside of tagged places the document says “{text}”; it is not written"
        )
    });
    let taken_out = taken_out
        .map(|text| msg!("Ngoài các ô có thẻ, văn bản không còn: “{text}”", "Outside of tagged places the document lacks “{text}”"));
    put_in.chain(taken_out).collect()
}
