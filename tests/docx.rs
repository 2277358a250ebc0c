//! Word documents as their reader needs them: parts that are well-formed and in the schema's order, tags at every value, sections, the same bytes twice.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::sync::{Mutex, PoisonError};

use kehoach::model::{Tag, Task};
use kehoach::project::{Compiled, check_sources};
use kehoach::render::{self, Options, Templates};
use quick_xml::Reader;
use quick_xml::events::Event;

/// One project for each layout and form: appendices, in the plan, one list, a score table issued directly.
const PLANS: [(&str, &str); 4] = [("thanh-hoa", "TH-2022"), ("quang-ngai", "QN-2022"), ("thai-nguyen", "TN-2020"), ("dak-nong", "DN-2022")];

/// The project, compiled once for all tests.
fn compiled(project: &'static str) -> &'static Compiled {
    static DONE: Mutex<BTreeMap<&str, &Compiled>> = Mutex::new(BTreeMap::new());
    let mut done = DONE.lock().unwrap_or_else(PoisonError::into_inner);
    done.entry(project).or_insert_with(|| Box::leak(Box::new(check_sources(support::corpus(project)))))
}

fn docx(compiled: &Compiled, plan: &str) -> Vec<u8> {
    let derivation = &compiled.derivations[compiled.model.find(plan).expect("a plan").index()];
    let (bytes, findings) = render::docx(&compiled.model, derivation, &Templates::embedded(), &Options::default());
    assert_eq!(findings, [], "{plan}");
    bytes
}

/// All parts as (path, text).
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a part");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("text");
            (file.name().expect("a name").into_owned(), text)
        })
        .collect()
}

fn part(bytes: &[u8], path: &str) -> String {
    parts(bytes).into_iter().find(|(name, _)| name == path).expect("the part").1
}

fn document(bytes: &[u8]) -> String {
    part(bytes, "word/document.xml")
}

/// The tags with the text inside each.
fn tagged(document: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(document);
    let mut open: Vec<(String, String)> = Vec::new();
    let mut out = Vec::new();
    let mut in_text = false;
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => return out,
            Event::Start(tag) if tag.name().as_ref() == "w:sdt" => open.push((String::new(), String::new())),
            Event::Empty(tag) if tag.name().as_ref() == "w:tag" => {
                let value = tag.try_get_attribute("w:val").expect("attributes").expect("a value");
                open.last_mut().expect("a control").0 =
                    value.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("text").into_owned();
            }
            Event::Start(tag) if tag.name().as_ref() == "w:t" => in_text = true,
            Event::End(tag) if tag.name().as_ref() == "w:t" => in_text = false,
            Event::End(tag) if tag.name().as_ref() == "w:sdt" => out.extend(open.pop()),
            Event::Text(text) if in_text => {
                if let Some((_, inner)) = open.last_mut() {
                    inner.push_str(&text);
                }
            }
            Event::GeneralRef(name) if in_text => {
                let c = match name.resolve_char_ref().expect("a character") {
                    Some(c) => c,
                    None if &*name == "amp" => '&',
                    None if &*name == "lt" => '<',
                    None if &*name == "gt" => '>',
                    None => '"',
                };
                if let Some((_, inner)) = open.last_mut() {
                    inner.push(c);
                }
            }
            _ => {}
        }
    }
}

/// The fields that a task states and its document prints.
fn stated(task: &Task, criterion: bool) -> Vec<&'static str> {
    let fields = &task.fields;
    let either = |plain, scored| if criterion { scored } else { plain };
    let all = [
        (either("content", "name"), fields.content.is_some()),
        ("products", fields.products.as_ref().is_some_and(|list| !list.value.is_empty())),
        (either("leads", "lead"), fields.leads.as_ref().is_some_and(|list| !list.value.is_empty())),
        ("coordinators", fields.coordinators.as_ref().is_some_and(|list| !list.value.is_empty())),
        ("deadline", fields.deadline.as_ref().is_some_and(|deadline| !deadline.value.entries.is_empty())),
        ("targets", fields.targets.as_ref().is_some_and(|list| list.value.iter().any(|line| !line.dropped))),
        ("standard", fields.scores.standard.is_some()),
        ("previous", fields.scores.previous.is_some()),
        ("target", fields.scores.goal.is_some()),
        ("solution", fields.measures.as_ref().is_some_and(|list| !list.value.is_empty())),
    ];
    all.into_iter().filter(|(_, stated)| *stated).map(|(name, _)| name).collect()
}

#[test]
fn every_task_and_field_has_its_tag() {
    for (project, plan) in PLANS {
        let compiled = compiled(project);
        let derivation = &compiled.derivations[compiled.model.find(plan).expect("a plan").index()];
        let tags: BTreeSet<String> = tagged(&document(&docx(compiled, plan))).into_iter().map(|(tag, _)| tag).collect();
        assert!(!derivation.content.tasks.is_empty());
        for task in &derivation.content.tasks {
            let scored = |at: usize| derivation.content.appendices[at].scores.is_some();
            for field in stated(task, task.appendix.is_some_and(scored)) {
                let tag = Tag::new(plan, &task.code.text, field).text();
                assert!(tags.contains(&tag), "{tag} is missing");
            }
        }
        for field in ["number", "date", "title", "recipients", "office", "signer", "part/I"] {
            let tag = Tag::new(plan, "", field).text();
            assert!(tags.contains(&tag), "{tag} is missing");
        }
    }
}

#[test]
fn the_tag_of_prose_is_its_path_in_the_plan() {
    for (project, plan) in PLANS.into_iter().chain([("thanh-hoa", "HH-2023")]) {
        let compiled = compiled(project);
        let derivation = &compiled.derivations[compiled.model.find(plan).expect("a plan").index()];
        let mut count = 0;
        for (tag, text) in tagged(&document(&docx(compiled, plan))) {
            let Some(path) = tag.split_once("//part/").map(|(_, path)| path) else { continue };
            let mut steps = path.split('.');
            let first = steps.next().expect("a PHẦN");
            let mut part = derivation.content.parts.iter().find(|part| part.number == first).expect("a PHẦN");
            for step in steps {
                part = &part.below[step.parse::<usize>().expect("a place") - 1];
            }
            // quotes and capitals are the printer's
            let plain = |text: &str| text.replace('\u{a0}', " ").replace(['“', '”'], "\"").trim_end_matches(['.', ';']).to_lowercase();
            assert_eq!(plain(&text), plain(part.text.trim_end_matches("./.")), "{tag}");
            count += 1;
        }
        assert!(count > 5, "{plan}: {count}");
    }
}

#[test]
fn a_control_holds_the_value_and_nothing_around_it() {
    let compiled = compiled("thanh-hoa");
    let tagged = tagged(&document(&docx(compiled, "TH-2022")));
    let value = |field: &str| {
        let tag = Tag::new("TH-2022", "", field).text();
        tagged.iter().find(|(other, _)| *other == tag).map(|(_, text)| text.replace('\u{a0}', " "))
    };
    assert_eq!(value("number").as_deref(), Some("5347/QĐ-UBND"));
    assert_eq!(value("date").as_deref(), Some("ngày 24 tháng 12 năm 2021"));
    assert_eq!(value("title").as_deref(), Some("Cải cách hành chính năm 2022"));
    assert_eq!(value("signer").as_deref(), Some("Đỗ Minh Tuấn"));
    assert_eq!(value("bases").as_deref(), Some("Luật Tổ chức chính quyền địa phương ngày 19/6/2015"));
}

#[test]
fn a_column_of_several_fields_has_one_control_for_each() {
    let files = vec![
        ("danh-ba.kh".to_owned(), "DANH BẠ A: Danh bạ\n\nCẤP tỉnh\n\nĐƠN VỊ A: tỉnh A\n\nCƠ QUAN SNV: Sở Nội vụ\nCấp: tỉnh\n\nCƠ QUAN STC: Sở Tài chính\nCấp: tỉnh\n".to_owned()),
        (
            "a.kh".to_owned(),
            "KẾ HOẠCH A-2022: Cải cách hành chính năm 2022\nĐơn vị: tỉnh A\nNăm: 2022\nCột: TT; Việc = nội dung; Cơ quan thực hiện = chủ trì, phối hợp\n\nPHỤ LỤC 01: Cải cách thể chế\n\nNHIỆM VỤ TC-01: Rà soát văn bản\nCơ quan chủ trì: Sở Nội vụ\nCơ quan phối hợp: Sở Tài chính\n"
                .to_owned(),
        ),
    ];
    let tagged = tagged(&document(&docx(&check_sources(files), "A-2022")));
    let of = |field: &str| {
        let tag = Tag::new("A-2022", "TC-01", field).text();
        tagged.iter().find(|(other, _)| *other == tag).map(|(_, text)| text.replace('\u{a0}', " "))
    };
    assert_eq!((of("leads").as_deref(), of("coordinators").as_deref()), (Some("Sở Nội vụ"), Some("Sở Tài chính")));
}

/// Children in the order that the schema wants; Word refuses a file where they stand otherwise.
const ORDER: &[(&str, &[&str])] = &[
    ("w:pPr", &["w:pStyle", "w:keepNext", "w:keepLines", "w:pBdr", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr"]),
    ("w:rPr", &["w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:sz", "w:szCs", "w:lang"]),
    ("w:tblPr", &["w:tblStyle", "w:tblW", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook"]),
    ("w:trPr", &["w:cantSplit", "w:tblHeader"]),
    ("w:tcPr", &["w:tcW", "w:vAlign"]),
    ("w:sectPr", &["w:headerReference", "w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:pgNumType", "w:titlePg"]),
    ("w:sdtPr", &["w:alias", "w:tag", "w:id"]),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    ("w:tc", &["w:tcPr", "w:p", "w:sdt"]),
    ("w:style", &["w:name", "w:basedOn", "w:uiPriority", "w:semiHidden", "w:unhideWhenUsed", "w:qFormat", "w:pPr", "w:rPr", "w:tblPr"]),
];

fn check_order(text: &str) {
    let mut reader = Reader::from_str(text);
    // for each open element its name and the place of its last child
    let mut open: Vec<(String, usize)> = Vec::new();
    loop {
        let (name, opens) = match reader.read_event().expect("well-formed") {
            Event::Eof => return,
            Event::Start(tag) => (tag.name().as_ref().to_owned(), true),
            Event::Empty(tag) => (tag.name().as_ref().to_owned(), false),
            Event::End(_) => {
                open.pop();
                continue;
            }
            _ => continue,
        };
        if let Some((parent, last)) = open.last_mut()
            && let Some((_, children)) = ORDER.iter().find(|(known, _)| known == parent)
        {
            let place = children.iter().position(|child| *child == name).unwrap_or_else(|| panic!("{name} in {parent}"));
            // paragraphs and controls of a cell mix
            let mixed = parent == "w:tc" && place > 0 && *last > 0;
            assert!(place >= *last || mixed, "{name} stands too late in {parent}");
            *last = place;
        }
        if opens {
            open.push((name, 0));
        }
    }
}

#[test]
fn parts_are_in_the_order_of_the_schema() {
    for (project, plan) in PLANS {
        for (path, text) in parts(&docx(compiled(project), plan)) {
            if path.starts_with("word/") {
                check_order(&text);
            }
        }
    }
}

#[test]
fn every_cell_has_a_paragraph_and_every_style_exists() {
    for (project, plan) in PLANS {
        let bytes = docx(compiled(project), plan);
        let (document, styles) = (document(&bytes), part(&bytes, "word/styles.xml"));
        assert!(!document.contains("</w:tcPr></w:tc>"));
        let used: BTreeSet<&str> = document.split("Style w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(used.len() > 10, "{used:?}");
        for style in used {
            assert!(styles.contains(&format!("w:styleId=\"{style}\"")), "{style}");
        }
    }
}

#[test]
fn numbers_of_controls_are_unique() {
    let document = document(&docx(compiled("thanh-hoa"), "TH-2022"));
    let ids: Vec<&str> = document.split("<w:id w:val=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
    assert!(ids.len() > 300 && ids.len() == document.matches("<w:sdt>").count());
}

#[test]
fn decision_and_plan_stand_upright_and_each_appendix_lies_with_a_repeated_heading() {
    let document = document(&docx(compiled("thanh-hoa"), "TH-2022"));
    let sections: Vec<bool> =
        document.split("<w:sectPr>").skip(1).map(|rest| rest.split("</w:sectPr>").next().unwrap().contains("landscape")).collect();
    assert_eq!(sections, [&[false, false][..], &[true; 7]].concat());
    assert_eq!(document.matches("<w:tblHeader/>").count(), 7);
    assert_eq!(document.matches("<w:titlePg/>").count(), 9);
    assert_eq!(document.matches("w:type=\"first\" r:id").count(), 9);
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for (project, plan) in PLANS {
        assert!(docx(compiled(project), plan) == docx(compiled(project), plan), "{plan}");
    }
}

#[test]
fn characters_that_xml_forbids_are_left_out() {
    let mut compiled = check_sources(support::corpus("thai-nguyen"));
    let plan = compiled.model.find("TN-2020").expect("the plan");
    compiled.model.plans[plan.index()].header.signer = vec!["CHỦ TỊCH".into(), "A\u{fffe}<B>&\u{1}C".into()];
    let document = document(&docx(&compiled, "TN-2020"));
    assert!(document.contains("A&lt;B&gt;&amp;C") && !document.contains('\u{fffe}'));
}

#[test]
fn a_template_that_breaks_the_xml_is_reported_and_nothing_is_written() {
    let compiled = compiled("thai-nguyen");
    let templates = Templates::embedded().with_override("docx/signature.xml.j2", "<w:p>", kehoach::base::SourceId::new(0));
    let derivation = &compiled.derivations[compiled.model.find("TN-2020").expect("the plan").index()];
    let (bytes, findings) = render::docx(&compiled.model, derivation, &templates, &Options::default());
    assert!(bytes.is_empty());
    assert_eq!(findings.iter().map(|finding| finding.code.text()).collect::<Vec<_>>(), ["KH6003"]);
}

/// A Word file as a province might have it: one of the documents' styles by name, a header with a picture, pages that are all alike.
fn paper(header_relations: &str) -> Vec<u8> {
    let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |list: &str| {
        format!("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>")
    };
    let style = |id: &str, name: &str, more: &str| {
        format!("<w:style w:type=\"paragraph\"{more} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>")
    };
    let styles = [style("Binhthng", "Normal", " w:default=\"1\""), style("KHCnc", "KH  căn cứ", "")].concat();
    let files = [
        (
            "word/document.xml",
            format!(
                "<w:document xmlns:w=\"{word}\" xmlns:r=\"{office}\"><w:body><w:p/><w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId7\"/></w:sectPr></w:body></w:document>"
            ),
        ),
        (
            "word/_rels/document.xml.rels",
            relations(&format!(
                "<Relationship Id=\"rId1\" Type=\"{office}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId7\" Type=\"{office}/header\" Target=\"/word/header4.xml\"/>"
            )),
        ),
        ("word/styles.xml", format!("<w:styles xmlns:w=\"{word}\">{styles}</w:styles>")),
        ("word/header4.xml", format!("<w:hdr xmlns:w=\"{word}\"><w:p/></w:hdr>")),
        ("word/_rels/header4.xml.rels", relations(header_relations)),
        ("word/media/huy.png", "hình".to_owned()),
        ("word/vbaProject.bin", "macro".to_owned()),
    ];
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in files {
        out.start_file(path, zip::write::SimpleFileOptions::default()).expect("a part");
        std::io::Write::write_all(&mut out, text.as_bytes()).expect("bytes");
    }
    out.finish().expect("an archive").into_inner()
}

const PICTURE: &str = "<Relationship Id=\"rId1\" Type=\"x/image\" Target=\"media/huy.png\"/>";

fn on_paper(paper: &[u8]) -> (Vec<u8>, Vec<&'static str>) {
    let compiled = compiled("thai-nguyen");
    let templates = Templates::embedded().with_stationery(render::STATIONERY, paper, kehoach::base::SourceId::new(0));
    let derivation = &compiled.derivations[compiled.model.find("TN-2020").expect("the plan").index()];
    let (bytes, findings) = render::docx(&compiled.model, derivation, &templates, &Options::default());
    assert_eq!(findings, []);
    (bytes, templates.findings().iter().map(|finding| finding.code.text()).collect())
}

#[test]
fn styles_and_headers_of_the_projects_word_file_are_taken() {
    let (bytes, findings) = on_paper(&paper(PICTURE));
    assert_eq!(findings, ["KH6006"]);
    let (document, styles) = (document(&bytes), part(&bytes, "word/styles.xml"));
    assert!(document.contains("<w:pStyle w:val=\"KHCnc\"/>") && !document.contains("\"KHBasis\""));
    // what the file lacks is added, and rests on the file's own plain style
    assert!(
        styles.contains("w:styleId=\"KHBody\"")
            && styles.contains("<w:basedOn w:val=\"Binhthng\"/>")
            && !styles.contains("\"Normal\"/><w:qFormat")
    );
    let names: Vec<String> = parts(&bytes).into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().any(|name| name.starts_with("word/form/media/")) && !names.iter().any(|name| name.contains("vba")), "{names:?}");
    // the file has one header for all pages, so the first one shows it too
    assert!(!document.contains("titlePg") && document.matches("<w:headerReference").count() == document.matches("<w:sectPr>").count());
    for (path, text) in parts(&bytes) {
        if path.starts_with("word/") && path.ends_with(".xml") && path != "word/styles.xml" {
            check_order(&text);
        }
    }
}

#[test]
fn a_header_that_needs_another_file_is_left_out() {
    let link = "<Relationship Id=\"rId1\" Type=\"x/image\" Target=\"https://example.vn/huy.png\" TargetMode=\"External\"/>";
    let (bytes, findings) = on_paper(&paper(link));
    assert_eq!(findings, ["KH6007", "KH6006"]);
    let whole: String = parts(&bytes).into_iter().map(|(_, text)| text).collect();
    assert!(!whole.contains("example.vn") && whole.contains("w:fldSimple"));
}

#[test]
fn a_file_that_is_no_word_file_leaves_the_programs_styles() {
    let (bytes, findings) = on_paper(b"\xd0\xcf\x11\xe0");
    assert_eq!(findings, ["KH6005"]);
    assert!(document(&bytes).contains("\"KHBasis\""));
}
