//! document.xml walked once: paragraphs, tables, content controls, tracked changes, text boxes.

use super::super::block::{Block, Control, Paragraph, Place, Style};
use super::super::line::Line;
use super::super::xml::{Node, Space};
use super::numbering::Numbering;
use super::revision::{Change, Revision, Revisions};
use super::style::{Look, Styles, is_on};
use crate::base::Legacy;

/// How what is read now is to be taken.
#[derive(Clone, Default)]
pub(super) struct Context {
    /// Left out: deleted, or inserted and rejected.
    pub(super) is_gone: bool,
    /// The tracked change that it is part of, with its author; only where changes are reported.
    pub(super) change: Option<(Change, String)>,
}

/// What was met beside text.
#[derive(Debug, Default)]
pub(super) struct Met {
    pub(super) pictures: usize,
    pub(super) objects: usize,
    pub(super) symbols: usize,
    pub(super) hidden: Vec<(Place, String)>,
    pub(super) struck: Vec<(Place, String)>,
    pub(super) formats: usize,
    /// Identifiers of comments with the places that they are about.
    pub(super) comments: Vec<(String, Place)>,
    /// Identifiers of notes (endnotes: true) with the places that refer to them.
    pub(super) notes: Vec<(String, bool, Place)>,
    /// Paragraphs that were decoded, with a font, for TCVN3 and VNI.
    pub(super) legacy: Vec<(Legacy, String, usize)>,
    /// Text of vertical merges that was not repeated, since it would have grown beyond the limit.
    pub(super) unrepeated: usize,
}

/// Reads a document's blocks.
pub(super) struct Walker<'d> {
    pub(super) styles: &'d Styles,
    pub(super) numbering: Numbering,
    pub(super) mode: Revisions,
    pub(super) revisions: Vec<Revision>,
    pub(super) met: Met,
    /// Paragraphs and tables so far.
    pub(super) lines: u32,
    pub(super) tables: u32,
    /// The cell that is being read.
    pub(super) cell: Place,
    /// Tags of the content controls around, outermost first.
    pub(super) tags: Vec<String>,
    /// Open fields: whether their result has begun.
    pub(super) fields: Vec<bool>,
    /// Whether unchanged text was read since the last tracked change.
    pub(super) is_apart: bool,
    /// Bytes that vertical merges may still repeat.
    pub(super) copies: usize,
}

/// A content control inside a paragraph, while it is read.
pub(super) struct Open {
    pub(super) tag: String,
    pub(super) title: String,
    pub(super) line: Line,
}

/// What a paragraph gathers while its runs are read.
#[derive(Default)]
pub(super) struct Gathered<'t> {
    pub(super) line: Line,
    /// Finished parts before a page break inside the paragraph.
    pub(super) broken: Vec<Line>,
    /// Contents of text boxes.
    pub(super) boxes: Vec<Node<'t>>,
    /// Content controls inside, by their begin, with their text so far.
    pub(super) controls: Vec<Open>,
    /// Those that are open.
    pub(super) open: Vec<usize>,
}

impl<'d> Walker<'d> {
    pub(super) fn new(styles: &'d Styles, numbering: Numbering, mode: Revisions) -> Self {
        Self {
            styles,
            numbering,
            mode,
            revisions: Vec::new(),
            met: Met::default(),
            lines: 0,
            tables: 0,
            cell: Place::default(),
            tags: Vec::new(),
            fields: Vec::new(),
            is_apart: true,
            copies: 32 << 20,
        }
    }

    pub(super) fn place(&self) -> Place {
        Place { line: self.lines, ..self.cell }
    }

    /// Reads what lies in a body, a cell, a text box or a note.
    pub(super) fn blocks(&mut self, node: Node<'_>, out: &mut Vec<Block>) {
        let mut open = Line::default();
        self.within(node, &Context::default(), &mut open, out);
        self.flush(&mut open, out);
    }

    /// Reads one paragraph by itself.
    pub(super) fn lone(&mut self, paragraph: Node<'_>, out: &mut Vec<Block>) {
        let mut open = Line::default();
        self.paragraph(paragraph, &Context::default(), &mut open, out);
        self.flush(&mut open, out);
    }

    /// `open` holds paragraphs whose mark was deleted: they go on in the next one.
    fn within(&mut self, node: Node<'_>, context: &Context, open: &mut Line, out: &mut Vec<Block>) {
        for child in node.children() {
            match (child.space(), child.name()) {
                (Space::Word, "p") => self.paragraph(child, context, open, out),
                (Space::Word, "tbl") if !context.is_gone => {
                    self.flush(open, out);
                    self.table(child, out);
                }
                (Space::Word, "sdt") => {
                    let tagged = self.enter(child);
                    if let (Some(content), false) = (child.word("sdtContent"), shows_placeholder(child)) {
                        self.within(content, context, open, out);
                    } else if tagged {
                        self.empty(out);
                    }
                    self.leave(tagged);
                }
                (Space::Word, "customXml" | "smartTag") => self.within(child, context, open, out),
                (Space::Word, "altChunk" | "subDoc") => self.met.objects += 1,
                (Space::Word, name) if Change::of(name).is_some() => {
                    let inner = self.changed(child, context);
                    self.within(child, &inner, open, out);
                }
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = alternative(child) {
                        self.within(chosen, context, open, out);
                    }
                }
                _ => {}
            }
        }
    }

    /// Takes note of a content control's tag; says whether it has one.
    pub(super) fn enter(&mut self, control: Node<'_>) -> bool {
        let tag = tag_of(control);
        let tagged = tag.is_some();
        self.tags.extend(tag);
        tagged
    }

    pub(super) fn leave(&mut self, tagged: bool) {
        if tagged {
            self.tags.pop();
        }
    }

    /// Gives a content control that shows nothing but its prompt as an empty paragraph: a person may have emptied it.
    fn empty(&mut self, out: &mut Vec<Block>) {
        self.lines += 1;
        out.push(Block::Paragraph(Paragraph { tag: self.tags.last().cloned(), place: self.place(), ..Paragraph::default() }));
    }

    /// Returns how the content of a tracked change is to be taken.
    pub(super) fn changed(&self, node: Node<'_>, context: &Context) -> Context {
        let Some(change) = Change::of(node.name()) else { return context.clone() };
        let is_gone = context.is_gone || change.adds() == (self.mode == Revisions::Reject);
        let author = node.attribute("author").unwrap_or_default().into_owned();
        Context { is_gone, change: (self.mode == Revisions::Report).then_some((change, author)) }
    }

    /// Puts down a tracked change, or adds to the one before.
    pub(super) fn record(&mut self, change: Change, author: &str, text: &str) {
        let place = self.place();
        if let Some(last) = self.revisions.last_mut()
            && (last.change, last.place, last.author.as_str()) == (change, place, author)
            && !self.is_apart
        {
            last.text.push_str(text);
        } else {
            let (author, text) = (author.to_owned(), text.to_owned());
            self.revisions.push(Revision { change, author, text, place, is_apart: self.is_apart });
        }
        self.is_apart = false;
    }

    /// Returns the properties in force: where changes are rejected, those before a change of formatting.
    pub(super) fn properties<'t>(&mut self, node: Node<'t>, name: &str) -> Option<Node<'t>> {
        let properties = node.word(name)?;
        let changed = properties.children().find(|child| child.space() == Space::Word && child.name().ends_with("PrChange"));
        let Some(changed) = changed else { return Some(properties) };
        match self.mode {
            Revisions::Report => self.met.formats += 1,
            Revisions::Accept => {}
            Revisions::Reject => return changed.word(name),
        }
        Some(properties)
    }

    fn paragraph(&mut self, node: Node<'_>, context: &Context, open: &mut Line, out: &mut Vec<Block>) {
        self.lines += 1;
        self.is_apart = true;
        let style = node.word("pPr").and_then(|properties| properties.word("pStyle")).and_then(|style| style.val());
        let below = self.styles.paragraph(style.as_deref());
        let direct = self.properties(node, "pPr").map(Look::of_paragraph).unwrap_or_default();
        let own_level = direct.level;
        let look = direct.over(&below);
        if look.breaks_before == Some(true) && self.cell.table == 0 && !context.is_gone {
            out.push(Block::Break);
        }
        let mut gathered = Gathered::default();
        self.inline(node, context, &below, &mut gathered);
        // a field whose result never began would hide all that follows
        for field in &mut self.fields {
            *field = true;
        }
        let mark = node.word("pPr").and_then(|properties| properties.word("rPr"));
        let is_gone = context.is_gone || self.mark_is_gone(mark, gathered.line.is_empty());
        for part in std::mem::take(&mut gathered.broken) {
            let mut line = std::mem::take(open);
            line.append(part);
            self.emit(&line, &look, (String::new(), 0), &mut gathered.controls, out);
            if self.cell.table == 0 {
                out.push(Block::Break);
            }
        }
        if is_gone {
            open.append(gathered.line);
        } else {
            let mut line = std::mem::take(open);
            line.append(gathered.line);
            let mark = self.list_mark(&look, own_level, style.as_deref());
            self.emit(&line, &look, mark, &mut gathered.controls, out);
        }
        for content in gathered.boxes {
            self.blocks(content, out);
        }
        if node.word("pPr").is_some_and(|properties| properties.word("sectPr").is_some()) && self.cell.table == 0 {
            out.push(Block::Break);
        }
    }

    /// Says whether the mark at a paragraph's end is left out, so that the next paragraph goes on with it.
    fn mark_is_gone(&mut self, properties: Option<Node<'_>>, is_empty: bool) -> bool {
        let Some(properties) = properties else { return false };
        let mut is_gone = false;
        for child in properties.children().filter(|child| child.space() == Space::Word) {
            let Some(change) = Change::of(child.name()) else { continue };
            is_gone |= change.adds() == (self.mode == Revisions::Reject);
            if self.mode == Revisions::Report && matches!(change, Change::Inserted | Change::Deleted) {
                let author = child.attribute("author").unwrap_or_default();
                // with the whole paragraph inserted or deleted, its text says it all
                let said = self.revisions.last().is_some_and(|last| last.place == self.place() && last.change == change);
                let kind = if change.adds() { Change::Split } else { Change::Joined };
                if !(said && (change.adds() || is_empty)) {
                    self.record(kind, &author, "");
                }
            }
        }
        is_gone
    }

    /// Returns the mark that a list sets in front of a paragraph, and how deep in the list it is.
    fn list_mark(&mut self, look: &Look, own_level: Option<u8>, style: Option<&str>) -> (String, u8) {
        let Some(list) = look.list.filter(|list| *list != 0) else { return (String::new(), 0) };
        let by_style = || style.and_then(|style| self.numbering.level_of_style(list, style));
        let level = own_level.or_else(by_style).or(look.level).unwrap_or(0);
        (self.numbering.mark(list, level).unwrap_or_default(), level)
    }

    /// Gives what is left of paragraphs whose mark was deleted and that no paragraph follows.
    fn flush(&mut self, open: &mut Line, out: &mut Vec<Block>) {
        if !open.is_empty() {
            let line = std::mem::take(open);
            self.emit(&line, &Look::default(), (String::new(), 0), &mut Vec::new(), out);
        }
    }

    fn emit(&mut self, line: &Line, look: &Look, (mark, depth): (String, u8), controls: &mut Vec<Open>, out: &mut Vec<Block>) {
        let finished = line.finish();
        if let Some((legacy, font)) = finished.legacy {
            match self.met.legacy.iter_mut().find(|(known, ..)| *known == legacy) {
                Some((.., count)) => *count += 1,
                None => self.met.legacy.push((legacy, font, 1)),
            }
        }
        self.met.symbols += finished.unknown;
        let closed = |Open { tag, title, line }: Open| Control { tag, title, text: line.finish().text };
        let controls: Vec<Control> = std::mem::take(controls).into_iter().map(closed).collect();
        let tag = self.tags.last().or(controls.iter().map(|control| &control.tag).find(|tag| !tag.is_empty())).cloned();
        let names_nothing = tag.is_none() && controls.iter().all(|control| control.title.is_empty());
        if finished.text.is_empty() && mark.is_empty() && names_nothing {
            return;
        }
        let style =
            Style { bold: finished.bold, italic: finished.italic, centred: look.centred == Some(true), heading: look.heading.unwrap_or(0) };
        out.push(Block::Paragraph(Paragraph { text: finished.text, mark, depth, style, tag, controls, place: self.place() }));
    }
}

/// Returns the tag of a content control; `None` where it has none.
pub(super) fn tag_of(control: Node<'_>) -> Option<String> {
    let tag = control.word("sdtPr")?.word("tag")?.val()?.into_owned();
    (!tag.trim().is_empty()).then_some(tag)
}

/// Returns what Word shows above a content control; empty where that is nothing.
pub(super) fn title_of(control: Node<'_>) -> String {
    let title = control.word("sdtPr").and_then(|properties| properties.word("alias")).and_then(|alias| alias.val());
    title.map(|title| title.trim().to_owned()).unwrap_or_default()
}

/// Says whether a content control shows its prompt (“Click here to enter text”) instead of content.
pub(super) fn shows_placeholder(control: Node<'_>) -> bool {
    control.word("sdtPr").and_then(|properties| properties.word("showingPlcHdr")).is_some_and(is_on)
}

/// Returns the one version of an alternative that is read: the first choice that holds something, else the fallback.
pub(super) fn alternative(node: Node<'_>) -> Option<Node<'_>> {
    let named = |name: &'static str| node.children().find(move |child| child.name() == name && child.children().next().is_some());
    named("Choice").or_else(|| named("Fallback"))
}
