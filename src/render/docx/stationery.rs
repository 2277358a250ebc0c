//! The project's own paper: a Word file whose styles, headers and footers documents take.
//!
//! Only what is needed is read, each part up to a limit; macros, embedded files and links to other places stay behind. Styles are found by their names
//! (`KH Căn cứ`), since Word makes the ids itself; what the file lacks is added from the program's own styles.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::package::{Part, Relation, fault};
use crate::base::{Key, Loc, SourceId, Span};
use crate::diag::{Code, Diagnostic, msg};

/// The largest part that is read, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;
/// How many entries an archive may have.
const ENTRIES: usize = 4096;
/// Endings of pictures that a header may show.
const IMAGES: [&str; 9] = ["png", "jpeg", "jpg", "gif", "bmp", "emf", "wmf", "tiff", "svg"];

/// What documents take from the project's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Stationery {
    /// The text of its styles.
    styles: String,
    /// Headers, footers, their pictures and relations; theme and list definitions.
    pub(super) parts: Vec<Part>,
    /// The document's relations to them.
    pub(super) relations: Vec<Relation>,
    /// Elements that refer to headers and footers, to stand at the head of each section.
    pub(super) references: String,
    /// Whether the first page of a section has a header of its own; `None` where the file has no header or footer.
    pub(super) first_page: Option<bool>,
}

/// Reads a Word file; KH6005 where it is none that can be used, KH6007 for what is left behind.
pub(in crate::render) fn read(bytes: &[u8], source: SourceId) -> (Option<Stationery>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let loc = Loc::new(source, Span::default());
    match taken(bytes, loc, &mut findings) {
        Ok(stationery) => (Some(stationery), findings),
        Err(reason) => {
            let message =
                msg!("Không lấy được kiểu chữ từ tệp Word mẫu: {reason}", "No styles can be taken from the Word template: {reason}");
            let help = msg!(
                "Mở tệp bằng Word, bỏ mật khẩu nếu có, lưu lại dạng .docx",
                "Open the file in Word, take off a password, and save it again as .docx"
            );
            findings.push(Diagnostic::new(Code::KH6005, loc, message).help(help));
            (None, findings)
        }
    }
}

struct Archive<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl Archive<'_> {
    /// Returns a part; `None` where there is none of this name, or it is too large.
    fn bytes(&mut self, path: &str) -> Option<Vec<u8>> {
        let file = self.0.by_name(path).ok()?;
        let mut out = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut out).ok()?;
        (out.len() as u64 <= LARGEST).then_some(out)
    }

    fn text(&mut self, path: &str) -> Option<String> {
        let text = String::from_utf8(self.bytes(path)?).ok()?;
        let text = text.trim_start_matches('\u{feff}').to_owned();
        fault(&text).is_none().then_some(text)
    }
}

/// A relation as a file states it.
struct Stated {
    id: String,
    /// The last word of its type.
    kind: String,
    target: String,
    external: bool,
}

fn taken(bytes: &[u8], loc: Loc, findings: &mut Vec<Diagnostic>) -> Result<Stationery, String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    if archive.len() > ENTRIES {
        return Err(format!("> {ENTRIES}"));
    }
    let mut archive = Archive(archive);
    let document = archive.text("word/document.xml").ok_or("word/document.xml")?;
    let stated = relations(&archive.text("word/_rels/document.xml.rels").ok_or("word/_rels/document.xml.rels")?);
    let path_of = |relation: &Stated| placed("word", &relation.target);
    let of_kind = |kind: &str| stated.iter().find(|relation| relation.kind == kind && !relation.external);
    let styles = of_kind("styles").and_then(|relation| archive.text(&path_of(relation))).ok_or("word/styles.xml")?;
    if !styles.contains("</w:styles>") {
        return Err("word/styles.xml".into());
    }
    let mut out = Stationery { styles, parts: Vec::new(), relations: Vec::new(), references: String::new(), first_page: None };
    for (kind, content) in [("theme", ""), ("numbering", "numbering")] {
        let Some(text) = of_kind(kind).and_then(|relation| archive.text(&path_of(relation))) else { continue };
        // what a list shows as a picture stays behind with it
        if text.contains("r:id=") || text.contains("r:embed=") || text.contains("r:link=") {
            continue;
        }
        let path = format!("word/form/{kind}.xml");
        let mut part = Part::word(&path, content, text);
        if kind == "theme" {
            part.kind = "application/vnd.openxmlformats-officedocument.theme+xml".into();
        }
        out.parts.push(part);
        out.relations.push(Relation { id: format!("rIdForm{kind}"), kind: kind.into(), target: format!("form/{kind}.xml") });
    }
    let (references, first_page) = section(&document);
    for (element, place, id) in references {
        let Some(relation) = stated.iter().find(|relation| relation.id == id && !relation.external) else { continue };
        let kind = if element == "w:headerReference" { "header" } else { "footer" };
        let path = path_of(relation);
        let number = out.relations.len() + 1;
        match page_part(&mut archive, &path, kind, number) {
            Ok(parts) => {
                out.parts.extend(parts);
                out.relations.push(Relation {
                    id: format!("rIdForm{number}"),
                    kind: kind.into(),
                    target: format!("form/{kind}{number}.xml"),
                });
                out.references.push_str(&format!("<{element} w:type=\"{place}\" r:id=\"rIdForm{number}\"/>"));
                out.first_page = Some(first_page);
            }
            Err(reason) => {
                let message = msg!("Không lấy {path} của tệp Word mẫu: {reason}", "{path} of the Word template is not taken: {reason}");
                let help = msg!(
                    "Chèn hẳn hình vào đầu trang, chân trang thay vì liên kết tới tệp khác",
                    "Put pictures into the header or footer itself, not links to other files"
                );
                findings.push(Diagnostic::new(Code::KH6007, loc, message).help(help));
            }
        }
    }
    // the schema wants headers before footers
    let (headers, footers): (Vec<&str>, Vec<&str>) =
        out.references.split_inclusive("/>").partition(|element| element.starts_with("<w:headerReference"));
    out.references = headers.concat() + &footers.concat();
    Ok(out)
}

/// Returns a header or footer with its pictures, or why it cannot be taken.
fn page_part(archive: &mut Archive<'_>, path: &str, kind: &str, number: usize) -> Result<Vec<Part>, String> {
    let text = archive.text(path).ok_or("XML")?;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stated = archive.text(&format!("{folder}/_rels/{name}.rels")).map(|text| relations(&text)).unwrap_or_default();
    let mut parts = vec![Part::word(&format!("word/form/{kind}{number}.xml"), kind, text)];
    let mut list = String::new();
    for (at, relation) in stated.iter().enumerate() {
        let id = super::run::escaped(&relation.id);
        if relation.kind == "hyperlink" && relation.external {
            let target = super::run::escaped(&relation.target);
            list.push_str(&format!(
                "<Relationship Id=\"{id}\" Type=\"{}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>",
                super::package::OFFICE
            ));
            continue;
        }
        let ending = relation.target.rsplit('.').next().unwrap_or("").to_lowercase();
        if relation.kind != "image" || relation.external || !IMAGES.contains(&ending.as_str()) {
            return Err(relation.target.clone());
        }
        let bytes = archive.bytes(&placed(folder, &relation.target)).ok_or_else(|| relation.target.clone())?;
        let media = format!("media/{kind}{number}-{at}.{ending}");
        list.push_str(&format!("<Relationship Id=\"{id}\" Type=\"{}/image\" Target=\"{media}\"/>", super::package::OFFICE));
        parts.push(Part { path: format!("word/form/{media}"), bytes, kind: String::new() });
    }
    if !list.is_empty() {
        let text = super::package::relationships(&list);
        parts.push(Part { path: format!("word/form/_rels/{kind}{number}.xml.rels"), bytes: text.into_bytes(), kind: String::new() });
    }
    Ok(parts)
}

/// Returns the path of a target seen from a folder.
fn placed(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Calls `see` for each element that opens, with its name.
fn each_element(text: &str, mut see: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => see(tag.name().as_ref(), &tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(
                Event::End(_)
                | Event::Text(_)
                | Event::CData(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_)
                | Event::GeneralRef(_),
            ) => {}
        }
    }
}

fn relations(text: &str) -> Vec<Stated> {
    let mut out = Vec::new();
    each_element(text, |name, tag| {
        if name != "Relationship" {
            return;
        }
        let kind = value(tag, "Type").and_then(|kind| kind.rsplit('/').next().map(str::to_owned)).unwrap_or_default();
        if let (Some(id), Some(target)) = (value(tag, "Id"), value(tag, "Target")) {
            out.push(Stated { id, kind, target, external: value(tag, "TargetMode").is_some_and(|mode| mode == "External") });
        }
    });
    out
}

/// Returns element, type and id of the headers and footers of the last section, and whether its first page has its own. Those of even pages are left
/// out: the documents do not tell even pages from odd ones.
fn section(document: &str) -> (Vec<(&'static str, String, String)>, bool) {
    let start = document.rfind("<w:sectPr").unwrap_or(document.len());
    let rest = &document[start..];
    let section = rest.find("</w:sectPr>").map_or("", |end| &rest[..end + "</w:sectPr>".len()]);
    let (mut out, mut first) = (Vec::new(), false);
    each_element(section, |name, tag| {
        let element = match name {
            "w:headerReference" => "w:headerReference",
            "w:footerReference" => "w:footerReference",
            "w:titlePg" => {
                first = value(tag, "w:val").is_none_or(|on| !matches!(on.as_str(), "0" | "false" | "off"));
                return;
            }
            _ => return,
        };
        let place = value(tag, "w:type").unwrap_or_else(|| "default".into());
        if let Some(id) = value(tag, "r:id").filter(|_| place != "even") {
            out.push((element, place, id));
        }
    });
    (out, first)
}

/// A style in a text of styles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Style {
    id: String,
    name: String,
    kind: String,
    default: bool,
    /// The whole element.
    range: std::ops::Range<usize>,
}

fn styles(text: &str) -> Vec<Style> {
    let mut reader = Reader::from_str(text);
    let mut out: Vec<Style> = Vec::new();
    let mut open: Option<Style> = None;
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        match reader.read_event() {
            Ok(Event::Start(tag)) if tag.name().as_ref() == "w:style" => {
                open = Some(Style {
                    id: value(&tag, "w:styleId").unwrap_or_default(),
                    name: String::new(),
                    kind: value(&tag, "w:type").unwrap_or_default(),
                    default: value(&tag, "w:default").is_some_and(|on| on == "1" || on == "true"),
                    range: before..before,
                });
            }
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.name().as_ref() == "w:name" => {
                if let Some(style) = &mut open {
                    style.name = value(&tag, "w:val").unwrap_or_default();
                }
            }
            Ok(Event::End(tag)) if tag.name().as_ref() == "w:style" => {
                if let Some(mut style) = open.take() {
                    style.range.end = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
                    out.push(style);
                }
            }
            Ok(Event::Eof) | Err(_) => return out,
            Ok(_) => {}
        }
    }
}

/// The styles of a document on own paper.
pub(super) struct Merged {
    /// The text of all styles.
    pub(super) text: String,
    /// Ids of the program's styles, and of those of the file that stand in for them.
    ids: Vec<(String, String)>,
    /// Names of the program's styles that the file lacks.
    pub(super) lacking: Vec<String>,
}

impl Merged {
    /// Returns a document with the ids of the file's styles.
    pub(super) fn renamed(&self, document: &str) -> String {
        let mut out = document.to_owned();
        for (own, other) in &self.ids {
            let (own, other) = (format!("Style w:val=\"{own}\"/>"), format!("Style w:val=\"{}\"/>", super::run::escaped(other)));
            if own != other {
                out = out.replace(&own, &other);
            }
        }
        out
    }
}

impl Stationery {
    /// Returns the file's styles, and behind them those of the program that it lacks.
    pub(super) fn merged(&self, own: &str) -> Merged {
        let theirs = styles(&self.styles);
        let base = |kind: &str, name: &str| theirs.iter().find(|style| style.kind == kind && (style.default || style.name == name));
        let mut ids = Vec::new();
        let mut lacking = Vec::new();
        let mut added = String::new();
        for style in styles(own) {
            let standing = if style.default {
                base(&style.kind, &style.name)
            } else {
                let key = Key::new(&style.name);
                theirs.iter().find(|other| other.kind == style.kind && Key::new(&other.name) == key)
            };
            match standing {
                Some(other) => ids.push((style.id, other.id.clone())),
                // the defaults of Word are there without being stated
                None if style.default => added.push_str(own.get(style.range).unwrap_or_default()),
                None => {
                    lacking.push(style.name);
                    added.push_str(own.get(style.range).unwrap_or_default());
                }
            }
        }
        // added styles rest on the file's own plain ones
        for (own, other) in &ids {
            added =
                added.replace(&format!("<w:basedOn w:val=\"{own}\"/>"), &format!("<w:basedOn w:val=\"{}\"/>", super::run::escaped(other)));
        }
        if !self.names_a_font(&theirs) {
            let font = "<w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"Times New Roman\" w:cs=\"Times New Roman\"/>";
            added = added.replace("<w:rPr>", font);
        }
        Merged { text: self.styles.replace("</w:styles>", &format!("{added}</w:styles>")), ids, lacking }
    }

    /// Says whether the file chooses a font for all its text, and does not leave it to Word.
    fn names_a_font(&self, theirs: &[Style]) -> bool {
        let defaults = self.styles.split("</w:docDefaults>").next().unwrap_or_default();
        let normal = theirs.iter().find(|style| style.kind == "paragraph" && style.default);
        let normal = normal.and_then(|style| self.styles.get(style.range.clone())).unwrap_or_default();
        [defaults, normal].iter().any(|text| text.contains(" w:ascii=\""))
    }

    /// Returns what the file lacks (KH6006), by the program's own styles.
    pub(super) fn lacks(&self, own: &str, source: SourceId) -> Option<Diagnostic> {
        let lacking = self.merged(own).lacking;
        if lacking.is_empty() {
            return None;
        }
        let (count, names) = (lacking.len(), lacking.join("; "));
        let message = msg!("Tệp Word mẫu thiếu {count} kiểu chữ: {names}", "The Word template lacks {count} styles: {names}");
        let help = msg!(
            "Tạo trong Word các kiểu (Styles) có đúng tên này nếu muốn tự định dạng; kiểu còn thiếu lấy theo mẫu của chương trình",
            "Make styles of these names in Word to choose their look; those that are lacking are taken from the program"
        );
        Some(Diagnostic::new(Code::KH6006, Loc::new(source, Span::default()), message).help(help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_seen_from_their_folder() {
        assert_eq!(placed("word", "media/a.png"), "word/media/a.png");
        assert_eq!(placed("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(placed("word", "../../../a.xml"), "a.xml");
    }

    #[test]
    fn what_is_no_word_file_is_reported() {
        let (stationery, findings) = read(b"PK\x03\x04 nothing", SourceId::new(0));
        assert!(stationery.is_none());
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::KH6005]);
    }
}
