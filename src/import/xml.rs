//! XML as a tree, for the parts of .docx and .ods.
//!
//! Takes bytes in UTF-8 or UTF-16, gives the elements in order with what could be read up to a fault. Knows no DTD: what one declares is never
//! expanded and nothing is fetched. Elements deeper than [`DEPTH`] become children of the one at that depth, paragraphs whole, so that whoever walks
//! the tree may recurse; more than [`NODES`] nodes are refused.

use std::borrow::Cow;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use super::archive::Fault;

/// How deep elements may lie in each other. Word writes about four levels for each nested table.
pub(super) const DEPTH: usize = 200;

/// How deep a paragraph that was lifted may go on.
const PARAGRAPH: usize = 40;

/// The most elements and texts of a part.
pub(super) const NODES: usize = 4_000_000;

/// The vocabulary that an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// No element: text.
    Text,
    /// WordprocessingML, both editions.
    Word,
    /// Markup compatibility (`mc:AlternateContent`).
    Compatibility,
    /// DrawingML.
    Drawing,
    /// Formulas.
    Math,
    /// VML, the drawings before DrawingML.
    Vml,
    /// Any other.
    Other,
}

impl Space {
    fn of(resolved: &ResolveResult<'_>, prefix: &str) -> Self {
        let ResolveResult::Bound(namespace) = resolved else {
            // a part whose declarations were lost still says what it means
            return if prefix == "w" { Self::Word } else { Self::Other };
        };
        match namespace.as_ref() {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main" | "http://purl.oclc.org/ooxml/wordprocessingml/main" => {
                Self::Word
            }
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.openxmlformats.org/drawingml/2006/main" | "http://purl.oclc.org/ooxml/drawingml/main" => Self::Drawing,
            "http://schemas.openxmlformats.org/officeDocument/2006/math" | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            _ => Self::Other,
        }
    }
}

#[derive(Debug)]
struct Entry<'a> {
    space: Space,
    name: &'a str,
    attributes: &'a str,
    text: Cow<'a, str>,
    first: u32,
    next: u32,
}

/// What stands for “no node”: the root is nobody's child.
const NONE: u32 = 0;

/// A part as a tree.
#[derive(Debug)]
pub(super) struct Tree<'a> {
    entries: Vec<Entry<'a>>,
    /// Whether the part ended as it should.
    pub(super) whole: bool,
    /// Whether it declares a DTD or uses entities of one; they are left as they are written.
    pub(super) declares: bool,
    /// Whether elements were too deep and were lifted.
    pub(super) flattened: bool,
    /// How many elements are open at a paragraph that was lifted, itself left out; 0 for none.
    lifted: usize,
}

/// A node of a tree.
#[derive(Clone, Copy)]
pub(super) struct Node<'t> {
    tree: &'t Tree<'t>,
    id: u32,
}

/// Returns the text of a part's bytes: UTF-16 by its mark, else UTF-8 with replacements. Bytes that are UTF-8 are not copied.
pub(super) fn text_of(mut bytes: Vec<u8>) -> String {
    match bytes.as_slice() {
        [0xff, 0xfe, body @ ..] => return encoding_rs::UTF_16LE.decode_without_bom_handling(body).0.into_owned(),
        [0xfe, 0xff, body @ ..] => return encoding_rs::UTF_16BE.decode_without_bom_handling(body).0.into_owned(),
        [0xef, 0xbb, 0xbf, ..] => drop(bytes.drain(..3)),
        _ => {}
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

impl<'a> Tree<'a> {
    /// Reads a part as far as it goes.
    pub(super) fn parse(text: &'a str) -> Result<Self, Fault> {
        let root = Entry { space: Space::Other, name: "", attributes: "", text: Cow::Borrowed(""), first: NONE, next: NONE };
        let mut tree = Self { entries: vec![root], whole: false, declares: false, flattened: false, lifted: 0 };
        let mut reader = NsReader::from_str(text);
        reader.config_mut().check_end_names = false;
        // the open elements, each with its last child
        let mut open: Vec<(u32, u32)> = vec![(0, NONE)];
        loop {
            if tree.entries.len() > NODES {
                return Err(Fault::Bomb);
            }
            let Ok((resolved, event)) = reader.read_resolved_event() else { break };
            match event {
                Event::Start(start) => {
                    let id = tree.element(text, &start, &resolved, &mut open);
                    open.push((id, NONE));
                }
                Event::Empty(start) => {
                    tree.element(text, &start, &resolved, &mut open);
                }
                Event::End(_) if open.len() > 1 => {
                    open.pop();
                    if open.len() <= tree.lifted {
                        tree.lifted = 0;
                    }
                }
                Event::End(_) => break,
                Event::Text(words) => {
                    let words = words.xml10_content();
                    tree.text(words, &mut open);
                }
                Event::CData(words) => {
                    let words = words.xml10_content();
                    tree.text(words, &mut open);
                }
                Event::GeneralRef(entity) => {
                    let words = match (entity.resolve_char_ref(), entity.xml10_content().as_ref()) {
                        (Ok(Some(c)), _) => c.to_string(),
                        (_, "amp") => "&".to_owned(),
                        (_, "lt") => "<".to_owned(),
                        (_, "gt") => ">".to_owned(),
                        (_, "quot") => "\"".to_owned(),
                        (_, "apos") => "'".to_owned(),
                        (_, name) => {
                            tree.declares = true;
                            format!("&{name};")
                        }
                    };
                    tree.text(Cow::Owned(words), &mut open);
                }
                Event::DocType(_) => tree.declares = true,
                Event::Eof => {
                    tree.whole = open.len() == 1;
                    break;
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        Ok(tree)
    }

    fn element(&mut self, text: &'a str, start: &BytesStart<'_>, resolved: &ResolveResult<'_>, open: &mut [(u32, u32)]) -> u32 {
        let qualified = start.name();
        let prefix = qualified.prefix().map(|prefix| within(text, prefix.as_ref())).unwrap_or_default();
        let name = within(text, qualified.local_name().as_ref());
        let attributes = within(text, start.attributes_raw());
        let space = Space::of(resolved, prefix);
        self.push(Entry { space, name, attributes, text: Cow::Borrowed(""), first: NONE, next: NONE }, open)
    }

    fn text(&mut self, words: Cow<'a, str>, open: &mut [(u32, u32)]) {
        if !words.is_empty() {
            self.push(Entry { space: Space::Text, name: "", attributes: "", text: words, first: NONE, next: NONE }, open);
        }
    }

    fn push(&mut self, entry: Entry<'a>, open: &mut [(u32, u32)]) -> u32 {
        let id = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.flattened |= open.len() > DEPTH;
        if self.lifted == 0 && open.len() > DEPTH && entry.name == "p" {
            self.lifted = open.len();
            // the paragraph itself hangs where every lifted element does
            return self.hang(entry, DEPTH - 1, id, open);
        }
        let place = match self.lifted {
            0 => open.len().min(DEPTH) - 1,
            lifted => (open.len() - 1).min(lifted + PARAGRAPH),
        };
        self.hang(entry, place, id, open)
    }

    fn hang(&mut self, entry: Entry<'a>, place: usize, id: u32, open: &mut [(u32, u32)]) -> u32 {
        let (parent, last) = open[place];
        let before = if last == NONE { &mut self.entries[parent as usize].first } else { &mut self.entries[last as usize].next };
        *before = id;
        open[place].1 = id;
        self.entries.push(entry);
        id
    }

    /// Returns the root, whose children are the document element and what surrounds it.
    pub(super) fn root(&self) -> Node<'_> {
        Node { tree: self, id: 0 }
    }

    /// Returns the document element.
    pub(super) fn top(&self) -> Option<Node<'_>> {
        self.root().children().find(|node| node.space() != Space::Text)
    }
}

/// Returns `part` as the same bytes of `text`; empty where it is not a part of it.
fn within<'a>(text: &'a str, part: &str) -> &'a str {
    let start = (part.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
    text.get(start..start.wrapping_add(part.len())).unwrap_or_default()
}

impl<'t> Node<'t> {
    fn entry(self) -> &'t Entry<'t> {
        &self.tree.entries[self.id as usize]
    }

    pub(super) fn space(self) -> Space {
        self.entry().space
    }

    /// Returns the name without prefix; empty for text.
    pub(super) fn name(self) -> &'t str {
        self.entry().name
    }

    /// Says whether it is this element of WordprocessingML.
    pub(super) fn is_word(self, name: &str) -> bool {
        self.space() == Space::Word && self.name() == name
    }

    pub(super) fn children(self) -> impl Iterator<Item = Node<'t>> {
        let node = move |id: u32| (id != NONE).then_some(Node { tree: self.tree, id });
        std::iter::successors(node(self.entry().first), move |child| node(child.entry().next))
    }

    /// Returns the first child element of WordprocessingML with this name.
    pub(super) fn word(self, name: &str) -> Option<Node<'t>> {
        self.children().find(|child| child.is_word(name))
    }

    /// Returns the value of the first attribute with this name, prefix ignored.
    pub(super) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        let start = BytesStart::from_content(self.entry().attributes, 0);
        let mut attributes = start.attributes();
        let found = attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        Some(Cow::Owned(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned()))
    }

    /// Returns `w:val`.
    pub(super) fn val(self) -> Option<Cow<'t, str>> {
        self.attribute("val")
    }

    /// Returns a number in an attribute.
    pub(super) fn number(self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// Returns the text that stands directly in it (for a text node, its own).
    pub(super) fn text(self) -> Cow<'t, str> {
        let entry = self.entry();
        if entry.space == Space::Text {
            return Cow::Borrowed(&entry.text);
        }
        let mut texts = self.children().filter(|child| child.space() == Space::Text).map(|child| &child.entry().text);
        let first = texts.next().map_or(Cow::Borrowed(""), |text| Cow::Borrowed(text.as_ref()));
        texts.fold(first, |whole, more| Cow::Owned(whole.into_owned() + more))
    }

    /// Returns all nodes below it in document order.
    pub(super) fn below(self) -> impl Iterator<Item = Node<'t>> {
        let mut open: Vec<Node<'t>> = self.children().collect();
        open.reverse();
        std::iter::from_fn(move || {
            let node = open.pop()?;
            let from = open.len();
            open.extend(node.children());
            open[from..].reverse();
            Some(node)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    #[test]
    fn elements_are_known_by_their_namespace_whatever_the_prefix() {
        let text = format!("<x:p xmlns:x='{WORD}' x:id='a &amp; b'><x:t>một &lt; hai &#225;</x:t><y:t xmlns:y='urn:y'/></x:p>");
        let tree = Tree::parse(&text).unwrap();
        let top = tree.top().unwrap();
        assert!(top.is_word("p") && tree.whole);
        assert_eq!(top.attribute("id").as_deref(), Some("a & b"));
        assert_eq!(top.word("t").unwrap().text(), "một < hai á");
        assert_eq!(top.children().map(Node::space).collect::<Vec<_>>(), [Space::Word, Space::Other]);
    }

    #[test]
    fn parts_in_utf16_and_with_marks_are_read() {
        let wide: Vec<u8> = "\u{feff}<a>đ</a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!((text_of(wide).as_str(), text_of(b"\xef\xbb\xbf<a/>".to_vec()).as_str()), ("<a>đ</a>", "<a/>"));
        assert_eq!(text_of(b"<a>\xff</a>".to_vec()), "<a>\u{fffd}</a>");
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let tree = Tree::parse("<w:a><w:b>xin</w:b><w:c").unwrap();
        assert!(!tree.whole);
        assert_eq!(tree.top().unwrap().word("b").unwrap().text(), "xin");
    }

    #[test]
    fn entities_of_a_dtd_are_not_expanded() {
        let tree = Tree::parse("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'><!ENTITY f '&e;&e;'>]><a>&f;</a>").unwrap();
        assert!(tree.declares);
        assert_eq!(tree.top().unwrap().text(), "&f;");
    }

    #[test]
    fn deep_elements_are_lifted_and_lose_no_text() {
        let text = "<w:a>".repeat(20_000) + "sâu" + &"</w:a>".repeat(20_000);
        let tree = Tree::parse(&text).unwrap();
        assert!(tree.whole && tree.flattened);
        let words: String = tree.root().below().filter(|node| node.space() == Space::Text).map(|node| node.text().into_owned()).collect();
        assert_eq!(words, "sâu");
        let mut depth = 0;
        let mut node = tree.root();
        while let Some(child) = node.children().next() {
            (node, depth) = (child, depth + 1);
        }
        assert!(depth <= DEPTH);
    }
}
