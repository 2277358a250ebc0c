//! What stands inside a paragraph: runs, links, fields, notes, drawings.

use super::super::line::Line;
use super::super::xml::{Node, Space};
use super::body::{Context, Gathered, Open, Walker, alternative, shows_placeholder, tag_of, title_of};
use super::revision::Change;
use super::style::{Look, is_on};

/// How deep fields may lie in each other; more are read as text.
const FIELDS: usize = 50;

impl Walker<'_> {
    /// Reads the content of a paragraph or of what lies in one. `below` is how the paragraph's style looks.
    pub(super) fn inline<'t>(&mut self, node: Node<'t>, context: &Context, below: &Look, out: &mut Gathered<'t>) {
        for child in node.children() {
            match (child.space(), child.name()) {
                (Space::Word, "r") => self.run(child, context, below, out),
                (Space::Word, "hyperlink" | "smartTag" | "customXml" | "dir" | "bdo" | "fldSimple" | "sdtContent" | "rubyBase") => {
                    self.inline(child, context, below, out);
                }
                (Space::Word, "sdt") => {
                    out.open.push(out.controls.len());
                    out.controls.push(Open { tag: tag_of(child).unwrap_or_default(), title: title_of(child), line: Line::default() });
                    if let (Some(content), false) = (child.word("sdtContent"), shows_placeholder(child)) {
                        self.inline(content, context, below, out);
                    }
                    out.open.pop();
                }
                (Space::Word, "subDoc") => self.met.objects += 1,
                (Space::Word, name) if Change::of(name).is_some() => {
                    let inner = self.changed(child, context);
                    self.inline(child, &inner, below, out);
                }
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = alternative(child) {
                        self.inline(chosen, context, below, out);
                    }
                }
                (Space::Math, "oMath" | "oMathPara") => {
                    let words: String =
                        child.below().filter(|node| node.space() == Space::Math && node.name() == "t").map(|node| node.text()).collect();
                    self.write(&words, context, &Look::default(), out);
                }
                _ => {}
            }
        }
    }

    fn run<'t>(&mut self, node: Node<'t>, context: &Context, below: &Look, out: &mut Gathered<'t>) {
        let mut look = below.clone();
        if let Some(properties) = self.properties(node, "rPr") {
            let named = properties.word("rStyle").and_then(|style| style.val());
            if let Some(style) = named.and_then(|id| self.styles.character(&id)) {
                look = style.clone().over(&look);
            }
            look = Look::of_run(properties).over(&look);
        }
        self.run_content(node, context, &look, out);
    }

    fn run_content<'t>(&mut self, node: Node<'t>, context: &Context, look: &Look, out: &mut Gathered<'t>) {
        for child in node.children() {
            match (child.space(), child.name()) {
                (Space::Word, "t" | "delText") => {
                    let text = child.text();
                    let keeps = child.attribute("space").is_some_and(|value| value == "preserve");
                    let text = if keeps { text.as_ref() } else { text.trim_matches([' ', '\n', '\r', '\t']) };
                    // a line end inside a text is a blank to Word
                    self.write(&text.replace(['\r', '\n', '\t'], " "), context, look, out);
                }
                (Space::Word, "tab" | "ptab") => self.write("\t", context, look, out),
                (Space::Word, "br") => {
                    let kind = child.attribute("type");
                    if kind.as_deref() == Some("page") && !context.is_gone {
                        out.broken.push(std::mem::take(&mut out.line));
                    } else {
                        self.write("\n", context, look, out);
                    }
                }
                (Space::Word, "cr") => self.write("\n", context, look, out),
                (Space::Word, "noBreakHyphen") => self.write("-", context, look, out),
                // in an old encoding the soft hyphen is a letter
                (Space::Word, "softHyphen") => self.write("\u{ad}", context, look, out),
                (Space::Word, "sym") => {
                    let code = child.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                    if let Some(letter) = code.and_then(char::from_u32) {
                        let font = child.attribute("font").map(|font| font.into_owned());
                        let letter = if u32::from(letter) < 0x100 { char::from_u32(u32::from(letter) + 0xf000) } else { Some(letter) };
                        let look = Look { font, ..look.clone() };
                        self.write(&letter.map(String::from).unwrap_or_default(), context, &look, out);
                    }
                }
                (Space::Word, "fldChar") => self.field(child, context, look, out),
                (Space::Word, "footnoteReference" | "endnoteReference") => {
                    if let (Some(id), false) = (child.attribute("id"), context.is_gone) {
                        self.met.notes.push((id.into_owned(), child.name() == "endnoteReference", self.place()));
                    }
                }
                (Space::Word, "commentReference") => {
                    if let Some(id) = child.attribute("id") {
                        self.met.comments.push((id.into_owned(), self.place()));
                    }
                }
                (Space::Word, "drawing" | "pict" | "object") if !context.is_gone => self.drawing(child, out),
                (Space::Word, "ruby") => {
                    if let Some(base) = child.word("rubyBase") {
                        self.inline(base, context, look, out);
                    }
                }
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = alternative(child) {
                        self.run_content(chosen, context, look, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn field<'t>(&mut self, node: Node<'t>, context: &Context, look: &Look, out: &mut Gathered<'t>) {
        match node.attribute("fldCharType").as_deref() {
            Some("begin") => {
                // a box to tick has no result: it is drawn from its data
                if let Some(boxed) = node.word("ffData").and_then(|data| data.word("checkBox")) {
                    let ticked = boxed.word("checked").or_else(|| boxed.word("default")).is_some_and(is_on);
                    self.write(if ticked { "☒" } else { "☐" }, context, look, out);
                }
                if self.fields.len() < FIELDS {
                    self.fields.push(false);
                }
            }
            Some("separate") => {
                if let Some(last) = self.fields.last_mut() {
                    *last = true;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Adds text to the paragraph, to the tracked change that it is part of, or to what was hidden.
    fn write(&mut self, text: &str, context: &Context, look: &Look, out: &mut Gathered<'_>) {
        if text.is_empty() || self.fields.contains(&false) {
            return;
        }
        let place = self.place();
        let add = |list: &mut Vec<(crate::import::Place, String)>| match list.last_mut().filter(|(last, _)| *last == place) {
            Some((_, words)) => words.push_str(text),
            None => list.push((place, text.to_owned())),
        };
        if look.hidden == Some(true) {
            if !context.is_gone {
                add(&mut self.met.hidden);
            }
            return;
        }
        if look.struck == Some(true) && !context.is_gone {
            add(&mut self.met.struck);
        }
        match &context.change {
            Some((change, author)) => self.record(*change, author, text),
            None => self.is_apart = true,
        }
        if !context.is_gone {
            out.line.push(text, look.dress());
            for at in &out.open {
                out.controls[*at].line.push(text, look.dress());
            }
        }
    }

    /// Looks for text boxes, pictures and objects.
    fn drawing<'t>(&mut self, node: Node<'t>, out: &mut Gathered<'t>) {
        for child in node.children() {
            match (child.space(), child.name()) {
                (Space::Word, "txbxContent") => out.boxes.push(child),
                (Space::Compatibility, "AlternateContent") => {
                    if let Some(chosen) = alternative(child) {
                        self.drawing(chosen, out);
                    }
                }
                (Space::Drawing, "blip") | (Space::Vml, "imagedata") => self.met.pictures += 1,
                (Space::Other, "chart" | "relIds" | "OLEObject") => self.met.objects += 1,
                (Space::Text, _) => {}
                _ => self.drawing(child, out),
            }
        }
    }
}
