//! Documents built for tests.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Returns a zip archive of these entries.
pub(super) fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Declarations that the parts of a Word document open with.
pub(super) const SPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' xmlns:v='urn:schemas-microsoft-com:vml' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math' \
    xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'";

/// Returns a Word document with this body and further parts (`styles`, `numbering`, …) by the content of their top element.
pub(super) fn word(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let root = format!(
        "<Relationships xmlns='{package}'><Relationship Id='r1' Type='{office}/officeDocument' Target='/word/document.xml'/></Relationships>"
    );
    let document = format!(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:document {SPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let mut relations = String::new();
    let mut entries = vec![("_rels/.rels".to_owned(), root), ("word/document.xml".to_owned(), document)];
    for (kind, content) in parts {
        let top = kind.trim_end_matches(|c: char| c.is_ascii_digit());
        let top = if top == "header" { "hdr" } else { top };
        relations += &format!(
            "<Relationship Id='{kind}' Type='{office}/{}' Target='{kind}.xml'/>",
            kind.trim_end_matches(|c: char| c.is_ascii_digit())
        );
        entries.push((format!("word/{kind}.xml"), format!("<w:{top} {SPACES}>{content}</w:{top}>")));
    }
    entries.push(("word/_rels/document.xml.rels".to_owned(), format!("<Relationships xmlns='{package}'>{relations}</Relationships>")));
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&entries)
}
