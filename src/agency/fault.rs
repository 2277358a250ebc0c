//! What is wrong with a registry: cycles, two parents, unreachable agencies, names that two entries share.

use std::collections::HashMap;

use super::build::{Member, UpperLoc};
use super::words::encode;
use super::{AgencyDecl, Body, Declarations, Digraph, Link, LinkKind, Named, Node, Registry, UnitDecl, Validity};
use crate::base::{Key, Loc};
use crate::diag::{Code, Diagnostic, Message, msg};

/// Returns the edges of a cycle, in order, the closing one last.
pub(super) fn cycle_edges(cycle: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let next = cycle.iter().cycle().skip(1);
    cycle.iter().copied().zip(next.copied())
}

/// Returns the edge that leads back to where a cycle begins.
pub(super) fn closing_edge(cycle: &[usize]) -> (usize, usize) {
    cycle_edges(cycle).last().unwrap_or((0, 0))
}

/// Reports a cycle (KH1010): at the words of its closing edge, with those of the others.
pub(super) fn cycle(names: &[&str], locs: &[Loc]) -> Option<Diagnostic> {
    let (last, others) = locs.split_last()?;
    let chain = names.iter().chain(names.first()).copied().collect::<Vec<_>>().join(" → ");
    let message = msg!("Danh bạ có vòng lặp: {chain}", "The registry runs in a circle: {chain}");
    let help = msg!("bỏ một trong các dòng Thuộc hoặc Kế tục này", "remove one of these Thuộc or Kế tục lines");
    let finding = Diagnostic::new(Code::KH1010, *last, message).label(msg!("khép vòng ở đây", "closes the circle here")).help(help);
    Some(others.iter().take(3).fold(finding, |finding, loc| finding.related(*loc, msg!("đi qua đây", "runs through here"))))
}

/// Reports a second parent on one day (KH1011).
pub(super) fn two_parents(name: &str, loc: Loc, other: Loc) -> Diagnostic {
    let message = msg!("{name} có hai nơi trực thuộc trong cùng thời gian", "{name} lies below two at the same time");
    let help = msg!("ghi thời gian cho từng nơi (đến …; từ …), hoặc bỏ một nơi", "give each its time (đến …; từ …), or remove one");
    Diagnostic::new(Code::KH1011, loc, message).related(other, msg!("nơi thứ nhất", "the first")).help(help)
}

/// Reports an agency whose level nobody says (KH0026).
pub(super) fn agency_without_level(agency: &AgencyDecl) -> Diagnostic {
    let name = &agency.name.text;
    let message = msg!("{name} chưa ghi cấp", "{name} states no level");
    Diagnostic::new(Code::KH0026, Loc::new(agency.name.loc.source, agency.name.loc.span.after()), message)
        .help(msg!("thêm dòng “Cấp: …” dưới CƠ QUAN này", "add a line “Cấp: …” below this CƠ QUAN"))
}

/// Reports a unit whose level neither its type word nor the unit above tells (KH1014).
pub(super) fn unit_without_level(unit: &UnitDecl) -> Diagnostic {
    let name = &unit.name.text;
    let message = msg!("Không rõ “{name}” thuộc cấp nào", "The level of “{name}” cannot be told");
    let help = msg!(
        "viết tên có loại đơn vị ở trước (huyện …, thị xã …), hoặc ghi Thuộc",
        "write the unit type in front (huyện …, thị xã …), or state Thuộc"
    );
    Diagnostic::new(Code::KH1014, unit.name.loc, message).quote(name).help(help)
}

/// Reports a unit type in brackets that no level has (KH1014).
pub(super) fn unknown_kind(kind: &str, loc: Loc) -> Diagnostic {
    let message = msg!("Không có loại đơn vị “{kind}”", "There is no unit type “{kind}”");
    let help = msg!(
        "trong ngoặc ghi loại đơn vị (huyện, quận, thị xã, thành phố …) hoặc thời gian (từ …, đến …)",
        "brackets hold unit types (huyện, quận, thị xã, thành phố …) or times (từ …, đến …)"
    );
    Diagnostic::new(Code::KH1014, loc, message).quote(kind).help(help)
}

/// Adds did-you-mean with a ready edit, or else what to declare.
pub(super) fn with_suggestion(finding: Diagnostic, loc: Loc, near: Option<&str>, or: Message) -> Diagnostic {
    match near {
        Some(name) => {
            let help = Message {
                vi: format!("có phải là “{name}”? Nếu không, {}", or.vi),
                en: format!("did you mean “{name}”? If not, {}", or.en),
            };
            finding.help(help).fix(msg!("thay bằng “{name}”", "replace by “{name}”"), loc, name, false)
        }
        None => finding.help(or),
    }
}

/// Finds cycles (KH1010) among what lies below what and what succeeds what, cuts each at its closing edge, and leaves the graph of what
/// remains in the registry.
pub(super) fn cut_cycles(registry: &mut Registry, uppers: &[UpperLoc], findings: &mut Vec<Diagnostic>) {
    loop {
        let graph = graph(registry, uppers);
        let runs = [LinkKind::Under, LinkKind::Successor].iter().find_map(|kind| graph.order_among(|link| link.kind == *kind).err());
        let Some(nodes) = runs else {
            registry.graph = graph;
            return;
        };
        let names: Vec<&str> = nodes.iter().filter_map(|at| graph.node(*at)).map(|node| node.name.as_str()).collect();
        let locs: Vec<Loc> = cycle_edges(&nodes).filter_map(|(from, to)| graph.edge(from, to)).map(|link| link.loc).collect();
        findings.extend(cycle(&names, &locs));
        let (from, to) = closing_edge(&nodes);
        cut(registry, from, to);
    }
}

/// Removes what leads from one node to another.
fn cut(registry: &mut Registry, from: usize, to: usize) {
    let offsets = registry.offsets();
    if to < offsets.units {
        let upper = from;
        registry.levels[to].under.retain(|(level, _)| level.index() != upper);
    } else if to < offsets.agencies {
        let (from, to) = (from.saturating_sub(offsets.units), to - offsets.units);
        registry.units[to].under.retain(|(unit, _)| unit.index() != from);
        if let Some(unit) = registry.units.get_mut(from) {
            unit.successors.retain(|heir| heir.unit.index() != to);
        }
    } else {
        let (from, to) = (from.saturating_sub(offsets.agencies), to.saturating_sub(offsets.agencies));
        if let Some(agency) = registry.agencies.get_mut(to) {
            agency.parents.retain(|(parent, _)| parent.index() != from);
            agency.under = agency.parents.first().map(|(parent, _)| *parent);
        }
        if let Some(agency) = registry.agencies.get_mut(from) {
            let kept: Vec<bool> = agency.successors.iter().map(|(successor, _)| successor.index() != to).collect();
            let mut keep = kept.iter();
            agency.successors.retain(|_| keep.next().copied().unwrap_or(true));
            let mut keep = kept.iter();
            agency.successor_locs.retain(|_| keep.next().copied().unwrap_or(true));
        }
    }
}

/// Returns the graph over all entries.
fn graph(registry: &Registry, uppers: &[UpperLoc]) -> Digraph<Node, Link> {
    let offsets = registry.offsets();
    let mut graph = registry.nodes();
    for UpperLoc { lower, upper, loc } in uppers {
        let (from, to, validity) = match (lower, upper) {
            (Member::Level(lower), Member::Level(upper)) => {
                let under = registry.level(*lower).under.iter().find(|(id, _)| id == upper);
                (upper.index(), lower.index(), under.map(|(_, validity)| *validity))
            }
            (Member::Unit(lower), Member::Unit(upper)) => {
                let under = registry.unit(*lower).under.iter().find(|(id, _)| id == upper);
                (offsets.units + upper.index(), offsets.units + lower.index(), under.map(|(_, validity)| *validity))
            }
            (Member::Agency(lower), Member::Agency(upper)) => {
                let under = registry.agency(*lower).parents.iter().find(|(id, _)| id == upper);
                (offsets.agencies + upper.index(), offsets.agencies + lower.index(), under.map(|(_, validity)| *validity))
            }
            (Member::Level(_) | Member::Unit(_) | Member::Agency(_), _) => continue,
        };
        if let Some(validity) = validity {
            graph.add_edge(from, to, Link { kind: LinkKind::Under, validity, loc: *loc });
        }
    }
    for (id, unit) in registry.units() {
        let from_day = Validity { from: unit.validity.to.map(crate::base::Date::tomorrow), to: None };
        for successor in &unit.successors {
            let link = Link { kind: LinkKind::Successor, validity: from_day, loc: successor.loc };
            graph.add_edge(offsets.units + id.index(), offsets.units + successor.unit.index(), link);
        }
    }
    for (id, agency) in registry.agencies() {
        let from_day = Validity { from: agency.validity.to.map(crate::base::Date::tomorrow), to: None };
        for ((successor, _), loc) in agency.successors.iter().zip(&agency.successor_locs) {
            let link = Link { kind: LinkKind::Successor, validity: from_day, loc: *loc };
            graph.add_edge(offsets.agencies + id.index(), offsets.agencies + successor.index(), link);
        }
    }
    let sectors = registry.sector_lines.iter().enumerate().map(|(at, lines)| (offsets.sectors + at, LinkKind::Sector, lines));
    let groups = registry.group_lines.iter().enumerate().map(|(at, lines)| (offsets.groups + at, LinkKind::Conversion, lines));
    for (from, kind, lines) in sectors.chain(groups) {
        for line in lines {
            for body in &line.bodies {
                let to = match body {
                    Body::Agency(id) => offsets.agencies + id.index(),
                    Body::Group(id) => offsets.groups + id.index(),
                    Body::Institution(..) | Body::Open | Body::Unknown => continue,
                };
                graph.add_edge(from, to, Link { kind, validity: line.validity, loc: line.loc });
            }
        }
    }
    graph
}

/// Reports agencies that no sector, group or predecessor leads to (KH1012): nobody can say what they become at another level.
pub(super) fn unreached(registry: &Registry) -> Vec<Diagnostic> {
    let offsets = registry.offsets();
    let reached = registry.graph.reached(offsets.sectors..registry.graph.len(), |_| true);
    let lost = registry.agencies().filter(|(id, _)| !reached[offsets.agencies + id.index()]);
    let findings = lost.map(|(_, agency)| {
        let name = &agency.name;
        let message = msg!(
            "{name} không thuộc ngành, nhóm nào và không kế tục cơ quan nào",
            "{name} is in no sector or group and succeeds no agency"
        );
        let help = msg!(
            "thêm {name} vào một NGÀNH, để biết cấp khác ai làm việc này",
            "add {name} to a NGÀNH, so that it is known who does its work at other levels"
        );
        Diagnostic::new(Code::KH1012, agency.loc, message).quote(name).help(help)
    });
    findings.collect()
}

/// Reports names that two entries share in one time (KH1013): agencies of one level, units of one level below one unit, and levels, sectors
/// and groups. Entries of different levels may share a name: the new commune Hoằng Hóa has that of the old district.
pub(super) fn same_names(registry: &Registry, declarations: &Declarations) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    let mut agencies: Shared = Shared::default();
    for (at, agency) in declarations.agencies.iter().enumerate().filter(|(_, agency)| agency.level.is_some()) {
        let level = registry.agencies[at].level;
        for name in std::iter::once(&agency.name).chain(&agency.other_names) {
            out.extend(agencies.claim(format!("{}{}", level.index(), encode(&name.text)), at, agency.validity, name));
        }
    }
    let mut units = Shared::default();
    for (at, unit) in declarations.units.iter().enumerate() {
        let (level, upper) = (registry.units[at].level.index(), registry.units[at].under.first().map(|(id, _)| id.index()));
        for name in std::iter::once(&unit.name).chain(&unit.other_names) {
            out.extend(units.claim(format!("{level} {upper:?} {}", Key::new(&name.text)), at, unit.validity, name));
        }
    }
    let mut levels = Shared::default();
    for (at, level) in declarations.levels.iter().enumerate() {
        out.extend(levels.claim(Key::new(&level.name.text).to_string(), at, level.validity, &level.name));
    }
    let mut sectors = Shared::default();
    for (at, sector) in declarations.sectors.iter().enumerate() {
        for name in std::iter::once(&sector.name).chain(&sector.other_names) {
            out.extend(sectors.claim(Key::new(&name.text).to_string(), at, Validity::default(), name));
        }
    }
    let mut groups = Shared::default();
    for (at, group) in declarations.groups.iter().enumerate() {
        for name in std::iter::once(&group.name).chain(&group.other_names) {
            out.extend(groups.claim(encode(&name.text), at, Validity::default(), name));
        }
    }
    out
}

/// Who bears each name, and when.
#[derive(Default)]
struct Shared {
    claims: HashMap<String, Vec<(usize, Validity, Loc)>>,
}

impl Shared {
    /// Notes that an entry bears a name; returns a finding where another bears it on the same day.
    fn claim(&mut self, key: String, entry: usize, validity: Validity, name: &Named) -> Option<Diagnostic> {
        let claims = self.claims.entry(key).or_default();
        let other = claims.iter().find(|(other, time, _)| *other != entry && time.overlaps(validity)).map(|(.., loc)| *loc);
        claims.push((entry, validity, name.loc));
        let text = &name.text;
        let message = msg!("Hai mục cùng tên “{text}” trong cùng thời gian", "Two entries bear the name “{text}” at the same time");
        let help = msg!(
            "đổi tên một mục, bỏ tên khác trùng, hoặc sửa Hiệu lực cho khỏi chồng nhau",
            "rename one, remove the alias, or mend Hiệu lực so that they do not overlap"
        );
        Some(
            Diagnostic::new(Code::KH1013, name.loc, message)
                .quote(text)
                .related(other?, msg!("tên này đã khai ở đây", "the name is declared here"))
                .help(help),
        )
    }
}
