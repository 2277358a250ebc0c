//! From declarations to the registry: names become ids; what does not hold together is reported and left out.

mod agency;
mod level;
mod line;
mod unit;

use super::{AgencyId, Declarations, LevelId, Registry, UnitId, Validity, fault};
use crate::base::Loc;
use crate::diag::Diagnostic;

/// Checks declarations and builds the registry from all that hold together.
///
/// Findings: the family `KH1` (KH1010 to KH1014), each with both places where two disagree, and KH0026 for an agency without level. What a
/// finding names is left out of the registry.
pub fn build(declarations: &Declarations) -> (Registry, Vec<Diagnostic>) {
    let mut builder = Builder { registry: Registry::default(), findings: Vec::new(), upper_locs: Vec::new() };
    builder.levels(&declarations.levels);
    builder.kinds();
    builder.units(declarations);
    builder.agencies(declarations);
    builder.groups(declarations);
    builder.sectors(declarations);
    builder.agency_links(declarations);
    builder.terms(declarations);
    let Builder { mut registry, mut findings, upper_locs } = builder;
    findings.extend(fault::same_names(&registry, declarations));
    fault::cut_cycles(&mut registry, &upper_locs, &mut findings);
    if !declarations.sectors.is_empty() {
        findings.extend(fault::unreached(&registry));
    }
    finish(&mut registry);
    findings.sort_by_key(|finding| finding.primary.as_ref().map(|label| label.loc));
    (registry, findings)
}

/// The place of a `Thuộc`: the node that says so, the upper node, the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UpperLoc {
    pub(super) lower: Member,
    pub(super) upper: Member,
    pub(super) loc: Loc,
}

/// An entry that can lie below another of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Level(LevelId),
    Unit(UnitId),
    Agency(AgencyId),
}

struct Builder {
    registry: Registry,
    findings: Vec<Diagnostic>,
    upper_locs: Vec<UpperLoc>,
}

impl Builder {
    fn upper(&mut self, lower: Member, upper: Member, loc: Loc) {
        self.upper_locs.push(UpperLoc { lower, upper, loc });
    }

    /// Keeps the first of two parents that hold on one day, and reports the other (KH1011).
    fn one_at_a_time<T: Copy + PartialEq>(&mut self, name: &str, all: Vec<(T, Validity)>, locs: &[Loc]) -> Vec<(T, Validity)> {
        let mut kept: Vec<(T, Validity, Loc)> = Vec::new();
        for ((upper, validity), loc) in all.into_iter().zip(locs) {
            match kept.iter().find(|(_, other, _)| other.overlaps(validity)) {
                Some((first, _, other)) => {
                    if *first != upper {
                        self.findings.push(fault::two_parents(name, *loc, *other));
                    }
                }
                None => kept.push((upper, validity, *loc)),
            }
        }
        kept.into_iter().map(|(upper, validity, _)| (upper, validity)).collect()
    }
}

/// Fills the tables that only answer questions.
fn finish(registry: &mut Registry) {
    let mut below: Vec<Vec<UnitId>> = vec![Vec::new(); registry.units.len()];
    for (id, unit) in registry.units() {
        for (upper, _) in &unit.under {
            if below[upper.index()].last() != Some(&id) {
                below[upper.index()].push(id);
            }
        }
    }
    registry.units_below = below;
}
