//! The parts of a Word document: which there are and how they hang together.

use super::super::archive::{Archive, Fault};
use super::super::xml::{Tree, text_of};

/// A relation of the main part.
#[derive(Debug)]
struct Relation {
    /// The last word of its type (`styles`, `image`).
    kind: String,
    target: String,
    is_external: bool,
}

impl Relation {
    /// Says whether it brings something from outside into the document. A link that a reader may follow does not, nor does the template on the
    /// writer's own disk, which nearly every document names.
    fn is_outside(&self) -> bool {
        let is_far = || self.target.starts_with("http") || self.target.starts_with("\\\\") || self.target.starts_with("file:////");
        self.is_external && self.kind != "hyperlink" && (self.kind != "attachedTemplate" || is_far())
    }
}

/// A Word document's parts.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    names: Vec<String>,
    /// Folder of the main part, with `/`.
    folder: String,
    relations: Vec<Relation>,
    /// What lies outside the document and is part of it: targets, in order.
    external: Vec<String>,
    damaged: bool,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Fault> {
        let archive = Archive::open(bytes)?;
        let names = archive.names();
        Ok(Self { archive, names, folder: String::new(), relations: Vec::new(), external: Vec::new(), damaged: false })
    }

    /// Returns the text of the main part and learns its relations; `None` where there is none.
    pub(super) fn main(&mut self) -> Result<Option<String>, Fault> {
        let package = self.relations_of("_rels/.rels")?;
        let named = package.iter().find(|relation| relation.kind == "officeDocument" && !relation.is_external);
        let name = named.map_or_else(|| "word/document.xml".to_owned(), |relation| joined("", &relation.target));
        let (folder, file) = name.rsplit_once('/').map_or(("", name.as_str()), |(folder, file)| (folder, file));
        self.folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        self.relations = self.relations_of(&format!("{}_rels/{file}.rels", self.folder))?;
        let settings = self.relations_of(&format!("{}_rels/settings.xml.rels", self.folder))?;
        let outside = self.relations.iter().chain(&settings).filter(|relation| relation.is_outside());
        self.external = outside.map(|relation| relation.target.clone()).collect();
        self.text(&name)
    }

    /// Returns the text of the part that the main part relates to in this way; empty where there is none.
    pub(super) fn related(&mut self, kind: &str) -> Result<String, Fault> {
        let found = self.relations.iter().find(|relation| relation.kind == kind && !relation.is_external);
        let name = found.map_or_else(|| format!("{}{kind}.xml", self.folder), |relation| joined(&self.folder, &relation.target));
        Ok(self.text(&name)?.unwrap_or_default())
    }

    /// Returns the texts of all parts of these kinds.
    pub(super) fn all(&mut self, kinds: &[&str]) -> Result<Vec<String>, Fault> {
        let relations = self.relations.iter().filter(|relation| kinds.contains(&relation.kind.as_str()) && !relation.is_external);
        let names: Vec<String> = relations.map(|relation| joined(&self.folder, &relation.target)).collect();
        let mut out = Vec::new();
        for name in names {
            out.extend(self.text(&name)?);
        }
        Ok(out)
    }

    pub(super) fn has_macros(&self) -> bool {
        self.names.iter().any(|name| name.to_ascii_lowercase().ends_with("vbaproject.bin"))
    }

    pub(super) fn external(&self) -> &[String] {
        &self.external
    }

    /// Says whether a part that was read did not end as it should.
    pub(super) fn is_damaged(&self) -> bool {
        self.damaged
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let Some(part) = self.archive.part(name)? else { return Ok(None) };
        self.damaged |= !part.whole;
        Ok(Some(text_of(part.bytes)))
    }

    fn relations_of(&mut self, name: &str) -> Result<Vec<Relation>, Fault> {
        let text = self.text(name)?.unwrap_or_default();
        let tree = Tree::parse(&text)?;
        let nodes = tree.top().into_iter().flat_map(|top| top.children()).filter(|node| node.name() == "Relationship");
        let relations = nodes.map(|node| Relation {
            kind: node.attribute("Type").unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned(),
            target: node.attribute("Target").unwrap_or_default().into_owned(),
            is_external: node.attribute("TargetMode").is_some_and(|mode| mode == "External"),
        });
        Ok(relations.collect())
    }
}

/// Returns the name of an entry: a target from the root, or from a folder. Only a name to look up: it never becomes a path.
fn joined(folder: &str, target: &str) -> String {
    let whole = match target.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None => format!("{folder}{target}"),
    };
    let mut out: Vec<&str> = Vec::new();
    for step in whole.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                out.pop();
            }
            step => out.push(step),
        }
    }
    out.join("/")
}
