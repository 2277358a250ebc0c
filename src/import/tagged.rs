//! The tagged texts of an edited document, and what a person put between them.

use super::{Block, Document, Paragraph, Place};

/// What stands in a place with a tag: a paragraph, or words of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedText {
    /// The tag.
    pub tag: String,
    /// The paragraph's whole text; soft line breaks are spaces. Where several places stand in the paragraph, this one's words.
    pub text: String,
    /// The words of the place itself, where it lies inside the paragraph.
    pub inside: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// What an edited document says, by tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tagged {
    /// Tagged paragraphs in the document's order; empty ones too.
    pub texts: Vec<TaggedText>,
    /// Paragraphs without a tag outside of tables, that say something.
    pub loose: Vec<(Place, String)>,
    /// The words around the places of each paragraph that holds several: their tags, and the paragraph with `…` for each of them.
    pub around: Vec<(Vec<String>, String)>,
    /// Rows without any tag in tables that have tagged rows: the words of their cells, headings of the table left out.
    pub rows: Vec<(Place, Vec<String>)>,
}

/// Returns the document's texts by tags.
pub fn tagged(document: &Document) -> Tagged {
    let mut out = Tagged::default();
    for block in &document.blocks {
        match block {
            Block::Break => {}
            Block::Paragraph(paragraph) => {
                let own = places(paragraph);
                out.around.extend(around(paragraph));
                if own.is_empty() && !paragraph.text.trim().is_empty() {
                    out.loose.push((paragraph.place, words(paragraph)));
                }
                out.texts.extend(own);
            }
            Block::Table(table) => {
                let is_tagged = |row: &super::Row| row.cells.iter().flat_map(|cell| &cell.paragraphs).any(is_tied);
                let first = table.rows.iter().position(is_tagged);
                for (at, row) in table.rows.iter().enumerate() {
                    let cells = || row.cells.iter().filter(|cell| !cell.merged);
                    if is_tagged(row) {
                        out.texts.extend(cells().flat_map(|cell| &cell.paragraphs).flat_map(places));
                        out.around.extend(cells().flat_map(|cell| &cell.paragraphs).filter_map(around));
                    } else if first.is_some_and(|first| at > first) && !row.heading {
                        let joined = |cell: &super::Cell| cell.paragraphs.iter().map(words).collect::<Vec<_>>().join(" ");
                        let place = row.cells.first().map_or(table.place, |cell| cell.place);
                        out.rows.push((place, cells().map(joined).collect()));
                    } else if first.is_none() {
                        let loose = cells().flat_map(|cell| &cell.paragraphs).filter(|one| !one.text.trim().is_empty());
                        out.loose.extend(loose.map(|one| (one.place, words(one))));
                    }
                }
            }
        }
    }
    out
}

/// Says whether a paragraph lies in a place with a tag, or holds one.
pub(crate) fn is_tied(paragraph: &Paragraph) -> bool {
    let own = |tag: &str| tag.starts_with("kh:");
    paragraph.tag.as_deref().is_some_and(own) || paragraph.controls.iter().any(|control| own(&control.tag))
}

fn places(paragraph: &Paragraph) -> Vec<TaggedText> {
    let (whole, place) = (words(paragraph), paragraph.place);
    let controls: Vec<_> = paragraph.controls.iter().filter(|control| control.tag.starts_with("kh:")).collect();
    let of = |tag: &str, text: String, inside| TaggedText { tag: tag.to_owned(), text, inside, place };
    match (controls.as_slice(), &paragraph.tag) {
        ([], Some(tag)) if tag.starts_with("kh:") => vec![of(tag, whole, None)],
        ([], _) => Vec::new(),
        ([one], _) => vec![of(&one.tag, whole, Some(even(&one.text)))],
        (several, _) => several.iter().map(|one| of(&one.tag, even(&one.text), Some(even(&one.text)))).collect(),
    }
}

/// Returns the tags of a paragraph that holds several places, and its words with `…` for each place.
fn around(paragraph: &Paragraph) -> Option<(Vec<String>, String)> {
    let controls: Vec<_> = paragraph.controls.iter().filter(|control| control.tag.starts_with("kh:")).collect();
    if controls.len() < 2 {
        return None;
    }
    let mut rest = paragraph.text.as_str();
    let mut out = String::new();
    for control in &controls {
        let Some((before, behind)) = rest.split_once(control.text.as_str()).filter(|_| !control.text.is_empty()) else { continue };
        out.push_str(before);
        out.push('…');
        rest = behind;
    }
    out.push_str(rest);
    Some((controls.iter().map(|control| control.tag.clone()).collect(), even(&out)))
}

fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a paragraph's words with its list mark in front, on one line.
fn words(paragraph: &Paragraph) -> String {
    let text = even(&paragraph.text);
    if paragraph.mark.is_empty() { text } else { format!("{} {text}", paragraph.mark) }
}
