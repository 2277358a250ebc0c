//! Steps 1 to 4: bodies in roles.

use super::{Shift, Shifted, Trouble};
use crate::agency::{AgencyId, Body, Counterpart, Heir, Holder, Institution, SectorId, Successor};
use crate::base::{Key, Loc};
use crate::model::{Role, Rule, Step};

/// What one body becomes.
enum Turn {
    /// It stays as it is.
    Stays,
    /// It becomes another body.
    Becomes(Body, Rule, Option<Loc>),
    /// It is the child itself: the class of its own level.
    Own,
    /// It is the UBND of all levels.
    AllLevels,
    /// It is left out.
    Gone,
}

impl Shift<'_> {
    /// Translates leads. The child's own level is dropped where a body of that level remains, else it becomes the focal body of the
    /// appendix (already translated).
    pub fn leads(&self, roles: &[Role], sector: Option<SectorId>, focal: Option<&Role>) -> Shifted<Vec<Role>> {
        let mut out = self.turned(roles, sector);
        let stands = out.value.iter().any(|slot| matches!(slot, Slot::Role(role) if self.is_own(role.body)));
        let mut filled = stands;
        let value = std::mem::take(&mut out.value);
        let mut list = Vec::new();
        for slot in value {
            match slot {
                Slot::Role(role) => list.push(role),
                Slot::Own(role) => match focal.filter(|_| !filled) {
                    Some(focal) => {
                        filled = true;
                        out.steps.push(self.step(Rule::OwnLevel, role.text.clone(), focal.text.clone(), Some(focal.loc)));
                        let duty = role.duty.or_else(|| focal.duty.clone());
                        list.push(Role { loc: role.loc, duty, ..focal.clone() });
                    }
                    None => out.steps.push(self.step(Rule::OwnLevel, role.text.clone(), "", Some(self.level_loc()))),
                },
            }
        }
        self.once(list, out.steps, out.troubles)
    }

    /// Translates coordinators and synthesisers. The child's own level becomes the class of its own bodies.
    pub fn coordinators(&self, roles: &[Role], sector: Option<SectorId>) -> Shifted<Vec<Role>> {
        let mut out = self.turned(roles, sector);
        let value = std::mem::take(&mut out.value);
        let mut list = Vec::new();
        for slot in value {
            match slot {
                Slot::Role(role) => list.push(role),
                Slot::Own(role) => match self.registry.class_of_level(self.level(), self.date) {
                    Some((group, loc)) => {
                        let body = Body::Group(group);
                        let text = self.registry.name_of(body, Some(self.to));
                        out.steps.push(self.step(Rule::OwnLevel, role.text.clone(), text.clone(), Some(loc)));
                        list.push(Role { body, text, duty: None, sector: None, label: role.label.clone(), loc: role.loc });
                    }
                    None => out.steps.push(self.step(Rule::OwnLevel, role.text.clone(), "", Some(self.level_loc()))),
                },
            }
        }
        self.once(list, out.steps, out.troubles)
    }

    /// Translates one body, such as the focal body of an appendix; `None` where it has no counterpart.
    pub fn role(&self, role: &Role, sector: Option<SectorId>) -> Shifted<Option<Role>> {
        let mut out = self.turned(std::slice::from_ref(role), sector);
        let value = out.value.drain(..).find_map(|slot| match slot {
            Slot::Role(role) => Some(role),
            Slot::Own(_) => None,
        });
        Shifted { value, steps: out.steps, troubles: out.troubles }
    }

    /// Returns `coordinators` without those who lead, with a step for each (step 4). What a leader was to do as a coordinator becomes part of its
    /// duty as leader, where the leads came down too (`join`).
    pub fn without_leads(&self, leads: &mut [Role], coordinators: Vec<Role>, join: bool) -> Shifted<Vec<Role>> {
        let mut out = Shifted { value: Vec::new(), steps: Vec::new(), troubles: Vec::new() };
        for role in coordinators {
            match leads.iter_mut().find(|lead| same(lead, &role)) {
                Some(lead) => {
                    let to = if join { joined_duty(lead, &role) } else { String::new() };
                    out.steps.push(self.step(Rule::NoneTwice, role.printed(), to, None));
                }
                None => out.value.push(role),
            }
        }
        out
    }

    fn turned(&self, roles: &[Role], sector: Option<SectorId>) -> Shifted<Vec<Slot>> {
        let mut out = Shifted { value: Vec::new(), steps: Vec::new(), troubles: Vec::new() };
        for role in roles {
            let mut role = role.clone();
            if let Some(duty) = &role.duty {
                let shifted = self.text(duty);
                out.steps.extend(shifted.steps);
                role.duty = Some(shifted.value);
            }
            match self.turn(&role, sector, &mut out.troubles) {
                Turn::Stays => out.value.push(Slot::Role(role)),
                Turn::Becomes(body, rule, at) => {
                    let text = format!("{}{}", self.registry.name_of(body, Some(self.to)), qualifier(&role, rule));
                    out.steps.push(self.step(rule, role.text.clone(), text.clone(), at));
                    out.value.push(Slot::Role(Role { body, text, sector: None, ..role }));
                }
                Turn::Own => out.value.push(Slot::Own(role)),
                Turn::AllLevels => {
                    let lower: Vec<_> = self.registry.levels().map(|(id, _)| id).filter(|id| self.is_below(*id)).collect();
                    out.value.push(Slot::Own(role.clone()));
                    for level in lower {
                        let body = Body::Institution(Institution::Committee, Holder::Level(level));
                        let text = self.registry.name_of(body, Some(self.to));
                        out.steps.push(self.step(Rule::OwnLevel, role.text.clone(), text.clone(), Some(self.level_loc())));
                        out.value.push(Slot::Role(Role { body, text, ..role.clone() }));
                    }
                }
                Turn::Gone => out.steps.push(self.step(Rule::NoCounterpart, role.text.clone(), "", None)),
            }
        }
        out
    }

    fn turn(&self, role: &Role, sector: Option<SectorId>, troubles: &mut Vec<Trouble>) -> Turn {
        if let Some(level) = self.ended(role.body) {
            troubles.push(Trouble::LevelEnded { name: role.text.clone(), at: role.loc, level: self.registry.level(level).name.clone() });
            return Turn::Gone;
        }
        match role.body {
            body if self.is_void(body) => Turn::Stays,
            Body::Agency(agency) => {
                let rule = if self.stays_at_level() { Rule::Successor } else { Rule::Counterpart };
                let sector = role.sector.or(sector);
                let choices = self.heirs(agency, sector);
                match choices.as_slice() {
                    [] => {
                        troubles.push(Trouble::NoCounterpart { name: role.text.clone(), at: role.loc });
                        Turn::Gone
                    }
                    [(_, body, _)] if *body == role.body => self.own_agency(agency, role),
                    [(_, body, at)] => Turn::Becomes(*body, rule, Some(*at)),
                    [_, _, ..] => {
                        let name = |sector: &SectorId| self.registry.sector(*sector).name.clone();
                        let choices = choices
                            .iter()
                            .map(|(sectors, body, at)| {
                                let sectors: Vec<String> = sectors.iter().map(name).collect();
                                (sectors.join(", "), self.registry.name_of(*body, Some(self.to)), *at)
                            })
                            .collect();
                        troubles.push(Trouble::Ambiguous { name: role.text.clone(), at: role.loc, choices });
                        Turn::Gone
                    }
                }
            }
            // the unit's own plan of next year: what it gave to itself, to classes and to other levels stays as it was given
            Body::Group(_) | Body::Institution(..) if self.stays_at_level() => Turn::Stays,
            Body::Group(group) => match self.registry.level_of(role.body) {
                Some(level) if !self.is_above(level) => Turn::Stays,
                _ => match self.registry.convert(group, &self.place(), self.date) {
                    Some((body, at)) if body != role.body => Turn::Becomes(body, Rule::GroupConversion, Some(at)),
                    _ => Turn::Stays,
                },
            },
            Body::Institution(institution, Holder::Level(level)) => self.turn_institution(institution, level),
            Body::Institution(institution, Holder::Unit(unit)) => {
                if unit == self.to {
                    Turn::Own
                } else if unit == self.from {
                    self.turn_institution(institution, self.registry.unit(unit).level)
                } else if self.registry.unit(unit).level == self.level() {
                    Turn::Gone
                } else {
                    Turn::Stays
                }
            }
            Body::Institution(_, Holder::All) => Turn::AllLevels,
            Body::Open | Body::Unknown => Turn::Stays,
        }
    }

    /// Returns who has an agency's work in the child's plan: its successors at the child's date, each as its counterpart at the child's level.
    /// Sectors, body and registry line, each body once.
    pub(super) fn heirs(&self, agency: AgencyId, sector: Option<SectorId>) -> Vec<(Vec<SectorId>, Body, Loc)> {
        let own = self.registry.agency(agency).loc;
        let heirs = match self.registry.successor(agency, sector, self.date) {
            Successor::One(heir, at) => vec![(Vec::new(), heir, at)],
            Successor::Several(heirs) => self.of_kind(heirs),
            // a body of the plan's own level that ended without successor is gone
            Successor::None if self.stays_at_level() => Vec::new(),
            // without successor its sectors may still lead somewhere
            Successor::Same | Successor::None => vec![(Vec::new(), agency, own)],
        };
        let mut out: Vec<(Vec<SectorId>, Body, Loc)> = Vec::new();
        for (sectors, heir, at) in heirs {
            if !self.is_above(self.registry.agency(heir).level) {
                out.push((sectors, Body::Agency(heir), at));
                continue;
            }
            let decided = sector.or(match sectors.as_slice() {
                [one] => Some(*one),
                _ => None,
            });
            match self.registry.counterpart(heir, decided, &self.place(), self.date) {
                Counterpart::One(body, at) => out.push((sectors, body, at)),
                Counterpart::Several(choices) => out.extend(choices.into_iter().map(|(of, body, at)| (vec![of], body, at))),
                Counterpart::None => {}
            }
        }
        let mut once: Vec<(Vec<SectorId>, Body, Loc)> = Vec::new();
        for (sectors, body, at) in out {
            match once.iter_mut().find(|(_, other, _)| *other == body) {
                Some((all, ..)) => all.extend(sectors),
                None => once.push((sectors, body, at)),
            }
        }
        once
    }

    /// An agency of the child's own level or of one below: units of other types than the child's may have it, and the level's name goes.
    fn own_agency(&self, agency: AgencyId, role: &Role) -> Turn {
        if !self.is_own(role.body) || self.stays_at_level() {
            return Turn::Stays;
        }
        let unit = self.registry.unit(self.to);
        if !self.registry.is_in_units_of(agency, &unit.kind, self.date) {
            return Turn::Gone;
        }
        let level = format!(" cấp {}", self.registry.level(unit.level).name);
        if Key::new(&role.text).as_str().ends_with(&level) && !Key::new(&self.registry.agency(agency).name).as_str().ends_with(&level) {
            return Turn::Becomes(role.body, Rule::OwnLevel, Some(self.level_loc()));
        }
        Turn::Stays
    }

    /// Returns agencies that succeed, those of the unit's type only where the type decides.
    fn of_kind(&self, heirs: Vec<Heir>) -> Vec<(Vec<SectorId>, AgencyId, Loc)> {
        let kind = &self.registry.unit(self.to).kind;
        let fits = |heir: &Heir| heir.kinds.is_empty() || heir.kinds.contains(kind);
        let agencies = heirs.into_iter().filter(fits).filter_map(|heir| match heir.body {
            Body::Agency(id) => Some((heir.sectors, id, heir.loc)),
            Body::Institution(..) | Body::Group(_) | Body::Open | Body::Unknown => None,
        });
        agencies.collect()
    }

    fn turn_institution(&self, institution: Institution, level: crate::agency::LevelId) -> Turn {
        if self.is_above(level) {
            return Turn::Becomes(Body::Institution(institution, Holder::Level(self.level())), Rule::Issuer, Some(self.level_loc()));
        }
        let heads = matches!(institution, Institution::Committee | Institution::Chair);
        if level == self.level() && heads { Turn::Own } else { Turn::Stays }
    }

    fn once(&self, roles: Vec<Role>, mut steps: Vec<Step>, troubles: Vec<Trouble>) -> Shifted<Vec<Role>> {
        let mut value: Vec<Role> = Vec::new();
        for role in roles {
            match value.iter_mut().find(|other| same(other, &role)) {
                Some(other) => {
                    let to = joined_duty(other, &role);
                    steps.push(self.step(Rule::NoneTwice, role.printed(), to, None));
                }
                None => value.push(role),
            }
        }
        Shifted { value, steps, troubles }
    }
}

enum Slot {
    Role(Role),
    Own(Role),
}

/// Says whether two roles name one body.
fn same(a: &Role, b: &Role) -> bool {
    match (a.body, b.body) {
        (Body::Open | Body::Unknown, _) | (_, Body::Open | Body::Unknown) => Key::new(&a.text) == Key::new(&b.text),
        (a, b) => a == b,
    }
}

/// Adds the duty of a second mention to a body's own. Returns the body as it is printed then; empty where the second adds nothing.
fn joined_duty(body: &mut Role, second: &Role) -> String {
    let Some(duty) = second.duty.as_deref() else { return String::new() };
    // a duty is kept as it stands behind the name, with its colon
    let bare = |duty: &str| Key::new(duty.trim_start_matches([':', ' ']));
    let more = duty.trim_start_matches([':', ' ']);
    body.duty = match body.duty.take() {
        Some(own) if more.is_empty() || own.split(';').any(|own| bare(own) == bare(duty)) => {
            body.duty = Some(own);
            return String::new();
        }
        Some(own) => Some(format!("{}; {more}", own.trim_end_matches([' ', '.', ';']))),
        None => Some(duty.to_owned()),
    };
    body.printed()
}

/// Returns ` liên quan` or ` có liên quan` where the printed name of a group ends with it.
fn qualifier(role: &Role, rule: Rule) -> &'static str {
    if rule != Rule::GroupConversion {
        return "";
    }
    let key = Key::new(&role.text);
    [" có liên quan", " liên quan"].into_iter().find(|words| key.as_str().ends_with(words)).unwrap_or("")
}
