//! Word documents (`.docx`, `.docm`, `.dotx`) to blocks.
//!
//! Reads what a person sees when all is shown: paragraphs and tables in order, list marks computed, the result of fields, text boxes behind the
//! paragraph that holds them, footnotes at the end (mark `[1]`, place of the reference). Tracked changes are read as
//! [`Revisions`] says. Hidden text is left out and named; pictures and objects are counted. Nothing is run, expanded or fetched.

mod body;
pub(super) mod numbering;
mod package;
pub(super) mod revision;
mod run;
mod style;
mod table;
#[cfg(test)]
mod tests;

pub use revision::Revisions;

use std::collections::BTreeMap;

use self::body::Walker;
use self::numbering::Numbering;
use self::package::Package;
use self::style::Styles;
use super::archive::Fault;
use super::block::{Block, Document, Place};
use super::doubt::{LISTED, converted, hidden_and_struck, shorten};
use super::sheet::refusal;
use super::xml::Tree;
use super::{Doubt, Out};
use crate::diag::{Code, msg};

/// Reads a Word document.
///
/// # Errors
/// KH5001, KH5002 or KH5004 where nothing can be read from it.
pub(super) fn read(name: &str, bytes: &[u8], revisions: Revisions) -> Result<Out, Doubt> {
    let refuse = |fault| refusal(name, fault);
    let mut package = Package::open(bytes).map_err(refuse)?;
    let document = package.main().map_err(refuse)?.ok_or_else(|| refuse(Fault::Broken))?;
    let styles = package.related("styles").map_err(refuse)?;
    let numbering = package.related("numbering").map_err(refuse)?;
    let notes = [package.related("footnotes").map_err(refuse)?, package.related("endnotes").map_err(refuse)?];
    let comments = package.related("comments").map_err(refuse)?;

    let mut damage = Damage::default();
    let styles = damage.tree(&styles).map_err(refuse)?.top().map(Styles::read).unwrap_or_default();
    let numbering = damage.tree(&numbering).map_err(refuse)?.top().map(Numbering::read).unwrap_or_default();
    let mut walker = Walker::new(&styles, numbering, revisions);
    let mut blocks = Vec::new();
    let tree = damage.tree(&document).map_err(refuse)?;
    if let Some(body) = tree.top().and_then(|top| top.word("body")) {
        walker.blocks(body, &mut blocks);
    }
    let [footnotes, endnotes] = &notes;
    add_notes(&mut walker, &damage.tree(footnotes).map_err(refuse)?, &damage.tree(endnotes).map_err(refuse)?, &mut blocks);
    if !blocks.iter().any(|block| !matches!(block, Block::Break)) {
        // a letterhead without a letter
        for part in package.all(&["header", "footer"]).map_err(refuse)? {
            let tree = damage.tree(&part).map_err(refuse)?;
            if let Some(top) = tree.top() {
                walker.blocks(top, &mut blocks);
            }
        }
    }
    let comments = damage.tree(&comments).map_err(refuse)?;
    let mut doubts = said_of_file(name, &package, &damage);
    doubts.extend(said_of_content(&walker));
    doubts.extend(said_of_comments(&walker, &comments));
    doubts.extend(revision::doubts(walker.revisions, walker.met.formats));
    doubts.sort_by_key(|doubt| doubt.place);
    Ok(Out { document: Document { name: name.to_owned(), blocks }, doubts })
}

/// What was wrong with the XML of the parts.
#[derive(Debug, Default)]
struct Damage {
    broken: bool,
    declares: bool,
    flattened: bool,
}

impl Damage {
    fn tree<'a>(&mut self, text: &'a str) -> Result<Tree<'a>, Fault> {
        let tree = Tree::parse(text)?;
        self.broken |= !tree.whole && !text.is_empty();
        self.declares |= tree.declares;
        self.flattened |= tree.flattened;
        Ok(tree)
    }
}

/// Adds the notes in the order in which the text refers to them: `[1]`, `[2]`, endnotes `[i]`, `[ii]`.
fn add_notes(walker: &mut Walker<'_>, footnotes: &Tree<'_>, endnotes: &Tree<'_>, out: &mut Vec<Block>) {
    let referred = std::mem::take(&mut walker.met.notes);
    let (mut feet, mut ends) = (0u32, 0u32);
    for (id, is_end, place) in referred {
        let count = if is_end { &mut ends } else { &mut feet };
        *count += 1;
        let mark = if is_end { format!("[{}]", numbering::roman(*count).to_lowercase()) } else { format!("[{count}]") };
        let tree = if is_end { endnotes } else { footnotes };
        let Some(note) = tree.top().and_then(|top| top.children().find(|note| note.attribute("id").is_some_and(|other| other == id)))
        else {
            continue;
        };
        let mut blocks = Vec::new();
        walker.blocks(note, &mut blocks);
        let mut mark = Some(mark);
        for block in &mut blocks {
            if let Block::Paragraph(paragraph) = block {
                paragraph.mark = mark.take().unwrap_or_default();
                paragraph.place = place;
            }
        }
        out.extend(blocks.into_iter().filter(|block| !matches!(block, Block::Break)));
    }
}

fn said_of_file(name: &str, package: &Package<'_>, damage: &Damage) -> Vec<Doubt> {
    let mut out = Vec::new();
    if damage.broken || package.is_damaged() {
        let message = msg!(
            "Tệp “{name}” hỏng một phần; phần đọc được vẫn giữ. Mở bằng Word, lưu lại và đối chiếu phần cuối",
            "The file “{name}” is damaged in part; what could be read is kept. Open it in Word, save it and compare the end"
        );
        out.push(Doubt::new(Code::KH5011, message));
    }
    if damage.declares {
        let message = msg!(
            "Tệp “{name}” khai báo thực thể XML, điều Word không làm; không mở rộng thực thể nào",
            "The file “{name}” declares XML entities, which Word never does; none was expanded"
        );
        out.push(Doubt::new(Code::KH5009, message));
    }
    if damage.flattened {
        let limit = super::xml::DEPTH;
        let message = msg!(
            "Tệp “{name}” lồng nhau quá {limit} tầng; chữ vẫn giữ, bảng ở tầng sâu có thể mất khung",
            "The file “{name}” nests more than {limit} levels; its words are kept, deep tables may lose their frame"
        );
        out.push(Doubt::new(Code::KH5004, message));
    }
    if package.has_macros() {
        out.push(Doubt::new(
            Code::KH5008,
            msg!("Tệp “{name}” có macro; macro không được chạy", "The file “{name}” holds macros; none was run"),
        ));
    }
    for target in package.external().iter().take(LISTED) {
        let target_shown = shorten(target);
        let message = msg!("Không mở liên kết ra ngoài: {target_shown}", "Not fetched from elsewhere: {target_shown}");
        out.push(Doubt::new(Code::KH5009, message).quote(target.clone()));
    }
    out
}

fn said_of_content(walker: &Walker<'_>) -> Vec<Doubt> {
    let met = &walker.met;
    let mut out = Vec::new();
    for (legacy, font, count) in &met.legacy {
        out.push(converted(*legacy, font, *count));
    }
    let counted = [(met.pictures, "ảnh", "pictures"), (met.objects, "biểu đồ hoặc đối tượng nhúng", "charts or embedded objects")];
    for (count, what, what_en) in counted.into_iter().filter(|(count, ..)| *count > 0) {
        let message =
            msg!("Có {count} {what}; chữ bên trong không đọc được", "There are {count} {what_en}; words inside them cannot be read");
        out.push(Doubt::new(Code::KH5010, message));
    }
    if met.symbols > 0 {
        let count = met.symbols;
        let message = msg!("Có {count} ký hiệu không rõ, thay bằng □", "There are {count} unknown symbols, shown as □");
        out.push(Doubt::new(Code::KH5010, message));
    }
    if met.unrepeated > 0 {
        let count = met.unrepeated;
        let message = msg!(
            "Ô gộp dọc quá dài: {count} hàng không được chép lại nội dung của ô",
            "A vertical merge is too long: {count} rows do not repeat its content"
        );
        out.push(Doubt::new(Code::KH5004, message));
    }
    out.extend(hidden_and_struck(&met.hidden, &met.struck));
    out
}

fn said_of_comments(walker: &Walker<'_>, comments: &Tree<'_>) -> Vec<Doubt> {
    let referred: BTreeMap<&str, Place> = walker.met.comments.iter().map(|(id, place)| (id.as_str(), *place)).collect();
    let mut out = Vec::new();
    for node in comments.top().into_iter().flat_map(|top| top.children()).filter(|node| node.is_word("comment")) {
        let words: Vec<String> = node.below().filter(|child| child.is_word("t")).map(|child| child.text().into_owned()).collect();
        let words = crate::base::composed(words.join("").trim()).into_owned();
        let id = node.attribute("id").unwrap_or_default();
        let place = referred.get(id.as_ref()).copied().unwrap_or_default();
        let author = node.attribute("author").unwrap_or_default();
        let text = shorten(&words);
        let message = match author.trim() {
            "" => msg!("Có ý kiến: “{text}”", "There is a comment: “{text}”"),
            author => msg!("Ý kiến của {author}: “{text}”", "Comment by {author}: “{text}”"),
        };
        out.push(Doubt::new(Code::KH5007, message).at(place).quote(words));
    }
    out
}
