//! An audit: which plans are compared, with whom, and what came of it.
//!
//! Plans are named by code, file or folder. A folder's files are read beside the project's own, so that one registry reads all names. Units
//! are read from the plans' heads; a plan is audited against the nearest one above it that takes part, which makes an audit of several levels a tree.

mod answers;
mod baseline;
pub(super) mod document;
mod drift;
mod namesake;
mod report;

pub use answers::{PairAnswers, pair_answers};

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Failure, Input, Parsed, files, load, passes};
use crate::agency::{LevelId, Registry, UnitId};
use crate::base::{Date, Key, Loc, Source, SourceId, Sources, Span};
use crate::derive::{Content, Derivation};
use crate::diag::{Code, Diagnostic, Findings, Message, msg};
use crate::lock::Fingerprint;
use crate::matching::{Audit, AuditRow, Link, Lower, Side, Upper};
use crate::model::{self, Fate, Model, Outcome, Plan, PlanId, Task};
use crate::syntax::ast;
use crate::value::Progress;

/// What a command names: the parent, or what is compared with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A plan of the project, or a handing-on, whose recipients are meant.
    Plan(String),
    /// A file or folder.
    Path(PathBuf),
}

/// The list of known gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// Its name, for findings.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// An audit with its findings.
#[derive(Debug)]
pub struct Audited {
    /// What became of each task.
    pub audit: Audit,
    /// All files that were read.
    pub sources: Sources,
    /// What is wrong, in order, each once.
    pub findings: Findings,
}

/// Audits plans against a parent.
///
/// # Errors
/// Where the parent or a child does not exist, holds no plan, or cannot be read at all.
pub fn audit(input: &Input, parent: &Subject, children: &[Subject], baseline: Option<&Baseline>) -> Result<Audited, Failure> {
    let mut world = World::read(input, parent, children)?;
    let top = world.one(parent)?;
    let mut notes = std::mem::take(&mut world.notes);
    let (taking_part, folders) = world.children(top, children, &mut notes)?;
    world.derive(top, &taking_part);
    let tree = Tree::grow(&world, top, taking_part, folders, &mut notes);
    let mut audit = tree.audit(&world);
    if let Some(baseline) = baseline {
        notes.extend(baseline::apply(baseline, &mut audit, &mut world.sources));
    }
    let known = baseline.map(|baseline| baseline.name.clone()).unwrap_or_default();
    // a name that several units have is told already, with their names
    let told: Vec<Option<String>> = notes.iter().filter(|note| note.code == Code::KH5070).map(|note| note.subject.plan.clone()).collect();
    notes
        .extend(passes::audited(&audit, &known).into_iter().filter(|note| note.code != Code::KH5054 || !told.contains(&note.subject.plan)));
    let findings = Findings::new(notes, &world.sources);
    let World { sources, model, derivations, .. } = world;
    // to take down what hundreds of plans said takes a while: meanwhile the result is shown
    rayon::spawn(move || drop((model, derivations)));
    Ok(Audited { audit, sources, findings })
}

/// Returns the list of an audit's gaps, one per line, as `--baseline` reads it.
pub fn known_gaps(audit: &Audit) -> String {
    baseline::list(audit)
}

/// All plans that are at hand.
struct World {
    sources: Sources,
    model: Model,
    /// By plan; empty for those that take no part.
    derivations: Vec<Derivation>,
    /// The sources of each file below a path that was named.
    named: Vec<(PathBuf, Vec<SourceId>)>,
    /// What was read from documents, each with the document's own text.
    documents: BTreeMap<SourceId, SourceId>,
    notes: Vec<Diagnostic>,
}

impl World {
    fn read(input: &Input, parent: &Subject, children: &[Subject]) -> Result<Self, Failure> {
        let (mut sources, mut notes) = (Sources::default(), Vec::new());
        let texts = files::read(input, &mut sources, &mut notes);
        let (mut parsed, _) = passes::parse(&sources, &texts);
        // what the project itself has to say about its files is `check`'s answer
        notes.clear();
        let root = match input {
            Input::Folder(root) => std::fs::canonicalize(root).ok(),
            Input::File(_) | Input::Memory(_) => None,
        };
        // the project's registry tells the names in documents; it is made only where there are some
        let mut own: Option<(Registry, Vec<model::Code>)> = None;
        let mut taken: BTreeSet<Key> = BTreeSet::new();
        let mut documents: BTreeMap<SourceId, SourceId> = BTreeMap::new();
        let mut named: Vec<(PathBuf, Vec<SourceId>)> = Vec::new();
        let mut stale: Vec<(PathBuf, PathBuf)> = Vec::new();
        for subject in std::iter::once(parent).chain(children) {
            let Subject::Path(path) = subject else { continue };
            if named.iter().any(|(known, _)| known == path) {
                continue;
            }
            let (mut read, mut texts, mut papers) = (Vec::new(), Vec::new(), Vec::new());
            let mut own_files: BTreeMap<&str, SourceId> = BTreeMap::new();
            for (id, source) in sources.iter() {
                own_files.entry(source.name()).or_insert(id);
            }
            let files = document::below(path)?.into_iter().map(|file| {
                let inside = root.as_ref().and_then(|root| inside(&file, root));
                (inside.and_then(|name| own_files.get(name.as_str()).copied()), file)
            });
            for (known, file) in files.collect::<Vec<_>>() {
                if let Some(document) = document::original(&file) {
                    let (registry, _) = own.get_or_insert_with(|| known_names(input, &parsed, &mut sources));
                    stale.extend(document::stale(&file, &document, registry).then(|| (file.clone(), document)));
                }
                match known {
                    Some(source) => read.push(source),
                    None if document::is_source(&file) => {
                        texts.extend(files::add(&document::shown(&file), files::bytes(&file), &mut sources, &mut notes));
                    }
                    None => papers.push(file),
                }
            }
            if !papers.is_empty() {
                let (registry, codes) = own.get_or_insert_with(|| known_names(input, &parsed, &mut sources));
                let (registry, units): (&Registry, _) = (registry, document::UnitNames::of(registry));
                taken.extend(codes.iter().map(|code| code.key.clone()));
                let coded: Vec<(PathBuf, String)> =
                    papers.into_iter().map(|file| (file.clone(), document::code_of(&file, &mut taken))).collect();
                let made: Vec<_> =
                    coded.into_par_iter().map(|(file, code)| (document::read(&file, code, registry, &units), file)).collect();
                for (made, file) in made {
                    match made {
                        Ok(made) => {
                            let (source, printed) = document::add(made, &mut sources, &mut notes);
                            documents.extend(printed.map(|printed| (source, printed)));
                            texts.push(source);
                        }
                        Err(failure) => {
                            // the others of its folder are audited all the same
                            let source = sources.add(Source::new(document::shown(&file), ""));
                            notes.push(Diagnostic::new(Code::KH0001, Loc::new(source, Span::default()), failure.message));
                        }
                    }
                }
            }
            let (trees, more) = passes::parse(&sources, &texts);
            notes.extend(more);
            parsed.extend(trees);
            read.extend(texts);
            named.push((path.clone(), read));
        }
        for (file, document) in stale {
            let (name, paper) = (document::shown(&file), document::shown(&document));
            let known = sources.iter().find(|(_, source)| name.ends_with(source.name())).map(|(id, _)| id);
            let source = known.unwrap_or_else(|| sources.add(Source::new(name.clone(), "")));
            notes.push(
                Diagnostic::new(
                    Code::KH5079,
                    Loc::new(source, Span::default()),
                    msg!("{paper} đã đổi sau khi được ghi thành {name}", "{paper} has changed since it was recorded as {name}"),
                )
                .help(msg!(
                    "Nhập lại văn bản (kehoach import {paper} -o {name} --force), rồi ghi lại các dòng Ứng với",
                    "Import the document again (kehoach import {paper} -o {name} --force) and write the Ứng với lines again"
                )),
            );
        }
        let units = load::units(input, &parsed, &mut sources, &mut Vec::new());
        let trees: Vec<(SourceId, &ast::File)> = parsed.iter().map(|parsed| (parsed.source, &parsed.file)).collect();
        let (mut model, _) = passes::resolve(&sources, &trees, units);
        super::results::attach(input, &mut model, &mut sources, &mut Vec::new());
        Ok(Self { sources, model, derivations: Vec::new(), named, documents, notes })
    }

    /// Derives the plans that take part; a project may hold many more.
    fn derive(&mut self, top: PlanId, taking_part: &[PlanId]) {
        // beside them: the plans that the project derives for the same units, and those that say what was over
        let whose = |id: PlanId| (self.plan(id).unit, self.plan(id).header.year);
        let units: BTreeSet<_> = taking_part.iter().map(|id| whose(*id)).filter(|(unit, _)| unit.is_some()).collect();
        let beside = |id: &PlanId| self.plan(*id).roll.results.is_some() || units.contains(&whose(*id)) && drift::is_derived(self, *id);
        let beside: Vec<PlanId> = self.model.plans().map(|(id, _)| id).filter(beside).collect();
        let asked: Vec<PlanId> = taking_part.iter().copied().chain([top]).chain(beside).collect();
        self.derivations = passes::derive_for(&self.model, &asked);
        for derivation in &mut self.derivations {
            // as large as the content, and nothing more is derived from it
            derivation.template = Content::default();
        }
    }

    fn plan(&self, id: PlanId) -> &Plan {
        self.model.plan(id)
    }

    /// Returns the document's own text for what was read from it.
    fn document(&self, read: SourceId) -> Option<SourceId> {
        self.documents.get(&read).copied()
    }

    /// Returns a line (from 1) of the document from which a place was read; `None` where it is no text, or has no such line.
    fn document_loc(&self, at: Loc, line: usize) -> Option<Loc> {
        let printed = self.document(at.source)?;
        let source = self.sources.get(printed);
        (1..=source.line_count()).contains(&line).then(|| Loc::new(printed, source.line_span(line - 1)))
    }

    /// Returns the first line of a document that says something.
    fn document_head(&self, at: Loc) -> Option<Loc> {
        let source = self.sources.get(self.document(at.source)?);
        let line = (1..=source.line_count()).find(|line| !source.slice(source.line_span(line - 1)).trim().is_empty())?;
        self.document_loc(at, line)
    }

    /// Returns the name of the file in which something stands.
    fn file_of(&self, source: SourceId) -> &str {
        self.sources.get(self.document(source).unwrap_or(source)).name()
    }

    /// Returns the plans of a file or below a folder.
    fn at(&self, path: &Path) -> Vec<PlanId> {
        let sources: &[SourceId] = self.named.iter().find(|(known, _)| known == path).map_or(&[], |(_, list)| list);
        let here = |plan: &Plan| plan.generated.is_none() && sources.contains(&plan.loc.source);
        self.model.plans().filter(|(_, plan)| here(plan)).map(|(id, _)| id).collect()
    }

    /// Returns what the results that the project holds say of a task that was over before a child's plan; `None` where none does. Results are
    /// those of a `LẬP NĂM` for the child's year or an earlier one; a task that it takes over goes on, whatever was done of it.
    fn done(&self, upper: PlanId, at: usize, task: &Task, child: &Plan) -> Option<Message> {
        let code = &self.plan(upper).code;
        let next = self.model.plans().filter(|(_, next)| next.header.year.is_some() && next.header.year <= child.header.year);
        next.into_iter().find_map(|(id, next)| {
            let results = next.roll.results.as_ref()?;
            let goes_on = |fate: &Fate| fate.parent == upper && fate.task == at && matches!(fate.outcome, Outcome::Carried { .. });
            if self.derivations[id.index()].fates.iter().any(goes_on) {
                return None;
            }
            let row = results.of(code, &task.code).filter(|row| row.progress == Some(Progress::Done))?;
            let (file, number) = (&results.file, row.number);
            Some(msg!("kết quả ở {file}, hàng {number}: đã hoàn thành", "the results in {file}, row {number}: done"))
        })
    }

    /// Returns the one plan that is the parent.
    fn one(&self, subject: &Subject) -> Result<PlanId, Failure> {
        match subject {
            Subject::Plan(code) => self.model.find(code).ok_or_else(|| no_plan(code)),
            Subject::Path(path) => {
                let shown = path.display();
                match self.at(path).as_slice() {
                    [one] => Ok(*one),
                    [] => Err(Failure::new(msg!("{shown} không có kế hoạch nào", "There is no plan in {shown}"))),
                    [_, _, ..] => Err(Failure::new(msg!(
                        "{shown} có nhiều kế hoạch; hãy nêu mã một kế hoạch",
                        "{shown} holds several plans; name one by its code"
                    ))),
                }
            }
        }
    }

    /// Returns the plans that take part, each once, and whether a whole folder or handing-on was named.
    fn children(&self, top: PlanId, subjects: &[Subject], notes: &mut Vec<Diagnostic>) -> Result<(Vec<PlanId>, bool), Failure> {
        let mut out: Vec<PlanId> = Vec::new();
        let mut folders = false;
        for subject in subjects {
            let found = match subject {
                Subject::Plan(code) => match (self.model.find(code), self.model.find_handing(code)) {
                    (Some(plan), _) => vec![plan],
                    (None, Some(handing)) => handing.recipients.iter().filter_map(|recipient| recipient.plan).collect(),
                    (None, None) => return Err(no_plan(code)),
                },
                Subject::Path(path) => {
                    folders |= path.is_dir();
                    let found = self.at(path);
                    self.without_plan(path, &found, notes);
                    found
                }
            };
            for plan in found {
                if plan != top && !out.contains(&plan) {
                    out.push(plan);
                }
            }
        }
        Ok((out, folders))
    }

    /// Reports files that were named and hold no plan.
    fn without_plan(&self, path: &Path, found: &[PlanId], notes: &mut Vec<Diagnostic>) {
        let sources: &[SourceId] = self.named.iter().find(|(known, _)| known == path).map_or(&[], |(_, list)| list);
        for source in sources {
            if found.iter().any(|plan| self.plan(*plan).loc.source == *source) {
                continue;
            }
            let name = self.file_of(*source);
            notes.push(Diagnostic::new(
                Code::KH5054,
                Loc::new(*source, Span::default()),
                msg!("{name} không có kế hoạch nào", "There is no plan in {name}"),
            ));
        }
    }

    fn side(&self, id: PlanId) -> Side<'_> {
        let plan = self.plan(id);
        Side {
            registry: &self.model.registry,
            unit: plan.unit,
            year: plan.header.year.or(plan.header.period.map(|(first, _)| first)),
            date: plan.registry_date(),
            content: &self.derivations[id.index()].content,
        }
    }
}

/// Who is audited against whom.
struct Tree {
    top: PlanId,
    rows: Vec<Node>,
}

/// A row before it is compared.
struct Node {
    unit: Option<UnitId>,
    plan: Option<PlanId>,
    below: Vec<Node>,
}

impl Tree {
    fn grow(world: &World, top: PlanId, plans: Vec<PlanId>, folders: bool, notes: &mut Vec<Diagnostic>) -> Self {
        let upper = world.plan(top).unit;
        let mut of_unit: Vec<(UnitId, PlanId)> = Vec::new();
        let mut rows: Vec<Node> = Vec::new();
        let mut strangers: Vec<Node> = Vec::new();
        for plan in plans {
            match world.plan(plan).unit {
                None => strangers.push(Node { unit: None, plan: Some(plan), below: Vec::new() }),
                Some(unit) => match of_unit.iter_mut().find(|(known, _)| *known == unit) {
                    // what was issued is audited; the plan that the project derives is what it is measured against
                    Some((_, first)) if drift::is_derived(world, *first) && !drift::is_derived(world, plan) => *first = plan,
                    Some((_, first)) if drift::is_derived(world, plan) && !drift::is_derived(world, *first) => {}
                    Some((_, first)) => notes.push(twice(world, unit, *first, plan)),
                    None => of_unit.push((unit, plan)),
                },
            }
        }
        let wanted = if folders { expected(world, top, &of_unit) } else { Vec::new() };
        let mut all: Vec<(UnitId, Option<PlanId>)> = of_unit.iter().map(|(unit, plan)| (*unit, Some(*plan))).collect();
        all.extend(wanted.into_iter().map(|unit| (unit, None)));
        // the registry's order is the order of the official list
        all.sort_by_key(|(unit, _)| *unit);
        // upper levels first, so that a node finds the one above it
        let date = world.plan(top).registry_date();
        let depth = |unit: UnitId| above(world, unit, date).len();
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|at| depth(all[*at].0));
        for at in order {
            let (unit, plan) = all[at];
            let path: Vec<UnitId> = above(world, unit, date).into_iter().take_while(|unit| Some(*unit) != upper).collect();
            place(&mut rows, &path, Node { unit: Some(unit), plan, below: Vec::new() });
        }
        rows.extend(strangers);
        Self { top, rows }
    }

    /// Returns what tells two runs apart: the fingerprint of all texts that were compared.
    fn fingerprint(&self, world: &World) -> String {
        let mut all = vec![self.top];
        plans(&self.rows, &mut all);
        let mut seen = BTreeSet::new();
        let sources = all.iter().map(|plan| world.plan(*plan).loc.source).filter(|source| seen.insert(*source));
        Fingerprint::of(sources.map(|source| world.sources.get(source).text())).to_string()
    }

    fn audit(&self, world: &World) -> Audit {
        let plan = world.plan(self.top);
        let mut children = compare(world, self.top, &self.rows);
        report::breaks(world, self.top, &mut children);
        Audit {
            parent: report::plan(world, self.top, false),
            children,
            registry_date: plan.registry_date(),
            unchecked: unchecked(world, self.top),
            fingerprint: self.fingerprint(world),
        }
    }
}

fn plans(rows: &[Node], out: &mut Vec<PlanId>) {
    for row in rows {
        out.extend(row.plan);
        plans(&row.below, out);
    }
}

/// Returns the units above a unit, the nearest first.
fn above(world: &World, unit: UnitId, date: Date) -> Vec<UnitId> {
    let registry = &world.model.registry;
    let mut out = Vec::new();
    let mut at = registry.unit_above(unit, date).or_else(|| registry.unit(unit).under.first().map(|(upper, _)| *upper));
    while let Some(upper) = at.filter(|upper| !out.contains(upper) && *upper != unit) {
        out.push(upper);
        at = registry.unit_above(upper, date);
    }
    out
}

/// Puts a node below the nearest one of the units above it.
fn place(rows: &mut Vec<Node>, path: &[UnitId], node: Node) {
    // the farthest first: the tree is walked from the top
    for (at, unit) in path.iter().enumerate().rev() {
        if let Some(found) = rows.iter_mut().position(|row| row.unit == Some(*unit)) {
            return place(&mut rows[found].below, &path[..at], node);
        }
    }
    rows.push(node);
}

/// Returns the units that should have a plan and have none: of the levels that take part, and those between.
fn expected(world: &World, top: PlanId, of_unit: &[(UnitId, PlanId)]) -> Vec<UnitId> {
    let registry = &world.model.registry;
    let Some(upper) = world.plan(top).unit else { return Vec::new() };
    let date = of_unit.iter().map(|(_, plan)| world.plan(*plan).registry_date()).max().unwrap_or_else(|| world.plan(top).registry_date());
    let levels: BTreeSet<LevelId> = of_unit.iter().map(|(unit, _)| registry.unit(*unit).level).collect();
    let mut out = Vec::new();
    let mut open = vec![upper];
    let mut seen = BTreeSet::new();
    while let Some(unit) = open.pop() {
        if !seen.insert(unit) {
            continue;
        }
        for below in registry.units_below(unit, date) {
            let lies_below = |(other, _): &(UnitId, PlanId)| above(world, *other, date).contains(&below);
            let takes_part = levels.contains(&registry.unit(below).level) || of_unit.iter().any(lies_below);
            if takes_part && !of_unit.iter().any(|(known, _)| *known == below) {
                out.push(below);
            }
            open.push(below);
        }
    }
    out
}

/// Compares rows with the plan above them, and what is below with theirs.
fn compare(world: &World, upper: PlanId, nodes: &[Node]) -> Vec<AuditRow> {
    // units without a plan lend their place to the plan above them
    fn direct<'n>(nodes: &'n [Node], out: &mut Vec<(&'n Node, PlanId)>) {
        for node in nodes {
            match node.plan {
                Some(plan) => out.push((node, plan)),
                None => direct(&node.below, out),
            }
        }
    }
    let mut compared = Vec::new();
    direct(nodes, &mut compared);
    if compared.is_empty() {
        // most plans have none below them: there is nothing to read them for
        return rows(world, nodes, &mut Vec::new());
    }
    let prepared = Upper::new(world.plan(upper), &world.derivations[upper.index()], world.side(upper));
    let lowers: Vec<Lower<'_>> = compared.iter().map(|(_, plan)| report::lower(world, upper, *plan)).collect();
    let links = prepared.align(&lowers);
    let row = |((node, plan), links): (&(&Node, PlanId), Vec<Link>)| {
        let mut row = report::row(world, upper, *plan, links);
        row.drift = drift::drift(world, upper, *plan);
        row.below = compare(world, *plan, &node.below);
        (*plan, row)
    };
    let mut done: Vec<(PlanId, AuditRow)> = compared.par_iter().zip(links).map(row).collect();
    rows(world, nodes, &mut done)
}

/// Puts compared rows back into the order of their nodes.
fn rows(world: &World, nodes: &[Node], done: &mut Vec<(PlanId, AuditRow)>) -> Vec<AuditRow> {
    let mut out = Vec::new();
    for node in nodes {
        match node.plan {
            Some(plan) => {
                if let Some(at) = done.iter().position(|(known, _)| *known == plan) {
                    out.push(done.swap_remove(at).1);
                }
            }
            None => {
                let below = rows(world, &node.below, done);
                out.push(report::without_plan(world, node.unit, below));
            }
        }
    }
    out
}

fn unchecked(world: &World, top: PlanId) -> Vec<Message> {
    let mut out = Vec::new();
    if world.plan(top).unit.is_none() {
        out.push(msg!(
            "Không rõ đơn vị của kế hoạch cấp trên: không kết luận được bỏ sót hay không",
            "Whose plan the parent is cannot be read: whether a task was dropped cannot be decided"
        ));
    }
    out.push(msg!(
        "Phần lời của kế hoạch (mục đích, yêu cầu, giải pháp, tổ chức thực hiện) và chỉ tiêu chung không được so sánh; chỉ so sánh nhiệm vụ",
        "The prose of the plans (aims, measures, organisation) and their plan-level targets are not compared; only their tasks are"
    ));
    out.push(msg!(
        "Trong nhiệm vụ, kinh phí, căn cứ, ghi chú và cột riêng không được so sánh",
        "Of a task, its budget, legal bases, notes and columns of the unit's own are not compared"
    ));
    out.push(msg!(
        "Lỗi trình bày, viện dẫn, đánh số trong từng văn bản không xét ở đây: dùng kehoach check TỆP",
        "Faults of form, citation and numbering within a document are not looked for here: use kehoach check FILE"
    ));
    out
}

fn twice(world: &World, unit: UnitId, first: PlanId, second: PlanId) -> Diagnostic {
    let name = &world.model.registry.unit(unit).name;
    let (one, other) = (world.plan(first), world.plan(second));
    let (a, b) = (world.file_of(one.loc.source), world.file_of(other.loc.source));
    Diagnostic::new(
        Code::KH5053,
        other.loc,
        msg!("{b} và {a} đều là kế hoạch của {name}; chỉ đối chiếu {a}", "{b} and {a} are both plans of {name}; only {a} is audited"),
    )
    .related(one.loc, msg!("kế hoạch được đối chiếu", "the plan that is audited"))
    .help(msg!("Bỏ tệp không đúng rồi đối chiếu lại", "Remove the wrong file and audit again"))
    .about(&other.code.text, name, "")
}

fn no_plan(code: &str) -> Failure {
    Failure::new(msg!("Không có kế hoạch, tệp hay thư mục “{code}”", "There is no plan, file or folder “{code}”"))
}

/// Returns a file's name relative to the project; `None` where it lies outside.
fn inside(file: &Path, root: &Path) -> Option<String> {
    let whole = std::fs::canonicalize(file).ok()?;
    Some(whole.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/"))
}

/// Adds the baseline to the sources, so that findings can point into it.
pub(super) fn add_source(sources: &mut Sources, baseline: &Baseline) -> SourceId {
    sources.add(Source::new(baseline.name.clone(), baseline.text.clone()))
}

/// Returns the registry of the project's own files, which reads the names in documents, and the codes of its plans.
fn known_names(input: &Input, parsed: &[Parsed], sources: &mut Sources) -> (Registry, Vec<model::Code>) {
    let units = load::units(input, parsed, sources, &mut Vec::new());
    let trees: Vec<(SourceId, &ast::File)> = parsed.iter().map(|parsed| (parsed.source, &parsed.file)).collect();
    passes::names(sources, &trees, units)
}
