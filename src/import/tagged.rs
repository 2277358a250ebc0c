//! The tagged texts of an edited document, and what a person put between them.

use super::{Block, Document, Paragraph, Place};

/// A paragraph inside a content control with a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaggedText {
    /// The tag.
    pub tag: String,
    /// The paragraph's whole text; soft line breaks are spaces.
    pub text: String,
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
    /// Rows without any tag in tables that have tagged rows: the words of their cells, headings of the table left out.
    pub rows: Vec<(Place, Vec<String>)>,
}

/// Returns the document's texts by tags.
pub fn tagged(document: &Document) -> Tagged {
    let mut out = Tagged::default();
    for block in &document.blocks {
        match block {
            Block::Break => {}
            Block::Paragraph(paragraph) => match tag(paragraph) {
                Some(text) => out.texts.push(text),
                None if paragraph.text.trim().is_empty() => {}
                None => out.loose.push((paragraph.place, words(paragraph))),
            },
            Block::Table(table) => {
                let is_tagged = |row: &super::Row| row.cells.iter().flat_map(|cell| &cell.paragraphs).any(|one| tag(one).is_some());
                let first = table.rows.iter().position(is_tagged);
                for (at, row) in table.rows.iter().enumerate() {
                    let cells = || row.cells.iter().filter(|cell| !cell.merged);
                    if is_tagged(row) {
                        out.texts.extend(cells().flat_map(|cell| &cell.paragraphs).filter_map(tag));
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

fn tag(paragraph: &Paragraph) -> Option<TaggedText> {
    let tag = paragraph.tag.as_ref().filter(|tag| tag.starts_with("kh:"))?;
    Some(TaggedText { tag: tag.clone(), text: words(paragraph), place: paragraph.place })
}

/// Returns a paragraph's words with its list mark in front, on one line.
fn words(paragraph: &Paragraph) -> String {
    let text = paragraph.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if paragraph.mark.is_empty() { text } else { format!("{} {text}", paragraph.mark) }
}
