//! The file around the document: its parts, their relations, the archive. Same input, same bytes.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::run::{UNNUMBERED, escaped, is_allowed};
use crate::render::archive::zipped;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
pub(super) const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// One part of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its path (`word/styles.xml`).
    pub(super) path: String,
    /// Its content.
    pub(super) bytes: Vec<u8>,
    /// Its content type; empty for what has none of its own (`.rels`, and images, by their ending).
    pub(super) kind: String,
}

impl Part {
    /// Returns a part of Word's own (`document.main`, `styles`).
    pub(super) fn word(path: &str, kind: &str, text: String) -> Self {
        Self { path: path.to_owned(), bytes: text.into_bytes(), kind: format!("{WORD}.{kind}+xml") }
    }
}

/// A relation of the document to another part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) id: String,
    /// Its last word (`styles`, `header`).
    pub(super) kind: String,
    /// The part, as seen from `word/`.
    pub(super) target: String,
}

/// Returns the document with its controls numbered, without what XML 1.0 forbids.
pub(super) fn finished(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, piece) in text.split(UNNUMBERED).enumerate() {
        if at > 0 {
            out.push_str(&format!("<w:id w:val=\"{at}\"/>"));
        }
        out.extend(piece.chars().filter(|c| is_allowed(*c)));
    }
    out
}

/// Says what is wrong with XML: the reason, and some words of the place. `None` where it is well-formed.
pub(super) fn fault(text: &str) -> Option<(String, String)> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().enable_all_checks(true);
    let (mut depth, mut roots) = (0usize, 0usize);
    loop {
        let found = match reader.read_event() {
            Ok(Event::Eof) if depth == 0 && roots == 1 => return None,
            Ok(Event::Eof) => Err("…".to_owned()),
            Ok(Event::Start(tag)) => {
                roots += usize::from(depth == 0);
                depth += 1;
                attributes(&tag)
            }
            Ok(Event::Empty(tag)) => {
                roots += usize::from(depth == 0);
                attributes(&tag)
            }
            Ok(Event::End(_)) => {
                depth = depth.saturating_sub(1);
                Ok(())
            }
            Ok(Event::GeneralRef(name)) => {
                let known = name.is_char_ref() || matches!(name.as_ref(), "amp" | "lt" | "gt" | "quot" | "apos");
                if known { Ok(()) } else { Err(format!("&{};", name.as_ref())) }
            }
            Ok(Event::DocType(_)) => Err("DOCTYPE".to_owned()),
            Ok(Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => Ok(()),
            Err(error) => Err(error.to_string()),
        };
        if let Err(reason) = found {
            let at = usize::try_from(reader.error_position().max(reader.buffer_position())).unwrap_or(text.len());
            return Some((reason, near(text, at)));
        }
    }
}

fn attributes(tag: &quick_xml::events::BytesStart<'_>) -> Result<(), String> {
    tag.attributes().try_for_each(|attribute| attribute.map(|_| ()).map_err(|error| error.to_string()))
}

/// Returns the text before a place, to find it again in the template.
fn near(text: &str, at: usize) -> String {
    let words: Vec<char> = text.get(..at.min(text.len())).unwrap_or(text).chars().rev().take(60).collect();
    words.into_iter().rev().collect()
}

/// Returns the text of a part of relations.
pub(super) fn relationships(list: &str) -> String {
    format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\">{list}</Relationships>")
}

/// Returns the archive. `None` only where a part is too large for one.
pub(super) fn archive(title: &str, creator: &str, parts: &[Part], relations: &[Relation]) -> Option<Vec<u8>> {
    let core = format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>vi-VN</dc:language>\
         </cp:coreProperties>",
        escaped(title),
        escaped(creator)
    );
    let root = format!(
        "{HEAD}<Relationships xmlns=\"{RELATIONS}\">\
         <Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" \
         Target=\"docProps/core.xml\"/></Relationships>"
    );
    let of_document: String = relations
        .iter()
        .map(|relation| {
            let (id, target) = (escaped(&relation.id), escaped(&relation.target));
            format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{}\" Target=\"{target}\"/>", relation.kind)
        })
        .collect();
    let of_document = relationships(&of_document);
    let own: String = parts
        .iter()
        .filter(|part| !part.kind.is_empty())
        .map(|part| format!("<Override PartName=\"/{}\" ContentType=\"{}\"/>", escaped(&part.path), part.kind))
        .collect();
    let images = [("png", "image/png"), ("jpeg", "image/jpeg"), ("jpg", "image/jpeg"), ("gif", "image/gif"), ("bmp", "image/bmp")];
    let images =
        [("emf", "image/x-emf"), ("wmf", "image/x-wmf"), ("tiff", "image/tiff"), ("svg", "image/svg+xml")].into_iter().chain(images);
    let images: String = images.map(|(ending, kind)| format!("<Default Extension=\"{ending}\" ContentType=\"{kind}\"/>")).collect();
    let types = format!(
        "{HEAD}<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{images}{own}\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    );
    let fixed =
        [("[Content_Types].xml", types), ("_rels/.rels", root), ("docProps/core.xml", core), ("word/_rels/document.xml.rels", of_document)];
    let files = fixed.iter().map(|(path, text)| (*path, text.as_bytes()));
    zipped(files.chain(parts.iter().map(|part| (part.path.as_str(), part.bytes.as_slice()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_xml_has_no_fault() {
        assert_eq!(fault("<?xml version=\"1.0\"?>\n<a b=\"1\"><c/>x&amp;&#160;</a>\n"), None);
    }

    #[test]
    fn what_word_would_not_open_is_found() {
        for text in ["<a>", "<a></b>", "<a/><b/>", "<a b=\"1\" b=\"2\"/>", "<a>&x;</a>", "<!DOCTYPE a><a/>", "", "<a>&</a>", "<a b=1/>"] {
            assert!(fault(text).is_some(), "{text}");
        }
    }

    #[test]
    fn controls_are_numbered_in_order_and_forbidden_characters_go() {
        assert_eq!(finished(&format!("a{UNNUMBERED}b\u{1}{UNNUMBERED}")), "a<w:id w:val=\"1\"/>b<w:id w:val=\"2\"/>");
    }
}
