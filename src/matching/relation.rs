//! How a child's text relates to its parent's.

use super::align::{Lower, Upper};
use super::link::Relation;
use super::side::{Item, canonical};
use super::token::Tokens;
use super::translation::Translation;
use super::wording::Wording;

/// Shares of words from which a text is a part of the other.
const PART_INSIDE: f32 = 0.78;
const PART_OF: f32 = 0.72;

/// Returns the relation of two texts. Fields count apart, as changes.
pub(super) fn relation(
    upper: &Upper<'_>,
    translation: &Translation,
    lower: &Lower<'_>,
    items: &[Item],
    parent: usize,
    child: usize,
) -> Relation {
    let (from, to) = (content(upper, parent), words_of(lower, child));
    let own = Tokens::of(to);
    if Tokens::of(from).key == own.key {
        return Relation::Verbatim;
    }
    let moved = moved_content(translation, lower, parent);
    let (upper_item, item) = (&upper.items[parent], &items[child]);
    if same(&upper_item.wording, &item.wording) || Tokens::of(&moved).key == own.key {
        return Relation::Localised;
    }
    let names = lower.side.names();
    if canonical(&moved, &names) == canonical(to, &names) {
        return Relation::Localised;
    }
    let likeness = upper_item.weighed.vector.likeness(&item.weighed.vector);
    if likeness.of_child >= PART_INSIDE && likeness.of_parent < PART_OF { Relation::Narrowed } else { Relation::Amended }
}

fn same(a: &Wording, b: &Wording) -> bool {
    a.syllables == b.syllables && a.symbols == b.symbols
}

/// Returns a parent's task's content as written.
pub(super) fn content<'u>(upper: &'u Upper<'_>, parent: usize) -> &'u str {
    upper.derivation.content.tasks[parent].fields.content.as_ref().map_or("", |piece| piece.value.as_str())
}

/// Returns a child's task's content as written.
pub(super) fn words_of<'l>(lower: &'l Lower<'_>, child: usize) -> &'l str {
    lower.side.content.tasks[child].fields.content.as_ref().map_or("", |piece| piece.value.as_str())
}

/// Returns a parent's task's content, translated for the child's unit.
pub(super) fn moved_content(translation: &Translation, lower: &Lower<'_>, parent: usize) -> String {
    let text = translation.fields[parent].content.as_ref().map_or("", |piece| piece.value.as_str());
    translation.localise(text, unit_name(lower))
}

/// Returns the name of the child's unit; empty where it is not known.
pub(super) fn unit_name<'l>(lower: &'l Lower<'_>) -> &'l str {
    lower.side.unit.map_or("", |unit| lower.side.registry.unit(unit).name.as_str())
}
